"""Word files, read at the level of their XML: tracked insertions count as made, and deletions as gone."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct, field

from despatch import zips
from despatch.document import Words, plain
from despatch.readers._front import in_shape
from despatch.readers._furniture import left_out, sorted_out
from despatch.readers._piece import DEEPEST, IN_LISTS, MadeText, Part, Piece, Read, Run, UnreadableError, words
from despatch.source import UNPRINTABLE

LARGEST_PART = 60_000_000
"""A part that is larger, unpacked, is no briefing but a trap."""
MOST_PARTS = 20_000
OLD_WORD = b"\xd0\xcf\x11\xe0"
BROKEN = "This Word file is damaged, or is no Word file at all."
INSIDE = {"ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple", "bdo", "dir", "r", "ruby", "rubyBase",
          "oMath", "oMathPara", "AlternateContent", "Choice"}  # fmt: skip
"""What only stands round words."""
CHARACTERS = {"tab": " ", "ptab": " ", "cr": " ", "noBreakHyphen": "\u2011"}
ROLES: dict[str, Part] = {
    "title": "title", "subtitle": "standfirst", "standfirst": "standfirst", "date": "date", "date line": "date",
    "organisation": "organisation", "occasion": "occasion", "embargo": "embargo", "draft": "draft", "caption": "caption",
    "attribution": "attribution", "contact": "contact", "label": "label", "proposal label": "label", "view label": "label",
}  # fmt: skip
"""What a paragraph in a Word style is, by the style's name."""
LISTED = re.compile(r"(?P<part>bullet|number|continue)(?: (?P<level>[2-9]))?$")
CONTENTS = ("toc ", "table of figures", "contents ")
QUOTED = {"quote", "intense quote", "block text", "quotations", "quotation"}


def read(path: Path, data: bytes) -> Read:
    """The lines of a Word file, as they stand once all tracked changes are accepted."""
    if data.startswith(OLD_WORD):
        raise UnreadableError("This Word file is protected by a password, or is of a kind from before 2007.")
    package = _Package(data)
    reader = _Reader(package, MadeText(path))
    body = _child(package.document, "body")
    if body is None:
        raise UnreadableError(BROKEN)
    reader.blocks(body)
    notes = list(reader.noted())
    reader.made.finish()
    kept, more = sorted_out(reader.pieces)
    return Read([*in_shape(kept), *notes], [*reader.left_out, *package.running(), *more])


# The package.


class _Package:
    """The parts of a Word file."""

    def __init__(self, data: bytes) -> None:
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
        except zips.BROKEN as error:
            raise UnreadableError(BROKEN) from error
        if len(self.zip.namelist()) > MOST_PARTS:
            raise UnreadableError(BROKEN)

    def part(self, name: str) -> Any:
        """The root of a part's XML; nothing, if there is no such part."""
        from lxml import etree  # imported here: most commands read no Word file

        try:
            with self.zip.open(name) as file:
                data = file.read(LARGEST_PART + 1)
        except KeyError:
            return None
        except zips.BROKEN as error:
            raise UnreadableError(BROKEN) from error
        if len(data) > LARGEST_PART:
            raise UnreadableError("This Word file unpacks to far more than any briefing holds, so it is not read.")
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise UnreadableError(BROKEN) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableError(
                "This Word file holds what no program that makes Word files writes, so it is not read."
            )
        return root

    @cached_property
    def name(self) -> str:
        """The name of the part with the text."""
        found = [target for kind, target in self.related("").values() if kind == "officeDocument"]
        return found[0] if found else "word/document.xml"

    @cached_property
    def document(self) -> Any:
        root = self.part(self.name)
        if root is None:
            raise UnreadableError(BROKEN)
        return root

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part names elsewhere, by its id there: of what kind, and the other part or address."""
        folder, _, file = name.rpartition("/")
        root = self.part(posixpath.join(folder, "_rels", f"{file}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for each in root if root is not None else ():
            target, kind = each.get("Target", ""), each.get("Type", "").rpartition("/")[2]
            if each.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[each.get("Id", "")] = (kind, target)
        return found

    @cached_property
    def links(self) -> dict[str, tuple[str, str]]:
        return self.related(self.name)

    def only(self, kind: str) -> Any:
        """The root of the one part of a kind, such as `styles`; nothing, if there is none."""
        names = [target for each, target in self.links.values() if each == kind]
        return self.part(names[0]) if names else None

    def running(self) -> Iterator[str]:
        """What stands in running headers and footers, a phrase each."""
        found: dict[str, str] = {}
        for kind, target in self.links.values():
            if kind in ("header", "footer") and (root := self.part(target)) is not None:
                texts = " ".join(each.text or "" for each in root.iter() if _name(each) == "t")
                found.setdefault(" ".join(texts.split()), f"running {kind}")
        yield from (left_out(UNPRINTABLE.sub(" ", text), reason) for text, reason in found.items() if text)


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _child(element: Any, *path: str) -> Any:
    """The first child of a name, then that one's, and so on; nothing, where one is missing."""
    for name in path:
        element = next((each for each in element if _name(each) == name), None)
        if element is None:
            return None
    return element


