"""What `style check` says of a house style before anything is built: what it lacks, what is unused, what is hard to read.

What would stop a build, `build` itself finds; this adds what a designer wants to know beside that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from msgspec import Struct
from msgspec.structs import fields

from despatch import looks
from despatch.build import TEMPLATES, style_faults
from despatch.diagnostics import Diagnostic, Diagnostics, Severity, Span, did_you_mean
from despatch.document import GroupRole, Properties
from despatch.kinds import all_kinds
from despatch.kinds.positions import Operation
from despatch.parliament import Stance, Vote
from despatch.stripping import target
from despatch.style import NOTE_PARTS, OPERATIONS, PROPOSALS, SUBJECTS, WORD_PARTS, Style, load_style, names, shipped
from despatch.workspace import Workspace
from despatch.writers import _package, _reference
from despatch.writers._package import Element
from despatch.writers._reference import Reference, is_on, style_type, w

if TYPE_CHECKING:
    from despatch.content import Label

PAPER = (11906, 16838)
"""A4, in twentieths of a point."""
SLACK = 20  # programs round millimetres in their own ways
SMALLEST = 9
"""The smallest letters, in points, that are easily read on paper."""
COMMON_FONTS = frozenset(
    ("Aptos", "Arial", "Arial Narrow", "Book Antiqua", "Bookman Old Style", "Calibri", "Calibri Light", "Cambria", "Candara",
     "Century Gothic", "Consolas", "Constantia", "Corbel", "Courier New", "Franklin Gothic Book", "Garamond", "Georgia",
     "Gill Sans MT", "Liberation Sans", "Liberation Serif", "Palatino Linotype", "Segoe UI", "Symbol", "Tahoma",
     "Times New Roman", "Trebuchet MS", "Verdana", "Wingdings")
)  # fmt: skip
"""Fonts that Word or LibreOffice brings to nearly every computer."""


def checked(workspace: Workspace, asked: list[str]) -> Diagnostics:
    """What there is to say of the styles named, or of all there are."""
    found: Diagnostics = []
    for name in asked or names(workspace.templates):
        style, faults = load_style(name, workspace.templates, Span(Path("--style"), 0))
        found += faults + (faults_of(style) if style else [])
    return sorted(dict.fromkeys(found), key=lambda each: each.order)


def faults_of(style: Style) -> Diagnostics:
    """Everything that is wrong with a style's files, or might be better."""
    grave = style_faults(style, TEMPLATES)
    unusable = {each.span.path.name for each in grave if each.rule == "unreadable-template"}
    found = [*grave, *_unknown_parts(style)]
    pages = [name for name in ("md", "html") if TEMPLATES[name] not in unusable]
    found += [each for name in pages for each in _unknown_names(style, name)]
    found += _undressed(style) if "html" in pages else []
    if _reference.NAME not in unusable:
        found += _WordFile(style, _reference.read(style)).faults()
    return found


# style.yaml.


def _unknown_parts(style: Style) -> Iterator[Diagnostic]:
    """Lines of `style.yaml` that nothing uses."""
    places = (
        ("word", style.word, _parts()),
        ("labels: proposal", style.labels.proposal, {*PROPOSALS, *SUBJECTS}),
        ("labels: subjects", style.labels.subjects, {*SUBJECTS}),
        ("labels: operations", style.labels.operations, {*get_args(Operation), *OPERATIONS}),
        ("labels: stances", style.labels.stances, {*get_args(Stance)}),
        ("labels: votes", style.labels.votes, {*get_args(Vote)}),
        ("labels: sections", style.labels.sections, {*all_kinds()}),
    )
    for place, written, known in places:
        for name in written:
            if name not in known:
                advice = did_you_mean(name, known) or "Delete the line."
                message = f"Nothing uses `{name}` under `{place}`."
                yield Diagnostic("unknown-part", _span(style, name, written[name]), message, advice, "warning")


def _span(style: Style, name: str, label: Label) -> Span:
    """Where a name stands in `style.yaml`: it knows that itself, unless it was made by a program."""
    return getattr(name, "span", None) or getattr(label, "span", None) or Span(style.folder / "style.yaml")


