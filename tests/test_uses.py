"""Where a block, fact, source, topic or term is used."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given
from msgspec.structs import replace

from despatch.assemble import assemble
from despatch.build import Tailoring, prepare
from despatch.content import Address, Body, Library, Plain, Point, bodies, with_bodies
from despatch.document import lines
from despatch.load import load_library
from despatch.source import Scalar
from despatch.uses import InBrief, Thing, called, in_briefs, in_library
from despatch.workspace import Workspace
from despatch.writers import markdown
from tests.helpers import run, workspace
from tests.test_properties import World, _document, _files, _prepared, _words, _written_points, worlds

SEEDS = """
passages:
  - id: homes-wait
    topics: [secure]
    lead: |
      There are {{waiting}} children waiting on {{waiting.as_of}}.
    points:
      - topics: [homes]
        text: "{{SGOs}} help."
    variants:
      short: |
        An {{SGO}} helps [@the-bill].
  - {id: older, superseded_by: homes-wait, text: Older.}
  - {id: unused, text: Nobody uses this.}
figures:
  - {id: in-figures, heading: Figures, facts: [total]}
facts:
  - {id: waiting, value: 60, what: waiting, source: the-data, as_of: 2022}
  - {id: total, value: 120, what: all, source: the-data, equals: "{{waiting}} + {{others}}"}
  - {id: others, value: 60, what: others, source: the-data}
sources:
  - {id: the-bill, kind: bill, title: The Bill}
  - {id: the-data, kind: dataset, title: The data}
topics:
  - {id: homes, label: Homes}
  - {id: secure, label: Secure homes, under: homes}
terms:
  - {short: SGO, long: special guardianship order}
"""
BRIEF = """
title: Homes
house: lords
proceeding: take-note-debate
date: 2022-12-08
topics: {include: [secure]}
sections:
  - heading: "{{SGOs}} and homes"
    passages: [homes-wait]
  - figures: [in-figures]
  - passages: [today]
local:
  passages:
    - id: today
      text: |
        Today {{waiting}} wait.
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return workspace(tmp_path_factory.mktemp("uses"), SEEDS, BRIEF)


@pytest.fixture(scope="module")
def library(files: Workspace) -> Library:
    library, faults = load_library(files.seeds)
    assert not faults
    return library


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("waiting", [("homes-wait", "waiting"), ("homes-wait", "waiting.as_of"), ("total", "waiting")]),
        ("total", [("in-figures", "total")]),
        ("the-data", [("waiting", "the-data"), ("total", "the-data"), ("others", "the-data")]),
        ("the-bill", [("homes-wait", "the-bill")]),
        ("SGO", [("homes-wait", "SGOs"), ("homes-wait", "SGO")]),
        ("secure", [("homes-wait", "secure")]),
        ("homes", [("homes-wait", "homes"), ("", "homes")]),
        ("homes-wait", [("older", "homes-wait")]),
        ("unused", []),
    ],
)  # fmt: skip
def test_every_place_in_the_seeds_is_found(library: Library, name: str, expected: list[tuple[str, str]]) -> None:
    (thing,) = called(name, library)
    found = in_library(thing, library)
    assert sorted((use.holder, _written(use.span.text, use.span.column)) for use in found) == sorted(expected)
    assert all(name in use.span.text for use in found)


def _written(line: str, column: int) -> str:
    """The name that is written at this place: for `{{SGOs}}`, what stands in the braces."""
    rest = line[column - 1 :].lstrip("{[@")
    return rest[: next((n for n, letter in enumerate(rest) if letter in "}], \n"), len(rest))]


