"""Two positions on one proposal with different stances

**What it does.** Finds positions on the same amendment or clause, on the same part of a document under the same heading, or
on the same words, that hold on the same day and take different stances. One that takes the other's place is let be, and so
are two that are meant for different proceedings.

**Why.** One office that supports and opposes the same clause on one day is a story, and not the one it meant to tell.

## Example

```yaml
# seeds/homes.yaml
positions:
  - id: clause-five
    heading: Homes run by several councils
    proposal:
      from: placements-bill
      clause: Clause 5
      text: |
        The clause lets councils run homes together.
    view:
      stance: support
      text: |
        We support the clause.
  - id: joint-homes
    heading: Joint homes
    proposal:
      from: placements-bill
      clause: Clause 5
      text: |
        Councils could be told to run homes together.
    view:
      stance: oppose
      text: |
        We oppose compulsion.
sources:
  - {id: placements-bill, kind: bill, title: A Bill about homes, short: the Bill, published: 2022-11}
```

`despatch check` says:

```text
seeds/homes.yaml:22:15 warning [clashing-stances] `joint-homes` says `oppose` and `clause-five` says `support`, on the same proposal.
  22 |       stance: oppose
     |               ^^^^^^
  the other stance is here: seeds/homes.yaml:11:15
  11 |       stance: support
     |               ^^^^^^^
  help: Keep one. If the stance has changed, name the new block under `superseded_by` of the old one.
```

## Instead

```yaml
# seeds/homes.yaml
positions:
  - id: clause-five
    heading: Homes run by several councils
    proposal:
      from: placements-bill
      clause: Clause 5
      text: |
        The clause lets councils run homes together.
    view:
      stance: support
      text: |
        We support the clause.
  - id: joint-homes
    heading: Joint homes
    proposal:
      from: placements-bill
      clause: Clause 6
      text: |
        Councils could be told to run homes together.
    view:
      stance: oppose
      text: |
        We oppose compulsion.
sources:
  - {id: placements-bill, kind: bill, title: A Bill about homes, short: the Bill, published: 2022-11}
```
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from despatch.content import Block, Library
from despatch.office import Finding, Office
from despatch.structure import latest, proposals, stance

EVER = (dt.date.min, dt.date.max)


class _Held(NamedTuple):
    """A position, and the days on which it holds."""

    block: Block
    first: dt.date
    last: dt.date
    line: str
    """The block at the end of the line of those that take its place."""


def check(office: Office) -> Iterator[Finding]:
    """A finding for each position whose stance differs from that of an earlier one on the same proposal."""
    known: dict[tuple[str, ...], list[_Held]] = {}
    for held in _positions(office):
        others: dict[str, _Held] = {}
        for key in proposals(held.block):
            same = known.setdefault(key, [])
            others |= {each.block.id: each for each in same if _clash(each, held)}
            if all(stance(each.block) != stance(held.block) or not _together(each, held) for each in same):
                same.append(held)
        yield from (_finding(held.block, other.block) for other in others.values())


def _positions(office: Office) -> Iterator[_Held]:
    """The positions that may be printed: the library's while they are valid, a brief's own on its days."""
    yield from _held(office.library, EVER)
    for brief in (briefing.selection.brief for briefing in office.briefings):
        yield from _held(brief.local, (brief.days[0], brief.days[-1]))


def _held(library: Library, days: tuple[dt.date, dt.date]) -> Iterator[_Held]:
    for block in library.blocks.values():
        if block.kind == "positions" and block.status != "withdrawn":
            first, last = block.valid.from_ or days[0], block.valid.until or days[1]
            yield _Held(block, first, last, latest(block, library))


def _clash(one: _Held, other: _Held) -> bool:
    return stance(one.block) != stance(other.block) and one.line != other.line and _together(one, other)


def _together(one: _Held, other: _Held) -> bool:
    """Whether both may be printed on one day, in one proceeding."""
    ours, theirs = one.block.only.proceeding, other.block.only.proceeding
    return one.first <= other.last and other.first <= one.last and not (ours and theirs and not {*ours} & {*theirs})


def _finding(block: Block, other: Block) -> Finding:
    return Finding(
        stance(block).span,
        f"`{block.id}` says `{stance(block)}` and `{other.id}` says `{stance(other)}`, on the same proposal.",
        "Keep one. If the stance has changed, name the new block under `superseded_by` of the old one.",
        related=(("the other stance is here", stance(other).span),),
    )
