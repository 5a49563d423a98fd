"""A space before a comma or a stop

**What it does.** Finds a space before a comma, a stop, a colon, a question mark or the like. `--fix` takes it away.

**Why.** It is left behind when words are cut, and on the page the stop may begin the next line.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      Councils want more homes , and soon.
```

`despatch check` says:

```text
seeds/homes.yaml:5:30 warning [space-before-punctuation] There is a space before “,”.
   5 |       Councils want more homes , and soon.
     |                              ^^^
  help: Take the space away.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      Councils want more homes, and soon.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from despatch.office import Finding, Office
from despatch.wording import found, matches, together

SPACED = re.compile(r"[^\s\u2060] +[,;:.?!](?=\s|\Z)")
HINT = re.compile(r" [,;:.?!]")
"""What a text with such a space holds, and is found far sooner."""


def check(office: Office) -> Iterator[Finding]:
    """A finding for each passage with spaces before its stops, and one for a file from elsewhere."""
    for of, passages in together(office):
        suspect = [each for each in passages if HINT.search(each.text)]
        places = [each._replace(to=f"{each.words[0]}{each.words[-1]}") for each in matches(SPACED, suspect)]
        if places:
            yield found(places, f"There is a space before “{places[0].words[-1]}”.", "Take the space away.", of)
