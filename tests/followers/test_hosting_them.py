"""What can a host add to an engine, and what does the engine then do and refuse?"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from kvob_domain.estate.state import Estate
from kvob_domain.scheme.book import SchemeBook
from kvob_projections.view import Row, View, index_ddl
from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.followers import Effect, Happened, Projection, Standing
from kvob_workflow.followers.delivering import MOST_FAILURES
from kvob_workflow.followers.errors import (
    EffectInvalid,
    NothingToSkip,
    ProjectionInvalid,
    ProjectionOutdated,
    ProjectionTableDiffers,
    ProjectionUnknown,
    QueryRefused,
    QueryTooLong,
    RetryElsewhere,
    SkipReasonMissing,
)
from kvob_workflow.testing import SettableClock
from tests.followers.conftest import STEPS, TODAY
from tests.rebuilding.conftest import awarded

OSS = ("Oss",)


def no_rows(estate: Estate, book: SchemeBook) -> tuple[Row, ...]:
    del estate, book
    return ()


class Post:
    """Takes events; fails while it is closed."""

    def __init__(self) -> None:
        self.closed = False
        self.taken: list[str] = []
        self.came = threading.Event()

    def __call__(self, happened: Happened) -> None:
        if self.closed:
            raise ConnectionError("closed")
        self.taken.append(happened.id)
        self.came.set()


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def engine(any_url: str, post: Post) -> Iterator[Engine]:
    effect = Effect("x_post", post, begins="now")
    clock = SettableClock(TODAY)
    with Engine.open(any_url, clock=clock, projections=[STEPS], effects=[effect]) as opened:
        yield opened


def clock_of(engine: Engine) -> SettableClock:
    clock = engine._clock  # pyright: ignore[reportPrivateUsage] # the test's own
    assert isinstance(clock, SettableClock)
    return clock


def add(engine: Engine, *names: str) -> None:
    for name in names:
        engine.do(RegisterEstate(name=name, municipalities=OSS))


def stall(engine: Engine, post: Post) -> None:
    post.closed = True
    for _ in range(MOST_FAILURES):
        engine.follow()
        clock_of(engine).move_on(timedelta(hours=13))


def test_a_projection_of_a_host_is_caught_up_before_it_is_read(engine: Engine) -> None:
    add(engine, "Een", "Twee")
    asked = "SELECT step, events FROM view_x_steps ORDER BY step"
    assert engine.query(asked) == [{"step": "Een", "events": 1}, {"step": "Twee", "events": 1}]
    add(engine, "Drie")
    named = "SELECT count(*) AS n FROM view_x_steps WHERE step = :step;"
    assert engine.query(named, {"step": "Drie"}) == [{"n": 1}]


def test_a_projection_of_ours_that_a_query_names_is_built_first(engine: Engine) -> None:
    awarded(engine, 1)
    assert engine.projection_status("passages")[0].standing is Standing.UNUSED
    assert engine.query("SELECT DISTINCT estate_id FROM View_Passages", limit=1)
    assert engine.projection_status("passages")[0].standing is Standing.CURRENT
    assert engine.projection_status("concerns")[0].standing is Standing.UNUSED


def test_a_query_that_cannot_be_answered_whole_is_refused(engine: Engine) -> None:
    add(engine, "Een", "Twee")
    with pytest.raises(QueryTooLong):
        engine.query("SELECT * FROM view_x_steps", limit=1)
    for wrong in ("SELECT no_such", "DELETE FROM view_x_steps", "SELECT 1 AS a; SELECT 2 AS b"):
        with pytest.raises(QueryRefused):
            engine.query(wrong)
    assert len(engine.query("SELECT * FROM view_x_steps", limit=2)) == 2


SET = "SELECT set_config('{}', 'off', false)"


@pytest.mark.parametrize(
    "wrong",
    [
        SET.format("transaction_read_only"),
        "WITH gone AS (DELETE FROM view_x_steps RETURNING step) SELECT * FROM gone",
        "SELECT 1 AS a) AS asked; DELETE FROM view_x_steps; SELECT * FROM (SELECT 1 AS a",
        # What follows is a text for who takes a name's last letter for the beginning of a text.
        r"SELECT name'x\') AS a; COMMIT; DELETE FROM view_x_steps; SELECT * FROM (SELECT 1 --'",
        "SELECT 1 AS a$b$) AS a; COMMIT; DELETE FROM view_x_steps; SELECT * FROM (SELECT 1 --$b$",
    ],
)
def test_no_query_writes_whatever_it_says(engine: Engine, wrong: str) -> None:
    add(engine, "Een")
    with contextlib.suppress(QueryRefused):  # one store knows no such words, another refuses them
        engine.query(SET.format("default_transaction_read_only"))
    with pytest.raises(QueryRefused):
        engine.query(wrong)
    assert len(engine.query("SELECT * FROM view_x_steps")) == 1


def test_nothing_that_a_query_sets_stays_with_the_connection(postgres_url: str) -> None:
    with Engine.open(postgres_url) as engine, Engine.open(postgres_url) as other:
        engine.query("SELECT set_config('search_path', 'pg_catalog', false)")
        engine.query(SET.format("default_transaction_read_only"))
        engine.query("SELECT 1 AS a FROM (SELECT pg_advisory_lock(42)) AS locked")
        with pytest.raises(QueryRefused):
            engine.query("SELECT 1 / 0 AS a FROM (SELECT pg_advisory_lock(43)) AS locked")
        with contextlib.suppress(QueryRefused):  # PostgreSQL 15 makes it, and undoes it at the end
            engine.query("SELECT lo_create(0)")
        assert engine.query("SELECT oid FROM pg_largeobject_metadata") == []
        kept = "SELECT current_setting('default_transaction_read_only') AS it"
        assert engine.query(kept) == [{"it": "on"}]
        assert engine.board().total == 0
        free = "SELECT pg_try_advisory_lock(:lock) AS it"
        assert [other.query(free, {"lock": lock}) for lock in (42, 43)] == [[{"it": True}]] * 2


def test_the_status_shows_everything_in_one_list(engine: Engine) -> None:
    add(engine, "Een")
    before = {one.name: one.standing for one in engine.projection_status()}
    assert before.keys() >= {"board", "register", "deadlines", "measures", "x_steps", "x_post"}
    assert before["board"] is Standing.CURRENT
    assert before["x_steps"] is before["periods"] is before["proofs"] is Standing.UNUSED
    assert before["x_post"] is Standing.LAGGING
    (lagging,) = engine.projection_status("x_post")
    assert lagging.lag.number == 1 and lagging.lag_seconds == 0.0
    engine.follow()
    after = {one.name: one for one in engine.projection_status()}
    assert after["x_steps"].standing is after["x_post"].standing is Standing.CURRENT
    assert after["x_steps"].rows is not None and after["x_steps"].rows.number == 1
    with pytest.raises(ProjectionUnknown):
        engine.projection_status("x_other")


def test_a_stalled_effect_is_shown_with_its_error_and_event_and_retry_goes_on(
    engine: Engine, post: Post
) -> None:
    add(engine, "Een", "Twee")
    stall(engine, post)
    (status,) = engine.projection_status("x_post")
    assert status.standing is Standing.STALLED and status.needs_somebody
    assert status.error == "ConnectionError: closed"
    assert status.event is not None and status.event.topic == "kvob.estate:estate-registered.v1"
    assert engine.follow().effects[0].events == 0
    post.closed = False
    assert engine.retry_projection("x_post").standing is Standing.CURRENT
    assert len(post.taken) == 2


def test_a_skip_steps_over_exactly_one_event_and_is_kept_with_reason_and_person(
    engine: Engine, post: Post
) -> None:
    add(engine, "Een", "Twee", "Drie")
    stall(engine, post)
    post.closed = False
    skipped = engine.skip_event("x_post", "  known to\n the receiver ")
    assert (skipped.reason, skipped.by) == ("known to the receiver", "operator")
    assert skipped.error == "ConnectionError: closed"
    engine.follow()
    assert len(post.taken) == 2
    assert skipped.event.estate not in " ".join(post.taken)
    (status,) = engine.projection_status("x_post")
    assert status.skipped == (skipped,)


def test_a_skip_without_cause_or_reason_is_refused(engine: Engine, post: Post) -> None:
    add(engine, "Een")
    for name in ("board", "x_steps", "periods", "x_post"):
        with pytest.raises(NothingToSkip):
            engine.skip_event(name, "because")
    stall(engine, post)
    for reason in (" \n", "x" * 501):
        with pytest.raises(SkipReasonMissing):
            engine.skip_event("x_post", reason)
    with pytest.raises(ProjectionUnknown):
        engine.skip_event("x_other", "because")


def test_retry_of_what_another_command_tries_again_names_that_command(engine: Engine) -> None:
    with pytest.raises(RetryElsewhere, match="kvob log sequence"):
        engine.retry_projection("proofs")
    for name in ("board", "periods", "x_steps"):
        assert engine.retry_projection(name).name == name


def test_an_estate_that_a_projection_lacks_is_shown_and_mended(kept_url: str) -> None:
    with Engine.open(kept_url, projections=[STEPS]) as engine:
        add(engine, "Een", "Gif")
        engine.follow()
        (status,) = engine.projection_status("x_steps")
        assert status.standing is Standing.BEHIND and status.behind == 1
        assert status.lacking[0].error == "ZeroDivisionError: poison"
        assert engine.retry_projection("x_steps").behind == 1
    with Engine.open(kept_url, projections=[replace(STEPS, rows=no_rows)]) as engine:
        assert engine.retry_projection("x_steps").behind == 0


def test_a_started_engine_follows_by_itself(any_url: str, post: Post) -> None:
    effect = Effect("x_post", post, begins="now")
    with Engine.open(any_url, effects=[effect]) as engine:
        engine.start()
        add(engine, "Een")
        assert post.came.wait(20)
    assert len(post.taken) == 1


def other(view: View = STEPS, **changes: object) -> Projection:
    return replace(view, **changes)  # type: ignore[arg-type] # fields of a view


@pytest.mark.parametrize(
    ("view", "complaint"),
    [
        (other(name="board"), "the name must begin with x_"),
        (other(name="x_Steps"), "the name must begin with x_"),
        (other(name="x_steps__new"), "the name must begin with x_"),
        (other(schema=0), "'schema' must be 1 or more"),
        (other(key=("step",)), "the key begins with estate_id"),
        (other(columns=("estate_id", "step")), "the table has other columns"),
        (other(columns=("estate_id", "step", "Events;")), "column 'Events;' has other characters"),
        (other(ddl=("CREATE TABLE",)), "its statement fails"),
        (other(ddl=("CREATE TABLE board (a TEXT)",)), "'ddl' must make view_x_steps"),
        (other(name="x_others"), "'ddl' must make view_x_others"),
    ],
)
def test_a_projection_that_no_store_can_keep_is_refused(view: View, complaint: str) -> None:
    with pytest.raises(ProjectionInvalid, match=complaint.replace("(", r"\(")):
        Engine.open("memory:", projections=[view])


def test_a_projection_may_have_indexes_of_its_own(any_url: str) -> None:
    indexed = other(ddl=(*STEPS.ddl, index_ddl("view_x_steps", "step")))
    with Engine.open(any_url, projections=[indexed]) as engine:
        add(engine, "Een")
        assert len(engine.query("SELECT * FROM view_x_steps")) == 1


@pytest.mark.parametrize(
    ("effect", "complaint"),
    [
        (Effect("post", print, begins="now"), "the name must begin with x_"),
        (Effect("x_steps", print, begins="now"), "the name is given twice"),
        (Effect("x_post", print, begins="later"), "'begins' is 'now' or 'beginning'"),  # type: ignore[arg-type] # the point
        (Effect("x_post", print, "now", lease=timedelta(0)), "'lease' is from 1 second"),
    ],
)
def test_an_effect_that_no_store_can_follow_for_is_refused(effect: Effect, complaint: str) -> None:
    with pytest.raises(EffectInvalid, match=complaint):
        Engine.open("memory:", projections=[STEPS], effects=[effect])


def test_changed_columns_need_another_schema_number(kept_url: str) -> None:
    Engine.open(kept_url, projections=[STEPS]).close()
    changed = other(
        columns=("estate_id", "name", "events"),
        ddl=(STEPS.ddl[0].replace("step TEXT", "name TEXT"),),
    )
    with pytest.raises(ProjectionTableDiffers):
        Engine.open(kept_url, projections=[changed])
    Engine.open(kept_url, projections=[replace(changed, schema=2)]).close()


def test_a_higher_schema_number_makes_a_rebuilt_table_anew(kept_url: str) -> None:
    indexed = replace(STEPS, ddl=(*STEPS.ddl, index_ddl(STEPS.table, "step")))
    with Engine.open(kept_url, projections=[indexed]) as engine:
        engine.do(RegisterEstate(name="Een", municipalities=("Oss",)))
        engine.follow()
        engine.rebuild()  # the table of before is kept, with the name of the first index
    with Engine.open(kept_url, projections=[replace(indexed, schema=2)]) as engine:
        assert [row["step"] for row in engine.query(f"SELECT step FROM {STEPS.table}")] == ["Een"]


def test_an_older_host_is_told_that_a_newer_one_made_the_table(kept_url: str) -> None:
    Engine.open(kept_url, projections=[replace(STEPS, schema=2)]).close()
    with pytest.raises(ProjectionOutdated, match="schema 2, and this host"):
        Engine.open(kept_url, projections=[STEPS])
