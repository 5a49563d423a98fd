"""The two layouts for positions: one under the other, and side by side in a table of two columns."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import docx
import pytest
from lxml import etree
from msgspec.structs import replace
from openxml_audit import OpenXmlValidator

from despatch.build import Tailoring, laid_out, prepare, printed
from despatch.document import (
    Bar,
    Chart,
    Document,
    Footnote,
    Group,
    GroupRole,
    Heading,
    Item,
    Listing,
    Node,
    Origin,
    Pair,
    Paragraph,
    Table,
    Text,
    Words,
    lines,
    walk,
)
from despatch.lengths import lengths
from despatch.load import load_library
from despatch.style import Style, beside
from despatch.workspace import Workspace
from despatch.writers import word
from tests.helpers import LAYOUTS, ROOT, with_layout
from tests.test_golden import BRIEFS, markdown_text, parts, printed_lines
from tests.test_word_notes import PROPERTIES, Read, note

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STYLES = ["lga", "plain"]
LORDS = "lords-2022-12-08-childrens-social-care"
EVERY = [(brief, style) for brief in BRIEFS for style in STYLES]
SIDE = LAYOUTS[1]


def _has_positions(brief: str) -> bool:
    library, _ = load_library(ROOT / "seeds")
    prepared, _ = prepare(Workspace(ROOT), ROOT / "briefs" / f"{brief}.yaml", library, Tailoring())
    assert prepared is not None
    return any(block.kind == "positions" for chosen in prepared.selection.sections for block in chosen.blocks)


CASES = [
    (brief, style, layout)
    for brief in BRIEFS
    for layout in (LAYOUTS if _has_positions(brief) else LAYOUTS[:1])
    for style in STYLES
]
"""Every example in both styles, and in both layouts where it has positions; without them the two are one."""
needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")


@dataclass(frozen=True)
class Made:
    """A briefing of the example workspace in one style and layout."""

    document: Document
    style: Style
    files: dict[str, bytes]


@cache
def worn(style: str, layout: str) -> Style:
    return with_layout(style, layout, Path(mkdtemp(prefix="despatch-layout-")))


@cache
def made(brief: str, style: str, layout: str) -> Made:
    workspace, path = Workspace(ROOT), ROOT / "briefs" / f"{brief}.yaml"
    prepared, faults = prepare(workspace, path, load_library(workspace.seeds)[0], Tailoring())
    assert prepared is not None, faults
    prepared = replace(prepared, style=worn(style, layout))
    document, _ = laid_out(prepared, Tailoring(), path)
    assert document is not None
    return Made(document, prepared.style, printed(document, prepared.style, ["docx", "md", "html"])[0])


def pairs(document: Document) -> list[Pair]:
    return [node for node in walk(document.content) if isinstance(node, Pair)]


def text_of(element: Any) -> str:
    """The words of a paragraph, a tab as a space, without the numbers of footnotes."""
    marks = element.xpath(".//w:r[w:rPr/w:rStyle[@w:val='FootnoteReference']]//w:t", namespaces={"w": W[1:-1]})
    return "".join(each.text or " " for each in element.iter(f"{W}t", f"{W}tab") if each not in marks)


def in_order(body: Any) -> Iterator[Any]:
    """The paragraphs of a Word file; those of a table with long cells column by column, as they are meant to be read."""
    for block in body:
        if block.find(f"{W}tblPr/{W}tblStyle[@{W}val='DespatchPair']") is not None:
            rows = [row.findall(f"{W}tc") for row in block.findall(f"{W}tr")]
            for column in zip(*rows, strict=True):
                yield from (each for cell in column for each in cell.iter(f"{W}p"))
        else:
            yield from block.iter(f"{W}p")


def word_lines(file: bytes) -> list[str]:
    """What a Word file says, line by line, and then its footnotes."""
    made_parts = parts(file)
    body = etree.fromstring(made_parts["word/document.xml"]).find(f"{W}body")
    notes = etree.fromstring(made_parts.get("word/footnotes.xml", b"<w/>"))
    found = [text_of(each) for each in in_order(body)] + [text_of(each).strip() for each in notes.iter(f"{W}p")]
    return [each for each in found if each]


# The same words in the same order, whatever the layout.


@pytest.mark.parametrize(("brief", "style"), EVERY)
def test_the_tree_says_the_same_in_both_layouts(brief: str, style: str) -> None:
    stacked, beside_ = (list(lines(made(brief, style, layout).document)) for layout in LAYOUTS)
    assert stacked == beside_


@pytest.mark.parametrize(("brief", "style"), EVERY)
def test_word_says_what_the_tree_says_read_column_by_column(brief: str, style: str) -> None:
    found = made(brief, style, SIDE)
    assert word_lines(found.files["docx"]) == printed_lines(found.document)


@pytest.mark.parametrize(("brief", "style"), EVERY)
def test_markdown_is_the_same_in_both_layouts(brief: str, style: str) -> None:
    stacked, beside_ = (made(brief, style, layout) for layout in LAYOUTS)
    assert markdown_text(beside_.files["md"].decode()) == markdown_text(stacked.files["md"].decode())


@pytest.mark.parametrize(("brief", "style"), EVERY)
def test_html_differs_only_by_what_stands_round_each_pair(brief: str, style: str) -> None:
    stacked, beside_ = (made(brief, style, layout) for layout in LAYOUTS)
    page = re.sub(r'<meta name="despatch"[^>]*>', "", beside_.files["html"].decode())
    pair = re.compile(
        r'<div class="pair">\n(<div class="proposal".*?</div>\n<div class="view".*?</div>\n)</div>', re.DOTALL
    )
    unpaired, count = pair.subn(lambda found: found[1].rstrip("\n"), page)
    assert count == len(pairs(beside_.document))
    assert unpaired == re.sub(r'<meta name="despatch"[^>]*>', "", stacked.files["html"].decode())


# Side by side: a table of two columns.


def tables(file: bytes) -> list[Any]:
    """The tables in which a proposal stands beside a view."""
    body: Any = etree.fromstring(parts(file)["word/document.xml"])
    return list(body.xpath("//w:tbl[w:tblPr/w:tblStyle[@w:val='DespatchPair']]", namespaces={"w": W[1:-1]}))


@pytest.mark.parametrize("style", STYLES)
def test_each_pair_is_a_table_whose_header_row_has_the_labels(style: str) -> None:
    found = made(LORDS, style, SIDE)
    view = found.style.labels.view
    assert len(tables(found.files["docx"])) == len(pairs(found.document)) > 3
    for table in tables(found.files["docx"]):
        header, row = table.findall(f"{W}tr")
        assert header.find(f"{W}trPr/{W}tblHeader") is not None, "the labels are repeated on every page"
        label, ours = (text_of(each) for each in header.findall(f"{W}tc"))
        assert label.startswith("What ")
        assert ours == view
        assert all(text_of(cell) for cell in row.findall(f"{W}tc"))
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val"), "readers who cannot see it know what it is of"


@pytest.mark.parametrize("style", STYLES)
def test_proposal_and_view_are_told_apart_without_colour(style: str) -> None:
    """By their labels, by the letters' weight or shade on a dark ground, and by another sort of bullet."""
    file = made(LORDS, style, SIDE).files["docx"]
    used = [
        {each.get(f"{W}val") for each in cell.iter(f"{W}pStyle")}
        for table in tables(file)
        for cell in table.iter(f"{W}tc")
    ]
    assert {"PairProposalLabel"} in used
    assert {"PairViewLabel"} in used
    assert any("PairProposalBullet" in each for each in used)
    assert any("ViewBullet" in each for each in used)
    numbering = parts(file)["word/numbering.xml"].decode()
    marks = {
        name: re.search(rf'"{name}"/><w:suff[^>]*><w:lvlText w:val="(.)"', numbering)
        for name in ("PairProposalBullet", "ViewBullet")
    }
    assert len({found[1] for found in marks.values() if found}) == 2


