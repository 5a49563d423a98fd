"""The Markdown page: CommonMark with GitHub's tables and footnotes, under YAML front matter.

A paragraph is one line, and text is escaped so that a parser gives back exactly our words. A character is
escaped only where it could be read as markup, because people read and edit this file as it is.
"""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterable, Iterator
from itertools import count, groupby, repeat
from operator import attrgetter
from textwrap import indent
from typing import TYPE_CHECKING, assert_never
from unicodedata import category
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from despatch.document import (
    Chart,
    Citation,
    Document,
    Emphasis,
    Footnote,
    Group,
    Heading,
    InLanguage,
    Item,
    Link,
    Listing,
    Node,
    Pair,
    Paragraph,
    ParagraphRole,
    Strong,
    Table,
    Text,
    Words,
    is_tabled,
    plain,
)
from despatch.writers import _page

if TYPE_CHECKING:
    from despatch.style import Style

_BOLD: frozenset[ParagraphRole] = frozenset({"draft", "embargo", "label"})
_WIDEST = 40  # a column is filled out with spaces as far as this, so that it reads as a table unrendered

# What text may not say unescaped. Pandoc, GitHub, Hugo (goldmark) and Jekyll (kramdown) each read more than CommonMark.
_NUMBER = r"\(?(?:[0-9]{1,9}|#|[A-Za-z]|[IVXLCDMivxlcdm]{1,9})(?=[.)](?:\s|$))"
_START = re.compile(rf"^({_NUMBER}|[Tt]able(?=:)|(?=(?:#{{1,6}}|[-+])(?:\s|$)|[>:]|-+$|=+$))")
_CLOSING = re.compile(r"(?<!\S)(#*)#$")
_MARKUP = re.compile(
    r"""[\\`*~|\[\]$"']|(?<![A-Za-z0-9]{2})_|_(?![A-Za-z0-9]{2})|<(?=[A-Za-z/!?<])"""
    r"|(?<=-)-|(?<=\.)\.|(?<=>)>|:(?=[\w+-]+:)"  # what would be a dash, an ellipsis, a quotation mark, a small picture
    r"|(?<=[Ww]{3})\."
)
_REFERENCE = re.compile(r"&(?=#?[0-9A-Za-z]+;)")
_IMAGE = re.compile(r"!(?=\[)")
# These as references: Jekyll knows no \^, \@ or \/, and it and Hugo look for {{ and {% before they read Markdown.
_REFERRED = re.compile(r"[{^]|(?<!\w)@|/(?=/)|\[(?=[ xX]\])")
_ADDRESS = re.compile(r"(?<=\w)@")  # outside a link to an address, it would be made one
_NOT_IN_ADDRESS = re.compile(r'[\s<>"\\`{}|^]')

# Where a mark of emphasis begins and ends, and a note's, until the whole line is known; no clean text holds these.
_OPENS, _CLOSES = "\x02", "\x03"
_NOTE, _NOTED = "\x04", "\x05"
_MARK = re.compile(f"{_NOTE}([0-9]+){_NOTED}([(:{{]?)")
_TOUCHING = re.compile(f"[^{_OPENS}{_CLOSES}](?={_OPENS})|(?<={_CLOSES})[^{_OPENS}{_CLOSES}]")


def write(document: Document, style: Style) -> bytes:
    """The page as UTF-8."""
    marked = _page.marked(document.content)
    text = _blocks(_without(node, marked) for node in document.content)
    body = "\n\n".join([*text, *_definitions(document, marked)])
    filters = {"quoted": _quoted}
    return _page.fill(document, style, "page.md.j2", filters, body=body)


def problem(style: Style) -> str:
    """A sentence on what is wrong with the style's `page.md.j2`, or nothing."""
    return _page.problem(write, style)


def _quoted(value: str) -> str:
    """A value as a JSON string, which is a YAML string too."""
    # A site that fills in its pages with Liquid or Jinja must find none here.
    return json.dumps(value, ensure_ascii=False).replace("{", "\\u007b")


# Blocks


def _blocks(nodes: Iterable[Node]) -> Iterator[str]:
    """The blocks of some nodes, to stand with a blank line between them."""
    for literal, run in groupby(_printing(nodes), key=is_tabled):
        if literal:  # a tabled text is one quotation, with a paragraph for each of its lines
            yield _quotation(_unquoted(run))
        else:
            yield from _unquoted(run)


