"""Rules that hold for every library and every brief, tried on small ones made at random."""

from __future__ import annotations

import json
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from despatch import report
from despatch.budget import within
from despatch.build import Prepared, Tailoring, laid_out
from despatch.content import Fact, Point, all_points, bodies
from despatch.diagnostics import Diagnostics, Span
from despatch.document import Document, Heading, Paragraph, Table, lines, walk
from despatch.load import load_brief, load_library
from despatch.reading import Reader
from despatch.revise import Change, revised
from despatch.select import Selection, select
from despatch.source import UNPRINTABLE, Data, Mapping, Scalar, Sequence, Source, parse, splice
from despatch.style import Style, load_style
from despatch.workspace import Workspace

Fields = dict[str, Any]
UNDER = {"children": "", "homes": "children", "fostering": "homes", "asylum": ""}
PRIORITIES = ["essential", "standard", "detail"]
KEPT = {"full": 3, "standard": 2, "short": 1}
TODAY = "2022-12-08"
SUBSETS: list[list[str]] = [[], [], *([each] for each in UNDER), *map(list, combinations(UNDER, 2))]
TOPICS = st.sampled_from(SUBSETS)


# Libraries and briefs made at random. Every piece of text is one word of its own, `Word7`, so that it can be found.


@dataclass
class World:
    """The blocks of a library with the list each is in, and a brief."""

    blocks: list[tuple[str, Fields]]
    brief: Fields

    @property
    def seeds(self) -> Fields:
        """One seed file's data."""
        made: Fields = {
            "topics": [
                {"id": name, "label": name} | ({"under": wider} if wider else {}) for name, wider in UNDER.items()
            ],
            "sources": [{"id": "a-review", "kind": "review", "title": "A review"}],
            "facts": [{"id": "a-fact", "value": "up to 20", "what": "things", "source": "a-review"}],
            "terms": [{"short": "SGO", "long": "special guardianship order"}],
        }
        for kind, block in self.blocks:
            made.setdefault(kind, []).append(block)
        return made


# Each choice is drawn at once from all its combinations, which takes a fraction of the time of several draws.

COMMON = [{"topics": topics, "priority": priority} for priority in (None, None, *PRIORITIES) for topics in SUBSETS]
POINT = st.sampled_from([{"text": "", **each, "id": named} for named in (False, True) for each in COMMON])


def _over(points: st.SearchStrategy[list[Fields]]) -> st.SearchStrategy[list[Fields]]:
    """Points, of which some have these under them."""
    one = st.builds(_joined, POINT, st.fixed_dictionaries({"points": points}))
    return st.lists(st.one_of(POINT, POINT, one), min_size=1, max_size=3)


def _joined(*parts: Fields) -> Fields:
    return {key: value for part in parts for key, value in part.items()}


POINTS = _over(_over(st.lists(POINT, min_size=1, max_size=2)))
FRAMES = st.sampled_from(
    [_joined(lead, closing) for lead in ({}, {"lead": ""}, {"lead": ":"}) for closing in ({}, {"closing": ""})]
)
STANDING: list[Fields] = [
    {"status": "draft"},
    {"status": "withdrawn"},
    {"valid": {"until": "2022-12-07"}},
    {"valid": {"from": TODAY}},
    {"only": {"house": "commons"}},
    {"only": {"house": ["lords", "commons"]}},
    {"superseded_by": "next"},
]
BLOCK = st.sampled_from([{**each, **more} for more in [*[{}] * 2 * len(STANDING), *STANDING] for each in COMMON])
BODY = st.one_of(st.just({"text": ""}), *[st.builds(_joined, FRAMES, st.fixed_dictionaries({"points": POINTS}))] * 3)
PAIR = st.fixed_dictionaries(
    {
        "heading": st.just(""),
        "proposal": st.builds(_joined, st.just({"from": "a-review"}), BODY),
        "view": st.builds(_joined, st.just({"stance": "mixed"}), BODY),
    }
)
PLAIN = st.tuples(st.sampled_from(["passages", "key_messages"]), st.builds(_joined, BLOCK, BODY))
BLOCKS = st.one_of(PLAIN, st.tuples(st.just("positions"), st.builds(_joined, BLOCK, PAIR)))


