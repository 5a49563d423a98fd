"""Charts on the HTML page, as a browser draws them on wide and narrow screens, and their tables in Markdown."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import escape, unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from despatch.document import Bar, Chart, Footnote, Group, Origin, Paragraph, Table
from despatch.writers import html, markdown
from tests.test_browser import draw, needs_chromium
from tests.test_page_notes import STYLES, document, heading, notes, opened, said, style, text_of, words

Rows = list[tuple[str, str, float]]

YEARS: Rows = [
    ("Year one", "£46 million", 46),
    ("Year two", "£987 million", 987),
    ("Year three", "£1.257 billion", 1257),
    ("Year four", "£257 million", 257),
]
PERIODS: Rows = [("2016/17", "more than £10.5 billion", 10.5), ("2022/23", "£12.2 billion", 12.2)]
LONG: Rows = [
    ("Children looked after in England on 31 March, unaccompanied children among them", "82,170", 82_170),
    ("W" * 60, "up to " + "M" * 40, 60_000),
    ("中" * 40, "£4" + "\u00a0million" * 9, 1),
]
NOTHING: Rows = [("Homes", "none", 0), ("Fostering", "0", 0)]
DARK = "--blink-settings=preferredColorScheme=0"


def chart(rows: Rows, name: str = "Money for reform", *, beside: bool = True) -> Chart:
    bars = tuple(Bar(words(label), words(value), amount) for label, value, amount in rows)
    cells = tuple((words(label), words(value)) for label, value, _ in rows)
    table = Table((words("Figure"), words("Value")), cells, Origin("x", "facts"), (1,))
    return Chart(words(name), bars, table, Origin("x"), beside)


def figure(shown: Chart, title: str = "Reform in figures") -> Group:
    return Group("figure", (heading(title, 2), shown, Paragraph(words("For England."), Origin("x"), "caption")))


def page(*charts: Chart, name: str = "plain") -> bytes:
    return html.write(document(*map(figure, charts)), style(name))


# What a reader is told


@pytest.mark.parametrize("name", STYLES)
def test_picture_says_what_it_shows_in_words(name: str) -> None:
    (picture,) = opened(page(chart(YEARS), name=name)).xpath("//svg")
    title, description = (picture.xpath(".//*[@id=$id]", id=each)[0] for each in picture.get("aria-labelledby").split())
    assert (picture.get("role"), title.tag, description.tag) == ("img", "title", "desc")
    assert said(title) == "Money for reform"
    assert said(description) == (
        "Year one: £46 million; Year two: £987 million; Year three: £1.257 billion; Year four: £257 million."
    )


def test_table_follows_the_picture() -> None:
    (shown,) = opened(page(chart(YEARS))).xpath("//figure")
    assert [each.tag for each in shown] == ["h3", "svg", "table", "figcaption"]
    assert shown.xpath("./table/@aria-labelledby") == shown.xpath("./h3/@id")
    assert shown.xpath("count(./table/tbody/tr)") == len(YEARS)


def test_table_behind_the_picture_has_the_charts_name() -> None:
    (shown,) = opened(page(chart(YEARS, beside=False))).xpath("//figure")
    assert [each.tag for each in shown] == ["h3", "svg", "details", "figcaption"]
    assert said(shown.xpath("./details/summary")[0]) == "Money for reform"
    assert shown.xpath("count(./details/table/tbody/tr)") == len(YEARS)


def test_charts_of_the_same_name_have_ids_of_their_own() -> None:
    found = opened(page(chart(YEARS), chart(YEARS), chart(PERIODS, beside=False)))
    names = found.xpath("//@id")
    assert len(set(names)) == len(names)
    labelled = [each for listed in found.xpath("//svg/@aria-labelledby") for each in listed.split()]
    assert len(set(labelled)) == 6
    assert set(labelled) <= set(names)


def test_hostile_words_are_only_words() -> None:
    evil = '</text></svg><script>alert("1")</script>&lt;\x00\x04'
    found = opened(page(chart([(evil, evil, 1)], evil, beside=False)))
    assert found.xpath("//script") == []
    clean = evil[:-2]
    assert said(found.xpath("//svg/title")[0]) == said(found.xpath("//summary")[0]) == clean
    assert "".join(found.xpath("//svg/text[not(@class)]/text()")).replace(" ", "") == clean.replace(" ", "")


@given(st.lists(st.tuples(st.text(max_size=80), st.text(max_size=80), st.floats(0, 1e300)), max_size=4))
def test_any_words_and_amounts_are_drawn_and_none_are_lost(rows: Rows) -> None:
    made = page(chart(rows, beside=False))
    assert made == page(chart(rows, beside=False))
    pictures = re.findall(r"<svg.*?</svg>", made.decode(), re.DOTALL)
    assert len(pictures) == bool(rows)
    drawn = re.findall(r"<text[^>]*>(.*?)</text>", "".join(pictures), re.DOTALL)
    cells = re.findall(r"<t[hd](?: [^>]*)?>(.*?)</t[hd]>", made.decode().partition("<tbody>")[2], re.DOTALL)
    assert "".join("".join(drawn).split(" ")) == "".join("".join(cells).split(" "))
    widths = [float(each) for each in re.findall(r'width="([0-9.]+)%" height="0.80em"', made.decode())]
    assert len(widths) == len(rows)
    assert all(0 <= width <= 100 for width in widths)
    assert max(widths, default=100) == 100 or not any(amount for _, _, amount in rows)


def test_chart_is_its_table_in_markdown() -> None:
    shown = chart(PERIODS)
    assert text_of(markdown.write(document(shown), style())) == text_of(markdown.write(document(shown.table), style()))


@pytest.mark.parametrize("beside", [True, False])
def test_a_mark_in_the_table_leads_to_its_note(beside: bool) -> None:
    marked = chart(PERIODS, beside=beside)
    cells = ((words("2016/17"), words("more than £10.5 billion", Footnote(1))),)
    whole = document(figure(replace(marked, table=replace(marked.table, rows=cells))), notes("The accounts."))
    assert text_of(markdown.write(whole, style())).endswith("[^1]: The accounts.")
    assert opened(html.write(whole, style())).xpath("//table//sup/a/@href") == ["#note-1"]


# What a browser draws

SCRIPT = """
const box = element => { const b = element.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom] };
const color = (element, name) => getComputedStyle(element)[name];
addEventListener("load", () => {
  const inside = document.querySelector("iframe").contentDocument;
  const all = name => [...inside.querySelectorAll(name)];
  const found = {
    "room": [inside.documentElement.clientWidth, inside.documentElement.scrollWidth],
    "pictures": all("svg").map(box), "bars": all("svg .bar").map(box), "words": all("svg text").map(box),
    "said": all("svg text").map(text => text.textContent),
    "colours": [...all("svg .bar").slice(0, 1).map(bar => color(bar, "fill")),
                ...all("svg text").slice(0, 1).map(text => color(text, "fill")), color(inside.body, "backgroundColor")],
  };
  document.body.textContent = JSON.stringify(found);
});
"""


def drawn(made: bytes, folder: Path, *flags: str, width: int = 320, letters: str = "100%") -> Any:
    """Where a browser puts everything of a page on a screen that is so wide."""
    sized = made.decode().replace("<html ", f'<html style="font-size: {letters}" ')
    unlocked = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", sized)
    frame = f'<iframe width="{width}" height="900" style="border: 0" srcdoc="{escape(unlocked)}"></iframe>'
    outside = folder / "outside.html"
    outside.write_text(f'<!DOCTYPE html><meta charset="utf-8"><body>{frame}<script>{SCRIPT}</script>', "utf-8")
    done = draw(outside, folder, "--dump-dom", "--virtual-time-budget=5000", *flags)
    return json.loads(unescape(re.findall(r"<body>(.*)</body>", done.stdout, re.DOTALL)[0]))


@needs_chromium
@pytest.mark.parametrize("name", STYLES)
@pytest.mark.parametrize("rows", [YEARS, PERIODS, LONG, NOTHING], ids=["years", "periods", "long", "nothing"])
def test_no_word_is_cut_or_covered_on_a_telephone(name: str, rows: Rows, tmp_path: Path) -> None:
    found = drawn(page(chart(rows), name=name), tmp_path)
    ((left, top, right, bottom),) = found["pictures"]
    assert found["room"] == [320, 320]
    assert (left, right) == (16, 304)
    for box in (*found["words"], *found["bars"]):
        assert left - 1 <= box[0] <= box[2] <= right + 1
        assert top - 1 <= box[1] <= box[3] <= bottom + 1
    for one, other in pairwise(sorted((*found["words"], *found["bars"]), key=lambda box: (box[1], box[0]))):
        beside = one[2] <= other[0] or other[2] <= one[0]
        assert beside or one[3] <= other[1] + 4, "letters have room above and below that others may reach into"


@needs_chromium
def test_short_words_stand_on_one_line_and_long_ones_under_each_other(tmp_path: Path) -> None:
    found = drawn(page(chart(YEARS), chart(PERIODS, "Spending")), tmp_path)
    tops = dict(zip(found["said"], (box[1] for box in found["words"]), strict=True))
    assert tops["Year three"] == tops["£1.257 billion"]
    assert tops["2016/17"] < tops["more than £10.5 billion"] < tops["2022/23"] < tops["£12.2 billion"]


@needs_chromium
@pytest.mark.parametrize("width", [320, 1200])
def test_bars_are_as_long_as_their_amounts(width: int, tmp_path: Path) -> None:
    found = drawn(page(chart(YEARS)), tmp_path, width=width)
    ((left, _, right, _),) = found["pictures"]
    lengths = [box[2] - box[0] for box in found["bars"]]
    assert lengths == pytest.approx([amount / 1257 * (right - left) for _, _, amount in YEARS], abs=0.5)
    assert all(box[0] == pytest.approx(left, abs=0.5) for box in found["bars"])
    assert [box[1] for box in found["bars"]] == sorted(box[1] for box in found["bars"])


@needs_chromium
def test_words_keep_their_size_on_any_screen_and_grow_with_the_readers(tmp_path: Path) -> None:
    made = page(chart(YEARS))
    heights = [
        drawn(made, tmp_path, width=width, letters=letters)["words"][0]
        for width, letters in ((320, "100%"), (1200, "100%"), (1200, "200%"))
    ]
    narrow, wide, large = (box[3] - box[1] for box in heights)
    assert narrow == wide
    assert large == pytest.approx(2 * wide, rel=0.1)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours written as `rgb(1, 2, 3)`, as WCAG has it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    shares = [int(each) / 255 for each in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@needs_chromium
@pytest.mark.parametrize("name", STYLES)
def test_bars_and_words_are_seen_on_light_and_on_dark_paper(name: str, tmp_path: Path) -> None:
    papers = []
    for flags in ((), (DARK,)):
        bar, text, paper = drawn(page(chart(YEARS), name=name), tmp_path, *flags)["colours"]
        assert contrast(bar, paper) >= 3
        assert contrast(text, paper) >= 4.5
        papers.append(luminance(paper))
    assert papers[0] > 0.9
    assert papers[1] < 0.1


@needs_chromium
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
@pytest.mark.parametrize("name", STYLES)
def test_printed_page_has_the_picture_and_no_button(name: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(page(chart(YEARS, beside=False), name=name))
    draw(tmp_path / "page.html", tmp_path, f"--print-to-pdf={tmp_path / 'page.pdf'}")
    command = ["pdftotext", "-layout", str(tmp_path / "page.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    for label, value, _ in YEARS:
        assert re.search(f"{label} +{value}", text)
    assert text.count("Year one") == 1
    assert "Money for reform" not in text
