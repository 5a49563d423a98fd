"""Figures that can be worked out again, or looked up: a percentage between two amounts, an older value of a fact."""

from __future__ import annotations

from pathlib import Path

import pytest

from despatch.checking import elsewhere
from despatch.workspace import Workspace
from tests.helpers import workspace

FACTS = """\
facts:
  - id: children-in-care
    value: 83,840
    what: children looked after
    as_of: 2023-03-31
    source: statistics
    was:
      - {value: "82,170", as_of: 2022-03-31}
      - {value: 80, as_of: 2021-03-31}
sources:
  - {id: statistics, kind: dataset, title: Children looked after, published: 2023-11}
"""


def said(folder: Path, rule: str, text: str, seeds: str = "") -> list[tuple[int, int]]:
    """The places at which a rule finds something in a file from elsewhere."""
    office: Workspace | None = workspace(folder, seeds) if seeds else None
    path = folder / "last-month.txt"
    path.write_text(f"Children’s social care\n\n{text}\n", encoding="utf-8")
    return [(each.span.line, each.span.column) for each in elsewhere(path, office, "plain").faults if each.rule == rule]


@pytest.mark.parametrize(
    "claim",
    [
        "25 per cent more",
        "nearly 25 per cent more",
        "24.5% higher",
        "over 24 per cent more",
    ],
)
def test_a_percentage_that_its_amounts_do_not_make(tmp_path: Path, claim: str) -> None:
    text = f"Councils spent £10.5 billion in 2020/21, {claim} than the £8.5 billion of 2016/17."
    assert said(tmp_path, "wrong-percentage", text) == [(3, 42)]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("Costs rose from £10 million to £14 million, an increase of 50 per cent.", 60),
        ("Costs rose from £10 million in 2019/20 to £14 million in 2022/23, up 50%.", 70),
        ("The number fell from 1,200 on 31 March 2021 to 900 a year later (down by more than 30 per cent).", 74),
        ("The number fell from 400 to 300 – a 30 per cent cut.", 37),
        ("The number rose by 30 per cent, from 200 children to 300.", 20),
        ("There was a 30 per cent rise from 200 in 2019 to 300 in 2023.", 13),
    ],
)
def test_a_rise_or_a_fall_that_its_amounts_do_not_make(text: str, column: int, tmp_path: Path) -> None:
    assert said(tmp_path, "wrong-percentage", text) == [(3, column)]


@pytest.mark.parametrize(
    "text",
    [
        "Councils spent £10.5 billion in 2020/21, more than 23 per cent more than the £8.5 billion of 2016/17.",
        "Councils spent £10.5 billion in 2020/21 [1], 24 per cent more than the £8.5 billion of 2016/17.",
        "Councils spent £8.5 billion, around 19 per cent less than the £10.5 billion of 2020/21.",
        "In 2022 councils spent 20 per cent more than 2016 would have let anyone expect.",
        "There were 500 places, and councils spent 20 per cent more than they had planned.",
        "Councils spent £10.5 billion. Demand rose by 30 per cent more than the £9 billion plan foresaw.",
        "Costs rose from £1.6 billion to £1.74 billion, an increase of 8.6 per cent.",
        "Costs rose from £1.1 billion to £2.3 billion, an increase of 109 per cent.",
        "Costs rose from £10 million in 2019/20 to £14 million in 2022/23, up 40%.",
        "Costs rose from £10 million to £14 million, an increase of 20 per cent in real terms.",
        "Costs rose from £10 million to £14 million, an increase of 9 per cent a year.",
        "Costs rose from £10 to £14 million, an increase of 50 per cent.",
        "The number rose from 200 to 300, while fostering fell by 10 per cent.",
        "The number rose from 200 to 300, of whom 30 per cent were girls.",
        "The share rose from 20 per cent to 30 per cent, an increase of 10 per cent.",
        "It rose by 30 per cent from 2019 to 2023, and by 10 per cent from 0 to 4.",
        "The share rose from 1 in 5 to 1 in 3, an increase of 67 per cent.",
        "The number fell from 164,000 to 152,000, a fall of more than 7 per cent.",
    ],
)
def test_what_is_right_or_is_no_sum(tmp_path: Path, text: str) -> None:
    """Years and marks of notes were once taken for the amounts. Shares, real terms and another thing’s change are let be."""
    assert said(tmp_path, "wrong-percentage", text) == []


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("One in four (30 per cent) wait.", 14),
        ("Nearly a third of councils (40 per cent) agree.", 29),
        ("More than one in four young people (20%) agree.", 37),
        ("It fell by 30 per cent (or about one in four).", 12),
    ],
)
def test_a_share_said_twice_that_is_not_the_same(text: str, column: int, tmp_path: Path) -> None:
    assert said(tmp_path, "wrong-percentage", text) == [(3, column)]


