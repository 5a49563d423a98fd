"""A selection cut to the room there is: essential first, whole points only, and never half of a pair.

Everything that could go is put in one order, by priority and then as the brief has it, and as much of its beginning is
kept as fits, each piece with what it cannot stand without. So more room never takes away what less room kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple, TypeAlias

from msgspec.structs import replace

from despatch.content import PRIORITIES, Block, Body, Library, Point, bodies, with_bodies
from despatch.diagnostics import shortened
from despatch.select import Chosen, Decision, Selection, trimmed
from despatch.withheld import as_printed

Place: TypeAlias = tuple[Any, ...]
"""Where a piece stands: the section's number, the block's, the name of the body, the numbers of points; or a part of it."""


class _Piece(NamedTuple):
    """The least that can be left out: a point without those under it, a text, or a block that has neither."""

    place: Place
    priority: str
    point: Point | None = None


def within(selection: Selection, fits: Callable[[Selection], bool], room: str) -> Selection:
    """As much of the selection as fits, with a decision for everything that is left out. Something is always kept.

    Halving finds it: whatever `fits` says, one that says yes more often never makes it keep less.
    """
    pieces = list(_pieces(selection))
    if not pieces or fits(selection):
        return selection
    order, needs = _ordered(pieces), _needs(pieces)
    least, most = max(1, sum(each.priority == "essential" for each in order)), len(order)
    while least < most:
        middle = (least + most + 1) // 2
        if fits(_only(selection, _with_needs(order[:middle], needs))):
            least = middle
        else:
            most = middle - 1
    return _recorded(selection, _with_needs(order[:least], needs), room)


def left_out(selection: Selection) -> Iterator[Decision]:
    """The blocks for which there was no room, and the points of those for which there was."""
    is_out = False
    for each in selection.decisions:
        is_out = is_out if each.point else each.rule == "budget"
        if each.rule == "budget" and not (each.point and is_out):
            yield each


# What could go, and what cannot stand alone.


def _placed(selection: Selection) -> Iterator[tuple[Place, Block]]:
    """Every block that a section prints, with its place."""
    for section, chosen in enumerate(selection.sections):
        yield from (((section, number), block) for number, block in enumerate(chosen.blocks))


def _pieces(selection: Selection) -> Iterator[_Piece]:
    """Every piece, in the brief's order."""
    for place, block in _placed(selection):
        own = list(bodies(block.content))
        for name, body in own:
            inner = (*place, name)
            yield from _points(body.points, inner, block.priority) if body.points else (_Piece(inner, block.priority),)
        if not own:
            yield _Piece(place, block.priority)


def _points(points: tuple[Point, ...], above: Place, priority: str) -> Iterator[_Piece]:
    for number, point in enumerate(points):
        piece = _Piece((*above, number), point.priority or priority, point)
        yield piece
        yield from _points(point.points, piece.place, piece.priority)


def _needs(pieces: list[_Piece]) -> dict[Place, set[Place]]:
    """What each piece cannot stand without."""
    blocks = groupby(pieces, key=lambda each: each.place[:2])
    return {place: needed for _, block in blocks for place, needed in _needs_in(list(block)).items()}


def _needs_in(pieces: list[_Piece]) -> dict[Place, set[Place]]:
    """The same for the pieces of one block: what they stand under, the other half of a pair, an answer its question."""
    first = _first(pieces)
    halves = {place for above, place in first.items() if len(above) == 3}
    known = {str(each.point.id): each.place for each in pieces if each.point and each.point.id}
    needs: dict[Place, set[Place]] = {each.place: set() for each in pieces}
    for place, _, point in pieces:
        needs[place] |= {place[:-1]} if len(place) > 4 else set()
        if point is not None and point.points and point.text.rstrip().endswith(":"):
            needs[place].add(first[place])
        for answered in (known[name] for name in (point.answers if point else ()) if name in known):
            needs[place].add(answered)
            needs[answered].add(place)
    for place in (each for each in needs if len(each) <= 4):  # an answer is half enough, and a point under one has it
        has = {place[:3], *(needed[:3] for needed in needs[place])}
        needs[place] |= {half for half in halves if half[:3] not in has}
    return needs


def _first(pieces: list[_Piece]) -> dict[Place, Place]:
    """The piece that is kept before all others in each body, and under each point."""
    first: dict[Place, Place] = {}
    for place, *_ in _ordered(pieces):
        for depth in range(3, max(4, len(place))):
            first.setdefault(place[:depth], place)
    return first


def _ordered(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces with the most needed first; among equals the brief's order stands."""
    return sorted(pieces, key=lambda each: PRIORITIES.index(each.priority))


def _with_needs(pieces: Iterable[_Piece], needs: Mapping[Place, set[Place]]) -> set[Place]:
    """The places of some pieces, and of all that these cannot stand without."""
    kept: set[Place] = set()
    waiting = [each.place for each in pieces]
    while waiting:
        if (place := waiting.pop()) not in kept:
            kept.add(place)
            waiting += needs[place]
    return kept


# What is left, and the decisions.


def _only(selection: Selection, kept: Collection[Place]) -> Selection:
    """The selection with these pieces alone."""
    sections = tuple(
        Chosen(
            chosen.section,
            tuple(filter(None, (_cut(block, (at, number), kept) for number, block in enumerate(chosen.blocks)))),
        )
        for at, chosen in enumerate(selection.sections)
    )
    return replace(selection, sections=sections)


def _cut(block: Block, place: Place, kept: Collection[Place]) -> Block | None:
    """What is left of a block."""

    def cut(name: str, body: Body) -> Body | None:
        inner = (*place, name)
        points = _left(body.points, inner, kept)
        return body if inner in kept else trimmed(body, points) if points else None

    content = with_bodies(block.content, cut)
    stands = place in kept or any(bodies(content))
    return replace(block, content=content) if stands else None


def _left(points: tuple[Point, ...], above: Place, kept: Collection[Place]) -> tuple[Point, ...]:
    return tuple(
        replace(point, points=_left(point.points, place, kept))
        for number, point in enumerate(points)
        if (place := (*above, number)) in kept
    )


def _recorded(selection: Selection, kept: Collection[Place], room: str) -> Selection:
    """The selection cut down, and its decisions: those on what sections print stand in the order of what is printed."""
    texts = iter(_texts(selection, kept))
    before = sum(each is not None for each in (selection.standfirst, selection.contact))
    decisions = []
    for each in selection.decisions:
        before -= each.included and not each.point
        stays, words = next(texts) if each.included and before < 0 else (True, "")
        why = f"there is no room in {room} for {words}"
        decisions.append(each if stays else replace(each, included=False, rule="budget", why=why))
    return replace(_only(selection, kept), decisions=tuple(decisions))


def _texts(selection: Selection, kept: Collection[Place]) -> Iterator[tuple[bool, str]]:
    """Whether each block and point stays, and its first words."""
    above, library = {place[:2] for place in kept}, selection.library
    for place, block in _placed(selection):
        yield place in above, _begun(_opening(block), library)
        for name, body in bodies(block.content):
            for inner, _, point in _points(body.points, (*place, name), ""):
                yield inner in kept, _begun(point.text if point else "", library)


def _opening(block: Block) -> str:
    """A block's heading, or else its first words."""
    own = (each.lead or each.text or each.points[0].text for _, each in bodies(block.content))
    return str(getattr(block.content, "heading", None) or next(own, None) or block.id)


def _begun(text: str, library: Library) -> str:
    """The first words of a text, as it is quoted."""
    return f"“{shortened(as_printed(text, library).replace('*', ''))}”"
