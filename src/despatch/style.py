"""A house style: the folder `templates/<style>`, where a designer changes words and look without code."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import ClassVar, Literal

from msgspec import Struct, field

from despatch.content import Gravity, Label, Note, Plain, RuleName
from despatch.dates import MONTH
from despatch.diagnostics import Diagnostic, Diagnostics, Span, did_you_mean
from despatch.faults import editorial
from despatch.reading import Reader
from despatch.source import Mapping as Written
from despatch.source import Scalar, Source, empty, parse, read

DATED, CITED, CHART_SOURCE = (Label(Scalar(each)) for each in ("{value} ({as_of})", "({source})", "Source: {sources}"))
DEPARTMENT = Label(Scalar("Answering body: {department}"))
REVIEW = Label(Scalar("Review copy: not for circulation"))
CONTENTS = Label(Scalar("Contents"))
TITLE_LINE, AMENDMENT_LIST, SITTING, SITTINGS, UNNUMBERED, SPONSORS, STANCE, IN_LIEU = (
    Label(Scalar(each))
    for each in (
        "{title}: {occasion}, {date}",
        "Amendments are numbered as in the {list}, {date}",
        "{proceeding}, day {numbers}",
        "{proceeding}, days {numbers}",
        "Amendment not yet numbered",
        "Supported by {sponsors}",
        "{view}: {stance}",
        "Amendment in lieu of {number}",
    )
)
OPPOSE = "oppose the Question that {place} stand part of the Bill"
OPERATIONS = {
    "stand part": Label(Scalar(f"Notice of an intention to {OPPOSE}")),
    "stand part by one": Label(Scalar(f"{{movers}} gives notice of an intention to {OPPOSE}")),
    "stand part by several": Label(Scalar(f"{{movers}} give notice of an intention to {OPPOSE}")),
    "agree": Label(Scalar("{place} to agree")),
    "disagree": Label(Scalar("{place} to disagree")),
}
SUBJECTS = {
    "clause": Label(Scalar("this clause")),
    "schedule": Label(Scalar("this Schedule")),
    "amendment": Label(Scalar("this amendment")),
    "new clause": Label(Scalar("this new clause")),
    "new schedule": Label(Scalar("this new Schedule")),
    "in lieu": Label(Scalar("this amendment in lieu")),
    "stand part": Label(Scalar("leaving out this clause")),
    "schedule stand part": Label(Scalar("leaving out this Schedule")),
    "probing stand part": Label(Scalar("whether this clause should stand part")),
    "probing schedule stand part": Label(Scalar("whether this Schedule should stand part")),
    "agree": Label(Scalar("this motion to agree")),
    "disagree": Label(Scalar("this motion to disagree")),
}
VOTES = {
    "content": Label(Scalar("We ask peers to vote content.")),
    "not content": Label(Scalar("We ask peers to vote not content.")),
    "aye": Label(Scalar("We ask Members to vote aye.")),
    "no": Label(Scalar("We ask Members to vote no.")),
}


class Labels(Struct, frozen=True, eq=False):
    """Every label that the program prints. Words in {braces} are filled in."""

    proposal: Mapping[str, Label]
    """Over a proposal, by the kind of its source, or `clause`, `amendment` or an operation: `What {source} recommends`."""
    view: Label
    """Over our view: `LGA view`."""
    sections: Mapping[str, Label]
    """Over a section without a heading of its own, by its list: `key_messages`, `asks`, …"""
    part: Label
    """A proposal's label with the part of the document it is in: `{label} ({part})`."""
    point: Label
    """A label before a bullet: `{label}:`."""
    ask: Label
    """Before an ask: `{of}:`."""
    ask_by: Label
    """Before an ask with a date: `{of}, by {date}:`."""
    question: Label
    """Before a question to someone other than the usual Minister: `To {to}:`."""
    minister: Label
    """Whom a question is to when it does not say."""
    explanatory: Label
    """Over an amendment's explanatory statement."""
    amendment: Label
    """Names an amendment: `Amendment {number}, {list}`."""
    movers: Label
    """Who tabled an amendment: `Tabled by {movers}`."""
    quote_open: Label
    """The mark before a quotation."""
    quote_close: Label
    """The mark after it."""
    figure: Label
    """The head of a table's first column."""
    value: Label
    """The head of the column of values."""
    as_of: Label
    """The head of the column of dates."""
    sources: Label
    """Over the list of sources."""
    contact: Label
    """Before the contact at the end."""
    occasion: Label
    """House and proceeding: `{proceeding}, {house}`."""
    motion: Label
    """Before the motion: `Motion: {motion}`."""
    embargo: Label
    """The embargo line: `Embargoed until {embargo}`."""
    draft: Label
    """The mark on every page of a draft."""
    days: Label
    """Between two sitting days, and before the last name of several."""
    dated: Label = DATED
    """A figure with its date, where the style prints dates: `{value} ({as_of})`."""
    cited: Label = CITED
    """A source named in the text, where the style has links for citations: `({source})`."""
    chart_source: Label = CHART_SOURCE
    """Under a chart: `Source: {sources}`."""
    department: Label = DEPARTMENT
    """Whose Minister answers: `Answering body: {department}`."""
    review: Label = REVIEW
    """The mark on every page of a review copy."""
    contents: Label = CONTENTS
    """Over the table of contents of a long Word file."""
    title_line: Label = TITLE_LINE
    """The title in one line, for the file’s properties and the heads of pages: `{title}: {occasion}, {date}`."""
    sitting: Label = SITTING
    """A proceeding with the number of its day: `{proceeding}, day {numbers}`."""
    sittings: Label = SITTINGS
    """The same for several: `{proceeding}, days {numbers}`."""
    amendment_list: Label = AMENDMENT_LIST
    """Which list has the amendments’ numbers: `Amendments are numbered as in the {list}, {date}`."""
    in_lieu: Label = IN_LIEU
    """Names an amendment in lieu by what it is in lieu of: `Amendment in lieu of {number}`."""
    unnumbered: Label = UNNUMBERED
    """Names an amendment that has no number yet."""
    operations: Mapping[str, Label] = field(default_factory=lambda: OPERATIONS)
    """What is printed for an amendment’s place, by its operation: `{place} to disagree`; for others the place alone.
    One with `{movers}` names them too, and `stand part by one` and `stand part by several` go before `stand part`."""
    sponsors: Label = SPONSORS
    """Who put their names to an amendment besides its mover: `Supported by {sponsors}`."""
    stances: Mapping[str, Label] = field(default_factory=dict)
    """Our stance on a clause or an amendment: `oppose: opposes {subject}`. Where there is none, none is printed."""
    subjects: Mapping[str, Label] = field(default_factory=lambda: SUBJECTS)
    """What `{subject}` stands for in a stance: `clause`, `amendment` or an amendment’s operation, which `probing` may
    stand before."""
    view_stance: Label = STANCE
    """Over our view of a clause or an amendment: `{view}: {stance}`."""
    votes: Mapping[str, Label] = field(default_factory=lambda: VOTES)
    """How we ask Members to vote: `content`, `not content`, `aye`, `no`."""


