"""Full-text search of the library: which blocks, facts, sources and terms hold some words, best match first.

A match counts by BM25: for more the rarer the word, the more often it stands there, and the shorter the entry; and for
more in an id, a heading or a topic than in the text. What a recent briefing used comes before what none does.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from despatch.content import Block, Library
from despatch.diagnostics import Span, nearest
from despatch.load import load_brief
from despatch.select import automatic, widened

WORD = re.compile(r"£?\w+(?:['.,]\w+)*")
ASKED = re.compile(r"[“\"]([^“”\"]*)[”\"]?|([^\s“”\"]+)")
"""A phrase between quotation marks, or a word."""
UNSEEN = re.compile(r"\*+|\s?\[@[^\[\]]*\]")
NAMED = re.compile(r"\{\{([^{}.]+)(?:\.[^{}.]+)?\}\}")
NOT_WORDS = {
    "id", "topics", "priority", "answers", "items", "stance", "from_", "source", "facts", "show", "said_on", "ignore",
}  # fmt: skip
"""Fields that name or sort a block, or are for colleagues, and say nothing to a reader."""
WEIGHTS = (6, 4, 2, 1)
"""What a word counts in an id, a heading or title, a topic, and the text."""
SATURATION, LENGTH = 1.2, 0.5
"""BM25’s two settings: how soon more of the same word stops counting, and how much a long entry counts for less."""
RECENT, HALVES = 0.3, 365
"""How much more the block used last counts, and in how many days half of that is gone."""
WIDTH, MANY = 180, 50
"""How many characters an excerpt has, and how many places are looked at for the best one."""
PAST = 0.5
"""What is left for a block that is withdrawn, or that another takes the place of."""


class LastUse(NamedTuple):
    """The last sitting day for which a block was used, and the brief."""

    day: dt.date
    brief: str


class _Wanted(Struct, frozen=True):
    """A word or a phrase to look for: the phrase as it stands, the word in any of its forms or as a beginning."""

    text: str
    stem: str
    pattern: re.Pattern[str]

    def found(self, folded: str) -> float:
        """How much of it a text has: a word that only begins alike counts half."""
        if self.stem not in folded:
            return 0
        return sum(self.worth(match[0]) for match in self.pattern.finditer(folded))

    def worth(self, match: str) -> float:
        """What one place that the pattern matches counts."""
        if " " in self.text or _stem(match) == self.stem:
            return 1
        return 0.5 if len(self.text) > 2 and match.startswith(self.text) else 0


class Hit(Struct, frozen=True):
    """One entry that matches: what it is, how well it matches, and where it is."""

    id: str
    kind: str
    score: float
    span: Span
    remark: str
    """A position’s stance, and whether the block is a draft, withdrawn or superseded."""
    last: LastUse | None
    """When a brief last named it, if it is a block."""
    paste: str
    """What to write in a brief, or in prose, to print it; nothing, if it is withdrawn."""
    text: str
    wanted: tuple[_Wanted, ...]

    @property
    def excerpt(self) -> str:
        """The words about the place that has most of what is wanted."""
        folded, places = _folded(self.text), []
        for number, each in enumerate(self.wanted):
            places += [(m.start(), number) for m in each.pattern.finditer(folded) if each.worth(m[0])]
        at = max(sorted(places)[:MANY], key=lambda place: (len(_near(place[0], places)), -place[0]), default=(0, 0))[0]
        return " ".join(_cut(self.text, at).split())


class _Entry(Struct, frozen=True, dict=True):
    id: Any
    kind: str
    fields: tuple[str, str, str, str]
    block: Block | None = None

    @cached_property
    def folded(self) -> tuple[str, ...]:
        return tuple(_folded(field) for field in self.fields)

    @property
    def size(self) -> int:
        return len(self.fields[1]) + len(self.fields[3])


def find(
    query: str,
    library: Library,
    *,
    kind: str = "",
    topics: Iterable[str] = (),
    used: Mapping[str, LastUse] | None = None,
) -> list[Hit]:
    """The entries that hold every word and phrase of the query, or else some of them, best first."""
    wanted, last = _wanted(query), used or {}
    entries = list(_entries(library))
    found = [(entry, [[each.found(field) for field in entry.folded] for each in wanted]) for entry in entries]
    rarity = [_rarity(len(entries), sum(any(counts[i]) for _, counts in found)) for i in range(len(wanted))]
    mean = sum(entry.size for entry in entries) / max(1, len(entries))
    newest = max((each.day for each in last.values()), default=dt.date.min)
    about = set(topics)
    asked = [each for each in found if _matches(each[1], wanted) and _is_of(each[0], kind, about, library)]
    whole = [each for each in asked if all(map(any, each[1]))] or asked
    scored = [
        (
            _named(entry, query)
            * _bm25(counts, rarity, entry.size / (mean or 1))
            * _standing(entry.block, last.get(entry.id), newest),
            entry,
        )
        for entry, counts in whole
    ]
    scored.sort(key=lambda each: (-each[0], each[1].id, each[1].kind))
    return [_hit(entry, score, wanted, last.get(entry.id)) for score, entry in scored]


def _is_of(entry: _Entry, kind: str, topics: set[str], library: Library) -> bool:
    """Whether an entry is of the kind and on one of the topics that are asked for, if any are."""
    on_topic = not topics or bool(entry.block and topics & widened(library, entry.block.topics))
    return kind in ("", entry.kind) and on_topic


def _matches(counts: list[list[float]], wanted: list[_Wanted]) -> bool:
    """Whether an entry has any of the words, and every phrase."""
    phrases = (found for found, each in zip(counts, wanted, strict=True) if " " in each.text)
    return any(map(any, counts)) and all(map(any, phrases))


def _wanted(query: str) -> list[_Wanted]:
    """The words and phrases of a query, each once."""
    found: dict[str, _Wanted] = {}
    for phrase, words in ASKED.findall(query):
        several = WORD.findall(_folded(phrase or words))
        for text in [" ".join(_folded(phrase).split())] if len(several) > 1 and phrase else several:
            found[text] = _Wanted(text, text if " " in text else _stem(text), _pattern(text))
    return list(found.values())


def _pattern(text: str) -> re.Pattern[str]:
    if " " in text:
        return re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")
    begins = "" if text.startswith("£") else r"(?<![\w£])(?<!\w['.,])"
    return re.compile(rf"{begins}{re.escape(_stem(text))}\w*(?:['.,]\w+)*")


def _folded(text: str) -> str:
    """The text as it is compared: small letters, one kind of apostrophe, hyphens as spaces."""
    return text.casefold().replace("’", "'").replace("-", " ")


@cache
def _stem(word: str) -> str:
    """The beginning that a word shares with its other forms: `agenc` of agency and agencies, `foster` of fostering."""
    word = word.removesuffix("'s").removesuffix("'")
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            word = word.removesuffix(ending)
            return word[:-1] if word[-1] == word[-2] and word[-1] in "bdgmnprt" else word
    if word.endswith("ie"):
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word[-1] in "eyi" else word


def _rarity(entries: int, holding: int) -> float:
    return math.log(1 + (entries - holding + 0.5) / (holding + 0.5))


def _bm25(counts: list[list[float]], rarity: list[float], length: float) -> float:
    """How well an entry matches: `length` is its size, where 1 is that of the average entry. Only its text is thinned."""
    thinned = [(*named, text / (1 - LENGTH + LENGTH * length)) for *named, text in counts]
    weighed = [sum(weight * count for weight, count in zip(WEIGHTS, each, strict=True)) for each in thinned]
    return sum(rare * often / (often + SATURATION) for rare, often in zip(rarity, weighed, strict=True))


def _named(entry: _Entry, query: str) -> int:
    """What a match is multiplied by where the query is the entry's whole id or heading."""
    return 2 if " ".join(_folded(query).split()) in entry.folded[:2] else 1


