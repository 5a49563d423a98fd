"""A style's `reference.docx`, which a designer edits in Word: its styles, its lists, what it leaves open."""

from __future__ import annotations

import re
from copy import deepcopy
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from despatch.document import KEPT
from despatch.writers import _package
from despatch.writers._package import OFFICE, Element, Parts, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from despatch.style import Style

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = {"w": WORD, "r": OFFICE}
NAME = "reference.docx"
CONTENT = "content"
PLACEHOLDERS = ("title", "organisation", "occasion", "date", "contact", "draft", "embargo", CONTENT)

_PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_CHARACTER_PARTS = ("strong", "emphasis", "link", "footnote-mark")
_LIST_PARTS = ("bullet", "number")
_TEXT_WIDTH = 9_298  # twentieths of a point: A4 within margins of 23 mm


def w(name: str) -> str:
    """A name in Word's namespace."""
    return f"{{{WORD}}}{name}"


def is_on(switch: Element | None) -> bool:
    """Whether a switch of Word's, such as `w:b`, is there and does not say no."""
    return switch is not None and switch.get(_VAL, "1") not in ("0", "false", "off")


_P, _T, _VAL = w("p"), w("t"), w("val")
_NOT_WORDS = tuple(w(name) for name in ("drawing", "pict", "object", "fldChar", "fldSimple", "sectPr"))


class Numbering(Struct, frozen=True):
    """A list, by its number in the document, and a level of it."""

    number: str
    level: str


class Reference(Struct, frozen=True, eq=False):
    """A reference document, taken apart."""

    parts: Parts
    document: str
    """The name of the part that holds the text."""
    styles_part: str
    numbering_part: str
    """Empty if the document has no lists."""
    styles: Element
    by_id: dict[str, Element]
    ids: dict[tuple[str, str], str]
    """Style ids by type and name. Word keeps `heading 1` where its own menus say `Heading 1`."""
    numbering: Element | None
    lists: dict[str, str]
    """Which definition of a multi-level list each numbered list has, by their ids."""

    def style_id(self, kind: str, name: str) -> str:
        """The id of the style with a name; none is a KeyError, since `missing_styles` is asked first."""
        return self.ids[kind, name.casefold()]

    def numbering_of(self, style_id: str) -> Numbering | None:
        """The list that a paragraph style is linked to, if it is linked to one."""
        number = self._inherited(style_id, "numId")
        return Numbering(number, self._inherited(style_id, "ilvl") or "0") if number in self.lists else None

    @property
    def last_list(self) -> int:
        """The highest number of a list."""
        return max((int(number) for number in self.lists if number.isdecimal()), default=0)

    def chain(self, style_id: str) -> Iterator[Element]:
        """A style, the one it is based on, and so on."""
        seen: set[str] = set()  # styles may be based on each other
        while style_id in self.by_id and style_id not in seen:
            seen.add(style_id)
            yield self.by_id[style_id]
            based_on = self.by_id[style_id].find(w("basedOn"))
            style_id = "" if based_on is None else based_on.get(_VAL, "")

    def _inherited(self, style_id: str, name: str) -> str:
        """A value of a style's `w:numPr`, its own or that of a style it is based on."""
        values = (each.find(f"{w('pPr')}/{w('numPr')}/{w(name)}") for each in self.chain(style_id))
        return next((each.get(_VAL, "") for each in values if each is not None), "")

    def pages(self) -> Iterator[str]:
        """The names of the parts that a reader sees: the document, its headers and its footers."""
        yield self.document
        for kind in ("header", "footer"):
            yield from sorted({*_package.related(self.parts, self.document, kind)} & self.parts.keys())


def read(style: Style) -> Reference:
    """The reference document of a style, with styles and lists that may be changed."""
    found = kept(style)
    return replace(found, styles=deepcopy(found.styles), numbering=deepcopy(found.numbering))


def state(style: Style) -> tuple[int, int] | None:
    """What is another once somebody saves the reference document of a style; none, where there is no such file."""
    path = style.folder / NAME
    found = path.stat() if path.is_file() else None
    return found and (found.st_mtime_ns, found.st_size)


def kept(style: Style) -> Reference:
    """The same to look at only."""
    return _read(style.folder / NAME, state(style))


@cache
def _read(path: Path, state: tuple[int, int] | None) -> Reference:
    """The file as it is in this state. Checking a style and writing with it read it once."""
    del state
    return taken_apart(_package.unpack(path))


def taken_apart(parts: Parts) -> Reference:
    """The reference document that these parts are."""
    document = _main_part(parts)
    styles_part = _only(parts, document, "styles")
    numberings = [name for name in _package.related(parts, document, "numbering") if name in parts]
    numbering_part = numberings[0] if numberings else ""
    styles = _package.parse(parts[styles_part])
    numbering = _package.parse(parts[numbering_part]) if numbering_part else None
    by_id = {each.get(w("styleId"), ""): each for each in styles.iterfind(w("style"))}
    lists = _lists(numbering)
    return Reference(parts, document, styles_part, numbering_part, styles, by_id, _style_ids(by_id), numbering, lists)


