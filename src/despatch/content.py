"""What officers write, as frozen data: the library's lists, a brief, and the parts they share.

These declarations are the contract. The reader, the JSON Schema for editors and the reference in the README
are all made from them: a field's type says what may be written, its docstring what it is for.
A name ending in `_` is written without it in YAML (`from_` is `from:`). Nothing compares two of them, and without
`eq` the many small classes take less time to make at every start.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Any, ClassVar, Literal, NamedTuple, NewType, TypeAlias, get_args

from msgspec import Struct, field
from msgspec.structs import replace

from despatch.dates import Period
from despatch.diagnostics import Span
from despatch.parliament import BETWEEN_HOUSES, HOUSES, House
from despatch.source import Mapping as Written
from despatch.source import Scalar

Line = NewType("Line", Scalar)
"""Words on one line, in which `{{facts}}` and `{{TERMS}}` are printed."""
Prose = NewType("Prose", Scalar)
"""Words under a `|`, in the small Markdown."""
Literally = NewType("Literally", Scalar)
"""Words printed exactly as they stand, each line a paragraph."""
Note = NewType("Note", Scalar)
"""Words for colleagues, which no output ever holds."""
Plain = NewType("Plain", Scalar)
"""Words on one line that are printed as they stand, so they name no facts."""
Label = NewType("Label", Scalar)
"""A style's words, in which words in {braces} are filled in."""
Email = NewType("Email", Scalar)
"""An e-mail address."""
Address = NewType("Address", Scalar)
"""A web address that starts with https:// or http://."""
Id = NewType("Id", Scalar)
"""A name in small letters, digits and hyphens, such as `homes-wait`."""
LanguageCode = NewType("LanguageCode", Scalar)
"""A language, such as `cy` for Welsh."""
Count = NewType("Count", int)
"""A number of things, one or more."""
BlockId = NewType("BlockId", Scalar)
FactId = NewType("FactId", Scalar)
SourceId = NewType("SourceId", Scalar)
TopicId = NewType("TopicId", Scalar)
ContactId = NewType("ContactId", Scalar)
VariantName = NewType("VariantName", Scalar)
ProceedingName = NewType("ProceedingName", Scalar)
RuleName = NewType("RuleName", Scalar)
Reason = NewType("Reason", Scalar)
"""Why a rule does not hold here. For colleagues: no output ever holds it."""
Excuses: TypeAlias = Mapping[RuleName, Reason]
Gravity: TypeAlias = Literal["error", "warning", "advice", "off"]
"""How grave a rule's findings are; `off` is not reported."""

Priority: TypeAlias = Literal["essential", "standard", "detail"]
Length: TypeAlias = Literal["full", "standard", "short"]
Channel: TypeAlias = Literal["briefing", "article", "submission", "digest", "round-up"]
VARIANTS = (*get_args(Length), *get_args(Channel))
PRIORITIES: tuple[Priority, ...] = ("essential", "standard", "detail")
INLINE = "body"
"""The field of a structure whose own fields are written as though they were the structure’s.

What is not written at all, but filled in by the program, a structure names in `HIDDEN`.
"""


class Mention(NamedTuple):
    """A name of something else: what it names, and the characters of a text that write it."""

    kind: str
    name: str
    text: Scalar
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it is written. Worked out only when asked, since most names are never a fault."""
        return self.text.span_of(self.start, self.end)


class Point(Struct, frozen=True, eq=False):
    """One bullet inside a block: plain words, or fields with a text."""

    HIDDEN: ClassVar = ("place",)
    SHORTHAND: ClassVar = "text"
    text: Prose
    """The bullet's words."""
    id: Id | None = None
    """A name by which a view answers the point, or a brief omits or replaces it."""
    label: Line | None = None
    """A word or two in bold before the text; its colon is printed by the style."""
    topics: tuple[TopicId, ...] = ()
    """Topics besides the block's own."""
    priority: Priority | None = None
    """What a shorter length keeps; the block's own priority if nothing is said."""
    answers: tuple[Id, ...] = ()
    """In a view: the ids of the proposal's points that this one answers."""
    items: tuple[Id, ...] = ()
    """In a proposal: the items of the document that this point sets out; answered where it prints with our answer to it."""
    points: "tuple[Point, ...]" = ()
    """Bullets under this one."""
    ignore: Excuses = field(default_factory=dict)
    """Rules that do not hold here, each with the reason."""
    place: str = ""
    """Where in its block the point stands, as `points[2]`: selection fills it in before it takes points away."""


