"""The Word page: the tree as paragraphs in a style's `reference.docx`, which gives each of them its look.

Only styles are named, never a font, a size or an indent, so that a designer's change to the reference document
changes every briefing. python-docx is left out because importing it takes longer than writing twenty pages.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never
from urllib.parse import quote

from lxml import etree

from despatch.document import (
    Citation,
    Document,
    Emphasis,
    Group,
    Heading,
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
    plain,
    walk,
)
from despatch.writers import _package, _page, _reference
from despatch.writers._package import OFFICE, Element, Relationships
from despatch.writers._reference import NAMESPACES, Numbering, Reference, missing_styles, problem, w

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from despatch.style import Style

__all__ = ["SUFFIX", "missing_styles", "problem", "write"]

SUFFIX = "docx"

_DEEPEST = 3  # levels of headings and of lists that have a style of their own
_MARKS = ("", "emphasis", "strong", "link")  # a run has one character style: the later of two wins
_TEXT_WIDTH = 9_298  # twentieths of a point: A4 within margins of 23 mm

_P, _R, _T, _VAL = w("p"), w("r"), w("t"), w("val")
_PPR, _PSTYLE, _RPR, _RSTYLE = w("pPr"), w("pStyle"), w("rPr"), w("rStyle")
_START, _END, _ID, _NAME = w("bookmarkStart"), w("bookmarkEnd"), w("id"), w("name")


def write(document: Document, style: Style) -> bytes:
    """The briefing as a Word file. `problem` and `missing_styles` say beforehand what would stop it."""
    reference = _reference.read(style)
    parts = dict(reference.parts)
    _reference.fill(parts, reference, _furniture(document.properties))
    root = _package.parse(parts[reference.document])
    relationships = Relationships.of(parts, reference.document)
    story = Story(style, reference, relationships, _text_width(root), _sources(document))
    _reference.insert(root, story.blocks(document))
    parts[reference.document] = _package.serialise(root)
    parts[_package.relationships_part(reference.document)] = _package.serialise(relationships.root)
    _reference.finish(parts, reference, story.lists, document.properties.language)
    _package.describe(parts, document.properties)
    return _package.pack(parts)


@dataclass(frozen=True, slots=True)
class Story:
    """The text as it is being written, with what the other parts of the package must learn from it."""

    style: Style
    reference: Reference
    relationships: Relationships
    width: int
    """The width of the text, in twentieths of a point."""
    sources: tuple[str, ...]
    """The bookmarks that citations lead to: of source 1, of source 2, …"""
    lists: list[Element] = field(default_factory=list)
    """The numbered lists so far, each of which counts from one."""
    anchors: dict[str, int] = field(default_factory=dict)
    """How often each anchor has come."""
    bookmark_ids: Iterator[int] = field(default_factory=itertools.count)
    style_ids: dict[tuple[str, str], str] = field(default_factory=dict)
    """The style of each part of the page that has come, by part and group."""

    def blocks(self, document: Document) -> list[Element]:
        """The whole text. Word joins a table to one that follows, and wants a paragraph at the end."""
        blocks: list[Element] = []
        for block in self.nodes(document.content):
            if blocks and blocks[-1].tag == block.tag == w("tbl"):
                blocks.append(self.styled("table-cell", ""))
            blocks.append(block)
        if blocks and blocks[-1].tag == w("tbl"):
            blocks.append(self.styled("table-cell", ""))
        return blocks

    def nodes(self, nodes: Iterable[Node], group: str = "") -> Iterator[Element]:
        """The paragraphs and tables that print some nodes of one group."""
        heading = ""
        for node in nodes:
            match node:
                case Heading(level=level, words=words, origin=origin):
                    heading = plain(words)
                    yield self.paragraph(f"heading-{min(level, _DEEPEST)}", group, words, origin)
                case Paragraph(words=words, origin=origin, role=role):
                    yield self.paragraph(role, group, words, origin)
                case Listing():
                    yield from self.listing(node, group)
                case Table():
                    yield self.table(node, group, heading)
                case Group(role=role, content=content):
                    yield from self.nodes(content, role)
                case _:
                    assert_never(node)

    def listing(self, listing: Listing, group: str, level: int = 1) -> Iterator[Element]:
        """A list's paragraphs. A numbered list is a list of its own in Word too, so it counts from one."""
        part = _level_part("number" if listing.ordered else "bullet", level)
        numbering = self.new_list(self.style_id(part, group)) if listing.ordered else None
        for item in listing.items:
            yield from self.item(item, group, level, part, numbering)

    def item(
        self, item: Item, group: str, level: int, part: str, numbering: Numbering | None
    ) -> Iterator[Element]:
        """An item's paragraphs: the first has the bullet or the number, the others stand under its words."""
        for content in item.content:
            match content:
                case Paragraph(words=words, origin=origin):
                    yield self.paragraph(part, group, words, origin, numbering)
                    part, numbering = _level_part("continue", level), None
                case Listing():
                    yield from self.listing(content, group, level + 1)
                case _:
                    assert_never(content)

    def new_list(self, style_id: str) -> Numbering | None:
        """A list that counts from one, with the marks of a style's list; none if the style has no list."""
        old = self.reference.numbering_of(style_id)
        if old is None:
            return None
        new = Numbering(str(self.reference.last_list + len(self.lists) + 1), old.level)
        self.lists.append(_reference.restarted(self.reference, old, new))
        return new

    def paragraph(
        self, part: str, group: str, words: Words, origin: Origin, numbering: Numbering | None = None
    ) -> Element:
        """A paragraph, all of it inside the bookmark of its origin."""
        paragraph = self.styled(part, group, numbering)
        number = str(next(self.bookmark_ids))
        etree.SubElement(paragraph, _START, {_ID: number, _NAME: self.bookmark_name(origin.anchor)})
        self.write_words(paragraph, words)
        etree.SubElement(paragraph, _END, {_ID: number})
        return paragraph

    def styled(self, part: str, group: str, numbering: Numbering | None = None) -> Element:
        """An empty paragraph in the style of its part of the page."""
        paragraph = etree.Element(_P, nsmap=NAMESPACES)
        properties = etree.SubElement(paragraph, _PPR)
        etree.SubElement(properties, _PSTYLE, {_VAL: self.style_id(part, group)})
        if numbering is not None:
            number = etree.SubElement(properties, w("numPr"))
            etree.SubElement(number, w("ilvl"), {_VAL: numbering.level})
            etree.SubElement(number, w("numId"), {_VAL: numbering.number})
        return paragraph

    def style_id(self, part: str, group: str = "") -> str:
        """The id of the Word style for a part of the page in a group."""
        if (part, group) not in self.style_ids:
            name = self.style.word_style(part, group)
            self.style_ids[part, group] = self.reference.style_id(_reference.style_type(part), name)
        return self.style_ids[part, group]

    def bookmark_name(self, anchor: str) -> str:
        """A name that no other bookmark has: an anchor that comes again takes a number."""
        self.anchors[anchor] = self.anchors.get(anchor, 0) + 1
        times = self.anchors[anchor]
        return anchor if times == 1 else f"{anchor}_{times}"

    def write_words(self, parent: Element, words: Words, mark: str = "") -> None:
        """Add words to a paragraph or a link, in the strongest of the marks around them."""
        for inline in words:
            match inline:
                case Text(text=text):
                    self.write_text(parent, text, mark)
                case Strong(words=inner):
                    self.write_words(parent, inner, _stronger(mark, "strong"))
                case Emphasis(words=inner):
                    self.write_words(parent, inner, _stronger(mark, "emphasis"))
                case Link(words=inner, url=url):
                    self.write_link(parent, inner, url, mark)
                case Citation():
                    self.write_citation(parent, inline, mark)
                case _:
                    assert_never(inline)

    def write_text(self, parent: Element, text: str, mark: str) -> None:
        """Add a run of text, on one line and without the characters that XML forbids."""
        clean = _page.clean(text)
        if not clean:
            return
        run = etree.SubElement(parent, _R)
        if mark:
            etree.SubElement(etree.SubElement(run, _RPR), _RSTYLE, {_VAL: self.style_id(mark)})
        _reference.set_text(etree.SubElement(run, _T), clean)

    def write_link(self, parent: Element, words: Words, url: str, mark: str) -> None:
        """Add a link to an address; words alone inside another link or without a safe address."""
        address = _address(url)
        if mark == "link" or not address:
            self.write_words(parent, words, mark)
            return
        relationship = self.relationships.relate(f"{OFFICE}/hyperlink", address, external=True)
        link = etree.SubElement(parent, w("hyperlink"), {f"{{{OFFICE}}}id": relationship, w("history"): "1"})
        self.write_words(link, words, "link")

    def write_citation(self, parent: Element, citation: Citation, mark: str) -> None:
        """Add a mark such as `[3]` that leads to its source; the mark alone where there is no such entry."""
        if mark != "link" and 1 <= citation.number <= len(self.sources):
            anchor = self.sources[citation.number - 1]
            parent = etree.SubElement(parent, w("hyperlink"), {w("anchor"): anchor, w("history"): "1"})
            mark = "link"
        self.write_text(parent, citation.mark, mark)

    def table(self, table: Table, group: str, caption: str) -> Element:
        """A table as wide as the text, named for readers who cannot see it."""
        rows = (table.header, *table.rows)
        widths = _widths(max(len(row) for row in rows), self.width, wide_first=bool(table.numeric))
        name = caption or ", ".join(plain(cell) for cell in table.header)
        element = etree.Element(w("tbl"), nsmap=NAMESPACES)
        element.append(_table_properties(self.style_id("table", group), self.width, _page.clean(name)))
        grid = etree.SubElement(element, w("tblGrid"))
        for width in widths:
            etree.SubElement(grid, w("gridCol"), {w("w"): str(width)})
        for cells in rows:
            element.append(self.row(cells, table, group, widths, is_header=cells is table.header))
        return element

    def row(
        self, cells: tuple[Words, ...], table: Table, group: str, widths: list[int], *, is_header: bool
    ) -> Element:
        """A row that stays on one page; the header row comes again on each page of the table."""
        row = etree.Element(w("tr"), nsmap=NAMESPACES)
        properties = etree.SubElement(row, w("trPr"))
        etree.SubElement(properties, w("cantSplit"))
        if is_header:
            etree.SubElement(properties, w("tblHeader"))
        for column, width in enumerate(widths):
            part = self.cell_part(is_header=is_header, is_number=column in table.numeric)
            paragraph = self.styled(part, group)
            self.write_words(paragraph, cells[column] if column < len(cells) else ())
            cell = etree.SubElement(row, w("tc"))
            cell_properties = etree.SubElement(cell, w("tcPr"))
            etree.SubElement(cell_properties, w("tcW"), {w("w"): str(width), w("type"): "dxa"})
            cell.append(paragraph)
        return row

    def cell_part(self, *, is_header: bool, is_number: bool) -> str:
        """The part of the page that a cell is. A style may set headings over figures apart from others."""
        if not is_header:
            return "table-number" if is_number else "table-cell"
        is_told_apart = "table-header-number" in self.style.word
        return "table-header-number" if is_number and is_told_apart else "table-header"


