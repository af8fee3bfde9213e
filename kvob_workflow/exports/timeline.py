"""When did an event happen, for a tool that wants an instant? Midnight of its day in Amsterdam.

Events are read as their corrections tell them, in the order in which they are folded, so that
times never run back. Of a month or a year the first day counts; what has no date stands at the
day before it in that order, or after it where nothing comes before. The day as written and the
instant of recording stand beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from urllib.parse import urlsplit

from kvob_domain.estate.corrected import effective, latest_corrections
from kvob_domain.estate.events import ALL_EVENTS, AnyEvent
from kvob_domain.estate.events.past import PastFactRecorded, ProvenanceAdded, RemarkRecorded
from kvob_domain.estate.evolve import evolve
from kvob_domain.estate.order import in_order
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import FactKind
from kvob_domain.ids import EstateId
from kvob_workflow.clock import AMSTERDAM, civil_day

Histories = Callable[[], Iterator[tuple[EstateId, list[Recorded]]]]
"""Gives every estate with its events, in order of id, as often as it is called."""

_FACTS: Final = (PastFactRecorded, ProvenanceAdded)


@dataclass(frozen=True, slots=True)
class Moment:
    """One event with its time (aware, Europe/Amsterdam) and the state of the estate after it."""

    recorded: Recorded
    at: datetime
    after: Estate
    corrected: bool


def moments(estate: EstateId, history: Sequence[Recorded]) -> Iterator[Moment]:
    """The events of an estate in order, with their times."""
    ordered = in_order(effective(history))
    corrected = latest_corrections(history)
    state = Estate(estate)
    for recorded, day in zip(ordered, _days(ordered), strict=True):
        state = evolve(state, recorded)
        at = datetime.combine(day, time(), tzinfo=AMSTERDAM)
        yield Moment(recorded, at, state, (estate, recorded.version) in corrected)


def activity(event: AnyEvent) -> str:
    """The stable name of what happened: "certificate-awarded", of a fact "past-award"."""
    if isinstance(event, _FACTS):
        again = "-again" if isinstance(event, ProvenanceAdded) else ""
        return f"past-{event.fact.kind.value.replace('_', '-')}{again}"
    return _noun(type(event))


def activities() -> tuple[str, ...]:
    """Every name that `activity` can give, sorted."""
    facts = [f"past-{kind.value.replace('_', '-')}" for kind in FactKind]
    nouns = [_noun(one) for one in ALL_EVENTS if one not in _FACTS]
    return tuple(sorted([*nouns, *facts, *(f"{fact}-again" for fact in facts)]))


def source_of(recorded: Recorded) -> str:
    """Whose word it is: the host of a page, or "document"; empty where somebody acted.

    The whole address stays behind: what people write there is free text.
    """
    event = recorded.event
    if isinstance(event, _FACTS):
        source = event.fact.provenance.source
    elif isinstance(event, RemarkRecorded):
        source = event.provenance.source
    else:
        return "document" if recorded.source else ""
    try:
        return urlsplit(source).hostname or "document"
    except ValueError:  # such as half a bracket
        return "document"


def instant(at: datetime) -> str:
    """An instant as ISO 8601 text with its offset."""
    return at.isoformat(timespec="milliseconds")


def _noun(event: type[AnyEvent]) -> str:
    return event.TOPIC.removeprefix("kvob.estate:").rpartition(".")[0]


def _days(ordered: Sequence[Recorded]) -> list[date]:
    """The day of each event; the registration, which is read first, is not after the next one."""
    dated = [recorded.event.earliest for recorded in ordered]
    following = (day for day in dated[1:] if day is not None)
    first = min((day for day in (dated[0], next(following, None)) if day), default=None)
    day = first or civil_day(ordered[0].at)
    days = [day]
    for earliest in dated[1:]:
        day = earliest or day
        days.append(day)
    return days
