"""A fact given a new value: the edits to its YAML, which leave all else in its file as it was written.

The text is spliced, never written anew, so comments, order and spacing stay. The result is then read again and held
against what was meant; where anything else has changed, nothing is made of it.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from despatch.content import Fact, Library, Plain
from despatch.dates import parse_period
from despatch.diagnostics import did_you_mean
from despatch.load import load_brief
from despatch.output import alone_in, write_files
from despatch.prose import tokens
from despatch.quantity import Quantity, Unread, known, read
from despatch.reading import Reader
from despatch.source import UNPRINTABLE, Data, Mapping, Scalar, Sequence, Source, as_yaml, parse, splice
from despatch.sums import Amount, holds, said, unlike, work_out
from despatch.workspace import Workspace

Edit: TypeAlias = tuple[int, int, str]
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
DATES = "Write 2022-03-31, 2022-03, 2022, or 2020/21 for a financial year."


class Change(Struct, frozen=True):
    """What a fact is to say from now on, as its file will have it."""

    value: str
    as_of: str
    source: str = ""
    """Its source; the one it has, if nothing is said."""
    next: str = ""
    """When a newer figure is due, if that is known."""


class Plan(Struct, frozen=True):
    """A change that can be made: the text that the fact's file will have."""

    fact: Fact
    change: Change
    text: str
    broken: tuple[str, ...] = ()
    """The sums of figures that no longer come out then, where that was forced."""

    @property
    def file(self) -> Source:
        """The file that the fact is written in."""
        return self.fact.id.source


class Refusal(NamedTuple):
    """Why a change is not made and what to do, and whether it was typed wrongly or the files stand in its way."""

    message: str
    is_mistyped: bool = False


def planned(
    name: str, change: Change, workspace: Workspace, library: Library, *, force: bool = False
) -> Plan | Refusal:
    """What is to be written so that a fact says something new, or why it cannot be and what to do.

    A sum of figures that came out before and would not come out then is a reason too, unless it is forced.
    """
    joined = [library, *(load_brief(path, library)[1] for path in workspace.briefs()[0])]
    fact = _found(name, joined)
    if isinstance(fact, Refusal):
        return fact
    sources = next(each.sources for each in joined if each.facts.get(name) is fact)
    if doubt := _value_doubt(change.value, fact) or _date_doubt(change, fact) or _source_doubt(change.source, sources):
        return Refusal(doubt, is_mistyped=True)
    if (text := revised(fact, change)) is None:
        place = fact.id.span.path.relative_to(workspace.root).as_posix()
        advice = "this entry is written in a way that cannot be changed safely. Change it by hand."
        return Refusal(f"{place}:{fact.id.span.line}: {advice}")
    broken = tuple(_broken_sums(fact, change, joined))
    if broken and not force:
        advice = "If the other figures are to change too, use --force here and set them after."
        return Refusal("\n".join([*broken, advice]))
    return Plan(fact, change, text, broken)


def _found(name: str, joined: list[Library]) -> Fact | Refusal:
    """The fact of this name, in the library or local to a brief, or why it is not clear which one is meant."""
    found = list(dict.fromkeys(each.facts[name] for each in joined if name in each.facts))
    if len(found) > 1:
        places = " and ".join(each.id.source.path.name for each in found)
        return Refusal(f"There is more than one fact called `{name}`: in {places}. Give one of them another id first.")
    if not found:
        known = {each for library in joined for each in library.facts}
        advice = did_you_mean(name, known) or "`despatch list facts` shows all."
        return Refusal(f"There is no fact called `{name}`. {advice}", is_mistyped=True)
    return found[0]


# Whether to change it.


def _value_doubt(value: str, fact: Fact) -> str:
    if "\n" in value or UNPRINTABLE.search(value):
        return "The value is one line of words, such as `83,840` or `nearly 25 per cent`."
    found = read(value, fact.what)
    return f"{found.message} {found.help}".strip() if isinstance(found, Unread) else ""


