"""Files that are saved while somebody writes, and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

SUFFIXES = (".yaml", ".docx", ".j2", ".css")
"""What an office's folders hold that a check reads."""
PAUSE = 50
"""Milliseconds without a change after which a save is over: an editor may write a file in several steps."""


def saves(folders: Sequence[Path], files: Sequence[Path] = ()) -> Iterator[set[Path]]:
    """The files just saved, made, renamed or deleted, each time that there are any. Ctrl-C ends it.

    First come none, as soon as nothing that is saved from then on can be missed. Of the folders, and of all within them,
    every file that a check reads counts; of other places only the files named.
    """
    from watchfiles import watch  # imported here: only this needs it

    inside = [each.resolve() for each in folders if each.is_dir()]
    named = {each.parent.resolve() / each.name for each in files}
    places = {*inside, *(each.parent for each in named)}
    changes = watch(
        *places,
        watch_filter=lambda _, path: Path(path) in named or _is_read(Path(path), inside),
        step=PAUSE,
        rust_timeout=PAUSE,
        yield_on_timeout=True,
        recursive=bool(inside),
        ignore_permission_denied=True,
    )
    with suppress(KeyboardInterrupt):
        yield from ({Path(path) for _, path in each} for number, each in enumerate(changes) if each or not number)


def _is_read(path: Path, folders: list[Path]) -> bool:
    """Whether a check reads this file of a folder: neither a hidden one, nor what Word keeps beside an open file."""
    is_ours = path.name.endswith(SUFFIXES) and not path.name.startswith((".", "~$"))
    return is_ours and any(path.is_relative_to(each) for each in folders)
