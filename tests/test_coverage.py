"""What we answer of a document: on the terminal, for a spreadsheet and as a web page."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest

from despatch.coverage import FORMULA, HEADS, as_csv, as_html, coverage, rows, summary
from despatch.load import load_brief, load_library
from despatch.select import select
from tests.helpers import run, workspace
from tests.test_accessible_pages import CONTRAST, WAYS, chromium, found, opened, too_wide
from tests.test_browser import needs_chromium

__all__ = ("chromium", "opened")

SEEDS = """
sources:
  - id: the-review
    kind: review
    title: A review of <homes> & care
    short: the Review
    published: 2022-05-23
    items:
      - {id: homes, number: "1", title: "New homes", chapter: Chapter 1}
      - {id: pay, number: "2", title: "Fair pay"}
      - {id: tax, number: "3", title: "A tax"}
      - {id: board, number: "4", title: "A board"}
      - {id: plans, number: "5", title: "Plans"}
  - {id: another, kind: review, title: Another}
positions:
  - id: on-homes
    heading: Homes
    topics: [homes]
    proposal: {from: the-review, items: [homes, pay], text: More homes.}
    view: {stance: support, text: We agree.}
  - id: on-pay
    heading: Pay
    proposal: {from: the-review, items: [pay], text: Fair pay.}
    view: {stance: oppose, text: We disagree.}
  - id: on-tax
    heading: Tax
    status: draft
    proposal: {from: the-review, items: [tax], text: A tax.}
    view: {stance: mixed, text: We wonder.}
  - id: on-board
    heading: Board
    superseded_by: on-pay
    proposal: {from: the-review, items: [board], text: A board.}
    view: {stance: concern, text: We wonder.}
  - id: gone
    heading: Plans
    status: withdrawn
    proposal: {from: the-review, items: [plans], text: Plans.}
    view: {stance: support, text: We agree.}
topics:
  - {id: homes, label: Homes}
"""
BRIEF = """
title: The Review
house: lords
proceeding: take-note-debate
date: 2022-12-08
topics: {exclude: [homes]}
sections:
  - positions: [on-homes, on-pay, local-view]
local:
  positions:
    - id: local-view
      heading: Plans
      proposal: {from: the-review, items: [plans], text: Plans.}
      view: {stance: probing, text: Would the Minister say more?}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return workspace(tmp_path, SEEDS, BRIEF).root


def covered(folder: Path) -> list[Any]:
    library, faults = load_library(folder / "seeds")
    brief, joined, more = load_brief(folder / "briefs" / "lords.yaml", library)
    assert brief is not None
    assert not [*faults, *more]
    return coverage(library.sources["the-review"], library, [select(joined, brief)], dt.date(2022, 12, 8))


def test_each_item_is_shown_with_our_positions_and_the_briefings_that_print_them(folder: Path) -> None:
    """What a brief names and then leaves out by topic is not printed."""
    assert list(rows(covered(folder))) == [
        ("homes", "1", "New homes", "Chapter 1", "on-homes", "support", ""),
        ("pay", "2", "Fair pay", "", "on-homes", "support", ""),
        ("pay", "2", "Fair pay", "", "on-pay", "oppose", "lords"),
        ("tax", "3", "A tax", "", "on-tax (draft)", "mixed", ""),
        ("board", "4", "A board", "", "on-board (superseded)", "concern", ""),
        ("plans", "5", "Plans", "", "local-view", "probing", "lords"),
    ]


def test_a_draft_or_superseded_position_answers_nothing(folder: Path) -> None:
    assert [each.is_answered for each in covered(folder)] == [True, True, False, False, True]
    assert summary(covered(folder)) == "3 of 5 answered: 2 support, 1 oppose, 1 probing."


