"""Facts set out together, as a table.

figures:
  - id: care-in-figures
    heading: Care in figures
    facts: [children-in-care]
    caption: All figures are for England.
facts:
  - id: children-in-care
    value: 82,170
    what: Children looked after
    as_of: 2022-03-31
    source: statistics
sources:
  - id: statistics
    kind: dataset
    title: Official statistics
"""

from dataclasses import dataclass
from typing import Literal

from despatch import prose
from despatch.content import FactId, Line
from despatch.document import Group, Node, Paragraph, Table, Text, Words
from despatch.page import Page, Place


@dataclass(frozen=True, eq=False)
class Content:
    """The fields of a figure that are its own."""

    heading: Line
    """Its heading."""
    facts: tuple[FactId, ...]
    """The ids of the facts to show, in order."""
    show: Literal["table", "chart"] = "table"
    """How to show them. A chart is printed as its table."""
    caption: Line | None = None
    """A line under it."""

    def problem(self) -> str:
        """What is wrong with the fields taken together, or nothing."""
        return "" if self.facts else "`facts` names no fact, so the table would be empty."


def layout(content: Content, at: Place) -> tuple[Node, ...]:
    """The heading, a table with a row for each fact, and the caption."""
    nodes: list[Node] = [at.page.heading(content.heading, at.level, at.origin), _table(content, at)]
    if content.caption is not None:
        nodes.append(Paragraph(at.page.line(content.caption), at.origin.at("caption"), "caption"))
    return (Group("figure", tuple(nodes)),)


def _table(content: Content, at: Place) -> Table:
    labels, facts = at.page.style.labels, [at.page.library.facts[each] for each in content.facts]
    dated = any(fact.as_of for fact in facts)
    header = (labels.figure, labels.value, labels.as_of)[: 2 + dated]
    rows = tuple(_row(at.page, fact.id)[: 2 + dated] for fact in facts)
    return Table(tuple((Text(head),) for head in header), rows, at.origin.at("facts"), (1,))


def _row(page: Page, name: str) -> tuple[Words, ...]:
    """What the fact is, its value, and its date."""
    fact = page.library.facts[name]
    dated: Words = (Text(fact.as_of.printed),) if fact.as_of else ()
    return (prose.capital(page.line(fact.what)), prose.capital(page.fact(fact)), dated)
