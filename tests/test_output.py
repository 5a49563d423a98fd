"""Outputs appear whole or not at all, repeat byte for byte, and never leave their folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from despatch.output import STRAY, write_files
from tests.helpers import run, workspace
from tests.test_cli import BRIEF, SEEDS


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return workspace(tmp_path / "office", SEEDS, BRIEF).root


def outputs(office: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((office / "out").iterdir())}


def test_bytes_repeat_on_any_day_in_any_zone_from_any_folder(office: Path, tmp_path: Path) -> None:
    run("build", "lords", cwd=office, TZ="Pacific/Auckland", PYTHONHASHSEED="1", LANG="C")
    first = outputs(office)
    other = workspace(tmp_path / "elsewhere" / "deep", SEEDS, BRIEF).root
    time.sleep(2.1)  # a zip file's times have steps of two seconds
    run("build", str(other / "briefs" / "lords.yaml"), cwd=other / "seeds", TZ="America/New_York", PYTHONHASHSEED="2")
    assert outputs(other) == first


def test_failed_build_leaves_yesterdays_file(office: Path) -> None:
    run("build", "lords", cwd=office)
    before = outputs(office)
    (office / "seeds" / "homes.yaml").write_text(SEEDS.replace("topics: [homes]", "topics: [hoems]"), encoding="utf-8")
    assert run("build", "lords", cwd=office).returncode == 1
    assert outputs(office) == before


def test_all_files_or_none(tmp_path: Path) -> None:
    (tmp_path / "taken.md").mkdir()
    (tmp_path / "free.md").write_bytes(b"old")
    with pytest.raises(OSError, match=r"directory: '.*taken\.md'"):
        write_files({tmp_path / "free.md": b"new", tmp_path / "taken.md": b"new"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["free.md", "taken.md"]
    assert (tmp_path / "free.md").read_bytes() == b"old"


def test_two_builds_at_once_never_mix(tmp_path: Path) -> None:
    """Every round both files hold the words of one build, whichever came last."""
    paths = [tmp_path / "a.md", tmp_path / "b.md"]

    def build(number: int) -> None:
        write_files({path: str(number).encode() * 1000 for path in paths})

    for _ in range(5):
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(build, range(4)))
        assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_killed_build_leaves_nothing_broken_and_the_next_one_cleans_up(office: Path) -> None:
    run("build", "lords", cwd=office)
    whole = outputs(office)
    for delay in (0.05, 0.1, 0.15, 0.2, 0.25, 0.3):
        process = subprocess.Popen(
            [sys.executable, "-m", "despatch", "build", "lords"], cwd=office, stdout=subprocess.DEVNULL
        )
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert {name: data for name, data in outputs(office).items() if not name.startswith(STRAY)} == whole
    (office / "out" / f"{STRAY}abandoned").touch()
    assert run("build", "lords", cwd=office).returncode == 0
    assert outputs(office) == whole


@pytest.mark.parametrize(
    "audience", ["../../peers", "/etc/passwd", "peers\\..\\x", "a" * 400, "CON", "pe:ers", "\n", "..", "🏠"]
)
def test_flags_never_write_outside_the_output_folder(office: Path, audience: str) -> None:
    before = {path for path in office.parent.rglob("*") if path.parent != office / "out"}
    run("build", "lords", "--audience", audience, "--to", "md", cwd=office)
    after = {path for path in office.parent.rglob("*") if path.parent != office / "out"} - {office / "out"}
    assert after == before


def test_title_and_id_are_never_paths(office: Path) -> None:
    (office / "briefs" / "lords.yaml").write_text(
        BRIEF.replace("Homes for children", "../../../etc/evil"), encoding="utf-8"
    )
    assert run("build", "lords", cwd=office).returncode == 0
    assert sorted(outputs(office)) == ["lords.docx", "lords.html", "lords.md"]


@pytest.mark.parametrize(
    ("out", "said"),
    [("taken", "taken is a file, and should be a folder."), (f"{'x' * 300}.docx", "has too long a name.")],
)
def test_a_place_where_no_file_can_be_is_said_in_plain_words(office: Path, out: str, said: str) -> None:
    (office / "taken").touch()
    done = run("build", "lords", "--to", "docx", "--out", out, cwd=office)
    assert done.returncode == 1
    assert done.stderr.startswith("despatch: ")
    assert done.stderr.endswith(f"{said}\n")


def test_unwritable_folder_is_one_line(office: Path) -> None:
    (office / "out").write_text("a file where the folder should be", encoding="utf-8")
    done = run("build", "lords", cwd=office)
    assert done.returncode == 1
    assert done.stderr.startswith("despatch: ")
    assert "Traceback" not in done.stderr


HOSTILE = """
key_messages:
  - id: hostile
    text: |
      <script>alert(1)</script> {{% if x %}} {% raw %} ${7*7} `x` ]]> &lt; \\{{ config }} <w:p/> =cmd|' /C calc'!A0
facts:
  - id: bad-fact
    value: 7 R&D homes
    what: a <b>7</b> thing | with *stars*
    source: page
sources:
  - id: page
    kind: page
    title: "<i>Title</i> & {{ title }} ](javascript:alert(1))"
    url: "https://example.org/?a=1&b=%22%3E(x)"
figures:
  - id: table
    heading: "<h1> {{bad-fact}} #"
    facts: [bad-fact]
"""


def test_text_is_inert_in_every_format(tmp_path: Path) -> None:
    brief = BRIEF.replace("[homes-first, kin-first, old-line, draft-line]", "[hostile]") + "  - figures: [table]\n"
    seeds = HOSTILE.replace("{{% if x %}}", "{ {% if x %}").replace("& {{ title }} ", "& ")
    office = workspace(tmp_path, seeds, brief.replace("Homes for children", '"<img src=x onerror=alert(1)> & Co"')).root
    done = run("build", "lords", cwd=office)
    assert done.returncode == 0, done.stderr
    html = (office / "out" / "lords.html").read_text(encoding="utf-8")
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>7" not in html
    assert "7 R&amp;D homes" in html
    assert 'href="javascript' not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_permissions_are_the_folders_usual_ones(office: Path) -> None:
    run("build", "lords", "--to", "md", cwd=office)
    mask = os.umask(0)
    os.umask(mask)
    if os.name == "posix":
        assert (office / "out" / "lords.md").stat().st_mode & 0o777 == 0o666 & ~mask


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither links that anyone may make nor modes")
def test_a_link_stays_a_link_and_a_private_file_private(tmp_path: Path) -> None:
    real, link = tmp_path / "real.yaml", tmp_path / "office" / "seeds.yaml"
    link.parent.mkdir()
    real.write_text("old", encoding="utf-8")
    real.chmod(0o600)
    link.symlink_to(real)
    write_files({link: b"new"})
    assert (link.is_symlink(), real.read_bytes(), real.stat().st_mode & 0o777) == (True, b"new", 0o600)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_file_that_may_only_be_read_is_not_replaced(tmp_path: Path) -> None:
    locked = tmp_path / "locked.yaml"
    locked.write_text("old", encoding="utf-8")
    locked.chmod(0o444)
    with pytest.raises(PermissionError):
        write_files({locked: b"new"})
    assert [each.name for each in tmp_path.iterdir()] == ["locked.yaml"]
