"""“Up to” before a figure that says it already

**What it does.** Finds `up to`, `over`, `nearly` and the like in a sentence just before a fact whose value begins with
such words itself.

**Why.** The briefing would say “up to up to 20”, or, worse, “over up to 20”, which says nothing. The words belong to
the figure: there they are printed every time, and none of them can be dropped.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: cooperatives
    text: |
      The Review would set up up to {{rcc-count}} Regional Care Cooperatives.
facts:
  - id: rcc-count
    value: up to 20
    what: Regional Care Cooperatives that the Review proposes
    as_of: 2022-05-23
    source: the-review
sources:
  - id: the-review
    kind: review
    title: The Independent Review of Children’s Social Care
    published: 2022-05-23
```

`despatch check` says:

```text
seeds/homes.yaml:5:31 warning [doubled-qualifier] The figure says it already, so this prints “up to up to 20”.
   5 |       The Review would set up up to {{rcc-count}} Regional Care Cooperatives.
     |                               ^^^^^^^^^^^^^^^^^^^
  help: Delete “up to”.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: cooperatives
    text: |
      The Review would set up {{rcc-count}} Regional Care Cooperatives.
facts:
  - id: rcc-count
    value: up to 20
    what: Regional Care Cooperatives that the Review proposes
    as_of: 2022-05-23
    source: the-review
sources:
  - id: the-review
    kind: review
    title: The Independent Review of Children’s Social Care
    published: 2022-05-23
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from despatch.office import Finding, Office
from despatch.quantity import known, qualifier_before

OF_SPEECH = (
    r"(?i)\b(?:debat|discuss|question|enquir|inquir|concern|inform|advi[cs]|evidence|report|talk|worr|anxi|think|thought|"
    r"know|knew|ask|say|said|speak|spoke|speech|tell|told|hear|read|writ|wrote|learn|argu|complain|warn|remind|"
    r"remark|comment|statement)[a-z]*(?: (?:us|them|him|her|me|you|ministers|peers|members))?\s+\Z"
)
"""Words after which `about` is a preposition: `a debate about {{more than 50}} homes`."""


def check(office: Office) -> Iterator[Finding]:
    """A finding for each `up to`, `over` or `nearly` before a fact that has such words itself."""
    for sentence, token, fact in office.figures:
        value = known(fact.value, fact.what)
        words = qualifier_before(sentence.words[: token.start]) if value and value.qualifier != "exact" else ""
        said, start = " ".join(words.split()), token.start - len(words)
        if said and not (said.lower() == "about" and re.search(OF_SPEECH, sentence.words[:start])):
            yield Finding(
                sentence.span(start, token.end),
                f"The figure says it already, so this prints “{said} {fact.value}”.",
                f"Delete “{said}”.",
            )
