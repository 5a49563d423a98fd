"""YAML as data that remembers where each piece is written.

Every scalar stays text: YAML gives shape and position, the schema alone gives type. So `no` is a word.
The document is built from libyaml's events without recursion, so that no nesting can exhaust the stack;
anchors, tags and further documents are refused, so that text is never expanded or executed.
"""

from __future__ import annotations

import json
import re
import stat
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

from msgspec import Struct, field
from yaml import (
    AliasEvent,
    CSafeLoader,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    MarkedYAMLError,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from despatch.diagnostics import Diagnostic, Diagnostics, Span

CLASH = re.compile(r"^(?P<mark>[<=>])(?P=mark){6}(?:(?<!=) [^\r\n]*)?(?=\r?$)", re.MULTILINE)
"""A line that git writes round what two people have changed, or between."""
MOST_CLASHES = 50
LARGEST_FILE = 20_000_000
DEEPEST_NESTING = 40
UNPRINTABLE = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff\\ufffe\\uffff]")
"""What XML cannot hold, and the line ends that only YAML takes for such."""


class Source(Struct, eq=False, dict=True):
    """One file's text, and every place in it."""

    path: Path
    text: str

    def span(self, start: int, end: int) -> Span:
        """The place between two offsets. The only way in which a span of a file's text is made."""
        start, end = min(start, len(self.text)), min(end, len(self.text))
        number = bisect_left(self._ends, start)
        first = self._ends[number - 1] + 1 if number else 0
        return Span(self.path, number + 1, start - first + 1, start, end, self._lines[number].rstrip("\r"))

    @cached_property
    def _ends(self) -> list[int]:
        """Where lines end: counting them anew for each place would take a long file for ever."""
        return [match.start() for match in re.finditer("\n", self.text)]

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def counted(self) -> dict[tuple[int, str], tuple[list[int], list[int]]]:
        """For texts asked about before: where the characters that are not spaces stand in each, and in the file."""
        return {}


UNITS = {"'": r"''|\S", '"': r"\\(?:x.{2}|u.{4}|U.{8}|.)|\S"}
"""What stands for one character that is no space of a text in the file: between quotation marks it may be several."""
BLANK_ESCAPES = {f"\\{each}" for each in "\nntr _NLP"}


class Scalar(str):
    """Text, and where it is written. `style` is YAML's: `|`, `>`, `'`, `"` or nothing."""

    __slots__ = ("end", "source", "start", "style")
    source: Source
    start: int
    end: int
    style: str

    @property
    def span(self) -> Span:
        """Where the whole text is written: for a block of prose its first line, under the `|`."""
        return self.span_of(0, len(self)) if self.style in {"|", ">"} and self else self._raw_span()

    def _raw_span(self) -> Span:
        return self.source.span(self.start, self.end)

    def span_of(self, start: int, end: int) -> Span:
        """Where the characters from `start` to `end` of this text are written in the file."""
        return self.source.span(self._offset(start), self._offset(max(end - 1, start)) + 1)

    def _offset(self, position: int) -> int:
        """The file's offset of one character, found by counting the characters that are not spaces.

        Indentation and folding change only white space, so the n-th other character here is the n-th there.
        """
        here, there = self._counted()
        ahead = bisect_left(here, position)
        return there[ahead] if ahead < len(there) else self.end

    def _counted(self) -> tuple[list[int], list[int]]:
        """Where the characters that are not spaces stand, here and in the file. Kept: a text may have many faults."""
        known = self.source.counted
        if (self.start, self) not in known:
            raw = self.source.text
            at = raw.find("\n", self.start) if self.style in {"|", ">"} else self.start + bool(self.style)
            units = re.compile(UNITS.get(self.style, r"\S"), re.DOTALL).finditer(raw, at, self.end)
            there = [each.start() for each in units if self.style != '"' or each[0] not in BLANK_ESCAPES]
            known[self.start, self] = [each.start() for each in re.finditer(r"\S", self)], there
        return known[self.start, self]


