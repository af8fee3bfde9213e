"""What does a comparison tell? Exactly the rows that are wrong, each with the event behind it."""

from __future__ import annotations

# pyright: reportPrivateUsage=false
from typing import TYPE_CHECKING, Any

import pytest

from kvob_projections.measures import MEASURES
from kvob_projections.register import REGISTER
from kvob_workflow import EstateId, RegisterEstate, RenameEstate
from kvob_workflow.engine.errors import EstateNotFound
from kvob_workflow.engine.rebuilding import making, pooled
from kvob_workflow.engine.rebuilding.comparing import described
from kvob_workflow.errors import VersionConflict
from kvob_workflow.store import rebuild_rows
from kvob_workflow.store.rebuilding import RowDifference
from tests.rebuilding.conftest import ESTATES, PLACE, broken_off, spoil, sql_on, tables

if TYPE_CHECKING:
    from kvob_workflow import Engine
    from kvob_workflow.store import Behind, RowChange

NOBODY = EstateId("f" * 32)
REGISTERED, FACT = "kvob.estate:estate-registered.v1", "kvob.estate:past-fact-recorded.v1"


def plant(engine: Engine, url: str) -> list[RowDifference]:
    """Five defects of rows, each of another kind; answers how they must be told."""
    changed, missing, extra, moved = (engine.find(f"Terrein {number}") for number in range(4))
    # No cause of its row in the register.
    engine.do(RenameEstate(estate=missing, name="Herdoopt", on=engine.today()))
    (gone,) = [row for row in tables(engine)["register"] if row[0] == missing]
    columns = ", ".join(REGISTER.columns)
    copied = ", ".join("7" if name == "certificate_number" else name for name in REGISTER.columns)
    of_nobody = (NOBODY, "m-1", 1, "Hek", "Iemand", "iemand", "x", "schoon", "open", None, 1, 1)
    values = ", ".join("NULL" if value is None else f"'{value}'" for value in of_nobody)
    statements = (
        f"UPDATE view_board SET cycle = 9 WHERE estate_id = '{changed}'",
        f"DELETE FROM view_register WHERE estate_id = '{missing}'",
        f"INSERT INTO view_register ({columns}) SELECT {copied} FROM view_register"
        f" WHERE estate_id = '{extra}'",
        f"INSERT INTO view_measures ({', '.join(MEASURES.columns)}) VALUES ({values})",
        "UPDATE view_deadlines SET kind = 'afternoon'"
        f" WHERE estate_id = '{moved}' AND kind = 'expiry'",
    )
    with sql_on(engine, url) as sql:
        for statement in statements:
            sql(statement)
    (seventh,) = [row for row in tables(engine)["register"] if row[:2] == (extra, 7)]
    too_much = dict(zip(REGISTER.columns, seventh, strict=True))
    right = (moved, "2028-03-01", "expiry", 1)
    return [
        RowDifference("board", changed, (changed,), {"cycle": 9}, {"cycle": 1}, 2, FACT),
        RowDifference(
            *("register", missing, gone[:3], None),
            *(dict(zip(REGISTER.columns, gone, strict=True)), 2, FACT),
        ),
        RowDifference("register", extra, (extra, 7, "2025-03-01"), too_much, None, None, None),
        RowDifference(
            *("measures", NOBODY, (NOBODY, "m-1")),
            *(dict(zip(MEASURES.columns, of_nobody, strict=True)), None, None, None),
        ),
        RowDifference(
            *("deadlines", moved, right, {"kind": "afternoon"}, {"kind": "expiry"}, 2, FACT)
        ),
    ]


def in_order(found: list[RowDifference]) -> list[RowDifference]:
    """Differences in an order of their own."""
    return sorted(found, key=lambda one: (one.view, one.estate, repr(one.key)))


