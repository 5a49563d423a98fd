"""How long a briefing is, by section: its words, and the pages that they fill by the measures of the style's Word file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

from msgspec import Struct

from despatch.content import Brief
from despatch.document import (
    Chart,
    Document,
    Group,
    Heading,
    Item,
    Listing,
    Node,
    Pair,
    Paragraph,
    Table,
    Words,
    footnotes,
    plain,
)
from despatch.office import Briefing
from despatch.style import Style, beside
from despatch.typefaces import line_count
from despatch.writers import _package, _reference
from despatch.writers._galley import bound, column_widths, is_short, keeping, tied
from despatch.writers._package import Element, UnreadableError
from despatch.writers._reference import Reference, is_on, w

OPENING = "Opening"
"""What the lines before the first heading are called."""
LINE = 1.15
"""The height of a line, in ems, as common typefaces have it."""
INDENT, BAR, RULE = 21, 30, 6
"""How far each level of a list is set in where its style does not say, and the height of a chart's bar and of the rule
over footnotes, in points."""
UNBROKEN, KEPT = 3, 2
"""A paragraph of so many lines is not broken where a page ends; of one that is, so many lines stand on either side."""
PAGE = (451.0, 698.0)
"""The width and the height of the text of a page of A4 with margins of an inch, in points."""
SIDES = ("left", "right", "top", "bottom")
DEFAULTS = ("rPrDefault", "pPrDefault")


class Length(NamedTuple):
    """A section's heading, how many words are in it, and how many pages they fill."""

    heading: str
    words: int
    pages: float


def lengths(document: Document, style: Style) -> list[Length]:
    """How long each section is, from one heading of the first level to the next; a total comes last."""
    sheet, found = _sheet(style), [Length(OPENING, 0, 0)]
    for line, taken in _set(_lines(document.content, style), sheet):
        if line.is_section:
            found.append(Length(line.text, 0, 0))
        heading, words, pages = found[-1]
        found[-1] = Length(heading, words + len(line.text.split()), pages + taken / sheet.height)
    kept = [each for each in found if each.words]
    return [*kept, Length("Total", sum(each.words for each in kept), sum(each.pages for each in kept))]


def table(briefing: Briefing) -> list[tuple[str, str, str, str]]:
    """The lengths of a briefing as rows of words, the first of them the heads, the last what its brief allows."""
    found, brief = lengths(briefing.document, briefing.style), briefing.selection.brief
    total = found[-1]
    rows = [(each.heading, f"{each.words:,}", f"{each.pages:.1f}", _share(each, total)) for each in found]
    over = " and ".join(each.over for each in surplus(total, brief))
    allowed = ("Allowed", f"{brief.max_words:,}" if brief.max_words else "", f"{brief.pages or ''}")
    last = [(*allowed, f"over by {over}" if over else "within")] if brief.max_words or brief.pages else []
    return [("section", "words", "pages", "share"), *rows, *last]


class Surplus(NamedTuple):
    """What there is too much of, as messages put it: `3,034 words`, `2,500`, `534 words`."""

    has: str
    allowed: str
    over: str


def surplus(total: Length, brief: Brief) -> Iterator[Surplus]:
    """What a briefing of this length has more of than its brief allows."""
    words, pages = brief.max_words, brief.pages
    if words is not None and total.words > words:
        yield Surplus(_counted(f"{total.words:,}", "word"), f"{words:,}", _counted(f"{total.words - words:,}", "word"))
    if pages is not None and (about := round(total.pages, 1)) > pages:
        yield Surplus(f"about {about} pages", f"{pages}", _counted(f"{about - pages:.1f}", "page"))


def room(brief: Brief) -> str:
    """How much a brief allows, in words: `800 words and 2 pages`."""
    allowed = ((brief.max_words, "word"), (brief.pages, "page"))
    return " and ".join(_counted(f"{number:,}", what) for number, what in allowed if number is not None)


