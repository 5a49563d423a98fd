"""What `list` shows: a row for each entry, under a row of heads."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from despatch.content import Block, Library
from despatch.diagnostics import did_you_mean
from despatch.kinds import all_kinds
from despatch.parliament import HOUSES, PROCEEDINGS
from despatch.select import widened
from despatch.style import names
from despatch.workspace import Workspace

Rows = list[tuple[str, ...]]


def rows(what: str, library: Library, workspace: Workspace, topics: Iterable[str]) -> Rows | str:
    """The rows for a list, or a sentence that says there is no such list."""
    what = what.replace("-", "_").lower()
    if what == "blocks" or what in all_kinds():
        return _blocks(library, what, set(topics))
    tables: dict[str, Callable[[], Rows]] = {
        "facts": lambda: [
            ("fact", "value", "what"),
            *((each.id, each.value, each.what) for each in library.facts.values()),
        ],
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
