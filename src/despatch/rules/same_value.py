"""One value printed for two different things

**What it does.** Finds two facts in one briefing that have the same value and are not described in the same words. It
looks at amounts of money and at counts of a hundred or more: of `three years` or `20` there is always more than one.

**Why.** Often it is one thing that was written down twice, and only one of the two will be brought up to date. If they
really are two, a reader who meets the number again will take it for the first.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: carers-needed
    text: |
      The Review would recruit {{new-carers}} foster carers.
  - id: carers-cost
    text: |
      To find {{carers-campaign}} carers will take more than a campaign.
facts:
  - id: new-carers
    value: 9,000
    what: foster carers that the Review would recruit
    as_of: 2022-05-23
    source: the-review
  - id: carers-campaign
    value: 9,000
    what: people to be reached by the campaign for more foster carers
    as_of: 2022-05-23
    source: the-review
sources:
  - id: the-review
    kind: review
    title: The Independent Review of Children’s Social Care
    published: 2022-05-23
# briefs/lords.yaml
title: Homes for children
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [carers-needed, carers-cost]
```

`despatch check` says:

```text
seeds/homes.yaml:16:12 warning [same-value] `lords` prints 9,000 for two things, `new-carers` and `carers-campaign`, and a reader may take one for the other.
  16 |     value: 9,000
     |            ^^^^^
  the other one is here: seeds/homes.yaml:11:12
  11 |     value: 9,000
     |            ^^^^^
  help: If they are one thing, keep one fact. If one follows from the other, say so with `equals`.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: carers-needed
    text: |
      The Review would recruit {{new-carers}} foster carers.
  - id: carers-cost
    text: |
      To find {{new-carers}} carers will take more than a campaign.
facts:
  - id: new-carers
    value: 9,000
    what: foster carers that the Review would recruit
    as_of: 2022-05-23
    source: the-review
sources:
  - id: the-review
    kind: review
    title: The Independent Review of Children’s Social Care
    published: 2022-05-23
# briefs/lords.yaml
title: Homes for children
house: lords
proceeding: take-note-debate
date: 2022-12-08
sections:
  - key_messages: [carers-needed, carers-cost]
```
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from despatch.content import Fact
from despatch.office import Briefing, Finding, Office
from despatch.prose import tokens
from despatch.quantity import known


def check(office: Office) -> Iterator[Finding]:
    """A finding for each two figures of a briefing that have one value and are of different things."""
    seen: set[tuple[str, str]] = set()
    for briefing in office.briefings:
        for first, second in _pairs(briefing):
            if (first.id, second.id) not in seen:
                seen.add((first.id, second.id))
                yield Finding(
                    second.value.span,
                    f"`{briefing.name}` prints {second.value} for two things, `{first.id}` and `{second.id}`, and a "
                    "reader may take one for the other.",
                    "If they are one thing, keep one fact. If one follows from the other, say so with `equals`.",
                    (("the other one is here", first.value.span),),
                )


def _pairs(briefing: Briefing) -> Iterator[tuple[Fact, Fact]]:
    alike: dict[object, list[Fact]] = defaultdict(list)
    for fact in sorted(briefing.facts, key=lambda each: (str(each.id.source.path), each.id.start)):
        value = known(fact.value, fact.what)
        if value is not None and value.is_telling:
            alike[value.size].append(fact)
    for facts in alike.values():
        for first, second in combinations(facts, 2):
            if first.what != second.what and not (_rests_on(first, second) or _rests_on(second, first)):
                yield first, second


def _rests_on(fact: Fact, other: Fact) -> bool:
    """Whether a fact says by its `equals` that it has to do with another."""
    return any(token.name == other.id for token in tokens(fact.equals or ""))
