"""A number that no fact stands behind

**What it does.** Finds numbers, amounts, shares and dates that are typed into prose: `82,170`, `£1.6bn`, `25 per cent`,
`six months`, `23 May 2022`, `two thirds of`, `has doubled`, `a record high`. Numbers that count nothing are left alone:
those in names, such as `section 47`, `Chapter 5` or `the 2021 Spending Review`, ages, times of day, telephone numbers,
addresses and law reports. So are quotations.

**Why.** Nobody can say where such a number came from, no check will notice when it is out of date, and on the day that
it changes it has to be hunted down in every file. As a fact it is put right once.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: more-children
    text: |
      {{children-in-care}} children are in care.
  - id: homes-wait
    text: |
      No home can be found near their families for some of the 82,170 children.
facts:
  - id: children-in-care
    value: 82,170
    what: children looked after in England
    as_of: 2022-03-31
    source: dfe-statistics
sources:
  - id: dfe-statistics
    kind: dataset
    title: Children looked after in England
    published: 2022-11
```

`despatch check` says:

```text
seeds/homes.yaml:8:64 warning [unregistered-number] “82,170” is typed here, and no fact stands behind it.
   8 |       No home can be found near their families for some of the 82,170 children.
     |                                                                ^^^^^^
  help: Write `{{children-in-care}}` (children looked after in England), if that is what it counts.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: more-children
    text: |
      {{children-in-care}} children are in care.
  - id: homes-wait
    text: |
      No home can be found near their families for some of the {{children-in-care}} children.
facts:
  - id: children-in-care
    value: 82,170
    what: children looked after in England
    as_of: 2022-03-31
    source: dfe-statistics
sources:
  - id: dfe-statistics
    kind: dataset
    title: Children looked after in England
    published: 2022-11
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from despatch import dates
from despatch.office import Finding, Office
from despatch.passages import NOTHING
from despatch.quantity import Quantity, read
from despatch.wording import JOIN, MOST_AT_ONCE

MONTH = f"(?-i:{dates.MONTH})"  # `may` and `march` are words too
DIGITS = r"\d{1,20}(?:[.,/]\d{1,20}){0,9}(?:[-–]\d\d(?!\d))?"  # counted, so that a page of digits is soon read
SCALE = r"(?:[mkp]|[mbt]n|(?:m|b|tr)illion|thousand|hundred|per\s?cent|%|pence)\b|%"
ONES = "one|two|three|four|five|six|seven|eight|nine"
WORD = rf"(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty|(?:thir|four|fif|six|seven|eigh|nine)teen|{ONES}|ten|eleven|twelve|hundred)"
AFTER_WORD = "|".join(rf"(?<={each}.)" for each in f"{ONES}|ten|eleven|twelve|teen|ty|hundred".split("|"))
SPELT = rf"(?=\w)(?:(?:[- ]| and )?\b{WORD}){{1,10}}"
TIME = "(?:year|month|week|day|hour)s?"
AMOUNT = rf"[£€$]?{DIGITS}(?:[ \u00a0]?(?:{SCALE})|[ -]{TIME}\b)?"
DATED = rf"(?:\d{{1,2}} )?(?:{MONTH})(?: \d{{4}})?|\d{{1,2}}|\d{{4}}(?:[-/–]\d\d)?"
DAY = rf"\d{{1,2}} (?:{MONTH})(?: \d{{4}})?|(?:{MONTH}) \d{{4}}"
PARTS = "third|quarter|fifth|sixth|eighth|tenth"
MOVES = "cut|fall|drop|reduction|rise|increase|growth|more|less|fewer|higher|lower|bigger|smaller"
LARGE = "hundred|thousand|million|billion|trillion"
ONE_PART = rf"(?:an?|one)[ -](?:{PARTS})|half"
EVERY = rf" (?:in|out of) (?:every )?(?:[2-9]|10|20|100|a hundred|{SPELT})\b(?!,)"
IN_WORDS = rf"\b(?!one {TIME}\b)(?:{SPELT}(?: to | or |–))?{SPELT}"
WAYS = {
    r"between (?:[£€$]?\d|[a-z]{3,9} \d)": rf"\bbetween (?:{DAY}|{AMOUNT}) and (?:{DAY}|{AMOUNT})(?![\w’])",
    r"[0-9]": (
        rf"(?<!from )(?<![\w’'.#-])(?:(?:{DATED}) to (?:{DAY})|{AMOUNT}(?: to | ?[-–] ?(?=\d|[£€$])){AMOUNT})(?![\w’])"
        rf"|{DAY}|\b\d{{1,2}}{EVERY}|\b\d{{1,9}}[ -]?fold\b|(?<![\w’'.#-]){AMOUNT}(?![\w’])"
    ),
    rf"[ -](?=in|out|year|month|week|day|hour|per|million|billion)(?:{AFTER_WORD})": (
        rf"{IN_WORDS}(?:{EVERY}|[ -](?:{TIME}|per\s?cent|million|billion)\b)"
    ),
    r"fold": rf"{IN_WORDS}[ -]?fold\b(?<!twofold)(?<!threefold)|\b(?:two|three)fold(?= (?:{MOVES})\b)",
    rf"half|[aenor][ -](?:{PARTS})": (
        rf"\b(?:half|a quarter of|three quarters of) an? (?:{LARGE}|dozen)\b"
        rf"|\b(?:two|three|four|five|seven|nine)[ -](?:{PARTS})s\b"
        rf"|\b(?:{ONE_PART})(?= of\b| (?:{MOVES})\b)"
        rf"|(?<=\bby )(?:{ONE_PART})(?= (?:in|since|over|from|to|and)\b|\s*(?:[^\w\s-]|\Z))"
    ),
    r"s of pounds|bled|tripled|halved|record [hln]": (
        rf"\b(?<!s of )(?:{LARGE})s of pounds\b"  # `hundreds of millions` owns up to being no figure
        r"|\b(?:doubled|trebled|tripled|quadrupled|halved)\b|\brecord (?:high|low|levels?|numbers?)\b"
    ),
}
"""What states a quantity or a date: in figures, or in the words that statistics are put in. Ranges come first.

