"""`despatch check` as an officer types it: files from elsewhere, what is mended, what is counted, and what is returned."""

from __future__ import annotations

import json
import os
import re
from contextlib import chdir
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner, Result

from despatch.cli import app
from tests.helpers import run, workspace
from tests.test_golden import built
from tests.test_rules import BRIEF, DAY, SOURCES, prose

LORDS = "lords-2022-12-08-childrens-social-care"
STYLED = BRIEF.format(dates=f"{DAY}\nstyle: lga")
WRONG = "We recieve the the money for homes."
RIGHT = "We receive the money for homes."
SPARE = "  - id: spare\n    text: |\n      Nobody prints this.\n"


def sent(folder: Path, text: str, name: str = "june.md") -> str:
    """A file from elsewhere, made as its name says, with a heading and a paragraph."""
    path, suffix = folder / name, Path(name).suffix.lower()
    if suffix == ".docx":
        document = docx.Document()
        document.add_heading("Homes for children", 1)
        document.add_paragraph(text)
        document.save(str(path))
    elif suffix in (".html", ".htm"):
        path.write_text(f"<html><body><h1>Homes for children</h1><p>{text}</p></body></html>", encoding="utf-8")
    else:
        mark = "# " if suffix == ".md" else ""
        path.write_text(f"{mark}Homes for children\n\n{text}\n", encoding="utf-8")
    return name


def office(folder: Path, text: str = "Homes come first.", more: str = "", brief: str = STYLED) -> Path:
    """A workspace with one brief, which prints one passage."""
    return workspace(folder, prose(text) + more + SOURCES, brief).root


def rules(printed: str) -> list[str]:
    """The rules that a check names, in order."""
    return re.findall(r"^\S+ (?:error|warning|advice) \[([\w-]+)\]", printed, re.MULTILINE)


