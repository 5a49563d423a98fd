"""Sums over facts: what `equals` works out to, and whether the printed value agrees with it.

`equals` is data. It is read by the small grammar here (facts, figures, + - * /, brackets and `sum(…)`) and never run.
Shares enter as parts of one, so 61 per cent is 0.61; a ratio times 100 is the same share, written as a percentage.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from despatch.diagnostics import nearest
from despatch.quantity import Quantity, Unread

NUMBERS = ("", "ratio", "per cent")
"""The units in which a multiplication leaves the other side's unit as it is."""
TIMES = {"years": ("years", Fraction(1)), "months": ("years", Fraction(1, 12)), "weeks": ("days", Fraction(7)),
         "days": ("days", Fraction(1)), "hours": ("hours", Fraction(1)), "minutes": ("hours", Fraction(1, 60))}  # fmt: skip
"""Lengths of time, and how long each is in the unit it is added up in."""
# In a sentence: amounts, and what may stand after one, years and days included.
SCALE = r"(?:\s(?:thousand|million|billion|trillion)\b|(?:bn|mn?|k)\b)"
AMOUNT = rf"[£€$]\d+(?:[.,]\d+)*{SCALE}?|\d+(?:[.,]\d+)*{SCALE}|\d{{1,3}}(?:,\d{{3}})+"
PLAIN = rf"(?:{AMOUNT}|(?!(?:19|20)\d\d\b)\d+(?:\.\d+)?)(?![\d/]|[.,-]\d|\s?(?:per\s?cent|%|p\b|pence| in \d{{1,2}}\b| out of))"
STRETCH = r"(?:[^\d,;:()–]|\b\d{1,2}(?= [A-Z][a-z])|\b(?:19|20)\d\d(?:[-/–]\d\d)?\b){0,60}?"
LOWER = ("about", "nearly", "under", "at most")
"""What a fact says whose true number may be lower than the one printed."""
HIGHER = ("about", "over", "just over", "at least")


class Amount(Struct, frozen=True):
    """What a sum makes. `low` and `high` differ only where a fact is a range."""

    low: Fraction
    high: Fraction
    unit: str = ""
    """`£`, `years`, `days` or `hours`; `per cent` for a share, `ratio` for one amount by another; "" for a count."""
    is_yearly: bool | None = None
    """Whether it is for each year; None where multiplying or dividing leaves that open."""
    is_bare: bool = False
    """A figure in the sum itself."""
    is_percentage: bool = False
    """Whether a figure of 100 has been multiplied in."""
    may_be_lower: bool = False
    may_be_higher: bool = False


def work_out(expression: str, facts: Mapping[str, Quantity | None]) -> Amount | Unread | None:
    """What a sum makes, or why it makes nothing; None where a fact is missing or unread, which is said elsewhere."""
    if len(expression) > LONGEST:
        return Unread("This sum is too long to check.", "Let facts hold parts of it.", 0, len(expression))
    reader = _Reader(expression, facts, tuple(_tokens(expression)))
    made = reader.whole()
    return reader.fault or (made.amount if made else None)


# Comparing.


def unlike(value: Quantity, amount: Amount) -> str:
    """Why a value cannot be held against what a sum makes, in a sentence; nothing where it can."""
    if value.kind == "date":
        return f"{value} is a date, which no sum makes."
    unit = _unit(value)
    is_share = unit in ("ratio", "per cent")
    fits = amount.unit in ("ratio", "per cent") or amount.is_bare if is_share else amount.unit == unit
    if not fits and not (unit == "" and amount.unit == "ratio"):
        return f"The sum makes {_described(amount.unit)}, and {value} is {_described(unit)}."
    if amount.is_yearly is not None and amount.is_yearly != value.is_yearly and not is_share:
        yes, no = ("the parts are", "the total is not") if amount.is_yearly else ("the total is", "the parts are not")
        return f"By its words, {yes} for each year and {no}."
    return ""


def holds(value: Quantity, amount: Amount) -> bool:
    """Whether a printed value agrees with what a sum makes, at the precision printed and as its qualifier means it."""
    if unlike(value, amount):
        return False
    low, high = _measured(amount, value)
    below, above = _leeway(value)
    first, last = value.low - below, value.high + above
    if value.low != value.high:
        return first <= low and high <= last
    low, high = max(low, first), min(high, last)
    return low < high or (low == high and (low != value.low or _takes_in_itself(value, amount)))


