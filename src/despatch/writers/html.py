"""The HTML page: one printable file that fetches nothing, runs nothing, and says exactly the tree's words.

The tree's own markup is made here; what stands round it (`page.html.j2`) and its look (`page.css`) are the
style's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import chain, count, groupby, takewhile
from typing import TYPE_CHECKING, assert_never

from msgspec import Struct, field

from despatch.document import (
    Chart,
    Citation,
    Document,
    Emphasis,
    Footnote,
    Group,
    GroupRole,
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
    inlines,
    is_tabled,
    language,
    numbered,
    plain,
    walk,
)
from despatch.writers import _page, _svg

if TYPE_CHECKING:
    from markupsafe import Markup

    from despatch.style import Style

# The ids of entries, of notes' marks, and of the links back to marks.
_RESERVED = re.compile(r"source-\d+|note-\d+(-(mark|back)-\d+)?")
_BACK = "\u21a9\ufe0e"  # an arrow, which without the second character some telephones print as a picture


def write(document: Document, style: Style) -> bytes:
    """The page as UTF-8."""
    from markupsafe import Markup  # comes with Jinja, which only a page needs

    page = _Page(_entries(document, "sources"), _entries(document, "notes"))
    # Markup because `_element` has escaped it already, and the style sheet is the style's own.
    values = {name: Markup(_lines(nodes, page)) for name, nodes in _landmarks(document).items()}  # noqa: S704
    values["css"] = Markup((style.folder / "page.css").read_text("utf-8"))  # noqa: S704
    filters = {"css_string": _css_string}
    return _page.fill(document, style, "page.html.j2", filters, **values)


def problem(style: Style) -> str:
    """A sentence on what is wrong with the style's `page.html.j2` or `page.css`, or nothing."""
    return _page.problem(write, style)


class _Page(Struct):
    """What is known of the page as it is written."""

    sources: Listing
    """The list that citations lead to."""

    notes: Listing
    """The list that footnotes' marks lead to."""

    marks: dict[int, list[_Mark]] = field(default_factory=dict)
    """The marks written so far, by the note that each leads to."""

    heading: str = ""
    """The id of the heading last written."""

    ids: set[str] = field(default_factory=set)

    def cites(self, number: int) -> bool:
        """Whether the list of sources goes as far as this number."""
        return 1 <= number <= len(self.sources.items)

    def new_mark(self, number: int) -> str:
        """An id for a mark of a note, which the note leads back to."""
        marks = self.marks.setdefault(number, [])
        marks.append(_Mark(f"{_note_id(number)}-mark-{len(marks) + 1}", self.heading))
        return marks[-1].id

    def new_id(self, words: Words) -> str:
        """A readable id for a heading, label or chart, which nothing else on the page has."""
        text = re.sub("['\u2019]", "", _page.clean(plain(words)).lower())
        slug = re.sub(r"\W+", "-", text).strip("-_") or "part"
        names = chain([slug], (f"{slug}-{number}" for number in count(2)))
        found = next(name for name in names if name not in self.ids and not _RESERVED.fullmatch(name))
        self.ids.add(found)
        return found


def _source_id(number: int) -> str:
    return f"source-{number}"


def _note_id(number: int) -> str:
    return f"note-{number}"


def _entries(document: Document, role: GroupRole) -> Listing:
    """The list that citations or footnotes' marks lead to; empty where the page has none."""
    for node in walk(document.content):
        if isinstance(node, Group) and node.role == role:
            for part in node.content:
                if isinstance(part, Listing) and part.ordered:
                    return part
    return Listing(())


def _landmarks(document: Document) -> dict[str, tuple[Node, ...]]:
    """The page's nodes as its header, its main part, and a footer that begins with a contact near the end."""
    content = document.content
    front = sum(1 for _ in takewhile(lambda node: _is_group(node, "front"), content))
    closing = sum(1 for _ in takewhile(lambda node: _is_group(node, "contact", "sources", "notes"), reversed(content)))
    last = range(len(content) - closing, len(content))
    foot = next((n for n in last if _is_group(content[n], "contact")), len(content))
    return {"header": content[:front], "main": content[front:foot], "footer": content[foot:]}


