"""A bullet that seems to have lost its label

**What it does.** Finds the one bullet without a label (`Oversight: …`) among bullets that have one, before it and after.

**Why.** Nobody can tell whether it is a matter of its own or belongs to the bullet above.

## Example

```yaml
# seeds/homes.yaml
passages:
  - id: homes
    heading: What would change
    text: |
      - Standards: Every home would meet the same standards.
      - Oversight: New bodies would plan for homes.
      - Inspectors would read the accounts of those who run homes.
      - Carers: A campaign would find foster carers.
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
seeds/homes.yaml:8:9 warning [lost-label] “Inspectors would read the accounts of those who …” has no label, and the bullets round it have.
   8 |       - Inspectors would read the accounts of those who run homes.
     |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  a labelled one: seeds/homes.yaml:6:9
   6 |       - Standards: Every home would meet the same standards.
     |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  help: Give it one, or set it under the bullet above.
```

## Instead

```yaml
# seeds/homes.yaml
passages:
  - id: homes
    heading: What would change
    text: |
      - Standards: Every home would meet the same standards.
      - Oversight: New bodies would plan for homes.
      - Inspection: Inspectors would read the accounts of those who run homes.
      - Carers: A campaign would find foster carers.
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
from despatch.sections import lists

LABELLED = re.compile(r"[A-Z“‘][^\s:]*(?: [^\s:]+){0,5}:\s+\S")
FEWEST = 3
"""How many of its neighbours must have labels."""


def check(office: Office) -> Iterator[Finding]:
    """A finding for each bullet that alone has no label among those from the first labelled one to the last."""
    for proof in office.proofs:
        for found in lists(proof):
            bullets = [row for row in found if row.level == found[0].level]
            labelled = [at for at, row in enumerate(bullets) if LABELLED.match(row.text)]
            within = range(labelled[0], labelled[-1]) if labelled else ()
            bare = [at for at in within if at not in labelled]
            if len(labelled) >= FEWEST and len(bare) == 1:
                row = bullets[bare[0]]
                message = f"“{shortened(row.text)}” has no label, and the bullets round it have."
                help = "Give it one, or set it under the bullet above."
                yield Finding(row.start, message, help, (("a labelled one", bullets[labelled[0]].start),), of=proof)
