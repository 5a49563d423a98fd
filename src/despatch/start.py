"""A workspace to begin with: its folders, and a small library to change."""

from __future__ import annotations

from pathlib import Path

FIRST = Path(__file__).parent / "first"
SIGN = "Each file here is one briefing. Begin one with: despatch new\n"


def beginnings(folder: Path) -> dict[Path, bytes]:
    """The files of a new workspace in this folder."""
    seeds = {folder / path.relative_to(FIRST): path.read_bytes() for path in sorted(FIRST.rglob("*.yaml"))}
    return {**seeds, folder / "briefs" / "README.txt": SIGN.encode()}
