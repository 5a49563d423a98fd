"""The styles and lists of `plain` that a Word file of the office lacks, put into it as if they had been made there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import NamedTuple

from lxml import etree
from msgspec import Struct, field
from msgspec.structs import replace

from despatch import looks
from despatch.stripping import qualified
from despatch.style import Style
from despatch.writers import _package, _reference
from despatch.writers._package import OFFICE, Element
from despatch.writers._reference import Reference, style_type, w

NEAR = {
    "organisation": "organisation name|company name|company",
    "title": "document title|briefing title|report title|main title",
    "occasion": "subtitle|event",
    "date": "date",
    "standfirst": "introduction|intro|summary|abstract",
    "heading-1": "main heading|section heading|a heading",
    "heading-2": "subheading|sub-heading|b heading",
    "heading-3": "minor heading|c heading",
    "body": "body|text body|main text|normal text|paragraph",
    "attribution": "quote attribution|quotation attribution",
    "caption": "figure caption|table caption",
    "contact": "contact details|contacts",
    "bullet": "bullet|bullets|bullet 1|bullet list|bullet point|bullet points|bulleted list",
    "bullet-2": "bullet 2|bullet list 2|sub-bullet|sub bullet|dash",
    "bullet-3": "bullet 3|bullet list 3",
    "number": "number|numbered list|numbered paragraph|number list",
    "number-2": "number 2|numbered list 2",
    "table": "table grid|table",
    "table-header": "table header|table head|table heading",
    "table-cell": "table contents|table body",
    "strong": "bold|strong emphasis",
    "emphasis": "italic|italics",
    "link": "internet link",
    "footnote-text": "footnote",
    "footnote-mark": "footnote characters|footnote anchor",
    "quotation.body": "quote|quotations|block quote|block text|pull quote|intense quote",
}
"""What offices call the styles for some parts of the page, the likeliest name first."""
FOLLOWS = {"view.bullet": "bullet", "view.bullet-2": "bullet-2", "view.body": "body"}
"""Parts that look as others do, where the office has a style for those."""
_PARAGRAPH = "pStyle keepNext keepLines pageBreakBefore framePr widowControl"
_SHADED = f"{_PARAGRAPH} numPr suppressLineNumbers pBdr shd"
BEFORE = {
    "numPr": _PARAGRAPH,
    "tabs": _SHADED,
    "outlineLvl": f"""{_SHADED} tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN
        bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection
        textAlignment textboxTightWrap""",
    "color": """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid
        vanish webHidden""",
    "pPr": """name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked
        personal personalCompose personalReply rsid""",
    "rPr": """name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked
        personal personalCompose personalReply rsid pPr""",
    "pgSz": "headerReference footerReference footnotePr endnotePr type",
    "titlePg": """headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType
        pgNumType cols formProt vAlign noEndnote""",
}
"""What comes before an element in Word's own order, without which it calls a file damaged."""
_NUMBERING_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"


class Row(NamedTuple):
    """A part of the page, the Word style that prints it, and how that was found."""

    part: str
    name: str
    how: str


def match(office: Reference, plain: Style, part: str) -> tuple[str, str]:
    """The office's style for a part of the page, by its id, and how it was found; two empty strings if it has none."""
    kind, name = style_type(part), str(plain.word[part])
    if found := office.ids.get((kind, name.casefold())):
        return found, "as named"
    known = {known: style_id for (each, known), style_id in office.ids.items() if each == kind}
    for near in (name.casefold(), *NEAR.get(part, "").split("|")):
        fits = [each for each in known if near and (_bare(each) == _bare(near) or _ends(each, near))]
        if fits:
            return known[min(fits, key=len)], f"nearest to “{name}”"
    return "", ""


def _ends(name: str, near: str) -> bool:
    """Whether a name only says more than another: `council bullet`. Word's own `List Paragraph` is set in, as no text is."""
    return name.endswith(f" {near}") and not (near == "paragraph" and name.startswith(("list", "number", "bullet")))


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", name)


