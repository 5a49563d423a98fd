"""One thing abbreviated in two ways

**What it does.** Finds, in each finished document, an abbreviation that is written with capitals in one place and as a
word in another, such as COVID and Covid; and one whose last letter is written out, such as EHCP and EHC plan.

**Why.** Each form is right, and the two together look like two things, or like two writers.

## Example

```yaml
# seeds/schools.yaml
key_messages:
  - id: closures
    text: |
      Schools worked with councils throughout the COVID-19 pandemic.
  - id: exclusions
    text: |
      Exclusions rose before schools closed for Covid-19.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [closures, exclusions]
```

`despatch check` says:

```text
seeds/schools.yaml:8:49 warning [two-abbreviations] This is “Covid” here and “COVID” elsewhere in `lords`.
   8 |       Exclusions rose before schools closed for Covid-19.
     |                                                 ^^^^^
  “COVID” is here: seeds/schools.yaml:5:51
   5 |       Schools worked with councils throughout the COVID-19 pandemic.
     |                                                   ^^^^^
  help: Write it in one way.
```

## Instead

```yaml
# seeds/schools.yaml
key_messages:
  - id: closures
    text: |
      Schools worked with councils throughout the COVID-19 pandemic.
  - id: exclusions
    text: |
      Exclusions rose before schools closed for COVID-19.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [closures, exclusions]
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from despatch.abbreviations import Abbreviations, abbreviations, typed
from despatch.content import Library
from despatch.office import Finding, Office
from despatch.proof import Proof, Row

SHORTEST = 4
IN_TITLE_CASE = {"title", "heading", "label"}


def check(office: Office) -> Iterator[Finding]:
    """A finding for each second way in which a document abbreviates something."""
    for proof, library in office.documents():
        read = abbreviations(proof)
        first = {short: found[0].row for places in (read.expansions, read.uses) for short, found in places.items()}
        for short, usual in first.items():
            for row, other in (*_as_words(short, proof), *_written_out(short, read, library)):
                if here := typed(row, other):
                    message = f"This is “{other}” here and “{short}” elsewhere in `{proof.name}`."
                    related = ((f"“{short}” is here", typed(usual, short) or usual.place),)
                    yield Finding(here, message, "Write it in one way.", related, of=proof)


def _as_words(short: str, proof: Proof) -> Iterator[tuple[Row, str]]:
    """The first row in which the abbreviation is written like a word, and not because a sentence begins there."""
    word = short.capitalize()
    if len(short) >= SHORTEST and short.isupper():
        rows = (each for each in proof.rows if word in each.text and each.part not in IN_TITLE_CASE)
        found = (each for each in rows if re.search(rf"[\w,;] {word}(?!\w)", each.text))
        yield from ((each, word) for each in [next(found, None)] if each)


def _written_out(short: str, read: Abbreviations, library: Library) -> Iterator[tuple[Row, str]]:
    """The first row in which the last letter's word follows the rest: `EHC plan` for `EHCP`."""
    term = library.terms.get(short)
    spelt = [each.long for each in read.expansions.get(short, [])]
    last = (term.long if term else next(iter(spelt), "")).split(" ")[-1].lower()
    for use in read.uses.get(short[:-1], []) if last else ():
        other = f"{short[:-1]} {last.removesuffix('s')}"
        if use.row.text.startswith(other, use.place[1]):
            yield use.row, other
            return