def _finish(block: Fields, number: int, count: int) -> Fields:
    """The block with its id, its words, and its points' ids: figures, which could be mistaken for their places."""
    words, ids = iter(range(number * 1000, number * 1000 + 999)), iter(range(999))

    def finished(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            kept = {name: finished(inner, name) for name, inner in value.items() if inner not in (None, False, [])}
            return {name: str(next(ids)) if inner is True else inner for name, inner in kept.items()}
        if isinstance(value, list):
            return [finished(inner) for inner in value]
        if value == "next":
            return f"block-{number + 1}"
        return f"Word{next(words)}{value}" if key in ("text", "lead", "closing", "heading") else value

    made: Fields = finished(block)
    if number == count - 1:
        made.pop("superseded_by", None)
    return {"id": f"block-{number}", **made}


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A library of a few blocks and a brief that names some of them, some twice."""
    drawn = draw(st.lists(BLOCKS, min_size=1, max_size=4))
    blocks = [(kind, _finish(block, number, len(drawn))) for number, (kind, block) in enumerate(drawn)]
    uses = draw(st.lists(st.sampled_from(blocks).flatmap(_use), min_size=1, max_size=5))
    brief: Fields = {
        "title": "A debate",
        "house": "lords",
        "proceeding": "take-note-debate",
        "date": TODAY,
        "length": draw(st.sampled_from(sorted(KEPT))),
        "topics": {"include": draw(TOPICS), "exclude": draw(TOPICS)},
        "sections": [{kind if draw(st.booleans()) else "blocks": [use]} for kind, use in uses],
    }
    worded = [block["id"] for kind, block in blocks if kind != "positions"]
    standfirst = draw(st.sampled_from([None, *worded]))
    if standfirst is not None:
        brief["standfirst"] = standfirst
    return World(blocks, brief)


def _use(named: tuple[str, Fields]) -> st.SearchStrategy[tuple[str, Fields]]:
    kind, block = named
    ids = [point["id"] for point, _ in _written_points(block) if "id" in point]
    omitted = st.lists(st.sampled_from(ids), unique=True, max_size=2) if ids else st.just([])
    return omitted.map(lambda omit: (kind, {"use": block["id"], "omit": omit}))


def _written_points(data: Fields, above: tuple[Fields, ...] = ()) -> Iterator[tuple[Fields, tuple[Fields, ...]]]:
    """Every point as written, with the points that it stands in."""
    for body in (data, data.get("proposal", {}), data.get("view", {})):
        for point in body.get("points", []):
            yield point, above
            yield from _written_points(point, (*above, point))


# Reading what was made.


@cache
def _style() -> Style:
    style, faults = load_style("plain", Path("none"), Span(Path("none")))
    assert style is not None
    assert not faults
    return style


FOLDER = tempfile.TemporaryDirectory(prefix="despatch-tests-")  # one for all, because making one takes the longest


def _files(seeds: list[Any], brief: Any) -> Workspace:
    """The workspace with these files (JSON is YAML)."""
    root = Path(FOLDER.name)
    for folder, files in (("seeds", seeds), ("briefs", [brief])):
        (root / folder).mkdir(exist_ok=True)
        for left in (root / folder).iterdir():
            left.unlink()
        for number, data in enumerate(files):
            (root / folder / f"{number}.yaml").write_text(_text(data), "utf-8")
    return Workspace(root)


def _text(data: Any) -> str:
    """Data as a file: text as it is, fields a line each."""
    if isinstance(data, dict):
        return "\n".join(_line(*each) for each in data.items())
    return data if isinstance(data, str) else json.dumps(data)


def _line(key: str, value: Any) -> str:
    """A field of a brief, with an id without quotation marks, as people write it."""
    plain = isinstance(value, str) and re.fullmatch("[a-z0-9-]+", value)
    return f"{json.dumps(key)}: {value if plain else json.dumps(value)}"


def _read(seeds: list[Any], brief: Any) -> tuple[Prepared | None, Diagnostics]:
    """What is selected from these files, and their faults."""
    files = _files(seeds, brief)
    library, faults = load_library(files.seeds)
    made, joined, more = load_brief(files.root / "briefs" / "0.yaml", library)
    for fault in (*faults, *more):
        assert report.text([fault], files.root)
    return Prepared(made, select(joined, made), _style()) if made and not more else None, faults + more


def _prepared(world: World, **brief: Any) -> Prepared:
    prepared, faults = _read([world.seeds], {**world.brief, **brief})
    assert not faults
    assert prepared is not None
    return prepared


def _document(prepared: Prepared) -> Document | None:
    return laid_out(prepared, Tailoring(), Path("lords.yaml"))[0]


def _words(document: Document | None) -> list[str]:
    """The words `Word7` that a document prints, in order."""
    return re.findall(r"Word\d+", " ".join(lines(document))) if document else []


def _word(text: str) -> str:
    return text.rstrip(":")


# What should be printed, said again from the contract, as simply as it can be said.


def _widened(topics: list[str]) -> set[str]:
    found = set()
    for topic in topics:
        wider = topic
        while wider:
            found.add(wider)
            wider = UNDER[wider]
    return found


@dataclass(frozen=True)
class Oracle:
    """Which points print, by the rules of selection alone."""

    world: World

    def block_stands(self, block: Fields) -> bool:
        """Whether neither its status, its dates, its successor nor its `only` keep the block out."""
        stands = self.approved(block) and self.holds(block) and block.get("only") != {"house": "commons"}
        return stands and self.heir(block) is None

    def heir(self, block: Fields) -> Fields | None:
        """The last of those that are to take its place which is approved and holds."""
        found, known = None, {each["id"]: each for _, each in self.world.blocks}
        while block := known.get(block.get("superseded_by", ""), {}):
            found = block if self.approved(block) and self.holds(block) else found
        return found

    def uses(self) -> Iterator[Fields]:
        """What the sections name, a block whose time is over followed by the one that prints there in its place."""
        kinds = {block["id"]: kind for kind, block in self.world.blocks}
        known = {block["id"]: block for _, block in self.world.blocks}
        taken = {use["use"] for section in self.world.brief["sections"] for (use,) in section.values()}
        for section in self.world.brief["sections"]:
            for name, (use,) in section.items():
                yield use
                later = self.heir(known[use["use"]])
                if later and later["id"] not in taken and name in ("blocks", kinds[later["id"]]):
                    taken.add(later["id"])
                    yield {**use, "use": later["id"]}

    def approved(self, block: Fields) -> bool:
        return "status" not in block

    def holds(self, block: Fields) -> bool:
        return "until" not in block.get("valid", {})

    def excluded(self, topics: list[str]) -> bool:
        return bool(_widened(topics) & set(self.world.brief["topics"]["exclude"]))

    def wanted(self, topics: list[str], priority: str) -> bool:
        include = set(self.world.brief["topics"]["include"])
        kept = PRIORITIES.index(priority) < KEPT[self.world.brief["length"]]
        return kept and (not include or not topics or bool(include & _widened(topics)))

    def points(self, points: list[Fields], topics: list[str], priority: str, omit: list[str]) -> Iterator[str]:
        """The words of the points that print."""
        for point in points:
            carried, ranked = [*topics, *point.get("topics", [])], point.get("priority", priority)
            if point.get("id") in omit or self.excluded(carried):
                continue
            under = list(self.points(point.get("points", []), carried, ranked, omit))
            if under or self.wanted(carried, ranked):
                yield _word(point["text"])
                yield from under

    def use(self, use: Fields) -> list[str]:
        """The words of the block's points that print."""
        block = next(each for _, each in self.world.blocks if each["id"] == use["use"])
        topics, priority = block.get("topics", []), block.get("priority", "standard")
        if not self.block_stands(block) or self.excluded(topics):
            return []
        found = (block.get("proposal", block), block.get("view", {}))
        return [each for body in found for each in self.points(body.get("points", []), topics, priority, use["omit"])]


@given(worlds())
def test_the_points_that_print_are_those_of_the_contract(world: World) -> None:
    points = {_word(point["text"]) for _, block in world.blocks for point, _ in _written_points(block)}
    oracle = Oracle(world)
    expected = [word for use in oracle.uses() for word in oracle.use(use)]
    brief = {name: value for name, value in world.brief.items() if name != "standfirst"}
    document = _document(_prepared(World(world.blocks, brief)))
    event("something is left" if expected else "nothing is left")
    assert [word for word in _words(document) if word in points] == expected


# Exclusion, omission, ancestors.


@given(worlds())
def test_what_is_excluded_is_nowhere(world: World) -> None:
    oracle = Oracle(world)
    hidden = set()
    for _, block in world.blocks:
        words = set(re.findall(r"Word\d+", json.dumps(block)))
        if oracle.excluded(block.get("topics", [])):
            hidden |= words
        for point, above in _written_points(block):
            carried = [topic for each in (block, *above, point) for topic in each.get("topics", [])]
            if oracle.excluded(carried):
                hidden |= set(re.findall(r"Word\d+", json.dumps(point)))
    assert not hidden & set(_words(_document(_prepared(world))))


@given(worlds(), st.sampled_from(sorted(UNDER)))
def test_adding_an_include_never_brings_back_what_is_excluded(world: World, topic: str) -> None:
    choice = world.brief["topics"]
    more = {"include": [*choice["include"], topic], "exclude": choice["exclude"]}
    narrow, wide = _prepared(world).selection, _prepared(world, topics=more).selection
    out = {(each.block, each.point) for each in narrow.decisions if each.rule in ("excluded", "omitted")}
    printed = {(each.block, each.point) for each in wide.decisions if each.included}
    once = len({each.block for each in narrow.decisions}) == sum(not each.point for each in narrow.decisions)
    assume(once)  # a block used twice may omit a point in one place only
    assert not out & printed


@given(worlds(), TOPICS)
def test_excluding_more_never_prints_more_points(world: World, topics: list[str]) -> None:
    choice = world.brief["topics"]
    less = {"include": choice["include"], "exclude": [*choice["exclude"], *topics]}
    assert set(_words(_document(_prepared(world, topics=less)))) <= set(_words(_document(_prepared(world))))


@given(worlds())
def test_omit_always_wins(world: World) -> None:
    uses = [use for section in world.brief["sections"] for (use,) in section.values()]
    assume(len({use["use"] for use in uses}) == len(uses) and "standfirst" not in world.brief)
    hidden: set[str] = set()
    for use in uses:
        block = next(each for _, each in world.blocks if each["id"] == use["use"])
        for point, _ in _written_points(block):
            if point.get("id") in use["omit"]:
                hidden |= set(re.findall(r"Word\d+", json.dumps(point)))
    everything: Fields = {"include": [], "exclude": []}
    assert not hidden & set(_words(_document(_prepared(world, length="full", topics=everything))))


@given(worlds())
def test_what_a_printed_point_stands_in_is_printed(world: World) -> None:
    for chosen in (selection := _prepared(world).selection).sections:
        for block in chosen.blocks:
            kept = [point for _, body in bodies(block.content) for point in all_points(body.points)]
            written = dict(_standing(world, block.id))
            printed = {str(point.text) for point in kept}
            assert all(set(written[str(point.text)]) <= printed for point in kept)
    assert all(each.why for each in selection.decisions)


def _standing(world: World, name: str) -> Iterator[tuple[str, list[str]]]:
    block = next(each for _, each in world.blocks if each["id"] == name)
    for point, above in _written_points(block):
        yield point["text"], [each["text"] for each in above]


# Lengths. One piece more or less is a word more or less, so every budget matters.


def _within(world: World, room: int) -> Selection:
    """What a world prints in so many words of its own."""
    prepared = _prepared(world)

    def fits(selection: Selection) -> bool:
        return len(_words(_document(replace(prepared, selection=selection)))) <= room

    return within(prepared.selection, fits, f"{room} words")


def _places(selection: Selection) -> list[tuple[int, str]]:
    """The words of the points, texts and headings that a selection prints, each with its section."""
    found = re.compile(r"Word\d+")
    return [
        (at, word)
        for at, chosen in enumerate(selection.sections)
        for block in chosen.blocks
        for word in found.findall(repr(block.content))
    ]


@given(worlds(), st.integers(0, 30), st.integers(0, 10))
def test_more_room_never_takes_away_what_less_room_kept(world: World, room: int, more: int) -> None:
    less, whole = Counter(_places(_within(world, room))), Counter(_places(_prepared(world).selection))
    assert less <= Counter(_places(_within(world, room + more))) <= whole
    event("cut" if less < whole else "all fits")


@given(worlds(), st.integers(0, 30))
def test_what_is_essential_stays_whatever_room_there_is(world: World, room: int) -> None:
    essential = {block["id"] for _, block in world.blocks if block.get("priority") == "essential" and "text" in block}
    before, after = (
        {each.block for each in selection.decisions if each.included and not each.point}
        for selection in (_prepared(world).selection, _within(world, room))
    )
    assert essential & before <= after <= before
    assert bool(before) == bool(after)


@given(worlds(), st.integers(0, 30))
def test_no_room_leaves_half_a_pair_or_a_lead_alone(world: World, room: int) -> None:
    whole = _prepared(world).selection.sections  # a section of these has one block
    for before, after in zip(whole, _within(world, room).sections, strict=True):
        if after.blocks:
            shapes = [
                [(name, bool(body.points), body.lead, body.closing) for name, body in bodies(block.content)]
                for block in (*before.blocks[: len(after.blocks)], *after.blocks)
            ]
            assert len(before.blocks) > 1 or shapes[0] == shapes[1]


@given(worlds(), st.integers(0, 30))
def test_what_is_decided_is_what_is_printed_in_any_room(world: World, room: int) -> None:
    selection = _within(world, room)
    points = [point for chosen in selection.sections for block in chosen.blocks
              for _, body in bodies(block.content) for point in all_points(body.points)]  # fmt: skip
    blocks = [block.id for chosen in selection.sections for block in chosen.blocks]
    opening = selection.standfirst
    of_opening = [1 for _, body in bodies(opening.content) for _ in all_points(body.points)] if opening else []
    decided = [each for each in selection.decisions if each.included]
    assert len([each for each in decided if each.point]) == len(points) + len(of_opening)
    assert [each.block for each in decided if not each.point] == [*([opening.id] if opening else []), *blocks]


@given(worlds(), st.sampled_from(sorted(KEPT)), st.sampled_from(["briefing", "article"]), st.integers(0, 30))
def test_exclusion_survives_every_length_wording_and_room(world: World, length: str, channel: str, room: int) -> None:
    world.brief.update(length=length, channel=channel)
    hidden = set[str]()
    for _, block in world.blocks:
        for body in (block.get("proposal"), block.get("view"), block):
            if body and ("text" in body or "points" in body):
                body["variants"] = {each: _again(body, each) for each in ("short", "article")}
        for piece, carried in _carried(block):
            if Oracle(world).excluded(carried):
                hidden |= set(re.findall(r"Word\w+", json.dumps(piece)))
    selection = _within(world, room)
    said = set(re.findall(r"Word\w+", repr([block.content for each in selection.sections for block in each.blocks])))
    assert not hidden & said


def _again(body: Fields, name: str) -> Fields:
    """The same body in words that are this wording's own."""
    kept = {key: body[key] for key in ("text", "lead", "points", "closing") if key in body}
    made: Fields = json.loads(re.sub(r"Word\d+", rf"\g<0>{name}", json.dumps(kept)))
    return made


def _carried(block: Fields) -> Iterator[tuple[Fields, list[str]]]:
    """A block and its points in every wording, with the topics that each carries."""
    yield block, block.get("topics", [])
    own = [block, block.get("proposal", {}), block.get("view", {})]
    for body in [*own, *(wording for each in own for wording in each.get("variants", {}).values())]:
        for point, above in _points_in(body.get("points", []), ()):
            yield point, [topic for each in (block, *above, point) for topic in each.get("topics", [])]


def _points_in(points: list[Fields], above: tuple[Fields, ...]) -> Iterator[tuple[Fields, tuple[Fields, ...]]]:
    for point in points:
        yield point, above
        yield from _points_in(point.get("points", []), (*above, point))


# Decisions, anchors, purity, order.


@given(worlds())
def test_every_block_and_point_is_decided_on_once_a_use(world: World) -> None:
    world.brief.pop("standfirst", None)
    selection = _prepared(world).selection
    uses = [use["use"] for use in Oracle(world).uses()]
    known = {block["id"]: 1 + len(list(_written_points(block))) for _, block in world.blocks}
    assert len(selection.decisions) == sum(known[name] for name in uses)
    assert all(each.why and each.rule for each in selection.decisions)
    places = [(each.block, each.point) for each in selection.decisions]
    assert len(set(places)) == sum(known[name] for name in set(uses))


@given(worlds())
def test_selection_is_pure(world: World) -> None:
    prepared = _prepared(world)
    first = repr(select(prepared.selection.library, prepared.brief))
    assert first == repr(prepared.selection)
    assert repr(select(prepared.selection.library, prepared.brief)) == first


@given(worlds())
def test_no_two_places_have_the_same_anchor(world: World) -> None:
    document = _document(_prepared(world))
    assume(document is not None)
    assert document is not None
    anchors = [each.origin.anchor for each in walk(document.content) if isinstance(each, Heading | Paragraph | Table)]
    assert len(anchors) == len(set(anchors))


@given(worlds(), st.randoms(use_true_random=False), st.integers(1, 3))
def test_the_order_of_seeds_changes_nothing(world: World, chance: random.Random, count: int) -> None:
    """Entries are shuffled, over any number of files, each under a comment of its own."""
    entries = [(kind, entry) for kind, listed in world.seeds.items() for entry in listed]
    first, _ = _read([_as_yaml(entries)], world.brief)
    chance.shuffle(entries)
    second, faults = _read([_as_yaml(entries[number::count]) for number in range(count)], world.brief)
    assert not faults
    assert first is not None
    assert second is not None
    assert _document(first) == _document(second)
    assert first.selection.decisions == second.selection.decisions


def _as_yaml(entries: list[tuple[str, Fields]]) -> str:
    """Seeds as people write them: an entry a dash, with a comment above it."""
    kinds = dict.fromkeys(kind for kind, _ in entries)
    made = []
    for kind in kinds:
        made.append(f"{kind}:")
        for each in (entry for name, entry in entries if name == kind):
            made += [f"  # About {each.get('id', 'a term')}."]
            made += [f"  {'-' if not n else ' '} {key}: {json.dumps(v)}" for n, (key, v) in enumerate(each.items())]
            made += [""]
    return "\n".join(made)


# Reading: nothing that can be typed makes it fail, and what it says of places is true.

YAMLISH = st.text(alphabet="ab1 -:#{}[]|>'\"\n\t&*!%@`,?\\é…\u2028", max_size=60)
PRINTABLE = st.text(max_size=60).map(lambda text: UNPRINTABLE.sub("", text).lstrip("\ufeff"))


def _inside(span: Span, text: str) -> bool:
    whole = 0 <= span.start <= span.end <= len(text)
    line = text.split("\n")[span.line - 1].rstrip("\r")
    return whole and span.line == text.count("\n", 0, span.start) + 1 and span.text == line


def _all(data: Data | None) -> Iterator[Data]:
    if data is not None:
        yield data
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield key
            yield from _all(value)
    if isinstance(data, Sequence):
        for value in data:
            yield from _all(value)


@settings(max_examples=400)
@given(st.one_of(YAMLISH, PRINTABLE))
def test_any_text_can_be_parsed(text: str) -> None:
    source = Source(Path("homes.yaml"), text)
    data, faults = parse(source)
    assert all(_inside(each.span, text) for each in faults)
    assert all(_inside(each.span, text) for each in _all(data))
    assert data is not None or faults or not re.sub(r"(?m)^\s*(#.*)?$|^(---|\.\.\.)", "", text).strip()


WORDS = st.sampled_from(
    ["homes", "block-0", "a-fact", "up to {{a-fact}}", "{{SGOs}} and [@a-review]", "**strong** [a](https://a.example)",
     "2022-12-08", "2020/21", "auto", "", " ", "no", "ü", "- a\n- b", "{{", "[@", "{{a-fact.as_of}}", "\\"]
)  # fmt: skip
KEYS = st.sampled_from(
    ["id", "text", "points", "lead", "topics", "label", "heading", "proposal", "view", "variants", "only", "valid", "use",
     "omit", "replace", "passages", "facts", "short", "short.", "blocks", "kind", "value", "equals", "superseded_by"]
)  # fmt: skip
JUNK = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6
)


