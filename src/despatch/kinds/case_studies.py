"""A case study: what happened in one place.

case_studies:
  - id: northshire-hubs
    heading: Family hubs in Northshire
    place: Northshire
    text: |
      Families in Northshire now find help under one roof.
"""

from msgspec import Struct

from despatch.content import Body, Line, SourceId
from despatch.document import Group, Node, Paragraph
from despatch.page import Place


class Content(Struct, frozen=True, eq=False):
    """The fields of a case study that are its own."""

    heading: Line
    """Its heading."""
    body: Body
    place: Line | None = None
    """Where it happened."""
    source: SourceId | None = None
    """Where it is told."""


def layout(content: Content, at: Place) -> tuple[Node, ...]:
    """The heading, the place, and the prose, set apart."""
    nodes: list[Node] = [at.page.heading(content.heading, at.level, at.origin)]
    place = at.page.own(at.page.line(content.place)) if content.place is not None else ()
    if content.source is not None:
        place = at.page.marked(place, content.source) if place else at.page.cite(content.source)
    if place:
        nodes.append(Paragraph(place, at.origin.at("place"), "caption"))
    return (Group("case-study", (*nodes, *at.page.body(content.body, at.origin))),)
