"""What stands on a page and is no part of what somebody wrote: navigation, cookie notices, adverts, a site's footer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from despatch.readers._piece import Piece

LONGEST = 120
"""What is longer is a paragraph, and nobody's button."""
PATTERNS = {
    "navigation": re.compile(
        r"view all.*[^.!?]|skip to (?:the )?(?:main )?content|back to (?:the )?(?:top|contents|results|news|search)"
        r"|you are here\b.*|home(?:\s*[>›»/|]\s*[^>›»/|]+)+|menu|main menu|in this section|toggle navigation|sign in|log ?in"
        r"|(?:next|previous)(?: article| page)?(?: [>›»])?|page \d+(?: of \d+)?|related (?:articles|content|news|pages)",
        re.IGNORECASE,
    ),
    "sharing": re.compile(
        r"share(?: this)?(?: (?:page|article|story|publication))?(?: (?:on|via) .*[^.!?])?:?|print(?: this)?(?: (?:page|article))?"
        r"|tweet|follow us(?: on .*)?|(?:email|facebook|twitter|linkedin|whatsapp)"
        r"|(?:(?:email|facebook|twitter|linkedin|whatsapp|print)[ ,|]*){2,6}|(?:sign up|subscribe) (?:to|for) .*newsletters?",
        re.IGNORECASE,
    ),
}
COOKIES = re.compile(r"\bcookies?\b", re.IGNORECASE)
CONSENT = re.compile(
    r"\b(?:use of|we use|uses|accept|reject|necessary|analytics|optional|about|manage) (?:\w+ ){0,3}cookies\b",
    re.IGNORECASE,
)
FOOTER = re.compile(
    r"©|\bcopyright \d|all rights reserved|\bweb ?site (?:design|built|by|powered)|\bweb design\b|privacy (?:policy|notice)"
    r"|terms (?:and conditions|of use)|\bsite ?map\b|cookie policy|\w ?Contact Us$",
    re.IGNORECASE,
)
MOST_ADVERTS = 12
OWN_CONTACT = re.compile(r"@|\bcontact\b|\btel\b|\d{4} ?\d{3}|https?:|www\.", re.IGNORECASE)


def sorted_out(pieces: list[Piece]) -> tuple[list[Piece], list[str]]:
    """The lines that somebody wrote, and what was left out, a phrase each."""
    reasons: dict[int, str] = {}
    for find in (_by_pattern, _cookies, _footer, _adverts):
        reasons |= {number: reason for number, reason in find(pieces, reasons) if number not in reasons}
    kept = [
        replace(each, gap=each.gap + 1)
        if number - 1 in reasons
        else each  # something stood between it and the line above
        for number, each in enumerate(pieces)
        if number not in reasons
    ]
    return kept, [left_out(pieces[number].text, reasons[number]) for number in sorted(reasons)]


def left_out(text: str, reason: str) -> str:
    """How something that was left out is named: `“View all articles” (navigation)`."""
    words = " ".join(text[:400].split())
    return f"“{words if len(words) <= 80 else words[:79].rstrip() + '…'}” ({reason})"


def _by_pattern(pieces: list[Piece], _: dict[int, str]) -> Iterator[tuple[int, str]]:
    for number, each in enumerate(pieces):
        if number and each.part != "table" and len(each.text) <= LONGEST:
            yield from ((number, name) for name, pattern in PATTERNS.items() if pattern.fullmatch(each.text.strip()))


def _cookies(pieces: list[Piece], _: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Neighbours that all speak of cookies, where one of them asks for leave to set them and one is a short line."""
    run: list[int] = []
    for number, each in enumerate([*pieces, None]):
        if each is not None and each.part != "table" and COOKIES.search(each.text):
            run.append(number)
            continue
        texts = [pieces[at].text for at in run]
        if any(CONSENT.search(text) for text in texts) and any(len(text) <= 40 for text in texts):
            yield from ((at, "cookie notice") for at in run)
        run = []


def _footer(pieces: list[Piece], _: dict[int, str]) -> Iterator[tuple[int, str]]:
    """The last lines, while they are a website's: those with its marks, and those that stand right above without a gap."""
    below = False
    for number in range(len(pieces) - 1, 0, -1):
        piece = pieces[number]
        is_marked = bool(FOOTER.search(piece.text)) and len(piece.text) <= 2 * LONGEST
        if _is_sentence(piece.text) or piece.part == "table" or not (is_marked or below):
            return
        below = not piece.gap
        yield number, "footer"


def _is_sentence(text: str) -> bool:
    return text.rstrip().endswith((".", "!", "?", "”")) and len(text.split()) > 8


def _adverts(pieces: list[Piece], reasons: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Two or more short lines at the very end, set off by a wider gap, that lead to other articles."""
    last = [number for number in range(len(pieces)) if number not in reasons]
    run: list[int] = []
    while last and len(run) < MOST_ADVERTS and _may_be_advert(pieces[last[-1]]):
        run.insert(0, last.pop())
        if pieces[run[0]].gap >= 2:
            yield from ((number, "links to other articles") for number in run if len(run) > 1 and last)
            return


def _may_be_advert(piece: Piece) -> bool:
    is_plain = piece.part in ("heading", "body") and len(piece.text) <= 60
    return is_plain and piece.text[-1:].isalnum() and not OWN_CONTACT.search(piece.text)
