"""JSON Schema (draft 2020-12) for seeds, briefs and styles, from the declarations that read them.

Editors that know YAML schemas complete field names, underline faults and show each field's docstring.
"""

from __future__ import annotations

import ast
import datetime as dt
import inspect
import itertools
import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any

from msgspec.structs import fields

from despatch import content
from despatch.content import INLINE, Block, Brief, Library, Section
from despatch.dates import Period
from despatch.kinds import all_kinds
from despatch.load import RECORDS
from despatch.parliament import PROCEEDINGS
from despatch.reading import KEBAB, NAMES, WEB_ADDRESS, class_of, fields_of, is_structure
from despatch.style import Style

Schema = dict[str, Any]
RECURSIVE = (content.Point, content.Body)
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, Schema]:
    """The schema of each kind of file: `seeds`, `brief` and `style`."""
    parts = {"$defs": {kind.__name__: _object(kind) for kind in RECURSIVE}}
    return {
        "seeds": {"$schema": DRAFT, "title": "A Despatch seed file", **_lists(), **parts},
        "brief": {"$schema": DRAFT, "title": "A Despatch brief", **_object(Brief), **parts},
        "style": {"$schema": DRAFT, "title": "A Despatch style", **_object(Style)},
    }


def _lists() -> Schema:
    """The lists of a seed file, or of a brief's `local`."""
    records = {name: _list(_object(record), _summary(record)) for name, record in RECORDS.items()}
    kinds = {
        name: _list(_merged(_object(Block), _object(kind.Content)), (kind.__doc__ or "").split("\n")[0])
        for name, kind in all_kinds().items()
    }
    return _closed({**kinds, **records})


def _section() -> Schema:
    uses: Schema = {"anyOf": [{"const": "auto"}, _type(tuple[content.Use, ...]), {"type": "string"}]}
    lists = {
        name: {**uses, "description": f"Blocks of the list `{name}`, in order, or `auto`."} for name in all_kinds()
    }
    heading = {"heading": {"type": "string", "description": field_docs(Section)["heading"]}}
    return _closed({**heading, "blocks": {**uses, "description": "Blocks of any kind, in order, as prose."}, **lists})


def _list(item: Schema, description: str) -> Schema:
    return {"description": description, "anyOf": [{"type": "array", "items": item}, {"type": "null"}]}


def _closed(properties: Schema, required: tuple[str, ...] = ()) -> Schema:
    made: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**made, "required": list(required)} if required else made


def _merged(first: Schema, second: Schema) -> Schema:
    required = (*first.get("required", ()), *second.get("required", ()))
    return _closed({**first["properties"], **second["properties"]}, required)


def _object(cls: type) -> Schema:
    """The schema of a structure read from fields."""
    docs = field_docs(cls)
    properties = {key: _described(spec.type, docs.get(spec.name, "")) for key, spec in fields_of(cls).items()}
    return _closed(properties, tuple(key for key, spec in fields_of(cls).items() if spec.required))


def _described(kind: Any, description: str) -> Schema:
    return {**_type(kind), "description": description} if description else _type(kind)


def _type(kind: Any) -> Schema:
    """The schema of one declared type."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return _type(next(each for each in inner if each is not type(None)))
    if origin is tuple:
        item = _type(inner[0])
        array = {"type": "array", "items": item}
        return array if is_structure(inner[0]) else {"anyOf": [array, item]}
    if origin is typing.Literal:
        return {"enum": list(inner)}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "propertyNames": _words(inner[0]), "additionalProperties": _type(inner[1])}
    return _structure(kind) if is_structure(kind) and kind is not Period else _words(kind)


def _structure(kind: Any) -> Schema:
    if kind is Library:
        return _lists()
    if kind is Section:
        return _section()
    fields = {"$ref": f"#/$defs/{kind.__name__}"} if kind in RECURSIVE else _object(kind)
    return {"anyOf": [{"type": "string"}, fields]} if hasattr(kind, "SHORTHAND") else fields


def _words(kind: Any) -> Schema:
    """The schema of a scalar. Numbers and dates are allowed wherever words are: YAML editors see `2022` as a number."""
    known: dict[Any, Schema] = {
        content.VariantName: {"enum": list(content.VARIANTS)},
        content.Id: {"type": "string", "pattern": f"^{KEBAB.pattern}$"},
        content.Address: {"type": "string", "pattern": f"^{WEB_ADDRESS.pattern}$"},
        content.ProceedingName: {"enum": sorted(PROCEEDINGS)},
        dt.date: {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
        int: {"type": "integer", "minimum": 0},
        content.Count: {"type": "integer", "minimum": 1},
    }
    return known.get(kind) or {"type": "string" if kind in NAMES else ["string", "number", "boolean"]}


def _summary(cls: type) -> str:
    return (inspect.getdoc(cls) or "").split("\n")[0]


@cache
def field_docs(cls: type) -> dict[str, str]:
    """Each field's docstring, by the field's name, those of inline parts included."""
    docs: dict[str, str] = {}
    for each in fields(cls):
        if each.name == INLINE:
            docs |= field_docs(class_of(each.type))
    tree = ast.parse(inspect.getsource(cls)).body[0]
    body = tree.body if isinstance(tree, ast.ClassDef) else []
    for field, after in itertools.pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(after, ast.Expr):
            docs[field.target.id] = str(getattr(after.value, "value", ""))
    return docs
