"""How wide the letters of typefaces are, so that lines can be counted without setting them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

LETTERS = "".join(map(chr, range(ord(" "), ord("~") + 1))) + "‘’“”–—\N{NO-BREAK SPACE}"
"""The letters whose widths are known, in their order; others are taken for a usual one."""
USUAL = 0.5
"""The width of a usual letter, in ems."""
ARIAL = """
    28 28 35 56 56 89 67 19 33 33 39 58 28 33 28 28 56 56 56 56 56 56 56 56 56 56 28 28 58 58 58 56 102 67 67
    72 72 67 61 78 72 28 50 67 56 83 72 78 67 78 72 67 61 72 67 94 67 67 61 28 28 28 47 56 33 56 56 50 56 56
    28 56 56 22 22 50 22 83 56 56 56 56 33 50 28 56 50 72 50 50 50 33 26 33 58 22 22 33 33 56 100 28
"""
"""The widths of these letters in Arial, in hundredths of an em."""
CAMBRIA = """
    22 29 39 62 51 89 69 24 38 38 43 55 20 33 21 49 52 36 47 46 49 48 47 47 48 48 26 26 55 55 55 42 88 60 58
    52 62 54 51 54 70 34 30 63 50 89 69 60 53 60 61 45 56 69 60 89 57 56 51 35 49 35 55 37 15 47 52 42 52 44
    31 46 55 28 26 52 27 81 56 48 52 50 40 39 32 55 47 72 48 48 43 39 32 39 71 22 22 38 38 50 100 22
"""
"""The same in Cambria. Calibri and Times New Roman are as wide on the whole."""
WIDE = ("arial", "helvetica", "liberation sans", "verdana", "tahoma", "segoe ui")
"""Typefaces that are set as wide as Arial, or wider; others are taken to be as wide as Cambria."""


@lru_cache(maxsize=20_000)  # a budget measures the same paragraphs many times
def line_count(text: str, typeface: str, width: float, more: float = 0) -> int:
    """How many lines a text fills that are so many ems wide; the first has more room, or less."""
    letters = WIDTHS[typeface.casefold() in WIDE]
    space, lines, at = letters[" "], 1, -more
    for word in text.split(" "):
        taken = sum([letters.get(letter, USUAL) for letter in word])
        if at > 0 and at + taken > width:
            lines, at = lines + 1, 0
        at += taken + space
    return lines


def _widths(hundredths: str) -> Mapping[str, float]:
    return {letter: int(each) / 100 for letter, each in zip(LETTERS, hundredths.split(), strict=True)}


WIDTHS = (_widths(CAMBRIA), _widths(ARIAL))