def _spoilt(data: Any, chance: random.Random, junk: Any) -> Any:
    """The data with something else in one place, as deep as chance has it."""
    if isinstance(data, dict) and data and chance.random() < 0.9:
        key = chance.choice(sorted(data))
        return {**data, key: _spoilt(data[key], chance, junk)} if chance.random() < 0.9 else {**data, "text": junk}
    if isinstance(data, list) and data and chance.random() < 0.9:
        place = chance.randrange(len(data))
        return [*data[:place], _spoilt(data[place], chance, junk), *data[place + 1 :]]
    return junk


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(worlds(), st.randoms(use_true_random=False), st.lists(JUNK, min_size=1, max_size=3), st.booleans())
def test_any_mistake_is_a_fault_and_never_a_crash(
    world: World, chance: random.Random, junk: list[Any], in_brief: bool
) -> None:
    seeds, brief = world.seeds, world.brief
    for each in junk:
        seeds, brief = (seeds, _spoilt(brief, chance, each)) if in_brief else (_spoilt(seeds, chance, each), brief)
    prepared, faults = _read([seeds], brief)
    event("sound" if prepared else "faulty")
    assert prepared is not None or faults
    if prepared is not None and not faults:
        _document(prepared)


STYLES = {
    "literal": ("|\n", "\n  ", ""),
    "literal, stripped, with a comment": ("|-  # a comment\n", "\n    ", ""),
    "folded": (">\n", "\n  ", ""),
    "plain": ("Words ", "\n    ", ""),
    "single quotes": ("'", "\n    ", "'"),
    "double quotes": ('"', "\n    ", '"'),
}
PIECES = st.lists(st.sampled_from(["word", "{{fact}}", "é…", "a\u00a0b", "it’s"]), min_size=1, max_size=8)