def _level_part(part: str, level: int) -> str:
    """The part of the page that an entry of a list is: `bullet`, `bullet-2`, `bullet-3`, and no further."""
    return part if level == 1 else f"{part}-{min(level, _DEEPEST)}"


def _stronger(mark: str, other: str) -> str:
    return max(mark, other, key=_MARKS.index)


def _address(url: str) -> str:
    """An address as a relationship may hold it. Word will not open a file with one that it cannot read."""
    return quote(_page.address(url), safe="%/:?#@!$&'()*+,;=~-._")


def _sources(document: Document) -> tuple[str, ...]:
    """The anchors of the entries in the list of sources."""
    for node in walk(document.content):
        if isinstance(node, Group) and node.role == "sources":
            lists = [each for each in node.content if isinstance(each, Listing) and each.ordered]
            return tuple(_first_anchor(item) for item in (lists[0].items if lists else ()))
    return ()


def _first_anchor(item: Item) -> str:
    return next((each.origin.anchor for each in item.content if isinstance(each, Paragraph)), "")


def _text_width(root: Element) -> int:
    """The width of the reference document's text, in twentieths of a point."""
    size = root.find(f"{w('body')}/{w('sectPr')}/{w('pgSz')}")
    margins = root.find(f"{w('body')}/{w('sectPr')}/{w('pgMar')}")
    if size is None or margins is None:
        return _TEXT_WIDTH
    return int(size.get(w("w"), "0")) - int(margins.get(w("left"), "0")) - int(margins.get(w("right"), "0"))


