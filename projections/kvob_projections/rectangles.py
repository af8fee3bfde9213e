"""What did the read models show of one estate, on which days, known from when until when?

Every answer is a rectangle: a row, the days on which it is seen, the instants between which it
was known so. `rectangles` makes those of one estate from its events; `periods` keeps the tables
and asks them. Days are ordinals (`date.toordinal`), instants whole microseconds since 1970, UTC.
Source: design decision 0018 in `domain/decisions`.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from kvob_domain.estate.as_of import appeared_on
from kvob_domain.estate.certificates import periods, status_on
from kvob_domain.estate.corrected import effective, happened_by
from kvob_domain.estate.events.past import PastFactRecorded, ProvenanceAdded
from kvob_domain.estate.evolve import evolve
from kvob_domain.estate.order import in_order
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import FactKind
from kvob_domain.ids import EstateId
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.scheme.book import SchemeBook
from kvob_projections.board import BOARD
from kvob_projections.deadlines import DEADLINES
from kvob_projections.measures import MEASURES
from kvob_projections.places import Place, board_place, deadline_place, measure_place
from kvob_projections.register import REGISTER
from kvob_projections.view import Row, View

ALWAYS: Final = 0
"""The first day of what was always so."""
NO_END: Final = 2**31 - 1
"""The day after the last one of what has no end."""
FOREVER: Final = 2**63 - 1
"""The instant until which everything is known that nobody has contradicted."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Span(NamedTuple):
    """A row of a view on the days from `seen_from` to the one before `seen_until`."""

    view: str
    row: Row
    place: Place
    seen_from: int
    seen_until: int


class Rectangle(NamedTuple):
    """A span that was known from an instant (inclusive) until another one (exclusive)."""

    span: Span
    known_from: int
    known_until: int


class _Seen(NamedTuple):
    """What the states of some days show, apart from the status of the certificate."""

    first: int
    until: int
    board: Row
    deadlines: tuple[Row, ...]
    measures: tuple[Row, ...]


@dataclass(slots=True)
class _Slab:
    """What was known in one stretch of time, as far as the next one can go on from it."""

    ordered: list[Recorded]
    states: list[Estate]
    seen: list[_Seen]


def microseconds(instant: datetime) -> int:
    """An aware instant as whole microseconds since 1970, UTC."""
    return (instant - _EPOCH) // timedelta(microseconds=1)


def rectangles(
    estate: EstateId, history: Sequence[Recorded], book: SchemeBook, since: int | None = None
) -> list[Rectangle]:
    """The rectangles of one estate, without overlap, equal neighbours merged.

    With `since` (microseconds) those that end at or after that instant; they are the same as the
    ones of the whole history, because what was known earlier does not change.
    """
    instants = sorted({microseconds(recorded.at) for recorded in history})
    if since is not None:
        # The stretch before tells which rectangles were open.
        instants = instants[max(bisect_right(instants, since - 1) - 1, 0) :]
    is_cut = since is not None and bool(instants) and instants[0] < since
    found: list[Rectangle] = []
    opened: dict[Span, int] = {}
    slab = _Slab([], [Estate(estate)], [])
    for number, instant in enumerate(instants):
        known = [recorded for recorded in history if microseconds(recorded.at) <= instant]
        slab = _slab(estate, known, book, slab)
        now = _spans(slab, book)
        for span in [span for span in opened if span not in now]:
            found.append(Rectangle(span, opened.pop(span), instant))
        # Before `since` it only shows which were open, not from when.
        start = -1 if is_cut and number == 0 else instant
        for span in now:
            opened.setdefault(span, start)
    found += [Rectangle(span, start, FOREVER) for span, start in opened.items()]
    return found


def _slab(estate: EstateId, known: Sequence[Recorded], book: SchemeBook, before: _Slab) -> _Slab:
    told = effective(known)
    ordered = in_order(told)
    same = _common(before.ordered, ordered)
    states = before.states[: same + 1]
    for recorded in ordered[same:]:
        states.append(evolve(states[-1], recorded))
    appeared = appeared_on(told)
    first = ALWAYS if appeared is None else appeared.toordinal()
    kept = _still_seen(before, ordered, same, first)
    begin = kept[-1].until if kept else first
    seen = [*kept, *_seen(ordered, states, book, begin)]
    return _Slab(ordered, states, seen)


def _common(old: Sequence[Recorded], new: Sequence[Recorded]) -> int:
    number = 0
    for one, other in zip(old, new, strict=False):
        if one is not other and one != other:
            break
        number += 1
    return number


