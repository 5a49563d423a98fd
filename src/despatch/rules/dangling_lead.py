"""A colon with nothing after it

**What it does.** Finds a paragraph or a bullet that ends in a colon and introduces nothing: the heading of another matter
follows, or the end; or bullets that stand beside it and not under it; or paragraphs where a list is promised.

**Why.** Nobody can tell what was lost, a line or a whole list, and readers will suppose the worse.

## Example

```yaml
# seeds/homes.yaml
passages:
  - id: reasons
    heading: Why children wait
    text: |
      Councils have few homes to choose from. Children wait for three reasons:
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - passages: [reasons]
```

`despatch check` says:

```text
seeds/homes.yaml:6:47 warning [dangling-lead] “Children wait for three reasons:” introduces nothing.
   6 |       Councils have few homes to choose from. Children wait for three reasons:
     |                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  help: Add what it introduces, or end it with a full stop.
```

## Instead

```yaml
# seeds/homes.yaml
passages:
  - id: reasons
    heading: Why children wait
    text: |
      Councils have few homes to choose from. Children wait for three reasons:

      - Too few carers come forward.
      - Homes stand far from schools.
      - Nobody plans for the country as a whole.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - passages: [reasons]
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from despatch.diagnostics import shortened
from despatch.document import AS_TABLED
from despatch.office import Finding, Office
from despatch.proof import Proof, Row
from despatch.sections import said

SPEAKING = ("lead", "body", "bullet", "standfirst")
OPENS = r"[“‘\"']|[(\[]?(?:[a-z]|[ivx]{1,4}|\d{1,3})[.)\]]\s|(?:First|Firstly|One|Dear)\b|(?:https?:|www\.)|\S+@|\+?\d[\d ]{6}"
"""How a paragraph begins that a colon may introduce by itself: a quotation, a numbered point, an address."""

PROMISES = (
    r"(?i)\b(?:include|includes|including|limited to|these|as follows|following(?: \w+)?|reasons|areas|ways|points|issues|measures|steps"
    r"|(?<!write )(?<!speak )to|that|by|should|would|must|are|recommends|proposes)\s*:$|\b(?:two|three|four|five|six|seven) \w+ ?:$"
)
"""How a lead ends that promises a list. After another, such as `The motion reads:`, one paragraph may follow."""


def check(office: Office) -> Iterator[Finding]:
    """A finding for each line of a document that ends in a colon and introduces nothing."""
    for proof in office.proofs:
        for row, after in zip_longest(proof.rows, proof.rows[1:]):
            if row.part in SPEAKING and row.text.rstrip().endswith(":") and not _introduces(row, after):
                yield _finding(row, after, proof)


def _introduces(row: Row, after: Row | None) -> bool:
    if after is None:
        return False
    if after.part in ("cell", *AS_TABLED) or (after.group in ("quotation", "figure") and after.group != row.group):
        return True
    if after.part == "bullet":
        return after.level > row.level
    if after.part not in SPEAKING:
        return False
    goes_on = after.level and after.level == row.level
    return bool(goes_on or re.match(OPENS, after.text) or not re.search(PROMISES, row.text.rstrip()[-80:]))


def _finding(row: Row, after: Row | None, proof: Proof) -> Finding:
    *_, last = row.sentences()
    words = f"“{shortened(last)}”"
    span = row.span(last if row.written is not None and last in row.written else " ".join(last.split()[-2:]))
    if after is not None and after.part == "bullet" and row.part == "bullet" and after.level == row.level:
        message = f"{words} introduces nothing: the bullets after it stand beside it, not under it."
        return Finding(span, message, "Set what it introduces one step further in.", of=proof)
    if after is not None and after.part in SPEAKING and not said(after):
        message = f"{words} promises a list, and what follows is a plain paragraph."
        return Finding(
            span, message, "Make what it introduces bullets, end it with a full stop, or delete it.", of=proof
        )
    return Finding(
        span, f"{words} introduces nothing.", "Add what it introduces, or end it with a full stop.", of=proof
    )
