"""What a proceeding asks for and its brief leaves out

**What it does.** Finds a brief without what a briefing for its proceeding needs: the Bill and its print for a stage of a Bill;
the list of amendments for Committee, Report and amendments from the other House; the motion for a debate on one; the Minister’s
department for questions.

**Why.** A peer who holds last week’s print finds other words at the line that is quoted. Nobody can see that from the
briefing, unless it says which print it is about.

## Example

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      The Bill should help councils to find homes for children.
# briefs/lords.yaml
title: Placements Bill [HL]
house: lords
proceeding: second-reading
date: 2023-03-14
sections:
  - key_messages: [homes]
```

`despatch check` says:

```text
briefs/lords.yaml:4:13 warning [missing-particulars] A briefing for “Second Reading” names the Bill and its print; `lords` does not.
   4 | proceeding: second-reading
     |             ^^^^^^^^^^^^^^
  help: Add a line such as `bill: Placements Bill [HL], HL Bill 12`.
```

## Instead

```yaml
# seeds/homes.yaml
key_messages:
  - id: homes
    text: |
      The Bill should help councils to find homes for children.
# briefs/lords.yaml
title: Placements Bill [HL]
house: lords
proceeding: second-reading
date: 2023-03-14
bill: HL Bill 12
sections:
  - key_messages: [homes]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from despatch.office import Finding, Office
from despatch.parliament import ASKED, PROCEEDINGS


def check(office: Office) -> Iterator[Finding]:
    """A finding for each field that a brief’s proceeding asks for and that the brief does not have."""
    for briefing in office.briefings:
        brief = briefing.selection.brief
        name = brief.proceeding
        for field in PROCEEDINGS[name].asks if name is not None and name in PROCEEDINGS else ():
            if name is not None and getattr(brief, field) is None:
                what, example = ASKED[field]
                called = PROCEEDINGS[name].name_in(brief.house or "")
                message = f"A briefing for “{called}” names {what}; `{briefing.name}` does not."
                yield Finding(name.span, message, f"Add a line such as `{field}: {example}`.", of=briefing.proof)
