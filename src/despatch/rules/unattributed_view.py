"""A view that stands under somebody else’s name

**What it does.** Finds our own words (“we welcome”, “it is disappointing”, “our members”) under a label or a lead that
says they are what a Review recommends, a clause provides or a Minister proposes. In a file from elsewhere it also finds a
proposal that no label of ours follows, where other proposals have one.

**Why.** The worst a briefing can do: a Member reads our view out as the Review’s, and both of us have to put it right.

## Example

```yaml
# seeds/homes.yaml
passages:
  - id: homes
    heading: What the Review recommends
    text: |
      The Review recommends:

      - new bodies to find homes for children;
      - a campaign to find foster carers.
      - We welcome the campaign, and have asked for one for years.
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
seeds/homes.yaml:10:9 warning [unattributed-view] “We welcome” is our own view, and stands under “What the Review recommends” as though it were theirs.
  10 |       - We welcome the campaign, and have asked for one for years.
     |         ^^^^^^^^^^
  the label: seeds/homes.yaml:4:14
   4 |     heading: What the Review recommends
     |              ^^^^^^^^^^^^^^^^^^^^^^^^^^
  help: Put a label of ours, such as “Our view”, above what we say.
```

## Instead

```yaml
# seeds/homes.yaml
passages:
  - id: homes
    heading: What the Review recommends
    text: |
      The Review recommends:

      - new bodies to find homes for children;
      - a campaign to find foster carers.
  - id: homes-view
    heading: Our view
    text: |
      - We welcome the campaign, and have asked for one for years.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - passages: [homes, homes-view]
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from despatch.diagnostics import shortened
from despatch.document import AS_TABLED
from despatch.office import Finding, Office
from despatch.proof import Proof, Row
from despatch.sections import Section, label, sections
from despatch.stances import FEELINGS, HOLDINGS, VERBS

DO, ARE, HAVE = ("|".join(each) for each in (VERBS, FEELINGS, HOLDINGS))
OURS = re.compile(
    rf"\bwe (?:\w+ly )?(?:{DO}|urge|believe|are (?:not )?(?:\w+ly )?(?:{ARE}|calling|clear|keen)|(?:do|can)(?:not| not) (?:{DO})"
    rf"|(?:also )?have (?:\w+ )?(?:{HAVE}|called|been calling))\b"
    r"|\bit is (?:\w+ )?(?:welcome|positive|disappointing|regrettable|concerning) (?:that|to)\b"
    r"|\bour (?:view|views|members|analysis|submission|response|position|councils)\b",
    re.IGNORECASE,
)

SAYS = re.compile(r" (?:says|shows)\b")
"""In a file from elsewhere, what somebody says may be told in their own words: a round-up is full of “we”."""


def check(office: Office) -> Iterator[Finding]:
    """A finding for each proposal in which our words run on, and for each that has no view of ours where others have."""
    for proof in office.proofs:
        cut = sections(proof)
        is_outside = proof in office.outside
        for number, section in enumerate(cut):
            if section.said != "proposal" or section.head is None or (is_outside and SAYS.search(label(section.head))):
                continue
            if row := next((each for each in section.rows if each.part not in AS_TABLED and _speaks(each)), None):
                yield _run_on(row, section.head, proof)
            elif is_outside and section.rows and _is_unanswered(number, cut):
                yield _unanswered(section.head, proof)


def _speaks(row: Row) -> bool:
    """Whether a line has words of ours outside quotation marks."""
    return bool(OURS.search(row.text)) and bool(OURS.search(row.own))


def _is_unanswered(number: int, cut: list[Section]) -> bool:
    """Whether no view follows a proposal before the next one, while most proposals have theirs."""
    following = [_followed(at, cut) for at, each in enumerate(cut) if each.said == "proposal" and each.rows]
    return not _followed(number, cut) and following.count(True) > max(1, following.count(False))


def _followed(number: int, cut: list[Section]) -> bool:
    after = next((each for each in cut[number + 1 :] if each.said or _is_above(each, cut[number])), None)
    return after is not None and after.said == "view"


def _is_above(section: Section, other: Section) -> bool:
    """Whether a section is headed by a heading of a higher level than another's."""
    head, under = section.head, other.head
    return bool(head and under and head.part == "heading" and (under.part == "label" or head.level < under.level))


def _run_on(row: Row, head: Row, proof: Proof) -> Finding:
    found = OURS.search(row.text)
    words = found[0] if found else ""
    return Finding(
        row.span(words),
        f"“{words}” is our own view, and stands under “{shortened(head.text, 12)}” as though it were theirs.",
        "Put a label of ours, such as “Our view”, above what we say.",
        (("the label", head.span()),),
        of=proof,
    )


def _unanswered(head: Row, proof: Proof) -> Finding:
    message = f"No view of ours follows “{shortened(head.text, 12)}”, though most proposals here have one."
    return Finding(head.span(), message, "Say what we think of it, under a label of ours.", of=proof)
