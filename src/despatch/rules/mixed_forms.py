"""One thing written in two ways in one document

**What it does.** Finds, in each finished document, what is written in several ways where the house style has no say: `per
cent` and `%`, `White Paper` and `white paper`, `3 years` and `five years`, `2018/19` and `2015-16`, `organise` and
`organize`. It reports the rarer way once, with the number of each. It leaves quotations alone.

**Why.** Two ways on two pages look like two hands and no editor, and a reader may wonder whether two things are meant.

## Example

```yaml
# seeds/homes.yaml
passages:
  - id: reform
    text: |
      The White Paper should come soon, for a White Paper is a promise. Without a white paper nothing changes.
# briefs/lords.yaml
title: Homes for children
house: lords
proceeding: take-note-debate
date: 2022-12-08
style: plain
sections:
  - passages: [reform]
```

`despatch check` says:

```text
seeds/homes.yaml:5:83 warning [mixed-forms] This document writes one thing in two ways: “White Paper” twice, “white paper” once.
   5 | e soon, for a White Paper is a promise. Without a white paper nothing changes.
     |                                                   ^^^^^^^^^^^
  “White Paper” is written here: seeds/homes.yaml:5:11
   5 |       The White Paper should come soon, for a White Paper is a promise. Without a white paper nothin
     |           ^^^^^^^^^^^
  help: Write it in one way throughout.
```

## Instead

```yaml
# seeds/homes.yaml
passages:
  - id: reform
    text: |
      The White Paper should come soon, for a White Paper is a promise. Without a White Paper nothing changes.
# briefs/lords.yaml
title: Homes for children
house: lords
proceeding: take-note-debate
date: 2022-12-08
style: plain
sections:
  - passages: [reform]
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from despatch.dates import MONTH
from despatch.document import AS_TABLED
from despatch.office import Finding, Office
from despatch.proof import Proof, Row
from despatch.style import Form

UNITS = r"(?:years?|months?|weeks?)\b(?! old)"
SMALL = "one|two|three|four|five|six|seven|eight|nine"
OFFICES = (
    r"(?!\s+(?:department|bod(?:y|ies)\b|polic|agenc|fund|grant|pressure|minister|official|support|spending|of\b))"
)
STEMS = (
    "recogn|organ|real|util|critic|emphas|prior|standard|minim|maxim|stigmat|marginal|summar|special|central|final|mobil|"
    "scrutin|apolog|general|normal|modern|market|character|author|categor|legal|penal|stabil|subsid|symbol|vandal|visual"
)
WAYS: tuple[dict[str, tuple[str, str]], ...] = (
    {
        "per cent": ("per cent", r"\bper cent\b"),
        "percent": ("percent", r"\bpercent\b"),
        "%": ("%", r"\d ?%"),
    },
    {
        "Government": ("Government", rf"\b(?:[Tt]he|[Ww]ith|[Ff]rom) Government\b(?! [A-Z]){OFFICES}"),
        "government": ("government", rf"\b(?:[Tt]he|[Ww]ith|[Ff]rom) government\b{OFFICES}"),
    },
    {
        "across Government": ("cross Government", r"\b[Aa]cross Government\b(?! [A-Z])"),
        "across government": ("cross government", r"\b[Aa]cross government\b"),
    },
    {
        "White Paper": ("White Paper", r"\bWhite Papers?\b"),
        "white paper": ("hite paper", r"\b[Ww]hite papers?\b"),
    },
    {
        "the Review": ("he Review", r"\b[Tt]he Review\b(?! (?:of|process|team|period|date)\b)"),
        "the review": ("he review", r"\b[Tt]he review\b(?! (?:of|process|team|period|date)\b)"),
    },
    {
        "cross-government": ("ross-government", r"\b[Cc]ross-government\b"),
        "cross government": ("ross government", r"\b[Cc]ross government\b"),
        "cross-Whitehall": ("ross-Whitehall", r"\b[Cc]ross-Whitehall\b"),
        "cross Whitehall": ("ross Whitehall", r"\b[Cc]ross Whitehall\b"),
    },
    {
        "numbers in words": ("", rf"\b(?:{SMALL})[ -]{UNITS}"),
        "numbers in digits": ("", rf"(?<![\w.,£/–-])(?<!\bto )(?<!\bor )(?<!\bthan )(?<!\baged )[1-9][ -]{UNITS}"),
    },
    {
        "years with a stroke": ("/", r"\b(?:19|20)\d\d/\d\d\b(?!/)"),
        "years with a hyphen": ("-", r"\b(?:19|20)\d\d-\d\d\b(?!-)"),
        "years with a dash": ("–", r"\b(?:19|20)\d\d–\d\d\b"),
    },
    {
        "billion": (" billion", r"£[\d.,]+ billion\b"),
        "bn": ("bn", r"£[\d.,]+ ?bn\b"),
    },
    {
        "million": (" million", r"£[\d.,]+ million\b"),
        "m": ("£", r"£[\d.,]+ ?m\b"),
    },
    {
        "-ise": ("is", rf"\b(?:{STEMS})is(?:e|ed|es|ing|ation)\b"),
        "-ize": ("iz", rf"\b(?:{STEMS})iz(?:e|ed|es|ing|ation)\b"),
    },
    {
        "co-ordinate": ("o-ordinat", r"\b[Cc]o-ordinat\w*"),
        "coordinate": ("oordinat", r"\b[Cc]oordinat\w*"),
    },
    {
        "ordinal days": ("20", rf"\b\d{{1,2}}(?:st|nd|rd|th) (?:{MONTH})\b"),
        "plain days": ("20", rf"\b\d{{1,2}} (?:{MONTH})\b"),
    },
)  # fmt: skip
"""What may be written in several ways: each way's name, what every text with it holds, and its pattern."""


