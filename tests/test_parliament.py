"""Parliament's words, and the skeletons of briefings for its proceedings."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from despatch.kinds import all_kinds
from despatch.parliament import HOUSES, PROCEEDINGS, House


@pytest.mark.parametrize("name", PROCEEDINGS)
def test_a_proceeding_takes_place_in_known_houses_and_has_known_sections(name: str) -> None:
    proceeding = PROCEEDINGS[name]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
    assert set(proceeding.houses) <= HOUSES.keys()
    assert set(proceeding.sections) <= all_kinds().keys()
    assert proceeding.houses
    assert proceeding.sections
    assert len(set(proceeding.sections)) == len(proceeding.sections)


def test_each_house_has_its_name() -> None:
    assert set(get_args(House)) == HOUSES.keys()


def test_names_are_those_of_the_order_paper() -> None:
    assert len({each.name for each in PROCEEDINGS.values()}) == len(PROCEEDINGS)
    assert PROCEEDINGS["take-note-debate"].houses == ("lords",)
    assert PROCEEDINGS["westminster-hall-debate"].houses == ("commons",)
    assert PROCEEDINGS["second-reading"].houses == ("commons", "lords")
