"""What can be asked about the past? Any state, any list, and what moved between two moments."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from types import MappingProxyType
from typing import Final, TypeVar

from kvob_domain.errors import KvobError
from kvob_domain.estate.as_of import state_at, told_at
from kvob_domain.estate.corrected import known_by, latest_corrections
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId
from kvob_projections import ALL_VIEWS
from kvob_projections.board import BoardQuery, BoardRow
from kvob_projections.estates import EstateQuery
from kvob_projections.moved import DueDay, MovedEstates, Stand, moved, stands
from kvob_projections.paging import Page, Reader
from kvob_projections.past import COUNTED, Asking, read_past
from kvob_projections.stored import Record
from kvob_workflow.engine.as_of import catch_up, pair_of, retry_parked
from kvob_workflow.engine.core import Core
from kvob_workflow.engine.differing import (
    DeadlineChange,
    Difference,
    deadline_changes,
    difference,
)
from kvob_workflow.engine.errors import EstateNotFound, ViewUnreadable
from kvob_workflow.engine.history import HistoryEntry, entry
from kvob_workflow.engine.moments import (
    Moment,
    NotThereThen,
    check_known,
    instant_of,
    moment_of,
)
from kvob_workflow.store.periods import Parked

Row = TypeVar("Row")
Streams = Mapping[EstateId, list[Recorded]]
# Who asks about one moment of an estate asks about another one next. Decoding 1,000 events takes
# 3 ms, and now and then 20 when Python looks through its memory.
_KEPT: Final = 8
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class EstateDiff:
    """What is otherwise with one estate at `b` than at `a`, and by which events.

    `events` count at `b` and not at `a`, in the order in which they happened; `undone` the other
    way round. A corrected event is in both, with the correction among `events`.
    """

    estate_id: EstateId
    estate: str
    municipality: str
    a: Moment
    b: Moment
    difference: Difference
    events: tuple[HistoryEntry, ...]
    undone: tuple[HistoryEntry, ...]


@dataclass(frozen=True, slots=True)
class MovedRow:
    """An estate that stands otherwise at the second pair of moments than at the first.

    `before` or `after` is None where it was not there. `changed` names the fields of the board
    that differ. Without `events` only time has passed: a certificate ran out.
    """

    estate_id: str
    estate: str
    municipality: str
    before: BoardRow | None
    after: BoardRow | None
    changed: tuple[str, ...]
    deadlines: tuple[DeadlineChange, ...]
    events: tuple[HistoryEntry, ...]
    undone: tuple[HistoryEntry, ...]


class Past(Core):
    """The questions about other moments than now."""

    _kept: Streams = MappingProxyType({})

    def build_periods(self, progress: Callable[[int], object] | None = None) -> int:
        """Work out what lists need to answer about the past; how many estates it took.

        The first question does it too; on a large store that takes minutes. `progress` is told
        after each page how many estates are done. Killed, it goes on where it was.

        Raises:
            SchemeDataDiffer: the store was opened with other scheme data.
        """
        done = catch_up(self._store, self.book, progress)
        retry_parked(self._store, self.book)
        return done

    def moment(self, text: str) -> Moment:
        """The moment that a text names, such as `2021-06-30@2021-07-05`; see `moments`.

        Raises:
            MomentUnreadable, InstantUnreadable: it names none.
        """
        return moment_of(text, self._clock.now())

    def instant(self, text: str) -> datetime:
        """The instant that a text names: one with its offset, or the end of a civil day.

        Raises:
            InstantUnreadable: it names none.
        """
        return instant_of(text, self._clock.now())

    def parked(self) -> tuple[Parked, ...]:
        """The estates that no list about the past shows, because their events are unreadable."""
        return tuple(self._store.parked())

    def diff(self, estate: EstateId, a: Moment, b: Moment) -> EstateDiff:
        """What is otherwise with an estate at `b` than at `a`, and by which events.

        Raises:
            EstateNotFound: when there is none.
            NotThereThen: when it was there at neither moment.
            KnownInFuture: an instant lies ahead.
        """
        history = self._stream_of(estate)
        (day_a, known_a), (day_b, known_b) = self._asked(a), self._asked(b)
        before = state_at(estate, history, day_a, known_a)
        after = state_at(estate, history, day_b, known_b)
        shown = after if after.exists else before
        if not shown.exists:
            raise NotThereThen(estate, f"{a}, {b}")
        events, undone = self._between(history, a, b)
        return EstateDiff(
            estate_id=estate,
            estate=shown.name,
            municipality=shown.municipality,
            a=a,
            b=b,
            difference=difference(before, after, self.book),
            events=events,
            undone=undone,
        )

    def moved(self, a: Moment, b: Moment, query: BoardQuery | None = None) -> Page[MovedRow]:
        """Which estates stand otherwise at `b` than at `a`, by name, and by which events.

        Of the query `groups`, `municipality`, `step`, `status`, `limit` and `offset` count.

        Raises:
            Invalid: when the question cannot be answered.
        """
        asked = query or BoardQuery()
        (day_a, known_a), (day_b, known_b) = self._asked(a), self._asked(b)
        catch_up(self._store, self.book)
        first, second = pair_of(day_a, known_a), pair_of(day_b, known_b)
        dialect = self._store.dialect

        def read(reader: Reader) -> tuple[MovedEstates, dict[str, Stand], dict[str, Stand]]:
            found = moved(reader, first, second, asked, dialect)
            was = stands(reader, first, day_a.isoformat(), found.estates, dialect)
            return found, was, stands(reader, second, day_b.isoformat(), found.estates, dialect)

        found, was, now = self._read_rows(read)
        streams = self._store.streams([EstateId(estate) for estate in found.estates])
        rows = tuple(
            self._moved(was[estate], now[estate], self._between(streams[EstateId(estate)], a, b))
            for estate in found.estates
        )
        total = min(found.total, COUNTED)
        return Page(rows, total, found.total <= COUNTED, asked.offset, asked.limit)

    def _moved(
        self,
        was: Stand,
        now: Stand,
        between: tuple[tuple[HistoryEntry, ...], tuple[HistoryEntry, ...]],
    ) -> MovedRow:
        shown = now.row or was.row
        if shown is None:
            raise ViewUnreadable("a rectangle without its row")
        names = [field.name for field in fields(BoardRow) if field.name != "version"]
        changed: tuple[str, ...] = ()
        if was.row is not None and now.row is not None:
            changed = tuple(
                name for name in names if getattr(was.row, name) != getattr(now.row, name)
            )
        events, undone = between
        return MovedRow(
            estate_id=shown.estate_id,
            estate=shown.estate,
            municipality=shown.municipality,
            before=was.row,
            after=now.row,
            changed=changed,
            deadlines=tuple(deadline_changes(_days_by_kind(was.due), _days_by_kind(now.due))),
            events=events,
            undone=undone,
        )

    def _between(
        self, history: Sequence[Recorded], a: Moment, b: Moment
    ) -> tuple[tuple[HistoryEntry, ...], tuple[HistoryEntry, ...]]:
        first, second = _Told(history, *self._asked(a)), _Told(history, *self._asked(b))
        return second.beyond(first), first.beyond(second)

    def _asked(self, moment: Moment) -> tuple[date, datetime | None]:
        check_known(moment.known_at, self._clock.now())
        return moment.on or self.today(), moment.known_at

    def _is_past(self, day: date | None, known_at: datetime | None) -> bool:
        """Whether a list needs the rectangles; a day to come as it is known now does not.

        Raises:
            KnownInFuture: `known_at` lies ahead.
        """
        check_known(known_at, self._clock.now())
        return known_at is not None or (day is not None and day < self.today())

    def _past(
        self, asking: Asking, row_of: Callable[[Record], Row], query: EstateQuery
    ) -> Page[Row]:
        catch_up(self._store, self.book)
        pair, dialect = pair_of(query.day or self.today(), query.known_at), self._store.dialect
        return self._read_rows(
            lambda reader: read_past(reader, pair, asking, row_of, query, dialect)
        )

    def _read_rows(self, read: Callable[[Reader], Answer]) -> Answer:
        try:
            return read(self._store.read)
        except (KvobError, UnicodeEncodeError):  # of the store or the query, not of tables or rows
            raise
        except ValueError as error:
            raise ViewUnreadable(str(error)) from error
        except Exception:
            # A newer release may have traded the tables for others since this one was opened.
            self._store.prepare_views(ALL_VIEWS)
            raise

    def _stream_of(self, estate: EstateId) -> list[Recorded]:
        """The events of an estate; those of the estates last asked for are kept, decoded."""
        version = self._store.last_version(estate)
        if not version:
            raise EstateNotFound(estate)
        kept = self._kept.get(estate)
        # Events never change, so that the same version means the same events.
        if kept is None or kept[-1].version != version:
            kept = self._store.stream(estate)
            others = list(self._kept.items())[1 - _KEPT :]
            self._kept = {**dict(others), estate: kept}
        return kept

    def _state_at(
        self, estate: EstateId, day: date | None, known_at: datetime | None
    ) -> tuple[Estate, list[Recorded]]:
        check_known(known_at, self._clock.now())
        history = self._stream_of(estate)
        state = state_at(estate, history, day, known_at)
        if not state.exists:
            raise NotThereThen(estate, str(Moment(day, known_at)))
        return state, history


class _Told:
    """What counts at one moment, and which corrections hold."""

    def __init__(self, history: Sequence[Recorded], day: date, known_at: datetime | None) -> None:
        known = history if known_at is None else known_by(history, known_at)
        self._raw = {one.version: one for one in known}
        self._events = {one.version: one for one in told_at(history, day, known_at)}
        said = latest_corrections(known)
        self._said = {version: correction for (_, version), correction in said.items()}

    def beyond(self, other: "_Told") -> tuple[HistoryEntry, ...]:
        """What counts here and not there; of a corrected event the correction that holds."""
        found = [one for version, one in self._events.items() if version not in other._events]
        shown = {one.version for one in found}
        for version, correction in self._said.items():
            counts = version in self._events or version in other._events
            is_new = other._said.get(version) != correction
            if counts and is_new and correction.version not in shown:
                shown.add(correction.version)
                found.append(self._raw[correction.version])
        return tuple(entry(one) for one in found)


def _days_by_kind(due: Sequence[DueDay]) -> dict[tuple[str, int], list[date]]:
    found: dict[tuple[str, int], list[date]] = {}
    for one in due:
        found.setdefault(one[:2], []).append(date.fromisoformat(one.due_on))
    return found
