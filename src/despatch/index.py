"""What `find` keeps from one search to the next, so that only files that have changed are read again.

It is kept in the user’s own cache folder, and read by `find` alone: nothing that is printed or checked comes from it.
Where there is any doubt whether the library is still sound, everything is read as though nothing were kept.
"""

from __future__ import annotations

import os
import sys
import time
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import MsgspecError, Struct, field, msgpack

from despatch import __version__
from despatch.content import Library
from despatch.diagnostics import Diagnostics, has_errors
from despatch.find import Catalogue, LastUse, Named, named, uses
from despatch.load import load_library, yaml_files
from despatch.output import write_files
from despatch.sheets import Sheet, Stamp, collected, read_sheet, sheets_of, still_sound, values
from despatch.workspace import Workspace

FEW = 50
"""How many changed files are read one by one: more are read with all the others."""
SETTLED = 2_000_000_000
"""For how many nanoseconds a file is left alone before its times can tell whether it has changed since."""


class Index(Struct, array_like=True):
    """What is kept of a workspace, by the paths of its files."""

    seeds: dict[str, Sheet] = field(default_factory=dict)
    briefs: dict[str, tuple[Stamp, Named | None]] = field(default_factory=dict)
    changed: bool = False


def opened(workspace: Workspace) -> tuple[Index, Catalogue, Diagnostics]:
    """What is kept, with the seeds as they are now; their catalogue; and what there is to say of them."""
    kept = _kept(workspace)
    paths, faults = yaml_files(workspace.seeds)
    stamps = _stamps(paths)
    sheets = None if has_errors(faults) else _renewed(kept.seeds, stamps)
    if sheets is not None:
        return Index(sheets, kept.briefs, sheets is not kept.seeds), collected(sheets.values()), faults
    library, found = load_library(workspace.seeds)
    if has_errors(found):
        return kept, Catalogue([], {}, library), found
    sheets = sheets_of(library, stamps)
    return Index(sheets if found == faults else {}, kept.briefs, changed=True), collected(sheets.values()), found


def last_uses(workspace: Workspace, index: Index, library: Library) -> dict[str, LastUse]:
    """For each block that a brief names, the last day for which one does. All is kept for the next time."""
    briefs: dict[str, tuple[Stamp, Named | None]] = {}
    for path, stamp in _stamps(workspace.briefs()[0]).items():
        was = index.briefs.get(path)
        briefs[path] = was if was and stamp and was[0] == stamp else (stamp, named(Path(path)))
    if index.changed or briefs != index.briefs:
        _keep(workspace, Index(index.seeds, briefs))
    return uses((each for _, each in briefs.values()), library)


def _renewed(old: dict[str, Sheet], stamps: Mapping[str, Stamp]) -> dict[str, Sheet] | None:
    """The sheets of the files as they are now: the old ones, if none has changed, or None if all are to be read."""
    anew = {path for path, stamp in stamps.items() if not stamp or path not in old or old[path].stamp != stamp}
    if not anew and old.keys() == stamps.keys():
        return old
    sheets: dict[str, Sheet] = {}
    for path, stamp in stamps.items() if old and len(anew) <= FEW else ():
        sheet = read_sheet(Path(path), stamp) if path in anew else old[path]
        if sheet is None:
            return None
        sheets[path] = sheet
    if not sheets or not still_sound(old.values(), sheets.values()):
        return None
    if values(old.values()) != values(sheets.values()):
        _empty(sheets.values())
    return sheets


def _empty(sheets: Iterable[Sheet]) -> None:
    """Let each card that names a fact, or has a number from a list, be filled in again."""
    for card in (each for sheet in sheets for each in sheet.cards if "{{" in each.words):
        card.folded = ""


# Files.


def _stamps(paths: Iterable[Path]) -> dict[str, Stamp]:
    settled = time.time_ns() - SETTLED
    return {str(path): _stamp(path, settled) for path in paths}


def _stamp(path: Path, settled: int) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return ()
    changed = (found.st_mtime_ns, found.st_ctime_ns)
    return (found.st_size, found.st_ino, *changed) if max(changed) < settled else ()


def _place(workspace: Workspace) -> Path:
    """Where the index is kept. Two workspaces of one name would only take longer: paths are kept in full."""
    home = Path(os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "HOME", ""))
    usual = {"win32": home, "darwin": home / "Library" / "Caches"}.get(sys.platform, home / ".cache")
    folder = Path(os.environ.get("XDG_CACHE_HOME") or usual)
    if not folder.is_absolute():
        raise FileNotFoundError
    return folder / "despatch" / f"find-{zlib.crc32(os.fsencode(workspace.root.resolve())):08x}"


def _head(body: bytes | memoryview) -> bytes:
    """What stands before an index, so that neither a damaged one is read nor that of another program."""
    here = Path(__file__).parent
    newest = max(each.stat().st_mtime_ns for folder in (here, here / "kinds") for each in folder.glob("*.py"))
    return f"despatch {__version__} {newest:x} {sys.hexversion:x} {zlib.crc32(body):08x}\n".encode()


def _kept(workspace: Workspace) -> Index:
    """What was kept; nothing, if anything is the matter with it."""
    try:
        data = _place(workspace).read_bytes()
        body = memoryview(data)[data.index(b"\n") + 1 :]
        return msgpack.decode(body, type=Index) if data.startswith(_head(body)) else Index()
    except (OSError, ValueError, MsgspecError):
        return Index()


def _keep(workspace: Workspace, index: Index) -> None:
    """Write the index, or do without."""
    with suppress(OSError, ValueError):
        place, body = _place(workspace), msgpack.encode(index, enc_hook=str)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_files({place: _head(body) + body})
