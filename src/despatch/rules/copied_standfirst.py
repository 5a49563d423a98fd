"""A standfirst typed out again

**What it does.** Finds a brief's standfirst that is typed in the words, or nearly the words, with which a block of the
library begins, where the block's id would do. In a file from elsewhere it finds a standfirst that the text below says
again. All but one word in seven must be the same, in order.

**Why.** The copy does not follow when the block is corrected, and the first line under the title is the one that is
read out. Where the words are the block's own to the letter, `--fix` puts its id in their place.

## Example

```yaml
# seeds/messages.yaml
key_messages:
  - id: safe-and-loved
    text: |
      Councils want every child to grow up safe, loved and able to thrive.
  - id: homes-close-by
    text: |
      Children in care need homes close to the people whom they know.
# briefs/commons.yaml
title: Children’s social care
house: commons
proceeding: general-debate
date: 2022-11-24
sections:
  - key_messages: [safe-and-loved]
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
standfirst: |
  Councils want every child to grow up safe, loved and able to thrive.
sections:
  - key_messages: [homes-close-by]
```

`despatch check` says:

```text
briefs/lords.yaml:7:3 warning [copied-standfirst] The standfirst of `lords` is typed in the words with which `safe-and-loved` begins.
   7 |   Councils want every child to grow up safe, loved and able to thrive.
     |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  `safe-and-loved` begins here: seeds/messages.yaml:5:7
   5 |       Councils want every child to grow up safe, loved and able to thrive.
     |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  help: Write `standfirst: safe-and-loved`, which prints that block’s first paragraph.
```

## Instead

```yaml
# seeds/messages.yaml
key_messages:
  - id: safe-and-loved
    text: |
      Councils want every child to grow up safe, loved and able to thrive.
  - id: homes-close-by
    text: |
      Children in care need homes close to the people whom they know.
# briefs/commons.yaml
title: Children’s social care
house: commons
proceeding: general-debate
date: 2022-11-24
sections:
  - key_messages: [safe-and-loved]
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
standfirst: safe-and-loved
sections:
  - key_messages: [homes-close-by]
```
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from msgspec.structs import replace

from despatch.content import Block, Body, Prose, bodies, wordings
from despatch.diagnostics import Fix
from despatch.likeness import Words, alike, likeness, words
from despatch.office import Briefing, Finding, Office
from despatch.passages import Passage
from despatch.proof import Proof, Row
from despatch.select import select
from despatch.source import Scalar, scalar_at

LEAST = 0.85
"""A standfirst of thirteen words has nine telling ones, and is still a copy when one of these has been changed."""
PARAGRAPHS = re.compile(r"\n[ \t]*\n")

Openings: TypeAlias = Mapping[Words, list[tuple[Block, Scalar]]]
"""The blocks that begin with some words, each with the text that does."""


def check(office: Office) -> Iterator[Finding]:
    """A finding for each standfirst that a block of the library has, or that the text below it says again."""
    typed = {each: text for each in office.briefings if (text := _typed(each)) is not None}
    openings = _openings(office.blocks()) if typed else {}
    near = _near(openings, dict.fromkeys(map(words, typed.values())))
    for briefing, text in typed.items():
        found = (_copied(briefing, text, *each) for name in near.get(words(text), ()) for each in openings[name])
        yield from [each for each in found if each is not None][:1]
    for proof in office.outside:
        yield from _said_again(proof)


def _typed(briefing: Briefing) -> Scalar | None:
    """A standfirst that is not a block's id but words."""
    brief, library = briefing.selection.brief, briefing.selection.library
    return brief.standfirst if brief.standfirst and brief.standfirst_block(library) is None else None


def _openings(blocks: Iterable[Block]) -> Openings:
    """The words with which blocks begin: the first sentence, and the first paragraph, in each of their wordings."""
    found: defaultdict[Words, list[tuple[Block, Scalar]]] = defaultdict(list)
    for block in blocks:
        body = next((body for _, body in bodies(block.content)), None)
        for wording in wordings(body):
            if text := wording.text or wording.lead:
                sentence = next(Passage(text).sentences()).words
                for opening in {words(PARAGRAPHS.split(text.strip())[0]), words(sentence)}:
                    found[opening].append((block, text))
    return found


def _near(openings: Openings, standfirsts: Iterable[Words]) -> dict[Words, list[Words]]:
    """For each standfirst the openings that are like it, the likest first."""
    texts = [*openings, *standfirsts]
    found = sorted(alike(texts, LEAST, after=len(openings)), key=lambda each: -each.likeness)
    near: defaultdict[Words, list[Words]] = defaultdict(list)
    for earlier, later, _ in found:
        if earlier < len(openings):
            near[texts[later]].append(texts[earlier])
    return near


def _copied(briefing: Briefing, standfirst: Scalar, block: Block, text: Scalar) -> Finding | None:
    """What is found where a brief may name a block in place of typing a standfirst."""
    printed = _printed(briefing, standfirst, block)
    if printed is None:
        return None
    same = printed.split() == standfirst.split()
    return Finding(
        standfirst.span,
        f"The standfirst of `{briefing.name}` is typed in {'' if same else 'nearly '}the words with which `{block.id}` begins.",
        f"Write `standfirst: {block.id}`, which prints that block’s first paragraph.",
        ((f"`{block.id}` begins here", text.span),),
        _fixes(standfirst, block) if same else (),
        of=briefing.proof,
    )


def _printed(briefing: Briefing, standfirst: Scalar, block: Block) -> str | None:
    """The standfirst that the brief would have if it named the block, unless the block cannot be printed in it."""
    named = scalar_at(block.id, standfirst.source, standfirst.start, standfirst.end)
    chosen = select(briefing.selection.library, replace(briefing.selection.brief, standfirst=Prose(named), sections=()))
    if chosen.standfirst is None or briefing.selection.library.blocks.get(block.id) is not block:
        return None
    body = next((body for _, body in bodies(chosen.standfirst.content)), Body())
    return PARAGRAPHS.split((body.text or body.lead or "").strip())[0]


def _fixes(standfirst: Scalar, block: Block) -> tuple[Fix, ...]:
    """The block's id in place of the whole value, up to its last letter, so that the lines after it stay."""
    source = standfirst.source
    raw = source.text[standfirst.start : standfirst.end].rstrip()
    if "#" in raw.partition("\n")[0]:  # a remark beside the `|`, which is not ours to delete
        return ()
    return (Fix(source.span(standfirst.start, standfirst.start + len(raw)), block.id),)


def _said_again(proof: Proof) -> Iterator[Finding]:
    """What is found in a file from elsewhere: the first paragraph or sentence that says its standfirst again."""
    for number, row in enumerate(proof.rows):
        if row.part == "standfirst":
            own = words(row.text)
            below = (each for each in proof.rows[number + 1 :] if each.part in ("bullet", "body", "lead"))
            again = next((each for each in below if _says(each, own)), None)
            if again is not None:
                yield _again(proof, row, again)


def _says(row: Row, own: Words) -> bool:
    return any(likeness(words(each), own) >= LEAST for each in (row.text, *row.sentences()))


def _again(proof: Proof, standfirst: Row, again: Row) -> Finding:
    return Finding(
        standfirst.span(),
        f"What stands under the title of `{proof.name}` is said again in the text below.",
        "Say it once: begin the text with what comes next, or give the page a line of its own.",
        (("said again here", again.span()),),
        of=proof,
    )