def _source_doubt(source: str, sources: Iterable[str]) -> str:
    known = sorted(sources)
    if not source or source in known:
        return ""
    advice = did_you_mean(source, known) or "`despatch list sources` shows all; add a new one to a seed file first."
    return f"There is no source called `{source}`. {advice}"


def _date_doubt(change: Change, fact: Fact) -> str:
    new, due, old = parse_period(change.as_of), parse_period(change.next), fact.as_of
    if new is None:
        return f"--as-of: `{change.as_of}` is not a date. {DATES}"
    if change.next and due is None:
        return f"--next: `{change.next}` is not a date. {DATES}"
    if due is not None and due.last <= new.first:
        on = "on" if due.first == due.last else "in"
        return f"--next: a newer figure cannot be due {on} {due.printed}, when this one is dated {new.printed}."
    is_same = change.source in ("", fact.source) and due in (None, fact.next)
    if is_same and fact.value.strip() == change.value and corrects(change, fact):
        return f"There is nothing to change: `{fact.id}` is {change.value} as of {new.printed} already."
    if old is not None and new.first < old.first and new.last < old.last:
        return (
            f"`{fact.id}` is dated {old.printed}, and {new.printed} is earlier: an older figure does not replace a newer "
            "one. Write the older figure under the fact’s `was`; if the date in the file is wrong, mend it there first."
        )
    return ""


def corrects(change: Change, fact: Fact) -> bool:
    """Whether a change mends what a fact says of the same date: that is no older figure, to be kept and charted."""
    return fact.as_of is not None and fact.as_of == parse_period(change.as_of)


def _broken_sums(fact: Fact, change: Change, joined: list[Library]) -> Iterator[str]:
    """The sums over facts that come out now, and would not after the change."""
    seen: set[Fact] = set()
    for within in joined:
        for each in within.facts.values():
            names = {token.name for token in tokens(each.equals or "")}
            if each not in seen and each.equals and (each is fact or fact.id in names):
                seen.add(each)
                before = {name: _quantity(within.facts.get(name)) for name in (each.id, *names)}
                after = {**before, fact.id: _quantity(replace(fact, value=Plain(Scalar(change.value))))}
                if not _trouble(each, before) and (trouble := _trouble(each, after)):
                    yield trouble


def _quantity(fact: Fact | None) -> Quantity | None:
    return None if fact is None else known(fact.value.strip(), fact.what)


def _trouble(fact: Fact, values: dict[str, Quantity | None]) -> str:
    """Why a fact's sum does not come out, with the numbers; nothing where it does, or cannot be worked out."""
    value, made = values[fact.id], work_out(fact.equals or "", values)
    if value is None or made is None or (isinstance(made, Amount) and holds(value, made)):
        return ""
    shown = re.sub(r"\{\{\s*([^{}]*?)\s*\}\}", lambda match: str(values.get(match[1]) or match[0]), fact.equals or "")
    why = made.message if isinstance(made, Unread) else unlike(value, made) or f"{shown} makes {said(made)}."
    return f"The sum for `{fact.id}`, {value}, would no longer come out: {why}"


def remarks(plan: Plan) -> Iterator[str]:
    """What an officer should look at after the change, in sentences."""
    yield from plan.broken
    fact, change = plan.fact, plan.change
    old, new = read(fact.value.strip(), fact.what), read(change.value, fact.what)
    if corrects(change, fact):
        if fact.value.strip() != change.value:
            yield "The date is the same, so this corrects the figure; the old one is not kept under `was`."
    elif fact.next is not None and not change.next:
        yield f"`next: {fact.next.printed}` is taken away, as this is the newer figure. Say with --next when another is due."
    if change.source in ("", fact.source) and not corrects(change, fact):
        yield f"Its source is still `{fact.source}`. Name another with --source."
    if isinstance(old, Quantity) and isinstance(new, Quantity):
        yield from _unlike(old, new)
    for name, words in (("what", fact.what), ("note", fact.note)):
        if date := past_date(plan, words or ""):
            yield f"Its `{name}` still says {date}: look whether it holds."


