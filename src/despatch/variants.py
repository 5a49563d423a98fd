"""Which wordings blocks have, and which of them each briefing prints: where one is lacking, and another is printed."""

from __future__ import annotations

from collections.abc import Iterator

from despatch.content import Block, Library, bodies
from despatch.office import Briefing

Row = tuple[str, str, str, str]


def rows(library: Library, briefings: tuple[Briefing, ...]) -> list[Row]:
    """The blocks that have more than one wording, each briefing that prints one, and which; the first row is the heads."""
    found = [
        row for block in library.blocks.values() if (names := _wordings(block)) for row in _of(block, names, briefings)
    ]
    return [("block", "wordings", "briefing", "prints"), *sorted(found)]


def _wordings(block: Block) -> str:
    """The names of a block's wordings besides its own."""
    names = dict.fromkeys(str(name) for _, body in bodies(block.content) for name in body.variants)
    return ", ".join(sorted(names))


def _of(block: Block, names: str, briefings: tuple[Briefing, ...]) -> Iterator[Row]:
    """A row for each briefing that prints a block, or one that says that none does."""
    said = {
        briefing.name: each.wording
        for briefing in briefings
        for each in briefing.selection.decisions
        if each.block == block.id and each.included and each.wording
    }
    yield from ((block.id, names, briefing, wording) for briefing, wording in (said or {"": "nowhere printed"}).items())
