"""The document tree: what a briefing says, before it is Word, Markdown or HTML.

Kinds are open, nodes are closed: every kind of block lowers itself into the nodes below, and every
writer prints exactly these. A new node touches every writer, and the type checker lists them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

from msgspec import Struct

try:
    from _blake2 import blake2b
except ImportError:  # hashlib has the same function, and loads all of OpenSSL with it
    from hashlib import blake2b

KEPT = 50_000
"""Of how many texts and entries a command keeps what it worked out, for further briefings that print them."""

LANGUAGE = "en-GB"
"""What a briefing is written in, but for passages that say otherwise."""

ParagraphRole: TypeAlias = Literal[
    "draft",  # the draft mark above the title
    "organisation",  # title block: the body whose name is on the page
    "title",
    "occasion",  # title block: House and proceeding
    "date",  # title block: the sitting day in full
    "embargo",
    "standfirst",
    "label",  # whose words follow: "What the Review recommends", "LGA view"
    "lead",  # introduces the list that follows, and never parts from it
    "body",
    "literal",  # an amendment's text, a line a paragraph, exactly as tabled
    "explanatory",  # what its Member says that it would do, exactly as tabled
    "attribution",  # who said the quotation above
    "caption",
    "contact",
]

AS_TABLED: tuple[ParagraphRole, ...] = ("literal", "explanatory")
"""What is nobody's to reword."""
NUMBER = re.compile(r"[“‘\"']{0,2}\((?:\d{1,4}[A-Z]{0,3}|[A-Za-z]{1,5}|\s?)\)\s+(?=\S)")
"""The number that a tabled line begins with: `“(2A) `, `(b) `; one that is not known yet is `( ) `."""

GroupRole: TypeAlias = Literal[
    "front",
    "key-messages",
    "proposal",
    "view",
    "ask",
    "question",
    "case-study",
    "quotation",
    "figure",
    "about",
    "contact",
    "sources",  # what marks such as `[3]` lead to: a heading, and a numbered list that is printed where it stands
    "notes",  # the same for footnotes: each entry is printed where the format has its footnotes
]


def digest(text: str | bytes) -> str:
    """The BLAKE2b hash of a text, as 64 letters and digits: another text has another."""
    return blake2b(text.encode() if isinstance(text, str) else text, digest_size=32).hexdigest()


class Origin(Struct, frozen=True):
    """Where a piece of the page comes from: the block's id, its field, and which use of it this is."""

    block: str
    field: str = ""
    use: int = 1

    def at(self, field: str) -> Origin:
        """The origin of a field inside this one: `view`, then `view.points[2]`."""
        return Origin(self.block, f"{self.field}.{field}" if self.field else field, self.use)

    @property
    def anchor(self) -> str:
        """A Word bookmark's name: hidden (it begins with `_`), letters and digits, under 40 characters."""
        return f"_dsp{digest(f'{self.block} {self.field} {self.use}')[:20]}"


class Text(Struct, frozen=True):
    """Literal characters. No writer may read markup in them."""

    text: str


class Strong(Struct, frozen=True):
    """Words of strong importance."""

    words: Words


class Emphasis(Struct, frozen=True):
    """Stressed words."""

    words: Words


class Link(Struct, frozen=True):
    """Words that lead to an address outside the document."""

    words: Words
    url: str


class InLanguage(Struct, frozen=True):
    """Words in another language than the document's."""

    words: Words
    language: str
    """Its code: `cy` for Welsh."""


class Citation(Struct, frozen=True):
    """A mark such as `[3]`, which leads to the third entry in the list of sources."""

    number: int

    @property
    def mark(self) -> str:
        """The mark as printed, in every format."""
        return f"[{self.number}]"


class Footnote(Struct, frozen=True):
    """A footnote's mark, which leads to an entry of the group of notes. The same note may be marked many times."""

    number: int
    """Which entry, from 1. Entries are in the order in which their first marks are read."""


Inline: TypeAlias = Text | Strong | Emphasis | Link | InLanguage | Citation | Footnote
Words: TypeAlias = tuple[Inline, ...]


class Heading(Struct, frozen=True):
    """A heading of level 1 (a section), 2 (a block in it) or 3 (a part of a block)."""

    level: int
    words: Words
    origin: Origin


class Paragraph(Struct, frozen=True):
    """A paragraph and the part it plays on the page."""

    words: Words
    origin: Origin
    role: ParagraphRole = "body"
    level: int = 0
    """How deep a tabled line is set in: the words of a new subsection 1, of a paragraph in it 2, and so on."""

    @property
    def part(self) -> str:
        """The part of the page that it is: its role; `literal-number-1` and `literal-1` are lines that are set in."""
        kind = f"{self.role}-number" if numbered(self.words)[0] else self.role
        return f"{kind}-{self.level}" if self.level else self.role


class Item(Struct, frozen=True):
    """One bullet or numbered entry: its paragraphs, and any list under it."""

    content: tuple[Paragraph | Listing, ...]


class Listing(Struct, frozen=True):
    """A list, bulleted or numbered."""

    items: tuple[Item, ...]
    ordered: bool = False


class Table(Struct, frozen=True):
    """A table with one header row. `numeric` names the columns (from 0) set to the right."""

    header: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    origin: Origin
    numeric: tuple[int, ...] = ()