def _still_seen(before: _Slab, ordered: list[Recorded], same: int, first: int) -> list[_Seen]:
    """What is seen on the days before anything that is new or gone.

    An event without a day, or one that speaks of a certificate's end, may reach further back.
    """
    if not before.seen or before.seen[0].first != first:
        return []
    others = [*before.ordered[same:], *ordered[same:]]
    days: list[int] = []
    for recorded in others:
        earliest = recorded.event.earliest
        if earliest is None or _reaches_back(recorded):
            return []
        days.append(earliest.toordinal())
    change = min(days, default=NO_END)
    kept = [one for one in before.seen if one.first < change]
    if kept and kept[-1].until > change:
        kept[-1] = kept[-1]._replace(until=change)
    return kept


def _reaches_back(recorded: Recorded) -> bool:
    """Whether `happened_by` may take it in before its day, or stop at it."""
    event = recorded.event
    if isinstance(event, PastFactRecorded | ProvenanceAdded):
        return event.fact.kind in (FactKind.EXPIRY, FactKind.AWARD, FactKind.RECERTIFICATION)
    return event.TOPIC == _AWARDED


_AWARDED: Final = "kvob.estate:certificate-awarded.v1"


def _seen(
    ordered: list[Recorded], states: list[Estate], book: SchemeBook, begin: int
) -> Iterator[_Seen]:
    days = [_ordinal(recorded) for recorded in ordered]
    # An event that comes after a later one is not there before that one.
    reached = list(accumulate(days, max))
    starts = sorted({begin, *(day for day in days if day > begin)})
    for first, until in pairwise([*starts, NO_END]):
        if first >= until:
            continue
        cut = bisect_right(reached, first)
        state = states[cut]
        day = date.fromordinal(max(first, 1))
        for ahead in happened_by(ordered[cut:], day):
            state = evolve(state, ahead)
        if state.exists:
            board, *_ = BOARD.rows(state, book)
            due, planned = DEADLINES.rows(state, book), MEASURES.rows(state, book)
            yield _Seen(first, until, board, due, planned)


def _ordinal(recorded: Recorded) -> int:
    earliest = recorded.event.earliest
    return ALWAYS if earliest is None else earliest.toordinal()


def _spans(slab: _Slab, book: SchemeBook) -> dict[Span, None]:
    """Every row of one stretch of knowledge; rows that go on are one span."""
    open_spans: dict[tuple[str, Row, Place], tuple[int, int]] = {}
    spans: dict[Span, None] = {}

    def show(view: View, row: Row, place: Place, first: int, until: int) -> None:
        key = (view.name, row, place)
        begun, ended = open_spans.get(key, (first, first))
        if ended != first:
            spans[Span(*key, begun, ended)] = None
            begun = first
        open_spans[key] = begun, until

    now = slab.states[-1]
    if now.exists:
        for row in REGISTER.rows(now, book):
            spans[Span(REGISTER.name, row, Place("", 0, 0, ""), ALWAYS, NO_END)] = None
    standing = _standing(now)
    for seen in slab.seen:
        for first, until, status in _within(standing, seen.first, seen.until):
            show(BOARD, seen.board, board_place(seen.board, status), first, until)
        for row in seen.deadlines:
            show(DEADLINES, row, deadline_place(row, seen.board), seen.first, seen.until)
        for row in seen.measures:
            show(MEASURES, row, measure_place(row, seen.board), seen.first, seen.until)
    for (view, row, place), (begun, ended) in open_spans.items():
        spans[Span(view, row, place, begun, ended)] = None
    return spans


def _standing(estate: Estate) -> list[tuple[int, Status]]:
    """From which day on the estate has which status, as far as its certificates are known."""
    held = estate.certificates
    days: set[date] = {date.min}
    for period in periods(held):
        found = (period.from_day, period.until_day, period.certificate.expires_on)
        days.update(day for day in found if day is not None)
    line = [(day.toordinal(), status_on(held, day)) for day in sorted(days)]
    return [(ALWAYS, line[0][1]), *line[1:]]


def _within(
    standing: list[tuple[int, Status]], first: int, until: int
) -> Iterator[tuple[int, int, Status]]:
    """The statuses of the days from `first` to the one before `until`; equal ones as one."""
    begun, held = first, None
    for start, status in standing:
        if start <= first:
            held = status
        elif start < until and status != held and held is not None:
            yield begun, start, held
            begun, held = start, status
    if held is not None:
        yield begun, until, held
