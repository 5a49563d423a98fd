"""A briefing kept to so many words or pages: what stays, what goes, and what is said of it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from despatch.assemble import word_count
from despatch.budget import left_out
from despatch.build import Tailoring, prepare
from despatch.load import load_library
from despatch.pdf import missing, page_count
from despatch.select import Selection
from despatch.workspace import Workspace
from tests.helpers import ROOT, run, workspace
from tests.test_select import Case

LORDS = "lords-2022-12-08-childrens-social-care"


@pytest.fixture
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    """The workspace that the test's docstring describes."""
    return Case(tmp_path, request.function.__doc__)


def least(case: Case) -> list[str]:
    """What is printed where there is no room at all."""
    return case.printed(max_words=1)


def test_what_is_essential_stays_and_then_what_is_standard(case: Case) -> None:
    """
    passages:
      - {id: one, text: One.}
      - {id: two, priority: detail, text: Two.}
      - {id: three, priority: essential, text: Three.}
    ---
    sections:
      - passages: [two, one, three]
    """
    document = case.document()
    assert document is not None
    words = word_count(document)
    assert case.printed(max_words=words) == ["Two.", "One.", "Three."]
    assert case.printed(max_words=words - 1) == ["One.", "Three."]
    assert case.rule("two", max_words=words - 1) == "budget"
    assert case.decision("two", max_words=words - 1).why == f"there is no room in {words - 1} words for “Two.”"


def test_among_equals_the_last_of_the_brief_goes_first(case: Case) -> None:
    """
    passages:
      - {id: one, text: One.}
      - {id: two, text: Two.}
    ---
    sections:
      - passages: [two, one]
    """
    assert [each.block for each in left_out(case.sound(max_words=1).selection)] == ["one"]


def test_a_lead_goes_with_its_points_and_an_answer_with_what_it_answers(case: Case) -> None:
    """
    positions:
      - id: homes
        heading: Homes
        proposal:
          from: the-review
          lead: "It asks for:"
          points: [{id: first, text: First.}, {id: second, priority: essential, text: Second.}]
          closing: All of them.
        view:
          stance: support
          points: [{answers: [first], text: Yes to first.}, {answers: [second], text: Yes to second.}]
    ---
    sections:
      - positions: [homes]
    """
    words = ("It asks for:", "First.", "Second.", "All of them.", "Yes to first.", "Yes to second.")
    assert [each for each in least(case) if each in words] == [words[0], words[2], words[3], words[5]]


def test_a_point_that_ends_in_a_colon_keeps_one_under_it(case: Case) -> None:
    """
    passages:
      - id: homes
        lead: "We ask:"
        points:
          - {text: "For homes:", priority: essential, points: [{text: Near., priority: detail}, {text: Good.}]}
          - For schools.
    ---
    sections:
      - passages: [homes]
    """
    assert least(case) == ["We ask:", "For homes:", "Good."]


def test_the_command_says_what_it_leaves_out_and_why_says_so_too(tmp_path: Path) -> None:
    seeds = "passages:\n  - {id: one, text: One.}\n  - {id: two, heading: Second, text: Two.}\n"
    brief = "title: A\nhouse: lords\nproceeding: take-note-debate\ndate: 2022-12-08\nsections: [passages: [one, two]]\n"
    files = workspace(tmp_path, seeds, brief)
    built = run("build", "lords", "--to", "md", "--max-words", "12", cwd=files.root)
    assert "lords leaves out two: there is no room in 12 words for “Second”.\n" in built.stderr
    assert (files.root / "out" / "lords--12-words.md").is_file()
    told = run("why", "lords", "two", "--max-words", "12", cwd=files.root)
    assert "out two: there is no room in 12 words for “Second”." in told.stdout


def test_a_brief_that_allows_less_is_cut_and_the_command_may_allow_more(case: Case) -> None:
    """
    passages:
      - {id: one, text: One.}
      - {id: two, text: Two.}
    ---
    max_words: 1
    sections:
      - passages: [one, two]
    """
    with_more = case.prepared(max_words=100)[0]
    assert with_more is not None
    assert case.rule("two") == "budget"
    assert not list(left_out(with_more.selection))


def lords(max_words: int) -> Selection:
    """The Lords briefing in so many words."""
    files = Workspace(ROOT)
    library, _ = load_library(files.seeds)
    prepared, faults = prepare(files, ROOT / "briefs" / f"{LORDS}.yaml", library, Tailoring(max_words=max_words))
    assert prepared is not None, faults
    return prepared.selection


def test_our_longest_briefing_only_grows_with_the_room() -> None:
    kept = [
        {(each.block, each.point) for each in lords(words).decisions if each.included}
        for words in range(600, 3800, 400)
    ]
    assert all(less <= more for less, more in pairwise(kept))
    assert kept[0] < kept[-1]


@pytest.mark.skipif(bool(missing()), reason=missing())
def test_pages_that_libreoffice_counts_are_kept_to(tmp_path: Path) -> None:
    out = tmp_path / "five.docx"
    built = run("build", LORDS, "--to", "docx", "--pages", "5", "--exact", "--out", str(out), cwd=ROOT)
    assert "over-length" not in built.stderr
    assert "there is no room in 5 pages" in built.stderr
    assert page_count(out.read_bytes()) == 5
