"""Markdown in CommonMark's grammar, with tables, footnotes and front matter as most programs have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from despatch.passages import NAMED, NOTHING
from despatch.readers._front import in_shape
from despatch.readers._furniture import sorted_out
from despatch.readers._piece import DEEPEST, HEADINGS, Cell, Part, Piece, Read, Run, only, words
from despatch.readers.txt import decoded
from despatch.source import UNPRINTABLE, Scalar, Source, scalar_at

if TYPE_CHECKING:
    from markdown_it.token import Token

MATTER = re.compile(r"---[ \t]*\n(?=[\w-]+:)(?:[^\n]*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
TITLE = re.compile(r"^title:([^\n]*)", re.MULTILINE)
NOTE = re.compile(r"\[\^([^\]\s]{1,100})\]")
DEFINED = re.compile(r" {0,3}\[\^([^\]\s]{1,100})\]:[ \t]*")
TAG = re.compile(r"<[^<>]{0,2000}>")
HIDDEN = re.compile(r"<(?:!--|script\b|style\b)", re.IGNORECASE | re.ASCII)
CLOSED = {
    "<!--": re.compile("-->"),
    "<script": re.compile("</script[^<>]{0,99}>", re.IGNORECASE | re.ASCII),
    "<style": re.compile("</style[^<>]{0,99}>", re.IGNORECASE | re.ASCII),
}
"""What ends the stretches of HTML that no reader sees."""
LONGEST_LINE, MOST_MARKS = 100_000, 2_000


def read(path: Path, data: bytes) -> Read:
    """The lines of a Markdown file."""
    text = UNPRINTABLE.sub(" ", decoded(data))
    matter = MATTER.match(text)
    title = TITLE.search(matter[0]) if matter else None
    bare = _blanked(text, 0, matter.end()) if matter else text
    reader = _Reader(Source(path, text))
    reader.read(*_without_notes(bare))
    kept, left_out = sorted_out(reader.pieces)
    return Read([*in_shape(kept), *reader.noted()], left_out, title[1].strip().strip("\"'") if title else "")


def _blanked(text: str, start: int, end: int) -> str:
    """The text with a stretch made of spaces, so that everything else keeps its place."""
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]


def _without_notes(text: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The text without the definitions of footnotes, and where each stands."""
    found: dict[str, tuple[int, int]] = {}
    kept: list[str] = []
    at, name = 0, ""
    for line in text.splitlines(keepends=True):
        start, at = at, at + len(line)
        if match := DEFINED.match(line):
            name = match[1]
            found.setdefault(name, (start + match.end(), at))
        elif name and (line.startswith(("    ", "\t")) or not line.strip()):
            found[name] = (found[name][0], at)
        else:
            name = ""
        kept.append(re.sub(r"[^\n]", " ", line) if name else line)
    return "".join(kept), found


def _shown(html: str, instead: str = " ") -> str:
    """A text with another character for each of comments, scripts and styles, so that everything else keeps its place."""
    kept, done = [], 0
    while opens := HIDDEN.search(html, done):
        closes = CLOSED[opens[0].lower()].search(html, opens.end())
        if closes is None:
            break
        kept += [html[done : opens.start()], re.sub(r"\S", instead, html[opens.start() : closes.end()])]
        done = closes.end()
    return "".join([*kept, html[done:]])


def _masked(written: Scalar, marks: list[Token]) -> Scalar:
    """The text with code and HTML's tags put out of the way; each character keeps its place."""
    text, at = _shown(written, NOTHING), 0
    for mark in marks:
        raw = mark.markup + mark.content
        if mark.type in ("code_inline", "html_inline") and (start := text.find(raw, at)) >= 0:
            at = start + len(raw)
            text = text[:start] + re.sub(r"\S", NAMED if mark.markup else NOTHING, raw) + text[at:]
    return scalar_at(text, written.source, written.start, written.end)


