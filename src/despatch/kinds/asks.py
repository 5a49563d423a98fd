"""What we ask of somebody, and by when.

asks:
  - id: fund-homes
    of: HM Treasury
    by: 2023-04-01
    text: |
      Fund the homes that children need.
"""

import datetime as dt

from msgspec import Struct

from despatch.content import Body, Line
from despatch.dates import in_full
from despatch.document import Group, Node
from despatch.page import Place, listed
from despatch.style import fill


class Content(Struct, frozen=True, eq=False):
    """The fields of an ask that are its own."""

    of: Line
    """Who is asked."""
    body: Body
    by: dt.date | None = None
    """The day by which it should be done."""


def layout(content: Content, at: Place) -> tuple[Node, ...]:
    """The ask as a bullet that begins with whom it is to."""
    labels = at.page.style.labels
    label = (
        fill(labels.ask_by, of=content.of, date=in_full(content.by)) if content.by else fill(labels.ask, of=content.of)
    )
    nodes = at.page.labelled(at.page.line(label), at.page.body(content.body, at.origin), at.origin)
    return (Group("ask", (listed(nodes),)),)
