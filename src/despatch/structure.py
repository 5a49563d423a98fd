"""What a briefing is made of, and where its brief says so: the blocks it names and prints, their topics and proposals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from despatch.content import Block, Body, Library, TopicId, all_points, bodies
from despatch.office import Briefing
from despatch.sections import folded
from despatch.select import line, widened
from despatch.source import Scalar


class Printed(NamedTuple):
    """A block as a section prints it, cut down to what is in."""

    block: Block
    place: Scalar
    """Where the brief names it, or says `auto`."""
    list: str
    """The list that its section has, such as `key_messages`, or `blocks`."""


def named(briefing: Briefing) -> Iterator[Scalar]:
    """The ids of blocks that a brief names, as it names them: standfirst, sections in order, contact."""
    brief = briefing.selection.brief
    opening = brief.standfirst_block(briefing.selection.library)
    uses = (use.use for section in brief.sections for use in section.uses)
    yield from (each for each in (opening, *uses, brief.contact) if each is not None)


def printed(briefing: Briefing) -> Iterator[Printed]:
    """The blocks that a briefing's sections print, in order."""
    for section, blocks in ((each.section, each.blocks) for each in briefing.selection.sections):
        uses = iter(section.uses)
        for block in blocks:
            place = next((use.use for use in uses if str(use.use) == block.id), None)
            yield Printed(block, place or section.auto or block.id, section.list)


def opened(briefing: Briefing) -> Iterator[Printed]:
    """The same, after the block that the briefing opens with, if its standfirst is one: its list is `standfirst`."""
    block, place = briefing.selection.standfirst, briefing.selection.brief.standfirst
    if block is not None and place is not None:
        yield Printed(block, place, "standfirst")
    yield from printed(briefing)


def topics_of(block: Block) -> Iterator[TopicId]:
    """The topics of a block, then those of its points."""
    yield from block.topics
    for _, body in bodies(block.content):
        yield from (topic for point in all_points(body.points) for topic in point.topics)


def is_among(topic: str, topics: Iterable[str], library: Library) -> bool:
    """Whether some topics hold this one, a wider one that it is under, or a narrower one that is under it."""
    known = set(topics)
    return topic in known or topic in widened(library, known) or not known.isdisjoint(library.above(topic))


def words_of(body: Body | None) -> Iterator[Scalar]:
    """The texts of a body, its variants' not."""
    if body is not None:
        yield from (each for each in (body.text, body.lead) if each is not None)
        yield from (point.text for point in all_points(body.points))
        yield from (body.closing,) if body.closing is not None else ()


def latest(block: Block, library: Library) -> str:
    """The id of the block that comes last in the line of those that take its place."""
    return line(block, library)[-1].id


def proposals(block: Block) -> Iterator[tuple[str, ...]]:
    """By what a position's proposal is known for the same as another's: its number or clause in the document, or its words.

    A part of a document, such as a chapter, proposes many things, so that it takes the same heading as well.
    """
    proposal = block.content.proposal
    if proposal.amendment is not None and proposal.amendment.number is not None:
        yield "amendment", proposal.from_, folded(proposal.amendment.number), folded(proposal.amendment.list or "")
    elif proposal.clause is not None:
        yield "clause", proposal.from_, folded(proposal.clause)
    elif proposal.part is not None:
        yield "part", proposal.from_, folded(proposal.part), folded(block.content.heading)
    if words := folded(" ".join(words_of(proposal.body))):
        yield "words", proposal.from_, words


def stance(block: Block) -> Scalar:
    """A position's stance, as it is written."""
    written = block.written[Scalar("view")][Scalar("stance")]
    assert isinstance(written, Scalar)
    return written
