"""An abbreviation that is not spelt out

**What it does.** Finds, in each finished document, an abbreviation that is spelt out nowhere in it, or only further on.
In a heading or a label it may stand before the text spells it out. Let be are those that every reader knows, such as
NHS and MP, those in the name of a court case, those under `words` in the library, and the style's own label over a view.

**Why.** Every briefing has readers who are new to the subject. One who stops to work out what four capitals mean has
lost the sentence; in the Chamber, where it is read aloud, so has everybody.

## Example

```yaml
# seeds/workforce.yaml
key_messages:
  - id: agencies
    text: |
      We look forward to working on this with the DfE.
terms:
  - short: DfE
    long: Department for Education
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [agencies]
```

`despatch check` says:

```text
seeds/workforce.yaml:5:51 warning [unexpanded-abbreviation] “DfE” is used, and spelt out nowhere, in `lords`.
   5 |       We look forward to working on this with the DfE.
     |                                                   ^^^
  help: Write `{{DfE}}`: where it stands first, it prints “Department for Education (DfE)”.
```

## Instead

```yaml
# seeds/workforce.yaml
key_messages:
  - id: agencies
    text: |
      We look forward to working on this with the {{DfE}}.
terms:
  - short: DfE
    long: Department for Education
# briefs/lords.yaml
title: Children’s social care
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [agencies]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from despatch import spelling
from despatch.abbreviations import NOT_BODY, Expansion, Use, abbreviations, named_without, typed
from despatch.content import Library, Term
from despatch.diagnostics import Span
from despatch.office import Finding, Office
from despatch.proof import Proof, Row
from despatch.sections import folded, label


def check(office: Office) -> Iterator[Finding]:
    """A finding for each abbreviation in a document whose first reader is not told what it means."""
    for proof, library in office.documents():
        read = abbreviations(proof)
        for short, found in read.uses.items():
            uses = [each for each in found if not _is_own_label(each.row, proof)]
            if uses and short not in spelling.sector() and short not in library.words:
                term = library.terms.get(short)
                advice = _advice(short, term, is_ours=proof not in office.outside)
                yield from _found(proof, uses, read.expansions.get(short, []), library, advice)


def _is_own_label(row: Row, proof: Proof) -> bool:
    """Whether a line is the label that the style has over a view."""
    own = proof.style.labels.view if proof.style is not None and row.part in ("heading", "label") else ""
    return bool(own) and folded(label(row)) == folded(own)


def _found(
    proof: Proof, uses: list[Use], expansions: list[Expansion], library: Library, advice: str
) -> Iterator[Finding]:
    """A finding at the first place where it is typed too early, if it is."""
    early = [each for each in uses if not expansions or _is_before(each, expansions[0])]
    place = next(((span, each) for each in early if (span := _place(each, library))), None)
    if place is None:
        return
    span, use = place
    related: tuple[tuple[str, Span], ...] = ()
    if expansions:
        message = f"“{use.short}” is used before it is spelt out"
        related = (("it is spelt out here", expansions[0].row.span(use.short)),)
    elif name := _name(proof, use, library.terms.get(use.short)):
        message = f"“{use.short}” is used, and “{name}” stands above without “({use.short})”"
    else:
        message = f"“{use.short}” is used, and spelt out nowhere"
    yield Finding(span, f"{message}, in `{proof.name}`.", advice, related, of=proof)


def _place(use: Use, library: Library) -> Span | None:
    """Where it is typed: in the text of its line, or, in a table of figures, where the library says what one counts."""
    place = typed(use.row, use.short)
    if place or use.row.part != "cell" or use.row.written is not None:
        return place
    counted = (each.what for each in library.facts.values() if each.what.casefold() in use.row.text.casefold())
    return next(filter(None, (typed(replace(use.row, written=each), use.short) for each in counted)), None)


def _is_before(use: Use, expansion: Expansion) -> bool:
    return use.place < expansion.place and use.row.part not in NOT_BODY


def _name(proof: Proof, use: Use, term: Term | None) -> str:
    """The words that the abbreviation stands for, if they stand somewhere before its first use."""
    if term and any(term.long.casefold() in row.text.casefold() for row in proof.rows[: use.place[0]]):
        return term.long
    return named_without(proof, use.short, use.place)


def _advice(short: str, term: Term | None, *, is_ours: bool) -> str:
    if is_ours and term:
        return f"Write `{{{{{short}}}}}`: where it stands first, it prints “{term.long} ({short})”."
    if is_ours:
        return f"Add it to `terms` and write `{{{{{short}}}}}`, or to `words` if every reader knows it."
    if term:
        return f"Where it stands first, write “{term.long} ({short})”."
    return (
        f"Spell it out where it stands first, with “({short})” after it; or add it to `words` if every reader knows it."
    )
