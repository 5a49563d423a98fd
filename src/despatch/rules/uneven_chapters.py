"""A chapter that only some proposals name

**What it does.** Finds, in a document with three or more proposals from one source, those that say which chapter, part or
clause they are from while others do not.

**Why.** Members follow a briefing with the document beside it. One number makes them look for the next.

## Example

```yaml
# seeds/reform.yaml
positions:
  - id: homes
    heading: Homes for children
    proposal: {from: the-review, part: Chapter 5, text: The Review would find more homes.}
    view: {stance: support, text: We support this.}
  - id: help
    heading: Help for families
    proposal: {from: the-review, part: Chapter 2, text: The Review would help families earlier.}
    view: {stance: support, text: We welcome this.}
  - id: workforce
    heading: Social workers
    proposal: {from: the-review, text: The Review would change how social workers are trained.}
    view: {stance: support, text: We support this as well.}
sources:
  - {id: the-review, kind: review, title: A review of social care, short: the Review, published: 2022-05-23}
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - positions: [homes, help, workforce]
```

`despatch check` says:

```text
seeds/reform.yaml:11:9 warning [uneven-chapters] This proposal does not name its part; 2 others from the same source do, such as “Chapter 5”.
  11 |   - id: workforce
     |         ^^^^^^^^^
  one that does: seeds/reform.yaml:3:9
   3 |   - id: homes
     |         ^^^^^
  help: Name it for all of them, or for none.
```

## Instead

```yaml
# seeds/reform.yaml
positions:
  - id: homes
    heading: Homes for children
    proposal: {from: the-review, part: Chapter 5, text: The Review would find more homes.}
    view: {stance: support, text: We support this.}
  - id: help
    heading: Help for families
    proposal: {from: the-review, part: Chapter 2, text: The Review would help families earlier.}
    view: {stance: support, text: We welcome this.}
  - id: workforce
    heading: Social workers
    proposal: {from: the-review, part: Chapter 7, text: The Review would change how social workers are trained.}
    view: {stance: support, text: We support this as well.}
sources:
  - {id: the-review, kind: review, title: A review of social care, short: the Review, published: 2022-05-23}
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - positions: [homes, help, workforce]
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from despatch.office import Finding, Office
from despatch.proof import Proof, Row
from despatch.sections import Section, sections

PART = re.compile(
    r"\b(?:Chapter|Part|Clause|Schedule|Recommendation|Section)s? (?:\d+|[A-Z]\b|one|two|three|four|five|six|seven|eight|nine|ten)"
)
FEWEST = 3


def check(office: Office) -> Iterator[Finding]:
    """A finding for each document in which some proposals from a source name their chapter and others do not."""
    for proof in office.proofs:
        by_source: dict[str, list[tuple[Section, Row | None]]] = {}
        for section in sections(proof):
            if section.source not in ("", "amendment") and section.rows:
                by_source.setdefault(section.source, []).append((section, _naming(section)))
        for found in by_source.values():
            if len(found) >= FEWEST and {bool(row) for _, row in found} == {True, False}:
                yield _finding(found, proof)


def _naming(section: Section) -> Row | None:
    """The line that says which part of the document a proposal is from: its label, or what comes before the bullets."""
    opening = [section.head, *(row for row in section.rows[:2] if row.part in ("lead", "body"))]
    return next((row for row in opening if row is not None and PART.search(row.text)), None)


def _finding(found: list[tuple[Section, Row | None]], proof: Proof) -> Finding:
    """One finding, at the first line that is unlike most."""
    naming = [(row, match[0]) for _, row in found if row is not None and (match := PART.search(row.text))]
    silent = [section.head for section, row in found if row is None and section.head is not None]
    (row, part), help = naming[0], "Name it for all of them, or for none."
    if len(naming) <= len(silent):
        message = f"This proposal names its part, “{part}”; {_others(silent)} not."
        return Finding(row.span(part), message, help, (("one that does not", silent[0].span()),), of=proof)
    message = f"This proposal does not name its part; {_others(naming)}, such as “{part}”."
    return Finding(silent[0].span(), message, help, (("one that does", row.span(part)),), of=proof)


def _others(found: Sequence[object]) -> str:
    one = len(found) == 1
    return "one other from the same source does" if one else f"{len(found)} others from the same source do"
