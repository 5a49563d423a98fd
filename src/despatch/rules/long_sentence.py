"""A long sentence

**What it does.** Advises where a sentence has more words than `most_words` under `house_style` in the style, which is 45 if it says
nothing. A list’s bullets are sentences of their own, and quotations keep their length.

**Why.** A sentence that is read out in the Chamber must be said in one or two breaths, and understood when it is heard once.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      Councils want homes for children that are near to their schools and to their friends and to the carers and the workers who know them, and that are run by people who stay and who are paid as they should be, for that is what children and carers ask of us.
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
seeds/homes.yaml:5:7 advice [long-sentence] This sentence has 51 words.
   5 |       Councils want homes for children that are near to their schools and to their friends and to th
     |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  help: Make two of it: the longest that the style wants has 45.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      Councils want homes for children that are near to their schools and to their friends and to the carers and the workers who know them. They should be run by people who stay and who are paid as they should be. That is what children and carers ask of us.
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

from despatch.office import Finding, Office
from despatch.passages import Passage
from despatch.wording import Place, by_document, found

GRAVITY = "advice"


def check(office: Office) -> Iterator[Finding]:
    """Advice for each passage with longer sentences than the style of a document that prints it allows."""
    for proofs, passages in by_document(office):
        for proof in proofs:
            most = proof.style.house_style.most_words if proof.style else 45
            long = [each for passage in passages for each in _long(passage, most)]
            if long:
                message = f"This sentence has {len(long[0].words.split())} words."
                yield found(long, message, f"Make two of it: the longest that the style wants has {most}.", proof)


def _long(passage: Passage, most: int) -> Iterator[Place]:
    for sentence in passage.sentences() if len(passage.text.split()) > most else ():
        if len(sentence.words.split()) > most and "“" not in sentence.words:
            yield Place(passage, sentence.start, sentence.start + len(sentence.words.rstrip()))
