"""A figure that its parts do not make

**What it does.** Works out the sum that a fact has under `equals` and finds a value that is something else. The two are
compared as finely as the value is printed, and `nearly` or `more than` is taken at its word. It also finds a sum that
cannot be worked out.

**Why.** Peers add up. A total that is not the sum of what stands beside it, or a rise that the two amounts do not bear
out, is the easiest point that an opponent can score.

## Example

```yaml
# seeds/funding.yaml
key_messages:
  - id: fund-the-gap
    text: |
      The gap is {{gap}} a year: {{gap-now}} now, and {{gap-growth}} to keep pace.
facts:
  - id: gap-now
    value: £1 billion
    what: what services are short of each year, England
    as_of: 2021
    source: funding-analysis
  - id: gap-growth
    value: £0.6 billion
    what: what growing need adds to it each year, England
    as_of: 2021
    source: funding-analysis
  - id: gap
    value: £1.7 billion
    what: gap in the funding of children’s services each year, England
    as_of: 2021
    source: funding-analysis
    equals: "{{gap-now}} + {{gap-growth}}"
sources:
  - id: funding-analysis
    kind: report
    title: The funding of children’s services
    published: 2021
```

`despatch check` says:

```text
seeds/funding.yaml:22:13 warning [broken-sum] The sum makes £1.6 billion a year, and `gap` says £1.7 billion.
  22 |     equals: "{{gap-now}} + {{gap-growth}}"
     |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  £1.7 billion is written here: seeds/funding.yaml:18:12
  18 |     value: £1.7 billion
     |            ^^^^^^^^^^^^
  help: Put the value or the sum right. If both are as published, say so in `note` and delete `equals`.
```

## Instead

```yaml
# seeds/funding.yaml
key_messages:
  - id: fund-the-gap
    text: |
      The gap is {{gap}} a year: {{gap-now}} now, and {{gap-growth}} to keep pace.
facts:
  - id: gap-now
    value: £1 billion
    what: what services are short of each year, England
    as_of: 2021
    source: funding-analysis
  - id: gap-growth
    value: £0.6 billion
    what: what growing need adds to it each year, England
    as_of: 2021
    source: funding-analysis
  - id: gap
    value: £1.6 billion
    what: gap in the funding of children’s services each year, England
    as_of: 2021
    source: funding-analysis
    equals: "{{gap-now}} + {{gap-growth}}"
sources:
  - id: funding-analysis
    kind: report
    title: The funding of children’s services
    published: 2021
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from despatch.content import Fact, Line
from despatch.office import Finding, Office
from despatch.quantity import Quantity, Unread, known
from despatch.sums import holds, said, unlike, work_out


def check(office: Office) -> Iterator[Finding]:
    """A finding for each `equals` that cannot be worked out, or makes something else than its fact says."""
    values = {name: known(fact.value, fact.what) for name, fact in office.facts.items()}
    for fact in office.facts.values():
        value = values[fact.id]
        if fact.equals is not None and value is not None:
            yield from _checked(fact, fact.equals, value, values)


def _checked(fact: Fact, equals: Line, value: Quantity, values: Mapping[str, Quantity | None]) -> Iterator[Finding]:
    amount = work_out(equals, values)
    if isinstance(amount, Unread):
        yield Finding(equals.span_of(amount.start, amount.end), amount.message, amount.help)
    elif amount is not None and not holds(value, amount):
        problem = unlike(value, amount) or f"The sum makes {said(amount)}, and `{fact.id}` says {fact.value}."
        yield Finding(
            equals.span,
            problem,
            "Put the value or the sum right. If both are as published, say so in `note` and delete `equals`.",
            ((f"{fact.value} is written here", fact.value.span),),
        )
