"""The Word page: the tree as paragraphs in a style's `reference.docx`, which gives each of them its look.

Only styles are named, never a font, a size or an indent, so that a designer's change to the reference
document changes every briefing. The paragraphs are written as XML and put in as they are, which takes a fraction of
the time of building them element by element; to import python-docx would take longer than to write twenty pages.
"""

from __future__ import annotations

import itertools
import posixpath
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from despatch.document import (
    Chart,
    Document,
    Group,
    GroupRole,
    Heading,
    Item,
    Listing,
    Node,
    Paragraph,
    Properties,
)
from despatch.style import Style
from despatch.writers import _galley, _notes, _package, _reference
from despatch.writers._galley import Fragment, Galley, Setting
from despatch.writers._notes import Earlier
from despatch.writers._package import OFFICE, Element, Parts, Relationships
from despatch.writers._page import clean
from despatch.writers._reference import Numbering, missing_styles, problem, w

if TYPE_CHECKING:
    from despatch.writers._chart import Charts
    from despatch.writers._comments import Remark

__all__ = ["missing_styles", "problem", "write"]


def write(
    document: Document, style: Style, *, pages: tuple[int, ...] | None = None, remarks: Sequence[Remark] = ()
) -> bytes:
    """The briefing as a Word file, with remarks in its margin if it is a review copy.

    `pages` are those on which its headings stand, for a table of contents; () has one without numbers. `problem` and
    `missing_styles` say beforehand what would stop it.
    """
    reference = _reference.kept(style)
    parts = dict(reference.parts)
    _reference.fill(parts, reference, _furniture(document.properties))
    root = _package.parse(parts[reference.document])
    relationships = Relationships.of(parts, reference.document)
    body, index = _reference.place(root)
    before, after = list(body)[:index], list(body)[index:]
    ids, names = _reference.bookmarks(root)
    notes = _entries(document.content, "notes")
    width = _reference.text_width(root.find(f"{w('body')}/{w('sectPr')}"))
    story = Story(
        setting=Setting(style, reference, width),
        parts=parts,
        relationships=relationships,
        language=document.properties.language,
        sources=tuple(map(_first_anchor, _entries(document.content, "sources"))),
        notes=notes,
        earlier=_notes.earlier(parts, reference, before) if notes else Earlier(),
        bookmark_ids=itertools.count(max(ids, default=0) + 1),
        anchors=dict.fromkeys(names, 1),
    )
    front, text = map(story.text, (document.content[:1], document.content[1:]))
    written = "".join((front, *_contents(story, pages), text))
    if story.numbers:
        _add_footnotes(story, before, after)
    parts[reference.document] = _reference.spliced(root, body, index, written)
    if remarks:
        _add_comments(story, remarks, document.properties)
    parts[_package.relationships_part(reference.document)] = _package.serialise(relationships.root)
    _reference.finish(parts, reference, story.lists, document.properties.language)
    _package.describe(parts, document.properties)
    return _package.pack(parts)


def _contents(story: Story, pages: tuple[int, ...] | None) -> Iterable[str]:
    """The table of contents of a text that has been written."""
    if pages is None:
        return ()
    from despatch.writers._contents import table

    return table(story.galley, story.headings, pages)


def _add_comments(story: Story, remarks: Sequence[Remark], properties: Properties) -> None:
    """Put what there is to remark into the margin."""
    from despatch.writers import _comments

    story.part("comments")
    reference = story.setting.reference
    root = _package.parse(story.parts[reference.document])
    _comments.put(story.parts, reference, root, remarks, properties)
    story.parts[reference.document] = _package.serialise(root)


def _add_footnotes(story: Story, before: list[Element], after: list[Element]) -> None:
    """Put the footnotes into the package. Links in them are relationships of their part, not of the document's."""
    part = story.part("footnotes")
    links = Relationships.of(story.parts, part)
    footnotes = "".join(replace(story, relationships=links, notes=()).footnotes(story.notes))
    _notes.put(story.parts, story.setting.reference, before, after, footnotes)
    if len(links.root):
        story.parts[_package.relationships_part(part)] = _package.serialise(links.root)


