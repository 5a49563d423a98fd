"""The package a Word file is: named parts in a zip, and how they are related (Open Packaging Conventions)."""

from __future__ import annotations

import io
import os
import posixpath
import re
import time
import zipfile
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from lxml import etree
from msgspec import Struct

from despatch.document import KEPT
from despatch.writers._page import clean
from despatch.zips import BROKEN

if TYPE_CHECKING:
    from pathlib import Path

    from despatch.document import Properties

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no public name for its elements
Parts: TypeAlias = dict[str, bytes]

CONTENT_TYPES = "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"

_LARGEST = 64 * 2**20  # bytes unpacked: a letterhead full of pictures is a tenth of it, a zip bomb far more
_MOST_PARTS = 2_000
_CORE_KIND = f"{_RELATIONSHIPS}/metadata/core-properties"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_APP_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_PROPERTIES_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the set that custom properties belong to
_MANIFEST = "despatch"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class UnreadableError(Exception):
    """What is wrong with a file that should be a Word document, as the second half of a sentence."""


class Relationships(Struct, frozen=True):
    """The relationships of one part. A target is related once, however often it is used."""

    root: Element
    ids: dict[tuple[str, str], str]
    offset: int

    @classmethod
    def of(cls, parts: Parts, part: str) -> Relationships:
        """The relationships that a part has, to which others may be added."""
        data = parts.get(relationships_part(part))
        root = parse(data) if data else parse(f'<Relationships xmlns="{_RELATIONSHIPS}"/>'.encode())
        ids = {(each.get("Type", ""), each.get("Target", "")): each.get("Id", "") for each in root}
        numbers = [int(number) for each in ids.values() for number in re.findall(r"\d{1,9}$", each)]
        return cls(root, ids, max(numbers, default=0) - len(ids))

    def relate(self, kind: str, target: str, *, external: bool = False) -> str:
        """The id that leads to a target, an old one if there is one."""
        if (kind, target) not in self.ids:
            number = self.offset + len(self.ids) + 1
            attributes = {"Id": f"rId{number}", "Type": kind, "Target": target}
            mode = {"TargetMode": "External"} if external else {}
            etree.SubElement(self.root, f"{{{_RELATIONSHIPS}}}Relationship", attributes | mode)
            self.ids[kind, target] = f"rId{number}"
        return self.ids[kind, target]


def relationships_part(part: str) -> str:
    """The name of the part that holds another's relationships; the package's own for ``""``."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def related(parts: Parts, part: str, kind: str) -> tuple[str, ...]:
    """The parts that one part is related to in one way, such as `header`."""
    data = parts.get(relationships_part(part))
    return _targets(data, posixpath.dirname(part), kind) if data else ()


def part_for(parts: Parts, part: str, kind: str) -> str:
    """The name of the part that another is related to in one way, or of the one to put there."""
    known = [name for name in related(parts, part, kind) if name in parts]
    return known[0] if known else posixpath.join(posixpath.dirname(part), f"{kind}.xml")


@lru_cache(KEPT)
def _targets(relationships: bytes, folder: str, kind: str) -> tuple[str, ...]:
    return tuple(
        posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/")
        for each in parse(relationships)
        if each.get("Type", "").endswith(f"/{kind}") and each.get("TargetMode") != "External"
    )


def declare(parts: Parts, part: str, content_type: str) -> None:
    """Say in the package's list of contents what a part is."""
    parts[CONTENT_TYPES] = _declared(parts[CONTENT_TYPES], part, content_type)


@lru_cache(KEPT)
def _declared(contents: bytes, part: str, content_type: str) -> bytes:
    root = parse(contents)
    for each in root.findall(f"{{{_TYPES}}}Override"):
        if each.get("PartName") == f"/{part}":
            root.remove(each)
    etree.SubElement(root, f"{{{_TYPES}}}Override", {"PartName": f"/{part}", "ContentType": content_type})
    return serialise(root)


