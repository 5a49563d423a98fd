"""A figure that is out of date on the sitting day

**What it does.** Finds a fact in a briefing whose `next` has passed by the last sitting day. `despatch build` says so
too and writes the briefing all the same; with `--strict` it writes nothing.

**Why.** The Minister's officials will have the new figure. `next` says when it is due, so that nobody has to remember
to look.

## Example

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
date: 2024-01-18
sections:
  - key_messages: [more-children]
```

`despatch check` says:

```text
seeds/homes.yaml:12:11 warning [stale-fact] `children-in-care`, 82,170 (31 March 2022), is out of date in `lords`: a newer figure was due in November 2023, before the sitting day, 18 January 2024.
  12 |     next: 2023-11
     |           ^^^^^^^
  help: Look the figure up, then: despatch fact set children-in-care VALUE --as-of DATE --next DATE
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
date: 2024-01-18
sections:
  - key_messages: [more-children]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from despatch.dates import in_full
from despatch.office import Briefing, Finding, Office, where


def check(office: Office) -> Iterator[Finding]:
    """A finding for each fact of a briefing whose next figure is due before the sitting day."""
    for briefing in office.briefings:
        yield from stale(briefing)


def stale(briefing: Briefing) -> Iterator[Finding]:
    """The facts of one briefing that are out of date on its last sitting day."""
    for fact in briefing.facts:
        if fact.next is not None and fact.is_stale(briefing.day):
            when = "on" if fact.next.first == fact.next.last else "in"
            dated = f" ({fact.as_of.printed})" if fact.as_of else ""
            yield Finding(
                where(fact, "next"),
                f"`{fact.id}`, {fact.value}{dated}, is out of date in `{briefing.name}`: a newer figure was due {when} "
                f"{fact.next.printed}, before the sitting day, {in_full(briefing.day)}.",
                f"Look the figure up, then: despatch fact set {fact.id} VALUE --as-of DATE --next DATE",
            )
