"""The Word page: the tree as paragraphs in a style's `reference.docx`, which gives each of them its look.

Only styles are named, never a font, a size or an indent, so that a designer's change to the reference
document changes every briefing. The paragraphs are written as XML and parsed once, which takes a third of the
time of building them element by element; to import python-docx would take longer than to write twenty pages.
"""

from __future__ import annotations

import itertools
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar, assert_never
from urllib.parse import quote

from msgspec import Struct, field
from msgspec.structs import replace

from despatch.document import (
    KEPT,
    Chart,
    Citation,
    Document,
    Emphasis,
    Footnote,
    Group,
    GroupRole,
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
    Properties,
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
from despatch.writers import _package, _reference
from despatch.writers._package import OFFICE, Element, Parts, Relationships, escaped
from despatch.writers._page import address, clean
from despatch.writers._reference import Numbering, Reference, missing_styles, problem, w

if TYPE_CHECKING:
    from despatch.writers._chart import Charts
    from despatch.writers._comments import Remark

Line = TypeVar("Line")

__all__ = ["missing_styles", "problem", "write"]

_DEEPEST = 3  # levels of headings and of lists that have a style of their own
_MARKS = ("", "emphasis", "strong", "link")  # a run has one character style: the later of two wins
_PADDING, _CHARACTER = 360, 120  # the widths of a cell without its words, and of a letter
_LINE = 90  # letters that fill a line
_SHORT = 500  # letters that take about a quarter of a page in half its width
_WHOLE = 12  # rows of a table that stays on one page; a longer one keeps two at its start and its end
_TABLE = "<w:tbl>"
_LEFTWARDS = "<w:rtl/>"  # in a run; its paragraph then begins at the right


def write(
    document: Document, style: Style, *, pages: tuple[int, ...] | None = None, remarks: Sequence[Remark] = ()
) -> bytes:
    """The briefing as a Word file, with remarks in its margin if it is a review copy.

    `pages` are those on which its headings stand, for a table of contents; () has one without numbers. `problem` and
    `missing_styles` say beforehand what would stop it.
    """
    reference = _reference.kept(style)
    parts = dict(reference.parts)
    _reference.fill(parts, reference, _furniture(document.properties))
    root = _package.parse(parts[reference.document])
    relationships = Relationships.of(parts, reference.document)
    body, index = _reference.place(root)
    ids, names = _reference.bookmarks(root)
    notes = _entries(document.content, "notes")
    story = Story(
        style=style,
        reference=reference,
        parts=parts,
        relationships=relationships,
        width=_reference.text_width(root.find(f"{w('body')}/{w('sectPr')}")),
        language=document.properties.language,
        sources=tuple(map(_first_anchor, _entries(document.content, "sources"))),
        notes=notes,
        earlier=_earlier(itertools.islice(body, index)) if notes else 0,
        bookmark_ids=itertools.count(max(ids, default=0) + 1),
        anchors=dict.fromkeys(names, 1),
    )
    front, text = (tuple(story.blocks(nodes)) for nodes in (document.content[:1], document.content[1:]))
    _reference.insert(body, index, "".join((*front, *_contents(story, pages), *text)))
    if story.numbers:
        _add_footnotes(story, body)
    if remarks:
        _add_comments(story, body, remarks, document.properties)
    parts[reference.document] = _package.serialise(root)
    parts[_package.relationships_part(reference.document)] = _package.serialise(relationships.root)
    _reference.finish(parts, reference, story.lists, document.properties.language)
    _package.describe(parts, document.properties)
    return _package.pack(parts)


def _contents(story: Story, pages: tuple[int, ...] | None) -> Iterable[str]:
    """The table of contents of a text that has been written."""
    if pages is None:
        return ()
    from despatch.writers._contents import table

    return table(story, pages)


def _add_comments(story: Story, body: Element, remarks: Sequence[Remark], properties: Properties) -> None:
    """Put what there is to remark into the margin."""
    from despatch.writers import _comments

    story.part("comments")
    _comments.put(story.parts, story.reference, body, remarks, properties)


def _add_footnotes(story: Story, body: Element) -> None:
    """Put the footnotes into the package. Links in them are relationships of their part, not of the document's."""
    from despatch.writers import _notes

    part = story.part("footnotes")
    links = Relationships.of(story.parts, part)
    footnotes = "".join(replace(story, relationships=links, notes=()).footnotes(story.notes))
    _notes.put(story.parts, story.reference, body, footnotes)
    if len(links.root):
        story.parts[_package.relationships_part(part)] = _package.serialise(links.root)


class Story(Struct, frozen=True):
    """The text as it is being written, with what the other parts of the package must learn from it."""

    style: Style
    reference: Reference
    parts: Parts
    relationships: Relationships
    width: int
    """The width of the text, in twentieths of a point."""
    language: str
    """The document's."""
    sources: tuple[str, ...]
    """The bookmarks that citations lead to: of source 1, of source 2, …"""
    notes: tuple[Item, ...]
    earlier: int
    """How many footnotes the reference document has before the text."""
    bookmark_ids: Iterator[int]
    anchors: dict[str, int]
    """How often each name has been wanted for a bookmark, those of the reference document included."""
    lists: list[Element] = field(default_factory=list)
    """The numbered lists so far, each of which counts from one."""
    numbers: dict[int, int] = field(default_factory=dict)
    """The number that Word prints for each note with a mark, in the order of their first marks; these become footnotes."""
    marks: dict[int, str] = field(default_factory=dict)
    """The bookmark of each note's first mark."""
    style_ids: dict[tuple[str, str], str] = field(default_factory=dict)
    """The style of each part of the page that has come, by part and group."""
    headings: list[tuple[Heading, str]] = field(default_factory=list)
    """The headings that are written, each with its bookmark."""
    drawn: list[Charts] = field(default_factory=list)
    """What draws the charts, once there is one."""
    spoken: str = ""
    """The language of the words now written, where it is not the document's."""

    def part(self, kind: str) -> str:
        """The name of a part beside the document, such as `comments`, to which the document is related from now on."""
        part = _package.part_for(self.parts, self.reference.document, kind)
        if part not in self.parts:
            self.relationships.relate(f"{OFFICE}/{kind}", posixpath.basename(part))
        return part

    def blocks(self, nodes: tuple[Node, ...], group: str = "") -> Iterator[str]:
        """A whole text. Word joins a table to one that follows it, and wants a paragraph at the end."""
        block = ""
        for following in self.nodes(nodes, group):
            if block.startswith(_TABLE) and following.startswith(_TABLE):
                yield self.styled("table-cell", "", "")
            yield following
            block = following
        if block.startswith(_TABLE):
            yield self.styled("table-cell", "", "")

    def nodes(self, nodes: tuple[Node, ...], group: str = "") -> Iterator[str]:
        """The paragraphs and tables that print some nodes of one group."""
        heading = ""
        for node, is_bound in zip(nodes, keeping(nodes, group), strict=True):
            heading = plain(node.words) if isinstance(node, Heading) else heading
            yield from tied(self.node(node, group, heading), is_bound, _with_next)

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
                yield from self.nodes(self.unmarked(content), "notes")
            case Group(role=role, content=content):
                yield from self.nodes(content, role)
            case _:
                assert_never(node)

    def tabled(self, line: Paragraph, group: str) -> str:
        """A tabled line. One that is set in has a tab in place of the space after its number."""
        number, rest = numbered(line.words)
        name = self.bookmark_name(line.origin.anchor)
        if not number or not line.level:
            return self.styled(line.part, group, self.marked(self.words(line.words), name))
        before = self.run(plain(number).rstrip(), "")
        return self.styled(line.part, group, self.marked(f"{before}<w:r><w:tab/></w:r>{self.words(rest)}", name))

    def heading(self, heading: Heading, group: str) -> str:
        """A heading, which the table of contents leads to."""
        name = self.bookmark_name(heading.origin.anchor)
        self.headings.append((heading, name))
        part = f"heading-{min(heading.level, _DEEPEST)}"
        return self.styled(part, group, self.marked(self.words(heading.words), name))

    def unmarked(self, content: tuple[Node, ...]) -> tuple[Node, ...]:
        """What a group of notes still has to print: its heading and the entries that no mark leads to, if there are any."""
        left = tuple(item for number, item in enumerate(self.notes, 1) if number not in self.numbers)
        if self.notes and not left:
            return ()
        return tuple(replace(node, items=left) if isinstance(node, Listing) else node for node in content)

    def listing(self, listing: Listing, group: str, level: int = 1) -> Iterator[str]:
        """A list's paragraphs. A numbered list is one of its own in Word too, so that it counts from one."""
        part = _level_part("number" if listing.ordered else "bullet", level)
        numbering = self.new_list(self.style_id(part, group)) if listing.ordered else None
        for item, is_bound in zip(listing.items, bound(listing.items), strict=True):
            yield from tied(self.item(item, group, level, part, numbering), is_bound, _with_next)

    def item(self, item: Item, group: str, level: int, part: str, numbering: Numbering | None) -> Iterator[str]:
        """An item's paragraphs: the first has the bullet or the number, others stand under its words."""
        for content, following in itertools.zip_longest(item.content, item.content[1:]):
            match content:
                case Paragraph(words=words, origin=origin):
                    paragraph = self.paragraph(part, group, words, origin, numbering)
                    yield _with_next(paragraph) if isinstance(following, Listing) else paragraph
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

    def paragraph(self, part: str, group: str, words: Words, origin: Origin, numbering: Numbering | None = None) -> str:
        """A paragraph, all of it inside the bookmark of its origin."""
        return self.styled(part, group, self.marked(self.words(words), self.bookmark_name(origin.anchor)), numbering)

    def marked(self, content: str, name: str) -> str:
        """Runs of text inside a bookmark."""
        number = next(self.bookmark_ids)
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'

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
        if (part, group) not in self.style_ids:
            name = self.style.word_style(part, group)
            style_id = self.reference.style_id(_reference.style_type(part), name)
            self.style_ids[part, group] = escaped(style_id)
        return self.style_ids[part, group]

    def bookmark_name(self, anchor: str) -> str:
        """A name that no other bookmark has: an anchor that comes again takes a number."""
        self.anchors[anchor] = self.anchors.get(anchor, 0) + 1
        times = self.anchors[anchor]
        return anchor if times == 1 else f"{anchor}_{times}"

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
                return self.footnote_mark(number)
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
        relationship = self.relationships.relate(f"{OFFICE}/hyperlink", target, external=True)
        return f'<w:hyperlink r:id="{relationship}" w:history="1">{self.words(words, "link")}</w:hyperlink>'

    def citation(self, citation: Citation, mark: str) -> str:
        """A mark such as `[3]` that leads to its source; the mark alone where there is no such source."""
        anchor = dict(enumerate(self.sources, 1)).get(citation.number, "")
        if mark == "link" or not anchor:
            return self.run(citation.mark, mark)
        return f'<w:hyperlink w:anchor="{anchor}" w:history="1">{self.run(citation.mark, "link")}</w:hyperlink>'

    def footnote_mark(self, number: int) -> str:
        """A footnote's mark: Word's own the first time, and after that a field that repeats the number of the first."""
        if not 0 < number <= len(self.notes):
            return self.run(str(number), "footnote-mark")
        if number in self.marks:
            return self.field(f"NOTEREF {self.marks[number]} \\f \\h", str(self.numbers[number]), "footnote-mark")
        self.numbers[number] = self.earlier + len(self.numbers) + 1
        self.marks[number] = self.bookmark_name(f"_dspnote{number}")
        mark = self.styled_run("footnote-mark", f'<w:footnoteReference w:id="note{number}"/>')
        return self.marked(mark, self.marks[number])

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

    def footnotes(self, notes: tuple[Item, ...]) -> Iterator[str]:
        """Those of some notes that have become footnotes, in the order in which their marks are read."""
        for number in self.numbers:
            content = "".join(self.footnote(notes[number - 1]))
            yield f'<w:footnote w:id="note{number}">{content}</w:footnote>'

    def footnote(self, item: Item) -> Iterator[str]:
        """The paragraphs of a footnote, of which the first begins with its mark."""
        mark = self.styled_run("footnote-mark", "<w:footnoteRef/>") + self.run(" ", "")
        first, rest = _first_paragraph(item)
        text = self.marked(self.words(first.words), self.bookmark_name(first.origin.anchor)) if first else ""
        yield self.styled("footnote-text", "notes", mark + text)
        for content in rest:
            match content:
                case Paragraph(words=words, origin=origin):
                    yield self.paragraph("footnote-text", "notes", words, origin)
                case Listing():
                    yield from self.listing(content, "notes")
                case _:
                    assert_never(content)

    @property
    def charts(self) -> Charts:
        """The charts of the package. Few briefings have one, so what draws them is read only when one comes."""
        from despatch.writers._chart import Charts

        if not self.drawn:
            self.drawn.append(Charts.of(self.parts, self.reference.document, self.language))
        return self.drawn[0]

    def chart(self, chart: Chart, group: str) -> Iterator[str]:
        """A chart, and the table beside it."""
        drawing = self.charts.drawing(chart, self.relationships, self.width)
        yield self.styled("chart", group, self.marked(f"<w:r>{drawing}</w:r>", self.bookmark_name(chart.origin.anchor)))
        if chart.is_beside:
            yield self.table(chart.table, group, plain(chart.name))

    def pair(self, pair: Pair, caption: str) -> str:
        """A table of two columns with the labels as their heads. Unless it is short, it breaks where a page ends."""
        column = self.width // 2
        narrow = replace(self, width=column - _PADDING)
        groups = [beside(each.role) for each in pair.content]
        header, row = ("".join(map(narrow.cell, cells, groups, (column, column))) for cells in pair.rows)
        properties = _table_properties(self.style_id("pair"), 2 * column, escaped(caption), last_column=True)
        grid = 2 * f'<w:gridCol w:w="{column}"/>'
        head = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{header}</w:tr>"
        whole = "<w:trPr><w:cantSplit/></w:trPr>" if is_short(pair) else ""
        return f"{_TABLE}{properties}<w:tblGrid>{grid}</w:tblGrid>{head}<w:tr>{whole}{row}</w:tr></w:tbl>"

    def cell(self, content: tuple[Node, ...], group: str, width: int) -> str:
        """A cell of a pair, which Word wants to end with a paragraph."""
        paragraphs = "".join(self.blocks(content, group)) or self.styled("table-cell", group, "")
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraphs}</w:tc>'

    def table(self, table: Table, group: str, caption: str) -> str:
        """A table as wide as the text, named for readers who cannot see it."""
        widths = column_widths(table, self.width)
        grid = "".join([f'<w:gridCol w:w="{width}"/>' for width in widths])
        name = caption or ", ".join(plain(cell) for cell in table.header)
        header = self.row(table.header, table, group, widths, "<w:cantSplit/><w:tblHeader/>")
        rows = [self.row(cells, table, group, widths, "<w:cantSplit/>") for cells in table.rows]
        if len(rows) > _WHOLE:
            rows[2:-2] = map(_without_next, rows[2:-2])
        properties = _table_properties(self.style_id("table", group), self.width, escaped(name))
        return f"{_TABLE}{properties}<w:tblGrid>{grid}</w:tblGrid>{header}{''.join(rows)}</w:tbl>"

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
        is_told_apart = "table-header-number" in self.style.word
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


