"""A sentence that has been said before

**What it does.** Finds, in a finished briefing, a sentence that an earlier one says in the same or nearly the same
words: three quarters of them, in order. Sentences of fewer than six words, quotations, lists' leads that end in a
colon, and sentences with different figures, or of which one says “not”, are let be. For a whole block that is used twice there is `repeated-block`.

**Why.** A reader who meets the same words again thinks that a page was pasted in twice, and reads the rest less
carefully. And when the line changes, one of the two is forgotten.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: pressure
    text: |
      Few services weigh on council budgets as heavily as those for children in care.
passages:
  - id: homes
    heading: Homes for children
    text: |
      Councils look for homes close to family and school. Few services weigh on council budgets as those for children in
      care.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [pressure]
  - passages: [homes]
```

`despatch check` says:

```text
seeds/homes.yaml:10:59 warning [repeated-sentence] “Few services weigh on council budgets as those …” is nearly what `lords` has said before.
  10 | uncils look for homes close to family and school. Few services weigh on council budgets as those for
     |                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  said first here: seeds/homes.yaml:5:7
   5 |       Few services weigh on council budgets as heavily as those for children in care.
     |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  help: Say it once: cut one of the two, or give it something of its own to say.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: pressure
    text: |
      Few services weigh on council budgets as heavily as those for children in care.
passages:
  - id: homes
    heading: Homes for children
    text: |
      Councils look for homes close to family and school.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [pressure]
  - passages: [homes]
```
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from despatch.diagnostics import Span
from despatch.likeness import Words, alike, figures_agree, likeness, negations, telling, words
from despatch.office import Finding, Office
from despatch.passages import Passage
from despatch.proof import Proof, Row

LEAST = 0.75
"""In the briefings that this was judged by, all that passes is a copy, and nothing else comes nearer than 0.67.
Parts of sentences are not compared: what is found then besides is a key message and the ask that takes it up."""
FEWEST, FEWEST_TELLING = 6, 4
"""“We support this recommendation in full.” may well be said of many."""

Near: TypeAlias = Mapping[Words, Mapping[Words, float]]


class _Said(NamedTuple):
    """A sentence of a document: in which line, as printed, its words, and how often the same text has said it before."""

    row: Row
    sentence: str
    words: Words
    time: int

    @property
    def span(self) -> Span:
        """Where it is written: as printed it may have other line ends, and figures in place of their names."""
        if self.row.written is None:
            return self.row.place
        typed = sorted(Passage(self.row.written).sentences(), key=lambda each: -likeness(words(each.words), self.words))
        best = typed[min(self.time, len(typed) - 1)]
        return best.span(0, len(best.words.rstrip()))


def check(office: Office) -> Iterator[Finding]:
    """A finding for each pair of paragraphs that have a sentence in common, at the later of the two."""
    documents = [(proof, list(_said(proof))) for proof in office.proofs]
    near = _near(list(dict.fromkeys(each.words for _, said in documents for each in said)))
    for proof, said in documents:
        yield from _repeated(proof, said, near)


def _said(proof: Proof) -> Iterator[_Said]:
    """A document's sentences, but those that may be repeated."""
    times = Counter[tuple[int, int, Words]]()
    for row in proof.rows:
        is_ours = row.group != "quotation" and not row.origin.field.endswith(".vote")  # which the style says each time
        if row.part in ("bullet", "body", "lead") and is_ours:
            for sentence in row.sentences():
                text = words(sentence)
                if len(text) >= FEWEST and sentence[-1] != ":" and len(telling(text)) >= FEWEST_TELLING:
                    place = (id(row.written), row.origin.use, text)
                    yield _Said(row, sentence, text, times[place])
                    times[place] += 1


def _near(texts: Sequence[Words]) -> Near:
    """For each text those that are like it, and how much: itself, of course, and others."""
    near: defaultdict[Words, dict[Words, float]] = defaultdict(dict)
    for text in texts:
        near[text][text] = 1.0
    for one, other, measure in alike(texts, LEAST):
        if figures_agree(texts[one], texts[other]) and negations(texts[one]) == negations(texts[other]):
            near[texts[one]][texts[other]] = near[texts[other]][texts[one]] = measure
    return near


def _repeated(proof: Proof, said: Sequence[_Said], near: Near) -> Iterator[Finding]:
    """For each pair of paragraphs, the sentence in which they are most alike."""
    first: dict[Words, _Said] = {}
    pairs: dict[tuple[Row, Row], tuple[float, _Said, _Said]] = {}
    for later in said:
        earlier = [first[each] for each in near[later.words] if each in first and not _used_twice(first[each], later)]
        if earlier:
            best = max(earlier, key=lambda each: near[later.words][each.words])
            pair = (near[later.words][best.words], best, later)
            if pair[0] > pairs.get((best.row, later.row), (0.0,))[0]:
                pairs[best.row, later.row] = pair
        first.setdefault(later.words, later)
    for measure, best, later in pairs.values():
        yield _finding(proof, measure, best, later)


def _used_twice(one: _Said, other: _Said) -> bool:
    """Whether the two come from one block that is used twice."""
    mine, theirs = one.row.origin, other.row.origin
    return bool(mine.block) and mine.block == theirs.block and mine.use != theirs.use


def _finding(proof: Proof, measure: float, earlier: _Said, later: _Said) -> Finding:
    opening = " ".join(later.sentence.split()[:8])
    opening += " …" if len(opening) < len(later.sentence) else ""
    same = f"“{opening}” stands in `{proof.name}` twice, word for word."
    return Finding(
        later.span,
        same if measure == 1 else f"“{opening}” is nearly what `{proof.name}` has said before.",
        "Say it once: cut one of the two, or give it something of its own to say.",
        (("said first here", earlier.span),),
        of=proof,
    )