class Body(Struct, frozen=True, eq=False):
    """A block's words: just a text, or a lead with points and a closing line."""

    SHORTHAND: ClassVar = "text"
    text: Prose | None = None
    """The words, where there are no points."""
    lead: Prose | None = None
    """Words that introduce the points; ending in a colon, they are printed only with a point after them."""
    points: tuple[Point, ...] = ()
    """Bullets."""
    closing: Prose | None = None
    """Words after the points, printed only with them."""
    variants: "Mapping[VariantName, Body]" = field(default_factory=dict)
    """The same message worded for a length (`short`, `standard`) or a channel (`article`, `submission`, …)."""

    def problem(self) -> str:
        """What is wrong with the fields taken together, or nothing."""
        if self.text is not None and (self.lead is not None or self.points):
            return "`text` stands alone: beside `points`, write `lead` in place of `text`."
        if self.text is None and self.lead is None and not self.points:
            return "There are no words here: write `text`, or `lead` and `points`."
        if strange := [name for name in self.variants if name not in VARIANTS]:
            return f"`{strange[0]}` is no variant: name a length (`short`, `standard`) or a channel (`article`, …)."
        return ""


def wordings(body: Body | None) -> tuple[Body, ...]:
    """A body and its variants; nothing for none."""
    return () if body is None else (body, *body.variants.values())


def bodies(content: Any, path: str = "") -> Iterator[tuple[str, Body]]:
    """Every body in a kind's content, with the field it stands under: `view`, or nothing for the content's own."""
    for _, inside, value in _structures(content, path):
        if isinstance(value, Body):
            yield inside, value
        else:
            yield from bodies(value, inside)


def with_bodies(content: Any, change: Callable[[str, Body], Body | None], path: str = "") -> Any:
    """The same content with each of its bodies changed."""
    changed: dict[str, Any] = {}
    for name, inside, value in _structures(content, path):
        changed[name] = change(inside, value) if isinstance(value, Body) else with_bodies(value, change, inside)
    return replace(content, **changed)


def _structures(content: Any, path: str) -> Iterator[tuple[str, str, Any]]:
    """The fields that hold further fields: name, path and value."""
    for name in content.__struct_fields__:
        value = getattr(content, name)
        if isinstance(value, Struct):
            yield name, path if name == INLINE else f"{path}{'.' if path else ''}{name}", value


def all_points(points: tuple[Point, ...]) -> Iterator[Point]:
    """Points and those under them."""
    for point in points:
        yield point
        yield from all_points(point.points)


def points_in(body: Body | None) -> Iterator[Point]:
    """The points of a body, those of its variants included."""
    return (point for each in wordings(body) for point in all_points(each.points))


class Only(Struct, frozen=True, eq=False):
    """Where a block may appear. Each takes one value or a list."""

    house: tuple[House, ...] = ()
    """`commons`, `lords` or both."""
    audience: tuple[Line, ...] = ()
    """Such as `peers`, `mps`."""
    proceeding: tuple[ProceedingName, ...] = ()
    """Such as `second-reading`."""


class Valid(Struct, frozen=True, eq=False):
    """The sitting days for which a block may be printed."""

    from_: dt.date | None = None
    """The first day."""
    until: dt.date | None = None
    """The last day."""

    def problem(self) -> str:
        """What is wrong with the fields taken together, or nothing."""
        backwards = self.from_ and self.until and self.until < self.from_
        return "`until` is before `from`, so the block would never be printed." if backwards else ""


