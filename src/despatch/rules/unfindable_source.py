"""A source that nobody could find

**What it does.** Finds a source of a figure or a quotation that has no `published`, no `url` and no `accessed`.

**Why.** “Who says so?” is the first question about any figure. A title alone is no answer: the same statistics come out
under the same title every year.

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
    as_of: 2022-03-31
    source: dfe-statistics
sources:
  - id: dfe-statistics
    kind: dataset
    title: Children looked after in England
```

`despatch check` says:

```text
seeds/homes.yaml:15:12 warning [unfindable-source] `dfe-statistics` has neither a link nor a date, so a reader cannot find it; the figure `children-in-care` rests on it.
  15 |     title: Children looked after in England
     |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  help: Give it `published`, or a `url` and the day it was `accessed`.
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
    """A finding for each source of a fact or a quotation that has neither a link nor a date."""
    used = {fact.source: f"the figure `{fact.id}`" for fact in office.facts.values()}
    used |= {
        block.content.source: f"the quotation `{block.id}`"
        for block in office.blocks()
        if block.kind == "quotations" and block.content.source is not None
    }
    for name, user in used.items():
        source = next((each.sources[name] for each in office.libraries if name in each.sources), None)
        if source is not None and not (source.url or source.published or source.accessed):
            yield Finding(
                source.title.span,
                f"`{name}` has neither a link nor a date, so a reader cannot find it; {user} rests on it.",
                "Give it `published`, or a `url` and the day it was `accessed`.",
            )