def _measured(amount: Amount, value: Quantity) -> tuple[Fraction, Fraction]:
    """The sum's ends in the value's own unit."""
    size = TIMES[value.unit][1] if value.kind == "time" else Fraction(1)
    if value.kind in ("share", "change") and amount.is_percentage:
        size = Fraction(100)
    return amount.low / size, amount.high / size


def _leeway(value: Quantity) -> tuple[Fraction, Fraction]:
    """How far below and above a value the sum may come out."""
    half, twentieth, none = value.step / 2, abs(value.high) / 20, Fraction(0)
    match value.qualifier:
        case "exact":
            return half, half
        case "about":
            return max(half, twentieth), max(half, twentieth)
        case "nearly":
            return twentieth, none
        case "just over":
            return none, twentieth
        case "under" | "at most":
            return _reach(value), none
        case "over" | "at least":
            return none, _reach(value)


def _takes_in_itself(value: Quantity, amount: Amount) -> bool:
    """Whether the very number is in what a value says: `more than £2 billion` holds for more than 1 and 1."""
    if value.qualifier in ("nearly", "under"):
        return amount.may_be_lower
    return amount.may_be_higher if value.qualifier in ("over", "just over") else True


def _reach(value: Quantity) -> Fraction:
    """How far on `more than` may be said: `more than 50` is no way to say 500.

    Words reach on to the next word that would be said: more than doubled is less than trebled.
    """
    if value.kind == "change":
        return Fraction(1)
    return max(abs(value.high) / (10 if value.unit or value.kind != "share" else 5), value.step)


def are_alike(one: str, other: str) -> bool:
    """Whether two amounts are of one kind: `from £10 to £14 million` leaves the first one’s millions to the reader."""
    return bool(re.search(SCALE, one)) >= bool(re.search(SCALE, other)) and one[0].isdigit() == other[0].isdigit()


# Saying.


def said(amount: Amount) -> str:
    """What a sum makes, in words for a message: `£2.523 billion`, `23.53 per cent`, `8 months`."""
    ends = [_said(each, amount) for each in sorted({amount.low, amount.high})]
    return " to ".join(ends) + (" a year" if amount.is_yearly else "")


def _said(value: Fraction, amount: Amount) -> str:
    sign = "-" if value < 0 else ""
    if amount.unit == "per cent" or (amount.is_percentage and amount.unit == "ratio"):
        return f"{_figures(value if amount.is_percentage else value * 100)} per cent"
    if amount.unit == "ratio":
        return _figures(value) + (f" ({_figures(value * 100)} per cent)" if abs(value) < 10 else "")
    if amount.unit in TIMES:
        is_whole = amount.unit != "years" or value.denominator == 1
        unit, count = (amount.unit, value) if is_whole else ("months", value * 12)
        return f"{_figures(count)} {unit if count != 1 else unit[:-1]}"
    return f"{sign}{amount.unit}{_scaled(abs(value))}" if amount.unit else _figures(value)


def _scaled(value: Fraction) -> str:
    for name, size in (("trillion", 10**12), ("billion", 10**9), ("million", 10**6)):
        if value >= size:
            return f"{_figures(value / size)} {name}"
    return _figures(value)


def _figures(value: Fraction) -> str:
    """A number in figures: exactly if six places are enough, and otherwise by its first four figures."""
    exact = next((places for places in range(7) if 10**places % value.denominator == 0), None)
    places = max(0, min(6, 4 - len(str(abs(int(value))).lstrip("0")))) if exact is None else exact
    size = 10**places
    whole, rest = divmod(abs(round(value * size)), size)
    return f"{'-' if value < 0 else ''}{whole:,}" + (f".{rest:0{places}}" if places else "")


# Reading.

LONGEST = 4000
DEEPEST = 20
TOKEN = re.compile(
    r"\s*(?:(?P<fact>\{\{(?P<name>[^{}]*)\}\})|(?P<figure>[0-9](?:[0-9,.]*[0-9])?)(?P<share>\s*(?:%|per[\s-]?cent\b))?"
    r"|(?P<word>[^\W\d][\w.-]*)|(?P<sign>[-+*/×÷−–(),])|(?P<other>\S)|(?P<end>\Z))"
)
SIGNS = {"×": "*", "÷": "/", "−": "-", "–": "-"}
FIGURE = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,30})(?:\.[0-9]{1,30})?")
SPOKEN = {"plus": "+", "add": "+", "minus": "-", "less": "-", "times": "*", "x": "*", "over": "/", "by": "/"}
GRAMMAR = "A sum has facts as `{{id}}`, numbers in figures, `+ - * /`, brackets and `sum(…)`."


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int
    name: str = ""