def test_stacked_positions_have_no_table() -> None:
    assert not tables(made(LORDS, "lga", "stacked").files["docx"])
    assert not pairs(made(LORDS, "lga", "stacked").document)


def test_a_half_alone_is_never_paired(tmp_path: Path) -> None:
    """A topic that leaves nothing of a view leaves the proposal under its label, as in the other layout."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "briefs").mkdir()
    (tmp_path / "seeds" / "all.yaml").write_text(HALF, encoding="utf-8")
    path = tmp_path / "briefs" / "lords.yaml"
    path.write_text(BRIEF, encoding="utf-8")
    library, faults = load_library(tmp_path / "seeds")
    assert not faults
    for topics, count in (((), 1), (("homes",), 0)):
        tailoring = Tailoring(topics=topics)
        prepared, faults = prepare(Workspace(tmp_path), path, library, tailoring)
        assert prepared is not None, faults
        document, _ = laid_out(replace(prepared, style=worn("plain", SIDE)), tailoring, path)
        assert document is not None
        assert len(pairs(document)) == count
        assert "One national framework." in list(lines(document))


HALF = """
topics: [{id: homes, label: Homes}, {id: cost, label: Cost}]
sources: [{id: the-review, kind: review, title: A review}]
positions:
  - id: homes
    heading: Homes
    proposal:
      from: the-review
      points:
        - {topics: [homes], text: One national framework.}
    view:
      stance: mixed
      points:
        - {topics: [cost], text: Pay for it.}