class Form(Struct, frozen=True, eq=False):
    """A way in which this house writes something, and the other ways that are found."""

    write: Plain
    """What is written: `per cent`. `{number}`, `{day}`, `{month}` and `{year}` stand for any: `{number} per cent`."""
    not_: tuple[Plain, ...]
    """What is not: `percent`, `{number}%`. Whole words, in any capitals unless only capitals tell them from what is
    written."""
    except_: tuple[Plain, ...] = ()
    """Longer phrases in which it is right all the same: `the government of Wales`."""
    fix: Literal["yes", "no"] = "yes"
    """Whether the change is always right, so that `check --fix` may make it."""
    why: Note | None = None
    """For colleagues: where the rule comes from."""


class HouseStyle(Struct, frozen=True, eq=False):
    """How this house writes."""

    quotation_marks: Literal["double", "single"] | None = None
    """Curly marks round what somebody said."""
    dash: Literal["spaced-en", "unspaced-em"] | None = None
    """The dash between two parts of a sentence: ` – ` or `—`."""
    numbers_in_words_below: int = 0
    """Numbers below this are written in words before years, months, weeks and the like; 0 leaves them alone."""
    most_words: int = 45
    """A sentence with more words is found long."""
    reading_age: int = 18
    """A document that needs readers older than this, by Flesch and Kincaid, is found hard."""
    forms: tuple[Form, ...] = ()
    """Preferred forms."""


