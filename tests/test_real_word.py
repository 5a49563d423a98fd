"""Word files in programs that officers and readers use: LibreOffice, pandoc and python-docx open what we write."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from openxml_audit import OpenXmlValidator

from despatch.document import lines
from tests.test_golden import BRIEFS, built, word_lines

needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice Writer and poppler-utils are not installed",
)
needs_pandoc = pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")
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


@needs_office
@pytest.mark.parametrize("brief", BRIEFS)
def test_pdf_reads_in_the_trees_order(brief: str, tmp_path: Path) -> None:
    document = built(brief)[0]
    pdf = convert(saved(brief, tmp_path), "pdf", tmp_path)
    raw = subprocess.run(
        ["pdftotext", "-raw", "-nopgbrk", str(pdf), "-"], check=True, capture_output=True, encoding="utf-8"
    )
    text, at = squeezed(raw.stdout), 0
    for line in lines(document):
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
    assert [squeezed(line) for line in word_lines(resaved)] == [squeezed(line) for line in word_lines(made)]
    with zipfile.ZipFile(io.BytesIO(resaved)) as package:
        assert "despatch" in package.read("docProps/custom.xml").decode()


@needs_pandoc
@pytest.mark.parametrize("brief", BRIEFS)
def test_pandoc_reads_the_same_words(brief: str, tmp_path: Path) -> None:
    document = built(brief)[0]
    path = saved(brief, tmp_path)
    read = subprocess.run(
        ["pandoc", "-f", "docx", "-t", "plain", "--wrap=none", str(path)],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    text = squeezed(read.stdout)
    for line in lines(document):
        assert squeezed(line) in text, line


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