"""
BRIEF = """
title: A debate
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - positions: [homes]
"""


# Hostile pairs, made by hand.


def said(text: str, *notes: int, role: str = "body") -> Paragraph:
    words: Words = (Text(text), *map(Footnote, notes))
    return Paragraph(words, Origin("block", text), role)  # type: ignore[arg-type]


def half(role: GroupRole, label: str, *content: Node, notes: tuple[int, ...] = ()) -> Group:
    return Group(role, (said(label, *notes, role="label"), *content))


def bullets(name: str, count: int) -> Listing:
    return Listing(tuple(Item((said(f"{name} {number} " + "wider words " * 6),)) for number in range(count)))


def written(*content: Node, style: str = "lga") -> bytes:
    return word.write(Document(PROPERTIES, content), worn(style, SIDE))


def valid(file: bytes, folder: Path) -> bool:
    path = folder / "pair.docx"
    path.write_bytes(file)
    result = OpenXmlValidator().validate(path)
    assert result.is_valid, result.errors
    return True


def pages(file: bytes, folder: Path) -> list[str]:
    """The pages of a Word file, as LibreOffice lays them out."""
    path = folder / "long.docx"
    path.write_bytes(file)
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*command, str(folder), str(path)], check=True, capture_output=True, timeout=180)
    pdf = ["pdftotext", "-layout", str(folder / "long.pdf"), "-"]
    return subprocess.run(pdf, check=True, capture_output=True, encoding="utf-8").stdout.split("\f")[:-1]


LONG = Pair(
    half("proposal", "What they want", said("In short:", role="lead"), bullets("Proposed", 400)),
    half("view", "What we say", bullets("Answered", 400)),
)


@needs_office
@pytest.mark.parametrize("style", STYLES)
def test_four_hundred_points_break_over_pages_with_their_labels_on_each(style: str, tmp_path: Path) -> None:
    heading = Heading(2, (Text("A long one"),), Origin("block", "heading"))
    file = written(heading, LONG, said("After it."), style=style)
    assert valid(file, tmp_path)
    found = pages(file, tmp_path)
    assert len(found) > 10
    assert "A long one" in found[0]
    assert "Proposed 0" in found[0]
    inside = [page for page in found if "Proposed" in page or "Answered" in page]
    assert all("What they want" in page and "What we say" in page for page in inside)
    whole = "\n".join(found)
    assert all(f"{name} {number} " in whole for name in ("Proposed", "Answered") for number in range(400))


def test_a_short_pair_stays_whole_and_a_long_one_may_break() -> None:
    short = Pair(half("proposal", "Theirs", said("A word.")), half("view", "Ours", said("Another.")))
    for pair, whole in ((short, True), (LONG, False)):
        _, row = tables(written(pair))[0].findall(f"{W}tr")
        assert (row.find(f"{W}trPr/{W}cantSplit") is not None) == whole


def test_footnotes_count_as_a_reader_of_the_table_meets_them() -> None:
    """The labels are the first row, so a mark in ours comes before those under theirs."""
    pair = Pair(
        half("proposal", "Theirs", said("They say.", 3), said("And again.", 1), notes=(4,)),
        half("view", "Ours", said("We say.", 3, 2), notes=(5,)),
    )
    notes = Group("notes", (said("Sources", role="label"), Listing(tuple(map(note, range(1, 6))), ordered=True)))
    read = Read(written(said("Before.", 2), pair, notes))
    assert [each.split(",")[0] for each in read.marks] == [f"Source {number}" for number in (2, 4, 5, 3, 1)]
    assert [shown for _, shown in read.repeats] == ["4", "1"]


def test_tables_and_charts_in_a_view_are_valid_and_fit_their_column(tmp_path: Path) -> None:
    words: Words = (Text("more than £1 billion"),)
    table = Table((words, words), ((words, words),), Origin("t", "facts"), (1,))
    chart = Chart(words, (Bar(words, words, 1),), table, Origin("t", "chart"))
    pair = Pair(half("proposal", "Theirs", table), half("view", "Ours", chart, chart))
    file = written(chart, pair, pair)
    assert valid(file, tmp_path)
    for cell in etree.fromstring(parts(file)["word/document.xml"]).iter(f"{W}tc"):
        assert cell[-1].tag == f"{W}p", "Word calls a file damaged in which a cell ends otherwise"
    body: Any = etree.fromstring(parts(file)["word/document.xml"])
    ids = [each.get("id") for each in body.iter("{*}docPr")]
    assert len(ids) == len(set(ids)) == 5
    nested = body.findall(f".//{W}tc//{W}tbl/{W}tblPr/{W}tblW")
    assert nested
    assert all(int(each.get(f"{W}w")) < 4_700 for each in nested)
    assert docx.Document(io.BytesIO(file)).tables


# What is derived from the tree knows both layouts.


@pytest.mark.parametrize(("style", "printed_pages"), [("lga", 9), ("plain", 10)])
def test_pages_are_estimated_by_the_longer_column(style: str, printed_pages: int) -> None:
    """As LibreOffice prints them. If the words of the briefing have changed much: count its pages again."""
    found = made(LORDS, style, SIDE)
    total = lengths(found.document, found.style)[-1]
    assert total.words == lengths(made(LORDS, style, "stacked").document, found.style)[-1].words
    assert printed_pages - 1.4 < total.pages < printed_pages + 0.1


def test_a_style_that_names_no_styles_for_pairs_uses_those_it_has() -> None:
    known = worn("lga", SIDE)
    poorer = replace(known, word={part: name for part, name in known.word.items() if "pair" not in part})
    assert poorer.word_style("bullet", beside("view")) == "View Bullet"
    assert poorer.word_style("pair") == "Despatch Table"
    assert poorer.word_style("caption", beside("view")) == known.word["caption"]
    assert word.write(made(LORDS, "lga", SIDE).document, poorer)
