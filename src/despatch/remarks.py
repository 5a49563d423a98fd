"""What a review copy says in its margin: what `check` finds, whose each block is, how old a figure is, what topics drop.

A remark stands at the words that it is about. They are found by the text that they are printed from: its words, as they
were typed in the file, are matched with those on the page, so that a figure or a term in `{{…}}` has its place there too.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property
from itertools import groupby
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from despatch.content import Block, Choice, Fact, Note, Point, TopicId, bodies
from despatch.dates import Period, in_full
from despatch.diagnostics import Diagnostic, Diagnostics, Span
from despatch.document import (
    Citation,
    Document,
    Footnote,
    Group,
    Item,
    Node,
    Origin,
    Paragraph,
    Text,
    inlines,
    plain,
    walk,
)
from despatch.office import Briefing, Office
from despatch.page import Page
from despatch.proof import Row
from despatch.prose import tokens
from despatch.select import Rule, Selection, select
from despatch.silence import check
from despatch.source import Scalar, is_in
from despatch.spelling import begin, missing
from despatch.style import Style, series
from despatch.writers._comments import Remark

FIRST_WORDS = re.compile(r"\S+(?:\s+\S+){0,3}")
GRAVITY = {"error": "Error", "warning": "Warning", "advice": "Advice"}


def review_copy(briefing: Briefing, known: Diagnostics, *, drafts: bool) -> tuple[Document, tuple[Remark, ...]]:
    """The briefing marked as a review copy, and what to say in its margin; `known` is what was said when it was laid out."""
    return marked(briefing.document, briefing.style), remarks(briefing, known, drafts=drafts)


def marked(document: Document, style: Style) -> Document:
    """The document with the mark of a review copy on each page, and among what its file says about itself."""
    properties, label = document.properties, style.labels.review
    mark = ". ".join(filter(None, (properties.draft, label)))
    line = Paragraph((Text(mark),), Origin("", "review"), "draft")
    named = {**json.loads(properties.manifest), "review": True}
    manifest = json.dumps(named, ensure_ascii=False, separators=(",", ":"))
    known = replace(properties, draft=mark, keywords=(label, *properties.keywords), manifest=manifest)
    return replace(document, properties=known, content=tuple(_fronted(document.content, line)))


def _fronted(content: tuple[Node, ...], mark: Paragraph) -> Iterator[Node]:
    """The content with a mark above its title, in place of that of a draft."""
    for node in content:
        if isinstance(node, Group) and node.role == "front":
            shown = (each for each in node.content if not isinstance(each, Paragraph) or each.role != "draft")
            yield Group("front", (mark, *shown))
        else:
            yield node


def remarks(briefing: Briefing, known: Diagnostics, *, drafts: bool) -> tuple[Remark, ...]:
    """Everything there is to say of a briefing, in reading order."""
    begin()
    office = _own(briefing)
    sheet = _Sheet(office.briefings[0])
    found = list(_findings(sheet, dict.fromkeys([*known, *check(office)])))
    said = [_opening(sheet, found), *_blocks(sheet, drafts=drafts), *_figures(sheet), *(place for _, place in found)]
    return tuple(
        Remark(line.bookmark, line.cell, start, end, paragraphs)
        for (line, start, end), paragraphs in sorted(said, key=lambda each: (each[0][0].number, each[0][1]))
    )


def _own(briefing: Briefing) -> Office:
    """The briefing as the only one of an office that has no other blocks: what it leaves out is not to be looked at."""
    selection = briefing.selection
    blocks = {str(block.id): block for block in briefing.blocks}
    local = selection.brief.local
    brief = replace(
        selection.brief, local=replace(local, blocks={each: blocks[each] for each in local.blocks if each in blocks})
    )
    own = replace(briefing, selection=replace(selection, brief=brief))
    return Office(replace(selection.library, blocks=blocks), (own,), is_whole=False)


class _Line(Struct, frozen=True, eq=False):
    """A line of the briefing, and how it is found in the Word file."""

    number: int
    row: Row
    bookmark: str
    cell: int

    @property
    def whole(self) -> _Spot:
        """All its words."""
        return self, 0, len(self.row.text)

    @property
    def opening(self) -> _Spot:
        """A heading, or the first words of anything else."""
        first = FIRST_WORDS.match(self.row.text)
        return self.whole if self.row.part == "heading" or first is None else (self, 0, first.end())


_Spot: TypeAlias = tuple[_Line, int, int]
_Said: TypeAlias = tuple[_Spot, tuple[str, ...]]


class _Typed(Struct, frozen=True, eq=False, dict=True):
    """A text as it was typed, and the lines that print it."""

    text: Scalar
    lines: list[_Line]

    @cached_property
    def _typed(self) -> list[re.Match[str]]:
        return list(re.compile(r"\S+").finditer(self.text.source.text, self.text.start, self.text.end))

    @cached_property
    def _printed(self) -> list[tuple[_Line, re.Match[str]]]:
        return [(line, word) for line in self.lines for word in re.finditer(r"\S+", line.row.text)]

    @cached_property
    def _pairs(self) -> dict[int, int]:
        """Which printed word each typed one is."""
        typed, printed = [_bare(each[0]) for each in self._typed], [_bare(word[0]) for _, word in self._printed]
        matches = SequenceMatcher(None, typed, printed).get_matching_blocks()
        return {each.a + step: each.b + step for each in matches for step in range(each.size)}

    def spot(self, start: int, end: int, wanted: str) -> _Spot | None:
        """Where the characters of the file from start to end are printed, narrowed to the words wanted if those are there."""
        asked = [n for n, word in enumerate(self._typed) if word.start() <= end and start <= word.end()]
        inside = [n for n in asked if self._typed[n].start() < end and start < self._typed[n].end()] or asked
        if not inside:
            return None
        spots = [_joined(line, words) for line, words in self._between(inside[0], inside[-1])]
        narrowed = (_narrowed(each, wanted) for each in spots)
        return next(filter(None, narrowed), spots[0] if spots else None)

    def _between(self, first: int, last: int) -> Iterator[tuple[_Line, list[re.Match[str]]]]:
        """The printed words for some typed ones, line by line: what is between their neighbours, where they are not matched."""
        before = max((self._pairs[n] for n in self._pairs if n < first), default=-1)
        after = min((self._pairs[n] for n in self._pairs if n > last), default=len(self._printed))
        words = self._printed[self._pairs.get(first, before + 1) : self._pairs.get(last, after - 1) + 1]
        for line, group in groupby(words, key=lambda each: each[0]):
            yield line, [word for _, word in group]


def _bare(word: str) -> str:
    return re.sub(r"\W", "", word).casefold() or word


def _joined(line: _Line, words: list[re.Match[str]]) -> _Spot:
    return line, words[0].start(), words[-1].end()


def _narrowed(spot: _Spot, wanted: str) -> _Spot | None:
    """The words wanted among those of a spot; nothing, where they are not there or do not end where words do."""
    line, start, end = spot
    found = re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", line.row.text[start:end], re.IGNORECASE)
    if found is None or not re.search(r"\w", wanted):
        return None
    return line, start + found.start(), start + found.end()


class _Sheet(Struct, frozen=True, eq=False, dict=True):
    """A briefing's lines, and where on them something is printed."""

    briefing: Briefing

    @cached_property
    def lines(self) -> list[_Line]:
        """Its lines. A bookmark that comes again has a number; a table's cells are counted from the line before it."""
        found: list[_Line] = []
        times, bookmark, cell = Counter[str](), "", 0
        for number, row in enumerate(self.briefing.proof.rows):
            cell = cell + 1 if row.part == "cell" else 0
            if not cell:
                times[row.origin.anchor] += 1
                bookmark = bookmarked(row.origin.anchor, times[row.origin.anchor])
            found.append(_Line(number, row, bookmark, cell))
        return found

    @cached_property
    def texts(self) -> list[_Typed]:
        """The texts that its lines are printed from, each use of one apart."""
        found: dict[tuple[int, str, int], _Typed] = {}
        for line in self.lines:
            if (text := line.row.written) is not None:
                key = (id(text), line.row.origin.block, line.row.origin.use)
                found.setdefault(key, _Typed(text, [])).lines.append(line)
        return list(found.values())

    @property
    def title(self) -> _Line:
        """The line of the title."""
        return next((line for line in self.lines if line.row.part == "title"), self.lines[0])

    def spot(self, span: Span) -> _Spot | None:
        """The printed words that a place in a file is about; nothing, where it is about something else."""
        return self._phrase(span) or self._entry(span) or self._in_block(span) or self._in_brief(span)

    def _phrase(self, span: Span) -> _Spot | None:
        texts = [each for each in self.texts if is_in(span, each.text)]
        end = max(span.end, span.start + 1)
        wanted = " ".join(texts[0].text.source.text[span.start : end].split()) if texts else ""
        spots = (each.spot(span.start, end, wanted) for each in texts)
        return next(filter(None, spots), texts[0].lines[0].whole if texts else None)

    def _entry(self, span: Span) -> _Spot | None:
        """The first words that a fact, a term or a source is printed as."""
        library = self.briefing.selection.library
        for fact in self.briefing.facts:
            if is_in(span, fact.written):
                return next((spot for each, spot in self.figures if each is fact), None)
        for term in library.terms.values():
            if is_in(span, term.short) or is_in(span, term.long):
                return next(self.named((term.short, f"{term.short}s"), term.short), None)
        cited = (name for name, source in library.sources.items() if is_in(span, source.written))
        return next((line.whole for name in cited for line in self._citing(name)), None)

    @cached_property
    def figures(self) -> list[tuple[Fact, _Spot]]:
        """Each fact that it prints, at each place; its date comes after all its values."""
        found = [(fact, spot) for fact in self.briefing.facts for spot in self.named((fact.id,), fact.value)]
        found += [(fact, line.whole) for fact, line in self._cells()]
        dated = [(fact, fact.as_of.printed) for fact in self.briefing.facts if fact.as_of]
        return found + [(fact, spot) for fact, day in dated for spot in self.named((f"{fact.id}.as_of",), day)]

    def named(self, names: tuple[str, ...], printed: str) -> Iterator[_Spot]:
        """Where one of some names in `{{…}}` is printed."""
        for each in self.texts:
            for token in tokens(each.text) if "{{" in each.text else ():
                if token.kind == "printed" and token.name in names:
                    place = each.text.span_of(token.start, token.end)
                    if spot := each.spot(place.start, place.end, printed):
                        yield spot

    def _cells(self) -> Iterator[tuple[Fact, _Line]]:
        """The facts that tables and charts show, each with the cell of its value."""
        blocks = {str(each.id): each for each in self.briefing.blocks if each.kind == "figures"}
        cells = [line for line in self.lines if line.cell and line.row.origin.block in blocks]
        for line in cells:
            for name in blocks[line.row.origin.block].content.facts:
                fact = self.briefing.selection.library.facts[name]
                if fact.value.casefold() == line.row.text.casefold():
                    yield fact, line

    def _citing(self, source: str) -> Iterator[_Line]:
        """The lines with a mark that leads to a source."""
        groups = [each for each in walk(self.briefing.document.content) if isinstance(each, Group)]
        listed = [each for group in groups if group.role in ("sources", "notes") for each in walk(group.content)]
        entries = [each for each in listed if isinstance(each, Item)]
        numbers = {n for n, each in enumerate(entries, 1) for node in each.content if _is_of(node, source)}
        for line in self.lines:
            if any(
                isinstance(each, Citation | Footnote) and each.number in numbers for each in inlines(line.row.words)
            ):
                yield line

    def _in_block(self, span: Span) -> _Spot | None:
        """What is printed from the words nearest to the place, in the block that it is in."""
        block = next((each for each in self.briefing.blocks if is_in(span, each.written)), None)
        lines = [line for line in self.lines if block is not None and line.row.origin.block == block.id]
        written = [(line, line.row.written) for line in lines if line.row.written is not None]
        near = min(written, key=lambda each: abs(each[1].start - span.start), default=None)
        return near[0].whole if near else lines[0].whole if lines else None

    def _in_brief(self, span: Span) -> _Spot | None:
        """The words that the brief has under a name, or the first words of the block that it names, else the title."""
        if span.path != self.briefing.path:
            return None
        if under := next((each for each in self.texts if _is_name_of(span, each.text)), None):
            return under.lines[0].whole
        uses = (use.use for section in self.briefing.selection.brief.sections for use in section.uses)
        named = {str(use) for use in uses if is_in(span, use)}
        return next((line.opening for line in self.lines if line.row.origin.block in named), self.title.whole)