class Bar(Struct, frozen=True):
    """One bar of a chart."""

    label: Words
    """What it stands for, in a word or two."""
    value: Words
    """Its value as the fact has it, qualifier and all: `more than £10.5 billion`."""
    amount: float
    """Its length, in units that all bars of a chart share; never below nought."""


class Chart(Struct, frozen=True):
    """Horizontal bars from nought, the first at the top, and the table that says the same.

    The table is printed after the chart where `is_beside`; otherwise a format keeps it behind the chart. A format
    without charts prints the table.
    """

    name: Words
    """What the bars show, for readers who cannot see them."""
    bars: tuple[Bar, ...]
    table: Table
    origin: Origin
    is_beside: bool = True

    @property
    def description(self) -> str:
        """The chart in words, as an alternative text: `What it shows. Year one: £46 million; year two: …`."""
        bars = "; ".join(f"{plain(bar.label)}: {plain(bar.value)}" for bar in self.bars)
        return f"{plain(self.name)}. {bars}."


class Group(Struct, frozen=True):
    """Nodes that belong together and are set apart from the rest: a view, the key messages."""

    role: GroupRole
    content: tuple[Node, ...]


class Pair(Struct, frozen=True):
    """A proposal and our view of it, to stand side by side; a format without columns prints one under the other.

    Each begins with its label. Where the two are columns of a table, the labels are heads of the columns.
    """

    proposal: Group
    view: Group

    @property
    def content(self) -> tuple[Group, Group]:
        """Both, in reading order."""
        return (self.proposal, self.view)

    @property
    def rows(self) -> tuple[tuple[tuple[Node, ...], ...], ...]:
        """Both as the rows of a table: the two labels, then what stands under each."""
        return tuple(zip(*((each.content[:1], each.content[1:]) for each in self.content), strict=True))


Node: TypeAlias = Heading | Paragraph | Listing | Table | Chart | Group | Pair


class Properties(Struct, frozen=True):
    """What a file says about itself beside its text: core properties, front matter, `<meta>`.

    `date` is the sitting day as `2022-12-08`; `occasion` and `date_in_full` are words for a reader;
    `contact` is the one line that stands in a running footer; `draft` and `embargo` are empty unless each page must
    bear them;
    `manifest` is JSON naming what the file was built from.
    """

    title: str
    organisation: str
    date: str
    date_in_full: str
    occasion: str = ""
    contact: str = ""
    draft: str = ""
    embargo: str = ""
    language: str = LANGUAGE
    keywords: tuple[str, ...] = ()
    manifest: str = ""


class Document(Struct, frozen=True):
    """A whole briefing. `content` begins with the title block, a group of role `front`."""

    properties: Properties
    content: tuple[Node, ...]


def plain(words: Words) -> str:
    """The characters of some words, without markup."""
    return "".join([_plain(inline) for inline in words])


def _plain(inline: Inline) -> str:
    match inline:
        case Text(text):
            return text
        case Citation():
            return inline.mark
        case Footnote():
            return ""
        case Strong(words) | Emphasis(words) | Link(words) | InLanguage(words):
            return plain(words)


def is_tabled(node: Node) -> bool:
    """Whether a node is a line of a text as it was tabled: such lines are together one quotation."""
    return isinstance(node, Paragraph) and node.role == "literal"


def numbered(words: Words) -> tuple[Words, Words]:
    """The number that a tabled line begins with, and the rest of it."""
    match words:
        case (InLanguage(inner, language),):
            before, after = numbered(inner)
            return ((InLanguage(before, language),), (InLanguage(after, language),)) if before else ((), words)
        case (Text(text), *rest) if found := NUMBER.match(text):
            return (Text(found[0]),), (Text(text[found.end() :]), *rest)
    return (), words


def inlines(words: Words) -> Iterator[Inline]:
    """Every inline of some words in reading order, each before what it holds."""
    for inline in words:
        yield inline
        if isinstance(inline, Strong | Emphasis | Link | InLanguage):
            yield from inlines(inline.words)


def language(words: Words) -> str:
    """The code of the first other language that some words are in; nothing, where there is none."""
    return next((each.language for each in inlines(words) if isinstance(each, InLanguage)), "")


def footnotes(words: Words) -> Iterator[int]:
    """The numbers of the footnotes that are marked in some words, in order."""
    return (each.number for each in inlines(words) if isinstance(each, Footnote))


def walk(nodes: tuple[Node | Item, ...]) -> Iterator[Node | Item]:
    """Every node in reading order, each before what it holds."""
    for node in nodes:
        yield node
        match node:
            case Group(content=content) | Pair(content=content) | Item(content=content):
                yield from walk(content)
            case Listing(items=items):
                yield from walk(items)


def lines(document: Document) -> Iterator[str]:
    """Each heading, paragraph, bullet and table cell as a line of plain text, in reading order."""
    return lines_of(document.content)


def lines_of(nodes: tuple[Node, ...]) -> Iterator[str]:
    """The lines of some nodes."""
    for node in walk(nodes):
        match node:
            case Heading(words=words) | Paragraph(words=words):
                yield plain(words)
            case Table(header=header, rows=rows) | Chart(table=Table(header=header, rows=rows)):
                for row in (header, *rows):
                    yield from (plain(cell) for cell in row)
