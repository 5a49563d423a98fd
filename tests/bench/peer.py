"""The peer: docxtpl, an established program that fills in Word templates, given the same words to print.

Both read the library, as an office that keeps its words in YAML must, and any paragraph of either may hold bold words
and links. Beyond that the peer is favoured: its template is our own Word file, so headers and styles are there already,
and what it prints comes resolved.

    python peer.py prepare OURS WORK    makes a template and a context from each of our Word files
    python peer.py render WORK OUT      is what is timed
    python peer.py compare OURS OUT     stops unless both say the same words in the same order
"""

from __future__ import annotations

import sys
from collections import Counter
from itertools import zip_longest
from pathlib import Path
from typing import Any

TEMPLATE = "template.docx"
HEADING = "Heading 1"


def render(work: Path, out: Path) -> None:
    """Print each context: the whole of a user's own script."""
    import yaml
    from docxtpl import DocxTemplate, RichText

    for path in sorted(Path("seeds").rglob("*.yaml")):
        yaml.load(path.read_bytes(), yaml.CSafeLoader)
    for path in sorted(work.glob("*.yaml")):
        context = yaml.load(path.read_bytes(), yaml.CSafeLoader)
        template = DocxTemplate(work / TEMPLATE)
        for part in (part for section in context["sections"] for part in section["parts"]):
            if part.get("runs"):
                part["text"] = RichText()
                for text, style, url in part["runs"]:
                    part["text"].add(text, style=style, url_id=template.build_url_id(url) if url else None)
        template.render(context, autoescape=True)
        template.save(out / f"{path.stem}.docx")


def prepare(ours: Path, work: Path) -> None:
    """Make a context from each of our Word files, and one template that prints them all."""
    import yaml

    paths = sorted(ours.glob("*.docx"))
    parts = {path.stem: [_part(block) for block in _document(path).iter_inner_content()] for path in paths}
    for name, each in parts.items():
        for part in each:
            if part["style"] == HEADING:
                part["text"] = "".join(text for text, _, _ in part.pop("runs"))
        context = yaml.dump({"sections": _sections(each)}, Dumper=yaml.CSafeDumper, allow_unicode=True)
        (work / f"{name}.yaml").write_text(context, encoding="utf-8")
    counts = Counter(part["style"] for each in parts.values() for part in each)
    _template(paths[0], [style for style, _ in counts.most_common()]).save(work / TEMPLATE)


def _document(path: Path) -> Any:
    from docx import Document

    return Document(str(path))


def _part(block: Any) -> dict[str, Any]:
    """A paragraph as its style and its runs (text, character style, address), or a table as its rows."""
    if hasattr(block, "rows"):
        return {"style": "Table", "rows": [[cell.text for cell in row.cells] for row in block.rows]}
    runs = [
        (run.text, run.style.style_id if run.style != block.part.document.styles.default("character") else None, url)
        for piece in block.iter_inner_content()
        for url in [getattr(piece, "address", "")]
        for run in getattr(piece, "runs", [piece])
    ]
    return {"style": block.style.name, "runs": runs or [("", None, "")]}


def _sections(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    sections: list[dict[str, Any]] = [{"heading": "", "parts": []}]
    for part in parts:
        if part["style"] == HEADING:
            sections.append({"heading": part["text"], "parts": []})
        else:
            sections[-1]["parts"].append(part)
    return sections


def _template(ours: Path, styles: list[str]) -> Any:
    """Our Word file with docxtpl's loops in place of its text: a paragraph for each style, the commonest first."""
    document = _document(ours)
    table_style = document.tables[0].style if document.tables else None
    for block in document.element.body[:-1]:
        document.element.body.remove(block)
    document.add_paragraph("{%p for section in sections %}")
    document.add_paragraph("{%p if section.heading %}")
    document.add_paragraph("{{ section.heading }}", HEADING)
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p for part in section.parts %}")
    for number, style in enumerate(each for each in styles if each != HEADING):
        document.add_paragraph(f'{{%p {"elif" if number else "if"} part.style == "{style}" %}}')
        if style == "Table":
            _table(document, table_style)
        else:
            document.add_paragraph("{{r part.text }}", style)
    for end in ("endif", "endfor", "endfor"):
        document.add_paragraph(f"{{%p {end} %}}")
    return document


def _table(document: Any, style: Any) -> None:
    table = document.add_table(3, 3, style)
    table.cell(0, 0).text = "{%tr for row in part.rows %}"
    for column, text in enumerate(("{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}")):
        table.cell(1, column).text = text
    table.cell(2, 0).text = "{%tr endfor %}"


def compare(ours: Path, theirs: Path) -> None:
    """Stop unless each of our Word files has its fellow, with the same words in the same order."""
    paths = sorted(ours.glob("*.docx"))
    if [path.name for path in paths] != [path.name for path in sorted(theirs.glob("*.docx"))]:
        raise SystemExit("The two have not printed the same documents.")
    for path in paths:
        words, others = _words(path), _words(theirs / path.name)
        if words != others:
            at = next(i for i, (one, other) in enumerate(zip_longest(words, others)) if one != other)
            near = slice(max(at - 5, 0), at + 5)
            raise SystemExit(f"{path.name}: {' '.join(words[near])!r} became {' '.join(others[near])!r}.")


def _words(path: Path) -> list[str]:
    """The words of a Word file's text, from its XML."""
    from docx.oxml.ns import qn

    paragraphs = _document(path).element.body.iter(qn("w:p"))
    return " ".join("".join(text.text or "" for text in each.iter(qn("w:t"))) for each in paragraphs).split()


if __name__ == "__main__":
    {"render": render, "prepare": prepare, "compare": compare}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
