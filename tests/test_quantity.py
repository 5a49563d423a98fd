"""Values as officers print them: what is read from each, that it is printed as it stood, and what is refused."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despatch.load import load_library
from despatch.quantity import QUALIFIERS, Quantity, Unread, is_yearly, read
from tests.helpers import ROOT

BILLION, MILLION = 10**9, 10**6


def known(text: str, what: str = "") -> Quantity:
    """A value that must be read."""
    value = read(text, what)
    assert isinstance(value, Quantity), value
    return value


@pytest.mark.parametrize(
    ("text", "kind", "number", "unit", "step"),
    [
        ("82,170", "number", 82170, "", 1),
        ("201,000", "number", 201000, "", 1000),
        ("1,500", "number", 1500, "", 1),
        ("200", "number", 200, "", 1),
        ("-3", "number", -3, "", 1),
        ("−3", "number", -3, "", 1),
        ("minus 3.5", "number", "-3.5", "", "0.1"),
        ("9,000 foster carers", "number", 9000, "foster carers", 1000),
        ("9,000 Foster Carers", "number", 9000, "foster carers", 1000),
        ("£1.6bn", "money", 1600 * MILLION, "£", 100 * MILLION),
        ("£1.6 bn", "money", 1600 * MILLION, "£", 100 * MILLION),
        ("£1.6\u00a0billion", "money", 1600 * MILLION, "£", 100 * MILLION),
        ("£1.257 billion", "money", 1257 * MILLION, "£", MILLION),
        ("£338m", "money", 338 * MILLION, "£", MILLION),
        ("£338mn", "money", 338 * MILLION, "£", MILLION),
        ("£2tn", "money", 2000 * BILLION, "£", 1000 * BILLION),
        ("£500k", "money", 500_000, "£", 1000),
        ("£500 thousand", "money", 500_000, "£", 1000),
        ("$1.6bn", "money", 1600 * MILLION, "$", 100 * MILLION),
        ("€5", "money", 5, "€", 1),
        ("40 million pounds", "money", 40 * MILLION, "£", MILLION),
        ("20p", "money", "0.2", "£", "0.01"),
        ("£15.50 an hour", "money", "15.5", "£", "0.01"),
        ("70 per 10,000 children", "number", 70, "per 10,000 children", 1),
        ("7.2 per 1000", "number", "7.2", "per 1000", "0.1"),
        ("25 deaths per 100,000 births", "number", 25, "deaths per 100,000 births", 1),
        ("3 in every 1,000", "share", "0.003", "", "0.0006"),
        ("1½ years", "time", "1.5", "years", "0.1"),
        ("1 Bill", "number", 1, "bill", 1),
        ("5 Bills", "number", 5, "bills", 1),
        ("£3 billion by 2025", "money", 3 * BILLION, "£", BILLION),
        ("25%", "share", "0.25", "per cent", "0.01"),
        ("25 per cent", "share", "0.25", "per cent", "0.01"),
        ("25 percent of children", "share", "0.25", "per cent", "0.01"),
        ("2.5 percentage points", "share", "0.025", "per cent", "0.001"),
        ("two thirds", "share", Fraction(2, 3), "", "0.04"),
        ("two-thirds of councils", "share", Fraction(2, 3), "", "0.04"),
        ("a third", "share", Fraction(1, 3), "", "0.04"),
        ("half", "share", "0.5", "", "0.04"),
        ("three quarters", "share", "0.75", "", "0.04"),
        ("one in five", "share", "0.2", "", "0.04"),
        ("1 in 1,000", "share", "0.001", "", "0.0002"),
        ("nine out of ten", "share", "0.9", "", "0.04"),
        ("doubled", "change", 2, "", "0.2"),
        ("Trebled", "change", 3, "", "0.2"),
        ("halved since 2010", "change", "0.5", "", "0.2"),
        ("three times", "change", 3, "", "0.2"),
        ("tenfold", "change", 10, "", "0.2"),
        ("six months", "time", 6, "months", 1),
        ("three-year", "time", 3, "years", 1),
        ("a year", "time", 1, "years", 1),
        ("half an hour", "time", "0.5", "hours", "0.1"),
        ("two and a half years", "time", "2.5", "years", "0.5"),
        ("100 hours", "time", 100, "hours", 1),
        ("seven", "number", 7, "", 1),
        ("nought", "number", 0, "", 1),
        ("zero", "number", 0, "", 1),
        ("a dozen", "number", 12, "", 1),
        ("twenty-one", "number", 21, "", 1),
        ("Twenty one children", "number", 21, "children", 1),
        ("a hundred and five", "number", 105, "", 1),
        ("half a million", "number", 500_000, "", 100_000),
        ("a quarter of a million", "number", 250_000, "", 10_000),
        ("a quarter of an hour", "time", "0.25", "hours", "0.01"),
        ("seven million", "number", 7 * MILLION, "", MILLION),
        ("two million three hundred thousand", "number", 2_300_000, "", 1000),
    ],
)
def test_a_value_is_read_with_its_unit_and_its_precision(
    text: str, kind: str, number: int | str, unit: str, step: int | str
) -> None:
    value = known(text)
    assert (value.kind, value.low, value.high, value.unit, value.step) == (
        kind,
        Fraction(number),
        Fraction(number),
        unit,
        Fraction(step),
    )
    assert value.qualifier == "exact"


@pytest.mark.parametrize(
    ("text", "qualifier", "number"),
    [
        ("nearly 25 per cent", "nearly", "0.25"),
        ("almost half", "nearly", "0.5"),
        ("just under £2bn", "nearly", 2 * BILLION),
        ("just over £2bn", "just over", 2 * BILLION),
        ("more than 50", "over", 50),
        ("over £10.5bn", "over", 10500 * MILLION),
        ("Over 50", "over", 50),
        ("fewer than ten", "under", 10),
        ("less than £5 million", "under", 5 * MILLION),
        ("under 18", "under", 18),
        ("below 5%", "under", "0.05"),
        ("up to 20", "at most", 20),
        ("no more than 20", "at most", 20),
        ("at least £3 million", "at least", 3 * MILLION),
        ("50 or more children", "at least", 50),
        ("50+", "at least", 50),
        ("50 or fewer", "at most", 50),
        ("around 300", "about", 300),
        ("about three years", "about", 3),
        ("approximately £2 billion", "about", 2 * BILLION),
        ("c. 300", "about", 300),
        ("in the region of 300", "about", 300),
        ("only 300", "exact", 300),
        ("more than doubled", "over", 2),
        ("more than halved", "under", "0.5"),
        ("nearly halved", "just over", "0.5"),
    ],
)
def test_the_words_before_a_number_say_how_it_is_meant(text: str, qualifier: str, number: int | str) -> None:
    value = known(text)
    assert (value.qualifier, value.low) == (qualifier, Fraction(number))


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("£14m to £19m", 14 * MILLION, 19 * MILLION, "£"),
        ("£14-19 million", 14 * MILLION, 19 * MILLION, "£"),
        ("£14–19 million", 14 * MILLION, 19 * MILLION, "£"),
        ("£14 to £19 million", 14 * MILLION, 19 * MILLION, "£"),
        ("£900 to £1 million", 900, MILLION, "£"),
        ("between 100 and 200", 100, 200, ""),
        ("between one hundred and two hundred", 100, 200, ""),
        ("from 10 to 20 homes", 10, 20, "homes"),
        ("around 10 to 20", 10, 20, ""),
        ("five or six", 5, 6, ""),
        ("two to three million", 2 * MILLION, 3 * MILLION, ""),
        ("two to three years", 2, 3, "years"),
        ("10 to 20 per cent", "0.1", "0.2", "per cent"),
        ("10%–20%", "0.1", "0.2", "per cent"),
    ],
)
def test_a_range_has_two_ends(text: str, low: int | str, high: int | str, unit: str) -> None:
    value = known(text)
    assert (value.low, value.high, value.unit) == (Fraction(low), Fraction(high), unit)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", "2019-01-01", "2019-12-31"),
        ("2020/21", "2020-04-01", "2021-03-31"),
        ("2015-16", "2015-04-01", "2016-03-31"),
        ("2015–16", "2015-04-01", "2016-03-31"),
        ("1999/2000", "1999-04-01", "2000-03-31"),
        ("2016-2020", "2016-01-01", "2020-12-31"),
        ("between 2015-16 and 2018-19", "2015-04-01", "2019-03-31"),
        ("2015-16 to 2018-19", "2015-04-01", "2019-03-31"),
        ("15 January 2021", "2021-01-15", "2021-01-15"),
        ("Thursday 8 December 2022", "2022-12-08", "2022-12-08"),
        ("29 February 2024", "2024-02-29", "2024-02-29"),
        ("March 2021", "2021-03-01", "2021-03-31"),
        ("since March 2021", "2021-03-01", "2021-03-31"),
        ("around 2010", "2010-01-01", "2010-12-31"),
        ("the end of 2022", "2022-12-31", "2022-12-31"),
        ("the start of 2020/21", "2020-04-01", "2020-04-01"),
        ("spring 2023", "2023-03-01", "2023-05-31"),
        ("mid-2022", "2022-05-01", "2022-08-31"),
        ("April to June 2022", "2022-04-01", "2022-06-30"),
        ("17 to 19 June 2022", "2022-06-17", "2022-06-19"),
        ("17 May to 19 June 2022", "2022-05-17", "2022-06-19"),
    ],
)
def test_a_date_has_a_first_and_a_last_day(text: str, first: str, last: str) -> None:
    value = known(text)
    assert value.kind == "date"
    assert value.period
    assert (value.period.first, value.period.last) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


def test_a_day_may_name_no_year() -> None:
    assert known("17 June").kind == known("29 February").kind == "date"
    assert known("17 June").period is None
    assert known("17 June").low != known("18 June").low != known("17 June 2022").low


def test_a_year_is_told_from_a_count_by_its_comma() -> None:
    assert [known(text).kind for text in ("2010", "2,010", "2010 children")] == ["date", "number", "number"]


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        ("", "There is no value here", "82,170"),
        ("a third of a million", "does not begin with a number", "82,170"),
        ("TBC", "`TBC` does not begin with a number", "82,170"),
        ("tbc", "`tbc` does not begin with a number", "82,170"),
        ("many", "`many` does not begin with a number", "82,170"),
        ("about", "`about` does not begin", "82,170"),
        ("£", "`£` does not begin with a number", "82,170"),
        ("82.170,00", "`82.170,00` is not a number", "commas between thousands"),
        ("8,21,70", "`8,21,70` is not a number", "commas between thousands"),
        ("1.2.3", "`1.2.3` is not a number", "commas between thousands"),
        ("£1.6bnn", "`bnn` is not a unit", "Did you mean `bn`?"),
        ("£1.6 milion", "`milion` is not a unit", "Did you mean `million`?"),
        ("£5 mil", "`mil` is not a unit", "Did you mean `million`?"),
        ("5 mill", "`mill` is not a unit", "Did you mean `million`?"),
        ("5 bil", "`bil` is not a unit", "Did you mean `billion`?"),
        ("£5 bill", "`bill` is not a unit", "Did you mean `billion`?"),
        ("1 hundred thousand", "`hundred` does not follow figures", "`100,000`"),
        ("12 per 2,00", "`per 2,00` cannot stand there", "or nothing"),
        ("25 percnt", "`percnt` is not a unit", "Did you mean `per cent`?"),
        ("£40 million pounds", "`pounds` cannot stand there", "or nothing"),
        ("25 percent per cent", "`per cent` cannot stand there", "or nothing"),
        ("5 million million", "`million` cannot stand there", "or nothing"),
        ("10 to be agreed", "`to be agreed` cannot stand there", "or nothing"),
        ("31 February 2021", "There is no 31 February 2021", "February has 28 days"),
        ("17 to 31 February 2021", "There is no 31 February 2021", "February has 28 days"),
        ("2020/23", "The years of 2020/23 do not follow", "`2020 to 2023`"),
        ("2020-2018", "The years of 2020-2018 do not follow", "`2020/21`."),
        ("twenty and five", "`and five` cannot stand there", "or nothing"),
        ("2022-12-08", "the phrase as it is printed", "`8 December 2022`"),
        ("£19m to £14m", "runs backwards", "smaller number first"),
        ("June to April 2022", "runs backwards", "earlier date first"),
        ("10% to 20 years", "different units", "same unit"),
        ("٣٠", "does not begin with a number", "82,170"),
        ("five hundred and", "`and` cannot stand there", "or nothing"),
        ("9" * 5000, "too long", "82,170"),
        ("1 in 0", "`in 0` cannot stand there", "or nothing"),
        ("2020/1921", "The years of 2020/1921 do not follow", "`2020/21`"),
        ("1999/0000", "The years of 1999/0000 do not follow", "`1999/00`"),
    ],
)
def test_what_cannot_be_read_is_refused_with_advice(text: str, message: str, help: str) -> None:
    unread = read(text)
    assert isinstance(unread, Unread)
    assert message in unread.message
    assert help in unread.help
    assert (unread.start, unread.end) == (0, len(text))


def test_every_value_of_the_library_is_read() -> None:
    library, _ = load_library(ROOT / "seeds")
    facts = library.facts.values()
    values = [str(fact.value) for fact in facts] + [str(older.value) for fact in facts for older in fact.was]
    assert len(values) > 70
    assert [each for each in values if isinstance(read(each), Unread)] == []


# For each year.


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("£40 million each year", True),
        ("£1.6 billion a year", True),
        ("spending per year", True),
        ("Yearly cost of a placement", True),
        ("the annual budget", True),
        ("enquiries in a year", True),
        ("every year", True),
        ("cost in 2020/21", False),
        ("within a year", False),
        ("the year in which it ended", False),
        ("over a year", False),
    ],
)
def test_words_say_that_an_amount_is_for_each_year(words: str, expected: bool) -> None:
    assert is_yearly(words) is expected


def test_a_value_is_yearly_by_its_own_words_or_by_what_it_is() -> None:
    assert known("£1 billion a year").is_yearly
    assert known("£1 billion", "yearly cost").is_yearly
    assert not known("£1 billion", "cost in 2020/21").is_yearly
    assert not known("25 per cent", "rise each year").is_yearly
    assert known("40 children a year").unit == "children"


# Rules that hold for every value.

PIECES = ["£", "5", "1,000", "2020", "/21", "-", "–", " ", "m", "bn", "million", "per cent", "%", "to", "and", "between",
          "half", "a", "one", "twenty", "hundred", "years", "June", "31", "of", "end", "in", "or", "more", "than", "up",
          "doubled", "children", ".", ",", "the", "\u00a0", "İ"]  # fmt: skip


@given(
    st.one_of(
        st.text(),
        st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join),
        st.lists(st.sampled_from(PIECES)).map("".join),
    )
)
def test_no_text_is_too_strange_and_printing_gives_it_back(text: str) -> None:
    value = read(text)
    if isinstance(value, Quantity):
        assert str(value) == text
        assert value.low <= value.high
        assert value.step >= 0
    else:
        assert value.message
        assert value.help


FORMS = st.sampled_from(
    [
        ("£{}", 1, "money", "£"),
        ("£{}m", MILLION, "money", "£"),
        ("£{} billion", BILLION, "money", "£"),
        ("£{} million a year", MILLION, "money", "£"),
        ("{}", 1, "number", ""),
        ("{} foster carers", 1, "number", "foster carers"),
        ("{} million children", MILLION, "number", "children"),
        ("{} per cent", Fraction(1, 100), "share", "per cent"),
        ("{}%", Fraction(1, 100), "share", "per cent"),
        ("{} hours", 1, "time", "hours"),
        ("{}-month", 1, "time", "months"),
        ("{} times", 1, "change", ""),
    ]
)
FIGURES = st.builds(lambda whole, places: (whole, places), st.integers(0, 10**9), st.integers(0, 3))


def figures(whole: int, places: int) -> str:
    """A whole number of thousandths, hundredths or tenths, as officers write it."""
    size = 10**places
    return f"{whole // size:,}" + (f".{whole % size:0{places}}" if places else "")


@given(FORMS, FIGURES, st.sampled_from(["", *QUALIFIERS]))
def test_a_value_is_read_as_what_it_was_made_from(
    form: tuple[str, int | Fraction, str, str], number: tuple[int, int], words: str
) -> None:
    shape, size, kind, unit = form
    written = figures(*number)
    text = f"{words} {shape.format(written)}".strip()
    if shape == "{}" and len(written) == 4 and written.isdigit():
        return
    value = known(text)
    expected = Fraction(number[0], 10 ** number[1]) * size
    assert (value.low, value.high, value.kind, value.unit) == (expected, expected, kind, unit)
    assert str(value) == text
    if expected >= 1 or not words:
        assert value.qualifier == QUALIFIERS.get(words, "exact")


@given(FORMS, st.integers(1, 900), st.integers(1, 99))
def test_a_range_is_read_as_its_ends(form: tuple[str, int | Fraction, str, str], low: int, more: int) -> None:
    shape, size, kind, unit = form
    for text in (f"{low} to {low + more}", f"between {low} and {low + more}"):
        value = (
            known(shape.replace("£", "").format(text))
            if "£" not in shape
            else known(shape.format(f"{low} to {low + more}"))
        )
        assert (value.low, value.high) == (low * size, (low + more) * size)
        assert (value.kind, value.unit) == (kind, unit)


SMALL = [
    "nought",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spelt(number: int) -> str:
    """A number below a million in words."""
    if number < 20:
        return SMALL[number]
    if number < 100:
        return TENS[number // 10 - 2] + (f"-{SMALL[number % 10]}" if number % 10 else "")
    if number < 1000:
        return f"{SMALL[number // 100]} hundred" + (f" and {spelt(number % 100)}" if number % 100 else "")
    rest = number % 1000
    return f"{spelt(number // 1000)} thousand" + (f"{' and' if rest < 100 else ''} {spelt(rest)}" if rest else "")


@given(st.one_of(st.integers(0, 120), st.integers(0, 999_999)))
def test_a_number_in_words_is_read(number: int) -> None:
    assert known(spelt(number)).low == number
    assert known(f"up to {spelt(number)} months").low == number


@given(st.dates(dt.date(1800, 1, 1), dt.date(2099, 12, 31)))
def test_a_day_is_read_back_from_its_print(day: dt.date) -> None:
    period = known(f"{day.day} {day:%B} {day.year}").period
    assert period
    assert period.first == period.last == day