def _value(element: Any, *path: str) -> str | None:
    """What a child says, of whatever namespace."""
    found = _child(element, *path) if element is not None else None
    return _attribute(found, "val") if found is not None else None


def _attribute(element: Any, name: str) -> str | None:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def _is_on(element: Any, *path: str) -> bool:
    """Whether a property such as bold is there, and not switched off."""
    found = _child(element, *path) if element is not None else None
    return found is not None and _attribute(found, "val") not in ("0", "false", "off", "none")


# Styles and numbering.


class _Style(NamedTuple):
    """A paragraph style, with what it takes over from the one it is based on."""

    name: str = ""
    outline: int = -1
    list: str = ""
    """The id of its list."""
    level: int = -1


class _Styles(Struct):
    """The styles of a Word file, by their ids."""

    elements: dict[str, Any]
    known: dict[str, _Style] = field(default_factory=dict)

    def style(self, name: str | None) -> _Style:
        """A style by its id; a plain one, if there is none of that id."""
        chain: list[str] = []
        while name is not None and name in self.elements and name not in chain and name not in self.known:
            chain.append(name)
            name = _value(self.elements[name], "basedOn")
        made = self.known.get(name or "", _Style())
        for each in reversed(chain):
            made = self.known[each] = _based(self.elements[each], made)
        return made


def _based(element: Any, base: _Style) -> _Style:
    name = (_value(element, "name") or "").lower()
    heading = re.fullmatch(r"heading ([1-9])", name)
    outline = _number(_value(element, "pPr", "outlineLvl"), int(heading[1]) - 1 if heading else base.outline)
    return _Style(
        name or base.name,
        outline if outline < 9 else -1,
        _value(element, "pPr", "numPr", "numId") or base.list,
        _number(_value(element, "pPr", "numPr", "ilvl"), base.level),
    )


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 6 else otherwise


class _Lists(Struct):
    """What marks the entries of the lists of a Word file, by list and depth, and which styles belong to which depth."""

    formats: dict[tuple[str, int], str] = field(default_factory=dict)
    depths: dict[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Any) -> _Lists:
        """The lists that a part on numbering holds."""
        made = cls()
        if root is None:
            return made
        abstract = {_attribute(each, "abstractNumId"): each for each in root if _name(each) == "abstractNum"}
        for each in root:
            if _name(each) == "num" and (levels := abstract.get(_value(each, "abstractNumId"))) is not None:
                made.add(_attribute(each, "numId") or "", levels)
        return made

    def add(self, name: str, levels: Any) -> None:
        for level in levels:
            if _name(level) == "lvl":
                depth = _number(_attribute(level, "ilvl"), 0)
                self.formats[name, depth] = _value(level, "numFmt") or "decimal"
                if style := _value(level, "pStyle"):
                    self.depths[name, style] = depth


# The text.


