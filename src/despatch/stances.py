"""The words in which we say where we stand, and on which side each puts us."""

from __future__ import annotations

from typing import Literal, TypeAlias

Side: TypeAlias = Literal["for", "against"]
VERBS: dict[str, Side] = {
    "support": "for", "welcome": "for", "agree": "for", "endorse": "for", "back": "for", "favour": "for", "applaud": "for",
    "oppose": "against", "reject": "against", "resist": "against", "disagree": "against", "object": "against",
    "regret": "against", "doubt": "against", "deplore": "against",
}  # fmt: skip
"""What we do, in words that say where we stand."""
FEELINGS: dict[str, Side] = {
    "pleased": "for", "glad": "for", "delighted": "for", "supportive": "for", "convinced": "for", "persuaded": "for",
    "in favour": "for",
    "concerned": "against", "worried": "against", "disappointed": "against", "opposed": "against", "against": "against",
    "sceptical": "against", "dismayed": "against", "alarmed": "against", "unconvinced": "against",
}  # fmt: skip
"""What we are."""
OTHER: dict[Side, Side] = {"for": "against", "against": "for"}
HOLDINGS = ("concerns", "doubts", "reservations", "misgivings", "objections", "worries")
"""What we have."""
