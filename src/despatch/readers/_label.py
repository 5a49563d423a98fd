"""Lines that say whose words follow: `What the Review recommends`, `LGA view`."""

from __future__ import annotations

import re

VIEW = re.compile(r"(?:[Oo]ur|(?:The )?[A-Z]{2,}\w*(?:[’']s)?)\s+(?:views?|position|response)\s*:?", re.IGNORECASE)
PROPOSAL = re.compile(
    r"(?:what .{2,60} (?:recommends?|proposes?|says?|shows?|asks for|calls for|would do|provides?)"
    r"|(?:the )?(?:review|report|bill|committee|commission|inquiry)(?:[’']s)? (?:recommendations|proposals))"
    r"(?: \([^()]*\))?\s*:?",
    re.IGNORECASE,
)


def is_label(text: str) -> bool:
    """Whether a line says whose words follow, and nothing else: `What the Review recommends`, `LGA view:`."""
    return len(text) < 100 and bool(is_view(text) or PROPOSAL.fullmatch(text))


def is_view(text: str) -> bool:
    """Whether a line says that our own words follow: `LGA view`, `Our position:`."""
    return bool(VIEW.fullmatch(text)) and (text[:3].lower() == "our" or bool(re.search("[A-Z]{2}", text)))