def _parts() -> set[str]:
    """Every part of the page that a Word style may be named for, alone and in each group."""
    style, _ = load_style("plain", shipped(), Span(shipped()))
    written = style.word if style else ()
    single = {*WORD_PARTS, *NOTE_PARTS, *(part for part in written if "." not in part)}
    grouped = {f"{group}.{part}" for group in get_args(GroupRole) for part in single}
    return single | grouped | {*written}


# The page templates.


def _unknown_names(style: Style, format: str) -> Iterator[Diagnostic]:
    """What a page template asks for, in whatever case, that no page has."""
    path = style.folder / TEMPLATES[format]
    page, properties = frozenset(each for _, each in _loaded(shipped() / "plain" / path.name)), _properties()
    asked = {(line, name, page) for line, name in _loaded(path)} | {(*each, properties) for each in _attributes(path)}
    for line, name, known in sorted(asked, key=lambda each: each[:2]):
        if name not in known:
            advice = did_you_mean(name, known) or f"It may ask for {', '.join(sorted(known))}."
            yield Diagnostic("unreadable-template", Span(path, line), f"No page has a `{name}`.", advice)


def _properties() -> frozenset[str]:
    return frozenset(each.name for each in fields(Properties))


def _loaded(template: Path) -> set[tuple[int, str]]:
    """The names that a page template uses and does not make, and their lines."""
    from jinja2 import nodes  # imported here because it takes 70 ms
    from jinja2.defaults import DEFAULT_NAMESPACE

    found = list(_tree(template).find_all(nodes.Name))
    made = {each.name for each in found if each.ctx != "load"} | DEFAULT_NAMESPACE.keys() | {"loop"}
    return {(each.lineno, each.name) for each in found if each.name not in made}


def _attributes(template: Path) -> set[tuple[int, str]]:
    """Which of the properties a page template uses, and their lines."""
    from jinja2 import nodes

    found = _tree(template).find_all(nodes.Getattr)
    named = (each for each in found if isinstance(each.node, nodes.Name) and each.node.name == "properties")
    return {(each.lineno, each.attr) for each in named}


def _tree(template: Path) -> Any:
    from jinja2 import Environment

    return Environment(autoescape=True).parse(template.read_text(encoding="utf-8"))


def _undressed(style: Style) -> Iterator[Diagnostic]:
    """Parts of the page that the plain style gives a look, and this style's CSS does not."""
    path, plain = style.folder / "page.css", shipped() / "plain" / "page.css"
    if not path.is_file():
        return
    missing = sorted(_classes(plain) - _classes(path))
    if missing:
        listed = ", ".join(f"`.{each}`" for each in missing)
        message = f"Nothing is said of {listed}: these look like any other text on the HTML page."
        yield Diagnostic("unstyled-class", Span(path), message, "See page.css of the plain style.", "advice")


def _classes(css: Path) -> set[str]:
    text = re.sub(r"/\*.*?\*/", "", css.read_text(encoding="utf-8", errors="replace"), flags=re.DOTALL)
    return set(re.findall(r"\.([A-Za-z][\w-]*)", text))


# reference.docx.


