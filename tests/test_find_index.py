"""What `find` keeps from one search to the next never changes what it says."""

from __future__ import annotations

import contextlib
import itertools
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from despatch import index
from despatch.cli import app
from despatch.content import Library
from despatch.diagnostics import Diagnostic, Diagnostics, Span
from despatch.load import load_library
from despatch.workspace import Workspace
from tests.helpers import run

FILES: dict[str, str | None] = {
    "seeds/blocks.yaml": """
passages:
  - {id: otters, heading: Otters, topics: [lutra], text: "{{waiting}} otters of the {{OTT}} swim [@a-bill]."}
  - {id: old-otters, superseded_by: otters, text: Otters swam.}
contacts:
  - {id: press, name: Otter Desk}
""",
    "seeds/lines.yaml": """
positions:
  - id: our-line
    heading: Otters
    topics: [rivers]
    proposal: {from: a-bill, items: [clause-1], text: Otters.}
    view: {stance: support, text: "We like otters, since {{waiting.as_of}}."}
  - id: new-say
    heading: Say
    proposal: {from: a-list, amendment: {text: Otters.}}
    view: {stance: support, text: Yes.}
figures:
  - {id: drawn, heading: Otters, facts: [held, freed], show: chart}
""",
    "seeds/facts/facts.yaml": """
facts:
  - {id: waiting, value: "70", what: otters, source: a-bill, as_of: 2022}
  - {id: held, value: "7", what: otters held, source: a-bill}
  - {id: freed, value: "8", what: otters freed, source: a-bill}
  - {id: both, value: "15", what: both, source: a-bill, equals: "{{held}} + {{freed}}"}
""",
    "seeds/records.yaml": """
sources:
  - {id: a-bill, kind: bill, title: Otters Bill, items: [{id: clause-1, title: Otters}]}
  - {id: a-list, kind: amendment-list, title: A list, printings: [{name: First, date: 2022-01-01, numbers: {new-say: 34}}]}
topics:
  - {id: rivers, label: Rivers}
  - {id: lutra, label: Otterkind, under: rivers, also: [mustelids]}
terms:
  - {short: OTT, long: otters’ trust fund}
""",
    "briefs/lords.yaml": """
title: Otters
house: lords
proceeding: take-note-debate
dates: [2022-03-08, 2022-03-01]
topics: {include: [rivers]}
standfirst: otters
contact: press
sections:
  - positions: auto
""",
    "briefs/article.yaml": """
title: Otters
channel: article
date: 2020-01-01
sections:
  - passages: [old-otters]
""",
}
SEEDS = {path: text for path, text in FILES.items() if path.startswith("seeds/")}
QUERIES = (
    ("otters",),
    ("swim",),
    ("otter", "--topic", "rivers"),
    ("mustelids",),
    ("70", "--kind", "passages"),
    ("oters",),
    ("amendment", "34"),
    ("since", "2022"),
    ("trust", "--kind", "passages"),
)


class Answer(NamedTuple):
    """All that one search says, and its exit code."""

    said: str
    aside: str
    code: int


@pytest.fixture(autouse=True)
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every file count as left alone, though the tests have only just written it."""
    monkeypatch.setattr(index, "SETTLED", -(10**15))


CLOCK = itertools.count(1_600_000_000)


def write(root: Path, files: dict[str, str | None]) -> None:
    """Write files or, for None, delete them. Each has a time of its own: the tests are faster than a file system’s clock."""
    for name, text in files.items():
        path = root / name
        if text is None:
            path.unlink(missing_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, (next(CLOCK),) * 2)


def answer(root: Path, cache: Path | None, *query: str) -> Answer:
    """What `despatch find` says with this cache folder, or without any."""
    with contextlib.chdir(root):
        printed = CliRunner().invoke(app, ["find", *query], env={"XDG_CACHE_HOME": str(cache or "nowhere")})
    assert printed.exception is None or isinstance(printed.exception, SystemExit)
    return Answer(printed.stdout, printed.stderr, printed.exit_code)


@contextlib.contextmanager
def reading_all() -> Iterator[list[Path]]:
    """Each folder of which all seeds are read, as it happens."""
    found: list[Path] = []

    def read(seeds: Path) -> tuple[Library, Diagnostics]:
        found.append(seeds)
        return load_library(seeds)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("despatch.index.load_library", read)
        yield found


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small workspace."""
    write(tmp_path / "office", FILES)
    return tmp_path / "office"


