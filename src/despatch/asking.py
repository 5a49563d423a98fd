"""What must be known of a new brief: read from flags, or asked of the officer, who is asked nothing that can be known."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NoReturn, TypeAlias

from despatch.content import Library
from despatch.dates import day_said, not_a_day
from despatch.diagnostics import did_you_mean
from despatch.new import ID, Wanted
from despatch.parliament import ASKED, HOUSES, PROCEEDINGS, example

Answers: TypeAlias = dict[str, str]
"""What is known so far, by field, as a brief has it."""
QUESTIONS = {
    "house": "Which House?",
    "proceeding": "Which proceeding?",
    "date": "When does it sit?",
    "title": "What is the debate about?",
    "topics": "Which topics, if not all? (commas between)",
}
EXAMPLES = {"house": "lords", "proceeding": "take-note-debate", "date": '"8 December 2022"', "title": '"Kinship care"'}
COLOURS = re.compile(r"\x1b\[[\d;]*[A-Za-z]")
"""The codes by which terminals colour text, which come along when it is copied."""
INSIDE = re.compile(r"(?<=\w)'(?=\w)")
"""An apostrophe as keyboards have it; `check` wants the curly one of the page."""
IN_PART = re.compile(r"(?P<day>(?:[^\W\d]+ )?\d{1,2}(?:st|nd|rd|th)?)(?: (?P<month>[^\W\d]+))?(?: (?P<year>\d{4}))?")
"""A day said in words, whose month and year a later one may have for it."""
EMPTY = {"topics"}
"""What need not be answered."""


class Unfit(Exception):  # noqa: N818 - it is no error of the program’s
    """An answer that cannot be, with a word on why."""


def known(
    given: Mapping[str, str], library: Library, today: dt.date, ask: Callable[[str, Answers], str] | None
) -> tuple[Answers, list[str]]:
    """All that the brief needs, and what is wrong with the answers given or, where nobody can be asked, missing.

    Nobody is asked anything while an answer given is wrong.
    """
    answers, faults = _gathered(given, library, today, None)
    if ask and (wrong := [said for field, said in faults.items() if field in given]):
        return answers, wrong
    answers, faults = _gathered(given, library, today, ask) if ask else (answers, faults)
    return answers, list(faults.values())


def _gathered(
    given: Mapping[str, str], library: Library, today: dt.date, ask: Callable[[str, Answers], str] | None
) -> tuple[Answers, dict[str, str]]:
    """The answers, and by its field what is wrong with each; where somebody is asked, as far as the first of these."""
    answers: Answers = {}
    faults: dict[str, str] = {}
    while field := next(
        (each for each in _fields(given, answers, ask) if each not in answers and each not in faults), ""
    ):
        text = given.get(field) or _inferred(field, given) or (ask(field, answers) if ask else "")
        try:
            answers[field] = understood(field, text, answers, library, today) if text or ask else _missing(field)
        except Unfit as unfit:
            faults[field] = str(unfit)
            if ask:
                break
    return answers, faults


def _fields(given: Mapping[str, str], answers: Answers, ask: object) -> Iterator[str]:
    """What is to be known, in the order in which it is asked."""
    yield from (each for each in QUESTIONS if each not in EMPTY or ask or each in given)
    asked = PROCEEDINGS[answers["proceeding"]].asks if "proceeding" in answers else ()
    yield from (each for each in ASKED if each in asked or each in given)


def _inferred(field: str, given: Mapping[str, str]) -> str:
    """The House, where the proceeding takes place in one alone."""
    named = _named(given.get("proceeding", ""), {name: each.name for name, each in PROCEEDINGS.items()})
    houses = PROCEEDINGS[named].houses if field == "house" and named else ()
    return houses[0] if len(houses) == 1 else ""


def _missing(field: str) -> NoReturn:
    what, example = ASKED.get(field, (QUESTIONS.get(field, ""), ""))
    flag = "a title" if field == "title" else f"--{field.replace('_', '-')}"
    said = EXAMPLES.get(field) or f'"{example}"'
    such = said if field == "title" else f"{flag} {said}"
    raise Unfit(f"Say {flag} too ({what[0].lower()}{what[1:].rstrip('?')}), such as {such}.")


def understood(field: str, text: str, answers: Mapping[str, str], library: Library, today: dt.date) -> str:
    """An answer as a brief has it; raises Unfit where there is none such."""
    words = " ".join(COLOURS.sub("", text).split())
    match field:
        case "house":
            return _one_of(words, HOUSES, "House")
        case "proceeding":
            return _proceeding(words, answers)
        case "date":
            return ", ".join(day.isoformat() for day in _days(words, today))
        case "topics":
            labels = {name: str(topic.label) for name, topic in library.topics.items()}
            return ", ".join(_one_of(each, labels, "topic") for each in _split(words))
        case "amendment_list":
            return _list(words, answers, library)
    return INSIDE.sub("’", words) or _unfit("Some words are needed here.")


def _one_of(words: str, names: Mapping[str, str], what: str) -> str:
    """The name meant, which may also be said by its label."""
    return _named(words, names) or _unfit(f"There is no {what} `{words}`. {_advice(words, names)}")


def _named(words: str, names: Mapping[str, str]) -> str:
    said = _plainly(words)
    return next((name for name, label in names.items() if said in (_plainly(name), _plainly(label))), "")


def _plainly(words: str) -> str:
    """Words as they are compared: `kings-speech`, “King's Speech” and “the King’s speech” are one."""
    return re.sub(r"^the |['’]", "", " ".join(re.split(r"[\s_-]+", words.casefold())))


