"""A percentage that its own sentence does not bear out

**What it does.** Finds a sentence that gives two amounts and says by what percentage the one is above or below the
other, or how far something rose or fell from the one to the other, where working it out gives another percentage. How the
percentage is qualified counts: *nearly* 25 per cent is below it and within 5 per cent of it. A change in real terms, or in
each year, is let be. It also finds a share said twice that is not the same, as in *one in four (30 per cent)*.

**Why.** Whoever answers the debate has a calculator. One wrong percentage costs the whole briefing its credit.

## Example

```yaml
# seeds/funding.yaml
key_messages:
  - id: spending
    text: |
      Councils spent {{now}} on children’s social care in {{now.as_of}}, {{rise}} more than the {{then}} of {{then.as_of}}.
facts:
  - {id: now, value: £10.5 billion, what: spending on children’s social care, as_of: 2020/21, source: accounts}
  - {id: then, value: £8.5 billion, what: spending on children’s social care, as_of: 2016/17, source: accounts}
  - {id: rise, value: 25 per cent, what: rise in spending from 2016/17, as_of: 2020/21, source: accounts}
sources:
  - {id: accounts, kind: dataset, title: Council accounts, published: 2021}
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [spending]
```

`despatch check` says:

```text
seeds/funding.yaml:5:7 warning [wrong-percentage] “25 per cent more” does not follow from the two amounts in its sentence, which make 23.5 per cent.
   5 |       Councils spent {{now}} on children’s social care in {{now.as_of}}, {{rise}} more than the {{th
     |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  help: Correct the percentage, or say “nearly” or “more than” where that is so.
```

## Instead

```yaml
# seeds/funding.yaml
key_messages:
  - id: spending
    text: |
      Councils spent {{now}} on children’s social care in {{now.as_of}}, {{rise}} more than the {{then}} of {{then.as_of}}.
facts:
  - {id: now, value: £10.5 billion, what: spending on children’s social care, as_of: 2020/21, source: accounts}
  - {id: then, value: £8.5 billion, what: spending on children’s social care, as_of: 2016/17, source: accounts}
  - {id: rise, value: more than 23 per cent, what: rise in spending from 2016/17, as_of: 2020/21, source: accounts}
sources:
  - {id: accounts, kind: dataset, title: Council accounts, published: 2021}
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [spending]
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import chain

from msgspec.structs import replace

from despatch.office import Finding, Office
from despatch.proof import Row
from despatch.quantity import Quantity, qualifier_before, read
from despatch.sums import AMOUNT, PLAIN, SCALE, STRETCH, Amount, are_alike, holds, work_out

PERCENTAGE = re.compile(r"\d[\d.]*\s?(?:per\s?cent|%)\s(?P<which>more|higher|less|lower|fewer)\b", re.IGNORECASE)
RISES = {"more", "higher"}
FROM = re.compile(r"from [£€$\d]")
"""What all that follow have: few sentences do, and reading them for it is quick."""
FROM_TO = rf"from (?P<from>{PLAIN}){STRETCH} to (?P<to>{PLAIN})"
CLAIM = r"(?P<claim>\d+(?:\.\d+)?\s?(?:per\s?cent\b|%))"
MOVE = "increase|rise|growth|jump|surge|fall|drop|cut|reduction|decrease|decline"
WHOLE = r"(?! (?:an?|each|every|per|of|on|year|annual)\b)"
QUALIFIED = r"(?:[a-z]+ ){0,3}?"
MOVED = (
    rf"{FROM_TO}{STRETCH}[,;:(–] ?(?:or )?(?:an? (?:{MOVE}) of|up(?: by)?|down(?: by)?) {QUALIFIED}{CLAIM}{WHOLE}",
    rf"{FROM_TO}{STRETCH}[,;:(–] ?(?:or )?an? {QUALIFIED}{CLAIM} (?:{MOVE})\b{WHOLE}",
    rf"{CLAIM}(?: (?:{MOVE}))?,? \(?{FROM_TO}",
)
"""Ways of saying how far something rose or fell, and from what to what; years and days may stand between."""
COUNT = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})"
RATIO = rf"{COUNT} (?:in|out of) (?:every )?{COUNT}"
PART = r"(?:(?:an?|one|two|three|four) (?:third|quarter|fifth|tenth)s?|half)"
GROUP = r"(?: (?:the|all|our|these))?(?: (?!(?:and|or|but|than|to|from|with)\b)[a-z’-]+){0,2}"
TWICE = (
    rf"(?i)\b(?P<share>{RATIO}|{PART}(?= of\b))(?: of)?{GROUP} \({CLAIM}\)",
    rf"(?i){CLAIM} \((?:or )?{QUALIFIED}(?P<share>{RATIO}|{PART})\)",
)
"""Ways of saying a share both in words and as a percentage."""
FROM_BELOW, FROM_ABOVE = ("nearly", "under", "at most"), ("just over", "over", "at least")
OTHERWISE = re.compile(r"real terms|inflation|adjust|per head|\bpoints?\b|average")
"""What makes a change another than that between the two amounts."""


def check(office: Office) -> Iterator[Finding]:
    """A finding for each percentage that the two amounts in its sentence do not make."""
    for proof in office.proofs:
        for row in proof.rows:
            if "cent" in row.text or "%" in row.text:
                yield from (each._replace(of=proof) for each in _found(row))


def _found(row: Row) -> Iterator[Finding]:
    for sentence in row.sentences():
        for share, percentage in _said_twice(sentence) if "(" in sentence else ():
            yield Finding(
                row.span(percentage),
                f"“{share}” and “{percentage}” are not the same share.",
                "Correct one of the two, or say “nearly” or “more than” where that is so.",
            )
        for words, percentage, made in (*_compared(sentence), *_moved(sentence)):
            claimed = read(percentage)
            if isinstance(claimed, Quantity) and made and not holds(claimed, made):
                yield Finding(
                    row.span(percentage),
                    f"“{words}” does not follow from the two amounts in its sentence, which make "
                    f"{float(made.low + made.high) * 50:.1f} per cent.",
                    "Correct the percentage, or say “nearly” or “more than” where that is so.",
                )


def _compared(sentence: str) -> Iterator[tuple[str, str, Amount | None]]:
    """What says that one amount is above or below another: its words, the percentage in them, and what it should be."""
    for percentage in PERCENTAGE.finditer(sentence):
        words = qualifier_before(sentence[: percentage.start()]) + percentage[0]
        yield words, words.removesuffix(percentage["which"]).strip(), _made(sentence, percentage)


def _moved(sentence: str) -> Iterator[tuple[str, str, Amount | None]]:
    """What says how far something moved from one amount to another, in the same way."""
    if not FROM.search(sentence) or OTHERWISE.search(sentence):
        return
    for move in chain.from_iterable(re.finditer(pattern, sentence) for pattern in MOVED):
        words = qualifier_before(sentence[: move.start("claim")]) + move["claim"]
        one, other = read(move["from"]), read(move["to"])
        if isinstance(one, Quantity) and isinstance(other, Quantity) and are_alike(move["from"], move["to"]):
            made = _share(*((one, other) if other.low < one.low else (other, one)), of=one)
            yield words, words, _rounded(made) if made and re.search(SCALE, move["to"]) else made


def _said_twice(sentence: str) -> Iterator[tuple[str, str]]:
    """A share in words and the percentage beside it, where they are not the same."""
    for each in chain.from_iterable(re.finditer(pattern, sentence) for pattern in TWICE):
        words = qualifier_before(sentence[: each.start("share")]) + each["share"]
        share, percentage = read(words), read(each["claim"])
        exact = qualifier_before(sentence[: each.start("claim")]) == ""
        if exact and isinstance(share, Quantity) and isinstance(percentage, Quantity) and _differ(share, percentage):
            yield words, each["claim"]


def _differ(share: Quantity, percentage: Quantity) -> bool:
    """Whether a percentage is too far from a share in words, which is good to about a seventh of it."""
    above, rounded = percentage.low - share.low, percentage.step / 2
    near = min(share.low * 15 / 100, Fraction(1, 20)) + rounded
    most = rounded if share.qualifier in FROM_BELOW else 1 if share.qualifier in ("over", "at least") else near
    least = rounded if share.qualifier in FROM_ABOVE else 1 if share.qualifier in ("under", "at most") else near
    return not -least <= above <= most


def _rounded(made: Amount) -> Amount:
    """With a percentage point on either side: millions and billions are rounded, and may have been divided before they were."""
    return replace(made, low=made.low - Fraction(1, 100), high=made.high + Fraction(1, 100))


def _made(sentence: str, percentage: re.Match[str]) -> Amount | None:
    """By how much the amount before a percentage is above or below the one after it."""
    amount = re.compile(AMOUNT)
    before = [read(each[0]) for each in amount.finditer(sentence, 0, percentage.start())]
    rest = re.compile(r"\sthan\s(?:the\s|in\s)?").match(sentence, percentage.end())
    after = amount.match(sentence, rest.end()) if rest else None
    base = read(after[0]) if after else None
    if not (before and isinstance(before[-1], Quantity) and isinstance(base, Quantity)):
        return None
    sides = (before[-1], base) if percentage["which"].lower() in RISES else (base, before[-1])
    return _share(*sides, of=base)


def _share(more: Quantity, less: Quantity, of: Quantity) -> Amount | None:
    """What part of an amount the difference of two is."""
    made = work_out("({{more}} - {{less}}) / {{of}}", {"more": more, "less": less, "of": of})
    return made if isinstance(made, Amount) else None
