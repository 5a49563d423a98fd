"""Two blocks that give one message in other words

**What it does.** Finds, across the library, a text of a block that reads like one of another block: half of its words or
more are the same, in order, and so are half of those that say what it is about. The two blocks must share a topic, a
source or a figure besides, unless they are as like as copies. Short texts of under twelve words, quotations, proposals,
which are no messages of ours, and blocks that can never stand in one briefing are let be. It is advice.

**Why.** A message that is worded anew for every channel is a message that nobody can change: somebody corrects the
briefing's wording, and the article's lives on. As `variants` of one block they stand side by side, and one is chosen.

## Example

```yaml
# seeds/kinship.yaml
key_messages:
  - id: kinship-support
    topics: [kinship]
    text: |
      Relatives who bring up a child should have the same support as foster carers, wherever they live.
  - id: kinship-article
    topics: [kinship]
    text: |
      Wherever they live, relatives who bring up a child need the same support as foster carers have.
topics:
  - id: kinship
    label: Kinship care
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [kinship-support]
# briefs/article.yaml
title: Children’s social care
channel: article
date: 2022-12-08
sections:
  - key_messages: [kinship-article]
```

`despatch check` says:

```text
seeds/kinship.yaml:10:7 advice [likely-variant] `kinship-article` seems to say in other words what `kinship-support` says.
  10 |       Wherever they live, relatives who bring up a child need the same support as foster carers have
     |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  `kinship-support` says it here: seeds/kinship.yaml:6:7
   6 |       Relatives who bring up a child should have the same support as foster carers, wherever they li
     |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  help: If it is one message, keep one block; its wording for another length or channel goes under `variants`.
```

## Instead

```yaml
# seeds/kinship.yaml
key_messages:
  - id: kinship-support
    topics: [kinship]
    text: |
      Relatives who bring up a child should have the same support as foster carers, wherever they live.
    variants:
      article: |
        Wherever they live, relatives who bring up a child need the same support as foster carers have.
topics:
  - id: kinship
    label: Kinship care
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [kinship-support]
# briefs/article.yaml
title: Children’s social care
channel: article
date: 2022-12-08
sections:
  - key_messages: [kinship-support]
```
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from despatch.content import Block, all_points, bodies, wordings
from despatch.likeness import Words, alike, figures_agree, words
from despatch.office import Finding, Office
from despatch.prose import tokens
from despatch.source import Scalar
from despatch.structure import words_of

GRAVITY = "advice"
LEAST, COPY = 0.5, 0.75
"""Officers who reword a message for a magazine keep little more than half of it; what has nothing else in common must
be as like as a copy. Below a half, what is alike is the way reports are introduced: “The report finds that …”."""
FEWEST = 12
"""Shorter bullets are alike by chance: “Councils must be paid for this.”"""


class _Text(Struct, frozen=True, eq=False, dict=True):
    """A text of a block, and its words."""

    block: Block
    text: Scalar
    words: Words

    @cached_property
    def about(self) -> set[str]:
        """The figures that it prints, the sources that it cites, and the topics of its block."""
        points = (point for _, body in bodies(self.block.content) for point in all_points(body.points))
        topics = (topic for each in points for topic in each.topics)
        return {*(token.name for token in tokens(self.text)), *self.block.topics, *topics}


class _Pair(Struct, frozen=True, eq=False):
    """Two texts of two blocks, and how alike they are."""

    earlier: _Text
    later: _Text
    likeness: float

    def is_likely(self) -> bool:
        """Whether the two may well be one message."""
        one, other = self.earlier, self.later
        if one.block is other.block:
            return False
        kin = self.likeness >= COPY or bool(one.about & other.about)
        return kin and figures_agree(one.words, other.words) and _may_meet(one.block, other.block)


def check(office: Office) -> Iterator[Finding]:
    """A finding for each block, about the earlier one that is most like it. Copies of one block are a single finding."""
    blocks = sorted(office.blocks(), key=lambda each: (str(each.id.source.path), each.id.start))
    found = _closest([each for block in blocks for each in _texts(block)])
    copies = Counter(each.earlier.block for each in found if each.likeness == 1)
    for pair in found:
        if pair.likeness < 1:
            yield _variant(pair)
        elif number := copies.pop(pair.earlier.block, 0):
            yield _copy(pair, number)


def _texts(block: Block) -> Iterator[_Text]:
    """What a block says on our behalf."""
    if block.status != "withdrawn":
        for _, body in bodies(getattr(block.content, "view", block.content)):
            for text in (said for each in wordings(body) for said in words_of(each)):
                if len(found := words(text)) >= FEWEST:
                    yield _Text(block, text, found)


def _closest(texts: list[_Text]) -> list[_Pair]:
    """For each block that is like an earlier one, the pair of texts that are most alike."""
    closest: dict[Block, _Pair] = {}
    for one, other, measure in alike([each.words for each in texts], LEAST):
        pair = _Pair(texts[one], texts[other], measure)
        known = closest.get(pair.later.block)
        if (known is None or measure > known.likeness) and pair.is_likely():
            closest[pair.later.block] = pair
    return list(closest.values())


def _may_meet(one: Block, other: Block) -> bool:
    """Whether some briefing could hold them both: one that takes the other's place has its words by right."""
    apart = any(
        mine and theirs and not {*mine} & {*theirs}
        for mine, theirs in (
            (one.only.house, other.only.house),
            (one.only.audience, other.only.audience),
            (one.only.proceeding, other.only.proceeding),
        )
    )
    begins = max(one.valid.from_ or dt.date.min, other.valid.from_ or dt.date.min)
    ends = min(one.valid.until or dt.date.max, other.valid.until or dt.date.max)
    takes_over = str(one.id) == other.superseded_by or str(other.id) == one.superseded_by
    return begins <= ends and not apart and not takes_over


def _variant(pair: _Pair) -> Finding:
    return Finding(
        pair.later.text.span,
        f"`{pair.later.block.id}` seems to say in other words what `{pair.earlier.block.id}` says.",
        "If it is one message, keep one block; its wording for another length or channel goes under `variants`.",
        ((f"`{pair.earlier.block.id}` says it here", pair.earlier.text.span),),
    )


def _copy(pair: _Pair, number: int) -> Finding:
    others = f" and {number - 1} more say" if number > 1 else " says"
    return Finding(
        pair.later.text.span,
        f"`{pair.later.block.id}`{others} word for word what `{pair.earlier.block.id}` says.",
        "Keep it in one block, and name that block wherever it is to be printed.",
        ((f"`{pair.earlier.block.id}` says it here", pair.earlier.text.span),),
    )
