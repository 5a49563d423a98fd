"""Full-text search of the library: which blocks, facts, sources and terms hold some words, best match first.

A match counts by BM25: for more the rarer the word, the more often it stands there, and the shorter the entry; and for
more in an id or a heading than in the text, and less in a topic. What a recent briefing used comes before what none does.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from msgspec import Struct, field

from despatch.content import Block, Fact, Library, Reference, Term
from despatch.diagnostics import Span, nearest
from despatch.load import load_brief
from despatch.select import widened
from despatch.source import Scalar

WORD = re.compile(r"£?\w+(?:['.,]\w+)*")
ASKED = re.compile(r"[“\"]([^“”\"]*)[”\"]?|([^\s“”\"]+)")
"""A phrase between quotation marks, or a word."""
UNSEEN = re.compile(r"\*+|\s?\[@[^\[\]]*\]")
NAMED = re.compile(r"\{\{([^{}]+)\}\}")
THOUSANDS = re.compile(r"(?<=\d),?(?=(?:\d{3})+(?!\d))")
"""Where a long number has its commas, or might have."""
NOT_WORDS = {
    "id", "topics", "priority", "answers", "items", "stance", "from_", "source", "facts", "show", "said_on", "ignore",
    "number",
}  # fmt: skip
"""Fields that name or sort a block, or are for colleagues, and say nothing to a reader."""
WEIGHTS = (6, 4, 0.5, 1)
"""What a word counts in an id, a heading or title, a topic, and the text."""
SATURATION, LENGTH = 1.2, 0.5
"""BM25’s two settings: how soon more of the same word stops counting, and how much a long entry counts for less."""
RECENT, HALVES = 0.3, 365
"""How much more the block used last counts, and in how many days half of that is gone."""
WIDTH, MANY = 180, 50
"""How many characters an excerpt has, and how many places are looked at for the best one."""
PAST = 0.5
"""What is left for a block that is withdrawn, or that another takes the place of."""
BETWEEN = "\0"
"""What stands between the fields of a card: no file may hold it, and nobody can ask for it."""

Entry: TypeAlias = Block | Fact | Reference | Term


class Card(Struct, array_like=True):
    """What a search needs of one entry: plain values alone, so that they can be kept until the next search."""

    id: str
    kind: str
    path: str
    line: int
    heading: str
    words: str
    """Its other words as they are written, with the names of facts in them."""
    topics: tuple[str, ...] = ()
    remark: str = ""
    """A position’s stance, and whether the block is a draft, withdrawn or superseded."""
    paste: str = ""
    """What to write in a brief, or in prose, to print it; nothing, if it is withdrawn."""
    past: bool = False
    """Whether it is withdrawn, or another takes its place."""
    gives: dict[str, str] = field(default_factory=dict)
    """What is printed for the names that it declares: a fact’s value and date, a term spelt out, the number of a list’s amendment."""
    folded: str = ""
    """The id, the heading and the words with the values of facts, as they are compared."""
    size: int = 0
    """How many characters the heading and the words with the values of facts have."""

    @property
    def is_block(self) -> bool:
        """Whether it stands for a block."""
        return self.kind not in ("facts", "sources", "terms")

    def text(self, values: Mapping[str, str]) -> str:
        """Its words with what is printed in place of each name."""
        if self.is_block:
            return _printed(self.words, values).removeprefix(self.heading).lstrip(" :\n")
        return f"{self.heading}: {_printed(self.words, values)}" if self.kind == "facts" else self.words

    def fill(self, values: Mapping[str, str]) -> None:
        """Note what depends on the values of facts."""
        text = self.text(values)
        self.size = len(self.heading) + len(text)
        self.folded = BETWEEN.join(map(_folded, (self.id, self.heading, text)))


class Catalogue(Struct, frozen=True):
    """The cards of a library, what is printed for each name, and the library for its topics."""

    cards: list[Card]
    values: Mapping[str, str]
    library: Library


def catalogue(library: Library) -> Catalogue:
    """The catalogue of a library that has been read."""
    cards = [card(each) for each in entries(library)]
    values = printed_for(cards)
    for each in cards:
        each.fill(values)
    return Catalogue(cards, values, library)


def printed_for(cards: Iterable[Card]) -> dict[str, str]:
    """What is printed for each name that these declare; a fact comes before a term of that name."""
    ordered = sorted(cards, key=lambda each: each.kind == "facts")
    return {name: value for each in ordered for name, value in each.gives.items()}


def entries(library: Library) -> Iterator[Entry]:
    """All that can be found in a library."""
    for each in (library.blocks, library.facts, library.sources, library.terms):
        yield from each.values()


class LastUse(NamedTuple):
    """The last sitting day for which a block was used, and the brief."""

    day: dt.date
    brief: str


class Named(Struct, array_like=True):
    """What a brief names, as far as its file alone can tell."""

    last: tuple[dt.date, str]
    """Its last sitting day, and its name."""
    blocks: tuple[str, ...]
    opening: str
    """What its standfirst says, if that is a block’s id or a single word."""
    auto: tuple[str, ...]
    """The lists that it fills by topic,"""
    topics: tuple[str, ...]
    """and by which topics."""


class _Wanted(Struct, frozen=True):
    """A word or a phrase to look for: the phrase as it stands, the word in any of its forms or as a beginning."""

    text: str
    stem: str
    part: str
    """What every text has that has it: a long number’s last digits, else the beginning of a word."""
    pattern: re.Pattern[str]

    def found(self, folded: str) -> float:
        """How much of it a text has: a word that only begins alike counts half."""
        if self.part not in folded:
            return 0
        return sum(map(self.worth, self.pattern.findall(folded)))

    def worth(self, match: str) -> float:
        """What one place that the pattern matches counts."""
        if " " in self.text or _stem(match) == self.stem:
            return 1
        return 0.5 if len(self.text) > 2 and match.startswith(self.text) else 0


class Hit(Struct, frozen=True):
    """One entry that matches, how well it matches, and when a brief last named it, if it is a block."""

    card: Card
    score: float
    last: LastUse | None
    values: Mapping[str, str]
    wanted: tuple[_Wanted, ...]

    @property
    def id(self) -> str:
        """The entry’s id, or the abbreviation of a term."""
        return self.card.id

    @property
    def span(self) -> Span:
        """Where the entry is written."""
        return Span(Path(self.card.path), self.card.line)

    @property
    def excerpt(self) -> str:
        """The words about the place that has most of what is wanted."""
        text = self.card.text(self.values) or self.card.heading
        folded, places = _folded(text), []
        for number, each in enumerate(self.wanted):
            places += [(m.start(), number) for m in each.pattern.finditer(folded) if each.worth(m[0])]
        at = max(sorted(places)[:MANY], key=lambda place: (len(_near(place[0], places)), -place[0]), default=(0, 0))[0]
        return " ".join(_cut(text, at).split())


class _Match(NamedTuple):
    """A card, and how much of each word it has in its id, its heading, its topics and its text."""

    card: Card
    counts: list[list[float]]

    @property
    def by_topic(self) -> tuple[bool, bool]:
        """Whether it lacks one of the words in all but its topics, and whether it lacks every one."""
        own = [any((name, heading, text)) for name, heading, _, text in self.counts]
        return not all(own), not any(own)


def find(
    query: str,
    catalogue: Catalogue,
    *,
    kind: str = "",
    topics: Iterable[str] = (),
    used: Mapping[str, LastUse] | None = None,
) -> list[Hit]:
    """The entries that hold every word and phrase of the query, or else some of them, best first.

    Those that say them in their own words come before those that only have a topic of that name.
    """
    wanted, last, cards = _wanted(query), used or {}, catalogue.cards
    found = list(_found(wanted, catalogue))
    rarity = [_rarity(len(cards), sum(any(each.counts[i]) for each in found)) for i in range(len(wanted))]
    mean = sum(card.size for card in cards) / max(1, len(cards)) or 1
    newest = max((each.day for each in last.values()), default=dt.date.min)
    whole, about = _folded_words(query), set(topics)
    asked = [each for each in found if _matches(each, wanted) and _is_of(each.card, kind, about, catalogue.library)]
    hits = []
    for each in [each for each in asked if all(map(any, each.counts))] or asked:
        card, use = each.card, last.get(each.card.id) if each.card.is_block else None
        score = _named(card, whole) * _bm25(each.counts, rarity, card.size / mean) * _standing(card, use, newest)
        hits.append((each.by_topic, Hit(card, score, use, catalogue.values, (*wanted,))))
    hits.sort(key=lambda each: (each[0], -each[1].score, each[1].card.id, each[1].card.kind))
    return [hit for _, hit in hits]


def _found(wanted: list[_Wanted], catalogue: Catalogue) -> Iterator[_Match]:
    """The cards that have something like a word that is wanted."""
    topics = {each: _topics(catalogue.library, each) for each in {card.topics for card in catalogue.cards}}
    parts = [each.part for each in wanted]
    for card in catalogue.cards:
        folded, about = card.folded, topics[card.topics]
        if any(part in folded or part in about for part in parts):
            name, heading, text = folded.split(BETWEEN)
            yield _Match(card, [[*map(each.found, (name, heading, about, text))] for each in wanted])


def _is_of(card: Card, kind: str, topics: set[str], library: Library) -> bool:
    """Whether an entry is of the kind and on one of the topics that are asked for, if any are."""
    return kind in ("", card.kind) and (not topics or bool(topics & widened(library, card.topics)))


def _matches(match: _Match, wanted: list[_Wanted]) -> bool:
    """Whether an entry has any of the words, and every phrase."""
    phrases = (found for found, each in zip(match.counts, wanted, strict=True) if " " in each.text)
    return any(map(any, match.counts)) and all(map(any, phrases))


def _wanted(query: str) -> list[_Wanted]:
    """The words and phrases of a query, each once."""
    found: dict[str, _Wanted] = {}
    for phrase, words in ASKED.findall(query):
        several = WORD.findall(_folded(phrase or words))
        for text in [_folded_words(phrase)] if len(several) > 1 and phrase else several:
            found[text] = _Wanted(text, _stem(text), _part(max(several, key=len)), _pattern(text))
    return list(found.values())


def _part(word: str) -> str:
    return THOUSANDS.split(_stem(word))[-1]


def _pattern(text: str) -> re.Pattern[str]:
    """What stands before is looked at last: a pattern that begins with letters is found many times sooner."""
    if " " in text:
        return re.compile(rf"(?<!\w){_however_written(text)}(?!\w)")
    stem = re.escape(_stem(text))
    if THOUSANDS.search(stem):
        return re.compile(rf"(?<![\w£])(?<!\w['.,]){_however_written(stem)}\w*(?:['.,]\w+)*")
    begins = "" if text.startswith("£") else rf"(?<![\w£]{stem})(?<!\w['.,]{stem})"
    return re.compile(rf"{stem}{begins}\w*(?:['.,]\w+)*")


def _however_written(text: str) -> str:
    """A pattern for a text, whether or not a number has its commas and a word its apostrophe."""
    said = re.sub(r"(?<=\w)s(?!\w)", "'?s'?", re.escape(text).replace("'", "'?"))
    return THOUSANDS.sub(",?", said)


def _folded(text: str) -> str:
    """The text as it is compared: small letters, one kind of apostrophe, hyphens as spaces."""
    return text.casefold().replace("’", "'").replace("-", " ")


def _folded_words(text: str) -> str:
    """The same with one space between words."""
    return " ".join(_folded(text).split())


@cache
def _stem(word: str) -> str:
    """The beginning that a word shares with its other forms: `agenc` of agency and agencies, `foster` of fostering."""
    word = THOUSANDS.sub("", word.removesuffix("'s").removesuffix("'"))
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


def _named(card: Card, query: str) -> int:
    """What a match is multiplied by where the query is the entry's whole id or heading."""
    return 2 if query in card.folded.split(BETWEEN)[:2] else 1


