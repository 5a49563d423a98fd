"""A proposal’s point that no view answers

**What it does.** Where a view names what it answers, finds the points of the proposal with an `id` that nothing in the view
answers. Where every point of the view names what it answers, and it says nothing else, points without an `id` count too.
A view that names nothing answers the proposal as a whole.

**Why.** Readers look under “our view” for each thing proposed. Where we are silent on one, they ask whether we agree,
have nothing to say, or forgot it.

## Example

```yaml
# seeds/homes.yaml
positions:
  - id: homes
    heading: Homes for children
    proposal:
      from: the-review
      lead: |
        The Review proposes:
      points:
        - id: cooperatives
          text: |
            Groups of councils to find homes together.
        - id: national-rules
          text: |
            One set of rules for every kind of home.
    view:
      stance: concern
      points:
        - answers: [cooperatives]
          text: |
            We are not convinced that groups of councils would find more homes.
sources:
  - {id: the-review, kind: review, title: A review of care, short: the Review, published: 2022-05-23}
```

`despatch check` says:

```text
seeds/homes.yaml:13:15 warning [unanswered-point] Nothing in our view of `homes` answers `national-rules`.
  13 |         - id: national-rules
     |               ^^^^^^^^^^^^^^
  help: Add `answers: [national-rules]` to the point of the view that does, or write one.
```

## Instead

```yaml
# seeds/homes.yaml
positions:
  - id: homes
    heading: Homes for children
    proposal:
      from: the-review
      lead: |
        The Review proposes:
      points:
        - id: cooperatives
          text: |
            Groups of councils to find homes together.
        - id: national-rules
          text: |
            One set of rules for every kind of home.
    view:
      stance: concern
      points:
        - answers: [cooperatives]
          text: |
            We are not convinced that groups of councils would find more homes.
        - answers: [national-rules]
          text: |
            We would welcome simpler rules.
sources:
  - {id: the-review, kind: review, title: A review of care, short: the Review, published: 2022-05-23}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from despatch.content import Block, Body, Point, all_points, points_in
from despatch.office import Finding, Office


def check(office: Office) -> Iterator[Finding]:
    """A finding for each point of a proposal that its view leaves without an answer."""
    for block in office.blocks():
        if block.kind == "positions":
            yield from (_finding(each, block) for each in _unanswered(block))


def _unanswered(block: Block) -> list[Point]:
    proposal, view = block.content.proposal, block.content.view
    answered = {str(answer) for each in points_in(view.body) for answer in each.answers}
    known = {point.id for point in points_in(proposal.body)}
    if proposal.body is None or not answered or not answered <= known:  # a misspelt answer is one fault, and no two
        return []
    return list(_left(proposal.body.points, answered, is_all=_names_all(view.body)))


def _names_all(body: Body) -> bool:
    """Whether a view says nothing without naming what it answers; a lead that ends in a colon says nothing."""
    leads = body.lead is None or body.lead.rstrip().endswith(":")
    return leads and body.closing is None and all(each.answers for each in body.points)


def _left(points: tuple[Point, ...], answered: set[str], *, is_all: bool) -> Iterator[Point]:
    """The points without an answer. What answers a point answers those under it, and an answer to one of those is one."""
    for point in points:
        if point.id in answered:
            continue
        if any(each.id in answered for each in all_points(point.points)):
            yield from _left(point.points, answered, is_all=is_all)
        elif point.id is not None or is_all:
            yield point


def _finding(point: Point, block: Block) -> Finding:
    name = f"`{point.id}`" if point.id is not None else "this point"
    written = point.id if point.id is not None else point.text
    advice = f"Add `answers: [{point.id}]`" if point.id is not None else "Give it an `id`, and add `answers: […]`"
    return Finding(
        written.span,
        f"Nothing in our view of `{block.id}` answers {name}.",
        f"{advice} to the point of the view that does, or write one.",
    )
