"""Values as officers print them: `82,170`, `nearly 25 per cent`, `£14m to £19m`, `between 2015-16 and 2018-19`.

A value is read for its number, its unit, how exactly it is meant and how finely it is printed. It is never printed
from these: the phrase stands as it was written. Amounts are exact fractions, since sums over them are checked.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from despatch.dates import DAYS, MONTHS, Period, in_full, parse_day, parse_period

Kind: TypeAlias = Literal["number", "money", "share", "change", "time", "date"]
Qualifier: TypeAlias = Literal["exact", "about", "nearly", "under", "at most", "just over", "over", "at least"]


class Quantity(Struct, frozen=True):
    """What a printed value says. `low` and `high` differ only in a range.

    A share is a part of one: 25 per cent is a quarter. A change is what the old number was multiplied by. A date has
    the ordinals of its first and last days, and where it names no year those of a year long past.
    """

    phrase: str
    kind: Kind
    low: Fraction
    high: Fraction
    unit: str = ""
    """`£`, `per cent`, `years`, `hours`, …, or what is counted, such as `foster carers`, in small letters."""
    step: Fraction = Fraction(0)
    """One in the last place printed: a hundred million for `£1.6bn`."""
    qualifier: Qualifier = "exact"
    is_yearly: bool = False
    period: Period | None = None

    @property
    def size(self) -> tuple[Kind, Fraction, Fraction, str]:
        """What two values of one size share. Whether what is counted is said with the number makes no difference."""
        return self.kind, self.low, self.high, self.unit if self.kind in ("money", "time") else ""

    @property
    def is_telling(self) -> bool:
        """Whether a reader knows a figure by it: an amount of money, or a count of a hundred or more."""
        return self.kind == "money" or (self.kind == "number" and self.low >= 100)

    def __str__(self) -> str:
        """The phrase as it was written."""
        return self.phrase


class Unread(NamedTuple):
    """Why words cannot be read, what to do about it, and which of their characters are meant."""

    message: str
    help: str
    start: int
    end: int


# The field's own words.

WORDS_FOR: dict[Qualifier, str] = {
    "about": "about, around, approximately, approx., roughly, circa, c., some, an estimated, in the region of",
    "nearly": "nearly, almost, just under, just below, close to, approaching",
    "under": "under, below, less than, fewer than, lower than, well under, well below",
    "at most": "up to, at most, no more than, not more than, as many as, a maximum of",
    "just over": "just over, just above, slightly over, slightly more than, a little over",
    "over": "over, above, more than, greater than, upwards of, in excess of, well over, well above",
    "at least": "at least, no less than, no fewer than, not less than, a minimum of",
}
QUALIFIERS = {words: qualifier for qualifier, listed in WORDS_FOR.items() for words in listed.split(", ")}
EXACTLY = ("exactly", "precisely", "only", "just", "a total of", "a further", "an additional", "another")
AFTER: dict[str, Qualifier] = {"+": "at least", "more": "at least", "over": "at least", "above": "at least",
                               "fewer": "at most", "less": "at most", "under": "at most"}  # fmt: skip
TURNED: dict[Qualifier, Qualifier] = {"nearly": "just over", "just over": "nearly", "under": "over", "over": "under",
                                      "at most": "at least", "at least": "at most"}  # fmt: skip
LARGE = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
SCALES = LARGE | {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12, "dozen": 12}
SMALL = ["nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
LONGER = (
    "zero thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty"
)
NUMBER_WORDS = {*SMALL, *LARGE, *LONGER.split(), "ninety", "hundred"}
BEFORE_AND = {"hundred", *LARGE}
TIMES = ("minute", "hour", "day", "week", "month", "year", "decade")
COINS = {"pound": ("£", 1), "pence": ("£", 100), "p": ("£", 100), "euro": ("€", 1), "dollar": ("$", 1)}
CHANGES = {
    **dict.fromkeys(("doubled", "double", "twice"), Fraction(2)),
    **dict.fromkeys(("trebled", "tripled", "treble", "triple"), Fraction(3)),
    "quadrupled": Fraction(4),
    "halved": Fraction(1, 2),
}
PARTS = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
         "ninth": 9, "tenth": 10}  # fmt: skip
SEASONS = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11),
           "winter": (1, 12)}  # fmt: skip
"""The months in which each falls. Winter is at both ends of a year."""

# The shapes they come in, in small letters.

YEAR = "(?:18|19|20)[0-9]{2}"
WORD = r"\(?[^\W\d_][\w.'’/&-]*\)?"
REST = re.compile(
    rf"(?:[ -](?!(?:to|and|or|plus|minus)\b){WORD}"
    rf"(?:,? (?:{WORD}|{YEAR}(?:[/-][0-9]{{2}})?|(?<=per )[0-9]{{1,3}}(?:,?000)*(?![0-9,])))*)?"
)
"""What is counted, or whatever else follows a number; other numbers than years and those of a rate do not."""
FIGURES = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
START = re.compile(rf"(?P<minus>-|minus )?(?P<money>[£€$])? ?(?:(?P<figures>{FIGURES})(?![0-9]|[.,][0-9]))?")
HALVES = {"half": "0.5", "a quarter of": "0.25", "three quarters of": "0.75"}
OF_ONE = re.compile(rf"^(?:({'|'.join(HALVES)}) )?an? (?=(?:hundred|dozen|{'|'.join((*LARGE, *TIMES))})\b)")
"""Half a million is 0.5 million, and a year is one year."""
PIECE = re.compile(r"[ -]?(and )?([a-z]+?)(?=fold\b|\b)")
ENDING = re.compile(
    rf"(?P<half> and a half\b)?(?: ?(?P<scale>{'|'.join(SCALES)})\b)?"
    rf"(?:(?: or (?=[a-z])|(?=\+))(?P<after>{'|'.join(map(re.escape, AFTER))})(?!\w))?"
)
UNIT = re.compile(
    rf" ?(?P<share>%|per[ -]?cent\b|percentage points?\b)|[ -](?P<time>{'|'.join(TIMES)})s?\b"
    r"|[ -]?(?P<times>times|fold)\b|(?: (?P<coin>pound|pence|euro|dollar)s?|(?P<p>p))\b"
)
COUNT = "[0-9]{1,3}(?:,000)?|" + "|".join(SMALL[1:])
FRACTION = re.compile(
    rf"(?:(?P<top>an?|{COUNT})[ -](?P<part>{'|'.join(PARTS)})s?|(?P<half>half)"
    rf"|(?P<some>{COUNT}) (?:in|out of) (?:every )?(?P<every>{COUNT}))\b"
)
YEARLY = re.compile(
    r"(?<!within )(?<!over )(?<!half )\b(?:a|each|every|per)[ -]year\b|\b(?:yearly|annual(?:ly)?|per annum|pa)\b",
    re.IGNORECASE,
)
PAIRS = tuple(map(re.compile, ("between (.+?) and (.+)", "(?:from )?(.+?)-? (?:to|or) (.+)",
                               "(.+?) ?- ?(?=[£€$]?[0-9])(.+)")))  # fmt: skip
MONTH = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
POINT = re.compile(
    rf"(?:(?:{'|'.join(DAYS).lower()}),? )?(?:(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)? )?(?P<month>{'|'.join(MONTH)})"
    rf"(?:,? (?P<year>{YEAR}))?|(?P<only>{YEAR})(?:[/-](?P<ends>[0-9]{{2}}|[0-9]{{4}}))?"
)
PART = re.compile(rf"(?:the )?(?P<part>end|start|beginning|{'|'.join(SEASONS)})(?: of |[ -])(?P<of>.+)")
LEAD = re.compile("(?:by|since|until|before|after|from|in|on|during) (?=.)")
ALIKE = str.maketrans(
    {
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "½": ".5",
        "¼": ".25",
        "¾": ".75",
        "–": "-",
        "—": "-",
        "−": "-",
        "\u2011": "-",
    }
)
LONGEST = 200
KEPT = 10_000
"""So many values are kept as they were read: several rules ask for the same ones."""
ONE = Fraction(1)
LEAP_YEAR = 4
"""The year of a date that names none: long past, and with a 29 February."""


def is_yearly(words: str) -> bool:
    """Whether words say that an amount is one for each year: `each year`, `a year`, `yearly`, `annual`."""
    return bool(YEARLY.search(words))


@lru_cache(KEPT)
def read(text: str, what: str = "") -> Quantity | Unread:
    """What a printed value says, or why it cannot be read. A fact's `what` may tell that it is for each year."""
    plain = " ".join(text.translate(ALIKE).lower().split())
    if not plain or len(plain) > LONGEST:
        return _unread(text, "There is no value here." if not plain else "This is too long for a value.")
    qualifier, rest = _qualified(plain)
    found = _date(rest) or _amount(rest)
    if found is None:
        return _unread(text, *_reason(rest, text))
    if isinstance(found, Unread):
        return _unread(text, found.message, found.help)
    counted = found.kind in ("number", "money", "time")
    return Quantity(
        text,
        found.kind,
        found.low,
        found.high,
        found.unit,
        found.step,
        _meant_by(qualifier or found.qualifier, found),
        counted and (found.is_yearly or is_yearly(what)),
        found.period,
    )


