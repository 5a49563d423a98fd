"""Everything that a file holds, seen or unseen, as text with the place where it stands in plain words.

A file may have been changed by anybody since it was built, so nothing in it is trusted: what cannot be read as what
it claims to be is read as bytes, and what unpacks to far more than a briefing is refused.
"""

from __future__ import annotations

import base64
import binascii
import html
import io
import re
import struct
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, TypeAlias
from urllib.parse import unquote

from lxml import etree
from msgspec import Struct, field

from despatch.readers._piece import UnreadableError
from despatch.zips import BROKEN

FORMATS = (".docx", ".pdf", ".html", ".htm", ".md", ".txt")
"""The ends of the names of files that can be looked into."""
LARGEST = 64 * 2**20
MOST_PARTS = 2_000
DEEPEST = 3
BREAK = "\x1e"
"""What stands in a piece where one paragraph, cell or value ends: no text holds it."""
Kind: TypeAlias = Literal["text", "person", "property", "comment", "change", "preview"]

PARTS = {
    "_rels/": "the addresses of links", "glossary/": "a stored building block", "docProps/thumbnail": "the preview picture",
    "docProps/": "the file’s properties", "customXml/": "data kept beside the text", "document.xml": "the text",
    "comments": "a comment", "footnotes": "a footnote", "endnotes": "an endnote", "header": "a header", "footer": "a footer",
    "people": "the list of people who worked on the file", "settings": "the file’s settings",
    "webSettings": "the file’s settings", "charts/": "a chart", "diagrams/": "a drawing", "worksheets/": "a sheet",
    "sharedStrings": "a sheet", "embeddings/": "an embedded file", "media/": "a picture", "styles": "the list of styles",
    "numbering": "the numbering of lists", "fontTable": "the list of fonts", "theme": "the list of colours",
}  # fmt: skip
"""What the parts of a Word file are, by what is in their names; the first that fits."""
ELEMENTS = {"delText": "deleted text", "instrText": "a field’s code", "delInstrText": "a field’s code"}
ATTRIBUTES = {
    ("docPr", "descr"): "a picture’s alternative text", ("docPr", "title"): "a picture’s alternative text",
    ("cNvPr", "descr"): "a picture’s alternative text", ("cNvPr", "title"): "a picture’s alternative text",
    ("docPr", "name"): "a picture’s name", ("cNvPr", "name"): "a picture’s name", ("img", "alt"): "a picture’s alternative text",
    ("tblCaption", "val"): "a table’s alternative text", ("tblDescription", "val"): "a table’s alternative text",
    ("bookmarkStart", "name"): "a bookmark’s name", ("hyperlink", "tooltip"): "the tip over a link",
    ("hyperlink", "anchor"): "a link’s address", ("Relationship", "Target"): "a link’s address", ("a", "href"): "a link’s address",
    ("fldSimple", "instr"): "a field’s code", ("docVar", "name"): "a document variable", ("docVar", "val"): "a document variable",
    ("alias", "val"): "a content control’s name", ("tag", "val"): "a content control’s name",
    ("helpText", "val"): "a form field", ("statusText", "val"): "a form field", ("default", "val"): "a form field",
    ("listEntry", "val"): "a form field", ("query", "val"): "the settings for mail merge",
    ("connectString", "val"): "the settings for mail merge", ("meta", "content"): "the page’s properties",
}  # fmt: skip
"""What an attribute is, by its element and its name."""
PROPERTIES = {"creator": "author", "lastModifiedBy": "last saved by", "Manager": "manager", "Company": "company"}
"""The properties that name somebody, and what Word calls them."""
ENCLOSED = {"del": "deleted text", "moveFrom": "deleted text"}
CHANGES = frozenset({
    "ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "rPrChange", "pPrChange",
    "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange", "numberingChange",
})  # fmt: skip
WITHIN = frozenset({
    "r", "t", "rPr", "b", "i", "u", "rStyle", "vanish", "lang", "delText", "instrText", "hyperlink", "ins",
    "del", "smartTag", "sdt", "sdtContent", "bookmarkStart", "bookmarkEnd", "commentRangeStart",
    "commentRangeEnd", "commentReference", "footnoteReference", "proofErr", "moveFrom", "moveTo", "fldSimple",
    "fldChar", "lastRenderedPageBreak", "noProof", "softHyphen", "span", "a", "strong", "em", "sup", "sub",
    "small", "mark", "abbr",
})  # fmt: skip
"""Elements that may stand in the middle of a word."""
READABLE = re.compile(rb"[\t\n\r\x20-\x7e\x80-\xff]{6,}")
WIDE = re.compile(rb"(?:[\x09-\x7e]\x00){6,}")
CODED = re.compile(r"(?:[A-Za-z0-9+/]{4}\s{0,2}){10,}(?:[A-Za-z0-9+/]{2,3}={1,2})?")
TAG = re.compile(r"<(?:/?(?:\w+:)?(\w+)|[!?])[^<>]*>")
PACKED = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
MOST_PACKED = 500