POINTS = """
sources:
  - id: the-review
    kind: review
    title: A review
    items: [{id: whole, title: All}, {id: homes, title: Homes}, {id: pay, title: Pay}, {id: tax, title: Tax}]
positions:
  - id: review
    heading: Review
    proposal:
      from: the-review
      items: [whole]
      lead: "It proposes:"
      points:
        - {id: more-homes, items: [homes], text: More homes.}
        - {id: fair-pay, items: [pay], text: Fair pay.}
        - {id: a-tax, items: [tax], priority: detail, text: A tax.}
    view:
      stance: mixed
      points:
        - {answers: [more-homes], text: We agree.}
        - {id: on-pay, answers: [fair-pay], text: We disagree.}
        - {answers: [a-tax], priority: detail, text: We wonder.}
"""
SHORTER = """
title: The Review
house: lords
proceeding: take-note-debate
date: 2022-12-08
length: standard
sections:
  - positions: [{use: review, omit: [on-pay]}]
"""


def test_a_briefing_is_named_only_where_it_prints_the_point_and_our_answer_to_it(tmp_path: Path) -> None:
    """One point is a detail, and of another the brief omits our answer."""
    made = covered(workspace(tmp_path, POINTS, SHORTER).root)
    assert [(each.item.id, each.is_answered, each.answers[0].briefings) for each in made] == [
        ("whole", True, ("lords",)),
        ("homes", True, ("lords",)),
        ("pay", True, ()),
        ("tax", True, ()),
    ]


def test_only_a_point_of_a_proposal_sets_out_items(tmp_path: Path) -> None:
    misplaced = POINTS.replace("{answers: [more-homes],", "{answers: [more-homes], items: [homes],")
    _, faults = load_library(workspace(tmp_path, misplaced).seeds)
    assert [(each.rule, each.span.line) for each in faults] == [("fields-do-not-fit", 21)]
    _, faults = load_library(workspace(tmp_path, POINTS.replace("items: [tax]", "items: [taxes]")).seeds)
    assert [(each.rule, each.help) for each in faults] == [("unknown-item", "Did you mean `tax`?")]


def test_a_position_that_is_over_answers_nothing(tmp_path: Path) -> None:
    over = SEEDS.replace("topics: [homes]", "valid: {until: 2022-12-07}", 1)
    made = covered(workspace(tmp_path, over, BRIEF.replace("{exclude: [homes]}", "{}")).root)
    assert [(each.is_answered, answer.mark) for each in made[:2] for answer in each.answers] == [
        (False, "over"),
        (True, "over"),
        (True, ""),
    ]


def test_the_command_shows_what_is_answered(folder: Path) -> None:
    shown = run("coverage", "the-review", cwd=folder)
    assert (shown.returncode, shown.stderr.strip()) == (0, "3 of 5 answered: 2 support, 1 oppose, 1 probing.")
    lines = [tuple(line.split("\t")) for line in shown.stdout.splitlines()]
    assert lines == [HEADS, *rows(covered(folder))]


def test_the_command_shows_what_is_unanswered(folder: Path) -> None:
    shown = run("coverage", "the-review", "--unanswered", cwd=folder)
    assert [line.split("\t")[0] for line in shown.stdout.splitlines()] == ["item", "tax", "board"]
    assert "3 of 5 answered" in shown.stderr


def test_an_item_without_a_position_is_unanswered(folder: Path) -> None:
    (folder / "briefs" / "lords.yaml").unlink()
    shown = run("coverage", "the-review", cwd=folder)
    assert shown.stdout.splitlines()[-1] == "plans\t5\tPlans\t\tunanswered\t\t"


def test_the_files_hold_the_same(folder: Path) -> None:
    done = run("coverage", "the-review", "--to", "csv,html", cwd=folder)
    assert done.stdout.split() == ["Built", "out/coverage-the-review.csv", "Built", "out/coverage-the-review.html"]
    data = (folder / "out" / "coverage-the-review.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf"), "without this mark Excel garbles quotation marks"
    table = [tuple(row) for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))]
    assert table == [HEADS, *rows(covered(folder))]
    page = (folder / "out" / "coverage-the-review.html").read_text(encoding="utf-8")
    assert "A review of &lt;homes&gt; &amp; care" in page
    assert page.count('<th scope="row">') == len(table) - 1


