"""A date in the title without its year

**What it does.** Finds a day and a month in the title block of a document that do not say which year.

**Why.** Briefings are found years later, by people who search. There is an 8 December in every year, and often the same debate.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: act-now
    text: |
      Children cannot wait for reform.
# briefs/lords.yaml
title: Debate on children’s social care, 8 December
house: lords
proceeding: take-note-debate
date: 2022-12-08
ignore:
  unregistered-number: The sitting day needs no source.
sections:
  - key_messages: [act-now]
```

`despatch check` says:

```text
briefs/lords.yaml:2:42 warning [undated-title] “8 December” does not say which year.
   2 | title: Debate on children’s social care, 8 December
     |                                          ^^^^^^^^^^
  help: Write the year as well, such as “8 December 2022”.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: act-now
    text: |
      Children cannot wait for reform.
# briefs/lords.yaml
title: Debate on children’s social care, 8 December 2022
house: lords
proceeding: take-note-debate
date: 2022-12-08
ignore:
  unregistered-number: The sitting day needs no source.
sections:
  - key_messages: [act-now]
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from despatch.dates import MONTH
from despatch.office import Finding, Office
from despatch.relative import YEAR

DAY = re.compile(rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{MONTH})|(?:{MONTH}) \d{{1,2}}(?:st|nd|rd|th)?)\b")


def check(office: Office) -> Iterator[Finding]:
    """A finding for each title or line of date that names a day and no year."""
    for proof in office.proofs:
        for row in proof.rows:
            if (
                row.part in ("title", "date", "occasion")
                and not YEAR.search(row.text)
                and (found := DAY.search(row.text))
            ):
                year = f", such as “{found[0]} {proof.day.year}”" if proof.day else ""
                message = f"“{found[0]}” does not say which year."
                yield Finding(row.span(found[0]), message, f"Write the year as well{year}.", of=proof)
