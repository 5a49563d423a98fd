"""Whom to ask.

contacts:
  - id: public-affairs
    name: Public Affairs Team
    email: public.affairs@example.org
    phone: 020 7946 0123
"""

from msgspec import Struct

from despatch.content import Email, Plain
from despatch.document import Group, Inline, Link, Node, Paragraph, Text
from despatch.page import Place


class Content(Struct, frozen=True, eq=False):
    """The fields of a contact that are its own."""

    name: Plain
    """A person or a team."""
    role: Plain | None = None
    """The person's office."""
    email: Email | None = None
    """An e-mail address, printed as a link."""
    phone: Plain | None = None
    """A telephone number."""


def layout(content: Content, at: Place) -> tuple[Node, ...]:
    """The contact in one line."""
    words: list[Inline] = [Text(", ".join(each for each in (content.name, content.role) if each))]
    if content.email is not None:
        words += [Text(", "), Link((Text(content.email),), f"mailto:{content.email}")]
    if content.phone is not None:
        words.append(Text(f", {content.phone}"))
    return (Group("contact", (Paragraph(tuple(words), at.origin, "contact"),)),)


def in_one_line(content: Content) -> str:
    """The contact as a running footer prints it."""
    return ", ".join(each for each in (content.name, content.email, content.phone) if each)