@given(st.sampled_from(sorted(STYLES)), st.lists(PIECES, min_size=1, max_size=3), st.sampled_from(["\n", "\r\n"]))
def test_a_place_in_prose_is_its_place_in_the_file(style: str, rows: list[list[str]], newline: str) -> None:
    opening, between, closing = STYLES[style]
    numbers = iter(range(99))
    rows = [[f"{piece}{next(numbers)}x" for piece in row] for row in rows]
    start = between[1:] if opening.endswith("\n") else ""
    prose = f"{opening}{start}{between.join('  '.join(row) for row in rows)}{closing}"
    text = f"# above\nid: one\ntext: {prose}\nnote: below\n".replace("\n", newline)
    data, faults = parse(Source(Path("homes.yaml"), text))
    assert not faults
    assert isinstance(data, Mapping)
    scalar = data[Scalar("text")]
    for piece in (piece for row in rows for piece in row):
        span = scalar.span_of(scalar.index(piece), scalar.index(piece) + len(piece))
        assert text[span.start : span.end] == piece
        assert span.text[span.column - 1 :].startswith(piece)


def test_a_place_after_a_doubled_or_escaped_quotation_mark_is_found() -> None:
    for line in ("text: 'It''s {{fact}}.'", 'text: "A \\"quoted\\" {{fact}}."', 'text: "A\\tb {{fact}}."'):
        data, _ = parse(Source(Path("homes.yaml"), line))
        assert isinstance(data, Mapping)
        scalar = data[Scalar("text")]
        span = scalar.span_of(scalar.index("{{"), scalar.index("}}") + 2)
        assert line[span.start : span.end] == "{{fact}}"


