"""Text under the key messages that has no heading

**What it does.** Finds paragraphs that run on after the list of key messages without a heading of their own: two or more,
or a long one.

**Why.** They look like a last key message, and a Member who wants the background does not find it.

## Example

```yaml
# seeds/reform.yaml
key_messages:
  - id: act-now
    text: |
      Children cannot wait for reform.
passages:
  - id: background
    text: |
      Ministers asked for a review of social care in England.

      The review was led by an independent chair.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [act-now]
  - passages: [background]
```

`despatch check` says:

```text
seeds/reform.yaml:9:7 warning [missing-heading] “Ministers asked for a review of social care …” follows the key messages without a heading of its own.
   9 |       Ministers asked for a review of social care in England.
     |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  help: Give it one, such as “Background”.
```

## Instead

```yaml
# seeds/reform.yaml
key_messages:
  - id: act-now
    text: |
      Children cannot wait for reform.
passages:
  - id: background
    text: |
      Ministers asked for a review of social care in England.

      The review was led by an independent chair.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [act-now]
  - heading: Background
    passages: [background]
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from despatch.diagnostics import shortened
from despatch.office import Finding, Office
from despatch.proof import Proof, Row
from despatch.sections import folded

SUMMARIES = ("key messages", "key points", "key summary", "summary", "executive summary", "at a glance")
LONG = 50
"""A single paragraph with more words than this is no closing sentence of the list."""


def check(office: Office) -> Iterator[Finding]:
    """A finding for each document in which text runs on after the key messages."""
    for proof in office.proofs:
        after = _after_key_messages(proof)
        if len(after) > 1 or (after and len(after[0].text.split()) > LONG):
            message = f"“{shortened(after[0].text)}” follows the key messages without a heading of its own."
            yield Finding(after[0].start, message, "Give it one, such as “Background”.", of=proof)


def _after_key_messages(proof: Proof) -> list[Row]:
    """The paragraphs between the last bullet of the key messages and the next heading."""
    rows = proof.rows
    opens = (at for at, row in enumerate(rows) if row.part == "heading" and folded(row.text) in SUMMARIES)
    if (start := next(opens, None)) is None:
        return []
    under = list(takewhile(lambda row: row.part not in ("heading", "label"), rows[start + 1 :]))
    bullets = [at for at, row in enumerate(under) if row.part == "bullet"]
    return [row for row in under[bullets[-1] + 1 :] if row.part == "body" and not row.level] if bullets else []
