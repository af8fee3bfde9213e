"""What becomes of a sweep when something is wrong? What can be given is; the rest waits, named."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from kvob_domain.estate.commands.identity import RenameEstate
from kvob_domain.estate.commands.standing import EvaluateYear
from kvob_domain.ids import EstateId
from kvob_projections.deadlines import DEADLINES
from kvob_projections.view import Row, Value
from kvob_workflow import DueQuery
from kvob_workflow.engine.errors import ClockBehind
from kvob_workflow.errors import StoreUnavailable, UnknownTopic, VersionConflict
from kvob_workflow.store import Append, Receipt, RowChange
from tests.engine.sweep_world import World, midnight, noon

AWARDED = date(2021, 6, 3)
DUE = date(2022, 6, 3)
GIVEN = ["evaluation 1 2022-06-03"]
NAMES = ("Noord", "Zuid", "West", "Oost")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kvob.db"


@pytest.fixture
def world(path: Path) -> Iterator[World]:
    with World(AWARDED, url=f"sqlite:///{path}", nodes=2) as made:
        yield made


@pytest.fixture
def estates(world: World) -> list[EstateId]:
    return world.awarded(*NAMES, on=AWARDED)


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every deadline is a batch of its own."""
    monkeypatch.setattr("kvob_workflow.engine.sweeping._AT_ONCE", 1)


def change(path: Path, *statements: str) -> None:
    """Change the file behind the store's back."""
    with closing(sqlite3.connect(path)) as other:
        for statement in statements:
            other.execute(statement)
        other.commit()


def record_ahead(world: World, estate: EstateId, at: datetime) -> None:
    """Record a new name at an instant that no clock of ours has told yet, and give no notice.

    An engine would give the notices first, so the event goes to the store alone.
    """
    rename = RenameEstate(estate=estate, on=AWARDED, name="Nieuw")
    (recorded,) = world.engine.do(rename, dry_run=True).events
    world.store.append(Append((recorded._replace(at=at),)))


def test_a_clock_up_to_five_minutes_behind_is_moved_up(
    world: World, estates: list[EstateId]
) -> None:
    ahead = midnight(DUE) + timedelta(minutes=5)
    record_ahead(world, estates[0], ahead)
    report = world.sweep_at(midnight(DUE))
    assert (report.given, report.held) == (4, ())
    assert world.store.stream(estates[0])[-1].at == ahead
    assert world.store.stream(estates[1])[-1].at == midnight(DUE)


def test_a_clock_further_behind_holds_the_estate_and_no_other(
    world: World, estates: list[EstateId]
) -> None:
    record_ahead(world, estates[0], midnight(DUE) + timedelta(minutes=6))
    report = world.sweep_at(midnight(DUE))
    (held,) = report.held
    assert held.estate == estates[0]
    assert isinstance(held.error, ClockBehind)
    assert "22:06" in held.error.message("nl")
    assert (report.given, report.estates) == (3, 3)
    assert world.notices(estates[0]) == []
    later = world.sweep_at(midnight(DUE) + timedelta(minutes=2))
    assert (later.given, later.held) == (1, ())
    assert world.store.stream(estates[0])[-1].at == midnight(DUE) + timedelta(minutes=6)


def test_an_event_that_cannot_be_read_holds_its_estate_and_no_other(
    world: World, estates: list[EstateId], path: Path
) -> None:
    change(
        path,
        "DROP TRIGGER stored_events_never_change",
        "UPDATE stored_events SET topic = 'kvob.estate:not-known.v9'"
        f" WHERE originator_id = '{estates[1]}' AND originator_version = 2",
    )
    report = world.sweep_at(noon(DUE))
    assert [(one.estate, type(one.error)) for one in report.held] == [(estates[1], UnknownTopic)]
    assert (report.given, report.estates) == (3, 3)
    assert world.notices(estates[0]) == GIVEN
    assert world.engine.sweep().held[0].estate == estates[1]


def test_rows_that_a_view_could_not_take_are_repaired_first(world: World, path: Path) -> None:
    change(
        path,
        "CREATE TRIGGER no_room BEFORE INSERT ON view_deadlines"
        " BEGIN SELECT RAISE(ABORT, 'no room'); END",
    )
    (estate,) = world.awarded("Noord", on=AWARDED)
    assert [mark.view for mark in world.engine.behind()] == ["deadlines"]
    change(path, "DROP TRIGGER no_room")
    assert world.sweep_at(noon(DUE)).given == 1
    assert world.engine.behind() == []
    assert world.notices(estate) == GIVEN


