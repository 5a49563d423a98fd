"""Charts in Word: native ones, with the facts' own words beside the bars and a workbook to edit them in."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace
from openxml_audit import OpenXmlValidator

from despatch.document import Bar, Chart, Origin, Table, Text
from despatch.style import shipped
from tests.test_golden import parts
from tests.test_word_notes import STYLES, claim, notes, said, shipped_style, written

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

SPENDING = {
    "Year one": ("£46 million", 46e6),
    "Year two": ("£987 million", 987e6),
    "Year three": ("£1.257 billion", 1.257e9),
    "Year four": ("£257 million", 257e6),
}
BUDGETS = {"2016/17": ("£9.4 billion", 9.4e9), "2021/22": ("more than £10.5 billion", 10.5e9)}
HOSTILE = {'=SUM(A1) & <b>"x"</b> \x00': ("{{x}} <w:p/> 'y'", 2.0), "]]>\n": ("\u202e&amp;", 1.0)}
Bars = dict[str, tuple[str, float]]


def chart(bars: Bars, name: str = "What the Review would spend", *, is_beside: bool = True) -> Chart:
    made = tuple(Bar((Text(label),), (Text(value),), amount) for label, (value, amount) in bars.items())
    table = Table(
        ((Text("Figure"),), (Text("Value"),)), tuple((b.label, b.value) for b in made), Origin("f", "facts"), (1,)
    )
    return Chart((Text(name),), made, table, Origin("f", "chart"), is_beside)


def drawn(*charts: Chart, style: str = "lga") -> dict[str, bytes]:
    """The parts of a Word file that shows some charts."""
    return parts(written(*charts, said(Text("Source: the Review.")), style=shipped_style(style)))


def part(made: dict[str, bytes], number: int = 1) -> etree._Element:
    return etree.fromstring(made[f"word/charts/chart{number}.xml"])


def values(root: etree._Element, path: str) -> list[str]:
    return [each.text or "" for each in root.findall(f".//{C}{path}//{C}pt/{C}v")]


def beside(root: etree._Element) -> list[str]:
    """The words beside the bars; a long value has several lines."""
    labels = root.findall(f".//{C}dLbl")
    return [" ".join("".join(map(str, p.itertext())) for p in each.iter(f"{A}p")) for each in labels]


def sheet(made: dict[str, bytes], number: int, book: int = 1) -> dict[str, str]:
    """The cells of a sheet of the workbook behind a chart."""
    workbook = parts(made[f"word/embeddings/Microsoft_Excel_Sheet{book}.xlsx"])
    root = etree.fromstring(workbook[f"xl/worksheets/sheet{number}.xml"])
    return {each.get("r", ""): "".join(str(text) for text in each.itertext()) for each in root.iter(f"{S}c")}


@pytest.mark.parametrize("bars", [SPENDING, BUDGETS])
def test_bars_have_their_labels_and_the_facts_own_words(bars: Bars) -> None:
    root = part(drawn(chart(bars)))
    assert values(root, "cat") == list(bars)
    assert [float(each) for each in values(root, "val")] == [amount for _, amount in bars.values()]
    assert beside(root) == [value for value, _ in bars.values()]


def test_a_long_value_loses_no_word_to_its_line_ends() -> None:
    long = "more than four in every five of them, or 82 per cent, at the end of the year before the last"
    (made,) = beside(part(drawn(chart({"Councils": (long, 82.0)}))))
    assert made == long


def test_bars_lie_from_nought_with_the_first_at_the_top() -> None:
    root = part(drawn(chart(SPENDING)))
    found = {name: root.find(f".//{C}{name}") for name in ("barDir", "min", "legend")}
    assert found["barDir"] is not None
    assert found["barDir"].get("val") == "bar"
    assert found["min"] is not None
    assert found["min"].get("val") == "0"
    assert found["legend"] is None
    first = root.find(f".//{C}catAx/{C}scaling/{C}orientation")
    assert first is not None
    assert first.get("val") == "maxMin"


@pytest.mark.parametrize("style", STYLES)
def test_colours_and_fonts_are_the_themes_own(style: str) -> None:
    made = drawn(chart(SPENDING), style=style)
    assert b"srgbClr" not in made["word/charts/chart1.xml"]
    assert {each.get("val") for each in part(made).iter(f"{A}schemeClr")} == {"accent1", "tx1"}
    assert {each.get("typeface") for each in part(made).iter(f"{A}latin")} == {"+mn-lt"}
    accent = etree.fromstring(made["word/theme/theme1.xml"]).find(f".//{A}accent1/{A}srgbClr")
    assert accent is not None
    assert accent.get("val") == {"lga": "4B1D6B", "plain": "000000"}[style]


def test_the_workbook_holds_what_the_chart_refers_to() -> None:
    made = drawn(chart(SPENDING))
    cells, root = sheet(made, 1), part(made)
    assert cells["B1"] == "What the Review would spend"
    for place, (label, (_, amount)) in enumerate(SPENDING.items(), 2):
        assert (cells[f"A{place}"], float(cells[f"B{place}"])) == (label, amount)
    assert [each.text for each in root.iter(f"{C}f")] == ["Sheet1!$B$1", "Sheet1!$A$2:$A$5", "Sheet1!$B$2:$B$5"]


def test_the_workbook_keeps_the_table_that_is_not_printed() -> None:
    made = drawn(chart(BUDGETS, is_beside=False))
    assert f"{W}tbl" not in {each.tag for each in etree.fromstring(made["word/document.xml"]).iter()}
    cells = sheet(made, 2)
    assert [cells[each] for each in ("A1", "B1", "A3", "B3")] == [
        "Figure",
        "Value",
        "2021/22",
        "more than £10.5 billion",
    ]


def test_excel_may_open_the_workbook() -> None:
    made = drawn(chart(SPENDING | HOSTILE))
    book = openpyxl.load_workbook(io.BytesIO(made["word/embeddings/Microsoft_Excel_Sheet1.xlsx"]))
    assert book.sheetnames == ["Sheet1", "Table"]
    rows = list(book["Sheet1"].iter_rows(values_only=True))
    assert rows[1] == ("Year one", 46_000_000)
    assert rows[5][0] == '=SUM(A1) & <b>"x"</b> '
    assert book["Sheet1"]["A6"].data_type == "s"


@pytest.mark.parametrize("is_beside", [True, False])
def test_the_table_follows_where_it_stands_beside(is_beside: bool) -> None:
    opened = docx.Document(io.BytesIO(written(chart(BUDGETS, is_beside=is_beside), said(Text("Source.")))))
    texts = [[cell.text for cell in row.cells] for table in opened.tables for row in table.rows]
    rows = [["Figure", "Value"], ["2016/17", "£9.4 billion"], ["2021/22", "more than £10.5 billion"]]
    assert texts == (rows if is_beside else [])
    assert opened.paragraphs[0].style is not None
    assert opened.paragraphs[0].style.name == "Chart"
    assert opened.paragraphs[0].style.paragraph_format.keep_with_next


def test_a_reader_who_cannot_see_the_chart_is_told_what_it_shows() -> None:
    root = etree.fromstring(drawn(chart(BUDGETS))["word/document.xml"])
    (properties,) = root.iter(f"{WP}docPr")
    assert properties.get("title") == "What the Review would spend"
    assert properties.get("descr") == (
        "What the Review would spend. 2016/17: £9.4 billion; 2021/22: more than £10.5 billion."
    )


def test_each_chart_has_a_part_a_workbook_and_an_id_of_its_own() -> None:
    made = drawn(chart(SPENDING, "First"), chart(BUDGETS, "Second"))
    root = etree.fromstring(made["word/document.xml"])
    ids = [each.get("id") for each in root.iter(f"{WP}docPr")]
    assert len(ids) == len(set(ids)) == 2
    targets = {each.get("Id"): each.get("Target") for each in etree.fromstring(made["word/_rels/document.xml.rels"])}
    shown = [targets[each.get(f"{R}id")] for each in root.iter(f"{C}chart")]
    assert shown == ["charts/chart1.xml", "charts/chart2.xml"]
    assert [sheet(made, 1, book)["B1"] for book in (1, 2)] == ["First", "Second"]
    for number in (1, 2):
        (relationship,) = etree.fromstring(made[f"word/charts/_rels/chart{number}.xml.rels"])
        assert relationship.get("Target") == f"../embeddings/Microsoft_Excel_Sheet{number}.xlsx"


def test_a_chart_is_as_wide_as_the_text_and_grows_with_its_bars() -> None:
    root = etree.fromstring(drawn(chart(BUDGETS), chart(SPENDING))["word/document.xml"])
    two, four = root.iter(f"{WP}extent")
    assert {two.get("cx"), four.get("cx")} == {str((11906 - 2 * 1361) * 635)}
    assert int(four.get("cy", "0")) - int(two.get("cy", "0")) == pytest.approx(720_000, rel=0.01)  # two centimetres


@pytest.mark.parametrize("style", STYLES)
def test_word_accepts_charts_notes_and_hostile_words(style: str, tmp_path: Path) -> None:
    path = tmp_path / "charts.docx"
    content = (chart(SPENDING), chart(HOSTILE, '<&> "it\'s"'), claim("One", 1), notes(2))
    path.write_bytes(written(*content, style=shipped_style(style)))
    result = OpenXmlValidator().validate(path)
    assert result.is_valid, result.errors
    assert values(part(parts(path.read_bytes()), 2), "cat") == ['=SUM(A1) & <b>"x"</b> ', "]]> "]


@given(
    st.dictionaries(
        st.text(max_size=60),
        st.tuples(st.text(max_size=80), st.floats(0, 1e15, allow_nan=False)),
        min_size=1,
        max_size=30,
    )
)
def test_any_bars_can_be_drawn_inside_the_page(bars: Bars) -> None:
    made = drawn(chart(bars))
    layout = part(made).find(f".//{C}manualLayout")
    assert layout is not None
    place = {each.tag.removeprefix(C): float(each.get("val", "")) for each in list(layout)[3:]}
    assert place["x"] + place["w"] <= 1
    assert place["w"] >= 0.25
    assert place["y"] + place["h"] <= 1
    (extent,) = etree.fromstring(made["word/document.xml"]).iter(f"{WP}extent")
    assert int(extent.get("cy", "")) < (16838 - 2 * 1304) * 635
    amounts = [float(each) for each in values(part(made), "val")]
    assert amounts == pytest.approx([amount for _, amount in bars.values()])


def test_equal_charts_give_equal_bytes() -> None:
    assert drawn(chart(SPENDING)) == drawn(chart(SPENDING))


def test_a_designers_own_drawing_keeps_its_id_and_its_chart(tmp_path: Path) -> None:
    shutil.copytree(shipped() / "lga", tmp_path / "designed")
    made = parts((tmp_path / "designed" / "reference.docx").read_bytes())
    drawing = f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{WP[1:-1]}"><wp:docPr id="41" name="Logo"/></wp:inline></w:drawing></w:r></w:p>'
    made["word/document.xml"] = made["word/document.xml"].replace(b"<w:body>", b"<w:body>" + drawing.encode())
    made["word/charts/chart1.xml"] = b"<designed/>"
    with zipfile.ZipFile(tmp_path / "designed" / "reference.docx", "w") as package:
        for name, data in made.items():
            package.writestr(name, data)
    style = replace(shipped_style("lga"), folder=tmp_path / "designed")
    built = parts(written(chart(BUDGETS), said(Text("Source.")), style=style))
    assert built["word/charts/chart1.xml"] == b"<designed/>"
    assert "word/charts/chart2.xml" in built
    assert [each.get("id") for each in etree.fromstring(built["word/document.xml"]).iter(f"{WP}docPr")] == ["41", "42"]
