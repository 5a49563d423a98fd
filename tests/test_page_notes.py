"""Footnotes on the Markdown and the HTML page: every mark leads to its note, and no note is lost."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html as reader

from despatch.diagnostics import Span
from despatch.document import (
    Document,
    Footnote,
    Group,
    Heading,
    Inline,
    Item,
    Link,
    Listing,
    Node,
    Origin,
    Paragraph,
    Properties,
    Strong,
    Table,
    Text,
    Words,
)
from despatch.style import Style, load_style
from despatch.writers import html, markdown
from tests.test_browser import draw, needs_chromium
from tests.test_markdown_escaping import FRAGMENTS

needs_pandoc = pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")
STYLES = ["lga", "plain"]
READERS = ["markdown", "gfm+footnotes"]
ADDRESS = "https://www.example.org/a"


def style(name: str = "plain") -> Style:
    found, faults = load_style(name, Path("none"), Span(Path("none")))
    assert found is not None, faults
    return found


def words(*parts: str | Inline) -> Words:
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)


def say(*parts: str | Inline) -> Paragraph:
    return Paragraph(words(*parts), Origin("x"))


def heading(text: str, level: int = 1) -> Heading:
    return Heading(level, words(text), Origin("x"))


def notes(*entries: str | Words) -> Group:
    items = (Item((say(*([each] if isinstance(each, str) else each)),)) for each in entries)
    return Group("notes", (heading("Sources"), Listing(tuple(items), ordered=True)))


def document(*nodes: Node) -> Document:
    return Document(Properties("A title", "An office", "2022-12-08", "8 December 2022"), nodes)


EVERYWHERE = document(
    Group("front", (Paragraph(words("A title"), Origin("x"), "title"), say("Ten,", Footnote(1), " and more."))),
    Group("key-messages", (heading("Key messages"), Listing((Item((say("Two touch.", Footnote(2), Footnote(3)),)),)))),
    Group("quotation", (say("Quoted.", Footnote(2)),)),
    heading("In figures"),
    say("See ", Link(words("page ", Footnote(3), "ten"), ADDRESS), " and ", Strong(words("bold", Footnote(1))), "."),
    Table((words("Figure"), words("Value")), ((words("Homes"), words("2,880", Footnote(4))),), Origin("x"), (1,)),
    notes(
        (Link(words("First"), ADDRESS), Text(", by the office.")),
        "Second.",
        "Third.",
        "Fourth.",
        "Fifth, never marked.",
    ),
)
MARKS = ["First, by the office.", "Second.", "Third.", "Second.", "Third.", "First, by the office.", "Fourth."]


def text_of(page: bytes) -> str:
    return page.decode().split("\n---\n", 1)[1].strip()


# Markdown


def read(text: str, syntax: str) -> Any:
    """What pandoc reads, as data."""
    command = ["pandoc", "-f", syntax, "-t", "json"]
    done = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", timeout=120, check=True)
    assert not done.stderr
    return json.loads(done.stdout)["blocks"]


def found(data: Any, kind: str) -> Iterator[Any]:
    """Everything of a kind, in reading order, at any depth."""
    if isinstance(data, dict):
        if data.get("t") == kind:
            yield data["c"]
        data = list(data.values())
    for each in data if isinstance(data, list) else ():
        yield from found(each, kind)


def plain(data: Any) -> str:
    """The words that pandoc read, with `‡` for a note."""
    if isinstance(data, list):
        return "".join(map(plain, data))
    if not isinstance(data, dict):
        return ""
    kind: Any = data.get("t")
    inside: Any = data.get("c")
    if kind == "Note":
        return "‡"
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind in ("Str", "Math", "RawInline", "Code"):
        return str(inside if isinstance(inside, str) else inside[-1])
    return plain(inside if kind else list(data.values()))


@needs_pandoc
@pytest.mark.parametrize("syntax", READERS)
def test_every_mark_is_read_as_its_note(syntax: str) -> None:
    blocks = read(text_of(markdown.write(EVERYWHERE, style())), syntax)
    assert [plain(note) for note in found(blocks, "Note")] == MARKS
    assert [plain(each) for each in found(blocks, "Para")][:2] == ["Ten,‡ and more.", "First, by the office."]
    assert "Two touch.‡‡" in [plain(each) for each in found(blocks, "Plain")]
    assert plain(list(found(blocks, "Table"))).endswith("Homes2,880‡")


@needs_pandoc
@pytest.mark.parametrize("syntax", READERS)
def test_mark_in_a_link_stands_after_it(syntax: str) -> None:
    blocks = read(text_of(markdown.write(EVERYWHERE, style())), syntax)
    assert "See page ten‡ and bold‡." in [plain(each) for each in found(blocks, "Para")]
    assert [plain(link[1]) for link in found(blocks, "Link")].count("page ten") == 1


@needs_pandoc
@pytest.mark.parametrize("syntax", READERS)
def test_note_that_nothing_marks_is_printed_under_the_heading(syntax: str) -> None:
    blocks = read(text_of(markdown.write(EVERYWHERE, style())), syntax)
    assert [plain(each) for each in found(blocks, "Header")] == ["A title", "Key messages", "In figures", "Sources"]
    assert [plain(each) for each in found(blocks, "OrderedList")] == ["Fifth, never marked."]


def test_a_note_is_written_once_and_its_heading_never() -> None:
    text = text_of(
        markdown.write(document(say("One", Footnote(1), ", two", Footnote(1), "."), notes("Here.")), style())
    )
    assert text == "One[^1], two[^1].\n\n[^1]: Here."


def test_page_without_a_mark_has_an_ordinary_list() -> None:
    text = text_of(markdown.write(document(say("Words."), notes("Here.", "There.")), style()))
    assert text == "Words.\n\n## Sources\n\n1. Here.\n2. There."


def test_paragraph_of_a_mark_alone_is_printed() -> None:
    text = text_of(markdown.write(document(say(Footnote(1)), notes("Here.")), style()))
    assert text == "[^1]\n\n[^1]: Here."
    assert b'id="note-1-mark-1"' in html.write(document(say(Footnote(1)), notes("Here.")), style())


@needs_pandoc
@pytest.mark.parametrize("syntax", READERS)
@pytest.mark.parametrize("number", [1, 10, 100])
def test_note_of_several_paragraphs_and_a_list_is_read_whole(syntax: str, number: int) -> None:
    entry = Item((say("First."), say("Second."), Listing((Item((say("Third."),)),))))
    before = tuple(Item((say(f"Before {each}."),)) for each in range(1, number))
    group = Group("notes", (heading("Sources"), Listing((*before, entry), ordered=True)))
    blocks = read(text_of(markdown.write(document(say("Words", Footnote(number)), group), style())), syntax)
    (note,) = found(blocks, "Note")
    assert [block["t"] for block in note] == ["Para", "Para", "BulletList"]
    assert plain(note) == "First.Second.Third."


@needs_pandoc
def test_no_text_beside_a_mark_or_in_a_note_is_read_as_markup() -> None:
    """Each fragment that could be markup, before and after a mark, as GitHub's Markdown has it."""
    pairs = [(before, after) for before in ["a", *FRAGMENTS] for after in ["", "b", *FRAGMENTS]]
    pages = document(*(say(before, Footnote(1), after) for before, after in pairs), notes("[^1]: <b>*No* [y](z)"))
    blocks = read(text_of(markdown.write(pages, style())), "gfm+footnotes")
    assert [block["t"] for block in blocks] == ["Para"] * len(pairs)
    assert {plain(note) for note in found(blocks, "Note")} == {"[^1]: <b>*No* [y](z)"}
    said = [re.sub(r"\s", "", plain(block)) for block in blocks]
    assert said == [re.sub(r"\s", "", f"{before}‡{after}") for before, after in pairs]


