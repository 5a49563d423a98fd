"""PDF files: what LibreOffice prints of the Word file, held against PDF/UA and read back by its tags, as those who listen do."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any

import page
import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from despatch import pdf
from despatch.document import Chart, Document, Group, Heading, Item, Listing, Origin, Pair, Paragraph, Text, plain, walk
from despatch.style import Style
from despatch.writers import pdf as writer
from despatch.writers import word
from tests.helpers import ROOT, run, workspace
from tests.test_layouts import CASES, STYLES, made, worn
from tests.test_real_word import numbered_lines, squeezed

LORDS = "lords-2022-12-08-childrens-social-care"
BUILD = ("build", LORDS, "--to", "pdf")
needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdfinfo")),
    reason="LibreOffice Writer and poppler-utils are not installed",
)


@cache
def briefing(brief: str = LORDS, style: str = "lga", layout: str = "stacked") -> bytes:
    case = made(brief, style, layout)
    return writer.write(case.document, case.style)


@cache
def lords() -> PdfReader:
    return PdfReader(io.BytesIO(briefing()))


def broken(data: bytes) -> set[str]:
    """The rules of PDF/UA-1 that a file breaks."""
    return {f"{each.rule_id}: {each.message}" for each in page.validate_pdf_bytes(data, profile="ua1").failures}


def heard(data: bytes, folder: Path) -> tuple[str, str]:
    """The text and the footnotes as tags give them in order: no header, no footer, and no words drawn in a chart."""
    (folder / "briefing.pdf").write_bytes(data)
    command = ["pdfinfo", "-struct-text", str(folder / "briefing.pdf")]
    printed = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    within: list[tuple[int, str]] = []
    said: dict[str, str] = {"text": "", "Note": "", "Figure": ""}
    for line in printed.splitlines():
        depth, words = len(line) - len(line.lstrip()), re.fullmatch(r'"(.*)"', line.strip())
        if words:
            place = next((tag for _, tag in within if tag in said), "text")
            said[place] += squeezed(words[1])
        elif not line.lstrip().startswith("/"):
            within = [each for each in within if each[0] < depth]
            within.append((depth, re.split(r"[ :]", line.strip())[0]))
    return said["text"], said["Note"]


def unheard(sought: list[str], text: str) -> list[str]:
    """The lines that a text does not have one after another, with no more than a list's number between them."""
    missed, at = [], 0
    for line in sought:
        found = text.find(squeezed(line), at, at + len(squeezed(line)) + 5)
        if found < 0:
            missed.append(line)
        else:
            at = found + len(squeezed(line))
    return missed + ([text[at:]] if len(text) > at else [])


def by_rows(document: Document) -> Document:
    """A document with both labels of a pair before what stands under them, as a table is read."""

    def row(node: Any) -> Any:
        if not isinstance(node, Pair):
            return node
        (label, *rest), (other, *more) = node.proposal.content, node.view.content
        return Group("view", (label, other, *rest, *more))

    return replace(document, content=tuple(map(row, document.content)))


@needs_office
@pytest.mark.parametrize(("brief", "style", "layout"), CASES)
def test_every_briefing_is_pdf_ua_and_is_heard_in_the_trees_order(
    brief: str, style: str, layout: str, tmp_path: Path
) -> None:
    document = made(brief, style, layout).document
    data = briefing(brief, style, layout)
    assert broken(data) == set()
    text, notes = heard(data, tmp_path)
    body, noted = numbered_lines(by_rows(document))
    assert unheard(body, text) == []
    assert unheard(noted, notes) == []


@needs_office
def test_validator_finds_what_libreoffice_leaves_out() -> None:
    """Otherwise the test above could not fail: this is the same file without what we mend."""
    case = made(LORDS, "lga", "stacked")
    rules = {each.partition(":")[0] for each in broken(pdf.converted(word.write(case.document, case.style)))}
    assert rules == {
        "PDFUA1-FIGURE-ALTERNATIVE-TEXT-001",
        "PDFUA1-LINK-LINK-TAG-001",
        "PDFUA1-NOTE-ID-001",
        "PDFUA1-PAGE-TABS-001",
    }


def elements(parent: Any) -> list[Any]:
    """Every tag under another, in order."""
    kids = parent.get("/K", [])
    found = []
    for each in [each.get_object() for each in (kids if isinstance(kids, list) else [kids])]:
        if isinstance(each, dict) and "/S" in each:
            found += [each, *elements(each)]
    return found


def tags(reader: PdfReader, name: str) -> list[Any]:
    root: Any = reader.root_object["/StructTreeRoot"]
    roles = root["/RoleMap"]
    return [each for each in elements(root) if name in (each["/S"], roles.get(each["/S"]))]


