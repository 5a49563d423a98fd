"""A selection laid out as one document tree, with facts, terms, citations and labels resolved."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from despatch import __version__
from despatch.content import Block, Brief, bodies
from despatch.dates import days_in_full, in_full
from despatch.document import (
    KEPT,
    LANGUAGE,
    Document,
    Group,
    GroupRole,
    Heading,
    Item,
    Listing,
    Node,
    Origin,
    Paragraph,
    ParagraphRole,
    Properties,
    digest,
    lines_of,
    plain,
)
from despatch.kinds import all_kinds
from despatch.page import Page, Place
from despatch.parliament import HOUSES, PROCEEDINGS
from despatch.select import Chosen, Selection
from despatch.style import Style, fill, series

JOINED = {"key-messages", "ask", "question"}
"""Groups that run on: neighbours become one group, and their lists one list."""
_STYLE_FILES = {".yaml", ".docx", ".css", ".j2"}


def assemble(selection: Selection, style: Style, flags: str = "", *, draft: bool = False) -> Document:
    """Lay the chosen blocks out in the brief's order; each node keeps its origin."""
    build = _build(selection, style, draft=draft)
    content = build.content()
    return Document(build.properties(flags), content)


def content_of(selection: Selection, style: Style) -> tuple[tuple[Node, ...], list[str]]:
    """The document's content by itself, and the ids of the facts that the document prints."""
    build = _build(selection, style)
    content = build.content()
    build.title()  # which may print facts that nothing else does
    return content, build.page.facts


def _build(selection: Selection, style: Style, *, draft: bool = False) -> _Build:
    page = Page(selection.library, style, day=selection.brief.days[-1])
    return _Build(selection, style, page, draft or selection.brief.status == "draft")


