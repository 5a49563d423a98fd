"""A figure that its parts do not make

**What it does.** Works out the sum that a fact has under `equals` and finds a value that is something else. The two are
compared as finely as the value is printed, and `nearly` or `more than` is taken at its word. It also finds a sum that
cannot be worked out, and a sentence such as *£2 million, made up of £1 million and £0.5 million*.

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

import re
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from despatch.content import Fact, Line
from despatch.office import Finding, Office
from despatch.proof import Row
from despatch.quantity import Quantity, Unread, known, qualifier_before
from despatch.sums import PLAIN, STRETCH, Amount, are_alike, holds, said, unlike, work_out

MADE_UP = (
    rf"(?P<total>{PLAIN})(?: [a-z’-]+){{0,6}},? (?:made up of|comprising|consisting of)"
    rf" (?P<parts>{PLAIN}{STRETCH}(?:, {PLAIN}{STRETCH}){{0,8}},? and {PLAIN})(?P<rest>[^.]*)"
)
"""A total with all its parts. Compiled where there may be one."""
OTHERWISE = re.compile(
    r"\b(?:each|every|per|a (?:year|month|week|day)|annual|twice|times|plus|with|rest|remainder|other)\b"
)
"""What makes a total another than that of the amounts that stand there."""


def check(office: Office) -> Iterator[Finding]:
    """A finding for each `equals` that cannot be worked out, or makes something else than its fact says."""
    values = {name: known(fact.value, fact.what) for name, fact in office.facts.items()}
    for fact in office.facts.values():
        value = values[fact.id]
        if fact.equals is not None and value is not None:
            yield from _checked(fact, fact.equals, value, values)
    for proof in office.proofs:
        for row in proof.rows:
            if "made up of" in row.text or "compris" in row.text or "consist" in row.text:
                yield from (each._replace(of=proof) for each in _totals(row))


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


def _totals(row: Row) -> Iterator[Finding]:
    """Each total of a line that is not the sum of the parts that its sentence says it is made up of."""
    for found in (each for sentence in row.sentences() for each in re.finditer(MADE_UP, sentence)):
        words = qualifier_before(found.string[: found.start()]) + found["total"]
        total, parts = known(words), _parts(found)
        made = work_out(" + ".join(f"{{{{{name}}}}}" for name in parts), parts)
        if parts and total and isinstance(made, Amount) and not _is_near(total, [*filter(None, parts.values())], made):
            yield Finding(
                row.span(words),
                f"The parts do not make “{words}”, but {said(made)}.",
                "Put the total or the parts right, or say what else is in it.",
            )


def _parts(found: re.Match[str]) -> dict[str, Quantity | None]:
    """The parts of a total by their places; none, unless they are surely all, each by itself and of the total’s kind."""
    parts, total, rest = re.findall(rf"(?:\A|, | and )({PLAIN})", found["parts"]), found["total"], found["rest"]
    is_all = found["parts"].count(" and ") == 1 and not re.search(r"[\d,]| and ", rest)
    if (
        not is_all
        or OTHERWISE.search(found[0])
        or not all(are_alike(total, each) and are_alike(each, total) for each in parts)
    ):
        return {}
    return {str(number): known(each) for number, each in enumerate(parts)}


def _is_near(total: Quantity, parts: list[Quantity], made: Amount) -> bool:
    """Whether a total is the sum as finely as it is printed itself, or each of the parts was rounded as finely as the finest."""
    finest = min(each.step for each in (total, *parts))
    loose = finest * len(parts) / 2
    rounded = replace(made, low=made.low - loose, high=made.high + loose)
    return holds(replace(total, step=total.step * 99 / 100), made) or holds(replace(total, step=finest), rounded)
