"""What does the engine answer about two clocks: the day asked, and the instant known?"""

from datetime import UTC, date, datetime, timedelta

import pytest

from kvob_domain.lifecycle.certificate import Status
from kvob_workflow import BoardQuery, DueQuery, Engine, EstateId, RegisterQuery
from kvob_workflow.engine.as_of import catch_up
from kvob_workflow.engine.moments import (
    InstantUnreadable,
    KnownInFuture,
    Moment,
    MomentUnreadable,
    NotThereThen,
    end_of,
    instant_of,
    moment_of,
)
from kvob_workflow.store import Append, EventStore
from tests.periods.conftest import ESTATE, at, award, correction, registered, store, stream, url
from tests.periods.conftest import engine as engine  # a fixture

__all__ = ["store", "url"]

NOW = datetime(2026, 11, 23, 11, tzinfo=UTC)
FIRST = at(2020, 1, 1)
CORRECTED = at(2021, 3, 1)


@pytest.fixture(autouse=True)
def told(store: EventStore) -> None:
    history = stream(
        (registered(), FIRST),
        (award("2019-05-01"), FIRST),
        (correction(2, award("2016-05-01"), date(2021, 3, 1)), CORRECTED),
    )
    store.append(Append(events=history))


def status(engine: Engine, on: date, known_at: datetime | None) -> str:
    return engine.overview(ESTATE, on, known_at).status


def test_the_old_belief_stays_queryable_to_the_microsecond(engine: Engine) -> None:
    on = date(2020, 6, 1)
    just_before = CORRECTED - timedelta(microseconds=1)
    assert status(engine, on, just_before) == Status.VALID
    assert status(engine, on, CORRECTED) == Status.EXPIRED
    assert status(engine, on, None) == Status.EXPIRED
    for known_at, expected in ((just_before, "valid"), (CORRECTED, "expired"), (None, "expired")):
        for rows in (
            engine.board(BoardQuery(day=on, known_at=known_at)).items,
            engine.register(RegisterQuery(day=on, known_at=known_at)).items,
        ):
            assert [row.status for row in rows] == [expected], known_at


def test_an_estate_is_absent_before_anything_of_it_was_known(engine: Engine) -> None:
    early = FIRST - timedelta(microseconds=1)
    assert engine.board(BoardQuery(day=date(2020, 6, 1), known_at=early)).total == 0
    with pytest.raises(NotThereThen):
        engine.state(ESTATE, None, early)


def test_an_estate_is_absent_before_it_appeared(engine: Engine) -> None:
    assert engine.board(BoardQuery(day=date(2016, 4, 30))).total == 0
    assert engine.board(BoardQuery(day=date(2016, 5, 1))).total == 1
    with pytest.raises(NotThereThen):
        engine.overview(ESTATE, date(2016, 4, 30))


def test_what_falls_due_is_what_was_open_then(engine: Engine) -> None:
    asked = DueQuery(day=date(2020, 6, 1), known_at=FIRST)
    assert "expiry" in {row.kind for row in engine.due(asked).items}
    now = DueQuery(day=date(2020, 6, 1))
    assert "reminder" not in {row.kind for row in engine.due(now).items}


def test_nobody_can_ask_what_will_be_known(engine: Engine) -> None:
    ahead = NOW + timedelta(microseconds=1)
    for ask in (
        lambda: engine.board(BoardQuery(known_at=ahead)),
        lambda: engine.history(ESTATE, None, ahead),
        lambda: engine.diff(ESTATE, Moment(), Moment(known_at=ahead)),
    ):
        with pytest.raises(KnownInFuture):
            ask()
    with pytest.raises(InstantUnreadable):
        engine.board(BoardQuery(known_at=datetime(2020, 1, 1)))


def test_a_history_tells_what_was_corrected_and_what_stood_there(engine: Engine) -> None:
    entries = {entry.version: entry for entry in engine.history(ESTATE)}
    assert entries[2].on == "2016-05-01"
    assert entries[2].corrected_by == 3
    assert entries[2].said_first is not None and entries[2].said_first["on"] == "2019-05-01"
    assert entries[3].corrects == 2
    before = engine.history(ESTATE, None, FIRST)
    assert [(entry.version, entry.on, entry.corrected_by) for entry in before] == [
        (1, "", None),
        (2, "2019-05-01", None),
    ]


