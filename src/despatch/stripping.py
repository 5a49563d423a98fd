"""A Word file with its text, its authors and its history taken out: what is left is how the office's pages look."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree
from msgspec import Struct

from despatch.writers import _package, _reference
from despatch.writers._package import CONTENT_TYPES, OFFICE, Element, Parts
from despatch.writers._reference import Reference, w

KEPT = {
    "document": ("styles", "numbering", "settings", "theme", "fontTable", "footnotes", "endnotes", "header", "footer"),
    "page": ("image", "hyperlink"),
    "look": ("image", "font"),
    "text": (),
}
"""What parts may be related to: the document, its headers and footers, its theme and fonts, and all others."""
SETTINGS = frozenset(
    ("zoom", "attachedTemplate", "linkStyles", "mailMerge", "revisionView", "trackRevisions", "documentProtection",
     "writeProtection", "rsids", "docVars", "updateFields", "savePreviewPicture", "hdrShapeDefaults", "shapeDefaults",
     "proofState", "activeWritingStyle", "attachedSchema", "saveThroughXslt", "docId", "readModeInkLockDown", "captions")
)  # fmt: skip
"""Settings that say something of whoever wrote the file, or that would ask something of whoever opens it."""
DROPPED = """del moveFrom delText delInstrText pPrChange rPrChange sectPrChange tblPrChange tblPrExChange trPrChange
    tcPrChange tblGridChange numberingChange cellIns cellDel cellMerge commentRangeStart commentRangeEnd commentReference
    annotationRef bookmarkStart bookmarkEnd permStart permEnd proofErr dataBinding rsid lastRenderedPageBreak
    printerSettings moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd customXmlInsRangeStart
    customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd customXmlMoveFromRangeStart
    customXmlMoveFromRangeEnd customXmlMoveToRangeStart customXmlMoveToRangeEnd fldData lang altChunk subDoc"""
"""What tells of changes, remarks and persons, or brings in other files; and languages, of which each briefing says its own."""
UNWRAPPED = "ins moveTo smartTag customXml"
PERSONAL_FIELDS = {"AUTHOR", "LASTSAVEDBY", "USERNAME", "USERINITIALS", "USERADDRESS", "FILENAME", "TEMPLATE", "SAVEDATE",
                   "CREATEDATE", "PRINTDATE", "REVNUM", "EDITTIME", "COMMENTS", "DOCVARIABLE", "DOCPROPERTY", "INCLUDETEXT",
                   "INCLUDEPICTURE", "LINK", "DDE", "DDEAUTO", "DATABASE", "MERGEFIELD", "MACROBUTTON", "INFO", "SUBJECT",
                   "KEYWORDS", "ASK", "FILLIN"}  # fmt: skip
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SAFE = ("http://", "https://", "mailto:")
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/"


class Stripped(Struct, frozen=True):
    """The parts that are left, and what an officer should know of those that are gone."""

    parts: Parts
    remarks: tuple[str, ...]


def stripped(parts: Parts, words: Mapping[str, str], organisation: str) -> Stripped:
    """The file without its text: `{{content}}` in its place, and placeholders where headers repeated these words."""
    reference = _reference.taken_apart(parts)
    document = reference.document
    body, sections = _emptied(_package.parse(parts[document]))
    used = {each.get(f"{{{OFFICE}}}id", "") for each in body.iter(w("headerReference"), w("footerReference"))}
    kept: Parts = {CONTENT_TYPES: parts[CONTENT_TYPES]}
    _relate(kept, parts, "", ("officeDocument",))
    ids = _relate(kept, parts, document, KEPT["document"], used)
    _cut_loose_ends(body, ids)
    kept[document] = _package.serialise(_cleaned(body))
    for name, kind in list(_within(kept, document)):
        if name in parts and name not in kept:
            _keep(kept, parts, name, kind)
    for name in _reference.taken_apart(kept).pages():
        if name != document:
            _furnish(kept, name, words, organisation)
    _list_contents(kept, document)
    return Stripped(kept, tuple(_remarks(parts, reference, sections)))


def qualified(names: str) -> tuple[str, ...]:
    """Names in Word's namespace."""
    return tuple(map(w, names.split()))


def target(part: str, relationship: Element) -> str:
    """The part that a relationship of a part leads to."""
    folder = posixpath.dirname(part)
    return posixpath.normpath(posixpath.join("/", folder, relationship.get("Target", ""))).lstrip("/")


