"""A figure without a date

**What it does.** Finds a fact that has no `as_of`.

**Why.** Every figure was true on some day, and most are not true for ever. Without that day nobody can say whether it
may still be read out, or which of two figures is the newer.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: more-children
    text: |
      {{children-in-care}} children are in care.
facts:
  - id: children-in-care
    value: 82,170
    what: children looked after in England
    source: dfe-statistics
sources:
  - id: dfe-statistics
    kind: dataset
    title: Children looked after in England
    published: 2022-11
```

`despatch check` says:

```text
seeds/homes.yaml:8:12 warning [undated-fact] `children-in-care` has no date, so nobody can tell whether it still holds.
   8 |     value: 82,170
     |            ^^^^^^
  help: Give it an `as_of`: the day, month or year on which it was true.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: more-children
    text: |
      {{children-in-care}} children are in care.
facts:
  - id: children-in-care
    value: 82,170
    what: children looked after in England
    as_of: 2022-03-31
    source: dfe-statistics
sources:
  - id: dfe-statistics
    kind: dataset
    title: Children looked after in England
    published: 2022-11
```
"""

from __future__ import annotations

from collections.abc import Iterator

from despatch.office import Finding, Office


def check(office: Office) -> Iterator[Finding]:
    """A finding for each fact without a date."""
    for fact in office.facts.values():
        if fact.as_of is None and f"{fact.id}.as_of" not in office.named:  # which is an error where it is printed
            yield Finding(
                fact.value.span,
                f"`{fact.id}` has no date, so nobody can tell whether it still holds.",
                "Give it an `as_of`: the day, month or year on which it was true.",
            )
