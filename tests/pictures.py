"""A picture of every page of every example briefing, in both styles and layouts: `make pictures`, and open `index.html`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from html import escape
from itertools import product
from pathlib import Path

from tests.helpers import LAYOUTS, ROOT, run, with_layout

OUT = ROOT / "out" / "pictures"
STYLES = ("lga", "plain")
DOTS = 70
"""How many dots of a picture stand for an inch of paper."""


def main() -> None:
    """Build, lay out, draw, and put all pictures on one page."""
    if missing := [tool for tool in ("soffice", "pdftoppm") if not shutil.which(tool)]:
        sys.exit(f"Pictures need {' and '.join(missing)}: install LibreOffice Writer and poppler-utils.")
    shutil.rmtree(OUT, ignore_errors=True)
    shown: dict[Path, list[Path]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for style, layout in product(STYLES, LAYOUTS):
            folder = OUT / f"{style}-{layout}"
            build(style, layout, folder, Path(scratch))
            lay_out(folder, Path(scratch))
            shown |= {pdf: drawn(pdf) for pdf in sorted(folder.glob("*.pdf"))}
    (OUT / "index.html").write_text(sheet(shown), encoding="utf-8")
    print(f"{sum(len(pages) for pages in shown.values())} pages: {OUT / 'index.html'}")


def build(style: str, layout: str, folder: Path, scratch: Path) -> None:
    """The Word files of every example briefing in a style and a layout."""
    for name in ("seeds", "briefs"):
        shutil.copytree(ROOT / name, scratch / name, dirs_exist_ok=True)
    with_layout(style, layout, scratch / "templates")
    briefs = sorted(path.stem for path in (scratch / "briefs").glob("*.yaml"))
    built = run("build", *briefs, "--to", "docx", "--style", style, "--out", str(folder), cwd=scratch)
    if built.returncode:
        sys.exit(built.stderr)


def lay_out(folder: Path, scratch: Path) -> None:
    """A PDF beside each Word file, by LibreOffice."""
    profile = f"-env:UserInstallation={(scratch / 'profile').as_uri()}"
    files = map(str, sorted(folder.glob("*.docx")))
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True)


def drawn(pdf: Path) -> list[Path]:
    """The pictures of a PDF's pages, in order."""
    subprocess.run(["pdftoppm", "-r", str(DOTS), "-png", str(pdf), str(pdf.with_suffix(""))], check=True)
    return sorted(pdf.parent.glob(f"{pdf.stem}-[0-9]*.png"))


def sheet(shown: dict[Path, list[Path]]) -> str:
    """A page with all pictures, briefing by briefing."""
    rows = (
        f"<h2>{escape(pdf.stem)}, {escape(pdf.parent.name)}</h2>\n<div>{''.join(map(picture, pages))}</div>"
        for pdf, pages in shown.items()
    )
    look = "body{font:1rem sans-serif;background:#ddd} div{display:flex;flex-wrap:wrap;gap:.75rem} img{display:block}"
    head = f'<!DOCTYPE html><html lang="en-GB"><meta charset="utf-8"><title>Every page</title><style>{look}</style>'
    return "\n".join((head, "<h1>Every page of every example briefing</h1>", *rows, "</html>\n"))


def picture(page: Path) -> str:
    """One page, which leads to its picture."""
    address = escape(page.relative_to(OUT).as_posix())
    number = page.stem.rpartition("-")[2].lstrip("0")
    return f'<a href="{address}"><img src="{address}" alt="Page {number}" loading="lazy"></a>'


if __name__ == "__main__":
    main()
