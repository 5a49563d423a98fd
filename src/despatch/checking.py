"""Everything that can be said of a workspace: its library, its briefs and its styles."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from despatch.build import WRITERS, Tailoring, laid_out, prepare, style_faults
from despatch.content import Library
from despatch.diagnostics import Diagnostics, Span, has_errors
from despatch.load import load_library
from despatch.office import Briefing, Office
from despatch.silence import check
from despatch.source import is_in
from despatch.spelling import begin
from despatch.style import is_as_shipped, load_style, names, shipped
from despatch.values import unreadable
from despatch.workspace import Workspace


def everything(workspace: Workspace, briefs: list[str]) -> Diagnostics:
    """Every fault in the library, in the briefs named (or all of them), and in the workspace's own styles."""
    begin()
    office, faults = opened(workspace, briefs)
    faults += [*unreadable(office.facts.values()), *check(office)]
    faults += _styles(workspace)
    return sorted(dict.fromkeys(faults), key=lambda each: each.order)


def opened(workspace: Workspace, briefs: list[str]) -> tuple[Office, Diagnostics]:
    """The library and the briefs named (or all of them) as rules look at them, and the faults in what was read."""
    library, faults = load_library(workspace.seeds)
    paths, more = _paths(workspace, briefs)
    faults += more
    briefings = []
    for path in paths:
        briefing, more = _briefing(workspace, path, library)
        faults += more
        briefings += [briefing] if briefing else []
    return Office(library, tuple(briefings), is_whole=not briefs and not has_errors(faults)), faults


class Read(NamedTuple):
    """What is found in a file from elsewhere, and what was left out of it as no part of the text."""

    faults: Diagnostics
    left_out: list[str]


def elsewhere(path: Path, workspace: Workspace | None, style: str) -> Read:
    """What the rules find in a finished document that Despatch did not make, such as last month's Word file.

    The terms, words, facts and sources of a workspace are known; its blocks are not looked at.
    """
    from despatch.readers import finished  # imported here: most checks are of an office's own files

    begin()
    library, _ = load_library(workspace.seeds) if workspace else (Library(), [])
    templates = workspace.templates if workspace else shipped()
    worn, faults = load_style(style, templates, Span(Path("--style"), 0))
    proof, left_out, more = finished(path, worn)
    faults += more
    if proof is None or has_errors(faults):
        return Read(faults, left_out)
    known = replace(library, blocks={}, named=())
    found = check(Office(known, (), (proof,), is_whole=False))
    faults += [each for each in found if each.span.path == path]
    return Read(sorted(dict.fromkeys(faults), key=lambda each: each.order), left_out)


def doubts(briefing: Briefing) -> Diagnostics:
    """What is doubtful about the figures that one briefing prints."""
    office = Office(briefing.selection.library, (briefing,), is_whole=False)
    return [
        each
        for each in (*unreadable(office.facts.values()), *check(office))
        if any(is_in(each.span, fact.written) for fact in briefing.facts)
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
    if _is_in_doubt(prepared.selection.library):
        return None, faults
    document, more = laid_out(prepared, Tailoring(), path)
    if document is None and library.unsound:
        return None, faults  # what should print may be what could not be read
    return Briefing(path, prepared.selection, document, prepared.style) if document else None, faults + more


def _is_in_doubt(library: Library) -> bool:
    """Whether something names an entry that has a fault, or may be in a file that could not be read: it cannot print."""
    unsound = library.unsound
    return not library.complete or any(unsound and each.name.partition(".")[0] in unsound for each in library.mentions)


def _styles(workspace: Workspace) -> Diagnostics:
    faults: Diagnostics = []
    for name in names(workspace.templates):
        if (workspace.templates / name).is_dir():
            style, more = load_style(name, workspace.templates, Span(workspace.templates))
            tried = style and not is_as_shipped(style.folder)  # those that come with the program are tested with it
            faults += more + (style_faults(style, WRITERS) if style and tried else [])
    return faults
