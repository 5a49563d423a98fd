"""Standing words about the organisation, the same in every briefing.

boilerplate:
  - id: about-us
    heading: About us
    text: |
      We speak for councils.
"""

from dataclasses import dataclass, field

from despatch.content import INLINE, Body, Line
from despatch.document import Group, Node
from despatch.page import Place


@dataclass(frozen=True, eq=False)
class Content:
    """The fields of boilerplate that are its own."""

    body: Body = field(metadata=INLINE)
    heading: Line | None = None
    """Its heading, if it needs one."""


def layout(content: Content, at: Place) -> tuple[Node, ...]:
    """The heading, if there is one, and the prose, set apart."""
    heading = () if content.heading is None else (at.page.heading(content.heading, at.level, at.origin),)
    return (Group("about", (*heading, *at.page.body(content.body, at.origin))),)
