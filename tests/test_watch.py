"""Checking again on save: which saves count, and the command as an officer leaves it running."""

from __future__ import annotations

import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from _thread import interrupt_main
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from despatch.watching import saves
from despatch.workspace import Workspace
from tests.helpers import ROOT, workspace

SOUND = "topics:\n  - {id: care, label: Care}\n"
FAULTY = "topics:\n  - {id: care, lable: Care}\n"
PATIENCE = 60
"""Seconds after which a test gives up: a busy machine may be slow, and no test should be about that."""


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    made = workspace(tmp_path / "office", SOUND)
    (made.templates / "own").mkdir(parents=True)
    return made


@contextmanager
def watching(*folders: Path, files: tuple[Path, ...] = ()) -> Iterator[Callable[[], set[str]]]:
    """Gives what waits for the names of the files that are saved next."""
    found = saves(folders, files)
    late = threading.Timer(PATIENCE, interrupt_main)
    late.start()
    try:
        assert next(found) == set()
        yield lambda: {each.name for each in next(found)}
    finally:
        late.cancel()


def replaced(path: Path, text: str) -> None:
    """Save as most editors do: under another name, which then takes the place of the file."""
    other = path.with_name(f".{path.name}.swp")
    other.write_text(text, encoding="utf-8")
    other.replace(path)


def test_each_way_of_saving_counts(office: Workspace) -> None:
    path = office.seeds / "homes.yaml"
    with watching(office.seeds) as saved:
        path.write_text(FAULTY, encoding="utf-8")
        assert saved() == {"homes.yaml"}
        replaced(path, SOUND)
        assert saved() == {"homes.yaml"}
        (office.seeds / "deeper").mkdir()
        path.rename(office.seeds / "other.yaml")
        assert "other.yaml" in saved()
        (office.seeds / "other.yaml").unlink()
        assert saved() == {"other.yaml"}


@pytest.mark.parametrize("name", ["style.yaml", "reference.docx", "page.md.j2", "page.css"])
def test_what_a_check_reads_counts_in_a_folder_made_since(office: Workspace, name: str) -> None:
    with watching(office.templates) as saved:
        (office.templates / "new").mkdir()
        (office.templates / "own" / name).write_bytes(b"1")
        assert saved() == {name}


@pytest.mark.parametrize(
    "name", ["~$reference.docx", ".homes.yaml.swp", ".#homes.yaml", "4913", "homes.yaml~", "a.txt"]
)
def test_what_editors_leave_behind_does_not_count(office: Workspace, name: str) -> None:
    with watching(office.seeds) as saved:
        (office.seeds / name).write_bytes(b"1")
        (office.seeds / "last.yaml").write_bytes(b"")
        assert saved() == {"last.yaml"}


def test_of_files_from_elsewhere_only_these_count(tmp_path: Path) -> None:
    file = tmp_path / "last-month.md"
    file.write_text("# Homes\n", encoding="utf-8")
    (tmp_path / "deeper").mkdir()
    with watching(files=(file,)) as saved:
        (tmp_path / "other.md").write_text("# Homes\n", encoding="utf-8")
        (tmp_path / "deeper" / "last-month.md").write_text("# Homes\n", encoding="utf-8")
        replaced(file, "# Homes for all\n")
        assert saved() == {"last-month.md"}


def test_a_folder_that_is_not_there_is_passed_over(office: Workspace) -> None:
    shutil.rmtree(office.templates)
    with watching(office.templates, office.seeds) as saved:
        (office.root / "notes.yaml").write_bytes(b"")
        (office.seeds / "last.yaml").write_bytes(b"")
        assert saved() == {"last.yaml"}


def test_a_folder_that_is_a_link_counts(office: Workspace, tmp_path: Path) -> None:
    link = tmp_path / "linked"
    link.symlink_to(office.seeds, target_is_directory=True)
    with watching(link) as saved:
        (link / "homes.yaml").write_text(FAULTY, encoding="utf-8")
        assert saved() == {"homes.yaml"}


# The command.


@contextmanager
def running(office: Workspace, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], Callable[[str], str]]]:
    """`despatch check --watch`, and what waits until it has said something."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "despatch", "check", "--watch", *arguments]
    process = subprocess.Popen(
        command, cwd=office.root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    )
    said: queue.Queue[str] = queue.Queue()
    listener = threading.Thread(target=_pass_on, args=(process.stdout, said))
    listener.start()

    def until(words: str) -> str:
        heard = ""
        while words not in heard:
            heard += said.get(timeout=PATIENCE)
        return heard

    try:
        yield process, until
    finally:
        process.kill()
        process.wait(PATIENCE)
        listener.join(PATIENCE)


def _pass_on(lines: IO[str], said: queue.Queue[str]) -> None:
    with lines:
        for line in lines:
            said.put(line)


def stopped(process: subprocess.Popen[str]) -> None:
    """Press Ctrl-C, though not in the instant in which the report is printed."""
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is no signal that can be sent on Windows")
@pytest.mark.parametrize(("text", "code"), [(SOUND, 0), (FAULTY, 1)])
def test_a_save_is_checked_and_ctrl_c_ends_with_the_last_exit_code(office: Workspace, text: str, code: int) -> None:
    path = office.seeds / "homes.yaml"
    with running(office) as (process, until):
        assert "unknown-field" not in until("No faults found.")
        replaced(path, FAULTY)
        assert "seeds/homes.yaml:2:16 error [unknown-field]" in until("1 fault found.")
        replaced(path, text + "# saved again\n")
        heard = until("found.")
        stopped(process)
        assert process.wait(PATIENCE) == code
        assert "Traceback" not in heard
        assert "Aborted" not in heard


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is no signal that can be sent on Windows")
def test_a_file_from_elsewhere_is_checked_on_save(office: Workspace) -> None:
    path = office.root / "last-month.md"
    path.write_text("# Homes\n\nHomes come first.\n", encoding="utf-8")
    with running(office, "last-month.md") as (process, until):
        until("found.")
        path.write_text("# Homes\n\nHomes come come first.\n", encoding="utf-8")
        assert "last-month.md:3:" in until("found.")
        stopped(process)
        assert process.wait(PATIENCE) == 1