class Style(Struct, frozen=True, eq=False):
    """The contents of `style.yaml`."""

    HIDDEN: ClassVar = ("folder", "written")
    organisation: Label
    """The body whose name stands on the page and in the file's properties."""
    labels: Labels
    """The words that the program prints round an officer's own."""
    word: Mapping[str, Label]
    """Which Word style prints which part of the page: `view.label`, else `label`, gives the style's name;
    where a view stands beside its proposal, `pair-view.label` comes before both."""
    citations: Literal["footnotes", "list", "links", "none"] = "list"
    """How a figure and a `[@source]` say where they come from: by footnotes, by marks that lead to a list at the end,
    by links in the text, or not at all."""
    dated_figures: Literal["yes", "no"] = "no"
    """Whether each figure in a sentence is followed by its date."""
    chart_tables: Literal["beside", "behind"] = "beside"
    """Whether a chart's table is printed after it, or only kept behind it."""
    positions: Literal["stacked", "side-by-side"] = "stacked"
    """Whether our view stands under the proposal that it is of, or beside it in a table of two columns."""
    contents_from: int = 0
    """A Word file of about this many pages or more has a table of contents; 0 never."""
    house_style: HouseStyle = HouseStyle()
    """How this house writes. `despatch check` finds what is written otherwise."""
    rules: Mapping[RuleName, Gravity] = field(default_factory=dict)
    """How grave what a rule finds is: `error`, `warning`, `advice` or `off`. A brief may say otherwise."""
    folder: Path = Path()
    written: Written | None = None

    def says_so(self, name: str) -> tuple[tuple[str, Span], ...]:
        """Where something under `house_style` is written, as a finding's other place; nothing, where it is not."""
        house = self.written.get(Scalar("house_style")) if self.written is not None else None
        said = house.get(Scalar(name)) if isinstance(house, Written) else None
        return (("the style says so here", said.span),) if isinstance(said, Scalar) else ()

    def word_style(self, part: str, group: str = "") -> str:
        """The name of the Word style for a part of the page (`bullet-2`) in a group (`view`)."""
        names = (part, OTHERWISE.get(part, part))
        parts = (each for name in names for each in (f"{group}.{name}", f"{group.removeprefix(BESIDE)}.{name}", name))
        return self.word[next((each for each in parts if each in self.word), part)]


BESIDE = "pair-"
"""What the name of a group begins with where it stands beside another: `pair-view.label`, else `view.label`."""
LITERAL_PARTS = ("literal-1", "literal-2", "literal-number-1", "literal-number-2", "literal-number-3")
"""Tabled lines that are set in, those with a number apart from those without."""
OTHERWISE = {"chart": "body", "pair": "table", "explanatory": "body", **dict.fromkeys(LITERAL_PARTS, "literal")}
"""The part whose Word style prints one that a style need not name."""


def beside(group: str) -> str:
    """What a group is called where it stands beside another."""
    return f"{BESIDE}{group}"


WORD_PARTS = [
    "organisation",
    "draft",
    "title",
    "occasion",
    "date",
    "embargo",
    "standfirst",
    "heading-1",
    "heading-2",
    "heading-3",
    "body",
    "lead",
    "label",
    "literal",
    "attribution",
    "caption",
    "contact",
    "bullet",
    "bullet-2",
    "bullet-3",
    "number",
    "number-2",
    "number-3",
    "continue",
    "continue-2",
    "continue-3",
    "table",
    "table-header",
    "table-cell",
    "table-number",
    "strong",
    "emphasis",
    "link",
]
"""The parts of the page that `style.yaml` must name a Word style for."""
NOTE_PARTS = ("footnote-text", "footnote-mark")
"""Those that it must name as well where citations are footnotes."""
CONTENTS_PARTS = ("contents-heading", "contents-1", "contents-2")
"""Those that it must name as well where a long Word file has a table of contents."""
PROPOSALS = [
    "review",
    "bill",
    "act",
    "amendment-list",
    "motion",
    "dataset",
    "report",
    "submission",
    "statement",
    "page",
    "clause",
    "amendment",
]


def shipped() -> Path:
    """The styles that come with the program: in the installed package, or beside `src/` in a checkout."""
    packaged = Path(__file__).parent / "templates"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "templates"


def names(templates: Path) -> list[str]:
    """The styles there are, the workspace's and those that come with the program."""
    folders = [folder for root in (templates, shipped()) if root.is_dir() for folder in root.iterdir()]
    return sorted({folder.name for folder in folders if (folder / "style.yaml").is_file()})


def load_style(name: str, templates: Path, asked: Span) -> tuple[Style | None, Diagnostics]:
    """A style by its folder's name, and every fault in it. `asked` is where the name was written."""
    known = names(templates)
    if name not in known:
        advice = did_you_mean(name, known) or f"The styles are {', '.join(known)}."
        return None, [Diagnostic("unknown-style", asked, f"There is no style called `{name}`.", advice)]
    folder = templates / name if (templates / name / "style.yaml").is_file() else shipped() / name
    source, faults = read(folder / "style.yaml")
    if source is None:
        return None, faults
    style, found = _styled(folder, source.text)
    return style, list(found)


