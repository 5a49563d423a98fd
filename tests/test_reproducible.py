"""Equal input gives equal bytes on any machine, and every file says what it was built from."""

from __future__ import annotations

import io
import json
import os
import shutil
import zipfile
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from lxml.html import document_fromstring

from despatch.assemble import flags_hash
from tests.helpers import ROOT, run

LORDS = "lords-2022-12-08-childrens-social-care"
FLAGS = ["--without", "asylum", "--length", "short", "--manifest", "--to", "docx,md,html,txt"]
NAME = f"{LORDS}--without-asylum--short"
FOLDERS = ("seeds", "briefs", "templates")


def office(folder: Path) -> Path:
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name)
    return folder


def built(folder: Path, **environment: str) -> dict[str, bytes]:
    """What a build in a folder writes."""
    done = run("build", LORDS, *FLAGS, cwd=folder, **environment)
    assert done.returncode == 0, done.stderr
    root = next(each for each in (folder, *folder.parents) if (each / "seeds").is_dir())
    return {path.name: path.read_bytes() for path in (root / "out").iterdir()}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return built(office(tmp_path_factory.mktemp("first")))


def test_every_file_is_there(first: dict[str, bytes]) -> None:
    assert sorted(first) == sorted(f"{NAME}.{each}" for each in ("docx", "md", "html", "txt", "manifest.json"))


@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Los_Angeles", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "2"},
        {"USER": "jane.doe", "USERNAME": "jane.doe", "LOGNAME": "jane.doe", "HOME": "/nonexistent", "HOSTNAME": "desk-7"},
        {"PYTHONOPTIMIZE": "2", "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "40", "NO_COLOR": "1"},
    ],
    ids=["far east", "far west", "another user", "another python"],
)  # fmt: skip
def test_neither_place_nor_time_nor_user_matters(
    environment: dict[str, str], first: dict[str, bytes], tmp_path: Path
) -> None:
    elsewhere = office(tmp_path / "C Users jane.doe" / "Büro – Ω")
    assert built(elsewhere / "briefs", **environment) == first


def test_neither_line_ends_nor_the_order_of_files_nor_what_a_mac_leaves_matters(
    first: dict[str, bytes], tmp_path: Path
) -> None:
    other = tmp_path / "other"
    paths = [path for name in FOLDERS for path in (ROOT / name).rglob("*") if path.is_file()]
    for number, path in enumerate(sorted(paths, reverse=True)):
        target = other / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        data = path.read_bytes()
        target.write_bytes(data if path.suffix == ".docx" else data.replace(b"\n", b"\r\n"))
        target.chmod(0o600)
        os.utime(target, (1e9 + number, 1e9 + number))
    for stray in (".DS_Store", "~$ference.docx", "._page.css", "Thumbs.db"):
        (other / "templates" / "lga" / stray).write_bytes(b"x")
    before = os.umask(0o077)
    try:
        assert built(other) == first
    finally:
        os.umask(before)


def parts(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_word_file_is_stored_as_it_is(first: dict[str, bytes]) -> None:
    """Other versions of Python compress the same part to other bytes."""
    with zipfile.ZipFile(io.BytesIO(first[f"{NAME}.docx"])) as package:
        assert {each.compress_type for each in package.infolist()} == {zipfile.ZIP_STORED}
    assert len(first[f"{NAME}.docx"]) < 400_000


def test_the_day_of_the_build_is_said_only_when_asked(first: dict[str, bytes], tmp_path: Path) -> None:
    dated = built(office(tmp_path / "dated"), SOURCE_DATE_EPOCH="1700000000")
    assert b"2022-12-08T00:00:00Z" in parts(first[f"{NAME}.docx"])["docProps/core.xml"]
    assert b"2023-11-14T22:13:20Z" in parts(dated[f"{NAME}.docx"])["docProps/core.xml"]
    assert {name for name, data in dated.items() if data != first[name]} == {f"{NAME}.docx"}, (
        "pages have the sitting day"
    )


# The manifest


def manifest_in_word(docx: bytes) -> dict[str, Any]:
    root: Any = etree.fromstring(parts(docx)["docProps/custom.xml"])
    return dict(json.loads("".join(root.xpath("//*[@name='despatch']//text()"))))


def manifest_in_page(page: bytes) -> dict[str, Any]:
    found: Any = document_fromstring(page)
    return dict(json.loads(found.xpath("string(//meta[@name='despatch']/@content)")))


def beside(files: dict[str, bytes]) -> dict[str, Any]:
    return dict(json.loads(files[f"{NAME}.manifest.json"]))


def test_word_and_the_page_carry_what_the_file_beside_them_says(first: dict[str, bytes]) -> None:
    told = beside(first)
    assert told["flags"] == "without-asylum--short"
    hidden = told | {"flags": flags_hash(LORDS, told["flags"])}
    assert manifest_in_word(first[f"{NAME}.docx"]) == manifest_in_page(first[f"{NAME}.html"]) == hidden
    assert told["brief"] == LORDS
    assert told["style"] == "lga"
    assert "homes" in told["blocks"]
    assert "children-in-care" in told["facts"]
    assert "social-care-review" in told["sources"]
    assert list(told) == sorted(told)


def test_no_file_that_is_sent_names_its_flags(first: dict[str, bytes]) -> None:
    for name, data in first.items():
        texts = parts(data).values() if name.endswith(".docx") else [data]
        if not name.endswith(".json"):
            assert not any("without-asylum" in unescape(each.decode("utf-8", "replace")) for each in texts), name


@pytest.mark.parametrize(
    ("file", "old", "new", "changed"),
    [
        ("templates/lga/page.css", "margin: 0;", "margin: 0px;", "style_version"),
        ("briefs/LORDS.yaml", "audience: peers", "audience: mps", "brief_version"),
    ],
)
def test_a_change_to_style_or_brief_shows_in_the_manifest(
    file: str, old: str, new: str, changed: str, first: dict[str, bytes], tmp_path: Path
) -> None:
    folder = office(tmp_path / "office")
    path = folder / file.replace("LORDS", LORDS)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")
    before, after = beside(first), beside(built(folder))
    assert {name for name in before if before[name] != after[name]} == {changed}


def test_without_flags_there_is_nothing_to_hide() -> None:
    assert flags_hash(LORDS, "") == ""
    assert flags_hash(LORDS, "short") != flags_hash("another", "short")


def test_a_manifest_is_written_only_when_asked(tmp_path: Path) -> None:
    run("build", LORDS, "--to", "md", "--out", str(tmp_path), cwd=ROOT)
    assert [path.suffix for path in tmp_path.iterdir()] == [".md"]
