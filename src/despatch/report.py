"""Diagnostics as people and programs read them: text, JSON, SARIF and CI annotations."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from despatch import __version__
from despatch.diagnostics import Diagnostic, Fix, Span

Paint = Callable[[str, str], str]
"""Colours some text: `red`, `yellow`, `cyan`, `blue`, `bold`, `dim`."""
COLOURS = {"error": "red", "warning": "yellow", "advice": "cyan"}


def plain_paint(text: str, colour: str) -> str:
    """The text as it is."""
    del colour
    return text


# For people.


def text(diagnostics: Sequence[Diagnostic], root: Path, paint: Paint = plain_paint) -> str:
    """Each fault with its place, its line, the other place of a clash, and what to do."""
    return "\n".join(_one(each, root, paint) for each in diagnostics)


def _one(diagnostic: Diagnostic, root: Path, paint: Paint) -> str:
    colour = COLOURS[diagnostic.severity]
    place = paint(_place(diagnostic.span, root), "bold")
    head = f"{place} {paint(diagnostic.severity, colour)} [{diagnostic.rule}] {_said(diagnostic.message)}"
    parts = [head, *_excerpt(diagnostic.span, paint, colour)]
    for note, span in diagnostic.related:
        parts += [f"  {_said(note)}: {_place(span, root)}", *_excerpt(span, paint, "blue")]
    if diagnostic.help:
        parts.append(f"  {paint('help:', 'blue')} {_said(diagnostic.help)}")
    return "\n".join(parts) + "\n"


def _place(span: Span, root: Path) -> str:
    """Path, line and column; a flag of the command line has only its name."""
    name = _relative(span.path, root)
    return name if _is_flag(span) else f"{name}:{span.line}:{span.column}"


def _is_flag(span: Span) -> bool:
    """Whether it was typed on the command line, as `--topic` was, and so stands in no file."""
    return str(span.path).startswith("--")


def _relative(path: Path, root: Path) -> str:
    """The path as the user knows it, with forward slashes."""
    return _printable((path.relative_to(root) if path.is_relative_to(root) else path).as_posix())


def _said(words: str) -> str:
    """Words as they can stand in a message: nothing in them reaches the terminal, or passes for another message."""
    return "\n        ".join(_printable(line) for line in words.split("\n"))


NO_SPACES = "\v\f\x1c\x1d\x1e\x1f"
"""What Python takes for white space, and no editor shows as such."""


def _printable(line: str) -> str:
    """The line with a space for each kind of space, and a mark for every other character that cannot be seen."""
    if line.isprintable():
        return line
    return "".join(
        each if each.isprintable() else " " if each.isspace() and each not in NO_SPACES else "�" for each in line
    )


LONGEST_EXCERPT = 100


def _excerpt(span: Span, paint: Paint, colour: str) -> list[str]:
    """The line itself, with marks under the place; only the part about the place, when the line is long."""
    if not span.text.strip() or _is_flag(span):
        return []
    first = max(0, span.column - 1 - LONGEST_EXCERPT // 2) if len(span.text) > LONGEST_EXCERPT else 0
    line = _printable(span.text[first : first + LONGEST_EXCERPT])
    column = span.column - 1 - first
    marks = "^" * max(1, min(span.width, len(line) - column))
    gutter = f"{span.line:4} |"
    return [f"{paint(gutter, 'dim')} {line}", f"{paint('     |', 'dim')} {' ' * column}{paint(marks, colour)}"]


# For programs.


class End(NamedTuple):
    """The place just behind a span."""

    line: int
    column: int


def _end(span: Span) -> End:
    """Where a span ends; at the end of its first line, if the file can no longer be read as it was."""
    if span.end - span.start <= len(span.text) - span.column + 1:
        return End(span.line, span.column + max(0, span.end - span.start))
    text, line = _text(span.path, _saved(span.path)), span.start - span.column + 1
    if len(text) < span.end or not text.startswith(span.text, line):
        return End(span.line, max(span.column, len(span.text) + 1))
    return End(span.line + text.count("\n", span.start, span.end), span.end - text.rfind("\n", 0, span.end))


@lru_cache(maxsize=1)
def _text(path: Path, saved: int) -> str:
    """The text of a file as it was saved at some time: the last one is kept, since faults come file by file."""
    del saved
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, ValueError):
        return ""


def _saved(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except (OSError, ValueError):
        return 0


def as_json(diagnostics: Sequence[Diagnostic], root: Path) -> str:
    """The diagnostics as JSON, for other programs."""
    return _json({"diagnostics": [_row(each, root) for each in diagnostics]})


def _row(each: Diagnostic, root: Path) -> dict[str, Any]:
    row = {"file": _relative(each.span.path, root), **_range(each.span),
           "severity": each.severity, "rule": each.rule, "message": each.message, "help": each.help}  # fmt: skip
    fixes = [{**_range(fix.span), "text": fix.text} for fix in each.fixes]
    return {**row, "fixes": fixes} if fixes else row


def _range(span: Span) -> dict[str, int]:
    end = _end(span)
    return {"line": span.line, "column": span.column, "endLine": end.line, "endColumn": end.column}


def _json(data: Any) -> str:
    """The data as JSON; half of a character, which no program could read, becomes a question mark."""
    return json.dumps(data, indent=2, ensure_ascii=False).encode("utf-8", "replace").decode()


ANNOTATIONS = {"error": "error", "warning": "warning", "advice": "notice"}


def as_github(diagnostics: Sequence[Diagnostic], root: Path) -> str:
    """The diagnostics as GitHub's workflow commands, which annotate the lines of a pull request."""
    return "\n".join(_annotation(each, root) for each in diagnostics)