class Graft(Struct, frozen=True):
    """Styles of `plain` put into the office's file, as if they had been made there."""

    office: Reference
    plain: Reference
    scale: float
    """How large the office's text is beside that of `plain`."""
    styles: dict[str, str] = field(default_factory=dict)
    """The ids in the office's file of the styles of `plain`."""
    lists: dict[str, str] = field(default_factory=dict)
    """The numbers there of its lists."""

    @classmethod
    def of(cls, office: Reference, plain: Reference) -> Graft:
        """Ready to put styles of one into the other."""
        body = office.ids.get(("paragraph", "body text")) or looks.default_of(office, "paragraph")
        size = looks.points(plain, plain.style_id("paragraph", "Body Text"))
        return cls(office, plain, looks.points(office, body) / size)

    def rows(self, plain: Style) -> Iterator[Row]:
        """Every part of the page with its style, which is in the office's file from then on."""
        matches = {part: match(self.office, plain, part) for part in plain.word}
        for part, other in FOLLOWS.items():
            if part in matches and not matches[part][0]:
                matches[part] = (matches[other][0], f"as `{other}`")
        for part, (style_id, how) in matches.items():
            if style_id and how == "as named":
                self.styles.setdefault(self.plain.style_id(style_type(part), str(plain.word[part])), style_id)
        for part, (style_id, how) in matches.items():
            own = self.plain.style_id(style_type(part), str(plain.word[part]))
            mended = self.mended(part, style_id, own) if style_id else ""
            used = style_id or self.style(own)
            yield Row(part, self.name(used), f"{how}{mended}" if style_id else "added from plain")

    def name(self, style_id: str) -> str:
        """What Word calls a style of the office's file, in its menus."""
        style = self.office.by_id[style_id]
        name = next(style.iterfind(w("name"))).get(looks.VAL, "")
        return name.title() if name.islower() and not looks.is_own(style) else name

    def mended(self, part: str, style_id: str, own: str) -> str:
        """What the office's style for a part lacked and now has from `plain`, in words."""
        bare = part.rpartition(".")[2]
        if bare.startswith("heading-") and looks.found(self.office, style_id, "pPr/outlineLvl") is None:
            level = etree.Element(w("outlineLvl"), {looks.VAL: str(int(bare[-1]) - 1)})
            insert(properties(self.office.by_id[style_id], "pPr"), level)
            return ", made a heading"
        if bare.startswith(("bullet", "number")) and self.office.numbering_of(style_id) is None:
            old = self.plain.numbering_of(own)
            if old is not None:
                self.number(style_id, old)
                return ", with the list of plain"
        return ""

    def number(self, style_id: str, old: _reference.Numbering) -> None:
        """Link a style of the office's to a list of `plain`."""
        own = properties(self.office.by_id[style_id], "pPr")
        remove_all(own, "numPr")
        numbering = etree.Element(w("numPr"))
        etree.SubElement(numbering, w("ilvl"), {looks.VAL: old.level})
        etree.SubElement(numbering, w("numId"), {looks.VAL: self.list(old.number)})
        insert(own, numbering)

    def style(self, own: str) -> str:
        """The id in the office's file of a style of `plain`, which is put there if it is not."""
        if own not in self.styles:
            old = self.plain.by_id[own]
            kind, name = old.get(w("type"), ""), next(old.iterfind(w("name"))).get(looks.VAL, "")
            known = looks.default_of(self.office, kind) if old.get(w("default")) else ""
            self.styles[own] = (
                known or self.office.ids.get((kind, name.casefold()), "") or self.added(own, old, kind, name)
            )
        return self.styles[own]

    def added(self, own: str, old: Element, kind: str, name: str) -> str:
        """The id of a copy of a style of `plain`, and of what that needs."""
        new = deepcopy(old)
        style_id = self.styles[own] = own if own not in self.office.by_id else f"Despatch{own}"
        new.set(w("styleId"), style_id)
        self.office.by_id[style_id] = new
        self.office.ids[kind, name.casefold()] = style_id
        self.office.styles.append(new)
        for each in new.iterchildren(w("basedOn"), w("next"), w("link")):
            each.set(looks.VAL, self.style(each.get(looks.VAL, "")))
        for each in new.iterfind(f"{w('pPr')}/{w('numPr')}/{w('numId')}"):
            each.set(looks.VAL, self.list(each.get(looks.VAL, "")))
        self.fit(new)
        return style_id

    def fit(self, style: Element) -> None:
        """Give a style the office's fonts, and sizes that stand to its text as they did to that of `plain`."""
        for letters in style.iterfind(w("rPr")):
            remove_all(letters, "rFonts")
            for each in letters.iterchildren(w("sz"), w("szCs")):
                each.set(looks.VAL, str(max(18, round(int(each.get(looks.VAL, "22")) * self.scale))))

    def list(self, old: str) -> str:
        """The number in the office's file of a list of `plain`, which is put there if it is not."""
        if old not in self.lists and self.office.numbering is not None and self.plain.numbering is not None:
            known = [int(number) for number in self.office.lists if number.isdecimal()]
            self.lists[old] = number = str(max(known, default=0) + 1)
            self.office.lists[number] = self.definition(self.plain.lists[old])
            new = etree.SubElement(self.office.numbering, w("num"), {w("numId"): number})
            etree.SubElement(new, w("abstractNumId"), {looks.VAL: self.office.lists[number]})
        return self.lists.get(old, old)

    def definition(self, old: str) -> str:
        """The number of a copy of a list's definition."""
        numbering = self.office.numbering
        if numbering is None or self.plain.numbering is None:
            return old
        known = [each.get(w("abstractNumId"), "") for each in numbering.iterfind(w("abstractNum"))]
        new = deepcopy(next(each for each in self.plain.numbering if each.get(w("abstractNumId")) == old))
        number = str(max((int(each) for each in known if each.isdecimal()), default=-1) + 1)
        new.set(w("abstractNumId"), number)
        numbering.insert(len(numbering.findall(w("numPicBullet"))) + len(known), new)
        return number


