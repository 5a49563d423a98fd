"""A small Excel workbook: sheets of words and numbers, as Word keeps one behind a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from despatch.writers import _package
from despatch.writers._package import OFFICE, escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Row: TypeAlias = "Sequence[str | float]"

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WIDTH = 28  # of a column, in letters


def write(sheets: Mapping[str, Sequence[Row]]) -> bytes:
    """A workbook with these sheets; equal sheets give equal bytes. Words are never read as a formula."""
    names = [f"worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)]
    listed = "".join(
        f'<sheet name="{escaped(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(sheets, 1)
    )
    parts = {
        _package.CONTENT_TYPES: _contents(names),
        "_rels/.rels": _relationships("officeDocument", ["xl/workbook.xml"]),
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relationships("worksheet", names),
    }
    parts |= {f"xl/{name}": _sheet(rows) for name, rows in zip(names, sheets.values(), strict=True)}
    whole = {name: f"{_HEAD}{part}".encode() for name, part in parts.items()}
    return _package.pack(whole)


def _contents(names: Iterable[str]) -> str:
    kinds = {"workbook.xml": "sheet.main"} | dict.fromkeys(names, "worksheet")
    overrides = "".join(
        f'<Override PartName="/xl/{name}" ContentType="{TYPE.rpartition(".")[0]}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'<Types xmlns="{_PACKAGE}/content-types">{default}{overrides}</Types>'


def _relationships(kind: str, targets: Iterable[str]) -> str:
    each = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, target in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _sheet(rows: Sequence[Row]) -> str:
    columns = max(map(len, rows), default=1)
    cells = "".join(
        f'<row r="{number}">{"".join(_cell(value, column, number) for column, value in enumerate(row))}</row>'
        for number, row in enumerate(rows, 1)
    )
    widths = f'<cols><col min="1" max="{columns}" width="{_WIDTH}" customWidth="1"/></cols>'
    return f'<worksheet xmlns="{_SHEET}">{widths}<sheetData>{cells}</sheetData></worksheet>'


def _cell(value: str | float, column: int, row: int) -> str:
    place = f'r="{_letters(column)}{row}"'
    if isinstance(value, str):
        text = escaped(value)
        return f'<c {place} t="inlineStr"><is><t>{text}</t></is></c>' if text else ""
    return f"<c {place}><v>{number(value)}</v></c>"


def _letters(column: int) -> str:
    """A column's name: A to Z, then AA."""
    first, last = divmod(column, 26)
    return (_letters(first - 1) if first else "") + chr(ord("A") + last)


def number(amount: float) -> str:
    """A number in figures, as Excel keeps it."""
    return f"{amount:.15g}"
