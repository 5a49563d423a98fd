"""A word twice in a row

**What it does.** Finds a word that stands twice in a row, as in `the the`, over the end of a line too. It lets `had had`, `that that`
and the like be, and names. `--fix` takes one away where the word is a small one that never rightly stands twice.

**Why.** The eye skips the second one, on paper above all where a line ends between them. Somebody who reads the briefing out in
the Chamber stumbles over it.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      Councils want to build the
      the right homes.
```

`despatch check` says:

```text
seeds/homes.yaml:5:30 warning [doubled-word] “the” stands twice here.
   5 |       Councils want to build the
     |                              ^^^
  help: Delete one of the two.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      Councils want to build the
      right homes.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from despatch.office import Finding, Office
from despatch.wording import MOST_AT_ONCE, Place, found, matches, together

TWICE = re.compile(r"\b([A-Za-z]++)\s+\1\b(?![’'-]\w)", re.IGNORECASE)
NEVER_TWICE = {"the", "a", "an", "of", "and", "or", "with", "our", "their", "we", "from", "are", "at", "as", "be",
               "they"}  # fmt: skip
MAY_BE_TWICE = {"had", "that", "up", "on", "out", "over", "very", "really", "so", "no", "hear", "more", "who", "long", "far",
                "many", "her"}  # fmt: skip
ASKED = re.compile(
    r"(?:call|ask|press|argu|campaign|push|wait|look|pay|paid|fight|fought|car|hop)(?:ed|ing|s)?\s+\Z", re.IGNORECASE
)
"""What goes before `for`, so that `for for some time` is right."""
WHAT = re.compile(r"\bwhat (?:[\w’]+ ){1,4}\Z", re.IGNORECASE)
"""What goes before `is`, so that `what it is is a question of priorities` is right."""


def check(office: Office) -> Iterator[Finding]:
    """A finding for each word that stands twice."""
    for of, passages in together(office):
        for place in islice(matches(TWICE, passages), MOST_AT_ONCE):
            first, second = place.words.split()
            if second == second.lower() and first in (second, second.capitalize()) and not _is_right(place, second):
                mended = place._replace(to=first if second in NEVER_TWICE else None)
                yield found([mended], f"“{second}” stands twice here.", "Delete one of the two.", of)


def _is_right(place: Place, word: str) -> bool:
    """Whether the word may rightly stand twice here, or a new paragraph begins between the two."""
    before = place.passage.text[max(0, place.start - 20) : place.start]
    is_asked_for = word == "for" and ASKED.search(before)
    is_what = word == "is" and WHAT.search(before)
    return word in MAY_BE_TWICE or bool(is_asked_for or is_what) or re.search(r"\n\s*\n", place.words) is not None