def test_points_under_points_are_all_found() -> None:
    """A guard on the helper that the properties above lean on."""
    inner = Point(Scalar("b"))  # type: ignore[arg-type]
    outer = replace(inner, points=(inner,))
    assert len(list(all_points((outer, inner)))) == 3
    assert len(list(_written_points({"points": [{"points": [{}]}, {}]}))) == 3


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "\n\n"])
def test_a_brief_with_nothing_in_it_is_a_fault(text: str) -> None:
    prepared, faults = _read([{}], text)
    assert prepared is None
    assert faults


# Splicing. A seed file is made as officers write them: any order of fields, any way of writing each, comments anywhere.

VALUES = st.sampled_from(
    ["82,170", "up to 20", "£1.6 billion", "£14m to £19m", "nearly 25 per cent", "it’s 7", "7: 1", "#1"]
)
OLDER = st.lists(
    st.fixed_dictionaries({"value": VALUES}, optional={"as_of": st.just("2019/20")}), min_size=1, max_size=2
)
FACT = st.fixed_dictionaries(
    {"value": VALUES, "what": st.sampled_from(["children: all", "carers, England", "it"]), "source": st.just("a")},
    optional={"as_of": st.just("2022-03-31"), "next": st.just("2023-11"), "was": OLDER, "note": st.just("- a note\n# of two")},
)  # fmt: skip


