"""What `check --fix` changes: the certain fixes of diagnostics, spliced into the files they are in, or nothing of a file.

A fixed file is read again before it is written: unless it is sound YAML and only words that were to change are changed,
it is left as it is. So is one that somebody has saved since it was checked, and every file that is not the library's own.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from msgspec import Struct

from despatch.diagnostics import Diagnostic, Span
from despatch.source import Data, Mapping, Scalar, Sequence, Source, parse, splice

BYTE_ORDER_MARK = "\ufeff"
WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


class Change(Struct, frozen=True):
    """One replacement in a file, and the rule that asks for it."""

    span: Span
    old: str
    new: str
    rule: str

    @property
    def path(self) -> Path:
        """The file."""
        return self.span.path

    def line(self, root: Path = Path()) -> str:
        """The change as it is shown: `seeds/homes.yaml:4:7  “percent” → “per cent”  [house-form]`."""
        path = self.span.path
        path = path.relative_to(root) if path.is_relative_to(root) else path
        place = f"{path.as_posix()}:{self.span.line}:{self.span.column}"
        return f"{place}  {_shown(self.old)} → {_shown(self.new)}  [{self.rule}]"


def changes(diagnostics: Iterable[Diagnostic]) -> list[Change]:
    """The changes that diagnostics ask for, in order of file and place.

    Where those of two overlap, the earlier diagnostic's are taken, and the other's are found again in the next round, as are
    those of one that overlap each other. Files that are no YAML are never changed.
    """
    taken: list[Change] = []
    places: dict[Path, list[tuple[int, int]]] = {}
    texts: dict[Path, str] = {}
    for each in diagnostics:
        spans = [fix.span for fix in each.fixes]
        if all(span.path.suffix == ".yaml" and _is_free(span, places.get(span.path, [])) for span in spans):
            for fix in each.fixes:
                mine = places.setdefault(fix.span.path, [])
                if _is_free(fix.span, mine):
                    mine.append((fix.span.start, fix.span.end))
                    taken.append(Change(fix.span, _stretch(fix.span, texts), fix.text, each.rule))
    return sorted(taken, key=lambda each: (str(each.span.path), each.span.start, each.span.end))


def applied(changes: Iterable[Change]) -> tuple[dict[Path, str], dict[Path, str]]:
    """The new texts of the files that change, and why others are left as they are. Nothing is written yet."""
    texts: dict[Path, str] = {}
    left: dict[Path, str] = {}
    by_file = sorted(changes, key=lambda each: (str(each.path), each.span.start))
    for path, mine in groupby(by_file, key=lambda each: each.path):
        text, reason = _applied(path, list(mine))
        if text is None:
            left[path] = reason
        else:
            texts[path] = text
    return texts, left


def _stretch(span: Span, texts: dict[Path, str]) -> str:
    """What stands at a place now."""
    if span.path not in texts:
        texts[span.path] = (_text(span.path) or "").removeprefix(BYTE_ORDER_MARK)
    return texts[span.path][span.start : span.end]


def _is_free(span: Span, taken: list[tuple[int, int]]) -> bool:
    """Whether a stretch has no character in common with any that is taken, and does not begin where one does."""
    return all(start != span.start and (span.end <= start or end <= span.start) for start, end in taken)


def _text(path: Path) -> str | None:
    """A file's text, with the mark that some editors put before it."""
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None


def _applied(path: Path, mine: list[Change]) -> tuple[str | None, str]:
    """A file's new text, or why it is left as it is."""
    text = _text(path)
    if text is None:
        return None, "it cannot be read any more."
    if not path.stat().st_mode & WRITABLE:
        return None, "it may only be read."
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    before = Source(path, text.removeprefix(mark))
    if any(before.span(each.span.start, each.span.end) != each.span for each in mine):
        return None, "it was saved again while it was being checked."
    after = Source(path, splice(before.text, [(each.span.start, each.span.end, each.new) for each in mine]))
    if not _is_sound(before, after, mine):
        return None, "the change would have broken it. Mend it by hand."
    return mark + after.text, ""


def _is_sound(before: Source, after: Source, mine: list[Change]) -> bool:
    """Whether the new text is YAML of the same shape, and only texts that hold a change are others than before."""
    (old, old_faults), (new, new_faults) = parse(before), parse(after)
    if old is None or new is None or len(new_faults) > len(old_faults):
        return False
    pairs = list(_pairs(old, new))
    return all(
        then is not None
        and now is not None
        and (then == now or any(then.start <= each.span.start and each.span.end <= then.end for each in mine))
        for then, now in pairs
    )


def _pairs(old: Data, new: Data) -> Iterator[tuple[Scalar | None, Scalar | None]]:
    """The texts of two files side by side; nothing beside nothing where their shapes differ."""
    if isinstance(old, Scalar) and isinstance(new, Scalar):
        yield old, new
    elif isinstance(old, Mapping) and isinstance(new, Mapping) and list(old) == list(new):
        for each in old:
            yield from _pairs(old[each], new[each])
    elif isinstance(old, Sequence) and isinstance(new, Sequence) and len(old) == len(new):
        for then, now in zip(old, new, strict=True):
            yield from _pairs(then, now)
    else:
        yield None, None


def _shown(text: str) -> str:
    """Some words as they are shown: on one line, and not all of a long text."""
    words = text.replace("\n", " ⏎ ") if "\n" in text.strip() else text
    words = words if len(words) <= 60 else f"{words[:28].rstrip()} … {words[-28:].lstrip()}"
    return f"“{words}”" if text else "nothing"