def _annotation(each: Diagnostic, root: Path) -> str:
    lines = f"{each.message}\n{each.help}".strip().split("\n")
    message = _escaped("\n".join(map(_printable, lines)))
    properties = {**_annotated(each.span, root), "title": each.rule}
    told = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in properties.items())
    return f"::{ANNOTATIONS[each.severity]} {told}::{message}"


def _annotated(span: Span, root: Path) -> dict[str, str | int]:
    """The place of an annotation. GitHub takes columns only where it ends in the line in which it begins."""
    if _is_flag(span):
        return {}
    end = _end(span)
    lines: dict[str, str | int] = {"file": _relative(span.path, root), "line": span.line, "endLine": end.line}
    if not span.text or end.line > span.line:
        return lines
    return {**lines, "col": span.column, "endColumn": end.column}


def _escaped(value: str, more: str = "") -> str:
    """A value as a workflow command wants it."""
    for character in "%\r\n" + more:
        value = value.replace(character, f"%{ord(character):02X}")
    return value


# SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/).

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "advice": "note"}
ROOT = "SRCROOT"
"""What addresses are relative to. Where that is on this machine is nobody's business, and so is not said."""


def as_sarif(diagnostics: Sequence[Diagnostic], root: Path) -> str:
    """The diagnostics as SARIF 2.1.0, with what `explain` says of their rules."""
    rules = sorted({each.rule for each in diagnostics})
    driver = {"name": "despatch", "version": __version__, "rules": [_descriptor(each) for each in rules]}
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": True}],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder that holds `seeds` and `briefs`."}}},
        "language": "en-GB",
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, rules.index(each.rule), root) for each in diagnostics],
    }
    return _json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _descriptor(rule: str) -> dict[str, Any]:
    """A rule as `explain` explains it."""
    from despatch.faults import explanation  # imported here: only this format explains

    markdown = explanation(rule)
    title, does, *_ = (each.strip() for each in markdown.split("\n\n"))
    return {
        "id": rule,
        "shortDescription": {"text": title.removeprefix("# ")},
        "fullDescription": {"text": " ".join(does.removeprefix("**What it does.** ").split())},
        "help": {"text": markdown, "markdown": markdown},
    }


def _result(each: Diagnostic, number: int, root: Path) -> dict[str, Any]:
    result = {
        "ruleId": each.rule,
        "ruleIndex": number,
        "level": LEVELS[each.severity],
        "message": _message(f"{each.message} {each.help}"),
        "locations": [] if _is_flag(each.span) else [_location(each.span, root)],
    }
    others = [{**_location(span, root), "message": _message(note)} for note, span in each.related]
    result |= {"relatedLocations": others} if others else {}
    return result | ({"fixes": [_fix(each, root)]} if each.fixes else {})


def _message(text: str) -> dict[str, str]:
    """A message's text. SARIF takes single braces for places to fill in, and `[words](…)` for a link of its own."""
    doubled = text.strip().replace("{", "{{").replace("}", "}}")
    return {"text": re.sub(r"\[(?=[^\[\]\n]{0,200}\]\()", r"\\[", doubled)}


def _location(span: Span, root: Path) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(span.path, root), "region": _region(span)}}


def _region(span: Span) -> dict[str, int]:
    """A span as SARIF has it: the whole line, where no more is known."""
    is_line = not span.text and span.end <= span.start
    return {"startLine": max(1, span.line)} if is_line else _stretch(span)


def _stretch(span: Span) -> dict[str, int]:
    end = _end(span)
    return {"startLine": span.line, "startColumn": span.column, "endLine": end.line, "endColumn": end.column}


def _artifact(path: Path, root: Path) -> dict[str, str]:
    """A file's address: within the workspace, or its full address."""
    from urllib.parse import quote_from_bytes  # imported here: only this format has addresses

    full, home = Path(os.path.abspath(path)), Path(os.path.abspath(root))  # noqa: PTH100 - a link is not to be followed
    if not full.is_relative_to(home):
        return {"uri": full.as_uri()}
    return {"uri": quote_from_bytes(os.fsencode(full.relative_to(home).as_posix())), "uriBaseId": ROOT}


def _fix(each: Diagnostic, root: Path) -> dict[str, Any]:
    """All changes that mend a fault, together."""
    files = groupby(sorted(each.fixes, key=_fix_order), key=lambda fix: fix.span.path)
    changes = [
        {"artifactLocation": _artifact(path, root), "replacements": _replacements(fixes)} for path, fixes in files
    ]
    return {"description": _message(each.help or each.message), "artifactChanges": changes}


def _fix_order(fix: Fix) -> tuple[str, int]:
    return (str(fix.span.path), fix.span.start)


def _replacements(fixes: Iterable[Fix]) -> list[dict[str, Any]]:
    return [{"deletedRegion": _stretch(fix.span), "insertedContent": {"text": fix.text}} for fix in fixes]


FORMATS: dict[str, Callable[[Sequence[Diagnostic], Path], str]] = {
    "text": text, "json": as_json, "sarif": as_sarif, "github": as_github,
}  # fmt: skip
