"""What an office does not want to hear: how grave each rule is, and what is excused beside the text.

The brief decides how grave a finding is, else its style, else the rule. For what is found in the library itself, where no
brief can decide, the gravest word of the styles that the briefings have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from despatch.content import Gravity, RuleName
from despatch.diagnostics import Diagnostic, Diagnostics
from despatch.office import Briefing, Finding, Office
from despatch.rules import rule, rules
from despatch.source import Data, Scalar
from despatch.source import Mapping as Written

GRAVEST: tuple[Gravity, ...] = ("error", "warning", "advice", "off")


@dataclass(frozen=True, eq=False)
class Excuse:
    """A rule that does not hold in some entry, and why."""

    rule: Scalar
    entry: Written

    def holds(self, rule: str, finding: Finding) -> bool:
        """Whether it is for this finding: of its rule, and in its entry."""
        span = finding.span
        return (
            rule == self.rule
            and span.path == self.entry.source.path
            and self.entry.start <= span.start < self.entry.end
        )


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
    return said + [_unneeded(each) for each in excuses if each in unneeded and office.is_whole]


def heard(name: str, findings: Iterable[Finding], office: Office) -> Diagnostics:
    """What one rule finds in an office, as `check` would report it."""
    excuses = list(_excuses(office))
    left = [each for each in findings if not any(excuse.holds(name, each) for excuse in excuses)]
    return [said for each in left for said in _said(name, each, office.briefings)]


def _said(name: str, finding: Finding, briefings: Iterable[Briefing]) -> Diagnostics:
    """A finding as it is reported, unless nobody is to hear of it."""
    gravity = _gravity(name, finding, briefings)
    if gravity == "off":
        return []
    span, message, help, related, fixes, _ = finding
    return [Diagnostic(name, span, message, help, gravity, related, fixes)]


def _gravity(name: str, finding: Finding, briefings: Iterable[Briefing]) -> Gravity:
    usual: Gravity = getattr(rule(name), "GRAVITY", "warning")
    if finding.of is not None:
        own = next((each.selection.brief.rules for each in briefings if each.proof is finding.of), {})
        styled = finding.of.style.rules if finding.of.style else {}
        return {str(key): value for key, value in (*styled.items(), *own.items())}.get(name, usual)
    said = {each.style.folder: each.style.rules.get(RuleName(Scalar(name)), usual) for each in briefings}
    return min(said.values(), key=GRAVEST.index, default=usual)


def _excuses(office: Office) -> Iterator[Excuse]:
    """Every excuse in what was read."""
    libraries = (office.library, *(each.selection.brief.local for each in office.briefings))
    records = (entries for each in libraries for entries in (each.blocks, each.facts, each.sources))
    written = [entry.written for entries in records for entry in entries.values()]
    briefs = [each.selection.brief.written for each in office.briefings]
    sources = {id(each.source): "ignore:" in each.source.text for each in (*written, *briefs) if each is not None}
    seen: set[tuple[int, int]] = set()
    for each in (*briefs, *written):
        if each is not None and sources[id(each.source)]:
            for excuse in _excuses_in(each):
                place = (id(excuse.rule.source), excuse.rule.start)
                if place not in seen:
                    seen.add(place)
                    yield excuse


def _excuses_in(data: Data) -> Iterator[Excuse]:
    if isinstance(data, Written):
        for key, value in data.items():
            if key == "ignore" and isinstance(value, Written):
                yield from (Excuse(rule, data) for rule in value)
            else:
                yield from _excuses_in(value)
    elif not isinstance(data, Scalar):
        for each in data:
            yield from _excuses_in(each)


def _unneeded(excuse: Excuse) -> Diagnostic:
    message = f"`{excuse.rule}` finds nothing here any more, so there is nothing to ignore."
    return Diagnostic("unneeded-ignore", excuse.rule.span, message, "Delete this line.", "warning")
