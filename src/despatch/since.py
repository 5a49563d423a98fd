"""What the changes since an earlier revision do to each briefing. Those that no change leads to are not laid out."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from despatch.build import Prepared
from despatch.content import Library
from despatch.diagnostics import Diagnostic, has_errors
from despatch.history import HistoryError, files_at
from despatch.impact import Difference, compared, content_in, prepared_in
from despatch.load import load_library, parts, yaml_files
from despatch.uses import Holders, Key, Thing, target
from despatch.workspace import Workspace

LISTS = {"block": "blocks", "fact": "facts", "source": "sources", "topic": "topics", "term": "terms"}


class Since(Struct, frozen=True):
    """What has changed since a revision, and what that does to the briefings."""

    revision: str
    files: list[str]
    """The files that differ, by their paths."""
    things: list[Key]
    """The blocks, facts, sources, topics and terms that differ; for a block that is as it was, of those that it prints."""
    thing: Thing | None = None
    """The one thing whose change is looked at by itself."""
    differences: dict[str, list[Difference]] = field(default_factory=dict)
    """By the brief's name, those that print the same left out."""
    new: list[str] = field(default_factory=list)
    """The briefs that were not there."""
    gone: list[str] = field(default_factory=list)
    """The briefs that are there no more."""
    unsound: list[str] = field(default_factory=list)
    """The briefs that cannot be built, now or then."""
    broken: list[str] = field(default_factory=list)
    """Those of them that could be built then."""

    @property
    def is_as_it_was(self) -> bool:
        """Whether the one thing is written as it was, whatever may have become of what it names."""
        return self.thing is not None and _key(self.thing) not in self.things


def since(revision: str, workspace: Workspace, library: Library, thing: Thing | None = None) -> Since:
    """What every change since a revision does, or the change of one thing with all else as it is now."""
    now = _files(workspace)
    then = {path: data for path, data in files_at(workspace.root, revision).items() if _is_read(path)}
    root = workspace.root.resolve()
    then |= {path: data for path, data in now.items() if _is_linked(root, path)}
    files = sorted(path for path in now.keys() | then.keys() if not _same(now.get(path), then.get(path)))
    with tempfile.TemporaryDirectory() as folder:
        copy = _written(then, Path(folder))
        same = {path for path, data in now.items() if then.get(path) == data}
        changed = any(each.startswith("seeds/") for each in files)
        old = _library(copy, revision, (workspace, library), same) if changed else library
        things = sorted(_changed(library, old))
        if thing is not None:
            return _of_one(Since(revision, files, things, thing), (workspace, library), old)
        found = Since(revision, files, things)
        _compare_all(found, (workspace, library), (copy, old))
    return found


# Files.


def _files(workspace: Workspace) -> dict[str, bytes]:
    """What is in each file that Despatch reads, by its path from the workspace's folder."""
    paths = [*yaml_files(workspace.seeds)[0], *workspace.briefs()[0]]
    paths += [path for path in workspace.templates.rglob("*") if path.is_file()] if workspace.templates.is_dir() else []
    return {path.relative_to(workspace.root).as_posix(): path.read_bytes() for path in paths}


def _is_read(path: str) -> bool:
    """Whether Despatch would read the file: neither hidden nor of another kind."""
    hidden = any(part.startswith((".", "~")) for part in path.split("/"))
    return path.startswith("templates/") or (path.endswith(".yaml") and not hidden)


def _is_linked(root: Path, path: str) -> bool:
    """Whether a link leads to the file, so that its history is kept elsewhere: it counts as unchanged."""
    return (root / path).resolve() != root / path


def _same(first: bytes | None, second: bytes | None) -> bool:
    """Whether two files say the same, whatever their line ends."""
    if first is None or second is None or first == second:
        return first == second
    return first.replace(b"\r\n", b"\n") == second.replace(b"\r\n", b"\n")


def _written(files: dict[str, bytes], folder: Path) -> Workspace:
    """A workspace of these files."""
    for name in ("seeds", "briefs", "templates"):
        (folder / name).mkdir()
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return Workspace(folder)