class Piece(NamedTuple):
    """Some text of a file: in which part, the place in plain words, and what it is besides text."""

    part: str
    place: str
    text: str
    kind: Kind = "text"


class _Opener(Struct):
    """Opens a file, the files in it, and those in them, and counts how much has been unpacked."""

    left: int = LARGEST
    pieces: list[Piece] = field(default_factory=list)

    def package(self, data: bytes, outer: str = "", depth: int = 0) -> None:
        """Every part of a zip, its comment, and whatever stands between and behind the parts."""
        try:
            package = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN as error:
            raise UnreadableError("This Word file is damaged, or is no Word file at all.") from error
        entries = package.infolist()
        self.spend(sum(entry.file_size for entry in entries), len(entries))
        for entry in entries:
            self.add("", outer or "the name of a part", entry.filename)
            self.part(entry.filename, _unpacked(package, entry), outer, depth)
        rest = _between(data, entries)
        for found in re.finditer(rb"PK\x03\x04", rest):
            self.inflated(rest[found.start() + 30 :][:LARGEST], outer or "bytes behind the parts of the file", -15)
        self.unknown("", outer or "bytes behind the parts of the file", rest, DEEPEST)

    def spend(self, size: int, number: int = 0) -> None:
        self.left -= size
        if self.left < 0 or number > MOST_PARTS:
            raise UnreadableError("This file unpacks to far more than any briefing holds, so it is not read.")

    def add(self, part: str, place: str, text: str, kind: Kind = "text") -> None:
        if text.strip(f" \n{BREAK}") or kind in ("comment", "change", "preview"):
            self.pieces.append(Piece(part, place, text, kind))

    def part(self, name: str, data: bytes | None, outer: str, depth: int) -> None:
        """One part of a package, as what it is."""
        place = _part_place(name)
        if data is None:
            raise UnreadableError(f"A part of this file cannot be unpacked: {name}.")
        if place == PARTS["docProps/thumbnail"]:
            self.add(name, place, "", "preview")
        if name.endswith((".xml", ".rels", ".vml")):
            self.xml(name, outer or place, data)
        else:
            self.unknown(name, outer or place, data, depth)

    def xml(self, name: str, place: str, data: bytes) -> None:
        """A part that is XML. One that no parser takes is read as bytes."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, strip_cdata=False)
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError):
            root = None
        if root is None or root.getroottree().docinfo.internalDTD is not None:
            self.unknown(name, place, re.sub(rb"<[^<>]*>", b"", data), DEEPEST)
            self.unknown(name, place, data, DEEPEST)
        if root is not None:
            self.tree(name, place, root.getroottree())

    def tree(self, name: str, place: str, tree: Any) -> None:
        """The text of a tree by the places it stands in, each as one, and then all of it together."""
        found = _Found(name, place)
        for node in (*_before(tree.getroot()), *_after(tree.getroot())):
            found.put("a remark in the file’s code", node.text or "")
        for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
            found.take(event, element)
        self.pieces += found.special
        for where, texts in found.texts.items():
            self.texts(name, where, "".join(texts), "property" if name.startswith("docProps/") else "text")
        if len(found.texts) > 1:
            self.add(name, place, "".join(found.everything))
        for where, values in found.values.items():
            self.texts(name, where, BREAK.join(values), "text")

    def texts(self, part: str, place: str, text: str, kind: Kind) -> None:
        """A text, and what it is once its codes are undone: `%20`, `&amp;`, base64."""
        self.add(part, place, text, kind)
        if "%" in text:
            self.add(part, place, unquote(text))
        if "&" in text or "<" in text:
            self.add(part, place, _bare(text))
        for found in CODED.finditer(text):
            self.decoded(part, place, found[0])

    def decoded(self, part: str, place: str, coded: str) -> None:
        bare = re.sub(r"\s", "", coded).rstrip("=")
        try:
            data = base64.b64decode(bare + "=" * (-len(bare) % 4) if len(bare) % 4 != 1 else bare[:-1])
        except (binascii.Error, ValueError):
            return
        self.spend(len(data))
        self.unknown(part, place, data, DEEPEST)

    def unknown(self, part: str, place: str, data: bytes, depth: int) -> None:
        """Bytes of any kind: as a package, as text in three encodings, and one level of what is packed in them."""
        if data.startswith(b"PK\x03\x04") and depth < DEEPEST:
            self.package(data, "the workbook behind a chart" if b"xl/workbook" in data else place, depth + 1)
            return
        text = BREAK.join(run.decode("utf-8", "replace") for run in READABLE.findall(data))
        self.add(part, place, text)
        if "<" in text:
            self.add(part, place, _bare(text))
        if b"\xe9" in data or b"\x92" in data:  # not UTF-8, but what Windows wrote before it
            self.add(part, place, BREAK.join(run.decode("cp1252", "replace") for run in READABLE.findall(data)))
        for start in (0, 1):
            self.add(part, place, BREAK.join(run.decode("utf-16-le") for run in WIDE.findall(data, start)))
        if depth < DEEPEST:
            for found in CODED.finditer(data.decode("latin-1")):
                self.decoded(part, place, found[0])
            for number, packed in enumerate(PACKED.finditer(data)):
                if number < MOST_PACKED:
                    self.inflated(data[packed.start() :], place, 31 if packed[0][:1] == b"\x1f" else 15)

    def inflated(self, data: bytes, place: str, way: int) -> None:
        """What is packed at the start of some bytes, as long as there is room for it: most such starts are chance."""
        try:
            plain = zlib.decompressobj(way).decompress(data, LARGEST // 16) if self.left > LARGEST // 16 else b""
        except zlib.error:
            return
        self.left -= len(plain)
        self.unknown("", place, plain, DEEPEST)


class _Found(Struct):
    """The text of one tree as it is walked through, by place: in elements, and in attributes."""

    part: str
    place: str
    texts: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    values: defaultdict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    everything: list[str] = field(default_factory=list)
    breaks: int = 0
    """How many elements have begun that no word goes on across."""
    broken: dict[int, int] = field(default_factory=dict)
    """How many had when something was last put to each of these texts."""
    special: list[Piece] = field(default_factory=list)

    def take(self, event: str, element: Any) -> None:
        """What an element says where it begins, and what stands after it where it ends."""
        if event in ("comment", "pi"):
            self.put("a remark in the file’s code", element.text or "")
        elif event == "start":
            self.start(element)
        if event != "start" and element.tail and element.getparent() is not None:
            self.put(self.text_place(element.getparent()), element.tail)

    def start(self, element: Any) -> None:
        name = _local(element.tag)
        if name not in WITHIN:
            self.breaks += 1
        if element.text:
            self.put(self.text_place(element), element.text)
        for key, value in element.attrib.items():
            self.values[self.attribute_place(name, _local(key))][value] = None
        self.note(element, name)

    def put(self, place: str, text: str) -> None:
        for texts in (self.texts[place], self.everything):
            if self.broken.get(id(texts)) != self.breaks:
                texts.append(BREAK)
                self.broken[id(texts)] = self.breaks
            texts.append(text)

    def note(self, element: Any, name: str) -> None:
        """What an element is besides text: a comment, a tracked change, the name of somebody."""
        if name == "comment" and self.place == PARTS["comments"]:
            self.special.append(Piece(self.part, self.place, "".join(element.itertext()), "comment"))
        if name in CHANGES and "word/" in self.part:
            self.special.append(Piece(self.part, self.place, "".join(element.itertext()), "change"))
        for key, value in element.attrib.items():
            if _local(key) == "author":
                self.special.append(Piece(self.part, f"the author’s name at {self.place}", value, "person"))
        if self.part.startswith("docProps/") and name in PROPERTIES and element.text:
            self.special.append(Piece(self.part, self.text_place(element), element.text, "person"))

    def text_place(self, element: Any) -> str:
        name = _local(element.tag)
        if self.part.startswith("docProps/"):
            return f"{self.place}: {_property(element)}"
        if name == "t":
            return self.run_place(element)
        return ELEMENTS.get(name, "the page’s code" if name in ("script", "style") else self.place)

    def run_place(self, element: Any) -> str:
        run = element.getparent()
        properties = () if run is None else next(run.iterchildren("{*}rPr"), ())
        if any(_local(each.tag) in ("vanish", "webHidden") for each in properties):
            return "hidden text"
        above = (_local(each.tag) for each in element.iterancestors())
        return next((ENCLOSED[each] for each in above if each in ENCLOSED), self.place)

    def attribute_place(self, element: str, name: str) -> str:
        if (element, name) in ATTRIBUTES:
            return ATTRIBUTES[element, name]
        return self.place if self.place != PARTS["document.xml"] else "the text’s code"


def _bare(text: str) -> str:
    """Text that has markup in it, without that."""
    return TAG.sub(lambda tag: "" if tag[1] in WITHIN else BREAK, html.unescape(text))


def _local(name: Any) -> str:
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def _property(element: Any) -> str:
    """What Word calls a property."""
    for each in (element, *element.iterancestors()):
        if each.get("name"):
            return f"custom property {each.get('name')}"
    name = _local(element.tag)
    return PROPERTIES.get(name, name)


def _before(root: Any) -> Iterator[Any]:
    return root.itersiblings(preceding=True)  # type: ignore[no-any-return]


def _after(root: Any) -> Iterator[Any]:
    return root.itersiblings()  # type: ignore[no-any-return]


def _part_place(name: str) -> str:
    return next((place for mark, place in PARTS.items() if mark in name), f"the part {name}")


def _unpacked(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes | None:
    """The bytes of a part, or nothing where it is damaged or locked."""
    try:
        return package.read(entry)
    except BROKEN:
        return None


def _between(data: bytes, entries: list[zipfile.ZipInfo]) -> bytes:
    """What is in a zip besides its parts: their names and dates, comments, and bytes that nothing asks for."""
    rest, at = [], 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        head = data[entry.header_offset : entry.header_offset + 30]
        name, extra = struct.unpack("<HH", head[26:30]) if len(head) == 30 else (0, 0)
        start = entry.header_offset + 30 + name + extra
        rest.append(data[at:start])
        at = max(at, start + entry.compress_size)
    return b"\n".join([*rest, data[at:]])


def contents(name: str, data: bytes) -> list[Piece]:
    """Everything in a file, by the end of its name. Raises UnreadableError."""
    opener = _Opener()
    suffix = name.rpartition(".")[2].lower()
    if suffix == "docx":
        opener.package(data)
    elif suffix == "pdf":
        _pdf(opener, data)
    elif suffix in ("html", "htm"):
        _page(opener, data)
    else:
        opener.texts("", "the text", data.decode("utf-8-sig", "replace"), "text")
        opener.unknown("", "the text", data, DEEPEST)
    return opener.pieces


def _page(opener: _Opener, data: bytes) -> None:
    """A web page: its tree, and then its code as it stands."""
    text = data.decode("utf-8-sig", "replace")
    root = etree.fromstring(text.encode("utf-8", "replace"), etree.HTMLParser(encoding="utf-8", no_network=True))
    if root is not None:
        opener.tree("page", "the text", root.getroottree())
    opener.texts("page", "the page’s code", text, "text")


def _pdf(opener: _Opener, data: bytes) -> None:
    """A PDF's pages, outline, notes, properties and attached files; then its bytes, and what is packed in them."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise UnreadableError("To look into a PDF, install `despatch[pdf]`.") from error
    try:
        _pdf_texts(opener, PdfReader(io.BytesIO(data)))
    except (PyPdfError, *BROKEN, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableError("This PDF is damaged, protected, or no PDF at all.") from error
    opener.unknown("", "the file’s code", data, 0)


def _pdf_texts(opener: _Opener, reader: Any) -> None:
    for page in reader.pages:
        opener.texts("", "the text", page.extract_text().replace("\n", BREAK), "text")
    for key, value in (reader.metadata or {}).items():
        place = f"the file’s properties: {key.lstrip('/')}"
        opener.texts("docProps/", place, str(value), "property")
        if key == "/Author":
            opener.add("docProps/", place, str(value), "person")
    for name, files in reader.attachments.items():
        opener.texts("", "an attached file", name, "text")
        for each in files:
            opener.unknown("", "an attached file", each, 0)
    for number in range(1, len(reader.xref_objStm) + sum(map(len, reader.xref.values())) + 1):
        _pdf_strings(opener, reader.get_object(number), 0)


def _pdf_strings(opener: _Opener, value: Any, depth: int) -> None:
    """The strings of one object of a PDF: titles in the outline, notes, alternative texts."""
    if isinstance(value, str) and not value.startswith("/"):
        opener.add("", "a title, a note or an alternative text", value)
    elif isinstance(value, dict) and depth < DEEPEST:
        for each in value.values():
            _pdf_strings(opener, each, depth + 1)
    elif isinstance(value, list) and depth < DEEPEST:
        for each in value:
            _pdf_strings(opener, each, depth + 1)
