"""What a briefing must not hold: notes, and every text that its selection left out. A look at this ends every build.

A text is compared by its letters and figures alone, so that neither marks nor markup nor spaces hide it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from despatch.content import Block, Brief, Fact, Library, bodies
from despatch.document import KEPT
from despatch.prose import TOKEN
from despatch.source import Mapping as Written
from despatch.source import Scalar

if TYPE_CHECKING:
    from despatch.select import Selection

INTERNAL = {"note": "a note", "owner": "the owner", "approved": "the day of approval", "ignore": "the reason of an `ignore`",
            "why": "a note"}  # fmt: skip
"""The fields that are for colleagues, and what each is."""
NOT_WORDS = frozenset({
    "id", "topics", "priority", "answers", "items", "stance", "vote", "operation", "from", "source", "facts", "show", "said_on", "status",
    "valid", "only", "superseded_by", "kind", "as_of", "next", "equals", "was", "by", "house", "proceeding",
    "audience", "use", "omit", "language", "published", "accessed",
})  # fmt: skip
"""Fields that name, date or sort something, and say nothing to a reader."""
OWN_WORDS = ("title", "standfirst", "embargo", "bill", "motion", "department")
BLOCK = 32
"""How many letters and figures are compared at once by a build."""

_MARKS = bytes({byte for mark in "“”‘’–—…•£\u00a0" for byte in mark.encode()})
_LOWER = bytes(each + 32 if 65 <= each <= 90 else each for each in range(256))
_NO_WORD = bytes(each for each in range(128) if not chr(each).isalnum()) + _MARKS
_SPACED = bytes(32 if each in _NO_WORD else _LOWER[each] for each in range(256))
_LINK = r"\]\([^)\s]*\)"
_BLOCKS = re.compile(rb".{%d}" % BLOCK)
_TRACES = (b"w:author=", b"file:///", b"/home/", b"Users")
"""One of these is in nearly every file that holds the name of whoever worked on it, or a place on their computer."""


def squeezed(data: bytes) -> bytes:
    """The letters and figures of some UTF-8, small. Bytes, since that takes a fraction of the time."""
    return data.translate(_LOWER, _NO_WORD)


def spaced(data: bytes) -> bytes:
    """The same with a space between words, at the start and at the end."""
    return b" %b " % b" ".join(data.translate(_SPACED).split())


class Secret(Struct, frozen=True, eq=False, dict=True):
    """A text that must not be in a file: where it is written, in which entry and field, and the entry's library."""

    text: Scalar
    entry: str
    field: str
    library: Library

    @cached_property
    def printed(self) -> str:
        """The text as it would be printed."""
        return as_printed(self.text, self.library)

    @cached_property
    def words(self) -> bytes:
        """The text as it is compared."""
        return _compared(self.printed)


@lru_cache(KEPT)
def _compared(text: str) -> bytes:
    return squeezed(text.encode())


@lru_cache(KEPT)
def _stretches(words: bytes) -> frozenset[bytes]:
    """Every stretch of a text that may be one of the pieces that a file is cut into, or the text itself."""
    return frozenset(words[at : at + BLOCK] for at in range(len(words) - BLOCK + 1))


def as_printed(text: str, library: Library, *, in_full: bool = False) -> str:
    """Some prose with its facts and terms, without marks and addresses; every term spelt out, if so asked."""
    if "{{" not in text and "[" not in text:
        return text

    def said(token: re.Match[str]) -> str:
        return _said(token["printed"].strip(), library, in_full=in_full) if token["printed"] is not None else ""

    return re.sub(_LINK, "]", TOKEN.sub(said, text))


def _said(name: str, library: Library, *, in_full: bool) -> str:
    """What is printed for a name in braces."""
    id, _, attribute = name.partition(".")
    if (fact := library.facts.get(id)) is not None:
        return fact.value if not attribute else fact.as_of.printed if fact.as_of else ""
    found = library.term(name) if in_full else None
    if found is None:
        return name
    term, many = found
    return term.spelt_out(many=many)


def scalars(value: Any) -> Iterator[Scalar]:
    """Every piece of text in what was read from YAML."""
    if isinstance(value, Scalar):
        yield value
    elif isinstance(value, Mapping):
        yield from (each for inner in value.values() for each in scalars(inner))
    elif isinstance(value, tuple | list):
        yield from (each for inner in value for each in scalars(inner))
    elif isinstance(value, Struct):
        yield from (each for name in value.__struct_fields__ for each in scalars(getattr(value, name)))


def printed_texts(selection: Selection, besides: Container[str] = ()) -> Iterator[Scalar]:
    """Every text that a selection prints, those of some blocks aside."""
    brief = selection.brief
    yield from scalars([getattr(brief, name) for name in OWN_WORDS])
    yield from scalars([section.heading for section in brief.sections])
    chosen = (block for each in selection.sections for block in each.blocks if block.id not in besides)
    yield from (each for block in chosen for each in scalars(block.content))
    yield from scalars(selection.contact.content if selection.contact else None)
    for _, body in list(bodies(selection.standfirst.content))[:1] if selection.standfirst else ():
        yield from scalars(body.text or body.lead)


def places(texts: Iterable[Scalar]) -> set[tuple[int, int]]:
    """Where some texts are written, by which a text is known again."""
    return {(id(each.source), each.start) for each in texts}


