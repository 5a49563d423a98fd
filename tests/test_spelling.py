"""Spelling: what is found, what is let be, and what is said where there is no dictionary."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despatch import spelling
from despatch.content import Library
from despatch.office import Office
from despatch.readers import finished
from despatch.rules import misspelling
from tests.test_rules import BRIEF, DAY, findings, found, prose


def misspelt(folder: Path, text: str, more: str = "") -> list[str]:
    """The misspelt words of a passage."""
    return [place.split(" ", 1)[1] for place in found(folder, "misspelling", prose(text) + more)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("To expediate this, act now.", ["expediate"]),
        ("Services work in siloes.", ["siloes"]),
        ("Their integrational experience.", ["integrational"]),
        ("An aging system.", ["aging"]),
        ("A local center for families.", ["center"]),
        ("The Goverment must act.", ["Goverment"]),
        ("Siloes grow.", ["Siloes"]),
        ("It is a councel’s duty.", ["councel’s"]),
        ("Childrens homes are full.", ["Childrens"]),
        ("A childrens’ home.", ["childrens’"]),
        ("**Recieve** help, or *recieve* it.", ["Recieve", "recieve"]),
        ("Find [wich homes](https://example.org/wich) there are.", ["wich"]),
        ("A cross-goverment plan.", ["cross-goverment"]),
        ("Siloes, siloes, siloes.", ["Siloes", "siloes"]),
        ("They ‘recieve’ and 'recieve' it.", ["recieve"]),
    ],
)
def test_a_misspelt_word_is_found_once_in_its_passage(text: str, expected: list[str], tmp_path: Path) -> None:
    assert [each.rstrip("’") for each in misspelt(tmp_path, text)] == [each.rstrip("’") for each in expected]


@pytest.mark.parametrize(
    "text",
    [
        "Whilst councils’ outturn rose, Ofsted’s ratings did not.",
        "Marketisation and academisation were ringfenced.",
        "My right hon. Friend spoke of homes, schools etc, and cf. vol. 3, ie the last.",
        "It is ultra vires, inter alia, to disapply it; eg by an order, as was disapplied.",
        "Deepfakes, vapes and sextortion are new. Freeports are unringfenced, and precarity grows.",
        "The wellbeing of care-experienced children, co-operation, and a whole-system approach.",
        "Organise or organize, adviser or advisor, judgement or judgment.",
        "They don’t, can't and won’t.",
        "Special guardians’ children’s needs.",
        "DfE, EHCPs, ILACS, LAs, B&Bs and MacAlister.",
        "The 20th of the 1990s, section 47A, COVID-19, 2021/22, £1.6bn.",
        "Write to homes@exampel.org or see www.exampel.org/recieve.",
        "See [the page](https://exampel.org/recieve).",
        "Kirtpal Aujla and Javed Pelka of Impower.",
        "Timpson’s review, at the Nesfield Road office.",
        "Victoria Climbié’s death.",
        "A price/profit cap—if any—for homes.",
        "At no. 4, e.g. here, i.e. there.",
        "The page gov.uk/kinship and the file homs.docx.",
    ],
)
def test_right_words_names_and_what_is_no_word_are_let_be(text: str, tmp_path: Path) -> None:
    assert misspelt(tmp_path, text) == []


def test_a_capital_hides_a_name_but_not_a_slip(tmp_path: Path) -> None:
    """Real documents are full of surnames: one was reported as a slip for a word with another letter in it."""
    assert misspelt(tmp_path, "Impower and Newton counted it for the Goverment.") == ["Goverment"]


def test_a_passage_in_another_language_is_let_be(tmp_path: Path) -> None:
    welsh = "Mae gan bob plentyn yr hawl i gael cartref diogel, a dylai’r cyngor ddarparu digon o leoedd ar eu cyfer."
    assert misspelt(tmp_path, welsh) == []


@pytest.mark.parametrize(
    "known",
    [
        "words: [zorble]\n",
        "words:\n  - word: zorble\n    note: What our members call it.\n",
        "terms:\n  - {short: ZB, long: zorble}\n",
        "topics:\n  - {id: zorble, label: Zorble work, also: [zorble]}\n",
    ],
)
@pytest.mark.parametrize("written", ["zorble", "Zorble", "zorbles", "zorble’s", "zorble-led"])
def test_what_the_library_has_is_right(known: str, written: str, tmp_path: Path) -> None:
    text = f"A {written} plan."
    assert misspelt(tmp_path, text, known) == []


@pytest.mark.parametrize(
    "known",
    [
        "contacts:\n  - {id: press, name: Ann Trainning}\n",
        "sources:\n  - {id: report, kind: report, title: The Trainning review, published: 2022}\n",
        "sources:\n  - {id: report, kind: report, title: Review, by: Trainning, published: 2022}\n",
    ],
)
def test_a_name_that_is_a_slip_of_a_word_is_right_where_the_library_has_it(known: str, tmp_path: Path) -> None:
    assert misspelt(tmp_path / "without", "Trainning agreed.") == ["Trainning"]
    assert misspelt(tmp_path / "with", "Trainning agreed.", known) == []


def test_a_word_of_a_title_takes_no_s_that_a_dictionary_does_not_give_it(tmp_path: Path) -> None:
    source = "sources:\n  - {id: act, kind: act, title: Children and Women Act, published: 2004}\n"
    assert misspelt(tmp_path, "The Childrens Services Plan and the Womens Plan.", source) == ["Childrens", "Womens"]


def test_a_brief_has_words_of_its_own(tmp_path: Path) -> None:
    brief = BRIEF.format(dates=DAY).replace("Homes for children", "Recieving children")
    local = "local:\n  passages:\n    - {id: other, text: Homes for zorbles.}\n  words: [zorble]\n"
    assert found(tmp_path, "misspelling", prose("Homes."), brief + local) == ["lords 1:8 Recieving"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("expediate", "expedite"),
        ("siloes", "silos"),
        ("aging", "ageing"),
        ("center", "centre"),
        ("color", "colour"),
        ("recieve", "receive"),
        ("Goverment", "Government"),
        ("aswell", "as well"),
    ],
)
def test_what_is_suggested_first(word: str, meant: str) -> None:
    assert spelling.suggestions(word)[0] == meant


def test_suggestions_have_our_apostrophe() -> None:
    assert "children’s" in spelling.suggestions("childrens")


def test_the_help_names_what_may_be_meant_and_where_words_go(tmp_path: Path) -> None:
    (finding,) = findings(tmp_path, "misspelling", prose("To expediate it."))
    assert finding.help == "Did you mean “expedite”? If it is right, add it to `words` in the library."
    assert finding.fixes == ()


@pytest.mark.parametrize("text", ["They said: “We recieve help.”", "They said: ‘We recieve help.’"])
def test_a_quotation_is_read_too_and_its_writer_may_be_right(text: str, tmp_path: Path) -> None:
    (finding,) = findings(tmp_path, "misspelling", prose(text))
    assert "If what is quoted has it so, `ignore` it here" in finding.help


def test_only_so_many_suggestions_are_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def suggestions(word: str) -> list[str]:
        asked.append(word)
        return []

    monkeypatch.setattr(spelling, "suggestions", suggestions)
    wrong = [f"zorble{a}{b}" for a in "bcdfghj" for b in "klmnp"]
    paragraphs = "\n".join(f"      - text: It is about {word} in this home.\n" for word in wrong)
    told = findings(tmp_path, "misspelling", "passages:\n  - id: homes\n    points:\n" + paragraphs)
    assert len(told) == len(wrong)
    assert len(asked) == misspelling.MOST_SUGGESTED


def test_a_file_from_elsewhere_is_read_like_our_own(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_text(
        "A title\n\nFirst paragraph, which is long enough to be one.\n\nWe recieve no help at all from them.\n"
    )
    proof, _, faults = finished(path, None)
    assert proof is not None, faults
    (finding,) = misspelling.check(Office(Library(), (), outside=(proof,), is_whole=False))
    assert (finding.span.line, finding.span.column, finding.of) == (5, 4, proof)


# The dictionary.


@pytest.fixture
def no_dictionary(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer on which the dictionary's library cannot be loaded."""
    monkeypatch.setitem(sys.modules, "enchant", None)
    spelling._loading.cache_clear()
    yield
    spelling._loading.cache_clear()