def longest(sections: list[Length]) -> Length:
    """The longest section, the total left out."""
    return max(sections[:-1], key=lambda each: each.words)


def _counted(number: str, what: str) -> str:
    return f"{number} {what}{'' if number == '1' else 's'}"


def _share(each: Length, total: Length) -> str:
    return f"{each.words / total.words:.0%}" if total.words else ""


class _Line(NamedTuple):
    """A paragraph, an entry or a row of a table as it is set."""

    style: str
    """The name of its Word style; a row has that of its table."""
    text: str
    depth: int = 0
    """How many levels of lists it is set in."""
    extra: float = 0
    """What else takes room here, in points."""
    is_section: bool = False
    is_whole: bool = False
    """Whether it may not be broken where a page ends, whatever its style says."""
    keeps: bool | None = None
    """Whether it stays on the page of what comes next; if this does not say, its style does."""
    cells: tuple[tuple[_Line, ...], ...] = ()
    """What stands side by side in a row; its words are in `text` too."""
    table: Table | None = None
    """The table of a row; a row without one has cells of equal width."""
    head: tuple[_Line, ...] = ()
    """The row that is printed again over what of this one goes over to another page."""
    notes: tuple[int, ...] = ()
    """The footnotes that are marked here."""
    is_note: bool = False
    """Whether this stands at the foot of the page of its mark."""


def _lines(nodes: tuple[Node, ...], style: Style, group: str = "") -> Iterator[_Line]:
    """What is set on the pages, line by line as `document.lines` has it, but a table row by row."""
    for node, is_bound in zip(nodes, keeping(nodes, group), strict=True):
        yield from tied(_node(node, style, group), is_bound, _with_next)


def _with_next(line: _Line) -> _Line:
    return line._replace(keeps=True)


def _node(node: Node, style: Style, group: str) -> Iterator[_Line]:
    match node:
        case Heading(level=level, words=words):
            line = _line(style.word_style(f"heading-{min(level, 3)}", group), words)
            yield line._replace(is_section=level == 1)
        case Paragraph(words=words):
            yield _line(style.word_style(node.part, group), words)
        case Listing(items=items, ordered=ordered):
            yield from _entries(items, style, group, "number" if ordered else "bullet")
        case Table() | Chart():
            yield from _rows(node, style, group)
        case Pair():
            yield from _side_by_side(node, style)
        case Group(role="notes", content=content):
            yield from (line._replace(is_note=True, keeps=False) for line in _lines(content, style, "notes"))
        case Group(role=role, content=content):
            yield from _lines(content, style, role)


def _line(style: str, words: Words, depth: int = 0) -> _Line:
    return _Line(style, plain(words), depth, notes=tuple(footnotes(words)))


def _row(style: str, cells: Iterable[Iterable[_Line]]) -> _Line:
    columns = tuple(tuple(cell) for cell in cells)
    lines = [line for column in columns for line in column]
    notes = tuple(number for line in lines for number in line.notes)
    return _Line(style, " ".join(line.text for line in lines), is_whole=True, cells=columns, notes=notes)


def _side_by_side(pair: Pair, style: Style) -> Iterator[_Line]:
    """The labels, which keep with what is under them, and that."""
    groups = [beside(each.role) for each in pair.content]
    head, row = (
        _row(style.word_style("pair"), (_lines(cell, style, group) for cell, group in zip(cells, groups, strict=True)))
        for cells in pair.rows
    )
    yield head._replace(keeps=True)
    yield row._replace(is_whole=is_short(pair), head=(head,))


def _entries(items: tuple[Item, ...], style: Style, group: str, mark: str, depth: int = 1) -> Iterator[_Line]:
    part = "footnote-text" if group == "notes" else mark if depth == 1 else f"{mark}-{min(depth, 3)}"
    for item, is_bound in zip(items, bound(items), strict=True):
        yield from tied(_entry(item, style, group, part, depth), is_bound, _with_next)