def known(text: str, what: str = "") -> Quantity | None:
    """What a printed value says, or nothing where it cannot be read."""
    found = read(text, what)
    return found if isinstance(found, Quantity) else None


def qualifier_before(text: str) -> str:
    """The words, spaces included, at the end of a text that say how a number after them is meant, such as `up to `."""
    words = re.findall(r"\w+\.?\s+", text[-LONGEST:])[-4:]
    endings = ("".join(words[at:]) for at in range(len(words)))
    return next((each for each in endings if text.endswith(each) and " ".join(each.lower().split()) in QUALIFIERS), "")


def _qualified(text: str) -> tuple[Qualifier | None, str]:
    """How a number is meant, if words before it say so, and the text without them."""
    words = text.split(" ") if text[0].isalpha() else []
    for count in range(min(4, len(words) - 1), 0, -1):
        said = " ".join(words[:count])
        if said in QUALIFIERS or said in EXACTLY:
            return QUALIFIERS.get(said, "exact"), " ".join(words[count:])
    return None, text


def _meant_by(qualifier: Qualifier, found: Quantity) -> Qualifier:
    """How the number is meant. What has more than halved is under a half of what it was."""
    return TURNED.get(qualifier, qualifier) if found.kind == "change" and found.high < 1 else qualifier