def bookmarked(anchor: str, times: int) -> str:
    """The name of the bookmark of an anchor that comes for the first, second or third time."""
    return anchor if times == 1 else f"{anchor}_{times}"


def _is_name_of(span: Span, text: Scalar) -> bool:
    """Whether a place is the name of the field that a text stands under."""
    source = text.source
    return source.path == span.path and span.end <= text.start and not source.text[span.end : text.start].strip(": \n")


def _is_of(node: object, source: str) -> bool:
    return isinstance(node, Paragraph) and node.origin.block == source


# What is said.


def _opening(sheet: _Sheet, found: list[tuple[Diagnostic, _Said]]) -> _Said:
    """At the title: what this copy is, how much `check` finds, and the brief's own note."""
    brief = sheet.briefing.selection.brief
    grave = Counter(GRAVITY[each.severity].lower() for each, _ in found)
    counts = ", ".join(f"{name} {grave[name]}" for name in map(str.lower, GRAVITY.values()) if grave[name])
    said = f"`despatch check` finds in what it prints: {counts}." if counts else "`despatch check` finds nothing in it."
    return sheet.title.whole, (
        f"Review copy of the brief `{brief.name}`. {said}",
        *filter(None, [missing(), _unsigned(sheet.briefing.blocks)]),
        *_note(brief.note),
    )


