"""The tags of a PDF: what LibreOffice leaves out of them, so that readers who listen miss nothing.

LibreOffice has no description for a chart, no name for a footnote and no tag for the link from a footnote back to its
mark; and it cuts a list in two wherever a paragraph of one of its entries stands without a bullet of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, PdfObject, TextStringObject


def mend(writer: PdfWriter, descriptions: Sequence[str], continued: Collection[str]) -> None:
    """Put into the tags what is missing. `descriptions` are those of the charts in order.

    `continued` are the Word styles of paragraphs that belong to the entry of a list before them.
    """
    root = writer.root_object.get("/StructTreeRoot")
    if root is None:
        return
    root = root.get_object()
    for element in list(_elements(root)):
        if _tag(element) != "/L":
            _gather(writer, element)
            _join(element, {f"/{name}" for name in continued})
    _describe([each for each in _elements(root) if each["/S"] == "/Figure" and "/Alt" not in each], descriptions)
    notes = [each for each in _elements(root) if each["/S"] == "/Note"]
    _name(writer, root, notes)
    for page in writer.pages:
        _link_back(
            writer, page, [each for each in notes if "/Pg" in each and each.raw_get("/Pg") == page.indirect_reference]
        )


def text(words: str) -> TextStringObject:
    """Words as a PDF keeps them."""
    return TextStringObject(words)


def dictionary(**entries: PdfObject | str) -> DictionaryObject:
    """A dictionary of a PDF, in which what is given as text is a name."""
    values = {key: value if isinstance(value, PdfObject) else NameObject(f"/{value}") for key, value in entries.items()}
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in values.items()})


def _kids(element: Any) -> list[Any]:
    """What is under an element: elements, and numbers or references that stand for what is on the page."""
    kids = element.get("/K", ArrayObject())
    return [each.get_object() for each in (kids if isinstance(kids, ArrayObject) else [kids])]


def _elements(parent: Any) -> Iterator[Any]:
    """Every element under another in reading order."""
    for each in _kids(parent):
        if isinstance(each, DictionaryObject) and "/S" in each:
            yield each
            yield from _elements(each)


def _put(parent: Any, kids: Iterable[Any]) -> None:
    """Make some elements and pieces of a page all that is under an element."""
    array = ArrayObject()
    for each in kids:
        is_element = isinstance(each, DictionaryObject) and "/S" in each
        array.append(each.indirect_reference if is_element else each)
        if is_element:
            each[NameObject("/P")] = parent.indirect_reference
    parent[NameObject("/K")] = array


def _tag(element: Any) -> str:
    return str(element["/S"]) if isinstance(element, DictionaryObject) and "/S" in element else ""


def _gather(writer: PdfWriter, parent: Any) -> None:
    """Put entries that stand in no list into one. LibreOffice leaves them out where a cell runs over a page."""
    kids = _kids(parent)
    if "/LI" in map(_tag, kids):
        _put(parent, [_element(writer, "L", parent, [each]) if _tag(each) == "/LI" else each for each in kids])


def _join(parent: Any, continued: Collection[str]) -> None:
    """Make one list of those that stand one after another and are one: its entries, and what continues them."""
    kids: list[Any] = []
    for each in _kids(parent):
        before = kids[-1] if kids and _tag(kids[-1]) == _tag(each) == "/L" else None
        if before is not None and _style(each) in continued:
            body = _kids(_kids(before)[-1])[-1]
            _put(body, [*_kids(body), *(kid for item in _kids(each) for part in _kids(item) for kid in _kids(part))])
        elif before is not None and _style(each) == _style(before):
            _put(before, [*_kids(before), *_kids(each)])
        else:
            kids.append(each)
    if len(kids) < len(_kids(parent)):
        _put(parent, kids)


def _style(listing: Any) -> str:
    """The style of a list's first paragraph."""
    return next((tag for each in _elements(listing) if (tag := _tag(each)) not in ("/L", "/LI", "/Lbl", "/LBody")), "")


def _describe(figures: Sequence[Any], descriptions: Sequence[str]) -> None:
    """Describe charts in words. Where a designer's picture has none either, nobody knows which is which."""
    if len(figures) == len(descriptions):
        for figure, description in zip(figures, descriptions, strict=True):
            figure[NameObject("/Alt")] = text(description)


def _name(writer: PdfWriter, root: Any, notes: Sequence[Any]) -> None:
    """Name each footnote, as PDF/UA asks, and list the names."""
    names = ArrayObject()
    for number, note in enumerate(notes, 1):
        note[NameObject("/ID")] = text(f"note-{number:05}")
        names += [text(f"note-{number:05}"), note.indirect_reference]
    if notes:
        root[NameObject("/IDTree")] = writer._add_object(dictionary(Names=names))  # noqa: SLF001


def _link_back(writer: PdfWriter, page: Any, notes: Sequence[Any]) -> None:
    """Tag the links of a page that lead from its footnotes back to their marks; take off those that cannot be told."""
    links = [each.get_object() for each in page.get("/Annots", ())]
    loose = [each for each in links if "/StructParent" not in each]
    begun = [note for note in notes if _begins_with_a_mark(note)]
    if len(loose) != len(begun):
        page[NameObject("/Annots")] = ArrayObject(each.indirect_reference for each in links if each not in loose)
        return
    for link, note in zip(loose, begun, strict=True):
        _label(writer, page, link, note)


def _begins_with_a_mark(note: Any) -> bool:
    """Whether a footnote begins with a piece of the page, in its first paragraph: the rest of another does not."""
    first = next(iter(_kids(note)), None)
    return bool(_tag(first)) and isinstance(next(iter(_kids(first)), None), int)


def _label(writer: PdfWriter, page: Any, annotation: Any, note: Any) -> None:
    """Make a label of the mark that a footnote begins with, and a link of it that leads back."""
    paragraph, *others = _kids(note)
    mark, *rest = _kids(paragraph)
    label = _element(writer, "Lbl", note, [])
    place = dictionary(Type="OBJR", Obj=annotation.indirect_reference, Pg=page.indirect_reference)
    link = _element(writer, "Link", label, [mark, place])
    link.update(dictionary(Pg=page.indirect_reference))
    _put(label, [link])
    _put(paragraph, rest)
    _put(note, [label, paragraph, *others])
    numbers = writer.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]  # type: ignore[index]
    key = NumberObject(max(numbers[::2], default=-1) + 1)
    numbers += [key, link.indirect_reference]
    annotation[NameObject("/StructParent")] = key
    numbers[numbers.index(page["/StructParents"]) + 1].get_object()[mark] = link.indirect_reference


def _element(writer: PdfWriter, tag: str, parent: Any, kids: Iterable[Any]) -> Any:
    """A new element under another, with what is under it."""
    element = dictionary(Type="StructElem", S=tag, P=parent.indirect_reference)
    writer._add_object(element)  # noqa: SLF001 - it has no other name
    _put(element, kids)
    return element