def test_text_that_looks_like_a_mark_is_none() -> None:
    text = text_of(markdown.write(document(say("Not [^1] nor ^[this]."), notes("Here.")), style()))
    assert text.startswith(r"Not \[&#94;1\] nor &#94;\[this\].")
    assert "[^1]:" not in text


@needs_pandoc
@pytest.mark.parametrize("syntax", READERS)
def test_caret_before_a_mark_makes_no_note_of_its_own(syntax: str) -> None:
    blocks = read(text_of(markdown.write(document(say("x^", Footnote(1)), notes("Here.")), style())), syntax)
    assert [plain(note) for note in found(blocks, "Note")] == ["Here."]
    assert plain(blocks[0]) == "x^‡"


# HTML


def opened(page: bytes) -> Any:
    return reader.document_fromstring(page.decode())


def said(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_marks_and_notes_lead_to_each_other() -> None:
    page = opened(html.write(EVERYWHERE, style()))
    assert len(set(page.xpath("//@id"))) == len(page.xpath("//@id"))
    marks = page.xpath('//*[@role="doc-noteref"]')
    assert [mark.text_content() for mark in marks] == ["1", "2", "3", "2", "1", "4"]
    for mark in marks:
        (note,) = page.xpath("//li[@id=$id]", id=mark.get("href").removeprefix("#"))
        assert f"#{mark.get('id')}" in note.xpath('.//a[@role="doc-backlink"]/@href')
    backs = page.xpath('//li/p/a[@role="doc-backlink"]/@href')
    assert sorted(backs) == sorted(f"#{name}" for name in page.xpath('//*[contains(@id, "-mark-")]/@id'))
    assert len(backs) == len(MARKS)


def test_link_back_is_named_by_where_it_leads() -> None:
    page = opened(html.write(EVERYWHERE, style()))
    links = page.xpath('//a[@role="doc-backlink"]')
    named = [[page.get_element_by_id(each) for each in link.get("aria-labelledby").split()] for link in links]
    heard = [" ".join(said(each).lstrip("↩\ufe0e ") for each in elements) for elements in named]
    assert heard == ["1 1", "1 2 In figures", "2 1 Key messages", "2 2 Key messages", "3 1 Key messages",
                     "3 2 In figures", "4 In figures"]  # fmt: skip


def test_notes_are_named_by_their_heading_and_none_is_lost() -> None:
    page = opened(html.write(EVERYWHERE, style()))
    (section,) = page.xpath('//section[@role="doc-endnotes"]')
    assert said(page.get_element_by_id(section.get("aria-labelledby"))) == "Sources"
    assert [item.get("id") for item in section.xpath("./ol/li")] == [f"note-{number}" for number in range(1, 6)]
    assert said(section.xpath("./ol/li")[-1]) == "Fifth, never marked."


def test_marks_that_touch_are_kept_apart() -> None:
    (mark,) = opened(html.write(EVERYWHERE, style())).xpath('//li//sup[@class="note"]')
    assert said(mark) == "2, 3"


def test_no_link_stands_in_a_link() -> None:
    text = html.write(EVERYWHERE, style()).decode()
    links = re.findall(r"<a\b[^>]*>(.*?)</a>", text, re.DOTALL)
    assert any('id="note-3-mark-2"' in link for link in links)
    assert not [link for link in links if "<a " in link]


def test_mark_that_leads_nowhere_is_printed_and_is_no_link() -> None:
    page = opened(html.write(document(say("Words", Footnote(7), "."), notes("Here.")), style()))
    assert said(page.xpath("//main/p")[0]) == "Words7."
    assert page.xpath("//main/p//a") == []


@pytest.mark.parametrize(
    "title", ["Note 1", "Note 1 mark 1", "Note 1 back 1", "Source 1", "Source of funding", "Notes", "Note-taking"]
)
def test_no_heading_takes_the_id_of_a_note(title: str) -> None:
    page = opened(
        html.write(document(heading(title), heading(title), say("One", Footnote(1)), notes("Here.")), style())
    )
    assert len(set(page.xpath("//@id"))) == len(page.xpath("//@id"))
    assert page.xpath("//li/@id") == ["note-1"]
    assert page.xpath('//a[@role="doc-noteref"]/@id') == ["note-1-mark-1"]


def test_hostile_note_is_only_text() -> None:
    entry = "</li></ol><script>alert(1)</script>&lt;"
    page = opened(html.write(document(say("One", Footnote(1)), notes((Link(words(entry), "javascript:1"),))), style()))
    assert page.xpath("//script") == []
    assert said(page.get_element_by_id("note-1")).startswith(entry)
    assert page.xpath('//li//a[not(@role="doc-backlink")]') == []


@pytest.mark.parametrize("name", STYLES)
@pytest.mark.parametrize("write", [html.write, markdown.write])
def test_equal_pages_have_equal_bytes(name: str, write: Any) -> None:
    assert write(EVERYWHERE, style(name)) == write(EVERYWHERE, style(name))


@needs_chromium
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
@pytest.mark.parametrize("name", STYLES)
def test_printed_page_has_the_notes_and_no_way_back(name: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(html.write(EVERYWHERE, style(name)))
    draw(tmp_path / "page.html", tmp_path, f"--print-to-pdf={tmp_path / 'page.pdf'}")
    done = subprocess.run(["pdftotext", str(tmp_path / "page.pdf"), "-"], capture_output=True, check=True)
    text = " ".join(done.stdout.decode().split())
    assert f"First ({ADDRESS}), by the office." in text
    assert "Fifth, never marked." in text
    assert "↩" not in text