@pytest.fixture
def cache(root: Path) -> Path:
    """A cache folder with an index of the workspace."""
    folder = root.parent / "cache"
    answer(root, folder, "otters")
    return folder


def kept(cache: Path) -> Path:
    """The file of the index."""
    (path,) = (cache / "despatch").iterdir()
    return path


def changed(path: str, *changes: tuple[str, str]) -> dict[str, str | None]:
    """A file with each piece of text replaced."""
    text = FILES[path] or ""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return {path: text}


BLOCKS, LINES, FACTS, RECORDS = SEEDS
QUIET: dict[str, dict[str, str | None]] = {
    "nothing": {},
    "touched": {BLOCKS: FILES[BLOCKS]},
    "other words": changed(BLOCKS, ("swim [", "dive [")),
    "words of the same length at the same place": changed(LINES, ("like", "love")),
    "a line further down": {BLOCKS: f"# A remark\n{FILES[BLOCKS]}"},
    "a new block": {"seeds/new.yaml": 'passages:\n  - {id: new-otters, topics: [lutra], text: "New otters: {{OTTs}}, {{held}}."}\n'},
    "a block withdrawn": changed(BLOCKS, ("superseded_by: otters,", "superseded_by: otters, status: withdrawn,")),
    "a block for one proceeding": changed(BLOCKS, ("id: otters,", "id: otters, only: {proceeding: second-reading},")),
    "a block with an excuse": changed(BLOCKS, ("id: otters,", "id: otters, ignore: {long-sentence: It is short.},")),
    "a renamed file": {"seeds/z/other.yaml": FILES[BLOCKS], BLOCKS: None},
    "a file split": changed(BLOCKS, ("contacts:\n  - {id: press, name: Otter Desk}\n", ""))
    | {"seeds/contacts.yaml": "contacts:\n  - {id: press, name: Otter Press}\n"},
    "a fact’s figure": changed(FACTS, ('"70"', '"80"')),
    "a fact’s marks": changed(FACTS, ('"70"', '"70*"')),
    "a fact’s date": changed(FACTS, ("as_of: 2022", "as_of: 2023")),
    "an amendment’s number": changed(RECORDS, ("new-say: 34", "new-say: 35")),
    "a new fact": changed(FACTS, ("facts:\n", 'facts:\n  - {id: more, value: "70", what: more otters, source: a-bill}\n')),
    "a topic’s label": changed(RECORDS, ("Rivers", "Otter rivers")),
    "a source’s title": changed(RECORDS, ("Otters Bill", "Bill on swimming")),
    "a term’s words": changed(RECORDS, ("otters’ trust", "mustelids’ trust")),
    "an empty file": {"seeds/empty.yaml": ""},
    "words that are spelt right": {"seeds/words.yaml": "words: [mustelid]\n"},
    "a file with another ending": {"seeds/late.yml": "passages: ["},
    "another day": changed("briefs/article.yaml", ("2020", "2023")),
    "another topic": changed("briefs/lords.yaml", ("[rivers]", "[lutra]")),
    "another standfirst": changed("briefs/lords.yaml", ("standfirst: otters", "standfirst: beavers")),
    "a brief less": {"briefs/lords.yaml": None},
    "a brief more": {"briefs/more.yaml": (FILES["briefs/article.yaml"] or "").replace("2020", "2024")},
    "a faulty brief": {"briefs/article.yaml": "title: ["},
}  # fmt: skip
"""Changes after which only the changed files are read."""
LOUD: dict[str, dict[str, str | None]] = {
    "a fault in a file": {"seeds/new.yaml": "passages: ["},
    "an unknown field": changed(BLOCKS, ("heading", "headin")),
    "the same id twice": {"seeds/new.yaml": "passages:\n  - {id: otters, text: Again.}\n"},
    "the same id as another kind": {"seeds/new.yaml": "contacts:\n  - {id: otters, name: Again}\n"},
    "the same fact twice": {"seeds/new.yaml": FILES[FACTS]},
    "the same item twice": changed(RECORDS, ("items: [", "items: [{id: clause-1, title: Twice}, ")),
    "a name that nothing has": changed(BLOCKS, ("{{waiting}}", "{{wating}}")),
    "a source that nothing has": changed(BLOCKS, ("@a-bill", "@a-bil")),
    "a topic that nothing has": changed(LINES, ("[rivers]", "[river]")),
    "a block less that another names": changed(BLOCKS, ("id: otters", "id: an-otter")),
    "a file less that others name": {FACTS: None},
    "a fact without the date that is printed": changed(FACTS, (", as_of: 2022", "")),
    "a term less": changed(RECORDS, ("terms:\n  - {short: OTT, long: otters’ trust fund}\n", "")),
    "an item less": changed(RECORDS, ("clause-1", "clause-2")),
    "an unknown proceeding": changed(BLOCKS, ("superseded_by: otters,", "superseded_by: otters, only: {proceeding: picnic},")),
    "an unknown rule": changed(BLOCKS, ("superseded_by: otters,", "superseded_by: otters, ignore: {picnic: Because.},")),
    "a block that replaces itself": changed(BLOCKS, ("heading: Otters", "superseded_by: old-otters")),
    "a topic under itself": changed(RECORDS, ("label: Rivers", "label: Rivers, under: lutra")),
    "a sum of itself": changed(FACTS, ('"7",', '"7", equals: "{{both}}",')),
    "a chart that no longer fits": changed(FACTS, ('"7"', '"7 per cent"')),
    "another chart": changed(LINES, ("[held, freed]", "[held, waiting]")),
    "a link that is new and sound": changed(RECORDS, ("topics:\n", "topics:\n  - {id: new, label: New, under: rivers}\n")),
}  # fmt: skip
"""Changes after which everything is read."""