def _remarks(parts: Parts, reference: Reference, sections: int) -> Iterator[str]:
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in parts):
        yield "Its macros are left out."
    if sections > 1:
        yield f"It has {sections} sections; the page, headers and footers are those of the first."
    for kind in ("comments", "customXml", "glossaryDocument"):
        if _package.related(parts, reference.document, kind):
            what = {
                "comments": "comments",
                "customXml": "data of other programs",
                "glossaryDocument": "building blocks",
            }
            yield f"Its {what[kind]} are left out."


# The body.


def _emptied(root: Element) -> tuple[Element, int]:
    """The document with one paragraph and its first section's page, and how many sections there were."""
    body = next(root.iter(w("body")))
    sections = [each for each in root.iter(w("sectPr")) if (above := each.getparent()) is body or _is_break(above)]
    for each in list(body):
        body.remove(each)
    for each in [each for each in root if each is not body]:  # such as a picture behind every page
        root.remove(each)
    paragraph = etree.SubElement(body, w("p"))
    text = etree.SubElement(etree.SubElement(paragraph, w("r")), w("t"))
    text.text = f"{{{{{_reference.CONTENT}}}}}"
    body.append(sections[0] if sections else etree.Element(w("sectPr")))
    return root, len(sections)


def _is_break(parent: Element | None) -> bool:
    """Whether what stands in an element ends a section, and is not how a section once was."""
    return parent is not None and parent.tag == w("pPr")


def _cleaned(root: Element) -> Element:
    """A part without tracked changes, comments, names of people and marks of who edited what."""
    for each in list(root.iter(*qualified(DROPPED))):
        if (parent := each.getparent()) is not None:
            parent.remove(each)
    for each in list(root.iter(*qualified(UNWRAPPED))):
        _unwrap(each)
    for each in root.iter(etree.Element):
        for name in [name for name in each.attrib if str(name).startswith(w("rsid"))]:
            del each.attrib[name]
    return root


def _unwrap(element: Element) -> None:
    """Leave only what stands in an element."""
    parent = element.getparent()
    if parent is not None:
        place = parent.index(element)
        parent[place : place + 1] = list(element)


# The parts.


def _relate(kept: Parts, parts: Parts, part: str, kinds: tuple[str, ...], used: set[str] | None = None) -> set[str]:
    """Keep the relationships of these kinds that lead somewhere; the ids of all that are kept."""
    name = _package.relationships_part(part)
    root = _package.parse(parts[name]) if name in parts else None
    ids = set()
    for each in () if root is None else list(root):
        kind, number = each.get("Type", "").rpartition("/")[2], each.get("Id", "")
        is_furniture = kind in ("header", "footer") and used is not None
        if kind in kinds and _leads(parts, part, each) and (not is_furniture or number in (used or ())):
            ids.add(number)
        elif root is not None:
            root.remove(each)
    if root is not None and ids:
        kept[name] = _package.serialise(root)
    return ids


def _leads(parts: Parts, part: str, relationship: Element) -> bool:
    """Whether a relationship leads to a part that is there, or to the web; not to somebody's disk."""
    if relationship.get("TargetMode") == "External":
        is_link = relationship.get("Type", "").endswith("/hyperlink")
        return is_link and relationship.get("Target", "").lower().startswith(SAFE)
    return target(part, relationship) in parts


def _within(parts: Parts, part: str) -> Iterator[tuple[str, str]]:
    """The parts that a part is related to, and in what way."""
    data = parts.get(_package.relationships_part(part))
    for each in _package.parse(data) if data else ():
        if each.get("TargetMode") != "External":
            yield target(part, each), each.get("Type", "").rpartition("/")[2]


def _keep(kept: Parts, parts: Parts, name: str, kind: str) -> None:
    """Keep a part, clean, and with it what it needs."""
    sort = {"header": "page", "footer": "page", "theme": "look", "fontTable": "look"}.get(kind, "text")
    ids = _relate(kept, parts, name, KEPT[sort])
    for other, _ in _within(kept, name):
        kept.setdefault(other, parts[other])
    root = _package.parse(parts[name])
    _remove(each for each in root.iter(w("sdt")) if _shows_a_person(each))
    _cleaned(root)
    _cut_loose_ends(root, ids)
    if kind == "settings":
        _remove(each for each in root if etree.QName(each).localname in SETTINGS)
    if kind in ("footnotes", "endnotes"):
        _remove(each for each in root if each.get(w("type")) in (None, "normal"))
    kept[name] = _package.serialise(root)


