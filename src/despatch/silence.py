"""What an office does not want to hear: how grave each rule is, and what is excused beside the text.

The brief decides how grave a finding is, else its style, else the rule. Of several briefings that print what is found in the
library, the gravest word counts; where none prints it, that of all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from despatch.content import Gravity, RuleName
from despatch.diagnostics import Diagnostic, Diagnostics, Span
from despatch.office import Briefing, Finding, Office
from despatch.rules import rule, rules
from despatch.source import Data, Scalar, is_in
from despatch.source import Mapping as Written

GRAVEST: tuple[Gravity, ...] = ("error", "warning", "advice", "off")


class Excuse(Struct, frozen=True, eq=False):
    """A rule that does not hold in some entry, and why."""

    rule: Scalar
    entry: Written
    within: Written
    """The block, fact, source or brief that the entry is in, or is itself."""

    def holds(self, rule: str, finding: Finding) -> bool:
        """Whether it is for this finding: of its rule, and in its entry."""
        return rule == self.rule and is_in(finding.span, self.entry)


def check(office: Office) -> Diagnostics:
    """What every rule finds in an office and nobody has excused, and the excuses that nothing needs any more."""
    excuses = list(_excuses(office))
    unneeded = set(excuses)
    said: Diagnostics = []
    for name, module in rules().items():
        mine = [each for each in excuses if each.rule == name]
        for finding in module.check(office):
            used = [each for each in mine if each.holds(name, finding)]
            unneeded.difference_update(used)
            if not used:
                said += _said(name, finding, office.briefings)
    if not office.is_whole:
        return said
    stored = _stored(office)
    return said + [_unneeded(each) for each in excuses if each in unneeded and id(each.within) not in stored]


def _stored(office: Office) -> set[int]:
    """The entries of which nobody can say that they need no excuse: blocks that no briefing prints, where there are any."""
    printed = {id(block.written) for briefing in office.briefings for block in briefing.blocks}
    return {id(each.written) for each in office.blocks() if printed and id(each.written) not in printed}


def heard(name: str, findings: Iterable[Finding], office: Office) -> Diagnostics:
    """What one rule finds in an office, as `check` would report it."""
    excuses = list(_excuses(office))
    left = [each for each in findings if not any(excuse.holds(name, each) for excuse in excuses)]
    return [said for each in left for said in _said(name, each, office.briefings)]


def _said(name: str, finding: Finding, briefings: Sequence[Briefing]) -> Diagnostics:
    """A finding as it is reported, unless nobody is to hear of it."""
    gravity = _gravity(name, finding, briefings)
    if gravity == "off":
        return []
    span, message, help, related, fixes, _ = finding
    return [Diagnostic(name, span, message, help, gravity, related, fixes)]


def _gravity(name: str, finding: Finding, briefings: Sequence[Briefing]) -> Gravity:
    usual: Gravity = getattr(rule(name), "GRAVITY", "warning")
    said = RuleName(Scalar(name))
    if finding.of is not None and (style := finding.of.style):
        brief = next((each.selection.brief for each in briefings if each.proof is finding.of), None)
        return (brief and brief.rules.get(said)) or style.rules.get(said, usual)
    judges = [each for each in briefings if _prints(each, finding.span)] or briefings
    weighed = (each.selection.brief.rules.get(said) or each.style.rules.get(said, usual) for each in judges)
    return min(weighed, key=GRAVEST.index, default=usual)


def _prints(briefing: Briefing, span: Span) -> bool:
    """Whether a briefing prints an entry of the library, or says something of its own, that a place is in."""
    entries = (*(each.written for each in briefing.blocks), *(each.written for each in briefing.facts))
    return briefing.path == span.path or any(is_in(span, each) for each in entries)


def _excuses(office: Office) -> Iterator[Excuse]:
    """Every excuse in what was read."""
    records = (entries for each in office.libraries for entries in (each.blocks, each.facts, each.sources))
    written = [entry.written for entries in records for entry in entries.values()]
    briefs = [each.selection.brief.written for each in office.briefings]
    sources = {id(each.source): each.source for each in (*written, *briefs) if each is not None}
    excusing = {name for name, each in sources.items() if "ignore:" in each.text}
    seen: set[tuple[int, int]] = set()
    for each in (*briefs, *written):
        if each is not None and id(each.source) in excusing:
            for excuse in _excuses_in(each, each):
                place = (id(excuse.rule.source), excuse.rule.start)
                if place not in seen:
                    seen.add(place)
                    yield excuse


def _excuses_in(data: Data, within: Written) -> Iterator[Excuse]:
    if isinstance(data, Written):
        for key, value in data.items():
            if key == "ignore" and isinstance(value, Written):
                yield from (Excuse(rule, data, within) for rule in value)
            else:
                yield from _excuses_in(value, within)
    elif not isinstance(data, Scalar):
        for each in data:
            yield from _excuses_in(each, within)


def _unneeded(excuse: Excuse) -> Diagnostic:
    message = f"`{excuse.rule}` finds nothing here any more, so there is nothing to ignore."
    return Diagnostic("unneeded-ignore", excuse.rule.span, message, "Delete this line.", "warning")