def _is_group(node: Node, *roles: str) -> bool:
    return isinstance(node, Group) and node.role in roles


def _css_string(value: str) -> Markup:
    """A value as a CSS string, in which nothing can end the string or the style sheet."""
    from markupsafe import Markup

    safe = re.sub("[^A-Za-z0-9 ]", lambda found: f"\\{ord(found[0]):x} ", value)
    return Markup(f'"{safe}"')  # noqa: S704 - nothing is left in it to escape


# Blocks


def _lines(nodes: Iterable[Node], page: _Page) -> str:
    return "\n".join(_blocks(nodes, page))


def _blocks(nodes: Iterable[Node], page: _Page) -> Iterator[str]:
    """The elements of some nodes; the lines of a tabled text are together one quotation."""
    for literal, run in groupby(filter(_prints, nodes), key=is_tabled):
        elements = (_block(node, page) for node in run)
        if literal:
            yield _around("blockquote", elements, {"class": "literal"})
        else:
            yield from filter(None, elements)


def _prints(node: Node) -> bool:
    return not (isinstance(node, (Heading, Paragraph)) and _page.is_blank(node.words))


def _block(node: Node, page: _Page) -> str:
    match node:
        case Heading(words=words) | Paragraph(role="label", words=words):
            return _titled(node, page.new_id(words), page)
        case Paragraph(role=role, words=words):
            tag = "h1" if role == "title" else "p"
            named = {} if role == "body" else {"class": role}
            return _tabled(node, page) if role == "literal" else _spoken(tag, words, page, named)
        case Listing():
            return _listing(node, page)
        case Table() | Chart():
            return _table(node, page) if isinstance(node, Table) else _chart(node, page)
        case Group():
            return _group(node, page)
        case Pair(content=content):
            return _around("div", _blocks(content, page), {"class": "pair"})
        case _:
            assert_never(node)


def _tabled(line: Paragraph, page: _Page) -> str:
    """A tabled line. The number of one that is set in stands in a box, so that further lines begin where its words do."""
    number, rest = numbered(line.words)
    named = {"class": "literal" if line.part == "literal" else f"literal {line.part}"}
    if not number or not line.level:
        return _spoken("p", line.words, page, named)
    before = _element("span", escape(_page.clean(plain(number))), {"class": "numeral"})
    code = language(line.words)
    named |= _direction(line.words) | ({"lang": code} if code else {})
    return _element("p", before + _words(rest, page), named)


def _spoken(tag: str, words: Words, page: _Page, attributes: Mapping[str, str]) -> str:
    """An element of words, which says itself what language all of them are in."""
    attributes = {**attributes, **_direction(words)}
    match words:
        case (InLanguage(inner, code),):
            return _element(tag, _words(inner, page), {**attributes, "lang": code})
        case _:
            return _element(tag, _words(words, page), attributes)


def _direction(words: Words) -> dict[str, str]:
    """What says that words run from right to left."""
    if not (code := language(words)):
        return {}
    from despatch.languages import runs_left  # imported here: few pages have another language

    return {"dir": "rtl"} if runs_left(code) else {}


def _titled(node: Heading | Paragraph, name: str, page: _Page) -> str:
    """A heading or a label, with an id. A heading leads to itself, so that its address can be copied."""
    if isinstance(node, Paragraph):
        return _element("p", _words(node.words, page), {"class": node.role, "id": name})
    page.heading = name
    leads_elsewhere = any(isinstance(each, Link | Citation | Footnote) for each in inlines(node.words))
    inner = _words(node.words, page)  # which no second link may stand round
    return _element(
        f"h{node.level + 1}",
        inner if leads_elsewhere else _link(inner, f"#{name}"),
        {"id": name, **_direction(node.words)},
    )