def parse(data: bytes) -> Element:
    """The root of a part. A part may hold no DTD, so no entity can grow or reach out of the package."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError(f"holds XML that cannot be read ({error.msg})") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError("holds a document type declaration, which Word never writes")
    return root


def escaped(text: str) -> str:
    """Text as XML, inside an element or an attribute, on one line and without what XML forbids."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def serialise(root: Element) -> bytes:
    """A part's bytes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def unpack(path: Path) -> Parts:
    """Every part of a package by its name."""
    try:
        with zipfile.ZipFile(path) as package:
            entries = [entry for entry in package.infolist() if not entry.is_dir()]
            if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _LARGEST:
                raise UnreadableError("is far too large to be a template")
            return {entry.filename: package.read(entry) for entry in entries}
    except FileNotFoundError as error:
        raise UnreadableError("is not there") from error
    except BROKEN as error:
        raise UnreadableError("is not a Word document, or is damaged: it cannot be unpacked") from error


def pack(parts: Parts) -> bytes:
    """The package as a file: equal parts give equal bytes on any day and any machine.

    The parts are stored as they are: other versions of Python compress the same part to other bytes.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in sorted(parts, key=lambda name: (name != CONTENT_TYPES, name)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))  # the earliest day that a zip can name
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_STORED
            package.writestr(entry, parts[name])
    return buffer.getvalue()


def describe(parts: Parts, properties: Properties) -> None:
    """Say in the package what the file is, in place of what its reference document said of itself."""
    custom = _custom_properties(parts, properties.manifest)
    _put(parts, "core", _CORE_KIND, _CORE_TYPE, _core_properties(properties))
    _put(parts, "app", f"{OFFICE}/extended-properties", _APP_TYPE, _app_properties())
    _put(parts, "custom", f"{OFFICE}/custom-properties", _CUSTOM_TYPE, custom)


def _put(parts: Parts, name: str, kind: str, content_type: str, root: Element) -> None:
    """Put a part into the package under the name it has there, else in the folder for such parts."""
    known = related(parts, "", kind.rpartition("/")[2])
    part = known[0] if known else f"docProps/{name}.xml"
    if not known:
        relationships = Relationships.of(parts, "")
        relationships.relate(kind, part)
        parts[relationships_part("")] = serialise(relationships.root)
    declare(parts, part, content_type)
    parts[part] = serialise(root)


def _core_properties(properties: Properties) -> Element:
    namespaces = {"cp": _CORE, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI}
    root = etree.Element(f"{{{_CORE}}}coreProperties", nsmap=namespaces)
    words = {
        f"{{{_DC}}}title": properties.title,
        f"{{{_DC}}}subject": ", ".join(filter(None, (properties.occasion, properties.date_in_full))),
        f"{{{_DC}}}creator": properties.organisation,
        f"{{{_CORE}}}keywords": ", ".join(properties.keywords),
        f"{{{_CORE}}}lastModifiedBy": properties.organisation,
        f"{{{_DC}}}language": properties.language,
        **({f"{{{_CORE}}}contentStatus": properties.draft} if properties.draft else {}),
    }
    for name, text in words.items():
        etree.SubElement(root, name).text = clean(text)
    for name in ("created", "modified") if (when := moment(properties.date)) else ():
        etree.SubElement(root, f"{{{_TERMS}}}{name}", {f"{{{_XSI}}}type": "dcterms:W3CDTF"}).text = when
    return root


def moment(date: str) -> str:
    """When the file says it was made: on its sitting day, so that the day of the build leaves no trace."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(epoch)))
    return f"{date}T00:00:00Z" if _DAY.fullmatch(date) else ""


def _app_properties() -> Element:
    root = etree.Element(f"{{{_EXTENDED}}}Properties", nsmap={"ep": _EXTENDED})
    etree.SubElement(root, f"{{{_EXTENDED}}}Application").text = "Despatch"
    return root


def _custom_properties(parts: Parts, manifest: str) -> Element:
    """The designer's own properties, and what the file was built from."""
    old = [parse(parts[name]) for name in related(parts, "", "custom-properties") if name in parts]
    root = old[0] if old else etree.Element(f"{{{_CUSTOM}}}Properties", nsmap={"op": _CUSTOM, "vt": _VALUES})
    for each in root.findall(f"{{{_CUSTOM}}}property[@name='{_MANIFEST}']"):
        root.remove(each)
    known = [int(each.get("pid", "")) for each in root if each.get("pid", "").isdecimal()]
    number = max(known, default=1) + 1  # the first two are reserved
    attributes = {"fmtid": _PROPERTIES_ID, "pid": str(number), "name": _MANIFEST}
    each = etree.SubElement(root, f"{{{_CUSTOM}}}property", attributes)
    etree.SubElement(each, f"{{{_VALUES}}}lpwstr").text = clean(manifest)
    return root
