"""Word files in programs that officers and readers use: LibreOffice, pandoc and python-docx open what we write."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from msgspec.structs import fields, replace
from openxml_audit import OpenXmlValidator

from despatch.document import Document, Footnote, Group, Node, Origin, Table, Text, lines
from tests.test_golden import BRIEFS, built, paragraphs, parts
from tests.test_word_charts import BUDGETS, SPENDING, beside, chart, part
from tests.test_word_notes import STYLES, claim, designed, notes, said, shipped_style, source, written

needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice Writer and poppler-utils are not installed",
)
needs_pandoc = pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
LORDS = "lords-2022-12-08-childrens-social-care"


def convert(file: Path, to: str, folder: Path) -> Path:
    """LibreOffice's own conversion of a file, with a profile of its own so that tests can run side by side."""
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", to,
         "--outdir", str(folder / "made"), str(file)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return folder / "made" / f"{file.stem}.{to.partition(':')[0]}"


def saved(brief: str, folder: Path) -> Path:
    path = folder / "briefing.docx"
    path.write_bytes(built(brief)[1]["docx"])
    return path


def squeezed(text: str) -> str:
    """The characters without white space, bullets, hyphens and case, which a style and line breaking change."""
    return re.sub(r"[\s­‐-]|[•▪◦○–■●]", "", text).casefold()


def as_pandoc_reads(file: Path) -> str:
    """The text with its footnotes after it: `One[1] and again^1^`, `[1] Source 1, 23 May 2022.`"""
    command = ["pandoc", "-f", "docx", "-t", "plain", "--wrap=none", str(file)]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def numbered_lines(document: Document) -> tuple[list[str], list[str]]:
    """The lines of the text with the numbers of footnotes in it, and those of the notes."""
    groups = [node for node in document.content if isinstance(node, Group) and node.role == "notes"]
    body = replace(document, content=tuple(_numbered(node) for node in document.content if node not in groups))
    return list(lines(body)), list(lines(replace(document, content=groups[0].content[1:]))) if groups else []


def _numbered(part: Any) -> Any:
    """A part of the tree with a number for each footnote's mark."""
    if isinstance(part, Footnote):
        return Text(str(part.number))
    if isinstance(part, tuple):
        return tuple(map(_numbered, part))
    if isinstance(part, Origin | str | float | int):
        return part
    return replace(part, **{each.name: _numbered(getattr(part, each.name)) for each in fields(part)})


@needs_office
@pytest.mark.parametrize("brief", BRIEFS)
def test_pdf_reads_in_the_trees_order(brief: str, tmp_path: Path) -> None:
    body, noted = numbered_lines(built(brief)[0])
    pdf = convert(saved(brief, tmp_path), "pdf", tmp_path)
    raw = subprocess.run(
        ["pdftotext", "-raw", "-nopgbrk", str(pdf), "-"], check=True, capture_output=True, encoding="utf-8"
    )
    text, at = squeezed(raw.stdout), 0
    assert [line for line in noted if squeezed(line)[:25] not in text] == []  # the rest may stand on the next page
    for line in body:
        sought = squeezed(line)
        found = text.find(sought, at)
        if found < 0:  # a line that runs over the foot of a page has the footer and header inside it
            found = text.find(sought[:25], at)
        assert found >= 0, line
        at = found + min(len(sought), 25)


def bookmarks(docx_bytes: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(docx_bytes)) as package:
        return set(re.findall(r'<w:bookmarkStart[^>]*w:name="(_dsp[^"]+)"', package.read("word/document.xml").decode()))


@needs_office
@pytest.mark.parametrize("brief", BRIEFS)
def test_libreoffice_saves_every_bookmark_and_word(brief: str, tmp_path: Path) -> None:
    made = built(brief)[1]["docx"]
    resaved = convert(saved(brief, tmp_path), "docx:Office Open XML Text", tmp_path).read_bytes()
    assert bookmarks(made)
    assert bookmarks(resaved) == bookmarks(made)
    assert [squeezed(line) for line in paragraphs(resaved)] == [squeezed(line) for line in paragraphs(made)]
    with zipfile.ZipFile(io.BytesIO(resaved)) as package:
        assert "despatch" in package.read("docProps/custom.xml").decode()


@needs_pandoc
@pytest.mark.parametrize("brief", BRIEFS)
def test_pandoc_reads_the_same_words(brief: str, tmp_path: Path) -> None:
    body, noted = numbered_lines(built(brief)[0])
    text = as_pandoc_reads(saved(brief, tmp_path))
    without_brackets = squeezed(re.sub(r"\[(\d+)\]", r"\1", text.translate(RAISED)))
    for line in body + noted:
        assert squeezed(re.sub(r"\[(\d+)\]", r"\1", line)) in without_brackets, line


@pytest.mark.parametrize("brief", BRIEFS)
def test_python_docx_reads_the_properties_and_styles(brief: str) -> None:
    document, made = built(brief)
    opened = docx.Document(io.BytesIO(made["docx"]))
    properties = opened.core_properties
    assert properties.title == document.properties.title
    assert properties.author == "Local Government Association"
    assert properties.language == "en-GB"
    section = opened.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    used = {paragraph.style.name for paragraph in opened.paragraphs if paragraph.style is not None}
    assert "Normal" not in used


