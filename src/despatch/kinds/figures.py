"""Facts set out together: as a table, or as a chart of facts that share a unit, or of one fact's history.

figures:
  - id: care-in-figures
    heading: Care in figures
    facts: [children-in-care]
    caption: All figures are for England.
facts:
  - id: children-in-care
    value: 82,170
    what: Children looked after
    as_of: 2022-03-31
    source: statistics
sources:
  - id: statistics
    kind: dataset
    title: Official statistics
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Literal

from msgspec import Struct

from despatch import prose
from despatch.content import Fact, FactId, Library, Line, OlderValue
from despatch.document import Bar, Chart, Group, Node, Paragraph, Table, Text, Words, plain
from despatch.page import Place

SMALL_WORDS = {"a", "an", "and", "at", "between", "by", "for", "from", "in", "of", "on", "the", "to", "with"}


class Content(Struct, frozen=True, eq=False):
    """The fields of a figure that are its own."""

    heading: Line
    """Its heading."""
    facts: tuple[FactId, ...]
    """The ids of the facts to show, in order."""
    show: Literal["table", "chart"] = "table"
    """How to show them. A chart takes facts that share a unit, or one fact with its older values."""
    caption: Line | None = None
    """A line under it."""

    def problem(self) -> str:
        """What is wrong with the fields taken together, or nothing."""
        return "" if self.facts else "`facts` names no fact, so the table would be empty."


def layout(content: Content, at: Place) -> tuple[Node, ...]:
    """The heading, a table with a row for each fact or a chart with a bar for each, and the caption."""
    heading = at.page.heading(content.heading, at.level, at.origin)
    facts = [at.page.library.facts[each] for each in content.facts]
    if content.show == "chart":
        shown: tuple[Node, ...] = (_chart(heading.words, facts, at), *_caption(content, at), _sources(facts, at))
    else:
        shown = (_table(facts, at, marked=True), *_caption(content, at))
    return (Group("figure", (heading, *shown)),)


def _caption(content: Content, at: Place) -> Iterator[Paragraph]:
    if content.caption is not None:
        yield Paragraph(at.page.own(at.page.line(content.caption)), at.origin.at("caption"), "caption")


def _sources(facts: list[Fact], at: Place) -> Paragraph:
    """Where a chart's figures come from: a chart has no room for marks of its own."""
    names = dict.fromkeys(each.source for each in history(facts) or facts if each.source is not None)
    named = {name: at.page.credited((Text(at.page.name_of(name)),), name) for name in names}
    words: Words = tuple(
        inline for number, each in enumerate(named.values()) for inline in ((Text("; "),) if number else ()) + each
    )
    before, _, after = at.page.style.labels.chart_source.partition("{sources}")
    return Paragraph((Text(before), *words, Text(after)), at.origin.at("source"), "caption")


def _table(facts: list[Fact], at: Place, *, marked: bool) -> Table:
    labels = at.page.style.labels
    dated = any(fact.as_of for fact in facts)
    header = (labels.figure, labels.value, labels.as_of)[: 2 + dated]
    rows = tuple(_row(fact, at, marked=marked)[: 2 + dated] for fact in facts)
    return Table(tuple((Text(head),) for head in header), rows, at.origin.at("facts"), (1,))


def _row(fact: Fact, at: Place, *, marked: bool) -> tuple[Words, ...]:
    """What the fact is, its value, and its date. A mark beside the value would read as a power of it."""
    what = prose.capital(at.page.line(fact.what))
    return (
        at.page.marked(what, fact.source) if marked else what,
        prose.capital(at.page.value(fact)),
        (Text(fact.as_of.printed),) if fact.as_of else (),
    )


# Charts.


def _chart(name: Words, facts: list[Fact], at: Place) -> Chart:
    older = history(facts)
    labels = _dates(older) if older else _labels([plain(at.page.line(each.what)) for each in facts], _dates(facts))
    table = _history_table(facts[0], older, labels, at) if older else _table(facts, at, marked=False)
    shown: Sequence[Fact | OlderValue] = older or facts
    bars = tuple(
        Bar((Text(label),), (Text(each.value),), _amount(each.value)) for label, each in zip(labels, shown, strict=True)
    )
    return Chart(name, bars, table, at.origin.at("chart"), at.page.style.chart_tables == "beside")


