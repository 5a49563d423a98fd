"""A briefing while it is being laid out: prose becomes words, with facts, terms and citations resolved in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from despatch import prose
from despatch.content import Body, Fact, Library, Point, Reference
from despatch.dates import in_full
from despatch.document import (
    Citation,
    Heading,
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
)
from despatch.prose import Token
from despatch.style import Style, fill


@dataclass
class Page:
    """What is resolved as the page grows: terms already spelt out, and sources in the order they were used."""

    library: Library
    style: Style
    spelt_out: set[str] = field(default_factory=set)
    sources: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)

    def prose(self, text: str, origin: Origin, role: ParagraphRole = "body") -> tuple[Paragraph | Listing, ...]:
        """The paragraphs and lists of a text field."""
        return prose.nodes(text, origin, self._resolve, role)

    def line(self, text: str) -> Words:
        """The words of a heading, a label or another single line."""
        return prose.line(text, self._resolve)

    def heading(self, text: str, level: int, origin: Origin) -> Heading:
        """A heading."""
        return Heading(level, self.line(text), origin.at("heading"))

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

    def label_of(self, label: str) -> str:
        """A point's label as the style prints it; a colon that was typed as well is not printed twice."""
        return fill(self.style.labels.point, label=label.rstrip().rstrip(":"))

    def labelled(
        self, label: str, content: tuple[Paragraph | Listing, ...], origin: Origin
    ) -> tuple[Paragraph | Listing, ...]:
        """The nodes with a label in bold before the first words."""
        before: Words = (Strong(prose.capital(self.line(label))), Text(" "))
        if content and isinstance(content[0], Paragraph):
            return (replace(content[0], words=before + content[0].words), *content[1:])
        return (Paragraph(before[:1], origin.at("label")), *content)

    def _resolve(self, token: Token, first: bool) -> Words:
        if token.kind == "cited":
            return (self.cite(token.name),)
        name, _, attribute = token.name.partition(".")
        if (fact := self.library.facts.get(name)) is not None:
            words = self.fact(fact) if not attribute else self._as_of(fact)
        else:
            words = (Text(self._term(token.name)),)
        return prose.capital(words) if first else words

    def cite(self, source: str) -> Inline:
        """The mark that leads to a source."""
        if source not in self.sources:
            self.sources.append(source)
        return Citation(self.sources.index(source) + 1)

    def fact(self, fact: Fact) -> Words:
        """A fact's value, after noting that it and its source are used."""
        if fact.id not in self.facts:
            self.facts.append(fact.id)
        self.cite(fact.source)
        return (Text(fact.value),)

    def _as_of(self, fact: Fact) -> Words:
        return (Text(fact.as_of.printed),) if fact.as_of else ()

    def _term(self, written: str) -> str:
        """A term: spelt out with its abbreviation the first time, the abbreviation after that."""
        found = self.library.term(written)
        if found is None or found[0].short in self.spelt_out:
            return written
        term, many = found
        self.spelt_out.add(term.short)
        return f"{(term.plural or f'{term.long}s') if many else term.long} ({written})"

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


@dataclass(frozen=True)
class Place:
    """Where on a page a block is laid out: after which heading level, and whether its section is prose."""

    page: Page
    origin: Origin
    level: int
    as_prose: bool = False


def listed(nodes: tuple[Paragraph | Listing, ...]) -> Node:
    """A list of one entry; neighbouring ones are joined when the briefing is assembled."""
    return Listing((Item(nodes),))
