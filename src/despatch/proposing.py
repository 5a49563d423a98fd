"""Which blocks a new brief begins with: what fits the debate, essential first, as far as a usual briefing has room.

Nothing is judged here that a build judges: the blocks are put in a trial brief, and selection, lengths and rules say
what they say of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from despatch.build import Prepared, Tailoring, laid_out, prepare
from despatch.content import PRIORITIES, Block, Library, Reference
from despatch.diagnostics import Diagnostic, Diagnostics
from despatch.find import LastUse, card, catalogue, find, last_uses
from despatch.lengths import lengths
from despatch.load import load_brief
from despatch.new import Proposed, Wanted, skeleton
from despatch.office import Briefing, Office
from despatch.parliament import ASKED, PROCEEDINGS
from despatch.select import holds, line, widened
from despatch.silence import check
from despatch.source import is_in
from despatch.workspace import Workspace

Sections: TypeAlias = dict[str, list[str]]
"""The ids of blocks by their kind, in order."""
MOST = 8
"""How many blocks a section has at the most: nobody reads a longer list of messages."""
FAR = 3
"""A block that has this many times less of the title’s words than the best one is about something else."""
LITTLE = {
    "a",
    "an",
    "and",
    "as",
    "at",
    "by",
    "for",
    "from",
    "in",
    "its",
    "of",
    "on",
    "or",
    "the",
    "their",
    "to",
    "with",
}
"""Words of a title that do not tell what it is about."""
OF_LISTS = {
    *LITTLE, *("amendment", "amendments", "list", "marshalled", "paper", "revised", "running", "stage"),
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
}  # fmt: skip
"""Words of the names of lists of amendments that do not tell the stage: each stage has one, with its `printings`."""
ON_A_BILL = re.compile(r"\b(?i:the|this) Bill\b|\b[Cc]lauses? \d|\bSchedules? \d")
"""The words of a block that is said of a Bill before the House."""
NAME_OF_A_BILL = re.compile(r"^(?:.*\b(?:on|of) the )?(?P<name>.*?\bbill\b)")
"""A Bill’s name among other words in small letters."""
GIVEN = re.compile(rf"\s*(?:- )?(?:title|{'|'.join(ASKED)}):")
"""How a line of a new brief begins that holds the officer’s own words."""
OF_BILLS = "it stands beside a Bill, and only briefings on a Bill have named it so far"
SPOKEN = {"draft", "not-valid", "only"}
"""The rules of selection of which the officer hears: what is withdrawn or superseded has had its day."""


class LeftOut(NamedTuple):
    """A block on the subject that the new brief does not name, and why."""

    name: str
    why: str


class Proposal(Struct, frozen=True):
    """What a new brief begins with, and what was left out of it."""

    sections: tuple[Proposed, ...]
    left_out: tuple[LeftOut, ...]
    remarks: tuple[Diagnostic, ...] = ()
    """What `check` says of the officer’s own words."""
    is_general: bool = False
    """Whether the library has nothing on the subject, but only what fits every one."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing in the library fits."""
        return not any(each.names for each in self.sections)


def habits(wanted: Wanted, workspace: Workspace, library: Library) -> Wanted:
    """The same with the contact, and unless one is said the style, of the office’s newest brief for this House or for any."""
    uses = last_uses(workspace.briefs()[0], library)
    newest = max(uses.values(), key=lambda each: (each.brief.startswith(wanted.house), each.day), default=None)
    path = workspace.brief(newest.brief)[0] if newest else None
    brief = load_brief(path, library)[0] if path else None
    standing = [
        str(name) for name, block in library.blocks.items() if block.kind == "contacts" and _stands(block, wanted)
    ]
    usual = str(brief.contact) if brief and brief.contact in standing else next(iter(standing), "")
    return replace(wanted, style=wanted.style or str((brief and brief.style) or "plain"), contact=usual)


def _stands(block: Block, wanted: Wanted) -> bool:
    return block.status == "approved" and all(holds(block, day) for day in wanted.dates)