def _unlike(old: Quantity, new: Quantity) -> Iterator[str]:
    """What makes a new figure look mistyped beside the old one."""
    if (old.kind, old.unit) != (new.kind, new.unit):
        yield f"“{old}” and “{new}” are not measured alike: look whether the sentences still read well."
    elif old.kind != "date" and old.low > 0 and not old.low <= new.high * 5 <= old.low * 25:
        yield f"“{new}” is far from “{old}”: count its noughts."


def past_date(plan: Plan, words: str) -> str:
    """The fact's old date, where it stands in some words and is its date no more."""
    old, new = plan.fact.as_of, parse_period(plan.change.as_of)
    if old is None or new is None or old.printed in new.printed:
        return ""
    return old.printed if re.search(rf"(?<!\w){re.escape(old.printed)}(?!\w)", words) else ""


# How to change it.


def revised(fact: Fact, change: Change) -> str | None:
    """The text of the fact's file with the change made, or None where its entry cannot be changed safely."""
    if fact.written is None:
        return None
    entry = _Entry(fact.written)
    entry.give("value", change.value)
    entry.give("as_of", change.as_of, "value", "what")
    if change.source:
        entry.give("source", change.source)
    if change.next:
        entry.give("next", change.next, "source")
    elif entry.has("next") and not corrects(change, fact):
        entry.drop("next")
    if not corrects(change, fact):
        entry.remember()
    text = splice(entry.text, entry.edits)
    return text if entry.is_sound and _is_as_meant(entry, _meant(entry, change, fact), text) else None


