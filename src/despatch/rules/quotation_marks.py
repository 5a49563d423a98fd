"""Quotation marks that are straight, or not the house’s

**What it does.** Finds straight quotation marks, and marks of the other kind than `house_style.quotation_marks` of the style says:
single for double or double for single. Marks inside a quotation are its own. In a file from elsewhere it only reports a
kind if both are used. `--fix` changes the marks, never the words between them, and only where the pair is certain.

**Why.** The marks say where somebody else’s words begin and end. Two kinds make a reader wonder what the difference means.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      We must mend the ‘market’ in care.
# briefs/lords.yaml
title: Homes for children
house: lords
proceeding: take-note-debate
date: 2022-12-08
style: lga
sections:
  - key_messages: [homes]
```

`despatch check` says:

```text
seeds/homes.yaml:5:24 warning [quotation-marks] The `lga` style has double quotation marks: “market”.
   5 |       We must mend the ‘market’ in care.
     |                        ^^^^^^^^
  the style says so here: templates/lga/style.yaml:19:20
  19 |   quotation_marks: double
     |                    ^^^^^^
  help: Write double marks, “…”; single ones stand inside them.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      We must mend the “market” in care.
# briefs/lords.yaml
title: Homes for children
house: lords
proceeding: take-note-debate
date: 2022-12-08
style: lga
sections:
  - key_messages: [homes]
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from despatch.office import Finding, Office
from despatch.passages import NAMED, Passage
from despatch.proof import Proof
from despatch.wording import MOST_AT_ONCE, SAID_OTHERWISE, Place, by_document, found, together

CURLY = {'"': ("“", "”"), "'": ("‘", "’"), "double": ("“", "”"), "single": ("‘", "’")}
STRAIGHT = {
    '"': re.compile(r'(?<![\w"])"(?=[^\s"])[^"]*(?<=\S)"(?![\w"])'),
    "'": re.compile(r"(?<![\w'])'(?=\w)[^']*(?:'(?=\w)[^']*){0,30}'(?!\w)"),
}
"""Apostrophes inside single marks are counted: else each opening mark that nothing closes is followed to the end."""
DOUBLE = re.compile(r"“[^”]*(?:”|\Z)")
SINGLE = re.compile(r"(?<!\w)‘[^‘’]*(?:’(?=\w)[^‘’]*)*’(?!\w)")
CLOSES = re.compile(r"’(?!\w)")
HELP = {
    "double": "Write double marks, “…”; single ones stand inside them.",
    "single": "Write single marks, ‘…’; double ones stand inside them.",
}


def check(office: Office) -> Iterator[Finding]:
    """A finding for each passage with straight marks or marks that the style does not use, one for a file from elsewhere."""
    for of, passages in together(office):
        if places := [place for each in passages for mark in STRAIGHT for place in _straight(each, mark)]:
            yield found(places, "These quotation marks are straight.", "Write curly ones.", of)
    for proofs, passages in by_document(office):
        for proof in proofs:
            yield from _other_kind(proof, proofs, passages)


def _straight(passage: Passage, mark: str) -> Iterator[Place]:
    """The straight marks of one kind, each with the curly one for it if they all pair."""
    if mark not in passage.text:
        return
    words = passage.words if mark == '"' else passage.own
    pairs = [match.span() for match in STRAIGHT[mark].finditer(words) if "\n\n" not in match[0]]
    are_certain = mark == "'" or 2 * len(pairs) == words.count(mark)
    for start, end in pairs:
        for at, to in zip((start, end - 1), CURLY[mark], strict=True):
            yield Place(passage, at, at + 1, to if are_certain else None)


def _other_kind(proof: Proof, proofs: Sequence[Proof], passages: Sequence[Passage]) -> Iterator[Finding]:
    house = proof.style.house_style.quotation_marks if proof.style else None
    other = "single" if house == "double" else "double"
    suspect = [each for each in passages if house and CURLY[other][0] in each.text]
    pairs = [(each, pair) for each in suspect for pair in _pairs(each, other)]
    if house is None or not pairs or (len(passages) > 1 and not any(_pairs(each, house) for each in passages)):
        return
    agreed = all(each.style and each.style.house_style.quotation_marks in (None, house) for each in proofs)
    whole = [Place(each, *pair) for each, pair in pairs]
    marks = [mark for each, pair in pairs[:MOST_AT_ONCE] for mark in _changed(each, pair, house, is_agreed=agreed)]
    quoted = " ".join(whole[0].words[1:-1].split())
    style = proof.style.folder.name if proof.style else ""
    message = f"The `{style}` style has {house} quotation marks: “{quoted}”."
    said = proof.style.says_so("quotation_marks") if proof.style else ()
    finding = found(whole, message, HELP[house] if agreed else SAID_OTHERWISE, proof, said)
    yield finding._replace(fixes=tuple(fix for each in marks for fix in each.fixes))


def _pairs(passage: Passage, kind: str) -> list[tuple[int, int]]:
    """Where quotations with one kind of marks begin and end, those inside others aside."""
    words = passage.words
    if CURLY[kind][0] not in words:
        return []
    outer, inner = (SINGLE, DOUBLE) if kind == "double" else (DOUBLE, SINGLE)
    bare = outer.sub(lambda each: NAMED * len(each[0]), words)
    return [match.span() for match in inner.finditer(bare) if match[0].endswith(CURLY[kind][1])]


def _changed(passage: Passage, pair: tuple[int, int], kind: str, *, is_agreed: bool) -> Iterator[Place]:
    """The two marks of a pair, each with the one that the house uses if it is certain where the quotation ends."""
    (start, end), (opening, closing) = pair, CURLY[kind]
    following = passage.words[end:].partition("‘")[0]
    quoted = passage.words[start + 1 : end - 1]
    is_certain = is_agreed and not CLOSES.search(following) and not any(mark in quoted for mark in "“”‘" + NAMED)
    for at, to in ((start, opening), (end - 1, closing)):
        yield Place(passage, at, at + 1, to if is_certain else None)
