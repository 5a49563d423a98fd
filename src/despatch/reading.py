"""Data to frozen structures: every fault at once, in our words, from the declarations in `content` and `kinds`.

What may be written is said once, by the structures’ field types; nothing here knows a field by name.
Names of other things (topics, sources, blocks) are collected on the way and looked up when all is read.
"""

from __future__ import annotations

import datetime as dt
import re
import types
import typing
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from msgspec import Struct, field
from msgspec.structs import fields

from despatch import content, prose
from despatch.content import INLINE, Mention
from despatch.dates import Period, parse_day, parse_period
from despatch.diagnostics import Diagnostic, Diagnostics, Span, did_you_mean, nearest
from despatch.source import Data, Scalar, Sequence, is_blank, is_in
from despatch.source import Mapping as Written

KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
NAMES = {content.BlockId: "block", content.FactId: "fact", content.SourceId: "source", content.TopicId: "topic",
         content.ContactId: "contact", content.ProceedingName: "proceeding", content.RuleName: "rule"}  # fmt: skip
"""The types whose values name something else, and what they name."""
ADVICE = {"a list": "Put each entry on a line of its own, after a dash.", "fields": "Give each field a name and a colon.",
          "words": "Put the words on this line, or under a `|`."}  # fmt: skip
FEW = 5
"""Fields that are soon read, so that they are named where none of them is there."""


class FieldSpec(NamedTuple):
    """How one field is written: its key in YAML, its place in the structure, its type, whether it must be there."""

    key: str
    name: str
    type: Any
    required: bool
    read: Callable[[Reader, Data], Any]
    """What reads its value: nothing comes back after a fault."""


@cache
def fields_of(*classes: type) -> dict[str, FieldSpec]:
    """What may be written under the fields of structures, by key; hidden fields are not, inline ones spread out."""
    specs: dict[str, FieldSpec] = {}
    for cls in classes:
        hidden = getattr(cls, "HIDDEN", ())
        for each in fields(cls):
            if each.name == INLINE:
                specs.update(fields_of(class_of(each.type)))
            elif each.name not in hidden:
                key = each.name.rstrip("_")
                specs[key] = FieldSpec(key, each.name, each.type, each.required, _reader_of(each.type))
    return specs


@cache
def _required(*classes: type) -> tuple[FieldSpec, ...]:
    """The fields of structures that must be there."""
    return tuple(spec for spec in fields_of(*classes).values() if spec.required)


def is_structure(kind: Any) -> bool:
    """Whether a declared type is a structure, whose fields are written under it."""
    return isinstance(kind, type) and issubclass(kind, Struct)


def class_of(hint: Any) -> Any:
    """The structure in `X` or `X | None`."""
    return next((each for each in typing.get_args(hint) if each is not type(None)), hint)


@cache
def _names_of(cls: type[Struct]) -> frozenset[str]:
    """The names of a structure’s fields, an inline one aside."""
    return frozenset(cls.__struct_fields__) - {INLINE}


@cache
def _parts_of(cls: type[Struct]) -> tuple[tuple[str, Any, bool], ...]:
    """A structure’s inline field: name, class, and whether it may be left out."""
    inline = [each for each in fields(cls) if each.name == INLINE] if INLINE in cls.__struct_fields__ else []
    return tuple((each.name, class_of(each.type), not each.required) for each in inline)


Special: TypeAlias = Callable[["Reader", Data], Any]


