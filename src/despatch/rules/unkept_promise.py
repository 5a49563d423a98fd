"""A topic that is promised and has no section

**What it does.** Finds, in each briefing, topics that its brief includes and that nothing under the key messages carries.
In a briefing with positions it also finds topics that the standfirst or a key message carries and names in words, while no
other block and no bullet of one carries them. A wider or a narrower topic will do. In a file from elsewhere it finds topics
of your list that the key messages name and the sections never do, except in passing: in a bullet under a bullet.

**Why.** Peers who rise on kinship care because a key message speaks of it turn the page for the facts, and find none.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: raised-for-years
    topics: [homes, kinship]
    text: |
      Councils have long asked for more homes and better support for kinship carers.
positions:
  - id: homes
    heading: Homes for children
    topics: [homes]
    proposal:
      from: the-review
      text: |
        The Review wants groups of councils to find homes together.
    view:
      stance: support
      text: |
        We support groups of councils that find homes together.
topics:
  - {id: homes, label: Homes}
  - {id: kinship, label: Kinship care}
sources:
  - {id: the-review, kind: review, title: A review of care, short: the Review, published: 2022-05-23}
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [raised-for-years]
  - positions: [homes]
```

`despatch check` says:

```text
briefs/lords.yaml:7:20 warning [unkept-promise] `raised-for-years` promises `kinship` (Kinship care) in `lords`, and no section is about it.
   7 |   - key_messages: [raised-for-years]
     |                    ^^^^^^^^^^^^^^^^
  it is promised here: seeds/homes.yaml:6:70
   6 |       Councils have long asked for more homes and better support for kinship carers.
     |                                                                      ^^^^^^^^^^^^
  help: Add a section on it, or leave the promise out.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: raised-for-years
    topics: [homes]
    text: |
      Councils have long asked for more homes.
positions:
  - id: homes
    heading: Homes for children
    topics: [homes]
    proposal:
      from: the-review
      text: |
        The Review wants groups of councils to find homes together.
    view:
      stance: support
      text: |
        We support groups of councils that find homes together.
topics:
  - {id: homes, label: Homes}
  - {id: kinship, label: Kinship care}
sources:
  - {id: the-review, kind: review, title: A review of care, short: the Review, published: 2022-05-23}
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [raised-for-years]
  - positions: [homes]
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from despatch.content import Block, Library, Topic, bodies
from despatch.diagnostics import Span
from despatch.office import Briefing, Finding, Office
from despatch.proof import Proof, Row
from despatch.source import Scalar
from despatch.structure import Printed, is_among, opened, printed, topics_of, words_of

STOPS = (".", "!", "?", ".”", ".’", ":")
ADVICE = "Add a section on it, or leave the promise out."


def check(office: Office) -> Iterator[Finding]:
    """A finding for each topic that a briefing promises and no section keeps."""
    for briefing in office.briefings:
        yield from _unmet(briefing)
        if any(each.block.kind == "positions" for each in printed(briefing)):
            yield from _unkept(briefing)
    for proof in office.outside:
        yield from _forgotten(proof, office.library)


def _unmet(briefing: Briefing) -> Iterator[Finding]:
    """Topics that the brief includes and no section carries."""
    brief, library = briefing.selection.brief, briefing.selection.library
    carried = {topic for each in printed(briefing) if each.list != "key_messages" for topic in topics_of(each.block)}
    for topic in brief.topics.include:
        if carried and not is_among(topic, carried, library):
            message = f"`{briefing.name}` includes the topic `{topic}`, and nothing under the key messages carries it."
            yield Finding(topic.span, message, ADVICE, of=briefing.proof)


def _unkept(briefing: Briefing) -> Iterator[Finding]:
    """Topics that the standfirst or a key message speaks of and no section carries."""
    library, kept = briefing.selection.library, set(_kept(briefing))
    said: set[str] = set()
    for block, place, _ in _promising(briefing):
        for topic in sorted({*topics_of(block)} - said):
            words = None if is_among(topic, kept, library) else _mention(block, library.topics[topic])
            if words is not None:
                said.add(topic)
                yield _finding(topic, words, place, briefing, library)


def _promising(briefing: Briefing) -> list[Printed]:
    return [each for each in opened(briefing) if each.list in ("standfirst", "key_messages")]


def _kept(briefing: Briefing) -> Iterator[str]:
    """The topics of blocks outside the key messages, and of their bullets. What is under a bullet is said in passing."""
    for block in (each.block for each in printed(briefing) if each.list != "key_messages"):
        yield from block.topics
        yield from (topic for _, body in bodies(block.content) for point in body.points for topic in point.topics)


def _mention(block: Block, topic: Topic) -> Span | None:
    """Where a block names a topic."""
    known = _speaks_of([topic])
    texts = (text for _, body in bodies(block.content) for text in words_of(body))
    found = ((text, known.search(text)) for text in texts)
    return next((text.span_of(*match.span()) for text, match in found if match), None)


def _speaks_of(topics: list[Topic], *, in_passing: bool = False) -> re.Pattern[str]:
    """Finds the names of topics. Another single word for one, as `NHS` is for health, is often said in passing."""
    own = {name for each in topics for name in (each.label, each.id.replace("-", " "))}
    others = {name for each in topics for name in each.also if in_passing or " " in name}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(own | others)))})", re.IGNORECASE)


def _finding(topic: str, words: Span, place: Scalar, briefing: Briefing, library: Library) -> Finding:
    label = library.topics[topic].label
    return Finding(
        place.span,
        f"`{place}` promises `{topic}` ({label}) in `{briefing.name}`, and no section is about it.",
        ADVICE,
        related=(("it is promised here", words),),
        of=briefing.proof,
    )


def _forgotten(proof: Proof, library: Library) -> Iterator[Finding]:
    """Topics that the key messages of a file from elsewhere name, and its sections do not."""
    messages = [row for row in proof.rows if row.group == "key-messages" and row.part == "bullet"]
    sections = [row for row in proof.rows if row.group != "front" and row not in messages]
    said = "\n".join(_said_in_earnest(sections)) if any(row.group == "proposal" for row in sections) else ""
    for topic in library.topics.values() if said else ():
        known = _speaks_of([topic])
        row, match = next(((row, match) for row in messages if (match := known.search(row.text))), (None, None))
        if row and match and not _speaks_of(_kin(topic, library), in_passing=True).search(said):
            message = (
                f"A key message promises “{match[0]}” (`{topic.id}`), and no section of `{proof.name}` is about it."
            )
            yield Finding(row.span(match[0]), message, ADVICE, of=proof)


def _kin(topic: Topic, library: Library) -> list[Topic]:
    """A topic, those above it and those under it."""
    above = set(library.above(topic.id))
    return [each for name, each in library.topics.items() if name in above or topic.id in library.above(name)]


def _said_in_earnest(rows: list[Row]) -> Iterator[str]:
    """The lines that say something, and do not only list it under a bullet.

    Where the levels of a list are lost, what is under a bullet follows on its colon and has no full stop.
    """
    is_under = False
    for row in rows:
        text = row.text.rstrip()
        is_under = is_under and row.part == "bullet" and not text.endswith(STOPS)
        if row.part == "heading" or not (is_under or row.level > 1):
            yield text
        is_under = is_under or (row.part == "bullet" and text.endswith(":"))