class Block(Struct, frozen=True, eq=False):
    """One reusable piece of content: what every kind has in common, and a `content` that is the kind's own."""

    HIDDEN: ClassVar = ("kind", "content", "written")
    id: Id
    """The name by which briefs use the block."""
    kind: str
    content: Any
    written: Written
    topics: tuple[TopicId, ...] = ()
    """What the block is about, from the controlled list."""
    priority: Priority = "standard"
    """What a shorter length keeps: `essential` at every length, `detail` only at full length."""
    only: Only = Only()
    """Where the block may appear; everywhere, if nothing is said."""
    valid: Valid = Valid()
    """From when until when it holds."""
    superseded_by: BlockId | None = None
    """The block that takes this one's place once that block is valid."""
    status: Literal["draft", "approved", "withdrawn"] = "approved"
    """A draft prints only with `--draft`; a withdrawn block never."""
    language: LanguageCode | None = None
    """What it is written in, where that is not British English: `cy` for Welsh, `gd` for Gaelic, `ur` for Urdu."""
    owner: Note | None = None
    """Who looks after it. Printed only in the margin of a review copy."""
    approved: dt.date | None = None
    """The day on which its words were approved. Printed only in the margin of a review copy."""
    note: Note | None = None
    """For colleagues. Never printed, in any form."""
    ignore: Excuses = field(default_factory=dict)
    """Rules that do not hold here, each with the reason."""

    @property
    def is_english(self) -> bool:
        """Whether it is in English, of this or another country."""
        return self.language is None or self.language.partition("-")[0] == "en"


class OlderValue(Struct, frozen=True, eq=False):
    """What a fact said before."""

    value: Plain
    """The phrase as it was printed."""
    as_of: Period | None = None
    """The date it was true on."""
    source: SourceId | None = None
    """Where it came from."""


class Fact(Struct, frozen=True, eq=False):
    """One figure or date, kept once and printed wherever it is named."""

    HIDDEN: ClassVar = ("written",)
    id: Id
    """The name that prose writes as `{{id}}`."""
    value: Plain
    """The phrase as printed: `82,170`, `up to 20`, `nearly 25 per cent`, `£14m to £19m`."""
    what: Line
    """What it counts: of whom, where, in which period."""
    source: SourceId
    """Where it comes from."""
    as_of: Period | None = None
    """The date it is true on: `2022-03-31`, `2022-03`, `2022` or `2020/21`."""
    next: Period | None = None
    """When a newer figure is due."""
    was: tuple[OlderValue, ...] = ()
    """Its older values, newest first."""
    equals: Line | None = None
    """A sum over other facts that the value must honour: `{{gap-now}} + {{gap-growth}}`, `{{part}} / {{whole}}`."""
    note: Note | None = None
    """For colleagues, such as a doubt about the figure. Never printed."""
    ignore: Excuses = field(default_factory=dict)
    """Rules that do not hold here, each with the reason."""
    written: Written | None = None

    def is_stale(self, day: dt.date) -> bool:
        """Whether a newer figure is due before a day. A month or a year lasts until its last day."""
        return self.next is not None and self.next.last < day


class Item(Struct, frozen=True, eq=False):
    """One thing that a document proposes: a Review's recommendation, or a Bill's clause."""

    id: Id
    """The name by which a position's proposal says that it answers this one; unique within the source."""
    title: Plain
    """What it is about, in a few words."""
    number: Plain | None = None
    """Its number in the document, where it has one."""
    chapter: Plain | None = None
    """The part of the document it stands in: `Chapter 5`, `Part 1`."""


class Printing(Struct, frozen=True, eq=False):
    """A list of amendments as it was published one day. Numbers change from one to the next."""

    name: Plain
    """What Parliament calls it: `second Marshalled List`."""
    date: dt.date
    """The day it was published."""
    numbers: Mapping[BlockId, Plain]
    """Each amendment’s number on it, by the id of our position: `have-their-say: 31`."""

    def number(self, position: str) -> str | None:
        """The number of a position’s amendment."""
        return self.numbers.get(BlockId(Scalar(position)))


class Reference(Struct, frozen=True, eq=False):
    """A document, dataset or page that something is taken from."""

    HIDDEN: ClassVar = ("written",)
    id: Id
    """The name that prose cites as `[@id]`."""
    kind: Literal[
        "review", "bill", "act", "amendment-list", "motion", "dataset", "report", "submission", "statement", "page"
    ]
    """What it is, which gives a proposal its label."""
    title: Plain
    """Its full title."""
    short: Plain | None = None
    """What running text calls it: `the Review`."""
    by: Plain | None = None
    """Who published it."""
    published: Period | None = None
    """When."""
    url: Address | None = None
    """Where it can be read."""
    accessed: dt.date | None = None
    """The day a web page was last looked at."""
    printings: tuple[Printing, ...] = ()
    """Of an amendment list: each one published. A briefing has the numbers of the newest on its last sitting day."""
    items: tuple[Item, ...] = ()
    """What it proposes, one by one, so that `coverage` can show what we answer."""
    ignore: Excuses = field(default_factory=dict)
    """Rules that do not hold here, each with the reason."""
    written: Written | None = None

    @property
    def house(self) -> str | None:
        """The House whose list of amendments it is, where it is one and `by` says so."""
        by = self.by.casefold() if self.by and self.kind == "amendment-list" else ""
        return next((name for name, called in HOUSES.items() if by == called.casefold()), None)

    def is_before(self, house: str, proceeding: str) -> bool:
        """Whether a list of amendments can be before a House: its own, but either’s where one considers the other’s."""
        return proceeding in BETWEEN_HOUSES or self.house in (None, house)

    def printing(self, day: dt.date) -> Printing | None:
        """The newest printing of an amendment list on a day."""
        return max((each for each in self.printings if each.date <= day), key=lambda each: each.date, default=None)


