"""A vote that the House does not cast, or that goes against our own stance

**What it does.** Finds a position that asks peers to vote aye or no, or Members of the Commons to vote content or not content. On
an amendment or a motion it also finds a vote against what we support, and one for what we oppose. Where a clause is opposed, the
Question is that it stand part: whoever supports leaving it out votes not content, or no.

**Why.** The Lords are content or not content, the Commons say aye or no. The wrong word says that the briefing was copied from
the other House’s. A vote against our stance asks Members to defeat what we want.

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

from despatch.content import Block
from despatch.kinds.positions import MOTIONS
from despatch.office import Briefing, Finding, Office
from despatch.parliament import BETWEEN_HOUSES, HOUSES, VOTES, Vote
from despatch.structure import stance


def check(office: Office) -> Iterator[Finding]:
    """A finding for each vote that a briefing asks for in the other House’s words, or against its own stance."""
    for briefing in office.briefings:
        house = briefing.selection.brief.house
        for block in briefing.blocks if house is not None else ():
            vote = block.content.view.vote if block.kind == "positions" else None
            if house is not None and vote is not None and vote not in VOTES[house]:
                first, second = VOTES[house]
                message = f"In the {HOUSES[house]}, for which `{briefing.name}` is, nobody votes `{vote}`."
                yield Finding(vote.span, message, f"Write `{first}` or `{second}`.", of=briefing.proof)
            elif house is not None and vote is not None and _is_put(block, briefing):
                yield from _against_stance(block, VOTES[house], briefing)


def _is_put(block: Block, briefing: Briefing) -> bool:
    """Whether the House votes on what the position is on: on the other House’s amendments, it votes on motions alone."""
    amendment, proceeding = block.content.proposal.amendment, briefing.selection.brief.proceeding
    return amendment is not None and (proceeding not in BETWEEN_HOUSES or amendment.operation in MOTIONS)


def _against_stance(block: Block, votes: tuple[Vote, Vote], briefing: Briefing) -> Iterator[Finding]:
    """What is wrong with a vote, where our stance leaves no doubt how to vote."""
    vote, amendment, marked = block.content.view.vote, block.content.proposal.amendment, stance(block)
    is_opposed = amendment.operation == "stand part"
    wanted = votes[(marked == "oppose") != is_opposed]
    if marked in ("support", "oppose") and vote != wanted:
        start = f"The Question is that {amendment.place} stand part: to" if is_opposed else "To"
        yield Finding(
            vote.span,
            f"{start} {marked} {'leaving it out' if is_opposed else 'this'} is to vote `{wanted}`, not `{vote}`.",
            "Change the vote or the stance: one of them is wrong.",
            related=(("the stance is here", marked.span),),
            of=briefing.proof,
        )
