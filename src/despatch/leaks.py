"""`despatch verify --leaks`: whether a finished file holds anything that its briefing withholds, and where.

Everything in a file is laid end to end and compared with every text that the file must not hold, by letters and
figures alone. What a briefing prints on purpose it may hold anywhere.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from despatch import withheld
from despatch.diagnostics import Diagnostic, Diagnostics, Span
from despatch.inside import BREAK, FORMATS, Piece, contents
from despatch.readers import bytes_of, unreadable
from despatch.readers._piece import UnreadableError
from despatch.withheld import INTERNAL, Secret, as_printed, places, printed_texts, scalars, spaced, squeezed

if TYPE_CHECKING:
    from despatch.build import Tailoring
    from despatch.content import Brief, Library
    from despatch.select import Selection
    from despatch.style import Style
    from despatch.workspace import Workspace

GRAM = 16
LEAST = 30
"""So many letters and figures of a text, about six words, are a part of it; a shorter text is looked for as a whole."""
KNOWN = 24
"""So many in a row that the briefing prints somewhere are no leak."""
NEWS = 16
"""So many in a row must be printed nowhere."""
SHORTEST = 8
MOST_PLACES = 50
SENT = frozenset(
    (".doc", ".docm", ".dot", ".dotm", ".dotx", ".odt", ".rtf", ".pages", ".ppt", ".pptx", ".eml", ".msg", ".zip")
)
"""The ends of the names of files that offices send and that cannot be looked into."""
PATH = re.compile(
    r"""\b[A-Za-z]:[\\/](?:[\w .~()&'-]{2,60}[\\/])+[\w .~()&'-]{2,60}|\b[A-Za-z]:\\[\w .~()-]{2,60}\.\w{2,5}\b"""
    r"""|\\\\[\w.-]{2,60}\\[\w$ .\\-]{2,99}|\bfile:/[^\s"'<>]{1,200}|(?<![\w./:-])/(?:(?:home|Users|Volumes)/[\w.-]{2,60}|mnt/[\w.-]{1,60}/)[^\s"'<>]{0,140}"""
    r"""|Macintosh HD:[^\s"'<>]{1,200}"""
    r"""|\bsmb:/[^\s"'<>]{1,200}|\bhttps://(?:[\w-]{1,60}-my\.sharepoint\.com|d\.docs\.live\.net)/[^\s"'<>]{1,200}""",
    re.ASCII,
)
ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")


class Target(Struct, frozen=True, dict=True):
    """A file's briefing: what was selected for it, its style, and whether it is a review copy."""

    selection: Selection
    style: Style

    @cached_property
    def allowed(self) -> _Allowed:
        """What the file may hold."""
        return _Allowed(b"\n".join(spaced(each.lower().encode()) for each in _printable(self.selection, self.style)))


class _Allowed(Struct, frozen=True, dict=True):
    """What a briefing prints on purpose, and what its style prints round it."""

    spaced: bytes

    @cached_property
    def stretches(self) -> frozenset[bytes]:
        text = self.spaced.replace(b" ", b"")
        return frozenset(text[at : at + KNOWN] for at in range(len(text) - KNOWN + 1))

    def news(self, words: bytes) -> int:
        """How many letters of some words are in a row and printed nowhere."""
        longest = run = 0
        known = 0
        for at in range(len(words)):
            if words[at : at + KNOWN] in self.stretches:
                known = at + KNOWN
            run = run + 1 if at >= known else 0
            longest = max(longest, run)
        return longest


def _printable(selection: Selection, style: Style) -> Iterator[str]:
    """Every text that a file may hold: what is printed, names of entries, and the words that a style prints."""
    from despatch.dates import in_full
    from despatch.parliament import HOUSES, PROCEEDINGS

    library, brief = selection.library, selection.brief
    for text in [*printed_texts(selection), *scalars(style.written)]:
        yield as_printed(text, library)
        if "{{" in text:
            yield as_printed(text, library, in_full=True)
    for fact in (library.facts[name] for name in _printed_facts(selection)):
        yield from (fact.value, fact.what, fact.as_of.printed if fact.as_of else "")
    for reference in library.sources.values():
        yield from scalars([reference.id, reference.title, reference.short, reference.by, reference.url])
        yield reference.published.printed if reference.published else ""
        yield in_full(reference.accessed) if reference.accessed else ""
    yield from scalars([[term.short, term.long, term.plural] for term in library.terms.values()])
    yield from (topic.label for topic in library.topics.values())
    yield from (each.block for each in selection.decisions if each.included)
    yield from (in_full(day, weekday=True) for day in brief.days)
    yield from (brief.name, HOUSES.get(brief.house or "", ""), *(each.name for each in PROCEEDINGS.values()))


def _printed_facts(selection: Selection) -> set[str]:
    """The facts that a selection prints, by name."""
    from despatch.prose import tokens

    named = {token.name.partition(".")[0] for text in printed_texts(selection) for token in tokens(text)}
    listed = (block.content.facts for each in selection.sections for block in each.blocks if block.kind == "figures")
    return named.union(*listed) & selection.library.facts.keys()


# What a file must not hold.


def secrets(selection: Selection, others: Iterable[Brief], style: Style) -> list[Secret]:
    """Everything in a library and its briefs that a selection does not print, and every note."""
    library, printed = selection.library, places(printed_texts(selection))
    found = [*withheld.of_blocks(library.blocks.values(), printed, library)]
    found += withheld.of_facts(library.facts.values(), _printed_facts(selection), library)
    found += withheld.of_brief(selection.brief, library)
    found += [Secret(word.note, word.word, "note", library) for word in library.words.values() if word.note]
    found += [Secret(form.why, "house_style", "why", library) for form in style.house_style.forms if form.why]
    found += [Secret(text, selection.brief.name, "replace", library) for text in _replacements(selection.brief)
              if (id(text.source), text.start) not in printed]  # fmt: skip
    for brief in others:
        joined = library.joined(brief.local)
        found += withheld.of_brief(brief, joined)
        found += withheld.of_blocks(brief.local.blocks.values(), printed, joined)
        found += withheld.of_facts(brief.local.facts.values(), (), joined)
        found += [Secret(text, brief.name, "replace", joined) for text in _replacements(brief)]
    return found


def _replacements(brief: Brief) -> Iterator[Any]:
    yield from scalars([use.replace for section in brief.sections for use in section.uses])


# Where a file holds it.


class Hit(NamedTuple):
    """A text, or some of it, and the piece of a file that holds it."""

    secret: Secret
    piece: Piece
    words: str


class _Sheet:
    """All pieces of a file end to end, with and without spaces, and where each begins."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.starts: list[int] = []
        self.bare_starts: list[int] = []
        texts = [_by_lines(piece.text) for piece in self.pieces]
        bare = [text.translate(None, b" \x1e") for text in texts]
        at = bare_at = 0
        for text, squeezed_text in zip(texts, bare, strict=True):
            self.starts.append(at)
            self.bare_starts.append(bare_at)
            at, bare_at = at + len(text) + 1, bare_at + len(squeezed_text) + 1
        self.spaced, self.squeezed = b"\n".join(texts), b"\n".join(bare)

    @cached_property
    def grams(self) -> set[bytes]:
        return {self.squeezed[at : at + GRAM] for at in range(len(self.squeezed) - GRAM + 1)}


def _by_lines(text: str) -> bytes:
    """Text with a space between words, in which paragraphs and the like stay apart."""
    return BREAK.encode().join(spaced(_plain(each)) for each in text.split(BREAK))


def _plain(text: str) -> bytes:
    """Text in one way of writing it: what cannot be seen is gone, and letters that look alike are the same."""
    import unicodedata

    if not text.isascii():
        text = unicodedata.normalize(
            "NFKC", re.sub("[\u00ad\u034f\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]", "", text)
        )
    return text.lower().encode("utf-8", "replace")


def _positions(text: bytes, sought: bytes) -> Iterator[int]:
    at = text.find(sought)
    for _ in range(MOST_PLACES):
        if at < 0:
            return
        yield at
        at = text.find(sought, at + 1)


def hits(wanted: Iterable[Secret], pieces: Sequence[Piece], allowed: _Allowed) -> Iterator[Hit]:
    """Each text that the pieces of a file hold and that is not printed on purpose, once a place."""
    sheet = _Sheet([piece for piece in pieces if piece.kind in ("text", "property")])  # the others are said of these
    seen = set[tuple[Any, ...]]()
    for secret in wanted:
        words = squeezed(_plain(secret.printed))
        found = _whole if len(words) < LEAST else _parts
        for hit in found(secret, words, sheet, allowed):
            same = [
                (id(secret.text.source), secret.text.start, each)
                for each in (hit.piece.place, hit.piece.part or hit.piece.place)
            ]
            if same[0] not in seen and same[1] not in seen:
                yield hit
            seen.update(same)


def _whole(secret: Secret, words: bytes, sheet: _Sheet, allowed: _Allowed) -> Iterator[Hit]:
    """A short text, as whole words."""
    sought = spaced(_plain(secret.printed))
    if not _is_telling(secret, words) or sought in allowed.spaced:
        return
    for at in _positions(sheet.spaced, sought):
        piece = sheet.pieces[bisect_right(sheet.starts, at) - 1]
        if re.search(rb"[^\d ]", sought) or secret.printed.strip() in piece.text:
            yield Hit(secret, piece, secret.printed)


def _is_telling(secret: Secret, words: bytes) -> bool:
    """Whether a short text is so much its own that another text will not have it by chance."""
    if re.fullmatch(rb"\d*", words):
        return len(words) > 3
    return len(words) >= SHORTEST or (secret.field in INTERNAL and len(words) > 5)


def _parts(secret: Secret, words: bytes, sheet: _Sheet, allowed: _Allowed) -> Iterator[Hit]:
    """The parts of a text that are long enough, wherever they stand."""
    seen = dict[int, int]()  # by how far the two texts are apart: up to where the same part has been found
    for place in range(0, len(words) - GRAM + 1, GRAM):
        gram = words[place : place + GRAM]
        for at in _positions(sheet.squeezed, gram) if gram in sheet.grams else ():
            if place < seen.get(at - place, 0):
                continue
            start, end = _shared(words, place, sheet.squeezed, at)
            seen[at - place] = end
            if end - start >= LEAST and allowed.news(words[start:end]) >= NEWS:
                piece = sheet.pieces[bisect_right(sheet.bare_starts, at) - 1]
                yield Hit(secret, piece, _shown(secret.printed, start, end))


def _shared(words: bytes, place: int, text: bytes, at: int) -> tuple[int, int]:
    """How far a text goes on like another, before and behind a place that they share."""
    start, end = place, place + GRAM
    while start and at - place + start and words[start - 1] == text[at - place + start - 1]:
        start -= 1
    while end < len(words) and at - place + end < len(text) and words[end] == text[at - place + end]:
        end += 1
    return start, end


def _shown(text: str, start: int, end: int) -> str:
    """The words of a text whose letters stand between these places."""
    found, at = [], 0
    for word in text.split():
        size = len(squeezed(_plain(word)))
        if at < end and at + size > start:
            found.append(word)
        at += size
    return " ".join(found)


# What is said of it.


def leaked(selection: Selection, style: Style, name: str, data: bytes, wanted: Iterable[Secret]) -> Diagnostics:
    """Every leak in the bytes of a file that is about to be written, and every trace of whoever worked on its style."""
    try:
        pieces = contents(name, data)
    except UnreadableError as error:
        return [unreadable(Path(name), *error.args)]
    target = Target(selection, style)
    return [*_found(Path(name), wanted, pieces, target), *_traces(Path(name), pieces, target)]


def _found(path: Path, wanted: Iterable[Secret], pieces: Sequence[Piece], target: Target) -> Iterator[Diagnostic]:
    for hit in hits(wanted, pieces, target.allowed):
        message = f"{_begun(hit.piece.place)} holds “{_short(hit.words)}”, {_which(hit.secret, target.selection)}."
        advice = "Do not send this file. Take the words out there and verify it again, or build it anew."
        yield Diagnostic("leak", Span(path), message, advice, related=(("it is written here", hit.secret.text.span),))


def _begun(place: str) -> str:
    return place[:1].upper() + place[1:]


def _short(words: str, most: int = 120) -> str:
    words = " ".join(words.split())
    return words if len(words) <= most else f"{words[:most].rpartition(' ')[0]} …"


def _which(secret: Secret, selection: Selection) -> str:
    """Whose words these are, and why they are not printed."""
    if secret.field in INTERNAL:
        return f"which is {INTERNAL[secret.field]} of `{secret.entry}`, for colleagues only"
    if secret.field == "fact":
        return f"from the fact `{secret.entry}`, which this briefing does not print"
    if secret.field == "replace":
        return f"which `{secret.entry}` says on its own day only"
    block = selection.library.blocks.get(secret.entry)
    whole = [each for each in selection.decisions if (each.block, each.point) == (secret.entry, "")]
    if block is not None and block.status == "withdrawn":
        return f"from `{secret.entry}`, which is withdrawn"
    if whole and not any(each.included for each in whole):
        return f"from `{secret.entry}`, which is left out: {whole[0].why}"
    return f"from `{secret.entry}`, of which this briefing {'leaves this out' if whole else 'prints nothing'}"


def _traces(path: Path, pieces: Iterable[Piece], target: Target) -> Iterator[Diagnostic]:
    """Who worked on a file, with what, and where: none of it is in a clean copy."""
    said = set[str]()
    for piece in pieces:
        for message, advice in _trace(piece, target):
            if message not in said:
                said.add(message)
                yield Diagnostic("trace", Span(path), message, advice)


INSPECT = "In Word: File, Info, Check for Issues, Inspect Document; remove it there."


def _trace(piece: Piece, target: Target) -> Iterator[tuple[str, str]]:
    text = _short(piece.text)
    if piece.kind == "comment":
        yield f"There is a comment in this file: “{text}”.", "In Word: Review, Delete, Delete All Comments."
    elif piece.kind == "change":
        yield (
            f"There is a tracked change in {piece.place}: “{text}”.",
            "In Word: Review, Accept All Changes and Stop Tracking.",
        )
    elif piece.kind == "preview":
        yield (
            "There is a preview picture in this file, which may show an earlier version.",
            "In Word: Save As, without “Save Thumbnail”.",
        )
    elif piece.kind == "person" and piece.text.strip() not in ("", "Despatch", target.style.organisation):
        yield f"{_begun(piece.place)} is “{text}”, not {target.style.organisation}.", INSPECT
    for found in PATH.finditer(piece.text):
        if not found[0].startswith("https:") or spaced(_plain(found[0])) not in target.allowed.spaced:
            yield f"{_begun(piece.place)} names a place on somebody’s computer or drive: “{_short(found[0])}”.", INSPECT
    for found in ADDRESS.finditer(piece.text) if piece.kind == "property" else ():
        if spaced(_plain(found[0])) not in target.allowed.spaced:
            yield f"{_begun(piece.place)} names somebody: “{found[0]}”.", INSPECT


# Files, and what they were built from.


def verify(paths: Iterable[Path], workspace: Workspace, library: Library, name: str = "") -> tuple[int, Diagnostics]:
    """How many files were looked into, and everything in them that must not leave the building."""
    from despatch.load import load_brief

    files, faults = _files(paths)
    briefs = [brief for path in workspace.briefs()[0] if (brief := load_brief(path, library)[0]) is not None]
    search = _Search(workspace, library, briefs, name)
    for file in files:
        try:
            faults += search.of(file, contents(file.name, bytes_of(file)))
        except UnreadableError as error:
            faults.append(unreadable(file, *error.args))
    return len(files), faults


def _files(paths: Iterable[Path]) -> tuple[list[Path], Diagnostics]:
    """The files to look into, those in folders too, and those that nothing here can look into."""
    found: list[Path] = []
    faults: Diagnostics = []
    for path in paths:
        inside, others = _inside(path) if path.is_dir() else ([path], [])
        if not path.exists():
            faults.append(unreadable(path, "There is no such file or folder.", "Look at the name again."))
        elif not path.is_dir() and path.suffix.lower() not in FORMATS:
            others = [path]
        elif not inside and not others:
            faults.append(
                unreadable(path, "There is no finished briefing in this folder.", "Name another folder, or a file.")
            )
        else:
            found += inside
        faults += [unreadable(each, UNKNOWN, "Save it in Word as .docx or as PDF, and verify that.") for each in others]
    return found, faults


UNKNOWN = f"This is not a file that can be looked into: its name ends in none of {', '.join(FORMATS)}."


def _inside(folder: Path) -> tuple[list[Path], list[Path]]:
    """The finished briefings in a folder, and the other files there that might be sent; not Word's marks of open files."""
    files = sorted(each for each in folder.rglob("*") if not each.name.startswith("~$"))
    known = [each for each in files if each.suffix.lower() in FORMATS]
    return known, [each for each in files if each.suffix.lower() in SENT]


class _Search(Struct, frozen=True):
    """What files are held against, and what they were built as, where somebody says so."""

    workspace: Workspace
    library: Library
    briefs: Sequence[Brief]
    name: str

    def of(self, path: Path, pieces: Sequence[Piece]) -> Diagnostics:
        """Everything in one file that must not be there."""
        from despatch.build import prepare

        manifest, stem = _manifest(pieces), self.name or path.stem
        if manifest.get("review") or stem.endswith("--review"):
            advice = "Build the briefing without --review for the copy that leaves the building."
            return [
                Diagnostic("review-copy", Span(path), "This is a review copy: it holds notes for colleagues.", advice)
            ]
        built = _built_as(stem, manifest, self)
        if isinstance(built, str):
            return [Diagnostic("unknown-brief", Span(path), built, NAME_IT)]
        prepared, faults = prepare(self.workspace, built[0], self.library, built[1])
        if prepared is None:
            return faults
        others = [brief for brief in self.briefs if brief.name != prepared.brief.name]
        wanted, target = secrets(prepared.selection, others, prepared.style), Target(prepared.selection, prepared.style)
        return [*_found(path, wanted, pieces, target), *_traces(path, pieces, target)]


NAME_IT = "Say what it was built as: --brief, with the name that its build gave it, such as lords-2022-12-08--short."


def _manifest(pieces: Iterable[Piece]) -> dict[str, Any]:
    """What a file says of the brief it was built from, where it does."""
    for piece in pieces:
        at = piece.text.find('{"despatch":')
        if at >= 0:
            try:
                said, _ = json.JSONDecoder().raw_decode(piece.text, at)
            except (ValueError, RecursionError):
                continue
            return dict(said)
    return {}


def _built_as(stem: str, manifest: dict[str, Any], search: _Search) -> tuple[Path, Tailoring] | str:
    """The brief's path and the flags that a file was built with, by what it says itself and by its name, or why not."""
    from despatch.assemble import flags_hash

    named, _, flags = stem.partition("--")
    brief = str(manifest.get("brief", named))
    known = {path.stem: path for path in search.workspace.briefs()[0]}
    if brief not in known:
        return "It cannot be told which brief this file was built from."
    if "flags" in manifest:
        flags = flags if manifest["flags"] else ""
        if flags_hash(brief, flags) != manifest["flags"]:
            return "It cannot be told with which options this file was built."
    tailoring = _tailored(flags, search.workspace, search.library)
    return (known[brief], tailoring) if tailoring else f"These are no options of a build: `{flags}`."


def _tailored(flags: str, workspace: Workspace, library: Library) -> Tailoring | None:
    """The flags in a file's name as they were given; nothing, where they do not give that name again."""
    from despatch.build import Tailoring
    from despatch.select import KEPT
    from despatch.style import names

    left = flags.split("--") if flags else []
    topics = left.pop(0).split("+") if left and all(each in library.topics for each in left[0].split("+")) else []
    without = [each.removeprefix("without-") for each in left if each.startswith("without-")]
    rest = [each for each in left if not each.startswith("without-")]
    length = next((each for each in rest if each in KEPT), None)
    style = next((each for each in rest if each in names(workspace.templates)), None)
    room = {
        what: int(each.split("-")[0])
        for what in ("words", "pages")
        for each in rest
        if re.fullmatch(rf"\d{{1,6}}-{what}", each)
    }
    marks = (*(f"{number}-{what}" for what, number in room.items()), "draft", "exact")
    others = [each for each in rest if each not in (length, style, *marks)]
    known = (each for block in library.blocks.values() for each in block.only.audience)
    audience = (
        next((str(each) for each in known if Tailoring(audience=each).flags in others), "".join(others[:1])) or None
    )
    made = Tailoring(
        tuple(topics), tuple(without), length, audience, style, "draft" in rest,
        max_words=room.get("words"), pages=room.get("pages"), exact="exact" in rest,
    )  # fmt: skip
    return made if made.flags == flags else None
