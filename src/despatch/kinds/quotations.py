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

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from despatch.content import Line, Prose, SourceId
from despatch.dates import in_full
from despatch.document import Group, Inline, Node, Paragraph, Text, Words
from despatch.page import Place


@dataclass(frozen=True)
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
    """The words between quotation marks, and who said them."""
    quoted = _quoted(content, at)
    attribution = _attribution(content, at)
    last = (Paragraph(attribution, at.origin.at("attribution"), "attribution"),) if attribution else ()
    return (Group("quotation", (*quoted, *last)),)


def _quoted(content: Content, at: Place) -> tuple[Node, ...]:
    """Each paragraph opens with a mark, the last one closes, as printers do it."""
    labels = at.page.style.labels
    nodes = list(at.page.prose(content.text, at.origin.at("text")))
    for number, node in enumerate(nodes):
        if isinstance(node, Paragraph):
            closing: Words = (Text(labels.quote_close),) if number == len(nodes) - 1 else ()
            nodes[number] = replace(node, words=(Text(labels.quote_open), *node.words, *closing))
    return tuple(nodes)


def _attribution(content: Content, at: Place) -> Words:
    named = [str(each) for each in (content.speaker, content.role, content.body_name) if each is not None]
    if content.said_on is not None:
        named.append(in_full(content.said_on))
    words: list[Inline] = [*at.page.line(", ".join(named))]
    if content.source is not None:
        words += [Text(" "), at.page.cite(content.source)] if words else [at.page.cite(content.source)]
    return tuple(words)
