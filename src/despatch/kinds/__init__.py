"""The kinds of block: one file per list of the contract, and the folder is the registry.

A kind is a module named as its list in YAML. It holds `Content`, a frozen structure of the fields that are
its own, and `layout`, which gives the nodes that print it.
"""

import importlib
from functools import cache
from pathlib import Path
from types import ModuleType


@cache
def all_kinds() -> dict[str, ModuleType]:
    """Every kind's module, by the name of its list."""
    names = sorted(file.stem for file in Path(__file__).parent.glob("[a-z]*.py"))
    return {name: importlib.import_module(f"{__name__}.{name}") for name in names}
