"""Which items of a document we answer: a Review’s recommendations or a Bill’s clauses, each beside our positions."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import TypeAlias, get_args

from msgspec import Struct

from despatch.content import Block, Item, Library, Point, Reference, all_points, points_in
from despatch.parliament import Stance
from despatch.select import Selection, successor

HEADS = ("item", "number", "title", "chapter", "position", "stance", "briefings")
UNANSWERED = "unanswered"
FORMULA = tuple("=+-@＝＋－＠")
"""What a spreadsheet takes for the beginning of a sum, wide characters included."""
PAGE = """\
<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>What we answer in {title}</title>
<style>
:root {{ color-scheme: light; }}
body {{ margin: 2rem; font: 1rem/1.5 Arial, sans-serif; color: #1a1a1a; background: #ffffff; }}
.wide {{ overflow-x: auto; }}
table {{ border-collapse: collapse; }}
caption {{ text-align: left; padding-bottom: 0.5rem; }}
th, td {{ padding: 0.4rem 0.8rem; border-bottom: 1px solid #767676; text-align: left; vertical-align: top; }}
thead th {{ border-bottom: 2px solid #1a1a1a; }}
tbody th {{ font-weight: normal; }}
tbody th, td:nth-child(4) {{ white-space: nowrap; }}
.unanswered {{ font-weight: bold; }}
</style>
</head>
<body>
<main>
<h1>What we answer in {title}</h1>
<p>{summary}</p>
<div class="wide" role="region" aria-label="What we answer" tabindex="0">
<table>
<caption>Each item, our positions on it, and the briefings that print them.</caption>
<thead>
<tr>{heads}</tr>
</thead>
<tbody>
{rows}
</tbody>
</table>
</div>
</main>
</body>
</html>
"""


class Answer(Struct, frozen=True):
    """A position on an item: its id, its stance, whether it stands today, and the briefings that print it."""

    position: str
    stance: str
    mark: str
    briefings: tuple[str, ...]

    @property
    def counts(self) -> bool:
        """Whether it answers the item: a draft does not yet; what is over, or another took the place of, no longer."""
        return not self.mark


class Covered(Struct, frozen=True):
    """An item of a document and our positions on it."""

    item: Item
    answers: tuple[Answer, ...]

    @property
    def is_answered(self) -> bool:
        """Whether any of the positions counts."""
        return any(each.counts for each in self.answers)


def coverage(source: Reference, library: Library, selections: Sequence[Selection], today: dt.date) -> list[Covered]:
    """Each item of a source, in its order, with our positions on it: those of the library and those local to a brief."""
    briefings = _briefings(selections)
    positions = _positions(source, [library, *(each.library for each in selections)])
    marks = {_place(block): _mark(block, library, today) for block in positions}
    return [Covered(item, tuple(_answers(item, positions, marks, briefings))) for item in source.items]


Place: TypeAlias = tuple[str, int]
"""Where a block is written: two briefs may each have a local one of the same id."""


def _place(block: Block) -> Place:
    return str(block.id.source.path), block.id.start


def _briefings(selections: Iterable[Selection]) -> dict[tuple[Place, str], list[str]]:
    """The briefings that print each position’s answer to each item, by name."""
    found: dict[tuple[Place, str], list[str]] = {}
    for selection in sorted(selections, key=lambda each: each.brief.name):
        blocks = (block for chosen in selection.sections for block in chosen.blocks if block.kind == "positions")
        printed = ((_place(each), item) for each in blocks for item in _items(each, selection.library.blocks[each.id]))
        for answer in dict.fromkeys(printed):
            found.setdefault(answer, []).append(selection.brief.name)
    return found


def _items(block: Block, whole: Block) -> Iterator[str]:
    """The items that a position answers where it is cut down: its own, and those of points that print with our answer."""
    proposal, view = block.content.proposal, block.content.view.body
    if view is not None:
        given = {str(name) for point in all_points(view.points) for name in point.answers}
        meant = {str(name) for point in points_in(whole.content.view.body) for name in point.answers}
        silent = meant - given if given or not whole.content.view.body.variants else set()
        yield from proposal.items
        yield from _items_of(proposal.body.points if proposal.body else (), silent)


def _items_of(points: Iterable[Point], silent: set[str]) -> Iterator[str]:
    """The items of points, but not of those on which the view that prints is silent."""
    for point in points:
        yield from point.items if point.id not in silent else ()
        yield from _items_of(point.points, silent)


def _positions(source: Reference, libraries: Iterable[Library]) -> list[Block]:
    """The positions on a document that are not withdrawn, by id."""
    found = {
        _place(block): block
        for library in libraries
        for block in library.blocks.values()
        if block.kind == "positions" and block.content.proposal.from_ == source.id and block.status != "withdrawn"
    }
    return sorted(found.values(), key=lambda block: (block.id, _place(block)))


def _answers(
    item: Item, positions: Iterable[Block], marks: Mapping[Place, str], briefings: Mapping[tuple[Place, str], list[str]]
) -> Iterator[Answer]:
    for block in positions:
        if item.id in block.content.proposal.all_items:
            place = _place(block)
            yield Answer(block.id, block.content.view.stance, marks[place], tuple(briefings.get((place, item.id), ())))


def _mark(block: Block, library: Library, today: dt.date) -> str:
    """Why a position does not stand, in a word: a `draft`, `superseded` by another that does, or `over`; else nothing."""
    if block.status == "draft":
        return "draft"
    if successor(block, library, [today]):
        return "superseded"
    return "over" if block.valid.until and block.valid.until < today else ""


def rows(covered: Iterable[Covered]) -> Iterator[tuple[str, ...]]:
    """A row for each item and each position on it, under `HEADS`; `unanswered` stands where there is none."""
    for each in covered:
        item = tuple(
            " ".join((cell or "").split())
            for cell in (each.item.id, each.item.number, each.item.title, each.item.chapter)
        )
        for answer in each.answers:
            position = f"{answer.position} ({answer.mark})" if answer.mark else answer.position
            yield (*item, position, answer.stance, ", ".join(answer.briefings))
        if not each.answers:
            yield (*item, UNANSWERED, "", "")


def summary(covered: Sequence[Covered]) -> str:
    """How many items are answered, and with what stance, as in `12 of 40 answered: 8 support, 4 mixed`."""
    stances = Counter(stance for each in covered for stance in {an.stance for an in each.answers if an.counts})
    number = sum(each.is_answered for each in covered)
    by_stance = ", ".join(f"{stances[stance]} {stance}" for stance in get_args(Stance) if stances[stance])
    return f"{number} of {len(covered)} answered{f': {by_stance}' if by_stance else ''}."


def as_csv(covered: Iterable[Covered]) -> bytes:
    """The table for a spreadsheet, marked as UTF-8 so that Excel reads its quotation marks."""
    text = io.StringIO()
    csv.writer(text).writerows([_plain(row) for row in (HEADS, *rows(covered))])
    return text.getvalue().encode("utf-8-sig")


def _plain(row: Iterable[str]) -> tuple[str, ...]:
    """Cells that no spreadsheet takes for a sum to work out."""
    return tuple(f"'{cell}" if cell.lstrip().startswith(FORMULA) else cell for cell in row)


def as_html(source: Reference, covered: Iterable[Covered], summary: str) -> bytes:
    """The table as a web page that needs nothing else."""
    heads = "".join(f'<th scope="col">{head.capitalize()}</th>' for head in HEADS)
    lines = "\n".join(f"<tr>{_cells(row)}</tr>" for row in rows(covered))
    return PAGE.format(title=escape(source.title), summary=escape(summary), heads=heads, rows=lines).encode()


def _cells(row: Sequence[str]) -> str:
    first, *others = (escape(cell) for cell in row)
    cells = (f'<td class="{UNANSWERED}">{cell}</td>' if cell == UNANSWERED else f"<td>{cell}</td>" for cell in others)
    return f'<th scope="row">{first}</th>{"".join(cells)}'