class _Part(NamedTuple):
    """A part of a sum that has been read: what it makes, if its facts are there, and where it is written."""

    amount: Amount | None
    start: int
    end: int


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in TOKEN.finditer(text):
        kind = match.lastgroup or ""
        kind = "fact" if match["fact"] else "figure" if match["figure"] else kind
        start = match.start(kind)
        word = SIGNS.get(text[start : match.end()], text[start : match.end()])
        found.append(_Token(word if kind == "sign" else kind, word, start, match.end(), (match["name"] or "").strip()))
        if kind == "end":
            break
    return found


class _Reader(Struct):
    """Reads a sum from left to right and works it out on the way, up to the first fault."""

    text: str
    facts: Mapping[str, Quantity | None]
    tokens: tuple[_Token, ...]
    at: int = 0
    depth: int = 0
    fault: Unread | None = field(default=None)

    @property
    def next(self) -> _Token:
        return self.tokens[self.at]

    def take(self) -> _Token:
        """The next token; the last one, which is the end, stays."""
        token = self.next
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def wrong(self, message: str, help: str, start: int, end: int) -> _Part | None:
        """Nothing: the first fault is kept, and the reading ends."""
        self.fault = self.fault or Unread(message, help, start, max(end, min(start + 1, len(self.text))))
        self.at = len(self.tokens) - 1
        return None

    def whole(self) -> _Part | None:
        made = self.added()
        if not self.fault and self.next.kind != "end":
            self.unexpected(self.next, "Write `+`, `-`, `*` or `/` between two parts of a sum.")
        return made

    def added(self) -> _Part | None:
        """Parts with + or - between them."""
        made = self.multiplied()
        while made and self.next.kind in ("+", "-"):
            sign = self.take().kind
            made = self.joined(made, sign, self.multiplied())
        return made

    def multiplied(self) -> _Part | None:
        """Parts with * or / between them."""
        made = self.signed()
        while made and self.next.kind in ("*", "/"):
            sign = self.take().kind
            made = self.joined(made, sign, self.signed())
        return made

    def signed(self) -> _Part | None:
        start, is_negative = self.next.start, False
        while self.next.kind in ("+", "-"):
            is_negative ^= self.take().kind == "-"
        part = self.single()
        if part is None:
            return None
        return _Part(_negative(part.amount) if is_negative and part.amount else part.amount, start, part.end)

    def single(self) -> _Part | None:
        """A fact, a figure, a bracket or `sum(…)`."""
        token = self.take()
        match token.kind:
            case "fact":
                return _Part(self.fact(token), token.start, token.end)
            case "figure":
                return _Part(self.figure(token), token.start, token.end)
            case "(":
                return self.bracket(token, token)
            case "word" if token.text.lower() == "sum" and self.next.kind == "(":
                return self.bracket(token, self.take())
        return self.unexpected(token, GRAMMAR)

    def bracket(self, first: _Token, opening: _Token) -> _Part | None:
        """What stands in brackets; after `sum`, parts with commas between them."""
        self.depth += 1
        if self.depth > DEEPEST:
            return self.wrong(
                "There are too many brackets in each other.",
                "Let facts hold parts of the sum.",
                first.start,
                opening.end,
            )
        made = self.added()
        while made and first is not opening and self.next.kind == ",":
            self.take()
            made = self.joined(made, "+", self.added())
        if made and self.next.kind != ")":
            if self.next.kind != "end":
                return self.unexpected(self.next, "Close the bracket before it, or write `+`, `-`, `*` or `/`.")
            return self.wrong("This bracket is not closed.", "Write `)` where it ends.", opening.start, opening.end)
        self.depth -= 1
        return _Part(made.amount, first.start, self.take().end) if made else None

    def unexpected(self, token: _Token, help: str) -> _Part | None:
        """Nothing, after saying what stands where it cannot, with the likeliest reason."""
        if token.kind == "end":
            message = "There is no sum here." if not self.text.strip() else "The sum stops in the middle."
            return self.wrong(message, GRAMMAR, max(0, len(self.text.rstrip()) - 1), len(self.text))
        if token.kind == "word":
            help = self.advice(token.text) or help
        elif token.text in ("£", "€", "$"):
            help = "Give the amount a fact of its own, with its source, and write that as `{{id}}`."
        return self.wrong(f"`{_short(token.text)}` cannot stand there.", help, token.start, token.end)

    def advice(self, word: str) -> str:
        """What a word may have been meant for."""
        if word in self.facts:
            return f"Write the fact as `{{{{{word}}}}}`."
        if word.lower() in SPOKEN:
            return f"Write `{SPOKEN[word.lower()]}`. {GRAMMAR}"
        if self.next.kind == "(":
            return "The only such word is `sum(…)`."
        near = nearest(word, self.facts)
        return f"Did you mean `{{{{{near[0]}}}}}`?" if near else ""

    def fact(self, token: _Token) -> Amount | None:
        value = self.facts.get(token.name)
        if token.name.endswith(".as_of") or (value is not None and value.kind == "date"):
            is_count = value is not None and value.phrase.isdecimal()
            help = f"If it counts something, write it with a comma: `{int(str(value)):,}`." if is_count else ""
            self.wrong(f"`{token.name}` is a date, which no sum adds up.", help, token.start, token.end)
            return None
        return _amount(value) if value else None

    def figure(self, token: _Token) -> Amount | None:
        """A number in the sum itself."""
        figures = re.match("[0-9,.]*", token.text)
        if not figures or not FIGURE.fullmatch(figures[0]):
            help = "Put commas between thousands, and a full stop before decimals: `82,170.5`."
            self.wrong(f"`{_short(token.text)}` is not a number.", help, token.start, token.end)
            return None
        value = Fraction(figures[0].replace(",", ""))
        if figures.end() < len(token.text):
            return Amount(value / 100, value / 100, "per cent")
        return Amount(value, value, is_bare=True, is_percentage=value == 100)

    def joined(self, left: _Part, sign: str, right: _Part | None) -> _Part | None:
        """Two parts worked out."""
        if right is None:
            return None
        if left.amount is None or right.amount is None:
            return _Part(None, left.start, right.end)
        if sign in "+-":
            other = _negative(right.amount) if sign == "-" else right.amount
            made = _added(left.amount, other)
        elif sign == "/" and right.amount.low <= 0 <= right.amount.high:
            return self.wrong(
                "This divides by nought.",
                "Divide by something else, or leave the fact without `equals`.",
                right.start,
                right.end,
            )
        else:
            made = _multiplied(left.amount, right.amount) if sign == "*" else _divided(left.amount, right.amount)
        if isinstance(made, Amount):
            return _Part(made, left.start, right.end)
        return self.wrong(*(made or _cannot(left.amount, sign, right.amount)), left.start, right.end)


