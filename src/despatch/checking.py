"""Everything that can be said of a workspace: its library, its briefs and its styles."""

from __future__ import annotations

from pathlib import Path

from despatch.build import WRITERS, Tailoring, laid_out, prepare, style_faults
from despatch.content import Library
from despatch.diagnostics import Diagnostics, Span, has_errors
from despatch.load import load_library
from despatch.office import Briefing, Office
from despatch.silence import check
from despatch.style import load_style, names
from despatch.values import unreadable
from despatch.workspace import Workspace


def everything(workspace: Workspace, briefs: list[str]) -> Diagnostics:
    """Every fault in the library, in the briefs named (or all of them), and in the workspace's own styles."""
    library, faults = load_library(workspace.seeds)
    paths, more = _paths(workspace, briefs)
    faults += more
    briefings = []
    for path in paths:
        briefing, more = _briefing(workspace, path, library)
        faults += more
        briefings += [briefing] if briefing else []
    office = Office(library, tuple(briefings), is_whole=not briefs and not has_errors(faults))
    faults += [*unreadable(office.facts.values()), *check(office)]
    faults += _styles(workspace)
    return sorted(dict.fromkeys(faults), key=lambda each: each.order)


def doubts(briefing: Briefing) -> Diagnostics:
    """What is doubtful about the figures that one briefing prints."""
    office = Office(briefing.selection.library, (briefing,), is_whole=False)
    entries = [fact.written for fact in briefing.facts if fact.written is not None]
    return [
        each
        for each in (*unreadable(office.facts.values()), *check(office))
        if any(entry.source.path == each.span.path and entry.start <= each.span.start < entry.end for entry in entries)
    ]


def _paths(workspace: Workspace, briefs: list[str]) -> tuple[list[Path], Diagnostics]:
    if not briefs:
        return workspace.briefs()
    found = [workspace.brief(name) for name in briefs]
    return [path for path, _ in found if path], [fault for _, faults in found for fault in faults]


def _briefing(workspace: Workspace, path: Path, library: Library) -> tuple[Briefing | None, Diagnostics]:
    """A brief as it would be built, if it can be, and what stands in the way."""
    prepared, faults = prepare(workspace, path, library, Tailoring())
    if prepared is None or has_errors(faults):
        return None, faults
    document, more = laid_out(prepared, Tailoring(), path)
    if document is None and (library.unsound or not library.complete):
        return None, faults  # what should print may be what could not be read
    return Briefing(path, prepared.selection, document, prepared.style) if document else None, faults + more


def _styles(workspace: Workspace) -> Diagnostics:
    faults: Diagnostics = []
    for name in names(workspace.templates):
        if (workspace.templates / name).is_dir():
            style, more = load_style(name, workspace.templates, Span(workspace.templates))
            faults += more + (style_faults(style, WRITERS) if style else [])
    return faults
