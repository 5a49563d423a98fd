"""Files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

STRAY = ".despatch-"
"""How the name of a file that is still being written begins."""


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write all the files or, when one of them cannot be written, none. Raises OSError.

    Each is written in full under another name beside its place and then renamed. One build at a time writes to a
    folder, so two builds never mix, and a name left behind by a build that was killed is cleared by the next one.
    """
    with contextlib.ExitStack() as locks:
        for folder in sorted({path.parent for path in files}):
            folder.mkdir(parents=True, exist_ok=True)
            locks.enter_context(alone_in(folder))
            _clear(folder)
        _replace_all(files)


def _replace_all(files: Mapping[Path, bytes]) -> None:
    written: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            written[path] = _write_beside(path, data)
        for path, temporary in written.items():
            temporary.replace(path)
    finally:
        for temporary in written.values():
            temporary.unlink(missing_ok=True)


def _write_beside(path: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=STRAY, dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if os.name == "posix":  # mkstemp makes a private file; a briefing has the folder's usual permissions
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
    return Path(name)


def _clear(folder: Path) -> None:
    for stray in folder.glob(f"{STRAY}*"):
        stray.unlink(missing_ok=True)


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Wait until no other build writes to the folder. The system lets go when a build is killed."""
    key = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    with (Path(tempfile.gettempdir()) / f"despatch-{key}.lock").open("a+b") as file:
        _lock(file.fileno())
        yield


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)
