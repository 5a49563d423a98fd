"""Lines that say whose words follow: `What the Review recommends`, `LGA view`, alone or behind a heading and a colon."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

Said: TypeAlias = Literal["proposal", "view", ""]

LONGEST, LONGEST_ALONE = 200, 99
"""What has more characters is a paragraph; the second, where nothing marks a line as a heading or a label."""
NAME = r"(?-i:[A-Z])[\w’'&.-]*(?: (?:(?-i:[A-Z])[\w’'&.-]*|of|and|for)){0,7}"
STANCE = r"(?:we )?(?:supports?|welcomes?|opposes?|is|are|takes?|seeks?|probes?) [^.:]{1,60}"
"""Where we stand on a clause or an amendment, behind the words that say whose view it is."""
VIEW = re.compile(
    rf"(?:^|: )(?:our|(?:the )?{NAME}) (?:initial |overall )?(?:views?|position|response)(?:: {STANCE})?\s*:?$|^our (?:view|position) (?:of|on) ",
    re.IGNORECASE,
)
PAPER = "review|report|bill|commission|committee|inquiry|government|white paper|green paper|strategy"
VERB = "recommends?|proposes?|provides|says|shows|asks for|calls for|would do"
PROPOSAL = re.compile(
    rf"(?:^|: )(?:what (?!we |our )(?P<who>[^:]{{1,80}}?) (?P<verb>{VERB})"
    rf"|(?P<whose>(?:[^:]{{1,80}} )?(?:{PAPER}))(?:[’']s)? (?P<noun>recommendation|proposal)s)(?: \([^()]*\))?\s*:?$",
    re.IGNORECASE,
)
OURS = re.compile(r"(?:^|: )(?:what|why) (?:we|our) ", re.IGNORECASE)
"""Over our own words, whatever verb follows."""
MARK = re.compile(r"\s{0,9}\[\d{1,9}\]$")
"""The mark of a source at the end of a line."""
US = re.compile(r"[A-Z]{2}|\b[Oo]ur\b")


def said(text: str) -> Said:
    """Whether what follows a heading or a label is said to be a proposal, or a view of ours."""
    if len(text) > LONGEST:
        return ""
    bare = unmarked(text)
    return "proposal" if PROPOSAL.search(bare) else "view" if VIEW.search(bare) else ""


def is_label(text: str) -> bool:
    """Whether a line that nothing marks as one can only be a label: all of it is, and it names no one unusual."""
    if len(text) > LONGEST_ALONE:
        return False
    bare = unmarked(text)
    if found := PROPOSAL.fullmatch(bare):
        return bool(found["verb"]) or source(found) in PAPER.split("|")
    return bool(VIEW.fullmatch(bare) and US.search(bare))


def unmarked(text: str) -> str:
    """A heading or a label without the mark of a source."""
    text = text.strip()
    return MARK.sub("", text) if text.endswith("]") else text


def source(found: re.Match[str]) -> str:
    """Whose proposal a label is over, as it has it and without `the`: `review`. What was found is a `PROPOSAL`."""
    return unarticled(found["who"] or found["whose"])


def unarticled(name: str) -> str:
    """A name in small letters without `the`, as it is compared."""
    return name.strip().casefold().removeprefix("the ")
