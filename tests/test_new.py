"""A first brief for a proceeding."""

from __future__ import annotations

import datetime as dt
import os
import re
import select
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from despatch.asking import understood
from despatch.build import Tailoring, laid_out, prepare
from despatch.checking import everything
from despatch.content import Library
from despatch.dates import day_said
from despatch.lengths import lengths
from despatch.load import load_brief, load_library
from despatch.new import SCHEMA_LINE, Wanted, skeleton
from despatch.parliament import PROCEEDINGS
from despatch.proposing import habits, proposal
from despatch.workspace import Workspace
from tests.helpers import ROOT, run, workspace

DAY = dt.date(2022, 12, 8)
LATER = dt.date(2023, 6, 20)
"""When some figures of the example are out of date, which several of its blocks print."""
PARTICULARS = {
    "bill": "Placements Bill [HL], HL Bill 12",
    "amendment_list": "Committee, second Marshalled List",
    "motion": "That this House has considered homes for children",
    "department": "Department for Education",
}
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
    ("name", "house", "day"),
    [
        *((name, house, DAY) for name, each in PROCEEDINGS.items() for house in each.houses),
        ("estimates-day-debate", "commons", LATER),
        ("take-note-debate", "lords", LATER),
    ],
)
def test_a_new_brief_builds_passes_check_and_is_of_the_usual_length(
    tmp_path: Path, library: Library, name: str, house: str, day: dt.date
) -> None:
    own = PARTICULARS | ({"bill": "Placements Bill, Bill 61"} if house == "commons" else {})
    particulars = {field: own[field] for field in PROCEEDINGS[name].asks}
    topics = ("homes",) if day == DAY else ()
    title = "Homes: “what next?”" if day == DAY else "Children’s social care"
    wanted = Wanted(house, name, (day,), title, topics, particulars=particulars)
    wanted = habits(wanted, Workspace(ROOT), library)
    path = tmp_path / f"{wanted.name}.yaml"
    path.write_text(skeleton(wanted, proposal(wanted, Workspace(ROOT), library).sections), encoding="utf-8")
    assert [each for each in everything(Workspace(ROOT), [str(path)]) if each.severity != "advice"] == []
    if "bill" not in particulars:
        assert "placements-welcomed" not in path.read_text(encoding="utf-8"), "it speaks of “the Bill”"
    prepared, _ = prepare(Workspace(ROOT), path, library, Tailoring())
    assert prepared is not None
    document, faults = laid_out(prepared, Tailoring(), path)
    assert document is not None
    assert not faults
    assert lengths(document, prepared.style)[-1].pages <= PROCEEDINGS[name].pages
    assert wanted.title in document.properties.title
    assert all(each.included for each in prepared.selection.decisions if not each.point)


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


def test_a_new_brief_names_what_fits_by_priority_then_by_the_words_of_its_title(small: Workspace) -> None:
    lines = _new(small, "--topic", "homes")
    assert lines[:10] == [
        SCHEMA_LINE,
        "# Take-note debate, House of Lords, 8 December 2022.",
        "",
        "title: Homes",
        "house: lords",
        "proceeding: take-note-debate",
        "date: 2022-12-08",
        "style: plain",
        "audience: peers",
        "sections:",
    ]
    named = ["c-essential", "b-standard", "k-early", "d-general", "a-detail"]
    assert lines[10:] == ["  - key_messages:", *(f"      - {name}" for name in named), "contact: press-office"]
    assert run("check", cwd=small.root).returncode == 0


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Children’s social care", "lords-2022-12-08-childrens-social-care"),
        ("Homes: “now” & then?", "lords-2022-12-08-homes-now-then"),
        ("Gofal â chymorth", "lords-2022-12-08-gofal-a-chymorth"),
        ("Homes " * 90 + "now", "lords-2022-12-08" + "-homes" * 14),
        ("h" * 300, "lords-2022-12-08"),
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
        (["--date", "Friday 8 December 2022"], "is not a day"),
        (["--date", "31 June 2023"], "is not a day"),
        (["--proceeding", "second-reading"], "--bill"),
        (["--proceeding", "committee-stage"], "--amendment-list"),
        (["--amendment-list", "no-such-list"], "no list of amendments `no-such-list`"),
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


