"""Footnotes of a Word file: the order in which they come, and the part of the package that holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from despatch.writers import _package
from despatch.writers._package import OFFICE, Element, Parts
from despatch.writers._reference import WORD, w

if TYPE_CHECKING:
    from collections.abc import Iterable

    from despatch.writers._reference import Reference

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_ID = w("id")
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


class Earlier(NamedTuple):
    """The footnotes that a reference document has before the text: how many Word counts, and the last id up to there."""

    counted: int = 0
    last: int = 0


def earlier(parts: Parts, reference: Reference, before: Iterable[Element]) -> Earlier:
    """The footnotes in some blocks of a reference document."""
    marks = _marks(before)
    root = _read(parts, _package.part_for(parts, reference.document, "footnotes"))
    known = _own(root).keys() & set(map(_id, marks))
    return Earlier(sum(map(_counts, marks)), _last_id(_lines(root)) + len(known))


def _counts(mark: Element) -> bool:
    """Whether Word counts a footnote: not one with a mark of the designer's own, such as a star."""
    return mark.get(w("customMarkFollows"), "0") in ("0", "false", "off")


def _marks(blocks: Iterable[Element]) -> list[Element]:
    """The marks of footnotes, as they are read."""
    return [mark for block in blocks for mark in block.iter(w("footnoteReference"))]


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
    return max((int(number) for number in map(_id, footnotes) if number.isdecimal()), default=0)


def _root(name: str, content: str) -> Element:
    return _package.parse(f'<w:{name} xmlns:w="{WORD}" xmlns:r="{OFFICE}">{content}</w:{name}>'.encode())


def put(
    parts: Parts, reference: Reference, before: Iterable[Element], after: Iterable[Element], footnotes: str
) -> None:
    """Add footnotes, given as XML with ids after `earlier`, to those of the blocks before and after the text."""
    name = _package.part_for(parts, reference.document, "footnotes")
    root = _read(parts, name)
    _join(root, list(_root("footnotes", footnotes)), _marks(before), _marks(after))
    if name not in parts:
        _package.declare(parts, name, _TYPE)
    parts[name] = _package.serialise(root)
    _settle(parts, reference, root)


def _join(root: Element, notes: list[Element], before: list[Element], after: list[Element]) -> None:
    """Put footnotes among the reference document's own, and number these as their marks are read.

    Word would take any order; LibreOffice (7.4) gives each mark in turn the footnote that comes next, whatever the mark
    says.
    """
    lines = _lines(root)
    own = _own(root)
    left = dict(own)
    first, last = ([left.pop(each) for each in map(_id, marks) if each in left] for marks in (before, after))
    in_order = [*first, *notes, *last, *left.values()]
    root[:] = [*lines, *in_order]
    for number, each in enumerate(in_order, _last_id(lines) + 1):
        each.set(_ID, str(number))
    for mark in (*before, *after):
        mark.set(_ID, _id(own[_id(mark)]) if _id(mark) in own else "0")


def _own(root: Element) -> dict[str, Element]:
    """The reference document's own footnotes, by id."""
    return {_id(each): each for each in root if each.get(w("type"), "normal") == "normal"}


def _id(element: Element) -> str:
    return element.get(_ID, "")


def _lines(root: Element) -> list[Element]:
    """What stands above the footnotes."""
    return [each for each in root if each.get(w("type"), "normal") != "normal"]


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
                etree.SubElement(properties, w("footnote"), {_ID: _id(each)})
            parts[name] = _package.serialise(root)


def _comes_later(setting: Element) -> bool:
    name = str(setting.tag).removeprefix(w(""))
    return name in _LATER or name.startswith("{")
