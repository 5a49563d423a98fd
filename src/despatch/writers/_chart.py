"""Charts of a Word file: native drawings, which a reader can restyle, each with the workbook that Word opens to edit it."""

from __future__ import annotations

import itertools
import posixpath
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from despatch.document import KEPT, plain
from despatch.writers import _package, _workbook
from despatch.writers._package import OFFICE, Parts, Relationships, escaped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from despatch.document import Chart, Words

_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_INLINE = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# Measures in points. How wide words are is guessed, on the safe side, because the reader's machine has the fonts.
_SIZE, _LINE, _CHARACTER = 10, 13, 5.8
_CENTIMETRE, _TALLEST = 28.35, 620
_GAP = 8  # between a bar and the words on either side of it
_LABELS, _VALUES = 0.4, 0.5  # the most that labels take of the chart, and values of what is left
_UNITS = 12_700  # English metric units in a point


class Charts(Struct, frozen=True):
    """The charts of a package, each of which is a part of it."""

    parts: Parts
    document: str
    """The name of the part that shows them."""
    language: str
    numbers: Iterator[int]
    """Ids for drawings, of which no two in a document may be the same."""

    @classmethod
    def of(cls, parts: Parts, document: str, language: str) -> Charts:
        """The charts that may be added to a document, which may have drawings of its own."""
        drawings = _package.parse(parts[document]).iter(f"{{{_INLINE}}}docPr")
        ids = [int(each.get("id", "0")) for each in drawings]
        return cls(parts, document, language, itertools.count(max(ids, default=0) + 1))

    def drawing(self, chart: Chart, relationships: Relationships, width: float) -> str:
        """A chart as it stands in a run, as wide as given in twentieths of a point, after it was put into the package."""
        number, shape = next(self.numbers), _Shape.of(chart, width / 20)
        relationship = relationships.relate(f"{OFFICE}/chart", self._add(chart, shape))
        words = f'name="Chart {number}" title="{_text(chart.name)}" descr="{escaped(chart.description)}"'
        return (
            f'<w:drawing><wp:inline xmlns:wp="{_INLINE}" distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{round(shape.width * _UNITS)}" cy="{round(shape.height * _UNITS)}"/>'
            f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{number}" {words}/><wp:cNvGraphicFramePr/>'
            f'<a:graphic xmlns:a="{_MAIN}"><a:graphicData uri="{_CHART}">'
            f'<c:chart xmlns:c="{_CHART}" r:id="{relationship}"/>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing>"
        )

    def _add(self, chart: Chart, shape: _Shape) -> str:
        """Put a chart and its workbook into the package; its name as the document's part knows it."""
        folder = posixpath.dirname(self.document)
        target = self._free(folder, "charts/chart{}.xml")
        name = posixpath.join(folder, target)
        workbook = self._free(folder, "embeddings/Microsoft_Excel_Sheet{}.xlsx")
        relationships = Relationships.of({}, name)
        relationship = relationships.relate(f"{OFFICE}/package", f"../{workbook}")
        workbook = posixpath.join(folder, workbook)
        self.parts[workbook] = _workbook_of(chart)
        self.parts[name] = _chart_part(chart, shape, relationship, escaped(self.language))
        self.parts[_package.relationships_part(name)] = _package.serialise(relationships.root)
        _package.declare(self.parts, name, _CHART_TYPE)
        _package.declare(self.parts, workbook, _workbook.TYPE)
        return target

    def _free(self, folder: str, name: str) -> str:
        """A part's name that the package does not have yet, by its number."""
        names = (name.format(number) for number in itertools.count(1))
        return next(each for each in names if posixpath.join(folder, each) not in self.parts)


class _Shape(Struct, frozen=True):
    """The measures of a chart, in points."""

    width: float
    height: float
    labels: float
    """How wide the labels are, at the left."""
    bars: float
    """How long the longest bar may be, so that every bar has room for its value beside it."""
    values: tuple[tuple[str, ...], ...]
    """The lines of each value. Word and LibreOffice would break long ones far sooner than there is need."""

    @classmethod
    def of(cls, chart: Chart, width: float) -> _Shape:
        """A chart's measures in a text of some width."""
        wanted = max((_width(plain(bar.label)) for bar in chart.bars), default=_GAP)
        labels = min(wanted, _LABELS * width)
        room = width - labels
        values = tuple(tuple(_lines(plain(bar.value), _VALUES * room)) for bar in chart.bars)
        most = max((bar.amount for bar in chart.bars), default=0)
        bars = [
            (room - max(map(_width, lines))) * most / bar.amount
            for bar, lines in zip(chart.bars, values, strict=True)
            if bar.amount
        ]
        lines = max([len(value) for value in values] + [int(1.3 * wanted / labels) if wanted > labels else 1])
        height = len(chart.bars) * max(_CENTIMETRE, lines * _LINE + _GAP) + _CENTIMETRE
        return cls(width, min(height, _TALLEST), labels, max(min([room, *bars]), (1 - _VALUES) * room), values)


def _text(words: Words) -> str:
    return escaped(plain(words))


def _width(text: str) -> float:
    return len(text) * _CHARACTER + _GAP


def _lines(text: str, most: float) -> list[str]:
    """The lines of some words that are too wide for one."""
    first, *words = text.split(" ")
    lines = [first]
    for word in words:
        if _width(f"{lines[-1]} {word}") <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


# The chart.