class _Field(Struct):
    """A field that is being read: what it asks for, and whether its result has begun."""

    asks: str = ""
    has_result: bool = False


class _Reader(Struct, dict=True):
    """Walks through the text and puts its lines together."""

    package: _Package
    made: MadeText
    pieces: list[Piece] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    fields: list[_Field] = field(default_factory=list)
    notes: dict[tuple[str, str], int] = field(default_factory=dict)
    """The numbers of the notes, in the order of their first marks."""
    carried: list[Run] = field(default_factory=list)
    """The words of a paragraph whose end was deleted: they run on in the next."""
    gap: int = 1

    @cached_property
    def styles(self) -> _Styles:
        root = self.package.only("styles")
        found = (
            {} if root is None else {_attribute(each, "styleId") or "": each for each in root if _name(each) == "style"}
        )
        return _Styles(found)

    @cached_property
    def lists(self) -> _Lists:
        return _Lists.of(self.package.only("numbering"))

    def blocks(self, parent: Any) -> None:
        """Read the paragraphs and tables in an element."""
        for each in parent:
            match _name(each):
                case "p":
                    self.paragraph(each)
                case "tbl":
                    self.table(each)
                case "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" | "smartTag":
                    self.blocks(each)

    def paragraph(self, element: Any) -> None:
        """Read a paragraph, and after it the text boxes that are anchored in it."""
        runs = [*self.carried, *self.runs(element, "")]
        self.carried = runs if _child(element, "pPr", "rPr", "del") is not None else []
        if not self.carried:
            self.line(element, words(runs))
        for box in element.iter():
            if _name(box) == "txbxContent" and not _is_spare(box):
                self.blocks(box)

    def line(self, element: Any, said: Words) -> None:
        if not said:
            self.gap += 1
            return
        style = self.styles.style(_value(element, "pPr", "pStyle"))
        text = plain(said)
        if style.name.startswith(CONTENTS) and not style.name.startswith("toc heading"):
            self.left_out.append(left_out(text, "table of contents"))
            return
        part, level = self.part(element, style)
        group: Any = "quotation" if style.name in QUOTED and part == "body" else ""
        self.pieces.append(Piece(part, said, self.made.add(text), level, group, gap=self.gap))
        self.gap = 1

    def part(self, element: Any, style: _Style) -> tuple[Part, int]:
        """What a paragraph is: by its style's name, its outline level, and the list that it is in."""
        outline = _number(_value(element, "pPr", "outlineLvl"), style.outline)
        if style.name in ROLES:
            return ROLES[style.name], 0
        if 0 <= outline < 9:
            return "heading", outline + 1
        named = LISTED.search(style.name)
        found = None if named and named["part"] == "continue" else self.entry(element, style)
        if found:
            return found
        above = self.pieces[-1] if self.pieces else None
        if named:
            part: Any = named["part"]
            is_under = part != "continue" or (above is not None and above.part in IN_LISTS)
            return (part, int(named["level"] or 1)) if is_under else ("body", 0)
        if style.name == "list paragraph" and above is not None and above.part in IN_LISTS and self.gap == 1:
            return "continue", above.level
        return "body", 0

    def entry(self, element: Any, style: _Style) -> tuple[Part, int] | None:
        """The sort and depth of a bullet or numbered entry; nothing, if a paragraph is in no list."""
        name = _value(element, "pPr", "numPr", "numId") or style.list
        if not name or name == "0":
            return None
        by_style = self.lists.depths.get((name, _value(element, "pPr", "pStyle") or ""), 0)
        depth = _number(_value(element, "pPr", "numPr", "ilvl"), style.level if style.level >= 0 else by_style)
        if _child(element, "pPr", "numPr") is None and (named := LISTED.search(style.name)):
            depth = max(depth, int(named["level"] or 1) - 1)
        kind = self.lists.formats.get((name, depth), self.lists.formats.get((name, 0), "bullet"))
        if kind == "none":
            return None
        return ("bullet" if kind == "bullet" else "number"), min(depth + 1, DEEPEST)

    def runs(self, parent: Any, url: str) -> Iterator[Run]:
        """The runs in an element, tracked deletions and hidden text left out."""
        for each in parent:
            name = _name(each)
            if name == "hyperlink":
                yield from self.runs(each, self.package.links.get(_attribute(each, "id") or "", ("", ""))[1])
            elif name in INSIDE:
                yield from self.run(each, url) if name == "r" else self.runs(each, url)

    def run(self, element: Any, url: str) -> Iterator[Run]:
        properties = _child(element, "rPr")
        if _is_on(properties, "vanish") or _is_on(properties, "webHidden"):
            return
        style = (_value(properties, "rStyle") or "").lower()
        look = Run(
            "", _is_on(properties, "b") or style == "strong", _is_on(properties, "i") or style == "emphasis", url
        )
        for each in element:
            yield from self.inline(each, look)

    def inline(self, element: Any, look: Run) -> Iterator[Run]:
        """What stands in a run."""
        name = _name(element)
        if name == "fldChar":
            self.field(_attribute(element, "fldCharType"))
        elif name == "instrText" and self.fields:
            self.fields[-1].asks += element.text or ""
        elif self.fields and not all(each.has_result for each in self.fields):
            return
        elif name == "t":
            yield from self.text(UNPRINTABLE.sub(" ", element.text or ""), look)
        elif name == "br":
            yield look._replace(text=" ")
        elif name in CHARACTERS:
            yield look._replace(text=CHARACTERS[name])
        elif name in ("footnoteReference", "endnoteReference"):
            key = (name.removesuffix("Reference"), _attribute(element, "id") or "")
            yield Run("", note=self.notes.setdefault(key, len(self.notes) + 1))
        elif name == "AlternateContent":
            yield from self.runs(element, look.url)

    def text(self, text: str, look: Run) -> Iterator[Run]:
        """Text, or the mark of a note where a field repeats one."""
        asks = self.fields[-1].asks if self.fields else ""
        if asks.split()[:1] == ["NOTEREF"] and text.strip().isdecimal():
            yield Run("", note=int(text))
        else:
            yield look._replace(text=text)

    def field(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].has_result = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    def table(self, element: Any) -> None:
        """A table's cells, row by row; one with a single column is read as paragraphs."""
        rows = [list(_within(row, "tc")) for row in _within(element, "tr")]
        if all(len(row) <= 1 for row in rows):
            for row in rows:
                for cell in row:
                    self.blocks(cell)
            return
        said = [[self.cell(cell) for cell in row] for row in rows]
        if any(cell for row in said for cell in row):
            self.pieces.append(self.made.table(said))

    def cell(self, element: Any) -> Words:
        """The words of a cell's paragraphs, one after the other."""
        inner: list[Run] = []
        for each in element.iter():
            if _name(each) == "p" and not any(_name(above) == "txbxContent" for above in each.iterancestors()):
                inner += [*([Run(" ")] if inner else []), *self.runs(each, "")]
        return words(inner)

    def noted(self) -> Iterator[Piece]:
        """The entries of the notes that are marked, in order."""
        parts = {kind: self.package.only(f"{kind}s") for kind in {kind for kind, _ in self.notes}}
        entries = {
            (kind, _attribute(each, "id")): each for kind, root in parts.items() if root is not None for each in root
        }
        for key in list(self.notes):
            said = self.cell(entries[key]) if key in entries else ()
            if said:
                yield Piece("number", said, self.made.add(plain(said)), 1, "notes")


def _within(element: Any, name: str) -> Iterator[Any]:
    """The rows of a table or cells of a row, those in content controls and tracked insertions too."""
    for each in element:
        if _name(each) == name and _child(each, f"{name}Pr", "del") is None:
            yield each
        elif _name(each) in ("sdt", "sdtContent", "ins", "moveTo", "customXml"):
            yield from _within(each, name)


def _is_spare(box: Any) -> bool:
    """Whether a text box is another program's copy of one that is read, or stands in one."""
    return any(_name(each) in ("Fallback", "txbxContent") for each in box.iterancestors())