def _shows_a_person(control: Element) -> bool:
    """Whether a content control repeats the file's author."""
    bound = [each.get(w("xpath"), "") for each in control.iterfind(f"{w('sdtPr')}/{w('dataBinding')}")]
    return any(name in each for each in bound for name in ("creator", "lastModifiedBy", "Manager"))


def _remove(elements: Iterable[Element]) -> None:
    for each in list(elements):
        if (parent := each.getparent()) is not None:
            parent.remove(each)


def _cut_loose_ends(root: Element, ids: set[str]) -> None:
    """Take out what shows something that is not kept: an embedded sheet, a picture on somebody's disk."""
    for each in list(root.iter(etree.Element)):
        if any(str(name).startswith(f"{{{OFFICE}}}") and value not in ids for name, value in each.attrib.items()):
            _cut(each)


def _cut(element: Element) -> None:
    if element.tag == w("hyperlink"):
        _unwrap(element)
        return
    shown = next(element.iterancestors(w("drawing"), w("pict"), w("object")), element)
    _remove([shown])


def _list_contents(kept: Parts, document: str) -> None:
    """Say in the list of contents what is left, and that it is a document: not a template, and without macros."""
    root = _package.parse(kept[CONTENT_TYPES])
    for each in root.findall(f"{_TYPES}Override"):
        if each.get("PartName", "").lstrip("/") not in kept:
            root.remove(each)
    kept[CONTENT_TYPES] = _package.serialise(root)
    _package.declare(kept, document, MAIN)


# Headers and footers.


def _furnish(kept: Parts, name: str, words: Mapping[str, str], organisation: str) -> None:
    """Put placeholders in place of what a header said of one debate, and name its pictures for who cannot see them."""
    root = _package.parse(kept[name])
    for paragraph in list(root.iter(w("p"))):
        _without_fields(paragraph)
        _generalised(paragraph, words)
    for each in root.iter(f"{_DRAWN}wordprocessingDrawing}}docPr"):
        description = each.get("descr", "")
        if not description.strip() or "\\" in description or "/" in description:
            each.set("descr", organisation)
    for each in root.iter(f"{_DRAWN}picture}}cNvPr"):
        each.set("name", posixpath.basename(each.get("name", "").replace("\\", "/")))
        each.attrib.pop("descr", "")
    kept[name] = _package.serialise(root)


def _generalised(paragraph: Element, words: Mapping[str, str]) -> None:
    """Replace the words of last month's briefing by what stands for them."""
    for name, said in words.items():
        texts = [text for text in paragraph.iter(w("t")) if next(text.iterancestors(w("p"))) is paragraph]
        start = "".join(text.text or "" for text in texts).find(said)
        if start >= 0:
            _reference.replace_text(texts, start, start + len(said), f"{{{{{name}}}}}")


def _without_fields(paragraph: Element) -> None:
    """Take out the fields that name an author, a path or a day. The file's title becomes the briefing's."""
    for runs, code in list(_fields(paragraph)):
        name = (code.split() or [""])[0].upper()
        if name == "TITLE" or code.upper().split()[:2] == ["DOCPROPERTY", "TITLE"]:
            run = etree.Element(w("r"))
            etree.SubElement(run, w("t")).text = "{{title}}"
            runs[0].addprevious(run)
        elif name not in PERSONAL_FIELDS:
            continue
        _remove(runs)


def _fields(paragraph: Element) -> Iterator[tuple[list[Element], str]]:
    """The outermost fields of a paragraph: what they are made of, and their code."""
    for each in paragraph.iter(w("fldSimple")):
        yield [each], each.get(w("instr"), "").replace('"', "")
    depth, runs = 0, []
    for run in paragraph.iter(w("r")):
        marks = [each.get(w("fldCharType"), "") for each in run.iter(w("fldChar"))]
        depth += marks.count("begin")
        runs += [run] if depth else []
        depth -= marks.count("end")
        if runs and depth <= 0:
            yield runs, "".join(code.text or "" for each in runs for code in each.iter(w("instrText"))).replace('"', "")
            depth, runs = 0, []
