"""Words to a Member of the other House

**What it does.** Finds “noble Lords”, “your Lordships” and requests to peers in a briefing for the Commons, and “hon.
Members” and requests to MPs in one for the Lords. Whoever is only spoken of is let be, and so are quotations, words to
both Houses at once, and children among their peers.

**Why.** The same block goes to both Houses. An MP who is asked to do what noble Lords may wish to do knows at once that
the briefing was written for somebody else.

## Example

```yaml
# seeds/homes.yaml
asks:
  - id: ask-for-homes
    of: the Government
    text: |
      Noble Lords may wish to ask when the money will come.
# briefs/commons.yaml
title: Homes for children
house: commons
proceeding: general-debate
date: 2022-12-08
sections:
  - asks: [ask-for-homes]
```

`despatch check` says:

```text
seeds/homes.yaml:6:7 warning [misaddressed-reader] “Noble Lords” speaks to readers in the House of Lords; `commons` is for the House of Commons.
   6 |       Noble Lords may wish to ask when the money will come.
     |       ^^^^^^^^^^^
  help: Say “Members”, or give the block `only: {house: lords}` and name another one here.
```

## Instead

```yaml
# seeds/homes.yaml
asks:
  - id: ask-for-homes
    of: the Government
    text: |
      Members may wish to ask when the money will come.
# briefs/commons.yaml
title: Homes for children
house: commons
proceeding: general-debate
date: 2022-12-08
sections:
  - asks: [ask-for-homes]
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from despatch.office import Briefing, Finding, Office
from despatch.parliament import HOUSES
from despatch.wording import found, matches


def _asked(who: str, other: str) -> str:
    """Words by which these readers are asked for something, unless those of the other House are too."""
    before = r"\b[Ww]e (?:would |also |now |therefore )?(?:ask|urge|encourage|invite|call on|thank|hope that)"
    after = (
        r"(?:may|might) (?:wish|want|like)\b|(?:are|will be) (?:asked|urged|encouraged|invited)\b"
        r"|(?:could|should|can) (?:ask|press|urge|vote|raise|support|call)\b"
    )
    alone = rf"(?<!\band )(?<!\bor ){who}\b(?! (?:and|or) {other}\b)"
    return rf"{before}\s+(?:all\s+)?{alone}|{alone}(?=\s+(?:{after}))"


WRONG = {
    "commons": re.compile(rf"\b[Nn]oble Lords\b|\b[Yy]our Lordships\b|\bMy Lords,|{_asked('[Pp]eers', 'MPs')}"),
    "lords": re.compile(
        r"\b(?:[Hh]on\.?|[Hh]onourable) (?:and learned |and gallant )?(?:Members|Friends)\b"
        r"(?!\s+(?:of|in)\s+(?:the (?:House of )?Commons|the other place|another place)\b)"
        rf"|{_asked('MPs', '[Pp]eers')}"
    ),
}
"""What is no way to speak to the readers of a briefing, by the House that they sit in."""
HINTS = {"commons": ("Lords", "eers"), "lords": ("Members", "Friends", "MPs")}
"""One of these is in every text that does so."""
OTHER = {"commons": "lords", "lords": "commons"}


def check(office: Office) -> Iterator[Finding]:
    """A finding for each text that speaks to Members of the House that its briefing is not for."""
    for briefing in office.briefings:
        if briefing.selection.brief.house is not None:
            yield from _misaddressed(briefing, briefing.selection.brief.house)


def _misaddressed(briefing: Briefing, house: str) -> Iterator[Finding]:
    for passage in briefing.proof.passages:
        hinted = not passage.is_quotation and any(map(passage.text.__contains__, HINTS[house]))
        if hinted and (places := list(matches(WRONG[house], [passage]))):
            words = " ".join(places[0].words.split())
            yield found(
                places,
                f"“{words}” speaks to readers in the {HOUSES[OTHER[house]]}; `{briefing.name}` is for the {HOUSES[house]}.",
                f"Say “Members”, or give the block `only: {{house: {OTHER[house]}}}` and name another one here.",
                of=briefing.proof,
            )