def test_nothing_is_written_where_nothing_fits(small: Workspace) -> None:
    (small.seeds / "homes.yaml").write_text(SEEDS.replace("  - {id: d-general, text: D.}\n", ""), encoding="utf-8")
    done = run("new", "Zebras", "--house", "lords", "--proceeding", "take-note-debate", "--date", "2022-12-08",
               cwd=small.root)  # fmt: skip
    assert done.returncode == 1
    assert "no block of the library fits" in done.stderr
    assert "--topic" in done.stderr
    assert not list((small.root / "briefs").iterdir())


def test_a_brief_with_nothing_on_its_subject_says_so(small: Workspace) -> None:
    for title, has_none in (("Zebras", True), ("Secure homes", False)):
        done = run("new", title, "--proceeding", "take-note-debate", "--date", "2022-12-08", cwd=small.root)
        assert ("nothing on this subject" in done.stdout) is has_none, title


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"title": "Homes {{x}}"}, "There is no fact or term called `x`."),
        ({"title": "Homes\a"}, "U+0007"),
        ({"--motion": "That this House {{y}}"}, "There is no fact or term called `y`."),
    ],
)
def test_words_that_no_brief_may_hold_are_refused(small: Workspace, words: dict[str, str], message: str) -> None:
    given = {"--house": "lords", "--proceeding": "take-note-debate", "--date": "2022-12-08", **words}
    title = given.pop("title", "Homes")
    done = run("new", title, *(word for pair in given.items() for word in pair), cwd=small.root)
    assert done.returncode == 2
    assert message in done.stderr
    assert "fit" not in done.stdout
    assert not list((small.root / "briefs").iterdir())


def test_a_fault_in_the_title_is_told_and_leaves_no_block_out(small: Workspace) -> None:
    done = run("new", "XYZ homes", "--house", "lords", "--proceeding", "take-note-debate", "--date", "2022-12-08",
               "--topic", "homes", cwd=small.root)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "In your own words: “XYZ” is used, and spelt out nowhere" in done.stdout
    assert "c-essential" in (small.root / "briefs" / "lords-2022-12-08-xyz-homes.yaml").read_text(encoding="utf-8")


def test_a_keyboards_apostrophe_becomes_the_pages_own(small: Workspace) -> None:
    done = run("new", "Children's homes", "--house", "lords", "--proceeding", "take-note-debate", "--date", "2022-12-08",
               cwd=small.root)  # fmt: skip
    brief = small.root / "briefs" / "lords-2022-12-08-childrens-homes.yaml"
    assert "title: Children’s homes\n" in brief.read_text(encoding="utf-8")
    assert "In your own words" not in done.stdout
    assert run("check", brief.stem, cwd=small.root).returncode == 0


def test_what_is_said_of_a_bill_is_in_its_briefs_alone(library: Library) -> None:
    """A message that says only “the duties” has taken the place of one that names the Bill."""

    def names(title: str, proceeding: str, **particulars: str) -> set[str]:
        wanted = Wanted(
            "lords", proceeding, (LATER,), title, ("homes", "market", "rccs", "funding"), "lga", "", particulars
        )
        made = proposal(wanted, Workspace(ROOT), library)
        return {name for each in made.sections for name in (*each.names, *each.over)}

    assert "placements-cost" not in names("Children’s social care", "take-note-debate"), (
        "only Bill briefs have named it"
    )
    assert "placements-right-home" in names("Children’s social care", "take-note-debate")
    ours = {"placements-welcomed", "placements-directions", "ask-placements-costs-report", "placements-bill-background"}
    assert not ours & names("Children’s social care", "take-note-debate")
    assert not ours & names("Another Bill", "second-reading", bill="HL Bill 9")
    assert {"placements-welcomed", "placements-directions"} <= names(
        "Children’s Placements Bill", "second-reading", bill="HL Bill 98"
    )


