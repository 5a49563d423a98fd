"""What a Word style looks like: by its own formatting, by the styles it is based on, and by the document's defaults."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from despatch.writers._package import Element, parse, related
from despatch.writers._reference import Reference, is_on, w

if TYPE_CHECKING:
    from collections.abc import Mapping

VAL = w("val")
POINTS_OF_LARGE, POINTS_OF_LARGE_BOLD = 18, 14
"""From these sizes on, text is large in the sense of the accessibility guidelines, and may have less contrast."""
WHITE, BLACK = "FFFFFF", "000000"
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def default_of(reference: Reference, kind: str) -> str:
    """The id of the style that everything of a type has which names no other; empty if there is none."""
    kept = (
        style_id
        for style_id, each in reference.by_id.items()
        if each.get(w("type")) == kind and each.get(w("default"), "0") in ("1", "true", "on")
    )
    return next(kept, "")


def found(reference: Reference, style_id: str, path: str) -> Element | None:
    """What says how a style looks in one respect, such as `rPr/sz`: nothing, where the whole document leaves it open."""
    names = "/".join(map(w, path.split("/")))
    kind = "rPr" if path.startswith("rPr") else "pPr"
    places = [*reference.chain(style_id), *reference.styles.iterfind(f"{w('docDefaults')}/{w(f'{kind}Default')}")]
    return next((each for place in places if (each := place.find(names)) is not None), None)


def points(reference: Reference, style_id: str) -> float:
    """The size of a style's letters."""
    size = found(reference, style_id, "rPr/sz")
    half_points = "20" if size is None else size.get(VAL, "")
    return int(half_points) / 2 if half_points.isdecimal() else 10


def is_bold(reference: Reference, style_id: str) -> bool:
    """Whether a style's letters are bold."""
    return is_on(found(reference, style_id, "rPr/b"))


def colour(reference: Reference, style_id: str) -> str:
    """The colour of a style's letters, as `RRGGBB`; empty where Word chooses one that can be read."""
    return _colour(found(reference, style_id, "rPr/color"), VAL)


def shading(reference: Reference, style_id: str) -> str:
    """The colour behind a paragraph style's letters; empty where there is none."""
    return _colour(found(reference, style_id, "pPr/shd"), w("fill"))


def header_shading(reference: Reference, style_id: str) -> str:
    """The colour behind the first row of a table style; empty where there is none."""
    rows = (
        each.find(f"{w('tblStylePr')}[@{w('type')}='firstRow']/{w('tcPr')}/{w('shd')}")
        for each in reference.chain(style_id)
    )
    return next((_colour(each, w("fill")) for each in rows if each is not None), "")


def _colour(element: Element | None, attribute: str) -> str:
    value = "" if element is None else element.get(attribute, "")
    return value.upper() if _COLOUR.fullmatch(value) else ""


def fonts(reference: Reference, style_id: str) -> set[str]:
    """The names of a style's fonts for Western letters."""
    named = found(reference, style_id, "rPr/rFonts")
    if named is None:
        return set()
    theme = _theme_fonts(reference)
    direct = {named.get(w(each), "") for each in ("ascii", "hAnsi") if not named.get(w(f"{each}Theme"))}
    themed = {theme.get(named.get(w(f"{each}Theme"), "")[:5], "") for each in ("ascii", "hAnsi")}
    return (direct | themed) - {""}


def _theme_fonts(reference: Reference) -> Mapping[str, str]:
    """The font of the theme for headings (`major`) and for text (`minor`)."""
    themes = [parse(reference.parts[name]) for name in related(reference.parts, reference.document, "theme")[:1]]
    paths = {kind: f".//{_DRAWING}{kind}Font/{_DRAWING}latin" for kind in ("major", "minor")}
    return {
        kind: latin.get("typeface", "")
        for each in themes
        for kind, path in paths.items()
        for latin in each.iterfind(path)
    }


def embedded_fonts(reference: Reference) -> set[str]:
    """The names of the fonts that the file carries with it."""
    tables = [parse(reference.parts[name]) for name in related(reference.parts, reference.document, "fontTable")]
    return {
        font.get(w("name"), "")
        for table in tables
        for font in table.iterfind(w("font"))
        if font.find(w("embedRegular")) is not None
    }


# Contrast, as the Web Content Accessibility Guidelines reckon it.


def contrast(one: str, other: str) -> float:
    """How much one colour stands out against another: from 1, not at all, to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return sum(share * each for share, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def wanted_contrast(reference: Reference, style_id: str) -> float:
    """The contrast that a style's letters need."""
    large = POINTS_OF_LARGE_BOLD if is_bold(reference, style_id) else POINTS_OF_LARGE
    return 3 if points(reference, style_id) >= large else 4.5


def readable(colour: str, background: str, wanted: float) -> str:
    """The colour, made as much darker or lighter as it must be to be read."""
    target = max((BLACK, WHITE), key=lambda each: contrast(each, background))
    shares = (number / 20 for number in range(21))
    mixed = (_mixed(colour, target, share) for share in shares)
    return next(each for each in mixed if contrast(each, background) >= wanted)


def _mixed(one: str, other: str, share: float) -> str:
    channels = ((int(one[place : place + 2], 16), int(other[place : place + 2], 16)) for place in (0, 2, 4))
    return "".join(f"{round(first + (second - first) * share):02X}" for first, second in channels)


# Which styles are in use.


def unused(reference: Reference, named: Iterable[str]) -> list[str]:
    """The names of the designer's own styles which no other in use needs, when those with these ids are named."""
    waiting = [*named, *_on_the_page(reference)]
    waiting += [default_of(reference, kind) for kind in ("paragraph", "character", "table", "numbering")]
    used: set[str] = set()
    while waiting:
        style = reference.by_id.get(style_id := waiting.pop())
        if style is not None and style_id not in used:
            used.add(style_id)
            waiting += [each.get(VAL, "") for name in ("basedOn", "next", "link") for each in style.iterfind(w(name))]
    own = [each for style_id, each in reference.by_id.items() if style_id not in used and is_own(each)]
    return sorted(name.get(VAL, "") for each in own for name in each.iterfind(w("name")))


def is_own(style: Element) -> bool:
    """Whether somebody made the style. The others come with Word, as do those that it links to a paragraph style."""
    is_companion = style.get(w("type")) == "character" and style.find(w("link")) is not None
    return style.get(w("customStyle"), "0") in ("1", "true", "on") and not is_companion


def _on_the_page(reference: Reference) -> Iterator[str]:
    """The ids of the styles that the text, the headers and the footers of the reference document are set in."""
    for name in reference.pages():
        for each in parse(reference.parts[name]).iter(w("pStyle"), w("rStyle"), w("tblStyle")):
            yield each.get(VAL, "")
