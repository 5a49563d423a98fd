"""Files to content: the library and the briefs, keeping what is sound and reporting every fault found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from despatch.content import (
    Block,
    Brief,
    Fact,
    Library,
    Mention,
    Point,
    Reference,
    Section,
    Term,
    Topic,
    Use,
    Word,
    all_points,
    bodies,
    points_in,
)
from despatch.diagnostics import Diagnostic, Diagnostics, Span, did_you_mean
from despatch.faults import editorial
from despatch.kinds import all_kinds
from despatch.kinds.figures import unfit
from despatch.parliament import HOUSES, PROCEEDINGS
from despatch.prose import tokens
from despatch.reading import Reader, as_list, fields_of, listed
from despatch.source import Data, Scalar, Source, is_blank, parse, read
from despatch.source import Mapping as Written
from despatch.source import Sequence as WrittenList

MISNAMED = re.compile(r"\.ya?ml(?:\.txt)?$", re.IGNORECASE)
RECORDS: dict[str, type] = {"facts": Fact, "sources": Reference, "topics": Topic, "terms": Term, "words": Word}
"""The lists that are not kinds of block."""


def yaml_files(folder: Path) -> tuple[list[Path], Diagnostics]:
    """Every YAML file under a folder in order of name, linked folders once, and what stands in the way."""
    found: list[Path] = []
    faults: Diagnostics = []
    _gather(folder, found, faults, {folder.resolve()})
    return found, faults


def _gather(folder: Path, found: list[Path], faults: Diagnostics, seen: set[Path]) -> None:
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~")):
            continue
        if path.suffix == ".yaml":
            found.append(path)
        elif MISNAMED.search(path.name):
            faults.append(_misnamed(path))
        elif path.is_dir() or path.is_symlink():
            _enter(path, found, faults, seen)


def _enter(path: Path, found: list[Path], faults: Diagnostics, seen: set[Path]) -> None:
    if (real := path.resolve()) in seen:
        faults.append(
            Diagnostic(
                "link-loops", Span(path), "This link leads to a folder that is read already.", "Delete the link."
            )
        )
        return
    try:
        if path.is_dir() or not path.exists():
            _gather(path, found, faults, seen | {real})
    except OSError as error:
        faults.append(
            Diagnostic(
                "unreadable-file", Span(path), f"This folder cannot be read ({error.strerror}).", "Ask who owns it."
            )
        )


def _misnamed(path: Path) -> Diagnostic:
    return Diagnostic("misnamed-file", Span(path), "Only files whose name ends in .yaml are read.",
                      f"Rename it to `{MISNAMED.sub('.yaml', path.name)}`.", "warning")  # fmt: skip


class Part(Struct):
    """What a library has from one file: the entries of each list, and the names of something else."""

    entries: dict[str, list[Any]] = field(default_factory=dict)
    names: list[Mention] = field(default_factory=list)


def parts(library: Library) -> dict[Path, Part]:
    """What a library without faults has from each of its files."""
    found: defaultdict[Source, Part] = defaultdict(Part)
    for block in library.blocks.values():
        found[block.id.source].entries.setdefault(block.kind, []).append(block)
    for name in RECORDS:
        for id, entry in getattr(library, name).items():
            found[id.source].entries.setdefault(name, []).append(entry)
    for each in library.mentions:
        found[each.text.source].names.append(each)
    return {source.path: part for source, part in found.items()}


def load_library(seeds: Path, known: Mapping[Path, Part] | None = None) -> tuple[Library, Diagnostics]:
    """Read every seed file, keeping the sound blocks and every fault found. Those that are known are not read again."""
    paths, faults = yaml_files(seeds)
    reader = Reader(faults)
    entries: dict[str, list[Any]] = {}
    for path in paths:
        if known and (part := known.get(path)) is not None:
            reader.names += part.names
            for name, those in part.entries.items():
                entries.setdefault(name, []).extend(those)
        elif (data := _data(reader, path)) is not None:
            read_lists(reader, data, entries)
    library = _library(reader, entries)
    faults = [*_dangling(library, reader.names), *_circles(library), *_charts(library.blocks.values(), library)]
    faults += _item_faults(library, library)
    return library, reader.faults + faults


def _data(reader: Reader, path: Path) -> Data | None:
    source, faults = read(path)
    data, more = parse(source) if source is not None else (None, [])
    reader.faults += faults + more
    reader.complete = reader.complete and not (faults or more)
    return data


def read_lists(reader: Reader, data: Data, entries: dict[str, list[Any]]) -> None:
    """Add the entries of every list in a file, or in a brief's `local`, to those read so far."""
    if is_blank(data):
        return
    if not isinstance(data, Written):
        reader.wrong_shape(data, "lists such as `key_messages:`")
        return
    for name, written in data.items():
        if name not in all_kinds() and name not in RECORDS:
            if not name.startswith(" "):
                known = [*all_kinds(), *RECORDS]
                advice = did_you_mean(name, known) or f"The lists are {listed(known)}."
                reader.fault("unknown-list", name.span, f"There is no list called `{name}`.", advice)
        elif isinstance(written, WrittenList):
            entries.setdefault(name, []).extend(_entries(reader, name, written))
        elif not is_blank(written):
            reader.wrong_shape(written, "a list")


