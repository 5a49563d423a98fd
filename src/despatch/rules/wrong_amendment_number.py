"""An amendment’s number that its list does not have, or no longer has

**What it does.** Looks amendments up in the `printings` of their list, as the newest printing on the last sitting day has them. It
finds one that has no number there, one whose typed `number` is another, one from another list than the brief’s, and words
such as “amendment 31” or “New Clause 3” that still have a number from an older printing, whether or not the briefing prints our
position on that amendment. “Amendments 30–32” names 31 as well. It also finds two amendments with one number on one printing.

**Why.** Numbers change from one Marshalled List to the next. A peer who is told to support amendment 31 may then find somebody
else’s amendment under that number.

## Example

```yaml
# seeds/bill.yaml
key_messages:
  - id: heard
    text: |
      Amendment 31 would give children a say, and we support it.
positions:
  - id: childs-say
    heading: Children to have a say
    proposal:
      from: committee-list
      amendment:
        text: |
          After Clause 7, insert the following new Clause—
    view:
      stance: support
      text: |
        We support this new clause.
sources:
  - id: committee-list
    kind: amendment-list
    title: Amendments to the Placements Bill
    by: House of Lords
    published: 2023-06
    printings:
      - {name: Marshalled List, date: 2023-06-09, numbers: {childs-say: 31}}
      - {name: second Marshalled List, date: 2023-06-12, numbers: {childs-say: 34}}
# briefs/lords.yaml
title: Placements Bill [HL]
house: lords
proceeding: committee-stage
date: 2023-06-13
bill: HL Bill 98
amendment_list: committee-list
sections:
  - key_messages: [heard]
  - positions: [childs-say]
```

`despatch check` says:

```text
seeds/bill.yaml:5:17 warning [wrong-amendment-number] 31 was the number of `childs-say` on the Marshalled List of 9 June 2023; it is 34 now.
   5 |       Amendment 31 would give children a say, and we support it.
     |                 ^^
  help: Write the number that it has now, or name the amendment by what it does.
```

## Instead

```yaml
# seeds/bill.yaml
key_messages:
  - id: heard
    text: |
      Amendment 34 would give children a say, and we support it.
positions:
  - id: childs-say
    heading: Children to have a say
    proposal:
      from: committee-list
      amendment:
        text: |
          After Clause 7, insert the following new Clause—
    view:
      stance: support
      text: |
        We support this new clause.
sources:
  - id: committee-list
    kind: amendment-list
    title: Amendments to the Placements Bill
    by: House of Lords
    published: 2023-06
    printings:
      - {name: Marshalled List, date: 2023-06-09, numbers: {childs-say: 31}}
      - {name: second Marshalled List, date: 2023-06-12, numbers: {childs-say: 34}}
# briefs/lords.yaml
title: Placements Bill [HL]
house: lords
proceeding: committee-stage
date: 2023-06-13
bill: HL Bill 98
amendment_list: committee-list
sections:
  - key_messages: [heard]
  - positions: [childs-say]
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from despatch.content import Block, Printing, Reference
from despatch.dates import in_full
from despatch.diagnostics import Span
from despatch.kinds.positions import MOTIONS, is_unnumbered, listed_number
from despatch.office import Briefing, Finding, Office
from despatch.proof import Row
from despatch.source import Scalar
from despatch.wording import JOIN

NUMBER = re.compile(r"\d{1,4}[A-Z]{0,3}|[A-Z]\d{0,2}")
NUMBERS = re.compile(
    r"\b(?i:((?:Lords |Commons )?(?:amendment|amdt)|new clause|new schedule|motion|NC|NS)s?\.?\s?(?:no\.?\s|nos\.?\s|numbers?\s)?)"
    rf"((?:{NUMBER.pattern})(?:{JOIN}(?:{NUMBER.pattern})){{0,20}})\b"
)
"""What is tabled, by its numbers; each of these has numbers of its own."""
SHORT = {"amdt": "amendment", "nc": "new clause", "ns": "new schedule"}
TO = {" to ", "-", "–"}
"""What stands between the first and the last of several."""
FEW = 20
"""From one amendment to another so many further on, whoever writes has those between them in mind; in more, hardly each."""


Name: TypeAlias = tuple[str, str]
"""What is tabled, and its number: `new clause` and `3`."""


class _Mention(NamedTuple):
    """Where a text names one amendment, or several by the first and the last."""

    names: tuple[Name, Name]
    start: int
    end: int


class _Old(NamedTuple):
    """A number that an amendment once had: on which printing, whose it was, and what that one has now."""

    name: Name
    number: str
    position: str
    printing: Printing
    now: str | None


def check(office: Office) -> Iterator[Finding]:
    """A finding for each amendment whose number is missing or wrong, and for each old number in a briefing’s words."""
    blocks = {str(each.id): each for each in office.blocks()}
    for source in (each for library in office.libraries for each in library.sources.values()):
        for printing in source.printings:
            yield from _shared(printing, blocks)
    for briefing in office.briefings:
        tabled = [each for each in briefing.blocks if each.kind == "positions" and each.content.proposal.amendment]
        for block in tabled:
            yield from _unlisted(block, briefing)
        yield from _old_numbers(tabled, briefing)


def _shared(printing: Printing, blocks: Mapping[str, Block]) -> Iterator[Finding]:
    """Each number of a printing that another amendment has there as well."""
    seen: dict[str, tuple[Scalar, str, str]] = {}
    for position, number in printing.numbers.items():
        text = _tabled_text(blocks.get(position))
        first, other, words = seen.setdefault(number.casefold(), (number, position, text)) if text else (number, "", "")
        if text != words:
            message = f"{number} is the number of `{other}` as well on the {printing.name} of {in_full(printing.date)}."
            advice = "Look it up on the list: one of the two is wrong."
            yield Finding(number.span, message, advice, related=(("the other one is here", first.span),))


def _tabled_text(block: Block | None) -> str:
    """By what an amendment is known for the same as another’s: its words. Nothing for a motion on one, or one replaced."""
    amendment = block.content.proposal.amendment if block is not None and block.kind == "positions" else None
    if block is None or amendment is None or amendment.operation in MOTIONS:
        return ""
    is_current = block.superseded_by is None and block.status != "withdrawn"
    return " ".join((amendment.text or amendment.place or "").split()) if is_current else ""


def _unlisted(block: Block, briefing: Briefing) -> Iterator[Finding]:
    """What is wrong with the number of one amendment."""
    proposal, list_wanted = block.content.proposal, briefing.selection.brief.amendment_list
    source = briefing.selection.library.sources[proposal.from_]
    if not source.printings:
        return
    printing, said = source.printing(briefing.day), proposal.amendment.number
    number = listed_number(briefing.selection.library, source.id, block.id, briefing.day)
    if list_wanted is not None and str(list_wanted) != source.id:
        message = f"`{block.id}` is on the list `{source.id}`; `{briefing.name}` is about `{list_wanted}`."
        yield Finding(block.id.span, message, "Name the position on the amendment as it stands now.")
    elif number is None and said is None and not is_unnumbered(proposal.amendment):
        where = (
            f"the {printing.name} of {in_full(printing.date)}"
            if printing
            else f"any list before {in_full(briefing.day)}"
        )
        message = f"`{block.id}` has no number on {where}, so `{briefing.name}` prints none."
        yield Finding(block.id.span, message, f"Add it to the `numbers` of a printing of `{source.id}`.")
    elif None not in (number, said) and number != said and printing:
        message = f"`{block.id}` is amendment {number} on the {printing.name} of {in_full(printing.date)}, not {said}."
        yield Finding(said.span, message, "Delete this line: the list has the number.")


def _old_numbers(tabled: list[Block], briefing: Briefing) -> Iterator[Finding]:
    """Each place in a briefing that has an amendment’s number from an older printing."""
    names = {briefing.selection.brief.amendment_list, *(each.content.proposal.from_ for each in tabled)}
    known = briefing.selection.library.sources
    sources = [known[name] for name in sorted(str(each) for each in names if each is not None) if name in known]
    newest = [each for source in sources if (each := source.printing(briefing.day))]
    typed = {each.content.proposal.amendment.number for each in tabled}
    taken = {_name(each) for each in typed.union(*(each.numbers.values() for each in newest)) if each}
    old = [each for source in sources for each in _olds(source, briefing)]
    for row in briefing.proof.rows if old else ():
        for first, last in dict.fromkeys(each.names for each in _mentioned(row)):
            if first == last:
                mine = [each for each in old if each.name == first and row.origin.block == each.position]
                meant = mine or [each for each in old if each.name == first and first not in taken]
            else:
                meant = [each for each in old if _is_hidden(each, first, last, taken)]
            if meant:
                yield _old_number(row, meant[-1], (first, last), briefing)


def _is_hidden(old: _Old, first: Name, last: Name, taken: set[Name]) -> bool:
    """Whether an old number stands between two others that no amendment has now, and its amendment is not there any more."""
    is_there = old.now is None or _is_between(_name(old.now), first, last)
    return _is_between(old.name, first, last) and not is_there and taken.isdisjoint((first, old.name, last))


def _is_between(name: Name, first: Name, last: Name) -> bool:
    return name[0] == first[0] and _order(first[1]) < _order(name[1]) < _order(last[1])


def _order(number: str) -> tuple[int, str]:
    """By what numbers stand in order on a list: `12`, `12A`, `13`."""
    letters = number.lstrip("0123456789")
    return int(number.removesuffix(letters) or 0), letters


def _olds(source: Reference, briefing: Briefing) -> Iterator[_Old]:
    """The numbers that amendments no longer have, from the oldest printing to the last but one."""
    newest = source.printing(briefing.day)
    for printing in sorted(source.printings, key=lambda each: each.date):
        if newest is not None and printing.date < newest.date:
            for position, number in printing.numbers.items():
                if (now := newest.number(position)) != number:
                    yield _Old(_name(number), number, position, printing, now)


def _mentioned(row: Row) -> Iterator[_Mention]:
    """The amendments that are named in a line of our own words."""
    if row.part != "literal" and not row.origin.field.startswith("amendment."):
        yield from _mentions(row.text)


def _mentions(text: str) -> Iterator[_Mention]:
    """The amendments that a text names, and after them the first and last of each few that it does not name one by one."""
    for found in NUMBERS.finditer(text):
        kind = SHORT.get(found[1].casefold(), found[1].casefold())
        numbers = list(NUMBER.finditer(text, *found.span(2)))
        for one, other in (*((each, each) for each in numbers), *pairwise(numbers)):
            is_few = text[one.end() : other.start()] in TO and 0 < _order(other[0])[0] - _order(one[0])[0] <= FEW
            if one is other or is_few:
                yield _Mention(((kind, one[0]), (kind, other[0])), one.start(), other.end())


def _name(number: str) -> Name:
    """By what an amendment is known: `New Clause 3` says itself what it is, and `31` is an amendment."""
    return next((each.names[0] for each in _mentions(number)), ("amendment", number))


def _old_number(row: Row, old: _Old, names: tuple[Name, Name], briefing: Briefing) -> Finding:
    is_now = f"it is {old.now} now" if old.now else "it has none now"
    return Finding(
        _place(row, names),
        f"{old.number} was the number of `{old.position}` on the {old.printing.name} of {in_full(old.printing.date)}; {is_now}.",
        "Write the number that it has now, or name the amendment by what it does.",
        of=briefing.proof,
    )


def _place(row: Row, names: tuple[Name, Name]) -> Span:
    """Where amendments are named, on one line or on two; where the whole line is, if that is not typed as it is printed."""
    for each in _mentions(row.written.replace("\n", " ")) if row.written is not None else ():
        if each.names == names and row.written is not None:
            return row.written.span_of(each.start, each.end)
    return row.place
