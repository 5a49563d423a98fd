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
from dataclasses import dataclass, replace

from despatch.content import Line, Prose, SourceId
from despatch.dates import in_full
from despatch.document import Group, Node, Paragraph, Text, Words
from despatch.page import Place


@dataclass(frozen=True, eq=False)
class Content:
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
    last = nodes[-1]
    if content.source is not None and isinstance(last, Paragraph):
        nodes[-1] = replace(last, words=at.page.marked(last.words, content.source))
    return (Group("quotation", tuple(nodes)),)


def _quoted(content: Content, at: Place) -> list[Node]:
    """Each paragraph opens with a mark, the last one closes, as printers do it."""
    labels = at.page.style.labels
    nodes: list[Node] = list(at.page.prose(content.text, at.origin.at("text")))
    for number, node in enumerate(nodes):
        if isinstance(node, Paragraph):
            closing: Words = (Text(labels.quote_close),) if number == len(nodes) - 1 else ()
            nodes[number] = replace(node, words=(Text(labels.quote_open), *node.words, *closing))
    return nodes
