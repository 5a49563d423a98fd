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

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Literal, TypeAlias, get_args

from msgspec import Struct, field
from msgspec.structs import replace

from despatch.content import Body, Excuses, Id, Label, Library, Line, Literally, Plain, SourceId, points_in
from despatch.document import NUMBER, Emphasis, Group, Node, Pair, Paragraph, Strong, Text, Words
from despatch.page import Place
from despatch.parliament import Stance, Vote
from despatch.prose import capital
from despatch.style import Labels, fill, series

DASHES = ("—", "–")
"""How an instruction ends that what is to be inserted follows."""
NEW = "new (?:Clause|Schedule)—$"
SCHEDULE = re.compile(r"(the )?schedules?\b", re.IGNORECASE)
QUOTES = ("“", "‘", '"')
Wordless: TypeAlias = Literal["stand part", "agree", "disagree"]
Operation: TypeAlias = Literal[
    "leave out", "insert", "new clause", "new schedule", "in lieu", "stand part", "agree", "disagree"
]
MOTIONS = ("agree", "disagree", "in lieu")
"""The operations of motions between the Houses, which have the number of the other House’s amendment that they are on."""


class Amendment(Struct, frozen=True, eq=False):
    """An amendment as it stands on a Marshalled List or amendment paper."""

    number: Plain | None = None
    """Its number, where the source has no `printings` that give it: `31`, or `New Clause 3`."""
    text: Literally | None = None
    """Its words exactly as tabled; each line is a paragraph."""
    operation: Operation | None = None
    """What it does to the Bill. `stand part` opposes a clause; it needs no `text`, nor do `agree` and `disagree`."""
    list: Plain | None = None
    """The list that gives it the number, where that is written here: `Committee, second Marshalled List`."""
    place: Plain | None = None
    """Where it would go: `After Clause 7`, or `Clause 5, page 3, line 12`."""
    movers: tuple[Plain, ...] = ()
    """Who tabled it."""
    sponsors: tuple[Plain, ...] = ()
    """Who else put their names to it."""
    explanatory: Literally | None = None
    """The Member’s explanatory statement."""

    def problem(self) -> str:
        """What is wrong with the fields taken together, or nothing."""
        if self.text is None and not is_wordless(self):
            return "The amendment’s own words are missing: write them under `text: |`."
        if self.operation == "stand part" and self.place is None:
            return "Nothing says which clause is opposed: write `place: Clause 3`, or whichever it is."
        return ""


def is_wordless(amendment: Amendment) -> bool:
    """Whether it only says yes or no to what is there, so that it has no text of its own."""
    return amendment.operation in get_args(Wordless)


def is_unnumbered(amendment: Amendment) -> bool:
    """Whether it never has a number: a clause is opposed by notice, while a motion names the amendment that it is on."""
    return amendment.operation == "stand part"


class Proposal(Struct, frozen=True, eq=False):
    """What somebody else proposes, in words that are never ours."""

    from_: SourceId
    """The document it comes from, whose kind gives the label."""
    body: Body | None = None
    part: Line | None = None
    """The part of the document: `Chapter 5`."""
    items: tuple[Id, ...] = ()
    """The items of the document that the position answers as a whole, by their ids; a point may have its own."""
    clause: Line | None = None
    """A Bill's clause: `Clause 5`."""
    amendment: Amendment | None = None
    """An amendment, in place of or beside the words."""
    ignore: Excuses = field(default_factory=dict)
    """Rules that do not hold here, each with the reason."""

    @property
    def all_items(self) -> tuple[Id, ...]:
        """The items that the position answers: its own, and those of its points."""
        return (*self.items, *(item for point in points_in(self.body) for item in point.items))

    def problem(self) -> str:
        """What is wrong with the fields taken together, or nothing."""
        if self.clause and self.clause[:1].isdigit():
            return f"The label prints `clause` as it stands: write `clause: Clause {self.clause}`."
        if not (self.body or self.amendment):
            return "There are no words here: write `text`, `lead` and `points`, or an `amendment`."
        return ""


class View(Struct, frozen=True, eq=False):
    """What we say of it."""

    stance: Stance
    """Where we stand; our words must fit it."""
    body: Body
    vote: Vote | None = None
    """How we ask Members to vote: `content` or `not content` in the Lords, `aye` or `no` in the Commons."""
    ignore: Excuses = field(default_factory=dict)
    """Rules that do not hold here, each with the reason."""


