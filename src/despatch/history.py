"""A workspace as a revision of git has it. Git is only asked for what it keeps: it runs no programs and writes nothing."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path, PurePosixPath

FOLDERS = ("seeds", "briefs", "templates")
SAFE = ("-c", "core.fsmonitor=", "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never")
"""What no folder's own settings may change: these could name programs to run."""
OURS = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
FILES = ("100644", "100755")
"""The modes of plain files: links and other repositories are not read."""


class HistoryError(Exception):
    """Why there is no earlier version to read, as a sentence."""


def files_at(root: Path, revision: str) -> dict[str, bytes]:
    """What was in each file under `seeds`, `briefs` and `templates`, by its path from the workspace's folder."""
    commit = _commit(root, revision)
    listed = _git(root, "ls-tree", "-r", "-z", commit, "--", *FOLDERS).decode("utf-8", "replace")
    blobs: dict[str, str] = {}
    for entry in filter(None, listed.split("\0")):
        (mode, _, blob), path = entry.partition("\t")[0].split(), entry.partition("\t")[2]
        if mode in FILES and _is_inside(path):
            blobs[path] = blob
    return dict(zip(blobs, _contents(root, list(blobs.values())), strict=True))


def _commit(root: Path, revision: str) -> str:
    """The full name of a revision."""
    if not revision or revision.startswith("-"):
        raise HistoryError(f"`{revision}` is no revision. Name one as git does: HEAD~3, a branch, a tag.")
    try:
        _git(root, "rev-parse", "--git-dir")
    except HistoryError as error:
        raise HistoryError(f"There is no earlier version to compare with: git says “{error}”.") from None
    try:
        return _git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()
    except HistoryError:
        raise HistoryError(
            f"Git knows no revision `{revision}` here. `git log --oneline` shows those it has."
        ) from None


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return parts[0] in FOLDERS and ".." not in parts and "\\" not in path


def _contents(root: Path, blobs: list[str]) -> list[bytes]:
    """What is in each of these, as it is kept: nothing is converted."""
    said = _git(root, "cat-file", "--batch", asked="".join(f"{each}\n" for each in blobs))
    found, at = [], 0
    for _ in blobs:
        head, start = said[at : (end := said.index(b"\n", at))].split(), end + 1
        if len(head) != 3:
            raise HistoryError("This copy of the repository lacks some earlier files. Fetch its whole history first.")
        found.append(said[start : start + int(head[2])])
        at = start + int(head[2]) + 1
    return found


def _git(root: Path, *arguments: str, asked: str = "") -> bytes:
    """What git answers."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(  # noqa: S603 - no shell reads this
            ["git", *SAFE, "-C", str(root), *arguments],  # noqa: S607 - the officer's own git
            input=asked.encode(),
            capture_output=True,
            check=False,
            env=own | OURS,
        )
    except OSError:
        raise HistoryError("git is not installed") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise HistoryError(said[0].removeprefix("fatal: ") if said else "nothing")
    return done.stdout
