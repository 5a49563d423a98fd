"""A figure that nothing prints

**What it does.** Finds a fact that no block or brief prints, no table or chart shows, and no `equals` rests on. It only
looks when the whole workspace was read: not when you check one brief, and not while there are errors.

**Why.** A figure that nobody sees, nobody corrects. Some day it will be found, look ready for use, and be years old.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: more-children
    text: |
      Ever more children are in care.
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

`despatch check` says:

```text
seeds/homes.yaml:7:9 warning [unused-fact] Nothing prints `children-in-care`, so nobody would notice if it became wrong.
   7 |   - id: children-in-care
     |         ^^^^^^^^^^^^^^^^
  help: Write `{{children-in-care}}` where the figure belongs, or delete the fact.
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
    """A finding for each fact that no prose prints, no figure shows and no sum rests on."""
    used = {name.partition(".")[0] for name in office.named}
    for fact in office.facts.values():
        if office.is_whole and fact.id not in used:
            yield Finding(
                fact.id.span,
                f"Nothing prints `{fact.id}`, so nobody would notice if it became wrong.",
                f"Write `{{{{{fact.id}}}}}` where the figure belongs, or delete the fact.",
            )