Before each pattern stands what every text with it has in small letters: few texts do, and no other need be read for it.
"""
HINTED = [(re.compile(hint), pattern) for hint, pattern in WAYS.items()]
AGE = r"\d{1,2}(?:(?: and over| or over)\b|\+)?"
AGES = rf"{AGE}(?:(?:,| and| or| to|,? (?:and|or)|[-–]) ?{AGE}){{0,9}}"
PERSON = "child|children|people|persons?|adults?|boys?|girls?|pupils?|students?|young|those|any(?:one|body)|every(?:one|body)"
COUNTS_NOTHING = (
    rf"(?i)\bage[ds]?(?: of)?(?: between| from| under| over| up to)? {AGES}"
    r"|\b\d{1,2}(?:-|(?:-| )?(?:(?:,|,? (?:and|or|to)|[-–]) ?\d{1,2}){1,9})?[- ]years?[- ]olds?\b"
    r"|\b\d{1,2}-(?:,| and| or| to) (?:\d{1,2}-(?:,| and| or| to) ){0,9}\d{1,2}[- ]years?[- ]olds?\b"
    rf"|\b(?:{PERSON})(?: (?:who|that))?(?: (?:are|is|were))? (?:under|over)[ -]\d{{1,2}}(?!\d|[.,]\d| ?%| per)"
    r"|\bunder[ -](?:1[0-9]|2[0-5]|[5-9])(?=[.,;:!?)](?!\d)|\s*\Z|\s+(?:who|are|is|in (?:care|custody)|and|or|should|must|can|may)\b)"
    r"|\b\d{1,2}(?:[.:]\d\d)? ?(?:[ap]\.?m\b|noon|midnight|o[’']clock)|\b\d{1,2}:\d\d\b|\b24(?:[/-]7|-hour| hours a day)\b"
    r"|\b(?:four|five|six|seven|[4-7])[ -]days?(?:[ -](?:a )?week)\b"
    r"|(?<![\w.,/£])(?:\+44|\(?0)[ \d()]{2,6}(?:[ -]?\d{3,4}){1,3}(?!\d|[.,]\d)"
    r"|\b100 ?(?:%|per cent) (?:behind|committed|sure|certain|right|clear)\b"
    r"|(?-i:\[\d{4}\](?: [A-Z]+(?: [A-Z][a-z]+)? \d+)?|\b(?:UKSC|UKHL|UKPC|EWCA(?: Civ| Crim)?|EWHC|EWFC) \d+)"
    r"|\bvol(?:ume|\.)? \d+(?:,? (?:cc?|cols?|columns?)\.? ?\d+(?:[-–]\d+)?)?"
    r"|(?-i:\b\d{1,3} (?:[A-Z][\w’']+ ){1,9}(?:Square|Street|Road|Lane|Avenue|Place|Gate|Row|Way|Close|Court|Gardens|Terrace"
    r"|Crescent|Yard|Embankment|Drive)\b)"
)
"""Ages, times of day, working weeks, telephone numbers, addresses and law reports. Compiled where there is a number."""
NUMBERED = re.compile(
    r"\b(?:section|clause|chapter|part|article|schedule|paragraph|page|line|amendment|amdt|recommendation|regulation|rule|"
    r"annex|appendix|figure|table|volume|phase|stage|level|group|day|no|number|bill|question|motion|order|column|"
    r"grade|(?-i:Year)|paper|para|pp?|cl|cols?|ss?|reg|cm|cp|hc)s?\.? "
    rf"(?:\d+\w*{JOIN})*(?:\d+\w*(?:\(\w+\))*\()?$",
    re.IGNORECASE,
)
BARE = re.compile(r"\d+(?:(?:[.–-]| to )\d+)*")
NAME_BEFORE = re.compile(r"\b(?P<name>[A-Z][\w’'&-]*),?(?: of)? \(?$")
AT_A_TIME = re.compile(r"\b(?:in|on|by|since|from|until|before|after|between|during|to|at) $", re.IGNORECASE)
NAME_AFTER = re.compile(r" [A-Z][\w’'-]+")
DATE = re.compile(rf"(?:19|20)\d\d(?:[-/–]\d\d)?(?: to (?:19|20)\d\d(?:[-/–]\d\d)?)?|(?!between).*(?:{MONTH}).*")
LONGEST_NAME = 200
"""Characters before a number in which what it numbers is looked for."""
NOT_NAMES = set(
    re.findall(
        "[a-z]+",
        "a about after all an and as at before between by during for from in of on only over some since so the then this "
        "to under until up we with",
    )
)


def check(office: Office) -> Iterator[Finding]:
    """A finding for each number in prose that is not printed from a fact."""
    for passage in () if office.outside else office.passages:  # a file from elsewhere cannot name facts
        if passage.kind not in ("quotations", "contacts"):
            for number in islice(_numbers(passage.words.replace("\n", " ")), MOST_AT_ONCE):
                yield Finding(
                    passage.span(*number.span()),
                    f"“{number[0]}” is typed here, and no fact stands behind it.",
                    _advice(number[0], office),
                )


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """What states a quantity in a text on one line, once what only looks like it is put out of the way."""
    small = text.lower()
    if pattern := "|".join(pattern for hint, pattern in HINTED if hint.search(small)):
        found = re.compile(pattern, re.IGNORECASE)
        if any(not _is_named(text, each) for each in found.finditer(text)):
            text = re.sub(COUNTS_NOTHING, lambda each: NOTHING * len(each[0]), text)
            yield from (each for each in found.finditer(text) if not _is_named(text, each))


def _is_named(text: str, number: re.Match[str]) -> bool:
    """Whether a number is part of a name: of a section or a clause, or the year or day of a named event."""
    before = text[max(0, number.start() - LONGEST_NAME) : number.start()]
    if BARE.fullmatch(number[0]) and NUMBERED.search(before):
        return True
    name = NAME_BEFORE.search(before)
    is_named = name is not None and name["name"].lower() not in NOT_NAMES
    is_named |= NAME_AFTER.match(text, number.end()) is not None and not AT_A_TIME.search(before)
    return bool(DATE.fullmatch(number[0])) and is_named


def _advice(number: str, office: Office) -> str:
    """The facts that have this value, to be named in its place."""
    value = read(number)
    known = [(each, fact) for fact in office.facts.values() if isinstance(each := read(fact.value), Quantity)]
    same = [
        f"`{{{{{fact.id}}}}}` ({fact.what})"
        for each, fact in known
        if isinstance(value, Quantity) and each.size == value.size
    ]
    if same:
        return f"Write {' or '.join(same[:3])}, if that is what it counts."
    return "Add it to `facts`, with its source and its date, and write its id in {{…}}."
