"""Two spaces for one

**What it does.** Finds two or more spaces, or a tab, between two words. `--fix` leaves one. Spaces that set a line in, and those at its
end, are left alone.

**Why.** They come from pasting, and from typewriters. On the page they show as gaps, and a search for the phrase does not find it.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      Councils  want homes near to school.
```

`despatch check` says:

```text
seeds/homes.yaml:5:14 warning [doubled-space] Two words stand apart by more than one space.
   5 |       Councils  want homes near to school.
     |              ^^^^
  help: Leave one space.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      Councils want homes near to school.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from despatch.office import Finding, Office
from despatch.wording import found, matches, together

GAP = re.compile(r"\S(?:[ \u00a0][ \t\u00a0]+|\t[ \t\u00a0]*)\S")
HINTS = ("  ", "\t", " \u00a0", "\u00a0 ")
"""What a text with a gap holds; the last two are a space beside a hard one."""


def check(office: Office) -> Iterator[Finding]:
    """A finding for each passage with doubled spaces, and one for a file from elsewhere."""
    for of, passages in together(office):
        suspect = [each for each in passages if any(map(each.text.__contains__, HINTS))]
        places = [each._replace(to=f"{each.words[0]} {each.words[-1]}") for each in matches(GAP, suspect)]
        if places:
            yield found(places, "Two words stand apart by more than one space.", "Leave one space.", of)