class Mapping(dict[Scalar, Any]):
    """Keys and what stands under them, and where."""

    __slots__ = ("end", "source", "start")
    source: Source
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it begins."""
        return self.source.span(self.start, self.start + 1)


def is_in(span: Span, written: Scalar | Mapping | None) -> bool:
    """Whether a place is in what is written somewhere."""
    return written is not None and written.source.path == span.path and written.start <= span.start < written.end


class Sequence(list[Any]):
    """A list, and where it begins."""

    __slots__ = ("source", "start")
    source: Source
    start: int

    @property
    def span(self) -> Span:
        """Where it begins."""
        return self.source.span(self.start, self.start + 1)


Data: TypeAlias = Scalar | Mapping | Sequence


def is_blank(data: Data) -> bool:
    """Whether these are words, and nothing but spaces."""
    return isinstance(data, Scalar) and (not data or data.isspace())


def read(path: Path) -> tuple[Source | None, Diagnostics]:
    """The text of a file, or the one reason why it cannot be read as text."""
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            kind = "a folder" if stat.S_ISDIR(mode) else "not a file that can be read"
            return None, [_unreadable(path, f"This is {kind}, though its name ends in {path.suffix}.")]
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return None, [_unreadable(path, f"This file cannot be read ({reason[:1].lower()}{reason[1:]}).")]
    return _decode(path, data)


def _decode(path: Path, data: bytes) -> tuple[Source | None, Diagnostics]:
    if len(data) > LARGEST_FILE:
        advice = f"Cut it into files of less than {LARGEST_FILE // 1_000_000} MB."
        return None, [
            Diagnostic("file-too-large", Span(path), "This file is too large to be a seed or a brief.", advice)
        ]
    try:
        source = Source(path, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = "This file is not saved as UTF-8 text."
        advice = "In your editor choose Save As, and UTF-8 as the encoding."
        return None, [Diagnostic("not-utf-8", Span(path, line), message, advice)]
    if bad := UNPRINTABLE.search(source.text):
        return None, [_forbidden(source.span(bad.start(), bad.end()), bad[0])]
    hard = 0 if source.text.startswith("\u00a0") else source.text.find("\n\u00a0") + 1
    if source.text.startswith("\u00a0", hard):
        advice = "Delete the spaces at the start of this line and type them again."
        span = source.span(hard, hard + 1)
        return None, [Diagnostic("forbidden-character", span, "A hard space stands here in place of a space.", advice)]
    return source, []


def _unreadable(path: Path, message: str) -> Diagnostic:
    return Diagnostic("unreadable-file", Span(path), message, "Move it away, or put a text file in its place.")


def _forbidden(span: Span, character: str) -> Diagnostic:
    message = f"The character U+{ord(character):04X} cannot be printed in a Word file."
    return Diagnostic("forbidden-character", span, message, "Delete it: it is invisible, and often comes from pasting.")


def parse(source: Source) -> tuple[Data | None, Diagnostics]:
    """The file's data, and every fault of its YAML: duplicate keys and silent traps included."""
    if clashes := _clashes(source):
        return None, clashes
    builder = _Builder(source)
    takes = builder.takes()
    try:
        next_event = CSafeLoader(source.text).get_event
        while (event := next_event()) is not None:
            if (take := takes.get(type(event))) is not None and take(event):
                break
    except MarkedYAMLError as error:
        fault = _syntax_fault(source, error)
        if all(each.span.line != fault.span.line for each in builder.faults):
            builder.faults.append(fault)
        return None, builder.faults
    if builder.stack:  # nested too deeply to go on
        return None, builder.faults
    return builder.root, builder.faults


def _clashes(source: Source) -> Diagnostics:
    """Where git has left two people’s changes to the same lines one after the other; or else the first of its marks."""
    if not any(mark * 7 in source.text for mark in "<=>"):
        return []
    marks = list(CLASH.finditer(source.text))
    starts = [each for each in marks if each["mark"] == "<"] or marks[:1]
    ends = [each.start() for each in marks if each["mark"] == ">"]
    return [_clash(source, *each.span(), ends[bisect_left(ends, each.end()) :][:1]) for each in starts[:MOST_CLASHES]]


def _clash(source: Source, start: int, end: int, last: list[int]) -> Diagnostic:
    to = "".join(f", down to line {source.span(each, each).line}" for each in last)
    return Diagnostic(
        "yaml-syntax",
        source.span(start, end),
        f"Two people’s changes to this file clash here{to}.",
        f"Above `{'=' * 7}` stands what the one wrote, below it what the other did: keep what is right, and delete git’s lines.",
    )