def _element(tag: str, inner: str, attributes: Mapping[str, str] | None = None) -> str:
    written = "".join(f' {name}="{escape(value)}"' for name, value in (attributes or {}).items())
    return f"<{tag}{written}>{inner}</{tag}>"


def _around(tag: str, elements: Iterable[str], attributes: Mapping[str, str] | None = None) -> str:
    """An element round some others, each on a line of its own; nothing round nothing."""
    inner = "".join(f"{element}\n" for element in elements if element)
    return _element(tag, f"\n{inner}", attributes) if inner else ""


# Groups


def _group(group: Group, page: _Page) -> str:
    """A group, named by the heading or the label it begins with."""
    content = tuple(filter(_prints, group.content))
    match content[:1]:
        case (Heading(words=words) as first,) | (Paragraph(role="label", words=words) as first,):
            name = page.new_id(words)
            title, rest = [_titled(first, name, page)], content[1:]
        case _:
            name, title, rest = "", [], content
    attributes = {"class": group.role} | ({"aria-labelledby": name} if name else {})
    if group.role == "notes":
        return _around("section", [*title, *_blocks(rest, page)], attributes | {"role": "doc-endnotes"})
    if group.role in ("quotation", "figure"):
        return _around("figure", [*title, *_figure(group.role, rest, page)], attributes)
    if title and isinstance(content[0], Heading):
        return _around("section", [*title, *_blocks(rest, page)], attributes)
    # Not a section: the page has many views, and each would be a landmark of the same name.
    return _around("div", [*title, *_blocks(rest, page)], attributes | ({"role": "group"} if name else {}))


def _figure(role: GroupRole, nodes: tuple[Node, ...], page: _Page) -> list[str]:
    """What a figure or quotation shows, and under it whose or what it is."""
    captions = sum(1 for _ in takewhile(_is_caption, reversed(nodes)))
    shown = list(_blocks(nodes[: len(nodes) - captions], page))
    caption = _around("figcaption", _blocks(nodes[len(nodes) - captions :], page))
    return [*([_around("blockquote", shown)] if role == "quotation" else shown), caption]


def _is_caption(node: Node) -> bool:
    return isinstance(node, Paragraph) and node.role in ("attribution", "caption")


# Lists, tables and charts


def _listing(listing: Listing, page: _Page) -> str:
    items = (_item(item, number, listing, page) for number, item in enumerate(listing.items, 1))
    return _around("ol" if listing.ordered else "ul", items, _runs_left(listing))


def _runs_left(listing: Listing) -> dict[str, str]:
    """What sets a list from the right, with its marks: it begins with words that run so."""
    first = next((each for item in listing.items[:1] for each in item.content[:1]), None)
    return _direction(first.words) if isinstance(first, Paragraph) else {}


def _item(item: Item, number: int, listing: Listing, page: _Page) -> str:
    inner = "".join(_blocks(item.content, page))
    if listing is page.notes:
        return _element("li", _led_back(inner, number, page), {"id": _note_id(number)})
    return _element("li", inner, {"id": _source_id(number)} if listing is page.sources else {})


def _table(table: Table, page: _Page) -> str:
    """A table, named by the heading above it."""
    head = _around("thead", [_row(table.header, table, page, "col")])
    body = _around("tbody", [_row(row, table, page, "row") for row in table.rows])
    return _around("table", [head, body], {"aria-labelledby": page.heading} if page.heading else {})


def _row(cells: tuple[Words, ...], table: Table, page: _Page, scope: str) -> str:
    """A row of cells, or with scope `col` the row of headings."""
    return _element("tr", "".join(_cell(cell, n, table, page, scope) for n, cell in enumerate(cells)))


