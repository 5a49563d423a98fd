"""A block that a brief prints with changes of its own

**What it does.** Finds, in each brief, blocks that it uses with another `heading`, without some points (`omit`) or with
other wording (`replace`), and shows the difference. It is advice, unless a style or a brief says otherwise.

**Why.** A change for one day is easily made and easily forgotten. If it is better, the library should have it; if the
library has moved on since, the old words live on in the brief.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes-wait
    lead: |
      Some problems cannot wait:
    points:
      - id: secure-homes
        text: |
          finding homes for children whose needs are the most complex;
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages:
      - use: homes-wait
        replace:
          secure-homes: |
            finding homes for children whose needs are complex;
```

`despatch check` says:

```text
briefs/lords.yaml:10:11 advice [local-changes] Of `homes-wait`, `lords` rewords `secure-homes`: without “the most”.
  10 |           secure-homes: |
     |           ^^^^^^^^^^^^
  help: Change the library if that is better everywhere; or keep it, with `ignore:` and the reason.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes-wait
    lead: |
      Some problems cannot wait:
    points:
      - id: secure-homes
        text: |
          finding homes for children whose needs are the most complex;
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages:
      - homes-wait
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from despatch.content import Block, Point, Use, all_points, bodies
from despatch.diagnostics import Span, shortened
from despatch.likeness import differing
from despatch.office import Briefing, Finding, Office

GRAVITY = "advice"
MOST_WORDS, MOST_CHANGES = 400, 4
"""A longer text is shown as a whole, and of more changes only the first."""


def check(office: Office) -> Iterator[Finding]:
    """A finding for each change that a brief makes to a block it uses."""
    for briefing in office.briefings:
        for use in (use for section in briefing.selection.brief.sections for use in section.uses):
            yield from _changes(use, briefing)


def _changes(use: Use, briefing: Briefing) -> Iterator[Finding]:
    block = briefing.selection.library.blocks.get(use.use)
    points = _points(block) if block is not None else {}
    if block is not None and use.heading is not None:
        yield _finding(use.heading.span, _reworded("the heading", _heading(block), use.heading), block, briefing)
    for name in use.omit:
        if block is not None and name in points:
            yield _finding(name.span, f"leaves out `{name}`: {_quoted(points[name].text)}", block, briefing)
    for name, words in use.replace.items():
        if block is not None and name in points:
            yield _finding(name.span, _reworded(f"`{name}`", points[name].text, words), block, briefing)


def _points(block: Block) -> dict[str, Point]:
    """A block's points by id; a variant's are worded otherwise by its own right."""
    return {each.id: each for _, body in bodies(block.content) for each in all_points(body.points) if each.id}


def _heading(block: Block) -> str:
    return str(getattr(block.content, "heading", None) or "")


def _reworded(what: str, before: str, after: str) -> str:
    old, new = before.split(), after.split()
    if old == new:
        return f"repeats {what} as the library has it"
    changes = list(differing(old, new)) if max(len(old), len(new)) <= MOST_WORDS else [(old, new)]
    more = f", and {len(changes) - MOST_CHANGES} more" if len(changes) > MOST_CHANGES else ""
    return f"rewords {what}: {'; '.join(_change(*each) for each in changes[:MOST_CHANGES])}{more}"


def _change(old: Sequence[str], new: Sequence[str]) -> str:
    if old and new:
        return f"{_quoted(' '.join(old))} → {_quoted(' '.join(new))}"
    return f"without {_quoted(' '.join(old))}" if old else f"adds {_quoted(' '.join(new))}"


def _quoted(text: str) -> str:
    return f"“{shortened(text, 12)}”"


def _finding(span: Span, words: str, block: Block, briefing: Briefing) -> Finding:
    return Finding(
        span,
        f"Of `{block.id}`, `{briefing.name}` {words}.",
        "Change the library if that is better everywhere; or keep it, with `ignore:` and the reason.",
        of=briefing.proof,
    )
