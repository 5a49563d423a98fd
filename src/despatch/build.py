"""From a brief to files: read, tailor, select, assemble, write. Everything is made before anything is written."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from despatch.assemble import assemble, printed_facts, word_count
from despatch.content import Brief, Choice, Fact, Library, TopicId
from despatch.diagnostics import Diagnostic, Diagnostics, Span, has_errors
from despatch.document import Document
from despatch.load import load_brief, topic_faults
from despatch.select import Selection, select
from despatch.source import Scalar, Source, scalar_at
from despatch.style import Style, load_style
from despatch.values import unreadable
from despatch.workspace import Workspace

if TYPE_CHECKING:
    from despatch.lengths import Length
    from despatch.writers._comments import Remark

WRITERS = {"docx": "word", "md": "markdown", "html": "html", "txt": "text", "pdf": "pdf"}
"""Each format's suffix, and the module of `writers` that prints it."""
TEMPLATES = {"docx": "reference.docx", "md": "page.md.j2", "html": "page.html.j2"}
"""The file of a style that dresses each format."""
MANIFEST = "manifest.json"
"""How the name ends of the file that says what a briefing was built from."""
REPLACED = ("length", "audience", "max_words", "pages")
"""The fields of a brief in whose place the command line may say something else."""
FEWEST = 280
"""How few words stand on a page at the least, as far as it matters to how long a briefing is."""


class Tailoring(Struct, frozen=True):
    """What the command line says in place of the brief."""

    topics: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    length: str | None = None
    audience: str | None = None
    style: str | None = None
    draft: bool = False
    review: bool = False
    """Whether the copy is for colleagues, with remarks in its margin."""
    max_words: int | None = None
    pages: int | None = None
    exact: bool = False
    """Whether LibreOffice counts the pages, which takes it some seconds; else they are estimated."""

    def applied(self, brief: Brief) -> Brief:
        """The brief as tailored: `--topic` replaces its topics, `--without` adds to those it leaves out."""
        include = _named("--topic", self.topics) or brief.topics.include
        exclude = (*brief.topics.exclude, *_named("--without", self.without))
        changes = {name: value for name in REPLACED if (value := getattr(self, name)) is not None}
        return replace(brief, topics=Choice(include, exclude), **changes)

    def faults(self, library: Library) -> Diagnostics:
        """Topics that are not in the library."""
        return topic_faults([*_named("--topic", self.topics), *_named("--without", self.without)], library)

    @property
    def flags(self) -> str:
        """The flags as a part of a file's name: `homes--without-asylum--short`."""
        parts = ["+".join(sorted(self.topics)), *(f"without-{topic}" for topic in sorted(self.without))]
        parts += [self.length or "", self.audience or "", self.style or ""]
        parts += [f"{number}-{what}" for number, what in ((self.max_words, "words"), (self.pages, "pages")) if number]
        parts += [flag for flag in ("draft", "review", "exact") if getattr(self, flag)]
        return "--".join(slug for part in parts if (slug := re.sub(r"[^\w+-]+", "-", part.lower()).strip("-")))


def _named(flag: str, topics: Iterable[str]) -> tuple[TopicId, ...]:
    """Topics from the command line as text that knows where it was written."""
    return tuple(TopicId(scalar_at(topic, Source(Path(flag), topic), 0, len(topic))) for topic in topics)


class Prepared(Struct, frozen=True):
    """A brief that has been read, tailored and selected."""

    brief: Brief
    selection: Selection
    style: Style


def prepare(
    workspace: Workspace, path: Path, library: Library, tailoring: Tailoring
) -> tuple[Prepared | None, Diagnostics]:
    """The brief's selection and style, and every fault that stands in the way."""
    brief, joined, faults = load_brief(path, library)
    faults += tailoring.faults(joined)
    asked = tailoring.style or (brief.style if brief else None) or "plain"
    style, more = load_style(asked, workspace.templates, _style_span(path, asked, tailoring))
    faults += more
    if brief is None or style is None or has_errors(faults):
        return None, faults
    brief = tailoring.applied(brief)
    faults += _automatic_faults(brief)
    prepared = Prepared(brief, select(joined, brief, drafts=tailoring.draft), style)
    return prepared if brief.max_words is None and brief.pages is None else _cut(prepared, tailoring), faults


