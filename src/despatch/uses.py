"""Where anything is used: computed from what was read, never stored."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from despatch.content import Library, Mention
from despatch.diagnostics import Span
from despatch.source import Scalar, Source


@dataclass(frozen=True)
class Use:
    """A place that uses a thing: the block or fact it stands in, and through which block a brief uses it."""

    span: Span
    holder: str = ""
    through: str = ""


def in_library(name: str, library: Library) -> list[Use]:
    """The places in seeds that name a block, fact, source, topic or term."""
    holders = _Holders(library)
    return [Use(each.span, holders.of(each.text)) for each in library.mentions if _names(each, name, library)]


def in_brief(name: str, path: Path, library: Library) -> Iterator[Use]:
    """The places in a brief that use a thing: by its name, or by a block that names it in turn."""
    carriers, holders = _carriers(name, library), _Holders(library)
    for each in library.mentions:
        if each.text.source.path == path:
            if _names(each, name, library):
                yield Use(each.span, holders.of(each.text))
            elif each.kind == "block" and each.name in carriers:
                yield Use(each.span, through=each.name)


def _carriers(name: str, library: Library) -> set[str]:
    """The blocks that bring a name into a briefing: those that mention it, directly or by a fact that does."""
    carriers = {use.holder for use in in_library(name, library)}
    facts = carriers & library.facts.keys()
    return carriers.union(*(_carriers(fact, library) for fact in facts if fact != name)) & library.blocks.keys()


def _names(mention: Mention, name: str, library: Library) -> bool:
    """Whether a mention names this thing: `{{id.as_of}}` names the fact, `{{SGOs}}` the term."""
    if mention.name.partition(".")[0] == name:
        return True
    found = library.term(mention.name)
    return found is not None and found[0].short == name


class _Holders:
    """The blocks and facts by where they are written."""

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
