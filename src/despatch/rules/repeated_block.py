"""The same block twice in one briefing

**What it does.** Finds blocks that a briefing prints more than once, the one that is its standfirst included. Two uses that
share no words, since each omits what the other keeps, are let be.

**Why.** A paragraph that a reader has met before looks like a mistake, and costs a page that was short already.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes-wait
    text: |
      Children cannot wait for homes.
  - id: homes-matter
    text: |
      A good home is the first thing that a child needs.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [homes-wait, homes-matter]
  - heading: In conclusion
    blocks: [homes-wait]
```

`despatch check` says:

```text
briefs/lords.yaml:9:14 warning [repeated-block] `lords` prints `homes-wait` twice.
   9 |     blocks: [homes-wait]
     |              ^^^^^^^^^^
  it is printed here first: briefs/lords.yaml:7:20
   7 |   - key_messages: [homes-wait, homes-matter]
     |                    ^^^^^^^^^^
  help: Keep the place where a reader needs it most.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes-wait
    text: |
      Children cannot wait for homes.
  - id: homes-matter
    text: |
      A good home is the first thing that a child needs.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [homes-wait]
  - heading: In conclusion
    blocks: [homes-matter]
```
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from despatch.content import Block
from despatch.office import Briefing, Finding, Office, passages
from despatch.source import Scalar
from despatch.structure import opened


def check(office: Office) -> Iterator[Finding]:
    """A finding for each further time that a briefing prints a block's words."""
    for briefing in office.briefings:
        times = Counter(each.block.id for each in opened(briefing))
        seen: dict[str, tuple[Scalar, set[str]]] = {}
        for block, place, _ in opened(briefing):
            if times[block.id] > 1:
                words = _words(block)
                first, before = seen.setdefault(block.id, (place, set()))
                if before & words:
                    yield _finding(block, place, first, briefing)
                before |= words


def _words(block: Block) -> set[str]:
    """The texts that a block prints. Its heading, and a lead that only introduces its points, may well stand twice."""
    return {
        str(each.text)
        for each in passages(block.content, block.kind)
        if not each.is_line and not each.text.rstrip().endswith(":")
    }


def _finding(block: Block, place: Scalar, first: Scalar, briefing: Briefing) -> Finding:
    return Finding(
        place.span,
        f"`{briefing.name}` prints `{block.id}` twice.",
        "Keep the place where a reader needs it most.",
        related=(("it is printed here first", first.span),),
        of=briefing.proof,
    )