def amiss(wanted: Wanted, library: Library) -> Diagnostics:
    """What is wrong with the officer’s own words, such as a title that names a fact that there is not."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{wanted.name}.yaml"
        path.write_text(skeleton(wanted, ()), encoding="utf-8")
        return load_brief(path, library)[2]


def proposal(wanted: Wanted, workspace: Workspace, library: Library) -> Proposal:
    """The blocks of each usual section, in order, and what was left out."""
    about = replace(wanted, topics=wanted.topics or _on_the_bill(wanted, library) or subjects(wanted.title, library))
    used = last_uses(workspace.briefs()[0], library)
    ranked, about_it = _ranked(about, library, used)
    of_bills = _of_bills(wanted, workspace, library, used)
    kept = {kind: [each for each in blocks if each.id not in of_bills] for kind, blocks in ranked.items()}
    with TemporaryDirectory() as folder:
        trial = _Trial(wanted, workspace, library, Path(folder) / f"{wanted.name}.yaml")
        standing, left_out = trial.standing(kept)
        left_out += [LeftOut(each.id, OF_BILLS) for blocks in ranked.values() for each in blocks if each.id in of_bills]
        taken = trial.filled(standing)
        while doubted := trial.doubted(taken):
            left_out += doubted
            unfit = {each.name for each in doubted}
            standing = {kind: [each for each in blocks if each.id not in unfit] for kind, blocks in standing.items()}
            taken = trial.filled(standing)
        remarks = tuple(filter(trial.is_given, trial.findings(taken)))
    sections = tuple(_section(kind, taken[kind], blocks, wanted, library) for kind, blocks in standing.items())
    is_general = not about_it & {name for each in sections for name in each.names}
    return Proposal(sections, tuple(left_out), remarks, is_general)


def _section(kind: str, names: Sequence[str], fitting: Sequence[Block], wanted: Wanted, library: Library) -> Proposed:
    """A section with what was taken, and what else fits it."""
    if kind == "positions" and "bill" in wanted.particulars:
        names = _as_tabled(names, library)
    return Proposed(kind, names, [each.id for each in fitting if each.id not in names][:MOST])


def _as_tabled(names: Sequence[str], library: Library) -> list[str]:
    """Positions on a Bill in the order in which the library’s files have them, which is the Bill’s."""
    return sorted(names, key=lambda name: _place(library.blocks[name]))


def _place(block: Block) -> tuple[Path, int]:
    return block.id.source.path, block.written.start


def _on_the_bill(wanted: Wanted, library: Library) -> tuple[str, ...]:
    """The topics of our positions on what is before the House, where that is a Bill."""
    positions = (block for block in library.blocks.values() if block.kind == "positions")
    sources = ((block, library.sources.get(block.content.proposal.from_)) for block in positions)
    ours = (block for block, source in sources if source is not None and _is_before_the_house(source, wanted))
    return tuple(dict.fromkeys(topic for block in ours for topic in block.topics))


def subjects(title: str, library: Library) -> tuple[str, ...]:
    """The topics that a title names, by their labels or by other words for them."""
    said = _typed(title)
    return tuple(
        name
        for name, topic in library.topics.items()
        if any(re.search(rf"\b{re.escape(_typed(each))}\b", said) for each in (topic.label, *topic.also))
    )


# What fits.


def _ranked(wanted: Wanted, library: Library, used: Mapping[str, LastUse]) -> tuple[dict[str, list[Block]], set[str]]:
    """The blocks of each section that fit, by priority, then as `find` ranks the title’s words; and those on the subject."""
    scores: Counter[str] = Counter()
    cards = catalogue(library)
    for word in re.findall(r"[\w’']+", wanted.title):
        hits = find(word, cards, used=used) if word.lower() not in LITTLE else []
        scores.update({hit.id: hit.score for hit in hits})  # an entry that lacks a word counts for less, but counts
    ranked: dict[str, list[Block]] = {}
    about_it: set[str] = set()
    elsewhere = _on_other_bills(wanted, library)
    for kind in PROCEEDINGS[wanted.proceeding].sections:
        blocks = [each for name, each in library.blocks.items() if each.kind == kind and name not in elsewhere]
        blocks = [each for each in blocks if each.is_english and not _is_elsewhere(each, wanted, library)]
        least = max((scores[each.id] for each in blocks), default=0) / FAR
        about = {str(each.id) for each in blocks if _is_about(each, wanted, library, has_words=scores[each.id] > least)}
        fitting = [each for each in blocks if each.id in about or not each.topics]
        ranked[kind] = sorted(fitting, key=lambda each: (_rank(each), each.id not in about, -scores[each.id], each.id))
        about_it |= about if kind != "boilerplate" else set()
    return ranked, about_it


def _rank(block: Block) -> int:
    return PRIORITIES.index(block.priority)


def _is_about(block: Block, wanted: Wanted, library: Library, *, has_words: bool) -> bool:
    """Whether a block is on the Bill or a wanted topic, or, where none is named or it has none, has the title’s words."""
    if block.kind == "positions" and "bill" in wanted.particulars:
        return True
    return bool({*wanted.topics} & widened(library, block.topics)) if wanted.topics and block.topics else has_words


def _is_elsewhere(block: Block, wanted: Wanted, library: Library) -> bool:
    """Whether a position is for another debate: those on a Bill are in its briefings alone, which have no others."""
    source = library.sources.get(block.content.proposal.from_) if block.kind == "positions" else None
    if source is not None and source.kind in ("bill", "amendment-list"):
        return not _is_before_the_house(source, wanted)
    return source is not None and "bill" in wanted.particulars


def _of_bills(wanted: Wanted, workspace: Workspace, library: Library, used: Mapping[str, LastUse]) -> set[str]:
    """Where no Bill is debated: what stands in a file with a Bill, and which briefings on Bills alone have ever named."""
    files = {source.id.source.path for source in library.sources.values() if source.kind == "bill"}
    beside = {name for name in used if name in library.blocks and library.blocks[name].id.source.path in files}
    if "bill" in wanted.particulars or not beside:
        return set()
    return beside - last_uses(filter(_is_on_no_bill, workspace.briefs()[0]), library).keys()


def _is_on_no_bill(path: Path) -> bool:
    brief = load_brief(path, Library(complete=False))[0]
    return brief is not None and not brief.bill


def _on_other_bills(wanted: Wanted, library: Library) -> set[str]:
    """The blocks that are said of a Bill, where no Bill is debated or their files are about others alone.

    Those that take each other’s place are said of the same thing, even where one has words that do not tell.
    """
    lines = [line(block, library) for block in library.blocks.values() if block.kind != "positions"]
    said = [each for blocks in lines for each in blocks if any(map(_is_on_a_bill, blocks))]
    if "bill" not in wanted.particulars:
        return {str(block.id) for block in said}
    ours: defaultdict[Path, list[bool]] = defaultdict(list)
    for source in library.sources.values():
        if source.kind == "bill":
            ours[source.id.source.path].append(_is_the_bill(source, wanted))
    return {str(block.id) for block in said if not any(ours.get(block.id.source.path, (True,)))}


def _is_on_a_bill(block: Block) -> bool:
    return ON_A_BILL.search(card(block).words) is not None


def _is_the_bill(source: Reference, wanted: Wanted) -> bool:
    """Whether the title, or what is said of the Bill and its print, names this Bill, however its apostrophe is typed."""
    said = {_bill_in(wanted.title), _bill_in(wanted.particulars.get("bill", ""))}
    return source.kind == "bill" and (_bill_in(source.title) in said or _typed(wanted.title) in _typed(source.title))


def _bill_in(words: str) -> str:
    """The name of a Bill as it is compared, without what stands around it: `Second Reading of the Placements Bill [HL]`."""
    found = NAME_OF_A_BILL.search(_typed(words))
    return found["name"] if found else _typed(words)


def list_meant(words: str, answers: Mapping[str, str], library: Library) -> str:
    """The id of the library’s one list of amendments that words mean: by its title, or by the stage of the same Bill."""
    known = (each for each in library.sources.values() if each.kind == "amendment-list")
    lists = [each for each in known if each.is_before(answers.get("house", ""), answers.get("proceeding", ""))]
    bills = {_bill_in(answers.get("title", "")), _bill_in(answers.get("bill", ""))}
    telling = _words(words) - OF_LISTS
    ours = [
        each
        for each in lists
        if telling and telling <= _words(f"{each.title} {each.short or ''}") and _bill_in(each.title) in bills
    ]
    found = [each for each in lists if _typed(each.title) == _typed(words)] or ours
    return str(found[0].id) if len(found) == 1 else ""


def _words(text: str) -> set[str]:
    return set(re.findall(r"[\w']+", _typed(text)))


def _typed(words: str) -> str:
    """Words as they are compared: small letters and a typewriter’s apostrophe."""
    return words.casefold().replace("’", "'")


def _is_before_the_house(source: Reference, wanted: Wanted) -> bool:
    """Whether this list of amendments is debated, or this Bill where no list is."""
    if "amendment_list" in wanted.particulars:
        return str(source.id) == wanted.particulars["amendment_list"]
    return "bill" in wanted.particulars and _is_the_bill(source, wanted)


# What there is room for.


def _in_turn(ranked: Mapping[str, Sequence[Block]]) -> Iterator[Block]:
    """All that is essential, and then the rest, the next always for the section that has the fewest words yet."""
    waiting = {kind: list(blocks[:MOST]) for kind, blocks in ranked.items()}
    words = dict.fromkeys(ranked, 0)
    while any(waiting.values()):
        kind = min(filter(waiting.get, waiting), key=lambda each: (_rank(waiting[each][0]), words[each]))
        block = waiting[kind].pop(0)
        words[kind] += _size(block)
        yield block


def _size(block: Block) -> int:
    """About how many words a block has: those in its file."""
    return len(block.written.source.text[block.written.start : block.written.end].split())


class _Trial(Struct, frozen=True):
    """A brief that is tried, in a folder of its own."""

    wanted: Wanted
    workspace: Workspace
    library: Library
    path: Path

    def prepared(self, sections: Mapping[str, Sequence[str]]) -> Prepared | None:
        """The brief with these blocks, if it can be built."""
        text = skeleton(self.wanted, [Proposed(kind, names) for kind, names in sections.items()])
        self.path.write_text(text, encoding="utf-8")
        return prepare(self.workspace, self.path, self.library, Tailoring())[0]

    def standing(self, ranked: Mapping[str, Sequence[Block]]) -> tuple[dict[str, list[Block]], list[LeftOut]]:
        """The blocks that would print on the day, and those that would not."""
        prepared = self.prepared({kind: [each.id for each in blocks] for kind, blocks in ranked.items()})
        decisions = [each for each in prepared.selection.decisions if not each.point] if prepared else []
        named = {each.block for each in decisions if each.rule == "named" and not each.in_place_of}
        barred = [LeftOut(each.block, each.why) for each in decisions if each.rule in SPOKEN]
        return {kind: [each for each in blocks if each.id in named] for kind, blocks in ranked.items()}, barred

    def filled(self, standing: Mapping[str, Sequence[Block]]) -> Sections:
        """As many blocks as a briefing of the usual length has room for, and one at the least."""
        order = list(_in_turn(standing))
        number = bisect_left(
            range(2, len(order) + 1), True, key=lambda size: not self.has_room(_sorted(order[:size], standing))
        )
        return _sorted(order[: number + 1], standing)

    def has_room(self, sections: Sections) -> bool:
        """Whether a briefing with these blocks is no longer than it usually is."""
        prepared = self.prepared(sections)
        document = laid_out(prepared, Tailoring(), self.path)[0] if prepared else None
        if prepared is None or document is None:
            return False
        return lengths(document, prepared.style)[-1].pages <= PROCEEDINGS[self.wanted.proceeding].pages

    def doubted(self, sections: Sections) -> list[LeftOut]:
        """The blocks of which `check` says something that it does not say of the library, and what it says."""
        names = [name for each in sections.values() for name in each]
        found = [each for each in self.findings(sections) if not self.is_given(each)]
        said = {name: each.message for each in found if (name := _named_at(each, self.library, names))}
        if found and not said:
            said = self.tried(sections, found)
        return [LeftOut(name, why) for name, why in said.items()]

    def tried(self, sections: Sections, found: Diagnostics) -> dict[str, str]:
        """The last of the blocks without which, and without all after it, `check` says less, where it names none."""
        left = {kind: [*names] for kind, names in sections.items()}
        for kind, name in reversed([(kind, name) for kind, names in sections.items() for name in names]):
            left[kind].remove(name)
            still = [each.message for each in self.findings(left) if not self.is_given(each)]
            if len(still) < len(found):
                return {name: next((each.message for each in found if each.message not in still), found[0].message)}
        return {}

    def is_given(self, fault: Diagnostic) -> bool:
        """Whether a fault is in the officer’s own words."""
        return fault.span.path == self.path and GIVEN.match(fault.span.text) is not None

    def findings(self, sections: Sections) -> Diagnostics:
        """What `check` says of the brief, and not of its blocks alone."""
        prepared = self.prepared(sections)
        document, faults = laid_out(prepared, Tailoring(), self.path) if prepared else (None, [])
        if prepared is None or document is None:
            return []
        names = {name for each in sections.values() for name in each}
        library = prepared.selection.library
        library = replace(library, blocks={name: block for name, block in library.blocks.items() if name in names})
        briefing = Briefing(self.path, prepared.selection, document, prepared.style)
        before = {*check(Office(library, (), is_whole=False))}
        found = [*faults, *check(Office(library, (briefing,), is_whole=False))]
        return [each for each in found if each.severity != "advice" and each not in before]


def _sorted(blocks: Sequence[Block], sections: Mapping[str, Sequence[Block]]) -> Sections:
    """The ids of blocks under their sections, each in its order."""
    chosen = {block.id for block in blocks}
    return {kind: [str(each.id) for each in standing if each.id in chosen] for kind, standing in sections.items()}


def _named_at(fault: Diagnostic, library: Library, names: Sequence[str]) -> str:
    """The block that is named at the place of a fault, or whose words stand there."""
    span = fault.span
    for name in names:
        if is_in(span, library.blocks[name].written):
            return name
    named = span.text[span.column - 1 : span.column - 1 + span.width]
    return named if named in names else ""