@pytest.mark.parametrize(
    "text",
    [
        "More than one in four (30 per cent) wait, and nearly a third of councils (29 per cent) agree.",
        "One in three (35 per cent), one in ten (12%) and half of councils (52 per cent) agree.",
        "It fell in a quarter (5 per cent), and in the second half (60 per cent).",
        "One in four homes owned by private firms (80 per cent) closed, and one in four (30 per cent in London) may.",
    ],
)
def test_a_share_said_twice_may_be_rounded_or_another(text: str, tmp_path: Path) -> None:
    assert said(tmp_path, "wrong-percentage", text) == []


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("The fund has £2 million, made up of £1 million and £0.5 million.", 14),
        ("There are 1,200 places, made up of 800 for carers and 300 in homes.", 11),
        ("The fund is £2.5bn, comprising £1bn in 2022/23, £0.2bn for carers and £0.5bn for councils.", 13),
    ],
)
def test_a_total_that_the_parts_in_its_sentence_do_not_make(text: str, column: int, tmp_path: Path) -> None:
    assert said(tmp_path, "broken-sum", text) == [(3, column)]


@pytest.mark.parametrize(
    "text",
    [
        "The fund has £2 million, made up of £1.6 million and £0.4 million.",
        "The fund has £3 billion, made up of £1.6 billion and £1.2 billion.",
        "The fund has £1.2 billion, made up of £0.5 billion, £0.3 billion and £0.3 billion.",
        "The fund has over £2 million, made up of £1 million and £1.1 million.",
        "The fund has £2 million, made up of £1 million and £0.5 million and a loan.",
        "The fund has £2 million, made up of £1 million, a loan and £0.5 million.",
        "The fund has £2 million, made up of £0.5 million a year for councils and £0.1 million for carers.",
        "The fund has £2 million, made up of £1 and £0.5 million.",
    ],
)
def test_a_total_may_be_rounded_or_have_other_parts(text: str, tmp_path: Path) -> None:
    assert said(tmp_path, "broken-sum", text) == []


def test_an_older_figure_is_found_in_a_finished_document(tmp_path: Path) -> None:
    assert said(tmp_path, "outdated-number", "Councils look after 82,170 children.", FACTS) == [(3, 21)]


@pytest.mark.parametrize("text", ["Councils look after 83,840 children.", "There are 80 homes.", "See page 182,1700."])
def test_a_new_figure_or_a_small_one_is_let_be(tmp_path: Path, text: str) -> None:
    """Eighty of one thing is no old count of another."""
    assert said(tmp_path, "outdated-number", text, FACTS) == []


def test_an_older_figure_that_is_anothers_today_is_let_be(tmp_path: Path) -> None:
    entry = "  - {id: places, value: '82,170', what: places in homes, as_of: 2023, source: statistics}\n"
    seeds = FACTS.replace("facts:\n", f"facts:\n{entry}")
    assert said(tmp_path, "outdated-number", "There are 82,170 places.", seeds) == []


def test_without_a_library_nothing_is_old(tmp_path: Path) -> None:
    assert said(tmp_path, "outdated-number", "Councils look after 82,170 children.") == []
