"""Finding blocks, facts and sources by their words."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from despatch.content import Library
from despatch.find import WORD, Catalogue, LastUse, catalogue, find, last_uses, marked, near_words
from despatch.load import load_library
from despatch.workspace import Workspace
from tests.helpers import run, workspace

SEEDS = """
passages:
  - id: kinship-carers
    heading: Kinship care
    topics: [kinship]
    note: A secret about hippopotamuses.
    text: |
      Grandparents bring up children whom nobody else could bring up so well.
  - id: homes-wait
    heading: Homes
    topics: [secure]
    lead: "Some things cannot wait:"
    points:
      - id: secure
        label: Secure homes
        text: |
          There are {{waiting}} children waiting.
        points:
          - Nested words about siblings.
    closing: That is the end of it.
    variants:
      short: |
        Briefly, about tadpoles.
    ignore:
      long-sentence: A secret about hippopotamuses.
positions:
  - id: amendment-one
    heading: A say for children
    proposal:
      from: the-bill
      amendment:
        number: 31
        movers: [Baroness Tyler]
        text: Insert the following new Clause about advocates.
        explanatory: This would bring in an independent visitor.
    view:
      stance: support
      text: We support it, and mention kinship.
quotations:
  - {id: somebody-said, speaker: Jo Bloggs, role: Chair, body_name: Society of Homes, text: No child should wait.}
contacts:
  - {id: press-office, name: Press Team, email: press@example.org}
facts:
  - {id: waiting, value: £1.6 billion, what: the gap in funding, source: the-bill}
sources:
  - {id: the-bill, kind: bill, title: Placements Bill, by: House of Lords}
topics:
  - {id: kinship, label: Family and friends, also: [special guardians]}
  - {id: homes, label: Homes, also: [residential]}
  - {id: secure, label: Secure homes, under: homes}