OFFICE = """
positions:
  - id: homes
    heading: Homes
    topics: [homes]
    proposal:
      from: the-review
      lead: |
        The Review proposes:
      points:
        - id: costs
          text: |
            Homes cost {{cost}}. They are dear.
        - id: pay
          priority: detail
          text: |
            Pay rises by {{rise}}.
          points:
            - |
              Deeper: {{cost}}.
    view:
      stance: support
      text: |
        We agree.
key_messages:
  - id: message
    text: |
      All of it is {{rise}} more, says an {{SGO}}. An {{SGO}} says so twice.
    variants:
      short: |
        Short of {{cost}}.
  - {id: old, superseded_by: newer, valid: {until: 2022-01-01}, text: Old.}
  - {id: newer, text: "New {{rise}}."}
  - {id: later, valid: {from: 2030-01-01}, text: "Later {{cost}}."}
topics:
  - {id: homes, label: Homes}
facts:
  - {id: cost, value: £5 million, what: what homes cost, source: the-data}
  - {id: rise, value: 3 per cent, what: the rise, source: the-data}
sources:
  - {id: the-review, kind: review, title: A review, short: the Review}
  - {id: the-data, kind: dataset, title: The data}
terms:
  - {short: SGO, long: special guardianship order}
"""
DEBATE = """
title: Homes
house: lords
proceeding: take-note-debate
date: 2022-12-08
style: plain
"""


def office(folder: Path, brief: str) -> Workspace:
    return workspace(folder, OFFICE, f"{DEBATE}{brief}")


def of(files: Workspace, id: str, at: int = 0) -> InBrief:
    """What the one brief does with a thing."""
    library, faults = load_library(files.seeds)
    assert not faults
    (found,) = in_briefs(called(id, library)[at], files, library)
    assert found.is_sound
    return found


def places(found: InBrief) -> list[tuple[str, str, str, str]]:
    return [(each.place, re.sub(r"\s?\[\d\]", "", each.sentence), each.block, each.how) for each in found.printed]


def test_each_sentence_that_prints_a_fact(tmp_path: Path) -> None:
    files = office(tmp_path, "standfirst: |\n  It is {{cost}}. Nothing else.\nsections:\n  - positions: [homes]\n")
    found = of(files, "cost")
    assert places(found) == [
        ("standfirst", "It is £5 million.", "", "as is"),
        ("Homes", "Homes cost £5 million.", "homes", "as is"),
        ("Homes", "Deeper: £5 million.", "homes", "as is"),
    ]
    assert [(each.span.line, each.through) for each in found.named] == [(8, ""), (10, "homes")]


def test_a_standfirst_that_is_a_block_names_it(tmp_path: Path) -> None:
    files = office(tmp_path, "standfirst: homes-cost\nsections:\n  - positions: [homes]\n")
    added = "passages:\n  - {id: homes-cost, text: 'They cost {{cost}}.'}\n"
    (files.seeds / "more.yaml").write_text(added, encoding="utf-8")
    found = of(files, "cost")
    assert places(found)[0] == ("standfirst", "They cost £5 million.", "homes-cost", "as is")
    assert [each.through for each in found.named] == ["homes-cost", "homes"]


def test_wording_of_the_day_is_said_to_replace_the_librarys(tmp_path: Path) -> None:
    files = office(
        tmp_path,
        "sections:\n  - positions:\n      - {use: homes, heading: Houses, omit: [pay], replace: {costs: 'Dear: {{cost}}.'}}\n",
    )
    assert places(of(files, "cost")) == [("Houses", "Dear: £5 million.", "homes", "replaced")]
    (place,) = of(files, "homes").printed
    assert (place.place, place.how) == ("Houses", "replaced")
    assert place.detail == "under another heading, `costs` in other words, without `pay`"
    assert places(of(files, "homes.costs")) == [("Houses", "Dear: £5 million.", "homes", "replaced")]
    (missing,) = of(files, "pay").unprinted
    assert (missing.block, missing.why) == ("homes.pay", "the brief omits it")
    (missing,) = of(files, "rise").unprinted
    assert (missing.block, missing.why) == ("homes", "the brief omits it")


def test_words_that_the_brief_replaces_no_longer_name_a_fact(tmp_path: Path) -> None:
    files = office(tmp_path, "sections:\n  - positions: [{use: homes, omit: [pay], replace: {costs: Dear.}}]\n")
    found = of(files, "cost")
    assert found.printed == ()
    assert [each.block for each in found.unprinted] == ["homes"]


def test_variant(tmp_path: Path) -> None:
    seeds = OFFICE.replace("id: message", "id: message\n    priority: essential")
    files = workspace(tmp_path, seeds, f"{DEBATE}length: short\nsections:\n  - key_messages: [message]\n")
    assert places(of(files, "cost")) == [("Key messages", "Short of £5 million.", "message", "varied")]
    assert "`short`" in of(files, "message").printed[0].detail
    (missing,) = of(files, "rise").unprinted
    assert missing.why == "this briefing prints another wording of it"


