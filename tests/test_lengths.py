"""How long a briefing is: words and pages by section, and what its brief allows."""

from __future__ import annotations

import io
import shutil
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from despatch.assemble import word_count
from despatch.build import Prepared, Tailoring, laid_out, prepare, printed
from despatch.diagnostics import Diagnostics
from despatch.document import Bar, Chart, Document, Group, Heading, Item, Listing, Node, Origin, Paragraph, Table, Text
from despatch.lengths import Length, lengths, longest, table
from despatch.load import load_library
from despatch.office import Briefing
from despatch.pdf import converted, missing
from despatch.style import Style
from despatch.workspace import Workspace
from tests.helpers import ROOT, run, with_layout, workspace

SEEDS = """\
key_messages:
  - id: wait
    priority: essential
    text: |
      Children wait too long for a home.
passages:
  - id: homes
    priority: essential
    heading: Homes for all
    text: |
      Every council is short of foster carers.
"""
BRIEF = """\
title: Homes for children
house: lords
proceeding: take-note-debate
date: 2022-12-08
{allowed}
sections:
  - key_messages: [wait]
  - passages: [homes]
"""
EXAMPLES = sorted(path.stem for path in (ROOT / "briefs").glob("*.yaml"))
TOP, TEXT = 62, 714
"""Where the text of a page begins in our own styles, and how high it is, in points."""


def briefing(files: Workspace, name: str = "lords", style: str | None = None) -> tuple[Briefing, Diagnostics]:
    """A brief as it would be built, and what is said of it."""
    library, faults = load_library(files.seeds)
    path = files.root / "briefs" / f"{name}.yaml"
    prepared, more = prepare(files, path, library, Tailoring(style=style))
    assert prepared is not None, faults + more
    document, faults = laid_out(prepared, Tailoring(), path)
    assert document is not None
    return Briefing(path, prepared.selection, document, prepared.style), faults


def small(folder: Path, allowed: str = "length: full") -> tuple[Briefing, Diagnostics]:
    return briefing(workspace(folder, SEEDS, BRIEF.format(allowed=allowed)))


def measured(style: Style, *nodes: Node) -> list[Length]:
    document = small_document(nodes)
    return lengths(document, style)


def small_document(nodes: tuple[Node, ...]) -> Document:
    properties = briefing(Workspace(ROOT), EXAMPLES[0])[0].document.properties
    return Document(properties, nodes)


@pytest.fixture(scope="module")
def style() -> Style:
    """The plain style."""
    return briefing(Workspace(ROOT), EXAMPLES[0], "plain")[0].style


def paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),), Origin("homes"))


# Words and pages.


def test_a_briefing_is_measured_by_section(tmp_path: Path) -> None:
    found = lengths(small(tmp_path)[0].document, small(tmp_path)[0].style)
    assert [(each.heading, each.words) for each in found] == [
        ("Opening", 15),
        ("Key messages", 9),
        ("Homes for all", 10),
        ("Total", 34),
    ]
    assert longest(found).heading == "Opening"


@pytest.mark.parametrize("name", EXAMPLES)
def test_sections_have_all_words_of_a_briefing_and_each_once(name: str) -> None:
    found, _ = briefing(Workspace(ROOT), name)
    *sections, total = lengths(found.document, found.style)
    assert total.words == word_count(found.document) == sum(each.words for each in sections)
    assert total.pages == pytest.approx(sum(each.pages for each in sections))


