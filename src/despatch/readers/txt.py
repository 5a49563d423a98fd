"""Plain text: paragraphs on one line each or wrapped, bullets by their marks, headings by being short."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from despatch.labels import is_label
from despatch.readers._front import with_front
from despatch.readers._furniture import sorted_out
from despatch.readers._piece import CUT, DEEPEST, MOST_LINES, TOO_LONG, Part, Piece, Read, UnreadableError, only
from despatch.source import UNPRINTABLE, Source, scalar_at

LINE = re.compile("[^\n\x0b\x0c\x85\u2028\u2029]*(?:[\n\x0b\x0c\x85\u2028\u2029]|\\Z)")
MARK = re.compile(
    "(?P<sure>[•‣▪●○◦\uf0b7\uf0a7])[ \t\xa0]*(?=\\S)|(?P<mark>[-–—*·]|o(?=[ \t]))[ \t\xa0]+(?=\\S)"
    "|(?P<number>\\d{1,3})[.)][ \t\xa0]+(?=\\S)"
)
ENDED = re.compile(r"[.:;?!,”\")]$")
NOT_A_HEADING = re.compile(r"@|https?:|www\.|\bplease\b|\d[\d ]{8,}|^[a-z(]", re.MULTILINE)


WRITE_TO = re.compile(r"\b(?:contact|write to|speak to|e-?mail|call)(?: us| our \w+)?:$", re.IGNORECASE)
REACHED = re.compile(r"@|\d[\d ]{6}|www\.|https?:")
LONGEST_ADDRESS = 6
"""How many lines there may be under `please contact:` up to the last that has an address or a number."""


def read(path: Path, data: bytes) -> Read:
    """The lines of a plain text file."""
    raw = decoded(data)
    source = Source(path, UNPRINTABLE.sub(" ", raw))
    paragraphs = list(_paragraphs([*_lines(raw)]))
    kept, left_out = sorted_out([_piece(each, source) for each in _in_lists(paragraphs)])
    return Read(with_front(_with_headings(kept)), left_out)


def decoded(data: bytes) -> str:
    """The text of a file: UTF-8 if it can be that, UTF-16 if it says so, else the text of Windows in western Europe."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    if "\0" in text:
        raise UnreadableError("This file is not text, whatever its name says.")
    if text.count("\n") + text.count("\r") > 2 * MOST_LINES:
        raise UnreadableError(TOO_LONG, CUT)
    return text.replace("\r\n", " \n").replace("\r", "\n")


class _Line(NamedTuple):
    start: int
    text: str

    @property
    def indent(self) -> int:
        """How far in it begins; a tab leads to the next eighth column."""
        return len(self.text[: self.begins - self.start].expandtabs())

    @property
    def begins(self) -> int:
        """Where its first character stands that is no space."""
        return self.start + len(self.text) - len(self.text.lstrip())


def _lines(text: str) -> Iterator[_Line]:
    for match in LINE.finditer(text):
        yield _Line(match.start(), match[0].rstrip())


class _Paragraph(Struct):
    lines: list[_Line]
    gap: int
    mark: str = ""
    """The bullet, or `1` for any number."""
    begins: int = 0
    """Where its words begin, after the mark."""
    level: int = 0
    is_inside: bool = False
    """Whether it goes on with the bullet above."""

    @property
    def indent(self) -> int:
        """How far in its first line begins."""
        return self.lines[0].indent


def _paragraphs(lines: list[_Line]) -> Iterator[_Paragraph]:
    """The lines put together into paragraphs."""
    width = _width(lines)
    gap, open_ = 0, None
    for line in lines:
        if not line.text:
            gap += 1
            continue
        if open_ is not None and not gap and _runs_on(open_, line, width) and not _is_marked(line, open_):
            open_.lines.append(line)
        else:
            if open_ is not None:
                yield open_
            open_ = _opened(line, gap, open_)
        gap = 0
    if open_ is not None:
        yield open_


