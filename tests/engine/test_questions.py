"""What does the engine answer about today and about other days?"""

from collections.abc import Callable
from datetime import date

import pytest

from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_projections import ALL_VIEWS
from kvob_projections.errors import PageOutOfRange
from kvob_workflow import BoardQuery, DueQuery, Engine, EstateId, RegisterQuery
from kvob_workflow.demo import walk
from kvob_workflow.errors import StoreUnavailable


def test_the_invented_estate_is_valid_to_the_day_in_both_terms(engine: Engine) -> None:
    list(walk(engine))
    answers = {
        "2021-06-02": [],
        "2021-06-03": [("valid", "Basis Samenwerken", 1)],
        "2024-06-02": [("valid", "Basis Samenwerken", 1)],
        "2024-06-03": [("valid", "Continu Samenwerken", 2)],
        "2027-06-02": [("valid", "Continu Samenwerken", 2)],
        "2027-06-03": [("expired", "Continu Samenwerken", 2)],
    }
    for day, expected in answers.items():
        rows = engine.register(RegisterQuery(day=date.fromisoformat(day))).items
        assert [(r.status, r.level, r.certificate_number) for r in rows] == expected, day


def test_the_story_meets_the_refusals_that_it_tells_of(engine: Engine) -> None:
    for walked in walk(engine):
        expected = walked.step.refused_with
        if expected is None:
            assert walked.refusal is None
        else:
            assert isinstance(walked.refusal, expected), walked.step


def test_the_board_of_an_earlier_day_shows_the_step_of_that_day(engine: Engine) -> None:
    list(walk(engine))
    steps = {
        date(2020, 9, 14): None,
        date(2020, 9, 15): "kickoff",
        date(2021, 1, 14): "action_plan",
        date(2021, 6, 2): "award",
        date(2021, 6, 3): "evaluation",
        date(2024, 1, 18): "recertification",
        date(2026, 11, 23): "evaluation",
    }
    for day, step in steps.items():
        items = engine.board(BoardQuery(day=day)).items
        shown = items[0].step if items and items[0].version > 1 else None
        assert shown == step, day


def test_the_board_of_an_earlier_day_is_filtered_like_that_of_today(engine: Engine) -> None:
    list(walk(engine))
    day = date(2021, 3, 1)
    assert engine.board(BoardQuery(day=day, step=Step.COVENANT)).total == 1
    assert engine.board(BoardQuery(day=day, step=Step.EVALUATION)).total == 0
    assert engine.board(BoardQuery(day=day)).items[0].missing == (
        "covenant",
        "audit",
        "measures_done",
    )


def test_the_overview_of_an_earlier_day_knows_what_was_allowed_then(
    engine: Engine, walked_to: Callable[..., EstateId]
) -> None:
    estate = walked_to("nothing stops it")
    then = engine.overview(estate, on=date(2020, 10, 5))
    assert then.step is Step.KICKOFF
    assert then.allowed == ("declare_intent", "end_trajectory")
    assert then.status is Status.NONE
    now = engine.overview(estate)
    assert now.step is Step.EVALUATION
    assert [line.status for line in now.certificates] == [Status.EXPIRED, Status.VALID]
    assert [(c.figure, c.percent) for c in now.changes] == [
        ("burglaries", -39),
        ("damage_eur", -40),
    ]


def test_the_reminder_nine_months_before_expiry_is_open_in_november_2026(engine: Engine) -> None:
    list(walk(engine))
    overdue = [row for row in engine.due(DueQuery(overdue=True)).items if row.overdue]
    assert [(row.kind, row.due_on) for row in overdue] == [("reminder", date(2026, 9, 3))]


def test_history_is_told_in_the_order_in_which_things_happened(engine: Engine) -> None:
    list(walk(engine))
    entries = engine.history(engine.find("De Zilverhoek"))
    days = [entry.on for entry in entries[1:]]
    assert days == sorted(days)
    assert {entry.by for entry in entries} == {"p-guide", "p-auditor", "p-auditor-b", "p-decider"}


def test_measures_show_their_owner_and_progress(engine: Engine) -> None:
    list(walk(engine))
    rows = engine.measures().items
    assert len(rows) == 8
    assert sum(row.progress == "done" for row in rows) == 5


def test_a_page_of_a_history_is_a_part_of_the_whole(
    engine: Engine, walked_to: Callable[..., EstateId]
) -> None:
    estate = walked_to("sign_covenant")
    whole = engine.history(estate)
    assert engine.history(estate, limit=3) == whole[:3]
    assert engine.history(estate, limit=3, offset=4) == whole[4:7]
    assert engine.history(estate, offset=len(whole)) == ()
    assert engine.history(estate, limit=0) == ()


@pytest.mark.parametrize("page", [{"limit": -1}, {"offset": -1}])
def test_a_page_that_no_history_has_is_refused(
    engine: Engine, walked_to: Callable[..., EstateId], page: dict[str, int]
) -> None:
    estate = walked_to("declare_intent")
    with pytest.raises(PageOutOfRange):
        engine.history(estate, limit=page.get("limit"), offset=page.get("offset", 0))


def test_only_a_question_that_meets_other_tables_looks_at_them(
    kept_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Engine.open(kept_url) as engine:
        store = engine._store  # pyright: ignore[reportPrivateUsage] # what is asked of it
        ask = engine._read_rows  # pyright: ignore[reportPrivateUsage] # for a table that is gone
        looked: list[object] = []
        monkeypatch.setattr(store, "prepare_views", looked.append)
        with pytest.raises(Exception, match="view_gone"):
            ask(lambda read: read("SELECT * FROM view_gone", {}))
        assert looked == [ALL_VIEWS]
        engine.close()
        with pytest.raises(StoreUnavailable):
            engine.board()  # a store that cannot be reached would only be waited for twice
        assert looked == [ALL_VIEWS]
