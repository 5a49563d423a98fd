"""How long a briefing is, by section: its words, and the pages that they fill by the measures of the style's Word file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from math import ceil
from typing import NamedTuple

from msgspec import Struct

from despatch.content import Brief
from despatch.document import Chart, Document, Group, Heading, Item, Listing, Node, Pair, Paragraph, Table, plain
from despatch.office import Briefing
from despatch.style import Style, beside
from despatch.writers import _package, _reference
from despatch.writers._package import Element
from despatch.writers._reference import Reference, w

OPENING = "Opening"
"""What the lines before the first heading are called."""
CHARACTER, LINE = 0.43, 1.04
"""The width of a character and the height of a line, in ems, by which the pages of our own briefings come out right."""
RAGGED, PADDING = 2, 11
"""How many characters stay empty at the end of a line, on average; how much of a cell's width does, in points."""
INDENT, BAR = 21, 30
"""How far each level of a list is set in, and the height of a chart's bar, in points."""
SHORT = 800
"""Fewer letters than these in each half of a pair LibreOffice does not break where a page ends, if it can help it."""
TWO_LINES = 30
"""The height of the two lines of a paragraph that stay together, in points."""
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
    """The name of its Word style."""
    text: str
    depth: int = 0
    """How many levels of lists it is set in."""
    columns: int = 1
    extra: float = 0
    """What else takes room here, in points."""
    is_section: bool = False
    is_whole: bool = False
    """Whether it may not be broken where a page ends."""
    keeps: bool = False
    """Whether it stays on the page of what comes next, whatever its style says."""
    halves: tuple[tuple[_Line, ...], ...] = ()
    """What stands side by side here; its words are in `text` too."""


def _lines(nodes: tuple[Node, ...], style: Style, group: str = "") -> Iterator[_Line]:
    """What is set on the pages, line by line as `document.lines` has it, but a table row by row."""
    for node in nodes:
        match node:
            case Heading(level=level, words=words):
                name = style.word_style(f"heading-{min(level, 3)}", group)
                yield _Line(name, plain(words), is_section=level == 1)
            case Paragraph(words=words, role=role):
                yield _Line(style.word_style(role, group), plain(words))
            case Listing(items=items, ordered=ordered):
                yield from _entries(items, style, group, "number" if ordered else "bullet")
            case Table() | Chart():
                yield from _rows(node, style, group)
            case Pair():
                yield from _side_by_side(node, style)
            case Group(role=role, content=content):
                yield from _lines(content, style, role)


def _side_by_side(pair: Pair, style: Style) -> Iterator[_Line]:
    """The labels, which keep with what is under them, and that."""
    for is_last, cells in enumerate(pair.rows):
        sides = [_lines(cell, style, beside(each.role)) for cell, each in zip(cells, pair.content, strict=True)]
        halves = tuple(tuple(line._replace(columns=2 * line.columns) for line in side) for side in sides)
        text = " ".join(line.text for half in halves for line in half)
        is_whole = not is_last or all(sum(len(line.text) for line in half) < SHORT for half in halves)
        yield _Line("", text, halves=halves, is_whole=is_whole, keeps=not is_last)


def _set(lines: Iterable[_Line], sheet: _Sheet) -> Iterator[tuple[_Line, float]]:
    """Each line with the height that it takes on the pages, and with the room left empty where a page ends before it."""
    at, waiting = 0.0, list[_Line]()
    for line in lines:
        waiting.append(line)
        if not sheet.keeps(line):
            at += (left := sheet.left_empty(waiting, at))
            for each in waiting:
                yield each, left + sheet.height_of(each)
                at, left = at + sheet.height_of(each), 0
            waiting = []
    yield from ((each, sheet.height_of(each)) for each in waiting)


def _entries(items: tuple[Item, ...], style: Style, group: str, mark: str, depth: int = 1) -> Iterator[_Line]:
    part = "footnote-text" if group == "notes" else mark if depth == 1 else f"{mark}-{min(depth, 3)}"
    for node in (node for item in items for node in item.content):
        if isinstance(node, Listing):
            yield from _entries(node.items, style, group, "number" if node.ordered else "bullet", depth + 1)
        else:
            yield _Line(style.word_style(part, group), plain(node.words), depth)


