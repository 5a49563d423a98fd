"""Words that promise a link, and none

**What it does.** Finds words such as “can be read on our website”, “please visit”, “click here”, “set out in our submission” and “LGA
analysis shows”, and titles such as “the guidance, ‘Keeping Families Together’”, in a paragraph that has neither a link nor
a citation. Where a style prints no citations, it keeps quiet about the last three. A title is let be if another
paragraph leads to it.

**Why.** Somebody wants to read on, and cannot. The link was there once, and was lost when the text was copied.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      What homes cost can be read on our website.
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
seeds/homes.yaml:5:23 warning [missing-link] “can be read on our website” promises more to read, and nothing here leads to it.
   5 |       What homes cost can be read on our website.
     |                       ^^^^^^^^^^^^^^^^^^^^^^^^^^
  help: Make it a link, or cite the source.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      [What homes cost](https://homes.example/costs) can be read on our website.
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
from itertools import islice

from despatch.document import Citation, Footnote, Link, inlines
from despatch.office import Finding, Office
from despatch.proof import Proof, Row

PROMISES = re.compile(
    r"\b(?:can|may) be (?:read|found|seen|viewed|downloaded|accessed) (?:in full )?(?:here|online|(?:on|at|from|via) (?:our|the \w+) (?:web)?site)\b"
    r"|\bis available (?:here|online|(?:on|from) our (?:web)?site)\b"
    r"|\b(?:please )?visit (?:our (?:web)?site\b|here\b)|\bplease visit\W*\Z|\b[Cc]lick here\b"
    r"|\b(?:at|follow|see|use) (?:the following|the|this) link(?: below)?\b|\b(?:read|see) (?:the|our) full \w+ (?:here|online)\b"
)
CITES = re.compile(
    r"\b(?:outlined|set out|detailed|described|explained) in our (?:\w+ )?(?:submission|response|report|briefing|evidence|analysis)\b"
    r"|\b(?:LGA|[Oo]ur(?: own)?) (?:analysis|research|survey|modelling)(?: in \d{4})? (?:shows?|showed|found|finds|suggests?|estimates?)\b(?!,)"
)
TITLED = re.compile(
    r"\b(?:guidance|report|strategy|plan|paper|study|framework|code),? "
    r"[‘“](?P<title>[A-Z][\w’-]+(?: (?:[A-Z][\w’-]*|and|or|of|the|to|for|in|on|at|from|with|a|an)){1,15} [A-Z][\w’-]+)[’”]"
)
"""A document by its title, which a reader will look for."""
HINTS = {
    PROMISES: ("site", "visit", "link", " here", "online"),
    CITES: (" in our ", "analysis", "research", "survey", "modelling"),
}
"""One of these stands in whatever each of the two finds, and is found far sooner."""
MOST_NAMED = 3
"""So many of them a finding names; more would hide the first."""
ADDRESS = re.compile(r"https?://|www\.|\w\.(?:gov|org|co|ac)\.uk\b|\w@\w")


def check(office: Office) -> Iterator[Finding]:
    """A finding for each promise of a link in a paragraph without one."""
    for proof in office.proofs:
        cites = proof.style is None or proof.style.citations != "none"
        for row in proof.rows:
            if row.part in ("body", "bullet", "lead", "standfirst"):
                words = _promises(row.text, cites=cites) + (_titled(row.text, proof) if cites else [])
                if words and not _leads_somewhere(row):
                    yield _finding(row, words[:MOST_NAMED], proof)


def _promises(text: str, *, cites: bool) -> list[str]:
    """The words of a line that promise something to read, those that name a source only where the style cites it."""
    patterns = [each for each in (PROMISES, CITES)[: 1 + cites] if any(map(text.__contains__, HINTS[each]))]
    return [match[0] for each in patterns for match in each.finditer(text)]


def _titled(text: str, proof: Proof) -> list[str]:
    """The documents that a line names by their titles, those aside to which another line of the document leads."""
    found = list(islice(TITLED.finditer(text), MOST_NAMED)) if "‘" in text or "“" in text else []
    lines = [each.text for each in proof.rows if _leads_somewhere(each)] if found else []
    return [match[0] for match in found if not any(match["title"] in each for each in lines)]


def _finding(row: Row, promised: list[str], proof: Proof) -> Finding:
    first, *rest = promised
    more = f", and so {'does' if len(rest) == 1 else 'do'} “{'” and “'.join(rest)}”" if rest else ""
    message = f"“{first}” promises more to read{more}, and nothing here leads to it."
    return Finding(row.span(first), message, "Make it a link, or cite the source.", of=proof)


def _leads_somewhere(row: Row) -> bool:
    """Whether a line has a link, a mark that leads to a source, or an address."""
    leads = any(isinstance(each, Link | Citation | Footnote) for each in inlines(row.words))
    return leads or bool(ADDRESS.search(row.text))
