"""A section that no key message mentions

**What it does.** Finds, in a briefing for Parliament with key messages, positions of which no message shares a topic, be it a
wider or a narrower one.

**Why.** Many readers have time for the first page only. What matters enough for a section deserves a line there; what
does not deserve the line may not deserve the section.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: lasting-money
    topics: [funding]
    text: |
      Children’s services need money that lasts.
positions:
  - id: workforce
    heading: The workforce
    topics: [workforce]
    proposal:
      from: the-review
      text: |
        The Review wants national pay scales.
    view:
      stance: support
      text: |
        We support fair pay for social workers.
topics:
  - {id: funding, label: Funding}
  - {id: workforce, label: Workforce}
sources:
  - {id: the-review, kind: review, title: A review of care, short: the Review, published: 2022-05-23}
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [lasting-money]
  - positions: [workforce]
```

`despatch check` says:

```text
briefs/lords.yaml:8:17 warning [unmentioned-section] No key message of `lords` is about the section `workforce` (`workforce`).
   8 |   - positions: [workforce]
     |                 ^^^^^^^^^
  help: Add a message with that topic, or give the topic to the message that mentions it.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: lasting-money
    topics: [funding, workforce]
    text: |
      Children’s services need money that lasts, and enough social workers.
positions:
  - id: workforce
    heading: The workforce
    topics: [workforce]
    proposal:
      from: the-review
      text: |
        The Review wants national pay scales.
    view:
      stance: support
      text: |
        We support fair pay for social workers.
topics:
  - {id: funding, label: Funding}
  - {id: workforce, label: Workforce}
sources:
  - {id: the-review, kind: review, title: A review of care, short: the Review, published: 2022-05-23}
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [lasting-money]
  - positions: [workforce]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from despatch.office import Briefing, Finding, Office
from despatch.structure import Printed, is_among, printed, topics_of


def check(office: Office) -> Iterator[Finding]:
    """A finding for each position in a briefing for Parliament that shares no topic with a key message."""
    for briefing in office.briefings:
        if briefing.selection.brief.channel == "briefing":
            yield from (_finding(each, briefing) for each in _unmentioned(briefing))


def _unmentioned(briefing: Briefing) -> list[Printed]:
    """The positions whose own topics no message has. Without topics nobody can say what either is about."""
    messages = [each.block for each in printed(briefing) if each.list == "key_messages"]
    mentioned = {topic for block in messages for topic in topics_of(block)}
    return [
        each
        for each in printed(briefing)
        if mentioned and each.block.kind == "positions" and each.block.topics
        if not any(is_among(topic, mentioned, briefing.selection.library) for topic in each.block.topics)
    ]


def _finding(each: Printed, briefing: Briefing) -> Finding:
    topics = ", ".join(f"`{topic}`" for topic in each.block.topics)
    return Finding(
        each.place.span,
        f"No key message of `{briefing.name}` is about the section `{each.block.id}` ({topics}).",
        "Add a message with that topic, or give the topic to the message that mentions it.",
        of=briefing.proof,
    )
