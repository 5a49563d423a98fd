"""The PDF: LibreOffice's print of the Word file, tagged for readers who listen, and equal for equal briefings."""

from __future__ import annotations

import hashlib
import io
import re
from typing import TYPE_CHECKING, Any

from despatch.document import Chart, walk
from despatch.pdf import converted
from despatch.writers import word
from despatch.writers._package import escaped, moment
from despatch.writers._page import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PdfWriter

    from despatch.document import Document, Properties
    from despatch.style import Style

_MAKER = "Despatch"
_PRINTED = 4  # the flag of what is on the page in print too
_DESCRIBED = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{organisation}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Keywords>{keywords}</pdf:Keywords>
<pdf:Producer>{maker}</pdf:Producer>
<pdfuaid:part>1</pdfuaid:part>
<xmp:CreatorTool>{maker}</xmp:CreatorTool>{dates}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
_DATES = "\n<xmp:CreateDate>{day}</xmp:CreateDate>\n<xmp:ModifyDate>{day}</xmp:ModifyDate>"


def write(document: Document, style: Style, *, pages: tuple[int, ...] | None = None) -> bytes:
    """The briefing as a PDF, which is its Word file laid out. `despatch.pdf.missing` says what that wants."""
    from pypdf import PdfWriter

    in_word = word.write(document, style, pages=pages)
    writer = PdfWriter(clone_from=io.BytesIO(converted(in_word)))
    _tag(writer, document, style)
    _describe(writer, document.properties)
    _identify(writer, in_word)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _tag(writer: PdfWriter, document: Document, style: Style) -> None:
    """Mend the tags, let the Tab key follow them, and show links in print as on the screen."""
    from pypdf.generic import NumberObject

    from despatch.writers import _tags

    charts = [clean(each.description) for each in walk(document.content) if isinstance(each, Chart)]
    _tags.mend(writer, charts, set(_continued(style)))
    for page in writer.pages:
        page.update(_tags.dictionary(Tabs="S"))
        for link in page.get("/Annots", ()):
            link.get_object().update(_tags.dictionary(F=NumberObject(_PRINTED)))


def _continued(style: Style) -> Iterator[str]:
    """The Word styles of paragraphs that continue an entry of a list."""
    return (name for part, name in style.word.items() if re.search(r"\bcontinue(-\d)?$", part))


def _describe(writer: PdfWriter, properties: Properties) -> None:
    """Say what the file is, in place of all that LibreOffice says of itself and of the day."""
    from pypdf.generic import BooleanObject

    from despatch.writers import _tags

    day, words = moment(properties.date), _words(properties)
    dates = _DATES.format(day=day) if day else ""
    described = {name: escaped(text) for name, text in words.items()}
    writer.xmp_metadata = _DESCRIBED.format(maker=_MAKER, dates=dates, **described).encode()
    writer.metadata = _information(words, re.sub(r"[-:T]", "", day), properties.manifest)
    shown = _tags.dictionary(DisplayDocTitle=BooleanObject(value=True))
    writer.root_object.update(_tags.dictionary(Lang=_tags.text(words["language"]), ViewerPreferences=shown))


def _words(properties: Properties) -> dict[str, str]:
    words = {
        "title": properties.title,
        "organisation": properties.organisation,
        "subject": ", ".join(filter(None, (properties.occasion, properties.date_in_full))),
        "language": properties.language,
        "keywords": ", ".join(properties.keywords),
    }
    return {name: clean(text) for name, text in words.items()}


def _information(words: dict[str, str], day: str, manifest: str) -> dict[str, Any]:
    """The same for older programs, and what the briefing was built from."""
    known = {"/Title": "title", "/Author": "organisation", "/Subject": "subject", "/Keywords": "keywords"}
    dates = {"/CreationDate": f"D:{day}", "/ModDate": f"D:{day}"} if day else {}
    made = {"/Creator": _MAKER, "/Producer": _MAKER, "/despatch": clean(manifest)}
    return {name: words[word] for name, word in known.items()} | made | dates


def _identify(writer: PdfWriter, in_word: bytes) -> None:
    """Give the file a number of its own, which comes from its words and never from the clock."""
    from pypdf.generic import ArrayObject, ByteStringObject

    number = ByteStringObject(hashlib.blake2b(in_word, digest_size=16).digest())
    writer._ID = ArrayObject([number, number])  # noqa: SLF001 - the library has no other way to say it
    writer.pdf_header = "%PDF-1.7"  # PDF/UA is a way to write this version
