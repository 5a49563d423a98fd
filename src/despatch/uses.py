"""Where anything is used: the places in seeds that name it, and where each briefing prints it or might have done.

Nothing is stored. A brief is read only where it names the thing, or a block or fact that does. What a fact, a source
or a term prints is found by planting a mark behind its words, and looking where the mark comes out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from despatch.assemble import content_of
from despatch.content import (
    Address,
    Block,
    BlockId,
    Brief,
    Fact,
    Library,
    Mention,
    Plain,
    Point,
    Reference,
    Use,
    bodies,
)
from despatch.diagnostics import Span
from despatch.document import Citation, Emphasis, Footnote, InLanguage, Inline, Link, Origin, Strong, Text, Words
from despatch.impact import Piece, Printed, pieces, prepared_in, sentences
from despatch.load import points_of
from despatch.prose import tokens
from despatch.select import Decision, Selection, automatic, widened, worded
from despatch.source import Scalar, Source
from despatch.style import Style
from despatch.workspace import Workspace

MARK = "\ufdd0"
"""What is planted: a character that no text has."""
KIND = {"contact": "block", "cited": "source"}
"""What is named, where a mention's kind is another word for it."""
WORDS = {"", "text", "lead", "closing", "points"}
"""The fields of a body; a standfirst has none."""
How: TypeAlias = Literal["as is", "varied", "replaced"]
Key: TypeAlias = tuple[str, str]
"""A kind of thing, and the name of one."""


class Thing(Struct, frozen=True):
    """What can be used: a block, fact, source, topic or term, or a point of a block."""

    kind: str
    name: str
    """Its id; for a point, its block's."""
    point: str = ""

    @property
    def id(self) -> str:
        """How an officer names it: `homes`, or `homes.costs` for a point."""
        return f"{self.name}.{self.point}" if self.point else self.name

    def prints(self, origin: Origin) -> bool:
        """Whether words that come from there are those of this block, or of this point."""
        return origin.block == self.name and (not self.point or f".points.{self.point}." in f".{origin.field}.")


def called(id: str, library: Library) -> list[Thing]:
    """Everything with this name: a block and a topic may share one. A point counts where nothing else has it."""
    found = [Thing(kind, id) for kind, entries in _entries(library).items() if id in entries]
    name, _, point = id.partition(".")
    blocks = [library.blocks[name]] if name in library.blocks and point else [] if point else library.blocks.values()
    return found or [Thing("point", each.id, point or id) for each in blocks if (point or id) in points_of(each)]


def _entries(library: Library) -> dict[str, Mapping[str, object]]:
    return {
        "block": library.blocks,
        "fact": library.facts,
        "source": library.sources,
        "topic": library.topics,
        "term": library.terms,
    }


# Places that name it.


class Named(Struct, frozen=True):
    """A place that names a thing: the block or fact it stands in, or the one through which a brief uses the thing."""

    span: Span
    holder: str = ""
    through: str = ""


def in_library(thing: Thing, library: Library) -> list[Named]:
    """The places in seeds that name a thing; a point is named only in its own block, and in briefs."""
    holders, key = Holders(library), (thing.kind, thing.name)
    return [Named(each.span, holders.of(each.text)) for each in library.mentions if target(each, library) == key]


def target(mention: Mention, library: Library) -> Key:
    """The kind and the name of what a mention names."""
    return _stands_for(mention.kind, mention.name, library)


def _stands_for(kind: str, name: str, library: Library) -> Key:
    """What a name stands for: `{{id.as_of}}` names the fact, `{{SGOs}}` the term."""
    if kind != "printed":
        return KIND.get(kind, kind), name
    fact = name.partition(".")[0]
    if fact in library.facts:
        return "fact", fact
    found = library.term(name)
    return "term", str(found[0].short) if found else name


class Holders:
    """The blocks and facts of a library by where they are written."""

    def __init__(self, library: Library) -> None:
        self.places: dict[Source, list[tuple[int, int, str]]] = {}
        for entries in (library.blocks, library.facts):
            for name, entry in entries.items():
                if entry.written is not None:
                    place = (entry.written.start, entry.written.end, name)
                    self.places.setdefault(entry.written.source, []).append(place)
        for places in self.places.values():
            places.sort()

    def of(self, scalar: Scalar) -> str:
        """The block or fact that a piece of text stands in, or nothing."""
        places = self.places.get(scalar.source, [])
        at = bisect_right(places, (scalar.start, len(scalar.source.text), "")) - 1
        return places[at][2] if at >= 0 and scalar.start < places[at][1] else ""