class Topic(Struct, frozen=True, eq=False):
    """An entry in the controlled list that `--topic` names."""

    id: Id
    """The name that blocks and flags use."""
    label: Plain
    """Its name in words."""
    under: TopicId | None = None
    """The wider topic it belongs to: `--topic homes` takes everything under `homes`."""
    also: tuple[Plain, ...] = ()
    """Other words for it, by which `find` knows it."""


class Term(Struct, frozen=True, eq=False):
    """An abbreviation and what it stands for."""

    short: Plain
    """The abbreviation, which prose writes as `{{SGO}}`, or `{{SGOs}}` for more than one."""
    long: Plain
    """The words it stands for, printed before it at its first use in a briefing."""
    plural: Plain | None = None
    """The words for more than one; without it an `s` is added."""

    def abbreviated(self, *, many: bool) -> str:
        """The abbreviation, for one or for more: `SGO` or `SGOs`."""
        return f"{self.short}s" if many else str(self.short)

    def spelt_out(self, *, many: bool) -> str:
        """The words with the abbreviation after them, as at their first use."""
        return f"{(self.plural or f'{self.long}s') if many else self.long} ({self.abbreviated(many=many)})"


class Word(Struct, frozen=True, eq=False):
    """A word that is spelt right, though no dictionary has it."""

    SHORTHAND: ClassVar = "word"
    word: Plain
    """The word. One in small letters may also begin with a capital."""
    note: Note | None = None
    """For colleagues, such as what it means. Never printed."""


class Library(Struct, frozen=True, eq=False):
    """Everything under `seeds/`, by id."""

    blocks: Mapping[str, Block] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    sources: Mapping[str, Reference] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    words: Mapping[str, Word] = field(default_factory=dict)
    unsound: frozenset[str] = frozenset()
    """The ids of entries that have faults: a name of one of them is not reported as unknown too."""
    complete: bool = True
    """Whether every file could be read: if one could not, no name is reported as unknown."""
    named: tuple[tuple[Mention, ...], ...] = ()
    """The names of something else: those in seeds, and then those in a brief."""

    @property
    def mentions(self) -> Iterator[Mention]:
        """Each name of something else, and where it is written."""
        return chain.from_iterable(self.named)

    def joined(self, other: "Library") -> "Library":
        """The entries of both libraries."""
        return Library(_both(self.blocks, other.blocks), _both(self.facts, other.facts),
                       _both(self.sources, other.sources), _both(self.topics, other.topics),
                       _both(self.terms, other.terms), _both(self.words, other.words), self.unsound | other.unsound,
                       self.complete and other.complete, self.named + other.named)  # fmt: skip

    def term(self, written: str) -> tuple[Term, bool] | None:
        """The term written as `SGO`, or as `SGOs` for more than one (then the second value is true)."""
        if written in self.terms:
            return self.terms[written], False
        if written.endswith("s") and written[:-1] in self.terms:
            return self.terms[written[:-1]], True
        return None

    def above(self, topic: str) -> Iterator[str]:
        """A topic and every wider one it is under."""
        seen: set[str] = set()
        while topic in self.topics and topic not in seen:
            seen.add(topic)
            yield topic
            topic = self.topics[topic].under or ""


def _both(ours: Mapping[str, Any], others: Mapping[str, Any]) -> Mapping[str, Any]:
    """The entries of both; most briefs add none to thousands."""
    return {**ours, **others} if others else ours


