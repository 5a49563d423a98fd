"""What a hurried officer types, and what is found: each mistake once, at its own place, and nothing that follows from it.

A case is a seed file, or a brief where it begins with a title; after `→` come line, column and rule of what is found
(`?` for a rule that has no name yet). What the messages say is shown by the explanations of the faults.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from despatch.checking import everything
from despatch.diagnostics import Diagnostic
from despatch.workspace import Workspace

OURS = """\
topics:
  - {id: homes, label: Homes for children}
  - {id: kinship, label: Kinship care}
sources:
  - {id: the-review, kind: review, title: The Review, published: 2022}
facts:
  - {id: in-care, value: "82,170", what: children in care, as_of: 2022, source: the-review}
terms:
  - {short: SGO, long: special guardianship order}
key_messages:
  - {id: homes-wait, topics: [homes], text: Homes cannot wait.}
passages:
  - {id: background, text: "{{in-care}} children need homes."}
"""
MISTAKES = """
## a line a space too far to the right
key_messages:
  - id: homes
     text: |
      Homes cannot wait.
→ 3:10 yaml-syntax

## a line a space too far to the left
key_messages:
  - id: homes
   text: |
      Homes cannot wait.
→ 3:4 yaml-syntax

## prose at the left edge
key_messages:
  - id: homes
    text: |
Homes cannot wait.
→ 4:1 yaml-syntax

## no dash before the first entry
key_messages:
  id: homes
  text: |
    Homes cannot wait.
→ 2:3 wrong-shape

## no dash before the second entry
key_messages:
  - id: homes
    text: |
      Homes cannot wait.
    id: kinship
→ 5:5 duplicate-field

## no space after the dash
key_messages:
  -id: homes
   text: |
    Homes cannot wait.
→ 3:8 yaml-syntax

## no space after the colon
key_messages:
  - id: homes
    text:Homes cannot wait.
→ 3:5 yaml-syntax

## a colon in a heading
passages:
  - id: homes
    heading: Homes: the case for change
    text: |
      Homes cannot wait.
→ 3:19 yaml-syntax

## a colon in a bullet
key_messages:
  - id: homes
    lead: |
      We ask for:
    points:
      - Oversight: one inspector
      - Money
→ 6:9 bullet-with-colon

## a colon after more words, in a bullet
key_messages:
  - id: homes
    lead: |
      We ask for:
    points:
      - The Minister was clear: no child waits
→ 6:9 bullet-with-colon

## curly quotation marks round an id
key_messages:
  - id: “homes”
    text: Homes cannot wait.
→ 2:9 bad-id

## curly quotation marks round words
key_messages:
  - id: homes
    text: “Homes cannot wait.”
→ nothing

## an underscore in an id
key_messages:
  - id: homes_wait
    text: Homes cannot wait.
→ 2:9 bad-id

## nothing after the id
key_messages:
  - id:
    text: Homes cannot wait.
→ 2:5 missing-field

## tabs for indentation
key_messages:
\t- id: homes
\t  text: Homes cannot wait.
→ 2:1 yaml-syntax

## one tab among the spaces
key_messages:
  - id: homes
\ttext: Homes cannot wait.
→ 3:1 yaml-syntax

## a tab after the colon
key_messages:
  - id:\thomes
    text: Homes cannot wait.
→ nothing

## hard spaces from Word for indentation
key_messages:
  - id: homes
\u00a0\u00a0\u00a0\u00a0text: Homes cannot wait.
→ 3:1 ?

## two paragraphs without a bar
key_messages:
  - id: homes
    text:
      Homes cannot wait.

      Nor can children.
→ 4:7 folded-prose

## two paragraphs in quotation marks
key_messages:
  - id: homes
    text: "Homes cannot wait.

      Nor can children."
→ 3:11 folded-prose

## bullets without a bar
key_messages:
  - id: homes
    text: We ask for
      - homes
      - carers
→ 3:11 folded-prose

## bullets under a bullet, without `points`
key_messages:
  - id: homes
    lead: |
      We ask for:
    points:
      - homes
        - near the family
      - carers