class Sought(Struct, frozen=True):
    """A thing with all that may bring it into a briefing."""

    thing: Thing
    keys: frozenset[Key]
    """The names that bring it in: its own, those of topics under it, and those of facts that name it."""
    blocks: frozenset[str] = frozenset()
    """The blocks that do."""
    before: frozenset[str] = frozenset()
    """The blocks whose place one of these takes, or may take."""

    def may_be_in(self, text: str) -> bool:
        """Whether a brief of this text may use it: it has a name of it, or takes blocks that it does not name."""
        words = set(re.findall(r"[\w-]+", text))
        named = not (words.isdisjoint(self.blocks) and words.isdisjoint(self.before))
        return named or "auto" in words or "\\" in text or any(name in text for _, name in self.keys)

    def has(self, key: Key) -> bool:
        """Whether what has this name brings it in."""
        return key in self.keys or (key[0] == "block" and key[1] in self.blocks)


def sought(thing: Thing, library: Library) -> Sought:
    """A thing with all in the library that carries it."""
    if thing.kind in ("block", "point"):
        wanted = Sought(thing, frozenset({("block", thing.name)}), frozenset({thing.name}))
    else:
        wanted = _joined(Sought(thing, frozenset({(thing.kind, thing.name)})), library, library)
    return replace(wanted, before=_before(wanted.blocks, library))


def _before(blocks: frozenset[str], library: Library) -> frozenset[str]:
    """The blocks that lead to one of these by `superseded_by`."""
    after = {name: block.superseded_by for name, block in library.blocks.items() if block.superseded_by}
    found, new = set(blocks), set(blocks)
    while new:
        new = {name for name, later in after.items() if later in new} - found
        found |= new
    return frozenset(found - blocks)


def _joined(wanted: Sought, added: Library, known: Library) -> Sought:
    """The same, with what carries the thing in a library that is joined to the one known, as a brief's own is."""
    thing, keys = wanted.thing, set(wanted.keys)
    if thing.kind in ("block", "point"):
        return wanted
    if thing.kind == "topic":
        keys |= {("topic", each) for each in known.topics if thing.name in known.above(each)}
    holders, sums = Holders(added), {id(each.equals) for each in added.facts.values()}
    # A sum does not print what it adds up.
    targets = [(target(each, known), each.text) for each in added.mentions if id(each.text) not in sums]
    found: set[str] = set()
    new = keys
    while new:
        held = {holders.of(text) for key, text in targets if key in new}
        found |= held & added.blocks.keys()
        new = {("fact", each) for each in held & added.facts.keys()} - keys
        keys = keys | new
    return replace(wanted, keys=frozenset(keys), blocks=wanted.blocks | found)


# What a briefing prints.


class Place(Struct, frozen=True):
    """A place where a briefing prints a thing."""

    place: str
    """The headings that lead to it, or the part of the title block."""
    sentence: str
    block: str = ""
    """The block whose words they are; none where they are the brief's own, or in the list of sources."""
    how: How = "as is"
    detail: str = ""
    """Which wording it is, or what the brief changes."""


class Unprinted(Struct, frozen=True):
    """A block, or a point of one, that a brief uses without printing the thing, and why."""

    block: str
    why: str


class InBrief(Struct, frozen=True):
    """All that a brief has to do with a thing."""

    path: Path
    named: tuple[Named, ...] = ()
    printed: tuple[Place, ...] = ()
    unprinted: tuple[Unprinted, ...] = ()
    is_sound: bool = True
    """Whether it could be looked into: it has no faults of its own."""


def in_briefs(thing: Thing, workspace: Workspace, library: Library) -> Iterator[InBrief]:
    """What each brief that has to do with a thing does with it, in order of name."""
    return (found for _, found in all_in_briefs([thing], workspace, library))


def all_in_briefs(things: Iterable[Thing], workspace: Workspace, library: Library) -> Iterator[tuple[Thing, InBrief]]:
    """The same for several things, brief by brief."""
    sought_for = [sought(each, library) for each in things]
    for path in workspace.briefs()[0]:
        text = path.read_text(encoding="utf-8", errors="replace")
        if wanted := [each for each in sought_for if each.may_be_in(text)]:
            prepared = prepared_in(workspace, path, library)
            page = _Laid(prepared.selection, prepared.style) if prepared else None
            for each in wanted:
                found = _in_brief(each, path, page) if page else InBrief(path, is_sound=False)
                if found.named or found.printed or found.unprinted or not found.is_sound:
                    yield each.thing, found


