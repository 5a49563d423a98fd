"""Text that was made to take long: each rule reads it in a time that grows with its length, not with the square of it.

What grew with the square took minutes at this size. `run` stops after two, which is the only limit: no time is measured.
A page of opening brackets in a seed is left out, since there it is the Markdown reader that takes long, not a rule.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers import run, workspace
from tests.test_rules import BRIEF, DAY, SOURCES, prose

SIZE = 100_000
PIECES = [
    " 'a",
    "1,",
    "last year ",
    "](",
    "£1 million ",
    "Abcdefgh ",
    "_",
    "two ",
    "section 1, ",
    "‘a’",
    "(A ",
    "the the ",
    "{{AB}} is. ",
    "{a-",
]


@pytest.mark.parametrize("piece", [*PIECES, "[a]("])
def test_a_hostile_file_from_elsewhere_is_read_in_time(piece: str, tmp_path: Path) -> None:
    (tmp_path / "june.txt").write_text(f"Homes\n\n{piece * (SIZE // len(piece))}\n", encoding="utf-8")
    checked = run("check", "june.txt", cwd=tmp_path)
    assert (checked.returncode in (0, 1), "Traceback" in checked.stderr) == (True, False)


@pytest.mark.parametrize("piece", PIECES)
def test_a_hostile_seed_is_read_in_time(piece: str, tmp_path: Path) -> None:
    workspace(tmp_path, prose(f"Homes {piece * (SIZE // len(piece))}") + SOURCES, BRIEF.format(dates=DAY))
    checked = run("check", cwd=tmp_path)
    assert (checked.returncode in (0, 1), "Traceback" in checked.stderr) == (True, False)


def test_marks_around_marks_are_printed_however_many(tmp_path: Path) -> None:
    office = workspace(tmp_path, prose(f"{'_a ' * 1000}{'a_ ' * 1000}") + SOURCES, BRIEF.format(dates=DAY))
    built = run("build", "lords", "--to", "docx,md,html,txt", cwd=office.root)
    assert (built.returncode, built.stderr) == (0, "")