def _unquoted(nodes: Iterable[Node]) -> Iterator[str]:
    """The blocks, with something between two lists, which some readers would take for one whatever their marks."""
    after_list = False
    for node in nodes:
        for block in _block(node):
            if after_list and isinstance(node, Listing):
                yield "<!-- -->"
            after_list = isinstance(node, Listing)
            yield block


def _printing(nodes: Iterable[Node]) -> Iterator[Node]:
    """The nodes with something to print, out of their groups; only a quotation stays together."""
    for node in nodes:
        match node:
            case Group(role="quotation") | Listing() | Table() | Chart():
                yield node
            case Group(content=content) | Pair(content=content):
                yield from _printing(content)
            case Heading(words=words) | Paragraph(words=words):
                if not _page.is_blank(words):
                    yield node
            case _:
                assert_never(node)


def _block(node: Node) -> Iterator[str]:
    """The node's one block, or none where nothing in it prints."""
    match node:
        case Heading(level=level, words=words):
            yield _heading(level + 1, words)
        case Paragraph(role="title", words=words):
            yield _heading(1, words)
        case Paragraph():
            yield _paragraph(node)
        case Listing():
            yield from _listing(node)
        case (Table() as table) | Chart(table=table):
            yield from _table(table)
        case Group(content=content) | Pair(content=content):
            yield from filter(None, [_quotation(_blocks(content))])
        case _:
            assert_never(node)


def _heading(level: int, words: Words) -> str:
    """A heading; a # that ends it is escaped, because a heading may be closed by some."""
    return f"{'#' * level} " + _CLOSING.sub(r"\1\\#", _line(words))


def _paragraph(paragraph: Paragraph) -> str:
    words = (Strong(paragraph.words),) if paragraph.role in _BOLD else paragraph.words
    return _indent(paragraph) + _begun(_line(words))


def _begun(line: str) -> str:
    """A line, or a cell, that does not begin as a list, a rule or the like does."""
    return _START.sub(r"\1\\", line)


def _indent(paragraph: Paragraph) -> str:
    """What sets a tabled line in, as no-break spaces: four others would make the line code."""
    text = _page.clean(plain(paragraph.words)) if paragraph.role == "literal" else ""
    return "\u00a0" * (4 * paragraph.level + len(text) - len(text.lstrip()))


def _quotation(blocks: Iterable[str]) -> str:
    return indent("\n\n".join(blocks), "> ", lambda _: True).replace("> \n", ">\n")


# Lists


def _listing(listing: Listing) -> Iterator[str]:
    items = [blocks for item in listing.items if (blocks := list(_blocks(item.content)))]
    gap = "\n" if all(map(_is_simple, listing.items)) else "\n\n"
    marks = (f"{number}. " for number in count(1)) if listing.ordered else repeat("- ")
    if items:
        yield gap.join(_page.hanging(mark, gap.join(blocks)) for mark, blocks in zip(marks, items, strict=False))


def _is_simple(item: Item) -> bool:
    """Whether the item is at most one paragraph and the lists under it, which need no blank lines."""
    return not any(isinstance(part, Paragraph) for part in item.content[1:])


# Tables


def _table(table: Table) -> Iterator[str]:
    rows = [[_begun(_line(cell)) for cell in row] for row in (table.header, *table.rows)]
    columns = max(map(len, rows))
    filled = [row + [""] * (columns - len(row)) for row in rows]
    widths = [min(_WIDEST, max(3, *map(len, column))) for column in zip(*filled, strict=True)]
    rule = ["-" * (width - 1) + (":" if n in table.numeric else "-") for n, width in enumerate(widths)]
    if columns:
        yield "\n".join(_row(cells, widths, table.numeric) for cells in (filled[0], rule, *filled[1:]))


def _row(cells: list[str], widths: list[int], numeric: tuple[int, ...]) -> str:
    sides = [">" if n in numeric else "<" for n in range(len(cells))]
    return "| " + " | ".join(f"{c:{s}{w}}" for c, s, w in zip(cells, sides, widths, strict=True)) + " |"


# Notes


def _without(node: Node, marked: set[int]) -> Node:
    """The group of notes with only the entries that nothing marks, which a parser would drop; any other node as it is."""
    match node:
        case Group("notes", (*before, Listing(items) as entries)):
            left = tuple(item for number, item in enumerate(items, 1) if number not in marked)
            return Group("notes", (*before, replace(entries, items=left)) if left else ())
        case _:
            return node


def _definitions(document: Document, marked: set[int]) -> Iterator[str]:
    """What each mark leads to. No heading stands above: a parser prints its own."""
    for node in document.content:
        match node:
            case Group("notes", (*_, Listing(items))):
                for number in sorted(marked & set(range(1, len(items) + 1))):
                    yield _definition(number, items[number - 1])


