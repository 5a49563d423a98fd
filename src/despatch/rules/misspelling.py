"""A word that is misspelt

**What it does.** Finds words that no British dictionary has, nor Despatch's own list of the sector's words, nor the
library: an office's `words`, its terms, topics, contacts, and the names in the titles of its sources. A word with a
capital may be a name, so it is found only where one slip makes it of a common word, as in `Goverment`.

**Why.** A misspelt word is the first thing a reader sees, and the last that its writer does. One in the name of a body
or of a Bill makes a reader doubt the figures too.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: leaders
    text: |
      To expediate this, train the leaders of children’s homes.
```

`despatch check` says:

```text
seeds/homes.yaml:5:10 warning [misspelling] “expediate” seems to be misspelt.
   5 |       To expediate this, train the leaders of children’s homes.
     |          ^^^^^^^^^
  help: Did you mean “expedite”? If it is right, add it to `words` in the library.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: leaders
    text: |
      To expedite this, train the leaders of children’s homes.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from despatch import spelling
from despatch.content import Library
from despatch.office import Finding, Office
from despatch.passages import Passage
from despatch.proof import Proof

MOST_SUGGESTED = 20
"""Words for which others are looked for, since that takes long."""
SHORTEST_CAPITAL = 6
FEW = 4
"""Misspelt words in a passage that may still be English, however short it is."""


def check(office: Office) -> Iterator[Finding]:
    """A finding for each passage and each word in it that is in no dictionary."""
    words = spelling.words(each.words for each in office.passages)
    wrong = sorted(each for each in spelling.unknown(words, _vouched(office)) if _is_no_name(each))
    meant = {word: spelling.suggestions(word) for word in wrong[:MOST_SUGGESTED]}
    listed = set(wrong)
    for passage in office.passages if wrong else ():
        for at, word in _wrong_in(passage, listed):
            yield _finding(passage, word, at, meant.get(word, []), office.holder(passage))


def _wrong_in(passage: Passage, wrong: set[str]) -> list[tuple[int, str]]:
    """The misspelt words of a passage, each after its place; none, where most of its words are of another language."""
    words = spelling.words([passage.words])
    found = words.intersection(wrong)
    if len(found) > FEW and len(found) > len(words) / 3:
        return []
    return spelling.places(passage.words, found)


def _is_no_name(word: str) -> bool:
    if word[0].islower():
        return len(word) > 1
    return len(word) >= SHORTEST_CAPITAL and bool(spelling.slips(word))


def _finding(passage: Passage, word: str, at: int, meant: list[str], document: Proof | None) -> Finding:
    advice = f"Did you mean {' or '.join(f'“{each}”' for each in meant)}? " if meant else ""
    is_quoted = passage.is_quotation or not passage.own.startswith(word, at)
    right = "If what is quoted has it so, `ignore` it here, or" if is_quoted else "If it is right,"
    return Finding(
        passage.span(at, at + len(word)),
        f"“{word}” seems to be misspelt.",
        f"{advice}{right} add it to `words` in the library.",
        of=document,
    )


def _vouched(office: Office) -> set[str]:
    """The words that the libraries and the styles have by name."""
    titles = [text for each in office.libraries for text in _titles(each)]
    titles += [proof.style.organisation for proof in office.proofs if proof.style]
    names = {each for each in spelling.words(titles) if each[0].isupper()}
    return names | spelling.words(text for each in office.libraries for text in _texts(each))


def _texts(library: Library) -> Iterator[str]:
    yield from (each.word for each in library.words.values())
    for term in library.terms.values():
        yield from (term.short, term.long, term.plural or "")
    for topic in library.topics.values():
        yield from (topic.label, *topic.also)


def _titles(library: Library) -> Iterator[str]:
    for source in library.sources.values():
        yield from (source.title, source.short or "", source.by or "")
    yield from (block.content.name for block in library.blocks.values() if block.kind == "contacts")