def _entry(item: Item, style: Style, group: str, part: str, depth: int) -> Iterator[_Line]:
    for node, following in zip_longest(item.content, item.content[1:]):
        if isinstance(node, Listing):
            yield from _entries(node.items, style, group, "number" if node.ordered else "bullet", depth + 1)
        else:
            line = _line(style.word_style(part, group), node.words, depth)
            yield line._replace(keeps=True) if isinstance(following, Listing) else line


def _rows(node: Table | Chart, style: Style, group: str) -> Iterator[_Line]:
    """A table, which LibreOffice does not keep with what comes next."""
    grid = node if isinstance(node, Table) else node.table
    bars = 0 if isinstance(node, Table) else BAR * (len(node.bars) + 1)
    name, cell = style.word_style("table", group), style.word_style("table-cell", group)
    for number, words in enumerate((grid.header, *grid.rows)):
        row = _row(name, ([_line(cell, each)] for each in words))._replace(table=grid)
        yield row._replace(extra=0 if number else bars, keeps=False if number == len(grid.rows) else None)


class _Place(NamedTuple):
    """How far a page is filled."""

    at: float = 0
    """The height of what stands on it, its footnotes included."""
    after: float = 0
    """The space under the last line on it."""
    has_notes: bool = False


def _set(lines: Iterable[_Line], sheet: _Sheet) -> Iterator[tuple[_Line, float]]:
    """Each line with the height that it takes on the pages, and with the room left empty where a page ends before it."""
    lines, place = tuple(lines), _Place()
    entries = (sheet.height_of(line) for line in lines if line.is_note and not line.is_section)
    notes = dict(enumerate(entries, 1))
    for together in _together(lines, sheet):
        left = sheet.left_empty(together, place, notes)
        place = _Place() if left else place
        for line in together:
            if line.is_note:  # the page of its mark has kept room for it; the heading of notes is not printed
                yield line, 0 if line.is_section else sheet.height_of(line)
                continue
            foot = _foot([line], place, notes)
            height = sheet.space(line, place) + sheet.height_of(line)
            pages, at = divmod(place.at + height + foot, sheet.height)
            again = pages * sum(map(sheet.height_of, line.head))
            place = _Place(at + again, sheet.after(line), not pages and (place.has_notes or foot > 0))
            yield line, left + height + again
            left = 0
            for number in line.notes:
                notes.pop(number, None)


def _together(lines: Iterable[_Line], sheet: _Sheet) -> Iterator[list[_Line]]:
    """The lines, those that stay on the page of what comes next with that."""
    waiting = list[_Line]()
    for line in lines:
        waiting.append(line)
        if not sheet.keeps(line):
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _foot(lines: Iterable[_Line], place: _Place, notes: Mapping[int, float]) -> float:
    """The height of the footnotes that are marked first in these lines, with the rule over them if they need one."""
    marked = {number for line in lines for number in line.notes if number in notes}
    return sum(notes[number] for number in marked) + (RULE if marked and not place.has_notes else 0)


class _Look(NamedTuple):
    """How a Word style sets a paragraph, in points; or a table, whose cells keep some way from their words."""

    typeface: str = ""
    size: float = 11
    line: float = 1.1
    """The height of its lines, in heights of a line."""
    before: float = 0
    after: float = 6
    indent: float | None = None
    """By how much its lines are less wide than the text; none, where the style is not known."""
    hanging: float = 0
    """By how much the first of them is wider than the others."""
    keeps: bool = False
    """Whether it stays on the page of what comes next."""
    is_whole: bool = False
    """Whether it may not be broken where a page ends."""


UNKNOWN = _Look()
"""How a style is taken to look that cannot be read."""


