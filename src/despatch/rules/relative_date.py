"""“Last year” and other dates that move

**What it does.** Finds, in the documents that print them, dates that depend on the day they are read: `last year`,
`this month`, `next week`, `recently`, `two years ago`, `the end of the year`, and `in June` or `by 13 August` without a
year. It says what to write for the sitting day. A quotation keeps its own.

**Why.** A library is read for years. What was last year when the sentence was written is not last year on the sitting
day, and nothing in the sentence gives it away.

## Example

```yaml
# seeds/funding.yaml
key_messages:
  - id: promise
    text: |
      Ministers promised money for early help in last year’s Spending Review.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [promise]
```

`despatch check` says:

```text
seeds/funding.yaml:5:50 warning [relative-date] “last year” means something else once `lords` is read on another day than 8 December 2022.
   5 |       Ministers promised money for early help in last year’s Spending Review.
     |                                                  ^^^^^^^^^
  help: Write “2021”, or “2021/22” for a financial year.
```

## Instead

```yaml
# seeds/funding.yaml
key_messages:
  - id: promise
    text: |
      Ministers promised money for early help in the 2021 Spending Review.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [promise]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from despatch.content import Library
from despatch.dates import in_full
from despatch.office import Finding, Office
from despatch.proof import Proof
from despatch.relative import Moving, moving
from despatch.wording import MOST_PLACES


def check(office: Office) -> Iterator[Finding]:
    """A finding for each date that is true only on the day on which it is read, in a document that prints it."""
    for proof, library in office.documents():
        for passage in proof.passages:
            dates = [each for each in moving([passage]) if not _is_contradicted(each, library, proof)]
            for number, each in enumerate(dates[:MOST_PLACES], start=1):
                yield _finding(each, proof, len(dates) - MOST_PLACES if number == MOST_PLACES else 0)


def _is_contradicted(each: Moving, library: Library, proof: Proof) -> bool:
    """Whether a figure in the same sentence says another date: then it is another rule's."""
    return proof.day is not None and bool(each.contradicted(library.facts, proof.day))


def _finding(each: Moving, proof: Proof, more: int) -> Finding:
    when = f"once `{proof.name}` is read on another day than {in_full(proof.day)}" if proof.day else "on another day"
    others = f", and {more} more like it here" if more > 0 else ""
    return Finding(each.span, f"“{each.words}” means something else {when}{others}.", each.advice(proof.day), of=proof)
