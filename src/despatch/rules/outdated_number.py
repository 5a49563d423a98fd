"""An old figure in a document that is finished

**What it does.** Finds, in a file from elsewhere, a figure that the library has as an older value of a fact: one that stands
under its `was`. Only amounts of money and counts of a hundred or more are looked for.

**Why.** Last month's briefing is copied for the next debate, and with it a figure that has been published anew since.

## Example

```yaml
# seeds/homes.yaml
facts:
  - id: children-in-care
    value: 83,840
    what: children looked after in England
    as_of: 2023-03-31
    source: statistics
    was:
      - {value: "82,170", as_of: 2022-03-31}
key_messages:
  - id: more-children
    text: |
      Councils look after {{children-in-care}} children.
sources:
  - {id: statistics, kind: dataset, title: Children looked after in England, published: 2023-11}
# last-month.md

Councils look after 82,170 children.
```

`despatch check last-month.md` says:

```text
last-month.md:3:21 warning [outdated-number] “82,170” is the older figure of 31 March 2022; the library now has 83,840 (31 March 2023): children looked after in England.
   3 | Councils look after 82,170 children.
     |                     ^^^^^^
  the fact is here: seeds/homes.yaml:4:12
   4 |     value: 83,840
     |            ^^^^^^
  help: Write the new figure, or say of which day the old one is.
```

## Instead

```yaml
# seeds/homes.yaml
facts:
  - id: children-in-care
    value: 83,840
    what: children looked after in England
    as_of: 2023-03-31
    source: statistics
    was:
      - {value: "82,170", as_of: 2022-03-31}
key_messages:
  - id: more-children
    text: |
      Councils look after {{children-in-care}} children.
sources:
  - {id: statistics, kind: dataset, title: Children looked after in England, published: 2023-11}
# last-month.md

Councils look after 83,840 children.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from despatch.content import Fact, OlderValue
from despatch.office import Finding, Office
from despatch.proof import Proof, Row
from despatch.quantity import Quantity, read

FIGURE = re.compile(
    r"[£€$]\d[\d,.]*\d(?:\s(?:thousand|million|billion|trillion)|bn|m)?\b|\d{1,3}(?:,\d{3})+|\b\d{3,}\b"
)


def check(office: Office) -> Iterator[Finding]:
    """A finding for each figure of a file from elsewhere that has been published anew since."""
    old = {} if not office.outside else dict(_older(office.library.facts))
    for proof in office.outside if old else ():
        for row in proof.rows:
            for figure in FIGURE.finditer(row.text):
                if found := old.get(_size(figure[0])):
                    yield _finding(figure[0], row, proof, *found)


def _older(facts: Mapping[str, Fact]) -> Iterator[tuple[object, tuple[Fact, OlderValue]]]:
    """The older values by which a reader knows a fact, unless they are a fact's value today."""
    today = {_size(fact.value) for fact in facts.values()}
    for fact in facts.values():
        for older in fact.was:
            if (size := _size(older.value)) is not None and size not in today:
                yield size, (fact, older)


def _size(text: str) -> object | None:
    value = read(text)
    return value.size if isinstance(value, Quantity) and value.is_telling else None


def _finding(figure: str, row: Row, proof: Proof, fact: Fact, older: OlderValue) -> Finding:
    was = f" of {older.as_of.printed}" if older.as_of else ""
    now = f" ({fact.as_of.printed})" if fact.as_of else ""
    return Finding(
        row.span(figure),
        f"“{figure}” is the older figure{was}; the library now has {fact.value}{now}: {fact.what}.",
        "Write the new figure, or say of which day the old one is.",
        (("the fact is here", fact.value.span),),
        of=proof,
    )