class Content(Struct, frozen=True, eq=False):
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
    halves = (*_proposal(content.proposal, at), *_view(content, at))
    if len(halves) == 2 and at.page.style.positions == "side-by-side":
        return (heading, Pair(*halves))
    return (heading, *halves)


def _proposal(proposal: Proposal, at: Place) -> Iterator[Group]:
    if proposal.body is None and proposal.amendment is None:
        return
    label = _label(proposal, at)
    literal = tuple(_amendment(proposal, proposal.amendment, at)) if proposal.amendment else ()
    at.page.attributed = proposal.from_
    words = at.page.body(proposal.body, at.origin.at("proposal"))
    at.page.attributed = ""
    yield Group("proposal", (label, *literal, *words))


def _view(content: Content, at: Place) -> Iterator[Group]:
    """Our view under its label, which says in a word where we stand on a clause or an amendment; then how to vote."""
    origin = at.origin.at("view")
    if words := at.page.body(content.view.body, origin):
        label = at.page.label(_view_label(content, at.page.style.labels), origin)
        yield Group("view", (label, *words, *_vote(content.view, at)))


def _view_label(content: Content, labels: Labels) -> str:
    """Whose view follows; of a clause or an amendment also where we stand, in a word or two."""
    stance = labels.stances.get(content.view.stance)
    subject = _worded(content.proposal, labels.subjects, content.view.stance)
    if subject is None or stance is None:
        return labels.view
    return fill(labels.view_stance, view=labels.view, stance=fill(stance, subject=subject))


def _worded(proposal: Proposal, labels: Mapping[str, Label], stance: str = "") -> Label | None:
    """The label for an amendment’s operation, else for an amendment or a clause; none for other proposals."""
    names = [f"{stance} {each}" for each in _called(proposal)] + _called(proposal)
    return next((label for name in names if (label := labels.get(name))), None)


def _called(proposal: Proposal) -> list[str]:
    """What labels may call a proposal, the closest first; what is opposed, or provides, may be a Schedule."""
    if amendment := proposal.amendment:
        names = [amendment.operation, "amendment"] if amendment.operation else ["amendment"]
        is_schedule = amendment.operation == "stand part" and SCHEDULE.match(amendment.place or "")
        return [f"schedule {names[0]}", *names] if is_schedule else names
    if proposal.clause is not None:
        return ["schedule", "clause"] if SCHEDULE.match(proposal.clause) else ["clause"]
    return []


def _vote(view: View, at: Place) -> Iterator[Paragraph]:
    if view.vote is not None and (label := at.page.style.labels.votes.get(view.vote)):
        yield Paragraph((Strong((Text(label),)),), at.origin.at("view").at("vote"))


def _label(proposal: Proposal, at: Place) -> Paragraph:
    """Whose words follow, and the mark of the document: figures of its own need no other."""
    labels, source = at.page.style.labels, at.page.library.sources[proposal.from_]
    label: str = _worded(proposal, labels.proposal) or labels.proposal[source.kind]
    label = fill(label, source=at.page.name_of(proposal.from_), clause=proposal.clause or "")
    label = fill(labels.part, label=label, part=proposal.part) if proposal.part else label
    node = at.page.label(label, at.origin.at("proposal"))
    return replace(node, words=at.page.credited(node.words, proposal.from_))


def _amendment(proposal: Proposal, amendment: Amendment, at: Place) -> Iterator[Node]:
    """The amendment as Parliament prints it: number, movers, place, text line by line, explanatory statement."""
    labels, origin = at.page.style.labels, at.origin.at("amendment")
    for name, head in _heads(proposal, amendment, at).items():
        if head:
            yield Paragraph(_marked(name, capital((Text(head),))), origin.at(name), "lead")
    yield from _tabled(amendment, at)
    if amendment.explanatory is not None:
        yield Paragraph((Emphasis((Text(labels.explanatory),)),), origin.at("explanatory-label"), "lead")
        for number, line in enumerate(_lines(amendment.explanatory)):
            words = at.page.own((Text(line),))
            yield Paragraph(words, origin.at("explanatory").at(str(number)), "explanatory")