def _standing(card: Card, last: LastUse | None, newest: dt.date) -> float:
    """What a match is multiplied by: more for what was used of late, less for what is past."""
    return (PAST if card.past else 1) * (1 + (RECENT * 0.5 ** ((newest - last.day).days / HALVES) if last else 0))


def last_uses(paths: Iterable[Path], library: Library) -> dict[str, LastUse]:
    """For each block that a brief names, the last day for which one does."""
    return uses(map(named, paths), library)


def named(path: Path) -> Named | None:
    """What a brief names, or nothing if it is not sound."""
    brief = load_brief(path, Library(complete=False))[0]  # alone: what its blocks say does not matter here
    if brief is None or not brief.days:
        return None
    blocks = {str(use.use) for each in brief.sections for use in each.uses} | {str(brief.contact or "")} - {""}
    any_word: Any = {str(brief.standfirst): None}
    opening = brief.standfirst_block(Library(any_word))
    auto = {each.list for each in brief.sections if each.auto is not None}
    return Named((brief.days[-1], brief.name), (*sorted(blocks),), str(opening or ""), (*sorted(auto),),
                 (*map(str, brief.topics.include),))  # fmt: skip


def uses(briefs: Iterable[Named | None], library: Library) -> dict[str, LastUse]:
    """For each block that one of these names, or takes by topic, the last day for which one does."""
    found: dict[str, LastUse] = {}

    @cache
    def automatic(kind: str, topic: str) -> set[str]:
        blocks = (each for each in library.blocks.values() if kind in ("blocks", each.kind))
        return {str(each.id) for each in blocks if topic in widened(library, each.topics)}

    for brief in filter(None, briefs):
        taken = {*brief.blocks}.union(*(automatic(kind, topic) for kind in brief.auto for topic in brief.topics))
        if "-" in brief.opening or brief.opening in library.blocks:
            taken.add(brief.opening)
        use = LastUse(*brief.last)
        found.update({name: max(use, found.get(name, use)) for name in taken})
    return found


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