def _main_part(parts: Parts) -> str:
    if _package.CONTENT_TYPES not in parts:
        raise UnreadableError("is not a Word document: it does not list its contents")
    document = _only(parts, "", "officeDocument")
    root = _package.parse(parts[document])
    if root.tag != w("document") or root.find(w("body")) is None:
        raise UnreadableError("is not a Word document of the usual sort: save it as Word Document, not as Strict")
    return document


def _only(parts: Parts, part: str, kind: str) -> str:
    for name in _package.related(parts, part, kind):
        if name in parts:
            return name
    raise UnreadableError(f"is not a whole Word document: it has no part for `{kind}`")


def _lists(numbering: Element | None) -> dict[str, str]:
    lists: dict[str, str] = {}
    for each in () if numbering is None else numbering.iterfind(w("num")):
        for abstract in each.iterfind(w("abstractNumId")):
            lists[each.get(w("numId"), "")] = abstract.get(_VAL, "")
    return lists


def _style_ids(by_id: Mapping[str, Element]) -> dict[tuple[str, str], str]:
    ids: dict[tuple[str, str], str] = {}
    for style_id, style in by_id.items():
        for name in style.iterfind(w("name")):
            ids[style.get(w("type"), ""), name.get(_VAL, "").casefold()] = style_id
    return ids


def style_type(part: str) -> str:
    """What sort of Word style prints a part of the page: `character`, `table` or `paragraph`."""
    plain_part = part.rpartition(".")[2]
    if plain_part in _CHARACTER_PARTS:
        return "character"
    return "table" if plain_part in ("table", "pair") else "paragraph"


def missing_styles(style: Style) -> tuple[str, ...]:
    """The Word styles that a style names and its reference document lacks; ask `problem` first."""
    return _missing_styles(style, state(style))


@cache
def _missing_styles(style: Style, state: tuple[int, int] | None) -> tuple[str, ...]:
    del state
    try:
        reference = kept(style)
    except UnreadableError:
        return ()
    wanted = {(name, (style_type(part), name.casefold())) for part, name in style.word.items()}
    return tuple(sorted({name for name, key in wanted if key not in reference.ids}))


def type_of(style: Style, name: str) -> str:
    """What sort of style, as Word's menus call it, has a name in the reference document; empty if none has."""
    kinds = (kind for kind, known in kept(style).ids if known == name.casefold())
    return {"numbering": "list"}.get(kind := next(kinds, ""), kind)


def problem(style: Style) -> str:
    """A sentence on what keeps a style's reference document from being used; empty if nothing does."""
    return _problem(style, state(style))


@cache  # many briefings of a build share a style
def _problem(style: Style, state: tuple[int, int] | None) -> str:
    del state
    try:
        reference = kept(style)
        for name, data in reference.parts.items():
            if name.endswith((".xml", ".rels")):
                _package.parse(data)
        faults = [*_unlinked_lists(style, reference), *_unknown_placeholders(reference)]
    except UnreadableError as error:
        return f"`{NAME}` {error}."
    return f"`{NAME}` {'; it '.join(faults)}." if faults else ""


def _unlinked_lists(style: Style, reference: Reference) -> Iterator[str]:
    """A list style without a list prints no numbers, and citations would then lead nowhere."""
    for part, name in style.word.items():
        style_id = reference.ids.get(("paragraph", name.casefold()))
        is_list = part.rpartition(".")[2].partition("-")[0] in _LIST_PARTS
        if is_list and style_id is not None and reference.numbering_of(style_id) is None:
            yield f"has a list style `{name}` which is not linked to a list"


def _unknown_placeholders(reference: Reference) -> Iterator[str]:
    for name in reference.pages():
        texts = _package.parse(reference.parts[name]).iter(_T)
        for word in _PLACEHOLDER.findall("".join(text.text or "" for text in texts)):
            if word not in PLACEHOLDERS:
                yield f"asks for `{{{{{word}}}}}`; what it may ask for is {', '.join(PLACEHOLDERS)}"


def fill(parts: Parts, reference: Reference, values: Mapping[str, str]) -> None:
    """Put words in place of `{{title}}` and its like in every part that a reader sees."""
    for name in reference.pages():
        if b"{" not in parts[name]:
            continue
        root = _package.parse(parts[name])
        for paragraph in list(root.iter(_P)):
            _fill_paragraph(paragraph, values)
        parts[name] = _package.serialise(root)


def _fill_paragraph(paragraph: Element, values: Mapping[str, str]) -> None:
    """Fill the placeholders of a paragraph, even where Word has cut one into several runs."""
    texts = [text for text in paragraph.iter(_T) if next(text.iterancestors(_P)) is paragraph]
    before = "".join(text.text or "" for text in texts)
    found = [each for each in _PLACEHOLDER.finditer(before) if each[1] in values]
    for each in reversed(found):
        replace_text(texts, each.start(), each.end(), values[each[1]])
    if found and not any((text.text or "").strip() for text in texts):
        _close_gap(paragraph)