"""


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return catalogue(read(tmp_path_factory.mktemp("find"), SEEDS)[1])


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("grandparents", "kinship-carers"),
        ("GRANDPARENTS", "kinship-carers"),
        ("kinship", "kinship-carers"),
        ("grandparent", "kinship-carers"),
        ("special guardians", "kinship-carers"),
        ("family friends", "kinship-carers"),
        ("siblings", "homes-wait"),
        ("tadpoles", "homes-wait"),
        ("end of it", "homes-wait"),
        ("residential", "homes-wait"),
        ("secure", "homes-wait"),
        ("£1.6 billion children", "homes-wait"),
        ("£1.6 billion gap", "waiting"),
        ("Placements Bill", "the-bill"),
        ("Bloggs", "somebody-said"),
        ("Society of Homes", "somebody-said"),
        ("Press Team", "press-office"),
        ("press@example.org", "press-office"),
        ("advocates", "amendment-one"),
        ("independent visitor", "amendment-one"),
        ("Baroness Tyler", "amendment-one"),
    ],
)
def test_the_best_match_comes_first(cards: Catalogue, query: str, first: str) -> None:
    assert [hit.id for hit in find(query, cards)][:1] == [first]


def test_an_entry_with_every_word_is_preferred_to_those_with_some(cards: Catalogue) -> None:
    assert [hit.id for hit in find("children waiting", cards)] == ["homes-wait"]
    assert {hit.id for hit in find("grandparents tadpoles", cards)} == {"kinship-carers", "homes-wait"}


def test_a_heading_counts_for_more_than_a_mention(cards: Catalogue) -> None:
    assert [hit.id for hit in find("kinship", cards)] == ["kinship-carers", "amendment-one"]


@pytest.mark.parametrize("query", ["", " ", "zebra", "…", "hippopotamuses"])
def test_nothing_is_found_where_nothing_matches(cards: Catalogue, query: str) -> None:
    """A note for colleagues is not searched: what it says must never be taken for something printable."""
    assert find(query, cards) == []


def test_a_hit_shows_where_it_is_and_the_words_about_it(cards: Catalogue) -> None:
    (hit,) = find("tadpoles", cards)
    assert hit.card.kind == "passages"
    assert SEEDS.splitlines()[hit.span.line - 1] == "  - id: homes-wait"
    assert "about tadpoles." in hit.excerpt
    assert "{{" not in find("waiting children", cards)[0].excerpt


def read(folder: Path, seeds: str, brief: str | None = None) -> tuple[Workspace, Library]:
    """A workspace with these seeds and, if given, a brief; and its library."""
    made = workspace(folder, seeds, brief)
    library, faults = load_library(made.seeds)
    assert not faults
    return made, library


def ids(query: str, library: Library | Catalogue, **asked: str) -> list[str]:
    """What is found, best first."""
    cards = library if isinstance(library, Catalogue) else catalogue(library)
    return [hit.id for hit in find(query, cards, kind=asked.get("kind", ""), topics=asked.get("topic", "").split())]


def passages(**texts: str) -> str:
    """Seeds with passages of these texts; a text may have more fields on lines after it."""
    made = (f"  - id: {name}\n    heading: About it\n    text: {text}\n" for name, text in texts.items())
    return "passages:\n" + "".join(made)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("agencies", "agency"),
        ("fostering", "fostered"),
        ("planning", "plans"),
        ("homes", "home"),
        ("councils’", "council"),
        ("child’s", "child"),
        ("child's", "child’s"),
        ("ring-fenced", "ring fenced"),
        ("services", "service"),
        ("cooperatives", "cooper"),
    ],
)
def test_a_word_is_found_in_its_other_forms(written: str, asked: str, tmp_path: Path) -> None:
    _, library = read(tmp_path, passages(one=f"It says {written} here.", two="It says nothing here."))
    assert ids(asked, library) == ["one"]


@pytest.mark.parametrize("asked", ["other", "car", "he"])
def test_a_word_is_not_found_inside_another(asked: str, tmp_path: Path) -> None:
    _, library = read(tmp_path, passages(one="Grandmother is scarce. The rest."))
    assert ids(asked, library) == []


def test_a_phrase_is_found_as_it_stands(tmp_path: Path) -> None:
    _, library = read(tmp_path, passages(one="We want early help.", two="Help them early.", three="'**Early** help.'"))
    assert set(ids('"early help"', library)) == {"one", "three"}
    assert set(ids("“early help”", library)) == {"one", "three"}
    assert ids('want "early help"', library) == ["one"]
    assert set(ids("early help", library)) == {"one", "two", "three"}
    assert ids('help "early birds"', library) == []


def test_a_phrase_does_not_run_from_one_field_to_the_next(cards: Catalogue) -> None:
    assert ids('"secure homes"', cards) == ["homes-wait"]
    assert ids('"homes secure"', cards) == []
    assert ids('"siblings that"', cards) == []


def test_a_rare_word_counts_for_more(tmp_path: Path) -> None:
    many = {f"common-{number}".replace("-", ""): "Children and homes." for number in range(9)}
    _, library = read(tmp_path, passages(**many, rare="Otters and homes."))
    assert ids("otters children", library)[0] == "rare"


def test_an_id_or_a_heading_comes_first(tmp_path: Path) -> None:
    texts = {"otters": "Nothing. " * 50, "water": "Otters, otters: the otters of otters’ rivers."}
    _, library = read(tmp_path, passages(**{name: f"'{text}'" for name, text in texts.items()}))
    assert ids("otters", library) == ["otters", "water"]
    assert set(ids("about it", library)[:2]) == {"otters", "water"}


def test_what_is_said_in_fewer_words_comes_first(tmp_path: Path) -> None:
    _, library = read(tmp_path, passages(long="Otters, " + "and much besides, " * 30 + "and more.", short="Otters."))
    assert ids("otters", library) == ["short", "long"]


def test_what_was_used_last_comes_first(tmp_path: Path) -> None:
    _, library = read(tmp_path, passages(a="Otters swim.", b="Otters swim.", c="Otters swim."))
    used = {"b": LastUse(dt.date(2020, 1, 1), "old"), "c": LastUse(dt.date(2022, 1, 1), "new")}
    hits = find("otters", catalogue(library), used=used)
    assert [(hit.id, hit.last) for hit in hits] == [("c", used["c"]), ("b", used["b"]), ("a", None)]


BRIEF = """
title: Otters
house: lords
proceeding: take-note-debate
dates: [2022-03-08, 2022-03-01]
topics: {include: [rivers]}
standfirst: first-words
contact: press
sections:
  - passages: [named, {use: changed, heading: Another}]
  - key_messages: auto
"""
USED = """
passages:
  - {id: named, heading: A, text: Otters.}
  - {id: changed, heading: A, text: Otters.}
  - {id: first-words, heading: A, text: Otters.}
  - {id: unused, heading: A, text: Otters.}
key_messages:
  - {id: by-topic, topics: [rivers], text: Otters.}
  - {id: of-no-topic, text: Otters.}
contacts:
  - {id: press, name: Otters}
topics:
  - {id: rivers, label: Rivers}