class _WordFile(Struct, frozen=True, dict=True):
    """A style's reference document, with what it is looked at for."""

    style: Style
    reference: Reference

    def faults(self) -> Diagnostics:
        """What is to be said of it, in no order."""
        found = (self.unfit(), self.unused(), self.placeholders(), self.marks(), self.paper(), self.language())
        return [
            fault for each in (*found, self.unreadable(), self.small(), self.rare(), self.personal()) for fault in each
        ]

    def fault(
        self, rule: str, message: str, advice: str, severity: Severity = "warning", named: Label | None = None
    ) -> Diagnostic:
        """A diagnostic about the Word file, with the place in `style.yaml` that names the style concerned."""
        span = getattr(named, "span", None)
        related = (("style.yaml names it here", span),) if span else ()
        return Diagnostic(rule, Span(self.style.folder / _reference.NAME), message, advice, severity, related)

    @cached_property
    def named(self) -> dict[str, tuple[str, Label]]:
        """The styles that `style.yaml` names and the Word file has, by id: a part of the page, and the name."""
        kept: dict[str, tuple[str, Label]] = {}
        for part, name in self.style.word.items():
            style_id = self.reference.ids.get((style_type(part), name.casefold()))
            if style_id is not None:
                kept.setdefault(style_id, (part, name))
        return kept

    @cached_property
    def text(self) -> str:
        """All words of its pages."""
        return "".join(self.words(name) for name in self.reference.pages())

    def words(self, part: str) -> str:
        """The words of one part, with nothing between runs of text."""
        root = _package.parse(self.reference.parts[part])
        return "".join(each.text or "" for each in root.iter(w("t")))

    # Styles.

    def unfit(self) -> Iterator[Diagnostic]:
        """Headings that no list of contents would show, text that Word hides, and styles based on one that is not there."""
        for style_id, (part, name) in self.named.items():
            if part.rpartition(".")[2].startswith("heading-") and not self.is_heading(style_id):
                advice = "Give it an outline level in Word: Modify Style, Format, Paragraph."
                message = (
                    f"`{name}` prints headings, but has no outline level: no reader could jump from one to the next."
                )
                yield self.fault("unfit-word-style", message, advice, named=name)
            if is_on(looks.found(self.reference, style_id, "rPr/vanish")):
                message = f"`{name}` is hidden text: what is printed in it cannot be seen."
                advice = "In Word: Modify Style, Format, Font, and clear Hidden."
                yield self.fault("unfit-word-style", message, advice, "error", name)
        for style_id, style in self.reference.by_id.items():
            for each in style.iterfind(w("basedOn")):
                if each.get(looks.VAL) not in self.reference.by_id:
                    message = f"`{self.name(style_id)}` is based on a style that the Word file does not have."
                    yield self.fault("unfit-word-style", message, "Choose another one in Word, under “Style based on”.")

    def name(self, style_id: str) -> str:
        """What Word calls a style."""
        names = self.reference.by_id[style_id].iterfind(w("name"))
        return next((each.get(looks.VAL, "") for each in names), style_id)

    def is_heading(self, style_id: str) -> bool:
        """Whether Word takes text in a style for a heading."""
        level = looks.found(self.reference, style_id, "pPr/outlineLvl")
        return level is not None and level.get(looks.VAL, "9") in "012345678"

    def unused(self) -> Iterator[Diagnostic]:
        """The designer's own styles that print nothing."""
        for name in looks.unused(self.reference, self.named):
            advice = "Name it under `word:`, or delete it in Word."
            yield self.fault("unused-word-style", f"Nothing is printed in the Word style `{name}`.", advice, "advice")

    # What is filled in.

    def placeholders(self) -> Iterator[Diagnostic]:
        """Words that a briefing has ready and that neither the Word file nor a page prints."""
        asked = self.asked()
        if _reference.CONTENT not in asked:
            message = "No paragraph says `{{content}}`, so the text comes after all that the Word file holds."
            yield self.fault("missing-placeholder", message, "Write it where the text is to stand.")
        plain, _ = load_style("plain", shipped(), Span(shipped()))
        usual = _WordFile(plain, _reference.read(plain)).asked() if plain else set()
        for name in sorted(usual - asked - {_reference.CONTENT, "draft"}):
            message = f"`{{{{{name}}}}}` stands in no header, no footer and no page template."
            yield self.fault("missing-placeholder", message, "Write it where it is to be printed.", "advice")

    def asked(self) -> set[str]:
        """What the Word file and the page templates have filled in."""
        pages = "".join(_read(self.style.folder / TEMPLATES[name]) for name in ("md", "html"))
        words = [*re.findall(r"\{\{\s*(\w+)\s*\}\}", self.text), *re.findall(r"properties\.(\w+)", pages)]
        return {each for each in words if each in _reference.PLACEHOLDERS}

    def marks(self) -> Iterator[Diagnostic]:
        """Pages of which neither the header nor the footer would say that they are a draft's."""
        for where, parts in furniture(self.reference):
            if "{{draft}}" not in "".join(self.words(part) for part in parts).replace(" ", ""):
                message = (
                    f"Neither header nor footer of {where} says `{{{{draft}}}}`: a draft would not be marked there."
                )
                yield self.fault("missing-placeholder", message, "Write it in that header, in a paragraph of its own.")

    # The page.

    def paper(self) -> Iterator[Diagnostic]:
        """Paper that no printer in Westminster has."""
        for size in _package.parse(self.reference.parts[self.reference.document]).iter(w("pgSz")):
            measures = [size.get(w(name), "") for name in ("w", "h")]
            sides = sorted(int(each) for each in measures if each.isdecimal())
            if len(sides) == 2 and any(abs(side - a4) > SLACK for side, a4 in zip(sides, PAPER, strict=True)):
                millimetres = " by ".join(str(round(side * 25.4 / 1440)) for side in sides)
                message = f"The page is {millimetres} mm, which is not A4."
                yield self.fault("unfit-page", message, "In Word: Layout, Size, A4.")

    def language(self) -> Iterator[Diagnostic]:
        """Text that would not be in the briefing's language."""
        if self.reference.styles.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}") is None:
            message = "The Word file has no language, so that nothing reads a briefing aloud as it should be."
            yield self.fault("unfit-page", message, "In Word: Review, Language, and make English (UK) the default.")
        for style_id in {
            each.get(w("styleId"), ""): None for named in self.named for each in self.reference.chain(named)
        }:
            language = self.reference.by_id[style_id].find(f"{w('rPr')}/{w('lang')}")
            own = "en-GB" if language is None else language.get(looks.VAL, "en-GB")
            if own != "en-GB":
                message = f"`{self.name(style_id)}` has a language of its own, `{own}`, in place of the briefing’s."
                yield self.fault("unfit-page", message, "In Word: Modify Style, Format, Language.")

    # What a reader sees.

    def unreadable(self) -> Iterator[Diagnostic]:
        """Letters that hardly stand out against what is behind them."""
        for each in faint(self.reference, self.style):
            message = f"`{each.name}` is printed in {each.colour} on {each.background}, a contrast of {each.contrast:.1f} to 1."
            advice = f"It needs {each.wanted:g} to 1: {each.better} would do."
            yield self.fault("hard-to-read", message, advice, named=each.name)

    def small(self) -> Iterator[Diagnostic]:
        """Letters that are too small on paper."""
        for style_id, (part, name) in self.named.items():
            size = looks.points(self.reference, style_id)
            if style_type(part) == "paragraph" and size < SMALLEST:
                message = f"`{name}` is printed in {size:g} points."
                yield self.fault("hard-to-read", message, f"Make it {SMALLEST} points or more.", "advice", name)

    def rare(self) -> Iterator[Diagnostic]:
        """Fonts that a reader's computer may not have."""
        known = COMMON_FONTS | looks.embedded_fonts(self.reference)
        used = {font for each in self.named for font in looks.fonts(self.reference, each)}
        for font in sorted(used - known):
            message = f"Few computers have the font {font}; others print something else."
            advice = "In Word: File, Options, Save, Embed fonts in the file; or choose a common one."
            yield self.fault("hard-to-read", message, advice, "advice")

    # What travels with the file.

    def personal(self) -> Iterator[Diagnostic]:
        """Names of people and of folders that are left in the file."""
        for what, where in left_in(self.reference):
            message = f"The Word file still holds {what}."
            yield self.fault("personal-details", message, where, "advice" if "author" in what else "warning")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