def history(facts: list[Fact]) -> list[Fact | OlderValue]:
    """A single fact's values, oldest first; nothing for more facts, or for one without older values."""
    if len(facts) != 1 or not facts[0].was:
        return []
    return sorted((*facts[0].was, facts[0]), key=lambda each: each.as_of.first if each.as_of else dt.date.min)


def _dates(values: Sequence[Fact | OlderValue]) -> list[str]:
    return [each.as_of.printed if each.as_of else "" for each in values]


def _history_table(fact: Fact, older: Sequence[Fact | OlderValue], labels: list[str], at: Place) -> Table:
    at.page.value(fact)
    rows = tuple(((Text(label),), (Text(each.value),)) for label, each in zip(labels, older, strict=True))
    header = ((Text(at.page.style.labels.as_of),), (Text(at.page.style.labels.value),))
    return Table(header, rows, at.origin.at("facts"), (1,))


def _labels(descriptions: list[str], dates: list[str]) -> list[str]:
    """What tells each bar from the others: its description without the words that all begin or end with, or its date."""
    if len(set(descriptions)) < len(descriptions):
        descriptions = [f"{each}, {date}" if date else each for each, date in zip(descriptions, dates, strict=True)]
    split = [each.split() for each in descriptions]
    first = _shared(split)
    first -= bool(first) and split[0][first - 1].lower() not in SMALL_WORDS  # `year one`, not `one`
    last = _shared([list(reversed(words[first:])) for words in split])
    short = [" ".join(words[first : len(words) - last]).strip(",;: ") for words in split]
    return [each[:1].upper() + each[1:] for each in (short if all(short) else descriptions)]


def _shared(lists: list[list[str]]) -> int:
    """With how many of the same words all the lists begin."""
    return sum(1 for _ in takewhile(lambda words: len(set(words)) == 1, zip(*lists, strict=False)))


PLAIN = (
    r"(?:(?:more than|over|nearly|around|about|up to) )?(£?)"
    r"((?:[0-9]{1,3}(?:,[0-9]{3}){0,4}|[0-9]{5,12})(?:\.[0-9]+)?)(?: (million|billion))?"
)
"""The commonest amounts, which are read here: the whole grammar of values takes longer to load than a chart to draw."""
SCALES = {None: 1, "million": 1e6, "billion": 1e9}


def _amount(value: str) -> float:
    """The length of a bar."""
    if match := re.fullmatch(PLAIN, value):
        return float(match[2].replace(",", "")) * SCALES[match[3]]
    from despatch.quantity import Quantity, read

    found = read(value)
    return float(found.low) if isinstance(found, Quantity) else 0.0


def unfit(content: Content, library: Library) -> Iterator[tuple[FactId, str]]:
    """The facts that a chart cannot show, each with the reason: it takes single amounts in one unit."""
    older = history([library.facts[name] for name in content.facts])
    if any(each.as_of is None for each in older):
        yield content.facts[0], "One of this fact’s values has no date, so it has no place in a chart of its history."
    shown: list[tuple[FactId, str]] = [(name, library.facts[name].value) for name in content.facts]
    shown += [(content.facts[0], each.value) for each in older]
    plain_units = {match and match[1] for _, value in shown for match in [re.fullmatch(PLAIN, value)]}
    if len(plain_units) > 1 or None in plain_units:
        yield from _unfit(shown)


def _unfit(shown: list[tuple[FactId, str]]) -> Iterator[tuple[FactId, str]]:
    from despatch.quantity import Quantity, read

    first = read(shown[0][1])
    for name, value in shown:
        found = read(value)
        if not isinstance(found, Quantity) or found.kind == "date" or found.low != found.high or found.low < 0:
            yield name, f"“{value}” is not one amount of nought or more, so a chart has no bar for it."
        elif isinstance(first, Quantity) and (found.kind, found.unit) != (first.kind, first.unit):
            yield name, f"“{value}” is in another unit than “{first}”, so one chart cannot show both."