@pytest.mark.parametrize(
    ("title", "bill"),
    [
        ("Children's Placements Bill", "Bill 61"),
        ("Children’s Placements Bill [HL]", "Bill 61"),
        ("Second Reading of the Children’s Placements Bill: our briefing", "Bill 61"),
        ("New homes", "Children's Placements Bill, Bill 61"),
    ],
)
def test_a_bill_is_known_by_its_name_however_it_is_typed(library: Library, title: str, bill: str) -> None:
    wanted = Wanted("commons", "second-reading", (LATER,), title, style="lga", particulars={"bill": bill})
    sections = {each.kind: each.names for each in proposal(wanted, Workspace(ROOT), library).sections}
    assert sections["positions"] == ["clause-placement-plans", "clause-directions", "clause-financial-oversight"]
    assert "placements-welcomed" in sections["key_messages"]


def test_a_pipe_is_told_all_that_is_missing_at_once(small: Workspace) -> None:
    done = run("new", "Homes", "--proceeding", "oral-question", cwd=small.root)
    assert done.returncode == 2
    assert all(flag in done.stderr for flag in ("--house", "--date", "--department"))


def test_nobody_is_asked_the_house_of_what_only_one_house_has(small: Workspace) -> None:
    for proceeding, house in (("Westminster Hall debate", "commons"), ("take note debate", "lords")):
        done = run("new", "Homes", "--proceeding", proceeding, "--date", "8 December 2022", cwd=small.root)
        assert done.returncode == 0, done.stderr
        assert (small.root / "briefs" / f"{house}-2022-12-08-homes.yaml").exists()


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("take note debate", "take-note-debate"),
        ("King's Speech", "kings-speech"),
        ("the second reading", "second-reading"),
    ],
)
def test_a_proceeding_is_understood_as_people_type_it(library: Library, said: str, name: str) -> None:
    assert understood("proceeding", said, {"house": "lords"}, library, DAY) == name


def test_style_and_contact_are_those_of_the_newest_brief(tmp_path: Path) -> None:
    office = workspace(tmp_path, SEEDS)
    seeds = SEEDS.replace("contacts:", "contacts:\n  - {id: a-desk, name: Desk}")
    (office.seeds / "homes.yaml").write_text(seeds, encoding="utf-8")
    old = "title: A\nhouse: lords\nproceeding: take-note-debate\ndate: 2022-01-11\nstyle: lga\ncontact: press-office\n"
    (office.root / "briefs" / "lords-old.yaml").write_text(
        old + "sections: [key_messages: [b-standard]]\n", encoding="utf-8"
    )
    run("new", "Homes", "--house", "lords", "--proceeding", "take-note-debate", "--date", "2022-12-08", cwd=office.root)
    made = (office.root / "briefs" / "lords-2022-12-08-homes.yaml").read_text(encoding="utf-8")
    assert "style: lga\n" in made
    assert "contact: press-office\n" in made


def test_a_short_proceeding_says_what_it_has_no_room_for(small: Workspace) -> None:
    texts = [" ".join(f"In case {each}{name} a child waited for a home." for each in range(40)) for name in "abcd"]
    more = "".join(f"  - {{id: long-{number}, topics: [homes], text: {text}}}\n" for number, text in enumerate(texts))
    (small.seeds / "more.yaml").write_text(f"key_messages:\n{more}", encoding="utf-8")
    done = run("new", "Homes", "--house", "lords", "--proceeding", "oral-question", "--date", "2022-12-08",
               "--department", "Department for Education", "--topic", "homes", cwd=small.root)  # fmt: skip
    assert "no room" in done.stdout
    made = (small.root / "briefs" / "lords-2022-12-08-homes.yaml").read_text(encoding="utf-8")
    assert re.search(r"(?m)^      # also fits: .*long-3", made)
    assert made.index("c-essential") < made.index("# also fits")


