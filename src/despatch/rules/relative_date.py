"""“Last year” and other dates that move

**What it does.** Finds, in the briefings that print them, dates that depend on the day they are read: `last year`,
`this month`, `next week`, `the end of the year`, `in June`. A quotation keeps its own.

**Why.** A library is read for years. What was last year when the sentence was written is not last year on the sitting
day, and nothing in the sentence gives it away.

## Example

```yaml
# seeds/funding.yaml
key_messages:
  - id: promise
    text: |
      Ministers promised money for early help in last year's Spending Review.
# briefs/lords.yaml
title: Children's social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [promise]
```

`despatch check` says:

```text
seeds/funding.yaml:5:50 warning [relative-date] “last year” means something else once `lords` is read on another day than 8 December 2022.
   5 |       Ministers promised money for early help in last year's Spending Review.
     |                                                  ^^^^^^^^^
  help: Write the year, the month or the day itself.
```

## Instead

```yaml
# seeds/funding.yaml
key_messages:
  - id: promise
    text: |
      Ministers promised money for early help in the 2021 Spending Review.
# briefs/lords.yaml
title: Children's social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [promise]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from despatch.dates import in_full
from despatch.office import Briefing, Finding, Office, RelativeDate


def check(office: Office) -> Iterator[Finding]:
    """A finding for each date that is true only on the day on which it is read, in a briefing that prints it."""
    for briefing in office.briefings:
        for relative in briefing.relative_dates():
            if not relative.contradicted:
                yield _finding(relative, briefing)


def _finding(relative: RelativeDate, briefing: Briefing) -> Finding:
    return Finding(
        relative.span,
        f"“{relative.words}” means something else once `{briefing.name}` is read on another day than "
        f"{in_full(briefing.day)}.",
        "Write the year, the month or the day itself.",
    )