def _in_brief(wanted: Sought, path: Path, page: _Laid) -> InBrief:
    known = page.selection.library
    wanted = _joined(wanted, replace(page.selection.brief.local, named=known.named[-1:]), known)
    named = tuple(_named(wanted, [*_opening(page.selection.brief, known), *known.named[-1]], known))
    search = _Search(wanted, page)
    found = list(search.found()) if named or search.uses else []
    printed = tuple(each for each in found if isinstance(each, Place))
    return InBrief(path, named, printed, tuple(each for each in found if isinstance(each, Unprinted)))


def _opening(brief: Brief, known: Library) -> Iterator[Mention]:
    """The block that the standfirst names: it is read as words, which name nothing by themselves."""
    if name := brief.standfirst_block(known):
        yield Mention("block", str(name), name, 0, len(name))


def _named(wanted: Sought, mentions: Iterable[Mention], known: Library) -> Iterator[Named]:
    """The places in a brief that name a thing, or what carries it."""
    own = (wanted.thing.kind, wanted.thing.name)
    for each in mentions:
        if wanted.has(key := target(each, known)):
            yield Named(each.span, through="" if key == own else key[1])


class Used(Struct, frozen=True):
    """One use of a block by a brief, and what was decided on it."""

    use: Use
    decisions: tuple[Decision, ...]
    number: int
    """Which of the block's printed uses this is, from 1; 0 where nothing of it is printed."""


def used(selection: Selection) -> list[Used]:
    """Every use of a block that a brief makes, and of one that has taken a block's place, in reading order."""
    brief, library = selection.brief, selection.library
    ends = [
        Use(BlockId(each))
        for each in (brief.standfirst_block(library), brief.contact)
        if each and each in library.blocks
    ]
    sections = [
        use
        for section in brief.sections
        for use in (automatic(section, library, brief) if section.auto is not None else section.uses)
        if use.use in library.blocks
    ]
    found = list(_matched([*ends, *sections], selection.decisions))
    if brief.contact in library.blocks:  # the decision on it comes early, and it is printed last
        found.sort(key=lambda each: each[0] is ends[-1])
    count, made = Counter[str](), []
    for use, run in found:
        name = run[0].block
        count[name] += run[0].included
        made.append(Used(replace(use, use=BlockId(Scalar(name))), run, count[name] if run[0].included else 0))
    return made


def _matched(uses: list[Use], decisions: Iterable[Decision]) -> Iterator[tuple[Use, tuple[Decision, ...]]]:
    """Each run of decisions with the use that it is on; a run on another block is on one that takes the place of the last."""
    at = -1
    for run in _runs(decisions):
        at += at + 1 < len(uses) and run[0].block == uses[at + 1].use
        yield uses[at], run


def _runs(decisions: Iterable[Decision]) -> Iterator[tuple[Decision, ...]]:
    """The decisions on each use: one on the block, then those on its points."""
    run: list[Decision] = []
    for each in decisions:
        if not each.point and run:
            yield tuple(run)
            run = []
        run.append(each)
    if run:
        yield tuple(run)


class _Laid(Struct, frozen=True, dict=True):
    """A briefing to be searched, for one thing or several."""

    selection: Selection
    style: Style

    @cached_property
    def uses(self) -> list[Used]:
        """The uses of blocks."""
        return used(self.selection)

    @cached_property
    def pieces(self) -> list[Piece]:
        """What is printed; nothing at all, where no section has anything left."""
        return list(pieces(content_of(self.selection, self.style)[0])) if self.selection.is_printed else []


