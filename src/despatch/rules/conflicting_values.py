"""Two values for what reads as one thing

**What it does.** Finds two facts that are described in the same words, in whatever order, are of the same time, and
have different values. Small words such as `of` and `the` do not count, and `£1.6bn` is `£1.6 billion`.

**Why.** Each would find its way into some briefing, until one peer has risen with the first figure and another with the
second. The Minister will not have to answer either.

## Example

```yaml
# seeds/review.yaml
key_messages:
  - id: review-welcome
    text: |
      We agree with most of the {{recommendation-count}} recommendations.
  - id: review-answer
    text: |
      All {{review-recommendations}} recommendations need an answer.
facts:
  - id: recommendation-count
    value: more than 70
    what: recommendations in the Review’s final report
    as_of: 2022-05-23
    source: the-review
  - id: review-recommendations
    value: over 80
    what: recommendations of the final report of the Review
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
seeds/review.yaml:16:12 warning [conflicting-values] `review-recommendations` says over 80, and `recommendation-count` says more than 70, of what reads as the same thing.
  16 |     value: over 80
     |            ^^^^^^^
  the other one is here: seeds/review.yaml:11:12
  11 |     value: more than 70
     |            ^^^^^^^^^^^^
  help: Keep the one that is right; if they differ, let `what` say how.
```

## Instead

```yaml
# seeds/review.yaml
key_messages:
  - id: review-welcome
    text: |
      We agree with most of the {{recommendation-count}} recommendations.
  - id: review-answer
    text: |
      All {{recommendation-count}} recommendations need an answer.
facts:
  - id: recommendation-count
    value: more than 70
    what: recommendations in the Review’s final report
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
from collections import defaultdict
from collections.abc import Iterator

from despatch.content import Fact
from despatch.office import Finding, Office
from despatch.quantity import Quantity, read

EMPTY_WORDS = set(
    re.findall(
        "[a-z]+",
        "a an and as at by for from in is it its number of on or that the their this to was were which who with",
    )
)


def check(office: Office) -> Iterator[Finding]:
    """A finding for each fact that has another value than an earlier one which reads as the same thing."""
    described: dict[frozenset[str], list[Fact]] = defaultdict(list)
    local = office.facts.keys() - office.library.facts.keys()
    for fact in sorted(office.facts.values(), key=lambda f: (f.id in local, str(f.id.source.path), f.id.start)):
        words = frozenset(re.findall(r"[\w/]+", re.sub("[’']s?\\b", "", fact.what.lower()))) - EMPTY_WORDS
        for earlier in described[words]:
            if _clash(earlier, fact):
                yield _finding(earlier, fact)
        described[words].append(fact)


def _clash(one: Fact, other: Fact) -> bool:
    """Whether two facts give different values for the same time."""
    if one.as_of and other.as_of and (one.as_of.last < other.as_of.first or other.as_of.last < one.as_of.first):
        return False
    return _number(one) != _number(other)


def _number(fact: Fact) -> object:
    """What a value says, however it is written: `£1.6bn` is `£1.6 billion`."""
    value = read(fact.value)
    return (value.size, value.qualifier) if isinstance(value, Quantity) else str(value)


def _finding(earlier: Fact, fact: Fact) -> Finding:
    return Finding(
        fact.value.span,
        f"`{fact.id}` says {fact.value}, and `{earlier.id}` says {earlier.value}, of what reads as the same thing.",
        "Keep the one that is right; if they differ, let `what` say how.",
        (("the other one is here", earlier.value.span),),
    )
