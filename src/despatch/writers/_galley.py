"""The text of a Word file as XML, a node at a time, as far as the node and the style decide it.

What depends on the rest of the file, such as a bookmark's number or a link's relationship, is left blank, and filled in
where the node comes to stand. So a node that many briefings of a build print is written once.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from operator import methodcaller
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar, assert_never
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from despatch.document import (
    KEPT,
    Chart,
    Citation,
    Emphasis,
    Footnote,
    Group,
    Heading,
    InLanguage,
    Inline,
    Item,
    Link,
    Listing,
    Node,
    Origin,
    Pair,
    Paragraph,
    Strong,
    Table,
    Text,
    Words,
    is_tabled,
    numbered,
    plain,
    walk,
)
from despatch.style import BESIDE, Style, beside
from despatch.writers import _reference
from despatch.writers._package import escaped
from despatch.writers._page import address
from despatch.writers._reference import Numbering, Reference

if TYPE_CHECKING:
    from despatch.writers.word import Story

Line = TypeVar("Line")

_DEEPEST = 3  # levels of headings and of lists that have a style of their own
_MARKS = ("", "emphasis", "strong", "link")  # a run has one character style: the later of two wins
_PADDING, _CHARACTER = 360, 120  # the widths of a cell without its words, and of a letter
_LINE = 90  # letters that fill a line
_SHORT = 500  # letters that take about a quarter of a page in half its width
_WHOLE = 12  # rows of a table that stays on one page; a longer one keeps two at its start and its end
_TABLE, _END = "<w:tbl>", "</w:tbl>"
_LEFTWARDS = "<w:rtl/>"  # in a run; its paragraph then begins at the right
_BLANK = re.compile("\x01([0-9]+)\x02")  # no text holds these: XML has no such characters


class Setting(NamedTuple):
    """What the whole text of a file is set in."""

    style: Style
    reference: Reference
    width: int
    """The width of the text, in twentieths of a point."""


Blank: TypeAlias = "Callable[[Story], str]"
Fragment: TypeAlias = Sequence["str | Blank"]
"""XML, with blanks between."""


@lru_cache(KEPT)
def fragment(setting: Setting, node: Node, group: str, heading: str, is_bound: bool) -> Fragment:
    """A node of a group, under a heading; it may be bound to the next one."""
    galley = Galley(setting, [])
    return galley.cut("".join(galley.apart(tied(galley.node(node, group, heading), is_bound, with_next))))


@lru_cache(KEPT)
def footnote(setting: Setting, item: Item) -> Fragment:
    """An entry of the notes as a footnote."""
    galley = Galley(setting, [])
    return galley.cut("".join(galley.footnote(item)))


@lru_cache(KEPT)
def _style_id(style: Style, reference: Reference, part: str, group: str) -> str:
    name = style.word_style(part, group)
    return escaped(reference.style_id(_reference.style_type(part), name))


class Galley(Struct, frozen=True):
    """A node as it is being written."""

    setting: Setting
    blanks: list[Blank]
    """What fills each blank so far."""
    spoken: str = ""
    """The language of the words now written, where it is not the document's."""

    def blank(self, what: str, *given: Any) -> str:
        """A place for what a method of the story gives, once there is one."""
        self.blanks.append(methodcaller(what, *given))
        return f"\x01{len(self.blanks) - 1}\x02"

    def cut(self, xml: str) -> Fragment:
        """XML cut up at its blanks."""
        return [self.blanks[int(piece)] if number % 2 else piece for number, piece in enumerate(_BLANK.split(xml))]

    def whole(self, written: Iterable[str]) -> str:
        """All of a text or a cell. Word wants a paragraph at its end."""
        xml = "".join(self.apart(written))
        return xml + self.between if xml.endswith(_END) else xml

    def apart(self, written: Iterable[str]) -> Iterator[str]:
        """Paragraphs and tables, with a paragraph between two tables, which Word would join."""
        before = ""
        for xml in written:
            if before.endswith(_END) and xml.startswith(_TABLE):
                yield self.between
            yield xml
            before = xml or before

    @property
    def between(self) -> str:
        """An empty paragraph."""
        return self.styled("table-cell", "", "")

    def nodes(self, nodes: tuple[Node, ...], group: str) -> Iterator[str]:
        """The paragraphs and tables that print some nodes of one group."""
        for node, heading, is_bound in in_turn(nodes, group):
            yield from tied(self.node(node, group, heading), is_bound, with_next)

    def node(self, node: Node, group: str, heading: str) -> Iterator[str]:
        """The paragraphs and tables that print a node; a table under a heading has its words for a name."""
        match node:
            case Heading():
                yield self.heading(node, group)
            case Paragraph(role="literal"):
                yield self.tabled(node, group)
            case Paragraph(words=words, origin=origin, role=role):
                yield self.paragraph(role, group, words, origin)
            case Listing():
                yield from self.listing(node, group)
            case Table():
                yield self.table(node, group, heading)
            case Chart():
                yield from self.chart(node, group)
            case Pair():
                yield self.pair(node, heading)
            case Group(role="notes", content=content):
                yield self.blank("unmarked", content)
            case Group(role=role, content=content):
                yield from self.nodes(content, role)
            case _:
                assert_never(node)

    def tabled(self, line: Paragraph, group: str) -> str:
        """A tabled line. One that is set in has a tab in place of the space after its number."""
        number, rest = numbered(line.words)
        if not number or not line.level:
            return self.styled(line.part, group, self.marked(self.words(line.words), line.origin))
        before = self.run(plain(number).rstrip(), "")
        return self.styled(line.part, group, self.marked(f"{before}<w:r><w:tab/></w:r>{self.words(rest)}", line.origin))

    def heading(self, heading: Heading, group: str) -> str:
        """A heading, which the table of contents leads to."""
        part = f"heading-{min(heading.level, _DEEPEST)}"
        start = self.blank("headed", heading)
        return self.styled(part, group, f"{start}{self.words(heading.words)}{self.blank('end')}")

    def listing(self, listing: Listing, group: str, level: int = 1) -> Iterator[str]:
        """A list's paragraphs. A numbered list is one of its own in Word too, so that it counts from one."""
        part = _level_part("number" if listing.ordered else "bullet", level)
        numbering = self.new_list(self.style_id(part, group)) if listing.ordered else None
        for item, is_bound in zip(listing.items, bound(listing.items), strict=True):
            yield from tied(self.item(item, group, level, part, numbering), is_bound, with_next)

    def item(self, item: Item, group: str, level: int, part: str, numbering: Numbering | None) -> Iterator[str]:
        """An item's paragraphs: the first has the bullet or the number, others stand under its words."""
        for content, following in itertools.zip_longest(item.content, item.content[1:]):
            match content:
                case Paragraph(words=words, origin=origin):
                    paragraph = self.paragraph(part, group, words, origin, numbering)
                    yield with_next(paragraph) if isinstance(following, Listing) else paragraph
                    part, numbering = _level_part("continue", level), None
                case Listing():
                    yield from self.listing(content, group, level + 1)
                case _:
                    assert_never(content)

    def new_list(self, style_id: str) -> Numbering | None:
        """A list that counts from one, with the marks of a style's list; none if the style has no list."""
        old = self.setting.reference.numbering_of(style_id)
        return old and Numbering(self.blank("list_number", old, len(self.blanks)), old.level)

    def paragraph(self, part: str, group: str, words: Words, origin: Origin, numbering: Numbering | None = None) -> str:
        """A paragraph, all of it inside the bookmark of its origin."""
        return self.styled(part, group, self.marked(self.words(words), origin), numbering)

    def marked(self, content: str, origin: Origin) -> str:
        """Runs of text inside the bookmark of their origin."""
        return f"{self.blank('start', origin.anchor)}{content}{self.blank('end')}"

    def styled(self, part: str, group: str, content: str, numbering: Numbering | None = None) -> str:
        """A paragraph in the style of its part of the page."""
        properties = f'<w:pStyle w:val="{self.style_id(part, group)}"/>'
        if numbering is not None:
            level, number = numbering.level, numbering.number
            properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        properties += "<w:bidi/>" if _LEFTWARDS in content else ""
        return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"

    def style_id(self, part: str, group: str = "") -> str:
        """The id of the Word style for a part of the page in a group, as XML."""
        return _style_id(self.setting.style, self.setting.reference, part, group)

    def words(self, words: Words, mark: str = "") -> str:
        """The runs of text of a paragraph or a link, in the strongest of the marks around them."""
        written: list[str] = []
        for number, inline in enumerate(words):
            if isinstance(inline, Footnote) and number and isinstance(words[number - 1], Footnote):
                written.append(self.run(", ", "footnote-mark"))  # or 2 and 3 would read as 23
            written.append(self.inline(inline, mark))
        return "".join(written)

    def inline(self, inline: Inline, mark: str) -> str:
        """The runs of one piece of text."""
        match inline:
            case Text(text=text):
                return self.run(text, mark)
            case Strong(words=words) | Emphasis(words=words):
                return self.words(words, _stronger(mark, "strong" if isinstance(inline, Strong) else "emphasis"))
            case Link(words=words, url=url):
                return self.link(words, url, mark)
            case InLanguage(words=words, language=language):
                return replace(self, spoken=language).words(words, mark)
            case Citation():
                return self.citation(inline, mark)
            case Footnote(number=number):
                return self.blank("footnote_mark", number, self)
            case _:
                assert_never(inline)

    def run(self, text: str, mark: str) -> str:
        """A run of text on one line."""
        return self.styled_run(mark, _said(text)) if text else ""

    def styled_run(self, mark: str, content: str) -> str:
        """A run in a character style, which may be none."""
        properties = f'<w:rStyle w:val="{self.style_id(mark)}"/>' if mark else ""
        properties += _language(self.spoken) if self.spoken else ""
        return f"<w:r><w:rPr>{properties}</w:rPr>{content}</w:r>" if properties else f"<w:r>{content}</w:r>"

    def link(self, words: Words, url: str, mark: str) -> str:
        """A link to an address; its words alone inside another link, or without a safe address."""
        target = quote(address(url), safe="%/:?#@!$&'()*+,;=~-._")  # Word opens no file with an address it cannot read
        if mark == "link" or not target:
            return self.words(words, mark)
        relationship = self.blank("link", target)
        return f'<w:hyperlink r:id="{relationship}" w:history="1">{self.words(words, "link")}</w:hyperlink>'

    def citation(self, citation: Citation, mark: str) -> str:
        """A mark such as `[3]` that leads to its source; the mark alone where there is no such source."""
        words = self.run(citation.mark, mark)
        return (
            words if mark == "link" else self.blank("citation", citation.number, self.run(citation.mark, "link"), words)
        )

    def field(self, code: str, result: str, mark: str) -> str:
        """A field with its result, as Word keeps it."""
        before, after = self.around(code, mark)
        return f"{before}{self.run(result, mark)}{after}"

    def around(self, code: str, mark: str) -> tuple[str, str]:
        """What stands before and after the result of a field, which may be many paragraphs."""
        begin, separate, end = [
            self.styled_run(mark, f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end")
        ]
        instruction = self.styled_run(mark, f'<w:instrText xml:space="preserve"> {code} </w:instrText>')
        return f"{begin}{instruction}{separate}", end

    def footnote(self, item: Item) -> Iterator[str]:
        """The paragraphs of a footnote, of which the first begins with its mark."""
        mark = self.styled_run("footnote-mark", "<w:footnoteRef/>") + self.run(" ", "")
        first, rest = _first_paragraph(item)
        text = self.marked(self.words(first.words), first.origin) if first else ""
        yield self.styled("footnote-text", "notes", mark + text)
        for content in rest:
            match content:
                case Paragraph(words=words, origin=origin):
                    yield self.paragraph("footnote-text", "notes", words, origin)
                case Listing():
                    yield from self.listing(content, "notes")
                case _:
                    assert_never(content)

    def chart(self, chart: Chart, group: str) -> Iterator[str]:
        """A chart, and the table beside it."""
        drawing = self.blank("drawing", chart, self.setting.width)
        yield self.styled("chart", group, self.marked(f"<w:r>{drawing}</w:r>", chart.origin))
        if chart.is_beside:
            yield self.table(chart.table, group, plain(chart.name))

    def pair(self, pair: Pair, caption: str) -> str:
        """A table of two columns with the labels as their heads. Unless it is short, it breaks where a page ends."""
        column = self.setting.width // 2
        narrow = replace(self, setting=self.setting._replace(width=column - _PADDING))
        groups = [beside(each.role) for each in pair.content]
        header, row = ("".join(map(narrow.cell, cells, groups, (column, column))) for cells in pair.rows)
        properties = _table_properties(self.style_id("pair"), 2 * column, escaped(caption), last_column=True)
        grid = 2 * f'<w:gridCol w:w="{column}"/>'
        head = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{header}</w:tr>"
        whole = "<w:trPr><w:cantSplit/></w:trPr>" if is_short(pair) else ""
        return f"{_TABLE}{properties}<w:tblGrid>{grid}</w:tblGrid>{head}<w:tr>{whole}{row}</w:tr>{_END}"

    def cell(self, content: tuple[Node, ...], group: str, width: int) -> str:
        """A cell of a pair, which Word wants to end with a paragraph."""
        paragraphs = self.whole(self.nodes(content, group)) or self.styled("table-cell", group, "")
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraphs}</w:tc>'

    def table(self, table: Table, group: str, caption: str) -> str:
        """A table as wide as the text, named for readers who cannot see it."""
        widths = column_widths(table, self.setting.width)
        grid = "".join([f'<w:gridCol w:w="{width}"/>' for width in widths])
        name = caption or ", ".join(plain(cell) for cell in table.header)
        header = self.row(table.header, table, group, widths, "<w:cantSplit/><w:tblHeader/>")
        rows = [self.row(cells, table, group, widths, "<w:cantSplit/>") for cells in table.rows]
        if len(rows) > _WHOLE:
            rows[2:-2] = map(_without_next, rows[2:-2])
        properties = _table_properties(self.style_id("table", group), self.setting.width, escaped(name))
        return f"{_TABLE}{properties}<w:tblGrid>{grid}</w:tblGrid>{header}{''.join(rows)}{_END}"

    def row(self, cells: tuple[Words, ...], table: Table, group: str, widths: list[int], properties: str) -> str:
        """A row, filled up with empty cells where it is short."""
        row = []
        for column, width in enumerate(widths):
            part = self.cell_part(is_header=cells is table.header, is_number=column in table.numeric)
            paragraph = self.styled(part, group, self.words(cells[column]) if column < len(cells) else "")
            row.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraph}</w:tc>')
        return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(row)}</w:tr>"

    def cell_part(self, *, is_header: bool, is_number: bool) -> str:
        """The part of the page that a cell is. A style may set headings over figures apart from others."""
        if not is_header:
            return "table-number" if is_number else "table-cell"
        is_told_apart = "table-header-number" in self.setting.style.word
        return "table-header-number" if is_number and is_told_apart else "table-header"