class Faint(Struct, frozen=True):
    """A style whose letters hardly stand out, and a colour in which they would."""

    style_id: str
    name: Label
    colour: str
    background: str
    contrast: float
    wanted: float
    better: str


def faint(reference: Reference, style: Style) -> Iterator[Faint]:
    """The styles that a style names whose letters have too little contrast."""
    seen: set[str] = set()
    for part, name in style.word.items():
        kind = style_type(part)
        style_id = reference.ids.get((kind, name.casefold()), "")
        colour = looks.colour(reference, style_id) if kind != "table" and style_id not in seen else ""
        seen.add(style_id)
        if colour:
            background = _background(reference, style, part, style_id, colour)
            wanted, has = looks.wanted_contrast(reference, style_id), looks.contrast(colour, background)
            if has < wanted:
                yield Faint(style_id, name, colour, background, has, wanted, looks.readable(colour, background, wanted))


def _background(reference: Reference, style: Style, part: str, style_id: str, colour: str) -> str:
    """The colour behind a style's letters; for letters inside other text, the one on which they stand out least."""
    if style_type(part) == "paragraph":
        row = _first_row(reference, style) if part.startswith("table-header") else ""
        return looks.shading(reference, style_id) or row or looks.WHITE
    around = [reference.ids.get(("paragraph", name.casefold()), "") for name in style.word.values()]
    behind = {looks.shading(reference, each) for each in around if not looks.colour(reference, each)}
    grounds = {looks.WHITE, _first_row(reference, style), *behind} - {""}
    return min(sorted(grounds), key=lambda each: looks.contrast(colour, each))


