"""A position that names no item of its document

**What it does.** Where a source lists its `items`, finds positions on it whose proposal names none of them. An amendment is
none of a Bill’s clauses, and need not. It is advice, unless a style says otherwise.

**Why.** `despatch coverage` shows what we answer by these names. Without one, a recommendation that we have long answered
looks unanswered.

## Example

```yaml
# seeds/homes.yaml
sources:
  - id: the-review
    kind: review
    title: A review of care
    short: the Review
    published: 2022-05-23
    items:
      - {id: cooperatives, title: Regional cooperatives, chapter: Chapter 5}
      - {id: windfall-tax, title: A windfall tax, chapter: Chapter 5}
positions:
  - id: homes
    heading: Homes for children
    proposal:
      from: the-review
      text: |
        New regional bodies should plan and run homes.
    view:
      stance: concern
      text: |
        We are not convinced that regional bodies would find more homes.
```

`despatch check` says:

```text
seeds/homes.yaml:15:13 advice [unnamed-items] `homes` names none of the items that `the-review` lists.
  15 |       from: the-review
     |             ^^^^^^^^^^
  help: Add `items: […]` to its proposal, or to the points of it. `despatch coverage the-review` shows them all.
```

## Instead

```yaml
# seeds/homes.yaml
sources:
  - id: the-review
    kind: review
    title: A review of care
    short: the Review
    published: 2022-05-23
    items:
      - {id: cooperatives, title: Regional cooperatives, chapter: Chapter 5}
      - {id: windfall-tax, title: A windfall tax, chapter: Chapter 5}
positions:
  - id: homes
    heading: Homes for children
    proposal:
      from: the-review
      items: [cooperatives]
      text: |
        New regional bodies should plan and run homes.
    view:
      stance: concern
      text: |
        We are not convinced that regional bodies would find more homes.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from despatch.content import Block, Library
from despatch.office import Finding, Office

GRAVITY = "advice"


def check(office: Office) -> Iterator[Finding]:
    """A finding for each position on a document with items that names none of them."""
    for block in office.blocks():
        if block.kind == "positions" and _names_none(block, office.library):
            source = block.content.proposal.from_
            yield Finding(
                source.span,
                f"`{block.id}` names none of the items that `{source}` lists.",
                f"Add `items: […]` to its proposal, or to the points of it. `despatch coverage {source}` shows them all.",
            )


def _names_none(block: Block, library: Library) -> bool:
    proposal = block.content.proposal
    source = library.sources.get(proposal.from_)
    return source is not None and bool(source.items) and not proposal.all_items and proposal.amendment is None
