"""A first brief for a proceeding: its usual sections, filled from the library, for an officer to cut and order."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass

from despatch.content import PRIORITIES, Block, Library
from despatch.parliament import PROCEEDINGS
from despatch.select import holds, successor, widened

SCHEMA_LINE = "# yaml-language-server: $schema=../.schema/brief.json"


@dataclass(frozen=True)
class Wanted:
    """What the officer said of the new brief."""

    house: str
    proceeding: str
    date: dt.date
    title: str
    topics: tuple[str, ...] = ()
    style: str = "plain"

    @property
    def name(self) -> str:
        """The file's name: `lords-2022-12-08-childrens-social-care`."""
        words = re.sub(r"[’']", "", self.title.lower())
        return "-".join((self.house, self.date.isoformat(), re.sub(r"[^a-z0-9]+", "-", words).strip("-")))


def skeleton(wanted: Wanted, library: Library) -> str:
    """The new brief's YAML."""
    sections = [
        line for section in PROCEEDINGS[wanted.proceeding].sections for line in _section(section, wanted, library)
    ]
    contacts = [name for name, block in library.blocks.items() if block.kind == "contacts"]
    lines = [
        SCHEMA_LINE,
        f"title: {json.dumps(wanted.title, ensure_ascii=False)}",
        f"house: {wanted.house}",
        f"proceeding: {wanted.proceeding}",
        f"date: {wanted.date.isoformat()}",
        f"style: {wanted.style}",
        *(["sections:", *sections] if sections else ["sections: []"]),
        *(f"contact: {name}" for name in contacts[:1]),
    ]
    return "\n".join(lines) + "\n"


def _section(kind: str, wanted: Wanted, library: Library) -> list[str]:
    """A section's lines, or none where no block of its kind matches."""
    blocks = _matches(kind, wanted, library)
    return [f"  - {kind}:", *(f"      - {block.id}" for block in blocks)] if blocks else []


def _matches(kind: str, wanted: Wanted, library: Library) -> list[Block]:
    """The approved blocks of a kind that hold on the day and carry a wanted topic, by priority, then by id."""
    found = [block for block in library.blocks.values() if block.kind == kind and _fits(block, wanted, library)]
    return sorted(found, key=lambda block: (PRIORITIES.index(block.priority), block.id))


def _fits(block: Block, wanted: Wanted, library: Library) -> bool:
    allowed = not block.only.house or wanted.house in block.only.house
    fitting = not block.only.proceeding or wanted.proceeding in block.only.proceeding
    about = not wanted.topics or not block.topics or bool(set(wanted.topics) & widened(library, block.topics))
    standing = block.status == "approved" and holds(block, wanted.date) and not successor(block, library, [wanted.date])
    return allowed and fitting and about and standing
