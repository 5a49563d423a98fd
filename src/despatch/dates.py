"""Dates as officers write them: a day, a month, a year or a financial year."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from msgspec import Struct

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
MONTH = "|".join(MONTHS)
"""Their names as a pattern."""
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Period(Struct, frozen=True):
    """A stretch of days, and how it is printed: `31 March 2022`, `March 2022`, `2022`, `2020/21`."""

    first: date
    last: date
    printed: str


def parse_day(text: str) -> date | None:
    """The day written as `2022-12-08`, or nothing."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None


def parse_period(text: str) -> Period | None:
    """The period written as `2022-03-31`, `2022-03`, `2022` or, for a financial year, `2020/21`."""
    if day := parse_day(text):
        return Period(day, day, in_full(day))
    if match := re.fullmatch(r"(\d{4})-(\d\d)", text):
        return _month(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"([12]\d{3})/(\d\d)", text):
        return _financial_year(int(match[1]), match[2])
    if re.fullmatch(r"[12]\d{3}", text):
        return Period(date(int(text), 1, 1), date(int(text), 12, 31), text)
    return None


def _month(year: int, month: int) -> Period | None:
    if not (1 <= month <= 12 and year >= 1000):
        return None
    last = monthrange(year, month)[1]
    return Period(date(year, month, 1), date(year, month, last), f"{MONTHS[month - 1]} {year}")


def _financial_year(year: int, ends: str) -> Period | None:
    """A financial year of government runs from 1 April to 31 March."""
    if f"{(year + 1) % 100:02}" != ends:
        return None
    return Period(date(year, 4, 1), date(year + 1, 3, 31), f"{year}/{ends}")


def in_full(day: date, *, weekday: bool = False) -> str:
    """`8 December 2022`, or `Thursday 8 December 2022`. Python's own names follow the machine's language."""
    text = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{DAYS[day.weekday()]} {text}" if weekday else text


def days_in_full(days: Sequence[date]) -> list[str]:
    """Days as they stand in a row: `Tuesday 13`, `Thursday 15 June 2023`. What the next repeats is said once."""
    named = [in_full(day, weekday=True).split() for day in days]
    for number, (day, following) in enumerate(pairwise(days)):
        if day.year == following.year:
            del named[number][-2 if day.month == following.month else -1 :]
    return [" ".join(words) for words in named]


STEPS = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}


def is_meant(which: str, unit: str, period: Period, day: date) -> bool:
    """Whether `last year` or `this month`, said on a day, may mean a period. A financial year is one of those."""
    step = STEPS[which]
    if unit == "month":
        return _months(period.first) <= _months(day) + step <= _months(period.last)
    if (period.first.month, period.last.month) == (4, 3):
        return period.first.year == day.year - (day.month < 4) + step
    return period.first.year <= day.year + step <= period.last.year


def _months(day: date) -> int:
    return day.year * 12 + day.month


SAID = re.compile(rf"(?:({'|'.join(DAYS)}),? )?(\d{{1,2}})(?:St|Nd|Rd|Th)? ([A-Z][a-z]{{2,8}})(?:,? (\d{{4}}))?")
"""A day in words, with or without its weekday and its year."""
LEAP = 9
"""Within so many years there is a 29 February."""


def day_said(text: str, today: date) -> date | None:
    """The day meant by `2022-12-08`, `8 December 2022`, `8/12/2022`, `Thursday` or `tomorrow`; without a year, the next such day."""
    words = " ".join(text.split()).title()
    if words in ("Today", "Tomorrow"):
        return today + timedelta(days=words == "Tomorrow")
    if words in DAYS:
        return today + timedelta(days=(DAYS.index(words) - today.weekday()) % 7)
    if match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", words):
        return _made(int(match[3]), int(match[2]), int(match[1]))
    match = SAID.fullmatch(words)
    return _in_words(match, today) if match else parse_day(words)


def not_a_day(words: str) -> str:
    """What to tell of words that mean no day."""
    return f"`{words}` is not a day. Write it as 8 December 2022 or 2022-12-08; a weekday must be that day’s."


def _in_words(match: re.Match[str], today: date) -> date | None:
    """The day said in words, unless it has a weekday and is not one."""
    weekday, number, name, year = match.groups()
    month = next((at for at, each in enumerate(MONTHS, 1) if each.startswith(name)), 0)
    years = [int(year)] if year else range(today.year, today.year + LEAP)
    days = (_made(each, month, int(number)) for each in years)
    day = next((each for each in days if each and (year or each >= today)), None)
    return day if day and weekday in (None, DAYS[day.weekday()]) else None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
