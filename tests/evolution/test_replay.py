"""Do the event lines of every release go into a new store of each kind, and come out the same?

`tests/domain/golden` holds bodies of every topic and one whole history, `released.jsonl` what each
release wrote as examples. Lines are added to both, never changed.
"""

from __future__ import annotations

from contextlib import closing

import pytest

from kvob_domain.estate.evolve import fold
from kvob_domain.estate.recorded import Recorded
from kvob_domain.ids import EstateId
from kvob_projections import ALL_VIEWS
from kvob_workflow.engine import packaged_book
from kvob_workflow.engine.rows import changes, rows_of
from kvob_workflow.store import Append, EventStore, open_store
from kvob_workflow.store.codec import Codec
from kvob_workflow.store.upcasts import UPCASTS
from tests.evolution.golden_lines import Lines

CODEC = Codec()


@pytest.fixture(scope="module")
def histories(lines: Lines) -> dict[EstateId, list[Recorded]]:
    """The same, as the codec reads it."""
    return {
        estate: [
            CODEC.decode(estate, version, topic, state)
            for version, (topic, state) in enumerate(stored, start=1)
        ]
        for estate, stored in lines.items()
    }


def stored_in(store: EventStore) -> Lines:
    asked = "SELECT originator_id, topic, state FROM stored_events ORDER BY originator_version"
    found: Lines = {}
    for estate, topic, state in store.read(asked, {}):
        found.setdefault(EstateId(str(estate)), []).append((topic, bytes(state)))
    return found


def test_every_line_is_kept_byte_for_byte_and_folds_to_the_same_rows(
    kept_url: str, lines: Lines, histories: dict[EstateId, list[Recorded]]
) -> None:
    book = packaged_book()
    rows = {estate: rows_of(fold(estate, told), book) for estate, told in histories.items()}
    with closing(open_store(kept_url, ALL_VIEWS)) as store:
        for estate, told in histories.items():
            written = tuple(changes(fold(estate, told), None, rows[estate]))
            receipt = store.append(Append(tuple(told), rows=written))
            assert receipt.behind == ()
        kept = stored_in(store)
        assert {estate: store.stream(estate) for estate in histories} == histories
        for view in ALL_VIEWS:
            asked = f"SELECT {', '.join(view.columns)} FROM {view.table}"
            there = {view.key_of(row): row for row in map(tuple, store.read(asked, {}))}
            assert there == {
                key: row for of_one in rows.values() for key, row in of_one[view.name].items()
            }
    for estate, written_once in lines.items():
        expected = [one for one in written_once if one[0] not in UPCASTS]
        assert [one for one in kept[estate] if one[0] not in UPCASTS] == expected