# Working out.


def _amount(value: Quantity) -> Amount:
    """A fact as it enters a sum."""
    size = TIMES[value.unit][1] if value.kind == "time" else Fraction(1)
    is_yearly = None if _unit(value) in ("ratio", "per cent") else value.is_yearly
    lower, higher = value.qualifier in LOWER, value.qualifier in HIGHER
    return Amount(
        value.low * size, value.high * size, _unit(value), is_yearly, may_be_lower=lower, may_be_higher=higher
    )


def _unit(value: Quantity) -> str:
    """The unit in which a value is added up: whatever is counted, it is a count."""
    match value.kind:
        case "money":
            return value.unit
        case "time":
            return TIMES[value.unit][0]
        case "share":
            return "per cent"
        case "change":
            return "ratio"
    return ""


def _negative(amount: Amount) -> Amount:
    return replace(
        amount,
        low=-amount.high,
        high=-amount.low,
        may_be_lower=amount.may_be_higher,
        may_be_higher=amount.may_be_lower,
    )


def _added(one: Amount, other: Amount) -> Amount | tuple[str, str] | None:
    """The sum of two amounts, or what keeps them apart."""
    if one.is_yearly is not None and other.is_yearly is not None and one.is_yearly != other.is_yearly:
        return (
            "One of these is for each year and the other is not, so they cannot be added or subtracted.",
            "Put right the value or the `what` of one: `a year`, `each year` or `yearly` says it.",
        )
    one, other = _as_shares(one, other)
    if one.unit != other.unit and {one.unit, other.unit} != {"", "ratio"}:
        return None
    return Amount(
        one.low + other.low,
        one.high + other.high,
        one.unit or other.unit,
        other.is_yearly if one.is_yearly is None else one.is_yearly,
        one.is_bare and other.is_bare,
        (one.is_percentage or one.is_bare)
        and (other.is_percentage or other.is_bare)
        and not (one.is_bare and other.is_bare),
        one.may_be_lower or other.may_be_lower,
        one.may_be_higher or other.may_be_higher,
    )


