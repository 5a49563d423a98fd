"""A briefing while it is being laid out: prose becomes words, with facts, terms and citations resolved in reading order."""

from __future__ import annotations

import datetime as dt
import re

from msgspec import Struct, field
from msgspec.structs import replace

from despatch import prose
from despatch.citing import placed
from despatch.content import Body, Fact, Library, Point, Reference
from despatch.dates import in_full
from despatch.document import (
    Citation,
    Footnote,
    Heading,
    InLanguage,
    Inline,
    Item,
    Link,
    Listing,
    Node,
    Origin,
    Paragraph,
    ParagraphRole,
    Strong,
    Text,
    Words,
    plain,
)
from despatch.prose import Token
from despatch.style import Style, fill

YEAR = r"\b(?:18|19|20)\d\d\b(?!,)"


class Page(Struct):
    """What is resolved as the page grows: terms already spelt out, and sources in the order they were marked."""

    library: Library
    style: Style
    spelt_out: set[str] = field(default_factory=set)
    sources: list[str] = field(default_factory=list)
    """The sources that have a mark in the text, in the order of their first marks."""
    unmarked: list[str] = field(default_factory=list)
    """The sources of facts that were printed without a mark, as in a heading."""
    facts: list[str] = field(default_factory=list)
    attributed: str = ""
    """The source under whose label the words now laid out stand: its own figures need no further mark."""
    language: str = ""
    """The language of the block that is now laid out, where it is not the document's."""
    day: dt.date = dt.date.max
    """The last sitting day, on which amendments have the numbers that are printed."""

    def prose(self, text: str, origin: Origin, role: ParagraphRole = "body") -> tuple[Paragraph | Listing, ...]:
        """The paragraphs and lists of a text field, with marks for the sources that its figures rest on."""
        named = {token.name for token in prose.tokens(text)}

        def resolve(token: Token, first: bool) -> Words:
            return self._in_prose(token, first, named)

        nodes = prose.nodes(placed(text, self.style.citations, self._source_to_mark), origin, resolve, role)
        return tuple(map(self._spoken, nodes)) if self.language else nodes

    def _spoken(self, node: Paragraph | Listing) -> Paragraph | Listing:
        """A node with its words in the block's language."""
        if isinstance(node, Paragraph):
            return replace(node, words=self.own(node.words))
        return replace(node, items=tuple(Item(tuple(map(self._spoken, item.content))) for item in node.items))

    def own(self, words: Words) -> Words:
        """The officer's words, in the block's language. Those of the style are in the document's."""
        return (InLanguage(words, self.language),) if self.language and words else words

    def line(self, text: str) -> Words:
        """The words of a heading, a label or another single line, in which figures have no marks."""
        return prose.line(placed(text, self.style.citations, lambda _: None), self.resolve)

    def heading(self, text: str, level: int, origin: Origin) -> Heading:
        """A heading."""
        return Heading(level, self.own(self.line(text)), origin.at("heading"))

    def label(self, text: str, origin: Origin) -> Paragraph:
        """A label in a paragraph of its own."""
        return Paragraph(self.line(text), origin.at("label"), "label")

    def body(self, body: Body | None, origin: Origin) -> tuple[Paragraph | Listing, ...]:
        """A block's words: its text, or its lead, points and closing. Nothing, where selection left nothing."""
        nodes: list[Paragraph | Listing] = []
        if body is None:
            return ()
        if body.text is not None:
            nodes += self.prose(body.text, origin.at("text"))
        if body.lead is not None:
            nodes += self._lead(body, origin)
        if body.points:
            nodes.append(self.points(body.points, origin))
        if body.closing is not None:
            nodes += self.prose(body.closing, origin.at("closing"))
        return tuple(nodes)

    def _lead(self, body: Body, origin: Origin) -> tuple[Paragraph | Listing, ...]:
        """The lead's paragraphs; the last, before points, never parts from them."""
        nodes = self.prose(body.lead or "", origin.at("lead"))
        if body.points and nodes and isinstance(nodes[-1], Paragraph):
            return (*nodes[:-1], replace(nodes[-1], role="lead"))
        return nodes

    def points(self, points: tuple[Point, ...], origin: Origin) -> Listing:
        """Points as bullets, with theirs under them."""
        return Listing(tuple(self._item(point, origin.at(point.place)) for point in points))

    def _item(self, point: Point, origin: Origin) -> Item:
        content = self.prose(point.text, origin)
        if point.label is not None:
            content = self.labelled(self.label_of(point.label), content, origin)
        if point.points:
            content = (*content, self.points(point.points, origin))
        return Item(content)

    def label_of(self, label: str) -> Words:
        """A point's label as the style prints it; a colon that was typed as well is not printed twice."""
        return self.own(self.line(fill(self.style.labels.point, label=label.rstrip().rstrip(":"))))

    def labelled(
        self, label: Words, content: tuple[Paragraph | Listing, ...], origin: Origin
    ) -> tuple[Paragraph | Listing, ...]:
        """The nodes with a label in bold before the first words."""
        before: Words = (Strong(prose.capital(label)), Text(" "))
        if content and isinstance(content[0], Paragraph):
            return (replace(content[0], words=before + content[0].words), *content[1:])
        return (Paragraph(before[:1], origin.at("label")), *content)

    def _source_to_mark(self, name: str) -> str | None:
        """The source of a figure that needs a mark: not of the document whose label stands over it, nor of a link."""
        fact = self.library.facts.get(name)
        if fact is None or fact.source == self.attributed or self._address(fact.source):
            return None
        return fact.source

    def _address(self, source: str) -> str | None:
        """Where a figure itself links to, in a style that has links for citations."""
        return self.library.sources[source].url if self.style.citations == "links" else None

    def _in_prose(self, token: Token, first: bool, named: set[str]) -> Words:
        """The words for a name in prose, of which `named` are all."""
        fact = self.library.facts.get(token.name)
        if token.kind == "cited" or fact is None:
            return self.resolve(token, first)
        words = self.value(fact) if f"{fact.id}.as_of" in named else self.dated(fact)
        words = prose.capital(words) if first else words
        is_linked = self._address(fact.source) and fact.source != self.attributed
        return self.marked(words, fact.source) if is_linked else words

    def resolve(self, token: Token, first: bool) -> Words:
        """The words for a name in prose, where a figure has no mark."""
        if token.kind == "cited":
            return self.cite(token.name)
        name, _, attribute = token.name.partition(".")
        if (fact := self.library.facts.get(name)) is not None:
            words = self.value(fact) if not attribute else self._as_of(fact)
        else:
            words = (Text(self._term(token.name)),)
        return prose.capital(words) if first else words

    def cite(self, source: str) -> Words:
        """What leads to a source, in the style's way: a mark, its name, or nothing."""
        way = self.style.citations
        if way == "none":
            return ()
        if source not in self.sources:
            self.sources.append(source)
        if way == "links":
            return self._named(source)
        number = self.sources.index(source) + 1
        return (Footnote(number) if way == "footnotes" else Citation(number),)

    def _named(self, source: str) -> Words:
        name, url = (Text(self.name_of(source)),), self.library.sources[source].url
        before, _, after = self.style.labels.cited.partition("{source}")
        return (Text(before), Link(name, url) if url else name[0], Text(after))

    def marked(self, words: Words, source: str) -> Words:
        """Words that lead to their source: as a link, or followed by a mark, which touches them if it is a footnote's."""
        mark = self.cite(source)
        if url := self._address(source):
            return (Link(words, url),)
        apart = () if self.style.citations == "footnotes" or not mark else (Text("\u00a0"),)
        return (*words, *apart, *mark)

    def credited(self, words: Words, source: str) -> Words:
        """Words that may name the source themselves, leading to it."""
        is_said = self.style.citations == "links" and self.name_of(source) in plain(words)
        if is_said and not self._address(source):
            self.cite(source)
            return words
        return self.marked(words, source)

    def value(self, fact: Fact) -> Words:
        """A fact's value without a mark, after noting that it and its source are used."""
        if fact.id not in self.facts:
            self.facts.append(fact.id)
        if fact.source not in self.unmarked:
            self.unmarked.append(fact.source)
        return (Text(fact.value),)

    def dated(self, fact: Fact) -> Words:
        """A fact's value, with its date where the style prints dates and the value is not a date itself."""
        words = self.value(fact)
        if self.style.dated_figures == "no" or fact.as_of is None or re.search(YEAR, fact.value):
            return words
        return (Text(fill(self.style.labels.dated, value=fact.value, as_of=fact.as_of.printed)),)

    def _as_of(self, fact: Fact) -> Words:
        if fact.id not in self.facts:
            self.facts.append(fact.id)
        return (Text(fact.as_of.printed),) if fact.as_of else ()

    def _term(self, written: str) -> str:
        """A term: spelt out with its abbreviation the first time, the abbreviation after that."""
        found = self.library.term(written)
        if found is None:
            return written
        term, many = found
        if term.short in self.spelt_out:
            return term.abbreviated(many=many)
        self.spelt_out.add(term.short)
        return term.spelt_out(many=many)

    def source(self, reference: Reference) -> Words:
        """A source as the list of sources prints it: title (a link where there is one), publisher, date, day accessed."""
        title: Words = (Text(reference.title),)
        words: list[Inline] = [Link(title, reference.url)] if reference.url else list(title)
        rest = [each for each in (reference.by, reference.published and reference.published.printed) if each]
        accessed = f" Accessed {in_full(reference.accessed)}." if reference.accessed else ""
        return (*words, Text("".join(f", {each}" for each in rest) + "." + accessed))

    def name_of(self, source: str) -> str:
        """What running text calls a source."""
        reference = self.library.sources[source]
        return reference.short or reference.title


class Place(Struct, frozen=True):
    """Where on a page a block is laid out: after which heading level, and whether its section is prose."""

    page: Page
    origin: Origin
    level: int
    as_prose: bool = False


def listed(nodes: tuple[Paragraph | Listing, ...]) -> Node:
    """A list of one entry; neighbouring ones are joined when the briefing is assembled."""
    return Listing((Item(nodes),))