@pytest.mark.parametrize("change", [*QUIET, *LOUD])
def test_a_search_after_a_change_says_what_one_without_an_index_says(root: Path, cache: Path, change: str) -> None:
    files = {**QUIET, **LOUD}[change]
    write(root, files)
    for query in QUERIES:
        with reading_all() as found:
            said = answer(root, cache, *query)
        assert said == answer(root, None, *query)
        if query == QUERIES[0]:
            assert bool(found) == (change in LOUD), "whether all seeds are read"
    write(root, dict.fromkeys(files) | {name: FILES[name] for name in files if name in FILES})
    for query in QUERIES:
        assert answer(root, cache, *query) == answer(root, None, *query)


def test_a_search_that_finds_nothing_changed_writes_nothing(root: Path, cache: Path) -> None:
    before = kept(cache).stat().st_mtime_ns
    with reading_all() as found:
        assert answer(root, cache, "swim") == answer(root, None, "swim")
    assert (len(found), kept(cache).stat().st_mtime_ns) == (1, before), "only the search without an index reads all"


def test_a_search_keeps_what_changed(root: Path, cache: Path) -> None:
    for change in (QUIET["other words"], QUIET["another day"]):
        before = kept(cache).read_bytes()
        write(root, change)
        answer(root, cache, "swim")
        assert kept(cache).read_bytes() != before


