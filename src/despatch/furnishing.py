"""The page, headers and footers of a style that is begun from a Word file of the office."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from despatch import looks
from despatch.grafting import Graft, add_part, insert, properties, relationship, remove_all
from despatch.stripping import target
from despatch.styling import PAPER, SLACK, furniture, page_kinds
from despatch.writers import _package
from despatch.writers._package import OFFICE, Element
from despatch.writers._reference import Reference, text_width, w

MARGINS = {
    "top": "1600",
    "right": "1361",
    "bottom": "1247",
    "left": "1361",
    "header": "567",
    "footer": "510",
    "gutter": "0",
}
"""Margins that leave room for a header of three lines, in twentieths of a point."""
ROOM = {"top": 1440, "bottom": 1100, "header": 284, "footer": 284}
"""The least room that the headers and footers of `plain` need."""
_FURNITURE_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"


# The page.


def a4(office: Reference) -> Iterator[str]:
    """Make the page A4."""
    root = _package.parse(office.parts[office.document])
    section = next(root.iter(w("sectPr")))
    sizes = section.findall(w("pgSz")) or [_page_size(section)]
    measures = [int(sizes[0].get(w(name), "0")) for name in ("w", "h") if sizes[0].get(w(name), "0").isdecimal()]
    if len(measures) < 2 or any(abs(each - a4) > SLACK for each, a4 in zip(sorted(measures), PAPER, strict=True)):
        is_wide = len(measures) == 2 and measures[0] > measures[1]
        for name, measure in zip(("h", "w") if is_wide else ("w", "h"), PAPER, strict=True):
            sizes[0].set(w(name), str(measure))
        sizes[0].attrib.pop(w("code"), "")
        yield "Its page was not A4, and now is."
    if section.find(w("pgMar")) is None:
        sizes[0].addnext(etree.Element(w("pgMar"), {w(name): measure for name, measure in MARGINS.items()}))
    office.parts[office.document] = _package.serialise(root)


def _page_size(section: Element) -> Element:
    size = etree.Element(w("pgSz"))
    insert(section, size)
    return size


# Headers and footers.


def furnished(graft: Graft) -> Iterator[str]:
    """Put in the headers and footers that are missing, and the mark of a draft into those that are there."""
    office = graft.office
    root = _package.parse(office.parts[office.document])
    section = next(root.iter(w("sectPr")))
    if not _references(section):
        if section.find(w("titlePg")) is None:
            insert(section, etree.Element(w("titlePg")))
        yield "It had no header and no footer: they are those of plain."
    kinds = page_kinds(office, section)
    places = [(place, kind) for place in ("header", "footer") for kind in kinds]
    missing = [(place, kind) for place, kind in places if kind not in _references(section, place)]
    for place, kind in missing:
        _add_furniture(graft, section, place, kind)
    if missing:
        yield from _fitted(graft, section)
    office.parts[office.document] = _package.serialise(root)
    yield from _marked(graft)


def _fitted(graft: Graft, section: Element) -> Iterator[str]:
    """Give headers and footers that were not there the room they need, and tabs that reach the margin."""
    too_small = [
        (each, name)
        for each in section.findall(w("pgMar"))
        for name, least in ROOM.items()
        if not each.get(w(name), "").isdecimal() or int(each.get(w(name), "")) < least
    ]
    for each, name in too_small:
        each.set(w(name), MARGINS[name])
    if too_small:
        yield "The margins at its head and foot are larger than they were, to hold them."
    for name in ("Header", "Footer"):
        own = properties(graft.office.by_id[graft.style(name)], "pPr")
        remove_all(own, "tabs")
        tabs = etree.Element(w("tabs"))
        etree.SubElement(tabs, w("tab"), {looks.VAL: "right", w("pos"): str(text_width(section))})
        insert(own, tabs)


def _references(section: Element, place: str = "") -> dict[str, str]:
    """The headers or footers (or both) of a section: the id of each, by the pages it is for."""
    wanted = [w(f"{each}Reference") for each in ([place] if place else ["header", "footer"])]
    return {each.get(w("type"), "default"): each.get(f"{{{OFFICE}}}id", "") for each in section if each.tag in wanted}


def _add_furniture(graft: Graft, section: Element, place: str, kind: str) -> None:
    """Put a header or footer of `plain` into the office's file."""
    root = _package.parse(graft.plain.parts[graft.plain.document])
    known = _references(next(root.iter(w("sectPr"))), place)
    relationships = _package.Relationships.of(graft.plain.parts, graft.plain.document).root
    wanted = known.get(kind, known["default"])
    source = next(target(graft.plain.document, each) for each in relationships if each.get("Id") == wanted)
    page = _package.parse(graft.plain.parts[source])
    for each in page.iter(w("pStyle"), w("rStyle")):
        each.set(looks.VAL, graft.style(each.get(looks.VAL, "")))
    part = add_part(graft.office, _free(graft.office, place), _FURNITURE_TYPE.format(place))
    graft.office.parts[part] = _package.serialise(page)
    number = relationship(graft.office, place, part)
    section.insert(0, etree.Element(w(f"{place}Reference"), {w("type"): kind, f"{{{OFFICE}}}id": number}))


