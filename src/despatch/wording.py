"""What rules on wording share: which texts are judged together, who prints them, and changes that leave the YAML sound."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from despatch.diagnostics import Fix, Span
from despatch.office import Finding, Office
from despatch.passages import Passage
from despatch.proof import Proof

QUOTES = {"'": ("''", "'"), '"': ('\\"', '"')}
"""How a quotation mark is written inside a text that stands between such marks in YAML."""
SAID_OTHERWISE = "Another style that prints these words wants them as they are: reword them."
"""What to do where two styles disagree about words that they share."""
JOIN = r"(?:,? (?:and|or|to|&) |, |[-–])"
"""What stands between the numbers of several things, such as amendments 5, 27 & 31 to 34."""
MOST_PLACES = 5
"""So many further places a finding names; more would hide the first."""
MOST_AT_ONCE = 50
"""So many places of one text are looked at: who has more has pasted something, and should not wait for it."""


class Place(NamedTuple):
    """Some characters of a passage, from one that is no space to another, and what should stand there if that is certain."""

    passage: Passage
    start: int
    end: int
    to: str | None = None

    @property
    def words(self) -> str:
        """The characters as they were typed."""
        return self.passage.text[self.start : self.end]

    @property
    def span(self) -> Span:
        """Where they are written."""
        return self.passage.span(self.start, self.end)

    @property
    def fixes(self) -> tuple[Fix, ...]:
        """The change, if it is certain, the file is the library's own and the words stand there just as they are read."""
        text = self.passage.text
        if self.to is None or text.source.path.suffix != ".yaml":
            return ()
        span = self.span
        typed, plain = QUOTES.get(text.style, ("", ""))
        end = span.end + (1 if plain and self.words.endswith(plain) else 0)
        raw = text.source.text[span.start : end]
        read = raw.replace(typed, plain) if plain else raw
        if read.split() != self.words.split():
            return ()
        to = self.to.replace(plain, typed) if plain else self.to
        return (Fix(text.source.span(span.start, end), to),)


@lru_cache(maxsize=1)
def together(office: Office) -> list[tuple[Proof | None, Sequence[Passage]]]:
    """What is judged together: each passage of the library by itself, and a file from elsewhere as a whole.

    So an officer is told of every place that is his to mend, and only once of a habit of somebody else's file.
    Quotations are left out: nobody may change them.
    """
    own = (each for each in office.passages if not (each.is_quotation or office.holder(each)))
    return [*((None, (each,)) for each in own), *((proof, _own(proof)) for proof in office.outside)]


@lru_cache(maxsize=1)
def by_document(office: Office) -> list[tuple[list[Proof], Sequence[Passage]]]:
    """The same for what depends on the style: with the documents that print it. Values of figures are among it."""
    users: dict[tuple[int, int], tuple[Passage, list[Proof]]] = {}
    for briefing in office.briefings:
        figures = (Passage(fact.value, "facts", is_line=True) for fact in briefing.facts)
        for each in (*briefing.proof.passages, *figures):
            _, proofs = users.setdefault((id(each.text.source), each.text.start), (each, []))
            if briefing.proof not in proofs:
                proofs.append(briefing.proof)
    printed = ((proofs, (each,)) for each, proofs in users.values() if not each.is_quotation)
    return [*printed, *(([proof], _own(proof)) for proof in office.outside)]


def _own(proof: Proof) -> list[Passage]:
    return [each for each in proof.passages if not each.is_quotation]


def found(
    places: Sequence[Place],
    message: str,
    help: str,
    of: Proof | None = None,
    said: tuple[tuple[str, Span], ...] = (),
) -> Finding:
    """One finding for several places of the same fault: at the first, with all their changes.

    `said` is where the style says how it is written.
    """
    first, *rest = places
    message = f"{message[:-1]}, and {len(rest)} more like it." if rest else message
    related = (*said, *(("also here", each.span) for each in rest[:MOST_PLACES]))
    return Finding(
        first.span, message, help, related, tuple(fix for each in places[:MOST_AT_ONCE] for fix in each.fixes), of
    )


def matches(pattern: re.Pattern[str], passages: Sequence[Passage], hint: str = "") -> Iterator[Place]:
    """The places in passages, quotations aside, that a pattern describes; `hint` is in every text that has one."""
    for passage in passages:
        if hint in passage.text:
            for match in pattern.finditer(passage.own):
                yield Place(passage, *match.span())