class _Reader(Struct):
    """Turns markdown-it's tokens into lines."""

    source: Source
    pieces: list[Piece] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    """The numbers of the notes, in the order of their first marks."""
    notes: dict[str, tuple[int, int]] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    lists: list[Part] = field(default_factory=list)
    is_new: bool = False
    """Whether the next paragraph is a bullet's first."""
    quoted: int = 0
    parser: Any = None
    defined: dict[str, Any] = field(default_factory=dict)
    """Where the addresses of links are written apart from them."""
    row: list[list[Cell]] = field(default_factory=list)
    begins: int = 0

    def read(self, text: str, notes: dict[str, tuple[int, int]]) -> None:
        from markdown_it import MarkdownIt  # imported here: most commands read no Markdown

        self.notes = notes
        self.starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text)]
        self.parser = MarkdownIt("commonmark", {"maxNesting": 60}).enable(["table"]).disable(["inline", "text_join"])
        tokens = self.parser.parse(text, self.defined)
        for number, token in enumerate(tokens):
            self.take(token, tokens[number - 1] if number else token)

    def take(self, token: Token, before: Token) -> None:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                self.lists.append("number" if token.type[0] == "o" else "bullet")
            case "bullet_list_close" | "ordered_list_close":
                self.lists.pop()
                self.is_new = False
            case "list_item_open":
                self.is_new = True
            case "blockquote_open" | "blockquote_close":
                self.quoted += token.nesting
            case "table_open" | "table_close":
                self.table(token)
            case "tr_open":
                self.row.append([])
            case "inline":
                self.inline(token, before)
            case "fence" | "code_block" | "html_block":
                self.raw(token)

    def inline(self, token: Token, before: Token) -> None:
        """A heading, a paragraph, a bullet or a cell."""
        marks = self.marks(_shown(token.content))
        said = words(self.runs(marks))
        if before.type in ("th_open", "td_open"):
            self.row[-1].append(Cell(said, _masked(self.cell(token), marks)))
        elif said:
            level = HEADINGS.get(before.tag, 0)
            self.add("heading" if level else "body", said, _masked(self.written(token), marks), level)

    def marks(self, text: str) -> list[Token]:
        """The text and the markup in a line. What no person would type, and might take for ever, is text alone."""
        from markdown_it.token import Token

        plain = Token("text", "", 0, content=text.replace("\n", " "))
        if len(text) > LONGEST_LINE or sum(map(text.count, "[]*_`<&")) > MOST_MARKS:
            return [plain]
        found: list[Token] = []
        self.parser.inline.parse(text, self.parser, self.defined, found)
        return found

    def add(self, part: Part, said: tuple[object, ...], written: Scalar, level: int = 0) -> None:
        if part == "body" and self.lists:
            part, self.is_new = (self.lists[-1] if self.is_new else "continue"), False
            level = min(len(self.lists), DEEPEST)
        group = "quotation" if self.quoted else ""
        self.pieces.append(Piece(part, said, written, level, group))  # type: ignore[arg-type]

    def written(self, token: Token) -> Scalar:
        """Where a token's text stands, with the marks that begin its further lines."""
        first, last = token.map or (0, 1)
        lines = token.content.split("\n")
        start = max(self.source.text.find(lines[0], self.starts[first]), self.starts[first])
        tail = max(start, self.starts[min(max(last - 1, first), len(self.starts) - 1)])
        end = self.source.text.find(lines[-1], tail) + len(lines[-1]) if len(lines) > 1 else start + len(lines[0])
        return scalar_at(self.source.text[start:end], self.source, start, end)

    def cell(self, token: Token) -> Scalar:
        """Where a cell's text stands, after the cell before it."""
        found = self.source.text.find(token.content, self.begins)
        start = found if found >= 0 else self.begins
        self.begins = start + len(token.content)
        return scalar_at(token.content, self.source, start, self.begins)

    def table(self, token: Token) -> None:
        if token.nesting > 0:
            self.row, self.begins = [], self.starts[(token.map or [0])[0]]
        elif any(cell.words for row in self.row for cell in row):
            start = self.row[0][0].written.start if self.row[0] else self.begins
            written = scalar_at(self.source.text[start : self.begins], self.source, start, self.begins)
            rows = tuple(tuple(row) for row in self.row)
            self.pieces.append(Piece("table", (), written, rows=rows))

    def raw(self, token: Token) -> None:
        """Code, a line a paragraph; of HTML only its words."""
        first, last = token.map or (0, 0)
        is_code = token.type != "html_block"
        begun = self.starts[first]
        shown = self.source.text[begun : self.starts[min(last, len(self.starts) - 1)]]
        shown = shown if is_code else _shown(shown)
        for number in range(first, min(last, len(self.starts) - 1)):
            start = self.starts[number]
            line = shown[start - begun : self.starts[number + 1] - begun].rstrip()
            said = line.strip() if is_code else TAG.sub(" ", line).strip()
            if said and not said.startswith(("```", "~~~")):
                begins = start + max(line.find(said), 0)
                written = scalar_at(said, self.source, begins, start + len(line))
                self.add("literal" if is_code else "body", only(said), written)

    def runs(self, tokens: list[Token]) -> Iterator[Run]:
        """The runs of a line."""
        strong = stressed = 0
        url = ""
        for token in tokens:
            strong += token.nesting * (token.tag == "strong")
            stressed += token.nesting * (token.tag == "em")
            if token.type in ("link_open", "link_close"):
                url = str(token.attrs.get("href", ""))
            elif token.type in ("softbreak", "hardbreak") or token.content.lower().startswith("<br"):
                yield Run(" ", strong > 0, stressed > 0, url)
            elif token.type == "text":
                yield from self.marked(token.content, Run("", strong > 0, stressed > 0, url))
            elif token.type in ("text_special", "code_inline"):
                yield Run(token.content, strong > 0, stressed > 0, url)

    def marked(self, text: str, run: Run) -> Iterator[Run]:
        """Text with the marks of footnotes taken as such."""
        for number, piece in enumerate(NOTE.split(text)):
            if number % 2 and piece in self.notes:
                yield Run("", note=self.numbers.setdefault(piece, len(self.numbers) + 1))
            elif number % 2:
                yield run._replace(text=f"[^{piece}]")
            elif piece:
                yield run._replace(text=re.sub(r"[ \t]+", " ", piece))

    def noted(self) -> Iterator[Piece]:
        """The entries of the notes that are marked, in order."""
        for name in self.numbers:
            start, end = self.notes[name]
            inner = _Reader(Source(self.source.path, self.source.text[start:end]))
            inner.read(re.sub(r"\n[ \t]+", "\n", self.source.text[start:end]).strip(), {})
            said = [each.words for each in inner.pieces if each.words]
            raw = self.source.text[start:end].rstrip()
            written = scalar_at(raw, self.source, start, start + len(raw))
            if said:
                yield Piece("number", said[0], written, 1, "notes")