@dataclass
class Seed:
    """Writes facts as YAML, by chance in one way or another. Each comment is a word of its own."""

    chance: random.Random
    comments: int = 0

    def comment(self, before: str) -> str:
        """A comment, sometimes."""
        self.comments += 1
        return f"{before}# comment-{self.comments}." if self.chance.random() < 0.3 else ""

    def quoted(self, text: str, *, in_flow: bool) -> str:
        ways = ["'" + text.replace("'", "''") + "'", f'"{text}"']
        if not (re.search(r": | #|^[#-]", text) or (in_flow and "," in text)):
            ways += [text] * 3
        return self.chance.choice(ways)

    def braces(self, fact: Fields) -> str:
        fields = [f"{name}: {self.flow(value)}" for name, value in self.shuffled(fact)]
        break_ = f"{self.comment('  ')}\n          "
        return "{" + ", ".join(fields) + "}" if self.chance.random() < 0.7 else "{" + f",{break_}".join(fields) + "}"

    def flow(self, value: Any) -> str:
        if isinstance(value, list):
            return f"[{', '.join(self.braces(each) for each in value)}]"
        return self.quoted(value.replace("\n", " "), in_flow=True)

    def shuffled(self, fact: Fields) -> list[tuple[str, Any]]:
        return self.chance.sample(list(fact.items()), len(fact))

    def dashed(self, fact: Fields, indent: int) -> str:
        gap = self.chance.choice([1, 1, 3])
        margin = " " * (indent + 1 + gap)
        fields = [f"{name}:{self.block(value, len(margin))}" for name, value in self.shuffled(fact)]
        between = [f"{self.blank()}{self.comment(margin)}" for _ in fields[1:]]
        rows = [f"\n{each}" if each.strip() else each for each in between]
        text = "".join(f"{row}\n{margin}{each}" for row, each in zip(["", *rows], fields, strict=True))
        return " " * indent + "-" + " " * gap + text.lstrip()

    def blank(self) -> str:
        return self.chance.choice(["", "", "", "\n"])

    def block(self, value: Any, margin: int) -> str:
        if isinstance(value, list) and self.chance.random() < 0.7:
            indent, in_braces = margin + self.chance.choice([0, 2, 4]), self.chance.random() < 0.5
            rows = [
                " " * indent + f"- {self.braces(each)}" if in_braces else self.dashed(each, indent) for each in value
            ]
            return self.comment("  ") + "".join(f"\n{row}" for row in rows)
        if isinstance(value, list):
            return f" {self.flow(value)}{self.comment('  ')}"
        text = str(value)
        if "\n" in text or self.chance.random() < 0.1:
            return f" |-\n{' ' * margin}  " + text.replace("\n", f"\n{' ' * margin}  ")
        return f" {self.quoted(text, in_flow=False)}{self.comment('  ')}"

    def whole(self, facts: list[Fields]) -> str:
        indent = self.chance.choice([0, 2, 4])
        way = self.chance.choice(["flow", "one line", "block", "block", "block"])
        if way == "one line":
            return f"facts: [{', '.join(self.braces(each) for each in facts)}]"
        rows = [
            f"{' ' * indent}- {self.braces(each)}" if way == "flow" else self.dashed(each, indent) for each in facts
        ]
        return "\n".join(["facts:", *(f"{self.comment('')}{self.blank()}\n{row}" for row in rows)])