def _unsigned(blocks: Sequence[Block]) -> str:
    """How many blocks do not say who answers for them, or since when."""
    owners, days = sum(not each.owner for each in blocks), sum(not each.approved for each in blocks)
    if owners == days == len(blocks) > 1:
        return f"None of its {len(blocks)} blocks names an owner or gives a date of approval."
    named = [f"{owners} name no owner" if owners else "", f"{days} give no date of approval" if days else ""]
    return f"Of its {len(blocks)} blocks {' and '.join(filter(None, named))}." if any(named) else ""


def _note(note: Note | None) -> list[str]:
    """An internal note, paragraph by paragraph."""
    return [f"Note: {' '.join(each.split())}" for each in re.split(r"\n[ \t]*\n", note) if each.strip()] if note else []


def _findings(sheet: _Sheet, said: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, _Said]]:
    """What `check` finds, each at its words."""
    for each in said:
        if spot := sheet.spot(each.span):
            paragraphs = (f"{GRAVITY[each.severity]}, {each.rule}: {each.message}", each.help)
            yield each, (spot, tuple(filter(None, paragraphs)))


def _figures(sheet: _Sheet) -> Iterator[_Said]:
    """Each fact, the first time that a line prints it."""
    seen: set[tuple[str, int]] = set()
    for fact, spot in sheet.figures:
        if (key := (fact.id, spot[0].number)) not in seen:
            seen.add(key)
            yield spot, (_provenance(fact, sheet.briefing), *_note(fact.note))