class Reader(Struct):
    """Reads one file's data: the faults found, and the names to look up once everything is read."""

    faults: Diagnostics = field(default_factory=list)
    names: list[Mention] = field(default_factory=list)
    special: Mapping[type, Special] = field(default_factory=dict)
    unsound: set[str] = field(default_factory=set)
    complete: bool = True

    def fault(self, rule: str, span: Span, message: str, advice: str = "") -> None:
        """Note a fault."""
        self.faults.append(Diagnostic(rule, span, message, advice))

    def into(self, cls: type, data: Data, **hidden: Any) -> Any:
        """An instance of a structure read from a mapping (or from its shorthand), or None after a fault."""
        if isinstance(data, Scalar) and (shorthand := getattr(cls, "SHORTHAND", None)):
            value = fields_of(cls)[shorthand].read(self, data)
            return None if value is None else cls(**{shorthand: value})
        if not isinstance(data, Written):
            return self.wrong_shape(data, "fields", fields_of(cls))
        values = self.values(data, cls)
        return None if values is None else self.make(cls, data, values | hidden)

    def make(self, cls: type, data: Written, values: Mapping[str, Any]) -> Any:
        """The instance, with its inline parts made from the same fields, or None when they do not fit together."""
        names = _names_of(cls)
        own = {name: value for name, value in values.items() if name in names}
        for name, part, optional in _parts_of(cls):
            if not optional or any(key in data for key in fields_of(part)):
                own[name] = self.make(part, data, values)
                if own[name] is None:
                    return None
        made = cls(**own)
        if problem := getattr(made, "problem", str)():
            self.fault("fields-do-not-fit", data.span, problem)
            return None
        return made

    def values(self, data: Written, *classes: type) -> dict[str, Any] | None:
        """The values of the fields of structures by name, or None if there is a fault in any of them."""
        before, specs = len(self.faults), fields_of(*classes)
        values: dict[str, Any] = {}
        excused: set[str] = set(specs) if self.faults and self.has_fault(data) else set()
        is_whole = True
        for key, written in data.items():
            spec = specs.get(key)
            if spec is None:
                excused |= self.unknown_field(key, written, specs)
            elif not is_blank(written):
                values[spec.name] = value = spec.read(self, written)
                is_whole = is_whole and value is not None
        for spec in _required(*classes):
            if spec.name not in values and spec.key not in excused:
                self.missing(spec.key, data)
        return values if is_whole and len(self.faults) == before and not excused else None

    def missing(self, key: str, data: Written) -> None:
        """Note a field that must be there and is not, or has nothing after its name."""
        written = next((each for each in data if each == key), None)
        if written is not None:
            advice = "Write it on this line, or under a `|`."
            self.fault("missing-field", written.span, f"There is nothing after `{key}:`.", advice)
        else:
            place = next((each.span for each in data), data.span)
            self.fault("missing-field", place, f"`{key}` is missing here.", f"Add a line `{key}: …`.")

    def has_fault(self, data: Written) -> bool:
        """Whether something in this mapping has been reported already, so that more would only follow from it."""
        return any(is_in(each.span, data) for each in self.faults)

    def value(self, kind: Any, data: Data) -> Any:
        """A value of a declared type, or None after a fault."""
        return _reader_of(kind)(self, data)

    def unknown_field(self, key: Scalar, written: Data, specs: Mapping[str, FieldSpec]) -> set[str]:
        """Note a field that has no meaning here. The fields it was meant for are no second fault if they are missing."""
        if key.startswith(" ") or (key == "<<" and isinstance(written, Scalar) and written.startswith("*")):
            return set(specs)  # reported already, when the YAML was read
        sentence = isinstance(written, Scalar) and not KEBAB.fullmatch(key.replace("_", "-"))
        if "text" in specs and sentence and not nearest(key.replace(" ", "_"), specs):
            advice = (
                "If these are words with a colon in them, put them under a `|`; for a label, write `label` and `text`."
            )
            self.fault("bullet-with-colon", key.span, f"YAML reads `{key}:` as the name of a field.", advice)
            return set(specs)
        advice = did_you_mean(key.replace(" ", "_"), specs) or f"Fields here are {listed(specs)}."
        self.fault("unknown-field", key.span, f"There is no field `{key}` here.", advice)
        return set(nearest(key.replace(" ", "_"), specs))

    def wrong_shape(self, data: Data, wanted: str, fields: typing.Iterable[str] = ()) -> Any:
        """None, after noting data of another shape than the one wanted, or with other things than these fields."""
        if isinstance(data, Written) and any(key.startswith(" ") for key in data):
            return None  # reported already, when the YAML was read
        if isinstance(data, Written) and data.source.text[data.start] == "{":
            message = "Braces here are read by YAML as fields, not as words."
            self.fault("prose-in-braces", data.span, message, "Put prose that holds `{{…}}` under a `|`.")
            return None
        found = {Scalar: "there are words", Written: "there are fields", Sequence: "there is a list"}[type(data)]
        advice = ADVICE.get(wanted, "Look at the dash, the colon and the indentation of this line.")
        if 0 < len(names := list(fields)) <= FEW:
            advice = f"{advice} Fields here are {listed(names)}."
        self.fault("wrong-shape", data.span, f"Here {found}, where {wanted} should stand.", advice)
        return None

    def scalar(self, data: Data) -> Scalar | None:
        """Words, or None after a fault."""
        return data if isinstance(data, Scalar) else self.wrong_shape(data, "words")


