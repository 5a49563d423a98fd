"""How the program is built: what may import what, how long a function may be, and what is explained."""

from __future__ import annotations

import ast
import inspect
import re
import statistics
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import fields

from despatch.build import Tailoring, laid_out, prepare
from despatch.content import INLINE
from despatch.document import lines
from despatch.kinds import all_kinds
from despatch.load import load_library
from despatch.reading import is_structure
from despatch.schema import field_docs
from tests.helpers import ROOT, workspace

SOURCE = ROOT / "src" / "despatch"
MODULES = sorted(
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__").replace("__init__", "")
    for path in SOURCE.rglob("*.py")
)

# From the simplest to the one that uses them all. A module may import what stands in a line above its own, and no more.
ORDER = """
diagnostics faults
source document parliament dates labels stances languages zips
content prose quantity
sums citing values passages likeness spelling
reading relative
style
page proof typefaces
abbreviations
kinds sections
load select
withheld workspace readers
inside budget
assemble
office
structure
wording
rules
silence
pdf history
writers find coverage variants listing new schema report output watching
lengths remarks looks stripping
contents sheets
index
build revise
checking impact fixing leaks styling grafting
furnishing uses printing proposing
adopting since asking start
usage
cli
__main__
""".strip().splitlines()
PLACE = {part: number for number, names in enumerate(ORDER) for part in names.split()}


@cache
def _tree(module: str) -> ast.Module:
    return ast.parse(_path(module).read_text(encoding="utf-8"))


def _path(module: str) -> Path:
    path = SOURCE.joinpath(*module.split(".")) if module else SOURCE
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _imports(module: str) -> set[str]:
    """The program's own modules that a module imports, inside its functions too."""
    found: set[str] = set()
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module} has a relative import"
            found |= {name for each in node.names for name in _named(node.module or "", each.name)}
        elif isinstance(node, ast.Import):
            found |= {name for each in node.names for name in _named(each.name, "")}
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "import_module":
            text = "".join(str(each.value) for each in ast.walk(node.args[0]) if isinstance(each, ast.Constant))
            found |= set(_named(text.rstrip("."), ""))
    return found


def _named(package: str, name: str) -> Iterator[str]:
    """`kinds.asks` for `from despatch.kinds import asks`, and `kinds` for what is only a name in that package."""
    if package == "despatch" or package.startswith("despatch."):
        inside = ".".join(each for each in (package.removeprefix("despatch").strip("."), name) if each)
        yield inside if inside in MODULES else inside.rpartition(".")[0]


def test_every_module_has_its_place() -> None:
    assert {module.partition(".")[0] for module in MODULES} - {""} == PLACE.keys()


@pytest.mark.parametrize("module", [each for each in MODULES if each])
def test_imports_point_one_way(module: str) -> None:
    part = module.partition(".")[0]
    for imported in _imports(module) - {""}:
        other = imported.partition(".")[0]
        within = part == other and part in ("writers", "readers", "cli")
        assert within or PLACE[other] < PLACE[part], f"{module} imports {imported}"


@pytest.mark.parametrize("module", [each for each in MODULES if each.startswith("writers")])
def test_no_writer_imports_a_kind_or_what_selects(module: str) -> None:
    allowed = {"document", "style", "writers", "dates", "languages", "pdf", "zips"}
    assert {each.partition(".")[0] for each in _imports(module)} <= allowed


def test_nobody_imports_the_command_line() -> None:
    assert [each for each in MODULES if "cli" in _imports(each)] == ["__main__"]


def test_the_measures_themselves_see_imports() -> None:
    assert "build" in _imports("cli.build")
    assert "writers" in {each.partition(".")[0] for each in _imports("build")}
    assert "writers._page" in _imports("writers.markdown")


# Functions.


