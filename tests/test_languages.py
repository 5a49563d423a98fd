"""Blocks in Welsh and other languages: marked as such wherever they are printed, and left alone by rules on English."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html
from openxml_audit import OpenXmlValidator

from despatch.build import Tailoring, laid_out, prepare, printed
from despatch.document import Document, Heading, Paragraph, language, walk
from despatch.languages import is_known, runs_left
from despatch.load import load_library
from tests.helpers import LAYOUTS, run, with_layout, workspace
from tests.test_golden import markdown_text, parts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")

SEEDS = """
sources:
  - {id: the-review, kind: review, title: Adolygiad, short: the Review, published: 2022, url: "https://example.org/a"}
facts:
  - {id: homes, value: "1,250", what: homes, source: the-review, as_of: 2022}
key_messages:
  - id: first
    text: |
      Children need more homes.
  - id: neges
    LANGUAGE
    label: Yng Nghymru
    text: |
      Mae angen {{homes}} o *gartrefi* ar blant.
asks:
  - id: gofyn
    LANGUAGE
    of: the Government
    text: |
      Adeiladwch ragor o gartrefi.
passages:
  - id: cefndir
    LANGUAGE
    heading: Cefndir
    lead: |
      Dyma’r prif bwyntiau:
    points:
      - |
        Pwynt cyntaf, gyda [dolen](https://llyw.cymru/).
      - text: |
          Ail bwynt.
        points: [Pwynt oddi tano.]
positions:
  - id: cartrefi
    LANGUAGE
    heading: Cartrefi i blant
    proposal:
      from: the-review
      text: |
        Fframwaith cenedlaethol.
    view:
      stance: support
      text: |
        Rydym o blaid hyn.
quotations:
  - id: dyfyniad
    LANGUAGE
    text: |
      Mae’n bryd gweithredu.
    speaker: Elin Jones
figures:
  - id: ffigurau
    LANGUAGE
    heading: Ffigurau
    facts: [homes]
    caption: Ffigurau ar gyfer Cymru.
"""
BRIEF = """
title: Homes for children
house: lords
proceeding: take-note-debate
date: 2022-12-08
standfirst: neges
sections:
  - key_messages: [first, neges]
  - asks: [gofyn]
  - passages: [cefndir]
  - positions: [cartrefi]
  - blocks: [dyfyniad, ffigurau]
"""
ONE = BRIEF.partition("standfirst")[0] + "sections:\n  - key_messages: [neges]\n"
WELSH = (
    "Yng Nghymru:", "Mae angen 1,250 o ", "gartrefi", " ar blant", "Adeiladwch ragor o gartrefi.", "Cefndir",
    "Dyma’r prif bwyntiau:", "Pwynt cyntaf, gyda ", "dolen", "Ail bwynt.", "Pwynt oddi tano.", "Cartrefi i blant",
    "Fframwaith cenedlaethol.", "Rydym o blaid hyn.", "Mae’n bryd gweithredu.", "Ffigurau", "Ffigurau ar gyfer Cymru.",
)  # fmt: skip
OURS = (
    "Children need more homes.",
    "What we ask",
    "What the Review recommends",
    "Our view",
    "Elin Jones",
    "Value",
    "Homes",
)
"""What the style or another block says."""


def made(folder: Path, said: str, layout: str = "stacked") -> tuple[Document, dict[str, bytes]]:
    """A briefing whose blocks but one say this of their language."""
    found = workspace(folder, re.sub(r"LANGUAGE\n    ", f"{said}\n    " if said else "", SEEDS), BRIEF)
    with_layout("plain", layout, folder / "templates")
    library, faults = load_library(found.seeds)
    assert not faults
    path = folder / "briefs" / "lords.yaml"
    prepared, faults = prepare(found, path, library, Tailoring())
    assert prepared is not None, faults
    document, _ = laid_out(prepared, Tailoring(), path)
    assert document is not None
    return document, printed(document, prepared.style, ["docx", "md", "html"])[0]


def runs(file: bytes) -> dict[str, tuple[str, ...]]:
    """The languages in which each text of a Word file is marked somewhere; empty where it is not."""
    found: dict[str, set[str]] = {}
    for each in etree.fromstring(parts(file)["word/document.xml"]).iter(f"{W}r"):
        mark = each.find(f"{W}rPr/{W}lang")
        text = "".join(text.text or "" for text in each.iter(f"{W}t")).replace("\u00a0", "")
        found.setdefault(text, set()).add("" if mark is None else "".join(map(str, mark.attrib.values())))
    return {text: tuple(sorted(marks)) for text, marks in found.items()}


def heard(page: bytes) -> dict[str, str]:
    """Each text of a page with the language in which it is read out."""
    body = html.document_fromstring(page.decode()).find("body")
    assert body is not None
    texts: Any = body.xpath("//body//text()[normalize-space()]")
    spoken: dict[str, str] = {}
    for each in texts:
        holder = each.getparent() if each.is_text else each.getparent().getparent()
        spoken[str(each).replace("\u00a0", "")] = holder.xpath("ancestor-or-self::*[@lang][1]/@lang")[0]
    return spoken


@pytest.mark.parametrize("layout", LAYOUTS)
def test_word_marks_every_run_of_a_welsh_block_and_no_other(layout: str, tmp_path: Path) -> None:
    found = runs(made(tmp_path, "language: cy", layout)[1]["docx"])
    assert {text: found.get(text) for text in WELSH} == dict.fromkeys(WELSH, ("cy",))
    assert found["1,250"] == ("",), "in the table, a figure of the library"
    assert {text: found.get(text) for text in OURS} == dict.fromkeys(OURS, ("",))


def test_a_page_is_read_out_in_the_language_of_each_block(tmp_path: Path) -> None:
    found = heard(made(tmp_path, "language: cy")[1]["html"])
    for text in WELSH:
        assert found[text] == "cy", text
    for text in OURS:
        assert found[text] == "en-GB", text


def test_paragraphs_say_their_language_themselves(tmp_path: Path) -> None:
    page = made(tmp_path, "language: cy")[1]["html"].decode()
    assert '<p class="lead" lang="cy">Dyma’r prif bwyntiau:</p>' in page
    assert " dir=" not in page


def test_words_are_the_same_with_and_without_a_language(tmp_path: Path) -> None:
    _, plain_files = made(tmp_path / "plain", "")
    _, files = made(tmp_path / "marked", "language: cy")
    assert markdown_text(files["md"].decode()) == markdown_text(plain_files["md"].decode())
    assert "lang=" not in files["md"].decode(), "GitHub would drop it, and Hugo the words as well"
    unmarked = re.sub(r" (?:lang|dir)=\"\w+\"|</?span>|<span lang=\"cy\">", "", files["html"].decode())
    text, other = (
        "".join(map(str, html.document_fromstring(each).itertext()))
        for each in (unmarked, plain_files["html"].decode())
    )
    assert re.sub(r"\s", "", text) == re.sub(r"\s", "", other)


@pytest.mark.parametrize("said", ["language: en-GB", ""])
def test_the_documents_own_language_is_not_marked(said: str, tmp_path: Path) -> None:
    document, files = made(tmp_path, said)
    assert "w:lang" not in parts(files["docx"])["word/document.xml"].decode()
    assert "<span lang" not in files["html"].decode()
    assert not any(language(each.words) for each in walk(document.content) if isinstance(each, Heading | Paragraph))


def test_words_from_right_to_left_are_set_so(tmp_path: Path) -> None:
    _, files = made(tmp_path, "language: ar")
    path = tmp_path / "right.docx"
    path.write_bytes(files["docx"])
    result = OpenXmlValidator().validate(path)
    assert result.is_valid, result.errors
    body: Any = etree.fromstring(parts(files["docx"])["word/document.xml"])
    for paragraph in body.iter(f"{W}p"):
        marked = list(paragraph.iter(f"{W}lang"))
        assert (paragraph.find(f"{W}pPr/{W}bidi") is not None) == bool(marked)
        assert all(each.get(f"{W}bidi") == "ar" and each.getprevious().tag == f"{W}rtl" for each in marked)
    page = files["html"].decode()
    assert '<p class="lead" dir="rtl" lang="ar">' in page
    assert '<ul dir="rtl">' in page, "bullets stand at the right too"
    assert "<ul>" in page, "but not those of the other messages"


@needs_office
def test_libreoffice_reads_the_language(tmp_path: Path) -> None:
    """And so does whoever spells, hyphenates or reads aloud after it."""
    path = tmp_path / "welsh.docx"
    path.write_bytes(made(tmp_path, "language: cy", "side-by-side")[1]["docx"])
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "docx:MS Word 2007 XML"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path / "saved"), str(path)], check=True, capture_output=True, timeout=120
    )
    found = runs((tmp_path / "saved" / "welsh.docx").read_bytes())
    for text in ("Cefndir", "Ail bwynt.", "Rydym o blaid hyn."):
        assert all(mark.startswith("cy") for mark in found[text]), text
    assert not any(mark.startswith("cy") for mark in found["Children need more homes."])


# Rules on language.


def test_rules_on_english_leave_other_languages_alone(tmp_path: Path) -> None:
    """The same words are found wrong where nothing says that they are Welsh."""
    wrong = "The goverment  must act , and and it  has  80 percent of the the homes. CLlLC agrees that"
    for number, said in enumerate(("", "language: cy")):
        seeds = f"key_messages:\n  - id: neges\n    {said}\n    text: |\n      {wrong}\n"
        found = workspace(tmp_path / str(number), seeds, ONE)
        printed_ = run("check", cwd=found.root).stdout
        rules = set(re.findall(r"\[([a-z-]+)\]", printed_))
        if said:
            assert not rules, printed_
        else:
            assert rules >= {"doubled-word", "doubled-space", "space-before-punctuation", "house-form"}, printed_


def test_structure_is_looked_at_in_any_language(tmp_path: Path) -> None:
    """The standfirst is a block that is printed again as a message."""
    found = run("check", cwd=workspace(tmp_path, SEEDS.replace("LANGUAGE", "language: cy"), BRIEF).root)
    assert "[repeated-block]" in found.stdout
    assert "[misspelling]" not in found.stdout


# Codes.


@pytest.mark.parametrize(
    "code", ["cy", "gd", "ga", "pl", "ur", "sco", "zh-Hant", "en-IE", "es-419", "ku-Arab-IQ", "no"]
)
def test_codes_that_name_a_language(code: str) -> None:
    assert is_known(code)


@pytest.mark.parametrize(
    "code", ["Welsh", "CY", "cy_GB", "cy-gb", "xx", "c", "cymraeg", "cy-", "en GB", "cy<b>", "c" * 9_999]
)
def test_a_bad_code_is_told_with_advice(code: str, tmp_path: Path) -> None:
    seeds = f"key_messages:\n  - id: neges\n    language: {code}\n    text: |\n      Helo.\n"
    found = run("check", cwd=workspace(tmp_path, seeds, ONE).root)
    assert found.returncode == 1
    assert "seeds/homes.yaml:3:15 error [unknown-value]" in found.stdout
    assert "is not the code of a language." in found.stdout
    assert "`cy` for Welsh" in found.stdout


@pytest.mark.parametrize(("code", "leftwards"), [("ar", True), ("ur-PK", True), ("ur-Latn", False), ("ku-Arab", True), ("cy", False), ("ku", False)])  # fmt: skip
def test_direction(code: str, leftwards: bool) -> None:
    assert runs_left(code) == leftwards
