"""The command as an officer types it: what it prints, what it writes, and what it returns."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from despatch.cli import COMMANDS, app
from tests.helpers import ROOT, commands, run, workspace

LORDS = "lords-2022-12-08-childrens-social-care"
SEEDS = """
key_messages:
  - id: homes-first
    topics: [homes]
    text: |
      Homes come first.
  - id: kin-first
    topics: [kinship]
    text: |
      Kin come first.
    note: Never say that SECRET.
  - id: old-line
    status: withdrawn
    text: |
      The WITHDRAWN line.
  - id: draft-line
    status: draft
    text: |
      The DRAFTED line.
topics:
  - id: homes
    label: Homes
  - id: kinship
    label: Kinship care
"""
BRIEF = """
title: Homes for children
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [homes-first, kin-first, old-line, draft-line]
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return workspace(tmp_path, SEEDS, BRIEF).root


def all_text(docx: Path) -> str:
    with zipfile.ZipFile(docx) as package:
        return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def test_build_writes_three_formats_and_says_where(office: Path) -> None:
    done = run("build", "lords", cwd=office)
    assert done.returncode == 0
    assert done.stdout == "Built out/lords.docx\nBuilt out/lords.md\nBuilt out/lords.html\n"
    assert done.stderr == ""
    assert sorted(path.name for path in (office / "out").iterdir()) == ["lords.docx", "lords.html", "lords.md"]


def test_workspace_is_found_from_a_folder_inside_it(office: Path) -> None:
    done = run("build", "lords.yaml", "--to", "md", cwd=office / "briefs")
    assert done.returncode == 0
    assert (office / "out" / "lords.md").is_file()


def test_what_is_left_out_is_nowhere_in_the_files(office: Path) -> None:
    run("build", "lords", "--topic", "homes", cwd=office)
    for path in (office / "out").iterdir():
        text = all_text(path) if path.suffix == ".docx" else path.read_text(encoding="utf-8")
        assert "Homes come first" in text
        for withheld in ("Kin come", "SECRET", "WITHDRAWN", "DRAFTED", "old-line", "kin-first", str(office)):
            assert withheld not in text, (path.name, withheld)


def test_draft_prints_drafts_and_marks_every_page(office: Path) -> None:
    run("build", "lords", "--draft", cwd=office)
    text = all_text(office / "out" / "lords--draft.docx")
    assert "The DRAFTED line." in text
    with zipfile.ZipFile(office / "out" / "lords--draft.docx") as package:
        marked = [name for name in package.namelist() if re.search(r"word/(header|footer)", name)]
        assert any("Draft" in package.read(name).decode() for name in marked)


def test_files_are_named_for_their_flags(office: Path) -> None:
    run("build", "lords", "--topic", "kinship,homes", "--length", "standard", "--to", "md", cwd=office)
    assert [path.name for path in (office / "out").iterdir()] == ["lords--homes+kinship--standard.md"]


def test_misspelt_topic_is_misuse_with_a_suggestion(office: Path) -> None:
    done = run("build", "lords", "--topic", "hoems", cwd=office)
    assert done.returncode == 2
    assert "Did you mean `homes`?" in done.stderr
    assert not (office / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "lrods"], "Did you mean `lords`?"),
        (["build", "lords", "--to", "pdx"], "There is no format `pdx`"),
        (["build", "lords", "--to", ","], "--to names no format"),
        (["build", "lords", "--length", "tiny"], "The lengths are full, standard, short"),
        (["build", "lords", "--style", "plian"], "Did you mean `plain`?"),
        (["build", "lords", "--out", "one.docx"], "--out names one file"),
        (["why", "lords", "homes-frist"], "Did you mean `homes-first`?"),
        (["uses", "homse"], "Did you mean `homes`?"),
        (["build", "lords", "--pages", "1.5"], "`1.5` is not a number to keep to. Write 1, 2, 3"),
        (["build", "lords", "--max-words", "0"], "`0` is not a number to keep to. Write 1, 2, 3"),
        (["list", "fatcs"], "Did you mean `facts`?"),
        (["list", "facts", "--stale", "--on", "32 March"], "is not a day. Write it as 8 December 2022 or 2022-12-08"),
        (["explain", "unknown-topci"], "Did you mean `unknown-topic` or"),
        (["check", "--format", "xml"], "There is no format `xml`"),
        (["schema"], "Say which schema"),
        (["new", "Homes", "--house", "lords", "--proceeding", "take-note", "--date", "2023-01-01"], "take-note-debate"),
        (
            ["new", "Homes", "--house", "lords", "--proceeding", "adjournment-debate", "--date", "2023-01-01"],
            "no adjournment",
        ),
        (["new", "Homes", "--house", "lords", "--proceeding", "general-debate", "--date", "32 March"], "is not a day"),
    ],
)
def test_misuse_says_what_to_do_and_writes_nothing(office: Path, arguments: list[str], said: str) -> None:
    before = sorted(office.rglob("*"))
    done = run(*arguments, cwd=office)
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(office.rglob("*")) == before


def test_outside_a_workspace(tmp_path: Path) -> None:
    done = run("build", "lords", cwd=tmp_path)
    assert done.returncode == 2
    assert "not a Despatch workspace" in done.stderr


def test_facts_are_listed_by_a_day_as_it_is_said(office: Path) -> None:
    facts = """
sources: [{id: count, kind: dataset, title: A count}]
facts: [{id: in-care, value: "82,170", what: children in care, source: count, next: 2022-11}]
"""
    (office / "seeds" / "facts.yaml").write_text(facts, encoding="utf-8")
    for said, number in (("8 December 2022", 2), ("2022-12-08", 2), ("30 November 2022", 1)):
        done = run("list", "facts", "--stale", "--on", said, cwd=office)
        assert (done.returncode, len(done.stdout.splitlines())) == (0, number), said


