"""What rules look at: the library, and each briefing as it would be built."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple, get_args

from msgspec import Struct
from msgspec.structs import fields

from despatch.assemble import printed_facts
from despatch.content import INLINE, Block, Fact, Library, Line, Point, Prose
from despatch.diagnostics import Fix, Span
from despatch.document import Document, Origin
from despatch.passages import Passage, Sentence
from despatch.proof import Proof
from despatch.prose import Token
from despatch.select import Selection
from despatch.source import Scalar
from despatch.style import Style


class Finding(NamedTuple):
    """What a rule found: where, what is wrong, what to do, the other place of a clash, and how it is mended for certain.

    `of` is the document in which it is a fault, where it is not one of the library: that one's style says how grave it is.
    """

    span: Span
    message: str
    help: str = ""
    related: tuple[tuple[str, Span], ...] = ()
    fixes: tuple[Fix, ...] = ()
    of: Proof | None = None


class Briefing(Struct, frozen=True, dict=True):
    """A brief, what it selects, and the tree it is printed from."""

    path: Path
    selection: Selection
    document: Document
    style: Style

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

    @cached_property
    def blocks(self) -> list[Block]:
        """The blocks that it prints, each cut down to what is in, in order; one that is used twice stands here twice."""
        chosen = self.selection
        printed = (block for section in chosen.sections for block in section.blocks)
        return [*filter(None, (chosen.standfirst, *printed, chosen.contact))]

    @cached_property
    def proof(self) -> Proof:
        """The briefing as an editor reads it."""
        return Proof(self.name, self.path, self.document, list(self.passages()), self._written, self.style, self.day)

    def passages(self) -> Iterator[Passage]:
        """The words that it prints."""
        for block in self.blocks:
            if block is not self.selection.contact:
                yield from english(block)
        yield from own_words(self.selection)

    def _written(self, origin: Origin) -> tuple[Scalar | None, Scalar | None]:
        """The text that something on its pages is printed from, or the id of its block."""
        field, known = origin.field, self._texts.get((origin.block, origin.use), {})
        field = field if origin.block else field.rstrip("0123456789")
        while field and field not in known:
            field = field[: max(field.rfind("."), 0)]
        if field in known:
            return known[field], None
        block = self.selection.library.blocks.get(origin.block)
        return None, block.id if block else None

    @cached_property
    def _texts(self) -> dict[tuple[str, int], dict[str, Scalar]]:
        """The texts of every use of a block, and the brief's own, by the field of the origins of what they print."""
        brief, used = self.selection.brief, Counter[str]()
        headings = {f"sections.{at}.heading": each.heading for at, each in enumerate(brief.sections) if each.heading}
        own = {"title": brief.title_line or brief.title, "standfirst": brief.standfirst, **headings}
        found: dict[tuple[str, int], dict[str, Scalar]] = {}
        found["", 1] = {name: text for name, text in own.items() if text is not None}
        for block in self.blocks:
            used[block.id] += 1
            found[block.id, used[block.id]] = dict(_by_field(block.content))
        opening = self.selection.standfirst
        if opening and (words := next(_by_field(opening.content), None)):
            found[opening.id, 1][""] = words[1]
        return found


_fields = cache(fields)  # which takes long, and is asked for every block again


def _by_field(content: Any, path: str = "") -> Iterator[tuple[str, Scalar]]:
    """The texts of a block's content, each with the field that the origin of what it prints has: `view.points.costs`."""
    for each in _fields(content.__class__):
        value = getattr(content, each.name)
        name = each.name.rstrip("_")
        inside = path if each.name == INLINE else f"{path}{'.' if path else ''}{name}"
        if isinstance(value, Scalar):
            yield inside, value
        elif isinstance(value, Struct):
            yield from _by_field(value, inside)
        elif isinstance(value, tuple) and value and isinstance(value[0], Point):
            yield from _points_by_field(value, path)