@pytest.mark.usefixtures("no_dictionary")
def test_without_a_dictionary_nothing_is_found_and_one_notice_says_what_to_install(tmp_path: Path) -> None:
    assert misspelt(tmp_path, "We recieve it.") == []
    assert "hunspell-en-gb" in spelling.missing()
    assert spelling.suggestions("recieve") == spelling.slips("recieve") == []


def test_without_the_british_dictionary_it_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spelling, "LANGUAGE", "xx_XX")
    spelling._loading.cache_clear()
    try:
        assert spelling.missing()
        assert spelling.unknown(["recieve"]) == set()
    finally:
        spelling._loading.cache_clear()


def test_with_a_dictionary_nothing_is_missing_and_loading_it_may_be_begun_before() -> None:
    spelling._loading.cache_clear()
    spelling.begin()
    assert spelling.missing() == ""
    assert spelling.unknown(["recieve", "receive"]) == {"recieve"}


def test_nobodys_personal_words_count_and_no_file_is_made_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A word that an officer once added in an editor would be right on that computer alone."""
    (tmp_path / "enchant").mkdir()
    (tmp_path / "enchant" / "en_GB.dic").write_text("recieve\n")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("ENCHANT_CONFIG_DIR", str(tmp_path / "enchant"))
    spelling._loading.cache_clear()
    assert spelling.unknown(["recieve"]) == {"recieve"}
    assert [each.name for each in (tmp_path / "enchant").iterdir()] == ["en_GB.dic"]


def test_our_own_list_is_one_word_a_line_and_none_twice() -> None:
    lines = Path(spelling.__file__).with_name("words.txt").read_text(encoding="utf-8").splitlines()
    listed = [line for line in lines if not line.startswith("#")]
    assert all(line and line == line.strip() and " " not in line for line in listed)
    assert len(listed) == len(set(listed)) > 150
    assert {"outturn", "marketisation", "Hansard", "Ofsted", "NHS"} <= spelling.sector()


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    for word in spelling.unknown(spelling.words([text])):
        assert [each for _, each in spelling.places(text, {word})] == [word]
        assert not any(each.isdigit() for each in word)


@pytest.mark.parametrize("run", ["a" * 400_000, "a-" * 200_000, "a’" * 200_000, "ab1 " * 100_000, "a\u0301" * 100_000])
def test_no_line_takes_long(run: str) -> None:
    spelling.unknown(spelling.words([run + "!"]))
    spelling.suggestions(run)
