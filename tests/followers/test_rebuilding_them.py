"""Is a followed projection rebuilt as an inline view is, and does its follower go on afterwards?"""

from __future__ import annotations

# pyright: reportPrivateUsage=false
from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.store import RowChange
from kvob_workflow.testing import SettableClock
from tests.followers.conftest import STEPS, TODAY

ASKED = "SELECT step FROM view_x_steps ORDER BY step"


def add(engine: Engine, name: str) -> None:
    engine.do(RegisterEstate(name=name, municipalities=("Oss",)))


def test_a_projection_of_a_host_is_rebuilt_beside_the_live_one_and_followed_on(
    any_url: str,
) -> None:
    with Engine.open(any_url, clock=SettableClock(TODAY), projections=[STEPS]) as engine:
        add(engine, "Een")
        engine.follow()
        add(engine, "Twee")
        report = engine.rebuild("x_steps")
        assert (report.views, report.rows) == (("x_steps",), 2)
        add(engine, "Drie")
        assert [row["step"] for row in engine.query(ASKED)] == ["Drie", "Een", "Twee"]
        (status,) = engine.projection_status("x_steps")
        assert status.last_rebuild is not None and status.last_rebuild.status == "live"
        engine.undo_rebuild()
        assert [row["step"] for row in engine.query(ASKED)] == ["Drie", "Een", "Twee"]


def test_a_rebuild_calls_no_effect(any_url: str) -> None:
    from kvob_workflow.followers import Effect, Happened

    taken: list[Happened] = []
    effect = Effect("x_post", taken.append, begins="beginning")
    with Engine.open(any_url, projections=[STEPS], effects=[effect]) as engine:
        add(engine, "Een")
        engine.follow()
        engine.rebuild()
        engine.follow()
    assert len(taken) == 1


def test_a_wrong_row_of_a_followed_view_is_found_and_what_only_lags_is_not(any_url: str) -> None:
    with Engine.open(any_url, clock=SettableClock(TODAY), projections=[STEPS]) as engine:
        for name in ("Een", "Twee", "Drie"):
            add(engine, name)
        engine.follow()
        add(engine, "Vier")  # nobody has followed it yet
        assert engine.compare_views("x_steps").differing == 0
        first, *_ = engine.views()
        wrong = engine.find("Twee")
        (kept,) = STEPS.rows(engine.state(wrong), engine.book)
        row = tuple("Verzonnen" if value == "Twee" else value for value in kept)
        engine._store.repair(RowChange(STEPS, wrong, replace_all=True, upserts=(row,)))
        report = engine.compare_views("x_steps", first.name)
        assert (report.not_compared, report.differing) == ((), len(report.found))
        assert {(one.view, one.estate) for one in report.found} == {("x_steps", wrong)}
        assert engine.compare_views().differing == report.differing
        engine.rebuild("x_steps")
        assert engine.compare_views("x_steps").differing == 0
