"""Diagnostics as people and programs read them: text, JSON, SARIF and CI annotations."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from despatch.diagnostics import Diagnostic, Span

Paint = Callable[[str, str], str]
"""Colours some text: `red`, `yellow`, `blue`, `bold`, `dim`."""


def plain_paint(text: str, colour: str) -> str:
    """The text as it is."""
    del colour
    return text


def text(diagnostics: Sequence[Diagnostic], root: Path, paint: Paint = plain_paint) -> str:
    """Each fault with its place, its line, the other place of a clash, and what to do."""
    return "\n".join(_one(each, root, paint) for each in diagnostics)


def _one(diagnostic: Diagnostic, root: Path, paint: Paint) -> str:
    colour = "red" if diagnostic.severity == "error" else "yellow"
    place = paint(_place(diagnostic.span, root), "bold")
    head = f"{place} {paint(diagnostic.severity, colour)} [{diagnostic.rule}] {diagnostic.message}"
    parts = [head, *_excerpt(diagnostic.span, paint, colour)]
    for note, span in diagnostic.related:
        parts += [f"  {note}: {_place(span, root)}", *_excerpt(span, paint, "blue")]
    if diagnostic.help:
        parts.append(f"  {paint('help:', 'blue')} {diagnostic.help}")
    return "\n".join(parts) + "\n"


def _place(span: Span, root: Path) -> str:
    """Path, line and column; a flag of the command line has only its name."""
    name = _relative(span.path, root)
    return name if name.startswith("--") else f"{name}:{span.line}:{span.column}"


def _relative(path: Path, root: Path) -> str:
    """The path as the user knows it, with forward slashes."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


LONGEST_EXCERPT = 100


def _excerpt(span: Span, paint: Paint, colour: str) -> list[str]:
    """The line itself, with marks under the place; only the part about the place, when the line is long."""
    if not span.text.strip() or str(span.path).startswith("--"):
        return []
    first = max(0, span.column - 1 - LONGEST_EXCERPT // 2) if len(span.text) > LONGEST_EXCERPT else 0
    line = "".join(each if each.isprintable() else "�" for each in span.text[first : first + LONGEST_EXCERPT])
    column = span.column - 1 - first
    marks = "^" * max(1, min(span.width, len(line) - column))
    gutter = f"{span.line:4} |"
    return [f"{paint(gutter, 'dim')} {line}", f"{paint('     |', 'dim')} {' ' * column}{paint(marks, colour)}"]


def as_json(diagnostics: Sequence[Diagnostic], root: Path) -> str:
    """The diagnostics as JSON, for other programs."""
    rows = [
        {"file": _relative(each.span.path, root), "line": each.span.line, "column": each.span.column,
         "severity": each.severity, "rule": each.rule, "message": each.message, "help": each.help}
        for each in diagnostics
    ]  # fmt: skip
    return json.dumps({"diagnostics": rows}, indent=2, ensure_ascii=False)


def as_github(diagnostics: Sequence[Diagnostic], root: Path) -> str:
    """The diagnostics as GitHub's workflow commands, which annotate the lines of a pull request."""
    return "\n".join(
        f"::{each.severity} file={_escaped(_relative(each.span.path, root), ':,')},line={each.span.line},"
        f"col={each.span.column},title={_escaped(each.rule, ':,')}::{_escaped(f'{each.message} {each.help}'.strip())}"
        for each in diagnostics
    )


def _escaped(value: str, more: str = "") -> str:
    """A value as a workflow command wants it."""
    for character in "%\r\n" + more:
        value = value.replace(character, f"%{ord(character):02X}")
    return value


def as_sarif(diagnostics: Sequence[Diagnostic], root: Path) -> str:
    """The diagnostics as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/)."""
    rules = [{"id": rule} for rule in sorted({each.rule for each in diagnostics})]
    run = {"tool": {"driver": {"name": "despatch", "rules": rules}}, "columnKind": "unicodeCodePoints",
           "results": [_result(each, root) for each in diagnostics]}  # fmt: skip
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False)


def _result(diagnostic: Diagnostic, root: Path) -> dict[str, Any]:
    span = diagnostic.span
    region = {"startLine": span.line, "startColumn": span.column, "endColumn": span.column + span.width}
    where = {"artifactLocation": {"uri": _relative(span.path, root)}, "region": region}
    return {"ruleId": diagnostic.rule, "level": diagnostic.severity, "locations": [{"physicalLocation": where}],
            "message": {"text": f"{diagnostic.message} {diagnostic.help}".strip()}}  # fmt: skip


FORMATS: dict[str, Callable[[Sequence[Diagnostic], Path], str]] = {
    "text": text, "json": as_json, "sarif": as_sarif, "github": as_github,
}  # fmt: skip
