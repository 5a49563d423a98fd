"""A chart as SVG inside the HTML page: bars as long as the page has room for, and words that keep their size.

There is no `viewBox`, which would make the words of a narrow screen small. Lengths across are percentages, and
lengths down are in `em`, so that the rows grow with a reader's own size of letters.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import accumulate, chain, takewhile
from unicodedata import east_asian_width

from msgspec import Struct

from despatch.document import Bar, Chart, Words, plain
from despatch.writers._page import clean

_WIDEST = 16.0  # em: all that a line may be on a screen of 320 pixels, because SVG wraps nothing
_NARROW = frozenset(" \u00a0fijlt.,:;'’!|()/-")
_GAP = 1.0  # em, at the least, between a label and a value on one line

# Down a row, in em.
_LINE = 1.35
_BELOW = 0.4  # from the foot of the last words to the bar
_BAR = 0.8
_BETWEEN = 0.9


def drawn(chart: Chart, name: str, bars: str) -> str:
    """The chart as one picture; `name` and `bars` are the ids of its title and its description."""
    most = max((bar.amount for bar in chart.bars), default=0)
    rows = [_Row(_folded(bar.label), _folded(bar.value), bar.amount / most if most else 0) for bar in chart.bars]
    stacked = any(row.is_wide for row in rows)
    tops = [0.0, *accumulate(row.height(stacked) for row in rows)]
    shapes = chain.from_iterable(row.shapes(top, stacked) for row, top in zip(rows, tops, strict=False))
    size = f'width="100%" height="{_em(tops[-1] - _BETWEEN)}"'
    opening = f'<svg class="chart" role="img" aria-labelledby="{name} {bars}" {size}>'
    title = f'<title id="{name}">{_escaped(plain(chart.name))}</title>'
    description = f'<desc id="{bars}">{_escaped(_in_words(chart.bars))}</desc>'
    return "\n".join([opening, title, description, *shapes, "</svg>"])


def _in_words(bars: tuple[Bar, ...]) -> str:
    return "; ".join(f"{plain(bar.label)}: {plain(bar.value)}" for bar in bars) + "."


class _Row(Struct, frozen=True):
    """A bar, and above it the lines of its label and of its value."""

    label: list[str]
    value: list[str]
    share: float
    """How long it is, where the longest is 1."""

    @property
    def is_wide(self) -> bool:
        """Whether the label and the value find no room on one line."""
        return len(self.label) + len(self.value) > 2 or _width(self.label[0] + self.value[0]) + _GAP > _WIDEST

    def height(self, stacked: bool) -> float:
        """How far down the next row begins."""
        return self._words_height(stacked) + _BAR + _BETWEEN

    def _words_height(self, stacked: bool) -> float:
        return _LINE * (len(self.label) + len(self.value) if stacked else 1) + _BELOW

    def shapes(self, top: float, stacked: bool) -> Iterator[str]:
        """The row's elements. Rows are alike: in all of them the value stands under the label, or in none."""
        for number, line in enumerate(self.label, 1):
            yield f'<text x="0" y="{_em(top + number * _LINE)}">{_escaped(line)}</text>'
        for number, line in enumerate(self.value, 1 + len(self.label) * stacked):
            side = 'x="0"' if stacked else 'x="100%" text-anchor="end"'
            yield f'<text class="value" {side} y="{_em(top + number * _LINE)}">{_escaped(line)}</text>'
        y = top + self._words_height(stacked)
        yield f'<rect class="bar" x="0" y="{_em(y)}" width="{self.share:.2%}" height="{_em(_BAR)}"/>'
        # Where bars begin, so that one of no length is seen to be one.
        yield f'<line class="nought" x1="0" x2="0" y1="{_em(y)}" y2="{_em(y + _BAR)}"/>'


def _em(length: float) -> str:
    return f"{max(length, 0):.2f}em"


def _escaped(text: str) -> str:
    return escape(clean(text), quote=False)


# How wide words are


def _folded(words: Words) -> list[str]:
    """The words as lines that fit a narrow screen: as few as can be, and of much the same length."""
    pieces = list(_pieces(clean(plain(words))))
    lines = _filled(pieces, _WIDEST)
    widths = range(int(_WIDEST), 0, -1)
    narrower = takewhile(lambda folded: len(folded) == len(lines), (_filled(pieces, width) for width in widths))
    return list(narrower)[-1]


def _filled(pieces: list[str], width: float) -> list[str]:
    lines = [""]
    for piece in pieces:
        longer = f"{lines[-1]} {piece}".strip(" ")
        if not lines[-1] or _width(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(piece)
    return lines


def _pieces(text: str) -> Iterator[str]:
    """The words of a text; one that is too long for any line is cut."""
    for word in text.split(" "):
        rest = word
        while rest:
            fits = sum(width <= _WIDEST for width in accumulate(map(_wide, rest)))
            yield rest[:fits]
            rest = rest[fits:]


def _width(text: str) -> float:
    """How many em some words take in bold letters, at the most."""
    return sum(map(_wide, text))


def _wide(character: str) -> float:
    if character in _NARROW:
        return 0.4
    if character in "MWmw@%—…" or east_asian_width(character) in "WF":
        return 1.0
    return 0.8 if character.isupper() else 0.65
