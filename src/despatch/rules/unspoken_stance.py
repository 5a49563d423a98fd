"""A view whose words do not bear out its stance

**What it does.** Reads each view for the words by which an office takes a stand: we support, welcome, agree; we are concerned,
not convinced; we oppose, cannot support; we seek to probe; the Government must, should, needs to. It finds a view that has
none of them, unless its stance is `neutral`, and a view that says only the opposite of its stance. To share an aim but oppose
what is proposed is no support.

**Why.** Readers never see the field `stance`. If the words do not say where we stand, each reader decides for himself; if
they say the opposite, one of the two is wrong, and lists of what we support are made from the field.

## Example

```yaml
# seeds/homes.yaml
positions:
  - id: homes
    heading: Homes for children
    proposal:
      from: the-review
      text: |
        The Review wants groups of councils to find homes together.
    view:
      stance: support
      text: |
        We are not convinced that groups of councils would find more homes.
sources:
  - {id: the-review, kind: review, title: A review of care, short: the Review, published: 2022-05-23}
```

`despatch check` says:

```text
seeds/homes.yaml:12:9 warning [unspoken-stance] Our view of `homes` is marked `support`, but says “We are not convinced”.
  12 |         We are not convinced that groups of councils would find more homes.
     |         ^^^^^^^^^^^^^^^^^^^^
  the stance is here: seeds/homes.yaml:10:15
  10 |       stance: support
     |               ^^^^^^^
  help: Change the words or the stance: one of them is wrong.
```

## Instead

```yaml
# seeds/homes.yaml
positions:
  - id: homes
    heading: Homes for children
    proposal:
      from: the-review
      text: |
        The Review wants groups of councils to find homes together.
    view:
      stance: concern
      text: |
        We are not convinced that groups of councils would find more homes.
sources:
  - {id: the-review, kind: review, title: A review of care, short: the Review, published: 2022-05-23}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from despatch.content import Block, wordings
from despatch.office import Finding, Office
from despatch.passages import Passage
from despatch.stances import FEELINGS, HOLDINGS, OTHER, VERBS, Side
from despatch.structure import stance, words_of

NOT = r"not|never|cannot|no|no\slonger|unable\sto|\w+n[’']t"
LEADS_UP = rf"(?:{NOT}|\w+ly|do|does|did|have|has|had|are|were|be|been|would|could|will|can|should|must|also|too|very|most|more|so"
LEADS_UP += r"|still|remain|continue\sto|long|all|both|in\sprinciple|share|these|some|real|serious|significant|grave|great|many|our|own)"
SAID = re.compile(
    rf"\b(?:we|our\smembers|councils)\s(?P<before>(?:{LEADS_UP}\s){{0,6}}?)"
    rf"(?P<word>(?:{'|'.join(VERBS)})|{'|'.join(FEELINGS)}|{'|'.join(HOLDINGS)})\b",
    re.IGNORECASE,
)
"""Who speaks, words that only lead up, and what the speaker does, is or has."""
CONCEDED = re.compile(
    rf"\b(?:we|our\smembers|councils)\s(?:{LEADS_UP}\s){{0,6}}?"
    r"(?:share|support|back|endorse|welcome|accept|understand|recogni[sz]e|appreciate|see|(?:agree|sympathi[sz]e)\swith)\s"
    r"(?:the|its|this|their|these)\s(?:aims?|intentions?|purposes?|principles?|ambitions?|objectives?|spirit|goals?)"
    r"(?:\s(?:behind|of)\s(?:this|these|the)\s(?:amendments?|proposals?|recommendations?))?,?\s(?:but|yet)\s(?:we\s)?"
    r"(?:(?:(?:\w+ly|also|still|remain|are|must|do|have\sto)\s){0,3}(?:oppose|reject|resist|object|disagree|opposed|against)"
    r"|(?:cannot|(?:can|do|could)\snot|(?:ca|do|could)n[’']t|are\sunable\sto)\s(?:support|back|endorse|accept|agree))\b",
    re.IGNORECASE,
)
"""An aim that is shared, and in the same breath words against what is to serve it: these say outright where we stand."""
NEGATED = re.compile(rf"\b(?:{NOT})\b", re.IGNORECASE)
PRAISE = r"(?i)\b(?:welcom|positive|encourag|right\b|rightly|agree|share|endors|applaud|commend|good\b|sensible|overdue|pleased|glad)"
"""Words for a thing, whoever says them."""
BLAME = (
    r"(?i)\b(?:concern|worr|doubt|risk|fear|harm|wrong|disappoint|regret|oppos|reject|resist|object|fail|unclear|uncertain"
    r"|unacceptable|unnecessary|not\b|no\b|cannot|without|but\b|yet\b|however|although|though|while|unless|leave\sout|only\sif|too\b)"
)
"""Words against a thing, or that take something back."""
WISH = (
    r"(?i)\b(?:support|back(?:s|ed|ing)?\b|should|must|ought|need|want|urg|ask|call|press|seek|prob(?:e|ing)\b|clarif|whether|assur"
    r"|explain|confirm|hope|vital|essential|important|crucial|recommend|propose|believe|confident|sure\b|argue|better|prefer"
    r"|stronger|willing|ready|worth|enough|help|keen|committed|consider|look\sforward|improve)|\?"
)
"""Any other sign that somebody wants something."""


class _Stand(NamedTuple):
    side: Side
    passage: Passage
    match: re.Match[str]
    is_outright: bool = False
    """Whether it outweighs any praise."""


def check(office: Office) -> Iterator[Finding]:
    """A finding for each view that takes no stand, or only one against its stance."""
    read = {id(each.text): each for each in office.passages}
    for block in office.blocks():
        if block.kind == "positions" and block.is_english:
            view = block.content.view.body
            said = (text for body in wordings(view) for text in words_of(body))
            yield from _judged(block, [read[id(each)] for each in said])


def _judged(block: Block, texts: list[Passage]) -> Iterator[Finding]:
    words = " ".join(each.own for each in texts)
    stands = [stand for each in texts for stand in _stands(each)]
    marked = stance(block)
    wrong = _opposite(marked, stands, words)
    if wrong is not None:
        yield _contradicted(block, next(each for each in stands if each.side == wrong))
    elif marked != "neutral" and not (stands or any(re.search(each, words) for each in (WISH, PRAISE, BLAME))):
        message = f"Our view of `{block.id}` is marked `{marked}`, but no word in it says where we stand."
        yield Finding(marked.span, message, "Say it in the view (“we support …”), or mark it `neutral`.")


def _stands(passage: Passage) -> Iterator[_Stand]:
    """Each place where we say in so many words where we stand."""
    conceded = list(CONCEDED.finditer(passage.own))
    yield from (_Stand("against", passage, each, is_outright=True) for each in conceded)
    said = SAID.finditer(passage.own)
    for match in (each for each in said if not any(one.start() <= each.start() < one.end() for one in conceded)):
        word = " ".join(match["word"].casefold().split())
        is_negated = NEGATED.search(match["before"])
        if not (is_negated and word in HOLDINGS):
            side = VERBS.get(word) or FEELINGS.get(word) or "against"
            yield _Stand(OTHER[side] if is_negated else side, passage, match)


def _opposite(marked: str, stands: list[_Stand], words: str) -> Side | None:
    """The side that the words take where that is the opposite of the stance, and nothing in them leans the other way."""
    said, is_outright = {each.side for each in stands}, any(each.is_outright for each in stands)
    if marked == "support" and said == {"against"} and (is_outright or not re.search(PRAISE, words)):
        return "against"
    if marked in ("concern", "oppose") and said == {"for"} and not re.search(BLAME, words):
        return "for"
    return None


def _contradicted(block: Block, stand: _Stand) -> Finding:
    marked = stance(block)
    return Finding(
        stand.passage.span(*stand.match.span()),
        f"Our view of `{block.id}` is marked `{marked}`, but says “{' '.join(stand.match[0].split())}”.",
        "Change the words or the stance: one of them is wrong.",
        related=(("the stance is here", marked.span),),
    )
