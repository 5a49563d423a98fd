"""The small Markdown of a text field: paragraphs, strong, emphasis, links and lists, in CommonMark's grammar.

Three things are ours and are found before Markdown is read: `{{fact-id}}`, `{{TERM}}` and `[@source-id]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from despatch.document import (
    KEPT,
    Emphasis,
    InLanguage,
    Inline,
    Item,
    Link,
    Listing,
    Origin,
    Paragraph,
    ParagraphRole,
    Strong,
    Text,
    Words,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token as Markup

CITED = r"\[@[^\[\]]*\]"
TOKEN = re.compile(r"(?<!\\)(?:\{\{(?P<printed>[^{}]*)\}\}|\[@(?P<cited>[^\[\]]*)\])")
WHOLE = re.compile(r"\\?(?:\{\{[^{}]*\}\}|\[@[^\[\]]*\])")
"""A name with all its braces, be it one that a backslash keeps as it stands."""
UNFINISHED = r"(?<![\\{])\{[ \t]*[A-Za-z][\w.-]*[ \t]*\}+|(?<!\\)\{\{[ \t]*[\w.-]*[ \t]*\}?|(?<![\w-])[\w-]++\}\}|(?<!\\)\[@[\w-]*"
MARKUP = re.compile(r"[*_\[\]\\]|^[ \t]*(?:[-+]|\d{1,9}[.)])(?:[ \t]|$)", re.MULTILINE)
PLAIN = r"[^\W_](?:[^*_\[\]\\<\n]*[^\W_])?"
SIMPLE = re.compile(
    rf"\*\*(?P<strong>{PLAIN}(?:[.,:;!?](?=\*\*(?:\s|$)))?)\*\*(?!\*)"
    rf"|(?<!\*)\*(?P<stressed>{PLAIN}(?:[.,:;!?](?=\*(?:\s|$)))?)\*(?!\*)"
    rf"|(?<!!)\[(?P<linked>{PLAIN})\]\((?P<url>https?://[\w/.~:?#@$+,=%&-]+)\)",
    re.ASCII,
)
"""Markup that CommonMark reads in one way only: words from letter to letter (or a full stop and a space), and none in them."""
LINK = r"\]\(\s*<?([^\s)>]*)"
SAFE_ADDRESS = r"(?:https?://|mailto:|tel:)\S"


class Token(NamedTuple):
    """A name that prose asks to be printed or cited, and where it stands in the text."""

    kind: Literal["printed", "cited"]
    name: str
    start: int
    end: int


Resolve: TypeAlias = Callable[[Token, bool], Words]
"""Gives the words for a token; the second argument says that it begins a sentence."""
Named: TypeAlias = tuple[Words, ...]
"""The words for each of the tokens of a text."""


def names(text: str) -> bool:
    """Whether some prose may name something to be printed or cited."""
    return "{{" in text or "[@" in text


@lru_cache(KEPT)
def tokens(text: str) -> tuple[Token, ...]:
    """The names in `{{…}}` and `[@…]`, in order; a backslash before one leaves it as it stands."""
    return tuple(map(_token, TOKEN.finditer(text))) if names(text) else ()


def _token(match: re.Match[str]) -> Token:
    kind: Literal["printed", "cited"] = "cited" if match["cited"] is not None else "printed"
    return Token(kind, match[kind].strip(), match.start(), match.end())


def unfinished(text: str) -> Iterator[tuple[int, int]]:
    """Where a name seems to be meant and a brace or bracket is missing: start and end."""
    if "{" in text or "}}" in text or "[@" in text:
        left = WHOLE.sub("", text)
        if "{" in left or "}}" in left or "[@" in left:
            bare = WHOLE.sub(lambda match: " " * len(match[0]), text)
            yield from (match.span() for match in re.finditer(UNFINISHED, bare))


def bad_links(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a link's address is not one that a reader could follow: start, end and the address."""
    for match in re.finditer(LINK, text) if "](" in text else ():
        if not re.match(SAFE_ADDRESS, match[1], re.IGNORECASE) or "{{" in match[1]:
            yield match.start(1), max(match.end(1), match.start(1) + 1), match[1]