def near_words(query: str, catalogue: Catalogue) -> list[str]:
    """The words of the library that are most like those of the query which it does not have."""
    topics = (_topics(catalogue.library, each) for each in {card.topics for card in catalogue.cards})
    pieces = set(" ".join([*(card.folded.replace(BETWEEN, " ") for card in catalogue.cards), *topics]).split())
    known = {word.removesuffix("'s") for piece in pieces for word in WORD.findall(piece)}
    asked = dict.fromkeys(word for each in _wanted(query) for word in each.text.split())
    return [found for word in asked if word not in known for found in nearest(word, known)]


def card(entry: Entry) -> Card:
    """An entry’s card, without what depends on the values of facts."""
    if isinstance(entry, Block):
        return _of_block(entry)
    if isinstance(entry, Fact):
        gives = {entry.id: entry.value} | ({f"{entry.id}.as_of": entry.as_of.printed} if entry.as_of else {})
        return _card(entry.id, "facts", entry.value, entry.what, paste=f"{{{{{entry.id}}}}}", gives=gives)
    if isinstance(entry, Term):
        gives = {entry.abbreviated(many=many): entry.spelt_out(many=many) for many in (False, True)}
        return _card(entry.short, "terms", entry.long, entry.plural or "", paste=f"{{{{{entry.short}}}}}", gives=gives)
    words = " ".join(filter(None, (entry.short, entry.by)))
    return _card(entry.id, "sources", entry.title, words, paste=f"[@{entry.id}]", gives=_numbers(entry))


