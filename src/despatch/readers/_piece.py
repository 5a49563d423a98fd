"""The lines that readers find in a file, whatever its format, before they are a document tree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from msgspec import Struct, field

from despatch.document import Emphasis, Footnote, Inline, Link, ParagraphRole, Strong, Text, Words, plain
from despatch.source import Scalar, Source, scalar_at

Part: TypeAlias = Literal["heading", "bullet", "number", "continue", "table"] | ParagraphRole
"""What a line is: `continue` is a further paragraph of a bullet, and any other that is no heading has a role."""
DEEPEST = 9
"""Lists are read no deeper than Word has them."""
MOST_LINES = 50_000
"""What has more is no briefing: the complete works of Shakespeare have three times as many."""
HEADINGS = {f"h{level}": level for level in range(1, 7)}
"""The levels of headings, by the names that HTML has for them."""
IN_LISTS = ("bullet", "number", "continue")

TOO_LONG = f"This file is too long to be a briefing: it has more than {MOST_LINES:,} lines."


CUT = "Cut it into several files."


class UnreadableError(Exception):
    """Why a file's contents cannot be read, in words for the person who gave it to us, and what to do if that is known."""


class Cell(NamedTuple):
    """One cell of a table."""

    words: Words
    written: Scalar


class Piece(Struct, frozen=True, eq=False, dict=True):
    """One heading, paragraph or bullet, or one table."""

    part: Part
    words: Words
    written: Scalar
    """The text as it stands in the source, or in the text that was made of a file that is none."""
    level: int = 0
    """A heading's level, or how deep a bullet stands, both from 1."""
    group: Literal["", "quotation", "sources", "notes"] = ""
    rows: tuple[tuple[Cell, ...], ...] = ()
    gap: int = 1
    """How many blank lines stand above it."""
    number: int = 0
    """Which line of the document it is, from 0."""

    @cached_property
    def text(self) -> str:
        """Its characters as printed."""
        return plain(self.words)


class Read(NamedTuple):
    """What a reader finds: the lines that somebody wrote, and what it left out as page furniture, a phrase each."""

    pieces: list[Piece]
    left_out: list[str]
    title: str = ""
    """The file's own title, where it says one beside its text."""


class MadeText(Struct, dict=True):
    """The text that is made of a file that has none to point into: one paragraph a line."""

    path: Path
    lines: list[str] = field(default_factory=list)
    length: int = 0

    @cached_property
    def source(self) -> Source:
        """The file, whose text is known when all of it has been made."""
        return Source(self.path, "")

    def add(self, text: str) -> Scalar:
        """A further line, which knows where it will stand."""
        if len(self.lines) >= MOST_LINES:
            raise UnreadableError(TOO_LONG, CUT)
        start, line = self.length, text.replace("\n", " ")
        self.lines.append(line)
        self.length += len(line) + 1
        return scalar_at(line, self.source, start, start + len(line))

    def table(self, rows: list[list[Words]]) -> Piece:
        """A table, each of its cells on a line of its own."""
        start = self.length
        cells = tuple(tuple(Cell(words, self.add(plain(words))) for words in row) for row in rows)
        text = "\n".join(str(cell.written) for row in cells for cell in row)
        return Piece("table", (), scalar_at(text, self.source, start, start + len(text)), rows=cells)

    def finish(self) -> None:
        """Put the lines where their places lead."""
        self.source.text = "\n".join(self.lines)


def only(text: str) -> Words:
    """Some characters as words without markup."""
    return (Text(text),) if text else ()


class Run(NamedTuple):
    """Some characters and how they are set, or the mark of a note."""

    text: str
    is_strong: bool = False
    is_stressed: bool = False
    url: str = ""
    note: int = 0


def words(runs: Iterable[Run]) -> Words:
    """Runs as words: no spaces at the ends, and neighbours that are set alike made one."""
    return tuple(
        inline
        for url, linked in groupby(_trimmed(list(runs)), key=lambda run: run.url)
        for inline in _linked(list(linked), url)
    )


def _linked(runs: list[Run], url: str) -> Words:
    inner = tuple(_set(same, *how) for how, same in groupby(runs, key=lambda run: run[1:3] + run[4:]))
    return (Link(inner, url),) if url else inner


def _set(runs: Iterable[Run], is_strong: bool, is_stressed: bool, note: int) -> Inline:
    made: Inline = Footnote(note) if note else Text("".join(run.text for run in runs))
    made = Emphasis((made,)) if is_stressed and not note else made
    return Strong((made,)) if is_strong and not note else made


def _trimmed(runs: list[Run]) -> Iterator[Run]:
    """Runs without white space where the words begin and end."""
    texts = [re.sub(r"[\t\r\n]", " ", run.text) for run in runs]
    whole = "".join(texts)
    first, last = len(whole) - len(whole.lstrip()), len(whole.rstrip())
    at = 0
    for run, text in zip(runs, texts, strict=True):
        kept = text[max(first - at, 0) : max(last - at, 0)]
        at += len(text)
        if kept or run.note:
            yield run._replace(text=kept)
