"""What does a follower do that was killed? It goes on where it was; one event may come again."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from datetime import timedelta

from kvob_projections import ALL_VIEWS
from kvob_workflow import Engine
from kvob_workflow.clock import SystemClock
from kvob_workflow.followers import Effect, Happened
from kvob_workflow.store import Append, open_store
from kvob_workflow.testing import SettableClock
from tests.followers.conftest import STEPS, TODAY, registered

EVENTS = 300
FOLLOW = """
import sys
from kvob_workflow import Engine
from kvob_workflow.followers import Effect, projecting
from tests.followers.conftest import STEPS

projecting.ESTATES = 1
post = Effect("x_post", lambda happened: print(happened.id, flush=True), begins="beginning")
with Engine.open(sys.argv[1], projections=[STEPS], effects=[post]) as engine:
    engine.follow()
"""
BUILD = FOLLOW.replace(
    "    engine.follow()",
    "    from kvob_workflow.engine.followed import catch_up_views\n"
    "    catch_up_views(engine._store, engine.book, (STEPS,), lambda n: print(n, flush=True))",
)


def killed(code: str, url: str, lines: int) -> list[str]:
    """What a process printed that was killed after so many lines."""
    process = subprocess.Popen(
        [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}\n{code}", url],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    printed = [process.stdout.readline() for _ in range(lines)]
    process.kill()
    rest, _ = process.communicate()
    return [line.strip() for line in (*printed, *rest.splitlines()) if line.strip()]


def fill(url: str) -> None:
    with closing(open_store(url, ALL_VIEWS, durable=False)) as store:
        store.append(Append(events=tuple(registered(n) for n in range(1, EVENTS + 1))))


def test_after_a_kill_every_event_comes_in_order_and_one_at_most_comes_again(kept_url: str) -> None:
    fill(kept_url)
    before = killed(FOLLOW, kept_url, 5)
    assert 5 <= len(before) < EVENTS
    after: list[str] = []

    def post(happened: Happened) -> None:
        after.append(happened.id)

    clock = SettableClock(TODAY)
    clock.move_on(SystemClock().now() - clock.now() + timedelta(minutes=2))  # beyond the lease
    effect = Effect("x_post", post, begins="beginning")
    with Engine.open(kept_url, clock=clock, projections=[STEPS], effects=[effect]) as engine:
        engine.follow()
    again = len(before) + len(after) - EVENTS
    assert again in (0, 1)
    assert [*before, *after[again:]] == [*before[: len(before) - again], *after]
    assert len(set(before) | set(after)) == EVENTS


def test_a_build_that_was_killed_goes_on_where_it_was(kept_url: str) -> None:
    fill(kept_url)
    killed(BUILD, kept_url, 4)
    with Engine.open(kept_url, projections=[STEPS]) as engine:
        (status,) = engine.projection_status("x_steps")
        assert status.standing == "building"
        assert status.rows is not None and 0 < status.rows.number < EVENTS
        assert engine.follow().estates <= EVENTS - status.rows.number
        asked = "SELECT step FROM view_x_steps"
        assert {row["step"] for row in engine.query(asked)} == {
            f"Terrein {number}" for number in range(1, EVENTS + 1)
        }