def _heads(proposal: Proposal, amendment: Amendment, at: Place) -> dict[str, str]:
    """What stands over an amendment’s words, line by line; a notice that names its movers names them once."""
    labels = at.page.style.labels
    movers, sponsors = (series(names, labels.days) for names in (amendment.movers, amendment.sponsors))
    operation = _operation(amendment, labels.operations)
    heads = {
        "number": _name(proposal, amendment, at),
        "movers": fill(labels.movers, movers=movers) if movers and "{movers}" not in operation else "",
        "sponsors": fill(labels.sponsors, sponsors=sponsors) if sponsors else "",
        "place": fill(operation, place=amendment.place or "", movers=movers).strip(": "),
    }
    names = ("number", "place", "sponsors") if "{movers}" in operation else heads
    return {name: heads[name] for name in names}


def _operation(amendment: Amendment, labels: Mapping[str, Label]) -> str:
    """The label for what an amendment does, which may depend on how many tabled it; else its place alone."""
    operation, number = amendment.operation or "", len(amendment.movers)
    by = f"{operation} by {'several' if number > 1 else 'one'}"
    return (labels.get(by) if number else None) or labels.get(operation) or "{place}"


def _marked(name: str, words: Words) -> Words:
    """The number in bold and the place in italics, as on a Marshalled List."""
    return (Strong(words),) if name == "number" else (Emphasis(words),) if name == "place" else words


def _name(proposal: Proposal, amendment: Amendment, at: Place) -> str:
    """What the amendment is called on its list; nothing where it has no number and needs none."""
    labels, list_name = at.page.style.labels, amendment.list or ""
    number = amendment.number or listed_number(at.page.library, proposal.from_, at.origin.block, at.page.day)
    if number is None:
        return "" if is_unnumbered(amendment) else labels.unnumbered
    named = labels.in_lieu if amendment.operation == "in lieu" else "{number}, {list}"
    label = labels.amendment if number[:1].isdigit() else named
    return fill(label, number=number, list=list_name).rstrip(", ")


def listed_number(library: Library, source: str, position: str, day: dt.date) -> str | None:
    """The number that an amendment list gives to a position's amendment on a day."""
    printing = library.sources[source].printing(day)
    return printing.number(position) if printing else None


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _tabled(amendment: Amendment, at: Place) -> Iterator[Paragraph]:
    """An amendment’s own words, set in as in a Bill, and the title of what it inserts in bold."""
    origin, written = at.origin.at("amendment").at("text"), _lines(amendment.text or "")
    title = _title(amendment, written)
    for number, (line, level) in enumerate(zip(written, levels(written, title), strict=True)):
        words: Words = (Strong((Text(line),)),) if number == title else (Text(line),)
        yield Paragraph(at.page.own(words), origin.at(str(number)), "literal", level)


def _title(amendment: Amendment, written: list[str]) -> int | None:
    """Which line is the title of a new Clause or Schedule: the first after the instruction, unless it is a sentence."""
    for number, (line, after) in enumerate(pairwise(written)):
        is_new = amendment.operation in ("new clause", "new schedule") or re.search(NEW, written[max(number - 1, 0)])
        if is_new and not line.endswith(DASHES) and not after.startswith(QUOTES):
            return None if line.endswith((*".,;:”",)) or NUMBER.match(line) else number
    return None


def levels(written: list[str], title: int | None = None) -> Iterator[int]:
    """How deep each line of an amendment is set in: 0 for what it does, from 1 on for what it inserts."""
    letter, is_inserted, is_numbered = "", title == 0, False
    for before, line in pairwise(("", *written)):
        is_inserted = is_inserted or line.startswith(QUOTES) or before.endswith(DASHES)
        if found := NUMBER.match(line):
            mark = re.sub(r"\W", "", found[0])
            level = _level(mark, letter)
            letter = mark if level == 2 else letter
        else:  # words that go on after numbered ones stand under the words of those
            level = is_inserted + (is_inserted and is_numbered)
        yield level
        is_inserted = is_inserted and not line.endswith(("”", "”."))
        is_numbered = is_inserted and (is_numbered or found is not None)


def _level(mark: str, letter: str) -> int:
    """How deep a number stands: `2A` 1, `b` 2, `ii` 3, `C` 3. An `i` that follows an `h` is a letter of the alphabet."""
    if not mark or mark[0].isdecimal():
        return 1
    is_roman = re.fullmatch("[ivx]+", mark) and not (len(mark) == 1 and letter and ord(mark) == ord(letter[-1]) + 1)
    return 3 if is_roman or mark.isupper() else 2