def _first_row(reference: Reference, style: Style) -> str:
    """The colour behind the words of a table's first row."""
    return looks.header_shading(reference, reference.ids.get(("table", style.word_style("table").casefold()), ""))


def furniture(reference: Reference) -> Iterator[tuple[str, list[str]]]:
    """The sorts of page that must be marked, in words, and the parts that are their header and footer.

    A first page that begins with the title block is marked by that.
    """
    root = _package.parse(reference.parts[reference.document])
    targets, (_, above) = _targets(reference), _reference.place(root)
    for section in list(root.iter(w("sectPr")))[-1:]:
        for kind, where in page_kinds(reference, section).items():
            if kind == "first" and not above:
                continue
            used = [each for each in section if each.tag in (w("headerReference"), w("footerReference"))]
            ids = [each.get(f"{{{_package.OFFICE}}}id", "") for each in used if each.get(w("type")) == kind]
            yield where, [targets[each] for each in ids if targets.get(each) in reference.parts]


def page_kinds(reference: Reference, section: Element) -> dict[str, str]:
    """The sorts of page that a section tells apart, as Word names them, and each in words."""
    settings = _package.related(reference.parts, reference.document, "settings")
    even = [_package.parse(reference.parts[name]).find(w("evenAndOddHeaders")) for name in settings]
    kinds = {"default": "most pages"}
    if is_on(section.find(w("titlePg"))):
        kinds["first"] = "the first page"
    if any(map(is_on, even)):
        kinds["even"] = "even pages"
    return kinds


def _targets(reference: Reference) -> dict[str, str]:
    """The parts that the document's relationships lead to, by id."""
    root = _package.Relationships.of(reference.parts, reference.document).root
    return {each.get("Id", ""): target(reference.document, each) for each in root}


def left_in(reference: Reference) -> Iterator[tuple[str, str]]:
    """What of a person or an office is left in the file's properties and settings, and how it is taken out."""
    inspect = "In Word: File, Info, Check for Issues, Inspect Document."
    parts = reference.parts
    for root in _roots(parts, "", "core-properties"):
        people = {each.text for each in root if each.tag.endswith(("}creator", "}lastModifiedBy")) and each.text}
        if people:
            yield f"the name of an author, {' and '.join(sorted(people))}", inspect
    for root in _roots(parts, "", "custom-properties"):
        for each in root:
            yield f"a property of its own, “{each.get('name', '')}”, which every briefing would carry", inspect
    for root in _roots(parts, reference.document, "settings"):
        yield from _in_settings(root)
    for kind in ("comments", "people"):
        if any(True for each in _roots(parts, reference.document, kind) for _ in each):
            yield f"{kind}, which every briefing would carry", inspect


def _in_settings(root: Element) -> Iterator[tuple[str, str]]:
    if root.find(w("attachedTemplate")) is not None:
        yield "the place of the template it was made from", "In Word: Developer, Document Template, and choose Normal."
    if root.find(w("docVars")) is not None or root.find(w("mailMerge")) is not None:
        yield "data of a mail merge or of another program", "In Word: Mailings, Start Mail Merge, Normal Word Document."


def _roots(parts: Any, part: str, kind: str) -> Iterator[Element]:
    return (_package.parse(parts[name]) for name in _package.related(parts, part, kind) if name in parts)
