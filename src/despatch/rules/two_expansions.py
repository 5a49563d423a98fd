"""An abbreviation spelt out in two ways

**What it does.** Finds an abbreviation that stands for other words than it did further up in the same document, or than
the library’s `terms` say. Capitals, hyphens, and one or many make no difference.

**Why.** A reader who meets two names for one abbreviation has to ask whether there are two orders, two bodies or two
plans. In law there may well be.

## Example

```yaml
# seeds/kinship.yaml
key_messages:
  - id: orders
    text: |
      A child arrangements order (CAO) says with whom a child lives.
  - id: support
    text: |
      Support after a child assessment order (CAO) depends on where the child lives.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [orders, support]
```

`despatch check` says:

```text
seeds/kinship.yaml:8:23 warning [two-expansions] “CAO” stands for “child assessment order” here, and for “child arrangements order” above, in `lords`.
   8 |       Support after a child assessment order (CAO) depends on where the child lives.
     |                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  it is spelt out otherwise here: seeds/kinship.yaml:5:9
   5 |       A child arrangements order (CAO) says with whom a child lives.
     |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  help: Write it in one way; if these are two things, do not abbreviate both.
```

## Instead

```yaml
# seeds/kinship.yaml
key_messages:
  - id: orders
    text: |
      A child arrangements order (CAO) says with whom a child lives.
  - id: support
    text: |
      Support after a CAO depends on where the child lives.
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [orders, support]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from despatch.abbreviations import Expansion, abbreviations, folded, same_words, spelt_out_at
from despatch.content import Library
from despatch.office import Finding, Office
from despatch.proof import Proof


def check(office: Office) -> Iterator[Finding]:
    """A finding for each place at which an abbreviation is given other words than elsewhere."""
    for proof, library in office.documents():
        for spelt in abbreviations(proof).expansions.values():
            known = [each for each in spelt if each.long and each.fits]
            for each in known:
                if finding := _against_term(each, proof, library) or _against_first(known[0], each, proof):
                    yield finding


def _against_term(each: Expansion, proof: Proof, library: Library) -> Finding | None:
    term, here = library.terms.get(each.short), spelt_out_at(each)
    if term is None or here is None or same_words(each.long, term):
        return None
    return Finding(
        here,
        f"“{each.short}” stands for “{term.long}” in the library, and for “{each.long}” in `{proof.name}`.",
        f"Write `{{{{{each.short}}}}}`, or another abbreviation if something else is meant.",
        (("the library’s term", term.long.span),),
        of=proof,
    )


def _against_first(first: Expansion, each: Expansion, proof: Proof) -> Finding | None:
    here = spelt_out_at(each)
    if here is None or folded(first.long) == folded(each.long):
        return None
    return Finding(
        here,
        f"“{each.short}” stands for “{each.long}” here, and for “{first.long}” above, in `{proof.name}`.",
        "Write it in one way; if these are two things, do not abbreviate both.",
        (("it is spelt out otherwise here", spelt_out_at(first) or first.row.place),),
        of=proof,
    )
