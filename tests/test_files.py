"""Files that are not what they should be: each is one clear diagnostic, never a traceback and never a hang."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from despatch.faults import rules
from tests.helpers import ROOT, run
from tests.literate import fault
from tests.test_faults import SHOWN
from tests.test_styles import EXPLAINED as STYLES

SEED = """\
key_messages:
  - id: homes-wait
    text: |
      Children should not have to wait for a home.
"""
BRIEF = """\
title: Homes for children
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [homes-wait]
"""
BOMB = "key_messages:\n  - {id: first, text: Homes., topics: &a [homes]}\n" + "".join(
    f"  - {{id: more-{name}, text: Homes., topics: &{name} [{', '.join([f'*{before}'] * 9)}]}}\n"
    for before, name in pairwise("abcdefghij")
)
Make = Callable[[Path], object]


def office(folder: Path, seeds: bytes | str = SEED) -> Path:
    """A workspace with one seed file and one sound brief."""
    for name in ("seeds", "briefs"):
        (folder / name).mkdir(parents=True)
    written(folder / "seeds" / "homes.yaml", seeds)
    written(folder / "briefs" / "lords.yaml", BRIEF)
    return folder


def written(path: Path, text: bytes | str) -> None:
    """A file with exactly these bytes, or this text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def linked(path: Path, to: Path) -> None:
    """A link, where the machine has them."""
    path.parent.mkdir(exist_ok=True)
    try:
        path.symlink_to(to, target_is_directory=to.is_dir())
    except OSError:
        pytest.skip("this machine makes no links")


def pipe(path: Path) -> None:
    """A named pipe, which holds whoever opens it until something is written."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("this machine has no named pipes")
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def locked(path: Path) -> None:
    """A file or folder that may not be read."""
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("whoever runs this may read everything")


def style(root: Path) -> Path:
    """A house style called `office`, the same as `plain`."""
    return Path(shutil.copytree(ROOT / "templates" / "plain", root / "templates" / "office"))


def with_style(root: Path, old: str, new: str) -> None:
    """The style `office` with other words in its `style.yaml`."""
    path = style(root) / "style.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    written(path, text.replace(old, new, 1))


def as_folder(path: Path) -> Path:
    """A folder in a file's place."""
    path.unlink(missing_ok=True)
    path.mkdir()
    return path


def seed(root: Path) -> Path:
    return root / "seeds" / "homes.yaml"


EXPLAINED: dict[str, Make] = {
    "file-too-large": lambda root: written(seed(root), b"#" * 21_000_000),
    "forbidden-character": lambda root: written(
        seed(root), "passages:\n  - id: homes\n    text: |\n      Children should\x0bnot have to wait for a home.\n"
    ),
    "link-loops": lambda root: linked(root / "seeds" / "all", root / "seeds"),
    "missing-word-style": lambda root: with_style(root, "title: Title", "title: Briefing Title"),
    "not-utf-8": lambda root: written(seed(root), SEED.encode("utf-16")),
    "unreadable-file": lambda root: as_folder(seed(root)),
    "unreadable-template": lambda root: written(style(root) / "reference.docx", "Region,Children\n"),
}
"""How to make the faults that their explanations tell in words."""


@pytest.mark.parametrize("rule", EXPLAINED)
def test_fault_prints_what_its_explanation_says(rule: str, tmp_path: Path, accept: bool) -> None:
    root = office(tmp_path)
    EXPLAINED[rule](root)
    fault(rule).expect(checked(root), accept=accept)


def test_every_explanation_without_yaml_has_its_files_made_here() -> None:
    made_elsewhere = {"unnumbered-contents"}  # by test_made_well.py, as it wants a briefing of many pages
    assert {*EXPLAINED, *STYLES} | made_elsewhere == {*rules()} - {*SHOWN}


