"""Helpers for the tests: small workspaces, and the command as an officer runs it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from despatch.cli import app
from despatch.diagnostics import Span
from despatch.style import Style, load_style
from despatch.workspace import Workspace

ROOT = Path(__file__).parents[1]
LAYOUTS = ("stacked", "side-by-side")


def workspace(folder: Path, seeds: str, brief: str | None = None) -> Workspace:
    """A workspace with one seed file and, if given, one brief called `lords`."""
    for name in ("seeds", "briefs"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "seeds" / "homes.yaml").write_text(seeds, encoding="utf-8")
    if brief is not None:
        (folder / "briefs" / "lords.yaml").write_text(brief, encoding="utf-8")
    return Workspace(folder)


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """What `despatch …` prints and returns in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "despatch", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def with_layout(style_name: str, layout: str, folder: Path) -> Style:
    """One of our styles with a layout for positions, as a folder of its name in another: a workspace’s `templates`."""
    shutil.copytree(ROOT / "templates" / style_name, folder / style_name, dirs_exist_ok=True)
    path = folder / style_name / "style.yaml"
    written = re.sub(r"(?m)^positions: .*$", f"positions: {layout}", path.read_text(encoding="utf-8"))
    path.write_text(written, encoding="utf-8", newline="\n")
    style, faults = load_style(style_name, folder, Span(path))
    assert style is not None, faults
    assert style.positions == layout
    return style


def commands(group: Any = None, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every command by its full name, such as `fact set`, as it is read from its file."""
    group = group or typer.main.get_command(app)
    for name in group.commands:
        _, command, _ = group.resolve_command(typer.Context(group), [name])
        if hasattr(command, "commands"):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command
