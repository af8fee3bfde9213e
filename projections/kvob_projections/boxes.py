"""How does PostgreSQL find the rectangles that hold two moments? By an index over boxes (GiST).

A rectangle is a box: days along, instants up. Each facet of a list, such as a step with a status,
has a stretch of the axis of days for itself, so that a search for some of them opens no other;
one lateral search for each facet stops as soon as enough is found. Only what every PostgreSQL
brings along is used. SQLite's way is `trees`.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.values import Progress
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_projections import PERIOD_VIEWS
from kvob_projections.board import BOARD
from kvob_projections.deadlines import DEADLINES
from kvob_projections.estates import EstateQuery
from kvob_projections.finding import Finder, alive, codes_between
from kvob_projections.measures import MEASURES
from kvob_projections.periods import ALIVE, PLACE, TIMES, Pair, table_of
from kvob_projections.places import GROUP
from kvob_projections.rectangles import FOREVER
from kvob_projections.register import REGISTER
from kvob_projections.view import Value, View

_TABLE: Final = table_of(BOARD)
BY_RANK: Final = f"{_TABLE} one"
BY_NUMBER: Final = BY_RANK
"""The rectangles of the board; the planner knows how to go through them."""

# Of rows in several municipalities there are few; the others are found by their one.
_SEVERAL: Final = "strpos(substr(lies_in, 2), '|') < length(lies_in) - 1"
_SIDE: Final = 16
_STATUSES: Final = 8
_STRETCH: Final = 5_000_000
_LAST_DAY: Final = date.max.toordinal()
_NO_DAY: Final = _LAST_DAY + 1
# Whole numbers of microseconds are exact in a box up to here, which is in 2112.
_UNTOLD: Final = 2**52
_LAST_TOLD: Final = _UNTOLD - 2
DAYS_READ: Final = 20_000
"""So many entries of an index are read in a few milliseconds."""

_FACET_OF: Final[Mapping[str, str]] = {
    BOARD.name: f"((first / {GROUP} * {_SIDE} + first % {GROUP}) * {_STATUSES} + second)",
    DEADLINES.name: f"(first / {GROUP} * {_SIDE} + first % {GROUP})",
    MEASURES.name: f"(first / {GROUP} * {_SIDE} + first % {GROUP})",
}
_CODES: Final[Mapping[str, int]] = {
    BOARD.name: len(Step),
    DEADLINES.name: len(DeadlineKind),
    MEASURES.name: len(Progress),
}
_MAY_BE_OVERDUE: Final = "seen_until > second + 1"
_WALKED: Final = f"rank, {', '.join(TIMES)}, first, second, lies_in"


def period_ddl() -> Iterator[str]:
    """The statements that make the tables of rectangles, empty, beside those of the views."""
    texts = {name: f'{name} text COLLATE "C" NOT NULL' for name in ("rank", "lies_in")}
    more = ", ".join(texts.get(name, f"{name} bigint NOT NULL") for name in (*PLACE, *TIMES))
    for view in PERIOD_VIEWS:
        table = table_of(view)
        yield f"CREATE TABLE {table} (id bigint PRIMARY KEY, LIKE {view.table}, {more})"
        yield f"CREATE INDEX {table}_estate ON {table} (estate_id, known_until)"
        if view is REGISTER:
            continue
        yield f"CREATE INDEX {table}_rank ON {table} ({_WALKED}) INCLUDE (id, estate_id)"
        yield f"CREATE INDEX {table}_place ON {table} (lies_in) INCLUDE ({_carried()})"
        yield (
            f"CREATE INDEX {table}_places ON {table} (lies_in) INCLUDE ({_carried()})"
            f" WHERE {_SEVERAL}"
        )
        yield f"CREATE INDEX {table}_box ON {table} USING gist (({_box(view)}))"
        if view is DEADLINES:
            late = f"gist (({_box(view, overdue=True)})) WHERE {_MAY_BE_OVERDUE}"
            yield f"CREATE INDEX {table}_overdue ON {table} USING {late}"


def dropped_ddl() -> Iterator[str]:
    """The statements that take these tables away."""
    return (f"DROP TABLE IF EXISTS {table_of(view)}" for view in PERIOD_VIEWS)


class BoxFinder(Finder):
    """Looks in PostgreSQL."""

    def numbers(self, most: int) -> list[int]:
        """See `Finder`."""
        if self._narrow.place is not None:
            sql = self._by_place()
        elif self._days is not None and self._are_few_days():
            sql = f"SELECT id FROM {table_of(self._view)} WHERE {self._holds}{self._from_day()}"
        else:
            sql = self._by_facet()
        return self._numbers(f"{sql} LIMIT :most", most=most)

    def _by_place(self) -> str:
        table, holds = table_of(self._view), " AND ".join(self._in_place)
        return (
            f"SELECT id FROM {table} WHERE lies_in = :one_place AND {holds} UNION ALL"
            f" SELECT id FROM {table}"
            f" WHERE {_SEVERAL} AND lies_in LIKE :place ESCAPE '!' AND {holds}"
        )

    def _are_few_days(self) -> bool:
        """Whether so little falls due on the days asked that it can all be looked at."""
        if self._days is None or self._days[1] >= _LAST_DAY:
            return False
        table = table_of(self._view)
        due = f"SELECT 1 FROM {table} WHERE rank < :rank_high{self._from_day()} LIMIT {DAYS_READ}"
        count = self._ask(f"SELECT COUNT(*) AS due FROM ({due}) AS due", {})
        return int(count[0]["due"]) < DAYS_READ

    def _by_facet(self) -> str:
        found = _facets(self._view, self._narrow.first, self._narrow.second)
        self._parameters |= {"facets": _listed(found), **_up(self._pair, "instant")}
        if self._view is not DEADLINES:
            return _lateral(self._held(_box(self._view), []), "most")
        # Most of what was known long ago to be open is overdue on a later day.
        searches = [self._held(_box(DEADLINES), ["second >= :seen_on", *self._bounds])]
        if self._narrow.second is None or self._narrow.second[0] < self._pair.seen_on:
            late = [_MAY_BE_OVERDUE, "second < :seen_on", *self._bounds]
            searches.append(self._held(_box(DEADLINES, overdue=True), late))
        return _lateral(" UNION ALL ".join(searches), "most")

    def _held(self, box: str, holds: list[str]) -> str:
        """The search for the boxes of one facet that hold the pair."""
        sure = [] if _is_told(self._pair) else [ALIVE]
        holds = [f"{box} @> {_point('seen_on', 'instant')}", *holds, *sure]
        return f"SELECT id FROM {table_of(self._view)} WHERE {' AND '.join(holds)}"

    def first_of(self, numbers: Sequence[int], query: EstateQuery) -> list[int]:
        """See `Finder`."""
        if not numbers:
            return []
        listed = ", ".join(map(str, numbers))
        # Materialised, or the whole order might be walked to spare the sorting of a few.
        picked = f"SELECT id, rank FROM {table_of(self._view)} WHERE id IN ({listed})"
        return self._page(
            f"WITH picked AS MATERIALIZED ({picked}{self._from_day()}) SELECT id FROM picked", query
        )

    def walked(self, query: EstateQuery) -> list[int]:
        """See `Finder`."""
        holds = f"{self._holds}{self._from_day()}"
        return self._page(f"SELECT id FROM {table_of(self._view)} WHERE {holds}", query)

    def _page(self, sql: str, query: EstateQuery) -> list[int]:
        page = {"limit": query.limit, "offset": query.offset}
        return self._numbers(f"{sql} ORDER BY rank LIMIT :limit OFFSET :offset", **page)

    def _from_day(self) -> str:
        begins = super()._from_day()
        if self._days is None or self._days[1] >= _LAST_DAY:
            return begins
        # Below every text that begins with the day after.
        self._parameters["rank_high"] = date.fromordinal(self._days[1] + 1).isoformat()
        return f"{begins} AND rank < :rank_high"


def differing(a: Pair, b: Pair, groups: bool) -> tuple[str, Mapping[str, Value]]:
    """See `Differing`: a rectangle without the other pair ends or begins on one of four sides."""
    first = None if groups else (0, GROUP - 1)
    parameters: dict[str, Value] = {"facets": _listed(_facets(BOARD, first, None))}
    parameters |= {**_up(a, "instant_a"), **_up(b, "instant_b")}
    box, parts = _box(BOARD), list[str]()
    for this, other in (("a", "b"), ("b", "a")):
        here, there = (_point(f"seen_on_{side}", f"instant_{side}") for side in (this, other))
        exact = f"{alive(_TABLE, this)} AND NOT ({alive(_TABLE, other)})"
        parts += [
            f"SELECT id FROM {_TABLE} WHERE {box} @> {here} AND {box} {beside} {there} AND {exact}"
            for beside in ("&<", "&>", "&<|", "|&>")
        ]
    return f"{_lateral(' UNION ALL '.join(parts), 'few')} LIMIT :few", parameters


def _carried() -> str:
    return f"id, first, second, {', '.join(TIMES)}"


def _box(view: View, *, overdue: bool = False) -> str:
    """The box of a rectangle, bounds inclusive. An index knows it by this very text.

    A deadline has two: until the day on which it is due, and `overdue` from the day after.
    """
    stretch = f"{_FACET_OF[view.name]} * {_STRETCH}"
    first, last = "seen_from", f"least(seen_until - 1, {_NO_DAY})"
    if view is DEADLINES:
        first = "greatest(seen_from, second + 1)" if overdue else first
        last = last if overdue else f"least(seen_until - 1, second, {_NO_DAY})"
    begin = f"{stretch} + least({first}, {_NO_DAY})"
    end = f"{stretch} + greatest({first}, {last})"
    known = f"least(known_from, {_LAST_TOLD})"
    until = (
        f"CASE known_until WHEN {FOREVER} THEN {_UNTOLD}"
        f" ELSE least(known_until - 1, {_LAST_TOLD}) END"
    )
    return f"box(point({begin}, {known}), point({end}, {until}))"


def _point(day: str, instant: str) -> str:
    along = f"facet.number * {_STRETCH} + CAST(:{day} AS bigint)"
    return f"box(point({along}, CAST(:{instant} AS bigint)))"


def _lateral(sql: str, most: str) -> str:
    """A search for each of the facets, one after another, until there are enough."""
    return (
        "SELECT found.id FROM unnest(CAST(:facets AS bigint[])) AS facet (number)"
        f" CROSS JOIN LATERAL ({sql} LIMIT :{most}) AS found"
    )


def _up(pair: Pair, name: str) -> dict[str, Value]:
    """Where an instant lies on the axis; what is known now is above all that is told."""
    is_now = pair.known_at >= FOREVER - 1
    return {name: _UNTOLD - 1 if is_now else min(pair.known_at, _LAST_TOLD)}


def _is_told(pair: Pair) -> bool:
    """Whether boxes tell instants apart there; else the rectangle itself is asked."""
    return pair.known_at >= FOREVER - 1 or pair.known_at < _LAST_TOLD


def _facets(
    view: View, first: tuple[int, int] | None, second: tuple[int, int] | None
) -> Iterator[int]:
    """The facets between bounds; without bounds on the first number those of groups too."""
    for side in (0, 1) if first is None else (0,):
        for code in codes_between(first, _CODES[view.name]):
            if view is not BOARD:
                yield side * _SIDE + code
                continue
            for status in codes_between(second, len(Status)):
                yield (side * _SIDE + code) * _STATUSES + status


def _listed(facets: Iterator[int]) -> str:
    return f"{{{','.join(map(str, facets))}}}"
