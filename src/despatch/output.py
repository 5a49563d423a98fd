"""Files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
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
        for number, (path, data) in enumerate(files.items()):
            path = path.resolve()  # else a link would be replaced, and what it leads to left as it is  # noqa: PLW2901
            written[path] = path.with_name(f"{STRAY}{os.getpid()}-{number}")
            _write(written[path], data)
            _keep_mode(path, written[path])
        for path, temporary in written.items():
            temporary.replace(path)
    finally:
        for temporary in written.values():
            temporary.unlink(missing_ok=True)


def _keep_mode(path: Path, temporary: Path) -> None:
    """Let who may read a file stay the same. One that nobody may write is not to be replaced, nor a folder of its name."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.exists():
        mode = path.stat().st_mode
        if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        temporary.chmod(stat.S_IMODE(mode))


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _clear(folder: Path) -> None:
    for stray in folder.glob(f"{STRAY}*"):
        stray.unlink(missing_ok=True)


@contextlib.contextmanager
def alone_in(place: Path) -> Iterator[None]:
    """Wait until no other command writes to a folder or a file. The system lets go when a command is killed."""
    with contextlib.ExitStack() as opened:
        if sys.platform == "win32":  # where a folder cannot be locked, a file that stands for it is
            import hashlib
            import msvcrt
            import tempfile

            key = hashlib.sha256(str(place.resolve()).encode()).hexdigest()[:16]
            stand_in = Path(tempfile.gettempdir()) / f"despatch-{key}.lock"
            msvcrt.locking(opened.enter_context(stand_in.open("a+b")).fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            handle = os.open(place, os.O_RDONLY)
            opened.callback(os.close, handle)
            with contextlib.suppress(OSError):  # some network drives have no locks
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield
