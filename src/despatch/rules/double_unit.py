"""A unit twice

**What it does.** Finds a unit that is written twice, as in `£40 million pounds` or `25% per cent`, also when the first comes from a
printed fact: `{{saving}} pounds`. `--fix` takes the second away.

**Why.** Nobody says “forty million pounds pounds”, and a reader who stumbles over a figure doubts it.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      Homes near to school would save money: up to {{saving}} pounds.
facts:
  - id: saving
    value: £40 million
    what: saving for every 1,000 children who move nearer to their schools
    as_of: 2021
    source: homes-report
sources:
  - id: homes-report
    kind: report
    title: What homes cost
    published: 2021-06
```

`despatch check` says:

```text
seeds/homes.yaml:5:52 warning [double-unit] The unit stands twice in “{{saving}} pounds”.
   5 |       Homes near to school would save money: up to {{saving}} pounds.
     |                                                    ^^^^^^^^^^^^^^^^^
  help: Delete the second.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      Homes near to school would save money: up to {{saving}}.
facts:
  - id: saving
    value: £40 million
    what: saving for every 1,000 children who move nearer to their schools
    as_of: 2021
    source: homes-report
sources:
  - id: homes-report
    kind: report
    title: What homes cost
    published: 2021-06
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from despatch.office import Finding, Office
from despatch.passages import Passage
from despatch.prose import tokens
from despatch.wording import MOST_AT_ONCE, Place, found, together

AMOUNT = r"\d[\d,]*(?:\.\d+)?"
TWICE = (
    rf"£\s?{AMOUNT}(?:\s?(?:million|billion|trillion|thousand|bn|m|k)\b)?(?P<pounds>\s+pounds?\b)"
    rf"|{AMOUNT}(?:%|\s+per\s+cent)(?P<percent>\s+(?:per\s?cent\b|%))"
    rf"|£\s?{AMOUNT}(?:m(?P<million>\s+million\b)|bn(?P<billion>\s+billion\b))"
)
AFTER = re.compile(r"\s+(?P<unit>pounds?\b|per\s?cent\b|%)")
UNITS = {"p": re.compile("£"), "%": re.compile(r"%|per\s?cent\b")}
"""How a value shows that it has its unit: pounds, or per cent."""


def check(office: Office) -> Iterator[Finding]:
    """A finding for each amount with its unit twice."""
    for of, passages in together(office):
        for each in passages:
            for place in islice(chain(_typed(each), _printed(each, office)), MOST_AT_ONCE):
                words = " ".join(place.words.split())
                yield found([place], f"The unit stands twice in “{words}”.", "Delete the second.", of)


def _typed(passage: Passage) -> Iterator[Place]:
    for match in re.finditer(TWICE, passage.words) if _may_be_twice(passage.text) else ():
        second = match[match.lastgroup or 0]
        is_own = passage.own[match.start() : match.end()] == match[0]
        yield Place(passage, *match.span(), match[0].removesuffix(second) if is_own else None)


def _may_be_twice(text: str) -> bool:
    return "£" in text or "%" in text or text.count("cent") > 1


def _printed(passage: Passage, office: Office) -> Iterator[Place]:
    """Units after a printed fact whose value has one."""
    for token in tokens(passage.text):
        after = AFTER.match(passage.text, token.end)
        if after and token.name in office.facts:
            unit = "p" if after["unit"].startswith("pound") else "%"
            if UNITS[unit].search(office.facts[token.name].value):
                yield Place(passage, token.start, after.end(), passage.text[token.start : token.end])