"""


def test_a_use_is_by_name_or_by_topic_and_the_last_counts(tmp_path: Path) -> None:
    made, library = read(tmp_path, USED, BRIEF)
    (tmp_path / "briefs" / "later.yaml").write_text(
        "title: Later\nchannel: article\ndate: 2023-01-01\nsections:\n  - passages: [named]\n", encoding="utf-8"
    )
    (tmp_path / "briefs" / "broken.yaml").write_text("title: [", encoding="utf-8")
    first = LastUse(dt.date(2022, 3, 8), "lords")
    assert last_uses(made.briefs()[0], library) == {
        "named": LastUse(dt.date(2023, 1, 1), "later"),
        **dict.fromkeys(("changed", "first-words", "by-topic", "press"), first),
    }


STANDING = """
positions:
  - id: draft-line
    heading: Otters
    status: draft
    proposal: {from: a-bill, text: Otters.}
    view: {stance: probing, text: Otters.}
  - id: old-line
    heading: Otters
    superseded_by: draft-line
    proposal: {from: a-bill, text: Otters.}
    view: {stance: oppose, text: Otters.}
  - id: gone-line
    heading: Otters
    status: withdrawn
    proposal: {from: a-bill, text: Otters.}
    view: {stance: support, text: Otters.}
facts:
  - {id: otters, value: "70", what: otters, source: a-bill}
sources:
  - {id: a-bill, kind: bill, title: Otters Bill}
terms:
  - {short: OTT, long: otters’ trust fund}
contacts:
  - {id: press, name: Otter Desk}
  - {id: old-press, status: withdrawn, name: Otter Room}
"""


def test_a_hit_shows_its_standing_and_what_to_paste(tmp_path: Path) -> None:
    _, library = read(tmp_path, STANDING)
    hits = {hit.id: (hit.card.remark, hit.card.paste) for hit in find("otter", catalogue(library))}
    assert hits == {
        "draft-line": ("probing, draft", "- positions: [draft-line]"),
        "old-line": ("oppose, superseded by draft-line", "- positions: [old-line]"),
        "gone-line": ("support, withdrawn", ""),
        "otters": ("", "{{otters}}"),
        "a-bill": ("", "[@a-bill]"),
        "OTT": ("", "{{OTT}}"),
        "press": ("", "contact: press"),
        "old-press": ("withdrawn", ""),
    }
    assert ids("otters", library, kind="positions")[0] == "draft-line"


def test_a_search_is_narrowed_by_kind_and_by_topic_and_those_under_it(cards: Catalogue) -> None:
    assert ids("children", cards, kind="quotations") == []
    assert ids("child", cards, kind="quotations") == ["somebody-said"]
    assert ids("children", cards, topic="homes") == ["homes-wait"]
    assert ids("children", cards, topic="kinship homes") == ["kinship-carers", "homes-wait"]


def test_what_is_asked_for_is_marked(tmp_path: Path) -> None:
    def shown(text: str, query: str) -> str:
        return "".join(f"<{words}>" if is_asked else words for words, is_asked in marked(text, query))

    assert shown("Homes for every child’s home.", "home") == "<Homes> for every child’s <home>."
    assert shown("Early help, and early years.", '"early help" year') == "<Early help>, and early <years>."
    assert shown("STRASSE or Straße", "strasse") == "STRASSE or Straße"


def test_an_excerpt_is_about_the_place_with_most_of_the_words(tmp_path: Path) -> None:
    between = "and so on for a while, " * 20
    _, library = read(tmp_path, passages(one=f"Otters first, {between} then otters in rivers, {between} that is all."))
    assert "then otters in rivers" in find("otters rivers", catalogue(library))[0].excerpt


PRINTED = """
passages:
  - {id: rivers, heading: About it, text: "{{count}} otters on {{count.as_of}}, says the {{OTT}}."}
  - {id: ponds, heading: About it, text: Children’s otters.}
positions:
  - id: new-say
    heading: A say
    proposal: {from: the-list, amendment: {text: Insert it.}}
    view: {stance: support, text: We agree.}
  - id: other-say
    heading: Another say
    proposal: {from: the-list, amendment: {number: 41, text: Insert it.}}
    view: {stance: support, text: We agree.}
facts:
  - {id: count, value: "82,170", what: otters, source: the-list, as_of: 2022-03-31}
sources:
  - id: the-list
    kind: amendment-list
    title: A list
    printings:
      - {name: Second, date: 2023-06-12, numbers: {new-say: 34}}
      - {name: First, date: 2023-06-09, numbers: {new-say: 31}}
terms:
  - {short: OTT, long: otters’ trust}
