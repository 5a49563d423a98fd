"""What a change of one file makes the briefings print differently: every one is laid out before and after."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias, assert_never

from msgspec import Struct, field
from msgspec.structs import replace

from despatch.assemble import content_of
from despatch.build import Prepared, Tailoring, laid_out, prepare
from despatch.content import Library
from despatch.diagnostics import Diagnostic, Diagnostics, Span, has_errors
from despatch.document import (
    Chart,
    Citation,
    Document,
    Emphasis,
    Footnote,
    Group,
    GroupRole,
    Heading,
    InLanguage,
    Inline,
    Link,
    Listing,
    Node,
    Origin,
    Pair,
    Paragraph,
    Strong,
    Table,
    Text,
    Words,
    plain,
)
from despatch.likeness import differing
from despatch.load import load_library, yaml_files
from despatch.source import Source
from despatch.values import unreadable
from despatch.workspace import Workspace

SENTENCE_END = re.compile(r"(?<=[.!?])(?:[”’\"')]|\s?\[\d+\])*\s+(?=[“‘\"'(]*[A-Z0-9£$€])")
"""Where one sentence ends and the next begins; marks such as [3] belong to the sentence before them."""
NUMBERED: set[GroupRole] = {"sources", "notes"}


class Difference(Struct, frozen=True):
    """A place that prints differently. Nothing before: it is new; nothing after: it is printed no more."""

    place: str
    """The headings that lead to it, or the part of the title block."""
    before: str
    after: str


class Impact(Struct, frozen=True):
    """What a change does to every brief of a workspace."""

    differences: dict[str, list[Difference]] = field(default_factory=dict)
    """By the brief's name, those that print the same left out."""
    unsound: list[str] = field(default_factory=list)
    """The briefs that have faults of their own, and so were not compared."""
    faults: Diagnostics = field(default_factory=list)
    """The faults that the change would bring."""


def impact(workspace: Workspace, library: Library, file: Source, text: str) -> Impact:
    """What every brief would print differently if this file of the workspace had another text."""
    found = Impact()
    with tempfile.TemporaryDirectory() as folder:
        copy = Workspace(Path(folder))
        _copy(workspace, copy, {file.path: text})
        changed, faults = load_library(copy.seeds)
        if not has_errors(faults):
            for brief in workspace.briefs()[0]:
                before = laid_out_in(workspace, brief, library)[0]
                after, new = laid_out_in(workspace, copy.root / brief.relative_to(workspace.root), changed)
                faults += [] if before is None else new
                _compare(brief.stem, before, after, found)
    found.faults.extend(_at_home(each, (copy, workspace), file, text) for each in faults if each.severity == "error")
    return found


def _copy(workspace: Workspace, copy: Workspace, changed: dict[Path, str]) -> None:
    """Write every seed and brief to another folder, some with another text. Styles are read where they are."""
    for path in (*yaml_files(workspace.seeds)[0], *workspace.briefs()[0]):
        target = copy.root / path.relative_to(workspace.root)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(changed[path].encode() if path in changed else path.read_bytes())


def laid_out_in(workspace: Workspace, path: Path, library: Library) -> tuple[Document | None, Diagnostics]:
    """A brief's document in its own tailoring, or the errors that stand in the way."""
    prepared, faults = prepare(workspace, path, library, Tailoring())
    if prepared is None or has_errors(faults):
        return None, faults
    return laid_out(prepared, Tailoring(), path)


def prepared_in(workspace: Workspace, path: Path, library: Library) -> Prepared | None:
    """A brief prepared in its own tailoring; nothing, where errors stand in the way."""
    prepared, faults = prepare(workspace, path, library, Tailoring())
    return None if has_errors(faults) else prepared


def content_in(prepared: Prepared | None) -> Content | None:
    """The content of its document by itself; nothing, where errors stand in the way."""
    if prepared is None or not prepared.selection.is_printed:
        return None
    content, facts = content_of(prepared.selection, prepared.style)
    known = prepared.selection.library.facts
    return None if any(unreadable(known[name] for name in facts)) else content


