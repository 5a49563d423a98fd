"""Selection: for every block and every point, in or out, and the rule that decided. Pure, and blind to file order.

Rules, strongest first: status, validity, supersession, `only`, omission, excluded topic, length, topic. The first five
and exclusion hold for everything beneath; a block or point that only its length or topic keeps out still prints
as the frame of anything under it that is in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from despatch.content import (
    PRIORITIES,
    Block,
    BlockId,
    Body,
    Brief,
    Library,
    Point,
    Section,
    Use,
    with_bodies,
)
from despatch.dates import in_full

Rule: TypeAlias = Literal[
    "withdrawn",
    "draft",
    "not-valid",
    "superseded",
    "only",
    "omitted",
    "excluded",
    "length",
    "topic",
    "budget",
    "empty",
    "beneath",
    "named",
]
FINAL: frozenset[Rule] = frozenset({"withdrawn", "draft", "not-valid", "superseded", "only", "omitted", "excluded"})
USUAL = ("full", "briefing")
"""The length and the channel for which a block's own wording is written."""
KEPT = {"full": 3, "standard": 2, "short": 1}
"""How many of the priorities, from `essential` on, each length keeps."""


class Decision(Struct, frozen=True):
    """Whether a block or one of its points is printed, and why. `point` is empty for the block itself."""

    block: str
    point: str
    included: bool
    rule: Rule
    why: str
    wording: str = ""
    """Which of a block's wordings prints, where it has more than one."""
    in_place_of: str = ""
    """The block whose place this one has taken: the one that the brief names."""


class Chosen(Struct, frozen=True):
    """A section with the blocks that print in it, each cut down to what is in."""

    section: Section
    blocks: tuple[Block, ...]


class Selection(Struct, frozen=True):
    """What a brief prints, and the decision for everything that it could have printed."""

    brief: Brief
    library: Library
    standfirst: Block | None
    contact: Block | None
    sections: tuple[Chosen, ...]
    decisions: tuple[Decision, ...]

    @property
    def is_printed(self) -> bool:
        """Whether a section has anything left to print."""
        return any(chosen.blocks for chosen in self.sections)


def select(library: Library, brief: Brief, *, drafts: bool = False) -> Selection:
    """Decide, for every block and point that the brief names, in or out, and record why."""
    judge = _Judge(library, brief, drafts)
    named = brief.standfirst_block(library)
    opening = judge.opening(library.blocks[named]) if named is not None and named in library.blocks else None
    contact = judge.contact()
    chosen = tuple(Chosen(section, tuple(judge.section(section))) for section in brief.sections)
    return Selection(brief, library, opening, contact, chosen, tuple(judge.decisions))


def automatic(section: Section, library: Library, brief: Brief) -> list[Use]:
    """What `auto` takes: blocks of the list's kind that carry an included topic, by priority, then by id."""
    wanted = set(brief.topics.include)
    found = [
        block
        for block in library.blocks.values()
        if section.list in ("blocks", block.kind) and wanted & widened(library, block.topics)
    ]
    found.sort(key=lambda block: (PRIORITIES.index(block.priority), block.id))
    return [Use(BlockId(block.id)) for block in found]


def widened(library: Library, topics: Iterable[str]) -> set[str]:
    """Topics and every wider topic they are under."""
    return {wider for topic in topics for wider in library.above(topic)}


class _Above(Struct, frozen=True):
    """What a point takes from the block or point that it stands in, and where that is."""

    path: str
    topics: tuple[str, ...]
    priority: str
    rule: Rule


