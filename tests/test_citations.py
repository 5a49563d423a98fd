"""How a figure says where it comes from: the style chooses, and a source is marked once in a paragraph."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despatch.content import Library
from despatch.document import Document, Footnote, Group, Item, Listing, Origin, Paragraph, Properties, Text, lines, walk
from despatch.load import load_library
from despatch.page import Page
from despatch.writers import markdown
from tests.helpers import ROOT, run, workspace
from tests.test_prose import page_with

SEEDS = """
facts:
  - {id: in-care, value: "82,170", what: children in care, source: statistics, as_of: 2022-03-31}
  - {id: leavers, value: "30,000", what: children who left care, source: statistics, as_of: 2022-03-31}
  - {id: rcc-count, value: up to 20, what: cooperatives, source: the-review, as_of: 2022-05-23}
  - {id: published, value: 23 May 2022, what: day of publication, source: the-review, as_of: 2022-05-23}
sources:
  - {id: the-review, kind: review, title: The Review, published: 2022-05-23, url: "https://review.example"}
  - {id: statistics, kind: dataset, title: Statistics, short: DfE, published: 2022-11}
"""
MARKED = "{{in-care}} children, of whom {{leavers}} left. The Review wants {{rcc-count}} bodies."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library, faults = load_library(workspace(tmp_path_factory.mktemp("citations"), SEEDS).seeds)
    assert not faults
    return library


def printed(library: Library, text: str, **settings: Any) -> str:
    """The text as Markdown, on one line."""
    page = page_with(library, **settings)
    document = Document(Properties("T", "", "2022-12-08", ""), page.prose(text, Origin("homes")))
    body = markdown.write(document, page.style).decode().split("\n---\n", 1)[1]
    return html.unescape(" ".join(body.split()).replace("\\", ""))


@pytest.mark.parametrize("way", ["footnotes", "list", "none"])
def test_a_page_is_described_without_marks(library: Library, way: str) -> None:
    page = page_with(library, citations=way)
    standfirst = page.prose("{{in-care}} children live in care.", Origin("homes"), "standfirst")
    made = markdown.write(Document(Properties("T", "", "2022-12-08", ""), standfirst), page.style).decode()
    assert 'description: "82,170 children live in care."\n' in made


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("footnotes", "82,170 children,[^1] of whom 30,000 left. The Review wants up to 20 bodies.[^2]"),
        ("list", "82,170 children [1], of whom 30,000 left. The Review wants up to 20 bodies [2]."),
        (
            "links",
            "82,170 children (DfE), of whom 30,000 left. The Review wants [up to 20](https://review.example) bodies.",
        ),
        ("none", "82,170 children, of whom 30,000 left. The Review wants up to 20 bodies."),
    ],
)
def test_a_style_chooses_how_figures_are_sourced(library: Library, way: str, expected: str) -> None:
    assert printed(library, MARKED, citations=way).replace("\u00a0", " ") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Care costs more [@statistics].", "Care costs more.[^1]"),
        ("Care costs more\n[@statistics], and more.", "Care costs more,[^1] and more."),
        ("In care: {{in-care}}.", "In care: 82,170.[^1]"),
        ("({{in-care}}) and on, and on", "(82,170) and on,[^1] and on"),
        ("a {{in-care}}–{{rcc-count}} army", "a 82,170–up to 20 army[^1][^2]"),
        ("**{{in-care}}** children", "**82,170** children[^1]"),
        ("- [@statistics] first\n- second", "- [^1] first - second"),
    ],
)
def test_a_footnotes_mark_stands_at_the_end_of_its_clause(library: Library, text: str, expected: str) -> None:
    assert printed(library, text, citations="footnotes") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{in-care}} now.\n\n{{leavers}} then.", "82,170 now.[^1] 30,000 then.[^1]"),
        ("- {{in-care}} now\n- {{leavers}} then", "- 82,170 now[^1] - 30,000 then[^1]"),
        ("{{in-care}} in care and {{leavers}} not [@statistics].", "82,170 in care and 30,000 not.[^1]"),
        ("{{in-care}} on {{in-care.as_of}}", "82,170 on 31 March 2022[^1]"),
        ("**{{in-care}}**. {{rcc-count}} more", "**82,170**.[^1] Up to 20 more[^2]"),
        ("{{in-care}} [@the-review].", "82,170.[^1][^2]"),
    ],
)
def test_each_paragraph_marks_a_source_once_where_the_officer_put_it(
    library: Library, text: str, expected: str
) -> None:
    assert printed(library, text, citations="footnotes") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{in-care}} children.", "82,170 (31 March 2022) children."),
        ("{{in-care}} children on {{in-care.as_of}}.", "82,170 children on 31 March 2022."),
        ("It came out on {{published}}.", "It came out on 23 May 2022."),
    ],
)
def test_a_style_may_print_a_date_after_each_figure(library: Library, text: str, expected: str) -> None:
    assert printed(library, text, citations="none", dated_figures="yes") == expected


@pytest.mark.parametrize("way", ["footnotes", "none"])
def test_an_escaped_citation_is_printed_as_it_stands(library: Library, way: str) -> None:
    assert printed(library, r"Write \[@statistics] so.", citations=way) == "Write [@statistics] so."


WORDS = st.lists(
    st.sampled_from(
        [
            "children",
            "more.",
            "{{in-care}}",
            "{{leavers}},",
            "({{rcc-count}})",
            "[@statistics]",
            "**{{published}}**",
            "\n\n",
        ]
    ),
    max_size=12,
).map(" ".join)


@given(text=WORDS)
def test_marks_change_no_word(library: Library, text: str) -> None:
    def words(way: str) -> list[str]:
        nodes = page_with(library, citations=way).prose(text, Origin("homes"))
        return " ".join(lines(Document(Properties("", "", "", ""), nodes))).lower().split()

    assert words("footnotes") == words("none")


@given(text=WORDS)
def test_notes_are_numbered_in_the_order_in_which_their_marks_are_read(library: Library, text: str) -> None:
    page = page_with(library, citations="footnotes")
    nodes = page.prose(text, Origin("homes"))
    numbers = [number for node in walk(nodes) if isinstance(node, Paragraph) for number in marks(node.words)]
    assert list(dict.fromkeys(numbers)) == list(range(1, len(page.sources) + 1))


def marks(words: Any) -> list[int]:
    found: list[int] = []
    for inline in words:
        found += [inline.number] if isinstance(inline, Footnote) else marks(getattr(inline, "words", ()))
    return found


POSITION = """
positions:
  - id: homes
    heading: Homes, with {{in-care}} children
    proposal:
      from: the-review
      lead: |
        The Review wants:
      points: ["{{rcc-count}} bodies."]
    view:
      stance: mixed
      text: |
        We doubt that {{rcc-count}} are enough.