def replace_text(texts: list[Element], start: int, end: int, words: str) -> None:
    """Replace the characters from start to end of some runs of text taken together."""
    position = 0
    for text in texts:
        now = text.text or ""
        first, last = max(start - position, 0), min(end - position, len(now))
        if first < last:
            set_text(text, now[:first] + words + now[last:])
            words = ""
        position += len(now)


def _close_gap(paragraph: Element) -> None:
    """Remove a paragraph whose words all came out empty, unless it stands alone or holds something else."""
    neighbours = (paragraph.getprevious(), paragraph.getnext())
    parent = paragraph.getparent()
    is_alone = all(each is None or each.tag != _P for each in neighbours)
    if parent is not None and not is_alone and next(paragraph.iter(*_NOT_WORDS), None) is None:
        parent.remove(paragraph)


def text_width(section: Element | None) -> int:
    """The width of the text of a section, in twentieths of a point; a usual one, where the section does not say."""
    size, margins = (None if section is None else section.find(w(name)) for name in ("pgSz", "pgMar"))
    if size is None or margins is None:
        return _TEXT_WIDTH
    measures = (size.get(w("w"), ""), margins.get(w("left"), ""), margins.get(w("right"), ""))
    if not all(measure.isdecimal() for measure in measures):  # Word may write `2.3cm`, though it never has
        return _TEXT_WIDTH
    width, left, right = map(int, measures)
    return width - left - right


def place(root: Element) -> tuple[Element, int]:
    """The body of a document and where in it the text goes: in place of `{{content}}`, else after all that it holds."""
    body = next(root.iter(w("body")))
    return body, _place(body)


def spliced(root: Element, body: Element, index: int, blocks: str) -> bytes:
    """A document with paragraphs, given as XML, in its body: to read them first would take longer than to write them."""
    body.insert(index, etree.Comment())  # there is no other: none is read
    before, after = _package.serialise(_prefixed(root)).split(b"<!---->")
    return b"".join((before, blocks.encode(), after))


def _prefixed(root: Element) -> Element:
    """The same document, in which Word's namespaces have their usual names."""
    if NAMESPACES.items() <= root.nsmap.items():
        return root
    namespaces = {prefix: uri for prefix, uri in root.nsmap.items() if prefix} | NAMESPACES
    wider = etree.Element(root.tag, nsmap=namespaces)
    wider.attrib.update(root.attrib)
    wider.extend(list(root))
    return wider


def _place(body: Element) -> int:
    blocks = [block for block in body if block.tag != w("sectPr")]
    marker = next((block for block in blocks if _is_marker(block)), None)
    if marker is None and blocks and _is_blank(blocks[-1]):
        marker = blocks[-1]
    if marker is None:
        return len(blocks)
    index = body.index(marker)
    body.remove(marker)
    return index


def _is_marker(block: Element) -> bool:
    found = _PLACEHOLDER.fullmatch("".join(text.text or "" for text in block.iter(_T)).strip())
    return block.tag == _P and found is not None and found[1] == CONTENT


def _is_blank(block: Element) -> bool:
    """Whether a block is the paragraph that Word leaves on an empty page."""
    return block.tag == _P and next(block.iter(_T, w("br"), *_NOT_WORDS), None) is None


def bookmarks(root: Element) -> tuple[set[int], set[str]]:
    """The ids and the names of a document's bookmarks; Word leaves `_GoBack` where the designer last wrote."""
    found = list(root.iter(w("bookmarkStart")))
    ids = {int(each.get(w("id"), "")) for each in found if each.get(w("id"), "").isdecimal()}
    return ids, {each.get(w("name"), "") for each in found}


def set_text(element: Element, text: str) -> None:
    """Put text into an element, with the spaces that Word would otherwise drop."""
    element.text = text
    if text[:1].isspace() or text[-1:].isspace() or "  " in text:
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def restarted(reference: Reference, old: Numbering, new: Numbering) -> Element:
    """A list which has the marks of an old one and counts from one again."""
    root = etree.Element(w("num"), {w("numId"): new.number}, nsmap=NAMESPACES)
    etree.SubElement(root, w("abstractNumId"), {_VAL: reference.lists[old.number]})
    override = etree.SubElement(root, w("lvlOverride"), {w("ilvl"): new.level})
    etree.SubElement(override, w("startOverride"), {_VAL: "1"})
    return root


def finish(parts: Parts, reference: Reference, lists: list[Element], language: str) -> None:
    """Give the package what the text needs beside itself: its own lists, and its language."""
    if lists and reference.numbering_part:
        root = _package.parse(parts[reference.numbering_part])
        last = root.findall(w("num"))[-1]
        for each in reversed(lists):
            last.addnext(each)
        parts[reference.numbering_part] = _package.serialise(root)
    parts[reference.styles_part] = _in_language(parts[reference.styles_part], language)


@lru_cache(KEPT)
def _in_language(styles: bytes, language: str) -> bytes:
    """The same styles, with a language for all text to which no style gives another."""
    root = _package.parse(styles)
    defaults = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")
    known = None if defaults is None else defaults.find(w("lang"))
    if defaults is None or (known is not None and known.get(_VAL) == language):
        return styles
    (etree.SubElement(defaults, w("lang")) if known is None else known).set(_VAL, language)
    return _package.serialise(root)
