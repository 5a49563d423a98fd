"""“Last year” beside a figure from another year

**What it does.** Finds words such as `last year` or `this month`, in a briefing that prints them, whose sentence prints
a fact with a date of its own, where the two dates differ on the sitting day.

**Why.** One of the two is wrong, and the fact knows its date. A financial year is the commonest trap: in December 2022
last year was 2021/22, whatever it was when the sentence was written.

## Example

```yaml
# seeds/funding.yaml
key_messages:
  - id: spend-grows
    text: |
      Last year councils spent {{spend}} on children’s social care.
facts:
  - id: spend
    value: £10.5 billion
    what: councils’ spending on children’s social care, England
    as_of: 2020/21
    source: spending-analysis
sources:
  - id: spending-analysis
    kind: dataset
    title: Councils’ spending on children’s social care
    published: 2022-11
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [spend-grows]
```

`despatch check` says:

```text
seeds/funding.yaml:5:7 warning [contradicted-date] “Last year”, said on 8 December 2022 in `lords`, is not the date of `spend`, which is 2020/21.
   5 |       Last year councils spent {{spend}} on children’s social care.
     |       ^^^^^^^^^
  help: Write the date: `{{spend.as_of}}` prints it.
```

## Instead

```yaml
# seeds/funding.yaml
key_messages:
  - id: spend-grows
    text: |
      In {{spend.as_of}} councils spent {{spend}} on children’s social care.
facts:
  - id: spend
    value: £10.5 billion
    what: councils’ spending on children’s social care, England
    as_of: 2020/21
    source: spending-analysis
sources:
  - id: spending-analysis
    kind: dataset
    title: Councils’ spending on children’s social care
    published: 2022-11
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [spend-grows]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from despatch.dates import in_full
from despatch.office import Finding, Office
from despatch.relative import moving


def check(office: Office) -> Iterator[Finding]:
    """A finding for each relative date beside a figure that is from another time."""
    for briefing in office.briefings:
        for relative in moving(each for each in briefing.proof.passages if "{{" in each.text):
            for fact in relative.contradicted(briefing.selection.library.facts, briefing.day):
                yield Finding(
                    relative.span,
                    f"“{relative.words}”, said on {in_full(briefing.day)} in `{briefing.name}`, is not the date of "
                    f"`{fact.id}`, which is {fact.as_of.printed if fact.as_of else 'none'}.",
                    f"Write the date: `{{{{{fact.id}.as_of}}}}` prints it.",
                )
