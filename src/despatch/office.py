"""What rules look at: the library, and each briefing as it would be built."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple, get_args

from despatch.assemble import printed_facts
from despatch.content import Block, Brief, Fact, Library, Line, Prose
from despatch.dates import MONTHS, is_meant
from despatch.diagnostics import Span
from despatch.document import Document
from despatch.prose import Token, tokens
from despatch.select import Selection
from despatch.source import Scalar

ENDS_SENTENCE = re.compile(r"[.!?][”’\"')\]]*\s+(?=[A-Z“‘\"'(\[{])|\n[ \t]*(?:\n|[-*+][ \t])")

RELATIVE = re.compile(
    r"\b(?P<which>last|past|this|next|current|previous|coming)\s+(?:(?:financial|academic|calendar)\s+)?"
    r"(?P<unit>year|month|week)\b"
    rf"|\b(?:by\s+|before\s+|at\s+|until\s+)?the\s+end\s+of\s+(?:the|this)\s+(?:year|month)\b(?!\s+\d{{4}})"
    rf"|\b(?:in|last|next|this)\s+(?-i:{'|'.join(MONTHS)})\b(?!\s+\d{{4}})",
    re.IGNORECASE,
)


class Finding(NamedTuple):
    """What a rule found: where, what is wrong, what to do, and the other place of a clash."""

    span: Span
    message: str
    help: str = ""
    related: tuple[tuple[str, Span], ...] = ()


class Passage(NamedTuple):
    """Words that an officer wrote to be printed, and the kind of block they stand in (none, in a brief)."""

    text: Scalar
    kind: str = ""

    def sentences(self) -> Iterator[Sentence]:
        """Its sentences and bullets, in order."""
        ends = [match.end() for match in ENDS_SENTENCE.finditer(self.text)]
        for start, end in zip([0, *ends], [*ends, len(self.text)], strict=True):
            yield Sentence(self.text, start, end)


class Sentence(NamedTuple):
    """A sentence, by the characters of a text that it takes up."""

    text: Scalar
    start: int
    end: int

    @property
    def words(self) -> str:
        """The sentence itself."""
        return self.text[self.start : self.end]

    def span(self, start: int, end: int) -> Span:
        """Where the characters from `start` to `end` of the sentence are written."""
        return self.text.span_of(self.start + start, self.start + end)

    def facts(self, known: Mapping[str, Fact]) -> Iterator[tuple[Token, Fact]]:
        """The facts whose values it prints, each with its place in the sentence."""
        for token in tokens(self.words):
            if token.kind == "printed" and token.name in known:
                yield token, known[token.name]


class RelativeDate(NamedTuple):
    """Words such as `last year`, and the facts in the same sentence whose dates they contradict."""

    span: Span
    words: str
    contradicted: tuple[Fact, ...]


@dataclass(frozen=True)
class Briefing:
    """A brief, what it selects, and the tree it is printed from."""

    path: Path
    selection: Selection
    document: Document

    @property
    def name(self) -> str:
        """The brief's name."""
        return self.selection.brief.name

    @property
    def day(self) -> date:
        """The last sitting day: everything must be true until then."""
        return self.selection.brief.days[-1]

    @cached_property
    def facts(self) -> list[Fact]:
        """The facts that it prints."""
        return [self.selection.library.facts[each] for each in printed_facts(self.document)]

    def passages(self) -> Iterator[Passage]:
        """The words that it prints."""
        brief, chosen = self.selection.brief, self.selection
        for block in filter(None, (chosen.standfirst, *(block for each in chosen.sections for block in each.blocks))):
            yield from (Passage(text, block.kind) for text in texts(block.content))
        yield from (Passage(text) for text in own_words(brief))

    def relative_dates(self) -> Iterator[RelativeDate]:
        """Dates in its words that depend on the day they are read. A quotation's are those of the day it was said."""
        for passage in self.passages():
            for sentence in passage.sentences() if passage.kind != "quotations" else ():
                for match in RELATIVE.finditer(sentence.words):
                    facts = sentence.facts(self.selection.library.facts)
                    wrong = tuple(fact for _, fact in facts if not _may_be_meant(match, fact, self.day))
                    yield RelativeDate(sentence.span(*match.span()), " ".join(match[0].split()), wrong)


def _may_be_meant(match: re.Match[str], fact: Fact, day: date) -> bool:
    """Whether a relative date, said on a day, can be the date of a fact. Of some, such as weeks, none is ruled out."""
    which, unit = (match["which"] or "").lower(), (match["unit"] or "").lower()
    return unit not in ("year", "month") or fact.as_of is None or is_meant(which, unit, fact.as_of, day)


@dataclass(frozen=True)
class Office:
    """A workspace as a whole: its library, and every briefing that can be laid out."""

    library: Library
    briefings: tuple[Briefing, ...]
    is_whole: bool = True
    """Whether nothing is missing: every seed and brief is sound and was read."""

    @cached_property
    def passages(self) -> list[Passage]:
        """All words written to be printed: in the library's blocks, and in the briefs."""
        found = [Passage(text, block.kind) for block in self.blocks() for text in texts(block.content)]
        return found + [Passage(text) for each in self.briefings for text in own_words(each.selection.brief)]

    def blocks(self) -> Iterator[Block]:
        """The library's blocks, then those that are local to a brief."""
        yield from self.library.blocks.values()
        for briefing in self.briefings:
            local = briefing.selection.brief.local.blocks
            yield from local.values()

    @cached_property
    def figures(self) -> list[tuple[Sentence, Token, Fact]]:
        """Every fact that prose prints, with its sentence and its place in that."""
        return [
            (sentence, token, fact)
            for passage in self.passages
            if "{{" in passage.text
            for sentence in passage.sentences()
            for token, fact in sentence.facts(self.facts)
        ]

    @cached_property
    def named(self) -> set[str]:
        """Everything that is named anywhere, as it is written: `children-in-care`, `children-in-care.as_of`."""
        libraries = (self.library, *(each.selection.library for each in self.briefings))
        return {mention.name for each in libraries for mention in each.mentions}

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """The library's facts, and those that are local to a brief."""
        local = (briefing.selection.brief.local.facts for briefing in self.briefings)
        return {name: fact for facts in (self.library.facts, *local) for name, fact in facts.items()}


def own_words(brief: Brief) -> Iterator[Scalar]:
    """What a brief says in words of its own: title, standfirst, headings, and wording for that day only."""
    yield from filter(None, (brief.title, brief.standfirst))
    yield from (text for section in brief.sections for text in texts(section))


def where(fact: Fact, name: str) -> Span:
    """Where one of a fact's fields is written; the fact itself, if the field is not."""
    written = fact.written.get(Scalar(name)) if fact.written is not None else None
    return written.span if isinstance(written, Scalar) else fact.id.span


def texts(content: Any) -> Iterator[Scalar]:
    """The prose and the single lines in a block's content or a brief, in the order of its fields."""
    for each in fields(content):
        yield from _texts(each.type, getattr(content, each.name))


def _texts(hint: Any, value: Any) -> Iterator[Scalar]:
    if isinstance(value, Scalar):
        if _is_printed(hint):
            yield value
    elif isinstance(value, Library):
        return
    elif is_dataclass(value):
        yield from texts(value)
    elif isinstance(value, tuple):
        yield from (text for each in value if is_dataclass(each) for text in texts(each))
    elif isinstance(value, Mapping):
        words = get_args(hint)[-1] if value and get_args(hint) else hint
        yield from (text for each in value.values() for text in _texts(words, each))


@cache
def _is_printed(hint: Any) -> bool:
    return bool({hint, *get_args(hint)} & {Prose, Line})
