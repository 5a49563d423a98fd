"""A figure from after the sitting day

**What it does.** Finds a fact in a briefing whose `as_of` begins after the last sitting day.

**Why.** An old briefing is built again, or a copied one keeps its date, and the library has moved on. Nobody can have
quoted that figure on that day, so either it or the date of the brief is wrong.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: more-children
    text: |
      {{children-in-care}} children are in care.
facts:
  - id: children-in-care
    value: 83,840
    what: children looked after in England
    as_of: 2023-03-31
    source: dfe-statistics
    next: 2024-11
sources:
  - id: dfe-statistics
    kind: dataset
    title: Children looked after in England
    url: https://www.gov.uk/government/collections/statistics-looked-after-children
# briefs/lords.yaml
title: Homes for children
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [more-children]
```

`despatch check` says:

```text
seeds/homes.yaml:10:12 warning [future-fact] `children-in-care` is dated 31 March 2023, and `lords` is for 8 December 2022, when nobody could have known it.
  10 |     as_of: 2023-03-31
     |            ^^^^^^^^^^
  help: Let that brief print the older figure, as a fact of its own, or put the date right.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: more-children
    text: |
      {{children-in-care}} children are in care.
facts:
  - id: children-in-care
    value: 82,170
    what: children looked after in England
    as_of: 2022-03-31
    source: dfe-statistics
    next: 2023-11
sources:
  - id: dfe-statistics
    kind: dataset
    title: Children looked after in England
    url: https://www.gov.uk/government/collections/statistics-looked-after-children
# briefs/lords.yaml
title: Homes for children
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [more-children]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from despatch.dates import in_full
from despatch.office import Finding, Office, where


def check(office: Office) -> Iterator[Finding]:
    """A finding for each fact of a briefing that is dated after its sitting day."""
    for briefing in office.briefings:
        for fact in briefing.facts:
            if fact.as_of is not None and fact.as_of.first > briefing.day:
                yield Finding(
                    where(fact, "as_of"),
                    f"`{fact.id}` is dated {fact.as_of.printed}, and `{briefing.name}` is for {in_full(briefing.day)}, "
                    "when nobody could have known it.",
                    "Let that brief print the older figure, as a fact of its own, or put the date right.",
                )
