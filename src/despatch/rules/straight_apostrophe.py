"""A straight apostrophe

**What it does.** Finds straight apostrophes, as in `children's` typed on a plain keyboard. `--fix` makes them curly.

**Why.** Word makes apostrophes curly while one types; other programs do not. A page with both looks pasted together, and some
printers of briefings search for one kind only.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      Each child's home matters.
```

`despatch check` says:

```text
seeds/homes.yaml:5:17 warning [straight-apostrophe] This apostrophe is straight.
   5 |       Each child's home matters.
     |                 ^
  help: Write a curly one: ’.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      Each child’s home matters.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from despatch.office import Finding, Office
from despatch.wording import Place, found, matches, together

INSIDE = re.compile(r"(?<=\w)'(?=\w)")
AFTER = re.compile(r"(?<=\w)'(?=\w)|(?<=s)'(?=\s+\w)")
"""The same, and after a plural; only where no straight quotation mark may be meant."""
OPENS = re.compile(r"(?<![\w'])'(?=\w)")


def check(office: Office) -> Iterator[Finding]:
    """A finding for each passage with straight apostrophes, and one for a file from elsewhere."""
    for of, passages in together(office):
        places = [
            Place(each, start, end, "’")
            for each in passages
            if "'" in each.text
            for _, start, end, _ in matches(INSIDE if OPENS.search(each.own) else AFTER, (each,))
        ]
        if places:
            yield found(places, "This apostrophe is straight.", "Write a curly one: ’.", of)
