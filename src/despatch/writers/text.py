"""The plain text, for an e-mail: no markup, no wrapped lines, and what a link leads to written out after its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, assert_never
from urllib.parse import unquote

from despatch.document import (
    Chart,
    Citation,
    Document,
    Emphasis,
    Footnote,
    Group,
    Heading,
    InLanguage,
    Inline,
    Item,
    Link,
    Listing,
    Node,
    Pair,
    Paragraph,
    Strong,
    Table,
    Text,
    Words,
    is_tabled,
)
from despatch.writers import _page

if TYPE_CHECKING:
    from despatch.style import Style

_RULES = {1: "=", 2: "–"}  # under headings: about as wide as a letter in the type that e-mail is set in
_LABEL_RULE = "-"
_WIDEST = 60  # a rule is no longer, so that a telephone shows it on one line
_SHORT = 100  # bullets of more letters have blank lines between them


def write(document: Document, style: Style) -> bytes:  # noqa: ARG001 - nothing in it is a matter of style
    """The text as UTF-8, with a blank line between paragraphs."""
    return ("\n\n".join(_blocks(document.content)) + "\n").encode()


def problem(style: Style) -> str:  # noqa: ARG001
    """Nothing: no file of a style dresses a plain text."""
    return ""


# Blocks


def _blocks(nodes: Iterable[Node], group: str = "") -> Iterator[str]:
    """The blocks of some nodes; the lines of a tabled text are one block."""
    for literal, run in groupby(nodes, key=is_tabled):
        if literal:
            yield "\n".join(_tabled(node) for node in run if isinstance(node, Paragraph) and _line(node.words))
        else:
            yield from filter(None, (block for node in run for block in _block(node, group)))


def _tabled(line: Paragraph) -> str:
    """A tabled line, as far in as it is in a Bill."""
    return " " * 4 * (1 + line.level) + _line(line.words)


def _block(node: Node, group: str) -> Iterator[str]:
    match node:
        case Heading(level=level, words=words):
            yield _underlined(words, _RULES.get(level, ""))
        case Paragraph(role="title", words=words):
            yield _underlined(words, _RULES[1])
        case Paragraph(role="label", words=words):
            yield _underlined(words, _LABEL_RULE)
        case Paragraph(words=words):
            yield _line(words)
        case Listing():
            yield _listing(node, group)
        case (Table() as table) | Chart(table=table):
            yield "\n".join(map(_row, (table.header, *table.rows)))
        case Group(role=role, content=content):
            yield from _blocks(content, role)
        case Pair(content=content):
            yield from _blocks(content)
        case _:
            assert_never(node)


def _underlined(words: Words, rule: str) -> str:
    """Some words, and a rule under them if they have one."""
    text = _line(words).strip()
    return f"{text}\n{rule * min(len(text), _WIDEST)}" if text and rule else text


def _row(cells: tuple[Words, ...]) -> str:
    """A row of a table, or of its headings: `what: value; value`."""
    first, *others = map(_line, cells)
    return ": ".join(filter(None, (first, "; ".join(others))))


# Lists


def _listing(listing: Listing, group: str, level: int = 1) -> str:
    """A list, with blank lines in it where its entries are long."""
    gap = "\n\n" if any(map(_is_long, listing.items)) else "\n"
    entries = [(number, gap.join(_parts(item, level))) for number, item in enumerate(listing.items, 1)]
    return gap.join(_page.hanging(_mark(listing, number, group, level), text) for number, text in entries if text)


def _is_long(item: Item) -> bool:
    return any(len(_line(part.words)) > _SHORT for part in item.content if isinstance(part, Paragraph))


def _parts(item: Item, level: int) -> Iterator[str]:
    """An entry's paragraphs, and the lists under it."""
    for part in item.content:
        yield _listing(part, "", level + 1) if isinstance(part, Listing) else _line(part.words)


def _mark(listing: Listing, number: int, group: str, level: int) -> str:
    """What stands before an entry: a bullet, its number, or the mark by which the text cites it."""
    if listing.ordered:
        return f"[{number}] " if group in ("sources", "notes") else f"  {number}. "
    return "  • " if level == 1 else "– "


# Words


def _line(words: Words) -> str:
    return "".join(map(_inline, words))


def _inline(inline: Inline) -> str:
    match inline:
        case Text(text):
            return _page.clean(text)
        case Strong(words) | Emphasis(words) | InLanguage(words):
            return _line(words)
        case Link(words, url):
            return _link(_line(words), _page.address(url))
        case Citation() | Footnote():
            return f"[{inline.number}]"
        case _:
            assert_never(inline)


def _link(text: str, url: str) -> str:
    """The words and where they lead, once where the two are the same."""
    is_web = url.lower().startswith("http")
    shown = url if is_web else _page.clean(unquote(url.partition(":")[2].partition("?")[0]))
    is_said = not shown or shown.removeprefix("https://").rstrip("/") in text.replace(" ", "")
    return text if is_said else f"{text} ({shown})"
