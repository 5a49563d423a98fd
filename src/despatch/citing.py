"""Where a text says what it rests on: marks are put into it, as `[@source]`, before its Markdown is read.

A source is named once in a paragraph: where the officer put it, else at the end of the clause that has its first
figure. A mark straight after a figure would read as a power of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from despatch.document import KEPT
from despatch.prose import ABBREVIATION, CITED, names, tokens

NEW_PARAGRAPH = r"\n[ \t]*(?:\n|[-*+][ \t]|\d{1,9}[.)][ \t])"
STOP = r"[.,;:!?]+[”’\"')\]*_]*(?=\s|$|\[@)"
TYPED = rf"(?<=[^\s*+\\-])[ \t]*(?:\n[ \t]*)?(?P<marks>{CITED}(?:[ \t]*{CITED})*)(?P<stop>{STOP})?"
"""Marks as officers type them: after a space, and before the stop."""
LEFT_OUT = rf"(?:(?<=\S)[ \t]*(?:\n[ \t]*)?)?(?<!\\){CITED}"


def placed(text: str, way: str, source_of: Callable[[str], str | None]) -> str:
    """The text with its marks where a style's way of citing has them. `source_of` gives the source of a figure."""
    if not names(text):
        return text
    if way == "none":
        return re.sub(LEFT_OUT, "", text)
    return _placed(text, way, tuple((each.name, source_of(each.name)) for each in tokens(text)))


@lru_cache(KEPT)
def _placed(text: str, way: str, sources: tuple[tuple[str, str | None], ...]) -> str:
    """The same, given each name with its source."""
    ends = [match.start() for match in re.finditer(NEW_PARAGRAPH, text)]
    pieces = pairwise([0, *ends, len(text)])
    known = dict(sources)
    marked = "".join(_marked(text[start:end], known, after_stop=way == "footnotes") for start, end in pieces)
    return re.sub(TYPED, _after_stop, marked) if way == "footnotes" else marked


def _marked(text: str, sources: Mapping[str, str | None], *, after_stop: bool) -> str:
    """A paragraph with a mark for each source that its figures rest on and that it does not cite."""
    apart = "" if after_stop else "\u00a0"
    for place, source in reversed(list(_unnamed(text, sources, after_stop=after_stop))):
        text = f"{text[:place]}{apart}[@{source}]{text[place:]}"
    return text


def _unnamed(text: str, sources: Mapping[str, str | None], *, after_stop: bool) -> Iterator[tuple[int, str]]:
    """The sources that a paragraph does not cite, in order, each with the place for its mark."""
    found = tokens(text)
    known = {token.name for token in found if token.kind == "cited"}
    for token in found:
        source = sources.get(token.name) if token.kind == "printed" else None
        if source is not None and source not in known:
            known.add(source)
            yield _clause_end(text, token.end, after_stop=after_stop), source


def _clause_end(text: str, start: int, *, after_stop: bool) -> int:
    for stop in re.finditer(STOP, text[start:]):
        if not ABBREVIATION.search(f"{text[: start + stop.start() + 1]} "):
            return start + (stop.end() if after_stop else stop.start())
    return len(text.rstrip())


def _after_stop(typed: re.Match[str]) -> str:
    return (typed["stop"] or "") + re.sub(r"\s", "", typed["marks"])
