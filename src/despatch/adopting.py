"""A house style begun from a Word file of the office: its look, its styles mapped by name, and what it lacks from `plain`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from despatch import looks
from despatch.content import Label
from despatch.diagnostics import Diagnostic, Span
from despatch.furnishing import a4, furnished, kept, to_type
from despatch.grafting import Graft, Row, insert, link_levels, made_whole, match, properties, put_back, remove_all
from despatch.source import Scalar, as_yaml, splice
from despatch.stripping import stripped
from despatch.style import Style, load_style, shipped
from despatch.styling import faint
from despatch.writers import _package, _reference
from despatch.writers._package import Parts, UnreadableError
from despatch.writers._reference import Reference, style_type, w

if TYPE_CHECKING:
    from pathlib import Path


class Begun(Struct, frozen=True):
    """A new style: its files by name, which style of a Word file prints what, and what an officer should know."""

    files: dict[str, bytes]
    rows: tuple[Row, ...] = ()
    unused: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def copied(style: Style, name: str, organisation: str) -> Begun:
    """A style that is the same as another one, with the name of another body if one is given."""
    paths = [path for path in style.folder.iterdir() if path.is_file() and not path.name.startswith(".")]
    files = {path.name: path.read_bytes() for path in paths}
    files["style.yaml"] = _written(style, name, organisation or str(style.organisation), {}).encode()
    return Begun(files, remarks=_whose(style, organisation))


def adopted(path: Path, name: str, organisation: str) -> Begun | Diagnostic:
    """A style that looks as a Word file of the office does, or why there is none."""
    plain, faults = load_style("plain", shipped(), Span(shipped()))
    if plain is None:
        return faults[0]
    try:
        parts = _package.unpack(path)
        return _adopted(_reference.taken_apart(parts), plain, name, organisation or _company(parts))
    except UnreadableError as error:
        advice = "Open it in Word, save it as Word Document (.docx), and begin from that."
        return Diagnostic("unreadable-file", Span(path), f"This file {error}.", advice)


def _adopted(old: Reference, plain: Style, name: str, organisation: str) -> Begun:
    body = str(organisation or plain.organisation)
    left = stripped(old.parts, _said(old, plain), body)
    office = made_whole(_reference.taken_apart(left.parts))
    graft = Graft.of(office, _reference.read(plain))
    rows = tuple(graft.rows(plain))
    link_levels(graft)
    remarks = [*left.remarks, *a4(office), *kept(office), *furnished(graft)]
    word = {row.part: row.name for row in rows}
    style = replace(plain, word={part: _as_label(each) for part, each in word.items()})
    remarks += [*_darkened(office, style), *to_type(office), *_whose(plain, organisation)]
    put_back(office)
    files = {each: (plain.folder / each).read_bytes() for each in ("page.css", "page.html.j2", "page.md.j2")}
    files[_reference.NAME] = _package.pack(office.parts)
    files["style.yaml"] = _written(plain, name, body, word).encode()
    used = [office.style_id(style_type(part), each) for part, each in word.items()]
    return Begun(files, rows, tuple(looks.unused(office, used)), tuple(remarks))


def _as_label(name: str) -> Label:
    return Label(Scalar(name))


def _whose(style: Style, organisation: str) -> tuple[str, ...]:
    if organisation:
        return ()
    return (f"The organisation is “{style.organisation}”: say whose style it is under `organisation:` in style.yaml.",)


def _company(parts: Parts) -> str:
    """The body that the file's properties name, if they name one."""
    roots = (
        _package.parse(parts[name]) for name in _package.related(parts, "", "extended-properties") if name in parts
    )
    return next(
        (each.text.strip() for root in roots for each in root if each.tag.endswith("}Company") and each.text), ""
    )


def _said(old: Reference, plain: Style) -> dict[str, str]:
    """What the file says of one debate that its headers may repeat, by the placeholder that stands for it."""
    styles = {part: match(old, plain, part)[0] for part in _reference.PLACEHOLDERS if part in plain.word}
    body = _package.parse(old.parts[old.document])
    said: dict[str, str] = {}
    for paragraph in body.iter(w("p")):
        named = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        words = "".join(each.text or "" for each in paragraph.iter(w("t"))).strip()
        part = next(
            (part for part, each in styles.items() if each and named is not None and named.get(looks.VAL) == each), ""
        )
        if part and len(words) > 3:
            said.setdefault(part, words.removeprefix(f"{plain.labels.contact}: "))
    return said


# style.yaml.


def _written(style: Style, name: str, organisation: str, word: Mapping[str, str]) -> str:
    """The source style's `style.yaml` with other names in it; comments and order stay."""
    source = style.organisation.source
    edits = [_edit(style.organisation, organisation)] if organisation != style.organisation else []
    edits += [_edit(label, word[part]) for part, label in style.word.items() if word.get(part, label) != label]
    return splice(source.text, edits).replace(f"the {style.folder.name} style.", f"the {name} style.", 1)


def _edit(label: Label, words: str) -> tuple[int, int, str]:
    return label.start, label.end, as_yaml(words, in_flow=True)


# Colours.


def _darkened(office: Reference, style: Style) -> Iterator[str]:
    """Make letters that hardly stand out as much darker or lighter as they must be."""
    for each in list(faint(office, style)):
        letters = properties(office.by_id[each.style_id], "rPr")
        remove_all(letters, "color")
        insert(letters, etree.Element(w("color"), {looks.VAL: each.better}))
        yield (
            f"`{each.name}` was {each.colour} on {each.background}, {each.contrast:.1f} to 1, too faint for some readers: "
            f"it is now {each.better}."
        )