def _free(office: Reference, place: str) -> str:
    """A name for a header or footer that no part has."""
    folder = office.document.rpartition("/")[0]
    return next(f"{place}{number}" for number in range(1, 1000) if f"{folder}/{place}{number}.xml" not in office.parts)


def _marked(graft: Graft) -> Iterator[str]:
    """Put the mark of a draft into the header of every sort of page that has it nowhere."""
    office = graft.office
    for where, parts in list(furniture(office)):
        texts = [_text(_package.parse(office.parts[part])) for part in parts]
        if not any("{{draft}}" in text for text in texts):
            header = next(part for part in parts if _package.parse(office.parts[part]).tag == w("hdr"))
            _mark(graft, header)
            yield f"A line `{{{{draft}}}}` is added to the header of {where}: it prints only on drafts."


def _mark(graft: Graft, header: str) -> None:
    """Put `{{draft}}` at the end of a header: in its last paragraph, if that is empty, else in one of its own."""
    root = _package.parse(graft.office.parts[header])
    last = root[-1] if len(root) else None
    if last is None or last.tag != w("p") or any(each.tag != w("pPr") for each in last):
        last = etree.SubElement(root, w("p"))
        look = etree.SubElement(last, w("pPr"))
        etree.SubElement(look, w("pStyle"), {looks.VAL: graft.style("Header")})
    run = etree.SubElement(last, w("r"))
    etree.SubElement(etree.SubElement(run, w("rPr")), w("rStyle"), {looks.VAL: graft.style("Strong")})
    etree.SubElement(run, w("t")).text = "{{draft}}"
    graft.office.parts[header] = _package.serialise(root)


def kept(office: Reference) -> Iterator[str]:
    """What the office's own headers and footers say, on the pages of every briefing from now on."""
    own = [re.sub(r"\s+", " ", _text(page)).strip() for page in _pages(office)]
    if any(own):
        yield f"Its headers and footers still say: “{'”, “'.join(filter(None, dict.fromkeys(own)))}”."


def _pages(office: Reference) -> list[Element]:
    return [_package.parse(office.parts[name]) for name in office.pages() if name != office.document]


def _text(page: Element) -> str:
    """The words of a part, one space between two paragraphs."""
    return " ".join("".join(each.text or "" for each in paragraph.iter(w("t"))) for paragraph in page.iter(w("p")))


def to_type(office: Reference) -> Iterator[str]:
    """What a designer may want to type into the headers."""
    pages = _pages(office)
    if not any("{{title}}" in _text(page) for page in pages):
        yield "For a running title, type {{title}} in the header."
    codes = [each.text or "" for page in pages for each in page.iter(w("instrText"))]
    codes += [each.get(w("instr"), "") for page in pages for each in page.iter(w("fldSimple"))]
    if not any("PAGE" in code for code in codes):
        yield "For page numbers, open the footer in Word and choose Page Number, Current Position."
