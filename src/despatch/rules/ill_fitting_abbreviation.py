"""An abbreviation that does not fit its words

**What it does.** Finds an abbreviation in brackets after words of which all initials but one give it, such as
“Regional are Cooperatives (RCCs)”.

**Why.** A slip in the name of a body or an order escapes the spelling checker, since “are” is a word. The initials give
it away, and the place where a name is spelt out is the one that readers copy.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: cooperatives
    text: |
      The Review proposes Regional are Cooperatives (RCCs), owned by councils.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [cooperatives]
```

`despatch check` says:

```text
seeds/homes.yaml:5:27 warning [ill-fitting-abbreviation] “Regional are Cooperatives” does not give “RCC”, but “RAC”.
   5 |       The Review proposes Regional are Cooperatives (RCCs), owned by councils.
     |                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  help: Is one of its words another than was meant?
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: cooperatives
    text: |
      The Review proposes Regional Care Cooperatives (RCCs), owned by councils.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [cooperatives]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from despatch.abbreviations import abbreviations, initials, named_without, spelt_out_at
from despatch.content import Library
from despatch.office import Finding, Office
from despatch.proof import Proof


def check(office: Office) -> Iterator[Finding]:
    """A finding for each abbreviation that is spelt out by words with another initial."""
    for proof, library in office.documents():
        for short, spelt in abbreviations(proof).expansions.items():
            for each in spelt:
                if not each.fits and (here := spelt_out_at(each)):
                    message = f"“{each.long}” does not give “{short}”, but “{initials(each.long)}”."
                    yield Finding(here, message, _advice(short, proof, library), of=proof)


def _advice(short: str, proof: Proof, library: Library) -> str:
    """The words that are meant, where the library or the document has them."""
    term = library.terms.get(short)
    meant = term.long if term else named_without(proof, short)
    return f"Did you mean “{meant}”?" if meant else "Is one of its words another than was meant?"
