"""Parliament's own words: Houses, proceedings and stances, with their names and usual order of sections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

House: TypeAlias = Literal["commons", "lords"]
Stance: TypeAlias = Literal["support", "mixed", "concern", "oppose", "neutral", "probing"]

HOUSES: dict[str, str] = {"commons": "House of Commons", "lords": "House of Lords"}


@dataclass(frozen=True, slots=True)
class Proceeding:
    """What happens in Parliament: its name, the Houses it happens in, and a briefing's usual sections for it."""

    name: str
    houses: tuple[str, ...] = ("commons", "lords")
    sections: tuple[str, ...] = ("key_messages", "passages", "positions")


_DEBATE = ("key_messages", "passages", "positions", "asks")
_BILL = ("key_messages", "passages", "positions", "boilerplate")
_STAGE = ("key_messages", "positions")
_SHORT = ("key_messages", "questions")

PROCEEDINGS: dict[str, Proceeding] = {
    "second-reading": Proceeding("Second Reading", sections=_BILL),
    "committee-stage": Proceeding("Committee stage", sections=_STAGE),
    "grand-committee": Proceeding("Grand Committee", ("lords",), _STAGE),
    "report-stage": Proceeding("Report stage", sections=_STAGE),
    "third-reading": Proceeding("Third Reading", sections=_STAGE),
    "lords-amendments": Proceeding("Consideration of Lords amendments", ("commons",), _STAGE),
    "commons-amendments": Proceeding("Consideration of Commons amendments", ("lords",), _STAGE),
    "public-bill-committee": Proceeding("Public Bill Committee", ("commons",), _BILL),
    "select-committee": Proceeding("Select Committee inquiry", sections=("boilerplate", "key_messages", "positions")),
    "take-note-debate": Proceeding("take-note debate", ("lords",), _DEBATE),
    "general-debate": Proceeding("general debate", sections=_DEBATE),
    "short-debate": Proceeding("Question for Short Debate", ("lords",), _SHORT),
    "westminster-hall-debate": Proceeding(
        "Westminster Hall debate", ("commons",), ("key_messages", "figures", "questions")
    ),
    "backbench-business-debate": Proceeding("Backbench Business debate", ("commons",), _DEBATE),
    "e-petition-debate": Proceeding("e-petition debate", ("commons",), ("key_messages", "passages")),
    "opposition-day-debate": Proceeding("Opposition Day debate", ("commons",), ("key_messages", "passages")),
    "estimates-day-debate": Proceeding("Estimates Day debate", ("commons",), ("key_messages", "figures")),
    "adjournment-debate": Proceeding("adjournment debate", ("commons",), _SHORT),
    "oral-question": Proceeding("oral question", sections=_SHORT),
    "urgent-question": Proceeding("Urgent Question", ("commons",), ("key_messages", "figures")),
    "private-notice-question": Proceeding("Private Notice Question", ("lords",), ("key_messages", "figures")),
    "statutory-instrument": Proceeding(
        "debate on a statutory instrument", sections=("passages", "figures", "positions")
    ),
    "kings-speech": Proceeding("debate on the King’s Speech", sections=_STAGE),
    "queens-speech": Proceeding("debate on the Queen’s Speech", sections=_STAGE),
    "ministerial-statement": Proceeding("ministerial statement", sections=("passages", "key_messages", "positions")),
}
