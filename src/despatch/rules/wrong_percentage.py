"""A rise or a fall that its own two amounts do not make

**What it does.** Finds a sentence that gives two amounts and says by what percentage the one is above or below the
other, where working it out gives another percentage. How the percentage is qualified counts: *nearly* 25 per cent is below
it and within 5 per cent of it.

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

from despatch.office import Finding, Office
from despatch.proof import Row
from despatch.quantity import Quantity, qualifier_before, read
from despatch.sums import Amount, holds, work_out

SCALE = r"(?:\s(?:thousand|million|billion|trillion)\b|(?:bn|mn?|k)\b)"
AMOUNT = rf"[£€$]\d+(?:[.,]\d+)*{SCALE}?|\d+(?:[.,]\d+)*{SCALE}|\d{{1,3}}(?:,\d{{3}})+"
PERCENTAGE = re.compile(r"\d[\d.]*\s?(?:per\s?cent|%)\s(?P<which>more|higher|less|lower|fewer)\b", re.IGNORECASE)
RISES = {"more", "higher"}


def check(office: Office) -> Iterator[Finding]:
    """A finding for each percentage that the two amounts in its sentence do not make."""
    for proof in office.proofs:
        for row in proof.rows:
            if "cent" in row.text or "%" in row.text:
                yield from (each._replace(of=proof) for each in _found(row))


def _found(row: Row) -> Iterator[Finding]:
    for sentence in row.sentences():
        for percentage in PERCENTAGE.finditer(sentence):
            words = qualifier_before(sentence[: percentage.start()]) + percentage[0]
            claimed = read(words.removesuffix(percentage["which"]).strip())
            made = _made(sentence, percentage)
            if isinstance(claimed, Quantity) and made and not holds(claimed, made):
                yield Finding(
                    row.span(words.rsplit(" ", 1)[0]),
                    f"“{words}” does not follow from the two amounts in its sentence, which make "
                    f"{float(made.low) * 100:.1f} per cent.",
                    "Correct the percentage, or say “nearly” or “more than” where that is so.",
                )


def _made(sentence: str, percentage: re.Match[str]) -> Amount | None:
    """By how much the amount before a percentage is above or below the one after it."""
    amount = re.compile(AMOUNT)
    before = [read(each[0]) for each in amount.finditer(sentence, 0, percentage.start())]
    rest = re.compile(r"\sthan\s(?:the\s|in\s)?").match(sentence, percentage.end())
    after = amount.match(sentence, rest.end()) if rest else None
    base = read(after[0]) if after else None
    if not (before and isinstance(before[-1], Quantity) and isinstance(base, Quantity)):
        return None
    facts: dict[str, Quantity | None] = {"one": before[-1], "other": base}
    sides = ("one", "other") if percentage["which"].lower() in RISES else ("other", "one")
    made = work_out(f"({{{{{sides[0]}}}}} - {{{{{sides[1]}}}}}) / {{{{other}}}}", facts)
    return made if isinstance(made, Amount) else None
