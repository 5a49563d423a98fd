"""Parliament's words, and the skeletons of briefings for its proceedings."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from despatch.content import Brief
from despatch.kinds import all_kinds
from despatch.parliament import ASKED, HOUSES, PROCEEDINGS, House


@pytest.mark.parametrize("name", PROCEEDINGS)
def test_a_proceeding_takes_place_in_known_houses_and_has_known_sections(name: str) -> None:
    proceeding = PROCEEDINGS[name]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
    assert set(proceeding.houses) <= HOUSES.keys()
    assert set(proceeding.sections) <= all_kinds().keys()
    assert proceeding.houses
    assert proceeding.sections
    assert len(set(proceeding.sections)) == len(proceeding.sections)
    assert set(proceeding.elsewhere) <= set(proceeding.houses)
    assert proceeding.pages > 0


def test_what_a_proceeding_asks_for_can_be_written_in_a_brief() -> None:
    assert {asked for each in PROCEEDINGS.values() for asked in each.asks} == set(ASKED)
    assert set(ASKED) <= set(Brief.__struct_fields__)


def test_an_amending_stage_asks_for_the_list_and_a_question_for_the_department() -> None:
    listed = {name for name, each in PROCEEDINGS.items() if "amendment_list" in each.asks}
    assert {"committee-stage", "grand-committee", "report-stage", "lords-amendments", "commons-amendments"} <= listed
    asked = {name for name, each in PROCEEDINGS.items() if "department" in each.asks}
    assert {"oral-question", "urgent-question", "private-notice-question", "short-debate"} <= asked


def test_each_house_has_its_name() -> None:
    assert set(get_args(House)) == HOUSES.keys()


def test_names_are_those_of_the_order_paper() -> None:
    assert len({each.name for each in PROCEEDINGS.values()}) == len(PROCEEDINGS)
    assert PROCEEDINGS["take-note-debate"].houses == ("lords",)
    assert PROCEEDINGS["westminster-hall-debate"].houses == ("commons",)
    assert PROCEEDINGS["second-reading"].houses == ("commons", "lords")