def _at_home(fault: Diagnostic, moved: tuple[Workspace, Workspace], file: Source, text: str) -> Diagnostic:
    """A fault found in a copied file, as one of the file that was copied, at the place that the words have there."""
    copy, workspace = moved

    def home(span: Span) -> Span:
        if not span.path.is_relative_to(copy.root):
            return span
        path, shift = workspace.root / span.path.relative_to(copy.root), len(text) - len(file.text)
        if path == file.path and text[span.start :] == file.text[max(span.start - shift, 0) :]:
            return file.span(span.start - shift, span.end - shift)
        return replace(span, path=path)

    related = tuple((note, home(span)) for note, span in fault.related)
    return replace(fault, span=home(fault.span), related=related)


def _compare(name: str, before: Document | None, after: Document | None, found: Impact) -> None:
    if before is None:
        found.unsound.append(name)
    elif after is not None and (differences := list(compared(before.content, after.content))):
        found.differences[name] = differences


# The content of two documents.


class Printed(Struct, frozen=True):
    """Words at one place of a page: `place` names it, `mark` is the number of an entry of the list of sources."""

    place: str
    words: Words
    mark: str = ""

    def said(self, *, addresses: bool = False) -> str:
        """The characters, with every mark and, where asked for, the addresses that links lead to."""
        return self.mark + _said(self.words, addresses=addresses)


Content: TypeAlias = tuple[Node, ...]
Piece: TypeAlias = tuple[Origin, str, Printed]
"""A piece of words: where it comes from, which part of that it is, and how it is printed."""
Key: TypeAlias = tuple[Origin, str, int]
"""What tells a place from every other one: where its words come from, which part, and how many of these come before."""


def compared(before: Content, after: Content, of: Callable[[Origin], bool] | None = None) -> Iterator[Difference]:
    """Every sentence, table row, bar and note that the two print differently, or those `of` some origins, in reading order."""
    pages = [list(pieces(content)) for content in (before, after)]
    kept = set.intersection(*map(_sections, pages))
    old, new = ({key: each for key, each in _by_key(page, kept).items() if not of or of(key[0])} for page in pages)
    for key in _merged(list(old), list(new)):
        if key in old and key in new:
            yield from _changes(old[key], new[key])
        elif key in old:
            yield Difference(old[key].place, old[key].said(addresses=True), "")
        else:
            yield Difference(new[key].place, "", new[key].said(addresses=True))


def _merged(old: list[Key], new: list[Key]) -> list[Key]:
    """The keys of both documents in the order of the new one, each that has gone after the one it came after."""
    merged, known = list(new), set(new)
    for at, key in enumerate(old):
        if key not in known:
            place = merged.index(old[at - 1]) + 1 if at else 0
            merged.insert(place, key)
    return merged


