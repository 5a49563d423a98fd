"""Days, months, years and financial years, as officers write them."""

from __future__ import annotations

import datetime as dt
from calendar import isleap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despatch.dates import Period, days_in_full, in_full, parse_day, parse_period


@pytest.mark.parametrize(
    ("text", "first", "last", "printed"),
    [
        ("2022-03-31", "2022-03-31", "2022-03-31", "31 March 2022"),
        ("2022-03", "2022-03-01", "2022-03-31", "March 2022"),
        ("2022-04", "2022-04-01", "2022-04-30", "April 2022"),
        ("2023-02", "2023-02-01", "2023-02-28", "February 2023"),
        ("2024-02", "2024-02-01", "2024-02-29", "February 2024"),
        ("2022-12", "2022-12-01", "2022-12-31", "December 2022"),
        ("2022", "2022-01-01", "2022-12-31", "2022"),
        ("2020/21", "2020-04-01", "2021-03-31", "2020/21"),
        ("1999/00", "1999-04-01", "2000-03-31", "1999/00"),
        ("2009/10", "2009-04-01", "2010-03-31", "2009/10"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(text: str, first: str, last: str, printed: str) -> None:
    assert parse_period(text) == Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last), printed)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2022-02-30",
        "2023-02-29",
        "2022-13",
        "2022-00",
        "2020/22",
        "2020/20",
        "2020-21",
        "2020/2021",
        "20/21",
        "8 December 2022",
        "08/12/2022",
        "2022-12-8",
        "2022-1",
        "2022-12-08 ",
        "2022-W01",
        "20221208",
        "0000",
        "9999/00",
        "82170",
        "next year",
    ],
)
def test_anything_else_is_no_date(text: str) -> None:
    assert parse_period(text) is None


@pytest.mark.parametrize("text", ["2022-12", "2022", "2020/21", "20221208", "2022-12-08T10:00", "٢٠٢٢-١٢-٠٨"])
def test_a_day_must_be_a_day(text: str) -> None:
    assert parse_day(text) is None


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    period = parse_period(text)
    assert period is None or period.first <= period.last


@given(st.dates(dt.date(1000, 1, 1)))
def test_a_day_is_read_back_and_printed_in_full(day: dt.date) -> None:
    assert parse_day(day.isoformat()) == day
    number, month, year = in_full(day).split()
    assert (int(number), int(year)) == (day.day, day.year)
    assert month.istitle()
    assert in_full(day, weekday=True).split()[1:] == [number, month, year]


@given(st.integers(1000, 2998))
def test_a_financial_year_is_a_year_long(year: int) -> None:
    period = parse_period(f"{year}/{(year + 1) % 100:02}")
    assert period is not None
    assert (period.last - period.first).days == 364 + isleap(year + 1)


def test_days_have_british_names() -> None:
    assert in_full(dt.date(2022, 12, 8), weekday=True) == "Thursday 8 December 2022"
    assert in_full(dt.date(2023, 1, 1), weekday=True) == "Sunday 1 January 2023"


@pytest.mark.parametrize(
    ("days", "printed"),
    [
        (["2023-06-13"], ["Tuesday 13 June 2023"]),
        (["2023-06-13", "2023-06-15"], ["Tuesday 13", "Thursday 15 June 2023"]),
        (["2023-05-30", "2023-06-01", "2023-06-06"], ["Tuesday 30 May", "Thursday 1", "Tuesday 6 June 2023"]),
        (["2022-12-20", "2023-01-10"], ["Tuesday 20 December 2022", "Tuesday 10 January 2023"]),
        (["2022-06-20", "2023-06-20"], ["Monday 20 June 2022", "Tuesday 20 June 2023"]),
    ],
)
def test_days_in_a_row_say_month_and_year_once(days: list[str], printed: list[str]) -> None:
    assert days_in_full([dt.date.fromisoformat(day) for day in days]) == printed
