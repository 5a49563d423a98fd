"""A proposal printed without our view, or our view without the proposal

**What it does.** Finds, in each briefing, positions of which its topics, length or `omit` leave only one half: the proposal
or our view of it. It finds the same of a single point and the points that answer it.

**Why.** What somebody else proposes, printed under our name with nothing said against it, reads as what we want. An
answer without its question reads as nothing at all.

## Example

```yaml
# seeds/homes.yaml
positions:
  - id: homes
    heading: Homes for children
    proposal:
      from: the-review
      points:
        - id: cooperatives
          text: |
            The Review wants groups of councils to find homes together.
        - id: national-rules
          text: |
            The Review wants one set of rules for every kind of home.
    view:
      stance: concern
      points:
        - answers: [cooperatives]
          text: |
            We are not convinced that groups of councils would find more homes.
        - id: simpler-rules
          priority: detail
          answers: [national-rules]
          text: |
            We would welcome simpler rules.
sources:
  - {id: the-review, kind: review, title: A review of care, short: the Review, published: 2022-05-23}
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
length: standard
sections:
  - positions: [homes]
```

`despatch check` says:

```text
briefs/lords.yaml:8:17 warning [half-position] Of `homes`, `lords` prints the point `national-rules`, but not our answer to it (`simpler-rules`).
   8 |   - positions: [homes]
     |                 ^^^^^
  help: Print both or neither. `despatch why lords homes` says what is out, and why.
```

## Instead

```yaml
# seeds/homes.yaml
positions:
  - id: homes
    heading: Homes for children
    proposal:
      from: the-review
      points:
        - id: cooperatives
          text: |
            The Review wants groups of councils to find homes together.
        - id: national-rules
          text: |
            The Review wants one set of rules for every kind of home.
    view:
      stance: concern
      points:
        - answers: [cooperatives]
          text: |
            We are not convinced that groups of councils would find more homes.
        - id: simpler-rules
          answers: [national-rules]
          text: |
            We would welcome simpler rules.
sources:
  - {id: the-review, kind: review, title: A review of care, short: the Review, published: 2022-05-23}
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
length: standard
sections:
  - positions: [homes]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from despatch.content import Block, Body, Point, all_points
from despatch.office import Briefing, Finding, Office
from despatch.structure import Printed, printed


def check(office: Office) -> Iterator[Finding]:
    """A finding for each position, in a briefing that prints only its proposal or only our view, or an odd point of it."""
    for briefing in office.briefings:
        for each in printed(briefing):
            if each.block.kind == "positions":
                yield from (_finding(words, each, briefing) for words in _halves(each.block, briefing))


def _halves(block: Block, briefing: Briefing) -> Iterator[str]:
    """What is printed of a position without its other half, in words."""
    proposal, view = block.content.proposal, block.content.view
    if view.body is None:
        yield "what is proposed, but not our view of it"
    elif proposal.body is None and proposal.amendment is None:
        yield "our view, but not the proposal that it is about"
    elif proposal.body is not None:
        yield from _odd_points(briefing.selection.library.blocks[block.id], proposal.body, view.body)


def _odd_points(whole: Block, proposal: Body, view: Body) -> Iterator[str]:
    """Points that print without those that answer them, and answers without any point that they answer."""
    points, answers = list(all_points(proposal.points)), [each for each in all_points(view.points) if each.answers]
    is_worded = bool(whole.content.view.body.variants)
    for point in points:
        meant = _answers(point, whole)
        given = {answer for each in answers for answer in each.answers}
        if meant and point.id not in given and (answers or not is_worded):
            yield f"the point `{point.id}`, but not our answer to it{_names(meant)}"
    for each in answers:
        if not {point.id for point in points} & set(each.answers):
            yield f"our answer{_names([each])}, but not the point that it answers (`{'`, `'.join(each.answers)}`)"


def _answers(point: Point, whole: Block) -> list[Point]:
    return [each for each in all_points(whole.content.view.body.points) if point.id in each.answers]


def _names(points: list[Point]) -> str:
    ids = [f"`{each.id}`" for each in points if each.id is not None]
    return f" ({', '.join(ids)})" if ids else ""


def _finding(words: str, each: Printed, briefing: Briefing) -> Finding:
    return Finding(
        each.place.span,
        f"Of `{each.block.id}`, `{briefing.name}` prints {words}.",
        f"Print both or neither. `despatch why {briefing.name} {each.block.id}` says what is out, and why.",
        of=briefing.proof,
    )
