"""Values that cannot be read as a figure. The commonest are known here, without loading the whole grammar of values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from despatch.content import Fact, Plain
from despatch.dates import MONTH
from despatch.diagnostics import Diagnostic

AMOUNT = r"(?:[0-9]{1,3}(?:,[0-9]{3}){0,4}|[0-9]{5,12})(?:\.[0-9]+)?"
COMMON = (
    rf"(?:(?:more than|over|nearly|around|about|up to|at least) )?(?:£{AMOUNT}(?: million| billion)?"
    rf"|{AMOUNT}(?: million| billion| per cent| years| months| hours)?)"
    r"|(?:two|three|four|five|six|seven|eight|nine|ten) (?:years|months)|doubled|half|a third|two thirds"
    rf"|(?:the end of )?(?:(?:(?:[1-9]|1[0-9]|2[0-8]) )?(?:{MONTH}) )?(?:19|20)[0-9][0-9]"
)


def unreadable(facts: Iterable[Fact]) -> Iterator[Diagnostic]:
    """A fault for each value, present or older, in which no number or date can be read."""
    for fact in facts:
        for value in (fact.value, *(older.value for older in fact.was)):
            if not re.fullmatch(COMMON, value):
                yield from _unread(value)


def _unread(value: Plain) -> Iterator[Diagnostic]:
    from despatch.quantity import Unread, read  # imported here: it takes longer to load than a briefing to lay out

    if isinstance(found := read(value), Unread):
        yield Diagnostic("unreadable-value", value.span, f"“{value}” is no figure. {found.message}", found.help)
