"""A first brief for a proceeding, in the words an officer would write it in: its sections hold what `proposing` chose."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from despatch.dates import in_full
from despatch.parliament import HOUSES, PROCEEDINGS
from despatch.source import as_yaml

SCHEMA_LINE = "# yaml-language-server: $schema=../.schema/brief.json"
AUDIENCES = {"commons": "mps", "lords": "peers"}
"""Who reads a briefing for each House, as `only` says it."""
HEADINGS = {"passages": "Background"}
"""The headings of sections whose blocks may have none of their own."""
LONGEST = 100
"""How many letters the name of a file has at the most: room is left for what `build` adds to it."""
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LOCAL_LIST = "amendment-list"
"""The id of a list of amendments that only the brief itself knows."""


class Wanted(Struct, frozen=True):
    """What is known of the new brief: what the officer said, and what need not be asked."""

    house: str
    proceeding: str
    dates: tuple[dt.date, ...]
    title: str
    topics: tuple[str, ...] = ()
    style: str = ""
    """Where none is said, that of the office’s newest brief."""
    contact: str = ""
    particulars: Mapping[str, str] = field(default_factory=dict)
    """What the proceeding asks for, by the brief’s field: `bill`, `motion`, …"""

    @property
    def name(self) -> str:
        """The file's name, `lords-2022-12-08-childrens-social-care`, cut at the end of a word where the title is long."""
        letters = unicodedata.normalize("NFKD", self.title.lower())
        words = re.findall("[a-z0-9]+", re.sub("[’'\u0300-\u036f]", "", letters))
        name = "-".join((self.house, self.dates[0].isoformat(), *words))
        return name if len(name) <= LONGEST else name[: LONGEST + 1].rpartition("-")[0]


class Proposed(NamedTuple):
    """A section’s blocks, and those that fit too and for which there was no room."""

    kind: str
    names: Sequence[str]
    over: Sequence[str] = ()


def skeleton(wanted: Wanted, sections: Iterable[Proposed]) -> str:
    """The new brief's YAML."""
    filled = [line for each in sections if each.names for line in _section(each)]
    lines = [
        SCHEMA_LINE,
        f"# {_opening(wanted)}",
        "",
        f"title: {as_yaml(wanted.title)}",
        f"house: {wanted.house}",
        f"proceeding: {wanted.proceeding}",
        _days(wanted.dates),
        *_particulars(wanted.particulars),
        f"style: {wanted.style}",
        f"audience: {AUDIENCES[wanted.house]}",
        *(["sections:", *filled] if filled else ["sections: []"]),
        *([f"contact: {wanted.contact}"] if wanted.contact else []),
        *_local(wanted.particulars),
    ]
    return "\n".join(lines) + "\n"


def _opening(wanted: Wanted) -> str:
    called = PROCEEDINGS[wanted.proceeding].name_in(wanted.house)
    days = " and ".join(map(in_full, wanted.dates))
    return f"{called[0].upper()}{called[1:]}, {HOUSES[wanted.house]}, {days}."


def _days(days: tuple[dt.date, ...]) -> str:
    shown = [day.isoformat() for day in days]
    return f"date: {shown[0]}" if len(shown) == 1 else f"dates: [{', '.join(shown)}]"


def _particulars(given: Mapping[str, str]) -> list[str]:
    """A line for each; a list of amendments that is told in words stands under `local`."""
    named = {**given} | ({"amendment_list": LOCAL_LIST} if _is_in_words(given) else {})
    return [f"{field}: {as_yaml(words)}" for field, words in named.items()]


def _local(given: Mapping[str, str]) -> list[str]:
    """The list of amendments, where it is told in words: a source of this brief alone."""
    if not _is_in_words(given):
        return []
    source = [f"- id: {LOCAL_LIST}", "  kind: amendment-list", f"  title: {as_yaml(given['amendment_list'])}"]
    return ["local:", "  sources:", *(f"    {line}" for line in source)]


def _is_in_words(given: Mapping[str, str]) -> bool:
    return "amendment_list" in given and not ID.fullmatch(given["amendment_list"])


def _section(section: Proposed) -> list[str]:
    """A section's lines, on one line where it has one block; what there was no room for is said in a comment."""
    named = [f"{section.kind}:", *(f"  - {name}" for name in section.names)]
    over = [f"  # also fits: {', '.join(section.over)}"] if section.over else []
    lines = [f"{section.kind}: [{section.names[0]}]"] if len(section.names) == 1 and not over else [*named, *over]
    lines = [f"heading: {HEADINGS[section.kind]}", *lines] if section.kind in HEADINGS else lines
    return [f"  - {lines[0]}", *(f"    {line}" for line in lines[1:])]