def is_as_shipped(folder: Path) -> bool:
    """Whether a style is one that comes with the program and nobody has changed it."""
    ours = shipped() / folder.name
    if not ours.is_dir() or folder.resolve() == ours.resolve():
        return ours.is_dir()
    names = {path.name for place in (folder, ours) for path in place.iterdir() if not path.name.startswith(".")}
    return all((folder / name).is_file() and _same(folder / name, ours / name) for name in names)


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()


@cache  # most briefs of an office share a style
def _styled(folder: Path, text: str) -> tuple[Style | None, tuple[Diagnostic, ...]]:
    source = Source(folder / "style.yaml", text)
    data, faults = parse(source)
    if data is None and not faults:
        data = empty(source)
    if data is None:
        return None, tuple(faults)
    reader = Reader(faults)
    style = reader.into(Style, data, folder=folder, written=data)
    if style is not None:
        _complete(reader, style, source.span(0, 1))
    return style, tuple(reader.faults)


BRACES = {"part": "label part", "point": "label", "ask": "of", "ask_by": "of date", "question": "to", "amendment": "number list",
          "movers": "movers", "occasion": "proceeding house", "motion": "motion", "embargo": "embargo", "dated": "value as_of",
          "cited": "source", "chart_source": "sources", "title_line": "title occasion date", "sitting": "numbers proceeding",
          "sittings": "numbers proceeding", "amendment_list": "list date", "sponsors": "sponsors", "view_stance": "view stance",
          "in_lieu": "number list", "department": "department"}  # fmt: skip
"""What may stand in braces in a label; the first of them must, or the words that it stands for would be lost."""


def _braces(reader: Reader, labels: Labels) -> None:
    """Note words in braces that nothing fills, and those that are missing."""
    for name, known in BRACES.items():
        label = getattr(labels, name)
        found = re.findall(r"\{(\w+)\}", label)
        if strange := [each for each in found if each not in known.split()]:
            advice = f"It may hold {' and '.join(f'`{{{each}}}`' for each in known.split())}."
            reader.fault("fields-do-not-fit", label.span, f"Nothing fills `{{{strange[0]}}}` in this label.", advice)
        elif known.split()[0] not in found and name != "occasion":
            reader.fault(
                "fields-do-not-fit", label.span, f"`{name}` leaves out what it is for: `{{{known.split()[0]}}}`.",
                "Write it where the words are to stand.",
            )  # fmt: skip


FORM_PARTS = {"number": r"\d[\d,]*(?:\.\d+)?", "day": r"\d{1,2}", "month": f"(?:{MONTH})", "year": r"\d{4}"}
"""What a word in braces stands for in a form."""


def _fits(reader: Reader, form: Form) -> None:
    """Note words in braces that stand for nothing, or for something that is not in both ways of writing."""
    wanted = set(re.findall(r"\{(\w*)\}", form.write))
    for each in (form.write, *form.not_):
        parts = set(re.findall(r"\{(\w*)\}", each))
        if strange := sorted(parts - FORM_PARTS.keys()):
            advice = f"It may be {' or '.join(f'`{{{each}}}`' for each in FORM_PARTS)}."
            reader.fault("fields-do-not-fit", each.span, f"`{{{strange[0]}}}` stands for nothing in a form.", advice)
        elif parts != wanted:
            reader.fault(
                "fields-do-not-fit", each.span, f"`{each}` and `{form.write}` have other words in braces.",
                "Write the same ones in both.",
            )  # fmt: skip


def _complete(reader: Reader, style: Style, top: Span) -> None:
    """Note what a style leaves out."""
    _braces(reader, style.labels)
    for mention in reader.names:
        if mention.name not in editorial():
            advice = did_you_mean(mention.name, editorial()) or "`despatch explain` lists all."
            reader.fault("unknown-rule", mention.span, f"There is no rule called `{mention.name}`.", advice)
    for form in style.house_style.forms:
        _fits(reader, form)
    notes = NOTE_PARTS if style.citations == "footnotes" else ()
    for part in (*WORD_PARTS, *notes, *(CONTENTS_PARTS if style.contents_from else ())):
        if part not in style.word:
            reader.fault(
                "missing-field",
                top,
                f"`word` names no Word style for `{part}`.",
                f"Add a line `{part}: …` under `word`.",
            )
    for kind in PROPOSALS:
        if kind not in style.labels.proposal:
            reader.fault(
                "missing-field", top, f"`labels` has no `proposal` label for `{kind}`.", f"Add a line `{kind}: …`."
            )


def fill(label: str, /, **values: str) -> str:
    """A label with its {braces} filled. A name in braces that has no value stays as it stands."""
    return re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], match[0]), label)


def series(parts: Sequence[str], last: str) -> str:
    """Words in a row, with commas between all but the last two: `1, 2 and 3`."""
    return last.join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
