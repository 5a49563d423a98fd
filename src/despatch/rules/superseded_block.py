"""A block in whose place its successor prints

**What it does.** Finds blocks that a brief names and that no longer hold on its sitting day, where the block named under
`superseded_by` prints in their place. A successor may have one of its own: the last that holds is printed. A brief for
an earlier day still prints what was true then.

**Why.** The briefing is right for its day, but whoever wrote the brief chose other words, and may not have read these.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: response-due
    valid: {until: 2022-11-30}
    superseded_by: response-late
    text: |
      The Government’s response to the Review is due this autumn.
  - id: response-late
    text: |
      The Government has yet to respond to the Review.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [response-due]
```

`despatch check` says:

```text
briefs/lords.yaml:7:20 warning [superseded-block] `lords` names `response-due` and prints `response-late` in its place: it does not hold on 8 December 2022 (until 30 November 2022).
   7 |   - key_messages: [response-due]
     |                    ^^^^^^^^^^^^
  it prints this: seeds/homes.yaml:8:9
   8 |   - id: response-late
     |         ^^^^^^^^^^^^^
  help: Read `response-late`, and name it here if it says what you want to say.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: response-due
    valid: {until: 2022-11-30}
    superseded_by: response-late
    text: |
      The Government’s response to the Review is due this autumn.
  - id: response-late
    text: |
      The Government has yet to respond to the Review.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [response-late]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from despatch.office import Briefing, Finding, Office
from despatch.structure import named


def check(office: Office) -> Iterator[Finding]:
    """A finding for each name in a brief in whose place another block prints."""
    for briefing in office.briefings:
        yield from _replaced(briefing)


def _replaced(briefing: Briefing) -> Iterator[Finding]:
    decisions = [each for each in briefing.selection.decisions if not each.point]
    whys = {each.block: each.why for each in decisions}
    later = {each.in_place_of: each.block for each in decisions if each.included and each.in_place_of}
    for place in named(briefing):
        if place in later:
            message = f"`{briefing.name}` names `{place}` and prints `{later[place]}` in its place: {whys[place]}."
            advice = f"Read `{later[place]}`, and name it here if it says what you want to say."
            block = briefing.selection.library.blocks[later[place]]
            yield Finding(place.span, message, advice, (("it prints this", block.id.span),), of=briefing.proof)
