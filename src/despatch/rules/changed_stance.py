"""A stance that differs from that of the last briefing

**What it does.** Goes through the briefings in the order of their sitting days, and finds positions whose stance on a proposal
is not that of the last earlier briefing on the same one. A block that takes another's place is on the same proposal.

**Why.** Members remember what they were told last month. A change of mind is fine; one that nobody in the office noticed
is not.

## Example

```yaml
# seeds/homes.yaml
positions:
  - id: homes
    heading: Homes for children
    superseded_by: homes-again
    proposal:
      from: the-review
      text: |
        The Review wants groups of councils to find homes together.
    view:
      stance: concern
      text: |
        We are not convinced that groups of councils would find more homes.
  - id: homes-again
    heading: Homes for children
    valid: {from: 2022-12-01}
    proposal:
      from: the-review
      text: |
        The Review wants groups of councils to find homes together.
    view:
      stance: support
      text: |
        We support groups of councils that find homes together.
sources:
  - {id: the-review, kind: review, title: A review of care, short: the Review, published: 2022-05-23}
# briefs/commons.yaml
title: Children’s social care
house: commons
proceeding: general-debate
date: 2022-11-24
sections:
  - positions: [homes]
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - positions: [homes-again]
```

`despatch check` says:

```text
briefs/lords.yaml:7:17 warning [changed-stance] `lords` says `support` in `homes-again`; on the same proposal `commons` (24 November 2022) said `concern`.
   7 |   - positions: [homes-again]
     |                 ^^^^^^^^^^^
  the stance then: seeds/homes.yaml:11:15
  11 |       stance: concern
     |               ^^^^^^^
  the stance now: seeds/homes.yaml:22:15
  22 |       stance: support
     |               ^^^^^^^
  help: Make sure that the change is meant, and say why under `ignore:`.
```

## Instead

```yaml
# seeds/homes.yaml
positions:
  - id: homes
    heading: Homes for children
    superseded_by: homes-again
    proposal:
      from: the-review
      text: |
        The Review wants groups of councils to find homes together.
    view:
      stance: concern
      text: |
        We are not convinced that groups of councils would find more homes.
  - id: homes-again
    heading: Homes for children
    valid: {from: 2022-12-01}
    proposal:
      from: the-review
      text: |
        The Review wants groups of councils to find homes together.
    view:
      stance: support
      text: |
        We support groups of councils that find homes together.
sources:
  - {id: the-review, kind: review, title: A review of care, short: the Review, published: 2022-05-23}
# briefs/commons.yaml
title: Children’s social care
house: commons
proceeding: general-debate
date: 2022-11-24
sections:
  - positions: [homes]
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - positions:
      - use: homes-again
        ignore: {changed-stance: The trial in November answered our doubts.}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from despatch.content import Block
from despatch.dates import in_full
from despatch.office import Briefing, Finding, Office
from despatch.structure import Printed, latest, printed, proposals, stance


class _Said(NamedTuple):
    """A position, and the briefing that printed it."""

    block: Block
    briefing: Briefing


def check(office: Office) -> Iterator[Finding]:
    """A finding for each position that says otherwise than the last earlier briefing on its proposal."""
    said: dict[tuple[str, ...], _Said] = {}
    for briefing in sorted(office.briefings, key=lambda each: (each.day, each.name)):
        positions = [each for each in printed(briefing) if each.block.kind == "positions"]
        for each in positions:
            known = [said[key] for key in _keys(each.block, briefing) if key in said]
            earlier = (one for one in known if one.briefing.day < briefing.day)
            last = max(earlier, key=lambda one: one.briefing.day, default=None)
            if last is not None and stance(last.block) != stance(each.block):
                yield _finding(each, last, briefing)
        for each in positions:
            said |= {key: _Said(each.block, briefing) for key in _keys(each.block, briefing)}


def _keys(block: Block, briefing: Briefing) -> list[tuple[str, ...]]:
    """What the same proposal is known by: where it stands, its whole words, and the line of blocks on it.

    A number is another amendment's on the next list, so that one without a list tells nothing.
    """
    library = briefing.selection.library
    whole = library.blocks[block.id]
    known = [key for key in proposals(whole) if key[0] != "amendment" or key[-1]]
    return [*known, ("line", latest(whole, library))]


def _finding(each: Printed, last: _Said, briefing: Briefing) -> Finding:
    ours, theirs = stance(each.block), stance(last.block)
    return Finding(
        each.place.span,
        f"`{briefing.name}` says `{ours}` in `{each.block.id}`; on the same proposal `{last.briefing.name}` "
        f"({in_full(last.briefing.day)}) said `{theirs}`.",
        "Make sure that the change is meant, and say why under `ignore:`.",
        related=(("the stance then", theirs.span), ("the stance now", ours.span)),
        of=briefing.proof,
    )
