"""How alike two texts are by the words that they share in order, and which of many texts are alike.

The measure is difflib's, twice what is shared over what there is, counted in words: in characters, two headings about
the same children are alike whatever they say. Bits of a whole number stand for words here, which makes it so fast that
no package is needed for it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple, TypeAlias

Words: TypeAlias = tuple[str, ...]

WORD = re.compile(r"\{\{[^{}]*\}\}|[£\w]++(?:[’.,-]\w++)*+")
CITED = re.compile(r"\[(?:@[^\[\]]*|\d+)\]")
LONGEST = 500
"""How many words of a text are compared. What is longer is no sentence, and the start of a passage is enough."""
COMMON = 200
"""A word that is in more texts than this does not tell which of them are alike, and would only cost time."""
SIGNS = 2
"""How many rare words two texts must share before they are compared."""
ROUNDING = 1e-9
KEPT = 50_000
"""So many texts are kept as they were read: several rules compare the same ones."""


class Alike(NamedTuple):
    """Two texts, by their numbers, and how alike they are: 1 where their words are the same."""

    earlier: int
    later: int
    likeness: float


def words(text: str) -> Words:
    """A text's words in small letters, and the names of the facts that it prints; no citations, and no marks."""
    return _words(" ".join(text[: LONGEST * 20].split()))


@lru_cache(KEPT)
def _words(text: str) -> Words:
    text = text.lower().replace("'", "’")
    return tuple(WORD.findall(CITED.sub("", text) if "[" in text else text)[:LONGEST])


EVERYDAY = frozenset(
    words(
        "a an and are as at be been but by can could did do does for from had has have he her his how i if in into is it "
        "its may more must no not of on or our out shall she should so some such than that the their them then there these "
        "they this those to too up us was we were what when where which while who will with would you your"
    )
)
"""Words that any sentence may have, whatever it is about."""


NEGATIONS = frozenset({"no", "not", "never", "nor", "neither", "none", "without", "cannot"})


def negations(text: Words) -> list[str]:
    """The words that turn what a text says into its opposite: “vote Content” and “vote Not Content” are no repeats."""
    return [each for each in text if each in NEGATIONS or each.endswith("n’t")]


@lru_cache(KEPT)
def telling(text: Words) -> Words:
    """The words that say what a text is about."""
    return tuple([each for each in text if each not in EVERYDAY])


def likeness(one: Words, other: Words) -> float:
    """How alike two texts are, from 0 to 1: as a whole and in their telling words, whichever is less.

    “The report says that it must …” makes any two sentences alike as a whole, and a report's long name in their
    telling words, but seldom both.
    """
    return min(_ratio(telling(one), telling(other)), _ratio(one, other))


def figures_agree(one: Words, other: Words) -> bool:
    """Whether it is not so that each text has a figure that the other lacks.

    “£46 million in year one” and “£987 million in year two” are made alike to say two things.
    """
    mine, theirs = ({each for each in text if each[0] == "{" or any(map(str.isdigit, each))} for text in (one, other))
    return mine <= theirs or theirs <= mine


def alike(texts: Sequence[Words], least: float, after: int = 0) -> Iterator[Alike]:
    """The texts, from the one numbered `after`, that are at least so much like an earlier one.

    One with the very words of an earlier one is named with the first of those alone. Time grows with the number of
    texts, not with that of their pairs: two texts that are alike share some of their rarest words, and only those that
    do are compared. None is missed where no word is common, and few among many texts.
    """
    numbers: dict[Words, int] = {}
    first = [numbers.setdefault(text, number) for number, text in enumerate(texts)]
    known = {number: _counted(telling(text)) for text, number in numbers.items()}
    near = _near(known, least)
    for number, text in enumerate(texts):
        if first[number] != number and known[first[number]] and number >= after:
            yield Alike(first[number], number, 1.0)
        for other in next(near) if first[number] == number else ():
            if number >= after and _may_be(known[other], known[number], least):
                found = likeness(texts[other], text)
                if found >= least:
                    yield Alike(other, number, found)


def _near(known: Mapping[int, set[str]], least: float) -> Iterator[list[int]]:
    """For each text the earlier ones that share enough of its rarest words: as many as hold some that any text so alike
    must share, even if it shares no more than it must.
    """
    spread = Counter(chain.from_iterable(known.values()))
    several = sorted((word for word, number in spread.items() if number > 1), key=spread.__getitem__)
    rank = {word: number for number, word in enumerate(several)}
    under: dict[str, list[int]] = {word: [] for word in several if spread[word] <= COMMON}
    for number, found in known.items():
        shared = math.ceil(len(found) * least / (2 - least) - ROUNDING)
        told = sorted(found & rank.keys(), key=rank.__getitem__)
        lists = [under[word] for word in told[: max(0, len(told) - shared + SIGNS)] if word in under]
        others = [*chain.from_iterable(lists)]
        yield sorted(other for other, count in Counter(others).items() if count >= min(shared, SIGNS)) if others else []
        for each in lists:
            each.append(number)


def _may_be(one: set[str], other: set[str], least: float) -> bool:
    """Whether two texts share enough words to be so alike, were they only in order."""
    return 2 * len(one & other) >= least * (len(one) + len(other)) - ROUNDING


def _counted(text: Words) -> set[str]:
    """Its words as a set, in which a word's second time is another word: so sets share what the texts do."""
    found = set(text)
    if len(found) < len(text):
        times = Counter[str]()
        for word in text:
            times[word] += 1
            found.add(f"{word} {times[word]}" if times[word] > 1 else word)
    return found


def _ratio(one: Words, other: Words) -> float:
    return 2 * _common(one, other) / (len(one) + len(other)) if one and other else 0.0


def _common(one: Words, other: Words) -> int:
    """How many words two texts have in common in the same order, after Hyyrö's bit-parallel algorithm."""
    places: dict[str, int] = {}
    for number, word in enumerate(one):
        places[word] = places.get(word, 0) | 1 << number
    everything = open_ = (1 << len(one)) - 1
    for word in other:
        matched = open_ & places.get(word, 0)
        open_ = ((open_ + matched) | (open_ - matched)) & everything
    return len(one) - open_.bit_count()


def differing(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """The runs of words, or of sentences, that differ: as they were and as they are."""
    from difflib import SequenceMatcher  # imported here: only where something differs

    for what, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            yield old[start:end], new[first:last]