def _points_by_field(points: tuple[Point, ...], path: str) -> Iterator[tuple[str, Scalar]]:
    for point in points:
        place = f"{path}{'.' if path else ''}{point.place}"
        yield place, point.text
        yield from _points_by_field(point.points, place)


class Office(Struct, frozen=True, eq=False, dict=True):
    """A workspace as a whole: its library, and every briefing that can be laid out."""

    library: Library
    briefings: tuple[Briefing, ...]
    outside: tuple[Proof, ...] = ()
    """Files from elsewhere, such as last month's Word file."""
    is_whole: bool = True
    """Whether nothing is missing: every seed and brief is sound and was read."""

    @cached_property
    def proofs(self) -> list[Proof]:
        """Every finished document: the briefings, and the files from elsewhere."""
        return [*(each.proof for each in self.briefings), *self.outside]

    def documents(self) -> Iterator[tuple[Proof, Library]]:
        """Every finished document, with the library that its names are in."""
        yield from ((each.proof, each.selection.library) for each in self.briefings)
        yield from ((each, self.library) for each in self.outside)

    @property
    def libraries(self) -> tuple[Library, ...]:
        """The library, and what is local to each brief."""
        return (self.library, *(each.selection.brief.local for each in self.briefings))

    def holder(self, passage: Passage) -> Proof | None:
        """The file from elsewhere that a passage is in."""
        return self._holders.get(id(passage))

    @cached_property
    def _holders(self) -> dict[int, Proof]:
        return {id(passage): proof for proof in self.outside for passage in proof.passages}

    @cached_property
    def passages(self) -> list[Passage]:
        """All words written to be printed: in the library's blocks, in the briefs, in files from elsewhere."""
        found = [each for block in self.blocks() for each in english(block)]
        found += [each for briefing in self.briefings for each in own_words(briefing.selection)]
        return found + [each for proof in self.outside for each in proof.passages]

    def blocks(self) -> Iterator[Block]:
        """The library's blocks, then those that are local to a brief."""
        for library in self.libraries:
            yield from library.blocks.values()

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
        return {name: fact for library in self.libraries for name, fact in library.facts.items()}


def own_words(selection: Selection) -> Iterator[Passage]:
    """What a brief says in words of its own: title, standfirst, headings, and wording for that day only."""
    brief = selection.brief
    yield from (Passage(each, is_line=True) for each in (brief.title, brief.title_line) if each is not None)
    if brief.standfirst and not brief.standfirst_block(selection.library):
        yield Passage(brief.standfirst)
    for section in brief.sections:
        yield from passages(section)


def where(fact: Fact, name: str) -> Span:
    """Where one of a fact's fields is written; the fact itself, if the field is not."""
    written = fact.written.get(Scalar(name)) if fact.written is not None else None
    return written.span if isinstance(written, Scalar) else fact.id.span


def english(block: Block) -> Iterator[Passage]:
    """The words of a block that rules on language can read: none, where it is in another one."""
    if block.is_english:
        yield from passages(block.content, block.kind)


def passages(content: Any, kind: str = "") -> Iterator[Passage]:
    """The prose and the single lines in a block's content or a section, in the order of its fields."""
    for each in _fields(content.__class__):
        if value := getattr(content, each.name):
            yield from _passages(each.type, value, kind)


def _passages(hint: Any, value: Any, kind: str) -> Iterator[Passage]:
    if isinstance(value, Scalar):
        if printed := _printed(hint):
            yield Passage(value, kind, is_line=printed == {Line})
    elif isinstance(value, Library):
        return
    elif isinstance(value, Struct):
        yield from passages(value, kind)
    elif isinstance(value, tuple):
        yield from (text for each in value if isinstance(each, Struct) for text in passages(each, kind))
    elif isinstance(value, Mapping):
        words = get_args(hint)[-1] if value and get_args(hint) else hint
        yield from (text for each in value.values() for text in _passages(words, each, kind))


@cache
def _printed(hint: Any) -> set[Any]:
    return {hint, *get_args(hint)} & {Prose, Line}
