"""Web pages in Chromium as people read them: axe finds nothing amiss, nothing scrolls sideways, nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.helpers import LAYOUTS
from tests.test_browser import CHROMIUM, needs_chromium
from tests.test_layouts import CASES, LORDS, STYLES, made

pytestmark = needs_chromium


class Way(NamedTuple):
    """A way in which a page is looked at."""

    name: str
    width: int
    scheme: str = "light"
    media: str = "screen"
    zoom: int = 1


WAYS = [
    Way("a wide screen", 1280),
    Way("a telephone, dark", 320, scheme="dark"),
    Way("400 % zoom", 320, zoom=4),  # of a window 1280 pixels wide
    Way("paper", 794, media="print"),
]

# The lowest contrast of any words. Axe cannot tell what stands behind those in a drawing.
CONTRAST = """() => {
  const light = text => {
    const parts = text.match(/[\\d.]+/g).slice(0, 3).map(each => each / 255);
    const [r, g, b] = parts.map(each => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = each => {
    const colour = getComputedStyle(each).backgroundColor;
    return each.parentElement && /^rgba.*, 0\\)$/.test(colour) ? behind(each.parentElement) : colour;
  };
  const says = each => [...each.childNodes].some(child => child.nodeType === 3 && child.data.trim());
  const ratios = [...document.querySelectorAll("body *:not(title, desc)")].filter(says).map(each => {
    const look = getComputedStyle(each);
    const [low, high] = [light(each.closest("svg") ? look.fill : look.color), light(behind(each))].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  });
  return Math.min(21, ...ratios);
}"""


@cache
def axe() -> str:
    import axe_playwright_python

    return Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Chromium as it is installed here, driven from Python."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium: Any, tmp_path: Path) -> Iterator[Any]:
    """What opens a page in some way. Whatever it asks for, and whatever it says on the console, is noted."""
    contexts = []

    def look(html: bytes, way: Way) -> Any:
        (tmp_path / "briefing.html").write_bytes(html)
        size = {"width": way.width, "height": 1024 // way.zoom}
        contexts.append(chromium.new_context(viewport=size, device_scale_factor=way.zoom))
        page = contexts[-1].new_page()
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.said.append(message.text))
        page.emulate_media(media=way.media, color_scheme=way.scheme)
        page.goto((tmp_path / "briefing.html").as_uri())
        return page

    yield look
    for context in contexts:
        context.close()


def found(page: Any) -> list[str]:
    """What axe finds amiss, and what it cannot decide; contrast that it cannot tell is told by `CONTRAST`."""
    page.evaluate(axe())
    results = page.evaluate("axe.run(document, {resultTypes: ['violations', 'incomplete']})")
    undecided = [rule for rule in results["incomplete"] if rule["id"] != "color-contrast"]
    return [f"{rule['id']}: {node['html']}" for rule in (*results["violations"], *undecided) for node in rule["nodes"]]


def too_wide(page: Any) -> list[str]:
    """What makes the page scroll sideways."""
    script = (
        "() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
    )
    return list(page.evaluate(f"({script})().map(e => e.outerHTML.slice(0, 120))")) if _scrolls(page) else []


def _scrolls(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


@pytest.mark.parametrize(("brief", "style", "layout"), CASES)
def test_nobody_is_kept_out(brief: str, style: str, layout: str, opened: Any) -> None:
    html = made(brief, style, layout).files["html"]
    for way in WAYS:
        page = opened(html, way)
        assert found(page) == [], way.name
        assert page.evaluate(CONTRAST) >= 4.5, way.name
        assert too_wide(page) == [], way.name
        assert page.asked == [page.url], way.name
        assert page.said == [], way.name


@pytest.mark.parametrize(("brief", "style", "layout"), CASES)
def test_larger_letters_and_wider_spaces_leave_every_word_in_view(
    brief: str, style: str, layout: str, opened: Any
) -> None:
    """Letters twice the size on a narrow window, and four times on a wide one; and the spacing that WCAG 1.4.12 names."""
    html = made(brief, style, layout).files["html"]
    for width, size in ((640, "200%"), (1280, "400%")):
        page = opened(html, Way("large letters", width))
        page.add_style_tag(content=f"html {{ font-size: {size}; }}")
        assert too_wide(page) == [], size
    page = opened(html, Way("wide spacing", 320))
    page.add_style_tag(content="* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
                               "p { margin-bottom: 2em !important; }")  # fmt: skip
    assert too_wide(page) == []


@pytest.mark.parametrize("style", STYLES)
def test_axe_is_not_blind(style: str, opened: Any) -> None:
    """A page with faults put into it: without its language, with pale letters and a table too wide."""
    html = made(LORDS, style, LAYOUTS[0]).files["html"].decode()
    spoilt = html.replace(' lang="en-GB"', "", 1).replace(
        "<main>", '<main><p style="color: #ccc; width: 200vw">pale</p>'
    )
    page = opened(spoilt.encode(), WAYS[0])
    assert {each.split(":")[0] for each in found(page)} == {"html-has-lang", "color-contrast"}
    assert any("pale" in each for each in too_wide(page))


@pytest.mark.parametrize(("brief", "style", "layout"), CASES)
def test_paper_is_white_and_says_where_links_lead(brief: str, style: str, layout: str, opened: Any) -> None:
    page = opened(made(brief, style, layout).files["html"], Way("paper", 794, scheme="dark", media="print"))
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    shown = page.evaluate(
        "[...document.querySelectorAll('a[href^=http]')].map(a => getComputedStyle(a, '::after').content)"
    )
    assert all(re.search("https?://", each) for each in shown)
    assert page.evaluate(
        "[...document.querySelectorAll('h2 > a')].every(a => getComputedStyle(a).textDecorationLine == 'none')"
    )


@pytest.mark.parametrize("style", STYLES)
def test_a_heading_reached_by_keyboard_shows_that_it_leads_somewhere(style: str, opened: Any) -> None:
    page = opened(made(LORDS, style, LAYOUTS[0]).files["html"], WAYS[0])
    heading = page.locator("h2 > a").first
    for _ in range(30):
        page.keyboard.press("Tab")
        if heading.evaluate("a => a === document.activeElement"):
            break
    assert heading.evaluate("a => getComputedStyle(a).outlineStyle") == "solid"
    assert "#" in heading.evaluate("a => getComputedStyle(a, '::after').content")
    heard = page.get_by_role("heading", level=2).first.aria_snapshot().splitlines()[0]
    assert f'heading "{heading.inner_text()}"' in heard
    page.keyboard.press("Enter")
    assert page.url.endswith(f"#{heading.locator('..').get_attribute('id')}")


@pytest.mark.parametrize("style", STYLES)
def test_colours_of_the_reader_s_own_are_kept(style: str, opened: Any) -> None:
    """With colours forced, labels are told apart by their borders; with more contrast asked for, nothing is grey."""
    page = opened(made(LORDS, style, LAYOUTS[0]).files["html"], WAYS[0])
    page.emulate_media(forced_colors="active")
    width = "e => parseFloat(getComputedStyle(e).borderTopWidth)"
    assert page.locator(".view > .label").first.evaluate(width) > page.locator(".proposal > .label").first.evaluate(
        width
    )
    page.emulate_media(forced_colors="none", contrast="more")
    quiet = "getComputedStyle(document.querySelector('figcaption p, .caption, .quotation figcaption')).color"
    assert page.evaluate(quiet) == page.evaluate("getComputedStyle(document.body).color")
