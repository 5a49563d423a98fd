"""A heading with nothing under it

**What it does.** Finds a heading or a label that another one of its level or above follows at once, or nothing at all.
In plain text, where a heading does not show its level, only a label and the last heading can be told; of several
short lines in a row, such as a list of years, none is taken for one.

**Why.** A reader who looks the matter up finds a promise and no words.

## Example

```markdown
# Children’s social care

Councils want children to thrive.

## Foster carers

## Homes for children

Children should live near their schools.
```

`despatch check june.md` says:

```text
june.md:5:4 warning [empty-heading] Nothing stands under “Foster carers”.
   5 | ## Foster carers
     |    ^^^^^^^^^^^^^
  the next heading: june.md:7:4
   7 | ## Homes for children
     |    ^^^^^^^^^^^^^^^^^^
  help: Write what it announces, or delete it.
```

## Instead

```markdown
# Children’s social care

Councils want children to thrive.

## Foster carers

More carers are needed in every county.

## Homes for children

Children should live near their schools.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from despatch.diagnostics import shortened
from despatch.office import Finding, Office
from despatch.proof import Row
from despatch.sections import folded, said


def check(office: Office) -> Iterator[Finding]:
    """A finding for each heading and label under which nothing stands."""
    for proof in office.proofs:
        has_levels = proof.path.suffix != ".txt"
        for before, row, after in zip([None, *proof.rows], proof.rows, [*proof.rows[1:], None], strict=False):
            in_run = not has_levels and before is not None and row.part == "heading" == before.part
            if row.part in ("heading", "label") and not in_run and _is_empty(row, after, has_levels=has_levels):
                related = (("the next heading", after.span()),) if after else ()
                message = f"Nothing stands under “{shortened(row.text, 12)}”."
                yield Finding(row.span(), message, "Write what it announces, or delete it.", related, of=proof)


def _is_empty(row: Row, after: Row | None, *, has_levels: bool) -> bool:
    """Whether nothing stands under a heading. The same heading again is not this rule's."""
    if after is None:
        return True
    if after.part not in ("heading", "label") or folded(row.text) == folded(after.text):
        return False
    if row.part == "label" or said(row) == "view":  # at any level
        return after.part == "heading" or bool(said(after))
    return after.part == "heading" and has_levels and after.level <= row.level
