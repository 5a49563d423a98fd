"""The JSON Schemas by which editors complete and underline, held against our own files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings

from despatch.kinds import all_kinds
from despatch.schema import schemas
from tests.helpers import ROOT, run
from tests.test_properties import World, worlds

FILES = sorted(
    path for folder in ("seeds", "briefs", "templates") for path in (ROOT / folder).rglob("*.yaml") if path.is_file()
)
NAMED = re.compile(r"# yaml-language-server: \$schema=(\S+)")


class EditorsLoader(yaml.CSafeLoader):
    """Reads YAML as editors do: by version 1.2, in which a date and `no` are words."""


EditorsLoader.yaml_implicit_resolvers = {}
for _tag, _pattern, _letters in (
    ("null", r"~|null|Null|NULL|", "~nN"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    EditorsLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), [*_letters])
EditorsLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^$"), [""])


def _kind(path: Path) -> str:
    return {"seeds": "seeds", "briefs": "brief", "templates": "style"}[path.relative_to(ROOT).parts[0]]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _problems(data: Any, kind: str) -> list[str]:
    """What an editor would underline."""
    validator = jsonschema.Draft202012Validator(schemas()[kind])
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(data)]


def _loaded(text: str) -> Any:
    return yaml.load(text, Loader=EditorsLoader)


def test_the_editors_loader_reads_words_as_words() -> None:
    words = ["no", "2022-12-08", "12:30", "82,170", "1_000", "2020/21", "yes"]
    assert [_loaded(f"a: {word}")["a"] for word in words] == words
    assert [_loaded(f"a: {word}")["a"] for word in ("2022", "true", "1.5", "")] == [2022, True, 1.5, None]


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_our_own_files_are_valid(path: Path) -> None:
    assert _problems(_loaded(path.read_text(encoding="utf-8")), _kind(path)) == []


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_our_own_files_name_their_schema_in_their_first_line(path: Path) -> None:
    match = NAMED.fullmatch(path.read_text(encoding="utf-8").split("\n", 1)[0])
    assert match
    assert (path.parent / match[1]).resolve() == ROOT / ".schema" / f"{_kind(path)}.json"
    assert (path.parent / match[1]).is_file()


def test_the_schemas_kept_are_those_that_would_be_made_now(tmp_path: Path) -> None:
    done = run("schema", "--out", str(tmp_path / "made"), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    made = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "made").iterdir()}
    kept = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / ".schema").iterdir()}
    assert sorted(made) == ["brief.json", "seeds.json", "style.json"]
    assert made == kept, "make them again: despatch schema --out .schema"


@pytest.mark.parametrize("kind", ["seeds", "brief", "style"])
def test_a_schema_is_a_schema(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schemas()[kind])


def _first(kind: str) -> Path:
    return next(path for path in FILES if _kind(path) == kind and "topics" not in path.name)


@pytest.mark.parametrize("kind", ["seeds", "brief", "style"])
def test_a_misspelt_field_is_underlined(kind: str) -> None:
    data = _loaded(_first(kind).read_text(encoding="utf-8"))
    assert _problems(data, kind) == []
    assert _problems({**data, "tpyo": "x"}, kind)


@pytest.mark.parametrize("kind", sorted(all_kinds()))
def test_a_misspelt_field_in_a_block_is_underlined(kind: str) -> None:
    """The example in each kind's docstring is valid; with one letter more in any of its fields it is not."""
    example = (all_kinds()[kind].__doc__ or "").partition("\n\n")[2]
    assert _problems(_loaded(example), "seeds") == []
    fields = set(re.findall(r"^ +(?:- )?(\w+):", example, re.MULTILINE))
    assert len(fields) > 1
    for field in fields:
        misspelt = re.sub(rf"^( +(?:- )?){field}:", rf"\1{field}s:", example, count=1, flags=re.MULTILINE)
        assert _problems(_loaded(misspelt), "seeds"), field


@pytest.mark.parametrize(
    ("brief", "sound"),
    [
        ({}, True),
        ({"date": "8 December 2022"}, False),
        ({"date": "2022-12-08", "dates": ["2022-12-08", "2022-12-09"]}, True),
        ({"house": "Lords"}, False),
        ({"proceeding": "take-note"}, False),
        ({"length": "long"}, False),
        ({"max_words": 700}, True),
        ({"max_words": "seven hundred"}, False),
        ({"topics": {"include": "homes"}}, True),
        ({"topics": {"includes": ["homes"]}}, False),
        ({"sections": [{"positions": "auto"}]}, True),
        ({"sections": [{"positions": ["homes", {"use": "kinship", "omit": ["a"], "replace": {"b": "Words"}}]}]}, True),
        ({"sections": [{"positions": [{"omit": ["a"]}]}]}, False),
        ({"sections": [{"postions": ["homes"]}]}, False),
        ({"sections": "homes"}, False),
        ({"local": {"facts": [{"id": "a", "value": 2022, "what": "a year", "source": "s"}]}}, True),
        ({"local": {"facts": [{"id": "A fact", "value": "1", "what": "a", "source": "s"}]}}, False),
        ({"local": {"blocks": []}}, False),
    ],
)
def test_an_editor_sees_what_a_check_would_say(brief: dict[str, Any], sound: bool) -> None:
    whole = {"title": "T", "house": "lords", "proceeding": "general-debate", "date": "2022-12-08"}
    whole |= {"sections": [{"passages": ["a"]}], **brief}  # type: ignore[dict-item]
    assert (_problems(whole, "brief") == []) is sound


@pytest.mark.parametrize("missing", ["title", "sections"])
def test_a_missing_field_is_underlined(missing: str) -> None:
    brief = {"title": "T", "date": "2022-12-08", "channel": "digest", "sections": []}
    assert _problems(brief, "brief") == []
    assert _problems({key: value for key, value in brief.items() if key != missing}, "brief")


@settings(max_examples=30)
@given(worlds())
def test_whatever_loads_is_valid(world: World) -> None:
    assert _problems(world.seeds, "seeds") == []
    assert _problems(world.brief, "brief") == []


def test_every_field_says_what_it_is_for() -> None:
    """Editors show this text beside a field."""
    text = json.dumps(schemas())
    assert text.count('"description"') > 100
    silent = sorted(_silent(schemas()["seeds"]) | _silent(schemas()["brief"]) | _silent(schemas()["style"]))
    assert silent == []


def _silent(schema: Any) -> set[str]:
    """The names of properties without a description."""
    found: set[str] = set()
    if isinstance(schema, dict):
        for name, each in schema.get("properties", {}).items() if isinstance(schema.get("properties"), dict) else ():
            if isinstance(each, dict) and "description" not in each:
                found.add(name)
        for each in schema.values():
            found |= _silent(each)
    if isinstance(schema, list):
        for each in schema:
            found |= _silent(each)
    return found
