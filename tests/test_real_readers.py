"""Files that other programs made: LibreOffice and pandoc convert a briefing, and it is read as it was."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from despatch.readers import finished
from tests.test_readers import structure
from tests.test_real_word import convert, needs_office, needs_pandoc, saved

BRIEF = "case-for-change-digest"
TEXT = """# Homes

Every child needs a home that lasts.

## Costs

Money goes on:

- homes;
    - for a night
    - for good
- people.

1. First
2. Second

## Our view

> Said so.

| A | B |
|---|---|
| 1 | 2 |
"""
READ = [
    ("", 0, "Homes"), ("", 0, "Every child needs a home that lasts."), ("heading", 1, "Costs"), ("", 0, "Money goes on:"),
    ("", 1, "homes;"), ("", 2, "for a night"), ("", 2, "for good"), ("", 1, "people."), ("", 1, "First"), ("", 1, "Second"),
    ("heading", 1, "Our view"), ("", 0, "Said so."), ("", 0, "A"), ("", 0, "B"), ("", 0, "1"), ("", 0, "2"),
]  # fmt: skip


def made(tmp_path: Path, kind: str) -> Path:
    """The text as pandoc converts it."""
    path = tmp_path / f"sent.{kind}"
    (tmp_path / "text.md").write_text(TEXT, encoding="utf-8")
    command = [
        "pandoc",
        "-f",
        "markdown",
        "-s",
        "--metadata",
        "pagetitle=x",
        "-o",
        str(path),
        str(tmp_path / "text.md"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return path


def read(path: Path) -> list[tuple[str, int, str]]:
    """The lines of a file with the levels of headings and the depths of bullets."""
    proof, _, faults = finished(path)
    assert proof is not None, faults
    return structure(proof.document)


@needs_pandoc
@pytest.mark.parametrize("kind", ["docx", "html"])
def test_pandocs_files_are_read(tmp_path: Path, kind: str) -> None:
    assert read(made(tmp_path, kind)) == READ


@needs_office
@needs_pandoc
@pytest.mark.parametrize("to", ["docx:Office Open XML Text", "html"])
def test_libreoffices_files_are_read(tmp_path: Path, to: str) -> None:
    assert read(convert(made(tmp_path, "docx"), to, tmp_path)) == READ


@needs_office
def test_a_briefing_that_libreoffice_saved_is_read_as_it_was(tmp_path: Path) -> None:
    before = saved(BRIEF, tmp_path)
    after = convert(before, "docx:Office Open XML Text", tmp_path)
    assert read(after) == read(before)


def test_the_programs_are_there_or_it_is_said() -> None:
    missing = [name for name in ("pandoc", "soffice") if not shutil.which(name)]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
