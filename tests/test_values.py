"""The values that are taken for readable without being read, and what a build does with one that is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despatch.quantity import Quantity, read
from despatch.values import COMMON
from tests.helpers import run, workspace


@given(st.from_regex(COMMON, fullmatch=True))
def test_every_common_value_can_be_read(value: str) -> None:
    assert isinstance(read(value), Quantity)


@pytest.mark.parametrize("value", ["82,170", "£1.6 billion", "more than 23 per cent", "23 May 2022", "six months"])
def test_the_commonest_values_are_known(value: str) -> None:
    assert re.fullmatch(COMMON, value)


@pytest.mark.parametrize("value", ["8,2170", "£5 per cent", "31 February 2022", "many", "£1.6bnn"])
def test_a_build_refuses_to_print_a_value_that_cannot_be_read(tmp_path: Path, value: str) -> None:
    seeds = (
        "passages:\n  - id: homes\n    text: |\n      {{in-care}} children.\n"
        f'facts:\n  - {{id: in-care, value: "{value}", what: in care, as_of: 2022, source: s}}\n'
        "sources:\n  - {id: s, kind: dataset, title: S, published: 2022}\n"
    )
    brief = "title: T\nhouse: lords\nproceeding: take-note-debate\ndate: 2022-12-08\nsections:\n  - passages: [homes]\n"
    files = workspace(tmp_path, seeds, brief)
    refused = run("build", "lords", "--to", "md", cwd=files.root)
    assert refused.returncode == 1
    assert "[unreadable-value]" in refused.stderr
    assert not (files.root / "out").exists()