def _cell(words: Words, column: int, table: Table, page: _Page, scope: str) -> str:
    """A cell, which is a heading in the first row, and at the start of any other unless it is a number."""
    number = column in table.numeric
    heads = scope == "col" or (column == 0 and not number)
    attributes = {"class": "number"} if number else {}
    if heads and plain(words).strip():
        return _element("th", _words(words, page), attributes | {"scope": scope})
    return _element("td", _words(words, page), attributes)


def _chart(chart: Chart, page: _Page) -> str:
    """A chart with its table after it, or behind it for whoever asks."""
    table = _table(chart.table, page)
    if not chart.is_beside:
        summary = _element("summary", escape(_page.clean(plain(chart.name)), quote=False))
        table = _around("details", [summary, table], {"class": "chart-table"})
    picture = [_svg.drawn(chart, page.new_id(chart.name), page.new_id(chart.name))] if chart.bars else []
    return "\n".join([*picture, table])


# Notes


class _Mark(Struct, frozen=True):
    """A note's mark, and the heading under which it stands."""

    id: str
    heading: str


def _mark(number: int, page: _Page, linked: bool) -> str:
    """A note's mark: a link to the note, except where it could lead nowhere or stands in a link itself."""
    text = str(number)
    if 1 <= number <= len(page.notes.items):
        name = {"id": page.new_mark(number)}
        link = {"href": f"#{_note_id(number)}", "role": "doc-noteref"}
        text = _element("span", text, name) if linked else _element("a", text, name | link)
    return _element("sup", text, {"class": "note"})


def _led_back(entry: str, number: int, page: _Page) -> str:
    """A note that ends with a link back to each of its marks."""
    marks = page.marks.get(number, [])
    links = "".join(f"\u00a0{_back(number, place, page)}" for place in range(1, len(marks) + 1))
    inner = entry.removesuffix("</p>")
    return f"{inner}{links}</p>" if inner != entry else entry + links


def _back(number: int, place: int, page: _Page) -> str:
    """A link back to a mark, which is counted where the note has several.

    For whoever hears it, it is named by what it leads to: the mark, its place, and the heading above it. So the
    program has no words of its own here.
    """
    marks = page.marks[number]
    mark, count = marks[place - 1], f" {place}" if len(marks) > 1 else ""
    name = f"{_note_id(number)}-back-{place}"
    heard = [mark.id, *([name] if count else []), *([mark.heading] if mark.heading else [])]
    attributes = {"class": "back", "id": name, "href": f"#{mark.id}", "role": "doc-backlink"}
    arrow = _element("span", _BACK, {"aria-hidden": "true"})
    return _element("a", arrow + count, attributes | {"aria-labelledby": " ".join(heard)})


# Words


def _words(words: Words, page: _Page, linked: bool = False) -> str:
    written = "".join(_inline(inline, page, linked) for inline in words)
    return written.replace('</sup><sup class="note">', ", ")  # or marks 3 and 4 would read as 34


def _inline(inline: Inline, page: _Page, linked: bool) -> str:
    """Words as an element; inside a link (`linked`) nothing else is one."""
    match inline:
        case Text(text):
            return escape(_page.clean(text), quote=False)
        case Strong(words) | Emphasis(words):
            return _element("strong" if isinstance(inline, Strong) else "em", _words(words, page, linked))
        case Link(words, url):
            href = _page.address(url) if plain(words).strip() and not linked else ""
            return _link(_words(words, page, linked or bool(href)), href)
        case InLanguage(words, code):
            return _element("span", _words(words, page, linked), {"lang": code, **_direction((inline,))})
        case Citation(number):
            cited = page.cites(number) and not linked
            return _link(inline.mark, f"#{_source_id(number)}" if cited else "")
        case Footnote(number):
            return _mark(number, page, linked)
        case _:
            assert_never(inline)


def _link(text: str, href: str) -> str:
    return _element("a", text, {"href": href}) if href else text