def _cut(prepared: Prepared, tailoring: Tailoring) -> Prepared:
    """The selection cut to the words and pages that the brief allows."""
    from despatch.budget import within  # imported here: most briefs allow any length
    from despatch.lengths import room, surplus

    def fits(selection: Selection) -> bool:
        document = assemble(selection, prepared.style, tailoring.flags, draft=tailoring.draft)
        return not any(surplus(_length(document, prepared, tailoring), prepared.brief))

    return replace(prepared, selection=within(prepared.selection, fits, room(prepared.brief)))


def _length(document: Document, prepared: Prepared, tailoring: Tailoring) -> Length:
    """How long a document is. Its pages are counted only where its brief limits them."""
    from despatch.lengths import Length, lengths

    if prepared.brief.pages is None:
        return Length("Total", word_count(document), 0)
    total = lengths(document, prepared.style)[-1]
    return total._replace(pages=_pages_in_print(document, prepared.style)) if tailoring.exact else total


def _pages_in_print(document: Document, style: Style) -> int:
    """The pages of a document as LibreOffice sets it; none, where its Word file cannot be made, which a build reports."""
    from despatch.pdf import page_count

    made, _ = printed(document, style, ["docx"])
    return page_count(made["docx"]) if made else 0


def _style_span(path: Path, asked: str, tailoring: Tailoring) -> Span:
    if isinstance(asked, Scalar):
        return asked.span
    return Span(Path("--style"), 0) if tailoring.style else Span(path)


def _automatic_faults(brief: Brief) -> Diagnostics:
    """`auto` takes what carries an included topic, so it needs one."""
    return [
        Diagnostic("auto-without-topics", section.auto.span, "`auto` takes blocks by topic, and no topic is included here.",
                   "Name topics under `topics: {include: […]}`, or build with --topic.")
        for section in brief.sections
        if section.auto is not None and not brief.topics.include
    ]  # fmt: skip


def laid_out(prepared: Prepared, tailoring: Tailoring, path: Path) -> tuple[Document | None, Diagnostics]:
    """The document tree, and what is amiss with it as a whole."""
    if not prepared.selection.is_printed:
        advice = f"`despatch why {prepared.brief.name}` says what left each block out."
        return None, [Diagnostic("nothing-left", Span(path), "With these choices nothing is left to print.", advice)]
    document = assemble(prepared.selection, prepared.style, tailoring.flags, draft=tailoring.draft)
    facts = [prepared.selection.library.facts[name] for name in printed_facts(document)]
    if faults := list(unreadable(facts)):
        return None, faults
    return document, [
        *_outdated(facts, prepared, document, path),
        *_over_length(document, prepared, tailoring, path),
    ]


def _outdated(facts: list[Fact], prepared: Prepared, document: Document, path: Path) -> Diagnostics:
    """The figures that the briefing prints and that are out of date on its last sitting day."""
    if not any(fact.is_stale(prepared.brief.days[-1]) for fact in facts):
        return []
    from despatch.office import Briefing, Office  # imported here: most briefings need no rules
    from despatch.rules.stale_fact import stale
    from despatch.silence import heard

    briefing = Briefing(path, prepared.selection, document, prepared.style)
    library = prepared.selection.library
    return heard("stale-fact", stale(briefing), Office(library, (briefing,), is_whole=False))