"""
BRIEF = """
title: Homes
house: lords
proceeding: take-note-debate
date: 2022-12-08
style: lga
sections:
  - positions: [homes]
"""


def built(folder: Path, seeds: str = POSITION + SEEDS) -> str:
    files = workspace(
        folder,
        seeds.replace('points: ["{{', "points:\n        - |\n          {{").replace('bodies."]', "bodies."),
        BRIEF,
    )
    result = run("build", "lords", "--to", "md", cwd=files.root)
    assert result.returncode == 0, result.stderr
    return (files.root / "out" / "lords.md").read_text(encoding="utf-8")


def test_a_proposals_label_cites_its_document_and_its_own_figures_need_no_mark(tmp_path: Path) -> None:
    page = built(tmp_path)
    assert "**What The Review recommends**[^1]" in page
    assert "- Up to 20 bodies." in page
    assert "We doubt that up to 20 are enough.[^1]" in page


def test_a_figure_in_a_heading_has_no_mark_and_its_source_is_not_lost(tmp_path: Path) -> None:
    page = built(tmp_path)
    assert "## Homes, with 82,170 children\n" in page
    assert page.rstrip().endswith(
        "## Sources\n\n1. Statistics, November 2022.\n\n[^1]: [The Review](https://review.example), 23 May 2022."
    )


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ('dated: "({as_of})"', "`dated` leaves out what it is for: `{value}`."),
        ('dated: "{valu} ({as_of})"', "Nothing fills `{valu}` in this label."),
        ('chart_source: "Source: {source}"', "Nothing fills `{source}` in this label."),
    ],
)
def test_a_label_that_would_lose_a_figure_is_refused(tmp_path: Path, label: str, said: str) -> None:
    seeds = "passages:\n  - id: homes\n    text: |\n      Words.\n" + SEEDS
    files = workspace(tmp_path, seeds, BRIEF.replace("positions", "passages"))
    shutil.copytree(ROOT / "templates" / "lga", tmp_path / "templates" / "lga")
    style = tmp_path / "templates" / "lga" / "style.yaml"
    name = label.partition(":")[0]
    style.write_text(re.sub(rf"(?m)^  {name}: .*$", f"  {label}", style.read_text(encoding="utf-8")), encoding="utf-8")
    refused = run("build", "lords", cwd=files.root)
    assert refused.returncode == 1
    assert said in refused.stderr


@pytest.mark.parametrize(
    ("fact", "rule"),
    [
        ("value: 8,2170, as_of: 2022", "unreadable-value"),
        ('value: "82,170", as_of: 2023', "future-fact"),
        ('value: "82,170", as_of: 2022, equals: "{{half}} + {{half}}"', "broken-sum"),
        ('value: "82,170"', "undated-fact"),
    ],
)
def test_a_strict_build_refuses_a_doubtful_figure_that_it_prints(tmp_path: Path, fact: str, rule: str) -> None:
    seeds = (
        "passages:\n  - id: homes\n    text: |\n      {{in-care}} children.\n"
        f"facts:\n  - {{id: in-care, {fact.replace('8,2170', chr(34) + '8,2170' + chr(34))}, what: in care, source: s}}\n"
        '  - {id: half, value: "40,000", what: half of them, as_of: 2022, source: s}\n'
        "sources:\n  - {id: s, kind: dataset, title: S, published: 2022}\n"
    )
    files = workspace(tmp_path, seeds, BRIEF.replace("positions", "passages"))
    refused = run("build", "lords", "--strict", "--to", "md", cwd=files.root)
    assert refused.returncode == 1
    assert f"[{rule}]" in refused.stderr
    assert not (files.root / "out").exists()


def test_a_quotation_that_ends_in_a_list_keeps_its_closing_mark_and_source(tmp_path: Path) -> None:
    seeds = (
        "quotations:\n  - id: homes\n    source: statistics\n    text: |\n      We need:\n\n      - homes\n      - help\n"
        + SEEDS
    )
    files = workspace(tmp_path, seeds, BRIEF.replace("positions", "quotations"))
    assert run("build", "lords", "--to", "md", cwd=files.root).returncode == 0
    assert "> - help”[^1]" in (files.root / "out" / "lords.md").read_text(encoding="utf-8")


def test_a_web_page_is_printed_with_the_day_it_was_looked_at(library: Library, tmp_path: Path) -> None:
    seeds = SEEDS.replace("published: 2022-11}", 'by: DfE, url: "https://dfe.example", accessed: 2022-12-01}')
    fresh, faults = load_library(workspace(tmp_path, seeds).seeds)
    assert not faults
    page = Page(fresh, page_with(library).style)
    words = (Paragraph(page.source(fresh.sources["statistics"]), Origin("statistics")),)
    listed = Document(Properties("", "", "", ""), (Group("sources", (Listing((Item(words),)),)),))
    assert list(lines(listed)) == ["Statistics, DfE. Accessed 1 December 2022."]
    assert Text("Statistics") in next(iter(words[0].words)).words  # type: ignore[union-attr]
