"""Abbreviations: spelt out where they stand first, once, in one way, by words that fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from despatch import abbreviations as read
from despatch.abbreviations import USED, abbreviations
from despatch.content import Library
from despatch.office import Finding, Office
from despatch.proof import Proof
from despatch.readers import finished
from despatch.rules import rule
from tests.test_rules import BRIEF, DAY, facts, findings, found, prose, said
from tests.test_word_notes import shipped_style

TERMS = """\
terms:
  - {short: DfE, long: Department for Education}
  - {short: SGO, long: special guardianship order}
  - {short: EHCP, long: "education, health and care plan"}
  - {short: LA, long: local authority, plural: local authorities}
"""
RULES = ["unexpanded-abbreviation", "respelt-abbreviation", "ill-fitting-abbreviation", "two-expansions",
         "two-abbreviations"]  # fmt: skip


def document(folder: Path, *paragraphs: str) -> Proof:
    """A plain-text file from elsewhere."""
    path = folder / "old.txt"
    path.write_text("\n\n".join(["A briefing on homes for children", *paragraphs]) + "\n", encoding="utf-8")
    proof, _, faults = finished(path, None)
    assert proof is not None, faults
    return proof


def elsewhere(folder: Path, name: str, *paragraphs: str, library: Library | None = None) -> list[Finding]:
    """What a rule finds in such a file."""
    office = Office(library or Library(), (), outside=(document(folder, *paragraphs),), is_whole=False)
    return list(rule(name).check(office))


def words(finding: Finding) -> str:
    """The line and the words that a finding points at."""
    span = finding.span
    return f"{span.line} {span.path.read_text(encoding='utf-8')[span.start : span.end]}"


# Not spelt out.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The DfE agreed.", ["DfE"]),
        ("The DfE’s plan, and the DfE again.", ["DfE"]),
        ("Many EHCPs are late.", ["EHCP"]),
        ("A role for Ofsted/CQC, and CCGs/ICSs.", ["CQC", "CCG", "ICS"]),
        ("Support for SGO-holders.", ["SGO"]),
        ("They said that “LAs are short of homes”.", ["LA"]),
        ("An SGO helps. Each special guardianship order (SGO) counts.", ["SGO"]),
        ("An SGO helps. Each {{SGO}} counts.", ["SGO"]),
        ("**ILACS** matters.", ["ILACS"]),
        ("It is so (ILACS 2021).", ["ILACS"]),
        ("The UKSC held so in 2021.", ["UKSC"]),
        ("See A v B LBC [2019] UKSC 3. ILACS and LBC matter.", ["ILACS", "LBC"]),
        ("In AB v Leeds and the DfE’s own case, v. SEND, we won.", ["DfE", "SEND"]),
    ],
)
def test_an_abbreviation_that_nobody_explained_is_found_once(text: str, expected: list[str], tmp_path: Path) -> None:
    assert said(tmp_path, "unexpanded-abbreviation", text, TERMS) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The {{DfE}} agreed, and the DfE paid.",
        "The Department for Education (DfE) agreed, and the DfE paid.",
        "An SGO (special guardianship order) helps; SGOs cost little.",
        "The Department for Education (the “DfE”) agreed. The DfE paid.",
        "Every MP, peer and NHS trust in the UK heard the BBC; B&Bs too, and Q&As.",
        "Josh MacAlister, McDonald and the iPhone.",
        "Henry VIII powers, Part III and Schedule XII.",
        "Homes in CO4 3ZL, and B2B work; HL Bill 133; COVID-19 and Covid-19.",
        "It must NOT close.",
        "The court held so in [2021] UKSC 35, in (2019) 69 EHRR 12 and in [2020] EWCA Civ 7; see EWHC 12 too.",
        "R (LBC) v Secretary of State, X v Y LBC [2019] UKSC 3, Re AB (A Child) [2020] EWFC 3 and K v. Leeds and York RLBC.",
        "Councils gave evidence (CWSB 214), and so did others (CWSB 31, CWSB 32).",
        "The page on GOV.UK says so.",
        "OUR KEY MESSAGES FOR MINISTERS",
        "See https://example.org/DFE/ILACS and www.CQC.example, or write to A.B@DFE.example.",
        "[the page](https://example.org/DFE) is there.",
    ],
)
def test_what_is_spelt_out_or_known_to_all_is_let_be(text: str, tmp_path: Path) -> None:
    assert said(tmp_path, "unexpanded-abbreviation", text, TERMS) == []


def test_an_office_may_say_that_its_readers_know_an_abbreviation(tmp_path: Path) -> None:
    assert said(tmp_path, "unexpanded-abbreviation", "The ILACS.", "words: [ILACS]\n") == []


def test_a_heading_may_use_what_the_text_then_spells_out(tmp_path: Path) -> None:
    seeds = prose("Each special guardianship order (SGO) counts.").replace(
        "id: homes\n", "id: homes\n    heading: SGOs\n"
    )
    assert found(tmp_path, "unexpanded-abbreviation", seeds, BRIEF.format(dates=DAY)) == []


def test_a_heading_may_not_use_what_no_text_spells_out(tmp_path: Path) -> None:
    seeds = prose("Each counts.").replace("id: homes\n", "id: homes\n    heading: SGOs\n")
    assert found(tmp_path, "unexpanded-abbreviation", seeds, BRIEF.format(dates=DAY)) == ["3:14 SGO"]


def test_a_quotation_is_its_speakers(tmp_path: Path) -> None:
    seeds = prose("Homes.") + "quotations:\n  - {id: chair, text: The ADCS agrees., source: report}\n"
    assert (
        found(tmp_path, "unexpanded-abbreviation", seeds, BRIEF.format(dates=DAY) + "  - quotations: [chair]\n") == []
    )


def test_the_sitting_of_another_briefing_does_not_count(tmp_path: Path) -> None:
    """It is spelt out in that briefing, and not in this one."""
    seeds = prose("The DfE paid.") + TERMS + "key_messages:\n  - {id: first, text: 'The {{DfE}} agreed.'}\n"
    (tmp_path / "briefs").mkdir()
    again = BRIEF.format(dates=DAY).replace("sections:\n", "sections:\n  - key_messages: [first]\n")
    (tmp_path / "briefs" / "again.yaml").write_text(again, encoding="utf-8")
    (finding,) = findings(tmp_path, "unexpanded-abbreviation", seeds, BRIEF.format(dates=DAY))
    assert "in `lords`" in finding.message


def test_advice_names_the_term_where_there_is_one(tmp_path: Path) -> None:
    told = findings(tmp_path, "unexpanded-abbreviation", prose("The DfE and the CQC.") + TERMS, BRIEF.format(dates=DAY))
    assert [each.help for each in told] == [
        "Write `{{DfE}}`: where it stands first, it prints “Department for Education (DfE)”.",
        "Add it to `terms` and write `{{CQC}}`, or to `words` if every reader knows it.",
    ]


def test_a_file_from_elsewhere_that_never_says_what_it_means(tmp_path: Path) -> None:
    (finding,) = elsewhere(
        tmp_path,
        "unexpanded-abbreviation",
        "Councils have asked for this for many years, and the ILACS has shown why they did.",
        "The ILACS shows more.",
    )
    assert words(finding) == "3 ILACS"
    assert finding.message == "“ILACS” is used, and spelt out nowhere, in `old.txt`."
    assert finding.help.startswith("Spell it out where it stands first, with “(ILACS)” after it")


def test_a_file_from_elsewhere_that_says_so_too_late(tmp_path: Path) -> None:
    (finding,) = elsewhere(
        tmp_path,
        "unexpanded-abbreviation",
        "More of the children whom schools exclude are poor, and more of them are children with SEND.",
        "The review of special educational needs and disability (SEND) comes next for all of them.",
    )
    assert words(finding) == "3 SEND"
    assert [(note, span.line) for note, span in finding.related] == [("it is spelt out here", 5)]


def test_a_name_that_stands_before_without_its_abbreviation_is_named(tmp_path: Path) -> None:
    (finding,) = elsewhere(
        tmp_path,
        "unexpanded-abbreviation",
        "The president of the Association of Directors of Children’s Services named what the ADCS asks.",
    )
    assert words(finding) == "3 ADCS"
    assert "“Association of Directors of Children’s Services” stands above without “(ADCS)”" in finding.message


def test_a_name_that_only_follows_explains_nothing(tmp_path: Path) -> None:
    (finding,) = elsewhere(
        tmp_path,
        "unexpanded-abbreviation",
        "The ADCS asked for it in the spring, and many others did so in the summer after that.",
        "So said the Association of Directors of Children’s Services to everybody who was there.",
    )
    assert "spelt out nowhere" in finding.message


# Spelt out twice, in two ways, or wrongly.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A care order (CO). Another care order (CO).", ["care order (CO)"]),
        ("Care orders (COs). Another care order (CO).", ["care order (CO)"]),
        ("The {{SGO}}. A special guardianship order (SGO).", ["special guardianship order (SGO)"]),
        ("A special guardianship order (SGO). The {{SGO}}.", ["special guardianship order (SGO)"]),
        ("A care order (CO). A child order (CO).", []),
        ("The {{SGO}}, the {{SGO}} and SGOs.", []),
    ],
)
def test_an_abbreviation_spelt_out_again_is_found(text: str, expected: list[str], tmp_path: Path) -> None:
    assert said(tmp_path, "respelt-abbreviation", text, TERMS) == expected


def test_a_standfirst_may_spell_out_what_the_text_spells_out_again(tmp_path: Path) -> None:
    brief = BRIEF.format(dates=DAY).replace("sections:", "standfirst: |\n  For each care order (CO).\nsections:")
    assert found(tmp_path, "respelt-abbreviation", prose("A care order (CO) helps."), brief) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A care order (CO). A child order (CO).", ["child order (CO)"]),
        ("A statutory guardian order (SGO).", ["statutory guardian order (SGO)"]),
        ("The Department of Education (DfE).", ["Department of Education (DfE)"]),
        ("Special-Guardianship Orders (SGOs).", []),
        ("The local authorities (LAs).", []),
        ("Special educational needs (SEN); special educational need (SEN).", []),
        ("See the plan (SGO), and others (such as LAs).", []),
    ],
)
def test_an_abbreviation_for_two_things_is_found(text: str, expected: list[str], tmp_path: Path) -> None:
    assert said(tmp_path, "two-expansions", text, TERMS) == expected


def test_the_librarys_words_are_shown_beside_others(tmp_path: Path) -> None:
    seeds = prose("A statutory guardian order (SGO).") + TERMS
    (finding,) = findings(tmp_path, "two-expansions", seeds, BRIEF.format(dates=DAY))
    assert finding.message == (
        "“SGO” stands for “special guardianship order” in the library, and for “statutory guardian order” in `lords`."
    )
    assert finding.related[0][1].text.strip().startswith("- {short: SGO")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("New Regional are Cooperatives (RCCs) would run homes.", ["Regional are Cooperatives (RCCs)"]),
        ("An early court framework, the Early Care Framework (EBF).", ["Early Care Framework (EBF)"]),
        ("New Regional Care Cooperatives (RCCs) would run homes.", []),
        ("The Department for Education (DfE) and the Ministry of Justice (MoJ).", []),
        ("Chartered Institute of Public Finance and Accountancy (CIPFA).", []),
        ("NHS England and NHS Improvement (NHSEI).", []),
        ("The National Institute for Health and Care Excellence (NICE).", []),
        ("Unaccompanied asylum-seeking children (UASC) and multi-agency safeguarding hubs (MASHs).", []),
        ("The Deprivation of Liberty Safeguards (DoLS).", []),
        ("The eXtensible markup language (XML), and a member of the House (MP).", []),
        ("Child and adolescent mental health services (CAMHS).", []),
        ("Baroness Smith (LAB) and Lord Jones (CON).", []),
    ],
)
def test_words_that_do_not_give_their_abbreviation_are_found(text: str, expected: list[str], tmp_path: Path) -> None:
    assert said(tmp_path, "ill-fitting-abbreviation", text) == expected


def test_what_is_misspelt_where_it_is_spelt_out_is_no_second_fault(tmp_path: Path) -> None:
    text = "New Regional are Cooperatives (RCCs) would run homes. RCCs cost much."
    assert said(tmp_path, "unexpanded-abbreviation", text) == []
    assert said(tmp_path, "two-expansions", text) == []


@pytest.mark.parametrize("more", ["We doubt that Regional Care Cooperatives will help any of the children.", ""])
def test_the_right_name_is_suggested_where_the_document_has_it(more: str, tmp_path: Path) -> None:
    first = "The Review proposes new Regional are Cooperatives (RCCs), which councils would run together."
    (finding,) = elsewhere(tmp_path, "ill-fitting-abbreviation", first, *filter(None, [more]))
    assert (finding.help == "Did you mean “Regional Care Cooperatives”?") == bool(more)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Since COVID-19 and before Covid-19.", ["Covid"]),
        ("An EHCP, or several EHC plans.", ["EHC plan"]),
        ("A long wait for the {{EHCP}}; the EHC plan is late.", ["EHC plan"]),
        ("Since COVID-19 and after COVID-19.", []),
        ("Covid-19 and no other way.", []),
        ("Support for SEND. Send it today.", []),
        ("A SEN plan, and SEND.", []),
        ("NATO and the NATO plan.", []),
    ],
)
def test_one_thing_abbreviated_in_two_ways_is_found(text: str, expected: list[str], tmp_path: Path) -> None:
    assert said(tmp_path, "two-abbreviations", text, TERMS) == expected


# How they are read.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DfE MoJ NHSEI LAs EHCPs B&Bs", ["DfE", "MoJ", "NHSEI", "LAs", "EHCPs", "B&Bs"]),
        ("MacAlister McDonald iPhone A B2B CO4 3ZL", []),
        ("LGA’s (LGA) LGA-led LGA/DfE “LGA”", ["LGA", "LGA", "LGA", "LGA", "DfE", "LGA"]),
    ],
)
def test_what_an_abbreviation_is(text: str, expected: list[str]) -> None:
    assert USED.findall(text) == expected


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize(
    "run", ["A&" * 100_000, "AB(" * 60_000, "AaA" * 60_000, "(AB) " * 20, "Ab " * 60_000, "(" * 200_000]
)
def test_no_line_takes_long(run: str, name: str, tmp_path: Path) -> None:
    elsewhere(tmp_path, name, f"Homes {run} for children, and nothing else.")


def test_a_document_is_read_once_for_all_rules(tmp_path: Path) -> None:
    proof = document(tmp_path, "An abbreviation such as ILACS, which nobody knows, stands in this line.")
    assert abbreviations(proof) is abbreviations(proof)
    assert list(abbreviations(proof).uses) == ["ILACS"]
    assert read.initials("Association of Directors of Children’s Services") == "ADCS"


# A label of the style's, and a figure's own words.


def test_the_styles_label_over_a_view_needs_no_spelling_out(tmp_path: Path) -> None:
    """Our own pages, read back, were told that their label is not spelt out."""
    (tmp_path / "old.md").write_text("# Homes\n\n## Carers\n\n**LGA view** [1]\n\nThey wait.\n", encoding="utf-8")
    lga, plain = (finished(tmp_path / "old.md", shipped_style(name))[0] for name in ("lga", "plain"))
    assert lga is not None
    assert plain is not None
    check = rule("unexpanded-abbreviation").check
    assert list(check(Office(Library(), (), (lga,), is_whole=False))) == []
    assert len(list(check(Office(Library(), (), (plain,), is_whole=False)))) == 1


def test_an_abbreviation_in_running_text_is_found_whatever_the_label(tmp_path: Path) -> None:
    (tmp_path / "old.md").write_text("# Homes\n\n**LGA view**\n\nThe LGA agrees.\n", encoding="utf-8")
    proof, _, _ = finished(tmp_path / "old.md", shipped_style("lga"))
    assert proof is not None
    (finding,) = rule("unexpanded-abbreviation").check(Office(Library(), (), (proof,), is_whole=False))
    assert words(finding) == "5 LGA"


def test_what_a_figure_counts_is_read_in_its_table(tmp_path: Path) -> None:
    figure = "figures:\n  - {id: costs, heading: What homes cost, facts: [gap]}\n"
    brief = BRIEF.format(dates=DAY) + "  - figures: [costs]\n"
    seeds = prose("Homes are few.") + figure + facts("id: gap, value: £1 billion, what: gap in DfE figures")
    assert found(tmp_path, "unexpanded-abbreviation", seeds, brief)[0].endswith(" DfE")
    assert found(tmp_path, "unexpanded-abbreviation", seeds.replace("in DfE", "in"), brief) == []