def _provenance(fact: Fact, briefing: Briefing) -> str:
    """What a figure is, how old it is on the sitting day, where it is from and when the next is due."""
    library = briefing.selection.library
    source = library.sources[fact.source]
    what = plain(Page(library, briefing.style).line(fact.what))
    as_of = f"As of {fact.as_of.printed}, {age(fact.as_of, briefing.day)}." if fact.as_of else "It has no date."
    due = f" The next figure is due: {fact.next.printed}." if fact.next else ""
    return f"`{fact.id}`: {what}. {as_of} Source: {', '.join(filter(None, (source.title, source.by)))}.{due}"


def age(period: Period, sitting: date) -> str:
    """How old a figure of some day, month or year is on the sitting day, in words."""
    day = period.last
    if day >= sitting:
        return f"which {'has not ended on' if period.first < sitting else 'is not before'} {in_full(sitting)}"
    months = (sitting.year - day.year) * 12 + sitting.month - day.month - (sitting.day < day.day)
    whole = (months // 12, "year") if months >= 24 else (months, "month")
    number, unit = whole if months else ((sitting - day).days, "day")
    return f"{number} {unit}{'s' if number > 1 else ''} old on {in_full(sitting)}"


def _blocks(sheet: _Sheet, *, drafts: bool) -> Iterator[_Said]:
    """Each block at its first line: whose it is, since when it holds, and with which topics it prints."""
    blocks = {str(each.id): each for each in sheet.briefing.blocks}
    keepers = _Keepers(sheet.briefing.selection, drafts)
    seen: set[tuple[str, int]] = set()
    for line in sheet.lines:
        block, use = blocks.get(line.row.origin.block), line.row.origin.use
        if block is not None and (block.id, use) not in seen:
            seen.add((block.id, use))
            yield line.opening, _standing(block, keepers.said_of_block(block.id))
            yield from _points(block, [each for each in sheet.lines if each.row.origin.use == use], keepers)


def _standing(block: Block, topics: str) -> tuple[str, ...]:
    """Who answers for a block, and since when."""
    since = f"Approved on {in_full(block.approved)}." if block.approved else ""
    status = since if block.status == "approved" else f"Status: {block.status}."
    first, last = block.valid.from_, block.valid.until
    days = [f"from {in_full(first)}" if first else "", f"until {in_full(last)}" if last else ""]
    valid = f"Valid {' '.join(filter(None, days))}." if any(days) else ""
    owner = f"Owner: {block.owner.strip()}." if block.owner else ""
    said = " ".join(filter(None, (f"Block `{block.id}` ({block.kind.replace('_', ' ')}).", owner, status, valid)))
    return tuple(filter(None, (said, topics, *_note(block.note))))


def _points(block: Block, lines: list[_Line], keepers: _Keepers) -> Iterator[_Said]:
    """The points of a block that print with other topics than it does."""
    usual = keepers.of_block(block.id)
    for name, point in (each for path, body in bodies(block.content) for each in _named(body.points, path)):
        own = keepers.of_point(block.id, name)
        line = next((each for each in lines if each.row.written is point.text), None)
        if line is not None and own != usual and (said := keepers.said(own)):
            yield line.whole, (said,)


def _named(points: tuple[Point, ...], path: str) -> Iterator[tuple[str, Point]]:
    """Points and those under them, each with the name by which selection decides on it."""
    for point in points:
        place = f"{path}.{point.place}" if path else point.place
        yield point.id or place, point
        yield from _named(point.points, place)


class _Keepers(Struct, frozen=True, eq=False, dict=True):
    """With which topics each block and point would print, if one alone were asked for."""

    selection: Selection
    drafts: bool

    @cached_property
    def _tried(self) -> dict[str, dict[tuple[str, str], Rule]]:
        """By topic, the rule that decides on all that is printed then. More topics together print what each does."""
        library, brief = self.selection.library, self.selection.brief
        tried: dict[str, dict[tuple[str, str], Rule]] = {}
        for topic in library.topics:
            choice = Choice((TopicId(Scalar(topic)),), brief.topics.exclude)
            decisions = select(library, replace(brief, topics=choice), drafts=self.drafts).decisions
            tried[topic] = {(each.block, each.point): each.rule for each in decisions if each.included}
        return tried

    def of_block(self, block: str) -> list[str]:
        """The topics that keep a block itself, not only some point in it."""
        return [topic for topic, kept in self._tried.items() if kept.get((block, "")) == "named"]

    def of_point(self, block: str, point: str) -> list[str]:
        """The topics that keep a point."""
        return [topic for topic, kept in self._tried.items() if (block, point) in kept]

    def said_of_block(self, block: str) -> str:
        """Which choices of topics leave a block out, and which all but some points of it."""
        whole = self.of_block(block)
        part = [topic for topic in self.of_point(block, "") if topic not in whole]
        if whole and part:
            return (
                f"Printed whole only for {self.named(whole)}. For {self.named(part)} only some points of it are left."
            )
        return self.said([*whole, *part])

    def said(self, topics: list[str]) -> str:
        """Which choices of topics leave something out; nothing, where none does."""
        if not topics or len(topics) == len(self._tried):
            return ""
        return f"Printed only for {self.named(topics)}: a choice of other topics leaves this out."

    def named(self, topics: list[str]) -> str:
        """Some topics as colleagues know them: `the topic “Fostering” or “Kinship care”`."""
        return f"the topic {series([f'“{self.selection.library.topics[each].label}”' for each in topics], ' or ')}"