def test_the_positions_at_committee_are_those_on_its_list_as_tabled(library: Library) -> None:
    particulars = {"bill": "HL Bill 98", "amendment_list": "placements-committee-list"}
    title = "Children’s Placements Bill"
    wanted = Wanted(
        "lords", "committee-stage", (dt.date(2023, 6, 13), dt.date(2023, 6, 15)), title, (), "lga", "", particulars
    )
    sections = {each.kind: each for each in proposal(wanted, Workspace(ROOT), library).sections}
    assert sections["key_messages"].names[0].startswith("placements-"), "what is said of the Bill comes first"
    tabled = ["amendment-consult-first", "clause-3-stand-part", "amendment-seven-days", "amendment-childs-say"]
    assert sections["positions"].names == tabled
    assert "dates: [2023-06-13, 2023-06-15]" in skeleton(wanted, sections.values())


@pytest.mark.parametrize(
    ("words", "bill", "house", "meant"),
    [
        ("Committee, second Marshalled List", "Children's Placements Bill [HL], HL Bill 98", "lords", "placements-committee-list"),
        ("the Report amendments", "Children’s Placements Bill", "lords", "placements-report-list"),
        ("Marshalled List", "Children’s Placements Bill", "lords", ""),
        ("Grand Committee, Marshalled List", "Children’s Placements Bill", "lords", ""),
        ("Committee, Marshalled List", "Children’s Placements Bill", "commons", ""),
        ("Committee, Marshalled List", "Schools Bill", "lords", ""),
    ],
)  # fmt: skip
def test_a_list_of_amendments_may_be_said_in_words(
    words: str, bill: str, house: str, meant: str, library: Library
) -> None:
    answers = {"house": house, "proceeding": "committee-stage", "title": "Placements", "bill": bill}
    assert understood("amendment_list", words, answers, library, DAY) == (meant or words)


def test_a_list_that_is_taken_by_its_words_is_told(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    (tmp_path / "briefs").mkdir()
    done = run("new", "Children's Placements Bill", "--proceeding", "committee-stage", "--house", "lords", "--date", "15 June 2023",
               "--bill", "HL Bill 98", "--amendment-list", "Committee, second Marshalled List", cwd=tmp_path)  # fmt: skip
    assert "Its amendments are those on `placements-committee-list`: Children’s Placements Bill" in done.stdout
    [made] = (each.read_text(encoding="utf-8") for each in (tmp_path / "briefs").iterdir())
    assert "\namendment_list: placements-committee-list\n" in made
    assert "\n      - amendment-childs-say\n" in made


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("8 December 2022", dt.date(2022, 12, 8)),
        ("Thursday 8th Dec 2022", dt.date(2022, 12, 8)),
        ("8/12/2022", dt.date(2022, 12, 8)),
        ("tomorrow", dt.date(2022, 12, 6)),
        ("thursday", dt.date(2022, 12, 8)),
        ("8 December", dt.date(2022, 12, 8)),
        ("4 December", dt.date(2023, 12, 4)),
        ("Friday 8 December 2022", None),
        ("31 June 2022", None),
        ("29 February", dt.date(2024, 2, 29)),
        ("soon", None),
    ],
)
def test_a_day_is_understood_as_people_say_it(said: str, day: dt.date | None) -> None:
    assert day_said(said, dt.date(2022, 12, 5)) == day


@pytest.mark.parametrize(
    "said",
    [
        "13 and 15 June 2023",
        "13 June and 15 June 2023",
        "Tuesday 13, Thursday 15th June 2023",
        "2023-06-13, 15 June 2023",
    ],
)
def test_days_said_together_are_in_one_year(small: Workspace, said: str) -> None:
    done = run("new", "Homes", "--proceeding", "take-note-debate", "--date", said, cwd=small.root)
    assert done.returncode == 0, done.stderr
    made = small.root / "briefs" / "lords-2023-06-13-homes.yaml"
    assert "dates: [2023-06-13, 2023-06-15]" in made.read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal to type into")
