"""Abbreviations in a finished document: where each is used, and where it is spelt out, as in `care order (CO)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct, field

from despatch.content import Term
from despatch.diagnostics import Span
from despatch.document import AS_TABLED, KEPT
from despatch.proof import Proof, Row
from despatch.prose import TOKEN

SHORT = r"[A-Z](?<![\w&.@].)(?:[A-Z&]|[a-z](?=[A-Z]))*[A-Z]s?(?![\w&@]|\.\w)"
"""Two capitals or more, with at most one small letter between two of them: `LGA`, `DfE`, `EHCPs`; not `MacAlister`.

It begins with a capital and looks back from there, so that other letters are soon passed over.
"""
USED = re.compile(SHORT)
BRACKETED = re.compile(rf"\(\s?(?:the\s)?[“‘\"']?({SHORT})[”’\"']?\s?\)")
EXPLAINED = re.compile(rf"({SHORT})\s?\(([^()]{{3,150}})\)")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SMALL = {"a", "an", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with"}
REFERENCE = re.compile(
    r"[\[(]\d{4}[\])] (?:\d{1,3} )?[A-Z]{2,9}(?: [A-Z][a-z]{2,9})? \d+|\((?:[A-Z]{2,9} (?!(?:19|20)\d\d\b)\d{1,4}(?:[,;] ?|(?=\)))){1,9}"
    r"|\b(?:UKSC|UKHL|UKPC|EWCA|EWHC|EWFC|EHRR|ECHR)(?: [A-Z][a-z]{2,9})? \d+"
)
"""A law report, as in `[2021] UKSC 35`, or a numbered paper, as in `(CWSB 214)`: the letters are where it is found."""
REFERS = ("[", "(", "UK", "EW", "EHRR", "ECHR")
"""One of these stands in whatever `REFERENCE` finds, and is found far sooner."""
PARTY = r"(?:[A-Z](?:[\w’'&-]|\.(?=\w))*|\([^()]{1,80}\))(?:\s(?:of|for|the|and(?! the)|&|[A-Z](?:[\w’'&-]|\.(?=\w))*|\([^()]{1,80}\))){0,12}"
CASE = rf"{PARTY}\sv\.?\s(?:the\s)?{PARTY}|\bRe\s{PARTY}(?=,?\s[\[(]\d{{4}}[\])])"
"""What a case is called, as in `R (AB) v Haringey LBC`: the court’s letters."""
ROMAN = re.compile(r"[IVX]+")
MOST_BEFORE = 200
"""Characters before a bracket in which the words that it abbreviates are looked for."""
NOT_BODY = {"title", "organisation", "occasion", "date", "heading", "label"}


class Expansion(NamedTuple):
    """An abbreviation spelt out."""

    place: tuple[int, int]
    """The row's number, and the first character in it."""
    end: int
    row: Row
    short: str
    long: str
    """The words that it stands for, if that can be told."""
    fits: bool
    """Whether their initials, or at least letters in them, give it."""


class Use(NamedTuple):
    """An abbreviation that stands by itself."""

    place: tuple[int, int]
    row: Row
    short: str


class Abbreviations(Struct, frozen=True, eq=False):
    """What a document abbreviates, each by the abbreviation for one."""

    uses: dict[str, list[Use]] = field(default_factory=dict)
    expansions: dict[str, list[Expansion]] = field(default_factory=dict)


@lru_cache(maxsize=64)
def abbreviations(proof: Proof) -> Abbreviations:
    """The abbreviations of a document, in reading order. Words said by others and an amendment's text are left out."""
    found = Abbreviations()
    for number, row in enumerate(proof.rows):
        if row.part not in AS_TABLED and row.group != "quotation" and not row.text.isupper() and row.is_english:
            _read(number, row, found)
    return found


def _read(number: int, row: Row, found: Abbreviations) -> None:
    text = row.text if "www." not in row.text and "//" not in row.text else re.sub(r"\S+", _no_address, row.text)
    text = _without_references(text)
    spelt = list(_expansions(number, row, text)) if "(" in text else []
    for each in spelt:
        found.expansions.setdefault(each.short, []).append(each)
    for use in USED.finditer(text):
        if not ROMAN.fullmatch(use[0]) and not any(each.place[1] <= use.start() < each.end for each in spelt):
            short = use[0].rstrip("s")
            found.uses.setdefault(short, []).append(Use((number, use.start()), row, short))


def _without_references(text: str) -> str:
    """A text with what cases, law reports and papers are called put out of the way; each character keeps its place."""
    if " v " in text or " v. " in text or "Re " in text:
        text = re.sub(CASE, lambda each: "." * len(each[0]), text)
    if any(map(text.__contains__, REFERS)):
        text = REFERENCE.sub(lambda each: "." * len(each[0]), text)
    return text


def _no_address(run: re.Match[str]) -> str:
    return "." * len(run[0]) if "www." in run[0] or "//" in run[0] else run[0]