def _widths(columns: int, width: int, *, wide_first: bool) -> list[int]:
    """Column widths that fill the text. The first is twice as wide as the others if they hold figures."""
    share = width // (columns + wide_first)
    return [width - share * (columns - 1), *[share] * (columns - 1)]


def _table_properties(style_id: str, width: int, caption: str) -> Element:
    properties = etree.Element(w("tblPr"), nsmap=NAMESPACES)
    etree.SubElement(properties, w("tblStyle"), {_VAL: style_id})
    etree.SubElement(properties, w("tblW"), {w("w"): str(width), w("type"): "dxa"})
    etree.SubElement(properties, w("tblLayout"), {w("type"): "fixed"})
    look = {"val": "0020", "firstRow": "1", "lastRow": "0", "firstColumn": "0", "lastColumn": "0"}
    look |= {"noHBand": "1", "noVBand": "1"}
    etree.SubElement(properties, w("tblLook"), {w(name): value for name, value in look.items()})
    etree.SubElement(properties, w("tblCaption"), {_VAL: caption})
    return properties


def _furniture(properties: Properties) -> dict[str, str]:
    """The words that a reference document's headers, footers and cover may ask for."""
    words = {
        "title": properties.title,
        "organisation": properties.organisation,
        "occasion": properties.occasion,
        "date": properties.date_in_full,
        "contact": properties.contact,
        "draft": properties.draft,
    }
    return {name: _page.clean(text) for name, text in words.items()}