def check(folder: Path, *arguments: str) -> Result:
    """What `despatch check …` prints and returns in a folder."""
    with chdir(folder):
        result = CliRunner().invoke(app, ["check", *arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


# Files from elsewhere.


@pytest.mark.parametrize("within", [False, True])
@pytest.mark.parametrize(
    "name", ["june.docx", "june.md", "june.html", "june.htm", "june.txt", "JUNE.DOCX", "June 8th.txt"]
)
def test_a_file_of_each_kind_is_read_with_a_workspace_or_without(name: str, within: bool, tmp_path: Path) -> None:
    """A workspace's own faults are not told of, and its words are known."""
    if within:
        office(tmp_path, "The the money.", "words: [recieve]\n")
    done = check(tmp_path, sent(tmp_path, WRONG, name))
    assert (rules(done.stdout.replace("June 8th", "June")), done.exit_code) == (
        ["doubled-word"] if within else ["misspelling", "doubled-word"],
        1,
    )
    assert done.stdout.startswith(f"{name}:")
    done = check(tmp_path, sent(tmp_path, RIGHT, name))
    assert (done.stdout, done.stderr, done.exit_code) == ("", "No faults found.\n", 0)


def test_several_files_are_read_at_once_wherever_they_are(tmp_path: Path) -> None:
    (tmp_path / "sent").mkdir()
    named = [sent(tmp_path / "sent", WRONG), sent(tmp_path / "sent", WRONG, "june.txt")]
    office(tmp_path / "office")
    done = check(tmp_path / "office", *(f"../sent/{each}" for each in named))
    assert rules(done.stdout) == ["misspelling", "doubled-word"] * 2
    assert "june.md:3:4 warning" in done.stdout
    assert "june.txt:3:4 warning" in done.stdout


@pytest.mark.parametrize("within", [False, True])
@pytest.mark.parametrize(("style", "expected"), [("plain", []), ("lga", ["house-form"])])
def test_a_file_is_held_to_the_style_that_is_named(
    style: str, expected: list[str], within: bool, tmp_path: Path
) -> None:
    if within:
        office(tmp_path)
    done = check(tmp_path, sent(tmp_path, "We ask for a white paper."), "--style", style)
    assert (rules(done.stdout), done.exit_code) == (expected, bool(expected))
    usual = check(tmp_path, "june.md")
    assert (rules(usual.stdout), usual.exit_code) == ([], 0)


def test_what_is_left_out_of_a_file_is_said_aside(tmp_path: Path) -> None:
    page = (
        "<html><body><nav><a href='/'>Start</a></nav><main><h1>Homes</h1><p>Homes come first.</p></main></body></html>"
    )
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    done = check(tmp_path, "page.html")
    assert (done.stdout, done.exit_code) == ("", 0)
    assert done.stderr.startswith("page.html: left out ")


def test_a_file_is_reported_for_programs_too(tmp_path: Path) -> None:
    done = check(tmp_path, sent(tmp_path, WRONG), "--format", "json")
    found = [(each["file"], each["line"], each["rule"]) for each in json.loads(done.stdout)["diagnostics"]]
    assert found == [("june.md", 3, "misspelling"), ("june.md", 3, "doubled-word")]


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.txt", b""), ("broken.docx", b"no zip"), ("cut.docx", b"PK\x03\x04")],
)
def test_a_file_that_cannot_be_read_is_one_fault(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    done = check(tmp_path, name)
    assert (rules(done.stdout), done.exit_code) == (["unreadable-file"], 1)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("suffix", ["docx", "html", "md"])
def test_a_briefing_of_ours_is_found_sound_where_it_was_sent(suffix: str, tmp_path: Path) -> None:
    """What is found is true: one proposal has no chapter, for a reason that only the library gives."""
    (tmp_path / f"{LORDS}.{suffix}").write_bytes(built(LORDS)[1][suffix])
    done = check(tmp_path, f"{LORDS}.{suffix}", "--style", "lga")
    assert rules(done.stdout) == ["uneven-chapters"]
    assert "1 fault found." in done.stderr


# Misuse.


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.md"], "There is no file none.md."),
        (["june.md", "--fix"], "a file from elsewhere is only read"),
        (["june.md", "--lengths"], "a file from elsewhere is only read"),
        (["june.md", "lords"], "one after the other"),
        (["june.md", "--style", "plian"], "Did you mean `plain`?"),
        (["june.md", "--format", "xml"], "There is no format `xml`"),
        (["lrods"], "Did you mean `lords`?"),
        (["lrods", "--fix"], "Did you mean `lords`?"),
        (["lrods", "--lengths"], "Did you mean `lords`?"),
        (["--lenghts"], "No such option"),
    ],
)
def test_misuse_is_told_from_faults_and_changes_nothing(arguments: list[str], said: str, tmp_path: Path) -> None:
    sent(office(tmp_path), WRONG)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*")}
    done = check(tmp_path, *arguments)
    assert done.exit_code == 2
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.*")} == before


@pytest.mark.parametrize("arguments", [[], ["lords"], ["--fix"], ["--lengths"], ["--watch"]])
def test_without_a_workspace_only_files_are_checked(arguments: list[str], tmp_path: Path) -> None:
    done = check(tmp_path, *arguments)
    assert (done.stdout, done.exit_code) == ("", 2)
    assert "This is not a Despatch workspace" in done.stderr


# How grave it is.


def test_advice_alone_is_no_failure(tmp_path: Path) -> None:
    done = check(office(tmp_path, more=SPARE))
    assert (rules(done.stdout), done.stderr, done.exit_code) == (["unused-block"], "No faults found. Advice: 1.\n", 0)


def test_a_fault_beside_advice_is_a_failure(tmp_path: Path) -> None:
    done = check(office(tmp_path, "Homes come come first.", SPARE))
    assert rules(done.stdout) == ["doubled-word", "unused-block"]
    assert (done.stderr, done.exit_code) == ("1 fault found. Advice: 1.\n", 1)


# Mending.


def test_what_is_certain_is_mended_shown_and_not_mended_again(tmp_path: Path) -> None:
    root = office(tmp_path, "The child's home has two  rooms in a white paper.")
    before = check(root)
    assert (before.exit_code, "`despatch check --fix` would mend 3." in before.stderr) == (1, True)
    done = check(root, "--fix")
    assert done.stdout.splitlines() == [
        "seeds/homes.yaml:4:16  “'” → “’”  [straight-apostrophe]",
        "seeds/homes.yaml:4:30  “o  r” → “o r”  [doubled-space]",
        "seeds/homes.yaml:4:44  “white paper” → “White Paper”  [house-form]",
    ]
    assert (done.stderr, done.exit_code) == ("No faults found.\n", 0)
    assert "The child’s home has two rooms in a White Paper.\n" in (root / "seeds/homes.yaml").read_text(
        encoding="utf-8"
    )
    again = check(root, "--fix")
    assert (again.stdout, again.exit_code) == ("", 0)


