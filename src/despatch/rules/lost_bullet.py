"""A paragraph that seems to have lost its bullet

**What it does.** Finds a last paragraph after the bullets of a proposal or a view, in a document whose other proposals
or views have nothing but bullets. What is written as `closing` is let be: it is meant to stand outside them.

**Why.** It reads as the conclusion of the whole list. As a rule it is only one more point, pasted without its mark.

## Example

```yaml
# seeds/reform.yaml
passages:
  - id: homes
    heading: "Homes: our view"
    text: |
      - Homes should be near schools.
      - Homes should be small.
  - id: help
    heading: "Help for families: our view"
    text: |
      - Help should come early.
      - Help should come from one team.
  - id: workforce
    heading: "Social workers: our view"
    text: |
      - Councils need more social workers.
      - Pay should be fair.

      Training should be paid for.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - passages: [homes, help, workforce]
```

`despatch check` says:

```text
seeds/reform.yaml:19:7 warning [lost-bullet] “Training should be paid for.” stands after the bullets, where others of its kind are bullets to the end.
  19 |       Training should be paid for.
     |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  help: Give it a bullet, or make it a paragraph of its own above.
```

## Instead

```yaml
# seeds/reform.yaml
passages:
  - id: homes
    heading: "Homes: our view"
    text: |
      - Homes should be near schools.
      - Homes should be small.
  - id: help
    heading: "Help for families: our view"
    text: |
      - Help should come early.
      - Help should come from one team.
  - id: workforce
    heading: "Social workers: our view"
    text: |
      - Councils need more social workers.
      - Pay should be fair.
      - Training should be paid for.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - passages: [homes, help, workforce]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from despatch.diagnostics import shortened
from despatch.office import Finding, Office
from despatch.sections import Section, sections

FEWEST = 2
"""How many others must have nothing but bullets."""


def check(office: Office) -> Iterator[Finding]:
    """A finding for each paragraph after the bullets of a proposal or a view, where the others have none."""
    for proof in office.proofs:
        cut = [each for each in sections(proof) if each.said and any(row.part == "bullet" for row in each.rows)]
        for section in cut:
            alike = [each for each in cut if each.said == section.said]
            bulleted = sum(_is_bulleted(each) for each in alike)
            if _has_one_after(section) and bulleted >= FEWEST and bulleted >= len(alike) - 1:
                row = section.rows[-1]
                message = f"“{shortened(row.text)}” stands after the bullets, where others of its kind are bullets to the end."
                yield Finding(
                    row.start, message, "Give it a bullet, or make it a paragraph of its own above.", of=proof
                )


def _is_bulleted(section: Section) -> bool:
    """Whether nothing follows the bullets."""
    return section.rows[-1].part == "bullet" or bool(section.rows[-1].level)


def _has_one_after(section: Section) -> bool:
    """Whether one paragraph follows the bullets, and is not meant to."""
    if len(section.rows) < 2:
        return False
    before, last = section.rows[-2:]
    is_closing = last.origin.field.rpartition(".")[2].startswith("closing")
    return last.part == "body" and not last.level and before.part == "bullet" and not is_closing