def _over_length(document: Document, prepared: Prepared, tailoring: Tailoring, path: Path) -> Diagnostics:
    """A briefing that is longer than its brief allows, when all is cut that may be."""
    brief = prepared.brief
    if brief.pages is None and (brief.max_words is None or word_count(document) <= brief.max_words):
        return []
    from despatch.lengths import lengths, longest, surplus  # imported here: most briefings are short enough

    over = list(surplus(_length(document, prepared, tailoring), brief))
    if not over:
        return []
    has, allowed, _ = (" and ".join(each) for each in zip(*over, strict=True))
    long = longest(lengths(document, prepared.style))
    message = f"The briefing has {has}, though only what is essential is left; allowed are {allowed}."
    advice = (
        f"Shorten what is essential, or make less of it so. Longest is “{long.heading}”, with {long.words:,} words."
    )
    return [Diagnostic("over-length", Span(path), message, advice, "warning")]


def printed(
    document: Document, style: Style, formats: Iterable[str], remarks: Sequence[Remark] = ()
) -> tuple[dict[str, bytes], Diagnostics]:
    """The bytes of each format, or what is wrong with the style's own files for them. Only Word has room for remarks."""
    formats = list(formats)
    if faults := style_faults(style, formats):
        return {}, faults
    contents: dict[str, Any] = {}
    faults = []
    if not {"docx", "pdf"}.isdisjoint(formats) and (pages := _pages(document, style)) is not None:
        contents["pages"] = pages
        faults += [] if pages else [_unnumbered(style)]
    more = {"docx": {**contents, "remarks": remarks}, "pdf": contents}
    return {name: _writer(name).write(document, style, **more.get(name, {})) for name in formats}, faults


def _pages(document: Document, style: Style) -> tuple[int, ...] | None:
    """The pages of the headings of a document so long that it needs contents. A count of words tells most that are not."""
    if not 0 < style.contents_from * FEWEST <= word_count(document):
        return None
    from despatch.contents import pages  # imported here: most briefings are short

    return pages(document, style)


def _unnumbered(style: Style) -> Diagnostic:
    message = "The contents of the Word file have no page numbers: LibreOffice, which would count them, gave none."
    advice = (
        "Install LibreOffice and `pip install despatch[pdf]`; or open the file in Word, and press F9 in the contents."
    )
    place = style.written.get(Scalar("contents_from")) if style.written is not None else None
    span = place.span if isinstance(place, Scalar) else Span(style.folder / "style.yaml")
    return Diagnostic("unnumbered-contents", span, message, advice, "advice")


def manifest_file(document: Document, tailoring: Tailoring) -> bytes:
    """The manifest as a file beside the briefing, which names the flags; in the briefing itself they are a hash."""
    manifest = json.loads(document.properties.manifest) | {"flags": tailoring.flags}
    return (json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _writer(name: str) -> Any:
    return importlib.import_module(f"despatch.writers.{WRITERS[name]}")


def style_faults(style: Style, formats: Iterable[str]) -> Diagnostics:
    """What is wrong with a style's files: one cannot be used, or lacks a Word style that `style.yaml` names."""
    faults: Diagnostics = []
    formats = dict.fromkeys("docx" if name == "pdf" else name for name in formats)  # a PDF is a Word file laid out
    for name in formats:
        if problem := _writer(name).problem(style):
            advice = "Mend it, or copy the one of another style."
            faults.append(Diagnostic("unreadable-template", Span(style.folder / TEMPLATES[name]), problem, advice))
    if "docx" in formats and not faults:
        faults += [_missing(style, name) for name in _writer("docx").missing_styles(style)]
    return faults


def _missing(style: Style, name: str) -> Diagnostic:
    from despatch.writers._reference import type_of  # imported here: only a fault pays for it

    message = f"The Word file has no style called `{name}`, which style.yaml names."
    if other := type_of(style, name):
        message = f"In the Word file `{name}` is a {other} style; style.yaml names it for what no {other} style prints."
    advice = "Add the style in Word, or name another one under `word:`."
    return Diagnostic("missing-word-style", Span(style.folder / TEMPLATES["docx"]), message, advice)