OPENING = r"[\s*_(\[“‘\"']*$"
STARTS_PARAGRAPH = re.compile(r"(?:^|\n[ \t]*\n|(?:^|\n)[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t])" + OPENING)
STARTS_SENTENCE = re.compile(r"[.!?][”’\"'*_)\]]*\s+" + OPENING)
DEEPEST = 50
"""So many marks around each other are read; those within are nobody's, and would take Python past what it can do."""
FARTHEST = 300
"""So many characters before a place tell whether a sentence begins there."""
ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|No|Nos|c|cf|cl|para|paras|p|pp|vs|Dr|Mr|Mrs|Ms|St))\.\s+\W*$")


def starts_sentence(before: str) -> bool:
    """Whether what follows these words begins a sentence."""
    before = re.sub(CITED, "", before) if "[@" in before else before
    if STARTS_PARAGRAPH.search(before):
        return True
    return bool(STARTS_SENTENCE.search(before)) and not ABBREVIATION.search(before)


def line(text: str, resolve: Resolve) -> Words:
    """The words of a single line, such as a heading: tokens are printed, nothing else is read as markup."""
    marked, found = _marked(_on_one_line(text))
    return _line(marked, _resolved(found, resolve))


@lru_cache(KEPT)
def _line(marked: str, named: Named) -> Words:
    return _filled(marked.replace("\\{{", "{{").replace("\\[@", "[@"), named)


def nodes(text: str, origin: Origin, resolve: Resolve, role: ParagraphRole = "body") -> tuple[Paragraph | Listing, ...]:
    """The paragraphs and lists of some prose, in order."""
    marked, found = _marked(text)
    return _nodes(marked, _resolved(found, resolve), origin, role)


@lru_cache(KEPT)
def _nodes(marked: str, named: Named, origin: Origin, role: ParagraphRole) -> tuple[Paragraph | Listing, ...]:
    if (paragraphs := _paragraphs(marked)) is None:
        return _Grown(named, origin, role).blocks(_markdown().parse(marked))
    return tuple(
        Paragraph(_simple(each, named), _numbered(origin, number), role) for number, each in enumerate(paragraphs)
    )


@lru_cache(KEPT)
def _paragraphs(text: str) -> tuple[str, ...] | None:
    """The paragraphs of some prose, each on one line; none, where only CommonMark's own parser can tell them."""
    if MARKUP.search(SIMPLE.sub("", text) if "*" in text or "[" in text else text):
        return None
    return tuple(_on_one_line(each) for each in re.split(r"\n[ \t]*\n", text) if each.strip())


def _simple(text: str, named: Named) -> Words:
    """Words in which strong, emphasis and links do not stand in each other, as CommonMark reads them."""
    words: list[Inline] = []
    at = 0
    for match in SIMPLE.finditer(text):
        words.extend(_filled(text[at : match.start()], named))
        inner = _filled(match["strong"] or match["stressed"] or match["linked"], named)
        if match["url"]:
            words.append(Link(inner, match["url"]))
        else:
            words.append(Strong(inner) if match["strong"] else Emphasis(inner))
        at = match.end()
    return _joined([*words, *_filled(text[at:], named)])


@lru_cache(KEPT)
def _on_one_line(text: str) -> str:
    """The text without line ends and doubled spaces. A hard space, as in `£5 million`, stays."""
    return re.sub(r"[ \t\r\n]+", " ", text.strip(" \t\r\n"))


def _numbered(origin: Origin, number: int) -> Origin:
    """The first paragraph has the field's own origin, so that a further one does not change its anchor."""
    return origin.at(str(number + 1)) if number else origin


class _Found(NamedTuple):
    token: Token
    first: bool


def _resolved(found: tuple[_Found, ...], resolve: Resolve) -> Named:
    """The words of each token, in the order in which they are read."""
    return tuple([resolve(each.token, each.first) for each in found])


@lru_cache(KEPT)
def _marked(text: str) -> tuple[str, tuple[_Found, ...]]:
    """The text with a number between two control characters for each token: no other text can hold those."""
    found = tuple(_Found(token, starts_sentence(_before(text, token.start))) for token in tokens(text))
    for number, each in reversed(list(enumerate(found))):
        text = f"{text[: each.token.start]}\x01{number}\x02{text[each.token.end :]}"
    return text, found


def _before(text: str, at: int) -> str:
    """What stands before a place, as far back as matters to whether a sentence begins there."""
    return text[:at] if at <= FARTHEST else f"x{text[at - FARTHEST : at]}"


