"""Dates that move, such as “last year”: where they stand, and what to write in their place on a given day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import islice

from msgspec import Struct

from despatch.content import Fact
from despatch.dates import MONTH, MONTHS, STEPS, in_full, is_meant
from despatch.diagnostics import Span
from despatch.passages import Passage, Sentence

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
RELATIVE = re.compile(
    r"\b(?P<which>last|past|this|next|current|previous|coming)\s+(?:(?:financial|academic|calendar)\s+)?"
    r"(?P<unit>year|month|week|spring|summer|autumn|winter)\b"
    r"|\b(?:by\s+|before\s+|at\s+|until\s+)?the\s+end\s+of\s+(?:the|this)\s+(?P<end>year|month)\b(?!\s+\d{4})"
    rf"|\b(?P<when>in|last|next|this|on|until|by|from)\s+(?P<date>\d\d?\s+)?(?P<month>(?-i:{MONTH})\b)(?-i:(?!\s+[A-Z])(?!['’]))"
    rf"|\b(?P<number>{'|'.join(NUMBERS)}|a|\d\d?)\s+(?P<units>year|month|week)s?\s+ago\b"
    r"|\bin\s+recent\s+(?:year|month|week)s\b|\brecently\b|\b(?P<near>yesterday|tomorrow)\b"
    r"|\b(?P<today>today)(?=['’]s\s+(?:report|statement|debate|announcement|publication))",
    re.IGNORECASE,
)
INSIDE = ("year", "month", "week", "ecent", "day", "omorrow", "spring", "summer", "autumn", "winter", *MONTHS)
"""One of these stands in whatever `RELATIVE` finds, and is found far sooner."""
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
YEARLY = re.compile(r"\b(?:each|every|a) year\b|\bannual|\byearly")
ONE_OF_SOME = re.compile(r"\s+(?:of|that|which|not|when|before)\b")
"""After “the last year”: what tells which year is meant, so that the day of reading does not matter."""
MOST_IN_A_SENTENCE = 50
"""So many are looked at: who has more in one sentence has pasted something."""
SAY_SO = "Write the year, the month or the day itself."


class Moving(Struct, frozen=True, eq=False):
    """Words whose date depends on the day on which they are read."""

    sentence: Sentence
    match: re.Match[str]

    @property
    def words(self) -> str:
        """The words, on one line."""
        return " ".join(self.match[0].split())

    @property
    def span(self) -> Span:
        """Where they are written."""
        return self.sentence.span(*self.match.span())

    def contradicted(self, facts: Mapping[str, Fact], day: date) -> list[Fact]:
        """The facts in the same sentence that have another date, where the words are read on a day."""
        return [fact for _, fact in self.sentence.facts(facts) if not _may_be_meant(self.match, fact, day)]

    def advice(self, day: date | None) -> str:
        """What to write in their place, for a text that is read on a day."""
        return _advice(self.match, day) if day else SAY_SO


def moving(passages: Iterable[Passage]) -> Iterator[Moving]:
    """The dates in some passages that depend on the day they are read. A quotation's are those of the day it was said."""
    for passage in passages:
        if not passage.is_quotation and any(map(passage.text.__contains__, INSIDE)):
            for sentence in passage.sentences() if RELATIVE.search(passage.own) else ():
                found = RELATIVE.finditer(passage.own[sentence.start : sentence.end])
                for match in islice(found, MOST_IN_A_SENTENCE):
                    if not _is_told(match, passage):
                        yield Moving(sentence, match)


def _is_told(match: re.Match[str], passage: Passage) -> bool:
    """Whether the rest of the sentence tells which year is meant."""
    if match["month"]:
        return bool(YEAR.search(match.string) or YEARLY.search(match.string)) or (
            passage.is_line and bool(match["date"])
        )
    if (match["which"] or "").lower() == "previous":
        return bool(YEAR.search(match.string))
    is_one = match.string[: match.start()].lower().endswith("the ") and match["which"]
    return bool(is_one and ONE_OF_SOME.match(match.string, match.end()))


def _may_be_meant(match: re.Match[str], fact: Fact, day: date) -> bool:
    """Whether a relative date, said on a day, can be the date of a fact. Of some, such as weeks, none is ruled out."""
    which, unit = (match["which"] or "").lower(), (match["unit"] or "").lower()
    return unit not in ("year", "month") or fact.as_of is None or is_meant(which, unit, fact.as_of, day)


def _advice(match: re.Match[str], day: date) -> str:
    if match["which"]:
        return _of_unit(match, match["unit"].lower(), day)
    if match["end"]:
        return _end(match["end"].lower(), day)
    if match["month"]:
        return f"Write its year: “{match['date'] or ''}{match['month']} {_year(match, day)}”, if that is meant."
    if match["number"]:
        return _ago(match["number"].lower(), match["units"].lower(), day)
    if match["near"] or match["today"]:
        step = {"yesterday": -1, "tomorrow": 1}.get(match[0].lower(), 0)
        return f"Write “{in_full(day + timedelta(days=step))}”."
    return "Write when it was." if match[0].lower() == "recently" else "Write since when."


def _of_unit(match: re.Match[str], unit: str, day: date) -> str:
    before, step = match.string[: match.start()].lower(), STEPS[match["which"].lower()]
    if step < 0 and re.search(r"\b(?:over|during|within|throughout) the $", before):
        return "Write from when until when."
    if unit == "year":
        return f"Write “{day.year + step}”, or “{_financial(day, step)}” for a financial year."
    if unit == "month":
        return f"Write “{_month(day, step)}”."
    if unit == "week":
        return f"Write “the week of {in_full(day + timedelta(days=7 * step - day.weekday()))}”."
    return f"Write which year’s {unit} is meant."


def _end(unit: str, day: date) -> str:
    if unit == "month":
        return f"Write “the end of {_month(day, 0)}”."
    return f"Write “the end of {day.year}”, or “the end of {_financial(day, 0)}” for the financial year."


def _ago(number: str, unit: str, day: date) -> str:
    count = int(number) if number.isdecimal() else NUMBERS.index(number) + 1 if number in NUMBERS else 1
    if unit == "year":
        return f"Write “{day.year - count}”, or “{_financial(day, -count)}” for a financial year."
    if unit == "month":
        return f"Write “{_month(day, -count)}”."
    return f"Write “the week of {in_full(day - timedelta(days=7 * count + day.weekday()))}”."


def _month(day: date, step: int) -> str:
    year, month = divmod(day.year * 12 + day.month - 1 + step, 12)
    return f"{MONTHS[month]} {year}"


def _financial(day: date, step: int) -> str:
    first = day.year - (day.month < 4) + step
    return f"{first}/{(first + 1) % 100:02}"


def _year(match: re.Match[str], day: date) -> int:
    """The year of a month or a day that comes without one: that of the reading, or what “last” and “next” make it."""
    number = MONTHS.index(match["month"]) + 1
    when = match["when"].lower()
    return day.year - (when == "last" and number >= day.month) + (when == "next" and number <= day.month)
