"""Lines from elsewhere as a document tree, and as the proof that an editor reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from despatch.dates import MONTHS, in_full
from despatch.document import (
    Document,
    Group,
    GroupRole,
    Heading,
    Item,
    Listing,
    Node,
    Origin,
    Paragraph,
    ParagraphRole,
    Properties,
    Table,
)
from despatch.labels import is_label, said
from despatch.passages import Passage
from despatch.proof import Proof
from despatch.readers._front import DAY, FRONT
from despatch.readers._piece import DEEPEST, IN_LISTS, Piece, Read
from despatch.source import Scalar

if TYPE_CHECKING:
    from despatch.style import Style

SECTIONS: dict[str, GroupRole] = {
    "key messages": "key-messages", "what we ask": "ask", "questions for the minister": "question",
    "contact": "contact", "contacts": "contact", "contact us": "contact",
    "sources": "sources", "references": "sources", "bibliography": "sources",
    "notes": "notes", "footnotes": "notes", "endnotes": "notes",
}  # fmt: skip
"""What stands under some headings, by their words."""
_Role: TypeAlias = tuple[int, GroupRole | None]
LINES = (*FRONT[:-1], "heading", "label", "attribution", "caption", "contact")
"""What is a single line, and need not be a sentence."""


def laid_out(path: Path, found: Read, style: Style | None) -> Proof:
    """The proof of a file's lines."""
    pieces = [replace(each, number=number) for number, each in enumerate(_with_leads(found.pieces))]
    day = _day(pieces)
    title = next((each.text for each in pieces if each.part == "title"), found.title or path.stem)
    properties = Properties(title, "", day.isoformat() if day else "", in_full(day) if day else "")
    roles = [*_roles(pieces)]
    document = Document(properties, tuple(_content(pieces, roles)))

    def written(origin: Origin) -> tuple[Scalar | None, None]:
        return pieces[int(origin.block)].written if origin.block else None, None

    return Proof(path.name, path, document, [*_passages(pieces, roles)], written, style, day)


def _with_leads(pieces: list[Piece]) -> Iterator[Piece]:
    """The same lines, those that introduce a list as leads and those that say whose words follow as labels."""
    for number, each in enumerate(pieces):
        after = pieces[number + 1].part if number + 1 < len(pieces) else ""
        if each.part != "body" or each.group:
            yield each
        elif is_label(each.text):
            yield replace(each, part="label")
        else:
            introduces = after in ("bullet", "number") and each.text.endswith(":")
            yield replace(each, part="lead") if introduces else each


def _day(pieces: list[Piece]) -> date | None:
    """The day that the title block names."""
    for each in pieces:
        if each.part in FRONT and (match := DAY.search(each.text)):
            month = [name.lower() for name in MONTHS].index(match[2].lower()) + 1
            try:
                return date(int(match[3]), month, int(match[1]))
            except ValueError:
                return None
    return None


def _passages(pieces: list[Piece], roles: list[_Role]) -> Iterator[Passage]:
    """The words of every line and every cell. Left out are code, lists of sources and notes, and who to write to."""
    for each, (_, role) in zip(pieces, roles, strict=True):
        if role in ("sources", "notes", "contact") or each.part == "literal":
            continue
        if each.part == "table":
            yield from (Passage(cell.written, is_line=True) for row in each.rows for cell in row if cell.written)
        else:
            yield Passage(each.written, "quotations" if role == "quotation" else "", is_line=each.part in LINES)


def _content(pieces: list[Piece], roles: list[_Role]) -> Iterator[Node]:
    """The nodes that the lines make: the title block, then groups and what stands in none."""
    front = [*takewhile(lambda each: each.part in FRONT, pieces)]
    yield Group("front", tuple(_nodes(front)))
    rest = zip(roles[len(front) :], pieces[len(front) :], strict=True)
    for (_, role), inside in groupby(rest, key=lambda each: each[0]):
        nodes = tuple(_nodes([each for _, each in inside]))
        if role:
            yield Group(role, nodes)
        else:
            yield from nodes


def _roles(pieces: list[Piece]) -> Iterator[_Role]:
    """The group that each line stands in, with the number of the line that opens it."""
    opened, level = 0, 0
    role: GroupRole | None = None
    for number, each in enumerate(pieces):
        opens = _opens(each)
        if opens or (each.part == "heading" and (role not in SECTIONS.values() or each.level <= level)):
            opened, role, level = number, opens, each.level
        yield (opened, each.group or role)


def _opens(piece: Piece) -> GroupRole | None:
    """The group that a heading or a label opens."""
    if piece.part not in ("heading", "label"):
        return None
    return said(piece.text) or SECTIONS.get(piece.text.strip(" :").lower())


def _nodes(pieces: list[Piece]) -> Iterator[Node]:
    """The nodes of lines that stand in one group."""
    for in_list, run in groupby(pieces, key=lambda each: each.part in IN_LISTS):
        if in_list:
            yield from _lists([*run], 1)
        else:
            yield from (_node(each) for each in run)


def _node(piece: Piece) -> Node:
    origin = Origin(str(piece.number))
    if piece.part == "heading":
        return Heading(piece.level, piece.words, origin)
    if piece.part == "table":
        header, *rows = [tuple(cell.words for cell in row) for row in piece.rows]
        return Table(header, tuple(rows), origin)
    return _paragraph(piece, piece.part if piece.part not in IN_LISTS else "body")  # type: ignore[arg-type]


def _paragraph(piece: Piece, role: ParagraphRole = "body") -> Paragraph:
    return Paragraph(piece.words, Origin(str(piece.number)), role)


def _lists(pieces: list[Piece], level: int) -> Iterator[Listing]:
    """The lists of a run of bullets, each with those that are deeper under it; another sort of mark begins another."""
    items: list[Item] = []
    ordered = False
    for opening, inside in _entries(pieces, level):
        sort = opening.part == "number" if opening.level <= level else ordered
        if items and sort != ordered:
            yield Listing(tuple(items), ordered)
            items = []
        ordered = sort
        items.append(Item(tuple(_entry(inside, level))))
    yield Listing(tuple(items), ordered)


def _entries(pieces: list[Piece], level: int) -> Iterator[tuple[Piece, list[Piece]]]:
    """Each bullet of a level with its further paragraphs and what is under it."""
    entry: list[Piece] = []
    for each in pieces:
        if entry and each.part != "continue" and each.level <= level:
            yield entry[0], entry
            entry = []
        entry.append(each)
    yield entry[0], entry


def _entry(pieces: list[Piece], level: int) -> Iterator[Paragraph | Listing]:
    for deeper, run in groupby(pieces, key=lambda each: each.level > level and level < DEEPEST):
        if deeper:
            yield from _lists([*run], level + 1)
        else:
            yield from (_paragraph(each) for each in run)
