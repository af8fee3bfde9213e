"""Does a build that is killed go on where it was, and end with the same rectangles?"""

import subprocess
import sys
from contextlib import closing

from benchmarks.past_portfolio import events_of
from kvob_projections import ALL_VIEWS, PERIOD_VIEWS
from kvob_projections.periods import table_of
from kvob_workflow import Engine
from kvob_workflow.store import Append, EventStore, open_store

_BUILD = """
import sys
from kvob_workflow import Engine
with Engine.open(sys.argv[1]) as engine:
    engine.build_periods(lambda done: print(done, flush=True))
"""


def everything(store: EventStore) -> list[list[tuple[object, ...]]]:
    return [
        sorted(
            (tuple(row)[1:] for row in store.read(f"SELECT * FROM {table_of(view)}", {})),
            key=repr,  # some columns are NULL
        )
        for view in PERIOD_VIEWS
    ]


def test_a_build_that_was_killed_twice_ends_like_one_that_was_not(url: str) -> None:
    with (
        closing(open_store(url, ALL_VIEWS, durable=False)) as store,
        closing(open_store("memory:", ALL_VIEWS)) as undisturbed,
    ):
        for batch in events_of(2500):
            store.append(Append(events=tuple(batch)))
            undisturbed.append(Append(events=tuple(batch)))
        for _ in range(2):
            building = subprocess.Popen(
                [sys.executable, "-c", _BUILD, url], stdout=subprocess.PIPE, text=True
            )
            assert building.stdout is not None
            while building.stdout.readline() == "0\n":  # the tables were made, or it goes on
                pass
            building.kill()
            building.communicate()
        state = store.period_state()
        assert state is not None and state.cursor, "nothing was left to do"
        Engine(store).build_periods()
        Engine(undisturbed).build_periods()
        assert everything(store) == everything(undisturbed)
