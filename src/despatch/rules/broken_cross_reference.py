"""A reference to a part of the document that is not there

**What it does.** Finds words such as `see section 4 below`, `(discussed further at 6.5)` or `(see Annex A)` in a document that has
no such heading, numbered paragraph, table or annex. References to other documents, such as `section 47 of the Act`, are let be.

**Why.** It is a trace of an earlier draft, and sends the reader through the whole document for nothing.

## Example

```yaml
# seeds/homes.yaml
passages:
  - id: homes
    heading: Homes for children
    text: |
      Schools should include every child (discussed further in section 6.5 below).
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
seeds/homes.yaml:6:43 warning [broken-cross-reference] “discussed further in section 6.5 below” leads nowhere: this document has no such part.
   6 |       Schools should include every child (discussed further in section 6.5 below).
     |                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  help: Name the heading that it means, or delete the reference.
```

## Instead

```yaml
# seeds/homes.yaml
passages:
  - id: homes
    heading: Homes for children
    text: |
      Schools should include every child (discussed further under “Homes for children”).
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
from typing import NamedTuple

from despatch.document import Listing, walk
from despatch.office import Finding, Office
from despatch.proof import Proof, Row

KIND = r"sections?|paragraphs?|paras?\.?|chapters?|parts?|annex(?:e|es)?|appendix|tables?|figures?|box|charts?"
NUMBER = r"\d{1,3}(?:\.\d{1,3}){0,3}|[A-Z]"
POINTS = ("see", "discussed", "described", "explained", "outlined", "set out", "covered", "returned to")
REFERENCE = (
    rf"(?i)\b(?P<words>(?:{'|'.join(POINTS)})(?: also| further| below| above| in more detail)?(?: in| at| under)?"
    rf" (?:the )?(?:(?P<kind>{KIND}) )?(?P<number>{NUMBER})(?![\w’'])(?P<place> (?:below|above|of this \w+))?)(?P<after>[^.;]{{0,60}})"
)
"""Compiled where a line may hold one: few documents have any."""
ELSEWHERE = (
    r"^[,)]? ?(?:\([\da-z]+\)|of|to|in|from|on)\b|\b(?:Act|Bill|Schedule|Regulations|Directive|Convention|Code)\b"
    r"|^ (?:inquir|enquir|order|dut|agreement|assessment|notice|power|plan|per cent|children|years|months)"
)
"""What follows a number that is another document's, or no number of a part at all."""
NUMBERED = rf"(?i)(?:(?P<kind>{KIND}) )?(?P<number>{NUMBER})(?:[.):–—-]|\s|$)"
DIGIT = re.compile(r"\d")


class _Part(NamedTuple):
    kind: str
    number: str


def check(office: Office) -> Iterator[Finding]:
    """A finding for each reference to a part of its own document that the document has not got."""
    for proof in office.proofs:
        parts: set[_Part] | None = None
        for row in proof.rows:
            for found in _references(row):
                parts = _parts(proof) if parts is None else parts
                if not _leads(found, parts):
                    message = f"“{found['words']}” leads nowhere: this document has no such part."
                    help = "Name the heading that it means, or delete the reference."
                    yield Finding(row.span(found["words"]), message, help, of=proof)


def _references(row: Row) -> Iterator[re.Match[str]]:
    """The references of a line to parts of its own document."""
    if DIGIT.search(row.text) or "nnex" in row.text or "ppendix" in row.text:
        folded = row.text.casefold()
        if any(each in folded for each in POINTS):
            yield from (found for found in re.finditer(REFERENCE, row.text) if _is_own(found, row))


def _is_own(found: re.Match[str], row: Row) -> bool:
    """Whether a reference is to its own document: it says so, or nothing could be meant but that."""
    kind, number = _kind(found["kind"]), found["number"]
    if re.search(ELSEWHERE, found["after"]) or row.group in ("quotation", "proposal") or row.part == "literal":
        return False
    if found["place"] or kind in ("annex", "appendix", "table", "figure", "box", "chart"):
        return bool(kind) or "." in number
    return "." in number or (kind == "paragraph" and row.text[: found.start()].endswith("("))


def _kind(word: str | None) -> str:
    """A kind of part by one name: `annex` for `Annexe` and `annexes`."""
    word = (word or "").casefold().rstrip(".")
    return {"annexe": "annex", "annexes": "annex", "paras": "paragraph", "para": "paragraph"}.get(
        word, word.removesuffix("s")
    )


def _parts(proof: Proof) -> set[_Part]:
    """What a document has: numbers that lines begin with, and entries of numbered lists."""
    found = {
        _Part(_kind(match["kind"]), match["number"].casefold())
        for row in proof.rows
        if (match := re.match(NUMBERED, row.text)) and (row.part != "cell" or match["kind"])
    }
    lists = (each for each in walk(proof.document.content) if isinstance(each, Listing) and each.ordered)
    longest = max((len(each.items) for each in lists), default=0)
    return found | {_Part("", str(number)) for number in range(1, longest + 1)}


def _leads(found: re.Match[str], parts: set[_Part]) -> bool:
    kind, number = _kind(found["kind"]), found["number"].casefold()
    if kind in ("section", "chapter", "part", "paragraph", ""):
        return any(part.number == number or part.number.startswith(f"{number}.") for part in parts)
    return _Part(kind, number) in parts
