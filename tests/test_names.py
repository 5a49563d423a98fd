"""Names that a reader would stumble over: words in the wrong order, a department that nobody has named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_worked_figures import said

TERM = "terms:\n  - {short: CAO, long: child arrangements order}\n  - {short: NRB, long: National Reform Board}\n"


@pytest.mark.parametrize(
    "text",
    ["Carers have a Child Order Arrangement.", "The Board National Reform met.", "An order (child arrangements)."],
)
def test_a_term_with_its_words_in_another_order(tmp_path: Path, text: str) -> None:
    assert len(said(tmp_path, "muddled-name", text, TERM)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Carers have child arrangements orders.",
        "The National Reform Board met.",
        "To reform, a national board met.",
        "They are carers in order that a child is safe; arrangements follow.",
        "“A child order arrangement”, the pamphlet says.",
        "We met the Board. National reform waits.",
    ],
)
def test_words_in_their_order_or_far_apart(tmp_path: Path, text: str) -> None:
    """The last one was found once: a name does not run on from one sentence into the next."""
    assert said(tmp_path, "muddled-name", text, TERM) == []


def test_many_words_of_a_name_take_no_time(tmp_path: Path) -> None:
    assert said(tmp_path, "muddled-name", "child " * 20_000, TERM) == []


@pytest.mark.parametrize("text", ["The Department has begun.", "We welcome what the Department does."])
def test_a_department_that_nobody_has_named(tmp_path: Path, text: str) -> None:
    assert len(said(tmp_path, "unnamed-department", f"{text}\n\nThe Department is slow.")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The Department for Education has begun. The Department is slow.",
        "The Departments of Health and Education agree. The Department is slow.",
        "The department has a shop.",
        "The Home Department wrote. The Department is slow.",
    ],
)
def test_a_department_that_is_known(tmp_path: Path, text: str) -> None:
    """In small letters it may be a council’s own department."""
    assert said(tmp_path, "unnamed-department", text) == []
