"""A block that a brief names and does not print

**What it does.** Finds blocks that a brief names, in a section, as its standfirst or as its contact, and that do not print:
a draft, one that is withdrawn, superseded, not valid on the sitting day, or meant for another House, audience or
proceeding. What topics, length or `auto` leave out is meant to be left out; of a block in whose place another one
prints, `superseded-block` tells.

**Why.** Such a block is left out without a word. Whoever wrote its name into the brief believes that it is there.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes-wait
    text: |
      Children cannot wait for homes.
  - id: response-due
    valid: {until: 2022-11-30}
    text: |
      Ministers are reading the Review.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [homes-wait, response-due]
```

`despatch check` says:

```text
briefs/lords.yaml:7:32 warning [unprinted-block] `lords` names `response-due` and does not print it: it does not hold on 8 December 2022 (until 30 November 2022).
   7 |   - key_messages: [homes-wait, response-due]
     |                                ^^^^^^^^^^^^
  help: Name another block in its place, or take it out.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes-wait
    text: |
      Children cannot wait for homes.
  - id: response-due
    valid: {until: 2022-12-31}
    text: |
      Ministers are reading the Review.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [homes-wait, response-due]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from despatch.office import Briefing, Finding, Office
from despatch.select import Decision, Rule, holds, successor
from despatch.source import Scalar
from despatch.structure import named

SILENT: frozenset[Rule] = frozenset({"withdrawn", "draft", "not-valid", "superseded", "only"})
"""The rules that leave a block out without regard to what the brief asks for."""


def check(office: Office) -> Iterator[Finding]:
    """A finding for each name in a brief whose block cannot be printed there."""
    for briefing in office.briefings:
        decisions = briefing.selection.decisions
        replaced = {each.in_place_of for each in decisions if each.included}
        left = {
            each.block: each
            for each in decisions
            if not each.point and each.rule in SILENT and each.block not in replaced
        }
        yield from (_finding(place, left[place], briefing) for place in named(briefing) if place in left)


def _finding(place: Scalar, decision: Decision, briefing: Briefing) -> Finding:
    message = f"`{briefing.name}` names `{place}` and does not print it: {decision.why}."
    return Finding(place.span, message, _advice(place, decision.rule, briefing), of=briefing.proof)


def _advice(name: str, rule: Rule, briefing: Briefing) -> str:
    library, days = briefing.selection.library, briefing.selection.brief.days
    block, others = library.blocks[name], {str(each) for each in named(briefing)}
    if later := successor(block, library, days):
        is_named = later.id in others
        return f"Take it out: `{later.id}` is named as well." if is_named else f"Name `{later.id}` in its place."
    earlier = next((each for each in library.blocks.values() if each.superseded_by == name), None)
    if rule == "draft":
        wait = f"; until then name `{earlier.id}`" if earlier and earlier.id not in others else ""
        return f"Have it approved{wait}, or take it out."
    if earlier and earlier.status == "approved" and all(holds(earlier, day) for day in days):
        return f"{'Keep only' if earlier.id in others else 'Name'} `{earlier.id}`: `{name}` prints in its place from its first day."
    if rule == "not-valid" and block.superseded_by:
        return "Change the dates of one of them, name another block in its place, or take it out."
    return "Take it out." if rule == "withdrawn" else "Name another block in its place, or take it out."