class Use(NamedTuple):
    """One way of writing something, with what was found of it: the line and the words."""

    way: str
    places: list[tuple[Row, str]]


def check(office: Office) -> Iterator[Finding]:
    """A finding for each thing that a document writes in several ways, at the first of the rarer."""
    for proof in office.proofs:
        rows = [(row, row.own) for row in proof.rows if _is_ours(row)]
        everything = "\n".join(text for _, text in rows)
        forms = proof.style.house_style.forms if proof.style else ()
        for ways in WAYS:
            if sum(hint in everything for hint, _ in ways.values()) > 1 and not _is_settled(ways, forms, proof):
                yield from _mixed(ways, rows, everything, proof)


def _is_ours(row: Row) -> bool:
    return row.group != "quotation" and row.part not in (*AS_TABLED, "occasion", "date", "contact")


def _is_settled(ways: dict[str, tuple[str, str]], forms: tuple[Form, ...], proof: Proof) -> bool:
    """Whether the style says how it is written: then it is another rule's."""
    if "numbers in words" in ways:
        return bool(proof.style and proof.style.house_style.numbers_in_words_below)
    written = {each.write.replace("{number} ", "").removeprefix("£{number}").removeprefix("the ") for each in forms}
    return not written.isdisjoint(ways)


def _mixed(
    ways: dict[str, tuple[str, str]], rows: list[tuple[Row, str]], everything: str, proof: Proof
) -> Iterator[Finding]:
    first, *others = (way for way, (hint, _) in ways.items() if hint in everything)
    uses = [use for way in others if (use := _use(way, *ways[way], rows)).places]
    if uses and (use := _use(first, *ways[first], rows)).places:  # looked for last: most documents have one way alone
        uses = [use, *uses]
    if len(uses) > 1:
        yield _finding(sorted(uses, key=lambda each: len(each.places)), proof)


def _use(way: str, hint: str, pattern: str, rows: list[tuple[Row, str]]) -> Use:
    places = [(row, match[0]) for row, text in rows if hint in text for match in _pattern(pattern).finditer(text)]
    return Use(way, places)


def _finding(uses: list[Use], proof: Proof) -> Finding:
    (row, words), (other, usual) = uses[0].places[0], uses[-1].places[0]
    counts = ", ".join(f"“{each.places[0][1].strip()}” {_times(len(each.places))}" for each in reversed(uses))
    message = f"This document writes one thing in {'two' if len(uses) == 2 else len(uses)} ways: {counts}."
    related = ((f"“{usual.strip()}” is written here", other.span(usual)),)
    return Finding(row.span(words), message, "Write it in one way throughout.", related, of=proof)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    """A pattern, made when a document needs it."""
    return re.compile(pattern)
