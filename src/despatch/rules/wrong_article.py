"""“A” for “an”, or “an” for “a”

**What it does.** Finds `a` before a word that begins with a vowel’s sound, as in `a organisation` and `a honest view`, and `an`
before one that does not, as in `an plan` and `an unique chance`. It leaves alone what has capitals, such as `an MP` and `Plan A`, and
`an historic`, which many write.

**Why.** It is what is left when the word after it is changed. Whoever reads the line out stumbles over it.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      Every region needs a open market in homes.
```

`despatch check` says:

```text
seeds/homes.yaml:5:26 warning [wrong-article] “a open” should be “an open”.
   5 |       Every region needs a open market in homes.
     |                          ^^^^^^
  help: Change it, or put back the word that stood between.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      Every region needs an open market in homes.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from despatch.office import Finding, Office
from despatch.wording import MOST_AT_ONCE, found, matches, together

CONSONANT = "uni(?!n|m)|unanim|us[aeiu]|ut[eio]|uk[aeiou]|ubiq|uran|ur[eio]|eu|ewe|one(?!rous)|once|oui"
"""How words begin that have a vowel for a first letter, and are not said with one: `unit`, `useful`, `one-off`."""
SILENT = "hono|honest|hour|heir"
"""How words begin in which an h is silent."""
SMALL = "about|above|after|against|all|also|and|any|are|each|either|even|ever|into|off|only|out|over|under|unless|until"
"""Words before which `a` is a letter, as in `options a and b`."""
ARTICLE = r"[Aa](?<![\w’'.&/£$€()-].)"
WRONG = (
    re.compile(
        rf"{ARTICLE}(?<![^.?!\n] A)[ \n](?!{CONSONANT}|(?:{SMALL})\b)"
        rf"(?:[aeiou][a-z]{{2,40}}|(?:{SILENT})[a-z]{{0,40}})\b"
    ),
    re.compile(
        rf"{ARTICLE}n[ \n](?:[b-dfgj-np-tv-z][a-z]{{0,40}}?[aeiouy][a-z]{{1,40}}"
        r"|uni(?:que|vers|form|ted)[a-z]{0,40}|us(?:e|u)[a-z]{1,40}|[Ee]uropean|one|once)\b"
    ),
)
"""`a` for `an`, and `an` for `a`. Before an h some write the one and some the other, and before `unionised` too."""
LETTER = re.compile(
    r"\b(?:option|part|paragraph|section|clause|annex|appendix|category|class|type|group|grade|point|row)s? \Z",
    re.IGNORECASE,
)
"""What goes before a letter that is no article."""


def check(office: Office) -> Iterator[Finding]:
    """A finding for each article that does not go with the word after it."""
    for of, passages in together(office):
        for place in chain.from_iterable(islice(matches(each, passages), MOST_AT_ONCE) for each in WRONG):
            if not LETTER.search(place.passage.text[max(0, place.start - 20) : place.start]):
                article, word = place.words.split()
                right = f"{article[0]} {word}" if article[1:] else f"{article}n {word}"
                help = "Change it, or put back the word that stood between."
                yield found([place], f"“{article} {word}” should be “{right}”.", help, of)
