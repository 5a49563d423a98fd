"""What each rule learnt: a text of a kind that real documents have, in which a simpler rule would see a fault.

Beside it stands the nearest text that does have the fault, so that no rule is silent only because it looks at nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import pytest

from despatch.checking import elsewhere, everything
from despatch.faults import editorial
from despatch.workspace import Workspace
from tests.test_names import TERM
from tests.test_proof_rules import CUT, ENDED, LABELLED, LED, POINTS, PROPOSAL, VIEWS, chapters, document
from tests.test_repetition import KIN, KIN_AGAIN, OPENING, blocks
from tests.test_rules import BRIEF, DAY, SOURCES, facts, prose
from tests.test_structure_rules import (
    AMENDMENT,
    CHANGED,
    COMMON,
    OPPOSE,
    SECTION,
    SUPPORT,
    TWO,
    brief,
    homes,
    position,
    viewed,
)
from tests.test_structure_rules import blocks as listed
from tests.test_worked_figures import FACTS

ITEMS = """
sources:
  - {{id: a-bill, kind: bill, title: A Bill, items: [{{id: c1, title: Homes}}]}}
positions:
  - id: homes
    heading: Homes
    proposal: {{from: a-bill, {}}}
    view: {{stance: support, text: We support it.}}
"""
BILL = """
key_messages:
  - id: heard
    text: |
      {words}
positions:
  - id: childs-say
    heading: Children to have a say
    proposal:
      from: a-list
      amendment: {{text: Insert the following new Clause}}
    view: {{stance: support, vote: {vote}, text: We support this new clause.}}
sources:
  - id: a-list
    kind: amendment-list
    title: Amendments
    by: House of Lords
    published: 2023-06
    printings:
      - {{name: Marshalled List, date: 2023-06-09, numbers: {{childs-say: 31}}}}
      - {{name: second Marshalled List, date: 2023-06-12, numbers: {{childs-say: 34}}}}
"""
STAGE = """
title: Placements Bill
house: {house}
proceeding: report-stage
date: 2023-06-13
{bill}
amendment_list: a-list
sections:
  - key_messages: [heard]
  - positions: [childs-say]