@lru_cache(KEPT)
def _chart_part(chart: Chart, shape: _Shape, workbook: str, language: str) -> bytes:
    """A chart's part. The schema fixes the order of all that is in it."""
    return (
        f'{_HEAD}<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_MAIN}" xmlns:r="{OFFICE}">'
        f'<c:date1904 val="0"/><c:lang val="{language}"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/>{_plot(chart, shape, language)}'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_font(language)}"
        f'<c:externalData r:id="{workbook}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    ).encode()


def _plot(chart: Chart, shape: _Shape, language: str) -> str:
    """The bars and their axes. The plot is placed by hand, so that labels and values have the room they were given."""
    x, y = shape.labels / shape.width, _GAP / shape.height
    place = {"x": x, "y": y, "w": shape.bars / shape.width, "h": 1 - 2 * y}
    layout = "".join(f'<c:{name} val="{value:.4f}"/>' for name, value in place.items())
    return (
        '<c:plotArea><c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f"{layout}</c:manualLayout></c:layout>"
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{_series(chart, shape, language)}<c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        f"{_axes(language)}<c:spPr><a:noFill/></c:spPr></c:plotArea>"
    )


def _series(chart: Chart, shape: _Shape, language: str) -> str:
    """The bars. Each has its value beside it in the fact's own words, which no number format could give."""
    labels = "".join(_label(n, lines, language) for n, lines in enumerate(shape.values))
    names = [_text(bar.label) for bar in chart.bars]
    amounts = [_workbook.number(bar.amount) for bar in chart.bars]
    last = len(chart.bars) + 1
    return (
        f'<c:ser><c:idx val="0"/><c:order val="0"/><c:tx>{_cells("str", "$B$1", [_text(chart.name)])}</c:tx>'
        f'<c:spPr>{_fill("accent1")}</c:spPr><c:invertIfNegative val="0"/>'
        f"<c:dLbls>{labels}{_font(language)}{_SHOWN}</c:dLbls>"
        f"<c:cat>{_cells('str', f'$A$2:$A${last}', names)}</c:cat>"
        f"<c:val>{_cells('num', f'$B$2:$B${last}', amounts)}</c:val></c:ser>"
    )


_SHOWN = '<c:dLblPos val="outEnd"/>' + "".join(
    f'<c:show{name} val="{int(name == "Val")}"/>'
    for name in ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
)


def _label(number: int, lines: tuple[str, ...], language: str) -> str:
    """The words beside a bar."""
    paragraphs = "".join(
        f"<a:p><a:pPr>{_look('defRPr')}</a:pPr><a:r>{_look('rPr', language)}<a:t>{escaped(line)}</a:t></a:r></a:p>"
        for line in lines
    )
    body = '<a:bodyPr vertOverflow="overflow" horzOverflow="overflow" wrap="none"><a:spAutoFit/></a:bodyPr>'
    return (
        f'<c:dLbl><c:idx val="{number}"/><c:tx><c:rich>{body}<a:lstStyle/>{paragraphs}</c:rich></c:tx>{_SHOWN}</c:dLbl>'
    )


def _cells(kind: str, cells: str, values: list[str]) -> str:
    """Which cells of the workbook hold some values, and what they hold."""
    points = "".join(f'<c:pt idx="{n}"><c:v>{value}</c:v></c:pt>' for n, value in enumerate(values))
    form = "<c:formatCode>General</c:formatCode>" if kind == "num" else ""
    cache = f'<c:{kind}Cache>{form}<c:ptCount val="{len(values)}"/>{points}</c:{kind}Cache>'
    return f"<c:{kind}Ref><c:f>Sheet1!{cells}</c:f>{cache}</c:{kind}Ref>"


def _axes(language: str) -> str:
    """The axis of labels, with the first at the top; and that of values, from nought and not shown."""
    line = f'<c:spPr><a:noFill/><a:ln w="9525">{_fill("tx1")}</a:ln></c:spPr>'
    return (
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{line}{_font(language)}<c:crossAx val="2"/>'
        '<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        '<c:noMultiLvlLbl val="1"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>'
        '<c:min val="0"/></c:scaling><c:delete val="1"/><c:axPos val="t"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        '<c:tickLblPos val="nextTo"/><c:crossAx val="1"/><c:crosses val="autoZero"/><c:crossBetween val="between"/>'
        "</c:valAx>"
    )


def _fill(colour: str) -> str:
    """A colour of the theme, which a designer changes in one place."""
    return f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'


def _look(name: str, language: str = "") -> str:
    """The size and colour of words, in the theme's font."""
    written = f' lang="{language}"' if language else ""
    return f'<a:{name}{written} sz="{_SIZE * 100}">{_fill("tx1")}<a:latin typeface="+mn-lt"/></a:{name}>'


def _font(language: str) -> str:
    end = f'<a:endParaRPr lang="{language}"/>'
    return f"<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{_look('defRPr')}</a:pPr>{end}</a:p></c:txPr>"


# The workbook.


@lru_cache(KEPT)
def _workbook_of(chart: Chart) -> bytes:
    """The workbook behind a chart: its bars, where the chart looks for them, and on another sheet its table."""
    bars: list[_workbook.Row] = [("", plain(chart.name)), *((plain(bar.label), bar.amount) for bar in chart.bars)]
    table = [tuple(map(plain, row)) for row in (chart.table.header, *chart.table.rows)]
    return _workbook.write({"Sheet1": bars, "Table": table})
