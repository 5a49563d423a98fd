"""A vote that the House does not cast

**What it does.** Finds a position that asks peers to vote aye or no, or Members of the Commons to vote content or not content.

**Why.** The Lords are content or not content, the Commons say aye or no. The wrong word says that the briefing was copied from
the other House’s.

## Example

```yaml
# seeds/homes.yaml
positions:
  - id: childs-say
    heading: Children to have a say
    proposal:
      from: placements-bill
      amendment:
        number: 9
        text: |
          After Clause 7, insert the following new Clause—
    view:
      stance: support
      vote: aye
      text: |
        We support this new clause.
sources:
  - {id: placements-bill, kind: bill, title: Placements Bill, short: the Bill, by: A department, published: 2023-03-01}
# briefs/lords.yaml
title: Placements Bill [HL]
house: lords
proceeding: third-reading
date: 2023-07-04
bill: HL Bill 98
sections:
  - positions: [childs-say]
```

`despatch check` says:

```text
seeds/homes.yaml:13:13 warning [wrong-vote] In the House of Lords, for which `lords` is, nobody votes `aye`.
  13 |       vote: aye
     |             ^^^
  help: Write `content` or `not content`.
```

## Instead

```yaml
# seeds/homes.yaml
positions:
  - id: childs-say
    heading: Children to have a say
    proposal:
      from: placements-bill
      amendment:
        number: 9
        text: |
          After Clause 7, insert the following new Clause—
    view:
      stance: support
      vote: content
      text: |
        We support this new clause.
sources:
  - {id: placements-bill, kind: bill, title: Placements Bill, short: the Bill, by: A department, published: 2023-03-01}
# briefs/lords.yaml
title: Placements Bill [HL]
house: lords
proceeding: third-reading
date: 2023-07-04
bill: HL Bill 98
sections:
  - positions: [childs-say]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from despatch.office import Finding, Office
from despatch.parliament import HOUSES, VOTES


def check(office: Office) -> Iterator[Finding]:
    """A finding for each vote that a briefing asks for in the other House’s words."""
    for briefing in office.briefings:
        house = briefing.selection.brief.house
        for block in briefing.blocks if house is not None else ():
            vote = block.content.view.vote if block.kind == "positions" else None
            if house is not None and vote is not None and vote not in VOTES[house]:
                first, second = VOTES[house]
                message = f"In the {HOUSES[house]}, for which `{briefing.name}` is, nobody votes `{vote}`."
                yield Finding(vote.span, message, f"Write `{first}` or `{second}`.", of=briefing.proof)