class _Build(Struct):
    """One briefing's assembly: the page being laid out, and how often each block was used on it."""

    selection: Selection
    style: Style
    page: Page
    draft: bool
    uses: Counter[str] = field(default_factory=Counter)

    @property
    def brief(self) -> Brief:
        return self.selection.brief

    def origin(self, block: str) -> Origin:
        self.uses[block] += 1
        return Origin(block, use=self.uses[block])

    def content(self) -> tuple[Node, ...]:
        """All that is printed, in reading order."""
        front = self.front()
        sections = [node for chosen in self.selection.sections for node in self.section(chosen)]
        return (front, *sections, *self.end())

    def front(self) -> Group:
        """The title block: whose it is, on what, where and when, and the standfirst."""
        labels, brief = self.style.labels, self.brief
        lines: list[tuple[ParagraphRole, str]] = [
            ("draft", labels.draft if self.draft else ""),
            ("embargo", self.embargo()),
            ("organisation", self.style.organisation),
            *self.titles(),
        ]
        lines += [("body", brief.bill or "")]
        lines += [("body", fill(labels.department, department=brief.department))] if brief.department else []
        lines += [("body", fill(labels.motion, motion=brief.motion))] if brief.motion else []
        lines += [("body", self.numbered())]
        nodes = [
            Paragraph(self.page.line(text), Origin("", f"{role}{number}"), role)
            for number, (role, text) in enumerate(lines)
            if text
        ]
        return Group("front", (*nodes, *self.standfirst()))

    def embargo(self) -> str:
        """The embargo line, or nothing."""
        return fill(self.style.labels.embargo, embargo=self.brief.embargo) if self.brief.embargo else ""

    def standfirst(self) -> tuple[Paragraph, ...]:
        """The standfirst: its own words, or the first paragraph of the block that it names."""
        block, words = self.selection.standfirst, self.brief.standfirst
        if block is not None:
            body = next((body for _, body in bodies(block.content)), None)
            text = (body.text or body.lead or "") if body is not None else ""
            opening = re.split(r"\n[ \t]*\n", text.strip())[0]
            return self._opening(opening, self.origin(block.id), _other_language(block))
        if words is None or self.brief.standfirst_block(self.selection.library) is not None:
            return ()
        return self._opening(words, Origin("", "standfirst"))

    def _opening(self, text: str, origin: Origin, language: str = "") -> tuple[Paragraph, ...]:
        self.page.language = language
        nodes = self.page.prose(text, origin, "standfirst")
        self.page.language = ""
        return tuple(node for node in nodes if isinstance(node, Paragraph))

    def titles(self) -> list[tuple[ParagraphRole, str]]:
        """What it is about, the occasion and the days, a line each; or the brief's own line in place of them."""
        if self.brief.title_line is not None:
            return [("title", self.brief.title_line)]
        occasion = self.occasion()
        return [("title", self.brief.title), ("occasion", occasion[:1].upper() + occasion[1:]), ("date", self.days())]

    def title_line(self) -> str:
        """The same in one line. What is not for Parliament has its title alone."""
        occasion = self.occasion()
        if self.brief.title_line is not None or not occasion:
            return self.brief.title_line or self.brief.title
        return fill(self.style.labels.title_line, title=self.brief.title, occasion=occasion, date=self.days())

    def title(self) -> str:
        """That line with its facts and terms printed, for the file's properties."""
        return plain(self.page.line(self.title_line()))

    def occasion(self) -> str:
        """House and proceeding as they stand within a sentence, where there are any."""
        if self.brief.house is None or self.brief.proceeding is None:
            return ""
        name = self.numbered_days(PROCEEDINGS[self.brief.proceeding].name_in(self.brief.house))
        return fill(self.style.labels.occasion, house=HOUSES[self.brief.house], proceeding=name)

    def numbered_days(self, proceeding: str) -> str:
        """A proceeding with the numbers of its days, where the brief gives them: `Committee stage, days 1 and 2`."""
        numbers, labels = [str(each) for each in self.brief.day_numbers], self.style.labels
        if not numbers:
            return proceeding
        label = labels.sitting if len(numbers) == 1 else labels.sittings
        return fill(label, proceeding=proceeding, numbers=series(numbers, labels.days))

    def days(self) -> str:
        """The sitting day in full, or all of them."""
        return series(days_in_full(self.brief.days), self.style.labels.days)

    def numbered(self) -> str:
        """Which list the amendments have their numbers from, or nothing where none was out on the sitting day."""
        source, day = self.selection.library.sources.get(self.brief.amendment_list or ""), self.page.day
        if source is None:
            return ""
        printing = source.printing(day)
        if printing is None and (source.printings or (source.published and source.published.first > day)):
            return ""
        name = printing.name if printing else source.short or source.title
        date = in_full(printing.date) if printing else source.published.printed if source.published else ""
        label: str = self.style.labels.amendment_list
        if name.lower().startswith("the "):  # a name such as `the Report amendments` has its own
            label = label.replace("the {list}", "{list}")
        return fill(label, list=name, date=date).rstrip(", ")

    def section(self, chosen: Chosen) -> tuple[Node, ...]:
        """A section's heading, if it has or needs one, and its blocks; nothing, when none of them is in."""
        if not chosen.blocks:
            return ()
        section = chosen.section
        heading = section.heading or self.style.labels.sections.get(section.list)
        level = 2 if heading else 1
        number = next(i for i, each in enumerate(self.selection.sections) if each is chosen)
        head = (self.page.heading(heading, 1, Origin("", f"sections.{number}")),) if heading else ()
        nodes: list[Node] = []
        for block in chosen.blocks:
            nodes += self.laid_out(block, level=level, as_prose=section.list == "blocks")
        return _set_apart(head, _joined(nodes))

    def laid_out(self, block: Block, *, level: int, as_prose: bool) -> tuple[Node, ...]:
        """The nodes that print a block."""
        place = Place(self.page, self.origin(block.id), level, as_prose)
        self.page.language = _other_language(block)
        nodes: tuple[Node, ...] = all_kinds()[block.kind].layout(block.content, place)
        self.page.language = ""
        return nodes

    def end(self) -> list[Node]:
        """The contact and the list of sources."""
        nodes: list[Node] = []
        if (block := self.selection.contact) is not None:
            heading = self.page.heading(self.style.labels.contact, 1, Origin("", "contact"))
            nodes.append(Group("contact", (heading, *_content(self.laid_out(block, level=1, as_prose=False)))))
        return [*nodes, *self.sources()]

    def sources(self) -> Iterator[Group]:
        """The sources: those with marks in the order of their marks, then those of facts printed without one."""
        library, page, way = self.selection.library, self.page, self.style.citations
        unmarked = [name for name in page.unmarked if name not in page.sources]
        shown = {"none": [], "links": unmarked}.get(way, page.sources + unmarked)
        if not shown:
            return
        items = [Item((Paragraph(page.source(library.sources[name]), Origin(name, "source")),)) for name in shown]
        heading = page.heading(self.style.labels.sources, 1, Origin("", "sources"))
        role: GroupRole = "notes" if way == "footnotes" else "sources"
        yield Group(role, (heading, Listing(tuple(items), ordered=True)))

    def properties(self, flags: str) -> Properties:
        """What the files say about themselves."""
        brief, occasion, contact = self.brief, self.occasion(), self.selection.contact
        topics = sorted(
            {topic for chosen in self.selection.sections for block in chosen.blocks for topic in block.topics}
        )
        return Properties(
            title=self.title(),
            organisation=self.style.organisation,
            date=brief.days[0].isoformat(),
            date_in_full=self.days(),
            occasion=occasion[:1].upper() + occasion[1:],
            contact=all_kinds()["contacts"].in_one_line(contact.content) if contact else "",
            draft=self.style.labels.draft if self.draft else "",
            embargo=self.embargo(),
            keywords=tuple(self.selection.library.topics[topic].label for topic in topics),
            manifest=self.manifest(flags),
        )

    def manifest(self, flags: str) -> str:
        """JSON naming what the briefing was built from by id, each with a hash of its YAML; and the flags' hash."""
        library, page = self.selection.library, self.page
        named = {
            "despatch": __version__,
            "brief": self.brief.name,
            "brief_version": _hash(self.brief.written),
            "style": self.style.folder.name,
            "style_version": _style_version(self.style),
            "flags": flags_hash(self.brief.name, flags),
            "blocks": _hashes(library.blocks, (name for name in self.uses if name in library.blocks)),
            "facts": _hashes(library.facts, page.facts),
            "sources": _hashes(library.sources, {*page.sources, *page.unmarked}),
        }
        return json.dumps(named, ensure_ascii=False, separators=(",", ":"))