def _advice(words: str, names: Collection[str]) -> str:
    few = f"Write {' or '.join(names)}." if len(names) <= 3 else ""
    return did_you_mean(words, names) or few


def _proceeding(words: str, answers: Mapping[str, str]) -> str:
    house = answers.get("house", "")
    name = _one_of(words, {name: each.name_in(house) for name, each in PROCEEDINGS.items()}, "proceeding")
    if house and house not in PROCEEDINGS[name].houses:
        _unfit(f"There is no {PROCEEDINGS[name].name} in the {HOUSES[house]}.")
    return name


def _days(words: str, today: dt.date) -> list[dt.date]:
    """The sitting days, earliest first."""
    parts = [each.strip() for each in re.split(r";| and |&|,(?! \d{4})", words) if each.strip()]
    days = [day_said(part, today) or _unfit(not_a_day(part)) for part in _whole(parts or [words])]
    return sorted(set(days))


def _whole(parts: Sequence[str]) -> list[str]:
    """Days said together, each with its month and year: `13 and 15 June 2023` says them once, of the last."""
    whole: list[str] = []
    month = year = ""
    for part in reversed(parts):
        if match := IN_PART.fullmatch(part):
            month, year = match["month"] or month, match["year"] or year
            whole.insert(0, " ".join(filter(None, (match["day"], month, year))))
        else:
            whole.insert(0, part)
    return whole


def _list(words: str, answers: Mapping[str, str], library: Library) -> str:
    """The id of a list of amendments in the library, which may be said in words, or the name of one that it does not have."""
    from despatch.proposing import list_meant  # imported here, since the names alone are needed before

    lists = [name for name, source in library.sources.items() if source.kind == "amendment-list"]
    if not words or (ID.fullmatch(words) and words not in lists):
        advice = did_you_mean(words, lists) or "Write its name in words, such as “Committee, second Marshalled List”."
        _unfit(f"The library has no list of amendments `{words}`. {advice}")
    return words if words in lists else list_meant(words, answers, library) or words


def _unfit(message: str) -> NoReturn:
    raise Unfit(message.strip())


def choices(field: str, answers: Mapping[str, str], library: Library) -> dict[str, str]:
    """What an officer may choose from, each with what it is."""
    match field:
        case "house":
            return HOUSES
        case "proceeding":
            house = answers["house"]
            return {name: each.name_in(house) for name, each in PROCEEDINGS.items() if house in each.houses}
        case "topics":
            return {name: str(topic.label) for name, topic in library.topics.items()}
        case "amendment_list":
            lists = (source for source in library.sources.values() if source.kind == "amendment-list")
            return {str(source.id): str(source.title) for source in lists}
    return {}


def suggested(field: str, answers: Mapping[str, str], library: Library) -> str:
    """What stands in the line already, for the officer to accept or change."""
    if field == "motion":
        return f"That this House has considered {answers['title']}"
    if field == "topics":
        from despatch.proposing import subjects  # imported here, since the names alone are needed before

        return ", ".join(subjects(answers["title"], library))
    return ""


def ask(
    field: str, answers: Answers, library: Library, today: dt.date, against: Callable[[Wanted], Sequence[str]]
) -> str:
    """The officer's answer, asked again until it can be; names are completed while they are typed.

    From the title on, what `against` says of the brief so far is told as well.
    """
    from prompt_toolkit import prompt  # imported here: most commands ask nothing
    from prompt_toolkit.completion import WordCompleter
    from prompt_toolkit.document import Document
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.keys import Keys
    from prompt_toolkit.validation import ValidationError, Validator

    class Fit(Validator):
        """Lets an answer pass that can be."""

        def validate(self, document: Document) -> None:
            """Say why an answer cannot be, and let it be changed from its end."""
            try:
                _fit({**answers, field: understood(field, document.text, answers, library, today)}, against)
            except Unfit as unfit:
                raise ValidationError(len(document.text), str(unfit)) from unfit

    keys = KeyBindings()
    keys.add(Keys.Vt100MouseEvent)(lambda _: None)  # a pasted colour code looks like a click of the mouse
    names = choices(field, answers, library)
    return prompt(
        f"{_question(field, answers)} ",
        default=suggested(field, answers, library),
        completer=WordCompleter(list(names), meta_dict=names, ignore_case=True, match_middle=True, WORD=True),
        validator=Fit(),
        validate_while_typing=False,
        key_bindings=keys,
    )


def _fit(answers: Answers, against: Callable[[Wanted], Sequence[str]]) -> None:
    """Refuse answers, once there is a title among them, of which no brief can be made."""
    if "title" in answers and (faults := against(as_wanted(answers, "plain"))):
        _unfit(faults[0])


def _question(field: str, answers: Answers) -> str:
    if field in QUESTIONS:
        return QUESTIONS[field]
    what, *_ = ASKED[field]
    return f"{what[0].upper()}{what[1:]}, such as {example(field, answers.get('house', ''))}?"


def as_wanted(answers: Mapping[str, str], style: str) -> Wanted:
    """The new brief that the answers describe."""
    particulars = {field: answers[field] for field in ASKED if field in answers}
    days = tuple(dt.date.fromisoformat(each) for each in _split(answers["date"]))
    topics = _split(answers.get("topics", ""))
    return Wanted(
        answers["house"], answers["proceeding"], days, answers["title"], topics, style, particulars=particulars
    )


def _split(words: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in words.split(",") if each.strip())
