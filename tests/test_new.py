"""A first brief for a proceeding."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from despatch.build import Tailoring, laid_out, prepare
from despatch.content import Library
from despatch.load import load_brief, load_library
from despatch.new import SCHEMA_LINE, Wanted, skeleton
from despatch.parliament import PROCEEDINGS
from despatch.workspace import Workspace
from tests.helpers import ROOT, run, workspace

DAY = dt.date(2022, 12, 8)
SEEDS = """
key_messages:
  - {id: a-detail, topics: [homes], priority: detail, text: A.}
  - {id: b-standard, topics: [secure], text: B.}
  - {id: c-essential, topics: [homes], priority: essential, text: C.}
  - {id: d-general, text: D.}
  - {id: e-asylum, topics: [asylum], text: E.}
  - {id: f-draft, topics: [homes], status: draft, text: F.}
  - {id: g-old, topics: [homes], valid: {until: 2022-12-07}, text: G.}
  - {id: h-commons, topics: [homes], only: {house: commons}, text: H.}
  - {id: i-bill, topics: [homes], only: {proceeding: second-reading}, text: I.}
  - {id: j-replaced, topics: [homes], superseded_by: b-standard, text: J.}
  - {id: k-early, topics: [homes], superseded_by: l-later, text: K.}
  - {id: l-later, topics: [homes], valid: {from: 2022-12-09}, text: L.}
contacts:
  - {id: press-office, name: Press Office}
topics:
  - {id: homes, label: Homes}
  - {id: secure, label: Secure homes, under: homes}
  - {id: asylum, label: Asylum}
"""


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(ROOT / "seeds")[0]


@pytest.mark.parametrize(
    ("name", "house"), [(name, house) for name, each in PROCEEDINGS.items() for house in each.houses]
)
def test_a_new_brief_has_no_faults_and_builds(tmp_path: Path, library: Library, name: str, house: str) -> None:
    wanted = Wanted(house, name, DAY, "Children’s social care: “what next?”", ("homes",), "lga")
    path = tmp_path / f"{wanted.name}.yaml"
    path.write_text(skeleton(wanted, library), encoding="utf-8")
    prepared, faults = prepare(Workspace(ROOT), path, library, Tailoring())
    assert not faults
    assert prepared is not None
    document, faults = laid_out(prepared, Tailoring(), path)
    assert document is not None
    assert not faults
    assert document.properties.title == wanted.title


@pytest.fixture
def small(tmp_path: Path) -> Workspace:
    return workspace(tmp_path, SEEDS)


def _new(small: Workspace, *arguments: str, title: str = "Homes") -> list[str]:
    """The lines of the one brief that `new` writes."""
    proceeding = ["--house", "lords", "--proceeding", "take-note-debate", "--date", "2022-12-08"]
    done = run("new", title, *proceeding, *arguments, cwd=small.root)
    assert done.returncode == 0, done.stderr
    (path,) = (small.root / "briefs").iterdir()
    return path.read_text(encoding="utf-8").splitlines()


def test_a_new_brief_names_what_fits_by_priority_then_by_id(small: Workspace) -> None:
    lines = _new(small, "--topic", "homes")
    assert lines[0] == SCHEMA_LINE
    assert lines[1:7] == [
        'title: "Homes"',
        "house: lords",
        "proceeding: take-note-debate",
        "date: 2022-12-08",
        "style: plain",
        "sections:",
    ]
    named = ["c-essential", "b-standard", "d-general", "k-early", "a-detail"]
    assert lines[7:] == ["  - key_messages:", *(f"      - {name}" for name in named), "contact: press-office"]
    assert run("check", cwd=small.root).returncode == 0


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Children’s social care", "lords-2022-12-08-childrens-social-care"),
        ("Homes: “now” & then?", "lords-2022-12-08-homes-now-then"),
        ('A "quoted" # title \\ here', "lords-2022-12-08-a-quoted-title-here"),
    ],
)
def test_a_title_is_kept_as_typed_and_names_the_file(small: Workspace, title: str, name: str) -> None:
    _new(small, title=title)
    path = small.root / "briefs" / f"{name}.yaml"
    brief, _, faults = load_brief(path, load_library(small.seeds)[0])
    assert not faults
    assert brief is not None
    assert brief.title == title


def test_a_brief_that_is_there_is_never_overwritten(small: Workspace) -> None:
    _new(small)
    (path,) = (small.root / "briefs").iterdir()
    path.write_text("my own words", encoding="utf-8")
    again = run("new", "Homes", "--house", "lords", "--proceeding", "general-debate", "--date", "2022-12-08",
                cwd=small.root)  # fmt: skip
    assert again.returncode == 2
    assert "there already" in again.stderr
    assert path.read_text(encoding="utf-8") == "my own words"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--house", "lord"], "There is no House `lord`."),
        (["--proceeding", "take-note"], "Did you mean `take-note-debate`?"),
        (["--proceeding", "westminster-hall-debate"], "no Westminster Hall debate in the House of Lords"),
        (["--date", "8 December 2022"], "is not a day"),
        (["--topic", "home"], "Did you mean `homes`?"),
        (["--style", "plian"], "Did you mean `plain`?"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(small: Workspace, arguments: list[str], message: str) -> None:
    given = {"--house": "lords", "--proceeding": "take-note-debate", "--date": "2022-12-08"}
    given |= dict([arguments])
    done = run("new", "Homes", *(word for pair in given.items() for word in pair), cwd=small.root)
    assert done.returncode == 2
    assert message in done.stderr
    assert not list((small.root / "briefs").iterdir())


def test_a_library_that_has_nothing_to_offer_still_gives_a_brief_that_lacks_only_words(tmp_path: Path) -> None:
    """An officer may begin with the brief and write the blocks after it."""
    empty = workspace(tmp_path, "topics:\n  - {id: homes, label: Homes}\n")
    _new(empty, "--topic", "homes")
    assert re.findall(r"\[([\w-]+)\]", run("check", cwd=empty.root).stdout) == ["nothing-left"]
