"""Comments of a Word file: the part of the package that holds them, and the words in the text that each is about."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree
from msgspec import Struct

from despatch.writers import _package
from despatch.writers._package import OFFICE, Element, Parts, escaped
from despatch.writers._reference import WORD, set_text, w

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from despatch.document import Properties
    from despatch.writers._reference import Reference

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_P, _R, _T, _TAB, _VAL = w("p"), w("r"), w("t"), w("tab"), w("val")
_ANCHOR = re.compile(r"_dsp[0-9a-f]{20}(?:_\d+)?")
_END = (w("commentRangeEnd"), w("commentReference"))


class Remark(Struct, frozen=True):
    """Something to say in the margin, paragraph by paragraph, and the words that it is about."""

    bookmark: str
    """The bookmark of the line that the words stand in, or of the last line before their table."""
    cell: int
    """Which cell of that table they stand in, from 1; otherwise 0."""
    start: int
    """The first of the line's characters that it is about."""
    end: int
    said: tuple[str, ...]


def put(parts: Parts, reference: Reference, text: Element, remarks: Sequence[Remark], properties: Properties) -> None:
    """Add remarks to the package as comments, each at its words in the text."""
    name = _package.part_for(parts, reference.document, "comments")
    root = _package.parse(parts[name]) if name in parts else _root("")
    known = [each.get(w("id"), "") for each in root]
    first = max((int(each) for each in known if each.isdecimal()), default=-1) + 1
    comments = (_comment(number, each, reference, properties) for number, each in enumerate(remarks, first))
    root.extend(list(_root("".join(comments))))
    lines, notes = _Lines(text), _note_style(text)
    for number, remark in enumerate(remarks, first):
        _mark(lines.of(remark), remark, _reference_run(number, reference), notes)
    _package.declare(parts, name, _TYPE)
    parts[name] = _package.serialise(root)


def _root(content: str) -> Element:
    return _package.parse(f'<w:comments xmlns:w="{WORD}" xmlns:r="{OFFICE}">{content}</w:comments>'.encode())


def _comment(number: int, remark: Remark, reference: Reference, properties: Properties) -> str:
    """A comment as XML. It is the office's, on the sitting day: who built the file, and when, leaves no trace."""
    author = properties.organisation.strip() or "Despatch"
    initials = "".join(word[0] for word in author.split() if word[0].isupper()) or "D"
    day = f' w:date="{when}"' if (when := _package.moment(properties.date)) else ""
    start = f'<w:comment w:id="{number}" w:author="{escaped(author)}"{day} w:initials="{escaped(initials)}">'
    style = _style("pStyle", reference, "paragraph", "annotation text")
    look = f"<w:pPr>{style}</w:pPr>" if style else ""
    mark = f"<w:r>{_look(reference)}<w:annotationRef/></w:r>"
    runs = (f'<w:r><w:t xml:space="preserve">{escaped(text)}</w:t></w:r>' for text in remark.said)
    return f"{start}<w:p>{look}{mark}{f'</w:p><w:p>{look}'.join(runs)}</w:p></w:comment>"


def _look(reference: Reference) -> str:
    style = _style("rStyle", reference, "character", "annotation reference")
    return f"<w:rPr>{style}</w:rPr>" if style else ""


def _style(element: str, reference: Reference, kind: str, name: str) -> str:
    """Word's own style for a part of a comment, where the reference document has it."""
    style_id = reference.ids.get((kind, name))
    return f'<w:{element} w:val="{escaped(style_id)}"/>' if style_id else ""


def _reference_run(number: int, reference: Reference) -> Element:
    run = f'<w:r xmlns:w="{WORD}">{_look(reference)}<w:commentReference w:id="{number}"/></w:r>'
    return _package.parse(run.encode())


def _note_style(body: Element) -> str:
    """The style of the marks of footnotes, which are no words of the text; nothing, where there are none."""
    marked = (run for run in body.iter(_R) if run.find(w("footnoteReference")) is not None)
    return next((_run_style(run) for run in marked), "")


def _run_style(run: Element) -> str:
    style = run.find(f"{w('rPr')}/{w('rStyle')}")
    return "" if style is None else style.get(_VAL, "")


class _Lines:
    """The paragraphs of a body that remarks can stand at."""

    def __init__(self, body: Element) -> None:
        self.marked: dict[str, list[Element]] = {}
        self.charts: dict[str, Element] = {}
        above: list[Element] = []
        bookmark = ""
        for paragraph in body.iter(_P):
            names = [each.get(w("name"), "") for each in paragraph.iter(w("bookmarkStart"))]
            anchors = [each for each in names if _ANCHOR.fullmatch(each)]
            if anchors and next(paragraph.iter(w("drawing")), None) is not None:
                self.charts[bookmark] = paragraph
            elif anchors:
                bookmark, above = anchors[0], [paragraph]
                self.marked[bookmark] = above
            else:
                above.append(paragraph)

    def of(self, remark: Remark) -> Element:
        """The paragraph of a remark: a line with a bookmark, a cell of the table below it, or the chart that has none."""
        line, *cells = self.marked[remark.bookmark]
        if 0 < remark.cell <= len(cells):
            return cells[remark.cell - 1]
        return self.charts.get(remark.bookmark, line) if remark.cell else line


def _mark(paragraph: Element, remark: Remark, mark: Element, notes: str) -> None:
    """Put the two ends of a comment round some characters of a paragraph, and its mark after them."""
    for offset in (remark.start, remark.end):
        _split(paragraph, offset, notes)
    texts = [(run, text.text or "", at) for run, text, at in _texts(paragraph, notes)]
    runs = [run for run, words, at in texts if remark.start <= at < remark.end and words] or list(paragraph.iter(_R))
    number = mark[-1].get(w("id"), "")
    first, last = runs[0], runs[-1]
    first.addprevious(etree.Element(w("commentRangeStart"), {w("id"): number}))
    while (following := last.getnext()) is not None and _ends(following):
        last = following
    last.addnext(mark)
    last.addnext(etree.Element(w("commentRangeEnd"), {w("id"): number}))


def _ends(element: Element) -> bool:
    """Whether an element is the end of another comment."""
    return next(element.iter(*_END), None) is not None and next(element.iter(_T), None) is None


def _texts(paragraph: Element, notes: str) -> Iterator[tuple[Element, Element, int]]:
    """The runs of text of a paragraph, each with its text and the number of characters before it; a tab is a space."""
    at = 0
    for run in paragraph.iter(_R):
        text = run.find(_T)
        at += run.find(_TAB) is not None
        if text is not None and not (notes and _run_style(run) == notes):
            yield run, text, at
            at += len(text.text or "")


def _split(paragraph: Element, offset: int, notes: str) -> None:
    """Cut the run that has an offset inside it in two."""
    for run, text, at in list(_texts(paragraph, notes)):
        words = text.text or ""
        if at < offset < at + len(words):
            rest = deepcopy(run)
            set_text(text, words[: offset - at])
            set_text(next(rest.iter(_T)), words[offset - at :])
            run.addnext(rest)
