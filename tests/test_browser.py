"""HTML pages in a real browser: Chromium draws them and reports nothing amiss."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from tests.test_golden import BRIEFS, built

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--enable-logging=stderr", "--v=0"]  # fmt: skip


def draw(page: Path, folder: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    assert CHROMIUM is not None
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={folder / 'profile'}", *flags, page.as_uri()]
    return subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", timeout=120, check=True)


def saved(brief: str, folder: Path) -> Path:
    path = folder / "briefing.html"
    path.write_bytes(built(brief)[1]["html"])
    return path


@needs_chromium
@pytest.mark.parametrize("brief", BRIEFS)
def test_page_is_drawn_without_a_console_message(brief: str, tmp_path: Path) -> None:
    done = draw(saved(brief, tmp_path), tmp_path, f"--screenshot={tmp_path / 'page.png'}", "--window-size=1000,1400")
    picture = (tmp_path / "page.png").read_bytes()
    assert struct.unpack(">II", picture[16:24]) == (1000, 1400)
    assert len(picture) > 20_000, "an empty page is a small picture"
    assert "CONSOLE" not in done.stderr


@needs_chromium
@pytest.mark.parametrize("brief", BRIEFS)
def test_page_prints_on_a4(brief: str, tmp_path: Path) -> None:
    draw(saved(brief, tmp_path), tmp_path, f"--print-to-pdf={tmp_path / 'page.pdf'}")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("brief", BRIEFS)
def test_page_fetches_nothing_and_runs_nothing(brief: str) -> None:
    document, made = built(brief)
    html = made["html"].decode()
    assert '<html lang="en-GB"' in html
    assert "<script" not in html
    assert not re.search(r"""<(?:link|img|iframe|object|embed)\b|@import|url\(|\bsrc=|\son\w+=""", html)
    assert "<header" in html
    assert "<main" in html
    assert ("<footer" in html) == bool(document.properties.contact)


@pytest.mark.parametrize("brief", BRIEFS)
def test_links_inside_the_page_lead_somewhere(brief: str) -> None:
    html = built(brief)[1]["html"].decode()
    names = re.findall(r'\bid="([^"]+)"', html)
    assert len(names) == len(set(names))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(names)