def test_five_planted_defects_are_five_differences(engine: Engine, url: str) -> None:
    planted = in_order(plant(engine, url))
    compared = engine.compare_views(chunk=3)
    assert in_order(list(compared.found)) == planted
    assert compared.differing == 5
    assert (compared.number, engine.rebuilds()) == (None, [])
    report = engine.rebuild(chunk=3)
    assert report.differing == 5
    assert in_order(list(report.found)) == planted
    assert in_order(engine.rebuild_differences()) == planted
    assert engine.compare_views().differing == 0


def test_a_later_event_that_changed_another_row_is_no_cause(engine: Engine, url: str) -> None:
    estate = engine.find("Terrein 6")
    engine.do(RenameEstate(estate=estate, name="Anders", on=engine.today()))
    with sql_on(engine, url) as sql:
        sql(f"UPDATE view_board SET estate = 'Fout' WHERE estate_id = '{estate}'")
        sql(f"UPDATE view_register SET level = 'Fout' WHERE estate_id = '{estate}'")
    by_view = {one.view: one for one in engine.compare_views().found}
    assert by_view["board"].version == 3
    assert by_view["register"].version == 2


def test_views_that_were_not_asked_for_are_not_compared(engine: Engine, url: str) -> None:
    plant(engine, url)
    assert engine.compare_views("measures", "board").differing == 2


def test_one_estate_is_made_anew_alone(engine: Engine, url: str) -> None:
    planted = plant(engine, url)
    engine.rebuild_estate(planted[1].estate)
    assert in_order(list(engine.compare_views().found)) == in_order(
        [one for one in planted if one is not planted[1]]
    )
    report = engine.rebuild_estate(planted[4].estate, "deadlines")
    assert report.found == (planted[4],)
    assert report.views == ("deadlines",)
    assert engine.rebuild_estate(NOBODY).found == (planted[3],)
    for left in planted[0], planted[2]:
        engine.rebuild_estate(left.estate)
    assert engine.compare_views().differing == 0
    with pytest.raises(EstateNotFound):
        engine.rebuild_estate(NOBODY)


def test_one_estate_that_cannot_be_read_keeps_its_rows_and_falls_behind(
    engine: Engine, url: str
) -> None:
    before, estate = tables(engine), engine.find("Terrein 2")
    spoil(engine, url, estate)
    report = engine.rebuild_estate(estate)
    assert {mark.view for mark in report.behind} == set(report.views)
    assert {mark.estate for mark in engine.behind()} == {estate}
    assert tables(engine) == before


def test_a_busy_estate_is_read_again(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    estate, repair = engine.find("Terrein 1"), engine._store.repair
    left = [3]

    def busy(*rows: RowChange) -> tuple[Behind, ...]:
        if left[0]:
            left[0] -= 1
            raise VersionConflict(estate, 1, 2)
        return repair(*rows)

    monkeypatch.setattr(engine._store, "repair", busy)
    assert engine.rebuild_estate(estate).behind == ()
    assert left == [0]


def test_a_command_after_the_repair_of_an_estate_writes_whole_rows(
    engine: Engine, url: str
) -> None:
    estate = engine.do(RegisterEstate(name="Nieuw", municipalities=(PLACE,))).estate
    with sql_on(engine, url) as sql:
        sql(f"DELETE FROM view_board WHERE estate_id = '{estate}'")
    engine.rebuild_estate(estate)
    engine.do(RenameEstate(estate=estate, name="Nieuwer", on=engine.today()))
    assert engine.compare_views().differing == 0


def test_beyond_what_is_kept_differences_are_counted_and_not_worked_out(
    engine: Engine, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def counted(*arguments: Any) -> RowDifference:
        told.append("one")
        return described(*arguments)

    for module in (pooled, rebuild_rows):
        monkeypatch.setattr(module, "MOST_DIFFERENCES", 3)
    monkeypatch.setattr(making, "described", counted)
    with sql_on(engine, url) as sql:
        sql("UPDATE view_board SET cycle = 77")
    broken_off(engine, "board", after=1, chunk=4)
    done = engine.rebuild("board", chunk=4)
    assert (done.differing, len(done.found), len(told)) == (ESTATES, 3, 3)