def _functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for module in MODULES:
        for node in ast.walk(_tree(module)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{module}.{node.name}", node


def _length(nodes: list[ast.stmt]) -> int:
    return (nodes[-1].end_lineno or 0) - nodes[0].lineno + 1 if nodes else 0


def test_no_function_is_over_forty_lines() -> None:
    assert [name for name, node in _functions() if _length([node]) > 40] == []


def test_most_functions_are_a_few_lines() -> None:
    """Bodies are measured without their docstrings."""
    bodies = [node.body[1:] if ast.get_docstring(node) else node.body for _, node in _functions()]
    lengths = [_length(body) for body in bodies]
    assert len(lengths) > 300
    assert statistics.median(lengths) <= 5
    assert statistics.quantiles(lengths, n=10)[-1] <= 20


# Explanations.


def _public(nodes: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Public classes, functions and, in public classes, methods."""
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body)


@pytest.mark.parametrize("module", MODULES)
def test_everything_public_has_a_docstring(module: str) -> None:
    private = any(each.startswith("_") and each != "__main__" for each in module.split("."))
    assert ast.get_docstring(_tree(module)), f"{module} has none"
    within = [] if private else list(_public(_tree(module).body))
    assert [node.name for node in within if not ast.get_docstring(node)] == []


KINDS = sorted(all_kinds())


@pytest.mark.parametrize("kind", KINDS)
def test_a_kinds_example_has_no_fault_and_prints_its_words(tmp_path: Path, kind: str) -> None:
    summary, _, example = (all_kinds()[kind].__doc__ or "").partition("\n\n")
    assert "\n" not in summary
    assert example.startswith(f"{kind}:\n")
    topics = set(re.findall(r"topics: \[(\w+)\]", example))
    seeds = "\n".join([example, *(["topics:"] if topics else []), *(f"  - {{id: {t}, label: {t}}}" for t in topics)])
    name = re.findall(r"- id: (\S+)", example)[0]
    head = "title: T\nhouse: lords\nproceeding: take-note-debate\ndate: 2022-12-08\n"
    files = workspace(tmp_path, seeds, f"{head}sections:\n  - {kind}: [{name}]\n")
    library, faults = load_library(files.seeds)
    prepared, more = prepare(files, files.root / "briefs" / "lords.yaml", library, Tailoring())
    assert faults + more == []
    assert prepared is not None
    document, faults = laid_out(prepared, Tailoring(), Path("lords.yaml"))
    assert document is not None
    text = " ".join(lines(document))
    said = re.findall(r"(?:text: \|\n\s+|heading: |name: |caption: |value: )([^\n]+)", example)
    assert said
    assert [words for words in said if words not in text] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_declares_fields_that_are_explained_and_a_layout(kind: str) -> None:
    module = all_kinds()[kind]
    content: type = module.Content
    assert is_structure(content)
    written = [each.name for each in fields(content) if each.name != INLINE]
    docs = field_docs(module.Content)
    assert [name for name in written if not docs.get(name)] == []
    assert list(inspect.signature(module.layout).parameters) == ["content", "at"]
    assert module.layout.__doc__


# What the repository may not say.


def _tracked() -> list[Path]:
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        found = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True, encoding="utf-8")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is not a checkout")
    return [path for name in found.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_no_file_names_the_host_of_a_package_registry() -> None:
    """Installing goes to whichever index an office has set up; a name written here would go round it."""
    ends = {".org": "pypi npmjs pypi.python conda.anaconda proxy.golang", "hosted.org": "python", ".io": "crates"}
    ends |= {".com": "npmjs yarnpkg unpkg", ".net": "jsdelivr"}
    names = [name + end for end, each in ends.items() for name in each.split()]
    hosts = re.compile("|".join(map(re.escape, names)).encode(), re.IGNORECASE)
    assert hosts.search(b"https://pypi." + b"org/simple")
    naming = [path.relative_to(ROOT).as_posix() for path in _tracked() if hosts.search(path.read_bytes())]
    assert naming == []
