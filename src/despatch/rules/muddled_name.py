"""A name with its words in the wrong order

**What it does.** Finds the words of a term's long form, three or more of them, side by side but in another order.

**Why.** Lawyers and officials know these orders by name, and a name that there is not makes them doubt that we do.

## Example

```yaml
# seeds/kinship.yaml
terms:
  - short: CAO
    long: child arrangements order
key_messages:
  - id: kinship-support
    text: |
      Families who care under a child order arrangement deserve support.
```

`despatch check` says:

```text
seeds/kinship.yaml:8:33 warning [muddled-name] “child order arrangement” has the words of “child arrangements order” in another order.
   8 |       Families who care under a child order arrangement deserve support.
     |                                 ^^^^^^^^^^^^^^^^^^^^^^^
  the library’s term: seeds/kinship.yaml:4:11
   4 |     long: child arrangements order
     |           ^^^^^^^^^^^^^^^^^^^^^^^^
  help: Write “child arrangements order”, or {{CAO}}, if that is meant.
```

## Instead

```yaml
# seeds/kinship.yaml
terms:
  - short: CAO
    long: child arrangements order
key_messages:
  - id: kinship-support
    text: |
      Families who care under a child arrangements order deserve support.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from despatch.content import Term
from despatch.office import Finding, Office
from despatch.passages import Passage

WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
FEWEST = 3


class _Name(NamedTuple):
    term: Term
    words: tuple[str, ...]


Names: TypeAlias = Mapping[tuple[str, ...], _Name]
"""The names, by their words in one order, whatever that of the name is."""


def check(office: Office) -> Iterator[Finding]:
    """A finding for each term's name whose words stand in another order."""
    named = [_Name(term, _folded(term.long)) for library in office.libraries for term in library.terms.values()]
    names = {_in_one_order(each.words): each for each in named if len(set(each.words)) >= FEWEST}
    for passage in office.passages if names else ():
        small = passage.own.casefold()
        near = {words: each for words, each in names.items() if all(map(small.__contains__, words))}
        for start, end, name in _muddled(passage, near) if near else ():
            message = f"“{passage.text[start:end]}” has the words of “{name.term.long}” in another order."
            help = f"Write “{name.term.long}”, or {{{{{name.term.short}}}}}, if that is meant."
            related = (("the library’s term", name.term.long.span),)
            yield Finding(passage.span(start, end), message, help, related, of=office.holder(passage))


def _in_one_order(words: tuple[str, ...]) -> tuple[str, ...]:
    """The same words, the longest first: of these the fewest texts have one."""
    return tuple(sorted(words, key=lambda each: (-len(each), each)))


def _folded(text: str) -> tuple[str, ...]:
    """The words of a text in small letters, each without the s of a plural."""
    return tuple(_fold(each) for each in WORD.findall(text))


def _fold(word: str) -> str:
    return word.casefold().removesuffix("s")


def _muddled(passage: Passage, names: Names) -> Iterator[tuple[int, int, _Name]]:
    """Where a run of words is that of a name, but in another order."""
    run: list[re.Match[str]] = []
    known = {word for each in names for word in each}
    longest = max(len(each) for each in names)
    for match in WORD.finditer(passage.own):
        is_beside = run and not passage.own[run[-1].end() : match.start()].strip(" \n(")
        run = [*(run if is_beside else ()), match][-longest:] if _fold(match[0]) in known else []
        for size in range(FEWEST, len(run) + 1):
            last = run[-size:]
            words = tuple(_fold(each[0]) for each in last)
            name = names.get(_in_one_order(words))
            if name is not None and words != name.words:
                yield last[0].start(), last[-1].end(), name