# Amounts.


def _amount(text: str) -> Quantity | Unread | None:
    return _change(text) or _fraction(text) or _range(text) or _single(text)


def _change(text: str) -> Quantity | None:
    word = text.partition(" ")[0]
    if word not in CHANGES or not REST.fullmatch(text, len(word)):
        return None
    return _exactly("change", CHANGES[word], Fraction(1, 5))


def _fraction(text: str) -> Quantity | None:
    """Two thirds, half, or one in five. Such words are good to two parts in a hundred, or a tenth of them if that is less."""
    match = FRACTION.match(text)
    if (
        not match
        or not REST.fullmatch(text, match.end())
        or OF_ONE.match(text[match.end() :].removeprefix(" of").strip())
    ):
        return None
    top = _count(match["top"] or match["some"] or "one")
    bottom = _count(match["every"]) if match["every"] else PARTS[match["part"] or "half"]
    if not bottom:
        return None
    value = Fraction(top, bottom)
    return _exactly("share", value, min(Fraction(1, 25), value / 5)) if 0 < value <= 1 else None


def _exactly(kind: Kind, value: Fraction, step: Fraction) -> Quantity:
    return Quantity("", kind, value, value, "", step)


def _count(words: str) -> int:
    figures = words.replace(",", "")
    return int(figures) if figures.isdigit() else SMALL.index(words) if words in SMALL else 1


