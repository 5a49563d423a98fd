"""The readers: one file a format, each with `read`, which gives a file's lines in order; the mirror of the writers.

What they read was made elsewhere, by any program: it is data, is never run, and reaches nothing outside the file.
"""

from __future__ import annotations

import stat
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from despatch.diagnostics import Diagnostic, Diagnostics, Span
from despatch.readers._piece import CUT, UnreadableError
from despatch.readers._tree import laid_out

if TYPE_CHECKING:
    from despatch.proof import Proof
    from despatch.style import Style

READERS = {".txt": "txt", ".md": "markdown", ".html": "html", ".htm": "html", ".docx": "word"}
"""Which module reads which files, by the end of their names."""
LARGEST_FILE = 50_000_000


def finished(path: Path, style: Style | None = None) -> tuple[Proof | None, list[str], Diagnostics]:
    """A file from elsewhere as an editor reads it, what was left out of it as page furniture, and its faults."""
    name = READERS.get(path.suffix.lower())
    if name is None:
        known = ", ".join(READERS)
        return None, [], [unreadable(path, f"This is not a file that can be read: its name ends in none of {known}.")]
    try:
        found = import_module(f"despatch.readers.{name}").read(path, bytes_of(path))
    except UnreadableError as error:
        return None, [], [unreadable(path, *error.args)]
    if not found.pieces:
        return None, found.left_out, [unreadable(path, "There are no words in this file.")]
    return laid_out(path, found, style), found.left_out, []


AGAIN = "Save it again in the program that it was made with."


def unreadable(path: Path, message: str, advice: str = AGAIN) -> Diagnostic:
    """The diagnostic that says why a file cannot be read."""
    return Diagnostic("unreadable-file", Span(path), message, advice)


def bytes_of(path: Path) -> bytes:
    """What is in a file."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableError("This is not a file that can be read.")
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", "") or type(error).__name__
        raise UnreadableError(f"This file cannot be read ({reason[:1].lower()}{reason[1:]}).") from error
    if len(data) > LARGEST_FILE:
        size = LARGEST_FILE // 1_000_000
        raise UnreadableError(f"This file is too large to be a briefing: it has more than {size} MB.", CUT)
    return data