def test_a_row_that_says_pending_though_nothing_is_owed_is_refreshed(
    world: World, estates: list[EstateId], path: Path
) -> None:
    world.sweep_at(noon(DUE))
    change(path, "UPDATE view_deadlines SET notice = 'pending' WHERE notice = 'given'")
    assert world.engine.sweep().given == 0
    with closing(sqlite3.connect(path)) as other:
        (count,) = other.execute(
            "SELECT count(*) FROM view_deadlines WHERE notice = 'given'"
        ).fetchone()
    assert count == len(estates)
    assert world.notices(estates[0]) == GIVEN


def test_a_row_of_a_deadline_that_the_scheme_no_longer_gives_does_not_stay(
    world: World, estates: list[EstateId]
) -> None:
    columns = DEADLINES.columns
    stale: dict[str, Value] = {
        "kind": "target",
        "ordinal": 1,
        "due_on": "2022-06-01",
        "notice": "pending",
    }
    known = world.store.read("SELECT * FROM view_deadlines LIMIT 1", {})[0]
    row: Row = tuple(stale.get(name, known[name]) for name in columns)
    world.store.repair(RowChange(DEADLINES, EstateId(str(known["estate_id"])), upserts=(row,)))
    assert world.sweep_at(noon(DUE)).given == len(estates)
    world.engine.sweep()
    assert world.engine.due(DueQuery(overdue=True)).total > 0
    left = world.store.read("SELECT 1 FROM view_deadlines WHERE kind = 'target'", {})
    assert left == []


def test_another_node_that_sweeps_in_between_takes_nothing_away_and_adds_nothing(
    world: World, estates: list[EstateId]
) -> None:
    world.store.before = world.nodes[1].sweep
    report = world.sweep_at(noon(DUE))
    assert (report.given, report.held) == (0, ())
    assert [world.notices(estate) for estate in estates] == [GIVEN] * len(estates)


def test_a_command_of_another_node_in_between_is_read_before_notices_are_given(
    world: World, estates: list[EstateId]
) -> None:
    noted = EvaluateYear(estate=estates[0], on=DUE)
    world.store.before = lambda: world.nodes[1].do(noted)
    report = world.sweep_at(noon(DUE))
    assert (report.given, report.held) == (3, ())
    assert [world.notices(estate) for estate in estates] == [GIVEN] * len(estates)


def test_an_estate_that_others_keep_writing_to_is_held_and_no_other(
    world: World, estates: list[EstateId], monkeypatch: pytest.MonkeyPatch
) -> None:
    contended = estates[0]
    append = world.store.append

    def contending(batch: Append) -> Receipt:
        if any(one.estate == contended for one in batch.events):
            raise VersionConflict(contended, batch.events[0].version, current=9)
        return append(batch)

    with monkeypatch.context() as patch:
        patch.setattr(world.store, "append", contending)
        report = world.sweep_at(noon(DUE))
    assert [(one.estate, type(one.error)) for one in report.held] == [(contended, VersionConflict)]
    assert report.given == len(estates) - 1
    assert world.engine.sweep().given == 1


@pytest.mark.usefixtures("one_by_one")
@pytest.mark.parametrize("committed", [False, True], ids=["before the commit", "after it"])
def test_a_store_that_fails_in_the_middle_keeps_what_was_written(
    world: World, estates: list[EstateId], committed: bool
) -> None:
    world.store.fail_after(2, committed=committed)
    with pytest.raises(StoreUnavailable):
        world.sweep_at(noon(DUE))
    written = 3 if committed else 2
    assert len(world.every_notice()) == written
    assert world.nodes[1].sweep().given == len(estates) - written
    assert [world.notices(estate) for estate in estates] == [GIVEN] * len(estates)


def test_a_sweep_that_failed_does_not_count_as_one_for_the_gap(
    world: World, estates: list[EstateId]
) -> None:
    at = noon(AWARDED) + timedelta(days=399)
    world.store.fail_after(0)
    with pytest.raises(StoreUnavailable):
        world.sweep_at(at)
    assert world.store.mark("swept") is None
    world.sweep_at(at)
    assert world.store.mark("swept") == int(at.timestamp())


def test_a_clock_that_went_ahead_and_back_gives_nothing_twice(
    world: World, estates: list[EstateId]
) -> None:
    world.sweep_at(noon(DUE) + timedelta(days=21))
    for days in (-30, 0, 10, 22):
        assert world.sweep_at(noon(DUE) + timedelta(days=days)).given == 0
    assert [world.notices(estate) for estate in estates] == [GIVEN] * len(estates)
