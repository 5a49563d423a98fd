"""What each fault means: one Markdown file a rule, which `explain` prints and the tests run.

Its first `yaml` block has the fault and its `text` block is what is reported; the block under “Instead” has none.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent


def rules() -> list[str]:
    """Every rule's name, in order."""
    return sorted(path.stem for path in FOLDER.glob("*.md"))


def explanation(rule: str) -> str:
    """A rule's explanation, as Markdown."""
    return (FOLDER / f"{rule}.md").read_text(encoding="utf-8")
