"""A form that the house style does not use

**What it does.** Holds each briefing against the `house_style` of its own `style.yaml`: the forms to `write` and those
not to, numbers below ten in words, the dash between two parts of a sentence. It leaves quotations alone. Where two
styles print the same words and disagree, it says so and `--fix` changes nothing.

**Why.** A briefing that says “per cent” on one page and “percent” on the next reads as though two offices wrote it.
What the house prefers is in its style, so that nobody has to remember it, and so that another house may differ.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      Councils need money—and time.
# briefs/lords.yaml
title: Homes for children
house: lords
proceeding: take-note-debate
date: 2022-12-08
style: lga
sections:
  - key_messages: [homes]
```

`despatch check` says:

```text
seeds/homes.yaml:5:25 warning [house-form] The `lga` style has a spaced dash, “ – ”, between two parts of a sentence.
   5 |       Councils need money—and time.
     |                         ^^^
  the style says so here: templates/lga/style.yaml:20:9
  20 |   dash: spaced-en
     |         ^^^^^^^^^
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      Councils need money – and time.
# briefs/lords.yaml
title: Homes for children
house: lords
proceeding: take-note-debate
date: 2022-12-08
style: lga
sections:
  - key_messages: [homes]
```
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain

from despatch.office import Finding, Office
from despatch.passages import Passage
from despatch.prose import starts_sentence
from despatch.source import Scalar
from despatch.style import FORM_PARTS, Form, HouseStyle, Style
from despatch.wording import SAID_OTHERWISE, Place, by_document, found

NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
COUNTED = re.compile(
    r"(?<![\w£$€.,/–-])(?<!\bto )(?<!\bor )(?<!\band )(?<!\baged )(?<!\bages )(?<!\bunder )([1-9])[ \n]+"
    r"(?=(?:years?|months?|weeks?|days?|hours|times|children|families|councils|people)\b(?! olds?\b))"
)
"""A number of things that are counted, not measured; ranges, ages and figures with a unit keep their digits."""
NUMBER, COUNTS = re.compile(r"\d"), re.compile(r"\{(?!month)")
"""What every text with a number holds, and every form that stands for one."""
DIGIT = re.compile(r"[1-9][ \n]+[a-z]")
"""What every text with such a number holds."""
DASHES = {
    "spaced-en": (re.compile(r"\S ?— ?(?=\S)"), "—", " – ", "a spaced dash, “ – ”"),
    "unspaced-em": (re.compile(r"\S – (?=\S)"), " – ", "—", "a long dash without spaces, “—”"),
}
"""What is found where the style has one dash, what every text with it holds, what is written, and how that is said."""
NO_DASH = (re.compile(r"(?!)"), "—", "", "")


def check(office: Office) -> Iterator[Finding]:
    """A finding for each form that the style of a document which prints it does not use."""
    texts = by_document(office)
    for style in {proof.style.folder: proof.style for proof in office.proofs if proof.style}.values():
        wearing = {each for each in office.proofs if each.style and each.style.folder == style.folder}
        mine = [
            (held, proofs, passages)
            for proofs, passages in texts
            if (held := [each for each in proofs if each in wearing])
        ]
        forms = _in_use(style, [each.text for _, _, texts in mine for each in texts])
        for held, proofs, passages in mine:
            others = [each.style.house_style for each in proofs if each.style and each not in held]
            said = _forms(style, forms, others, passages), _numbers(style, passages), _dashes(style, others, passages)
            yield from (each._replace(of=proof) for each in chain(*said) for proof in held)


def _in_use(style: Style, texts: Sequence[str]) -> list[Form]:
    """The forms of a style that some text has in another way, quotations counted in: most texts have none."""
    every, numbered = _joined(texts), _joined(filter(NUMBER.search, texts))
    small = {text: text.casefold() for text in (every, numbered)}

    def is_in(not_: str, write: str) -> bool:
        text = numbered if COUNTS.search(not_) else every
        only_capitals = _is_only_capitals(not_, write)
        cores = _cores(not_ if only_capitals else not_.casefold())
        known = text if only_capitals else small[text]
        return any(each in known for each in cores) and bool(_pattern(not_, write).search(text))

    return [form for form in style.house_style.forms if any(is_in(each, form.write) for each in form.not_)]


def _joined(texts: Iterable[str]) -> str:
    return " ".join(" ".join(texts).split())


def _forms(style: Style, forms: list[Form], others: list[HouseStyle], passages: Sequence[Passage]) -> Iterator[Finding]:
    for form in forms:
        if places := list(_places(form, passages)):
            yield _finding(style, form, places, is_disputed=any(_is_disputed(each.to or "", others) for each in places))


def _finding(style: Style, form: Form, places: list[Place], *, is_disputed: bool) -> Finding:
    first, is_certain = places[0], form.fix == "yes" and not is_disputed
    message = (
        f"The `{style.folder.name}` style writes “{_on_one_line(first.to or '')}”, not “{_on_one_line(first.words)}”."
    )
    sure = places if is_certain else [each._replace(to=None) for each in places]
    said = (("the style says so here", form.write.span),)
    return found(sure, message, SAID_OTHERWISE if is_disputed else "", said=said)


def _places(form: Form, passages: Iterable[Passage]) -> Iterator[Place]:
    """Where a text has one of the forms that are not written, and how it would be written."""
    for passage in passages:
        for pattern in (_pattern(each, form.write) for each in form.not_):
            for match in pattern.finditer(passage.own):
                to = _written(form.write, match)
                if to != match[0] and not _is_excepted(form, passage.own, match):
                    yield Place(passage, *match.span(), to)


def _is_only_capitals(not_: str, write: str) -> bool:
    """Whether only its capitals make a form another than is written."""
    return not_.casefold() == write.casefold()


@cache
def _cores(not_: str) -> tuple[str, ...]:
    """What a text with a form holds for certain, one of these: far cheaper to look for than the form itself."""
    pieces = re.split(r"\{(\w*)\}", not_)
    pieces[0] = pieces[0][1:]  # which may be a capital where a sentence begins
    at = max(range(0, len(pieces), 2), key=lambda each: len(pieces[each]))
    follows_digit = at > 0 and pieces[at - 1] != "month"
    return tuple(f"{digit}{pieces[at]}" for digit in "0123456789") if follows_digit else (pieces[at],)


@cache
def _pattern(not_: str, write: str) -> re.Pattern[str]:
    """A pattern for a form that is not written: whole words, in any capitals unless only they make the difference."""
    pieces = re.split(r"\{(\w+)\}", not_)
    body = "".join(f"(?P<{each}>{FORM_PARTS[each]})" if at % 2 else _literal(each) for at, each in enumerate(pieces))
    only_capitals = _is_only_capitals(not_, write)
    if only_capitals and not_[:1].isalpha():
        body = f"[{not_[0].lower()}{not_[0].upper()}]{body[1:]}"
    before = r"(?<![\w.,])" if not_[:1].isalnum() or not_.startswith("{") else ""
    return re.compile(rf"{before}{body}(?!\w|[.,]\d)", 0 if only_capitals else re.IGNORECASE)


def _literal(text: str) -> str:
    return r"\s+".join(re.escape(each) for each in re.split(r"\s+", text))


def _written(write: str, match: re.Match[str]) -> str:
    """The form that is written, for what was found: with its number or date, and a capital where a sentence begins."""
    to = re.sub(r"\{(\w+)\}", lambda part: match[part[1]], write)
    is_capital = match[0][:1].isupper() and starts_sentence(match.string[max(0, match.start() - 80) : match.start()])
    return to[:1].upper() + to[1:] if is_capital else to


def _is_excepted(form: Form, text: str, match: re.Match[str]) -> bool:
    """Whether what was found is part of a longer phrase in which it is right."""
    for each in form.except_:
        start = max(0, match.start() - len(each))
        near = text[start : match.end() + len(each)].casefold()
        if each.casefold() in " ".join(near.split()):
            return True
    return False


def _is_disputed(to: str, others: Iterable[HouseStyle]) -> bool:
    """Whether another style would find fault with what one style writes."""
    text = Scalar(to)
    return any(next(_places(form, [Passage(text)]), None) for each in others for form in each.forms)


def _numbers(style: Style, passages: Sequence[Passage]) -> Iterator[Finding]:
    below = min(style.house_style.numbers_in_words_below, len(NUMBERS))
    suspect = [each for each in passages if below and DIGIT.search(each.text)]
    matches = [(each, match) for each in suspect for match in COUNTED.finditer(each.own)]
    places = [Place(each, *match.span(1), NUMBERS[int(match[1])]) for each, match in matches if int(match[1]) < below]
    if places:
        to, words = places[0].to, places[0].words
        message = f"The `{style.folder.name}` style writes numbers below {below} in words: “{to}”, not “{words}”."
        yield found(places, message, "", said=style.says_so("numbers_in_words_below"))


def _dashes(style: Style, others: list[HouseStyle], passages: Sequence[Passage]) -> Iterator[Finding]:
    pattern, hint, to, said = DASHES.get(style.house_style.dash or "", NO_DASH)
    is_certain = all(each.dash in (None, style.house_style.dash) for each in others)
    places = []
    for each in (each for each in passages if hint in each.text):
        for start, end in (match.span() for match in pattern.finditer(each.own)):
            dashed = f"{each.text[start]}{to}{each.text[end]}"
            places.append(Place(each, start, end + 1, dashed if is_certain else None))
    if places:
        message = f"The `{style.folder.name}` style has {said}, between two parts of a sentence."
        yield found(places, message, "" if is_certain else SAID_OTHERWISE, said=style.says_so("dash"))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