class _Number(NamedTuple):
    """A number at the start of a text, and what follows its digits or words, and then its scale."""

    value: Fraction
    step: Fraction
    qualifier: Qualifier
    money: str
    scale: str
    after_digits: str
    rest: str


def _number(text: str) -> _Number | None:
    """The number that a text begins with. Three noughts at the end of a count are taken as rounding."""
    text = OF_ONE.sub(lambda match: f"{HALVES[match[1]] if match[1] else 'one'} ", text)
    start = START.match(text)
    whole = _figures(start) if start and start["figures"] else _in_words(text, start.end() if start else 0)
    if start is None or whole is None:
        return None
    value, step, end = whole
    ending = ENDING.match(text, end)
    assert ending, "all of it may be missing"
    if ending["half"]:
        value, step = value + Fraction(1, 2), Fraction(1, 2)
    scale = ending["scale"] or ""
    if scale:
        value, step = value * SCALES[scale], step * (1 if scale == "dozen" else SCALES[scale])
    elif step == 1 and value >= 1000 and value % 1000 == 0:
        step = Fraction(1000)
    value = -value if start["minus"] else value
    qualifier = AFTER.get(ending["after"] or "", "exact")
    return _Number(value, step, qualifier, start["money"] or "", scale, text[end:], text[ending.end() :])


def _figures(start: re.Match[str]) -> tuple[Fraction, Fraction, int]:
    """The value of a number in figures, one in its last place, and its end."""
    whole, _, decimals = start["figures"].replace(",", "").partition(".")
    size = 10 ** len(decimals)
    return Fraction(int(whole + decimals), size), Fraction(1, size) if decimals else ONE, start.end()


def _in_words(text: str, at: int) -> tuple[Fraction, Fraction, int] | None:
    """The value of a number in words, one, and its end. A scale that comes last is left to follow, as it does figures."""
    words: list[str] = []
    ends = [at]
    while (piece := PIECE.match(text, ends[-1])) and piece[2] in NUMBER_WORDS:
        if piece[1] and not BEFORE_AND & set(words[-1:]):
            break
        words.append("nought" if piece[2] == "zero" else piece[2])
        ends.append(piece.end())
    if words[1:] and words[-1] in LARGE and not LARGE.keys() & set(words[:-1]):
        del words[-1], ends[-1]
    value = SMALL.index(words[0]) if len(words) == 1 and words[0] in SMALL else _long_words(words)
    return None if value is None else (Fraction(value), ONE, ends[-1])


def _long_words(words: list[str]) -> int | None:
    """A number of several words. Read by a library that is loaded here: few values need it."""
    if not words:
        return None
    from text_to_num import text2num

    try:
        value: int = text2num(" ".join(words), "en")
    except ValueError:
        return None
    return value


def _single(text: str) -> Quantity | None:
    """One number with its unit."""
    number = _number(text)
    if number is None:
        return None
    unit = UNIT.match(number.rest)
    rest = number.rest[unit.end() if unit else 0 :]
    if (number.money and unit) or not REST.fullmatch(rest) or _is_odd(rest, number):
        return None
    kind, name, part = _measure(number.money, unit, rest)
    value, step = (number.value, number.step) if part == 1 else (number.value * part, number.step * part)
    if kind == "change":
        step = min(step, Fraction(1, 5))
    return Quantity("", kind, value, value, name, step, number.qualifier, is_yearly(rest))


def _measure(money: str, unit: re.Match[str] | None, rest: str) -> tuple[Kind, str, Fraction]:
    """What sort of number it is, its unit, and what one of that unit is worth."""
    if money:
        return "money", money, ONE
    if unit is None:
        return "number", YEARLY.sub("", rest).strip(" -"), ONE
    if unit["share"]:
        return "share", "per cent", Fraction(1, 100)
    if unit["times"]:
        return "change", "", ONE
    if unit["time"]:
        return ("time", "years", Fraction(10)) if unit["time"] == "decade" else ("time", f"{unit['time']}s", ONE)
    sign, pieces = COINS[unit["coin"] or "p"]
    return "money", sign, Fraction(1, pieces)