def tied(written: Iterable[Line], is_bound: bool, with_next: Callable[[Line], Line]) -> Iterator[Line]:
    """Some lines, of which the last keeps with what comes next if they are bound to it."""
    lines = [*written]
    yield from lines[:-1]
    yield from map(with_next, lines[-1:]) if is_bound else lines[-1:]


def _with_next(paragraph: str) -> str:
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


def _entries(nodes: Iterable[Node], role: GroupRole) -> tuple[Item, ...]:
    """The entries of the sources or of the notes: the numbered list that ends their group."""
    for node in nodes:
        match node:
            case Group(role=known, content=(*_, Listing(items=items, ordered=True))) if known == role:
                return items
            case Group(content=content) if found := _entries(content, role):
                return found
    return ()


def _earlier(before: Iterable[Element]) -> int:
    """How many footnotes come before the text."""
    from despatch.writers import _notes

    return sum(map(_notes.counts, before))


def _first_paragraph(item: Item) -> tuple[Paragraph | None, tuple[Paragraph | Listing, ...]]:
    """The paragraph that an item begins with, and what follows it."""
    match item.content:
        case (Paragraph() as first, *rest):
            return first, tuple(rest)
        case _:
            return None, item.content


def _first_anchor(item: Item) -> str:
    return next((each.origin.anchor for each in item.content if isinstance(each, Paragraph)), "")


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


def _furniture(properties: Properties) -> dict[str, str]:
    """The words that a reference document's headers, footers and cover may ask for."""
    words = {
        "title": properties.title,
        "organisation": properties.organisation,
        "occasion": properties.occasion,
        "date": properties.date_in_full,
        "contact": properties.contact,
        "draft": properties.draft,
        "embargo": properties.embargo,
    }
    return {name: clean(text) for name, text in words.items()}