def filled(pdf: bytes) -> float:
    """The pages that a PDF fills: all but the last one, and what of that is not empty. Notes stand at its foot."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    heights = list[float]()

    def note(text: str, _: Any, at: list[float], *__: Any) -> None:
        if text.strip():
            heights.append(pages[-1].mediabox.height - at[5])

    pages[-1].extract_text(visitor_text=note)
    lines = sorted(each for each in heights if TOP <= each <= TOP + TEXT)
    gaps = (after - before for before, after in pairwise((TOP, *lines, TOP + TEXT)))
    return len(pages) - max(gaps) / TEXT


@pytest.mark.skipif(bool(missing()), reason=missing())
@pytest.mark.parametrize("layout", ["stacked", "side-by-side"])
@pytest.mark.parametrize("style", ["lga", "plain"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_pages_of_our_own_briefings_come_out_right(name: str, style: str, layout: str, tmp_path: Path) -> None:
    found, _ = briefing(Workspace(ROOT), name)
    worn = with_layout(style, layout, tmp_path)
    prepared = Prepared(found.selection.brief, found.selection, worn)
    document, _ = laid_out(prepared, Tailoring(), found.path)
    assert document is not None
    made, faults = printed(document, worn, ["docx"])
    assert not faults
    assert lengths(document, worn)[-1].pages == pytest.approx(filled(converted(made["docx"])), abs=0.5)


def test_a_longer_text_takes_more_of_a_page(style: Style) -> None:
    short, long = (measured(style, paragraph("word " * number))[-1].pages for number in (100, 200))
    assert 1.7 < long / short < 2.1


def test_lists_tables_and_charts_take_room(style: Style) -> None:
    words = (Text("a few words here"),)
    item = Item((Paragraph(words, Origin("homes")), Listing((Item((Paragraph(words, Origin("homes")),)),))))
    grid = Table((words, words), ((words, words),), Origin("homes"))
    chart = Chart(words, (Bar(words, words, 1),), grid, Origin("homes"))
    listed, tabled, charted = (measured(style, node)[-1] for node in (Listing((item,)), grid, chart))
    assert (listed.words, tabled.words, charted.words) == (8, 16, 16)
    assert 0 < listed.pages < 0.1
    assert 0 < tabled.pages < charted.pages < 0.2


def test_what_stands_before_the_first_heading_is_the_opening(style: Style) -> None:
    first, second = Heading(1, (Text("One"),), Origin("homes")), Heading(2, (Text("Two"),), Origin("homes"))
    found = measured(style, paragraph("Before."), first, second, Group("view", (paragraph("After."),)))
    assert [(each.heading, each.words) for each in found] == [("Opening", 1), ("One", 3), ("Total", 4)]


def test_a_document_of_nothing_has_no_length(style: Style) -> None:
    assert measured(style) == [Length("Total", 0, 0)]


# The style's own measures.


def edited(style: Style, folder: Path, *changes: tuple[str, str]) -> Style:
    """The style with words of its Word file changed."""
    copy = folder / "style"
    shutil.copytree(style.folder, copy)
    with zipfile.ZipFile(style.folder / "reference.docx") as old, zipfile.ZipFile(copy / "reference.docx", "w") as new:
        for name in old.namelist():
            text = old.read(name)
            for before, after in changes:
                text = text.replace(before.encode(), after.encode())
            new.writestr(name, text)
    return replace(style, folder=copy)


@pytest.mark.parametrize(
    ("before", "after", "least", "most"),
    [
        ('<w:sz w:val="23"/>', '<w:sz w:val="46"/>', 3.5, 4.5),
        ('w:line="266"', 'w:line="532"', 1.8, 2.1),
        ('w:w="11906"', 'w:w="21090"', 0.45, 0.55),
        ('w:h="16838"', 'w:h="31125"', 0.48, 0.52),
    ],
)
def test_type_lines_and_paper_of_the_style_count(
    style: Style, tmp_path: Path, before: str, after: str, least: float, most: float
) -> None:
    text = paragraph("The words of a paragraph. " * 80)
    ours, theirs = measured(style, text)[-1], measured(edited(style, tmp_path, (before, after)), text)[-1]
    assert least < theirs.pages / ours.pages < most


@pytest.mark.parametrize(
    "change",
    [
        ("<w:pgMar ", "<w:pgMor "),
        ('w:top="1304"', 'w:top="2.3cm"'),
        ('w:val="23"', 'w:val="many"'),
        ('w:val="23"', 'w:val="0"'),
        ('w:w="11906"', 'w:w="1"'),
        ("<w:docDefaults>", "<w:docDefaults/><w:docDefoults>"),
        ('<w:basedOn w:val="Normal"/>', '<w:basedOn w:val="BodyText"/>'),
    ],
)
def test_a_strange_word_file_is_measured_all_the_same(style: Style, tmp_path: Path, change: tuple[str, str]) -> None:
    found = measured(edited(style, tmp_path, change), paragraph("The words of a paragraph."))
    assert found[-1].words == 5
    assert found[-1].pages > 0


def test_a_word_file_that_is_saved_anew_is_measured_anew(style: Style, tmp_path: Path) -> None:
    text, kept = paragraph("The words of a paragraph. " * 80), edited(style, tmp_path / "kept")
    before = measured(kept, text)[-1]
    larger = edited(style, tmp_path / "larger", ('<w:sz w:val="23"/>', '<w:sz w:val="46"/>'))
    shutil.copy(larger.folder / "reference.docx", kept.folder)
    assert measured(kept, text)[-1].pages > 3 * before.pages


def test_the_letters_of_the_typeface_count(style: Style, tmp_path: Path) -> None:
    text = paragraph("The words of a paragraph. " * 80)
    narrow, wide = (
        measured(edited(style, tmp_path / name, ("Cambria", name)), text)[-1] for name in ("Calibri", "Arial")
    )
    assert 1.05 < wide.pages / narrow.pages < 1.25


def test_a_style_without_a_word_file_is_taken_for_a_usual_one(style: Style, tmp_path: Path) -> None:
    text = paragraph("The words of a paragraph. " * 80)
    found = measured(replace(style, folder=tmp_path), text)[-1]
    assert found.pages == pytest.approx(measured(style, text)[-1].pages, rel=0.2)


# What a brief allows.


def test_the_table_has_a_row_a_section_and_a_total(tmp_path: Path) -> None:
    assert [row[:2] + row[3:] for row in table(small(tmp_path)[0])] == [
        ("section", "words", "share"),
        ("Opening", "15", "44%"),
        ("Key messages", "9", "26%"),
        ("Homes for all", "10", "29%"),
        ("Total", "34", "100%"),
    ]


@pytest.mark.parametrize(
    ("allowed", "last"),
    [
        ("max_words: 33", ("Allowed", "33", "", "over by 1 word")),
        ("max_words: 12", ("Allowed", "12", "", "over by 22 words")),
        ("max_words: 34", ("Allowed", "34", "", "within")),
        ("pages: 2", ("Allowed", "", "2", "within")),
        ("max_words: 1200\npages: 2", ("Allowed", "1,200", "2", "within")),
    ],
)
def test_the_table_ends_with_what_is_allowed(tmp_path: Path, allowed: str, last: tuple[str, ...]) -> None:
    assert table(small(tmp_path, allowed)[0])[-1] == last


def long(folder: Path, allowed: str) -> tuple[Briefing, Diagnostics]:
    """A briefing of about three pages."""
    seeds = SEEDS + "".join(f"\n      Home {number} has a garden and a kitchen.\n" for number in range(99))
    return briefing(workspace(folder, seeds, BRIEF.format(allowed=allowed)))


@pytest.mark.parametrize(
    ("allowed", "said"),
    [
        ("pages: 1", "The briefing has about 3.2 pages, though only what is essential is left; allowed are 1."),
        ("max_words: 500", "The briefing has 826 words, though only what is essential is left; allowed are 500."),
        (
            "max_words: 500\npages: 2",
            "The briefing has 826 words and about 3.2 pages, though only what is essential is left; allowed are 500 and 2.",
        ),
        (
            "max_words: 500\npages: 20",
            "The briefing has 826 words, though only what is essential is left; allowed are 500.",
        ),
        (
            "max_words: 5000\npages: 2",
            "The briefing has about 3.2 pages, though only what is essential is left; allowed are 2.",
        ),
    ],
)
def test_a_briefing_over_its_length_is_reported_with_both_numbers(tmp_path: Path, allowed: str, said: str) -> None:
    (fault,) = long(tmp_path, allowed)[1]
    assert (fault.rule, fault.severity, fault.message) == ("over-length", "warning", said)
    assert "Longest is “Homes for all”, with 802 words." in fault.help


@pytest.mark.parametrize("allowed", ["length: full", "max_words: 826", "pages: 4", "max_words: 826\npages: 4"])
def test_a_briefing_within_its_length_is_let_be(tmp_path: Path, allowed: str) -> None:
    assert long(tmp_path, allowed)[1] == []


def test_the_table_says_by_how_much_a_briefing_is_over(tmp_path: Path) -> None:
    found, _ = long(tmp_path, "max_words: 500\npages: 2")
    assert table(found)[-1] == ("Allowed", "500", "2", "over by 326 words and 1.2 pages")


def test_the_command_shows_the_table(tmp_path: Path) -> None:
    files = workspace(tmp_path, SEEDS, BRIEF.format(allowed="max_words: 12"))
    said = run("check", "lords", "--lengths", cwd=files.root)
    assert "Traceback" not in said.stderr
    assert "Homes for all\t10\t0.1\t29%\n" in said.stdout
    assert "over by 22 words" in said.stdout