class _Sheet(Struct, frozen=True):
    """A page of a style: the width and the height of its text, in points, and how its Word styles look."""

    width: float
    height: float
    look_of: Callable[[str], _Look]

    def look(self, line: _Line) -> _Look:
        """How a line looks."""
        return self.look_of(line.style)

    def height_of(self, line: _Line, width: float = 0) -> float:
        """The height of what is set, in points, without the space before and after a paragraph."""
        look = self.look(line)
        if line.cells:
            return look.before + max(self.height_in(*each) for each in self.cells(line)) + look.after + line.extra
        return self.line_count(line, width) * LINE * look.line * look.size + line.extra

    def cells(self, row: _Line) -> Iterator[tuple[tuple[_Line, ...], float]]:
        """The cells of a row, each with the width of its text."""
        widths = [self.width / len(row.cells)] * len(row.cells)
        if row.table is not None:
            widths = [width / 20 for width in column_widths(row.table, int(self.width * 20))]
        padding = self.look(row).indent or 0
        yield from ((cell, width - padding) for cell, width in zip(row.cells, widths, strict=False))

    def height_in(self, cell: Iterable[_Line], width: float) -> float:
        """The height of what a cell holds."""
        height = after = 0.0
        for line in cell:
            height += max(after, self.look(line).before) + self.height_of(line, width)
            after = self.look(line).after
        return height + after

    def line_count(self, line: _Line, width: float) -> int:
        """How many lines a paragraph fills."""
        look = self.look(line)
        indent = INDENT * line.depth if look.indent is None else look.indent
        return line_count(
            line.text, look.typeface, ((width or self.width) - indent) / look.size, look.hanging / look.size
        )

    def space(self, line: _Line, place: _Place) -> float:
        """The space over a line: its own or the last one's, whichever is wider, but none where a page begins."""
        before = 0 if line.cells else self.look(line).before
        return max(place.after, before) if place.at else 0

    def after(self, line: _Line) -> float:
        """The space under a line."""
        return 0 if line.cells else self.look(line).after

    def keeps(self, line: _Line) -> bool:
        """Whether a line stays on the page of what comes next. The first paragraph of a row says so for the row."""
        first = line.cells[0][:1] if line.cells else ()
        return line.keeps if line.keeps is not None else self.look(line).keeps or any(map(self.keeps, first))

    def is_whole(self, line: _Line) -> bool:
        """Whether a line may not be broken where a page ends."""
        return line.is_whole or self.look(line).is_whole

    def least(self, line: _Line, width: float = 0) -> float:
        """How much of a line must stand on the page on which it begins, in points."""
        if self.is_whole(line):
            return self.height_of(line, width)
        if line.cells:
            return self.look(line).before + max(self.least(cell[0], width) for cell, width in self.cells(line) if cell)
        count = self.line_count(line, width)
        return self.height_of(line, width) * (1 if count <= UNBROKEN else KEPT / count)

    def left_empty(self, lines: list[_Line], place: _Place, notes: Mapping[int, float]) -> float:
        """How much of a page stays empty before lines that stay together, if they are too high for what is left of it."""
        *others, last = [line for line in lines if not line.is_note] or [_Line("", "")]
        needed, now = 0.0, place
        for line in others:
            needed += self.space(line, now) + self.height_of(line)
            now = now._replace(after=self.after(line))
        needed += self.space(last, now) + self.least(last)
        goes_over = last.cells and not self.is_whole(last)
        needed += _foot(others if goes_over else [*others, last], place, notes)
        room = self.height - place.at
        return room if place.at and room < needed <= self.height else 0


def _sheet(style: Style) -> _Sheet:
    """The page of a style; a usual one, if its Word file cannot be read, which a build reports."""
    return _measured(style, _reference.state(style))


@cache
def _measured(style: Style, state: object) -> _Sheet:
    """The page of a style while its Word file is in this state."""
    del state
    try:
        reference = _reference.kept(style)
    except UnreadableError:
        return _Sheet(*PAGE, lambda _: UNKNOWN)
    kinds = {str(name): _reference.style_type(part) for part, name in style.word.items()}

    @cache
    def look_of(name: str) -> _Look:
        kind = kinds.get(name)
        return UNKNOWN if kind is None else (_table_look if kind == "table" else _look)(reference, name)

    return _Sheet(*_page(reference), look_of)