class _Judge(Struct, dict=True):
    """Decides on one brief's blocks, keeping each decision."""

    library: Library
    brief: Brief
    drafts: bool
    decisions: list[Decision] = field(default_factory=list)

    def opening(self, block: Block) -> Block | None:
        """The block that the briefing opens with, or the one that has taken its place."""
        later, own = self._heir(block, "blocks"), self.block(Use(BlockId(block.id)))
        return self.block(Use(BlockId(later.id)), block) if later else own

    def contact(self) -> Block | None:
        """The brief's contact while it stands, or its successor; neither topics nor length leave it out."""
        block = self.library.blocks.get(self.brief.contact or "")
        if block is None:
            return None
        instead = ""
        if later := self._heir(block, "contacts"):
            self.decisions.append(Decision(block.id, "", False, *self._rule(block)))
            block, instead = later, str(block.id)
        rule, why = self._final(block) or ("named", f"the brief names {f'`{instead}`' if instead else 'it'}")
        self.decisions.append(Decision(block.id, "", rule == "named", rule, why, in_place_of=instead))
        return block if rule == "named" else None

    def section(self, section: Section) -> Iterator[Block]:
        """The section's blocks that are in, cut down."""
        uses = automatic(section, self.library, self.brief) if section.auto is not None else section.uses
        for use in uses:
            if use.use in self.library.blocks:
                yield from filter(None, (self.block(use), self._in_place_of(use, section)))

    def _in_place_of(self, use: Use, section: Section) -> Block | None:
        """What has taken the place of a block that the section names: it prints there, if the brief prints it nowhere else."""
        block = self.library.blocks[use.use]
        later = self._heir(block, section.list) if section.auto is None else None
        if later is None or later.id in self.taken:
            return None
        self.taken.add(later.id)
        return self.block(replace(use, use=BlockId(later.id)), block)

    @cached_property
    def taken(self) -> set[str]:
        """The blocks that the sections name or take by `auto`, and those that have taken the place of one."""
        sections = self.brief.sections
        auto = (automatic(each, self.library, self.brief) for each in sections if each.auto is not None)
        return {str(use.use) for uses in (*(each.uses for each in sections), *auto) for use in uses}

    def _heir(self, block: Block, kind: str) -> Block | None:
        """The block to print in a section of this kind in place of one whose time is over, or that is withdrawn."""
        if not self._is_over(block) or self._final(block) is None or self._only(block):
            return None
        later = successor(block, self.library, self.brief.days, drafts=self.drafts)
        return later if later and kind in ("blocks", later.kind) else None

    def _is_over(self, block: Block) -> bool:
        """Whether a block with a successor is no draft and has begun, so that what keeps it out is that its time is past."""
        return block.superseded_by is not None and block.status != "draft" and not begins_after(block, self.brief.days)

    def block(self, use: Use, before: Block | None = None) -> Block | None:
        """The block as it is printed, or None when nothing of it is; `before` is the one whose place it has taken."""
        block = varied(self.library.blocks[use.use], use)
        rule, why = self._rule(block)
        instead = str(before.id) if before else ""
        why = f"{why}, in place of `{instead}`" if before else why
        wordings: list[str] = []
        at = len(self.decisions)
        kept: list[bool] = []

        def cut(path: str, body: Body) -> Body | None:
            body, said = worded(body, self.brief)
            if said:
                wordings.append(f"{path}: {said}" if path else said)
            points = tuple(self._points(body.points, use, _Above(path, block.topics, block.priority, rule)))
            words = trimmed(body, points)
            kept.append(bool(points) or (rule == "named" and words is not None))
            return words

        content = with_bodies(block.content, cut)
        wordless = not kept  # a kind without bodies, such as a contact, is in or out as a whole
        included = rule not in FINAL and (any(kept) or (wordless and rule == "named"))
        if rule == "named" and not included:
            rule, why = "empty", "every point in it is out"
        elif included and rule != "named":
            rule, why = "beneath", f"a point in it is in, though {why}"
        self.decisions.insert(
            at, Decision(block.id, "", included, rule, why, "; ".join(wordings) if included else "", instead)
        )
        return replace(block, content=content) if included else None

    def _rule(self, block: Block) -> tuple[Rule, str]:
        """The rule that decides on the block itself, in order of authority."""
        return self._final(block) or self._tailored(block.topics, block.priority)

    def _final(self, block: Block) -> tuple[Rule, str] | None:
        if gone := self._status(block) or self._validity(block):
            return gone[0], gone[1] + self._awaited(block)
        return self._only(block)

    def _awaited(self, block: Block) -> str:
        """For a block whose time is over, and in whose place none prints yet: the one that is to take it, and when."""
        days, later = self.brief.days, line(block, self.library)[1:]
        if not later or not self._is_over(block) or successor(block, self.library, days, drafts=self.drafts):
            return ""
        to_come = (each for each in later if self._status(each) is None and begins_after(each, days))
        heir = next(to_come, later[-1])
        named = {"withdrawn": "is withdrawn", "draft": "is a draft"}
        when = named[heir.status] if self._status(heir) else f"holds only {_holding(heir)}"
        return f", and `{heir.id}`, which takes its place, {when}"

    def _status(self, block: Block) -> tuple[Rule, str] | None:
        if block.status == "withdrawn":
            return "withdrawn", "it is withdrawn"
        if block.status == "draft" and not self.drafts:
            return "draft", "it is a draft, which prints only with --draft"
        return None

    def _validity(self, block: Block) -> tuple[Rule, str] | None:
        for day in self.brief.days:
            if not holds(block, day):
                return "not-valid", f"it does not hold on {in_full(day)} ({_holding(block)})"
        if later := successor(block, self.library, self.brief.days, drafts=self.drafts):
            return "superseded", f"`{later.id}` has taken its place"
        return None

    def _only(self, block: Block) -> tuple[Rule, str] | None:
        asked = (("house", block.only.house), ("audience", block.only.audience), ("proceeding", block.only.proceeding))
        for name, allowed in asked:
            ours = getattr(self.brief, name)
            if allowed and (ours or "").casefold() not in {each.casefold() for each in allowed}:
                here = f"this brief’s is {ours}" if ours else "this brief has none"
                return "only", f"it is only for {name} {' or '.join(allowed)}, and {here}"
        return None

    def _tailored(self, topics: Iterable[str], priority: str) -> tuple[Rule, str]:
        """The rule by which the brief's topics and length decide."""
        carried = widened(self.library, topics)
        choice = self.brief.topics
        if out := [topic for topic in choice.exclude if topic in carried]:
            return "excluded", f"it carries the topic `{out[0]}`, which is left out"
        if PRIORITIES.index(priority) >= KEPT[self.brief.length]:
            return "length", f"its priority is {priority}, and the briefing is {self.brief.length}"
        if not choice.include:
            return "named", "the brief names it"
        if found := [topic for topic in choice.include if topic in carried]:
            return "named", f"it carries the topic `{found[0]}`"
        if not carried:
            return "named", "it carries no topic, so no choice of topics leaves it out"
        return "topic", f"it carries none of the topics asked for ({', '.join(f'`{each}`' for each in choice.include)})"

    def _points(self, points: tuple[Point, ...], use: Use, above: _Above) -> Iterator[Point]:
        """The points that are in, each with its place and with the points under it that are in."""
        for number, point in enumerate(points):
            topics, priority = (*above.topics, *point.topics), point.priority or above.priority
            rule, why = self._point_rule(point, use, _Above(above.path, topics, priority, above.rule))
            place = f"points.{point.id}" if point.id is not None else f"points[{number + 1}]"
            path = f"{above.path}.{place}" if above.path else place
            at = len(self.decisions)
            beneath = _Above(path, topics, priority, rule if rule in FINAL else above.rule)
            under = tuple(self._points(point.points, use, beneath))
            if under and rule != "named":
                rule, why = "beneath", f"a point under it is in, though {why}"
            included = rule in ("named", "beneath")
            self.decisions.insert(at, Decision(use.use, point.id or path, included, rule, why))
            if included:
                yield replace(point, place=place, points=under)

    def _point_rule(self, point: Point, use: Use, above: _Above) -> tuple[Rule, str]:
        if above.rule in FINAL:
            return above.rule, "what it stands in is out"
        if point.id is not None and point.id in use.omit:
            return "omitted", "the brief omits it"
        return self._tailored(above.topics, above.priority)