def _expansions(number: int, row: Row, text: str) -> Iterator[Expansion]:
    for match in BRACKETED.finditer(text):
        short = match[1].rstrip("s")
        before = re.split(r"[.;:!?()“”]\s", text[max(0, match.start() - MOST_BEFORE) : match.start()])[-1]
        long, fits = _spelt_out(before, short)
        yield Expansion((number, match.start() - len(long)), match.end(), row, short, long.rstrip(), fits)
    for match in EXPLAINED.finditer(text):
        short = match[1].rstrip("s")
        long, fits = _spelt_out(match[2], short)
        if fits and len(long) > len(match[2]) - 5:
            yield Expansion((number, match.start()), match.end(), row, short, long, fits)


def _spelt_out(before: str, short: str) -> tuple[str, bool]:
    """The last of some words, which an abbreviation stands for: all that can be told, and whether they fit it."""
    words, letters = list(WORD.finditer(before)), re.sub("[^a-z]", "", short.lower())
    if (first := _by_initials(words, letters)) is not None:
        return before[first:], True
    if near := _nearly(words, letters):
        return before[near.start() :], False
    first = _by_letters(before, words, letters)
    return (before[first:], True) if first is not None else ("", True)


def _by_initials(words: list[re.Match[str]], letters: str) -> int | None:
    """Where the last words begin whose initials are these letters; small words may be left out."""
    at = len(words)
    for letter in reversed(letters):
        at -= 1
        while at > 0 and words[at][0][0].lower() != letter and words[at][0].lower() in SMALL:
            at -= 1
        if at < 0 or words[at][0][0].lower() != letter:
            return None
    return words[at].start()


def _nearly(words: list[re.Match[str]], letters: str) -> re.Match[str] | None:
    """The first of as many words as there are letters, if one initial is wrong, and neither the first nor the last."""
    large = [each for each in words if each[0].lower() not in SMALL][-len(letters) :]
    initials = "".join(each[0][0].lower() for each in large)
    wrong = sum(one != other for one, other in zip(initials, letters, strict=False))
    fits_at_ends = initials[:1] == letters[0] and initials[-1:] == letters[-1]
    return large[0] if len(initials) == len(letters) > 2 and wrong == 1 and fits_at_ends else None


def _by_letters(before: str, words: list[re.Match[str]], letters: str) -> int | None:
    """Where the last words begin that have these letters in this order, the first of them as an initial."""
    near = words[-2 * len(letters) - 2 :]
    text, at = before.lower(), len(before)
    for letter in reversed(letters[1:]):
        at = text.rfind(letter, 0, at)
        if at < 0:
            return None
    starts = [each.start() for each in near if each.start() < at and each[0][0].lower() == letters[0]]
    return starts[-1] if starts else None


def initials(words: str) -> str:
    """The capitals that would abbreviate some words."""
    return "".join(each[0].upper() for each in WORD.findall(words) if each.lower() not in SMALL)


def named_without(proof: Proof, short: str, before: tuple[int, int] | None = None) -> str:
    """The first words with capitals of a document whose initials are an abbreviation, if they stand before a place."""
    capitals, words = _capitals(proof)
    at = capitals.find(short) if len(short) > 2 else -1
    if at < 0 or (before and words[at] >= before):
        return ""
    (number, start), (_, last) = words[at], words[at + len(short) - 1]
    text = proof.rows[number].text
    word = WORD.match(text, last)
    return text[start : word.end() if word else None]


@lru_cache(maxsize=8)
def _capitals(proof: Proof) -> tuple[str, list[tuple[int, int]]]:
    """A document's words as capitals (a full stop for one in small letters), and their places. Small words are left out."""
    capitals, words = [], []
    for number, row in enumerate(proof.rows):
        found = [each for each in WORD.finditer(row.text) if each[0].lower() not in SMALL]
        capitals += [*(each[0][0] if each[0][0].isupper() else "." for each in found), "."]
        words += [*((number, each.start()) for each in found), (number, len(row.text))]
    return "".join(capitals), words


def typed(row: Row, short: str) -> Span | None:
    """Where an abbreviation is typed in the text of a row; nothing, where it is not, but printed by `{{…}}` or a label."""
    if row.written is None or (place := _place(row.written, short)) is None:
        return None
    return row.written.span_of(*place)


@lru_cache(KEPT)
def _place(written: str, short: str) -> tuple[int, int] | None:
    text = _without_references(TOKEN.sub(lambda match: " " * len(match[0]), written))
    match = re.search(rf"(?<![\w&]){re.escape(short)}(?=s?(?![\w&]))", text)
    return match.span() if match else None


def spelt_out_at(expansion: Expansion) -> Span | None:
    """Where an abbreviation is typed with the words that it stands for; nothing, where `{{…}}` prints both."""
    row = expansion.row
    words = row.text[expansion.place[1] : expansion.end]
    return row.span(words) if row.written is not None and words in row.written else typed(row, expansion.short)


def folded(long: str) -> str:
    """Words without what does not make them others: capitals, hyphens, the apostrophe's form, an s or `ies` at the end."""
    words = re.sub(r"[\s-]+", " ", long.lower().replace("’", "'").replace("&", "and")).split()
    return " ".join(re.sub("(?:ies|y)$|'?s$", "", each) for each in words)


def same_words(long: str, term: Term) -> bool:
    """Whether some words are a term's, for one or for more."""
    return folded(long) in {folded(term.long), folded(term.plural or term.long)}
