"""Rules, one file each: what a good editor would ask about a library and its briefings.

The file's name is the rule's. Its docstring explains the rule in the form of the files in `faults`, and its examples
are the rule's tests; its `check` yields what it finds, always at a place in the YAML (or in the file from elsewhere).
`GRAVITY`, where a rule has it, is how grave its findings are unless a style or a brief says otherwise: else a warning.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from despatch.faults import editorial


def rules() -> dict[str, Any]:
    """Every rule's module, by the rule's name."""
    return {name: rule(name) for name in editorial()}


def rule(name: str) -> Any:
    """One rule's module."""
    return import_module(f"despatch.rules.{name.replace('-', '_')}")
