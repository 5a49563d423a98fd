"""Prose under a heading: background, context, a digest of a document.

passages:
  - id: review-background
    heading: Background
    topics: [reform]
    text: |
      The Government asked for an independent review.
"""

from msgspec import Struct

from despatch.content import Body, Line
from despatch.document import Node
from despatch.page import Place


class Content(Struct, frozen=True, eq=False):
    """The fields of a passage that are its own."""

    body: Body
    heading: Line | None = None
    """Its heading, if it needs one."""


def layout(content: Content, at: Place) -> tuple[Node, ...]:
    """The heading, if there is one, and the prose."""
    heading = () if content.heading is None else (at.page.heading(content.heading, at.level, at.origin),)
    return (*heading, *at.page.body(content.body, at.origin))
