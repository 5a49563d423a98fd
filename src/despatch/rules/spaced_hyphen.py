"""A hyphen that stands for a dash

**What it does.** Finds a hyphen, or two, between spaces, as in `money - and time`. `--fix` makes it a dash.

**Why.** A hyphen joins two words; a dash parts two thoughts. Read out from the page, the one has no pause and the other does.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      Councils need money - and time.
```

`despatch check` says:

```text
seeds/homes.yaml:5:25 warning [spaced-hyphen] This hyphen stands for a dash.
   5 |       Councils need money - and time.
     |                         ^^^
  help: Write a dash: –.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      Councils need money – and time.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from despatch.office import Finding, Office
from despatch.wording import Place, found, matches, together

HYPHEN = re.compile(r"[^\s\u2060] --?(?=\s+\S)")


def check(office: Office) -> Iterator[Finding]:
    """A finding for each passage with hyphens for dashes, and one for a file from elsewhere."""
    for of, passages in together(office):
        if places := [_mended(each) for each in matches(HYPHEN, passages, " -")]:
            yield found(places, "This hyphen stands for a dash.", "Write a dash: –.", of)


def _mended(place: Place) -> Place:
    """The place with its dash, unless the hyphen stands between two numbers and may mean “to” or “minus”."""
    after = place.passage.text[place.end :].lstrip()
    if place.words[0].isdigit() and after[:1].isdigit():
        return place
    return place._replace(to=f"{place.words[0]} –")
