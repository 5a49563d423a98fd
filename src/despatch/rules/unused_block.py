"""A block that no brief uses

**What it does.** Finds approved blocks that no brief names or takes by `auto`, and that neither take the place of one that
is used nor have lost theirs to one: one finding for a file, at the first of them. Contacts may wait, and so may drafts and what is withdrawn. It only looks when the
whole workspace was read: not when you check one brief, and not while there are errors. It is advice, unless a style says
otherwise.

**Why.** Nobody proofreads what nobody prints. Some day it will be found, look ready for use, and be years old.

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
  - key_messages: [homes-wait]
```

`despatch check` says:

```text
seeds/homes.yaml:6:9 advice [unused-block] No brief uses `homes-matter`, so nobody reads what it says.
   6 |   - id: homes-matter
     |         ^^^^^^^^^^^^
  help: Name it in a brief or, if its time is over, give it `status: withdrawn`.
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
  - key_messages: [homes-wait, homes-matter]
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from despatch.content import Block
from despatch.office import Briefing, Finding, Office
from despatch.select import automatic
from despatch.structure import latest, named

GRAVITY = "advice"


def check(office: Office) -> Iterator[Finding]:
    """A finding for each file with blocks that no brief could print, where all briefs are known."""
    used = {name for briefing in office.briefings for name in _used(briefing)} if office.is_whole else set()
    stored = [each for each in office.blocks() if used and _is_unused(each, office, used)]
    stored.sort(key=lambda each: (str(each.id.source.path), each.id.start))
    for _, blocks in groupby(stored, key=lambda each: (each.id.source.path, each.id if each.ignore else "")):
        first, *others = blocks  # one that has something to ignore is found by itself
        more = f", nor {len(others)} more of this file" if others else ""
        yield Finding(
            first.id.span,
            f"No brief uses `{first.id}`{more}, so nobody reads what it says.",
            "Name it in a brief or, if its time is over, give it `status: withdrawn`.",
        )


def _is_unused(block: Block, office: Office, used: set[str]) -> bool:
    is_live = block.status == "approved" and block.kind != "contacts"
    return is_live and latest(block, office.library) not in used


def _used(briefing: Briefing) -> Iterator[str]:
    """The blocks that a brief uses, each by the last of those that take its place."""
    library, brief = briefing.selection.library, briefing.selection.brief
    taken = (use.use for each in brief.sections if each.auto is not None for use in automatic(each, library, brief))
    for name in (*named(briefing), *taken):
        yield latest(library.blocks[name], library) if name in library.blocks else name
