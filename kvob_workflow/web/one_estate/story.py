"""What stands on the time line of an estate? Its steps, certificates, events and what is planned.

What happened stands on its own day, as exactly as that is known, and apart from when it was
recorded.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from kvob_domain.estate.certificates import Period, periods
from kvob_domain.estate.values import Progress
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.partial_date import PartialDate
from kvob_domain.words import Text
from kvob_workflow.clock import civil_day
from kvob_workflow.web.one_estate.told import (
    event_link,
    measures_of,
    particular_of,
)
from kvob_workflow.web.pictures.timed import (
    Bar,
    BarKind,
    Deadline,
    EventKind,
    Story,
    TimelineEvent,
)
from kvob_workflow.web.telling.titles import fact_kind_of, title_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from kvob_domain.estate.certificates import Certificate
    from kvob_domain.estate.state import Estate, Move
    from kvob_workflow.engine.history import HistoryEntry
    from kvob_workflow.engine.overview import Overview
    from kvob_workflow.web.asking import Ask

KINDS: Final[Mapping[str, Text]] = {
    "step": Text("Stappen", "Steps"),
    "certificate": Text("Certificaten", "Certificates"),
    "event": Text("Gebeurtenissen", "Events"),
    "deadline": Text("Termijnen", "Deadlines"),
    "measure": Text("Maatregelen", "Measures"),
}
_DAY: Final = timedelta(days=1)
_CERTIFICATE: Final = Text("Certificaat", "Certificate")
_MEASURE: Final = Text("Maatregel", "Measure")
_NEVER: Final = Text(" (nooit gebeurd)", " (never happened)")
_CORRECTED: Final = Text(" (gecorrigeerd)", " (corrected)")
_ESTIMATED: Final = Text("datum geschat", "date estimated")
_AT: Final[Mapping[str, EventKind]] = {
    "event-corrected": "correction",
    "certificate-awarded": "certificate",
    "certificate-presented": "certificate",
    "certificate-restored": "certificate",
    "award-refused": "refused",
    "certificate-suspended": "refused",
    "certificate-withdrawn": "refused",
    "certificate-expired": "refused",
}
_STANDINGS: Final[dict[Status, BarKind]] = {
    Status.SUSPENDED: "suspended",
    Status.WITHDRAWN: "withdrawn",
    Status.UNKNOWN: "unknown",
    Status.EXPIRED: "expired",
}


def story_of(
    ask: Ask,
    overview: Overview,
    state: Estate,
    entries: Iterable[HistoryEntry],
    kinds: Collection[str],
) -> Story:
    """The story of an estate; `kinds` are those of `KINDS` that are shown."""
    planned = [
        *(_deadlines(ask, overview) if "deadline" in kinds else ()),
        *(_measures(ask, overview) if "measure" in kinds else ()),
    ]
    return Story(
        today=ask.day,
        events=tuple(_events(ask, overview, entries)) if "event" in kinds else (),
        steps=tuple(_steps(ask, overview.moves)) if "step" in kinds else (),
        certificates=tuple(_certificates(ask, overview, state)) if "certificate" in kinds else (),
        deadlines=tuple(planned),
        as_of=not ask.is_now,
    )


def _events(
    ask: Ask, overview: Overview, entries: Iterable[HistoryEntry]
) -> Iterator[TimelineEvent]:
    moved = {one.version for one in overview.moves}
    measures: dict[str, str] = {}
    for entry in entries:
        measures.update(measures_of(entry))  # as the plan of that time called them
        yield _event(ask, entry, moved, measures)


def _event(
    ask: Ask, entry: HistoryEntry, moved: Collection[int], measures: Mapping[str, str]
) -> TimelineEvent:
    on = PartialDate.parse(entry.on)
    label = title_of(entry).of(ask.language)
    if (particular := particular_of(entry, measures)) is not None:
        label += f": {particular.of(ask.language)}"
    if entry.withdrawn:
        label += _NEVER.of(ask.language)
    elif entry.corrected_by is not None:
        label += _CORRECTED.of(ask.language)
    if entry.via is not None:
        label += f" ({entry.via})"
    href = event_link(ask, entry.version) if entry.via is None else None
    kind = _kind(entry, moved)
    return TimelineEvent(on.earliest, on.latest, civil_day(entry.recorded_at), label, href, kind)


def _kind(entry: HistoryEntry, moved: Collection[int]) -> EventKind:
    if entry.withdrawn or entry.corrected_by is not None:
        return "correction"
    noun = entry.topic.removeprefix("kvob.estate:").rpartition(".")[0]
    if noun in _AT:
        return _AT[noun]
    if fact_kind_of(entry) in ("award", "recertification"):
        return "certificate"
    return "move" if entry.via is None and entry.version in moved else "plain"


def _steps(ask: Ask, moves: Iterable[Move]) -> Iterator[Bar]:
    """The steps in order; one that begins before the one before it has no room and gets a day."""
    line = list(moves)
    for at, move in enumerate(line):
        label = move.step.words.of(ask.language)
        href = event_link(ask, move.version)
        later = [one.day for one in line[at + 1 :] if one.day is not None]
        if at == len(line) - 1:
            yield Bar(move.day, None, label, "now", href=href)
        else:
            until = later[0] - _DAY if later else None
            yield Bar(move.day, _not_before(until, move.day), label, "step", href=href)


def _certificates(ask: Ask, overview: Overview, state: Estate) -> Iterator[Bar]:
    levels = {one.number: one.level for one in overview.certificates}
    for period in periods(state.certificates):
        held = period.certificate
        first, last = _span(period, held)
        name = f"{_CERTIFICATE.of(ask.language)} {held.number}"
        level = levels.get(held.number)
        label = f"{name}, {level}" if level else name
        if period.standing in (Status.SUSPENDED, Status.WITHDRAWN):
            label += f": {period.standing.words.of(ask.language).casefold()}"
        if first is not None and last is not None and last < first:
            continue  # an earlier standing of the day on which it changed
        is_dated = held.valid_from is not None and held.expires_on is not None
        plain: BarKind = "valid" if is_dated else "unknown"
        kind: BarKind = _STANDINGS.get(period.standing, plain)
        note = _ESTIMATED.of(ask.language) if held.estimated else ""
        href = ask.links.to(f"/estates/{state.id}") + "#certificates"
        yield Bar(first, last, label, kind, note, href)


def _span(period: Period, held: Certificate) -> tuple[date | None, date | None]:
    first = period.from_day or held.valid_from
    ends = [one for one in (period.until_day, held.expires_on) if one is not None]
    return first, min(ends) - _DAY if ends else None


def _deadlines(ask: Ask, overview: Overview) -> Iterator[Deadline]:
    href = ask.links.to(f"/estates/{overview.estate_id}") + "#deadlines"
    for one in overview.deadlines:
        note = _ESTIMATED.of(ask.language) if one.estimated else ""
        yield Deadline(one.due_on, one.kind.words.of(ask.language), note, href)


def _measures(ask: Ask, overview: Overview) -> Iterator[Deadline]:
    place = ask.links.to(f"/estates/{overview.estate_id}")
    for one in overview.measures:
        if one.due_on is not None and one.progress not in (Progress.DONE, Progress.DROPPED):
            label = f"{_MEASURE.of(ask.language)}: {one.text}"
            yield Deadline(one.due_on, label, one.owner, f"{place}#measure-{one.id}")


def _not_before(until: date | None, first: date | None) -> date | None:
    if until is None or first is None:
        return until or first
    return max(until, first)