@needs_office
def test_tags_are_those_of_the_tree() -> None:
    nodes = list(walk(made(LORDS, "lga", "stacked").document.content))
    levels = [each.level for each in nodes if isinstance(each, Heading)]
    charts = [each.description for each in nodes if isinstance(each, Chart)]
    assert len(tags(lords(), "/H1")) == sum(level == 1 for level in levels) - 1  # the notes' own heading is not printed
    assert len(tags(lords(), "/H2")) == sum(level == 2 for level in levels)
    assert len(tags(lords(), "/LI")) == sum(isinstance(each, Item) for each in nodes) - len(tags(lords(), "/Note"))
    assert [each["/Alt"] for each in tags(lords(), "/Figure")] == charts
    scopes = [[about.get_object().get("/Scope") for about in each["/A"]] for each in tags(lords(), "/TH")]
    assert len(scopes) > 0
    assert all("/Column" in each for each in scopes)


@needs_office
def test_a_list_is_one_list_whatever_its_entries_hold() -> None:
    document = made(LORDS, "lga", "stacked").document
    messages = next(each for each in document.content if isinstance(each, Group) and each.role == "key-messages")
    listing = next(each for each in messages.content if isinstance(each, Listing))
    assert any(len(item.content) > 2 for item in listing.items), "one message should go on after its bullets"
    first = tags(lords(), "/L")[0]
    assert [each.get_object()["/S"] for each in first["/K"]] == ["/LI"] * len(listing.items)


@needs_office
def test_links_lead_somewhere() -> None:
    places = [each.get_object() for each_page in lords().pages for each in each_page.get("/Annots", [])]
    assert any(each.get("/A", {}).get("/URI", "").startswith("https://") for each in places)
    notes = {each["/ID"] for each in tags(lords(), "/Note")}
    within = [each for each in places if "/Dest" in each]
    assert len(within) == 2 * len(notes) > 0  # from each mark to its note, and back
    assert all(each["/Dest"][0].get_object()["/Type"] == "/Page" for each in within)
    assert all("/StructParent" in each and each["/Contents"] for each in places)


@needs_office
def test_says_what_it_is_and_nothing_of_where_it_was_made() -> None:
    properties = made(LORDS, "lga", "stacked").document.properties
    assert lords().metadata == {
        "/Title": properties.title,
        "/Author": properties.organisation,
        "/Subject": f"{properties.occasion}, {properties.date_in_full}",
        "/Keywords": ", ".join(properties.keywords),
        "/Creator": "Despatch",
        "/Producer": "Despatch",
        "/despatch": properties.manifest,
        "/CreationDate": "D:20221208000000Z",
        "/ModDate": "D:20221208000000Z",
    }
    assert lords().xmp_metadata is not None
    assert lords().xmp_metadata.dc_title == {"x-default": properties.title}  # type: ignore[union-attr]
    assert str(lords().root_object["/Lang"]) == "en-GB"
    assert lords().root_object["/ViewerPreferences"]["/DisplayDocTitle"].value is True  # type: ignore[index]
    for trace in (b"LibreOffice", b"file:", b"/tmp/", os.environ.get("HOME", "/root").encode()):
        assert trace not in briefing()


@needs_office
def test_equal_briefings_are_equal_files(tmp_path: Path) -> None:
    again = run(*BUILD, "--out", str(tmp_path / "again.pdf"), cwd=ROOT, TZ="Asia/Tokyo")
    assert again.returncode == 0, again.stderr
    once = (tmp_path / "again.pdf").read_bytes()
    assert run(*BUILD, "--out", str(tmp_path / "more.pdf"), cwd=ROOT).returncode == 0
    assert once == (tmp_path / "more.pdf").read_bytes()
    properties = PdfReader(io.BytesIO(once)).metadata
    assert properties is not None
    assert json.loads(str(properties["/despatch"]))["brief"] == LORDS
    assert not [each.name for each in tmp_path.iterdir() if each.suffix != ".pdf"]


def headed(style: Style, paragraphs: int) -> Document:
    """A long document in which each heading is at the top of none or of some pages."""
    front = made(LORDS, style.folder.name, "stacked").document
    origin, words = Origin("long"), (Text("Councils need certainty about money. " * 12),)
    content: list[Any] = [front.content[0]]
    for number in range(paragraphs):
        content.append(Heading(1 + number % 2, (Text(f"Part {number + 1} of it"),), origin.at(f"h{number}")))
        content.append(Paragraph(words, origin.at(f"p{number}")))
    return replace(front, content=tuple(content))


@needs_office
@pytest.mark.parametrize("style_name", STYLES)
def test_pages_of_headings_are_those_on_which_they_stand(style_name: str) -> None:
    style = worn(style_name, "stacked")
    document = headed(style, 40)
    in_word = word.write(document, style)
    pages = pdf.heading_pages(in_word)
    assert pages is not None
    headings = [plain(each.words) for each in document.content if isinstance(each, Heading)]
    printed = [each.extract_text() for each in PdfReader(io.BytesIO(pdf.converted(in_word))).pages]
    assert [number for heading in headings for number, text in enumerate(printed, 1) if f"{heading}\n" in text] == [
        *pages
    ]
    assert all(f"Page {number} of {len(printed)}" in text for number, text in enumerate(printed, 1))


