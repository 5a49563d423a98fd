"""Full-text search of the library: which blocks, facts and sources hold some words, best match first."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from despatch.content import Library
from despatch.diagnostics import Span

WORD = re.compile(r"[\w£]+(?:[’'.,]\w+)*")
NOT_WORDS = {"id", "topics", "priority", "answers", "stance", "from_", "source", "facts", "show", "said_on"}
"""Fields that name or sort a block and say nothing to a reader."""
WEIGHTS = (6, 4, 3, 1)
"""What a word counts in an id, a heading or title, a topic, and the text."""


@dataclass(frozen=True)
class Hit:
    """One entry that matches: what it is, how well it matches, where it is, and the words about the match."""

    id: str
    kind: str
    score: float
    span: Span
    excerpt: str


@dataclass(frozen=True)
class _Entry:
    id: Any
    kind: str
    fields: tuple[str, str, str, str]


def find(query: str, library: Library) -> list[Hit]:
    """The entries that hold every word of the query, or else some of them, best first."""
    wanted = [word.casefold() for word in WORD.findall(query)]
    entries = list(_entries(library))
    scored = [(entry, _scores(entry, wanted)) for entry in entries]
    rarity = [math.log(1 + len(entries) / (1 + sum(bool(s[i]) for _, s in scored))) for i in range(len(wanted))]
    hits = [_hit(entry, scores, rarity, wanted) for entry, scores in scored if any(scores)]
    whole = [hit for hit, scores in zip(hits, (s for _, s in scored if any(s)), strict=True) if all(scores)]
    return sorted(whole or hits, key=lambda hit: (-hit.score, hit.id))


def _entries(library: Library) -> Iterator[_Entry]:
    for block in library.blocks.values():
        heading = str(getattr(block.content, "heading", None) or getattr(block.content, "label", None) or "")
        yield _Entry(
            block.id,
            block.kind,
            (block.id, heading, _topics(library, block.topics), _printed(_text(block.content), library)),
        )
    for fact in library.facts.values():
        yield _Entry(fact.id, "facts", (fact.id, fact.value, "", fact.what))
    for source in library.sources.values():
        yield _Entry(
            source.id, "sources", (source.id, source.title, "", " ".join(filter(None, (source.short, source.by))))
        )


def _topics(library: Library, topics: tuple[Any, ...]) -> str:
    known = [library.topics[name] for topic in topics for name in library.above(topic)]
    return " ".join(" ".join((topic.id, topic.label, *topic.also)) for topic in known)


def _text(content: Any) -> str:
    """All the words of a block's own fields, those of its points and variants included."""
    return " ".join(" ".join(_words(content)).split())


def _words(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case tuple():
            yield from (word for each in value for word in _words(each))
        case Mapping():
            yield from (word for each in value.values() for word in _words(each))
        case _ if is_dataclass(value):
            named = (each.name for each in fields(value) if each.name not in NOT_WORDS)
            yield from (word for name in named for word in _words(getattr(value, name)))


def _printed(text: str, library: Library) -> str:
    """The text with each fact's value in place of its name."""
    return re.sub(r"\{\{([^{}.]+)\}\}", lambda m: library.facts[m[1]].value if m[1] in library.facts else m[1], text)


def _scores(entry: _Entry, wanted: list[str]) -> list[float]:
    """For each word wanted, how much of it the entry has; a word that only begins alike counts half."""
    found = [[word.casefold() for word in WORD.findall(text.replace("-", " "))] for text in entry.fields]
    return [sum(weight * _match(word, words) for weight, words in zip(WEIGHTS, found, strict=True)) for word in wanted]


def _match(word: str, words: list[str]) -> float:
    exact = words.count(word)
    near = sum(other.startswith(word) for other in words) - exact if len(word) > 2 else 0
    return math.log1p(exact) + 0.5 * math.log1p(near)


def _hit(entry: _Entry, scores: list[float], rarity: list[float], wanted: list[str]) -> Hit:
    score = sum(part * rare for part, rare in zip(scores, rarity, strict=True))
    return Hit(entry.id, entry.kind, score, entry.id.span, _excerpt(entry.fields[3] or entry.fields[1], wanted))


def _excerpt(text: str, wanted: list[str], width: int = 88) -> str:
    """The words about the first match."""
    folded = text.casefold()
    at = min((place for word in wanted if (place := folded.find(word)) >= 0), default=0)
    first = max(0, text.rfind(" ", 0, max(0, at - width // 3)) + 1)
    return ("… " if first else "") + text[first : first + width].strip() + (" …" if first + width < len(text) else "")