def splice(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """The text with each stretch from start to end replaced. Two insertions at one place keep their order.

    Raises ValueError where edits overlap, which is a mistake of the caller's.
    """
    parts: list[str] = []
    done = 0
    for start, end, replacement in sorted(edits, key=lambda edit: edit[:2]):
        if not done <= start <= end <= len(text):
            raise ValueError(f"an edit of {start} to {end} overlaps another, or is outside the text")
        parts += text[done:start], replacement
        done = end
    return "".join([*parts, text[done:]])


def empty(source: Source) -> Mapping:
    """What an empty file holds: no fields, so that those it needs are missing."""
    mapping = Mapping()
    mapping.source, mapping.start, mapping.end = source, 0, 0
    return mapping


class _Builder(Struct):
    """Builds data from YAML events, one stack entry an open list or mapping."""

    source: Source
    root: Data | None = None
    faults: Diagnostics = field(default_factory=list)
    stack: list[tuple[Mapping | Sequence | None, Scalar | None]] = field(default_factory=list)
    """What the open list or mapping stands in, and under which key."""
    open: Mapping | Sequence | None = None
    key: Scalar | None = None
    """The key of the open mapping whose value comes next."""
    documents: int = 0

    def takes(self) -> dict[type, Callable[[Any], bool | None]]:
        """What takes each kind of event, and says whether to stop after it."""
        return {
            ScalarEvent: self._take_scalar,
            MappingStartEvent: self._open,
            MappingEndEvent: self._close,
            SequenceStartEvent: self._open,
            SequenceEndEvent: self._close,
            AliasEvent: self._take_alias,
            DocumentStartEvent: self._start,
        }

    def _take_scalar(self, event: Any) -> None:
        if event.anchor or event.tag:
            self._check(event)
        text, start, end = self.source.text, event.start_mark.index, event.end_mark.index
        style = event.style or ""
        scalar = scalar_at(event.value, self.source, start, end, style)
        if style != "|" and (style == '"' or text.startswith(" #", end) or text.find("\n", start, end) >= 0):
            self.faults.extend(_traps(scalar))
        self._put(scalar)

    def _take_alias(self, event: Any) -> None:
        advice = "Write the words out under a `|`; to reuse a block, name its id in a brief."
        self._fault("yaml-alias", event, "YAML’s `*name` shorthand is not used here.", advice)
        self._put(scalar_at(f"*{event.anchor}", self.source, event.start_mark.index, event.end_mark.index))

    def _start(self, event: Any) -> bool:
        self.documents += 1
        if self.documents > 1:
            self._fault(
                "yaml-document",
                event,
                "A line of `---` starts a second document in this file.",
                "Delete the line, or move what follows it into a file of its own.",
            )
        return self.documents > 1

    def _fault(self, rule: str, event: Any, message: str, advice: str) -> None:
        span = self.source.span(event.start_mark.index, max(event.end_mark.index, event.start_mark.index + 1))
        self.faults.append(Diagnostic(rule, span, message, advice))

    def _check(self, event: Any) -> None:
        if event.anchor:
            self._fault(
                "yaml-alias",
                event,
                "YAML’s `&name` shorthand is not used here.",
                "Text that begins with `&` goes under a `|`.",
            )
        if event.tag and event.tag != "!":
            self._fault(
                "yaml-tag",
                event,
                "Text that begins with `!` is read by YAML as a tag, and lost.",
                "Put quotation marks round the text, or put it under a `|`.",
            )

    def _open(self, event: Any) -> bool:
        if event.anchor or event.tag:
            self._check(event)
        data: Mapping | Sequence = Mapping() if type(event) is MappingStartEvent else Sequence()
        data.source, data.start = self.source, event.start_mark.index
        self._put(data)
        self.stack.append((self.open, self.key))
        self.open, self.key = data, None
        if len(self.stack) > DEEPEST_NESTING:
            self._fault(
                "too-deep",
                event,
                "Lists and fields are nested too deeply here.",
                "A seed needs about eight levels; look for brackets or dashes typed by accident.",
            )
        return len(self.stack) > DEEPEST_NESTING

    def _close(self, event: Any) -> None:
        if isinstance(self.open, Mapping):
            self.open.end = event.end_mark.index
        self.open, self.key = self.stack.pop()

    def _put(self, data: Data) -> None:
        """Place a piece of data in the list or under the key that is open."""
        parent = self.open
        if isinstance(parent, Sequence):
            parent.append(data)
        elif parent is None:
            self.root = data
        elif self.key is not None:
            parent[self.key], self.key = data, None
        elif isinstance(data, Scalar) and data not in parent:
            self.key = data
        else:
            self.key = self._in_place_of(data, parent)

    def _in_place_of(self, data: Data, parent: Mapping) -> Scalar:
        """A key in place of one that is no words, or is there already."""
        if not isinstance(data, Scalar):
            span = parent.span if self.source.text[parent.start] == "{" else data.span
            self.faults.append(
                Diagnostic(
                    "prose-in-braces",
                    span,
                    "Braces here are read by YAML as fields, not as words.",
                    "Put prose that holds `{{…}}` under a `|`.",
                )
            )
            return _blank(self.source, span.start)
        first = next(key for key in parent if key == data)
        advice = "Put a dash before it, to begin a new entry." if data == "id" else "Join the two, or delete one."
        self.faults.append(
            Diagnostic(
                "duplicate-field",
                data.span,
                f"`{data}` is written twice here; YAML would keep only one.",
                advice,
                related=(("first written here", first.span),),
            )
        )
        return _blank(self.source, data.start)


def _blank(source: Source, start: int) -> Scalar:
    """A key for what has been reported already: readers pass over keys that start with a space."""
    return scalar_at(f" {start}", source, start, start + 1)


def as_yaml(words: str, *, in_flow: bool = False) -> str:
    """Words as they are written in YAML: plain where they read back as the same words, else between quotation marks."""
    if not words.isprintable():
        return json.dumps(words, ensure_ascii=False)
    data, faults = parse(Source(Path(), f"{{a: {words}, b: c}}" if in_flow else f"a: {words}  # b"))
    if not faults and data == ({"a": words, "b": "c"} if in_flow else {"a": words}):
        return words
    return "'" + words.replace("'", "''") + "'" if '"' in words or "\\" in words else f'"{words}"'


def scalar_at(text: str, source: Source, start: int, end: int, style: str = "") -> Scalar:
    """Text that knows where it is written."""
    scalar = Scalar(text)
    scalar.source, scalar.start, scalar.end, scalar.style = source, start, end, style
    return scalar


BLANK_OR_LIST = r"\n[ \t]*\r?\n[ \t]*\S|\n[ \t]*(?:[-*+]|\d+[.)])[ \t]"


def _traps(scalar: Scalar) -> Iterator[Diagnostic]:
    """The places where YAML silently loses or changes an officer's words."""
    text, end = scalar.source.text, scalar.end
    if not scalar.style and text.startswith(" #", end):
        yield Diagnostic(
            "comment-cuts-text",
            scalar.source.span(end + 1, end + 2),
            "YAML reads everything from this `#` as a comment, and drops it.",
            "To keep the words, put them under a `|`; for a comment, leave two spaces before the `#`.",
        )
    if "\n" in text[scalar.start : end] and re.search(BLANK_OR_LIST, text[scalar.start : end]):
        advice = (
            "Use `|` in place of `>`." if scalar.style == ">" else "Put the words on lines of their own under a `|`."
        )
        span = scalar.source.span(scalar.start, scalar.start + 1)
        yield Diagnostic("folded-prose", span, "YAML runs these paragraphs or bullets together.", advice)
    if scalar.style == '"' and (bad := UNPRINTABLE.search(scalar)):
        yield _forbidden(scalar.span, bad[0])


def _syntax_fault(source: Source, error: MarkedYAMLError) -> Diagnostic:
    """What is wrong where libyaml could not go on, in our words."""
    opened = (error.context or "").startswith(("while scanning", "while parsing a flow"))
    inside = opened and "plain" not in (error.context or "")
    mark = (error.context_mark if inside else error.problem_mark) or error.problem_mark or error.context_mark
    start = min(mark.index if mark else 0, max(len(source.text) - 1, 0))
    span = source.span(start, start + 1)
    for said, holds, message, advice in SYNTAX:
        if re.search(said, error.problem or "") and re.search(holds, span.text):
            return Diagnostic("yaml-syntax", span, message, advice)
    return Diagnostic("yaml-syntax", span, "This line does not fit under the one above.", LINED_UP)


PROSE = "Put the words under a `|`, or quotation marks round them."
UNDER = "Put the words under a `|`."
CLOSE = "Close it, or put the words under a `|`."
LINED_UP = "Fields of one entry begin in the same column; a dash and a colon each have a space after them."
SYNTAX = (
    (r"tab|cannot start any token", r"^[ ]*\t", "This line is indented with a tab.", "Use spaces, two for each step."),
    (r"", r"^\s*(?:- )?(?:[\w-]+:\s+)?\{\{", "Braces here are read by YAML as fields, not as words.", UNDER),
    (r"expected ':'", r"^\s*[\w-]+:\S", "There is no space after this colon.", "Write a space after it."),
    (r"expected ':'", r"^\s*-\w", "There is no space after this dash.", "Write a space after it."),
    (r"expected ':'", r"", "These words stand under no field.", "Prose goes under a `|`, two spaces further in."),
    (r"mapping values", r":\s.*:\s", "A colon followed by a space is read as the end of a field’s name.", PROSE),
    (r"mapping values|'-' indicator", r"", "This line does not fit under the one above.", LINED_UP),
    (r"end of stream|document indicator", r"", "A quotation mark opens here and is never closed.", CLOSE),
    (r"',' or '[]}]'", r"", "A bracket opens here and is never closed.", CLOSE),
    (r"escape character", r"", "Between quotation marks a `\\` has a meaning of its own.", UNDER),
    (r"expected key", r":\s+[\"'\[{]", "These words come after a closing quotation mark or bracket.", UNDER),
    (r"sequence entries", r"", "A list cannot begin on the same line as its field.", "Begin it on the next line."),
    (r"", r"^\s*(?:- )?(?:[\w-]+:\s+)?[*&!%@`>|?]", "Text cannot begin with this sign here.", PROSE),
)
"""What libyaml says, what the line holds, what we say, and what to do. The first that fits is said."""