"""
Files: TypeAlias = dict[str, str]
"""The files of a workspace, or one from elsewhere beside the library."""


def sent(text: str, name: str = "june.txt") -> Files:
    """A file from elsewhere."""
    return {"seeds/homes.yaml": FACTS, name: text}


def staged(
    words: str = "Children should be heard.",
    vote: str = "content",
    house: str = "lords",
    bill: str = "bill: HL Bill 98",
) -> Files:
    """A brief for Report, on an amendment whose number has changed."""
    return {
        "seeds/bill.yaml": BILL.format(words=words, vote=vote),
        "briefs/lords.yaml": STAGE.format(house=house, bill=bill),
    }


def paragraphs(*texts: str) -> Files:
    """A text file with these paragraphs under a title."""
    return sent(document(*texts))


def page(text: str) -> Files:
    """A Markdown file from elsewhere."""
    return sent(text, "june.md")


def office(seeds: str, *briefs: str) -> Files:
    """A workspace."""
    known = seeds if "sources:" in seeds else seeds + SOURCES
    return {"seeds/homes.yaml": known} | {f"briefs/debate-{at}.yaml": each for at, each in enumerate(briefs)}


def read(text: str, *entries: str, brief: str = DAY) -> Files:
    """A passage and facts, in a workspace whose brief prints the passage."""
    return office(prose(text) + (facts(*entries) if entries else ""), BRIEF.format(dates=brief))


def structured(seeds: str, *sections: str, more: str = "") -> Files:
    """A workspace with one brief, which has these sections."""
    return office(seeds + COMMON, *([brief(*sections, more=more)] if sections else []))


def amended(which: str) -> Files:
    """Two debates in which we took two stances, each on an amendment."""
    fields = {"from": "placements-bill", "text": "", "amendment": which}
    early = position("early", SUPPORT, ", valid: {until: 2022-11-30}", **fields)
    late = position("late", OPPOSE, ", valid: {from: 2022-12-01}", **fields)
    first = brief("positions: [early]").replace("2022-12-08", "2022-11-24")
    return office(listed("positions", early, late) + COMMON, first, brief("positions: [late]"))


def paired(other: str) -> Files:
    """Two views of two things that one chapter proposes; the second under this heading."""
    chapter = {"part": "Chapter 7"}
    second = position("b", OPPOSE, **chapter).replace("Some b", other)
    return structured(listed("positions", position("a", SUPPORT, **chapter), second))


SUM = "{{a}} + {{b}} + {{c}} + {{d}}"
YEARS = ("id: a, value: £46 million", "id: b, value: £987 million", "id: c, value: £1.257 billion",
         "id: d, value: £233 million", "id: e, value: £50 million")  # fmt: skip
BOTH_ANSWERED = "points: [{answers: [one], text: Yes.}, {answers: [two], text: Yes."
SHORT = "variants: {short: {points: [Yes to all.]}}"
HARD = "Transformational intergovernmental accountability necessitates organisational reconsideration. "
COSTS = [f"about £{each} million a year to be spent on homes for children" for each in range(4)]
GAP = "id: gap, value: £1.6 billion, what: gap in funding each year"
SPEND = "id: spend, value: £10.5 billion, as_of: 2020/21"
NHS = "id: first, topics: [homes, health], text: Homes need councils and {}."
HEALTH = "id: first, topics: [health], text: Children wait."
HALVES = "id: one, lead: 'We ask:', points: [{id: now, text: Act now.}, {id: then, text: Act then.}]"
IN_ORDER = "passages: [one]"
OLD = "id: one, superseded_by: new, text: Old words."
PAIR = "For {{one}}, or {{other}}."

LEARNT: dict[str, tuple[str, Files, Files]] = {
    "broken-cross-reference": (
        "An inquiry is named for its section of an Act.",
        paragraphs("More families see Section 47 inquiries each year."),
        paragraphs("More families need help (see section 47 below)."),
    ),
    "broken-sum": (
        "A total is printed less exactly than its parts.",
        read("{{all}}.", *YEARS, f"id: all, value: £2.6 billion, equals: '{SUM} + {{{{e}}}}'"),
        read("{{all}}.", *YEARS, f"id: all, value: £2.6 billion, equals: '{SUM}'"),
    ),
    "caption-as-heading": (
        "A round-up has a charity's name over what it said.",
        paragraphs("All said so.", "Charity Action", "A statement from Charity Action said: “We must act.”"),
        paragraphs("All said so.", "Jo Bloggs", "Charity Director Jo Bloggs said: “We must act.”"),
    ),
    "changed-stance": (
        "Amendments are numbered anew for every list.",
        amended(AMENDMENT.replace("list: Committee, ", "")),
        amended(AMENDMENT),
    ),
    "clashing-stances": ("One chapter proposes many things.", paired("Some b"), paired("Some a")),
    "comma-splice": (
        "A sentence may begin with what is granted.",
        paragraphs("Although the report notes the gap in care, it would help to close it."),
        paragraphs("The report notes the gap in care, it would help to close it."),
    ),
    "conflicting-values": (
        "A figure of each year is a fact of its own.",
        read(PAIR, "id: one, value: 75, as_of: 2021, what: homes", "id: other, value: 80, as_of: 2022, what: homes"),
        read(PAIR, "id: one, value: 75, as_of: 2022, what: homes", "id: other, value: 80, as_of: 2022, what: homes"),
    ),
    "contradicted-date": (
        "The figure of the next sentence is of another time.",
        read("Last year was hard. Councils spent {{spend}}.", SPEND),
        read("Last year councils spent {{spend}}.", SPEND),
    ),
    "copied-standfirst": (
        "The first message takes up what the standfirst speaks of.",
        paragraphs(OPENING, "Key messages", "  • Every child should grow up safe, and reform should help.", "  • Act."),
        paragraphs(OPENING, "Key messages", f"  • {OPENING} Reform should help.", "  • Act."),
    ),
    "dangling-lead": (
        "A colon may lead up to what somebody said.",
        paragraphs("A spokesman said:", "“We welcome the Review.”"),
        paragraphs("A spokesman gave his reasons:", "Homes", "They are few."),
    ),
    "double-unit": (
        "Pounds are counted in words as well.",
        paragraphs("Spending rises by hundreds of millions of pounds a year."),
        paragraphs("Spending rises by £40 million pounds a year."),
    ),
    "doubled-qualifier": (
        "A debate is about something.",
        read("A debate about {{it}} homes.", "id: it, value: more than 50"),
        read("There are about {{it}} homes.", "id: it, value: more than 50"),
    ),
    "doubled-space": (
        "A bullet that is wrapped goes on under its first letter.",
        paragraphs("  • Homes cost\n    too much."),
        paragraphs("  • Homes cost  too much."),
    ),
    "doubled-word": (
        "One of the two belongs to the verb, the other to the number.",
        paragraphs("The Review would set up up to 20 of them."),
        paragraphs("The Review would set up the the 20 of them."),
    ),
    "dropped-period": (
        "The year may stand before the figure.",
        read("Each year councils are {{gap}} short.", GAP),
        read("Councils are {{gap}} short.", GAP),
    ),
    "empty-heading": (
        "A digest has one heading over several, and plain text shows no levels.",
        paragraphs("Key findings of the report", "Families need more help", "  • Help comes late."),
        paragraphs(PROPOSAL, POINTS, "LGA View", "Families need more help", "  • Help comes late."),
    ),
    "future-fact": (
        "A month that has begun is no time to come.",
        read("For {{it}} homes.", "id: it, value: 83, as_of: 2022-12"),
        read("For {{it}} homes.", "id: it, value: 83, as_of: 2023-01"),
    ),
    "half-position": (
        "A shorter wording of a view answers all points at once and names none.",
        structured(
            homes(TWO, f"{BOTH_ANSWERED}}}], {SHORT}").replace("id: homes,", "id: homes, priority: essential,"),
            "positions: [homes]",
            more="length: short\n",
        ),
        structured(
            homes(TWO, f"{BOTH_ANSWERED}, priority: detail}}]"), "positions: [homes]", more="length: standard\n"
        ),
    ),
    "house-form": (
        "Councils are local government, and no government has a capital there.",
        paragraphs("Money for local government comes late."),
        paragraphs("Money from the government comes late."),
    ),
    "ill-fitting-abbreviation": (
        "Small words have no letter.",
        paragraphs("A review of Special Educational Needs and Disabilities (SEND) comes next."),
        paragraphs("New Regional are Cooperatives (RCCs) come next."),
    ),
    "likely-variant": (
        "A list says of each amount in one way what it is for.",
        office(
            blocks(
                "The Review would spend {{a}} over the first two years on help for families and children.",
                "The Review would spend {{b}} over the last two years on help for families and children.",
            )
            + facts(*YEARS[:2])
        ),
        office(blocks(KIN, KIN_AGAIN)),
    ),
    "local-changes": (
        "A use may be written out, to say why something is let be, and change nothing.",
        structured(CHANGED, "positions: [{use: homes, ignore: {unanswered-point: It is new.}}]"),
        structured(CHANGED, "positions: [{use: homes, omit: [pay]}]"),
    ),
    "long-sentence": (
        "What somebody said is as long as they made it.",
        paragraphs(f"She said: “Homes{' and homes' * 25}.”"),
        paragraphs(f"She said so: homes{' and homes' * 25}."),
    ),
    "lost-bullet": (
        "A section may go on in paragraphs after its list.",
        paragraphs(*VIEWS, "LGA View", "  • We welcome it.", "Councils want more.", "They say so."),
        paragraphs(*VIEWS, "LGA View", "  • We welcome it.", "Councils want more."),
    ),
    "lost-label": (
        "Bullets without labels follow on those that have them.",
        paragraphs("\n".join(f"  • {each}" for each in (*LABELLED, "It is welcome.", "We need more."))),
        paragraphs("\n".join(f"  • {each}" for each in (*LABELLED[:2], "It is welcome.", LABELLED[2]))),
    ),
    "missing-heading": (
        "A sentence leads over from the key messages to the rest.",
        paragraphs("Key messages\n\n  • Homes are few.", "Our views follow.", "Homes", "They are few."),
        paragraphs("Key messages\n\n  • Homes are few.", "A review began.", "It has ended.", "Homes", "They are few."),
    ),
    "missing-lead-in": (
        "Views are bullets from their first line, and proposals are not.",
        paragraphs(*LED, *VIEWS),
        paragraphs(*LED, f"Pay: {PROPOSAL}", POINTS),
    ),
    "missing-link": (
        "What is said in a submission is said here too.",
        paragraphs("In our submission we said more about it."),
        paragraphs("More is set out in our submission on it."),
    ),
    "missing-word": (
        "Support is a thing as well as what one does.",
        paragraphs("The need for support these families have is great."),
        paragraphs("The need for adapt these to families is great."),
    ),
    "misspelling": (
        "Firms and people have names of their own.",
        paragraphs("It was counted by Impower and Javed Pelka for the Government."),
        paragraphs("It was counted by Newton for the Goverment."),
    ),
    "mixed-forms": (
        "Some words can only be written with a z.",
        paragraphs("We organise it, and recognise the size of the prize."),
        paragraphs("We organise it, recognise it and realize it."),
    ),
    "outdated-number": (
        "A small number is the same as many others.",
        paragraphs("There are 80 homes."),
        paragraphs("There are 82,170 children."),
    ),
    "quotation-marks": (
        "Single marks throughout are another house's habit.",
        paragraphs("Mend the ‘market’ in care.", "They call it a ‘system’."),
        paragraphs("Mend the ‘market’ in care.", "They call it a “system”."),
    ),
    "reading-age": (
        "A page of a few lines is too short to tell.",
        paragraphs(HARD * 5),
        paragraphs(HARD * 15),
    ),
    "relative-date": (
        "A year with its number is told from others by what it was the last of.",
        paragraphs("In 2018/19, the last year not affected by closed schools, fewer were excluded."),
        paragraphs("In the last year, which is not affected by closed schools, fewer were excluded."),
    ),
    "repeated-block": (
        "What cannot wait stands first, and the rest of the block follows under a heading of its own.",
        structured(
            listed("passages", HALVES), "passages: [{use: one, omit: [then]}]", "blocks: [{use: one, omit: [now]}]"
        ),
        structured(listed("passages", HALVES), "passages: [{use: one, omit: [then]}]", "blocks: [one]"),
    ),
    "repeated-heading": (
        "Every section has a view under the same label.",
        paragraphs("LGA View", "We agree.", "Carers", "They wait.", "LGA View", "We agree again."),
        paragraphs("Homes", "We agree.", "Carers", "They wait.", "Homes", "We agree again."),
    ),
    "repeated-sentence": (
        "A list of costs says of each amount in one way when it is spent.",
        paragraphs(*(f"The Review asks for £{each} million in that year for help to families." for each in (46, 987))),
        paragraphs(*["The Review asks for £46 million in that year for help to families."] * 2),
    ),
    "respelt-abbreviation": (
        "A standfirst is read by itself, and spells out what the text does again.",
        paragraphs("A care order (CO) helps.", "Key messages", "  • A care order (CO) helps most.", "  • Act."),
        paragraphs("Act.", "Key messages", "  • A care order (CO) helps most.", "  • Another care order (CO)."),
    ),
    "same-value": (
        "Shares and spans of years are often the same.",
        read(PAIR, "id: one, value: three years", "id: other, value: three years"),
        read(PAIR, "id: one, value: £3 million", "id: other, value: £3 million"),
    ),
    "skipped-heading-level": (
        "A page that is taken out of its site begins at the second level, and goes back up by more than one.",
        page("## Homes\n\nFew.\n\n### Carers\n\nFew.\n\n#### Pay\n\nLow.\n\n## Schools\n\nMany.\n"),
        page("## Homes\n\nFew.\n\n#### Pay\n\nLow.\n\n## Schools\n\nMany.\n"),
    ),
    "space-before-punctuation": (
        "Three dots stand for what is left out.",
        paragraphs("Homes cost more … and more."),
        paragraphs("Homes cost more , and more."),
    ),
    "spaced-hyphen": (
        "A plain-text list is marked with hyphens.",
        paragraphs("These count:", "- money\n- time"),
        paragraphs("These count: money - and time."),
    ),
    "stale-fact": (
        "A figure that is due in a month may come on its last day.",
        read("For {{it}} homes.", "id: it, value: 83, next: 2022-12"),
        read("For {{it}} homes.", "id: it, value: 83, next: 2022-11"),
    ),
    "straight-apostrophe": (
        "An address is as it is.",
        paragraphs("Read it at https://example.org/children's-homes in full."),
        paragraphs("Read of children's homes in full."),
    ),
    "two-abbreviations": (
        "A sentence may begin with a word of the same letters.",
        paragraphs("We back SEND reform. Send us your views."),
        paragraphs("We back SEND reform, and Send schools."),
    ),
    "two-expansions": (
        "Capitals and numbers make no other thing of it.",
        paragraphs("A special guardianship order (SGO).", "All Special Guardianship Orders (SGOs)."),
        paragraphs("A special guardianship order (SGO).", "All statutory guardian orders (SGOs)."),
    ),
    "unanswered-point": (
        "A view speaks of the whole first, and then of what it names.",
        structured(
            homes(
                "points: [{id: one, text: Homes.}, Staff.]", "points: [It is time., {answers: [one], text: We agree.}]"
            )
        ),
        structured(homes("points: [{id: one, text: Homes.}, Staff.]", "points: [{answers: [one], text: We agree.}]")),
    ),
    "unattributed-view": (
        "A Review speaks of all of us as “we”.",
        paragraphs(PROPOSAL, f"{POINTS}\n  • We need to do more to help families."),
        paragraphs(PROPOSAL, f"{POINTS}\n  • We welcome what it says of families."),
    ),
    "undated-fact": (
        "Where the date itself is to be printed, that is an error already.",
        office(prose("On {{it.as_of}}, {{it}}.") + facts("id: it, value: 75").replace(", as_of: 2022", "")),
        office(prose("There are {{it}}.") + facts("id: it, value: 75").replace(", as_of: 2022", "")),
    ),
    "undated-title": (
        "A title may count things as well.",
        sent("Homes for 8 children in 12 towns\n\nThey are few.\n"),
        sent("Homes for children, 8 December\n\nThey are few.\n"),
    ),
    "uneven-chapters": (
        "A briefing answers two documents, one by its chapters.",
        sent(
            chapters("Chapter 5 says:", "Chapter 2 says:", "Chapter 7 says:")
            + chapters(*["It finds:"] * 3).partition("\n")[2].replace("Review recommends", "Case for Change says")
        ),
        sent(chapters("Chapter 5 says:", "It says:", "It says:")),
    ),
    "uneven-labels": (
        "A label that follows on a colon may begin with a small letter.",
        paragraphs(f"Homes: w{PROPOSAL[1:]}", "Few.", f"Carers: {PROPOSAL}", "Many."),
        paragraphs("Homes: Review recommendations", "Few.", f"Carers: {PROPOSAL}", "Many."),
    ),
    "unexpanded-abbreviation": (
        "A postcode and what everybody knows are no riddles.",
        paragraphs("MPs and the NHS heard of B&Bs in Essex CO4 3ZL."),
        paragraphs("MPs and the NHS heard of the ILACS in Essex."),
    ),
    "unfindable-source": (
        "A source that no figure and no quotation rests on is only mentioned.",
        office("sources:\n  - {id: page, kind: page, title: A page}\n" + prose("Homes [@page].")),
        office("sources:\n  - {id: page, kind: page, title: A page}\n" + facts("id: it, value: 75, source: page")),
    ),
    "unfinished-sentence": (
        "A breakdown of costs has bullets without a stop among sentences that have one.",
        paragraphs("\n".join(f"  • {each}" for each in (*ENDED, *COSTS))),
        paragraphs("\n".join(f"  • {each}" for each in (*ENDED, CUT))),
    ),
    "unkept-promise": (
        "A partner is named in a message on something else.",
        structured(
            SECTION + listed("key_messages", NHS.format("the NHS")), "key_messages: [first]", "positions: [homes]"
        ),
        structured(
            SECTION + listed("key_messages", NHS.format("talking therapies")),
            "key_messages: [first]",
            "positions: [homes]",
        ),
    ),
    "unmentioned-section": (
        "A response answers question by question, whatever its opening dwells on.",
        structured(
            SECTION + listed("key_messages", HEALTH),
            "key_messages: [first]",
            "positions: [homes]",
            more="channel: submission\n",
        ),
        structured(SECTION + listed("key_messages", HEALTH), "key_messages: [first]", "positions: [homes]"),
    ),
    "unpaired-quotation": (
        "Each paragraph of a long quotation is opened, and only its last is closed.",
        paragraphs("He said: “We must act.", "“It is late.", "“It is too late for all of them.”", "Homes are few."),
        paragraphs("He said: “We must act.", "“It is late.", "It is too late for all of them.", "Homes are few."),
    ),
    "unprinted-block": (
        "What is chosen by topic leaves out by itself what is withdrawn.",
        structured(
            listed(
                "passages", "id: a, topics: [homes], text: A.", "id: b, topics: [homes], status: withdrawn, text: B."
            ),
            "passages: auto",
            more="topics: {include: [homes]}\n",
        ),
        structured(
            listed(
                "passages", "id: a, topics: [homes], text: A.", "id: b, topics: [homes], status: withdrawn, text: B."
            ),
            "passages: [a, b]",
        ),
    ),
    "unregistered-number": (
        "An inquiry is named for its section of an Act.",
        read("Section 47 enquiries rose in every county."),
        read("Some 47 enquiries rose in every county."),
    ),
    "unspoken-stance": (
        "A report may share our concerns, and we support what follows from them.",
        structured(viewed("support", "It reflects our own significant concerns. We look to the regulator to act.")),
        structured(viewed("support", "We have significant concerns. We look to the regulator to act.")),
    ),
    "unused-block": (
        "A block that is to take another's place waits for its day.",
        structured(
            listed("passages", "id: used, superseded_by: later, text: Words.", "id: later, text: Words."),
            "passages: [used]",
        ),
        structured(listed("passages", "id: used, text: Words.", "id: later, text: Words."), "passages: [used]"),
    ),
    "unused-fact": (
        "A part of a sum is used by it.",
        read("For {{all}}.", "id: part, value: £1 billion", "id: all, value: £2 billion, equals: '{{part}} * 2'"),
        read("For {{all}}.", "id: part, value: £1 billion", "id: all, value: £2 billion"),
    ),
    "vague-link": (
        "A link may begin with “more” and say of what.",
        page("# Homes\n\n[More children in care](https://example.org) than before.\n"),
        page("# Homes\n\nThere are more than before: [more](https://example.org).\n"),
    ),
    "misaddressed-reader": (
        "Children have peers too, and MPs may be spoken of.",
        structured(
            listed("passages", "id: one, text: We ask how their peers may fare. MPs debated it in May."), IN_ORDER
        ),
        structured(listed("passages", "id: one, text: We ask MPs how they fare. Peers debated it in May."), IN_ORDER),
    ),
    "stray-punctuation": (
        "A site’s name has a stop within, and three dots stand for what is left out.",
        paragraphs("Homes cost more... See www.Homes.gov.uk, GOV.UK and e.g.The Times."),
        paragraphs("Homes cost more..  See it."),
    ),
    "superseded-block": (
        "What is still to be replaced prints as it is.",
        structured(listed("passages", OLD, "id: new, valid: {from: 2022-12-09}, text: Words."), IN_ORDER),
        structured(listed("passages", OLD, "id: new, valid: {from: 2022-12-08}, text: Words."), IN_ORDER),
    ),
    "muddled-name": (
        "A name does not run on from one sentence into the next.",
        {"seeds/homes.yaml": TERM, "june.txt": document("We met the Board. National reform waits.")},
        {"seeds/homes.yaml": TERM, "june.txt": document("We met the Board National Reform has set up.")},
    ),
    "missing-particulars": (
        "A motion is asked for only where there is always one.",
        staged(),
        staged(bill="motion: That this House takes note of the Bill"),
    ),
    "wrong-vote": (
        "Members of the Commons do say aye.",
        staged(vote="aye", house="commons"),
        staged(vote="aye"),
    ),
    "wrong-amendment-number": (
        "An amendment may be another’s, whose number is no business of ours.",
        staged("Amendment 35 would not help, and amendment 34 would."),
        staged("Amendment 35 would not help, and amendment 31 would."),
    ),
    "unnamed-items": (
        "An amendment is no clause of the Bill.",
        {"seeds/homes.yaml": ITEMS.format("amendment: {number: 1, text: Words.}")},
        {"seeds/homes.yaml": ITEMS.format("text: Words.")},
    ),
    "unnamed-department": (
        "In small letters it may be a council’s own.",
        paragraphs("The department has a shop for foster carers."),
        paragraphs("The Department has a plan for foster carers."),
    ),
    "wrong-article": (
        "What is said with a consonant begins like one, and a letter is no article.",
        paragraphs("We want a unit, a one-off grant and an hour. Schedule A ends it, and option a includes it."),
        paragraphs("We want a united plan and a honest hour."),
    ),
    "wrong-percentage": (
        "The mark of a note is no amount.",
        paragraphs("Homes cost £12.4 million [1], 24 per cent more than the £10 million of 2019."),
        paragraphs("Homes cost £12.4 million [1], 25 per cent more than the £10 million of 2019."),
    ),
}
"""For each rule what it learnt, a text without its fault, and one with it."""


def found(folder: Path, rule: str, files: Files) -> list[str]:
    """What a rule says of a file from elsewhere if there is one, else of the whole workspace."""
    for name in ("seeds", "briefs"):
        (folder / name).mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    outside = next((folder / name for name in files if not name.endswith(".yaml")), None)
    workspace = Workspace(folder)
    faults = elsewhere(outside, workspace, "lga").faults if outside else everything(workspace, [])
    return [each.message for each in faults if each.rule == rule]


@pytest.mark.parametrize("rule", LEARNT)
def test_a_rule_lets_be_what_it_learnt_and_finds_what_is_nearest(rule: str, tmp_path: Path) -> None:
    learnt, right, wrong = LEARNT[rule]
    assert found(tmp_path / "right", rule, right) == [], learnt
    assert len(found(tmp_path / "wrong", rule, wrong)) == 1


def test_every_rule_has_learnt_something() -> None:
    assert set(LEARNT) == {*editorial()}
