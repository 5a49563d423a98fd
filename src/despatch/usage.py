"""Where things are used, as people and as programs read it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from despatch.content import Library
from despatch.diagnostics import Span
from despatch.impact import Difference
from despatch.report import Paint
from despatch.since import Since
from despatch.uses import InBrief, Named, Place, Thing, all_in_briefs, in_library
from despatch.workspace import Workspace


class Usage(Struct, frozen=True):
    """All that there is to say of where a thing is used."""

    thing: Thing
    seeds: list[Named]
    briefs: list[InBrief]


def usage(things: Iterable[Thing], workspace: Workspace, library: Library) -> list[Usage]:
    """Where each of these is used."""
    found = [Usage(each, in_library(each, library), []) for each in things]
    for thing, brief in all_in_briefs([each.thing for each in found], workspace, library):
        next(each for each in found if each.thing is thing).briefs.append(brief)
    return found


# For people.


def as_text(found: list[Usage], shown: Callable[[Path], str], paint: Paint) -> str:
    """Each thing with its places in seeds, then brief by brief what is printed and what is not."""
    return "\n\n".join("\n".join(_thing(each, shown, paint)) for each in found)


def _thing(found: Usage, shown: Callable[[Path], str], paint: Paint) -> Iterator[str]:
    name = f"{found.thing.kind} {found.thing.id}"
    yield paint(name, "bold")
    for each in found.seeds:
        yield f"  {_place(each.span, shown)}" + (paint(f"  in {each.holder}", "dim") if each.holder else "")
    for brief in found.briefs:
        yield from ("", paint(brief.path.stem, "bold"), *_brief(brief, shown, paint))
    if not found.seeds and not found.briefs:
        yield f"  `{found.thing.id}` is used nowhere."


def _brief(brief: InBrief, shown: Callable[[Path], str], paint: Paint) -> Iterator[str]:
    if not brief.is_sound:
        yield f"  It has faults of its own, and so was not looked into. See `despatch check {brief.path.stem}`."
    for each in brief.named:
        yield f"  {_place(each.span, shown)}  {paint(f'through {each.through}' if each.through else 'by name', 'dim')}"
    for place, those in groupby(brief.printed, key=lambda each: each.place):
        yield f"  {place}"
        yield from (f"    “{each.sentence}”{paint(_manner(each), 'dim')}" for each in those)
    for why in brief.unprinted:
        yield f"  not printed from `{why.block}`: {why.why}"


def _manner(place: Place) -> str:
    """Whose words they are, and whether they are as the library has them."""
    said = [f"from {place.block}", place.how, place.detail] if place.block else []
    return f"  {', '.join(filter(None, said))}" if said else ""


def _place(span: Span, shown: Callable[[Path], str]) -> str:
    return f"{shown(span.path)}:{span.line}:{span.column}"


def impact_as_text(found: list[Since], paint: Paint) -> str:
    """What has changed, and brief by brief the old sentences and the new ones."""
    return "\n\n".join("\n".join(_impact(each, paint)) for each in found)


def _impact(found: Since, paint: Paint) -> Iterator[str]:
    if found.thing and not found.things:
        yield f"{found.thing.kind} {found.thing.id} is as it was at {found.revision}."
        return
    if not found.files:
        yield f"Nothing has changed since {found.revision}."
        return
    yield f"Changed since {found.revision}:"
    yield from (f"  {each}" for each in ([] if found.thing else found.files))
    yield from (f"  {kind} {name}" for kind, name in found.things)
    if found.thing and found.is_as_it_was and found.differences:
        yield f"{found.thing.kind} {found.thing.id} has the words that it had, but what it prints has changed with what they name."
    for brief, differences in found.differences.items():
        yield from ("", f"{paint(brief, 'bold')} prints differently:")
        for place, those in groupby(differences, key=lambda each: each.place):
            yield f"  {place}"
            yield from (line for each in those for line in _sentences(each, paint))
    yield from _remarks(found)


def _sentences(difference: Difference, paint: Paint) -> Iterator[str]:
    if difference.before:
        yield paint(f"    - {difference.before}", "red")
    if difference.after:
        yield paint(f"    + {difference.after}", "green")


def _remarks(found: Since) -> Iterator[str]:
    """The briefs that are not compared, and what to make of none that is different."""
    notes = [f"{each} is new." for each in found.new] + [f"{each} is gone." for each in found.gone]
    broken = [each for each in found.unsound if each in found.broken]
    notes += [f"{each} could be built then, and cannot now. See `despatch check {each}`." for each in broken]
    unsound = [each for each in found.unsound if each not in broken]
    notes += [f"{each} is not compared: it could not be built then." for each in unsound]
    if not (found.differences or notes):
        notes = ["No briefing prints anything differently."]
    yield from ("", *notes) if notes else ()


# For programs.


def as_json(found: list[Usage], root: Path) -> str:
    """The same as JSON: `{"uses": [{"kind", "id", "seeds": […], "briefs": […]}]}`."""
    return json.dumps({"uses": [_as_data(each, root) for each in found]}, ensure_ascii=False, indent=2)


def impact_as_json(found: list[Since]) -> str:
    """The same as JSON: `{"impact": [{"since", "files", "things", "briefs": […], "new", "gone", "not_compared", "broken"}]}`."""
    data = [
        {
            "since": each.revision,
            "files": each.files,
            "things": [{"kind": kind, "id": id} for kind, id in each.things],
            "briefs": [
                {"brief": brief, "differences": [asdict(one) for one in differences]}
                for brief, differences in each.differences.items()
            ],
            "new": each.new,
            "gone": each.gone,
            "not_compared": each.unsound,
            "broken": each.broken,
        }
        for each in found
    ]
    return json.dumps({"impact": data}, ensure_ascii=False, indent=2)


def _as_data(found: Usage, root: Path) -> dict[str, Any]:
    briefs = [
        {
            "brief": each.path.stem,
            "file": each.path.relative_to(root).as_posix(),
            "is_sound": each.is_sound,
            "named": [_span(one, root) | {"through": one.through} for one in each.named],
            "printed": [asdict(one) for one in each.printed],
            "not_printed": [asdict(one) for one in each.unprinted],
        }
        for each in found.briefs
    ]
    seeds = [_span(each, root) | {"in": each.holder} for each in found.seeds]
    return {"kind": found.thing.kind, "id": found.thing.id, "seeds": seeds, "briefs": briefs}


def _span(named: Named, root: Path) -> dict[str, Any]:
    span = named.span
    path = span.path.relative_to(root) if span.path.is_relative_to(root) else span.path
    return {"file": path.as_posix(), "line": span.line, "column": span.column}
