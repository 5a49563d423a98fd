"""What the pages that are text share: templates, safe addresses, clean characters, hanging lines, marks of notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from textwrap import indent
from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from despatch.document import (
    Chart,
    Citation,
    Document,
    Heading,
    Node,
    Paragraph,
    Properties,
    Table,
    Words,
    footnotes,
    inlines,
    plain,
    walk,
)

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2.sandbox import SandboxedEnvironment

    from despatch.style import Style

_BREAK = "\r\n|[\t\n\v\f\r\x85\u2028\u2029]"
_FORBIDDEN = "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"  # no XML and no YAML may hold these
_SAFE = re.compile(r"(?:https?://|mailto:|tel:)\S", re.IGNORECASE)

EMPTY = Document(Properties(title="", organisation="", date="", date_in_full=""), ())


def clean(text: str) -> str:
    """Text on one line, without the characters that no page may hold."""
    return text if text.isprintable() else re.sub(_FORBIDDEN, "", re.sub(_BREAK, " ", text))


def clean_properties(properties: Properties) -> Properties:
    """The properties with every text clean."""
    values: dict[str, Any] = {
        name: clean(value) if isinstance(value, str) else tuple(map(clean, value))
        for name, value in asdict(properties).items()
    }
    return Properties(**values)


def address(url: str) -> str:
    """The address if a page may link to it (the web, an e-mail, a telephone), otherwise nothing."""
    stripped = clean(url).strip()
    return stripped if _SAFE.match(stripped) else ""


def hanging(mark: str, text: str) -> str:
    """A list's entry as text, whose further lines begin under the first letter of the first."""
    return mark + indent(text, " " * len(mark))[len(mark) :]


def is_blank(words: Words) -> bool:
    """Whether some words leave nothing on a page. A note's mark does, though it is no word."""
    return not clean(plain(words)).strip() and not any(True for _ in footnotes(words))


def marked(nodes: tuple[Node, ...]) -> set[int]:
    """The numbers of the notes that are marked anywhere in some nodes."""
    found: set[int] = set()
    for node in walk(nodes):
        match node:
            case Heading(words=words) | Paragraph(words=words):
                found.update(footnotes(words))
            case Table(header=header, rows=rows) | Chart(table=Table(header=header, rows=rows)):
                found.update(number for row in (header, *rows) for cell in row for number in footnotes(cell))
    return found


def fill(
    document: Document, style: Style, name: str, filters: Mapping[str, Callable[..., str]], **values: object
) -> bytes:
    """One of the style's templates, filled in; text is escaped for HTML where its name says HTML."""
    environment = _environment(style.folder)
    environment.filters.update(filters)
    template = environment.get_template(name)
    about = {"properties": clean_properties(document.properties), "description": _description(document)}
    return template.render(about | values).encode()


def _description(document: Document) -> str:
    """What a search engine may say of the page: its standfirst without the marks of sources, else the occasion."""
    for node in walk(document.content):
        if isinstance(node, Paragraph) and node.role == "standfirst":
            text = plain(node.words)
            for mark in {each.mark for each in inlines(node.words) if isinstance(each, Citation)}:
                text = text.replace(f"\u00a0{mark}", "").replace(mark, "")
            return clean(text).strip()
    return clean(document.properties.occasion)


@cache  # so that a batch of briefings reads each template once
def _environment(folder: Path) -> SandboxedEnvironment:
    # Imported here because it takes 70 ms, which a build of Word alone need not wait for.
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(
        loader=FileSystemLoader(folder),
        autoescape=lambda name: name is not None and name.endswith(".html.j2"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def problem(write: Callable[[Document, Style], bytes], style: Style) -> str:
    """A sentence on what is wrong with the style's template, or nothing: an empty page is tried."""
    from jinja2 import TemplateNotFound, TemplateSyntaxError

    try:
        write(EMPTY, style)
    except TemplateNotFound as fault:
        return f"The style has no `{fault.name}`."
    except TemplateSyntaxError as fault:
        return f"`{fault.name}` line {fault.lineno}: {fault.message}"
    except Exception as fault:  # noqa: BLE001 - a template may call anything it can reach
        return f"The style's page cannot be filled in: {fault}"
    return ""