FAULTS: dict[str, tuple[Make, str]] = {
    "a pipe among the seeds": (lambda root: pipe(seed(root)), "seeds/homes.yaml:1:1 unreadable-file"),
    "a pipe among the briefs": (lambda root: pipe(root / "briefs/pipe.yaml"), "briefs/pipe.yaml:1:1 unreadable-file"),
    "a folder among the briefs": (
        lambda root: as_folder(root / "briefs/lords.yaml"),
        "briefs/lords.yaml:1:1 unreadable-file",
    ),
    "a file that may not be read": (lambda root: locked(seed(root)), "seeds/homes.yaml:1:1 unreadable-file"),
    "a folder that may not be read": (
        lambda root: locked(as_folder(root / "seeds/old")),
        "seeds/old:1:1 unreadable-file",
    ),
    "a link to itself": (
        lambda root: linked(root / "seeds/a.yaml", root / "seeds/a.yaml"),
        "seeds/a.yaml:1:1 unreadable-file",
    ),
    "a link to a file that is gone": (
        lambda root: linked(root / "seeds/a.yaml", root / "gone.yaml"),
        "seeds/a.yaml:1:1 unreadable-file",
    ),
    "a link to a folder that is gone": (
        lambda root: linked(root / "seeds/shared", root / "gone"),
        "seeds/shared:1:1 unreadable-file",
    ),
    "a link back to the folder above": (
        lambda root: linked(root / "seeds/old/all", root / "seeds"),
        "seeds/old/all:1:1 link-loops",
    ),
    "Windows's old letters": (
        lambda root: written(seed(root), SEED.replace("home.", "café.").encode("cp1252")),
        "seeds/homes.yaml:4:1 not-utf-8",
    ),
    "a NUL": (
        lambda root: written(seed(root), SEED.replace("not", "n\0t")),
        "seeds/homes.yaml:4:24 forbidden-character",
    ),
    "a control character written as an escape": (
        lambda root: written(seed(root), 'passages:\n  - id: homes\n    text: "Homes\\afor children"\n'),
        "seeds/homes.yaml:3:11 forbidden-character",
    ),
    "a line separator from a web page": (
        lambda root: written(seed(root), SEED.replace("not have", "not\u2028have")),
        "seeds/homes.yaml:4:26 forbidden-character",
    ),
    "a Word file with the wrong name": (
        lambda root: shutil.copy(ROOT / "templates/plain/reference.docx", seed(root)),
        "seeds/homes.yaml:1:1 not-utf-8",
    ),
    "two people's changes": (
        lambda root: written(
            seed(root), SEED.replace("    text", f"{'<' * 7} HEAD\n    text") + f"{'=' * 7}\n{'>' * 7} jo\n"
        ),
        "seeds/homes.yaml:3:1 yaml-syntax",
    ),
    "a hundred thousand brackets": (
        lambda root: written(seed(root), f"passages: {'[' * 100_000}"),
        "seeds/homes.yaml:1:50 too-deep",
    ),
    "a hundred thousand brackets, closed": (
        lambda root: written(seed(root), f"passages: {'[' * 100_000}{']' * 100_000}"),
        "seeds/homes.yaml:1:50 too-deep",
    ),
    "a hundred thousand braces": (
        lambda root: written(seed(root), f"passages: {'{a: ' * 100_000}"),
        "seeds/homes.yaml:1:167 too-deep",
    ),
    "three thousand dashes": (
        lambda root: written(seed(root), f"passages:\n  {'- ' * 3000}homes\n"),
        "seeds/homes.yaml:2:81 too-deep",
    ),
    "a brief with nothing in it": (
        lambda root: written(root / "briefs/empty.yaml", ""),
        "briefs/empty.yaml:1:1 empty-brief",
    ),
    "a brief with only a remark in it": (
        lambda root: written(root / "briefs/empty.yaml", "# To do.\n"),
        "briefs/empty.yaml:1:1 empty-brief",
    ),
    "a style without its Word file": (
        lambda root: (style(root) / "reference.docx").unlink(),
        "templates/office/reference.docx:1:1 unreadable-template",
    ),
    "a seed called .yml": (lambda root: written(root / "seeds/a.yml", SEED), "seeds/a.yml:1:1 misnamed-file"),
    "a seed called .YAML": (lambda root: written(root / "seeds/a.YAML", SEED), "seeds/a.YAML:1:1 misnamed-file"),
    "a seed called .yaml.txt": (
        lambda root: written(root / "seeds/a.yaml.txt", SEED),
        "seeds/a.yaml.txt:1:1 misnamed-file",
    ),
    "a brief called .yml": (lambda root: written(root / "briefs/a.yml", BRIEF), "briefs/a.yml:1:1 misnamed-file"),
}
"""What is wrong, and the place and the rule of the one fault that is found."""


@pytest.mark.parametrize("what", FAULTS)
def test_one_fault_is_found(what: str, tmp_path: Path) -> None:
    root = office(tmp_path)
    make, expected = FAULTS[what]
    make(root)
    assert found(checked(root)) == [expected]


def test_two_peoples_changes_are_said_to_clash_from_where_to_where(tmp_path: Path) -> None:
    root = office(tmp_path)
    FAULTS["two people's changes"][0](root)
    assert "Two people’s changes to this file clash here, down to line 7." in checked(root)


def test_a_style_with_nothing_in_it_lacks_every_field(tmp_path: Path) -> None:
    root = office(tmp_path)
    written(style(root) / "style.yaml", "")
    assert found(checked(root)) == ["templates/office/style.yaml:1:1 missing-field"] * 3


