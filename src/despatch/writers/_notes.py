"""Footnotes of a Word file: the order in which they come, and the part of the package that holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from despatch.writers import _package
from despatch.writers._package import OFFICE, Element, Parts
from despatch.writers._reference import WORD, w

if TYPE_CHECKING:
    from collections.abc import Iterable

    from despatch.writers._reference import Reference

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_SEPARATORS = {"-1": "separator", "0": "continuationSeparator"}  # the ids that Word gives them
_CLOSE = '<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
# What follows `w:footnotePr` among a document's settings; so does all of another namespace.
_LATER = (
    "endnotePr",
    "compat",
    "docVars",
    "rsids",
    "attachedSchema",
    "themeFontLang",
    "clrSchemeMapping",
    "doNotIncludeSubdocsInStats",
    "doNotAutoCompressPictures",
    "forceUpgrade",
    "captions",
    "readModeInkLockDown",
    "smartTagType",
    "shapeDefaults",
    "doNotEmbedSmartTags",
    "decimalSymbol",
    "listSeparator",
)


def counts(block: Element) -> int:
    """How many footnotes of a block Word counts: not one with a mark of the designer's own, such as a star."""
    marks = block.iter(w("footnoteReference"))
    return sum(each.get(w("customMarkFollows"), "0") in ("0", "false", "off") for each in marks)


def _read(parts: Parts, name: str) -> Element:
    """The footnotes of the reference document, or only the lines that stand above footnotes."""
    if name in parts:
        return _package.parse(parts[name])
    lines = (
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p>{_CLOSE}<w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in _SEPARATORS.items()
    )
    return _root("footnotes", "".join(lines))


def _last_id(footnotes: Iterable[Element]) -> int:
    ids = [each.get(w("id"), "") for each in footnotes]
    return max((int(number) for number in ids if number.isdecimal()), default=0)


def _root(name: str, content: str) -> Element:
    return _package.parse(f'<w:{name} xmlns:w="{WORD}" xmlns:r="{OFFICE}">{content}</w:{name}>'.encode())


def put(parts: Parts, reference: Reference, body: Element, footnotes: str) -> None:
    """Add footnotes, given as XML, to the package, and number them as the body reads."""
    name = _package.part_for(parts, reference.document, "footnotes")
    root = _read(parts, name)
    root.extend(list(_root("footnotes", footnotes)))
    _renumber(root, body)
    if name not in parts:
        _package.declare(parts, name, _TYPE)
    parts[name] = _package.serialise(root)
    _settle(parts, reference, root)


def _renumber(root: Element, body: Element) -> None:
    """Number the footnotes as their marks are read, from the first id that is free.

    The ids of new ones are not numbers yet. Word would take any; LibreOffice (7.4) gives each mark in turn the footnote
    that comes next, whatever the mark says.
    """
    marks = list(body.iter(w("footnoteReference")))
    places = {each.get(w("id"), ""): place for place, each in enumerate(marks)}
    lines = [each for each in root if each.get(w("type"), "normal") != "normal"]
    notes = [each for each in root if each not in lines]
    notes.sort(key=lambda each: places.get(each.get(w("id"), ""), len(marks)))
    root[:] = [*lines, *notes]
    first = _last_id(lines) + 1
    ids = {each.get(w("id"), ""): str(number) for number, each in enumerate(notes, first)}
    for each in (*notes, *marks):
        each.set(w("id"), ids.get(each.get(w("id"), ""), "0"))


def _settle(parts: Parts, reference: Reference, footnotes: Element) -> None:
    """Name the lines above footnotes among the document's settings, where Word looks for them."""
    for name in _package.related(parts, reference.document, "settings"):
        root = _package.parse(parts[name])
        properties = root.find(w("footnotePr"))
        if properties is None:
            properties = etree.Element(w("footnotePr"))
            root.insert(sum(not _comes_later(each) for each in root), properties)
        if properties.find(w("footnote")) is None:
            for each in footnotes.iterfind(f"{w('footnote')}[@{w('type')}]"):
                etree.SubElement(properties, w("footnote"), {w("id"): each.get(w("id"), "")})
            parts[name] = _package.serialise(root)


def _comes_later(setting: Element) -> bool:
    name = str(setting.tag).removeprefix(w(""))
    return name in _LATER or name.startswith("{")
