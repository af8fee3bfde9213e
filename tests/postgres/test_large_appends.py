"""Does an append of twenty megabytes come in, where the library's pipeline waits for ever?"""

from __future__ import annotations

from contextlib import closing

import pytest
from eventsourcing.persistence import StoredEvent

from kvob_domain.estate.recorded import Recorded
from kvob_workflow import StoreLimits
from kvob_workflow.store import Append, open_store
from kvob_workflow.store.codec import Codec
from kvob_workflow.store.postgres.store import PostgresStore
from tests.store.samples import VIEWS, estate, recorded

TWENTY_MEGABYTES = 20_000_000


class Padded(Codec):
    """Events of a given size: spaces after JSON mean nothing."""

    size = 0

    def encode(self, recorded: Recorded) -> tuple[str, bytes]:
        topic, state = super().encode(recorded)
        return topic, state.ljust(self.size)


@pytest.mark.parametrize("count", [1, 999, 2_000])
def test_an_append_of_twenty_megabytes_comes_in_whole(postgres_url: str, count: int) -> None:
    codec = Padded()
    codec.size = TWENTY_MEGABYTES // count
    limits = StoreLimits(statement_timeout=30.0)
    with closing(open_store(postgres_url, VIEWS, codec=codec, limits=limits)) as store:
        events = tuple(recorded(estate(1), number + 1) for number in range(count))
        assert store.append(Append(events)).positions == tuple(range(1, count + 1))
        sizes = store.read("SELECT sum(length(state)) AS n, count(*) AS c FROM stored_events", {})
        assert tuple(sizes[0]) == (codec.size * count, count)
        assert store.stream(estate(1)) == list(events)


def test_the_recorder_of_the_library_takes_it_too(postgres_url: str) -> None:
    with closing(open_store(postgres_url)) as store:
        assert isinstance(store, PostgresStore)
        recorder = store.library_application().recorder
        state = b"x" * 20_000
        events = [StoredEvent(f"{number:032x}", 1, "topic", state) for number in range(1_000)]
        recorder.insert_events(events)
        assert recorder.max_notification_id() == 1_000
        found = recorder.select_notifications(start=1, limit=2_000)
        assert sum(len(one.state) for one in found) == TWENTY_MEGABYTES
