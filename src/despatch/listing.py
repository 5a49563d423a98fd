"""What `list` shows: a row for each entry, under a row of heads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from msgspec import Struct

from despatch.content import Block, Fact, Library
from despatch.diagnostics import did_you_mean
from despatch.kinds import all_kinds
from despatch.load import load_brief
from despatch.parliament import HOUSES, PROCEEDINGS
from despatch.select import widened
from despatch.style import names
from despatch.workspace import Workspace

Rows = list[tuple[str, ...]]


class Wanted(Struct, frozen=True):
    """Which facts to list. Each condition narrows the list; none of them lists all facts."""

    stale_on: date | None = None
    """Those that a newer figure is due to replace before this day."""
    undated: bool = False
    """Those without a date."""
    unused: bool = False
    """Those that no seed and no brief names."""
    source: str | None = None
    """Those from this source."""

    def takes(self, fact: Fact, used: set[str]) -> bool:
        """Whether a fact is wanted, where these facts are used."""
        is_stale = self.stale_on is None or fact.is_stale(self.stale_on)
        is_unused = not self.unused or fact.id not in used
        return is_stale and is_unused and not (self.undated and fact.as_of) and self.source in (None, fact.source)


def rows(
    what: str, library: Library, workspace: Workspace, topics: Iterable[str], facts: Wanted | None = None
) -> Rows | str:
    """The rows for a list, or a sentence that says there is no such list."""
    what = what.replace("-", "_").lower()
    if what == "blocks" or what in all_kinds():
        return _blocks(library, what, set(topics))
    tables: dict[str, Callable[[], Rows]] = {
        "facts": lambda: _facts(library, workspace, facts or Wanted()),
        "sources": lambda: [
            ("source", "kind", "title"),
            *((each.id, each.kind, each.title) for each in library.sources.values()),
        ],
        "topics": lambda: [
            ("topic", "label", "under"),
            *((each.id, each.label, each.under or "") for each in library.topics.values()),
        ],
        "terms": lambda: [("term", "stands for"), *((each.short, each.long) for each in library.terms.values())],
        "briefs": lambda: [
            ("brief", "file"),
            *((path.stem, str(path.relative_to(workspace.root))) for path in workspace.briefs()[0]),
        ],
        "styles": lambda: [("style",), *((name,) for name in names(workspace.templates))],
        "proceedings": _proceedings,
    }
    if what in tables:
        return tables[what]()
    known = ["blocks", *all_kinds(), *tables]
    return f"There is no list called `{what}`. {did_you_mean(what, known) or 'There are ' + ', '.join(known) + '.'}"


def _facts(library: Library, workspace: Workspace, wanted: Wanted) -> Rows:
    used = set(_named(library, workspace)) if wanted.unused else set()
    chosen = [fact for fact in library.facts.values() if wanted.takes(fact, used)]
    return [("fact", "value", "as of", "next", "source", "what"), *(_fact(fact) for fact in chosen)]


def _fact(fact: Fact) -> tuple[str, ...]:
    dates = tuple(each.printed if each else "" for each in (fact.as_of, fact.next))
    return (fact.id, fact.value, *dates, fact.source, fact.what)


def _named(library: Library, workspace: Workspace) -> Iterable[str]:
    """What is named anywhere, in seeds or in briefs."""
    briefs = (load_brief(path, library)[1] for path in workspace.briefs()[0])
    return (mention.name.partition(".")[0] for each in (library, *briefs) for mention in each.mentions)


def _blocks(library: Library, kind: str, topics: set[str]) -> Rows:
    chosen = [
        block
        for block in library.blocks.values()
        if kind in ("blocks", block.kind) and (not topics or topics & widened(library, block.topics))
    ]
    return [("block", "kind", "priority", "topics"), *(_block(block) for block in chosen)]


def _block(block: Block) -> tuple[str, ...]:
    status = "" if block.status == "approved" else f" ({block.status})"
    return (block.id, block.kind + status, block.priority, ", ".join(block.topics))


def _proceedings() -> Rows:
    named = (
        (name, each.name, " and ".join(HOUSES[house] for house in each.houses)) for name, each in PROCEEDINGS.items()
    )
    return [("proceeding", "name", "House"), *named]
