"""A heading that skips a level

**What it does.** Finds, in a file from elsewhere, a heading that stands two or more levels under the one before it.
Briefings that are built have their levels from the program.

**Why.** Readers who cannot see the page move by headings, and take the missing level for a missing part. The contents
page shows the same hole.

## Example

```markdown
# Children’s social care

## Homes for children

Children should live near their schools.

#### Foster carers

More carers are needed in every county.
```

`despatch check june.md` says:

```text
june.md:7:6 warning [skipped-heading-level] “Foster carers” stands two levels under the heading above it.
   7 | #### Foster carers
     |      ^^^^^^^^^^^^^
  the heading above: june.md:3:4
   3 | ## Homes for children
     |    ^^^^^^^^^^^^^^^^^^
  help: Make it one level under that.
```

## Instead

```markdown
# Children’s social care

## Homes for children

Children should live near their schools.

### Foster carers

More carers are needed in every county.
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from despatch.diagnostics import shortened
from despatch.office import Finding, Office


def check(office: Office) -> Iterator[Finding]:
    """A finding for each heading that stands more than one level under the heading before it."""
    for proof in office.outside:
        for above, row in pairwise(row for row in proof.rows if row.part == "heading"):
            steps = row.level - above.level
            if steps > 1:
                number = ("two", "three", "four")[min(steps, 4) - 2]
                message = f"“{shortened(row.text, 12)}” stands {number} levels under the heading above it."
                help = "Make it one level under that."
                yield Finding(row.span(), message, help, (("the heading above", above.span()),), of=proof)