# Ranges.


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """The two ends of what may be a range."""
    shapes = PAIRS if "-" in text or " to " in text or " or " in text or text.startswith("between ") else ()
    for shape in shapes:
        if match := shape.fullmatch(text):
            yield match[1], match[2]


def _range(text: str) -> Quantity | Unread | None:
    for first, last in _pairs(text):
        if ends := list(_ends(first, last)):
            ranges = [_joined(*each) for each in ends]
            return next((each for each in ranges if isinstance(each, Quantity)), ranges[0])
    return None


def _ends(first: str, last: str) -> Iterator[tuple[Quantity, Quantity]]:
    """Both ends, the first with whatever it leaves to the second: in `£14-19 million` the scale, and the second the £.

    `£900 to £1 million` leaves nothing, which is seen from its being backwards otherwise.
    """
    one, other = _number(first), _number(last)
    if not one or not other:
        return
    first = first if one.money else other.money + first
    last = last if other.money else one.money + last
    endings = [other.after_digits, other.rest] if other.scale and not one.scale else [other.rest]
    for ending in endings if not one.rest else [""]:
        low, high = _single(first + ending), _single(last)
        if low and high:
            yield low, high


def _joined(low: Quantity, high: Quantity) -> Quantity | Unread:
    """A range from its ends."""
    if (low.kind, low.unit) != (high.kind, high.unit):
        return _because("The two ends of this range are in different units.", "Give both ends the same unit.")
    if low.low >= high.low:
        return _because("This range runs backwards.", "Put the smaller number first.")
    return replace(high, low=low.low, step=min(low.step, high.step), qualifier="exact")


# Dates.


def _date(text: str) -> Quantity | Unread | None:
    """A day, a month, a year, a financial year, a part of one, or a range of them."""
    if text[4:5] == "-" and (day := parse_day(text)):
        return _because("A value is the phrase as it is printed.", f"Write `{in_full(day)}`.")
    text = text[lead.end() :] if (lead := LEAD.match(text)) else text
    found = _point(text) or _span(text)
    return _dated(found) if isinstance(found, Period) else found


def _dated(period: Period) -> Quantity:
    first, last = Fraction(period.first.toordinal()), Fraction(period.last.toordinal())
    return Quantity("", "date", first, last, period=period if period.first.year > LEAP_YEAR else None)


def _point(text: str) -> Period | Unread | None:
    if part := PART.fullmatch(text):
        return _part(part["part"], part["of"])
    if not (match := POINT.fullmatch(text)):
        return None
    if not match["month"]:
        return _year(int(match["only"]), match["ends"], text)
    year, month = int(match["year"] or LEAP_YEAR), MONTH[match["month"]]
    last = monthrange(year, month)[1]
    if not match["day"]:
        return Period(date(year, month, 1), date(year, month, last), text)
    if not 1 <= int(match["day"]) <= last:
        return _because(f"There is no {text.title()}.", f"{MONTHS[month - 1]} has {last} days.")
    day = date(year, month, int(match["day"]))
    return Period(day, day, text)


def _year(year: int, ends: str | None, text: str) -> Period | Unread:
    """A year, a financial year, or the years between two in full."""
    if not ends:
        return Period(date(year, 1, 1), date(year, 12, 31), text)
    found = parse_period(f"{year}/{ends[-2:]}")
    if found and (len(ends) == 2 or int(ends) == year + 1):
        return replace(found, printed=text)
    if len(ends) == 4 and int(ends) > year:
        return Period(date(year, 1, 1), date(int(ends), 12, 31), text)
    one = f"Write one financial year as `{year}/{(year + 1) % 100:02}`"
    last = year // 100 * 100 + int(ends[-2:])
    return _because(
        f"The years of {text} do not follow each other.",
        f"{one}, and several years as `{year} to {last}`." if last > year else f"{one}.",
    )


