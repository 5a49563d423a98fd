"""What a search needs of each file of seeds, and whether a library is still sound when one of its files has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from msgspec import Struct, field

from despatch.content import Block, Fact, Library, Mention, OlderValue, Reference, Term, Topic
from despatch.faults import editorial
from despatch.find import Card, Catalogue, Entry, card, entries, printed_for
from despatch.load import read_lists
from despatch.parliament import PROCEEDINGS
from despatch.reading import Reader
from despatch.source import parse, read

Stamp: TypeAlias = tuple[int, ...]
"""By what a file is known to be as it was; nothing where it could change unnoticed."""
Tie: TypeAlias = tuple[str, str, str]


class Tag(Struct, array_like=True):
    """A topic."""

    id: str
    label: str
    under: str | None
    also: tuple[str, ...]


class Sheet(Struct, array_like=True):
    """One file of seeds: its cards and topics, and by what it hangs together with the others."""

    stamp: Stamp = ()
    cards: list[Card] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    gives: list[str] = field(default_factory=list)
    """What it declares, which may be declared once only."""
    needs: set[str] = field(default_factory=set)
    """What it names, which some file has to declare."""
    ties: set[Tie] = field(default_factory=set)
    """What might close a circle, or not fit a chart."""

    def add(self, entry: Entry | Topic) -> None:
        """Note an entry."""
        if isinstance(entry, Topic):
            self.tags.append(Tag(entry.id, entry.label, entry.under, entry.also))
        else:
            self.cards.append(card(entry))
        self.gives.extend(_given(entry))
        self.needs.update(_items(entry))
        self.ties.update(_ties(entry))


def read_sheet(path: Path, stamp: Stamp) -> Sheet | None:
    """The sheet of one file, if there is no fault in it."""
    reader, sheet, found = Reader(), Sheet(stamp), defaultdict[str, list[Any]](list)
    source, faults = read(path)
    data, more = parse(source) if source is not None else (None, [])
    if data is not None:
        read_lists(reader, data, found)
    for entry in (each for name in found if name != "words" for each in found[name]):
        sheet.add(entry)
    sheet.needs.update(map(_named, reader.names))
    return None if faults or more or reader.faults else sheet


def sheets_of(library: Library, stamps: Mapping[str, Stamp]) -> dict[str, Sheet]:
    """The sheets of a library that has just been read, by the paths of its files."""
    sheets = defaultdict(Sheet, {path: Sheet(stamp) for path, stamp in stamps.items()})
    for entry in (*entries(library), *library.topics.values()):
        name = entry.short if isinstance(entry, Term) else entry.id
        sheets[str(name.source.path)].add(entry)
    for mention in library.mentions:
        sheets[str(mention.text.source.path)].needs.add(_named(mention))
    return sheets


def collected(sheets: Collection[Sheet]) -> Catalogue:
    """The catalogue of all the cards, each of them filled in."""
    cards, printed = [each for sheet in sheets for each in sheet.cards], values(sheets)
    for each in cards:
        if not each.folded:
            each.fill(printed)
    blocks: Any = {each.id: each for each in cards if each.is_block}
    topics: Any = {each.id: each for sheet in sheets for each in sheet.tags}
    return Catalogue(cards, printed, Library(blocks, topics=dict(sorted(topics.items()))))


def values(sheets: Iterable[Sheet]) -> dict[str, str]:
    """What is printed for each name."""
    return printed_for(each for sheet in sheets for each in sheet.cards)


# What `load_library` finds between one entry and another.


def still_sound(old: Iterable[Sheet], new: Collection[Sheet]) -> bool:
    """Whether a library that was sound is so for certain with these sheets in place of the old ones."""
    gives = [name for sheet in new for name in sheet.gives]
    known = {*gives, *(f"proceeding {each}" for each in PROCEEDINGS), *(f"rule {each}" for each in editorial())}
    ties = {tie for sheet in new for tie in sheet.ties}
    drawn = {name for what, names, _ in ties if what == "chart" for name in names.split()}
    added = ties.difference(*(sheet.ties for sheet in old))
    return (
        len(gives) == len(set(gives))
        and all(_is_known(name, known) for sheet in new for name in sheet.needs)
        and all(what == "value" and name not in drawn for what, name, _ in added)
    )


def _given(entry: Entry | Topic) -> Iterator[str]:
    """What an entry declares."""
    if isinstance(entry, Block):
        yield f"block {entry.id}"
    elif isinstance(entry, Fact):
        yield f"fact {entry.id}"
        if entry.as_of is not None:
            yield f"fact {entry.id}.as_of"
    elif isinstance(entry, Reference):
        yield f"source {entry.id}"
        yield from (f"item {entry.id}/{item.id}" for item in entry.items)
    else:
        yield f"term {entry.short}" if isinstance(entry, Term) else f"topic {entry.id}"


def _named(mention: Mention) -> str:
    """What a name needs, in the words of `_given`; `printed` where that may be a fact or a term."""
    kind = "source" if mention.kind == "cited" else mention.kind
    return f"{'fact' if kind == 'printed' and '.' in mention.name else kind} {mention.name}"


def _items(entry: Entry | Topic) -> Iterator[str]:
    """The items of a document that a position answers."""
    if isinstance(entry, Block) and entry.kind == "positions":
        proposal = entry.content.proposal
        yield from (f"item {proposal.from_}/{each}" for each in proposal.all_items)


def _is_known(name: str, known: set[str]) -> bool:
    kind, _, printed = name.partition(" ")
    terms = (f"fact {printed}", f"term {printed}", *([f"term {printed[:-1]}"] if printed.endswith("s") else []))
    return name in known or (kind == "printed" and not known.isdisjoint(terms))


def _ties(entry: Entry | Topic) -> Iterator[Tie]:
    """By what an entry could stand in a circle, or in a chart."""
    link: str | None = None
    if isinstance(entry, Fact):
        older: Sequence[Fact | OlderValue] = (entry, *entry.was)
        yield "value", entry.id, repr([(each.value, each.as_of is None) for each in older])
        link = entry.equals
    elif isinstance(entry, Topic | Block):
        link = entry.under if isinstance(entry, Topic) else entry.superseded_by
    if link:
        yield "link", next(_given(entry)), link
    if isinstance(entry, Block) and entry.kind == "figures" and entry.content.show == "chart":
        yield "chart", " ".join(entry.content.facts), ""