def _texts(data: Any, field: str = "") -> Iterator[tuple[str, Scalar]]:
    """The texts under some YAML, each with the innermost field that says what it is."""
    if isinstance(data, Scalar):
        yield field, data
    elif isinstance(data, Written):
        for key, value in data.items():
            if key not in NOT_WORDS:
                yield from _texts(value, field if field in INTERNAL else str(key))
    else:
        yield from (each for value in data for each in _texts(value, field))


@lru_cache(KEPT)
def _of_block(block: Block) -> tuple[tuple[str, Scalar], ...]:
    return tuple(_texts(block.written))


def of_blocks(blocks: Iterable[Block], printed: Container[tuple[int, int]], library: Library) -> Iterator[Secret]:
    """The notes of some blocks, and those of their texts that are not printed."""
    for block in blocks:
        for field, text in _of_block(block):
            if field in INTERNAL or (id(text.source), text.start) not in printed:
                yield Secret(text, block.id, field, library)


def of_facts(facts: Iterable[Fact], printed: Container[str], library: Library) -> Iterator[Secret]:
    """The notes of some facts, and the words of those that are not printed."""
    for fact in facts:
        if fact.note is not None:
            yield Secret(fact.note, fact.id, "note", library)
        yield from (Secret(each, fact.id, "ignore", library) for each in fact.ignore.values())
        if fact.id not in printed:
            yield from (Secret(each, fact.id, "fact", library) for each in (fact.value, fact.what))


def of_brief(brief: Brief, library: Library) -> Iterator[Secret]:
    """A brief's own notes."""
    for field, text in _texts(brief.written):
        if field in INTERNAL:
            yield Secret(text, brief.name, field, library)


@lru_cache(KEPT)
def _has_variants(block: Block) -> bool:
    return any(body.variants for _, body in bodies(block.content))


@lru_cache(KEPT)
def _said_by(block: Block) -> bytes:
    """The words of a whole block, as they are written."""
    return b"\n".join(_compared(text) for field, text in _of_block(block) if field not in INTERNAL)


class _Look(Struct, eq=False, dict=True):
    """What a build has to know of a selection: what it withholds, and what it prints on purpose."""

    selection: Selection

    @cached_property
    def blocks(self) -> list[Block]:
        """The blocks that were decided on."""
        return [self.selection.library.blocks[name] for name in {each.block: None for each in self.selection.decisions}]

    @cached_property
    def whole(self) -> set[str]:
        """The blocks that are printed as they stand, which is most of them: these need not be gone through."""
        cut = {each.block for each in self.selection.decisions if not each.included}
        cut |= {use.use for each in self.selection.brief.sections for use in each.uses if use.replace or use.heading}
        return {each.id for each in self.blocks if each.id not in cut and not _has_variants(each)}

    @cached_property
    def texts(self) -> list[Scalar]:
        """What is printed of all the others."""
        return list(printed_texts(self.selection, self.whole))

    @cached_property
    def secrets(self) -> list[Secret]:
        """What was decided against, and the notes, each text once."""
        library, printed = self.selection.library, places(self.texts)
        cut = (each for each in self.blocks if each.id not in self.whole)
        found = [*of_blocks(cut, printed, library), *of_facts(library.facts.values(), library.facts, library)]
        found += of_brief(self.selection.brief, library)
        for block in self.blocks:
            if block.id in self.whole:
                found += (Secret(text, block.id, name, library) for name, text in _of_block(block) if name in INTERNAL)
        return list({each.words: each for each in found if each.words}.values())

    @cached_property
    def written(self) -> bytes:
        """All that is printed on purpose: whole blocks as they are written, which need be read only once, and the rest."""
        facts = (_compared(fact.what) for fact in self.selection.library.facts.values())
        whole = (_said_by(each) for each in self.blocks if each.id in self.whole)
        return b"\n".join([*facts, *whole, *(self._compared(text) for text in self.texts)])

    @cached_property
    def printed(self) -> bytes:
        """All of it as it is printed. That takes longer, and is seldom asked for."""
        return b"\n".join(map(self._compared, printed_texts(self.selection)))

    def _compared(self, text: str) -> bytes:
        return _compared(as_printed(text, self.selection.library))

    def suspects(self, data: bytes) -> list[Secret]:
        """The secrets of which a file, in which text is stored as it is, may hold what is printed nowhere on purpose."""
        text = squeezed(data)
        blocks = set(_BLOCKS.findall(text))
        return [each for each in self.secrets if self._is_suspect(each.words, text, blocks)]

    def _is_suspect(self, words: bytes, text: bytes, blocks: set[bytes]) -> bool:
        found = _stretches(words) & blocks if len(words) >= 2 * BLOCK else {words} if words in text else ()
        return any(each not in self.written and each not in self.printed for each in found)


def suspected(selection: Selection, made: Mapping[str, bytes]) -> dict[str, list[Secret]]:
    """Which of the files that are about to be written have to be looked into, and for what: next to none ever has.

    A PDF is compressed, so that only looking into it tells.
    """
    look = _Look(selection)
    found = {suffix: look.secrets if suffix == "pdf" else look.suspects(data) for suffix, data in made.items()}
    return {suffix: each for suffix, each in found.items() if each or any(trace in made[suffix] for trace in _TRACES)}