def _changes(old: Printed, new: Printed) -> Iterator[Difference]:
    if (old.words, old.mark) == (new.words, new.mark):
        return
    before, after = old.said(), new.said()
    if before == after:  # the words lead to another address
        before, after = old.said(addresses=True), new.said(addresses=True)
    for first, second in _differing(sentences(before), sentences(after)):
        yield Difference(new.place, first, second)


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with its marks and closing quotation marks."""
    starts = [0, *(match.end() for match in SENTENCE_END.finditer(text))]
    return [text[start:end].strip() for start, end in pairwise([*starts, len(text)]) if text[start:end].strip()]


def _differing(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """The sentences that differ, side by side; where one became several they stay together."""
    if len(before) == len(after):
        yield from ((first, second) for first, second in zip(before, after, strict=True) if first != second)
        return
    yield from ((" ".join(first), " ".join(second)) for first, second in differing(before, after))


def pieces(content: Content) -> Iterator[Piece]:
    """Each piece of words in reading order: where it comes from, which part of that it is, and how it is printed."""
    return _Walk().nodes(content)


def _sections(page: list[Piece]) -> set[str]:
    """The headings of its sections, which have no block’s words."""
    return {plain(printed.words) for at, part, printed in page if part == "heading" and not at.block}


def _by_key(page: list[Piece], kept: set[str]) -> dict[Key, Printed]:
    """What is printed at each place. The heading of a section that is `kept` is known by its words, and not by its number."""
    found: dict[Key, Printed] = {}
    seen: Counter[tuple[Origin, str]] = Counter()
    for at, part, printed in page:
        is_kept = part == "heading" and not at.block and plain(printed.words) in kept
        origin = Origin("", plain(printed.words)) if is_kept else at
        seen[origin, part] += 1
        found[origin, part, seen[origin, part]] = printed
    return found


class _Walk(Struct):
    """A walk through a document, which knows the headings that it has passed."""

    headings: dict[int, str] = field(default_factory=dict)

    def place(self, part: str = "") -> str:
        """The headings that lead here, and what is looked at, where that is not plain prose."""
        path = " › ".join(self.headings.values())
        return f"{path} ({part})" if path and part else path or part or "opening"

    def nodes(self, nodes: tuple[Node, ...], role: str = "") -> Iterator[Piece]:
        """Each piece of words: where it comes from, which part of that it is, and how it is printed."""
        for node in nodes:
            match node:
                case Heading(words=words, origin=origin):
                    yield origin, "heading", Printed(self.under(node), words)
                case Paragraph(words=words, origin=origin):
                    yield origin, "", Printed(self.place(PARTS.get(node.role, "")), words)
                case Listing():
                    yield from self.items(node, role)
                case Table():
                    yield from self.rows(node)
                case Chart():
                    yield from self.bars(node)
                case Pair(content=content):
                    yield from self.nodes(content, role)
                case Group(content=content):
                    yield from self.nodes(content, node.role)
                case _:
                    assert_never(node)

    def under(self, heading: Heading) -> str:
        """The place of a heading, which leads to what follows it."""
        self.headings = {level: words for level, words in self.headings.items() if level < heading.level}
        place = self.place("heading")
        self.headings[heading.level] = plain(heading.words)
        return place

    def items(self, listing: Listing, role: str) -> Iterator[Piece]:
        """The entries of a list; those of sources and notes with the number by which marks name them."""
        for number, item in enumerate(listing.items, 1):
            for origin, part, printed in self.nodes(item.content, role):
                mark = f"[{number}] " if listing.ordered and role in NUMBERED else ""
                yield origin, part, replace(printed, mark=mark)

    def rows(self, table: Table) -> Iterator[Piece]:
        """The rows of a table, each with its cells side by side."""
        for row in (table.header, *table.rows):
            cells = tuple(
                inline for number, cell in enumerate(row) for inline in ((Text(" | "),) if number else ()) + cell
            )
            yield table.origin, "row", Printed(self.place("table"), cells)

    def bars(self, chart: Chart) -> Iterator[Piece]:
        """A chart's name, its bars, and the table that says the same."""
        yield chart.origin, "name", Printed(self.place("chart"), chart.name)
        for bar in chart.bars:
            yield chart.origin, "bar", Printed(self.place("chart"), (*bar.label, Text(": "), *bar.value))
        yield from self.rows(chart.table)


PARTS = {role: role for role in ("organisation", "title", "occasion", "date", "standfirst", "embargo", "caption")}
"""The parts of a page that an officer knows by name."""


def _said(words: Words, *, addresses: bool) -> str:
    """The characters of some words, with every mark and, where asked for, the addresses that links lead to."""
    return "".join(_one(inline, addresses) for inline in words)


def _one(inline: Inline, addresses: bool) -> str:
    match inline:
        case Text(text):
            return text
        case Citation():
            return inline.mark
        case Footnote(number):
            return f"[{number}]"
        case Strong(words) | Emphasis(words) | InLanguage(words):
            return _said(words, addresses=addresses)
        case Link(words, url):
            return _said(words, addresses=addresses) + (f" <{url}>" if addresses else "")