def worded(body: Body, brief: Brief) -> tuple[Body, str]:
    """The wording for the brief's length, else for its channel, else the body's own; and which that is, if there are more."""
    if not body.variants:
        return body, ""
    wordings: dict[str, Body] = {str(name): wording for name, wording in body.variants.items()}
    asked = [brief.length, brief.channel]
    found = next((each for each in asked if each in wordings), None)
    lacking = [f"`{each}`" for each in asked[: asked.index(found) if found else None] if each not in USUAL]
    said = f"the wording for `{found}`" if found else "its own wording"
    said += f", since it has none for {' or '.join(lacking)}" if lacking else ""
    return wordings[found] if found else body, said


def line(block: Block, library: Library) -> list[Block]:
    """A block and those that take its place, one after the other."""
    found = [block]
    while (later := library.blocks.get(found[-1].superseded_by or "")) is not None and later not in found:
        found.append(later)
    return found


def successor(block: Block, library: Library, days: Iterable[dt.date], *, drafts: bool = False) -> Block | None:
    """The block that has taken this one's place by these days: the last in its line that prints, and holds on all of them."""
    printing = ("approved", "draft") if drafts else ("approved",)
    later = (each for each in line(block, library)[:0:-1] if each.status in printing)
    return next((each for each in later if all(holds(each, day) for day in days)), None)


def begins_after(block: Block, days: Iterable[dt.date]) -> bool:
    """Whether a block is not valid yet on one of these days."""
    return any(day < (block.valid.from_ or day) for day in days)


def holds(block: Block, day: dt.date) -> bool:
    """Whether a block is valid on a day."""
    return (block.valid.from_ or day) <= day <= (block.valid.until or day)


def _holding(block: Block) -> str:
    first, last = block.valid.from_, block.valid.until
    return " ".join(
        each for each in (f"from {in_full(first)}" if first else "", f"until {in_full(last)}" if last else "") if each
    )


def trimmed(body: Body, points: tuple[Point, ...]) -> Body | None:
    """The body with only these points: a closing, and a lead that ends in a colon, go with the last of them."""
    bare = bool(body.points) and not points
    lead = None if bare and (body.lead or "").rstrip().endswith(":") else body.lead
    if body.text is None and lead is None and not points:
        return None
    return replace(body, lead=lead, points=points, closing=None if bare else body.closing, variants={})


def varied(block: Block, use: Use) -> Block:
    """The block with the brief's own heading and wording, for this day only."""
    if not (use.heading or use.replace):
        return block

    def reworded(point: Point) -> Point:
        text = use.replace.get(point.id, point.text) if point.id is not None else point.text
        return replace(point, text=text, points=tuple(reworded(each) for each in point.points))

    def change(_: str, body: Body) -> Body:
        variants = {name: change("", each) for name, each in body.variants.items()}
        return replace(body, points=tuple(reworded(point) for point in body.points), variants=variants)

    content = with_bodies(block.content, change)
    return replace(block, content=replace(content, heading=use.heading) if use.heading else content)