def is_short(pair: Pair) -> bool:
    """Whether a pair is so short that it does not break where a page ends."""
    return max(map(_letters, pair.rows[1])) < _SHORT


def bound(items: tuple[Item, ...]) -> Iterator[bool]:
    """Whether each entry keeps with the next one, so that no line of a list stands alone at a page's foot or head."""
    last = len(items) - 1
    for place in range(len(items)):
        alone = items[:1] * (place == 0) + items[-1:] * (place == last - 1)
        yield place < last and any(_letters(each.content) < _LINE for each in alone)


def keeping(nodes: tuple[Node, ...], group: str) -> list[bool]:
    """Whether each node keeps with the next one, whatever its style says.

    An amendment's instruction never parts from its words, nor the last line of it or of a view from what comes before.
    """
    if group.startswith(BESIDE):  # or a row that may break over pages would be kept with what comes after
        return [False] * len(nodes)
    kept: list[bool] = []
    for literal, run in itertools.groupby(nodes, key=is_tabled):
        lines = tuple(Item((each,) if isinstance(each, Paragraph) else ()) for each in run)
        last = len(lines) - 1
        ties = bound(lines) if literal else itertools.repeat(False, len(lines))
        kept += [tie or (literal and n < last and _introduces(lines[n])) for n, tie in enumerate(ties)]
    if group == "view" and nodes and isinstance(nodes[-1], Paragraph) and _letters(nodes[-1:]) < _LINE:
        kept[-2:-1] = [isinstance(each, Paragraph | Listing) for each in nodes[-2:-1]]
    return kept


