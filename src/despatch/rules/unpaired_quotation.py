"""Quotation marks that do not pair

**What it does.** Finds double quotation marks that open and do not close, or close and were never opened. A quotation may
run over paragraphs: each begins with a mark and only the last ends with one, or, as in a new clause, the first begins with one.

**Why.** Nobody can tell where their words end and ours begin.

## Example

```yaml
# seeds/homes.yaml
passages:
  - id: homes
    heading: Homes for children
    text: |
      The report says that “children move too often, and too far. Councils agree.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - passages: [homes]
```

`despatch check` says:

```text
seeds/homes.yaml:6:28 warning [unpaired-quotation] This quotation is opened and never closed.
   6 |       The report says that “children move too often, and too far. Councils agree.
     |                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  help: Write the closing mark.
```

## Instead

```yaml
# seeds/homes.yaml
passages:
  - id: homes
    heading: Homes for children
    text: |
      The report says that “children move too often, and too far”. Councils agree.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - passages: [homes]
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from despatch.diagnostics import shortened
from despatch.office import Finding, Office
from despatch.proof import Proof, Row

MARK = re.compile(r'[“”]|(?<!\d)"')
"""A straight mark after a figure stands for inches."""
APART = ("heading", "title", "label", "cell", "caption", "attribution")
"""Lines over which no quotation runs on."""
FURTHEST = 40
"""How many lines a quoted clause may have."""


def check(office: Office) -> Iterator[Finding]:
    """A finding for each mark without its other."""
    for proof in office.proofs:
        open_: Row | None = None
        for at, row in enumerate(proof.rows):
            if open_ is not None and not _goes_on(row) and not _ends_later(proof.rows[at : at + FURTHEST]):
                yield _unclosed(open_, row, proof)
                open_ = None
            ends_open, closes = _read(row.text)
            if closes and open_ is None:
                yield _unopened(row, proof)
            if ends_open and row.part in APART:
                yield _unclosed(row, None, proof)
            is_over = closes or (_goes_on(row) and not ends_open)
            open_ = row if ends_open and row.part not in APART else None if is_over else open_
        if open_ is not None:
            yield _unclosed(open_, None, proof)


def _goes_on(row: Row) -> bool:
    """Whether a line goes on with the quotation above: it begins with a mark."""
    return row.part not in ("title", "label") and row.text.lstrip()[:1] in ("“", '"')


def _ends_later(rows: list[Row]) -> bool:
    """Whether a quotation ends in one of the next lines, as a new clause does that is quoted from its heading to its end."""
    for row in rows:
        if row.part in APART or _goes_on(row):
            return False
        ends_open, closes = _read(row.text)
        if ends_open or closes:
            return closes
    return False


def _read(text: str) -> tuple[bool, bool]:
    """Whether a quotation is open at a line's end, and whether one was closed that had not been opened in it."""
    depth, closes = 0, False
    for found in MARK.finditer(text) if "“" in text or "”" in text or '"' in text else ():
        if found[0] == "“" or (found[0] == '"' and not depth and not _closes(found, text)):
            depth += 1
        elif depth:
            depth -= 1
        else:
            closes = True
    return depth > 0, closes


def _closes(mark: re.Match[str], text: str) -> bool:
    """Whether a straight mark stands at the end of a word."""
    return text[mark.start() - 1 : mark.start()].strip() != "" and not text[mark.end() : mark.end() + 1].isalnum()


def _unclosed(row: Row, after: Row | None, proof: Proof) -> Finding:
    at = max(row.text.rfind("“"), row.text.rfind('"'))
    words = row.text[at : at + 30].rsplit(" ", 1)[0]
    if after is not None and after.part == row.part == "body":
        message = f"The quotation above is still open, and “{shortened(after.text)}” has no mark before it."
        related = (("the quotation that is open", row.span(words)),)
        return Finding(
            after.start, message, "Begin this with a mark if they said it, or close the one above.", related, of=proof
        )
    return Finding(row.span(words), "This quotation is opened and never closed.", "Write the closing mark.", of=proof)


def _unopened(row: Row, proof: Proof) -> Finding:
    at = max(row.text.rfind("”"), row.text.rfind('"'))
    words = row.text[: at + 1][-30:].split(" ", 1)[-1]
    return Finding(
        row.span(words), "This quotation is closed and was never opened.", "Write the opening mark.", of=proof
    )