def _entries(reader: Reader, name: str, written: WrittenList) -> Iterator[Any]:
    """The sound entries of a list; the others' ids are kept, so that a name of one is no second fault."""
    for data in written:
        entry = _record(reader, RECORDS[name], data) if name in RECORDS else _block(reader, name, data)
        if entry is not None:
            yield entry
        elif isinstance(data, Written):
            reader.unsound.add(str(data.get(Scalar({"terms": "short", "words": "word"}.get(name, "id")))))


def _record(reader: Reader, record: type, data: Data) -> Any:
    return reader.into(record, data, **({"written": data} if record in (Fact, Reference) else {}))


def _block(reader: Reader, kind: str, data: Data) -> Block | None:
    """A block: the fields that all blocks have, and its kind's own."""
    if not isinstance(data, Written):
        reader.wrong_shape(data, "fields")
        return None
    content_type = all_kinds()[kind].Content
    values = reader.values(data, Block, content_type)
    content = None if values is None else reader.make(content_type, data, values)
    if values is None or content is None:
        return None
    common = _common()
    own = {name: value for name, value in values.items() if name in common}
    block = Block(kind=kind, content=content, written=data, **own)
    _check_points(reader, block)
    return block


@cache
def _common() -> frozenset[str]:
    """The names of the fields that all blocks have."""
    return frozenset(spec.name for spec in fields_of(Block).values())


def points_of(block: Block) -> dict[str, Point]:
    """A block's points that have an id, those of its variants included."""
    return {point.id: point for _, body in bodies(block.content) for point in points_in(body) if point.id}


def _check_points(reader: Reader, block: Block) -> None:
    """Note points of one block with the same id, answers to points that are not in its proposal, and items elsewhere."""
    found = [(path, body) for path, body in bodies(block.content) if body.points or body.variants]
    answerable = {point.id for path, body in found if path == "proposal" for point in points_in(body)}
    ids = (point.id for _, body in found for point in all_points(body.points) if point.id is not None)
    reader.faults.extend(_clash(second, first, "point of this block") for second, first in _repeated(ids))
    for path, body in found:
        for point in points_in(body):
            for answer in point.answers:
                if answer not in answerable:
                    _unknown_point(reader, answer, filter(None, answerable), "The proposal")
            if point.items and path != "proposal":
                message = "Only a point of a position’s proposal sets out items of a document."
                reader.fault("fields-do-not-fit", point.items[0].span, message, "Delete `items`, or move it there.")


def _unknown_point(reader: Reader, name: Scalar, known: Iterable[str], where: str) -> None:
    names = list(known)
    advice = did_you_mean(name, names) or (
        f"Its points are {listed(names)}." if names else "None of its points has an `id`: add one."
    )
    reader.fault("unknown-point", name.span, f"{where} has no point called `{name}`.", advice)