def _introduces(line: Item) -> bool:
    """Whether a tabled line only says what comes next: an instruction, or a title in bold."""
    match line.content:
        case (Paragraph(words=(Strong(),) | (InLanguage((Strong(),)),)),):
            return True
        case (Paragraph(words=words),):
            return plain(words).endswith("—")
        case _:
            return False


def in_turn(nodes: tuple[Node, ...], group: str) -> Iterator[tuple[Node, str, bool]]:
    """Each node with the words of the heading above it, and whether it keeps with the next one."""
    heading = ""
    for node, is_bound in zip(nodes, keeping(nodes, group), strict=True):
        heading = plain(node.words) if isinstance(node, Heading) else heading
        yield node, heading, is_bound


def tied(written: Iterable[Line], is_bound: bool, with_next: Callable[[Line], Line]) -> Iterator[Line]:
    """Some lines, of which the last keeps with what comes next if they are bound to it."""
    lines = [*written]
    yield from lines[:-1]
    yield from map(with_next, lines[-1:]) if is_bound else lines[-1:]


def with_next(paragraph: str) -> str:
    """A paragraph, given as XML, that ends on the page on which the next one begins. It depends on what comes next, so
    no style can say it.
    """
    return paragraph.replace('"/>', '"/><w:keepNext/>', 1)


