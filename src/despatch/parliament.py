"""Parliament's own words: Houses, stances, and its proceedings with what a briefing for each needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct, field

House: TypeAlias = Literal["commons", "lords"]
Stance: TypeAlias = Literal["support", "mixed", "concern", "oppose", "neutral", "probing"]
Vote: TypeAlias = Literal["content", "not content", "aye", "no"]

HOUSES: dict[str, str] = {"commons": "House of Commons", "lords": "House of Lords"}
VOTES: dict[str, tuple[Vote, Vote]] = {"commons": ("aye", "no"), "lords": ("content", "not content")}
"""How each House votes for a Question, and against it."""
PRINTS: dict[str, str] = {"commons": "Bill", "lords": "HL Bill"}
"""What stands before the number of each House’s prints of Bills: `Bill 61` and `HL Bill 98`."""

BETWEEN_HOUSES = ("lords-amendments", "commons-amendments")
"""The proceedings in which one House considers the other’s amendments."""


class Proceeding(Struct, frozen=True):
    """What happens in Parliament, and what a briefing for it usually holds."""

    name: str
    """What the Order Paper calls it, as it stands within a sentence."""
    houses: tuple[str, ...]
    """Where it happens."""
    sections: tuple[str, ...]
    """A briefing's usual sections, in order."""
    pages: int
    """How long the briefing usually is."""
    asks: tuple[str, ...] = ()
    """The fields of a brief that it needs besides those of all, by their names in `ASKED`."""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Its name in a House that has another one for it."""

    def name_in(self, house: str) -> str:
        """What a House calls it."""
        return self.elsewhere.get(house, self.name)

    @property
    def words(self) -> int:
        """How many words the usual pages hold."""
        return self.pages * WORDS_A_PAGE


WORDS_A_PAGE = 400
ASKED: dict[str, tuple[str, str]] = {
    "bill": ("the Bill and its print", "Placements Bill [HL], HL Bill 12"),
    "amendment_list": ("the list that the amendments are on", "placements-committee-list"),
    "motion": ("the motion before the House", "That this House has considered foster care"),
    "department": ("the Minister’s department", "Department for Education"),
}
"""The fields that proceedings ask for: what each says, and an example."""


def example(field: str, house: str) -> str:
    """An example of a field that a proceeding asks for, as the House would write it."""
    return "Placements Bill, Bill 12" if (field, house) == ("bill", "commons") else ASKED[field][1]


BOTH, COMMONS, LORDS = ("commons", "lords"), ("commons",), ("lords",)
MESSAGES, BACKGROUND, FIGURES, POSITIONS = "key_messages", "passages", "figures", "positions"
ASKS, QUESTIONS, ABOUT_US = "asks", "questions", "boilerplate"
_BILL, _LIST = ("bill",), ("bill", "amendment_list")

PROCEEDINGS: dict[str, Proceeding] = {
    # Bills, stage by stage
    "second-reading": Proceeding("Second Reading", BOTH, (MESSAGES, BACKGROUND, POSITIONS, ABOUT_US), 4, _BILL),
    "committee-stage": Proceeding("Committee stage", BOTH, (MESSAGES, POSITIONS), 5, _LIST),
    "committee-of-the-whole-house": Proceeding("Committee of the whole House", BOTH, (MESSAGES, POSITIONS), 5, _LIST),
    "grand-committee": Proceeding("Grand Committee", LORDS, (MESSAGES, POSITIONS), 5, _LIST),
    "public-bill-committee": Proceeding("Public Bill Committee", COMMONS, (ABOUT_US, MESSAGES, POSITIONS), 8, _BILL),
    "report-stage": Proceeding("Report stage", BOTH, (MESSAGES, POSITIONS), 4, _LIST),
    "third-reading": Proceeding("Third Reading", BOTH, (MESSAGES, POSITIONS), 2, _BILL),
    "lords-amendments": Proceeding("Consideration of Lords amendments", COMMONS, (POSITIONS, MESSAGES), 2, _LIST),
    "commons-amendments": Proceeding("Consideration of Commons amendments", LORDS, (POSITIONS, MESSAGES), 2, _LIST),
    # Debates
    "take-note-debate": Proceeding("take-note debate", LORDS, (MESSAGES, BACKGROUND, POSITIONS, ASKS), 6),
    "general-debate": Proceeding(
        "general debate", BOTH, (MESSAGES, BACKGROUND, POSITIONS, ASKS), 4, elsewhere={"lords": "debate"}
    ),
    "backbench-business-debate": Proceeding(
        "Backbench Business debate", COMMONS, (MESSAGES, BACKGROUND, POSITIONS, ASKS), 4, ("motion",)
    ),
    "opposition-day-debate": Proceeding("Opposition Day debate", COMMONS, (MESSAGES, BACKGROUND), 2, ("motion",)),
    "estimates-day-debate": Proceeding("Estimates Day debate", COMMONS, (MESSAGES, FIGURES), 2, ("department",)),
    "westminster-hall-debate": Proceeding("Westminster Hall debate", COMMONS, (MESSAGES, FIGURES, QUESTIONS), 2),
    "e-petition-debate": Proceeding("e-petition debate", COMMONS, (MESSAGES, BACKGROUND), 2),
    "adjournment-debate": Proceeding("adjournment debate", COMMONS, (MESSAGES, QUESTIONS), 2, ("department",)),
    "short-debate": Proceeding("Question for Short Debate", LORDS, (MESSAGES, QUESTIONS), 2, ("department",)),
    "kings-speech": Proceeding("debate on the King’s Speech", BOTH, (MESSAGES, POSITIONS), 4),
    "queens-speech": Proceeding("debate on the Queen’s Speech", BOTH, (MESSAGES, POSITIONS), 4),
    # Questions and statements
    "oral-question": Proceeding("oral question", BOTH, (MESSAGES, QUESTIONS), 1, ("department",)),
    "urgent-question": Proceeding("Urgent Question", COMMONS, (MESSAGES, FIGURES), 1, ("department",)),
    "private-notice-question": Proceeding("Private Notice Question", LORDS, (MESSAGES, FIGURES), 1, ("department",)),
    "ministerial-statement": Proceeding("ministerial statement", BOTH, (BACKGROUND, MESSAGES, POSITIONS), 3),
    # Committees and instruments
    "select-committee": Proceeding("Select Committee inquiry", BOTH, (ABOUT_US, MESSAGES, POSITIONS), 8),
    "statutory-instrument": Proceeding(
        "debate on a statutory instrument", BOTH, (BACKGROUND, FIGURES, POSITIONS), 2,
        elsewhere={"commons": "Delegated Legislation Committee"},
    ),
}  # fmt: skip