def _library(copy: Workspace, revision: str, now: tuple[Workspace, Library], same: set[str]) -> Library:
    """The library as it was. What it has from the files that are the same is known, and stays where it is written."""
    workspace, library = now
    here = {path.relative_to(workspace.root).as_posix(): part for path, part in parts(library).items()}
    library, faults = load_library(copy.seeds, {copy.root / path: part for path, part in here.items() if path in same})

    def place(fault: Diagnostic) -> tuple[str, int, str]:
        path = fault.span.path
        root = copy.root if path.is_relative_to(copy.root) else workspace.root
        return path.relative_to(root).as_posix(), fault.span.start, fault.rule

    if has_errors(faults):
        first = min((each for each in faults if each.severity == "error"), key=place)
        raise HistoryError(
            f"At {revision} the library had errors, so its briefings cannot be laid out: "
            f"{place(first)[0]}:{first.span.line}: {first.message}"
        )
    return library


# What has changed, and what that leads to.


def _changed(library: Library, old: Library) -> Iterator[Key]:
    """The entries of two libraries that differ, or that one of them lacks."""
    for kind, name in LISTS.items():
        now, then = getattr(library, name), getattr(old, name)
        yield from ((kind, str(id)) for id in now.keys() | then.keys() if _differ(now.get(id), then.get(id)))


def _differ(now: Any, then: Any) -> bool:
    return now is not then and bool(_said(now) != _said(then))


def _said(entry: Any) -> Any:
    """What an officer wrote in an entry."""
    if entry is None:
        return None
    return getattr(entry, "written", None) or [str(getattr(entry, name)) for name in entry.__struct_fields__]


def _leading_to(changed: set[Key], library: Library) -> set[str]:
    """The names through which a brief may come to what has changed."""
    holders = Holders(library)
    named = [(target(each, library), each.text) for each in library.mentions]
    keys, new = set(changed), set(changed)
    while new:
        holding = {holders.of(text) for key, text in named if key in new} - {""}
        under = {("topic", str(each.id)) for each in library.topics.values() if ("topic", each.under or "") in new}
        new = ({(kind, name) for name in holding for kind in ("block", "fact")} | under) - keys
        keys |= new
    return {name for _, name in keys}


def _is_touched(text: str, names: set[str], short: list[str]) -> bool:
    """Whether a brief of this text may print what has one of these names; `auto` takes blocks without naming them."""
    words = set(re.findall(r"[\w-]+", text))
    return not words.isdisjoint(names) or "auto" in words or "\\" in text or any(each in text for each in short)


# Briefings.

Brief: TypeAlias = tuple[Workspace, Path, Library]
"""A brief in its workspace, with the library that it takes from."""


def _compare_all(found: Since, now: tuple[Workspace, Library], then: tuple[Workspace, Library]) -> None:
    """Add what every brief prints differently."""
    after, before = ({_inside(space, path): path for path in space.briefs()[0]} for space, _ in (now, then))
    found.new.extend(path.stem for name, path in after.items() if name not in before)
    found.gone.extend(path.stem for name, path in before.items() if name not in after)
    names = _leading_to(set(found.things), now[1]) | _leading_to(set(found.things), then[1])
    odd = [each for each in names if not re.fullmatch(r"[\w-]+", each)]
    styled = any(each.startswith("templates/") for each in found.files)
    for name in sorted(after.keys() & before.keys()):
        text = after[name].read_text(encoding="utf-8", errors="replace")
        if styled or name in found.files or (names and _is_touched(text, names, odd)):
            is_same = not styled and name not in found.files
            earlier = (now[0], after[name], then[1]) if is_same else (then[0], before[name], then[1])
            _compare(found, earlier, (now[0], after[name], now[1]))


def _inside(workspace: Workspace, path: Path) -> str:
    return path.relative_to(workspace.root).as_posix()


