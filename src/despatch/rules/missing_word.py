"""A word missing or left over

**What it does.** Looks for pairs of small words that no sentence can hold and that a hasty cut leaves: `is has`, `in for`, `in order
ensure`, `an opportunity for tailor this`, `the majority or families`, `something we have been calling for several years` (which wants
a second `for`), `it’s own`, `their is`, `the councils has` and `with less children`. It is a short list, so that what it finds is
worth looking at.

**Why.** A spelling checker passes over it, for every word is spelt right. A peer who reads the line out does not.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      Councils need the freedom for tailor this to their area.
```

`despatch check` says:

```text
seeds/homes.yaml:5:33 warning [missing-word] “for tailor this” cannot be what is meant.
   5 |       Councils need the freedom for tailor this to their area.
     |                                 ^^^^^^^^^^^^^^^
  help: “for” may be meant as “to”.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      Councils need the freedom to tailor this to their area.
```
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import islice, pairwise, product

from despatch.office import Finding, Office
from despatch.passages import Passage
from despatch.wording import MOST_AT_ONCE, found, matches, together

VERBS = (
    "achieve|adapt|agree|allow|become|bring|build|consider|create|deliver|develop|enable|ensure|expand|explain|extend|find|"
    "get|give|identify|improve|include|invest|keep|maintain|make|meet|prevent|promote|protect|provide|put|raise|recognise|"
    "reduce|remove|respond|retain|strengthen|submit|tackle|tailor|take|understand|write"
)
WORD = re.compile(r"\w+")
TIMES = r"(?:(?:some|several|many|a few|a number of|\w+) )?(?:years|months|decades|time)\b(?! (?:for|to|on|of)\b)"
LESS = "with|[Tt]here are|[Tt]here were|have|had|has|to|of|for|need|needs|mean|means|see|and"
"""What stands before `less` where it counts: `much less councils` and `the less parents pay` do not."""
MANY = "children|families|carers|parents|councils|providers|people|places|placements|homes|services|staff|workers"
CALLING = (
    r"\b(?:which|something|what|something that) (?:is something )?\w+ (?:have|has) (?:long |also )?"
    rf"been (?:call|ask|campaign|press|push)ing for {TIMES}"
)
OR_FOR_OF = (
    r"\b(?:number|majority|proportion|percentage|lack|range|variety|availability|viability|financial health) or "
    rf"(?:the |these |those |our |all )?(?:{MANY})\b(?! (?:or|and|is|are|was|were|who|may|can|will|would|could|should)\b)"
)
BEGINS = r"(?:\A|(?<=[.?!:] )|(?<=[.?!:]\n))"
THEIR = (
    rf"(?:{BEGINS}|\b(?:that|if|when|where|because|while|but) )"
    r"[Tt]heir (?:is|are|was|were|has|have)\b(?![’-])"
)
COUNTED = "children|families|parents|carers|councils|people|homes|placements|providers|workers|teachers|places"
SEVERAL = (
    rf"(?:{BEGINS}|(?<=\bthat )|(?<=\bbecause ))(?i:(?:the|these|those|our|all|most|many|some|several) (?:local )?(?:{COUNTED})"
    r"|(?:local )?councils|children) (?:has|is|was|does)\b(?![’-])"
)
"""Where more than one are the subject beyond doubt: not in `fostering children is` or `the council that places has`."""
HERE = "|".join(rf"(?<=\b{each} )" for each in LESS.split("|"))
FEWER = rf"(?:{BEGINS}L|(?:{HERE})l)ess (?:{COUNTED})\b(?![’'-]| (?:skills|management|time|power)\b)"
SLIPS: tuple[tuple[str, str, str, str], ...] = (
    ("is", "has|have|s", r"(?<!what )\bis (?:has|have|s)\b(?!’)", "One of these words is left over."),
    ("are", "has|have|were", r"\bare (?:has|have|were)\b", "One of these words is left over."),
    ("no", "working|getting|going|doing|coming|improving|delivering",
     r"(?<![Tt]here )\b(?:is|are|was|were) no (?:working|getting|going|doing|coming|improving|delivering)\b(?=\s*[-–—,;.])",
     "“no” may be meant as “not”."),
    ("for", VERBS, rf"\bfor (?:{VERBS}) (?:this|these|those|the|a|an|our|their|its|it|them|us)\b", "“for” may be meant as “to”."),
    ("respond|reply|contribute|refer|object|listen|adapt", "to",
     rf"\bto (?:respond|reply|contribute|refer|object|listen|adapt) to (?:{VERBS})\b", "One of two wordings is left over."),
    ("in", "for", r"\b[Ww]ork(?:s|ed|ing)? in for\b", "One of “in” and “for” is left over."),
    ("order", VERBS, rf"\bin order (?:{VERBS})\b", "A “to” is missing."),
    ("able|unable", VERBS, rf"\b(?:un)?able (?:{VERBS})\b", "A “to” is missing."),
    ("should|would|could|must", "of", r"\b(?:should|would|could|must) of\b(?! course)", "“of” may be meant as “have”."),
    ("should|would|could", "is|are|was|were|has", r"\b(?:should|would|could) (?:is|are|was|were|has)\b",
     "One of these words is left over."),
    ("number|majority|proportion|percentage|lack|range|variety|availability|viability|health", "or",
     OR_FOR_OF, "“or” may be meant as “of”."),
    ("s", "own", r"\b[Ii]t[’']s own\b(?! (?:goal|fault|worst))", "“it’s” may be meant as “its”."),
    ("their", "is|are|was|were|has|have", THEIR, "“their” may be meant as “there” or “they”."),
    ("can", "not", r"\b[Cc]an not\b(?! (?:only|just|merely|simply|least))", "Write “cannot”."),
    ("the|an", "of|and|is|are|was|were|to|for|with|a|an",
     r"\b(?:[Tt]he|an) (?:of|and|is|are|was|were|to|for|with|an?)\b(?![-/’])", "A word is missing or left over."),
    (COUNTED, "has|is|was|does", SEVERAL, "Of more than one, write “have”, “are”, “were” or “do”."),
    ("less", COUNTED, FEWER, "“less” may be meant as “fewer”."),
    ("calling|asking|campaigning|pressing|pushing", "for", CALLING,
     "A second “for” is missing: write “for which we have called” or the like."),
)  # fmt: skip
"""The pair of words that each text with the slip holds, first and second; its pattern; and what is said."""


def check(office: Office) -> Iterator[Finding]:
    """A finding for each slip of the list."""
    for of, passages in together(office):
        held = defaultdict[int, list[Passage]](list)
        for each in passages:
            for number in _suspected(each.text):
                held[number].append(each)
        for number, those in sorted(held.items()):
            _, _, pattern, help = SLIPS[number]
            for place in islice(matches(_pattern(pattern), those), MOST_AT_ONCE):
                yield found([place], f"“{' '.join(place.words.split())}” cannot be what is meant.", help, of)


def _suspected(text: str) -> set[int]:
    """The slips, by number, of which a text has the two words: most have none, and need no more looking."""
    pairs = _pairs()
    words = WORD.findall(text.casefold())
    return {number for pair in pairwise(words) if pair in pairs for number in pairs[pair]}


@cache
def _pairs() -> dict[tuple[str, str], list[int]]:
    """Each pair of words, with the slips that hold it."""
    pairs = defaultdict[tuple[str, str], list[int]](list)
    for number, (first, second, *_) in enumerate(SLIPS):
        for pair in product(first.split("|"), second.split("|")):
            pairs[pair].append(number)
    return pairs


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    """A pattern of the list, in which words may stand on two lines; made when a text needs it."""
    return re.compile(pattern.replace(" ", r"[ \n]"))
