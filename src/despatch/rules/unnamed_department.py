"""“The Department”, when nobody has said which

**What it does.** Finds the first “the Department” of a finished document before which no department has been named in full.

**Why.** The office that wrote it deals with one department all year. A peer, who hears it read out, has twenty to choose from.

## Example

```yaml
# seeds/workforce.yaml
key_messages:
  - id: agencies
    text: |
      The Department has begun to look at how agencies behave.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [agencies]
```

`despatch check` says:

```text
seeds/workforce.yaml:5:7 warning [unnamed-department] “The Department” stands in `lords` before any department is named.
   5 |       The Department has begun to look at how agencies behave.
     |       ^^^^^^^^^^^^^^
  help: Name it in full the first time.
```

## Instead

```yaml
# seeds/workforce.yaml
key_messages:
  - id: agencies
    text: |
      The Department for Education has begun to look at how agencies behave.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [agencies]
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from despatch.office import Finding, Office
from despatch.proof import Proof, Row

NAME = re.compile(r"\bDepartments? (?:for|of)\b|\b[A-Z]\w+ Department\b(?<!The Department)")
BARE = re.compile(r"\b[Tt]he Department\b(?! (?:for|of)\b)")


def check(office: Office) -> Iterator[Finding]:
    """A finding for each document that speaks of a department before it names one."""
    for proof in office.proofs:
        if found := _unnamed(proof):
            row, words = found
            yield Finding(
                row.span(words),
                f"“{words}” stands in `{proof.name}` before any department is named.",
                "Name it in full the first time.",
                of=proof,
            )


def _unnamed(proof: Proof) -> tuple[Row, str] | None:
    """The first bare “the Department” and its line, if no department is named before it."""
    for row in proof.rows:
        if "Department" in row.text and row.group != "quotation":
            name, bare = NAME.search(row.text), BARE.search(row.text)
            if bare and not (name and name.start() < bare.start()):
                return row, bare[0]
            if name:
                return None
    return None
