"""Is the table of which event feeds which view true of what the newest release left behind?"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import pytest

from kvob_domain.estate.events import AnyEvent
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.identity import PartySucceeded
from kvob_domain.estate.evolve import fold
from kvob_domain.estate.recorded import Recorded
from kvob_domain.ids import EstateId
from kvob_projections import ALL_VIEWS
from kvob_workflow.engine import packaged_book
from kvob_workflow.engine.rows import rows_of
from kvob_workflow.events.feeds import FED_BY
from kvob_workflow.store.codec import Codec
from tests.evolution.kept import RELEASES, store_of

NOT_SEEN = {"bonds": {PartySucceeded}}
"""What feeds a view, and does not in that store: nobody there succeeds a park manager."""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[type[AnyEvent]]]:
    """By view, the events without which its rows are others."""
    path = store_of(RELEASES[-1], tmp_path_factory.mktemp("fed"))
    book = packaged_book()
    found: dict[str, set[type[AnyEvent]]] = defaultdict(set)
    for estate, history in histories(path).items():
        whole = rows_of(fold(estate, history), book)
        for left_out in history:
            rest = rows_of(fold(estate, [one for one in history if one is not left_out]), book)
            for view, rows in whole.items():
                if rest[view] != rows:
                    found[view].add(type(left_out.event))
    return found


def histories(path: Path) -> dict[EstateId, list[Recorded]]:
    asked = "SELECT originator_id, originator_version, topic, state FROM stored_events"
    codec = Codec()
    found: dict[EstateId, list[Recorded]] = defaultdict(list)
    with closing(sqlite3.connect(path)) as connection:
        for estate, version, topic, state in connection.execute(f"{asked} ORDER BY 1, 2"):
            found[EstateId(estate)].append(codec.decode(EstateId(estate), version, topic, state))
    return found


def test_every_inline_view_is_told_of() -> None:
    assert set(FED_BY) == {view.name for view in ALL_VIEWS}


def test_an_event_feeds_a_view_exactly_where_leaving_it_out_changes_the_rows(
    seen: dict[str, set[type[AnyEvent]]],
) -> None:
    for view, events in FED_BY.items():
        # A correction changes what the corrected event feeds, and the store holds only some.
        apart = {EventCorrected, *NOT_SEEN.get(view, ())}
        assert events - apart == seen[view] - apart, view