def _without_next(row: str) -> str:
    """A row, given as XML, after which a page may end, whatever its style says: a long table that kept whole would leave
    the page before it half empty.
    """
    return re.sub("<w:pStyle [^>]*/>", r'\g<0><w:keepNext w:val="0"/>', row)


def _level_part(part: str, level: int) -> str:
    """The part of the page that an entry of a list is: `bullet`, `bullet-2`, `bullet-3`, and no further."""
    return part if level == 1 else f"{part}-{min(level, _DEEPEST)}"


def _stronger(mark: str, other: str) -> str:
    return max(mark, other, key=_MARKS.index)


def _first_paragraph(item: Item) -> tuple[Paragraph | None, tuple[Paragraph | Listing, ...]]:
    """The paragraph that an item begins with, and what follows it."""
    match item.content:
        case (Paragraph() as first, *rest):
            return first, tuple(rest)
        case _:
            return None, item.content


def column_widths(table: Table, width: int) -> list[int]:
    """Column widths that fill the text: equal, unless the first column names what others put in figures."""
    rows = (table.header, *table.rows)
    columns = max(map(len, rows))
    share = width // columns
    if not table.numeric:
        return [width - share * (columns - 1), *[share] * (columns - 1)]
    others = [min(share, _word_width(rows, column)) for column in range(1, columns)]
    return [width - sum(others), *others]


