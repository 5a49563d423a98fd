"""Words that somebody wrote to be read, and the places of their characters: what rules on language look at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from despatch.content import Fact
from despatch.diagnostics import Span
from despatch.prose import ABBREVIATION, Token, tokens
from despatch.source import Scalar

ENDS_SENTENCE = re.compile(r"[.!?][”’\"')\]]*(?:\[[\w@^-]{1,99}\])*\s+(?=[A-Z“‘\"'(\[{])|\n[ \t]*(?:\n|[-*+][ \t])")
NAMED, NOTHING = "\ufffc", "\u2060"
"""What stands in a passage's `words` for what is printed there from elsewhere, and for what is not printed at all."""
NOT_WORDS = re.compile(
    r"\{(?<!\\\{)(?P<named>\{[^{}]*\}\})|\[(?<!\\\[)@[^\[\]]*\]|\((?<=\]\()[^)\s\[\]]{0,999}\)"
    r"|\*\**|_(?<!\w_)_*(?=\w)|_(?<=[^\W_]_)_*(?!\w)|\[(?<!\\\[)(?=[^\[\]]*\]\()|\](?=\()|\\(?=[^\w\s])"
)
"""Each part begins with a character of its own and looks back from there, so that plain words are soon passed over."""
LIST_MARK = re.compile(r"^[ \t]*(?:[-+]|\d{1,9}[.)])(?=[ \t])", re.MULTILINE)
ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s)\]]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.-])[\w.-]{1,99}\.(?:uk|org|com|net|md|txt|docx|html|pdf|yaml)\b"
)
MAY_BE_ADDRESS = re.compile(r"\.(?<=\w\.)\w|@(?<=\w@)\w|//")
QUOTED = re.compile(r"“[^”]*(?:”|\Z)|‘(?<!\w‘)(?:[^‘’]|’(?=\w))*’(?!\w)|\"[^\"\n]*\"")


class Passage(Struct, frozen=True, eq=False):
    """A text that is printed somewhere, and what it is part of."""

    text: Scalar
    """As it was typed, Markdown and names in `{{…}}` included."""
    kind: str = ""
    """The kind of block that it stands in, such as `quotations`; none, in a brief or a file from elsewhere."""
    is_line: bool = False
    """Whether it is a single line, such as a heading or a label, and so need not be a sentence."""

    @property
    def words(self) -> str:
        """The text with everything that is no word of the officer's put out of the way; each character keeps its place.

        Names in `{{…}}` and addresses become `NAMED` throughout; marks and markup, which no reader sees, `NOTHING`.
        """
        return _words(self.text)

    @property
    def own(self) -> str:
        """The same without what stands between quotation marks, which is somebody else's: also `NAMED`."""
        return _own(self.text)

    @property
    def is_quotation(self) -> bool:
        """Whether all of it is what somebody said."""
        return self.kind == "quotations"

    def span(self, start: int, end: int) -> Span:
        """Where the characters from `start` to `end` are written."""
        return self.text.span_of(start, end)

    def sentences(self) -> Iterator[Sentence]:
        """Its sentences and bullets, in order."""
        ends = sentence_ends(self.text)
        for start, end in zip((0, *ends), (*ends, len(self.text)), strict=True):
            yield Sentence(self, start, end)


KEPT = 50_000
"""So many texts are kept as they were read: the same one is printed by many briefings, and looked at by many rules."""


@lru_cache(KEPT)
def sentence_ends(text: str) -> tuple[int, ...]:
    """Where each sentence of a text but the last one ends, the space after it included."""
    return tuple(
        match.end()
        for match in ENDS_SENTENCE.finditer(text)
        if match[0][0] != "." or not ABBREVIATION.search(text, max(0, match.start() - 8), match.end())
    )


@lru_cache(KEPT)
def _words(text: str) -> str:
    words = ADDRESS.sub(_named, text) if MAY_BE_ADDRESS.search(text) else text
    return LIST_MARK.sub(_blank, NOT_WORDS.sub(_blank, words))


@lru_cache(KEPT)
def _own(text: str) -> str:
    return unquoted(_words(text))


def unquoted(text: str) -> str:
    """A text with what stands between quotation marks put out of the way; each character keeps its place."""
    return QUOTED.sub(_named, text)


def _named(found: re.Match[str]) -> str:
    return NAMED * len(found[0])


def _blank(found: re.Match[str]) -> str:
    return (NAMED if found.lastgroup else NOTHING) * len(found[0])


class Sentence(NamedTuple):
    """A sentence, by the characters of a passage that it takes up."""

    passage: Passage
    start: int
    end: int

    @property
    def words(self) -> str:
        """The sentence as it was typed."""
        return self.passage.text[self.start : self.end]

    def span(self, start: int, end: int) -> Span:
        """Where the characters from `start` to `end` of the sentence are written."""
        return self.passage.span(self.start + start, self.start + end)

    def facts(self, known: Mapping[str, Fact]) -> Iterator[tuple[Token, Fact]]:
        """The facts whose values it prints, each with its place in the sentence."""
        for token in tokens(self.words):
            if token.kind == "printed" and token.name in known:
                yield token, known[token.name]