def link_levels(graft: Graft) -> None:
    """Say in each list of `plain` which style has which level. Word goes by that, and not by what the styles say."""
    levels: dict[tuple[str, str], str] = {}
    for style_id in graft.office.by_id:
        if linked := graft.office.numbering_of(style_id):
            levels.setdefault((graft.office.lists[linked.number], linked.level), style_id)
    added = {graft.office.lists[number] for number in graft.lists.values()}
    for definition in () if graft.office.numbering is None else graft.office.numbering.iterfind(w("abstractNum")):
        number = definition.get(w("abstractNumId"), "")
        for each in definition.iterfind(f"{w('lvl')}/{w('pStyle')}") if number in added else ():
            level = next(each.iterancestors()).get(w("ilvl"), "")
            if known := levels.get((number, level)):
                each.set(looks.VAL, known)
            else:
                _drop(each)


def remove_all(parent: Element, name: str) -> None:
    """Take out every child with a name in Word’s namespace."""
    for each in parent.findall(w(name)):
        parent.remove(each)


def _drop(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def properties(style: Element, kind: str) -> Element:
    """A style's own `pPr` or `rPr`, made if it has none."""
    found = style.find(w(kind))
    if found is None:
        found = etree.Element(w(kind))
        insert(style, found)
    return found


def insert(parent: Element, child: Element) -> None:
    """Put an element in its place in Word's order."""
    names = qualified(BEFORE[etree.QName(child).localname])
    parent.insert(sum(each.tag in names for each in parent), child)


# The file as a whole.


def made_whole(office: Reference) -> Reference:
    """The file with a default style, a language and a part for lists."""
    styles = office.styles
    if styles.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}") is None:
        _add_defaults(styles)
    for letters in styles.iterfind(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}"):
        etree.SubElement(letters, w("lang"), {looks.VAL: "en-GB", w("eastAsia"): "en-GB", w("bidi"): "ar-SA"})
    if not looks.default_of(office, "paragraph") and (normal := office.ids.get(("paragraph", "normal"))):
        office.by_id[normal].set(w("default"), "1")
    for style in office.by_id.values():
        for name in ("basedOn", "next", "link"):
            for each in [each for each in style.iterfind(w(name)) if each.get(looks.VAL) not in office.by_id]:
                style.remove(each)
    if office.numbering is not None:
        return office
    part = add_part(office, "numbering", _NUMBERING_TYPE)
    relationship(office, "numbering", part)
    return replace(office, numbering=etree.Element(w("numbering"), nsmap={"w": _reference.WORD}), numbering_part=part)


def _add_defaults(styles: Element) -> None:
    """Say what all text looks like, in the document's language."""
    defaults = styles.find(w("docDefaults"))
    if defaults is None:
        defaults = etree.Element(w("docDefaults"))
        styles.insert(0, defaults)
    remove_all(defaults, "rPrDefault")
    letters = etree.Element(w("rPrDefault"))
    etree.SubElement(letters, w("rPr"))
    defaults.insert(0, letters)


def add_part(office: Reference, name: str, content_type: str) -> str:
    """The name of a new part, which stands in the list of contents from then on."""
    folder = office.document.rpartition("/")[0]
    part = f"{folder}/{name}.xml".lstrip("/")
    _package.declare(office.parts, part, content_type)
    return part


def relationship(office: Reference, kind: str, part: str) -> str:
    """The id by which the document leads to a part."""
    relationships = _package.Relationships.of(office.parts, office.document)
    number = relationships.relate(f"{OFFICE}/{kind}", part.rpartition("/")[2])
    office.parts[_package.relationships_part(office.document)] = _package.serialise(relationships.root)
    return number


def put_back(office: Reference) -> None:
    """Write the styles and the lists into the package."""
    office.parts[office.styles_part] = _package.serialise(office.styles)
    if office.numbering is not None:
        office.parts[office.numbering_part] = _package.serialise(office.numbering)