def _word_width(rows: Iterable[tuple[Words, ...]], column: int) -> int:
    """About the width of the longest cell of a column set on one line."""
    return _PADDING + _CHARACTER * max(len(plain(row[column])) for row in rows if column < len(row))


def _letters(nodes: tuple[Node, ...]) -> int:
    """How much stands in some nodes, in letters."""
    return sum(len(plain(each.words)) for each in walk(nodes) if isinstance(each, Paragraph))


@lru_cache(KEPT)
def _said(text: str) -> str:
    """Text inside a run."""
    return f'<w:t xml:space="preserve">{escaped(text)}</w:t>'


def _language(code: str) -> str:
    """What marks a run as being in another language; one from right to left is set so as well."""
    from despatch.languages import runs_left

    if runs_left(code):
        return f'{_LEFTWARDS}<w:lang w:bidi="{escaped(code)}"/>'
    return f'<w:lang w:val="{escaped(code)}"/>'


def _table_properties(style_id: str, width: int, caption: str, *, last_column: bool = False) -> str:
    last = int(last_column)
    look = f'w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="{last}" w:noHBand="1" w:noVBand="1"'
    return (
        f'<w:tblPr><w:tblStyle w:val="{style_id}"/><w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{"0720" if last else "0620"}" {look}/><w:tblCaption w:val="{caption}"/></w:tblPr>'
    )
