"""A stop or a comma too many, or with no space after it

**What it does.** Finds two commas or two full stops in a row, and a comma or a stop that runs into the next word, as in `now.We`. It
lets be three dots, addresses, the names of sites, and abbreviations such as `e.g.`.

**Why.** It is what a hurried cut leaves behind, and Word’s own checker is seldom on when words are pasted.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      Councils want more homes.They cannot build them alone.
```

`despatch check` says:

```text
seeds/homes.yaml:5:26 warning [stray-punctuation] There is no space after “homes.”.
   5 |       Councils want more homes.They cannot build them alone.
     |                          ^^^^^^^^^^
  help: Write one.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      Councils want more homes. They cannot build them alone.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from despatch.office import Finding, Office
from despatch.wording import MOST_AT_ONCE, found, matches, together

WORD = r"[A-Za-z][a-z’-]{0,40}[a-z]"
END = r"(?![\w/@:]|\.\w)"
SLIP = re.compile(
    rf"(?<![\w@./:-]){WORD}(?:(?:,,|;;|\.\.|,\.)(?=\s|\Z)|[,;]{WORD}{END}|[.?!](?=[A-Z])(?:{WORD}|A|I){END})"
)
HINT = re.compile(r"[,;.?!][A-Za-z,;.]")
"""What a text with such a slip holds, and is found far sooner."""


def check(office: Office) -> Iterator[Finding]:
    """A finding for each doubled comma or stop, and each that has no space after it."""
    for of, passages in together(office):
        suspect = [each for each in passages if HINT.search(each.text)]
        for place in islice(matches(SLIP, suspect), MOST_AT_ONCE):
            if place.words[-1].isalpha():
                word = re.split("(?<=[.,;?!])", place.words)[0]
                yield found([place], f"There is no space after “{word}”.", "Write one.", of)
            else:
                yield found(
                    [place], f"“{place.words[-2:]}” stands here, where one sign should.", "Delete one of the two.", of
                )
