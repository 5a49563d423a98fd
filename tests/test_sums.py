"""Sums over facts: what they make, what is wrong with them, and when the printed total agrees."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import accumulate

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from despatch.quantity import Quantity, Unread, read
from despatch.sums import DEEPEST, Amount, holds, said, unlike, work_out

GAP = {"a": "£1 billion", "b": "£0.6 billion"}
YEARS = {"a": "£46 million", "b": "£987 million", "c": "£1.257 billion", "d": "£233 million", "e": "£50 million"}
LISTED = {"a": "£2 billion", "b": "£23 million", "c": "£76 million", "d": "£253 million"}
COUNTS = {"a": "135,000", "b": "201,000"}
RISE = {"a": "more than £10.5 billion", "b": "£8.5 billion"}


def value(text: str, what: str = "") -> Quantity:
    """A value that must be read."""
    found = read(text, what)
    assert isinstance(found, Quantity), found
    return found


def made(expression: str, values: Mapping[str, str]) -> Amount:
    """What a sum without a fault makes."""
    amount = work_out(expression, {name: value(text) for name, text in values.items()})
    assert isinstance(amount, Amount), amount
    return amount


def fault(expression: str, **values: str) -> Unread:
    """What is wrong with a sum."""
    found = work_out(expression, {name: value(text) for name, text in values.items()})
    assert isinstance(found, Unread), found
    return found


# What sums make, and whether a total agrees.


@pytest.mark.parametrize(
    ("expression", "values", "total", "expected"),
    [
        ("{{a}} + {{b}}", GAP, "£1.6 billion", True),
        ("{{a}} + {{b}}", GAP, "£1.7 billion", False),
        ("{{a}} + {{b}} + {{c}} + {{d}} + {{e}}", YEARS, "£2.6 billion", True),
        ("sum({{a}}, {{b}}, {{c}}, {{d}}, {{e}})", YEARS, "£2.6 billion", True),
        ("{{a}} + {{b}} + {{c}} + {{d}}", YEARS, "£2.6 billion", False),
        ("{{a}} + {{b}} + {{c}} + {{d}}", LISTED, "£2.352 billion", True),
        ("{{a}} + {{b}} + {{c}} + {{d}}", LISTED, "£2.6 billion", False),
        ("{{a}} / {{b}}", COUNTS, "67 per cent", True),
        ("{{a}} / {{b}} * 100", COUNTS, "67 per cent", True),
        ("100 * {{a}} / {{b}}", COUNTS, "67%", True),
        ("{{a}} × 100 ÷ {{b}}", COUNTS, "67%", True),
        ("{{a}} / {{b}}", COUNTS, "two thirds", True),
        ("{{a}} / {{b}} * 100", COUNTS, "two thirds", True),
        ("{{a}} / {{b}} * 100", COUNTS, "67", True),
        ("{{a}} * 100 / ({{b}} * 100)", COUNTS, "67 per cent", True),
        ("5 + {{a}} / {{b}} * 100", COUNTS, "72 per cent", True),
        ("{{a}} / {{b}}", COUNTS, "68 per cent", False),
        ("{{a}} / {{b}}", COUNTS, "half", False),
        ("({{a}} - {{b}}) / {{b}} * 100", RISE, "nearly 25 per cent", False),
        ("({{a}} - {{b}}) / {{b}} * 100", RISE, "more than 23 per cent", True),
        ("{{a}} / {{b}} * 100 - 100", RISE, "more than 23 per cent", True),
        ("({{a}} / {{b}} - 1) * 100", RISE, "more than 23 per cent", True),
        ("{{a}} / {{b}}", {"a": "£1.7 billion", "b": "61 per cent"}, "around £2.8 billion", True),
        ("{{a}} / 61%", {"a": "£1.7 billion"}, "around £2.8 billion", True),
        ("{{a}} / {{b}}", {"a": "£1.7 billion", "b": "around £2.8 billion"}, "61 per cent", True),
        ("{{a}} * {{b}}", {"a": "201,000", "b": "two thirds"}, "134,000 enquiries", True),
        ("{{a}} * {{b}}", {"a": "£40,000", "b": "1,000 children"}, "£40 million", True),
        ("{{a}} * {{b}}", {"a": "£1 billion a year", "b": "four years"}, "£4 billion", True),
        ("{{a}} / {{b}}", {"a": "£2.6 billion", "b": "four years"}, "£650 million a year", True),
        ("{{a}} + {{b}}", {"a": "two years", "b": "six months"}, "30 months", True),
        ("{{a}} + {{b}}", {"a": "50 boys", "b": "40 girls"}, "90 children", True),
        ("{{a}} / {{b}}", {"a": "210", "b": "100"}, "more than doubled", True),
        ("{{a}} / {{b}}", {"a": "290", "b": "100"}, "more than doubled", True),
        ("{{a}} / {{b}}", {"a": "310", "b": "100"}, "more than doubled", False),
        ("{{a}} / {{b}}", {"a": "210", "b": "100"}, "trebled", False),
        ("{{a}} / {{b}}", {"a": "90", "b": "200"}, "more than halved", True),
        ("{{a}} * {{b}}", {"a": "100,000", "b": "doubled"}, "200,000", True),
        ("100% - {{a}}", {"a": "61 per cent"}, "39 per cent", True),
        ("-{{a}} + {{b}}", {"a": "5", "b": "3"}, "-2", True),
        ("{{a}} + {{b}}", {"a": "£14m to £19m", "b": "£1 million"}, "£15m to £20m", True),
        ("{{a}} + {{b}}", {"a": "£14m to £19m", "b": "£1 million"}, "£15m to £18m", False),
        ("{{a}} + {{b}}", {"a": "£14m", "b": "£1 million"}, "£15m to £20m", True),
        ("{{a}} + {{b}}", {"a": "£30m", "b": "£1 million"}, "£15m to £20m", False),
    ],
)
def test_a_total_agrees_with_its_sum_or_not(
    expression: str, values: dict[str, str], total: str, *, expected: bool
) -> None:
    amount = made(expression, values)
    assert unlike(value(total), amount) == ""
    assert holds(value(total), amount) is expected


@pytest.mark.parametrize(
    ("total", "holding", "failing"),
    [
        ("£2.6 billion", ["£2.55bn", "£2.6bn", "£2.65bn"], ["£2.549bn", "£2.651bn"]),
        ("nearly 250", ["238", "249"], ["237", "250", "251"]),
        ("just under 250", ["238", "249"], ["237", "250"]),
        ("just over 200", ["201", "210"], ["200", "211"]),
        ("more than 50", ["51", "55"], ["50", "49", "56", "500"]),
        ("over £2 billion", ["£2.1bn", "£3bn"], ["£2bn", "£1.9bn", "£3.1bn"]),
        ("fewer than 50", ["49", "45"], ["50", "51", "44", "5"]),
        ("up to 20", ["20", "18"], ["21", "17"]),
        ("at least 20", ["20", "22"], ["19", "23"]),
        ("around 300", ["285", "300", "315"], ["284", "316"]),
        ("100 to 200", ["100", "150", "200"], ["99", "201"]),
        ("£2 billion to £2.5 billion", ["£1.96bn", "£2.54bn"], ["£1.9bn", "£2.6bn"]),
        ("201,000", ["200,600", "201,400"], ["200,400", "201,600"]),
    ],
)
def test_a_qualifier_is_kept_to(total: str, holding: list[str], failing: list[str]) -> None:
    assert [each for each in [*holding, *failing] if holds(value(total), made("{{a}}", {"a": each}))] == holding


@pytest.mark.parametrize(
    ("parts", "total", "expected"),
    [
        (["more than £1 billion", "£1 billion"], "more than £2 billion", True),
        (["at least £1 billion", "£1 billion"], "more than £2 billion", True),
        (["£1 billion", "£1 billion"], "more than £2 billion", False),
        (["more than £1 billion", "£1 billion"], "less than £2 billion", False),
        (["nearly £1 billion", "£1 billion"], "less than £2 billion", True),
        (["around £1 billion", "£1 billion"], "nearly £2 billion", True),
    ],
)
def test_a_doubt_about_a_part_is_one_about_the_total(parts: list[str], total: str, *, expected: bool) -> None:
    amount = made("{{a}} + {{b}}", dict(zip("ab", parts, strict=True)))
    assert holds(value(total), amount) is expected


@pytest.mark.parametrize(
    ("expression", "total", "expected"),
    [
        ("{{high}} - {{b}}", "more than £4 billion", True),
        ("{{b}} - {{high}}", "more than -£4 billion", False),
        ("{{b}} - {{high}}", "less than -£4 billion", True),
        ("{{high}} / {{b}}", "more than 500%", True),
        ("{{b}} / {{high}}", "more than 20%", False),
        ("{{b}} / {{high}}", "less than 20%", True),
        ("-2 * {{high}}", "less than -£10 billion", True),
        ("-2 * {{high}}", "more than -£10 billion", False),
    ],
)
def test_a_doubt_turns_round_where_the_amount_does(expression: str, total: str, *, expected: bool) -> None:
    amount = made(expression, {"high": "more than £5 billion", "b": "£1 billion"})
    assert holds(value(total), amount) is expected


def test_what_is_for_each_year_stays_so() -> None:
    yearly, once = value("£1 billion", "cost each year"), value("£2 billion")
    total = work_out("{{a}} + {{a}}", {"a": yearly})
    assert isinstance(total, Amount)
    assert "the total is not" in unlike(once, total)
    assert not holds(once, total)
    assert holds(value("£2 billion a year"), total)
    whole = work_out("{{a}} + {{a}}", {"a": value("£1 billion")})
    assert isinstance(whole, Amount)
    assert "the parts are not" in unlike(value("£2 billion a year"), whole)
    mixed = work_out("{{a}} - {{b}}", {"a": yearly, "b": once})
    assert isinstance(mixed, Unread)
    assert "for each year" in mixed.message


@pytest.mark.parametrize(
    ("total", "expression", "words"),
    [
        ("2010", "{{count}}", "2010 is a date"),
        ("£5", "{{count}}", "makes a number, and £5 is an amount of money."),
        ("5 hours", "{{money}}", "makes an amount of money, and 5 hours is a length of time in hours."),
        ("5 per cent", "{{count}}", "makes a number, and 5 per cent is a share"),
        ("5", "{{share}}", "makes a share, and 5 is a number"),
    ],
)
def test_a_total_of_another_unit_is_not_compared(total: str, expression: str, words: str) -> None:
    amount = made(expression, {"count": "5", "money": "£5", "share": "5%"})
    assert words in unlike(value(total), amount)
    assert not holds(value(total), amount)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("{{a}} + {{b}} + {{c}} + {{d}}", "£2.523 billion"),
        ("{{a}}", "£46 million"),
        ("{{a}} - {{b}}", "-£941 million"),
        ("{{a}} / 46", "£1 million"),
        ("{{a}} / 460", "£100,000"),
        ("{{a}} / {{e}}", "0.92 (92 per cent)"),
        ("{{a}} / {{b}} * 100", "4.661 per cent"),
        ("50% + 11%", "61 per cent"),
        ("7 * 1000000", "7,000,000"),
        ("10 / 3", "3.333"),
        ("0 * 3", "0"),
        ("{{range}} + {{a}}", "£60 million to £65 million"),
        ("{{yearly}} + {{yearly}}", "£2 billion a year"),
        ("{{months}} + {{months}}", "8 months"),
        ("{{months}} * 6", "2 years"),
    ],
)
def test_what_a_sum_makes_is_said_in_words(expression: str, words: str) -> None:
    values = {**YEARS, "range": "£14m to £19m", "yearly": "£1 billion a year", "months": "four months"}
    assert said(made(expression, values)) == words


# What is wrong with a sum.


@pytest.mark.parametrize(
    ("expression", "place", "message", "help"),
    [
        ("two plus two", "two", "`two` cannot stand there", "numbers in figures"),
        ("{{a}} plus {{a}}", "plus", "`plus` cannot stand there", "Write `+`"),
        ("a + 2", "a", "`a` cannot stand there", "Write the fact as `{{a}}`"),
        ("{a} + 2", "{", "`{` cannot stand there", "facts as `{{id}}`"),
        ("spnd / 2", "spnd", "`spnd` cannot stand there", "Did you mean `{{spend}}`?"),
        ("{{a}} + ", "+ ", "stops in the middle", "facts as `{{id}}`"),
        ("", "", "There is no sum", "facts as `{{id}}`"),
        ("2 * ({{a}}", "(", "This bracket is not closed", "Write `)`"),
        ("{{a}})", ")", "`)` cannot stand there", "between two parts"),
        ("{{a}} {{a}}", "{{a}}", "`{{a}}` cannot stand there", "between two parts"),
        ("total({{a}})", "total", "`total` cannot stand there", "`sum(…)`"),
        ("sum()", ")", "`)` cannot stand there", "facts as `{{id}}`"),
        ("5 * * 5", "*", "`*` cannot stand there", "facts as `{{id}}`"),
        ("{{a}} / 0", "0", "divides by nought", "Divide by something else"),
        ("{{a}} / ({{a}} - {{a}})", "({{a}} - {{a}})", "divides by nought", "Divide by something else"),
        ("{{a}} + £5", "£", "`£` cannot stand there", "a fact of its own"),
        ("8,21 * {{a}}", "8,21", "`8,21` is not a number", "commas between thousands"),
        ("{{a}} + {{hours}}", "{{a}} + {{hours}}", "£ and hours cannot be added", "one unit"),
        ("2 * {{a}} - {{hours}}", "2 * {{a}} - {{hours}}", "£ and hours cannot be subtracted", "one unit"),
        ("{{a}} * {{a}}", "{{a}} * {{a}}", "£ and £ cannot be multiplied", "number or a share"),
        ("1 / {{a}}", "1 / {{a}}", "A number cannot be divided by £", "same unit"),
        ("1 - {{share}}", "1 - {{share}}", "A number and a share cannot be subtracted", "as a share"),
        ("{{day}} + 1", "{{day}}", "`day` is a date", ""),
        ("{{year}} + 1", "{{year}}", "`year` is a date", "`2,010`"),
        ("{{a.as_of}} + 1", "{{a.as_of}}", "`a.as_of` is a date", ""),
    ],
)
def test_a_fault_has_its_place_and_advice(expression: str, place: str, message: str, help: str) -> None:
    found = fault(
        expression, a="£1 billion", spend="£5", hours="100 hours", share="61%", day="23 May 2022", year="2010"
    )
    assert expression[found.start : found.end] == place
    assert message in found.message
    assert help in found.help


@pytest.mark.parametrize("expression", ["{{a}} + {{gone}}", "{{gone}} / 0.5", "sum({{gone}}, 2) * ({{unread}})"])
def test_a_missing_or_unread_fact_is_no_second_fault(expression: str) -> None:
    assert work_out(expression, {"a": value("£1"), "unread": None}) is None


def test_a_wrong_sum_over_a_missing_fact_is_still_wrong() -> None:
    assert "stops in the middle" in fault("{{gone}} +").message


@pytest.mark.parametrize(
    "expression",
    [
        "(" * 10_000,
        "(" * 1900 + "1" + ")" * 1900,
        "-" * 3000 + "(",
        "sum(" * 900,
        "1 + " * 10_000 + "1",
        "9" * 3000,
        "9" * 100_000,
        "1." + "0" * 3000,
        "__import__('os').system('true')",
        "().__class__",
        "2 ** 99999999",
        "9e999999",
        "٣ + ٣",
        "１ + 1",
        "1 + \x00",
        "{{" * 1500,
        "{{a}}.real",
        "1; 2",
        "[1 for x in y]",
    ],
)
def test_a_hostile_sum_is_a_fault_and_takes_no_time(expression: str) -> None:
    found = fault(expression, a="£1")
    assert len(found.message) < 200
    assert 0 <= found.start <= found.end <= len(expression)


# Rules that hold for every sum.

TREES = st.recursive(
    st.integers(0, 2000).map(lambda number: (f"{number:,}", Fraction(number)))
    | st.decimals(0, 50, places=2).map(lambda number: (f"{number:f}", Fraction(number))),
    lambda inner: (
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda each: _worked(*each))
        | inner.map(lambda each: (f"-({each[0]})", -each[1]))
        | st.lists(inner, min_size=1, max_size=4).map(
            lambda each: (f"sum({', '.join(text for text, _ in each)})", Fraction(sum(number for _, number in each)))
        )
    ),
    max_leaves=12,
)


def _worked(left: tuple[str, Fraction], sign: str, right: tuple[str, Fraction]) -> tuple[str, Fraction]:
    """Both sides in brackets with a sign between, and what that makes; a division by nought becomes a sum."""
    (first, one), (second, other) = left, right
    sign = "+" if sign == "/" and other == 0 else sign
    number = {"+": one + other, "-": one - other, "*": one * other, "/": one / (other or 1)}[sign]
    return f"({first}) {sign} ({second})", number


@given(TREES)
def test_figures_work_out_as_they_do_in_arithmetic(tree: tuple[str, Fraction]) -> None:
    assume(max(accumulate({"(": 1, ")": -1}.get(each, 0) for each in tree[0])) <= DEEPEST)
    amount = work_out(tree[0], {})
    assert isinstance(amount, Amount)
    assert amount.low == amount.high == tree[1]


@given(st.lists(st.tuples(st.sampled_from("+-*/"), st.integers(1, 50)), max_size=8), st.integers(1, 50))
def test_signs_bind_as_they_do_in_arithmetic(rest: list[tuple[str, int]], first: int) -> None:
    terms, signs = [Fraction(first)], [1]
    for sign, number in rest:
        if sign in "+-":
            terms.append(Fraction(number))
            signs.append(1 if sign == "+" else -1)
        else:
            terms[-1] = terms[-1] * number if sign == "*" else terms[-1] / number
    amount = work_out(str(first) + "".join(f" {sign} {number}" for sign, number in rest), {})
    assert isinstance(amount, Amount)
    assert amount.low == sum(term * sign for term, sign in zip(terms, signs, strict=True))


@given(st.text(st.sampled_from("{}()a+-*/,.%£15 sum\u0663é\x00"), max_size=40))
def test_no_sum_is_too_strange(expression: str) -> None:
    found = work_out(expression, {"a": value("£5 million")})
    if isinstance(found, Unread):
        assert 0 <= found.start <= found.end <= len(expression)
    elif found is not None:
        assert found.low <= found.high
        assert said(found)


RESULTS = st.fractions(min_value=1, max_value=2000, max_denominator=50)
NUMBERS = st.integers(1, 2000)


def amount_of(number: Fraction) -> Amount:
    """A sum that makes exactly this, of facts without a qualifier."""
    found = work_out(f"{{{{n}}}} / {number.denominator}", {"n": value(f"{number.numerator} homes")})
    assert isinstance(found, Amount)
    assert found.low == number
    return found


@given(RESULTS, NUMBERS)
def test_a_qualifier_never_changes_the_sign_of_a_check(result: Fraction, number: int) -> None:
    amount = amount_of(result)
    over, under = (holds(value(f"{words} {number} homes"), amount) for words in ("over", "under"))
    assert not (over and result <= number)
    assert not (under and result >= number)
    assert not (over and under)


@given(NUMBERS, st.fractions(min_value=Fraction(-1, 10), max_value=Fraction(1, 10), max_denominator=100))
def test_near_its_number_a_result_is_over_or_under_it(number: int, off: Fraction) -> None:
    assume(off)
    amount = amount_of(number * (1 + off))
    over, under = (holds(value(f"{words} {number} homes"), amount) for words in ("over", "under"))
    assert (over, under) == (off > 0, off < 0)


@given(RESULTS, NUMBERS)
def test_about_lets_through_all_that_the_bare_number_does(result: Fraction, number: int) -> None:
    amount = amount_of(result)
    if holds(value(f"{number} homes"), amount):
        assert holds(value(f"about {number} homes"), amount)


@given(st.lists(st.integers(1, 999), min_size=1, max_size=6))
def test_a_total_holds_for_its_own_sum_in_any_order(numbers: list[int]) -> None:
    facts = {f"n{place}": value(f"£{number} million") for place, number in enumerate(numbers)}
    names = [f"{{{{{name}}}}}" for name in facts]
    total = value(f"£{sum(numbers):,} million")
    for expression in (" + ".join(names), f"sum({', '.join(reversed(names))})"):
        amount = work_out(expression, facts)
        assert isinstance(amount, Amount)
        assert holds(total, amount)
        assert not holds(value(f"£{sum(numbers) + 1:,} million"), amount)
