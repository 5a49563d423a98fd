"""A document that is hard to read

**What it does.** Advises where a whole document needs readers older than `reading_age` under `house_style` in the style, which is 18 if
it says nothing. The age is that of Flesch and Kincaid, five more than their school grade: it rises with long
sentences and long words. Documents of fewer than 60 words are not measured.

**Why.** Peers are not specialists, and read a briefing on the way to the Chamber. Plain words are quicker to read and to say.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      Notwithstanding considerable organisational transformation, multidisciplinary safeguarding arrangements necessitate
      significantly greater financial sustainability, particularly regarding accommodation sufficiency and commissioning
      capability. Comprehensive intergovernmental collaboration remains indispensable: organisational fragmentation
      undermines accountability, discourages professional responsibility and exacerbates regional inequality. Transformational
      programmes consequently require proportionate implementation, independent evaluation, continuous professional
      development, sustainable remuneration and straightforward administrative procedures, irrespective of geographical
      considerations. Interdepartmental responsibilities similarly necessitate comprehensive reconsideration.
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
briefs/lords.yaml:2:8 advice [reading-age] Readers of this document need to be about 44 years old, by the length of its words and sentences.
   2 | title: Homes for children
     |        ^^^^^^^^^^^^^^^^^^
  help: The style wants 18 at most. Shorten the longest sentences first.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      Councils need money that lasts if they are to keep children safe, and most of all if they are to find them good
      homes. The departments of government must work as one. When each goes its own way, nobody knows who has to answer for
      what, workers lose heart, and children in one place get less help than children in the next. So change should come in
      small steps, and each should be tested. Those who do the work should be trained and paid as they deserve, and the
      forms that they fill in should be few and short, wherever they live.
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
from collections.abc import Iterator

from despatch.office import Finding, Office
from despatch.passages import sentence_ends
from despatch.proof import Proof

GRAVITY = "advice"
FEWEST_WORDS = 60
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(r"e(?<=[^aeiouyl\W]e)[sd]?\b")
"""An e at the end that is not said, as in `care` or `cared`."""


def check(office: Office) -> Iterator[Finding]:
    """Advice for each document that is harder to read than its style allows."""
    for proof in office.proofs:
        most = proof.style.house_style.reading_age if proof.style else 18
        age = reading_age(proof)
        if age > most:
            message = (
                f"Readers of this document need to be about {age} years old, by the length of its words and sentences."
            )
            place = next((row.place for row in proof.rows if row.part == "title"), proof.rows[0].place)
            yield Finding(
                place, message, f"The style wants {most} at most. Shorten the longest sentences first.", of=proof
            )


def reading_age(proof: Proof) -> int:
    """How old its readers need to be, by Flesch and Kincaid; 0 for a document that is too short to tell."""
    rows = [row for row in proof.rows if row.part in ("body", "bullet", "lead", "standfirst") and row.is_english]
    text = "\n".join(row.text for row in rows).casefold()
    words = len(text.split())
    if words < FEWEST_WORDS:
        return 0
    sentences = sum(len(sentence_ends(row.text)) + 1 for row in rows)
    syllables = max(len(VOWELS.findall(text)) - len(SILENT.findall(text)), words)
    return round(0.39 * words / sentences + 11.8 * syllables / words - 15.59) + 5
