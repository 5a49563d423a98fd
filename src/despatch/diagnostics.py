"""Diagnostics: anything we tell the user about their files, and where in them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, TypeAlias

from msgspec import Struct

MANY = 300
"""Of more names than these only those are compared with one that nobody knows which begin or end as it does."""
Severity: TypeAlias = Literal["error", "warning", "advice"]
"""An error stops a build; a warning is a fault; advice is neither, and leaves the exit code alone."""


class Span(Struct, frozen=True):
    """A stretch of a file: 1-based line and column of its start, offsets in characters, the line itself."""

    path: Path
    line: int = 1
    column: int = 1
    start: int = 0
    end: int = 0
    text: str = ""

    @property
    def width(self) -> int:
        """How many characters of the first line it covers, at least one."""
        return max(1, min(self.end - self.start, len(self.text) - self.column + 1))


class Fix(Struct, frozen=True):
    """A replacement that is certain: the characters of a file from the span's start to its end become `text`."""

    span: Span
    text: str


class Diagnostic(Struct, frozen=True):
    """One fault: the rule's name, where, what is wrong, what to do, and the other place of a clash."""

    rule: str
    span: Span
    message: str
    help: str = ""
    severity: Severity = "error"
    related: tuple[tuple[str, Span], ...] = ()
    fixes: tuple[Fix, ...] = ()

    @property
    def order(self) -> tuple[str, int, str]:
        """What diagnostics are sorted by: file, place, rule."""
        return (str(self.span.path), self.span.start, self.rule)


Diagnostics: TypeAlias = list[Diagnostic]


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error, which stops a build."""
    return any(diagnostic.severity == "error" for diagnostic in diagnostics)


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """The two known names that are most like this one, where any are."""
    import difflib  # imported here: only a fault pays for it

    folded = {each.casefold(): each for each in known}
    wanted = name.casefold()
    near = folded if len(folded) <= MANY else [each for each in folded if _may_be(each, wanted)]
    return [folded[each] for each in difflib.get_close_matches(wanted, near, n=2, cutoff=0.6)]


def _may_be(known: str, wanted: str) -> bool:
    """Whether a name begins or ends like another, or has a word of it. Telling this takes a hundredth of a comparison."""
    return (
        known[:2] == wanted[:2] or known[-2:] == wanted[-2:] or not set(known.split("-")).isdisjoint(wanted.split("-"))
    )


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`Did you mean `fostering`?` where a known name is near, else an empty string."""
    near = nearest(name, known)
    return f"Did you mean {' or '.join(f'`{each}`' for each in near)}?" if near else ""


def shortened(text: str, most: int = 8) -> str:
    """The first words of a text, as a message quotes them."""
    words = text.split()
    return " ".join(words) if len(words) <= most else " ".join(words[:most]) + " …"