→ 6:9 folded-prose

## a long sentence on two lines without a bar
key_messages:
  - id: homes
    text: Homes cannot wait,
      nor can children.
→ nothing

## bullets in place of text
key_messages:
  - id: homes
    text:
      - Homes cannot wait.
      - Nor can children.
→ 4:7 wrong-shape

## words in place of points
key_messages:
  - id: homes
    points: Homes cannot wait.
→ 3:13 wrong-shape

## points under a bar
key_messages:
  - id: homes
    points: |
      - Homes cannot wait.
→ 4:7 wrong-shape

## points with one dash too many
key_messages:
  - id: homes
    points:
      - - Homes cannot wait.
→ 4:9 wrong-shape

## a list in place of a heading
passages:
  - id: homes
    heading: [Homes, Children]
    text: Homes cannot wait.
→ 3:14 wrong-shape

## a link at the beginning
passages:
  - id: homes
    text: [The Review](https://example.org) says so.
→ 3:23 yaml-syntax

## a quotation at the beginning
passages:
  - id: homes
    text: "Homes" is what they need.
→ 3:19 yaml-syntax

## an apostrophe inside quotation marks
passages:
  - id: homes
    heading: 'The child's home'
    text: Homes cannot wait.
→ 3:25 yaml-syntax

## a quotation mark that is not closed
passages:
  - id: homes
    heading: "Homes
    text: Homes cannot wait.
→ 3:14 yaml-syntax

## a bracket that is not closed
passages:
  - id: homes
    topics: [homes, kinship
    text: Homes cannot wait.
→ 3:13 yaml-syntax

## a bracket that is not opened
passages:
  - id: homes
    topics: homes]
    text: Homes cannot wait.
→ 3:13 unknown-topic

## emphasis at the beginning
passages:
  - id: homes
    text: **Homes** cannot wait.
→ 3:11 yaml-syntax

## a handle at the beginning
passages:
  - id: homes
    text: @LGAcomms said so.
→ 3:11 yaml-syntax

## a per cent sign at the beginning
passages:
  - id: homes
    text: % of homes
→ 3:11 yaml-syntax

## an ampersand at the beginning
passages:
  - id: homes
    text: &c
→ 3:11 yaml-alias

## more than, at the beginning
passages:
  - id: homes
    text: > 20 per cent wait.
→ 3:11 yaml-syntax

## a number sign at the beginning
passages:
  - id: homes
    text: #1 for homes
→ 3:11 comment-cuts-text

## a figure at the beginning
passages:
  - id: homes
    text: {{in-care}} children wait.
→ 3:11 prose-in-braces

## a figure alone
passages:
  - id: homes
    heading: {{in-care}}
    text: Homes cannot wait.
→ 3:14 prose-in-braces

## a figure at the beginning of a bullet
key_messages:
  - id: homes
    points:
      - {{in-care}} children wait.
→ 4:9 prose-in-braces

## a figure in a heading
passages:
  - id: homes
    heading: The {{in-care}} children
    text: Homes cannot wait.
→ nothing

## a line of signs among the words
passages:
  - id: homes
    text: |
      Homes
      =======
      >>>>>>> Homes cannot wait.
→ nothing

## nothing in the braces
passages:
  - id: homes
    text: |
      There are {{}} homes and {{ }} children.
→ 4:17 unknown-fact
→ 4:32 unknown-fact

## a brace too few after a figure
passages:
  - id: homes
    text: |
      There are {{in-care} children in care.
→ 4:17 ?

## no braces after a figure
passages:
  - id: homes
    text: |
      There are {{in-care children in care.
→ 4:17 ?

## one brace on each side of a figure
passages:
  - id: homes
    text: |
      There are {in-care} children in care.
→ 4:17 ?

## a bracket too few after a citation
passages:
  - id: homes
    text: |
      Children wait [@the-review, as it says.
→ 4:21 ?

## a page in a citation
passages:
  - id: homes
    text: |
      Children wait [@the-review, p. 5].
→ 4:21 unknown-source

## a term in small letters
passages:
  - id: homes
    text: |
      An {{sgo}} helps.
→ 4:10 unknown-fact

## topics with commas and no brackets
passages:
  - id: homes
    topics: homes, kinship
    text: Homes cannot wait.
→ 3:13 unknown-topic

## capitals in the names of fields
passages:
  - Id: homes
    Text: Homes cannot wait.
→ 2:5 unknown-field
→ 3:5 unknown-field

## misspelt fields
passages:
  - id: homes
    hedding: Homes
    txt: Homes cannot wait.
→ 3:5 unknown-field
→ 4:5 unknown-field

## a misspelt list
key_message:
  - id: homes
    text: Homes cannot wait.
→ 1:1 unknown-list

## the same list twice
passages:
  - id: homes
    text: Homes cannot wait.
passages:
  - id: carers
    text: Nor can carers.
→ 4:1 duplicate-field

## a dash before everything
- id: homes
  text: Homes cannot wait.
→ 1:1 wrong-shape

## only words
Homes cannot wait.
→ 1:1 wrong-shape

## nothing

→ nothing

## only a remark
# Homes: to do.
→ nothing

## lists with nothing in them yet
passages:
key_messages: []
→ nothing

## numbers and words that other programs take for something else
passages:
  - id: 2022
    heading: no
    text: 12
  - id: null
    heading: ~
    text: 2022-12-08
→ 4:11 unregistered-number
→ 7:11 unregistered-number

## a merge
passages:
  - &base
    id: homes
    text: Homes cannot wait.
  - <<: *base
    id: carers
→ 2:5 yaml-alias
→ 5:9 yaml-alias

## a tag
passages:
  - id: homes
    text: !important Homes cannot wait.
→ 3:11 yaml-tag

## a key with a question mark
passages:
  - ? [homes]
    : Homes cannot wait.
→ 2:7 ?

## three blocks with one id
passages:
  - {id: homes, text: Homes cannot wait.}
  - {id: homes, text: Nor can carers.}
  - {id: homes, text: Nor can children.}
→ 3:10 id-clash
→ 4:10 id-clash

## a topic under itself
topics:
  - {id: fostering, label: Foster care, under: fostering}
→ 2:10 circular

## a block that supersedes itself
passages:
  - {id: homes, text: Homes cannot wait., superseded_by: homes}
→ 2:10 circular

## a last day before the first
passages:
  - id: homes
    valid: {from: 2022-12-08, until: 2022-01-31}
    text: Homes cannot wait.
→ 3:12 fields-do-not-fit

## a House in place of where a block may be used
passages:
  - id: homes
    only: lords
    text: Homes cannot wait.
→ 3:11 wrong-shape

## a position's fields all at one level
positions:
  - id: homes
    heading: Homes
    proposal:
    from: the-review
    view:
    stance: mixed
→ 4:5 missing-field
→ 5:5 unknown-field
→ 6:5 missing-field
→ 7:5 unknown-field

## a fact named in another fact's value
facts:
  - id: gap
    value: up to {{other}}
    what: the gap
    source: page
  - {id: other, value: "5", what: another, as_of: 2022, source: page}
sources:
  - {id: page, kind: page, title: A page, published: 2022}
→ 3:18 unfinished-name

## a web address without its beginning
sources:
  - {id: page, kind: page, title: A page, url: www.example.org}
→ 2:48 bad-address

## a month in words
sources:
  - {id: page, kind: page, title: A page, published: May 2022}
→ 2:54 bad-date

## a date in words, in a brief
title: Homes
house: lords
proceeding: take-note-debate
date: 8 December 2022
sections:
  - key_messages: [homes-wait]
→ 4:7 bad-date

## a day that is not in the calendar
title: Homes
house: lords
proceeding: take-note-debate
date: 2022-02-30
sections:
  - key_messages: [homes-wait]
→ 4:7 bad-date

## a briefing of no pages and no words
title: Homes
house: lords
proceeding: take-note-debate
date: 2022-12-08
max_words: 0
pages: 0
sections:
  - key_messages: [homes-wait]
→ 5:12 bad-number
→ 6:8 bad-number

## capitals in a brief's words
title: Homes
house: Lords
proceeding: Take-note debate
date: 2022-12-08
sections:
  - key_messages: [Homes-Wait]
→ 2:8 unknown-value
→ 3:13 unknown-proceeding
→ 6:20 unknown-block

## sections without dashes
title: Homes
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  key_messages: [homes-wait]
→ 6:3 wrong-shape

## a section of a misspelt kind
title: Homes
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_message: [homes-wait]
→ 6:5 unknown-field

## two kinds in one section
title: Homes
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [homes-wait]
    passages: [background]
→ 7:5 fields-do-not-fit

## blocks with commas and no brackets
title: Homes
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - blocks: homes-wait, background
→ 6:13 unknown-block

## one block without brackets
title: Homes
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: homes-wait
→ nothing

## topics of a brief as a list
title: Homes
house: lords
proceeding: take-note-debate
date: 2022-12-08
topics: [homes]
sections:
  - key_messages: [homes-wait]
→ 5:9 wrong-shape

## a local block with the library's id, and a local term with its abbreviation
title: Homes
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [homes-wait]
local:
  key_messages:
    - {id: homes-wait, text: Homes cannot wait.}
  terms:
    - {short: SGO, long: something else}
→ 9:12 id-clash
→ 11:15 id-clash

## local blocks that supersede each other
title: Homes
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [today]
local:
  key_messages:
    - {id: today, text: Homes cannot wait., superseded_by: today}
→ 9:12 circular

## no space after a dash
title: Homes
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages:
      - homes-wait
      -homes-wait
→ 8:7 yaml-syntax

## a contact that is a passage
title: Homes
house: lords
proceeding: take-note-debate
date: 2022-12-08
contact: background
sections:
  - key_messages: [homes-wait]
→ 5:10 unknown-contact

## no sections
title: Homes
house: lords
proceeding: take-note-debate
date: 2022-12-08
→ 1:1 missing-field

## a seed among the briefs
title: Homes
passages:
  - id: homes
    text: Homes cannot wait.
→ 1:1 missing-field
→ 2:1 unknown-field
"""
CASES = dict(case.strip("\n").split("\n", 1) for case in re.split(r"^## ", MISTAKES, flags=re.MULTILINE)[1:])


@pytest.mark.parametrize("what", CASES)
def test_mistake_is_found_once_at_its_place(what: str, tmp_path: Path) -> None:
    text, _, marks = CASES[what].partition("→ ")
    expected = [] if marks == "nothing" else marks.split("\n→ ")
    found = _found(tmp_path, text)
    assert [_without_name(each, *expected) for each in found] == expected


@pytest.mark.parametrize(
    ("what", "help"),
    [
        ("no space after a dash", "Write a space after it."),
        (
            "topics of a brief as a list",
            "Give each field a name and a colon. Fields here are `include`, `exclude`.",
        ),
    ],
)
def test_a_mistake_is_told_as_what_it_is(what: str, help: str, tmp_path: Path) -> None:
    [fault] = _faults(tmp_path, CASES[what].partition("→ ")[0])
    assert fault.help == help


def _found(root: Path, text: str) -> list[str]:
    """Line, column and rule of each fault of a seed file, or of a brief."""
    return [f"{each.span.line}:{each.span.column} {each.rule}" for each in _faults(root, text)]


def _faults(root: Path, text: str) -> list[Diagnostic]:
    """The faults of a seed file, or of a brief, beside a library that has none."""
    mistaken = root / ("briefs/lords.yaml" if text.startswith("title:") else "seeds/mistaken.yaml")
    for path, content in ((root / "seeds" / "ours.yaml", OURS), (mistaken, text)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    (root / "briefs").mkdir(exist_ok=True)
    faults = [each for each in everything(Workspace(root), []) if each.severity != "advice"]
    assert {each.span.path for each in faults} <= {mistaken}
    return faults


def _without_name(found: str, *expected: str) -> str:
    """What was found, without the rule's name where any rule will do."""
    anonymous = f"{found.split(maxsplit=1)[0]} ?"
    return anonymous if anonymous in expected else found
