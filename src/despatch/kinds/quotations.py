"""Somebody's exact words. Without a speaker and a body it is a pull quote. The style prints the quotation marks.

quotations:
  - id: chair-on-homes
    speaker: Jo Bloggs
    role: Chair
    body_name: Society of Homes
    source: the-report
    text: |
      No child should wait for a home.
sources:
  - id: the-report
    kind: report
    title: A report
"""

import datetime as dt

from msgspec import Struct
from msgspec.structs import replace

from despatch.content import Line, Prose, SourceId
from despatch.dates import in_full
from despatch.document import Group, Item, Listing, Node, Paragraph, Text, Words
from despatch.page import Place


class Content(Struct, frozen=True, eq=False):
    """The fields of a quotation that are its own."""

    text: Prose
    """The exact words, without quotation marks."""
    speaker: Line | None = None
    """Who said them."""
    role: Line | None = None
    """The speaker's office."""
    body_name: Line | None = None
    """The body they spoke for."""
    source: SourceId | None = None
    """Where they are recorded."""
    said_on: dt.date | None = None
    """The day they were said."""


def layout(content: Content, at: Place) -> tuple[Node, ...]:
    """The words between quotation marks, and who said them; a pull quote's source follows the words."""
    named = [str(each) for each in (content.speaker, content.role, content.body_name) if each is not None]
    if content.said_on is not None:
        named.append(in_full(content.said_on))
    nodes = _quoted(content, at)
    if named:
        nodes.append(Paragraph(at.page.line(", ".join(named)), at.origin.at("attribution"), "attribution"))
    if content.source is not None and nodes:
        nodes[-1] = _ending(nodes[-1], at.page.marked((), content.source))
    return (Group("quotation", tuple(nodes)),)


def _quoted(content: Content, at: Place) -> list[Paragraph | Listing]:
    """Each paragraph opens with a mark, the last one closes, as printers do it."""
    labels = at.page.style.labels
    nodes = [
        replace(node, words=(Text(labels.quote_open), *node.words)) if isinstance(node, Paragraph) else node
        for node in at.page.prose(content.text, at.origin.at("text"))
    ]
    return [*nodes[:-1], *(_ending(node, (Text(labels.quote_close),)) for node in nodes[-1:])]


def _ending(node: Paragraph | Listing, words: Words) -> Paragraph | Listing:
    """A node with these words after its last ones, which may be those of a bullet."""
    if isinstance(node, Paragraph):
        return replace(node, words=(*node.words, *words))
    last = node.items[-1]
    if not last.content:
        return node
    ended = Item((*last.content[:-1], _ending(last.content[-1], words)))
    return replace(node, items=(*node.items[:-1], ended))