class _Entry(Struct):
    """A fact's YAML: where its fields are written, and the edits that are to be made to it."""

    written: Mapping
    edits: list[Edit] = field(default_factory=list)
    dropped: set[str] = field(default_factory=set)
    is_sound: bool = True
    """Whether no edit would take a comment away with it, or would need a form that is not known here."""

    @property
    def text(self) -> str:
        return self.written.source.text

    @property
    def is_flow(self) -> bool:
        """Whether the entry is written in braces."""
        return self.text[self.written.start] == "{"

    @property
    def newline(self) -> str:
        """How the lines of the entry end."""
        at = self.text.find("\n", self.written.start)
        return "\r\n" if self.text[max(at - 1, 0) : at + 1] == "\r\n" else "\n"

    def field(self, name: str) -> tuple[Scalar, Data] | None:
        """A field's name and what stands after it."""
        return next(((key, data) for key, data in self.written.items() if key == name), None)

    def has(self, name: str) -> bool:
        """Whether there is a field with something after it."""
        found = self.field(name)
        return found is not None and not (isinstance(found[1], Scalar) and not found[1].strip())

    def old(self) -> dict[str, str]:
        """What goes under `was`: the value with its date and source."""
        return {
            name: str(self.written[Scalar(name)]).strip() for name in ("value", "as_of", "source") if self.has(name)
        }

    # Edits.

    def give(self, name: str, value: str, *after: str) -> None:
        """Write a field's new value in the place of its old one or, where it is missing, after the last of these fields."""
        found = self.field(name)
        if found is None:
            self.add(f"{name}: {as_yaml(value, in_flow=self.is_flow)}", after)
        elif isinstance(found[1], Scalar) and found[1].strip() != value:
            start, end = found[1].start, _end(found[1])
            space = " " if start == end else ""
            self.edits.append((start, end, space + as_yaml(value, in_flow=self.is_flow)))
            self.is_sound &= found[1].style not in {"|", ">"} or "#" not in self.text[start:end].split("\n")[0]

    def add(self, words: str, after: Iterable[str]) -> None:
        """Write a new field after the last of these fields."""
        ends = [_end(found[1]) for name in after if (found := self.field(name)) and isinstance(found[1], Scalar)]
        if not ends:
            self.is_sound = False
            return
        at = max(ends) if self.is_flow else _line_end(self.text, max(ends))
        before = ", " if self.is_flow else self.newline + " " * _column(self.text, self.written.start)
        self.edits.append((at, at, before + words))

    def drop(self, name: str) -> None:
        """Take a field away, but leave a comment behind it where it is."""
        found = self.field(name)
        if found is None or not isinstance(found[1], Scalar):
            return
        start, end = found[0].start, _end(found[1])
        self.dropped.add(name)
        self.is_sound &= "#" not in self.text[found[0].end : end]
        self.edits.append(_flow_drop(self.text, start, end) if self.is_flow else self._block_drop(start, end))

    def _block_drop(self, start: int, end: int) -> Edit:
        text = self.text
        first, last = start - _column(text, start), _line_end(text, end)
        after = text[end:last]
        if "#" in after:
            return start, last - len(after.lstrip()), ""
        if text[first:start].strip():  # after the entry's dash, where the next field moves up to
            following = min((key.start for key in self.written if key.start > end), default=end)
            return start, following if text[end:following].isspace() else end, ""
        if last == len(text):
            return len(text[:first].removesuffix("\n").removesuffix("\r")), last, ""
        return first, text.index("\n", last) + 1, ""

    def remember(self) -> None:
        """Write the old value at the head of `was`."""
        found = self.field("was")
        if found is not None and isinstance(found[1], Sequence):
            self._put_first(found[1])
        elif found is not None:
            self._fill(found[1])
        elif self.is_flow:
            self.add(f"was: [{_braces(self.old())}]", self._lasting())
        else:
            indent = " " * _column(self.text, self.written.start)
            self.add(f"was:{self.newline}{indent}  {self._dashed(indent + '  ')}", self._lasting())

    def _lasting(self) -> list[str]:
        """The fields that `was` comes after."""
        return [each for each in ("value", "what", "as_of", "source", "next") if each not in self.dropped]

    def _fill(self, data: Data) -> None:
        """Begin the list of a `was` that has nothing after it."""
        if not isinstance(data, Scalar) or data.start != data.end:
            self.is_sound = False
        elif self.is_flow:
            self.edits.append((data.start, data.end, f" [{_braces(self.old())}]"))
        else:
            at, indent = _line_end(self.text, data.end), " " * (_column(self.text, self.written.start) + 2)
            self.edits.append((at, at, f"{self.newline}{indent}{self._dashed(indent)}"))

    def _put_first(self, older: Sequence) -> None:
        start = older.start
        if self.text[start] == "[":
            comma = ", " if older else ""
            at = older[0].start if older else start + 1
            self.edits.append((at, at, _braces(self.old()) + comma))
            return
        indent = " " * _column(self.text, start)
        in_braces = bool(older) and self.text[older[0].start] == "{"
        new = f"- {_braces(self.old())}" if in_braces else self._dashed(indent)
        self.edits.append((start, start, f"{new}{self.newline}{indent}"))

    def _dashed(self, indent: str) -> str:
        lines = [f"{name}: {as_yaml(value)}" for name, value in self.old().items()]
        return "- " + f"{self.newline}{indent}  ".join(lines)


def _flow_drop(text: str, start: int, end: int) -> Edit:
    """The edit that takes away a field in braces, with the comma after it, or the one before it where it is the last."""
    after = len(text) - len(text[end:].lstrip())
    if text[after] == ",":
        return start, len(text) - len(text[after + 1 :].lstrip(" ")), ""
    before = text[:start].rstrip()
    return (len(before) - 1, end, "") if before.endswith(",") else (start, end, "")


