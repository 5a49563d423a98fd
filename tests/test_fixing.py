"""`check --fix`: what is certain is changed, nothing else is, and fixing twice changes nothing more."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from despatch.checking import everything
from despatch.diagnostics import Diagnostic, Fix
from despatch.fixing import Change, applied, changes
from despatch.source import Source, parse
from tests.helpers import workspace
from tests.test_rules import BRIEF, DAY, SOURCES, prose

STYLED = BRIEF.format(dates=f"{DAY}\nstyle: lga")


def mended(folder: Path, seeds: str, brief: str | None = STYLED) -> str:
    """The seed file after one round of fixing."""
    files = workspace(folder, seeds + SOURCES, brief)
    texts, left = applied(changes(everything(files, [])))
    assert left == {}
    path = folder / "seeds" / "homes.yaml"
    return texts.get(path, path.read_text(encoding="utf-8")).removesuffix(SOURCES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rose by 25 percent.", "It rose by 25 per cent."),
        ("Percent and the\n%: 25%.", "Per cent and the\n%: 25 per cent."),
        ("Mend the ‘market’ in care.", "Mend the “market” in care."),
        ('Mend the "market" in care.', "Mend the “market” in care."),
        ("Mend the 'market' in a child's care.", "Mend the ‘market’ in a child’s care."),
        ('Mend the "market" in care, 6" by 4.', 'Mend the "market" in care, 6" by 4.'),
        ("The child's homes.", "The child’s homes."),
        ("Money - and time.", "Money – and time."),
        ("Money—and time.", "Money – and time."),
        ("Two  homes ,  now.", "Two homes , now."),
        ("Build the\nthe homes.", "Build the homes."),
        ("It saves £40 million pounds.", "It saves £40 million."),
        ("Money for 3 years.", "Money for three years."),
        # What is somebody else's, what is no word, and what is not certain.
        ("She said “25 percent  of the the child's”.", "She said “25 percent  of the the child's”."),
        ("See [it](https://example.org/a--b's%20percent).", "See [it](https://example.org/a--b's%20percent)."),
        ("The ‘market’ in the councils’ homes.", "The ‘market’ in the councils’ homes."),
        ("Ask the government.", "Ask the government."),
    ],
)
def test_what_is_certain_is_changed(text: str, expected: str, tmp_path: Path) -> None:
    assert mended(tmp_path, prose(text)) == prose(expected)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("A child's white paper", "A child’s White Paper"),
        ("'A child''s white paper'", "'A child’s White Paper'"),
        ('"A child\'s white paper"', '"A child’s White Paper"'),
        ('"A \\"white paper\\" now"', '"A “white paper” now"'),
        ('"A child\\x27s white paper"', '"A child\\x27s White Paper"'),
    ],
)
def test_a_text_between_yamls_marks_stays_sound(typed: str, expected: str, tmp_path: Path) -> None:
    seeds = f"passages:\n  - id: homes\n    heading: {typed}\n    text: |\n      Homes.\n"
    assert mended(tmp_path, seeds) == seeds.replace(typed, expected)


def test_an_amendments_text_is_never_touched(tmp_path: Path) -> None:
    seeds = (
        "positions:\n  - id: homes\n    heading: Homes\n    proposal:\n      from: report\n      amendment:\n        number: 1\n"
        "        list: Committee\n        place: Clause 1\n        text: |\n          The the child's 25 percent  of it .\n"
        "    view:\n      stance: support\n      lead: |\n        We support the child's right.\n"
    )
    brief = STYLED.replace("passages: [homes]", "positions: [homes]")
    assert mended(tmp_path, seeds, brief) == seeds.replace("We support the child's", "We support the child’s")


def test_line_ends_and_the_byte_order_mark_are_kept(tmp_path: Path) -> None:
    files = workspace(tmp_path, prose("The child's home.") + SOURCES, STYLED)
    path = tmp_path / "seeds" / "homes.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    texts, _ = applied(changes(everything(files, [])))
    assert texts[path].encode() == before.replace(b"'", "’".encode())


def test_a_change_is_shown_on_one_line(tmp_path: Path) -> None:
    files = workspace(tmp_path, prose("It rose by 25 percent.") + SOURCES, STYLED)
    shown = [each.line(tmp_path) for each in changes(everything(files, []))]
    assert shown == ["seeds/homes.yaml:4:21  “percent” → “per cent”  [house-form]"]


def test_of_two_changes_at_one_place_the_first_is_made(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("words: one two three\n", encoding="utf-8")
    source = Source(path, path.read_text(encoding="utf-8"))
    places = [(7, 14, "1 2"), (11, 20, "2 3"), (15, 20, "3")]
    found = [
        Diagnostic(f"rule-{to}", source.span(s, e), "", fixes=(Fix(source.span(s, e), to),)) for s, e, to in places
    ]
    assert applied(changes(found)) == ({path: "words: 1 2 3\n"}, {})


def test_a_file_that_was_saved_meanwhile_is_left_alone(tmp_path: Path) -> None:
    files = workspace(tmp_path, prose("The child's home.") + SOURCES, STYLED)
    path = tmp_path / "seeds" / "homes.yaml"
    made = changes(everything(files, []))
    path.write_text("# New.\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert applied(made) == ({}, {path: "it was saved again while it was being checked."})
    path.unlink()
    assert applied(made) == ({}, {path: "it cannot be read any more."})


@pytest.mark.parametrize("to", ["a: b: c", "*no", "[", "one\n  - two: x", "'open", "&x y"])
def test_a_change_that_would_break_a_file_is_not_made(to: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("words: one\nmore: two\n", encoding="utf-8")
    source = Source(path, path.read_text(encoding="utf-8"))
    made = [Change(source.span(7, 10), "one", to, "rule")]
    assert applied(made) == ({}, {path: "the change would have broken it. Mend it by hand."})


@pytest.mark.parametrize(("start", "end", "to"), [(0, 5, "word"), (11, 15, "less")])
def test_names_of_fields_are_never_changed(start: int, end: int, to: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("words: one\nmore: two\n", encoding="utf-8")
    source = Source(path, path.read_text(encoding="utf-8"))
    assert applied([Change(source.span(start, end), "", to, "rule")])[0] == {}


def test_a_file_from_elsewhere_is_never_changed(tmp_path: Path) -> None:
    source = Source(tmp_path / "a.md", "It's.")
    span = source.span(2, 3)
    assert changes([Diagnostic("straight-apostrophe", span, "", fixes=(Fix(span, "’"),))]) == []


# Any prose.

PIECES = ["percent", "25%", "the", "the", "child's", "'market'", '"market"', "‘system’", "“25 percent  the the child's”", "-", "—",
          " ", ",", ".", "3 years", "white paper", "[it's](https://example.org/a--b's%20percent)", "**the**", "councils’", "£5m",
          "{{SGO}}", "£40 million pounds", "\n", "of of", "that that", "A"]  # fmt: skip
KEPT = ["“25 percent  the the child's”", "https://example.org/a--b's%20percent"]
TERMS = "terms:\n  - {short: SGO, long: special guardianship order}\n"


@settings(max_examples=40)
@given(pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=14))
def test_fixing_comes_to_an_end_and_leaves_alone_what_is_not_ours(pieces: list[str]) -> None:
    text = "\n".join(line.strip() for line in " ".join(["Homes", *pieces]).split("\n") if line.strip())
    with tempfile.TemporaryDirectory() as folder:
        files = workspace(Path(folder), prose(text) + TERMS + SOURCES, STYLED)
        path, brief = files.root / "seeds" / "homes.yaml", files.root / "briefs" / "lords.yaml"
        kept = {each: path.read_text(encoding="utf-8").count(each) for each in KEPT}
        for _ in range(5):
            texts, left = applied(changes(everything(files, [])))
            assert left == {}
            for name, new in texts.items():
                name.write_text(new, encoding="utf-8")
        assert changes(everything(files, [])) == []
        after = path.read_text(encoding="utf-8")
        assert {each: after.count(each) for each in KEPT} == kept
        assert parse(Source(path, after))[1] == []
        assert brief.read_text(encoding="utf-8") == STYLED