def flags_hash(brief: str, flags: str) -> str:
    """What stands for the flags in a file, whose reader is not to be told what was left out; nothing for none."""
    return digest(f"{brief} {flags}")[:12] if flags else ""


def _style_version(style: Style) -> str:
    """A hash of a style's files, whatever their line ends; not of those that Word or a Mac leaves beside them."""
    own = (path for path in style.folder.glob("*") if path.suffix in _STYLE_FILES and path.name[0].isalnum())
    return _hash({path.name: _saved(path, (found := path.stat()).st_mtime_ns, found.st_size) for path in own})


@lru_cache(KEPT)
def _saved(path: Path, when: int, size: int) -> str:
    """The hash of a file as it was last saved."""
    del when, size
    return digest(path.read_bytes().replace(b"\r\n", b"\n"))


def _hashes(written: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    return {name: _version(written[name]) for name in sorted(names)}


@lru_cache(KEPT)
def _version(entry: Any) -> str:
    return _hash(entry.written)


def _hash(written: object) -> str:
    """Twelve letters and digits that change when a block's fields do, whatever their order and the comments between."""
    return digest(json.dumps(written, sort_keys=True))[:12]


def _other_language(block: Block) -> str:
    """What a block is written in, where that is not the document's language."""
    return "" if block.language in (None, LANGUAGE) else str(block.language)


def _joined(nodes: list[Node]) -> list[Node]:
    """The nodes with neighbouring groups that run on made one, and their lists too."""
    joined: list[Node] = []
    for node in nodes:
        last = joined[-1] if joined else None
        if isinstance(node, Group) and isinstance(last, Group) and node.role == last.role and node.role in JOINED:
            joined[-1] = Group(node.role, tuple(_one_list([*last.content, *node.content])))
        else:
            joined.append(node)
    return joined


def _one_list(nodes: list[Node]) -> list[Node]:
    made: list[Node] = []
    for node in nodes:
        last = made[-1] if made else None
        if isinstance(node, Listing) and isinstance(last, Listing) and node.ordered == last.ordered:
            made[-1] = Listing(last.items + node.items, node.ordered)
        else:
            made.append(node)
    return made


def _set_apart(head: tuple[Heading, ...], nodes: list[Node]) -> tuple[Node, ...]:
    """A section that is one group takes its heading inside, so that the two are set apart together."""
    if len(nodes) == 1 and isinstance(nodes[0], Group) and nodes[0].role in JOINED:
        return (Group(nodes[0].role, (*head, *nodes[0].content)),)
    return (*head, *nodes)


def _content(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """What stands in a group, without it."""
    return tuple(inner for node in nodes for inner in (node.content if isinstance(node, Group) else (node,)))


def printed_facts(document: Document) -> list[str]:
    """The ids of the facts that a briefing prints, as its manifest has them."""
    return list(json.loads(document.properties.manifest)["facts"])


def word_count(document: Document) -> int:
    """How many words a reader finds in a briefing, title and sources included."""
    return sum(map(_words_in, document.content))


@lru_cache(KEPT)
def _words_in(node: Node) -> int:
    return len("\n".join(lines_of((node,))).split())