def test_what_is_left_to_the_officer_is_still_a_failure_and_reported_at_its_new_place(tmp_path: Path) -> None:
    root = office(tmp_path, "The child's homes are few, and they they wait.\nWe recieve none.")
    done = check(root, "--fix")
    shown, _, reported = done.stdout.partition("seeds/homes.yaml:5:")
    assert [line.rpartition("  ")[2] for line in shown.splitlines()] == ["[straight-apostrophe]", "[doubled-word]"]
    assert reported.startswith("10 warning [misspelling]")
    assert done.exit_code == 1


def test_only_what_a_named_brief_is_found_by_is_mended(tmp_path: Path) -> None:
    """The library is checked whichever brief is named; another brief's own words wait for their turn."""
    root = office(tmp_path)
    other = STYLED.replace("title: Homes", "title: The child's homes")
    (root / "briefs" / "other.yaml").write_text(other, encoding="utf-8")
    assert check(root, "lords", "--fix").stdout == ""
    done = check(root, "other", "--fix")
    assert done.stdout == "briefs/other.yaml:1:17  “'” → “’”  [straight-apostrophe]\n"


def test_a_file_with_an_error_does_not_keep_others_from_being_mended(tmp_path: Path) -> None:
    root = office(tmp_path, "The child's home.")
    broken = "passages:\n  - id: [\n"
    (root / "seeds" / "broken.yaml").write_text(broken, encoding="utf-8")
    done = check(root, "--fix")
    assert "“'” → “’”" in done.stdout
    assert done.exit_code == 1
    assert (root / "seeds" / "broken.yaml").read_text(encoding="utf-8") == broken


# Lengths.


def test_lengths_are_shown_for_each_brief_or_for_those_named(tmp_path: Path) -> None:
    root = office(tmp_path)
    (root / "briefs" / "other.yaml").write_text(STYLED, encoding="utf-8")
    rows = check(root, "--lengths").stdout.splitlines()
    assert [each for each in rows if each and "\t" not in each] == ["lords", "other"]
    done = check(root, "other", "--lengths")
    assert [each for each in done.stdout.splitlines() if each and "\t" not in each] == ["other"]
    assert re.search(r"^Total\t\d+\t[\d.]+\t100%$", done.stdout, re.MULTILINE)
    assert (done.stderr, done.exit_code) == ("No faults found.\n", 0)


def test_faults_are_reported_under_the_lengths(tmp_path: Path) -> None:
    done = check(office(tmp_path, "Homes come come first."), "--lengths")
    assert done.stdout.index("Total\t") < done.stdout.index("[doubled-word]")
    assert done.exit_code == 1


def test_a_brief_that_cannot_be_laid_out_has_no_length(tmp_path: Path) -> None:
    done = check(office(tmp_path, brief=STYLED.replace("[homes]", "[hoems]")), "--lengths")
    assert (done.stdout, done.exit_code) == ("", 1)
    assert "Did you mean `homes`?" in done.stderr


# Without a dictionary.


@pytest.mark.parametrize(
    "arguments", [["check", "june.md"], ["check"], ["check", "--fix"], ["check", "--format", "json"]]
)
def test_without_the_spelling_library_all_else_is_checked_and_it_is_said_once(
    arguments: list[str], tmp_path: Path
) -> None:
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / "enchant.py").write_text("raise ImportError('no library')\n", encoding="utf-8")
    path = os.pathsep.join(filter(None, [str(tmp_path / "without"), os.environ.get("PYTHONPATH")]))
    root = office(tmp_path / "office", "We recieve none, and they they wait.")
    sent(root, "We recieve none, and they had had had had enough of the the wait.")
    done = run(*arguments, cwd=root, PYTHONPATH=path)
    assert "misspelling" not in done.stdout
    assert "doubled-word" in done.stdout
    assert done.stderr.count("Spelling was not checked") == 1
    assert "Traceback" not in done.stderr
