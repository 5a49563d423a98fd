"""A yearly amount in a sentence that does not say “a year”

**What it does.** Finds a fact whose `what` says that it is for each year, printed in a sentence where neither its value
nor the other words do: `a year`, `each year`, `yearly` or `annual`.

**Why.** A gap that opens every year reads as one that could be closed once and for all. Over a Parliament the two are
billions of pounds apart.

## Example

```yaml
# seeds/funding.yaml
key_messages:
  - id: services-short
    text: |
      Children’s services are {{funding-gap}} short.
facts:
  - id: funding-gap
    value: £1.6 billion
    what: gap in the funding of children’s services each year, England
    as_of: 2021
    source: funding-analysis
sources:
  - id: funding-analysis
    kind: report
    title: The funding of children’s services
    published: 2021
```

`despatch check` says:

```text
seeds/funding.yaml:5:31 warning [dropped-period] `funding-gap` is a figure for each year, and this sentence does not say so.
   5 |       Children’s services are {{funding-gap}} short.
     |                               ^^^^^^^^^^^^^^^
  help: Write “a year” after it.
```

## Instead

```yaml
# seeds/funding.yaml
key_messages:
  - id: services-short
    text: |
      Children’s services are {{funding-gap}} short every year.
facts:
  - id: funding-gap
    value: £1.6 billion
    what: gap in the funding of children’s services each year, England
    as_of: 2021
    source: funding-analysis
sources:
  - id: funding-analysis
    kind: report
    title: The funding of children’s services
    published: 2021
```
"""

from __future__ import annotations

from collections.abc import Iterator

from despatch.office import Finding, Office
from despatch.quantity import Quantity, is_yearly, read


def check(office: Office) -> Iterator[Finding]:
    """A finding for each figure for one year in a sentence that does not say so."""
    for sentence, token, fact in office.figures:
        if is_yearly(fact.what) and not is_yearly(sentence.words) and _loses_its_year(fact.value):
            yield Finding(
                sentence.span(token.start, token.end),
                f"`{fact.id}` is a figure for each year, and this sentence does not say so.",
                "Write “a year” after it.",
            )


def _loses_its_year(value: str) -> bool:
    """Whether a value is an amount that does not say itself that it is one for each year; a date or a share is none."""
    amount = read(value)
    return isinstance(amount, Quantity) and amount.kind in ("money", "number", "time") and not amount.is_yearly