def listed(names: typing.Iterable[str]) -> str:
    """Names in backticks, with commas between."""
    return ", ".join(f"`{name}`" for name in names)


@cache
def _reader_of(kind: Any) -> Callable[[Reader, Data], Any]:
    """The function that reads one declared type."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return _reader_of(next(each for each in inner if each is not type(None)))
    if origin is tuple:
        return _list_reader(inner[0])
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _map_reader(inner[0], inner[1])
    if origin is typing.Literal:
        return _choice_reader(inner)
    return _name_reader(NAMES[kind]) if kind in NAMES else _PLAIN.get(kind) or _structure_reader(kind)


def _structure_reader(kind: type) -> Callable[[Reader, Data], Any]:
    def read(reader: Reader, data: Data) -> Any:
        special = reader.special.get(kind)
        return reader.into(kind, data) if special is None else special(reader, data)

    return read


def _list_reader(item: Any) -> Callable[[Reader, Data], Any]:
    read_item = _reader_of(item)
    structured = is_structure(item)

    def read(reader: Reader, data: Data) -> Any:
        if isinstance(data, Scalar) and not structured:
            data = as_list(data)
        if not isinstance(data, Sequence):
            return reader.wrong_shape(data, "a list")
        values = [read_item(reader, each) for each in data if _written(reader, each)]
        return tuple([value for value in values if value is not None])

    return read


def as_list(scalar: Scalar) -> Sequence:
    """A list of one: a field that takes a list also takes a single value."""
    sequence = Sequence([scalar])
    sequence.source, sequence.start = scalar.source, scalar.start
    return sequence


def _written(reader: Reader, data: Data) -> bool:
    if is_blank(data):
        reader.fault(
            "empty-entry", data.span, "There is nothing after this dash.", "Write the entry, or delete the dash."
        )
        return False
    return True


def _map_reader(key_type: Any, value_type: Any) -> Callable[[Reader, Data], Any]:
    read_key, read_value = _reader_of(key_type), _reader_of(value_type)

    def read(reader: Reader, data: Data) -> Any:
        if not isinstance(data, Written):
            return reader.wrong_shape(data, "fields")
        empty = [key for key, value in data.items() if is_blank(value)]
        for key in empty:
            reader.missing(key, data)
        pairs = ((read_key(reader, key), read_value(reader, value)) for key, value in data.items() if key not in empty)
        return {key: value for key, value in pairs if key is not None and value is not None}

    return read


def _choice_reader(choices: tuple[str, ...]) -> Callable[[Reader, Data], Any]:
    def read(reader: Reader, data: Data) -> Any:
        scalar = reader.scalar(data)
        if scalar is None or scalar in choices:
            return scalar
        advice = did_you_mean(scalar, choices) or f"Write one of {listed(choices)}."
        reader.fault("unknown-value", scalar.span, f"`{scalar}` cannot stand here.", advice)
        return None

    return read


def _name_reader(what: str) -> Callable[[Reader, Data], Any]:
    def read(reader: Reader, data: Data) -> Any:
        scalar = reader.scalar(data)
        if scalar is not None:
            reader.names.append(Mention(what, scalar, scalar, 0, len(scalar)))
        return scalar

    return read


def _id(reader: Reader, data: Data) -> Scalar | None:
    scalar = reader.scalar(data)
    if scalar is None or KEBAB.fullmatch(scalar):
        return scalar
    wanted = re.sub(r"[^a-z0-9]+", "-", scalar.lower()).strip("-")
    advice = f"Write it in small letters, digits and hyphens, such as `{wanted or 'homes-wait'}`."
    reader.fault("bad-id", scalar.span, f"`{scalar}` cannot be an id.", advice)
    return None


def _line(reader: Reader, data: Data) -> Scalar | None:
    scalar = reader.scalar(data)
    return None if scalar is None else _with_names(reader, scalar)


def _plain(reader: Reader, data: Data) -> Scalar | None:
    scalar = reader.scalar(data)
    for token in prose.tokens(scalar or ""):
        span = data.span_of(token.start, token.end) if isinstance(data, Scalar) else data.span
        words = (scalar or "")[token.start : token.end]
        advice = "Names are printed in prose, headings and labels only: write the words here."
        reader.fault("unfinished-name", span, f"`{words}` would be printed as it stands.", advice)
    return scalar


def _prose(reader: Reader, data: Data) -> Scalar | None:
    scalar = reader.scalar(data)
    if scalar is None:
        return None
    for start, end, address in prose.bad_links(scalar):
        reader.fault("bad-address", scalar.span_of(start, end), f"`{address}` is not an address that a reader can follow.",
                     "Write it in full, beginning with https:// (or mailto: for an e-mail).")  # fmt: skip
    return _with_names(reader, scalar)


def _with_names(reader: Reader, scalar: Scalar) -> Scalar:
    """The words, after noting the facts, terms and sources that they name, and names with a brace too few."""
    for start, end in prose.unfinished(scalar):
        advice = "Write {{name}} for a fact or a term and [@name] for a source; put a backslash before a brace that is meant."
        reader.fault(
            "unfinished-name",
            scalar.span_of(start, end),
            f"`{scalar[start:end]}` would be printed as it stands.",
            advice,
        )
    reader.names.extend(Mention(kind, name, scalar, start, end) for kind, name, start, end in prose.tokens(scalar))
    return scalar


def _day(reader: Reader, data: Data) -> dt.date | None:
    scalar = reader.scalar(data)
    day = None if scalar is None else parse_day(scalar)
    if scalar is not None and day is None:
        reader.fault(
            "bad-date", scalar.span, f"`{scalar}` is not a day.", "Write year, month and day, such as 2022-12-08."
        )
    return day


def _period(reader: Reader, data: Data) -> Period | None:
    scalar = reader.scalar(data)
    period = None if scalar is None else parse_period(scalar)
    if scalar is not None and period is None:
        advice = "Write 2022-03-31, 2022-03, 2022, or 2020/21 for a financial year."
        reader.fault("bad-date", scalar.span, f"`{scalar}` is not a date.", advice)
    return period


def _whole_number(reader: Reader, data: Data) -> int | None:
    scalar = reader.scalar(data)
    if scalar is None or re.fullmatch(r"[0-9]{1,6}", scalar):
        return None if scalar is None else int(scalar)
    reader.fault("bad-number", scalar.span, f"`{scalar}` is not a whole number.", "Write digits only, such as 700.")
    return None


def _count(reader: Reader, data: Data) -> int | None:
    number = _whole_number(reader, data)
    if number != 0:
        return number
    reader.fault("bad-number", data.span, "This has to be one or more.", "Write digits from 1 up, or delete the line.")
    return None


def _language(reader: Reader, data: Data) -> Scalar | None:
    from despatch.languages import is_known  # imported here: nearly all blocks are in English

    scalar = reader.scalar(data)
    if scalar is None or is_known(scalar):
        return scalar
    advice = "Write its code: `cy` for Welsh, `gd` for Gaelic, `ga` for Irish, `pl` for Polish, `ur` for Urdu."
    reader.fault("unknown-value", scalar.span, f"`{scalar}` is not the code of a language.", advice)
    return None


def _address(reader: Reader, data: Data) -> Scalar | None:
    scalar = reader.scalar(data)
    if scalar is None or WEB_ADDRESS.fullmatch(scalar):
        return scalar
    reader.fault(
        "bad-address", scalar.span, f"`{scalar}` is not a web address.", "Write it in full, beginning with https://."
    )
    return None


def _email(reader: Reader, data: Data) -> Scalar | None:
    scalar = reader.scalar(data)
    if scalar is None or re.fullmatch(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+", scalar):
        return scalar
    reader.fault(
        "bad-address", scalar.span, f"`{scalar}` is not an e-mail address.", "Write it as `office@example.org`."
    )
    return None


_PLAIN: dict[Any, Callable[[Reader, Data], Any]] = {
    content.Line: _line,
    content.Prose: _prose,
    content.Literally: Reader.scalar,
    content.Plain: _plain,
    content.Label: Reader.scalar,
    content.VariantName: Reader.scalar,
    content.Note: Reader.scalar,
    content.Reason: Reader.scalar,
    content.Id: _id,
    content.LanguageCode: _language,
    content.Address: _address,
    content.Email: _email,
    Scalar: Reader.scalar,
    str: Reader.scalar,
    dt.date: _day,
    Period: _period,
    int: _whole_number,
    content.Count: _count,
}
