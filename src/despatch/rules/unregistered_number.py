"""A number that no fact stands behind

**What it does.** Finds numbers, amounts, shares and dates that are typed into prose: `82,170`, `£1.6bn`, `25 per cent`,
`six months`, `23 May 2022`, `two thirds of`, `has doubled`, `a record high`. Numbers in names are left alone, such as
`section 47`, `Chapter 5` or `the 2021 Spending Review`, and so are quotations.

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
seeds/homes.yaml:8:64 warning [unregistered-number] “82,170” is a number, and no fact stands behind it.
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

from despatch.content import Fact
from despatch.dates import MONTHS
from despatch.office import Finding, Office
from despatch.quantity import Quantity, read

MONTH = f"(?-i:{'|'.join(MONTHS)})"  # `may` and `march` are words too
DIGITS = r"\d+(?:[.,/]\d+)*(?:[-–]\d\d(?!\d))?"
SCALE = r"(?:m|mn|bn|tn|k|million|billion|trillion|thousand|hundred|per\s?cent|%|pence|p)\b|%"
SPELT = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundred"
TIME = "years?|months?|weeks?|days?|hours?"
NUMBER = re.compile(
    rf"\d{{1,2}} (?:{MONTH})(?: \d{{4}})?|(?:{MONTH}) \d{{4}}"
    rf"|\b(?:\d{{1,2}}|{SPELT}) (?:in|out of) (?:every )?(?:[2-9]|10|20|100|{SPELT})\b(?!,)"
    rf"|(?<![\w’'.#-])[£€$]?{DIGITS}(?:[ \u00a0]?(?:{SCALE})|[ -](?:{TIME})\b)?(?![\w’])"
    rf"|\b(?!one\b)(?:{SPELT})[ -](?:{TIME})\b|\b(?:{SPELT})[ -](?:per\s?cent|million|billion)\b"
    r"|\b(?:(?:a|one|two|three)[ -](?:third|quarter|fifth|tenth)s?|half)(?= of\b)"
    r"|\b(?:doubled|trebled|tripled|quadrupled|halved)\b|\brecord (?:high|low|levels?|numbers?)\b",
    re.IGNORECASE,
)
"""What states a quantity or a date: in figures, or in the words that statistics are put in."""
SUSPECT = re.compile(
    rf"[0-9]|third|quarter|fifth|tenth|half|doubled|trebled|tripled|quadrupled|halved|record |per\s?cent|[mb]illion"
    rf"|(?:{SPELT})[ -](?:in|out|year|month|week|day|hour)"
)
"""What no such words are without, in small letters: most prose has none of it, and need not be read twice."""
NOT_WORDS = re.compile(r"\{\{[^{}]*\}\}|\[@[^\[\]]*\]|\]\([^)]*\)|https?://\S+|^\s*\d+[.)]\s", re.MULTILINE)
NUMBERED = re.compile(
    r"\b(?:section|clause|chapter|part|article|schedule|paragraph|page|line|amendment|recommendation|regulation|rule|"
    r"annex|appendix|figure|table|volume|phase|stage|level|group|day|no|number|bill|question|motion|order|column|"
    r"para|pp?|cl|ss?|reg|cm|cp|hc)s?\.? (?:\d+\w*(?:,| and| or| to) )*(?:\d+\w*(?:\(\w+\))*\()?$",
    re.IGNORECASE,
)
BARE = re.compile(r"\d+(?:[.–-]\d+)*")
NAME_BEFORE = re.compile(r"\b(?P<name>[A-Z][\w’'&-]*),?(?: of)? \(?$")
AT_A_TIME = re.compile(r"\b(?:in|on|by|since|from|until|before|after|between|during|to|at) $", re.IGNORECASE)
NAME_AFTER = re.compile(r" [A-Z][\w’'-]+")
DATE = re.compile(rf"(?:19|20)\d\d(?:[-/–]\d\d)?|.*(?:{MONTH}).*")
NOT_NAMES = set(
    re.findall(
        "[a-z]+",
        "a about after all an and as at before between by during for from in of on only over some since so the then this "
        "to under until up we with",
    )
)


def check(office: Office) -> Iterator[Finding]:
    """A finding for each number in prose that is not printed from a fact."""
    known = [(value, fact) for fact in office.facts.values() if isinstance(value := read(fact.value), Quantity)]
    for passage in office.passages:
        if passage.kind not in ("quotations", "contacts") and SUSPECT.search(NOT_WORDS.sub("", passage.text).lower()):
            text = NOT_WORDS.sub(lambda found: "\x00" * len(found[0]), passage.text)
            for number in NUMBER.finditer(text):
                if not _is_named(text, number):
                    yield Finding(
                        passage.text.span_of(*number.span()),
                        f"“{number[0]}” is a number, and no fact stands behind it.",
                        _advice(number[0], known),
                    )


def _is_named(text: str, number: re.Match[str]) -> bool:
    """Whether a number is part of a name: of a section or a clause, or the year or day of a named event."""
    before = text[: number.start()]
    if BARE.fullmatch(number[0]) and NUMBERED.search(before):
        return True
    name = NAME_BEFORE.search(before)
    is_named = name is not None and name["name"].lower() not in NOT_NAMES
    is_named |= NAME_AFTER.match(text, number.end()) is not None and not AT_A_TIME.search(before)
    return bool(DATE.fullmatch(number[0])) and is_named


def _advice(number: str, known: list[tuple[Quantity, Fact]]) -> str:
    """The facts that have this value, to be named in its place."""
    value = read(number)
    same = [
        f"`{{{{{fact.id}}}}}` ({fact.what})"
        for each, fact in known
        if isinstance(value, Quantity) and each.size == value.size
    ]
    if same:
        return f"Write {' or '.join(same[:3])}, if that is what it counts."
    return "Add it to `facts`, with its source and its date, and write its id in {{…}}."
