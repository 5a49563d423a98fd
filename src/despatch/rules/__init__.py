"""Rules, one file each: what a good editor would ask about a library and its briefings.

The file's name is the rule's. Its docstring explains the rule in the form of the files in `faults`, and its examples
are the rule's tests; its `check` yields what it finds, always at a place in the YAML. A rule only ever warns.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from despatch.diagnostics import Diagnostic
from despatch.office import Finding, Office


def names() -> list[str]:
    """The names of all the rules, as messages print them."""
    files = Path(__file__).parent.glob("[a-z]*.py")
    return sorted(file.stem.replace("_", "-") for file in files)


def check(office: Office) -> Iterator[Diagnostic]:
    """What every rule finds."""
    for name in names():
        for finding in import_module(f"despatch.rules.{name.replace('-', '_')}").check(office):
            yield diagnostic(name, finding)


def diagnostic(rule: str, finding: Finding) -> Diagnostic:
    """A finding as it is reported."""
    return Diagnostic(rule, finding.span, finding.message, finding.help, "warning", finding.related)