@st.composite
def seed_files(draw: st.DrawFn) -> str:
    facts = draw(st.lists(FACT, min_size=1, max_size=3))
    seed = Seed(draw(st.randoms(use_true_random=False)))
    text = f"{seed.comment('')}\n{seed.whole([{**each, 'id': f'fact-{n}'} for n, each in enumerate(facts)])}"
    text += draw(st.sampled_from(["", "\n", f"\n{seed.comment('')}\n"]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def _facts(text: str) -> list[Fact]:
    """The facts of a seed file, which has no faults."""
    data, faults = parse(Source(Path("facts.yaml"), text))
    reader = Reader()
    assert isinstance(data, Mapping)
    facts = [reader.into(Fact, each, written=each) for each in data[Scalar("facts")]]
    assert faults + reader.faults == []
    return facts


CHANGES = st.builds(
    Change,
    VALUES,
    st.sampled_from(["2023-03-31", "2023"]),
    st.sampled_from(["", "b"]),
    st.sampled_from(["", "2024-11"]),
)


@given(seed_files(), CHANGES, st.randoms(use_true_random=False))
def test_setting_a_fact_changes_that_fact_only(text: str, change: Change, chance: random.Random) -> None:
    facts = _facts(text)
    number = chance.randrange(len(facts))
    fact = facts[number]
    new = revised(fact, change)
    assert new is not None
    after = _facts(new)
    assert fact.written is not None
    meant: Fields = {key: each for key, each in fact.written.items() if key != "next"}
    older = {key: each.strip() for key, each in meant.items() if key in ("value", "as_of", "source")}
    meant |= {"value": change.value, "as_of": change.as_of, "was": [older, *meant.get("was", [])]}
    meant |= {key: each for key, each in (("source", change.source), ("next", change.next)) if each}
    assert after[number].written == meant
    assert [each.written for each in after] == [meant if each is fact else each.written for each in facts]
    end = facts[number + 1].written if number + 1 < len(facts) else None
    assert new.startswith(text[: fact.written.start])
    assert new.endswith(text[end.start - 1 :] if end else "")
    assert sorted(re.findall(r"# comment-\d+\.", new)) == sorted(re.findall(r"# comment-\d+\.", text))
    assert new.count("\r\n") == (new.count("\n") if "\r" in text else 0)
    assert new.endswith("\n") == text.endswith("\n")


@given(seed_files(), CHANGES, CHANGES)
def test_setting_twice_keeps_both_older_values_newest_first(text: str, first: Change, second: Change) -> None:
    assume(first.as_of != second.as_of)  # which would correct the first value, and not keep it
    fact = _facts(text)[0]
    once = revised(fact, first)
    assert once is not None
    twice = revised(_facts(once)[0], second)
    assert twice is not None
    after = _facts(twice)[0]
    assert after.value == second.value
    values = [first.value, fact.value.strip(), *(each.value for each in fact.was)]
    assert [each.value for each in after.was] == values


@given(seed_files())
def test_splicing_a_value_with_itself_changes_nothing(text: str) -> None:
    data, _ = parse(Source(Path("facts.yaml"), text))
    edits = [(each.start, each.end, text[each.start : each.end]) for each in _all(data) if isinstance(each, Scalar)]
    assert len(edits) > 5
    assert splice(text, edits) == text
    assert all(splice(text, [edit]) == text for edit in edits)


@given(st.lists(st.tuples(PRINTABLE, PRINTABLE, PRINTABLE)), PRINTABLE)
def test_splicing_replaces_each_place_and_nothing_else(parts: list[tuple[str, str, str]], last: str) -> None:
    """Each part is some text that stays, some that goes, and what comes in its place."""
    text, edits = "", []
    for stays, goes, comes in parts:
        start = len(text) + len(stays)
        text += stays + goes
        edits.append((start, len(text), comes))
    expected = "".join(stays + comes for stays, _, comes in parts) + last
    assert splice(text + last, edits) == expected


@pytest.mark.parametrize("edits", [[(0, 2, ""), (1, 3, "")], [(2, 1, "")], [(0, 9, "")], [(-1, 1, "")]])
def test_overlapping_edits_are_a_mistake_of_the_caller(edits: list[tuple[int, int, str]]) -> None:
    with pytest.raises(ValueError, match="overlaps another, or is outside"):
        splice("homes", edits)


def test_insertions_at_one_place_keep_their_order() -> None:
    assert splice("ad", [(1, 1, "b"), (1, 1, "c"), (1, 2, "d")]) == "abcd"
