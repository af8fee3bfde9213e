"""Do the register's SQL and the domain agree on every status? Random histories, random days."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from kvob_domain.errors import Rejected
from kvob_domain.estate.certificates import certificate_on, status_on
from kvob_domain.estate.levels import level_names
from kvob_domain.estate.state import Estate
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.partial_date import PartialDate
from kvob_projections.board import BoardQuery
from kvob_projections.register import RegisterQuery
from tests.projections import cycle
from tests.projections.desk import Desk, Step, book, estate, fact
from tests.projections.samples import zilverhoek

DAYS = st.dates(date(2009, 1, 1), date(2030, 12, 31))
PARTIAL = st.one_of(
    st.dates(date(2000, 1, 1), date(2022, 12, 31)).map(str),
    st.dates(date(2000, 1, 1), date(2022, 12, 31)).map(lambda when: str(when)[:7]),
    st.integers(2000, 2022).map(str),
    st.just(""),
)
ENDS = st.one_of(st.none(), PARTIAL)


@st.composite
def facts(draw: st.DrawFn) -> Step:
    """A fact that begins or ends a certificate, or one that does neither."""
    kinds = ["award", "recertification", "recertification", "expiry", "evaluation"]
    kind, on, last = draw(st.sampled_from(kinds)), draw(PARTIAL), draw(ENDS)
    begin, end = PartialDate.parse(on).earliest, PartialDate.parse(last or "").latest
    assume(begin is None or end is None or end >= begin)
    return fact(kind, on, **({"last_valid_day": last} if last is not None else {}))


@st.composite
def lived(draw: st.DrawFn) -> tuple[Step, ...]:
    """The invented estate with suspensions, restorations and a withdrawal at random days."""
    stage = draw(st.sampled_from([cycle.CERTIFIED, cycle.RENEWED]))
    version = zilverhoek(stage).fold().version
    steps = list(stage)
    when = date(2024, 5, 17)
    for act in draw(st.lists(st.sampled_from(["suspend", "restore", "withdraw"]), max_size=5)):
        when += timedelta(days=draw(st.integers(0, 300)))
        if act == "restore":
            more: tuple[Step, ...] = (cycle.restored(str(when)),)
        else:
            change = cycle.suspended if act == "suspend" else cycle.withdrawn
            more = change(str(when), version + 1)
        try:
            after = zilverhoek((*steps, *more)).fold()
        except Rejected:
            continue
        steps, version = [*steps, *more], after.version
    return tuple(steps)


def agrees(state: Estate, days: list[date]) -> None:
    """Ask the register, the board and the domain on each day."""
    desk = Desk.opened().holds(state)
    levels = dict(
        zip(
            [one.number for one in state.certificates],
            level_names(state.certificates, book()),
            strict=True,
        )
    )
    with closing(desk.connection):
        for when in days:
            expected = status_on(state.certificates, when)
            holder = certificate_on(state.certificates, when)
            (seen,) = desk.board(BoardQuery(day=when))
            assert seen.status == expected.value
            rows = desk.register(RegisterQuery(day=when))
            assert [row.status for row in rows] == [expected.value] * (expected is not Status.NONE)
            for row in rows:
                assert holder is not None
                assert row.certificate_number == holder.number
                assert (row.valid_from, row.expires_on) == (holder.valid_from, holder.expires_on)
                assert (row.level, row.level_derived) == levels[holder.number]


def edges(state: Estate) -> list[date]:
    """The days around which a status can change."""
    found = {day for one in state.certificates for day in (one.valid_from, one.expires_on) if day}
    found |= {day for one in state.certificates for day, _ in one.standing}
    return sorted({day + timedelta(days=off) for day in found for off in (-1, 0)})


@given(st.lists(facts(), max_size=6), st.lists(DAYS, min_size=1, max_size=5))
def test_sources_of_any_kind_give_the_status_that_the_domain_gives(
    steps: list[Step], days: list[date]
) -> None:
    state = estate("Ergens", "Soest", *steps).fold()
    agrees(state, [*days, *edges(state)])


@given(lived(), st.lists(DAYS, min_size=1, max_size=5))
def test_decisions_of_any_kind_give_the_status_that_the_domain_gives(
    steps: tuple[Step, ...], days: list[date]
) -> None:
    state = zilverhoek(steps).fold()
    agrees(state, [*days, *edges(state)])