class Use(Struct, frozen=True, eq=False):
    """A block in a section: its id, or `use:` with changes for this day only."""

    SHORTHAND: ClassVar = "use"
    use: BlockId
    """The block's id."""
    heading: Line | None = None
    """A heading in place of the block's own."""
    omit: tuple[Id, ...] = ()
    """The ids of points to leave out."""
    replace: Mapping[Id, Prose] = field(default_factory=dict)
    """Other wording, by the id of the point it replaces."""
    ignore: Excuses = field(default_factory=dict)
    """Rules that do not hold here, each with the reason."""


class Section(Struct, frozen=True, eq=False):
    """A part of the briefing: a heading, if it needs one, and blocks in order."""

    HIDDEN: ClassVar = ("list", "uses", "auto")
    heading: Line | None = None
    """Printed while anything under it is."""
    ignore: Excuses = field(default_factory=dict)
    """Rules that do not hold here, each with the reason."""
    list: str = ""
    uses: tuple[Use, ...] = ()
    auto: Scalar | None = None


class Choice(Struct, frozen=True, eq=False):
    """Which topics to take, and which to leave out."""

    include: tuple[TopicId, ...] = ()
    """Take only these topics, and what has none. Empty: everything named."""
    exclude: tuple[TopicId, ...] = ()
    """Leave these topics out, whatever else a block carries."""


class Brief(Struct, frozen=True, eq=False):
    """One file under `briefs/`, for one proceeding or publication."""

    HIDDEN: ClassVar = ("name", "written")
    title: Line
    """What the briefing is about."""
    sections: tuple[Section, ...]
    """The order of the briefing."""
    date: dt.date | None = None
    """The sitting day, or the day of publication."""
    dates: tuple[dt.date, ...] = ()
    """Several sitting days, in place of `date`."""
    day_numbers: tuple[Count, ...] = ()
    """Which days of the stage they are: `[1, 2]`."""
    title_line: Line | None = None
    """The title in one line, in place of the one made from title, proceeding, House and date."""
    house: House | None = None
    """`commons` or `lords`."""
    proceeding: ProceedingName | None = None
    """What happens in Parliament: `take-note-debate`, `second-reading`, …"""
    style: Scalar | None = None
    """The folder of `templates/` that gives labels and look; `plain` if nothing is said."""
    channel: Channel = "briefing"
    """What the text is."""
    audience: Line | None = None
    """Who reads it: `peers`, `mps`, …"""
    length: Length = "full"
    """How much to keep."""
    max_words: Count | None = None
    """The most words it may have: essential first, and a build says what it left out."""
    pages: Count | None = None
    """The most pages it may have."""
    topics: Choice = Choice()
    """Topics to include and exclude; `--topic` and `--without`, kept in the file."""
    standfirst: Prose | None = None
    """The line under the title: a block's id, or words."""
    local: Library = field(default_factory=Library)
    """Blocks, facts and sources for this briefing only, in the library's own shape."""
    contact: ContactId | None = None
    """Whom to ask: the id of a contact."""
    embargo: Line | None = None
    """When it may be used from, in words."""
    status: Literal["draft", "final"] = "final"
    """A draft carries the draft mark on every page."""
    bill: Line | None = None
    """The Bill and its print."""
    amendment_list: SourceId | None = None
    """The list that the amendments are on: the id of a source."""
    motion: Line | None = None
    """The motion before the House."""
    department: Line | None = None
    """The Minister's department, for questions."""
    note: Note | None = None
    """For colleagues. Never printed."""
    rules: Mapping[RuleName, Gravity] = field(default_factory=dict)
    """How grave what a rule finds is in this brief: `error`, `warning`, `advice` or `off`."""
    ignore: Excuses = field(default_factory=dict)
    """Rules that do not hold in this file, each with the reason."""
    name: str = ""
    written: Written | None = None

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The sitting days, earliest first."""
        return tuple(sorted(self.dates)) or ((self.date,) if self.date else ())

    def standfirst_block(self, library: Library) -> Scalar | None:
        """The id of the block that the standfirst names, where it is not words: one in the library, or with a hyphen."""
        text = self.standfirst
        if text is None or text.style in {"|", ">"} or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text):
            return None
        return text if "-" in text or text in library.blocks else None

    def problem(self) -> str:
        """What is wrong with the fields taken together, or nothing."""
        if not self.days:
            return "A brief needs its day: write `date`."
        if self.channel == "briefing" and not (self.house and self.proceeding):
            return "A briefing for Parliament needs `house` and `proceeding`; for anything else say which `channel`."
        return ""