def _braces(fields: dict[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {as_yaml(value, in_flow=True)}" for name, value in fields.items()) + "}"


def _end(data: Data) -> int:
    """Where a piece of text ends in the file; YAML counts the empty lines after a `|` with it."""
    if not isinstance(data, Scalar):
        return data.start
    raw = data.source.text[data.start : data.end]
    return data.start + len(raw.rstrip() if data.style in {"|", ">"} else raw)


def _line_end(text: str, at: int) -> int:
    """Where the line that holds a place ends, before its line break."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return end - (text[end - 1 : end] == "\r" and end > at)


def _column(text: str, at: int) -> int:
    return at - text.rfind("\n", 0, at) - 1


# Whether it has been changed as was meant.


def _is_as_meant(entry: _Entry, meant: dict[str, Any], text: str) -> bool:
    """Whether the entry says what was meant, and everything else in the file is as it was."""
    start, last = entry.written.start, _last(entry.written)
    end = entry.written.end if entry.is_flow else _line_end(entry.text, last)
    before, after = parse(entry.written.source)[0], parse(Source(entry.written.source.path, text))
    path = next(_paths(before, start), None)
    if path is None or after[1] or after[0] != _with(before, path, meant):
        return False
    reader = Reader()
    fact = reader.into(Fact, _at(after[0], path))
    outside = text.startswith(entry.text[:start]) and text.endswith(entry.text[end:])
    return outside and fact is not None and not reader.faults


def _meant(entry: _Entry, change: Change, fact: Fact) -> dict[str, Any]:
    """The entry's data after the change."""
    fields: dict[str, Any] = {str(key): data for key, data in entry.written.items() if key not in entry.dropped}
    given = {"source": change.source, "next": change.next}
    fields |= {"value": change.value, "as_of": change.as_of, **{name: each for name, each in given.items() if each}}
    return fields if corrects(change, fact) else {**fields, "was": [entry.old(), *(fields.get("was") or ())]}


def _last(data: Data) -> int:
    """Where the last text in some data ends: YAML counts the comments after it too."""
    if isinstance(data, Scalar):
        return _end(data)
    inner: Iterable[Data] = data.values() if isinstance(data, Mapping) else data
    return max((_last(each) for each in inner), default=data.start)


def _paths(data: Data | None, start: int) -> Iterator[tuple[Any, ...]]:
    """The keys and numbers that lead to the fields which begin at a place."""
    if isinstance(data, Mapping) and data.start == start:
        yield ()
    elif isinstance(data, Mapping | Sequence):
        for key, inner in data.items() if isinstance(data, Mapping) else enumerate(data):
            yield from ((key, *path) for path in _paths(inner, start))


def _at(data: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        data = data[key]
    return data


def _with(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The data with another value at the end of a path."""
    if not path:
        return value
    changed = dict(data) if isinstance(data, Mapping) else list(data)
    changed[path[0]] = _with(data[path[0]], path[1:], value)
    return changed


# The file.


def difference(plan: Plan, name: str) -> list[str]:
    """What changes in the file, as the lines of a unified diff.

    Only the lines about the entry are compared, since difflib takes a line that is frequent in a long file for noise.
    """
    from difflib import unified_diff

    old, new = plan.file.text.splitlines(), plan.text.splitlines()
    first = max(_alike(old, new) - 3, 0)
    last = max(_alike(old[:first:-1], new[:first:-1]) - 3, 0)
    old, new = old[first : len(old) - last], new[first : len(new) - last]
    place = f"@@ -{first + 1},{len(old)} +{first + 1},{len(new)} @@"
    body = list(unified_diff(old, new, lineterm="", n=len(old)))[3:]
    return [f"--- {name}", f"+++ {name}", place, *body]


def _alike(old: list[str], new: list[str]) -> int:
    """How many lines are the same before the first that differs."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(old), len(new)))


def write(plan: Plan) -> str:
    """Why the file was left as it is, or nothing when the new text stands in its place.

    The file is left alone when it is no longer what was read. A linked file keeps its link, and its own permissions.
    """
    path = plan.file.path.resolve()
    with alone_in(path):
        mode, data = path.stat().st_mode, path.read_bytes()
        if data.removeprefix(BYTE_ORDER_MARK) != plan.file.text.encode():
            return "The file has been changed since it was read, so nothing is written. Run the command again."
        if not mode & stat.S_IWUSR:
            return "The file is protected against changes, so nothing is written."
        mark = BYTE_ORDER_MARK if data.startswith(BYTE_ORDER_MARK) else b""
        write_files({path: mark + plan.text.encode()})
        path.chmod(stat.S_IMODE(mode))
    return ""