def _clash(second: Scalar, first: Scalar, what: str) -> Diagnostic:
    return Diagnostic("id-clash", second.span, f"`{second}` is the id of another {what} as well.", "Give one of them another id.",
                      related=(("the other one is here", first.span),))  # fmt: skip


def _library(reader: Reader, entries: Mapping[str, list[Any]]) -> Library:
    blocks = [block for kind in all_kinds() for block in entries.get(kind, [])]
    return Library(
        _by_id(reader, blocks, "id", "block"),
        _by_id(reader, entries.get("facts", []), "id", "fact"),
        _by_id(reader, entries.get("sources", []), "id", "source"),
        _by_id(reader, entries.get("topics", []), "id", "topic"),
        _by_id(reader, entries.get("terms", []), "short", "term"),
        {each.word: each for each in entries.get("words", [])},
        frozenset(reader.unsound),
        reader.complete,
        (tuple(reader.names),),
    )


def _by_id(reader: Reader, entries: Sequence[Any], attribute: str, what: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for entry in entries:
        name = getattr(entry, attribute)
        if name in found:
            reader.faults.append(_clash(name, getattr(found[name], attribute), what))
        else:
            found[name] = entry
    return dict(sorted(found.items()))


def _dangling(library: Library, names: Sequence[Mention]) -> Iterator[Diagnostic]:
    """Names that nothing in the library answers to."""
    known = {"block": library.blocks, "fact": library.facts, "source": library.sources, "cited": library.sources,
             "topic": library.topics, "proceeding": PROCEEDINGS, "rule": editorial()}  # fmt: skip
    for mention in names if library.complete else ():
        if library.unsound and mention.name.partition(".")[0] in library.unsound:
            continue
        if mention.kind == "printed":
            yield from _printed(library, mention)
        elif mention.kind == "contact":
            yield from _contact(library, mention)
        elif mention.name not in known[mention.kind]:
            kind = "source" if mention.kind == "cited" else mention.kind
            yield _unknown(kind, mention.name, mention.span, known[mention.kind])


def _contact(library: Library, mention: Mention) -> Iterator[Diagnostic]:
    """What is wrong with a name of whom to ask: it has to be a contact’s."""
    block = library.blocks.get(mention.name)
    if block is None or block.kind != "contacts":
        contacts = [name for name, each in library.blocks.items() if each.kind == "contacts"]
        yield _unknown("contact", mention.name, mention.span, contacts)


def _unknown(what: str, name: str, span: Span, known: Iterable[str]) -> Diagnostic:
    names = sorted(known)
    if "," in name or name == "auto":
        right = "`auto` without brackets" if name == "auto" else f"brackets round several: `[{name}]`"
        return Diagnostic(f"unknown-{what}", span, f"There is no {what} called `{name}`.", f"Write {right}.")
    few = f"There are {listed(names)}." if 0 < len(names) <= 8 else f"`despatch list {what}s` shows all."
    return Diagnostic(f"unknown-{what}", span, f"There is no {what} called `{name}`.", did_you_mean(name, names) or few)


def _printed(library: Library, mention: Mention) -> Iterator[Diagnostic]:
    """What is wrong with a name in `{{…}}`: it is no fact and no term, or asks for a date that is not there."""
    name, dot, attribute = mention.name.partition(".")
    fact = library.facts.get(name)
    if fact is None and (dot or library.term(name) is None):
        advice = did_you_mean(name, [*library.facts, *library.terms]) or "Add it to `facts` or `terms` in a seed file."
        yield Diagnostic("unknown-fact", mention.span, f"There is no fact or term called `{name}`.", advice)
    elif dot and attribute != "as_of":
        message = f"A fact has no `{attribute}` to print."
        yield Diagnostic("unknown-fact", mention.span, message, "Write `as_of` for its date.")
    elif dot and fact is not None and fact.as_of is None:
        message = f"The fact `{name}` has no `as_of` date to print."
        yield Diagnostic("no-date-to-print", mention.span, message, "Give the fact an `as_of`.")


def _charts(blocks: Iterable[Block], library: Library) -> Iterator[Diagnostic]:
    """Facts that the chart they are meant for cannot show."""
    for block in blocks:
        if block.kind == "figures" and block.content.show == "chart" and library.facts.keys() >= {*block.content.facts}:
            for name, message in unfit(block.content, library):
                yield Diagnostic("unfit-chart", name.span, message, "Show a table, or leave this one out.")


def _item_faults(own: Library, known: Library) -> Diagnostics:
    """What is wrong with what the sources of a library list, and with what its blocks name of that and of what is known."""
    return [*_same_items(own), *_same_days(own), *_unknown_items(own.blocks.values(), known)]


def _same_items(library: Library) -> Iterator[Diagnostic]:
    """Items of one source with the same id."""
    for source in library.sources.values():
        for second, first in _repeated(item.id for item in source.items):
            yield _clash(second, first, "item of this source")


def _same_days(library: Library) -> Iterator[Diagnostic]:
    """Printings of one amendment list with the same day, of which nobody can say which is the newer."""
    for source in library.sources.values():
        for date, first in _repeated(_dates_of(source)):
            message = (
                f"Another printing of `{source.id}` has the day {date} as well, so nobody can tell which is newer."
            )
            advice = "Give each printing the day on which it was published; of two on one day, keep the later."
            yield _beside(date, first, message, advice)


def _dates_of(source: Reference) -> Iterator[Scalar]:
    """The days of its printings, as they are written."""
    written = source.written[Scalar("printings")] if source.written is not None and source.printings else ()
    yield from (each[Scalar("date")] for each in written)


def _beside(second: Scalar, first: Scalar, message: str, advice: str) -> Diagnostic:
    """What is wrong with something that does not go with what stands before it."""
    related = (("the other one is here", first.span),)
    return Diagnostic("fields-do-not-fit", second.span, message, advice, related=related)


def _repeated(scalars: Iterable[Scalar]) -> Iterator[tuple[Scalar, Scalar]]:
    """Each that says the same as one before it, with the first that does."""
    seen: dict[str, Scalar] = {}
    for each in scalars:
        if (first := seen.setdefault(each, each)) is not each:
            yield each, first


def _unknown_items(blocks: Iterable[Block], library: Library) -> Iterator[Diagnostic]:
    """Items that a proposal names and its source does not list."""
    proposals = (block.content.proposal for block in blocks if block.kind == "positions")
    for proposal in (each for each in proposals if each.from_ in library.sources):
        known = [item.id for item in library.sources[proposal.from_].items]
        shows = f"`despatch coverage {proposal.from_}` shows them all." if known else "List its `items` at the source."
        for name in (each for each in proposal.all_items if each not in known):
            message = f"`{proposal.from_}` lists no item called `{name}`."
            yield Diagnostic("unknown-item", name.span, message, did_you_mean(name, known) or shows)


def _circles(library: Library) -> Iterator[Diagnostic]:
    """Topics under themselves, blocks that supersede each other, facts that equal a sum of themselves."""
    under = {name: [topic.under] if topic.under else [] for name, topic in library.topics.items()}
    after = {name: [block.superseded_by] if block.superseded_by else [] for name, block in library.blocks.items()}
    sums = {name: [each.name for each in tokens(fact.equals or "")] for name, fact in library.facts.items()}
    for what, graph, entries in (
        ("topic", under, library.topics),
        ("block", after, library.blocks),
        ("fact", sums, library.facts),
    ):
        for circle in _circles_in(graph):
            first: Any = entries[circle[0]]
            message = f"This {what} leads back to itself: {' → '.join(f'`{each}`' for each in (*circle, circle[0]))}."
            yield Diagnostic("circular", first.id.span, message, "Take one of these links away.")


def _circles_in(graph: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Each circle of links once, from its first name in the alphabet."""
    left = dict(graph)
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            circle = list(reversed(error.args[1][1:]))
            at = circle.index(min(circle))
            yield circle[at:] + circle[:at]
            del left[circle[at]]
        else:
            return


def load_brief(path: Path, library: Library) -> tuple[Brief | None, Library, Diagnostics]:
    """A brief, the library joined with what is local to it, and every fault found in it."""
    local = Library()

    def read_local(reader: Reader, data: Data) -> Library:
        nonlocal local
        entries: dict[str, list[Any]] = {}
        read_lists(reader, data, entries)
        local = _library(reader, entries)
        return local

    reader = Reader(special={Section: _section, Library: read_local})
    data = _data(reader, path)
    brief = reader.into(Brief, data, name=path.stem, written=data) if data is not None else None
    joined = replace(library.joined(local), named=(*library.named, tuple(reader.names)))
    faults = reader.faults + list(_local_clashes(library, local)) + list(_dangling(joined, reader.names))
    if local.blocks or local.facts or local.topics:
        faults += [each for each in _circles(joined) if each.span.path == path]
    faults += _charts(local.blocks.values(), joined)
    faults += _item_faults(local, joined)
    if data is None and not faults:
        faults.append(
            Diagnostic("empty-brief", Span(path), "There is nothing in this brief.", "Begin one with `despatch new`.")
        )
    if brief is not None:
        faults += _brief_faults(brief, joined)
    return brief, joined, faults


def _local_clashes(library: Library, local: Library) -> Iterator[Diagnostic]:
    for what, attribute, ours, theirs in (
        ("block", "id", local.blocks, library.blocks),
        ("fact", "id", local.facts, library.facts),
        ("source", "id", local.sources, library.sources),
        ("topic", "id", local.topics, library.topics),
        ("term", "short", local.terms, library.terms),
    ):
        for name in sorted(ours.keys() & theirs.keys()):
            yield _clash(getattr(ours[name], attribute), getattr(theirs[name], attribute), what)


def _section(reader: Reader, data: Data) -> Section | None:
    """A section: a heading, if there is one, and one list of blocks, under a kind's name or `blocks`."""
    if not isinstance(data, Written):
        reader.wrong_shape(data, "a section, such as `- key_messages: [homes-wait]`")
        return None
    lists = [key for key in data if key in all_kinds() or key == "blocks"]
    for key in data:
        if key not in (*lists, "heading", "ignore") and not key.startswith(" "):
            known = ["heading", "ignore", "blocks", *all_kinds()]
            advice = did_you_mean(key, known) or f"A section has a `heading` and one of {listed(known[2:])}."
            reader.fault("unknown-field", key.span, f"A section has no field `{key}`.", advice)
    if any(key not in (*lists, "heading", "ignore") for key in data):
        return None
    if len(lists) != 1:
        span = lists[1].span if lists else data.span
        reader.fault("fields-do-not-fit", span, f"A section has one list of blocks, and here there are {len(lists)}.",
                     "Begin a new section with a dash, or name blocks of any kind under `blocks`.")  # fmt: skip
        return None
    return _filled_section(reader, data, lists[0])


def _filled_section(reader: Reader, data: Written, name: Scalar) -> Section | None:
    specs, written = fields_of(Section), data[name]
    values = {spec.name: spec.read(reader, data[Scalar(key)]) for key, spec in specs.items() if key in data}
    if None in values.values():
        return None
    if isinstance(written, Scalar) and written == "auto":
        return Section(**values, list=name, auto=written)
    uses = reader.value(tuple[Use, ...], as_list(written) if isinstance(written, Scalar) else written)
    return None if uses is None else Section(**values, list=name, uses=uses)


def _brief_faults(brief: Brief, library: Library) -> Iterator[Diagnostic]:
    """What is wrong with a brief that each of its fields cannot show by itself."""
    yield from _house_faults(brief, library)
    yield from _day_faults(brief)
    if (named := brief.standfirst_block(library)) and named not in library.blocks:
        yield _unknown("block", named, named.span, library.blocks)
    elif named and next(bodies(library.blocks[named].content), ("none", None))[0]:
        message = f"`{named}` has no words of its own that could stand under the title."
        yield Diagnostic(
            "fields-do-not-fit", named.span, message, "Name a key message or a passage, or write words under a `|`."
        )
    for section in brief.sections:
        for use in section.uses:
            if use.use in library.blocks:
                yield from _use_faults(section, use, library.blocks[use.use])


def _house_faults(brief: Brief, library: Library) -> Iterator[Diagnostic]:
    """A proceeding that the House does not have, and a list of amendments that is the other House’s."""
    proceeding = PROCEEDINGS.get(brief.proceeding or "")
    if proceeding and brief.house and brief.house not in proceeding.houses and brief.proceeding:
        advice = f"It takes place in the {' and the '.join(HOUSES[each] for each in proceeding.houses)}."
        yield Diagnostic(
            "wrong-house", brief.proceeding.span, f"There is no {proceeding.name} in the {HOUSES[brief.house]}.", advice
        )
    named, house = brief.amendment_list, brief.house
    source = library.sources.get(named) if named else None
    if named and house and source and source.by and not source.is_before(house, brief.proceeding or ""):
        message = f"`{named}` is a list of the {source.by}; this brief is for the {HOUSES[house]}."
        advice = f"Name the list that the {HOUSES[house]} has before it, or write `house: {source.house}`."
        yield Diagnostic("wrong-house", named.span, message, advice, related=(("it says so here", source.by.span),))


def _day_faults(brief: Brief) -> Iterator[Diagnostic]:
    """Days that are written twice, and what is wrong with their numbers."""
    written = brief.written or Written()
    keys = {str(key): key for key in written}
    if brief.date and brief.dates:
        message = "Write `date` or `dates`, not both."
        yield _beside(keys["dates"], keys["date"], message, "Delete one of them.")
    for second, first in _repeated(_scalars(written, "dates")):
        yield _beside(second, first, f"{second} is a sitting day of this brief already.", "Write each day once.")
    if brief.day_numbers:
        yield from _number_faults(brief.day_numbers, len({*brief.days}), keys["day_numbers"].span)


def _number_faults(numbers: tuple[int, ...], days: int, span: Span) -> Iterator[Diagnostic]:
    """What is wrong with the numbers of sitting days: there is one for each, and they rise."""
    if len(numbers) != days:
        there = "There is one sitting day" if days == 1 else f"There are {days} sitting days"
        here = "is one number" if len(numbers) == 1 else f"are {len(numbers)} numbers"
        advice = "Write one number for each day."
        yield Diagnostic("fields-do-not-fit", span, f"{there}, and here {here}.", advice)
    elif list(numbers) != sorted({*numbers}):
        message = "The numbers of the days do not rise from one day to the next."
        yield Diagnostic("fields-do-not-fit", span, message, "Write them in order, each once, such as `[1, 2]`.")


def _scalars(written: Written, name: str) -> Iterator[Scalar]:
    """The values of a field that takes one or a list, as they are written."""
    value = written.get(Scalar(name))
    yield from (value,) if isinstance(value, Scalar) else value if isinstance(value, WrittenList) else ()


def _use_faults(section: Section, use: Use, block: Block) -> Iterator[Diagnostic]:
    if section.list not in ("blocks", block.kind):
        yield Diagnostic("wrong-list", use.use.span, f"`{use.use}` is one of the {block.kind.replace('_', ' ')}, not one of the "
                         f"{section.list.replace('_', ' ')}.", f"Name it under `{block.kind}` or `blocks`.")  # fmt: skip
    reader = Reader()
    for name in (*use.omit, *use.replace):
        if name not in (known := points_of(block)):
            _unknown_point(reader, name, known, f"`{use.use}`")
    if use.heading is not None and not hasattr(block.content, "heading"):
        reader.fault(
            "fields-do-not-fit",
            use.heading.span,
            f"`{use.use}` prints no heading that could be changed.",
            "Delete the line.",
        )
    yield from reader.faults


def topic_faults(names: Iterable[Scalar], library: Library) -> Diagnostics:
    """Faults for topics that are not in the library."""
    return [_unknown("topic", name, name.span, library.topics) for name in names if name not in library.topics]