def test_a_file_that_was_changed_just_now_is_read_again(
    root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its times would stay the same through a second change within the same moment."""
    for settled in (2_000_000_000, 10**19, -(10**15)):
        monkeypatch.setattr(index, "SETTLED", settled)
        for words, year in (("dive", "2021"), ("swim", "2020")):
            write(root, changed(BLOCKS, ("swim", words)) | changed("briefs/article.yaml", ("2020", year)))
            for query in (words, "swam"):
                assert answer(root, cache, query) == answer(root, None, query)
            kept_stamps = {each.stamp for each in index.opened(Workspace(root))[0].seeds.values()}
            assert (kept_stamps == {()}) == (settled > 0)


def test_what_there_is_to_say_of_a_sound_library_is_always_said(
    root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only of the names of files can it be said again without reading them."""
    remark = Diagnostic("remark", Span(root / BLOCKS), "A remark.", "", "warning")
    monkeypatch.setattr("despatch.index.load_library", lambda seeds: (load_library(seeds)[0], [remark]))
    write(root, QUIET["other words"] | LOUD["a link that is new and sound"])
    assert [index.opened(Workspace(root))[2] for _ in range(2)] == [[remark]] * 2
    for _ in range(2):
        assert "A remark." in answer(root, cache, "otters").aside


def flipped(at: int) -> Callable[[bytes], bytes]:
    """What changes one bit."""
    return lambda data: data[:at] + bytes([data[at] ^ 1]) + data[at:][1:]


DAMAGE: list[Callable[[bytes], bytes]] = [
    lambda _: b"",
    lambda _: b"\n",
    lambda _: os.urandom(500),
    lambda data: data[:-1],
    lambda data: data[: len(data) // 2],
    lambda data: data + b"\0",
    lambda data: data.replace(b"swim", b"dive"),
    lambda data: data.replace(b"despatch 0", b"despatch 9"),
    *map(flipped, (0, 9, 30, 60, 200, 999, -1)),
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_or_that_of_another_version_is_no_index(
    root: Path, cache: Path, damage: Callable[[bytes], bytes]
) -> None:
    sound = kept(cache).read_bytes()
    assert damage(sound) != sound
    kept(cache).write_bytes(damage(sound))
    with reading_all() as found:
        assert answer(root, cache, "swim") == answer(root, None, "swim")
    assert len(found) == 2
    assert kept(cache).read_bytes() == sound, "it is made anew"


def test_a_workspace_has_an_index_of_its_own(root: Path, cache: Path) -> None:
    other = root.parent / "other"
    write(other, FILES | changed(BLOCKS, ("swim", "dive")))
    assert answer(other, cache, "otters") == answer(other, None, "otters")
    assert answer(root, cache, "otters") == answer(root, None, "otters")
    assert len([*(cache / "despatch").iterdir()]) == 2


def test_a_workspace_that_was_moved_is_read_anew(root: Path, cache: Path) -> None:
    there = root.rename(root.parent / "elsewhere")
    said = answer(there, cache, "otters")
    assert said == answer(there, None, "otters")
    assert "seeds/blocks.yaml:3" in said.said


def test_a_search_does_without_an_index_where_none_can_be_kept(root: Path, tmp_path: Path) -> None:
    said = answer(root, None, "otters")
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert answer(root, tmp_path / "file", "otters") == said
    homeless = run("find", "otters", cwd=root, HOME="", XDG_CACHE_HOME="", LOCALAPPDATA="")
    assert (homeless.stdout, homeless.stderr, homeless.returncode) == said
    assert {each.name for each in root.iterdir()} == {"seeds", "briefs"}


def test_a_folder_in_the_place_of_the_index_is_no_hindrance(root: Path, cache: Path) -> None:
    place = kept(cache)
    place.unlink()
    place.mkdir()
    assert answer(root, cache, "otters") == answer(root, None, "otters")
    assert kept(cache) == place


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a file have such a name")
def test_a_name_that_is_no_text_is_no_hindrance(root: Path, tmp_path: Path) -> None:
    (root / "seeds" / os.fsdecode(b"\xff.yaml")).write_text("passages:\n  - {id: odd, text: Odd.}\n", encoding="utf-8")
    for _ in range(2):
        assert answer(root, tmp_path / "cache", "swim") == answer(root, None, "swim")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_folder_is_the_users_alone(cache: Path) -> None:
    assert stat.S_IMODE((cache / "despatch").stat().st_mode) == 0o700


CHANGES = [*QUIET.values(), *LOUD.values()]
POOL = {name: [FILES.get(name), None, *(each[name] for each in CHANGES if name in each)]
        for name in (*FILES, "seeds/new.yaml", "seeds/late.yml")}  # fmt: skip
"""For each file, all that the changes above make of it."""
STEP = st.sampled_from([(name, text) for name, texts in POOL.items() for text in texts])


@given(
    steps=st.lists(
        st.tuples(st.lists(STEP, max_size=2), st.booleans(), st.sampled_from(QUERIES)), min_size=1, max_size=5
    )
)
@settings(max_examples=60)
def test_any_changes_in_any_order_leave_the_answer_the_same(
    steps: list[tuple[list[tuple[str, str | None]], bool, tuple[str, ...]]],
) -> None:
    with TemporaryDirectory() as folder:
        root, cache = Path(folder) / "office", Path(folder) / "cache"
        write(root, FILES)
        answer(root, cache, "otters")
        for changes, mended, query in steps:
            write(root, (FILES if mended else {}) | dict(changes))
            assert answer(root, cache, *query) == answer(root, None, *query)
