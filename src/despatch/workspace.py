"""A workspace: a folder with `seeds/` and `briefs/`, and what is found in it."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from despatch.diagnostics import Diagnostic, Diagnostics, Span, did_you_mean
from despatch.load import yaml_files


class Workspace(Struct, frozen=True):
    """Where an office's files are."""

    root: Path

    @property
    def seeds(self) -> Path:
        """The library's folder."""
        return self.root / "seeds"

    @property
    def templates(self) -> Path:
        """The styles' folder, which need not be there."""
        return self.root / "templates"

    def briefs(self) -> tuple[list[Path], Diagnostics]:
        """Every brief, in order of name, and files that are in the way."""
        return yaml_files(self.root / "briefs")

    def brief(self, name: str) -> tuple[Path | None, Diagnostics]:
        """The brief with this path, or with this name under `briefs/`."""
        for path in (Path(name), self.root / "briefs" / f"{name}.yaml"):
            if path.suffix == ".yaml" and path.exists():
                return path, []
        known = {path.stem: path for path in self.briefs()[0]}
        if name in known:
            return known[name], []
        advice = did_you_mean(Path(name).stem, known) or "`despatch list briefs` shows all."
        return None, [
            Diagnostic("unknown-brief", Span(self.root / "briefs"), f"There is no brief called `{name}`.", advice)
        ]


def find_workspace(start: Path) -> Workspace | None:
    """The nearest folder, from this one upwards, that has `seeds/` and `briefs/`."""
    for folder in (start, *start.parents):
        if (folder / "seeds").is_dir() and (folder / "briefs").is_dir():
            return Workspace(folder)
    return None