def test_one_brief_that_prints_nothing_hides_no_other_from_the_list_of_wordings(office: Path) -> None:
    worded = "key_messages: [{id: worded, text: A long message., variants: {short: Short.}}]"
    (office / "seeds" / "worded.yaml").write_text(worded, encoding="utf-8")
    brief = office / "briefs" / "lords.yaml"
    (office / "briefs" / "empty.yaml").write_text(BRIEF.replace("homes-first, kin-first, ", ""), encoding="utf-8")
    brief.write_text(BRIEF.replace("homes-first,", "homes-first, worded,"), encoding="utf-8")
    done = run("list", "--variants", cwd=office)
    assert done.stdout.splitlines()[1:] == ["worded\tshort\tlords\tits own wording"]
    assert "briefs/empty.yaml:1:1 error [nothing-left]" in done.stderr
    assert done.returncode == 1


def test_nothing_left_is_an_error(office: Path) -> None:
    done = run("build", "lords", "--without", "homes,kinship", cwd=office)
    assert done.returncode == 1
    assert "nothing is left to print" in done.stderr
    assert not (office / "out").exists()


def test_why_gives_the_deciding_rule(office: Path) -> None:
    done = run("why", "lords", "--topic", "homes", cwd=office)
    assert done.stdout.splitlines() == [
        "in  homes-first: it carries the topic `homes`.",
        "out kin-first: it carries none of the topics asked for (`homes`).",
        "out old-line: it is withdrawn.",
        "out draft-line: it is a draft, which prints only with --draft.",
    ]


def test_why_agrees_with_the_pages_of_the_example(example: Path, tmp_path: Path) -> None:
    flags = ["--topic", "homes", "--without", "asylum"]
    run("build", LORDS, *flags, "--to", "docx", "--out", str(tmp_path), cwd=example)
    said = run("why", LORDS, *flags, cwd=example).stdout.splitlines()
    text = all_text(next(tmp_path.iterdir()))
    blocks = [re.match(r"(in |out) (\S+):", line) for line in said if not line[4:].startswith(" ")]
    for match in filter(None, blocks):
        if match[2] != "public-affairs":
            assert (f'"{match[2]}"' in text or f"&quot;{match[2]}&quot;" in text) == (match[1] == "in "), match[0]


def test_check_is_clean_on_the_example(example: Path) -> None:
    done = run("check", cwd=example)
    assert (done.returncode, done.stdout) == (0, "")
    assert "No faults found." in done.stderr


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_check_reports_in_every_format(office: Path, form: str) -> None:
    (office / "seeds" / "more.yaml").write_text("topics:\n  - id: care\n    lable: Care\n", encoding="utf-8")
    done = run("check", "--format", form, cwd=office)
    assert done.returncode == 1
    assert "unknown-field" in done.stdout
    if form in ("json", "sarif"):
        assert json.loads(done.stdout)
    if form == "json":
        wanted = {"file": "seeds/more.yaml", "line": 3, "column": 5, "severity": "error"}
        assert any(wanted.items() <= each.items() for each in json.loads(done.stdout)["diagnostics"])


def test_output_in_a_pipe_has_no_colours(office: Path) -> None:
    for arguments in (["build", "lords"], ["why", "lords"], ["list"], ["find", "homes"], ["--help"]):
        assert "\x1b" not in run(*arguments, cwd=office).stdout


def test_new_brief_builds(office: Path) -> None:
    done = run(
        "new",
        "Kinship care",
        "--house",
        "commons",
        "--proceeding",
        "westminster-hall-debate",
        "--date",
        "2023-03-14",
        cwd=office,
    )
    assert done.returncode == 0
    assert run("build", "commons-2023-03-14-kinship-care", cwd=office).returncode == 0
    again = run(
        "new",
        "Kinship care",
        "--house",
        "commons",
        "--proceeding",
        "westminster-hall-debate",
        "--date",
        "2023-03-14",
        cwd=office,
    )
    assert again.returncode == 2
    assert "is there already" in again.stderr


def test_every_command_teaches_with_an_example() -> None:
    for name, command in commands():
        assert f"despatch {name}" in command.help


def test_every_command_is_listed_with_the_sentence_its_help_begins_with() -> None:
    files = {path.stem for path in (ROOT / "src" / "despatch" / "cli").glob("[!_]*.py")}
    assert COMMANDS.keys() == files
    for name, said in COMMANDS.items():
        told = CliRunner().invoke(app, [name, "--help"]).output.split("\n\n")[1]
        assert " ".join(told.split()) == said


def test_templates_folder_may_be_empty(office: Path) -> None:
    (office / "templates").mkdir()
    assert run("build", "lords", "--style", "lga", cwd=office).returncode == 0


def test_a_workspaces_own_style_comes_first(office: Path, example: Path) -> None:
    shutil.copytree(example / "templates" / "lga", office / "templates" / "lga")
    style = office / "templates" / "lga" / "style.yaml"
    style.write_text(style.read_text(encoding="utf-8").replace("Key messages", "In short"), encoding="utf-8")
    run("build", "lords", "--style", "lga", "--to", "md", cwd=office)
    assert "## In short" in (office / "out" / "lords--lga.md").read_text(encoding="utf-8")


def test_readme_shows_the_commands_there_are(example: Path) -> None:
    readme = (example / "README.md").read_text(encoding="utf-8")
    for name, _ in commands():
        assert f"despatch {name}" in readme
