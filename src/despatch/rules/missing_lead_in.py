"""Bullets with nothing to lead in to them

**What it does.** Finds a proposal or a view whose bullets come straight after its label, in a document whose others of that kind
all begin with a sentence.

**Why.** The sentence says who recommends what to whom. Without it the first bullet has to, and the others hang in the air.

## Example

```yaml
# seeds/reform.yaml
passages:
  - id: homes
    heading: "Homes: what the Review recommends"
    text: |
      The Review proposes:

      - new bodies to find homes
      - new standards
  - id: help
    heading: "Help for families: what the Review recommends"
    text: |
      The Review proposes:

      - earlier help
      - one team
  - id: money
    heading: "Money: what the Review recommends"
    text: |
      - a fund for reform
      - a board to oversee it
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - passages: [homes, help, money]
```

`despatch check` says:

```text
seeds/reform.yaml:20:9 warning [missing-lead-in] Nothing leads in to the bullets under “Money: what the Review recommends”, as in all others of their kind.
  20 |       - a fund for reform
     |         ^^^^^^^^^^^^^^^^^
  where a sentence does: seeds/reform.yaml:6:7
   6 |       The Review proposes:
     |       ^^^^^^^^^^^^^^^^^^^^
  help: Say in a sentence what they are.
```

## Instead

```yaml
# seeds/reform.yaml
passages:
  - id: homes
    heading: "Homes: what the Review recommends"
    text: |
      The Review proposes:

      - new bodies to find homes
      - new standards
  - id: help
    heading: "Help for families: what the Review recommends"
    text: |
      The Review proposes:

      - earlier help
      - one team
  - id: money
    heading: "Money: what the Review recommends"
    text: |
      It would also set up:

      - a fund for reform
      - a board to oversee it
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - passages: [homes, help, money]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from despatch.diagnostics import shortened
from despatch.office import Finding, Office
from despatch.sections import Section, sections

FEWEST = 2
"""How many others must have a sentence before their bullets."""


def check(office: Office) -> Iterator[Finding]:
    """A finding for the one proposal or view of a document that begins with bullets, where all others do not."""
    for proof in office.proofs:
        cut = [each for each in sections(proof) if any(row.part == "bullet" for row in each.rows)]
        for kind in ("proposal", "view"):
            alike = [each for each in cut if each.said == kind]
            bare = [each for each in alike if each.rows[0].part == "bullet"]
            if len(bare) == 1 and len(alike) > FEWEST:
                yield Finding(
                    bare[0].rows[0].start,
                    f"Nothing leads in to the bullets under {_name(bare[0])}, as in all others of their kind.",
                    "Say in a sentence what they are.",
                    (("where a sentence does", next(each for each in alike if each is not bare[0]).rows[0].span()),),
                    of=proof,
                )


def _name(section: Section) -> str:
    return f"“{shortened(section.head.text, 12)}”" if section.head else "this label"
