"""A link that does not say where it leads

**What it does.** Finds links whose words are `here`, `click here`, `read more`, `this link` or only an address.

**Why.** Who hears a page read aloud hears its links one after the other: “here, here, more”. On paper, “here” is nowhere.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      Councils have set out what homes cost [here](https://homes.example/costs).
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
seeds/homes.yaml:5:46 warning [vague-link] “here” does not say where the link leads.
   5 |       Councils have set out what homes cost [here](https://homes.example/costs).
     |                                              ^^^^
  help: Let the link’s words name what it leads to.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      Councils have set out [what homes cost](https://homes.example/costs).
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

from collections.abc import Iterator

from despatch.document import Link, inlines, plain
from despatch.office import Finding, Office

VAGUE = {"here", "click here", "read more", "more", "this", "link", "this link", "the link", "this page", "find out more",
         "learn more", "see more", "see here", "website", "more information", "further information", "read it here",
         "available here", "read here", "download", "this website", "continue reading"}  # fmt: skip
ADDRESS = ("http://", "https://", "www.")


def check(office: Office) -> Iterator[Finding]:
    """A finding for each link whose words are vague, in a document that prints it."""
    for proof in office.proofs:
        for row in proof.rows:
            for link in inlines(row.words) if "contact" not in (row.group, row.part) else ():
                words = plain(link.words) if isinstance(link, Link) else ""
                if fault := _wrong(words):
                    yield Finding(row.span(words), fault, "Let the link’s words name what it leads to.", of=proof)


def _wrong(words: str) -> str:
    """What is wrong with a link's words, if anything."""
    if words.strip().startswith(ADDRESS):
        return "This link’s words are only its address."
    if " ".join(words.split()).strip(".,:;!>»› ").casefold() in VAGUE:
        return f"“{words.strip()}” does not say where the link leads."
    return ""
