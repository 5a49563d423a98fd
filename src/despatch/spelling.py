"""Spelling: the words that neither a British dictionary nor the sector's own list has, and what may have been meant.

The dictionary is Hunspell's `en_GB`, by way of enchant. Loading it takes longer than a briefing takes to lay out, and
most of that outside Python: so it is begun early, and in a thread. Where it is missing every word is taken as right.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from threading import Thread
from typing import Any

LANGUAGE = "en_GB"
LONGEST = 40
"""More letters than this are no word."""
RUN = re.compile(r"[^\W_][\w'’.-]*")
MARKS = "'’.-"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
MISSED = f"{LETTERS}'"
RUN_TOGETHER = ("as", "at", "in", "of", "on", "to", "all", "any", "each", "every", "no")
MISSING = (
    "Spelling was not checked: no British English dictionary was found on this computer. On Debian or Ubuntu install "
    "libenchant-2-2 and hunspell-en-gb; on a Mac install enchant; on Windows install Despatch again."
)


class _Loading(Thread):
    dictionary: Any = None

    def run(self) -> None:
        # Else enchant makes files in the user's folder, and takes the words there for right on this computer alone.
        os.environ["ENCHANT_CONFIG_DIR"] = os.devnull
        try:
            import enchant

            self.dictionary = enchant.Dict(LANGUAGE) if enchant.dict_exists(LANGUAGE) else None
        except Exception:  # noqa: BLE001  # whatever is wrong with it, the rest of a check goes on
            return


@cache
def _loading() -> _Loading:
    loading = _Loading()
    loading.start()
    return loading


def _dictionary() -> Any:
    loading = _loading()
    loading.join()
    return loading.dictionary


def begin() -> None:
    """Begin to load the dictionary, so that it is there when it is wanted."""
    _loading()


def missing() -> str:
    """What to say where there is no dictionary; nothing, where there is one."""
    return "" if _dictionary() is not None else MISSING


@cache
def sector() -> frozenset[str]:
    """The sector's own words, and the abbreviations that every reader knows."""
    lines = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def words(texts: Iterable[str]) -> set[str]:
    """The words of some texts. What has a digit, a full stop or a capital within, such as `DfE`, is none."""
    once = " ".join(set(chain.from_iterable(map(str.split, texts))))
    found = {run.rstrip(MARKS) for run in RUN.findall(once)}
    return {each for each in found if len(each) <= LONGEST and _is_word(each)}


def places(text: str, words: Collection[str]) -> list[tuple[int, str]]:
    """Where each of some words first stands in a text by itself, in order."""
    first: dict[str, int] = {}
    for run in RUN.finditer(text):
        if (word := run[0].rstrip(MARKS)) in words:
            first.setdefault(word, run.start())
    return [(at, word) for word, at in first.items()]


def _is_word(text: str) -> bool:
    return (text.isalpha() and (text[1:].islower() or len(text) == 1)) or all(map(_is_part, re.split("['’-]", text)))


def _is_part(text: str) -> bool:
    return not text or (text.isalpha() and text[1:] == text[1:].lower())


def unknown(words: Iterable[str], vouched: Collection[str] = ()) -> set[str]:
    """Those of some words that no dictionary has, nor the sector's list, nor `vouched`, where the office's own stand.

    One in small letters there may begin with a capital, and any may be a possessive or take an s, unless a dictionary
    has it: that knows what takes an s, and “Childrens” is no word though a title has “Children”.
    """
    dictionary = _dictionary()
    return set() if dictionary is None else {each for each in words if not _is_known(each, vouched, dictionary)}


def _is_known(word: str, vouched: Collection[str], dictionary: Any) -> bool:
    if dictionary.check(word.replace("’", "'")) or _is_listed(word, vouched, dictionary):
        return True
    parts = [each for each in word.split("-") if len(each) > 3]
    return "-" in word and all(_is_known(each, vouched, dictionary) for each in parts)


def _is_listed(word: str, vouched: Collection[str], dictionary: Any) -> bool:
    bare = re.sub("['’]s?$", "", word)
    single = bare.removesuffix("s")
    written = (word, bare) if not single or dictionary.check(single) else (word, bare, single)
    forms = {form for each in written for form in (each, each[:1].lower() + each[1:])}
    return any(form in vouched or form in sector() for form in forms)


def slips(word: str) -> list[str]:
    """The words from which one letter too many, one missing or two in the wrong order would make this one."""
    dictionary = _dictionary()
    return [] if dictionary is None else _known(_slips(word.lower()), dictionary)


def suggestions(word: str) -> list[str]:
    """Up to three words that may have been meant, the likeliest first."""
    dictionary, small = _dictionary(), word.lower()
    if dictionary is None or len(small) > LONGEST:
        return []
    near = _known(chain(_slips(small), _wrong_letters(small)), dictionary)
    likely = sorted(near, key=lambda each: -_shared(each, small))
    found = likely or [each for each in dictionary.suggest(small) if each.isalpha()]
    return [each[:1].upper() + each[1:] if word[:1].isupper() else each for each in found[:3]]


def _shared(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _known(words: Iterable[str], dictionary: Any) -> list[str]:
    found = (each for each in dict.fromkeys(words) if len(each) > 1 and all(map(dictionary.check, each.split(" "))))
    return [each.replace("'", "’") for each in found]


def _slips(word: str) -> Iterator[str]:
    places = range(len(word))
    yield from (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in places[:-1])
    yield from (word[:at] + word[at + 1 :] for at in places)
    yield from (word[:at] + letter + word[at:] for at in range(len(word) + 1) for letter in MISSED)


def _wrong_letters(word: str) -> Iterator[str]:
    yield from (word[:at] + letter + word[at + 1 :] for at in range(len(word)) for letter in LETTERS)
    yield from (f"{first} {word.removeprefix(first)}" for first in RUN_TOGETHER if word.startswith(first))
