"""Does the follower keep the rectangles, whoever else does and whatever cannot be read?"""

from contextlib import closing
from datetime import date

from kvob_domain.estate.recorded import Recorded
from kvob_projections import ALL_VIEWS, PERIOD_VIEWS
from kvob_projections.periods import table_of
from kvob_projections.rectangles import FOREVER
from kvob_workflow import BoardQuery, Engine, EstateId
from kvob_workflow.engine.as_of import catch_up, keep_warm, period_fingerprint
from kvob_workflow.periods import Follower
from kvob_workflow.store import Append, EventStore, open_store
from tests.periods.conftest import ESTATE, at, award, correction, registered, stream
from tests.periods.meddling import meddle

HISTORY = stream(
    (registered(), at(2020, 1, 1)),
    (award("2019-05-01"), at(2020, 1, 1)),
    (correction(2, award("2018-05-01"), date(2021, 3, 1)), at(2021, 3, 1)),
    (correction(3, None, date(2022, 3, 1)), at(2022, 3, 1)),
)


def rows(store: EventStore, view: str = "board") -> list[tuple[object, ...]]:
    found = store.read(
        f"SELECT * FROM period_{view} ORDER BY estate_id, known_from, seen_from, rank", {}
    )
    return [tuple(row)[1:] for row in found]


def everything(store: EventStore) -> list[list[tuple[object, ...]]]:
    return [rows(store, view.name) for view in PERIOD_VIEWS]


def test_event_by_event_the_same_rectangles_come_as_from_all_at_once(
    store: EventStore, engine: Engine
) -> None:
    for recorded in HISTORY:
        store.append(Append(events=(recorded,)))
        catch_up(store, engine.book)
    with closing(open_store("memory:", ALL_VIEWS)) as other:
        other.append(Append(events=HISTORY))
        catch_up(other, engine.book)
        assert everything(store) == everything(other)


def test_rectangles_of_a_row_do_not_overlap(store: EventStore, engine: Engine) -> None:
    store.append(Append(events=HISTORY))
    engine.build_periods()
    for view in PERIOD_VIEWS:
        keys = ", ".join(view.key)
        same = " AND ".join(f"a.{key} = b.{key}" for key in view.key)
        table = table_of(view)
        overlapping = store.read(
            f"SELECT {keys} FROM {table} a JOIN {table} b USING ({keys}) WHERE a.id < b.id"
            f" AND {same} AND a.seen_from < b.seen_until AND b.seen_from < a.seen_until"
            " AND a.known_from < b.known_until AND b.known_from < a.known_until",
            {},
        )
        assert overlapping == [], view.name
        assert store.read(f"SELECT 1 FROM {table} LIMIT 1", {}) or view.name == "measures"


def test_equal_neighbours_on_the_clock_of_knowledge_are_one(
    store: EventStore, engine: Engine
) -> None:
    store.append(Append(events=HISTORY))
    engine.build_periods()
    first = [row for row in rows(store, "register") if row[-2] == 1_577_869_200_000_000]
    # Known from 2020 until the correction; then again when the correction is withdrawn.
    assert len(first) == 1
    assert len(rows(store, "register")) == 3


def test_two_followers_at_once_do_the_work_of_one(
    store: EventStore, engine: Engine, url: str
) -> None:
    store.append(Append(events=HISTORY))
    marks = period_fingerprint(engine.book)
    with closing(open_store(url, ALL_VIEWS)) as second:
        followers = (Follower(store, engine.book, marks), Follower(second, engine.book, marks))
        while not all([one.step().is_done for one in followers]):
            pass
        before = everything(store)
        state = store.period_state()
        assert state is not None
        # Who slept through the other's work writes nothing.
        behind = state._replace(position=0)
        assert not second.keep_periods(behind, state, ())
        assert everything(store) == before


def test_a_transaction_that_is_cut_short_is_done_again(
    store: EventStore, engine: Engine, url: str
) -> None:
    store.append(Append(events=HISTORY[:2]))
    engine.build_periods()
    before = store.period_state()
    assert before is not None
    store.append(Append(events=HISTORY[2:]))
    expected = None
    for _ in range(2):
        catch_up(store, engine.book)
        expected = expected or everything(store)
        assert everything(store) == expected
        # As if the position had been written back: the same events once more.
        meddle(url, f"UPDATE period_state SET position = {before.position}")
    catch_up(store, engine.book)
    assert everything(store) == expected


def test_an_unreadable_estate_is_named_and_keeps_no_other_from_being_shown(
    store: EventStore, engine: Engine, url: str
) -> None:
    store.append(Append(events=HISTORY))
    engine.build_periods()
    meddle(
        url,
        "INSERT INTO stored_events (originator_id, originator_version, topic, state)"
        f" VALUES ('{'b' * 32}', 1, 'kvob.estate:of-a-later-release.v1', '{{}}')",
    )
    page = engine.board(BoardQuery(day=date(2020, 1, 1)))
    assert [row.estate_id for row in page.items] == [ESTATE]
    assert [parked.estate for parked in engine.parked()] == ["b" * 32]
    assert "UnknownTopic" in engine.parked()[0].error


def test_other_scheme_data_make_other_rectangles(store: EventStore, engine: Engine) -> None:
    store.append(Append(events=HISTORY))
    follower = Follower(store, engine.book, 1)
    while not follower.step().is_done:
        pass
    assert engine.board(BoardQuery(day=date(2020, 1, 1))).total == 1
    state = store.period_state()
    assert state is not None and state.fingerprint == period_fingerprint(engine.book)


def test_nothing_is_followed_before_somebody_asked(store: EventStore, engine: Engine) -> None:
    store.append(Append(events=HISTORY))
    keep_warm(store, engine.book)
    assert store.period_state() is None
    engine.board(BoardQuery(day=date(2020, 1, 1)))
    later = Recorded(EstateId("c" * 32), 1, registered("Noord"), at(2023, 1, 1))
    store.append(Append(events=(later,)))
    keep_warm(store, engine.book)
    state = store.period_state()
    assert state is not None and state.position == store.last_position()


def test_dropped_rectangles_come_back_with_the_next_question(
    store: EventStore, engine: Engine
) -> None:
    store.append(Append(events=HISTORY))
    engine.build_periods()
    expected = everything(store)
    store.drop_periods()
    assert store.period_state() is None
    engine.board(BoardQuery(day=date(2020, 1, 1)))
    assert everything(store) == expected
    assert rows(store)[-1][-1] == FOREVER
