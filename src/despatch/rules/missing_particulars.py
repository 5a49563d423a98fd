"""What a proceeding asks for and its brief leaves out, or has for the other House

**What it does.** Finds a brief without what a briefing for its proceeding needs: the Bill and its print for a stage of a Bill;
the list of amendments for Committee, Report and amendments from the other House; the motion for a debate on one; the Minister’s
department for questions. It also finds a Bill with the print of the other House alone: `HL Bill 98` is the Lords’, `Bill 61` the
Commons’.

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

import re
from collections.abc import Iterator

from despatch.office import Briefing, Finding, Office
from despatch.parliament import ASKED, HOUSES, PRINTS, PROCEEDINGS, example


def check(office: Office) -> Iterator[Finding]:
    """A finding for each field that a brief’s proceeding asks for and that the brief does not have, or has for the other House."""
    for briefing in office.briefings:
        yield from _other_print(briefing)
        brief = briefing.selection.brief
        name = brief.proceeding
        for field in PROCEEDINGS[name].asks if name is not None and name in PROCEEDINGS else ():
            if name is not None and getattr(brief, field) is None:
                what, such = ASKED[field][0], example(field, brief.house or "")
                called = PROCEEDINGS[name].name_in(brief.house or "")
                message = f"A briefing for “{called}” names {what}; `{briefing.name}` does not."
                yield Finding(name.span, message, f"Add a line such as `{field}: {such}`.", of=briefing.proof)


def _other_print(briefing: Briefing) -> Iterator[Finding]:
    """What is wrong with a Bill of which only the other House’s print is named."""
    house, bill = briefing.selection.brief.house, briefing.selection.brief.bill
    prints = {each: _print(each, bill) for each in PRINTS} if bill is not None else {}
    for other, found in prints.items():
        if house is not None and bill is not None and found and prints[house] is None:
            message = f"`{found[0]}` is a print of the {HOUSES[other]}; `{briefing.name}` is for the {HOUSES[house]}."
            help = f"Write the print that Members have before them: `{PRINTS[house]}` and its number."
            yield Finding(bill.span_of(*found.span()), message, help, of=briefing.proof)


def _print(house: str, bill: str) -> re.Match[str] | None:
    """Where a Bill is named with a House’s print."""
    return re.search(rf"(?<!HL )\b{PRINTS[house]} \d{{1,3}}\b", bill)