@pytest.mark.parametrize("sign", [*FORMULA, " =", "\\t="])
def test_no_title_is_a_sum_for_a_spreadsheet(sign: str, tmp_path: Path) -> None:
    titled = SEEDS.replace('title: "A tax"', f'title: "{sign}HYPERLINK(0)"')
    table = as_csv(covered(workspace(tmp_path, titled, BRIEF).root)).decode("utf-8-sig")
    (cell,) = [cell for row in csv.reader(io.StringIO(table)) for cell in row if "HYPERLINK" in cell]
    assert cell.startswith("'")


def test_what_is_written_in_a_title_is_no_markup(tmp_path: Path) -> None:
    titled = SEEDS.replace('title: "A tax"', "title: '<script>alert(1)</script>\" onload=\"{x}'")
    made = covered(workspace(tmp_path, titled, BRIEF).root)
    library, _ = load_library(tmp_path / "seeds")
    page = as_html(library.sources["the-review"], made, summary(made)).decode()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&quot;{x}" in page
    assert "http" not in page, "it links to nothing"


def test_what_cannot_be_shown_is_said(folder: Path) -> None:
    for arguments, code, said in (
        (["the-revew"], 2, "Did you mean `the-review`?"),
        (["another"], 1, "`another` lists no items. Write them under `items:` at seeds/homes.yaml:14."),
        (["the-review", "--to", "pdf"], 2, "There is no format `pdf`. Write csv, html, or both"),
        (["the-review", "--to", ""], 2, "There is no format ``."),
    ):
        shown = run("coverage", *arguments, cwd=folder)
        assert (shown.returncode, shown.stdout) == (code, "")
        assert said in shown.stderr
    assert not (folder / "out").exists()


def test_a_brief_with_faults_is_named_and_passed_over(folder: Path) -> None:
    (folder / "briefs" / "broken.yaml").write_text("title: [", encoding="utf-8")
    shown = run("coverage", "the-review", cwd=folder)
    assert shown.returncode == 0
    assert "briefs/broken.yaml is not looked at" in shown.stderr
    assert "Plans\t\tlocal-view\tprobing\tlords" in shown.stdout


def test_two_items_of_a_source_cannot_share_an_id(tmp_path: Path) -> None:
    library, faults = load_library(workspace(tmp_path, SEEDS.replace("id: pay, n", "id: homes, n")).seeds)
    assert [(each.rule, each.span.line) for each in faults[:1]] == [("id-clash", 10)]
    assert "item of this source" in faults[0].message
    assert library.sources


def test_an_item_that_a_local_position_names_must_be_there(tmp_path: Path) -> None:
    made = workspace(tmp_path, SEEDS, BRIEF.replace("items: [plans]", "items: [plan]"))
    library, _ = load_library(made.seeds)
    _, _, faults = load_brief(made.root / "briefs" / "lords.yaml", library)
    assert [(each.rule, each.help) for each in faults] == [("unknown-item", "Did you mean `plans`?")]


def test_the_example_answers_its_review(example: Path) -> None:
    shown = run("coverage", "social-care-review", cwd=example)
    assert "care-cooperatives\t\tRegional Care Cooperatives\tChapter 5\thomes\tmixed\t" in shown.stdout
    unanswered = run("coverage", "social-care-review", "--unanswered", cwd=example)
    standard = "commons-2022-11-24-childrens-social-care"
    left = [
        line.split("\t")[0] for line in shown.stdout.splitlines() if "lords-2022-12-08" in line and standard not in line
    ]
    assert {"care-standards", "family-help-eligibility", "neighbourhood-teams"} < {*left}, (
        "details, which it leaves out"
    )
    assert "windfall-tax" in unanswered.stdout, "a note of `homes` says that we take no line on it"


@needs_chromium
def test_nobody_is_kept_out_of_the_page(folder: Path, opened: Any) -> None:
    library, _ = load_library(folder / "seeds")
    made = covered(folder)
    html = as_html(library.sources["the-review"], made, summary(made))
    for way in WAYS:
        page = opened(html, way)
        assert found(page) == [], way.name
        assert page.evaluate(CONTRAST) >= 4.5, way.name
        assert too_wide(page) == [], way.name
        assert (page.asked, page.said) == ([page.url], []), way.name