def _standing(block: Block | None, last: LastUse | None, newest: dt.date) -> float:
    """What a match is multiplied by: more for what was used of late, less for what is past."""
    past = PAST if block and (block.status == "withdrawn" or block.superseded_by) else 1
    return past * (1 + (RECENT * 0.5 ** ((newest - last.day).days / HALVES) if block and last else 0))


def last_uses(paths: Iterable[Path], library: Library) -> dict[str, LastUse]:
    """For each block that a brief names, the last day for which one does."""
    uses: dict[str, LastUse] = {}
    for path in paths:
        brief = load_brief(path, Library(complete=False))[0]  # alone: what its blocks say does not matter here
        if brief is None or not brief.days:
            continue
        taken = (
            use
            for each in brief.sections
            for use in (each.uses if each.auto is None else automatic(each, library, brief))
        )
        named = (*(use.use for use in taken), brief.standfirst_block(library), brief.contact)
        for name in (str(each) for each in named if each is not None):
            use = LastUse(brief.days[-1], brief.name)
            uses[name] = max(use, uses.get(name, use))
    return uses


def marked(text: str, query: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, and whether each is among what the query asks for."""
    folded, at = _folded(text), 0
    places = (m.span() for each in _wanted(query) for m in each.pattern.finditer(folded) if each.worth(m[0]))
    for start, end in sorted(places) if len(folded) == len(text) else ():  # else a letter folds to two
        if start >= at:
            yield text[at:start], False
            yield text[start:end], True
            at = end
    yield text[at:], False


def near_words(query: str, library: Library) -> list[str]:
    """The words of the library that are most like those of the query which it does not have."""
    entries = _entries(library)
    known = {word.removesuffix("'s") for each in entries for field in each.folded for word in WORD.findall(field)}
    asked = dict.fromkeys(word for each in _wanted(query) for word in each.text.split())
    return [found for word in asked if word not in known for found in nearest(word, known)]


def _entries(library: Library) -> Iterator[_Entry]:
    topics: dict[tuple[str, ...], str] = {}
    for block in library.blocks.values():
        if block.topics not in topics:
            topics[block.topics] = _topics(library, block.topics)
        heading = str(getattr(block.content, "heading", None) or getattr(block.content, "label", None) or "")
        text = _printed(_text(block.content), library).removeprefix(heading).lstrip(" :\n")
        yield _Entry(block.id, block.kind, (block.id, heading, topics[block.topics], text), block)
    for fact in library.facts.values():
        yield _Entry(fact.id, "facts", (fact.id, fact.value, "", f"{fact.value}: {_printed(fact.what, library)}"))
    for source in library.sources.values():
        yield _Entry(
            source.id, "sources", (source.id, source.title, "", " ".join(filter(None, (source.short, source.by))))
        )
    for term in library.terms.values():
        yield _Entry(term.short, "terms", (term.short, term.long, "", term.plural or ""))


def _topics(library: Library, topics: tuple[Any, ...]) -> str:
    known = [library.topics[name] for topic in topics for name in library.above(topic)]
    names = (_folded(name) for topic in known for name in (topic.id, topic.label, *topic.also))
    return "\n".join(dict.fromkeys(names))


def _text(content: Any) -> str:
    """All the words of a block's own fields, each on a line, so that no phrase begins in one and ends in another."""
    found: list[str] = []
    _gather(content, found)
    return "\n".join(" ".join(each.split()) for each in found)


def _gather(value: Any, found: list[str]) -> None:
    if isinstance(value, str):
        found.append(value)
    elif isinstance(value, tuple | dict):
        for each in value if isinstance(value, tuple) else value.values():
            _gather(each, found)
    elif value is not None:
        for name in _named_fields(value.__class__):
            inside = getattr(value, name)
            _gather(f"{inside}:" if name == "label" and inside else inside, found)


@cache
def _named_fields(cls: Any) -> tuple[str, ...]:
    """The fields of a structure that hold words, a label first; none, of any other class."""
    named = [name for name in cls.__struct_fields__ if name not in NOT_WORDS] if issubclass(cls, Struct) else []
    return tuple(sorted(named, key=lambda name: name != "label"))


def _printed(text: str, library: Library) -> str:
    """The text with each fact's value in place of its name, and without marks that no reader sees."""
    shown = NAMED.sub(lambda m: library.facts[m[1]].value if m[1] in library.facts else m[1], text)
    return UNSEEN.sub("", shown)


def _hit(entry: _Entry, score: float, wanted: Sequence[_Wanted], last: LastUse | None) -> Hit:
    last, text = last if entry.block else None, entry.fields[3] or entry.fields[1]
    return Hit(entry.id, entry.kind, score, entry.id.span, _remark(entry.block), last, _paste(entry), text, (*wanted,))


def _remark(block: Block | None) -> str:
    if block is None:
        return ""
    said = [block.content.view.stance] if block.kind == "positions" else []
    said += [block.status] if block.status != "approved" else []
    said += [f"superseded by {block.superseded_by}"] if block.superseded_by else []
    return ", ".join(said)


def _paste(entry: _Entry) -> str:
    """What prints the entry; nothing does, once it is withdrawn."""
    match entry.kind:
        case "facts" | "terms":
            return f"{{{{{entry.id}}}}}"
        case "sources":
            return f"[@{entry.id}]"
        case "contacts":
            return f"contact: {entry.id}"
    return f"- {entry.kind}: [{entry.id}]" if entry.block and entry.block.status != "withdrawn" else ""


def _near(at: int, places: Iterable[tuple[int, int]]) -> set[int]:
    """Which of the things wanted stand close after a place."""
    return {number for start, number in places if at <= start < at + WIDTH // 2}


def _cut(text: str, at: int) -> str:
    """The words about a place in a text."""
    first = max(0, text.rfind(" ", 0, max(0, at - WIDTH // 3)) + 1)
    last = text.rfind(" ", first, first + WIDTH) if first + WIDTH < len(text) else len(text)
    last = last if last > first else first + WIDTH
    return ("… " if first else "") + text[first:last].strip() + (" …" if last < len(text) else "")
