"""A message that the briefing opens with: a bullet under “Key messages”, or a paragraph in a section of `blocks`.

key_messages:
  - id: homes-wait
    topics: [homes]
    priority: essential
    text: |
      Some problems cannot wait for reform.
    variants:
      short: |
        Homes for children cannot wait.
"""

from msgspec import Struct

from despatch.content import Body, Line
from despatch.document import Group, Node
from despatch.page import Place, listed


class Content(Struct, frozen=True, eq=False):
    """The fields of a key message that are its own."""

    body: Body
    label: Line | None = None
    """A word or two in bold before the message."""


def layout(content: Content, at: Place) -> tuple[Node, ...]:
    """The message as a bullet, or as paragraphs where the section is prose."""
    nodes = at.page.body(content.body, at.origin)
    if content.label is not None:
        nodes = at.page.labelled(at.page.label_of(content.label), nodes, at.origin)
    return nodes if at.as_prose else (Group("key-messages", (listed(nodes),)),)
