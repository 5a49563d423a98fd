"""Finding blocks, facts and sources by their words."""

from __future__ import annotations

from pathlib import Path

import pytest

from despatch.content import Library
from despatch.find import find
from despatch.load import load_library
from tests.helpers import workspace

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
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library, faults = load_library(workspace(tmp_path_factory.mktemp("find"), SEEDS).seeds)
    assert not faults
    return library


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
def test_the_best_match_comes_first(library: Library, query: str, first: str) -> None:
    assert [hit.id for hit in find(query, library)][:1] == [first]


def test_an_entry_with_every_word_is_preferred_to_those_with_some(library: Library) -> None:
    assert [hit.id for hit in find("children waiting", library)] == ["homes-wait"]
    assert {hit.id for hit in find("grandparents tadpoles", library)} == {"kinship-carers", "homes-wait"}


def test_a_heading_counts_for_more_than_a_mention(library: Library) -> None:
    assert [hit.id for hit in find("kinship", library)] == ["kinship-carers", "amendment-one"]


@pytest.mark.parametrize("query", ["", " ", "zebra", "…", "hippopotamuses"])
def test_nothing_is_found_where_nothing_matches(library: Library, query: str) -> None:
    """A note for colleagues is not searched: what it says must never be taken for something printable."""
    assert find(query, library) == []


def test_a_hit_shows_where_it_is_and_the_words_about_it(library: Library) -> None:
    (hit,) = find("tadpoles", library)
    assert hit.kind == "passages"
    assert hit.span.text == "  - id: homes-wait"
    assert "about tadpoles." in hit.excerpt
    assert "{{" not in find("waiting children", library)[0].excerpt


def test_the_example_finds_its_own(example: Path) -> None:
    library, _ = load_library(example / "seeds")
    assert find("kinship carers", library)[0].id.startswith("kinship")
    assert find("agencies social workers", library)[0].id == "question-agencies"