@needs_office
@pytest.mark.parametrize("style_name", STYLES)
def test_contents_and_hundreds_of_points_are_pdf_ua(style_name: str, tmp_path: Path) -> None:
    style = worn(style_name, "stacked")
    document = headed(style, 30)
    points = [
        Item((Paragraph((Text(f"Point {number}, and {'more ' * 20}"),), Origin("p", str(number))),))
        for number in range(400)
    ]
    document = replace(document, content=(*document.content, Listing(tuple(points))))
    data = writer.write(document, style, pages=(1,) * 30)
    assert broken(data) == set()
    text, _ = heard(data, tmp_path)
    assert [number for number in range(400) if f"point{number},and" not in text] == []


@needs_office
def test_a_draft_is_pdf_ua_and_is_marked_on_each_page(tmp_path: Path) -> None:
    assert run(*BUILD, "--draft", "--out", str(tmp_path / "draft.pdf"), cwd=ROOT).returncode == 0
    assert broken((tmp_path / "draft.pdf").read_bytes()) == set()
    pages = [each.extract_text() for each in PdfReader(tmp_path / "draft.pdf").pages]
    assert all("Draft: not for circulation" in text for text in pages)


@needs_office
@pytest.mark.parametrize("style", STYLES)
def test_a_passage_in_welsh_is_tagged_as_welsh(style: str, tmp_path: Path) -> None:
    run("build", "lords", "--to", "pdf", "--style", style, "--out", str(tmp_path / "lords.pdf"), cwd=welsh(tmp_path))
    data = (tmp_path / "lords.pdf").read_bytes()
    reader = PdfReader(io.BytesIO(data))
    assert broken(data) == set()
    assert [str(each["/Lang"]) for each in elements(reader.root_object["/StructTreeRoot"]) if "/Lang" in each] == [
        "cy-GB"
    ]


def welsh(folder: Path) -> Path:
    """A workspace with two messages, of which one is in Welsh."""
    seeds = """
key_messages:
  - {id: first, text: Children need homes.}
  - {id: neges, language: cy, text: Mae angen cartrefi ar blant.}
"""
    brief = """
title: Homes
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [first, neges]
"""
    workspace(folder, seeds, brief)
    return folder


def without_office(folder: Path) -> dict[str, str]:
    """An environment in which no program is found."""
    return {"PATH": str(folder), "PROGRAMFILES": str(folder), "PROGRAMFILES(X86)": str(folder)}


def test_without_libreoffice_says_what_to_install_and_writes_nothing(tmp_path: Path) -> None:
    told = run(*BUILD, "--out", str(tmp_path / "out"), cwd=ROOT, **without_office(tmp_path))
    assert told.returncode == 2
    assert told.stdout == ""
    for each in ("LibreOffice", "Windows", "Mac", "Debian", "libreoffice-writer"):
        assert each in told.stderr
    assert not (tmp_path / "out").exists()


@needs_office
def test_without_the_library_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pdf.missing() == ""
    monkeypatch.setitem(sys.modules, "pypdf", None)
    assert "`pip install despatch[pdf]`" in pdf.missing()
    assert pdf.heading_pages(made(LORDS, "lga", "stacked").files["docx"]) is None


def test_check_and_other_formats_want_no_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = without_office(tmp_path)
    assert run("build", LORDS, "--to", "md", "--out", str(tmp_path / "a.md"), cwd=ROOT, **nothing).returncode == 0
    assert "LibreOffice" not in run("check", LORDS, cwd=ROOT, **nothing).stderr
    for name, value in nothing.items():
        monkeypatch.setenv(name, value)
    assert pdf.heading_pages(made(LORDS, "lga", "stacked").files["docx"]) is None


@pytest.mark.skipif(os.name == "nt", reason="a program of a few lines is a shell script")
@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("exit 1", "LibreOffice made no PDF of the Word file"),
        ("kill -9 $$", "LibreOffice made no PDF of the Word file"),
        ('for last; do :; done; printf "%%PDF-1.6 cut off" > "${last%.docx}.pdf"', "LibreOffice made no PDF"),
    ],
)
def test_a_libreoffice_that_fails_is_one_line_and_nothing_is_written(program: str, said: str, tmp_path: Path) -> None:
    office = tmp_path / "soffice"
    office.write_text(f"#!/bin/sh\n{program}\n")
    office.chmod(0o755)
    told = run(*BUILD, "--out", str(tmp_path / "out"), cwd=ROOT, PATH=f"{tmp_path}:/bin")
    assert told.returncode == 1
    assert said in told.stderr
    assert len(told.stderr.splitlines()) == 1, told.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(os.name == "nt", reason="a program of a few lines is a shell script")
def test_a_libreoffice_that_hangs_is_ended_with_all_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = tmp_path / "soffice"
    office.write_text(f"#!/bin/sh\nsleep 300 &\necho $! > {tmp_path}/child\nwait\n")
    office.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    monkeypatch.setattr(pdf, "LONGEST", 2)
    with pytest.raises(pdf.ConversionError, match="did not finish within 2 seconds"):
        pdf.converted(b"")
    child = Path("/proc") / (tmp_path / "child").read_text().strip() / "status"
    for _ in range(100):  # the system takes a moment to end a program that it was told to
        if not child.exists() or "State:\tZ" in child.read_text():
            return
        time.sleep(0.1)
    pytest.fail("what LibreOffice had started still runs")
