"""Two sentences with only a comma between them

**What it does.** Advises where a comma seems to stand for a full stop: `The plan is welcome, we believe it can work`. It looks at plain
sentences with one comma only, so it misses some and seldom errs.

**Why.** The reader takes the second sentence for a part of the first, and has to begin again.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      The plan to build more homes is welcome, it will help councils.
```

`despatch check` says:

```text
seeds/homes.yaml:5:46 advice [comma-splice] There are two sentences here with only a comma between them, before “it”.
   5 |       The plan to build more homes is welcome, it will help councils.
     |                                              ^^^^
  help: Write a full stop, a semicolon, or “and”.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      The plan to build more homes is welcome, and it will help councils.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from despatch.office import Finding, Office
from despatch.passages import NAMED, Passage
from despatch.wording import Place, found, together

GRAVITY = "advice"
OPENS = (
    r"\s*(?:The|A|An|This|These|Those|We|They|It|Our|Their|There|Councils|Children|Families|Ministers|Many|Some)\b"
    r"(?! (?:more|less|better|sooner|earlier|longer|fewer|day|week|month|year|years|moment|time|first|last|next|same|extent)\b)"
    r"(?! (?:is|was) (?:why|how|where|when|what)\b)"
)
JOIN = re.compile(
    r", (?=(?:it|this|we|they|there|these) (?:is|are|was|were|will|would|must|should|can|could|have|has|need|want|believe|think|"
    r"hope|urge|expect|call|welcome|support)\b(?!,))"
)
VERB = (
    r"\b(?:is|are|was|were|has|have|had|will|would|must|should|can|could|may|notes|acknowledges?|calls?|shows?|recognises?|says?|"
    r"needs?|proposes?|recommends?|welcomes?|supports?|remains?|faces?|means?|makes?|wants?|believes?|asks?)\b"
)
HOLDS_ON = (
    r"(?i)\b(?:if|when|while|whilst|although|though|because|since|unless|until|where|once|as|after|before|whether|given|than|so|"
    r"not only|and|but|or|nor|who|which|that|what)\W*\Z|\b(?:if|unless|although|though|whatever|however|once|wherever)\b"
)
"""The three are compiled where two such halves stand: few texts have any."""


def check(office: Office) -> Iterator[Finding]:
    """Advice for each comma that seems to stand between two whole sentences."""
    for of, passages in together(office):
        for passage in passages:
            for place in _splices(passage) if ", " in passage.text or ",\n" in passage.text else ():
                words = place.words.split()[-1]
                message = f"There are two sentences here with only a comma between them, before “{words}”."
                yield found([place], message, "Write a full stop, a semicolon, or “and”.", of)


def _splices(passage: Passage) -> Iterator[Place]:
    own = passage.own.replace("\n", " ")
    for sentence in passage.sentences() if JOIN.search(own) else ():
        words = own[sentence.start : sentence.end]
        if words.count(",") == 1 and (join := JOIN.search(words)) and ":" not in words and ";" not in words:
            first = words[: join.start()]
            if _is_sentence(first) and NAMED not in first:
                start = sentence.start + join.start()
                end = sentence.start + words.index(" ", join.end())
                yield Place(passage, start, end)


def _is_sentence(words: str) -> bool:
    """Whether words could stand by themselves."""
    return bool(re.match(OPENS, words) and re.search(VERB, words)) and not re.search(HOLDS_ON, words)