def _part(part: str, of: str) -> Period | Unread | None:
    """The first or last day of a period, or the months of a year that are meant."""
    period = _point(of)
    if not isinstance(period, Period):
        return period
    year = period.first.year
    if part in SEASONS and period.last == date(year, 12, 31):
        first, last = SEASONS[part]
        return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]), of)
    if part in SEASONS:
        return period
    day = period.last if part == "end" else period.first
    return Period(day, day, of)


def _span(text: str) -> Period | Unread | None:
    """From one date to another. In `17 to 19 June 2022` the first has only what differs."""
    for first, last in _pairs(text):
        end = _point(last)
        match = POINT.fullmatch(last)
        borrowed = [last[match.end(name) :] for name in ("month", "day") if match[name]] if match else []
        starts = [_point(first + each) for each in [*borrowed, ""]]
        start = next((each for each in starts if each), None)
        if isinstance(start, Period) and isinstance(end, Period):
            if start.first > end.first:
                return _because("This range runs backwards.", "Put the earlier date first.")
            return Period(start.first, end.last, text)
        if start and end:
            return end if isinstance(end, Unread) else start
    return None


# What cannot be read.

EXAMPLES = (
    "Write the phrase as it is printed: `82,170`, `up to 20`, `nearly 25 per cent`, `£14m to £19m`, `six months`, "
    "`23 May 2022`."
)
ABBREVIATED = {
    "mil": "million",
    "mill": "million",
    "bil": "billion",
    "bill": "billion",
    "b": "bn",
    "bnn": "bn",
    "bln": "bn",
    "mnn": "mn",
    "mln": "mn",
    "t": "tn",
    "pc": "per cent",
}
SPELT = ("percent", "thousand", "million", "billion", "trillion")


def _unread(text: str, message: str, help: str = EXAMPLES) -> Unread:
    return Unread(message, help, 0, len(text))


def _because(message: str, help: str) -> Unread:
    """A reason whose place is still to be filled in."""
    return Unread(message, help, 0, 0)


def _is_odd(rest: str, number: _Number) -> bool:
    """Whether the first word after a number is a unit out of its place, or one with a letter wrong."""
    word = rest.strip(" -").partition(" ")[0]
    if word == "bill" and number.value == 1 and not number.money:  # one before Parliament
        return False
    return bool(word) and (
        word in SCALES or word == "hundred" or bool(UNIT.match(f" {rest.strip()}")) or bool(_meant(word))
    )


def _meant(word: str) -> str:
    """The scale or share that a word was meant for, where it is a letter or two from one: it changes the size of a figure."""
    if word in ABBREVIATED or word[:1] not in set("ptmb") or len(word) < 4:
        return ABBREVIATED.get(word, "")
    import difflib  # imported here: few values need it

    return next(iter(difflib.get_close_matches(word, SPELT, n=1, cutoff=0.8)), "").replace("percent", "per cent")


def _reason(text: str, phrase: str) -> tuple[str, str]:
    """Why no number could be read in a phrase, and what to do. The text is what follows words such as `up to`."""
    figures = re.search(r"[0-9][0-9.,]*", text)
    if figures and not re.fullmatch(FIGURES, figures[0].rstrip(".,")):
        return (
            f"`{figures[0]}` is not a number.",
            "Put commas between thousands, and a full stop before decimals: `82,170.5`.",
        )
    number = _number(text)
    if number is None:
        return f"`{phrase.strip()}` does not begin with a number, a share, a length of time or a date.", EXAMPLES
    unit = None if number.money else UNIT.match(number.rest)
    rest = number.rest[unit.end() if unit else 0 :].strip(" -")
    word = rest.partition(" ")[0]
    meant = _meant(word)
    if word == "hundred":
        return "`hundred` does not follow figures.", "Write the number in figures, such as `100,000`."
    if meant and meant != word:
        return f"`{word}` is not a unit.", f"Did you mean `{meant}`?"
    return f"`{rest or text}` cannot stand there.", f"Write what is counted after the number, or nothing. {EXAMPLES}"
