"""PDF files, and what page things stand on, by way of LibreOffice, which lays out the Word file as it is printed."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

LONGEST = 180
"""How many seconds LibreOffice may take. Its first start on a cold machine takes about ten of them."""
LONGEST_COUNT = 30
"""How many seconds it may take to count pages, for which nobody asked: a few hundred pages are not worth the wait."""
_COUNTED = '{"ExportBookmarks":{"type":"boolean","value":"true"},"ExportFormFields":{"type":"boolean","value":"false"}}'
_TAGGED = _COUNTED.replace(
    "{", '{"UseTaggedPDF":{"type":"boolean","value":"true"},"PDFUACompliance":{"type":"boolean","value":"true"},', 1
)
_ONE_AT_A_TIME = Lock()


class ConversionError(OSError):
    """Why LibreOffice made no PDF, as a sentence."""


def office() -> str | None:
    """LibreOffice's program, or None where it is not installed. It is not on the path on Windows and Macs."""
    places = [Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")]
    roots = [os.environ.get(each) for each in ("PROGRAMFILES", "PROGRAMFILES(X86)")]
    places += [Path(root) / "LibreOffice" / "program" / "soffice.exe" for root in roots if root]
    usual = next((str(place) for place in places if place.is_file()), None)
    return usual or shutil.which("soffice") or shutil.which("libreoffice")


def missing() -> str:
    """What to install before a PDF can be made; nothing, where all is there."""
    if office() is None:
        return (
            "A PDF is made by LibreOffice, which was not found on this computer. On Windows or a Mac install it from "
            "www.libreoffice.org; on Debian or Ubuntu install libreoffice-writer."
        )
    return "" if find_spec("pypdf") else "A PDF needs one more Python package: `pip install despatch[pdf]`."


def converted(docx: bytes, export: str = _TAGGED, longest: int = 0) -> bytes:
    """A Word file as LibreOffice's PDF, tagged unless `export` says otherwise. Raises ConversionError."""
    program = office()
    if program is None:
        raise ConversionError("LibreOffice is not installed.")
    with tempfile.TemporaryDirectory(prefix="despatch-", ignore_cleanup_errors=True) as place, _ONE_AT_A_TIME:
        folder = Path(place)
        (folder / "briefing.docx").write_bytes(docx)
        _run([program, f"-env:UserInstallation={Path(_profile().name).as_uri()}", "--headless", "--norestore",
              "--convert-to", f"pdf:writer_pdf_Export:{export}", "--outdir", str(folder), str(folder / "briefing.docx")], longest or LONGEST)  # fmt: skip
        made = folder / "briefing.pdf"
        data = made.read_bytes() if made.is_file() else b""
    if not data.startswith(b"%PDF-") or not data.rstrip().endswith(b"%%EOF"):
        raise ConversionError("LibreOffice made no PDF of the Word file.")
    return data


@cache
def _profile() -> tempfile.TemporaryDirectory[str]:
    """Settings of our own for LibreOffice, which is slow to make them, until this process ends."""
    return tempfile.TemporaryDirectory(prefix="despatch-office-", ignore_cleanup_errors=True)


def _run(command: list[str], longest: int) -> None:
    """Run a program to its end, or to the end of its time; whatever it started ends with it."""
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603
    except OSError as error:
        raise ConversionError(f"LibreOffice could not be started ({error.strerror}).") from error
    try:
        process.wait(longest)
    except subprocess.TimeoutExpired as error:
        raise ConversionError(f"LibreOffice did not finish within {longest} seconds.") from error
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program that still runs, with those that it started."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)  # noqa: S603, S607
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def heading_pages(docx: bytes) -> tuple[int, ...] | None:
    """The page on which each heading of a Word file stands, in order and from 1; None where that cannot be known."""
    try:
        from pypdf import PdfReader

        reader = PdfReader(io.BytesIO(converted(docx, _COUNTED, LONGEST_COUNT)))
        pages = tuple(reader.get_destination_page_number(each) for each in _flat(reader.outline))
    except Exception:  # noqa: BLE001  # whatever is wrong with either, the briefing is made without page numbers
        return None
    return None if None in pages else tuple(page + 1 for page in pages if page is not None)


def page_count(docx: bytes) -> int:
    """How many pages a Word file has as LibreOffice sets it. Raises ConversionError."""
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(converted(docx, _COUNTED))).pages)


def _flat(outline: list[Any]) -> Iterator[Any]:
    """Each entry of an outline in reading order. What is under an entry is a list after it."""
    for each in outline:
        if isinstance(each, list):
            yield from _flat(each)
        else:
            yield each
