"""Standing words about the organisation, the same in every briefing.

boilerplate:
  - id: about-us
    heading: About us
    text: |
      We speak for councils.
"""

from msgspec import Struct

from despatch.content import Body, Line
from despatch.document import Group, Node
from despatch.page import Place


class Content(Struct, frozen=True, eq=False):
    """The fields of boilerplate that are its own."""

    body: Body
    heading: Line | None = None
    """Its heading, if it needs one."""


def layout(content: Content, at: Place) -> tuple[Node, ...]:
    """The heading, if there is one, and the prose, set apart."""
    heading = () if content.heading is None else (at.page.heading(content.heading, at.level, at.origin),)
    return (Group("about", (*heading, *at.page.body(content.body, at.origin))),)