def _as_shares(one: Amount, other: Amount) -> tuple[Amount, Amount]:
    """A ratio beside a share is a share too, so that both are parts of one."""
    if {one.unit, other.unit} != {"ratio", "per cent"}:
        return one, other
    first, second = (_as_share(each) for each in (one, other))
    return first, second


def _as_share(amount: Amount) -> Amount:
    size = 100 if amount.is_percentage else 1
    return replace(amount, low=amount.low / size, high=amount.high / size, unit="per cent", is_percentage=False)


def _multiplied(one: Amount, other: Amount) -> Amount | None:
    unit = _unit_of_product(one, other)
    if unit is None:
        return None
    is_percentage = one.is_percentage or other.is_percentage
    return _made([a * b for a in (one.low, one.high) for b in (other.low, other.high)], unit, one, other, is_percentage)


def _divided(one: Amount, other: Amount) -> Amount | None:
    unit = _unit_of_quotient(one, other)
    if unit is None:
        return None
    is_percentage = one.is_percentage and not other.is_percentage
    ends = [a / b for a in (one.low, one.high) for b in (other.low, other.high)]
    return _made(ends, unit, one, _turned(other), is_percentage)


def _turned(amount: Amount) -> Amount:
    """The more there is to divide by, the less comes out."""
    return replace(amount, may_be_lower=amount.may_be_higher, may_be_higher=amount.may_be_lower)


def _made(ends: list[Fraction], unit: str, one: Amount, other: Amount, is_percentage: bool) -> Amount:
    """A product or quotient. What is below nought turns the other side's doubt round."""
    first = _turned(one) if other.high < 0 else one
    second = _turned(other) if one.high < 0 else other
    return Amount(
        min(ends),
        max(ends),
        "ratio" if unit == "per cent" and is_percentage else unit,
        None,
        one.is_bare and other.is_bare,
        is_percentage and not (one.is_bare and other.is_bare),
        first.may_be_lower or second.may_be_lower,
        first.may_be_higher or second.may_be_higher,
    )


def _unit_of_product(one: Amount, other: Amount) -> str | None:
    """Money times a number is money, a share of a count is a count; money times money is nothing."""
    if one.is_bare or other.is_bare:
        return other.unit if one.is_bare else one.unit
    if one.unit in NUMBERS and other.unit in NUMBERS:
        return next(each for each in NUMBERS if each in (one.unit, other.unit))
    if one.unit in NUMBERS or other.unit in NUMBERS:
        return other.unit if one.unit in NUMBERS else one.unit
    money = [each.unit for each in (one, other) if each.unit not in TIMES]
    return money[0] if len(money) == 1 else None


def _unit_of_quotient(one: Amount, other: Amount) -> str | None:
    """Money by money is a ratio, and so is a count by a count; money by a share or a number is money."""
    if other.is_bare:
        return one.unit
    if one.unit == other.unit:
        return "ratio"
    if one.unit in NUMBERS and other.unit in NUMBERS:
        return "ratio" if one.is_bare else one.unit
    if other.unit in NUMBERS or other.unit in TIMES:
        return one.unit if one.unit not in TIMES or other.unit in NUMBERS else None
    return None


def _called(unit: str) -> str:
    return {"": "a number", "ratio": "a ratio", "per cent": "a share"}.get(unit, unit)


def _described(unit: str) -> str:
    """What a unit measures, where a sentence has no amount to say it with."""
    if unit in TIMES:
        return f"a length of time in {unit}"
    return {"£": "an amount of money", "€": "an amount in euros", "$": "an amount in dollars"}.get(unit, _called(unit))


def _cannot(one: Amount, sign: str, other: Amount) -> tuple[str, str]:
    """Why two amounts cannot be worked out together."""
    first, second = _called(one.unit), _called(other.unit)
    first = first[0].upper() + first[1:]
    help = "Write the number as a share, such as `10%`." if {one.unit, other.unit} == {"", "per cent"} else ""
    match sign:
        case "+":
            return f"{first} and {second} cannot be added.", help or "Add what is in one unit."
        case "-":
            return f"{first} and {second} cannot be subtracted.", help or "Subtract what is in one unit."
        case "*":
            return f"{first} and {second} cannot be multiplied.", "Multiply by a number or a share."
    return f"{first} cannot be divided by {second}.", "Divide by a number, a share or what has the same unit."


def _short(word: str) -> str:
    return word if len(word) <= 30 else f"{word[:30]}…"
