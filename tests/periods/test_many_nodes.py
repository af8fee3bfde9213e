"""Do nodes that follow at the same time make the rectangles once, and none of them wrong?"""

from __future__ import annotations

import random
import threading
from contextlib import closing

from benchmarks.past_histories import histories
from kvob_domain.estate.recorded import Recorded
from kvob_projections import ALL_VIEWS
from kvob_workflow.engine import packaged_book
from kvob_workflow.engine.as_of import catch_up
from kvob_workflow.store import Append, open_store
from tests.periods.test_kill import everything

_NODES = 3


def test_three_nodes_follow_what_a_fourth_records(postgres_url: str) -> None:
    whole = histories(random.Random(26), 25, 14)
    book, recorded = packaged_book(), threading.Event()
    failures: list[BaseException] = []

    def follow() -> None:
        try:
            with closing(open_store(postgres_url, ALL_VIEWS, durable=False)) as node:
                while not recorded.is_set():
                    catch_up(node, book)
                catch_up(node, book)
        except BaseException as error:
            failures.append(error)
            raise

    with (
        closing(open_store(postgres_url, ALL_VIEWS, durable=False)) as store,
        closing(open_store("memory:", ALL_VIEWS)) as alone,
    ):
        nodes = [threading.Thread(target=follow) for _ in range(_NODES)]
        for node in nodes:
            node.start()
        for one in _in_turns(list(whole.values())):
            store.append(Append(events=(one,)))
            alone.append(Append(events=(one,)))
        recorded.set()
        for node in nodes:
            node.join(60)
        assert failures == []
        catch_up(alone, book)
        state = store.period_state()
        assert state is not None and state.position == store.last_position()
        assert everything(store) == everything(alone)


def _in_turns(lives: list[list[Recorded]]) -> list[Recorded]:
    """The first event of each estate, the second of each, and so on."""
    longest = max(map(len, lives))
    return [life[turn] for turn in range(longest) for life in lives if turn < len(life)]