def test_every_use_of_a_term(tmp_path: Path) -> None:
    files = office(tmp_path, "sections:\n  - key_messages: [message]\n")
    assert [each.sentence.partition(", says ")[2] or each.sentence for each in of(files, "SGO").printed] == [
        "an special guardianship order (SGO).",
        "An SGO says so twice.",
    ]


def test_a_source_is_where_its_name_its_mark_or_its_entry_is(tmp_path: Path) -> None:
    files = workspace(
        tmp_path,
        OFFICE,
        f"{DEBATE.replace('plain', 'lga')}sections:\n  - positions: [homes]\n  - key_messages: [newer]\n",
    )
    assert [each.sentence for each in of(files, "the-review").printed] == [
        "What the Review recommends[1]",
        "[1] A review.",
    ]
    sentences = [each.sentence for each in of(files, "the-data").printed]
    assert sentences[-1] == "[2] The data."
    assert len(sentences) == 5
    assert all("[2]" in each for each in sentences)


def test_a_successor_is_found_where_the_brief_names_what_it_replaces(tmp_path: Path) -> None:
    files = office(tmp_path, "sections:\n  - key_messages: [old, message]\n")
    assert places(of(files, "newer")) == [("Key messages", "New 3 per cent.", "newer", "as is")]
    (missing,) = of(files, "old").unprinted
    assert missing.block == "old"
    assert [each.block for each in of(files, "rise").printed] == ["newer", "message"]


def test_a_block_that_is_named_and_not_printed_says_why(tmp_path: Path) -> None:
    files = office(tmp_path, "sections:\n  - key_messages: [later, message]\n")
    (missing,) = of(files, "later").unprinted
    assert missing.why.startswith("it does not hold on 8 December 2022")
    assert missing in of(files, "cost").unprinted


def test_a_topic_is_where_what_carries_it_is(tmp_path: Path) -> None:
    files = office(
        tmp_path, "topics: {exclude: [homes]}\nsections:\n  - positions: [homes]\n  - key_messages: [message]\n"
    )
    found = of(files, "homes", at=1)
    assert found.printed == ()
    assert "`homes`, which is left out" in found.unprinted[0].why
    assert [(each.span.line, each.through) for each in found.named] == [(7, ""), (9, "homes")]


def test_a_brief_with_faults_is_named(tmp_path: Path) -> None:
    files = office(tmp_path, "sections:\n  - key_messages: [message, nothing]\n")
    library, _ = load_library(files.seeds)
    assert [each.is_sound for each in in_briefs(Thing("block", "message"), files, library)] == [False]


def test_facts_and_terms_of_headings_and_local_blocks(files: Workspace, library: Library) -> None:
    (term,) = in_briefs(Thing("term", "SGO"), files, library)
    assert ("Special guardianship orders (SGOs) and homes", "") in {
        (each.sentence, each.block) for each in term.printed
    }
    (fact,) = in_briefs(Thing("fact", "waiting"), files, library)
    assert "today" in {each.block for each in fact.printed}
    assert "in-figures" not in {each.block for each in fact.printed} | {each.block for each in fact.unprinted}


def test_a_heading_that_prints_a_fact_leads_to_its_places_without_a_mark(tmp_path: Path) -> None:
    files = office(tmp_path, "sections:\n  - heading: Of {{rise}}\n    key_messages: [newer]\n")
    assert [each.place for each in of(files, "rise").printed] == ["heading", "Of 3 per cent"]


def test_an_amendment_list_is_where_its_name_and_its_numbers_are(tmp_path: Path) -> None:
    seeds = """
positions:
  - id: a-say
    heading: A say
    proposal: {from: the-list, amendment: {text: Insert it.}}
    view: {stance: support, text: We agree.}
sources:
  - id: the-list
    kind: amendment-list
    title: A list
    printings: [{name: Marshalled List, date: 2022-12-01, numbers: {a-say: 34}}]
"""
    files = workspace(tmp_path, seeds, f"{DEBATE}amendment_list: the-list\nsections:\n  - positions: [a-say]\n")
    assert [each[:3] for each in places(of(files, "the-list"))] == [
        ("opening", "Amendments are numbered as in the Marshalled List, 1 December 2022", ""),
        ("A say", "What the amendment would do", "a-say"),
        ("A say", "Amendment 34", "a-say"),
        ("Sources", " A list.", ""),
    ]