def test_aliases_are_reported_and_never_followed(tmp_path: Path) -> None:
    """Followed, this file of eleven lines would be a list of 387,420,489 topics."""
    faults = found(checked(office(tmp_path, BOMB)))
    assert faults
    assert {each.split()[1] for each in faults} == {"yaml-alias"}


@pytest.mark.parametrize("what", ["a pipe among the seeds", "a brief with nothing in it"])
def test_a_build_says_what_is_wrong_and_writes_nothing(what: str, tmp_path: Path) -> None:
    root = office(tmp_path)
    FAULTS[what][0](root)
    brief = "empty" if (root / "briefs" / "empty.yaml").exists() else "lords"
    built = run("build", brief, cwd=root)
    assert (built.returncode, built.stdout, (root / "out").exists()) == (1, "", False)
    assert FAULTS[what][1].split()[1] in built.stderr


def test_a_printed_line_holds_no_character_that_a_terminal_would_obey(tmp_path: Path) -> None:
    printed = checked(office(tmp_path, SEED.replace("not", "\a\b\x1bcnot")))
    assert "forbidden-character" in printed
    assert not set(printed) & set("\a\b\x1b")


SOUND: dict[str, bytes] = {
    "lines ending as on Windows": SEED.replace("\n", "\r\n").encode(),
    "a byte order mark": b"\xef\xbb\xbf" + SEED.encode(),
    "both": b"\xef\xbb\xbf" + SEED.replace("\n", "\r\n").encode(),
    "no line end at the end": SEED.rstrip("\n").encode(),
}
"""The same seeds, as other editors save them."""


@pytest.mark.parametrize("how", SOUND)
def test_other_editors_make_no_difference(how: str, tmp_path: Path) -> None:
    texts = []
    for name, data in (("ours", SEED.encode()), ("theirs", SOUND[how])):
        root = office(tmp_path / name, data)
        assert checked(root) == ""
        assert run("build", "lords", "--to", "md", cwd=root).returncode == 0
        texts.append((root / "out" / "lords.md").read_bytes())
    assert texts[0] == texts[1]


@pytest.mark.parametrize("how", SOUND)
def test_places_are_the_same_whatever_the_editor(how: str, tmp_path: Path) -> None:
    """A fault's line and column are those that the editor shows."""
    root = office(tmp_path, SOUND[how].replace(b"text:", b"txet:"))
    assert "seeds/homes.yaml:3:5 unknown-field" in found(checked(root))


def test_files_of_editors_are_passed_over(tmp_path: Path) -> None:
    root = office(tmp_path)
    for name in (".homes.yaml.swp", "~homes.yaml", ".#homes.yaml", ".git/config.yaml", "notes.txt", "homes.docx"):
        written(root / "seeds" / name, b"\xff not a seed")
    assert checked(root) == ""


def test_files_may_have_any_name(tmp_path: Path) -> None:
    root = office(tmp_path)
    written(root / "seeds" / "a b" / "Für Kinder – neu.yaml", SEED.replace("homes-wait", "another"))
    assert found(checked(root)) == []


def checked(root: Path) -> str:
    """What `despatch check` prints, after making sure that it ended as it should."""
    checked = run("check", cwd=root)
    assert "Traceback" not in checked.stderr
    assert checked.returncode == (1 if found(checked.stdout) else 0)
    return checked.stdout.strip("\n")


def found(printed: str) -> list[str]:
    """Place and rule of each fault that was printed."""
    heads = re.finditer(r"^(?P<place>\S+:\d+:\d+) (?:error|warning) \[(?P<rule>[\w-]+)\]", printed, re.MULTILINE)
    return [f"{head['place']} {head['rule']}" for head in heads]


@pytest.mark.parametrize(
    "fault", ["kynd: bill, title: The Bill", "kind: bill, title: ''", "kind: bill, title: B, url: a b"]
)
def test_a_fault_in_a_source_is_told_though_a_proposal_is_from_it(tmp_path: Path, fault: str) -> None:
    """The briefing was once laid out all the same, without its source."""
    root = office(tmp_path)
    view = "view: {stance: support, lead: We support it.}"
    position = f"  - {{id: am, heading: Siblings, proposal: {{from: bill, lead: It would.}}, {view}}}"
    written(root / "seeds" / "bill.yaml", f"positions:\n{position}\nsources:\n  - {{id: bill, {fault}}}\n")
    written(root / "briefs" / "lords.yaml", f"{BRIEF.partition('sections')[0]}sections:\n  - positions: [am]\n")
    assert [each.split(":")[0] for each in found(checked(root))] != []