class Story(Struct, frozen=True):
    """The text as it is being put together: what fills the blanks of its fragments, which is for the file to say."""

    setting: Setting
    parts: Parts
    relationships: Relationships
    language: str
    """The document's."""
    sources: tuple[str, ...]
    """The bookmarks that citations lead to: of source 1, of source 2, …"""
    notes: tuple[Item, ...]
    earlier: Earlier
    bookmark_ids: Iterator[int]
    anchors: dict[str, int]
    """How often each name has been wanted for a bookmark, those of the reference document included."""
    begun: list[int] = field(default_factory=list)
    """The bookmarks that have begun and not ended, by number."""
    lists: list[Element] = field(default_factory=list)
    """The numbered lists so far, each of which counts from one."""
    list_numbers: dict[int, str] = field(default_factory=dict)
    """The numbers of the lists of one fragment."""
    numbers: dict[int, int] = field(default_factory=dict)
    """The number that Word prints for each note with a mark, in the order of their first marks; these become footnotes."""
    marks: dict[int, str] = field(default_factory=dict)
    """The bookmark of each note's first mark."""
    headings: list[tuple[Heading, str]] = field(default_factory=list)
    """The headings that are written, each with its bookmark."""
    drawn: list[Charts] = field(default_factory=list)
    """What draws the charts, once there is one."""

    @property
    def galley(self) -> Galley:
        """What writes paragraphs that need nothing from the file."""
        return Galley(self.setting, [])

    def part(self, kind: str) -> str:
        """The name of a part beside the document, such as `comments`, to which the document is related from now on."""
        part = _package.part_for(self.parts, self.setting.reference.document, kind)
        if part not in self.parts:
            self.relationships.relate(f"{OFFICE}/{kind}", posixpath.basename(part))
        return part

    def text(self, nodes: tuple[Node, ...]) -> str:
        """What prints some nodes, and can be all of a body."""
        return self.galley.whole(self.nodes(nodes, ""))

    def nodes(self, nodes: tuple[Node, ...], group: str) -> Iterator[str]:
        """What prints each of some nodes of one group."""
        for node, heading, is_bound in _galley.in_turn(nodes, group):
            yield self.filled(_galley.fragment(self.setting, node, group, heading, is_bound))

    def filled(self, fragment: Fragment) -> str:
        """A fragment as it stands in the file. Its blanks are filled from left to right."""
        self.list_numbers.clear()
        return "".join([each if isinstance(each, str) else each(self) for each in fragment])

    def unmarked(self, content: tuple[Node, ...]) -> str:
        """What a group of notes still has to print: its heading and the entries that no mark leads to, if there are any."""
        left = tuple(item for number, item in enumerate(self.notes, 1) if number not in self.numbers)
        if self.notes and not left:
            return ""
        nodes = tuple(replace(node, items=left) if isinstance(node, Listing) else node for node in content)
        return "".join(self.nodes(nodes, "notes"))

    def list_number(self, old: Numbering, name: int) -> str:
        """The number of a list of a fragment, which counts from one, with the marks of a style's list."""
        if name not in self.list_numbers:
            reference = self.setting.reference
            number = str(reference.last_list + len(self.lists) + 1)
            self.lists.append(_reference.restarted(reference, old, Numbering(number, old.level)))
            self.list_numbers[name] = number
        return self.list_numbers[name]

    def headed(self, heading: Heading) -> str:
        """The start of a heading's bookmark."""
        name = self.bookmark_name(heading.origin.anchor)
        self.headings.append((heading, name))
        return self.named(name)

    def start(self, anchor: str) -> str:
        """The start of a bookmark."""
        return self.named(self.bookmark_name(anchor))

    def named(self, name: str) -> str:
        """The start of a bookmark with a name."""
        self.begun.append(next(self.bookmark_ids))
        return f'<w:bookmarkStart w:id="{self.begun[-1]}" w:name="{name}"/>'

    def end(self) -> str:
        """The end of the bookmark that began last."""
        return f'<w:bookmarkEnd w:id="{self.begun.pop()}"/>'

    def bookmark_name(self, anchor: str) -> str:
        """A name that no other bookmark has: an anchor that comes again takes a number."""
        self.anchors[anchor] = self.anchors.get(anchor, 0) + 1
        times = self.anchors[anchor]
        return anchor if times == 1 else f"{anchor}_{times}"

    def link(self, target: str) -> str:
        """The relationship that leads to an address."""
        return self.relationships.relate(f"{OFFICE}/hyperlink", target, external=True)

    def citation(self, number: int, mark: str, words: str) -> str:
        """The mark of a source, which leads there; where there is no such source, the words alone."""
        if not 0 < number <= len(self.sources) or not self.sources[number - 1]:
            return words
        return f'<w:hyperlink w:anchor="{self.sources[number - 1]}" w:history="1">{mark}</w:hyperlink>'

    def footnote_mark(self, number: int, galley: Galley) -> str:
        """A footnote's mark: Word's own the first time, and after that a field that repeats the number of the first."""
        if not 0 < number <= len(self.notes):
            return galley.run(str(number), "footnote-mark")
        if number in self.marks:
            return galley.field(f"NOTEREF {self.marks[number]} \\f \\h", str(self.numbers[number]), "footnote-mark")
        self.numbers[number] = self.earlier.counted + len(self.numbers) + 1
        self.marks[number] = self.bookmark_name(f"_dspnote{number}")
        mark = galley.styled_run("footnote-mark", f'<w:footnoteReference w:id="{self.note_id(number)}"/>')
        return f"{self.named(self.marks[number])}{mark}{self.end()}"

    def note_id(self, number: int) -> int:
        """The id of a footnote: they are in the order of their marks."""
        return self.numbers[number] - self.earlier.counted + self.earlier.last

    def footnotes(self, notes: tuple[Item, ...]) -> Iterator[str]:
        """Those of some notes that have become footnotes, in the order in which their marks are read."""
        for number in self.numbers:
            content = self.filled(_galley.footnote(self.setting, notes[number - 1]))
            yield f'<w:footnote w:id="{self.note_id(number)}">{content}</w:footnote>'

    def drawing(self, chart: Chart, width: int) -> str:
        """A chart. Few briefings have one, so what draws them is read only when one comes."""
        from despatch.writers._chart import Charts

        if not self.drawn:
            self.drawn.append(Charts.of(self.parts, self.setting.reference.document, self.language))
        return self.drawn[0].drawing(chart, self.relationships, width)


def _entries(nodes: Iterable[Node], role: GroupRole) -> tuple[Item, ...]:
    """The entries of the sources or of the notes: the numbered list that ends their group."""
    for node in nodes:
        match node:
            case Group(role=known, content=(*_, Listing(items=items, ordered=True))) if known == role:
                return items
            case Group(content=content) if found := _entries(content, role):
                return found
    return ()


def _first_anchor(item: Item) -> str:
    return next((each.origin.anchor for each in item.content if isinstance(each, Paragraph)), "")


def _furniture(properties: Properties) -> dict[str, str]:
    """The words that a reference document's headers, footers and cover may ask for."""
    words = {
        "title": properties.title,
        "organisation": properties.organisation,
        "occasion": properties.occasion,
        "date": properties.date_in_full,
        "contact": properties.contact,
        "draft": properties.draft,
        "embargo": properties.embargo,
    }
    return {name: clean(text) for name, text in words.items()}
