"""What is stuck, and what repairs it? Concerns of estates, and of the running of the program.

What the program itself cannot do comes first: a list that is built on it may lack something.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from kvob_domain.words import Text
from kvob_projections import ALL_VIEWS, FOLLOWED_VIEWS
from kvob_projections.bonds import is_bounded
from kvob_projections.concern_kinds import OPERATIONS, ConcernFamily, ConcernKind
from kvob_projections.paging import Page, Reader
from kvob_projections.pending import pending
from kvob_projections.statement import COUNTED
from kvob_projections.stuck import ConcernRow, StuckQuery, kinds_of
from kvob_projections.stuck import read as read_concerns
from kvob_workflow.clock import civil_day
from kvob_workflow.engine.gap import GapUnconfirmed, check_gap
from kvob_workflow.engine.safe_commands import Repair, repair_of
from kvob_workflow.engine.standing import PERIODS
from kvob_workflow.setting_names import PROJECTIONS
from kvob_workflow.store import EventStore
from kvob_workflow.store.delivery import DeliveryStatus

_MOST: Final = 1000
_A_DAY: Final = timedelta(days=1)
_INLINE: Final = frozenset(view.name for view in ALL_VIEWS)
_OURS: Final = frozenset(view.name for view in FOLLOWED_VIEWS)
_NOWHERE: Final = (None, "", "")


@dataclass(frozen=True, slots=True)
class StuckRow:
    """One thing that is stuck.

    `estate_id` is None where it is not about one estate. `since` is None where nobody knows.
    `detail` tells several of a kind apart. `command` is a line of `kvob` that works as it stands,
    the same in both languages but for the reason that it records; `advice` says when to give it,
    and what else can be done; `warning` what to know of this entry first, None mostly.
    """

    kind: ConcernKind
    family: ConcernFamily
    explanation: Text
    estate_id: str | None
    estate: str
    municipality: str
    since: date | None
    detail: str
    command: Text
    advice: Text
    warning: Text | None = None


def read(store: EventStore, reader: Reader, query: StuckQuery, now: datetime) -> Page[StuckRow]:
    """The page that the query asks for; `now` is aware.

    The running of the program is told of today alone, and not where a filter or a
    reach asks for estates.

    Raises:
        Invalid: when the query cannot be answered.
    """
    today = civil_day(now)
    assert query.day is not None
    kinds = kinds_of(query)
    first = tuple(_operations(store, reader, kinds, now)) if _is_whole(query, today) else ()
    begin = min(query.offset, len(first))
    rest = replace(
        query,
        offset=query.offset - begin,
        limit=None if query.limit is None else max(0, query.limit - len(first) + begin),
    )
    shown = first[begin:] if query.limit is None else first[begin : begin + query.limit]
    if all(kind in OPERATIONS for kind in kinds):
        read_concerns(reader, replace(rest, limit=0))  # refuses what cannot be answered
        return Page(shown, len(first), len(first) < _MOST, query.offset, query.limit)
    page = read_concerns(reader, rest)
    items = (*shown, *(_row(row, query.day) for row in page.items))
    total = min(page.total + len(first), COUNTED)
    is_exact = page.total_is_exact and page.total + len(first) <= COUNTED
    return Page(items, total, is_exact, query.offset, query.limit)


def _is_whole(query: StuckQuery, today: date) -> bool:
    asked_for = (query.text, query.municipality) != (None, None) or is_bounded(query.reach)
    return query.day == today and not asked_for


def _row(row: ConcernRow, today: date) -> StuckRow:
    repair = repair_of(row, today)
    place = (row.estate_id, row.estate, row.municipality)
    return _stuck(row.kind, place, row.since, row.detail, repair)


def _stuck(
    kind: ConcernKind,
    place: tuple[str | None, str, str],
    since: date | None,
    detail: str,
    repair: Repair,
) -> StuckRow:
    explanation = kind.explanation
    return StuckRow(kind, kind.family, explanation, *place, since, detail, *repair)


def _operations(
    store: EventStore, read: Reader, kinds: tuple[ConcernKind, ...], now: datetime
) -> Iterator[StuckRow]:
    if ConcernKind.NOTICE_HELD in kinds:
        yield from _held(store, read, now)
    if ConcernKind.ROWS_BEHIND in kinds:
        for mark in store.behind():
            if mark.view in _INLINE:
                place = _named(read, mark.estate)
                yield _stuck(ConcernKind.ROWS_BEHIND, place, None, mark.view, _SWEEP)
    if ConcernKind.PARKED in kinds:
        yield from _parked(store, read)
    if ConcernKind.UNDELIVERED in kinds:
        for one in store.deliveries((DeliveryStatus.FAILED,), limit=_MOST):
            detail = f"{one.channel}: {one.last_error or ''}"
            made = civil_day(one.created_at)
            line = f"kvob notices --resend {one.id}"
            repair = Repair(Text(line, line), _RESENT)
            yield _stuck(ConcernKind.UNDELIVERED, _NOWHERE, made, detail, repair)
    if ConcernKind.FOLLOWER_FAILS in kinds:
        for state in store.followers():
            if state.failures:
                last = civil_day(state.moved_at)
                detail = f"{state.name}: {state.error or ''}"
                repair = _retried(state.name)
                yield _stuck(ConcernKind.FOLLOWER_FAILS, _NOWHERE, last, detail, repair)


def _held(store: EventStore, read: Reader, now: datetime) -> Iterator[StuckRow]:
    try:
        check_gap(store, now)
    except GapUnconfirmed:
        repair = _SWEEP_CONFIRMED
    else:
        repair = _SWEEP
    for key in pending(read, civil_day(now) - _A_DAY, None, _MOST):
        detail = f"{key.kind}:{key.ordinal}"
        place = _named(read, key.estate)
        yield _stuck(ConcernKind.NOTICE_HELD, place, key.due_on, detail, repair)


def _parked(store: EventStore, read: Reader) -> Iterator[StuckRow]:
    for mark in store.behind():
        if mark.view not in _INLINE:
            repair = _retried(mark.view)
            yield _stuck(ConcernKind.PARKED, _named(read, mark.estate), None, mark.view, repair)
    for parked in store.parked():
        line = "kvob periods build"
        repair = Repair(Text(line, line), _retry_advice(PERIODS))
        yield _stuck(ConcernKind.PARKED, _named(read, parked.estate), None, PERIODS, repair)


def _retried(name: str) -> Repair:
    """Try again what a follower failed at; one of a host is only known where a setting names it."""
    line, advice = f"kvob projection retry {name}", _retry_advice(name)
    if name not in _OURS:
        advice = Text(
            f"{advice.nl} Hij is van een toepassing: geef het waar {PROJECTIONS.variable} haar "
            "noemt.",
            f"{advice.en} It is one of a host: give it where {PROJECTIONS.variable} names that.",
        )
    return Repair(Text(line, line), advice)


def _retry_advice(name: str) -> Text:
    return Text(
        f"Probeert het opnieuw; de fout staat in 'kvob projection status {name}'.",
        f"Tries again; the error stands in 'kvob projection status {name}'.",
    )


def _named(read: Reader, estate: str) -> tuple[str, str, str]:
    sql = "SELECT estate, municipality FROM view_board WHERE estate_id = :estate"
    for row in read(sql, {"estate": estate}):
        return estate, row["estate"], row["municipality"]
    return estate, "", ""


_SWEEP: Final = Repair(
    Text("kvob sweep", "kvob sweep"),
    Text(
        "Geeft wat gegeven kan worden, en zegt waarom de rest niet lukt. Laat 'kvob run' lopen.",
        "Gives what can be given, and says why the rest fails. Keep 'kvob run' running.",
    ),
)
_SWEEP_CONFIRMED: Final = Repair(
    Text("kvob sweep --confirm", "kvob sweep --confirm"),
    Text(
        "Als de klok van deze machine klopt: er is langer dan 400 dagen niet gekeken.",
        "Where the clock of this machine is right: nobody has looked for over 400 days.",
    ),
)
_RESENT: Final = Text(
    "Zet het bericht weer klaar; 'kvob notices --send' of 'kvob run' verstuurt het.",
    "Makes the message due again; 'kvob notices --send' or 'kvob run' sends it.",
)