# Against a search of what is built.

WORD = re.compile(r" ?Zq\d+qz")


def _with_word(content: Any, word: str) -> Any:
    """A block's content with a word at the end of each paragraph, before a colon."""

    def more(text: Any) -> Any:
        if text is None:
            return None
        ends = [re.sub(r"(:?)$", rf" {word}\1", each.rstrip()) for each in re.split(r"\n[ \t]*\n", text.strip())]
        return Scalar("\n\n".join(ends))

    def pointed(point: Point) -> Point:
        return replace(point, text=more(point.text), points=tuple(map(pointed, point.points)))

    def change(_: str, body: Body) -> Body:
        texts = {name: more(getattr(body, name)) for name in ("text", "lead", "closing")}
        variants = {name: change("", each) for name, each in body.variants.items()}
        return replace(body, **texts, points=tuple(map(pointed, body.points)), variants=variants)

    return with_bodies(content, change)


def _plain(text: str, word: str) -> Plain:
    return Plain(Scalar(f"{text} {word}"))


def _marked(library: Library) -> tuple[Library, dict[Thing, str]]:
    """The library with a word of its own in every block that has a body, fact, source and term."""
    words: dict[Thing, str] = {}

    def word(kind: str, name: str) -> str:
        return words.setdefault(Thing(kind, name), f"Zq{len(words)}qz")

    blocks, sources = dict(library.blocks), dict(library.sources)
    for name, block in library.blocks.items():
        if any(bodies(block.content)):
            blocks[name] = replace(block, content=_with_word(block.content, word("block", name)))
    for name, source in library.sources.items():
        mark = word("source", name)
        short, url = source.short and _plain(source.short, mark), source.url and Address(Scalar(f"{source.url}#{mark}"))
        printings = tuple(replace(each, name=_plain(each.name, mark)) for each in source.printings)
        sources[name] = replace(source, title=_plain(source.title, mark), short=short, url=url, printings=printings)
    facts = dict(library.facts)
    for name, fact in library.facts.items():
        mark = word("fact", name)
        as_of = fact.as_of and replace(fact.as_of, printed=f"{fact.as_of.printed} {mark}")
        facts[name] = replace(fact, value=_plain(fact.value, mark), as_of=as_of)
    terms = {
        name: replace(each, short=Plain(Scalar(each.short + word("term", name))))
        for name, each in library.terms.items()
    }
    return replace(library, blocks=blocks, facts=facts, sources=sources, terms=terms), words


@pytest.mark.parametrize("kind", ["block", "fact", "source", "term"])
def test_uses_are_what_a_search_of_the_built_pages_finds(example: Path, kind: str) -> None:
    """A word of its own is planted in each entry of the example library, and looked for in every page that is built."""
    files = Workspace(example)
    library, _ = load_library(files.seeds)
    planted, words = _marked(library)
    pages: dict[str, str] = {}
    printed: dict[str, list[str]] = {}
    for path in files.briefs()[0]:
        prepared, faults = prepare(files, path, planted, Tailoring())
        assert prepared is not None, faults
        document = assemble(prepared.selection, prepared.style)
        pages[path.stem], printed[path.stem] = markdown.write(document, prepared.style).decode(), list(lines(document))
    compared = 0
    for thing in [each for each in words if each.kind == kind][::3]:
        found = {each.path.stem: each for each in in_briefs(thing, files, library) if each.printed}
        assert found.keys() == {name for name, page in pages.items() if words[thing] in page}, thing
        for name, each in found.items():
            compared += 1
            if kind in ("fact", "term"):
                _hold(each, [line for line in printed[name] if words[thing] in line])
    assert compared > 1


def _hold(found: InBrief, marked: list[str]) -> None:
    """Every line that has the word is one of the places, and every place is in such a line."""
    there = [_bare(line) for line in marked]
    said = [_bare(cell) for each in found.printed for cell in [each.sentence]]
    assert [line for line in there if not any(one in line or line in one for one in said)] == []
    assert [one for one in said if not any(one in line or line in one for line in there)] == []


