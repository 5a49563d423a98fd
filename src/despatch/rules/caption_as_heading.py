"""A portrait’s caption that poses as a heading

**What it does.** Finds a heading that is a person’s name, alone or with a post (`Jo Smith, review chair`), over a paragraph
that says itself who speaks.

**Why.** It was the line under a portrait. Without the portrait it seems to say whose words follow, and may be wrong.

## Example

```yaml
# seeds/reactions.yaml
passages:
  - id: reaction
    heading: Jo Smith, review chair
    text: |
      The chief executive of a charity, Sam Taylor, said that children should be heard.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - passages: [reaction]
```

`despatch check` says:

```text
seeds/reactions.yaml:4:14 warning [caption-as-heading] “Jo Smith, review chair” looks like the caption of a portrait, and stands here as a heading.
   4 |     heading: Jo Smith, review chair
     |              ^^^^^^^^^^^^^^^^^^^^^^
  help: Delete it, or say what the words under it are about.
```

## Instead

```yaml
# seeds/reactions.yaml
passages:
  - id: reaction
    heading: What a charity says
    text: |
      The chief executive of a charity, Sam Taylor, said that children should be heard.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - passages: [reaction]
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from despatch.diagnostics import shortened
from despatch.office import Finding, Office
from despatch.proof import Row

PERSON = re.compile(r"(?P<name>[A-Z][\w’'-]+ (?:[A-Z]\.? )?[A-Z][\w’'-]+)(?P<post>, [a-z][\w ’'-]{2,60})?")
POST = re.compile(r"(?:\b[A-Z][\w’'-]+,?|\b(?:chair|chief|director|minister|president|secretary),) $")
SAYS = re.compile(r"\b(?:said|says|commented|told|added|responded)\b")


def check(office: Office) -> Iterator[Finding]:
    """A finding for each heading that names a person, over words whose speaker is named anew."""
    for proof in office.proofs:
        for row, after in pairwise(proof.rows):
            if row.part == "heading" and after.part in ("body", "lead") and _is_caption(row, after):
                message = f"“{shortened(row.text)}” looks like the caption of a portrait, and stands here as a heading."
                yield Finding(row.span(), message, "Delete it, or say what the words under it are about.", of=proof)


def _is_caption(row: Row, after: Row) -> bool:
    """Whether a heading is a name with a post, or a name that the sentence under it gives again after a post.

    A body may have two words to its name as well, but has no post before it: “Action Tutoring said”.
    """
    found = PERSON.fullmatch(row.text.strip()[:120])
    if found is None or not SAYS.search(after.text[:300]):
        return False
    before, name, _ = after.text[:300].partition(found["name"])
    return bool(found["post"]) or bool(name and POST.search(before))
