"""The pair: a proposal (a recommendation, clause, amendment or motion) and our view of it, each under its own label.

positions:
  - id: homes
    heading: Homes for children in care
    topics: [homes]
    proposal:
      from: the-review
      lead: |
        The Review proposes:
      points:
        - id: cooperatives
          text: |
            New cooperatives of councils.
    view:
      stance: mixed
      points:
        - answers: [cooperatives]
          text: |
            We are not convinced that cooperatives would change the market.
sources:
  - id: the-review
    kind: review
    title: A review
    short: the Review
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from despatch.content import INLINE, Body, Excuses, Line, Literally, Plain, SourceId
from despatch.document import Group, Node, Pair, Paragraph, Text
from despatch.page import Place
from despatch.parliament import Stance
from despatch.style import fill


@dataclass(frozen=True, eq=False)
class Amendment:
    """An amendment as it stands on a Marshalled List or amendment paper."""

    number: Plain
    """Its number on that list."""
    text: Literally
    """Its words exactly as tabled; each line is a paragraph."""
    list: Plain | None = None
    """The list that gives it the number: `Committee, second Marshalled List`."""
    place: Plain | None = None
    """Where it would go: `After Clause 7`, or `Clause 5, page 3, line 12`."""
    movers: tuple[Plain, ...] = ()
    """Who tabled it."""
    explanatory: Literally | None = None
    """The Member’s explanatory statement."""


@dataclass(frozen=True, eq=False)
class Proposal:
    """What somebody else proposes, in words that are never ours."""

    from_: SourceId
    """The document it comes from, whose kind gives the label."""
    body: Body | None = field(default=None, metadata=INLINE)
    part: Line | None = None
    """The part of the document: `Chapter 5`."""
    clause: Line | None = None
    """A Bill's clause: `Clause 5`."""
    amendment: Amendment | None = None
    """An amendment, in place of or beside the words."""
    ignore: Excuses = field(default_factory=dict)
    """Rules that do not hold here, each with the reason."""

    def problem(self) -> str:
        """What is wrong with the fields taken together, or nothing."""
        return (
            ""
            if self.body or self.amendment
            else "There are no words here: write `text`, `lead` and `points`, or an `amendment`."
        )


@dataclass(frozen=True, eq=False)
class View:
    """What we say of it."""

    stance: Stance
    """Where we stand; our words must fit it."""
    body: Body = field(metadata=INLINE)
    ignore: Excuses = field(default_factory=dict)
    """Rules that do not hold here, each with the reason."""


@dataclass(frozen=True, eq=False)
class Content:
    """The fields of a position that are its own."""

    heading: Line
    """Its heading."""
    proposal: Proposal
    """What is proposed."""
    view: View
    """What we say of it."""


def layout(content: Content, at: Place) -> tuple[Node, ...]:
    """The heading, the proposal and the view, each set apart under its own label; side by side, if there are both."""
    heading = at.page.heading(content.heading, at.level, at.origin)
    halves = (*_proposal(content.proposal, at), *_view(content.view, at))
    if len(halves) == 2 and at.page.style.positions == "side-by-side":
        return (heading, Pair(*halves))
    return (heading, *halves)


def _proposal(proposal: Proposal, at: Place) -> Iterator[Group]:
    if proposal.body is None and proposal.amendment is None:
        return
    label = _label(proposal, at)
    literal = tuple(_amendment(proposal.amendment, at)) if proposal.amendment else ()
    at.page.attributed = proposal.from_
    words = at.page.body(proposal.body, at.origin.at("proposal"))
    at.page.attributed = ""
    yield Group("proposal", (label, *literal, *words))


def _view(view: View, at: Place) -> Iterator[Group]:
    origin = at.origin.at("view")
    if words := at.page.body(view.body, origin):
        yield Group("view", (at.page.label(at.page.style.labels.view, origin), *words))


def _label(proposal: Proposal, at: Place) -> Paragraph:
    """Whose words follow, and the mark of the document: figures of its own need no other."""
    labels, source = at.page.style.labels, at.page.library.sources[proposal.from_]
    kind = "amendment" if proposal.amendment else "clause" if proposal.clause else source.kind
    label = fill(labels.proposal[kind], source=at.page.name_of(proposal.from_), clause=proposal.clause or "")
    label = fill(labels.part, label=label, part=proposal.part) if proposal.part else label
    node = at.page.label(label, at.origin.at("proposal"))
    return replace(node, words=at.page.credited(node.words, proposal.from_))


def _amendment(amendment: Amendment, at: Place) -> Iterator[Node]:
    """The amendment as Parliament prints it: number, place, text line by line, explanatory statement."""
    labels, origin = at.page.style.labels, at.origin.at("amendment")
    name = fill(labels.amendment, number=amendment.number, list=amendment.list or "").rstrip(", ")
    yield Paragraph((Text(name),), origin.at("number"), "lead")
    if amendment.movers:
        yield Paragraph((Text(fill(labels.movers, movers=", ".join(amendment.movers))),), origin.at("movers"), "lead")
    if amendment.place is not None:
        yield Paragraph((Text(amendment.place),), origin.at("place"), "lead")
    yield from _literal(amendment.text, at, "text")
    if amendment.explanatory is not None:
        yield Paragraph((Text(labels.explanatory),), origin.at("explanatory-label"), "lead")
        yield from _literal(amendment.explanatory, at, "explanatory")


def _literal(text: str, at: Place, name: str) -> Iterator[Paragraph]:
    origin = at.origin.at("amendment").at(name)
    written = [line.strip() for line in text.splitlines() if line.strip()]
    for number, line in enumerate(written):
        yield Paragraph(at.page.own((Text(line),)), origin.at(str(number)), "literal")