def _filled(text: str, named: Named) -> Words:
    """Words with the tokens' own words in place of their marks."""
    if "\x01" not in text:
        return (Text(text),) if text else ()
    words: list[Inline] = []
    for number, piece in enumerate(re.split(r"\x01(\d+)\x02", text)):
        if number % 2:
            words.extend(named[int(piece)])
        elif piece:
            words.append(Text(piece))
    return _joined(words)


def _joined(words: list[Inline]) -> Words:
    """The same words with neighbouring texts made one, so that equal prose gives equal trees."""
    joined: list[Inline] = []
    for each in words:
        if isinstance(each, Text) and joined and isinstance(joined[-1], Text):
            joined[-1] = Text(joined[-1].text + each.text)
        else:
            joined.append(each)
    return tuple(joined)


@cache
def _markdown() -> MarkdownIt:
    """CommonMark's parser with only the parts that prose may use. Imported here: plain prose does without it."""
    from markdown_it import MarkdownIt

    return MarkdownIt("zero", {"maxNesting": 200}).enable(["list", "emphasis", "link", "escape"])


class _Grown(Struct):
    """Turns markdown-it's flat tokens into nodes."""

    named: Named
    origin: Origin
    role: ParagraphRole
    count: int = 0

    def blocks(self, markup: list[Markup]) -> tuple[Paragraph | Listing, ...]:
        made: list[Paragraph | Listing] = []
        for opening, inside in _enclosed(markup):
            if opening.type == "paragraph_open":
                made.append(self.paragraph(inside[0].children or []))
            elif opening.attrs.get("start", 1) == 1 and any(words for _, words in _enclosed(inside)):
                made.append(self.listing(opening.type == "ordered_list_open", inside))
            else:
                made += self.sentences(inside)
        return tuple(made)

    def sentences(self, markup: list[Markup]) -> list[Paragraph | Listing]:
        """What only looks like a list, as `2022. A year to forget` does, or a dash with nothing after it, as paragraphs."""
        made: list[Paragraph | Listing] = []
        for item, inside in _enclosed(markup):
            nodes = self.blocks(inside) or (Paragraph((), self.origin, self.role),)
            first = nodes[0]
            number = Text(f"{item.info}{item.markup}{' ' if inside else ''}")
            if isinstance(first, Paragraph):
                nodes = (replace(first, words=_joined([number, *first.words])), *nodes[1:])
            made += nodes
        return made

    def paragraph(self, markup: list[Markup]) -> Paragraph:
        origin = _numbered(self.origin, self.count)
        self.count += 1
        return Paragraph(self.words(markup), origin, self.role)

    def listing(self, ordered: bool, markup: list[Markup]) -> Listing:
        outer, self.role = self.role, "body"
        items = tuple(Item(self.blocks(inside)) for _, inside in _enclosed(markup))
        self.role = outer
        return Listing(items, ordered)

    def words(self, markup: list[Markup], depth: int = 0) -> Words:
        words: list[Inline] = []
        for opening, inside in _enclosed(markup) if depth < DEEPEST else ((each, []) for each in markup):
            match opening.type:
                case "softbreak" | "hardbreak":
                    words.append(Text(" "))
                case "strong_open" if inside:
                    words.append(Strong(self.words(inside, depth + 1)))
                case "em_open" if inside:
                    words.append(Emphasis(self.words(inside, depth + 1)))
                case "link_open" if inside:
                    words.append(Link(self.words(inside, depth + 1), str(opening.attrs["href"])))
                case _:
                    words.extend(_filled(re.sub(r"[ \t\r\n]+", " ", opening.content), self.named))
        return _joined(words)


def _enclosed(markup: list[Any]) -> Iterator[tuple[Any, list[Any]]]:
    """Each outermost token with the tokens up to the one that closes it."""
    at = 0
    while at < len(markup):
        depth, end = markup[at].nesting, at + 1
        while depth:
            depth += markup[end].nesting
            end += 1
        yield markup[at], markup[at + 1 : end - 1]
        at = end


def capital(words: Words) -> Words:
    """The words with a capital first letter; text that begins with a figure stays as it is."""
    if words and isinstance(words[0], InLanguage):
        return (replace(words[0], words=capital(words[0].words)), *words[1:])
    if words and isinstance(words[0], Text):
        first = words[0].text
        return (replace(words[0], text=first[:1].upper() + first[1:]), *words[1:])
    return words