@pytest.mark.parametrize("brief", BRIEFS)
def test_no_direct_formatting_and_no_empty_paragraph(brief: str) -> None:
    with zipfile.ZipFile(io.BytesIO(built(brief)[1]["docx"])) as package:
        xml = package.read("word/document.xml").decode()
    assert not re.search(
        r"<w:(?:b|i|sz|color|jc|ind|spacing|shd|rFonts|u)[ />]", re.sub(r"<w:sectPr.*?</w:sectPr>", "", xml)
    )
    assert not re.search(r"<w:p>(?:<w:pPr>(?:(?!</w:p>).)*?</w:pPr>)?</w:p>", xml)


@pytest.mark.parametrize("brief", BRIEFS)
def test_open_xml_sdk_rules_find_no_error(brief: str, tmp_path: Path) -> None:
    result = OpenXmlValidator().validate(saved(brief, tmp_path))
    assert result.is_valid, result.errors


@needs_office
def test_page_count_is_printed_on_every_page(tmp_path: Path) -> None:
    pdf = convert(saved(LORDS, tmp_path), "pdf", tmp_path)
    text = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    pages = text.split("\f")[:-1]
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert "public.affairs@lga.example" in page


# Footnotes and charts.


def printed(file: Path, folder: Path) -> list[str]:
    """The pages as LibreOffice prints them, each as its text on one line."""
    pdf = convert(file, "pdf", folder)
    raw = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], check=True, capture_output=True, encoding="utf-8")
    return [" ".join(page.split()) for page in raw.stdout.split("\f")[:-1]]


def two_pages() -> tuple[Node, ...]:
    """Notes 1 and 2 on a first page, and note 3 on the second, where note 1 comes again."""
    long = said(Text("Councils have said for years that the supply of homes falls short of what children need. " * 4))
    head = (claim("Figure", 2).words, said(Text("Value")).words)
    table = Table(head, ((claim("Homes", 1).words, said(Text("46")).words),), Origin("t", "facts"))
    return (claim("First", 1), table, *[long] * 12, claim("Far on", 3), claim("Again", 1), notes(3))


def resaved(file: Path, folder: Path) -> Path:
    return convert(file, "docx:Office Open XML Text", folder)


@needs_office
@pytest.mark.parametrize("style", STYLES)
def test_a_footnote_stands_on_the_page_of_its_mark(style: str, tmp_path: Path) -> None:
    path = tmp_path / "notes.docx"
    path.write_bytes(written(*two_pages(), style=shipped_style(style)))
    first, *_, last = printed(path, tmp_path)
    for text in ("First1", "Figure2", "Homes1", f"1 {source(1)}", f"2 {source(2)}"):
        assert text in first
    for text in ("Far on3", "Again1", f"3 {source(3)}"):
        assert text in last
        assert text not in first
    assert source(1) not in last


@needs_office
@needs_pandoc
def test_libreoffice_saves_every_footnote_and_every_number(tmp_path: Path) -> None:
    path = tmp_path / "notes.docx"
    path.write_bytes(written(*two_pages()))
    again = resaved(path, tmp_path)
    text = as_pandoc_reads(again)
    assert text.split() == as_pandoc_reads(path).replace(": Figure, Value", "").split()  # but for the table's name
    for shown in ("First[1]", "Figure[2]", "Far on[3]", "Again¹", *(f"[{each}] {source(each)}" for each in (1, 2, 3))):
        assert shown in text
    xml = parts(again.read_bytes())["word/document.xml"].decode()
    assert xml.count("NOTEREF _dspnote1") == 2  # in the table, and at the end


@needs_office
@pytest.mark.parametrize("before", [True, False])
def test_libreoffice_leads_each_mark_to_its_own_note_beside_a_designers(before: bool, tmp_path: Path) -> None:
    path = tmp_path / "notes.docx"
    style = designed(tmp_path / "designed", before=before, after=True)
    path.write_bytes(written(claim("One", 2), claim("Two", 1), notes(2), style=style))
    (page,) = printed(path, tmp_path)
    texts = ["Designer before"] * before + [source(2), source(1), "Designer after"]
    assert " ".join(f"{number} {text}" for number, text in enumerate(texts, 1)) in page.replace(
        "Designer", " Designer"
    ).replace("  ", " ")


@needs_office
@pytest.mark.parametrize("style", STYLES)
def test_libreoffice_draws_a_charts_words_whole_and_in_order(style: str, tmp_path: Path) -> None:
    path = tmp_path / "charts.docx"
    drawn = [chart(SPENDING, is_beside=False), chart(BUDGETS, is_beside=False)]
    path.write_bytes(written(*drawn, said(Text("Source: the Review.")), style=shipped_style(style)))
    (page,) = printed(path, tmp_path)
    words = [text for bars in (SPENDING, BUDGETS) for label, (value, _) in bars.items() for text in (label, value)]
    assert [text for text in words if text not in page] == []
    labels = [page.index(label) for label in [*SPENDING, *BUDGETS]]
    assert labels == sorted(labels)


@needs_office
def test_libreoffice_saves_a_chart_with_its_words(tmp_path: Path) -> None:
    path = tmp_path / "charts.docx"
    path.write_bytes(written(chart(BUDGETS), said(Text("Source: the Review."))))
    made = parts(resaved(path, tmp_path).read_bytes())
    assert [words.strip() for words in beside(part(made))] == ["£9.4 billion", "more than £10.5 billion"]
