"""What each fault means: one Markdown file a rule, which `explain` prints and the tests run.

A file says what the rule finds and why. Under “Example”, its `yaml` block is a small workspace and its `text` block
is what is printed for it; under “Instead” the workspace is mended, and nothing is printed. In a `yaml` block each file
begins with a comment that is its path, such as `# seeds/homes.yaml`, and that line is the file's first. The command
is the one named in that section, such as `despatch build lords`. What text cannot show, such as a broken link, is
told in words in place of the `yaml`, and made by `tests/test_files.py`.

The rules of `rules/` explain themselves in their docstrings, in the same form.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
RULES = FOLDER.parent / "rules"


def rules() -> list[str]:
    """Every rule's name, in order."""
    return sorted([*editorial(), *(path.stem for path in FOLDER.glob("*.md"))])


@cache
def editorial() -> tuple[str, ...]:
    """The names of the rules of `rules/`, in order: those that an office may weigh as it likes, and excuse."""
    return tuple(sorted(path.stem.replace("_", "-") for path in RULES.glob("[a-z]*.py")))


def place(rule: str) -> Path:
    """The file that a rule's explanation stands in."""
    path = RULES / f"{rule.replace('-', '_')}.py"
    return path if path.exists() else FOLDER / f"{rule}.md"


def explanation(rule: str) -> str:
    """A rule's explanation, as Markdown."""
    import ast  # imported here: a build needs only the names

    text = place(rule).read_text(encoding="utf-8")
    return f"# {ast.get_docstring(ast.parse(text))}\n" if place(rule).suffix == ".py" else text
