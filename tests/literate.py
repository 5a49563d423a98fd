"""The explanations of the faults, taken apart: which files they show, which command, and what it prints."""

from __future__ import annotations

import os
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from despatch.cli import app
from despatch.faults import explanation, place
from despatch.style import shipped

PATH = re.compile(r"^# ((?:seeds|briefs|templates)/\S+|[\w-]+\.(?:md|txt))$", re.MULTILINE)
"""The comment that begins a file. A file from elsewhere, such as `last-month.md`, has it as its first heading."""
COMMAND = re.compile(r"^`despatch ([^`]+)` says", re.MULTILINE)
FENCED = re.compile(r"^```(yaml|text|markdown)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Scene:
    """A small workspace, and the command that is run in it."""

    files: dict[str, str]
    command: tuple[str, ...]

    def play(self, root: Path) -> str:
        """What the command says of the workspace, which is made in a folder."""
        for name, text in self.files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        return said(root, *self.command)


@dataclass(frozen=True)
class Fault:
    """One explanation: the section with the fault, the one without it, and what is printed for the first."""

    rule: str
    example: Scene
    instead: Scene
    printed: str

    def expect(self, said: str, *, accept: bool) -> None:
        """Hold what was said against the `text` block, or write it there."""
        if accept and said != self.printed:
            path = place(self.rule)
            text = path.read_text(encoding="utf-8")
            path.write_text(FENCED.sub(lambda block: _with(block, said), text), encoding="utf-8")
        else:
            assert said == self.printed


def said(root: Path, *command: str) -> str:
    """What a command says of the workspace in a folder: `check` prints its findings, the others say them aside."""
    for name in ("seeds", "briefs"):
        (root / name).mkdir(exist_ok=True)
    result = CliRunner().invoke(app, command)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    printed = result.stdout if command[0] == "check" else result.stderr
    return printed.strip("\n").replace(f"{shipped().parent}{os.sep}", "")  # wherever the styles that are shipped stand


def fault(rule: str) -> Fault:
    """A rule's explanation, taken apart."""
    text = explanation(rule)
    example, instead = text.partition("\n## Example\n")[2].split("\n## Instead\n")
    shown = _scene(example)
    again = shown.command if shown.command[0] == "check" else ("check",)
    return Fault(rule, shown, _scene(instead, again), _fenced(example)["text"].strip("\n"))


def _with(block: re.Match[str], said: str) -> str:
    return f"```text\n{said}\n```" if block[1] == "text" else block[0]


def _fenced(section: str) -> dict[str, str]:
    """The blocks of a section by what they are: `yaml` or `text`."""
    return {block[1]: block[2] for block in FENCED.finditer(section)}


def _scene(section: str, usual: tuple[str, ...] = ("check",)) -> Scene:
    shown, command = _fenced(section), COMMAND.search(section)
    words = tuple(shlex.split(command[1])) if command else usual
    if "markdown" in shown:  # a file from elsewhere, by the name in the command
        return Scene({words[-1]: shown["markdown"]}, words)
    return Scene(_files(shown["yaml"]) if "yaml" in shown else {}, words)


def _files(shown: str) -> dict[str, str]:
    """The files in a `yaml` block, each from the comment that is its path to the next one."""
    starts = list(PATH.finditer(shown))
    assert starts, "no comment says which file this is"
    assert starts[0].start() == 0, "something stands before the first file's path"
    ends = [each.start() for each in starts[1:]] + [len(shown)]
    return {each[1]: shown[each.start() : end] for each, end in zip(starts, ends, strict=True)}