def _width(lines: list[_Line]) -> int:
    """How many characters a full line has where the text is wrapped; 0 where a paragraph is a line."""
    lengths = sorted(len(line.text) for line in lines if line.text)
    full = lengths[len(lengths) * 19 // 20] if lengths else 0
    return full if 45 <= full <= 120 else 0


def _runs_on(above: _Paragraph, line: _Line, width: int) -> bool:
    """Whether a line is a wrapped one’s next: its first word would not have fitted above, or it hangs under a bullet."""
    if not width:
        return False
    hangs = bool(above.mark) and line.indent > above.indent
    return hangs or len(above.lines[-1].text) + 1 + len(line.text.split(maxsplit=1)[0]) > width * 0.9


def _is_marked(line: _Line, above: _Paragraph) -> bool:
    """Whether a line that may go on with the one above begins with a bullet, and not with a dash or a figure."""
    mark = MARK.match(line.text.lstrip())
    if mark is None:
        return False
    return bool(
        mark["sure"]
        or _kind(mark) == above.mark
        or line.indent > above.indent + 2
        or ENDED.search(above.lines[-1].text)
    )


def _kind(mark: re.Match[str]) -> str:
    return "1" if mark["number"] else mark["sure"] or mark["mark"]


def _opened(line: _Line, gap: int, above: _Paragraph | None) -> _Paragraph:
    if mark := MARK.match(line.text.lstrip()):
        return _Paragraph([line], gap, _kind(mark), line.begins + mark.end())
    made = _Paragraph([line], gap, begins=line.begins)
    made.is_inside = (
        above is not None
        and bool(above.mark or above.is_inside)
        and 0 < made.indent > above.indent - (2 if above.is_inside else 0)
    )
    return made


def _in_lists(paragraphs: list[_Paragraph]) -> list[_Paragraph]:
    """The same with the depth of each bullet, told by how far in it stands and by its mark."""
    above: list[_Paragraph] = []
    for number, each in enumerate(paragraphs):
        if each.mark == "1" and _is_numbered_heading(paragraphs, number):
            each.mark, each.begins = "", each.lines[0].begins
        if each.mark:
            _nest(each, above)
        elif not each.is_inside:
            above.clear()
        each.level = min(len(above), DEEPEST)
    return paragraphs


def _nest(bullet: _Paragraph, above: list[_Paragraph]) -> None:
    """Leave above a bullet only those that it stands under, and itself."""
    while above and (above[-1].indent > bullet.indent or len(above) > 2 * DEEPEST):
        above.pop()
    same = [at for at, each in enumerate(above) if (each.indent, each.mark) == (bullet.indent, bullet.mark)]
    if same:
        del above[same[-1] :]
    above.append(bullet)


def _is_numbered_heading(paragraphs: list[_Paragraph], number: int) -> bool:
    """Whether a numbered line is a heading: it is short, has no stop, and no numbered line stands next to it."""
    text = _text(paragraphs[number])
    beside = [*paragraphs[max(number - 1, 0) : number], *paragraphs[number + 1 : number + 2]]
    return bool(beside) and all(each.mark != "1" for each in beside) and _may_be_heading(text) and len(text) <= 80


def _text(paragraph: _Paragraph) -> str:
    """Its words on one line, without the mark."""
    first, *rest = paragraph.lines
    return " ".join([first.text[paragraph.begins - first.start :], *(line.text.strip() for line in rest)])


def _piece(paragraph: _Paragraph, source: Source) -> Piece:
    last = paragraph.lines[-1]
    text = UNPRINTABLE.sub(" ", _text(paragraph))
    written = scalar_at(text, source, paragraph.begins, last.start + len(last.text))
    part: Part = "body"
    if paragraph.level:
        part = "continue" if not paragraph.mark else "number" if paragraph.mark == "1" else "bullet"
    return Piece(part, only(text), written, paragraph.level, gap=paragraph.gap)


def _with_headings(pieces: list[Piece]) -> list[Piece]:
    """The lines with the headings told from the paragraphs. The first short line is the title."""
    addresses = {*_addresses(pieces)}
    made = [
        replace(each, part="heading", level=1) if number not in addresses and _is_heading(each, after) else each
        for number, (each, after) in enumerate(zip(pieces, [*pieces[1:], None], strict=False))
    ]
    return [replace(made[0], part="title", level=0), *made[1:]] if made and made[0].part == "heading" else made


def _addresses(pieces: list[Piece]) -> Iterator[int]:
    """The lines that say whom to write to: those under `please contact:`, up to the last with an address or a number."""
    for number, each in enumerate(pieces, 1):
        if each.text.endswith(":") and WRITE_TO.search(each.text[-80:]):
            reached = [at for at in range(number, number + LONGEST_ADDRESS) if _is_reached(pieces[at : at + 1])]
            yield from range(number, max(reached, default=number - 1) + 1)


def _is_reached(piece: list[Piece]) -> bool:
    return any(len(each.text) <= 80 and REACHED.search(each.text) for each in piece)


def _is_heading(piece: Piece, after: Piece | None) -> bool:
    """Whether a paragraph is a heading: short, without a stop, and something stands under it."""
    if piece.part != "body" or after is None or is_label(piece.text):
        return False
    if piece.text.endswith(":"):
        return after.part == "body" and len(piece.text.split()) <= 4
    return _may_be_heading(piece.text)


def _may_be_heading(text: str) -> bool:
    words, balanced = len(text.split()), text.count("“") == text.count("”")
    ends = text.endswith((".", "!", ":", ";", ",", "…")) or (text.endswith("?") and words > 10)
    return len(text) <= 130 and words <= 18 and balanced and not ends and not NOT_A_HEADING.search(text)