class _Search(Struct, frozen=True, dict=True):
    """A search of one briefing for a thing."""

    wanted: Sought
    page: _Laid

    @property
    def selection(self) -> Selection:
        return self.page.selection

    @cached_property
    def uses(self) -> list[Used]:
        """The uses of blocks that may print it."""
        return [each for each in self.page.uses if each.use.use in self.wanted.blocks]

    def found(self) -> Iterator[Place | Unprinted]:
        """Where it is printed, in reading order, and where it is not."""
        if self.wanted.thing.kind in ("fact", "source", "term"):
            return self._planted()
        return (found for each in self.uses for found in self._in_use(each))

    # Blocks, points and topics are found by where words come from.

    def _in_use(self, each: Used) -> Iterator[Place | Unprinted]:
        for field in self._fields(self._block(each)):
            whole = field == "" and self.wanted.thing.kind != "point"
            found = self._words(each, field) if each.number else []
            if found:
                origin, printed = found[0]
                sentence = sentences(printed.said())[0] if printed.said().strip() else ""
                yield Place(
                    printed.place, sentence, each.use.use, *self._how(each, "" if whole else origin.field, whole)
                )
            else:
                yield Unprinted(_name(each.use.use, field), self._out(each, field))

    def _words(self, each: Used, field: str) -> list[tuple[Origin, Printed]]:
        """What is printed of a field of a block in one use: its words, or else its headings and labels."""
        found = [
            (origin, printed)
            for origin, _, printed in self.page.pieces
            if (origin.block, origin.use) == (each.use.use, each.number) and not printed.mark
            if not field or f"{origin.field}.".startswith(f"{field}.")
        ]
        return [each for each in found if not each[0].field.endswith(("heading", "label"))] or found

    def _fields(self, block: Block) -> list[str]:
        """The parts of a block that are the thing sought; nothing stands for the whole block."""
        thing, library = self.wanted.thing, self.selection.library
        if thing.kind == "block" or (thing.kind == "topic" and thing.name in widened(library, block.topics)):
            return [""]
        points = _points(block).items()
        if thing.kind == "point":
            return [field for field, point in points if point.id == thing.point]
        return [field for field, point in points if thing.name in widened(library, point.topics)]

    def _out(self, each: Used, field: str) -> str:
        """Why a block, or the point with this field, is not printed."""
        if not (each.decisions[0].included and self.selection.is_printed):
            return NOTHING_LEFT if each.decisions[0].included else each.decisions[0].why
        names = {field, field.rpartition("points.")[2]} if field else set()
        return next((one.why for one in each.decisions[1:] if one.point in names and not one.included), ANOTHER_WORDING)

    # Facts, sources and terms are found by the mark that is planted behind their words.

    def _planted(self) -> Iterator[Place | Unprinted]:
        selection = replace(self.selection, library=planted(self.wanted.thing, self.selection.library))
        found = _Laid(selection, self.page.style).pieces
        uses = {(str(each.use.use), each.number): each for each in self.uses if each.number}
        number, seen = self._number(found), set()
        for origin, _, printed in found:
            each = None if printed.mark else uses.get((origin.block, origin.use))
            words = replace(printed, words=tuple(_flagged(printed.words, number)))
            for sentence in (each for each in sentences(words.said()) if MARK in each):
                seen.add((origin.block, origin.use))
                how = self._how(each, origin.field, whole=False) if each else ()
                block = each.use.use if each else ""
                yield Place(printed.place.replace(MARK, ""), sentence.replace(MARK, ""), block, *how)
        for each in self.uses:
            if (each.use.use, each.number) not in seen:
                yield Unprinted(each.use.use, self._unshown(each))

    def _number(self, found: list[Piece]) -> int:
        """The number by which marks lead to the source; 0, where none does."""
        thing = self.wanted.thing
        entry = (
            printed.mark for origin, _, printed in found if printed.mark and origin == Origin(thing.name, "source")
        )
        return int(next(entry, "[0] ")[1:-2]) if thing.kind == "source" else 0

    def _unshown(self, each: Used) -> str:
        """Why a block that names it prints nothing of it."""
        if not (each.decisions[0].included and self.selection.is_printed):
            return NOTHING_LEFT if each.decisions[0].included else each.decisions[0].why
        naming = {field: point for field, point in _points(self._block(each)).items() if self._names(point)}
        names = {name for field, point in naming.items() for name in (point.id or field, field)}
        if why := [one.why for one in each.decisions[1:] if one.point in names and not one.included]:
            return why[0]
        if {point.id for point in naming.values()} & each.use.replace.keys():
            return "the brief has other words in place of those that name it"
        return ANOTHER_WORDING if self._wording(each, "", whole=True) else "it is not named where its words are printed"

    def _names(self, point: Point) -> bool:
        """Whether a point names it, or something that brings it in."""
        library = self.selection.library
        text = f"{point.label or ''} {point.text}"
        return any(self.wanted.has(_stands_for(each.kind, each.name, library)) for each in tokens(text))

    # How a block is used.

    def _block(self, each: Used) -> Block:
        return self.selection.library.blocks[each.use.use]

    def _how(self, each: Used, field: str, whole: bool) -> tuple[How, str]:
        """Whether what is printed is the library's own wording, a variant, or what the brief says in its place."""
        if changes := _changes(each.use) if whole else _change(each.use, field):
            return "replaced", changes
        wording = self._wording(each, field, whole=whole)
        return ("varied", wording) if wording else ("as is", "")

    def _wording(self, each: Used, field: str, *, whole: bool) -> str:
        """Which variant is printed, in words, or nothing."""
        for path, body in bodies(self._block(each).content):
            wording, said = worded(body, self.selection.brief)
            within = field.removeprefix(path).lstrip(".") if field.startswith(path) else "heading"
            if wording is not body and (whole or re.split(r"[.\[]", within)[0] in WORDS):
                return said
        return ""