"""


def test_what_a_name_prints_is_found_and_shown(tmp_path: Path) -> None:
    cards = catalogue(read(tmp_path, PRINTED)[1])
    (hit,) = find('"on 31 March 2022, says the otters’ trust"', cards)
    assert "82,170 otters on 31 March 2022, says the otters’ trust (OTT)." in hit.excerpt


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("82170", ["count", "rivers"]),
        ("82,170", ["count", "rivers"]),
        ('"82170 otters"', ["rivers"]),
        ('"childrens otters"', ["ponds"]),
        ('"child otters"', []),
        ("2170", []),
        ("amendment 34", ["new-say"]),
        ('"Amendment 41"', ["other-say"]),
        ('"amendment 31"', []),
    ],
)
def test_numbers_and_apostrophes_are_found_however_they_are_written(
    asked: str, found: list[str], tmp_path: Path
) -> None:
    assert ids(asked, catalogue(read(tmp_path, PRINTED)[1])) == found


def test_words_of_the_text_come_before_those_of_a_topic(tmp_path: Path) -> None:
    topic = "\n    topics: [water]"
    texts = {f"block{n}": f"Short.{topic}" for n in range(3)}
    texts |= {"half": f"A tax.{topic}", "whole": "A windfall may bear a tax, " + "and so on, " * 50 + "as well."}
    topics = "topics:\n  - {id: water, label: Water, also: [windfall tax, tax]}\n"
    _, library = read(tmp_path, passages(**texts) + topics)
    assert ids("windfall tax", library) == ["whole", "half", "block0", "block1", "block2"]
    assert set(ids("windfall tax nonsense", library)[:2]) == {"whole", "half"}


def test_words_that_are_not_there_have_near_ones(cards: Catalogue) -> None:
    assert near_words("tadpols", cards) == ["tadpoles"]
    assert near_words("tadpoles zzz", cards) == []


RARE = st.lists(st.text("abcdefgéß£'’.,- 0123", min_size=1, max_size=12), min_size=2, max_size=5)


@given(texts=RARE)
@settings(max_examples=40)
def test_a_block_is_found_by_any_rare_word_of_its_own(texts: list[str]) -> None:
    seeds = "passages:\n" + "".join(
        f"  - id: block-{n}\n    heading: About it\n    text: |\n      Words {text}\n" for n, text in enumerate(texts)
    )
    with TemporaryDirectory() as folder:
        library, _ = load_library(workspace(Path(folder), seeds).seeds)
    for name, block in library.blocks.items():
        for token in WORD.findall(block.content.body.text.replace("’", "'").replace("-", " ")):
            assert name in ids(token, library), token


@given(data=st.data())
@settings(max_examples=25)
def test_the_ranking_does_not_depend_on_the_files(data: st.DataObject) -> None:
    entries = [f"  - {{id: block-{n}, heading: Otters, text: {'Otters swim. ' * (n % 3 + 1)}}}\n" for n in range(8)]
    shuffled = data.draw(st.permutations(entries))
    cut = data.draw(st.integers(1, 7))
    found = []
    for files in ([entries], [shuffled[:cut], shuffled[cut:]]):
        with TemporaryDirectory() as folder:
            for number, part in enumerate(files):
                (Path(folder) / f"{number}.yaml").write_text("passages:\n" + "".join(part), encoding="utf-8")
            library, faults = load_library(Path(folder))
        assert not faults
        found.append([(hit.id, hit.score) for hit in find("otters swimming", catalogue(library))])
    assert found[0] == found[1]


def test_the_command_shows_wording_use_and_what_to_paste(example: Path) -> None:
    printed = run("find", "cooperatives regional", "--kind", "positions", "--topic", "homes", cwd=example)
    assert printed.returncode == 1, "as a phrase, the words stand in no position"
    printed = run("find", "councils", "not persuaded", "--kind", "positions", cwd=example)
    first = printed.stdout.splitlines()
    assert (printed.returncode, first[0].split("  ")[:3]) == (0, ["homes", "positions", "mixed"])
    assert "not persuaded that new bodies would have more." in " ".join(printed.stdout.split())
    assert "    - positions: [homes]" in first
    assert re.search(r"^    Last used on 8 December 2022, in lords-2022-12-08-", printed.stdout, re.MULTILINE)


def test_the_command_says_how_to_find_words_that_do_not_stand_together(example: Path) -> None:
    done = run("find", "workforce pay", cwd=example)
    assert done.returncode == 1
    assert "Leave out the quotation marks" in done.stderr
    assert run("find", "workforce", "pay", cwd=example).returncode == 0


def test_the_command_says_what_is_near_where_it_finds_nothing(example: Path) -> None:
    printed = run("find", "safeguardng", cwd=example)
    assert (printed.returncode, printed.stdout) == (1, "")
    assert "Did you mean “safeguarding”" in printed.stderr
    assert "Did you mean `positions`?" in run("find", "homes", "--kind", "position", cwd=example).stderr
    assert run("find", "homes", "--topic", "homs", cwd=example).returncode == 2


def test_the_example_finds_its_own(example: Path) -> None:
    cards = catalogue(load_library(example / "seeds")[0])
    assert find("kinship carers", cards)[0].id.startswith("kinship")
    assert find("agencies social workers", cards)[0].id == "question-agencies"
