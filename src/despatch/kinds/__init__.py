"""The kinds of block: one file per list of the contract, and the folder is the registry.

A kind is a module named as its list in YAML. It holds `EXAMPLE`, the docstring's YAML; `Content`, a frozen dataclass
of the fields that are its own; and `layout`, which gives the nodes that print it.
"""

import importlib
import pkgutil
from functools import cache
from types import ModuleType


@cache
def all_kinds() -> dict[str, ModuleType]:
    """Every kind's module, by the name of its list."""
    return {each.name: importlib.import_module(f"{__name__}.{each.name}") for each in pkgutil.iter_modules(__path__)}
