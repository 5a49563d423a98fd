"""A question that a Member could put.

questions:
  - id: when-will-homes-open
    text: |
      When will the first of the new homes open?
"""

from msgspec import Struct

from despatch.content import Body, Line
from despatch.document import Group, Node
from despatch.page import Place, listed
from despatch.style import fill


class Content(Struct, frozen=True, eq=False):
    """The fields of a question that are its own."""

    body: Body
    to: Line | None = None
    """Whom it is to; the Minister, if nothing is said."""


def layout(content: Content, at: Place) -> tuple[Node, ...]:
    """The question as a bullet; one that is not to the usual Minister says whom it is to."""
    nodes, labels = at.page.body(content.body, at.origin), at.page.style.labels
    if content.to is not None and str(content.to) != str(labels.minister):
        label = at.page.line(fill(labels.question, to=content.to))
        nodes = at.page.labelled(label, nodes, at.origin)
    return (Group("question", (listed(nodes),)),)
