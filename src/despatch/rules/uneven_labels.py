"""Two forms of one label

**What it does.** Finds the labels over proposals and views, alone or at the end of a heading, that one document writes in
several ways: `LGA view:` beside `LGA view`, `What the Review recommends` beside `Review recommendations`.

**Why.** A reader who leaves through a briefing knows our view by its label. Where the label varies, so may its meaning.

## Example

```yaml
# seeds/homes.yaml
passages:
  - id: homes
    heading: "Homes: what the Review recommends"
    text: |
      The Review would set up new bodies to find homes.
  - id: carers
    heading: "Foster carers: Review recommendations"
    text: |
      The Review would start a campaign to find carers.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - passages: [homes, carers]
```

`despatch check` says:

```text
seeds/homes.yaml:8:30 warning [uneven-labels] This label is “Review recommendations” here and “What the Review recommends” elsewhere in the document.
   8 |     heading: "Foster carers: Review recommendations"
     |                              ^^^^^^^^^^^^^^^^^^^^^^
  the other form: seeds/homes.yaml:4:22
   4 |     heading: "Homes: what the Review recommends"
     |                      ^^^^^^^^^^^^^^^^^^^^^^^^^^
  help: Write “What the Review recommends” throughout.
```

## Instead

```yaml
# seeds/homes.yaml
passages:
  - id: homes
    heading: "Homes: what the Review recommends"
    text: |
      The Review would set up new bodies to find homes.
  - id: carers
    heading: "Foster carers: what the Review recommends"
    text: |
      The Review would start a campaign to find carers.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - passages: [homes, carers]
```
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from despatch.diagnostics import Span
from despatch.labels import PROPOSAL, VIEW, source, unarticled
from despatch.office import Finding, Office
from despatch.proof import Proof, Row
from despatch.sections import folded, label

BRACKETS = re.compile(r" \([^()]*\)\s*:?$")


def check(office: Office) -> Iterator[Finding]:
    """A finding for the first use of each form that is not the usual one of its document."""
    for proof in office.proofs:
        for forms in _labels(proof).values():
            usual, *others = Counter(form for form, _ in forms).most_common()
            for other, _ in others:
                yield _finding(forms, other, usual[0], proof)


def _labels(proof: Proof) -> dict[str, list[tuple[str, Row]]]:
    """The labels of a document, by what each means: the form in which it is written, and the line."""
    found: dict[str, list[tuple[str, Row]]] = {}
    for row in proof.rows:
        if row.part in ("heading", "label") and (meant := _meant(row)):
            found.setdefault(meant[0], []).append((meant[1], row))
    return found


def _meant(row: Row) -> tuple[str, str] | None:
    """What a label means, and its form without the part of the document, if a line has one."""
    text = BRACKETS.sub("", label(row))
    if found := PROPOSAL.search(text):
        return f"{source(found)} {_verb(found)}", _form(text, found)
    if found := VIEW.search(text):
        return _who(_form(text, found)), _form(text, found)
    return None


def _form(text: str, found: re.Match[str]) -> str:
    """The label itself. Behind a heading it may begin with a small letter."""
    form = text[found.start() :].removeprefix(": ")
    return form[:1].upper() + form[1:]


def _who(form: str) -> str:
    """Whose view a label names, however it does: `the LGA’s views`, `LGA view`."""
    return unarticled(folded(form)).replace("’s ", " ").replace("'s ", " ").removesuffix("s")


def _verb(found: re.Match[str]) -> str:
    return (found["verb"] or found["noun"]).lower()[:6]


def _finding(forms: list[tuple[str, Row]], other: str, usual: str, proof: Proof) -> Finding:
    row = next(row for form, row in forms if form == other)
    model = next(row for form, row in forms if form == usual)
    return Finding(
        _place(row, other),
        f"This label is “{other}” here and “{usual}” elsewhere in the document.",
        f"Write “{usual}” throughout.",
        (("the other form", _place(model, usual)),),
        of=proof,
    )


def _place(row: Row, form: str) -> Span:
    return row.span(form if form in row.text else form[:1].lower() + form[1:])