def _compare(found: Since, then: Brief, now: Brief) -> None:
    """Add what one brief prints differently."""
    of = found.thing.prints if found.thing and found.is_as_it_was else None
    new = prepared_in(*now)
    old = _with_values(new, then[2]) if new and _is_chosen_alike(found, new, then, now) else prepared_in(*then)
    before, after, name = content_in(old), content_in(new), now[1].stem
    if before is None or after is None:
        found.unsound.append(name)
        found.broken.extend([name] if before is not None else [])
    elif differences := list(compared(before, after, of)):
        found.differences[name] = differences


def _is_chosen_alike(found: Since, prepared: Prepared, then: Brief, now: Brief) -> bool:
    """Whether a brief takes the same from both libraries, since they differ in values and terms alone."""
    local = prepared.brief.local
    return (
        then[:2] == now[:2]
        and {kind for kind, _ in found.things} <= {"fact", "term"}
        and (then[2].facts.keys(), then[2].terms.keys()) == (now[2].facts.keys(), now[2].terms.keys())
        and not (local.blocks or local.facts or local.terms)
    )


def _with_values(prepared: Prepared, library: Library) -> Prepared:
    """A brief with the values of another library, which saves preparing it again."""
    joined = library.joined(prepared.brief.local)
    return replace(prepared, selection=replace(prepared.selection, library=joined))


def _of_one(found: Since, now: tuple[Workspace, Library], old: Library) -> Since:
    """What the change of one thing does, or, if it is as it was, of what it names; with everything else as it is now."""
    thing, library = found.thing, now[1]
    if thing is None:
        return found
    kind, name = own = _key(thing)
    if name not in getattr(old, LISTS[kind]):
        raise HistoryError(f"`{name}` is new since {found.revision}: `despatch uses {name}` shows where it is.")
    if own in found.things:
        found = replace(found, things=[own])
        _compare_named(found, own, now, _with(library, old, own))
        return found
    drawn_on: set[Key] = _drawn_on(own, old) if kind == "block" else set()
    found = replace(found, things=[each for each in found.things if each in drawn_on])
    if found.things:
        _compare_named(found, own, now, _restored(library, old, found.things))
    return found if found.differences or found.unsound else replace(found, things=[])


def _key(thing: Thing) -> Key:
    """The entry that a thing is, or is a point of."""
    return "block" if thing.kind == "point" else thing.kind, thing.name


def _compare_named(found: Since, key: Key, now: tuple[Workspace, Library], before: Library) -> None:
    """Add what the briefs that may print an entry print differently from what they would with another library."""
    workspace, library = now
    names = _leading_to({key}, library)
    odd = [each for each in names if not re.fullmatch(r"[\w-]+", each)]
    for path in workspace.briefs()[0]:
        if _is_touched(path.read_text(encoding="utf-8", errors="replace"), names, odd):
            _compare(found, (workspace, path, before), (workspace, path, library))


def _drawn_on(own: Key, library: Library) -> set[Key]:
    """The facts, terms and sources that a block’s words name, and the sources of those facts."""
    holders, sums = Holders(library), {id(each.equals) for each in library.facts.values()}
    # A sum does not print what it adds up.
    named = [(holders.of(each.text), target(each, library)) for each in library.mentions if id(each.text) not in sums]
    found, new = set[Key](), {own}
    while new:
        names = {name for _, name in new}
        new = {key for holder, key in named if holder in names and key[0] in ("fact", "term", "source")} - found
        found |= new
    return found


def _with(library: Library, old: Library, key: Key) -> Library:
    """The library with one entry as it was, where all that this named is still there."""
    _, name = key
    holders = Holders(old)
    for each in old.mentions:
        wanted, word = target(each, old)
        if holders.of(each.text) == name and wanted in LISTS and word not in getattr(library, LISTS[wanted]):
            raise HistoryError(f"`{name}` named `{word}`, which is gone since, so it cannot be compared by itself.")
    return _restored(library, old, [key])


def _restored(library: Library, old: Library, keys: Iterable[Key]) -> Library:
    """The library with some entries as they were."""
    changes: dict[str, Any] = {each: dict(getattr(library, each)) for each in LISTS.values()}
    for kind, name in keys:
        changes[LISTS[kind]][name] = getattr(old, LISTS[kind])[name]
    return replace(library, **changes)
