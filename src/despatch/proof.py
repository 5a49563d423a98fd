"""A proof: a finished document line by line, as an editor reads it, each line with the place where it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from despatch.diagnostics import Span
from despatch.document import (
    Chart,
    Document,
    Group,
    Heading,
    Listing,
    Node,
    Origin,
    Pair,
    Paragraph,
    Table,
    Words,
    language,
    plain,
)
from despatch.passages import Passage, sentence_ends, unquoted
from despatch.source import Scalar
from despatch.style import Style


class Row(Struct, frozen=True, eq=False, dict=True):
    """One line of a proof: a heading, a paragraph, a bullet or a table's cell."""

    part: str
    """What it is: `heading`, `bullet`, `cell`, or a paragraph's role, such as `title`, `label`, `lead` or `body`."""
    level: int
    """A heading's level, or how deep a bullet stands; otherwise 0."""
    group: str
    """The role of the group that it stands in, such as `view` or `key-messages`; otherwise empty."""
    words: Words
    origin: Origin
    written: Scalar | None
    """The text that it is printed from, where there is one."""
    path: Path
    """The document's own file."""
    entry: Scalar | None = None
    """Where there is no such text, the name of the block that it comes from."""

    @cached_property
    def text(self) -> str:
        """Its characters as printed."""
        return plain(self.words)

    @property
    def is_english(self) -> bool:
        """Whether rules on language can read it."""
        return language(self.words).partition("-")[0] in ("", "en")

    @property
    def place(self) -> Span:
        """Where it is written: its text, else its block, else the whole document."""
        known = self.written if self.written is not None else self.entry
        return known.span if known is not None else Span(self.path)

    @property
    def start(self) -> Span:
        """Where the line begins: a paragraph itself, where its text has several; of one that is wrapped, its first words."""
        is_whole = self.written is not None and self.text in self.written
        return self.span(self.text if is_whole else " ".join(self.text.split()[:3]))

    @cached_property
    def own(self) -> str:
        """Its characters, those that stand between quotation marks put out of the way."""
        return unquoted(self.text)

    def sentences(self) -> Iterator[str]:
        """Its sentences as printed."""
        ends = sentence_ends(self.text)
        for start, end in zip((0, *ends), (*ends, len(self.text)), strict=True):
            yield self.text[start:end].strip()

    def span(self, phrase: str = "") -> Span:
        """Where a phrase of it is written; where the whole line is, if the phrase is not typed there as it is printed."""
        at = self.written.find(phrase) if self.written is not None and phrase else -1
        return self.written.span_of(at, at + len(phrase)) if self.written is not None and at >= 0 else self.place


class Proof(Struct, frozen=True, eq=False, dict=True):
    """A finished document: a briefing as it would be printed, or a file from elsewhere."""

    name: str
    path: Path
    document: Document
    passages: list[Passage]
    """The words that it is printed from."""
    written: Callable[[Origin], tuple[Scalar | None, Scalar | None]]
    """The text that something on the page is printed from; where there is none, the name of its block comes second."""
    style: Style | None = None
    day: date | None = None
    """The last sitting day: everything must be true until then."""

    @cached_property
    def rows(self) -> list[Row]:
        """Its lines in reading order. Lists of sources and notes are left out: they are made, not written."""
        return list(self._rows(self.document.content, "", 0))

    def _rows(self, nodes: tuple[Node, ...], group: str, depth: int) -> Iterator[Row]:
        for node in nodes:
            match node:
                case Heading(level=level, words=words, origin=origin):
                    yield self._row("heading", level, group, words, origin)
                case Paragraph(words=words, origin=origin, role=role):
                    yield self._row(role, 0, group, words, origin)
                case Listing(items=items):
                    for item in items:
                        yield from self._item(item.content, group, depth + 1)
                case Table() | Chart():
                    yield from self._cells(node, group)
                case Pair(content=content):
                    yield from self._rows(content, group, depth)
                case Group(role=role, content=content):
                    if role not in ("sources", "notes"):
                        yield from self._rows(content, role, depth)

    def _item(self, content: tuple[Paragraph | Listing, ...], group: str, depth: int) -> Iterator[Row]:
        for number, node in enumerate(content):
            if isinstance(node, Listing):
                yield from self._rows((node,), group, depth)
            else:
                yield self._row("body" if number else "bullet", depth, group, node.words, node.origin)

    def _cells(self, node: Table | Chart, group: str) -> Iterator[Row]:
        table = node if isinstance(node, Table) else node.table
        for row in (table.header, *table.rows):
            yield from (self._row("cell", 0, group, cell, table.origin) for cell in row)

    def _row(self, part: str, level: int, group: str, words: Words, origin: Origin) -> Row:
        text, entry = self.written(origin)
        return Row(part, level, group, words, origin, text, self.path, entry)
