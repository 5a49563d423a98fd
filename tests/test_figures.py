"""Figures set out as a table or as a chart: what each bar is called, how long it is, and what a chart refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despatch.build import Tailoring, laid_out, prepare
from despatch.document import Chart, Paragraph, Table, plain, walk
from despatch.kinds.figures import _amount
from despatch.load import load_library
from despatch.quantity import Quantity, read
from tests.helpers import run, workspace

BRIEF = """
title: Homes
house: lords
proceeding: take-note-debate
date: 2022-12-08
style: {style}
sections:
  - figures: [shown]
"""
SOURCES = """
sources:
  - {id: a, kind: dataset, title: Dataset A, published: 2022}
  - {id: b, kind: dataset, title: Dataset B, published: 2021}
"""


def seeds(*facts: str, show: str = "chart", names: str = "") -> str:
    """A figure of these facts, each written as `value; what; more fields`."""
    entries = [each.split("; ") for each in facts]
    shown = names or ", ".join(f"f{number}" for number in range(len(entries)))
    lines = [
        f'  - {{id: f{n}, value: "{value}", what: "{what}"{"".join(f", {each}" for each in more)}, source: {"ab"[n % 2]}}}'
        for n, (value, what, *more) in enumerate(entries)
    ]
    figure = f"figures:\n  - id: shown\n    heading: What it costs\n    facts: [{shown}]\n    show: {show}\n"
    return figure + "facts:\n" + "\n".join(lines) + SOURCES


def chart(folder: Path, text: str) -> Chart:
    (found,) = (node for node in nodes(folder, text) if isinstance(node, Chart))
    return found


def nodes(folder: Path, text: str) -> list[object]:
    files = workspace(folder, text, BRIEF.format(style="lga"))
    library, faults = load_library(files.seeds)
    path = files.root / "briefs" / "lords.yaml"
    prepared, more = prepare(files, path, library, Tailoring())
    assert faults + more == []
    assert prepared is not None
    document, _ = laid_out(prepared, Tailoring(), path)
    assert document is not None
    return list(walk(document.content))


def bars(found: Chart) -> list[tuple[str, str, float]]:
    return [(plain(bar.label), plain(bar.value), bar.amount) for bar in found.bars]


def test_a_bar_is_called_what_tells_it_from_the_others(tmp_path: Path) -> None:
    found = chart(
        tmp_path,
        seeds(
            "£46 million; investment sought in year one, England",
            "£987 million; investment sought in year two, England",
            "£1.257 billion; investment sought in year three, England",
        ),
    )
    assert bars(found) == [
        ("Year one", "£46 million", 46e6),
        ("Year two", "£987 million", 987e6),
        ("Year three", "£1.257 billion", 1.257e9),
    ]
    assert (
        found.description == "What it costs. Year one: £46 million; Year two: £987 million; Year three: £1.257 billion."
    )


@pytest.mark.parametrize(
    ("first", "second", "labels"),
    [
        ("spending in 2016/17, England", "spending in 2020/21, England", ["2016/17", "2020/21"]),
        ("boys in care", "girls in care", ["Boys", "Girls"]),
        ("children in care", "children", ["children in care", "children"]),
        ("the same", "the same", ["The same", "The same"]),
    ],
)
def test_words_that_all_descriptions_share_are_left_out(
    tmp_path: Path, first: str, second: str, labels: list[str]
) -> None:
    found = chart(tmp_path, seeds(f"20; {first}", f"30; {second}"))
    assert [label.lower() for label, *_ in bars(found)] == [label.lower() for label in labels]


def test_one_fact_is_shown_with_its_older_values_oldest_first(tmp_path: Path) -> None:
    text = seeds(
        "82,170; children in care; as_of: 2022-03-31; "
        "was: [{value: '80,000', as_of: 2020-03-31, source: b}, {value: '80,850', as_of: 2021-03-31}]"
    )
    found = chart(tmp_path, text)
    assert bars(found) == [
        ("31 March 2020", "80,000", 80000.0),
        ("31 March 2021", "80,850", 80850.0),
        ("31 March 2022", "82,170", 82170.0),
    ]
    assert [plain(row[0]) for row in found.table.rows] == ["31 March 2020", "31 March 2021", "31 March 2022"]


def test_a_history_names_the_source_of_each_value(tmp_path: Path) -> None:
    text = seeds("82,170; in care; as_of: 2022-03-31; was: [{value: '80,850', as_of: 2021-03-31, source: b}]")
    assert "Source: Dataset B; Dataset A" in [
        plain(each.words) for each in nodes(tmp_path, text) if isinstance(each, Paragraph)
    ]


def test_bars_of_one_description_are_told_apart_by_their_dates(tmp_path: Path) -> None:
    found = chart(tmp_path, seeds("20; spent; as_of: 2020", "30; spent; as_of: 2021"))
    assert [label for label, *_ in bars(found)] == ["Spent, 2020", "Spent, 2021"]


def test_a_chart_says_under_it_where_its_figures_are_from(tmp_path: Path) -> None:
    found = nodes(tmp_path, seeds("20; boys", "30; girls"))
    assert "Source: Dataset A; Dataset B" in [plain(each.words) for each in found if isinstance(each, Paragraph)]


def test_a_table_marks_each_figures_source_beside_what_it_is(tmp_path: Path) -> None:
    run_in = workspace(tmp_path, seeds("20; boys", "30; girls", show="table"), BRIEF.format(style="lga"))
    assert run("build", "lords", "--to", "md", cwd=run_in.root).returncode == 0
    page = (run_in.root / "out" / "lords.md").read_text(encoding="utf-8")
    assert "| Boys[^1]  |    20 |" in page
    assert "| Girls[^2] |    30 |" in page


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (["£20 million; a", "20 per cent; b"], "“20 per cent” is in another unit than “£20 million”"),
        (["£14m to £19m; a", "£20m; b"], "“£14m to £19m” is not one amount of nought or more"),
        (["20; a", "15 January 2021; b"], "“15 January 2021” is not one amount of nought or more"),
        (["20; a", "-3; b"], "“-3” is not one amount of nought or more"),
        (["20; a", "many; b"], "“many” is not one amount of nought or more"),
        (["20; a; as_of: 2022; was: [{value: '£3', as_of: 2021}]"], "“£3” is in another unit than “20”"),
        (["20; a; as_of: 2022; was: [{value: '30'}]"], "One of this fact’s values has no date"),
        (["2019; a", "42; b"], "“2019” is not one amount"),
        (["8,2170; a", "42; b"], "“8,2170” is not one amount"),
        ([",; a", "42; b"], "“,” is not one amount"),
    ],
)
def test_a_chart_refuses_what_it_has_no_bar_for(tmp_path: Path, facts: list[str], said: str) -> None:
    files = workspace(tmp_path, seeds(*facts), BRIEF.format(style="plain"))
    refused = run("build", "lords", cwd=files.root)
    assert refused.returncode == 1
    assert said in refused.stderr
    assert "[unfit-chart]" in refused.stderr
    assert not (files.root / "out").exists()


@given(
    before=st.sampled_from(["", "more than ", "over ", "nearly ", "around ", "about ", "up to "]),
    sign=st.sampled_from(["", "£"]),
    amount=st.decimals(0, 10**6, places=2) | st.integers(0, 10**9),
    scale=st.sampled_from(["", " million", " billion"]),
)
def test_the_short_way_of_reading_an_amount_is_the_whole_grammars(
    before: str, sign: str, amount: object, scale: str
) -> None:
    value = f"{before}{sign}{amount:,}{scale}"
    found = read(value)
    if isinstance(found, Quantity) and found.kind != "date":
        assert _amount(value) == pytest.approx(float(found.low))


def test_a_table_is_the_same_however_facts_are_shown(tmp_path: Path) -> None:
    facts = ("£20 million; cost of a", "£30 million; cost of b")
    drawn = chart(tmp_path / "chart", seeds(*facts)).table
    (table,) = (node for node in nodes(tmp_path / "table", seeds(*facts, show="table")) if isinstance(node, Table))
    assert [plain(cell) for row in drawn.rows for cell in row] == [plain(cell) for row in table.rows for cell in row]
