"""The title block of a file from elsewhere, and the headings that only look like such."""

from __future__ import annotations

import re

from msgspec.structs import replace

from despatch.dates import DAYS, MONTH
from despatch.document import Strong, Text
from despatch.labels import is_label
from despatch.readers._piece import Part, Piece, only
from despatch.source import scalar_at

FRONT = ("draft", "organisation", "title", "occasion", "date", "embargo", "standfirst")
"""The parts of a title block."""
DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({MONTH})\s+(\d{{4}})\b", re.IGNORECASE)
OCCASION = re.compile(r"House of (?:Lords|Commons)|Westminster Hall|Grand Committee", re.IGNORECASE)
TYPED = re.compile("[•‣▪●○◦\uf0b7\uf0a7][ \t\xa0]*(?=\\S)")


def in_shape(pieces: list[Piece]) -> list[Piece]:
    """The lines of a file with markup: bullets that were typed are bullets, and short bold lines are headings."""
    return _with_bold_headings(with_front(_from_one([_untyped(each) for each in pieces])))


def _from_one(pieces: list[Piece]) -> list[Piece]:
    """The lines with the one heading above all others as the title, and the rest counted from 1."""
    headings = [each for each in pieces if each.part == "heading"]
    if not headings or any(each.part == "title" for each in pieces):
        return pieces
    top = min(each.level for each in headings)
    is_title = [each.level for each in headings].count(top) == 1 and headings[0].level == top and len(headings) > 1
    titles = headings[:1] if (is_title or len(headings) == 1 == top) and _begins_with(pieces, headings[0]) else []
    return [
        replace(each, part="title", level=0) if each in titles
        else replace(each, level=each.level - top + (not titles)) if each.part == "heading"
        else each
        for each in pieces
    ]  # fmt: skip


def _begins_with(pieces: list[Piece], heading: Piece) -> bool:
    """Whether nothing stands above a heading but a few short lines."""
    above = pieces[: pieces.index(heading)]
    return len(above) <= 3 and all(each.part in ("body", *FRONT) and _is_short(each.text) for each in above)


def with_front(pieces: list[Piece]) -> list[Piece]:
    """The lines with the title block's told apart: those round the title, and one paragraph above all that follows."""
    at = next((number for number, each in enumerate(pieces) if each.part == "title"), None)
    if at is None or at > 4:
        return pieces
    made = [*(_before_title(each) for each in pieces[:at]), *pieces[at:]]
    at += 1
    while at < len(made) and (role := _front_role(made[at])):
        made[at] = replace(made[at], part=role, level=0)
        at += 1
    if at + 1 < len(made) and made[at].part == "body" and (made[at + 1].part == "heading" or made[at + 1].gap > 1):
        made[at] = replace(made[at], part="standfirst")
    return made


def _before_title(piece: Piece) -> Piece:
    if piece.part != "body" or not _is_short(piece.text):
        return piece
    return replace(piece, part="draft" if piece.text.lower().startswith("draft") else "organisation")


def _front_role(piece: Piece) -> Part | None:
    """What a line under the title is, where that can be told: the date, the House, an embargo."""
    if piece.part in FRONT:
        return piece.part
    if piece.part != "body" or not _is_short(piece.text):
        return None
    if _is_day(piece.text):
        return "date"
    if piece.text.lower().startswith("embargoed"):
        return "embargo"
    return "occasion" if OCCASION.search(piece.text) or piece.text.startswith("Motion: ") else None


def _is_short(text: str) -> bool:
    return len(text) <= 120 and not text.endswith((".", "!", "?"))


def _is_day(text: str) -> bool:
    """Whether a line is a date or two, with the day of the week or without."""
    rest = re.sub(r"\band\b|[,;&-]", " ", DAY.sub(" ", text)).split()
    return bool(DAY.search(text)) and all(each.title() in DAYS for each in rest)


def _untyped(piece: Piece) -> Piece:
    """A paragraph that begins with a typed bullet, as a bullet; any other line as it is."""
    first = piece.words[0] if piece.words else None
    mark = TYPED.match(piece.text) if piece.part == "body" and isinstance(first, Text) else None
    if mark is None or not isinstance(first, Text) or not piece.written.startswith(mark[0]):
        return piece
    text, length = piece.written, mark.end()
    written = scalar_at(text[length:], text.source, text.start + length, text.end)
    return replace(piece, part="bullet", level=1, words=(*only(first.text[length:]), *piece.words[1:]), written=written)


def _with_bold_headings(pieces: list[Piece]) -> list[Piece]:
    """The lines with short bold ones as headings, a level under the last one that is marked as such."""
    level, made = 0, []
    for number, each in enumerate(pieces):
        level = each.level if each.part == "heading" else level
        is_heading = number + 1 < len(pieces) and _is_bold_heading(each)
        made.append(replace(each, part="heading", level=level + 1) if is_heading else each)
    return made


def _is_bold_heading(piece: Piece) -> bool:
    is_bold = bool(piece.words) and all(isinstance(each, Strong) for each in piece.words)
    is_free = piece.part == "body" and not piece.group
    return (
        is_bold
        and is_free
        and not is_label(piece.text)
        and len(piece.text.split()) <= 12
        and piece.text[-1:] not in ".:;,!"
    )