def test_a_history_ends_on_the_day_asked(engine: Engine) -> None:
    assert [entry.version for entry in engine.history(ESTATE, date(2020, 1, 1))] == [1, 2]


def test_a_withdrawn_event_stays_in_sight(store: EventStore, engine: Engine) -> None:
    gone = correction(2, None, date(2022, 1, 1))
    store.append(Append(events=(stream((gone, at(2022, 1, 1)))[0]._replace(version=4),)))
    entry = next(entry for entry in engine.history(ESTATE) if entry.version == 2)
    assert entry.withdrawn
    assert entry.corrected_by == 4
    assert entry.on == "2019-05-01"


def test_a_day_as_known_means_its_end_in_amsterdam() -> None:
    assert end_of(date(2021, 7, 5)) == datetime(2021, 7, 5, 21, 59, 59, 999999, tzinfo=UTC)
    assert end_of(date(2021, 12, 5)) == datetime(2021, 12, 5, 22, 59, 59, 999999, tzinfo=UTC)
    assert instant_of("2021-07-05", NOW) == end_of(date(2021, 7, 5))
    assert instant_of("2026-11-23", NOW) == NOW
    assert instant_of("2021-07-05T12:00:00+02:00", NOW) == datetime(2021, 7, 5, 10, tzinfo=UTC)
    for wrong in ("2021-07-05T12:00:00", "5 juli", "2021-13-01"):
        with pytest.raises(InstantUnreadable):
            instant_of(wrong, NOW)


def test_a_moment_is_typed_in_one_word() -> None:
    assert moment_of("now", NOW) == Moment()
    assert moment_of("2021-06-30", NOW) == Moment(date(2021, 6, 30))
    told = moment_of("2021-06-30@2021-07-05", NOW)
    assert told == Moment(date(2021, 6, 30), end_of(date(2021, 7, 5)))
    with pytest.raises(MomentUnreadable):
        moment_of("gisteren", NOW)


def test_a_difference_names_the_correction_that_made_it(engine: Engine) -> None:
    on = date(2020, 6, 1)
    found = engine.diff(ESTATE, Moment(on, FIRST), Moment(on))
    assert [event.version for event in found.events] == [3]
    assert found.undone == ()
    changed = {change.field for change in found.difference.certificates[0].fields}
    assert {"valid_from", "expires_on"} <= changed
    assert found.difference.rows_of("register")
    assert engine.diff(ESTATE, Moment(on), Moment(on)).difference.is_empty


def test_what_moved_is_named_with_its_cause(engine: Engine) -> None:
    on = date(2020, 6, 1)
    (row,) = engine.moved(Moment(on, FIRST), Moment(on)).items
    assert row.before is not None and row.after is not None
    assert (row.before.status, row.after.status) == ("valid", "expired")
    assert [event.version for event in row.events] == [3]
    assert "status" in row.changed
    assert row.deadlines


def test_a_certificate_that_ran_out_moved_without_any_event(engine: Engine) -> None:
    known = FIRST + timedelta(seconds=1)
    a, b = Moment(date(2022, 4, 30), known), Moment(date(2022, 5, 1), known)
    (row,) = engine.moved(a, b).items
    assert row.events == ()
    assert "status" in row.changed


def test_nothing_moves_between_a_moment_and_itself(engine: Engine) -> None:
    moment = Moment(date(2020, 6, 1))
    assert engine.moved(moment, moment).total == 0


def test_a_past_list_shows_what_was_recorded_a_moment_ago(
    store: EventStore, engine: Engine
) -> None:
    catch_up(store, engine.book)
    other = stream((registered("Noord"), at(2024, 1, 1)))[0]._replace(estate=EstateId("b" * 32))
    store.append(Append(events=(other,)))
    assert engine.board(BoardQuery(day=date(2020, 6, 1))).total == 2