NOTHING_LEFT = "no section of the brief has anything left to print"
ANOTHER_WORDING = "this briefing prints another wording of it"


def _name(block: str, field: str) -> str:
    """A block, or a point of it by its id where it has one."""
    point = re.search(r"(?:^|\.)points\.([a-z0-9-]+)$", field)
    return f"{block}.{point[1] if point else field}" if field else block


def _changes(use: Use) -> str:
    """All that a brief changes in a block, in words."""
    said = ["under another heading"] if use.heading else []
    said += [f"`{each}` in other words" for each in use.replace] + [f"without `{each}`" for each in use.omit]
    return ", ".join(said)


def _change(use: Use, field: str) -> str:
    """What a brief changes in one field of a block: a point's words, or the heading."""
    points = re.findall(r"(?:^|\.)points\.([a-z0-9-]+)", field)
    if points and points[-1] in use.replace:
        return f"`{points[-1]}` in other words"
    return "another heading" if field == "heading" and use.heading else ""


def _points(block: Block) -> dict[str, Point]:
    """A block's points by their fields, as `view.points.costs` or `points[2]`, those of its variants included."""
    return {
        field: point
        for path, body in bodies(block.content)
        for wording in (body, *body.variants.values())
        for field, point in _by_field(wording.points, path)
    }


def _by_field(points: Iterable[Point], path: str) -> Iterator[tuple[str, Point]]:
    for number, point in enumerate(points, 1):
        field = f"{path}.".lstrip(".") + (f"points.{point.id}" if point.id else f"points[{number}]")
        yield field, point
        yield from _by_field(point.points, field)


# The mark.


def planted(thing: Thing, library: Library) -> Library:
    """The library with a mark behind whatever a fact, a source or a term prints."""
    name = thing.name
    match thing.kind:
        case "fact":
            return replace(library, facts={**library.facts, name: _fact(library.facts[name])})
        case "source":
            return replace(library, sources={**library.sources, name: _source(library.sources[name])})
        case _:
            term = library.terms[name]
            return replace(library, terms={**library.terms, name: replace(term, short=_marked(term.short))})


def _marked(text: str) -> Plain:
    return Plain(Scalar(f"{text}{MARK}"))


def _fact(fact: Fact) -> Fact:
    as_of = fact.as_of and replace(fact.as_of, printed=f"{fact.as_of.printed}{MARK}")
    older = tuple(replace(each, value=_marked(each.value)) for each in fact.was)
    return replace(fact, value=_marked(fact.value), as_of=as_of, was=older)


def _source(source: Reference) -> Reference:
    short, url = source.short and _marked(source.short), source.url and Address(_marked(source.url))
    printings = tuple(
        replace(each, name=_marked(each.name), numbers={name: _marked(number) for name, number in each.numbers.items()})
        for each in source.printings
    )
    return replace(source, title=_marked(source.title), short=short, url=url, printings=printings)


def _flagged(words: Words, number: int) -> Iterator[Inline]:
    """The words with a mark after each that leads to the source: by this number, or by its address."""
    for inline in words:
        match inline:
            case Citation(each) | Footnote(each) if each == number:
                yield from (inline, Text(MARK))
            case Link(inner, url):
                yield Link((*_flagged(inner, number), *((Text(MARK),) if MARK in url else ())), url)
            case Strong(inner) | Emphasis(inner) | InLanguage(inner):
                yield replace(inline, words=tuple(_flagged(inner, number)))
            case _:
                yield inline
