"""A sentence that does not end

**What it does.** Finds a paragraph or a bullet without a full stop where those round it have one. Bullets that all do
without are a style of their own.

**Why.** It may be a slip of the finger. It may be half a sentence, cut off where a figure or a condition stood.

## Example

```yaml
# seeds/homes.yaml
passages:
  - id: homes
    heading: Homes for children
    text: |
      Children should live near their schools and their friends.

      Councils have called for more homes, and for better plans

      Carers need support from the day on which a child arrives.

      Social workers know the families who could look after a child.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - passages: [homes]
```

`despatch check` says:

```text
seeds/homes.yaml:8:48 warning [unfinished-sentence] This ends with “for better plans” and no full stop, where the others end in one.
   8 |       Councils have called for more homes, and for better plans
     |                                                ^^^^^^^^^^^^^^^^
  help: End it with a full stop, or finish the sentence.
```

## Instead

```yaml
# seeds/homes.yaml
passages:
  - id: homes
    heading: Homes for children
    text: |
      Children should live near their schools and their friends.

      Councils have called for more homes, and for better plans.

      Carers need support from the day on which a child arrives.

      Social workers know the families who could look after a child.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - passages: [homes]
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from despatch.office import Finding, Office
from despatch.proof import Proof, Row
from despatch.sections import lists

ENDED = re.compile(r"[.!?…:;,](?:[”’\"')\]]|\s|\[\d+\])*$")
REMARK = re.compile(r"[.!?] \([^()]*\)$")
FEWEST_WORDS, FEWEST = 8, 3
"""Fewer words are a line, such as an address; fewer others show no habit."""
MOST_WITHOUT = 0.15
"""Where more of them have no stop, that is how the document is written."""


def check(office: Office) -> Iterator[Finding]:
    """A finding for each paragraph and each bullet that does not end, where its like do."""
    for proof in office.proofs:
        for alike in (_paragraphs(proof), *lists(proof)):
            without = [row for row in alike if not _ends(row) and _is_text(row)]
            texts = [row for row in alike if _is_text(row)] if without else []
            if len(texts) - len(without) >= FEWEST and len(without) <= max(1, MOST_WITHOUT * len(texts)):
                yield from (_finding(row, proof) for row in without)


def _paragraphs(proof: Proof) -> list[Row]:
    """A document's paragraphs of running text."""
    apart = ("front", "contact", "quotation", "figure")
    return [row for row in proof.rows if row.part == "body" and not row.level and row.group not in apart]


def _is_text(row: Row) -> bool:
    """Whether a line is long enough for a sentence, and is neither a title nor an address."""
    words = row.text.split()
    capitals = sum(each[0].isupper() for each in words)
    is_address = bool(words) and any(each in words[-1] for each in ("://", "www.", "@"))
    return len(words) >= FEWEST_WORDS and capitals * 2 < len(words) and not is_address


def _ends(row: Row) -> bool:
    """Whether a line ends in a stop, or where it may: after a quotation or a remark in brackets, or before a list's last.

    After “please visit” it lacks more than a stop, as `missing-link` says.
    """
    end = row.text.rstrip()[-200:]
    return bool(ENDED.search(end[-40:]) or REMARK.search(end)) or end.endswith(("”", " and", " or", " please visit"))


def _finding(row: Row, proof: Proof) -> Finding:
    words = " ".join(row.text.split()[-3:])
    message = f"This ends with “{words}” and no full stop, where the others end in one."
    return Finding(row.span(words), message, "End it with a full stop, or finish the sentence.", of=proof)
