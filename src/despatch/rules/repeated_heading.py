"""The same heading twice

**What it does.** Finds a heading that is printed twice in one document: one straight after the other, or under the same
heading above them. A heading that returns three times or more, such as `Impact`, is a pattern and is let be; so are the
labels over a proposal and a view.

**Why.** Readers stop, and look for the difference. It usually is a trace of pasting.

## Example

```yaml
# seeds/homes.yaml
passages:
  - id: carers
    heading: Homes for children
    text: |
      Councils need more foster carers.
  - id: homes
    heading: Homes for children
    text: |
      Children should live near their schools.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - passages: [carers, homes]
```

`despatch check` says:

```text
seeds/homes.yaml:8:14 warning [repeated-heading] The heading “Homes for children” stands here for the second time.
   8 |     heading: Homes for children
     |              ^^^^^^^^^^^^^^^^^^
  the first: seeds/homes.yaml:4:14
   4 |     heading: Homes for children
     |              ^^^^^^^^^^^^^^^^^^
  help: Delete it, or say what sets this part off from the other.
```

## Instead

```yaml
# seeds/homes.yaml
passages:
  - id: carers
    heading: Foster carers
    text: |
      Councils need more foster carers.
  - id: homes
    heading: Homes for children
    text: |
      Children should live near their schools.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - passages: [carers, homes]
```
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from despatch.diagnostics import shortened
from despatch.office import Finding, Office
from despatch.proof import Proof, Row
from despatch.sections import folded, said


def check(office: Office) -> Iterator[Finding]:
    """A finding for each heading that a document has already."""
    for proof in office.proofs:
        for row, first in _repeated(proof):
            message = f"The heading “{shortened(row.text, 12)}” stands here for the second time."
            help = "Delete it, or say what sets this part off from the other."
            yield Finding(row.span(), message, help, (("the first", first.span()),), of=proof)


def _repeated(proof: Proof) -> Iterator[tuple[Row, Row]]:
    """Each heading that repeats another, with that."""
    before = None
    for row in proof.rows:
        if row.part == "heading" and before is not None and _is_same(row, before):
            yield row, before
        before = row
    for found in _under_one(proof).values():
        if len(found) == 2 and found[1][0] - found[0][0] > 1:
            yield found[1][1], found[0][1]


def _is_same(row: Row, before: Row) -> bool:
    """Whether a heading says what the line before it says, be that a heading or the title."""
    return before.part in ("heading", "title") and folded(row.text) == folded(before.text)


def _under_one(proof: Proof) -> dict[tuple[str, ...], list[tuple[int, Row]]]:
    """Headings and their numbers, by their words and those of the headings above. A block that is printed twice has one."""
    found: dict[tuple[str, ...], list[tuple[int, Row]]] = defaultdict(list)
    above: list[Row] = []
    for number, row in enumerate(proof.rows):
        if row.part == "heading":
            above = [each for each in above if each.level < row.level]
            path = (*(folded(each.text) for each in above), folded(row.text))
            above.append(row)
            if not _is_label(row) and not any(_is_one(row, each) for _, each in found[path]):
                found[path].append((number, row))
    return found


def _is_label(row: Row) -> bool:
    """Whether a heading is nothing but a label, which each section has."""
    return bool(said(row)) and ":" not in row.text.rstrip(" :")


def _is_one(row: Row, other: Row) -> bool:
    return row.written is not None and row.written is other.written