def _definition(number: int, entry: Item) -> str:
    """An entry with its mark before it; four spaces keep further blocks in it, whatever the mark's length."""
    text = indent("\n\n".join(_blocks(entry.content)), "    ")
    return f"[^{number}]: {text[4:]}"


# Words


class _Run(Struct, frozen=True):
    """Some text and all that is true of it. Runs do not nest, so no mark stands inside its own kind."""

    text: str = ""
    url: str = ""
    strong: bool = False
    emphasis: bool = False


def _runs(words: Words, over: _Run) -> Iterator[_Run]:
    """The words as runs, to each of which applies what applies to all of them (`over`)."""
    for inline in words:
        match inline:
            case Text(text):
                yield replace(over, text=_page.clean(text))
            case Citation():
                yield replace(over, text=inline.mark)
            case Footnote(number):  # never strong or stressed, whatever stands round it
                yield _Run(f"{_NOTE}{number}{_NOTED}")
            case Strong(inner):
                yield from _runs(inner, replace(over, strong=True))
            case Emphasis(inner):
                yield from _runs(inner, replace(over, emphasis=True))
            case InLanguage(inner):  # no Markdown says so, and a site may print HTML as words
                yield from _runs(inner, over)
            case Link(inner, url):
                runs = _runs(inner, replace(over, url=over.url or _page.address(url)))
                yield from sorted(runs, key=_is_mark)  # no link holds another, so marks stand after it
            case _:
                assert_never(inline)


def _is_mark(run: _Run) -> bool:
    return run.text.startswith(_NOTE)


def _line(words: Words) -> str:
    """The words as one line of Markdown."""
    groups = groupby(filter(attrgetter("text"), _runs(words, _Run())), key=attrgetter("url"))
    line = "".join(_linked(runs, url) for url, runs in groups).strip()
    marked = _MARK.sub(_mark, line)
    apart = _TOUCHING.sub(_set_apart, marked).replace(_OPENS, "").replace(_CLOSES, "")
    return _IMAGE.sub(r"\\!", apart)


def _mark(found: re.Match[str]) -> str:
    """A note's mark. A bracket after it would make it a link, and a colon the note itself."""
    return f"[^{found[1]}]" + (f"\\{found[2]}" if found[2] else "")


def _linked(runs: Iterable[_Run], url: str) -> str:
    text = "".join(_strong(group, on) for on, group in groupby(runs, key=attrgetter("strong")))
    return _between("[", text, f"]({_destination(url)})") if url else text


def _strong(runs: Iterable[_Run], on: bool) -> str:
    text = "".join(_stressed(group, on) for on, group in groupby(runs, key=attrgetter("emphasis")))
    return _between(f"{_OPENS}**", text, f"**{_CLOSES}") if on else text


def _stressed(runs: Iterable[_Run], on: bool) -> str:
    # Not `*`, which would run together with the marks of strong words.
    same = list(runs)
    text = _escaped("".join(run.text for run in same), is_address=any(run.url.startswith("mailto:") for run in same))
    return _between(f"{_OPENS}_", text, f"_{_CLOSES}") if on else text


def _between(opening: str, text: str, closing: str) -> str:
    """The text between two marks, which must touch it: the spaces at its ends go outside."""
    inner = text.strip()
    if not inner:
        return text
    before, _, after = text.partition(inner)
    return f"{before}{opening}{inner}{closing}{after}"


def _set_apart(touching: re.Match[str]) -> str:
    """The character beside a mark, as a reference where the mark would not be read as one.

    In CommonMark `**“Yes,”**and` is not strong and `_yes_and` not stressed; before `&#97;nd` they are.
    """
    character = touching[0]
    if character.isspace() or character in string.punctuation or category(character).startswith("P"):
        return character
    return f"&#{ord(character)};"


def _escaped(text: str, is_address: bool) -> str:
    """Text that no parser reads as markup, wherever in a line it falls."""
    whole = _REFERENCE.sub("&amp;", text)
    referred = _REFERRED.sub(_as_reference, whole if is_address else _ADDRESS.sub("&#64;", whole))
    return _MARKUP.sub(r"\\\g<0>", referred)


def _as_reference(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"


def _destination(url: str) -> str:
    """An address as the destination of a link."""
    encoded = _NOT_IN_ADDRESS.sub(lambda found: quote(found[0]), url)
    whole = _REFERENCE.sub("&amp;", encoded)
    return f"<{whole}>" if re.search(r"[()\[\]]", whole) else whole
