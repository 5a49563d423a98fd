"""An abbreviation that is spelt out twice

**What it does.** Finds, in each finished document, an abbreviation that is spelt out again after its first time. The
title and the standfirst do not count.

**Why.** “Special guardianship order (SGO)” tells a reader that something new begins. The second time he looks for what
is different, and the line is longer for nothing.

## Example

```yaml
# seeds/kinship.yaml
key_messages:
  - id: orders
    text: |
      A special guardianship order (SGO) gives a child a home with relatives.
  - id: support
    text: |
      Support after a special guardianship order (SGO) depends on where the child lives.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [orders, support]
```

`despatch check` says:

```text
seeds/kinship.yaml:8:23 warning [respelt-abbreviation] “SGO” is spelt out again in `lords`.
   8 |       Support after a special guardianship order (SGO) depends on where the child lives.
     |                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  it is spelt out here too: seeds/kinship.yaml:5:9
   5 |       A special guardianship order (SGO) gives a child a home with relatives.
     |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  help: Write “SGO” alone here.
```

## Instead

```yaml
# seeds/kinship.yaml
key_messages:
  - id: orders
    text: |
      A special guardianship order (SGO) gives a child a home with relatives.
  - id: support
    text: |
      Support after an SGO depends on where the child lives.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [orders, support]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from despatch.abbreviations import Expansion, abbreviations, folded, spelt_out_at
from despatch.diagnostics import Span
from despatch.office import Finding, Office

BEFORE_THE_TEXT = {"title", "standfirst"}


def check(office: Office) -> Iterator[Finding]:
    """A finding for each place at which a document spells out what it has spelt out before."""
    for proof in office.proofs:
        for short, spelt in abbreviations(proof).expansions.items():
            known = [each for each in spelt if each.long and each.row.part not in BEFORE_THE_TEXT]
            for later in known[1:]:
                if folded(later.long) == folded(known[0].long) and (places := _places(known[0], later)):
                    here, there = places
                    message = f"“{short}” is spelt out again in `{proof.name}`."
                    advice = f"Write “{short}” alone here."
                    yield Finding(here, message, advice, (("it is spelt out here too", there),), of=proof)


def _places(first: Expansion, later: Expansion) -> tuple[Span, Span] | None:
    """Where to write less, and the other place. What `{{…}}` prints can only be the other."""
    one, two = spelt_out_at(first), spelt_out_at(later)
    if two is not None:
        return two, one or first.row.place
    return (one, later.row.place) if one is not None else None