def _bare(text: str) -> str:
    """The words without marks of sources and planted words."""
    return re.sub(r"\s?\[\d+\]", "", WORD.sub("", text)).replace("\u00a0", " ")


@given(worlds())
def test_uses_of_every_block_and_point_are_what_is_printed(world: World) -> None:
    """Each text of these worlds has a number of its own, so that it can be looked for."""
    words = set(_words(_document(_prepared(world))))
    files = _files([world.seeds], world.brief)
    library, _ = load_library(files.seeds)
    for _, block in world.blocks:
        its = set(re.findall(r"Word\d+", json.dumps(block)))
        assert _is_printed(Thing("block", block["id"]), files, library) == bool(its & words)
        for point, _ in _written_points(block):
            if "id" in point:
                thing = Thing("point", block["id"], point["id"])
                own = re.findall(r"Word\d+", point["text"])[0]
                # Only a standfirst prints less than a block: its first paragraph.
                assert _is_printed(thing, files, library) == (own in words)
    event("something is printed" if words else "nothing is printed")


def _is_printed(thing: Thing, files: Workspace, library: Library) -> bool:
    return any(each.printed for each in in_briefs(thing, files, library))


# The command.


def test_command_says_where_and_how(tmp_path: Path) -> None:
    files = office(tmp_path, "sections:\n  - positions: [{use: homes, omit: [pay]}]\n")
    done = run("uses", "cost", cwd=files.root)
    assert done.returncode == 0
    assert "fact cost\n  seeds/homes.yaml:" in done.stdout
    assert "lords\n  briefs/lords.yaml:8:" in done.stdout
    assert "  Homes\n    “Homes cost £5 million.”  from homes, as is\n" in re.sub(r"\s?\[\d\]", "", done.stdout)
    assert "not printed from `homes`: the brief omits it" in run("uses", "rise", cwd=files.root).stdout
    assert "`message` is used nowhere." in run("uses", "message", cwd=files.root).stdout


def test_command_as_json(tmp_path: Path) -> None:
    files = office(tmp_path, "sections:\n  - positions: [homes]\n")
    found = json.loads(run("uses", "homes", "--format", "json", cwd=files.root).stdout)["uses"]
    assert [each["kind"] for each in found] == ["block", "topic"]
    (brief,) = found[0]["briefs"]
    assert brief["file"] == "briefs/lords.yaml"
    assert brief["named"] == [{"file": "briefs/lords.yaml", "line": 8, "column": 17, "through": ""}]
    assert [(each["place"], each["how"]) for each in brief["printed"]] == [("Homes", "as is")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["uses"], "or write --impact"), (["uses", "homes", "--since", "HEAD"], "--since is for --impact"), (["list", "facts", "--variants", "--undated"], "--variants stands by itself"), (["uses", "homes.cost"], "Nothing in the library is called `homes.cost`"), (["uses", "homes", "--format", "xml"], "There is no format `xml`")],
)  # fmt: skip
def test_misuse(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = run(*arguments, cwd=office(tmp_path, "sections:\n  - positions: [homes]\n").root)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_point_that_two_blocks_have_is_named_with_its_block(tmp_path: Path) -> None:
    seeds = f"{OFFICE}passages:\n  - {{id: other, points: [{{id: pay, text: Pay.}}]}}\n"
    files = workspace(tmp_path, seeds, f"{DEBATE}sections:\n  - positions: [homes]\n")
    assert "Write homes.pay or other.pay." in run("uses", "pay", cwd=files.root).stderr
    assert "point other.pay" in run("uses", "other.pay", cwd=files.root).stdout


@pytest.mark.parametrize("total", ["{{first}} + {{first}}", "{{first}} + {{second}}", "{{second}} + {{first}}"])
def test_a_sum_that_comes_to_a_fact_in_two_ways_is_no_circle(tmp_path: Path, total: str) -> None:
    facts = {"total": total, "first": "{{third}} + {{second}}", "second": "{{third}}", "third": ""}
    entries = [
        f"  - {{id: {name}, value: 1, what: x, source: a-page, equals: '{sum_}'}}" for name, sum_ in facts.items()
    ]
    seeds = "\n".join(["facts:", *entries, "sources:", "  - {id: a-page, kind: page, title: A page}"])
    assert load_library(workspace(tmp_path, seeds).seeds)[1] == []