def _page(reference: Reference) -> tuple[float, float]:
    """The width and the height of the text of a page, in points."""
    section = _package.parse(reference.parts[reference.document]).find(f"{w('body')}/{w('sectPr')}")
    size, margins = (None if section is None else section.find(w(name)) for name in ("pgSz", "pgMar"))
    sides = [_number(size, name) for name in ("w", "h")] + [_number(margins, name) for name in SIDES]
    if None in sides:
        return PAGE
    width, height, left, right, top, bottom = (each or 0 for each in sides)
    return (max(width - left - right, 1) / 20, max(height - abs(top) - abs(bottom), 1) / 20)


def _look(reference: Reference, name: str) -> _Look:
    """How the paragraph style with a name looks."""
    chain = [*_chain(reference, "paragraph", name)]
    level = _level(reference, name)
    fonts, sizes = _found(chain, "rPr", "rFonts"), _found(chain, "rPr", "sz")
    spacings, insets = _found(chain, "pPr", "spacing"), _found([*chain, *level], "pPr", "ind")
    left, right = (_first(insets, side, 0) for side in ("left", "right"))
    return _Look(
        typeface=next((name for each in fonts if (name := each.get(w("ascii"), ""))), ""),
        size=max(_first(sizes, "val", 22), 2) / 2,
        line=_first(spacings, "line", 240) / 240,
        before=_first(spacings, "before", 0) / 20,
        after=_first(spacings, "after", 0) / 20,
        indent=(left + right) / 20,
        hanging=0 if level else (_first(insets, "hanging", 0) - _first(insets, "firstLine", 0)) / 20,
        keeps=any(map(is_on, _found(chain, "pPr", "keepNext")[:1])),
        is_whole=any(map(is_on, _found(chain, "pPr", "keepLines")[:1])),
    )


def _table_look(reference: Reference, name: str) -> _Look:
    """How far the cells of the table style with a name keep from their words."""
    chain = [*_chain(reference, "table", name)]
    left, right, top, bottom = (_first(_found(chain, "tblPr", "tblCellMar", side), "w", 0) / 20 for side in SIDES)
    return _Look(before=top, after=bottom, indent=left + right)


def _level(reference: Reference, name: str) -> list[Element]:
    """The level of a list that a paragraph style is linked to, if it is linked to one."""
    numbering = reference.numbering_of(reference.ids.get(("paragraph", name.casefold()), ""))
    if numbering is None or reference.numbering is None:
        return []
    wanted = reference.lists[numbering.number]
    lists = (each for each in reference.numbering.iterfind(w("abstractNum")) if each.get(w("abstractNumId")) == wanted)
    return [level for each in lists for level in each.iterfind(w("lvl")) if level.get(w("ilvl")) == numbering.level]


def _found(chain: Iterable[Element], *path: str) -> list[Element]:
    """What there is at a path in some elements."""
    steps = "/".join(map(w, path))
    return [found for each in chain if (found := each.find(steps)) is not None]


def _chain(reference: Reference, kind: str, name: str) -> Iterator[Element]:
    """A style, the one that it is based on, and so on; then what holds for all."""
    yield from reference.chain(reference.ids.get((kind, name.casefold()), ""))
    yield from (
        each for name in DEFAULTS if (each := reference.styles.find(f"{w('docDefaults')}/{w(name)}")) is not None
    )


def _first(elements: Iterable[Element], attribute: str, otherwise: int) -> int:
    """The first number that any of them says."""
    return next((found for each in elements if (found := _number(each, attribute)) is not None), otherwise)


def _number(element: Element | None, attribute: str) -> int | None:
    """A number as Word writes it; none, where it is written in another way."""
    text = "" if element is None else element.get(w(attribute), "")
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text) else None
