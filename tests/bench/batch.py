"""One brief tailored in many ways and printed in one process, by the functions that `despatch build` calls.

python batch.py OUT NUMBER BRIEF, in a workspace
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from despatch.build import Tailoring, laid_out, prepare, printed
from despatch.content import Library
from despatch.load import load_library
from despatch.output import write_files
from despatch.workspace import Workspace


def main(out: Path, number: int, name: str) -> None:
    """Print the first so many variants that have anything in them."""
    workspace = Workspace(Path.cwd())
    library, _ = load_library(workspace.seeds)
    made = islice(_variants(workspace, library, name), number)
    write_files({out / f"{name}--{flags}.docx": data for flags, data in made})


def _variants(workspace: Workspace, library: Library, name: str) -> Iterator[tuple[str, bytes]]:
    path = workspace.root / "briefs" / f"{name}.yaml"
    for tailoring in _tailorings(library):
        prepared, _ = prepare(workspace, path, library, tailoring)
        document, _ = laid_out(prepared, tailoring, path) if prepared else (None, [])
        if prepared and document:
            yield tailoring.flags, printed(document, prepared.style, ["docx"])[0]["docx"]


def _tailorings(library: Library) -> Iterator[Tailoring]:
    for length in ("full", "standard", "short"):
        for topic in library.topics:
            yield Tailoring(topics=(topic,), length=length)
            yield Tailoring(without=(topic,), length=length)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
