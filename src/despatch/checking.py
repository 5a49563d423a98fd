"""Everything that can be said of a workspace: its library, its briefs and its styles."""

from __future__ import annotations

from despatch.build import WRITERS, Tailoring, prepare, style_faults
from despatch.diagnostics import Diagnostics, Span
from despatch.load import load_library
from despatch.style import load_style, names
from despatch.workspace import Workspace


def everything(workspace: Workspace, briefs: list[str]) -> Diagnostics:
    """Every fault in the library, in the briefs named (or all of them), and in the workspace's own styles."""
    library, faults = load_library(workspace.seeds)
    paths, more = workspace.briefs() if not briefs else ([], [])
    faults += more
    for name in briefs:
        path, more = workspace.brief(name)
        faults += more
        paths += [path] if path else []
    for path in paths:
        faults += prepare(workspace, path, library, Tailoring())[1]
    faults += _styles(workspace)
    return sorted(dict.fromkeys(faults), key=lambda each: each.order)


def _styles(workspace: Workspace) -> Diagnostics:
    faults: Diagnostics = []
    for name in names(workspace.templates):
        if (workspace.templates / name).is_dir():
            style, more = load_style(name, workspace.templates, Span(workspace.templates))
            faults += more + (style_faults(style, WRITERS) if style else [])
    return faults