def _of_block(block: Block) -> Card:
    heading = getattr(block.content, "heading", None) or getattr(block.content, "label", None) or ""
    past = block.status == "withdrawn" or bool(block.superseded_by)
    return _card(block.id, block.kind, heading, _words(block), topics=block.topics, remark=_remark(block), paste=_paste(block), past=past)  # fmt: skip


def _card(name: Scalar, kind: str, heading: str, words: str, **more: Any) -> Card:
    return Card(name, kind, str(name.source.path), name.span.line, heading, words, **more)


def _topics(library: Library, topics: tuple[Any, ...]) -> str:
    known = [library.topics[name] for topic in topics for name in library.above(topic)]
    names = (_folded(name) for topic in known for name in (topic.id, topic.label, *topic.also))
    return "\n".join(dict.fromkeys(names))


def _numbers(source: Reference) -> dict[str, str]:
    """What the newest printing of an amendment list calls each position’s amendment."""
    printing = source.printing(dt.date.max)
    numbers = printing.numbers if printing else {}
    return {f"{source.id}/{position}": _amendment(number) for position, number in numbers.items()}


def _amendment(number: str) -> str:
    """How an amendment is spoken of: `New Clause 3` says itself what it is."""
    return f"Amendment {number}" if number[:1].isdigit() else number


def _words(block: Block) -> str:
    """All the words of a block; under a position’s heading, what its amendment is called now."""
    proposal, text = getattr(block.content, "proposal", None), _text(block.content)
    if proposal is None or proposal.amendment is None:
        return text
    heading, _, rest = text.partition("\n")
    number = proposal.amendment.number
    return "\n".join((heading, _amendment(number) if number else f"{{{{{proposal.from_}/{block.id}}}}}", rest))


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


def _printed(text: str, values: Mapping[str, str]) -> str:
    """The text with what is printed in place of each name, and without marks that no reader sees."""
    return UNSEEN.sub("", NAMED.sub(lambda m: values.get(m[1], "" if "/" in m[1] else m[1]), text))


def _remark(block: Block) -> str:
    said = [block.content.view.stance] if block.kind == "positions" else []
    said += [block.status] if block.status != "approved" else []
    said += [f"superseded by {block.superseded_by}"] if block.superseded_by else []
    return ", ".join(said)


def _paste(block: Block) -> str:
    """What prints the block; nothing does, once it is withdrawn."""
    if block.status == "withdrawn":
        return ""
    return f"contact: {block.id}" if block.kind == "contacts" else f"- {block.kind}: [{block.id}]"


def _near(at: int, places: Iterable[tuple[int, int]]) -> set[int]:
    """Which of the things wanted stand close after a place."""
    return {number for start, number in places if at <= start < at + WIDTH // 2}


def _cut(text: str, at: int) -> str:
    """The words about a place in a text."""
    first = max(0, text.rfind(" ", 0, max(0, at - WIDTH // 3)) + 1)
    last = text.rfind(" ", first, first + WIDTH) if first + WIDTH < len(text) else len(text)
    last = last if last > first else first + WIDTH
    return ("… " if first else "") + text[first:last].strip() + (" …" if last < len(text) else "")