def _rows(node: Table | Chart, style: Style, group: str) -> Iterator[_Line]:
    grid = node if isinstance(node, Table) else node.table
    bars = 0 if isinstance(node, Table) else BAR * (len(node.bars) + 1)
    for row in (grid.header, *grid.rows):
        name = style.word_style("table-cell", group)
        yield _Line(name, "\n".join(map(plain, row)), columns=len(row), extra=bars, is_whole=True)
        bars = 0


class _Look(NamedTuple):
    """How a Word style sets a paragraph: its size and the space around it in points, its lines in heights of a line."""

    size: float = 11
    line: float = 1.1
    space: float = 6
    keeps: bool = False
    """Whether it stays on the page of what comes next."""


class _Sheet(Struct, frozen=True):
    """A page of a style: the width and the height of its text, in points, and how its Word styles look."""

    width: float
    height: float
    looks: Mapping[str, _Look]

    def height_of(self, line: _Line) -> float:
        """The height of what is set, in points."""
        if line.halves:
            return max(sum(map(self.height_of, half)) for half in line.halves)
        look = self.looks.get(line.style, _Look())
        width = self.width / line.columns - INDENT * line.depth - (PADDING if line.columns > 1 else 0)
        room = max(1, width / (CHARACTER * look.size) - RAGGED)
        lines = max(ceil(len(each) / room) for each in line.text.split("\n"))
        return lines * LINE * look.line * look.size + look.space + line.extra

    def keeps(self, line: _Line) -> bool:
        """Whether a line stays on the page of what comes next."""
        return line.keeps or self.looks.get(line.style, _Look()).keeps

    def left_empty(self, lines: list[_Line], at: float) -> float:
        """How much of a page stays empty before lines that stay together, if they are too high for what is left of it."""
        *kept, last = lines
        least = self.height_of(last) if last.is_whole else min(self.height_of(last), TWO_LINES)
        needed, room = sum(map(self.height_of, kept)) + least, self.height - at % self.height
        return room if room < needed <= self.height else 0


def _sheet(style: Style) -> _Sheet:
    """The page of a style; a usual one, if its Word file cannot be read, which a build reports."""
    if _reference.problem(style):
        return _Sheet(*PAGE, {})
    reference = _reference.read(style)
    return _Sheet(*_page(reference), {name: _look(reference, name) for name in {*style.word.values()}})


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
    """How the style with a name looks."""
    chain = [*_chain(reference, name)]
    size = _first([each.find(f"{w('rPr')}/{w('sz')}") for each in chain], "val", 22)
    spacings = [each.find(f"{w('pPr')}/{w('spacing')}") for each in chain]
    line, before, after = (_first(spacings, *each) for each in (("line", 240), ("before", 0), ("after", 0)))
    return _Look(max(size, 2) / 2, line / 240, (before + after) / 20, _keeps(chain))


def _keeps(chain: Iterable[Element]) -> bool:
    """Whether the first of these styles to say so keeps its paragraphs with the next."""
    said = (each.find(f"{w('pPr')}/{w('keepNext')}") for each in chain)
    first = next((each for each in said if each is not None), None)
    return first is not None and first.get(w("val"), "1") in ("1", "true", "on")


def _chain(reference: Reference, name: str) -> Iterator[Element]:
    """A paragraph style, the one that it is based on, and so on; then what holds for all."""
    seen: set[str] = set()  # styles may be based on each other
    id = reference.ids.get(("paragraph", name.casefold()), "")
    while id in reference.by_id and id not in seen:
        seen.add(id)
        yield reference.by_id[id]
        based_on = reference.by_id[id].find(w("basedOn"))
        id = "" if based_on is None else based_on.get(w("val"), "")
    yield from (
        each for name in DEFAULTS if (each := reference.styles.find(f"{w('docDefaults')}/{w(name)}")) is not None
    )


def _first(elements: Iterable[Element | None], attribute: str, otherwise: int) -> int:
    """The first number that any of them says."""
    return next((found for each in elements if (found := _number(each, attribute)) is not None), otherwise)


def _number(element: Element | None, attribute: str) -> int | None:
    """A number as Word writes it; none, where it is written in another way."""
    text = "" if element is None else element.get(w(attribute), "")
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text) else None