def test_on_a_terminal_it_asks_only_what_it_cannot_know(small: Workspace) -> None:
    """The House is asked again after a slip; the topic that the title names stands there to accept."""
    typed = [
        ("Which House?", "lord"),
        ("There is no House `lord`", "\x15lords"),
        ("Which proceeding?", "Question for Short Debate"),
        ("When does it sit?", "8 December 2022"),
        ("What is the debate about?", "Homes"),
        ("Which topics", ""),
        ("department", "Home Office"),
        ("then: despatch build", ""),
    ]
    seen, code = _typed(typed, small.root)
    assert code == 0, seen
    made = (small.root / "briefs" / "lords-2022-12-08-homes.yaml").read_text(encoding="utf-8")
    assert "proceeding: short-debate\ndate: 2022-12-08\ndepartment: Home Office\n" in made
    assert "e-asylum" not in made


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal to type into")
def test_on_a_terminal_a_wrong_answer_given_is_told_before_anything_is_asked(small: Workspace) -> None:
    for given, said in (
        (["Some title", "--house", "foo"], "There is no House `foo`."),
        (["--house", "lords", "--date", "soon"], "`soon` is not a day."),
        (["--house", "lords", "--proceeding", "westminster-hall-debate"], "no Westminster Hall debate in the House of"),
    ):
        seen, code = _typed([(said, "")], small.root, *given)
        assert (code, "?" in seen) == (2, False), seen


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal to type into")
def test_on_a_terminal_colours_that_are_pasted_are_left_out(small: Workspace) -> None:
    """Some terminals mark what is pasted, and others pass it on as though it were typed."""
    given = ["--house", "lords", "--proceeding", "take-note-debate", "--date", "2022-12-08", "--topic", "homes"]
    for pasted in ("\x1b[31mHomes\x1b[0m", "\x1b[200~\x1b[1;31mHomes\x1b[0m\x1b[201~"):
        seen, code = _typed([("What is the debate about?", pasted), ("despatch build", "")], small.root, *given)
        assert code == 0, seen
        made = small.root / "briefs" / "lords-2022-12-08-homes.yaml"
        assert "title: Homes\n" in made.read_text(encoding="utf-8")
        made.unlink()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal to type into")
def test_on_a_terminal_a_title_that_cannot_be_is_told_at_once(small: Workspace) -> None:
    (small.root / "briefs" / "lords-2022-12-08-zebras.yaml").write_text("mine", encoding="utf-8")
    given = ["--house", "lords", "--proceeding", "take-note-debate", "--date", "2022-12-08"]
    typed = [
        ("What is the debate about?", "Homes {{x}}"),
        ("There is no fact or term called `x`", "\x15Zebras"),
        ("zebras.yaml is there", "\x15Homes"),
        ("Which topics", ""),
        ("then: despatch build", ""),
    ]
    seen, code = _typed(typed, small.root, *given)
    assert code == 0, seen


def _typed(lines: list[tuple[str, str]], folder: Path, *given: str) -> tuple[str, int]:
    """What `despatch new` shows on a terminal where each line is typed once certain words are seen, and its exit code."""
    import pty

    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "despatch", "new", *given],
        cwd=folder,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment,
    ) as process:
        seen = ""
        for words, line in lines:
            new = _until(words, ours)
            seen += new
            if words not in new:
                process.kill()
                break
            os.write(ours, line.encode() + b"\r")
    os.close(ours)
    os.close(theirs)
    return seen, process.returncode


def _until(words: str, terminal: int) -> str:
    """What is shown until these words have come and the program waits, or nothing has come for long."""
    seen = b""
    while select.select([terminal], [], [], 0.5 if words.encode() in seen else 60)[0]:
        seen += os.read(terminal, 65536)
    return seen.decode(errors="replace")


def test_a_new_workspace_gives_a_brief_that_builds(tmp_path: Path) -> None:
    assert run("start", "office", cwd=tmp_path).returncode == 0
    office = tmp_path / "office"
    for words in (
        ("new", "Family hubs", "--proceeding", "westminster-hall-debate", "--date", "14 March 2023"),
        ("check",),
    ):
        done = run(*words, cwd=office)
        assert done.returncode == 0, done.stdout + done.stderr
    assert run("build", "commons-2023-03-14-family-hubs", "--to", "docx", cwd=office).returncode == 0
    assert (office / "out" / "commons-2023-03-14-family-hubs.docx").exists()
    assert run("start", ".", cwd=office).returncode == 2
