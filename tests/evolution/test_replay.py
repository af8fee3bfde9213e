"""Do the event lines of every release go into a new store of each kind, and come out the same?

`tests/domain/golden` holds bodies of every topic and one whole history, `released.jsonl` what each
release wrote as examples. Lines are added to both, never changed.
"""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kvob_domain.estate.evolve import fold
from kvob_domain.estate.recorded import Recorded
from kvob_domain.ids import EstateId
from kvob_projections import ALL_VIEWS
from kvob_workflow.engine import packaged_book
from kvob_workflow.engine.rows import changes, rows_of
from kvob_workflow.events.released import register
from kvob_workflow.store import Append, EventStore, open_store
from kvob_workflow.store.codec import Codec
from kvob_workflow.store.upcasts import UPCASTS

BODIES, DEMO, EXAMPLES = (EstateId(f"{number:032x}") for number in (1, 2, 3))
OPENED = datetime(2026, 1, 1, 9, tzinfo=UTC)
CODEC = Codec()

Lines = dict[EstateId, list[tuple[str, bytes]]]


def canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def enveloped(body: object, number: int) -> bytes:
    at = (OPENED + timedelta(seconds=number)).strftime("%Y-%m-%dT%H:%M:%S.000000Z")
    return canonical({"e": body, "m": {"at": at, "role": "operator", "via": "python"}})


@pytest.fixture(scope="module")
def lines(root: Path) -> Lines:
    """What is stored of each of the three estates, in order."""
    golden = root / "tests" / "domain" / "golden"
    bodies: list[dict[str, Any]] = [
        json.loads(line) for line in (golden / "events-v1.jsonl").read_text("utf-8").splitlines()
    ]
    demo: list[dict[str, Any]] = [
        json.loads(line)
        for line in (golden / "estate-demo-v1.jsonl").read_text("utf-8").splitlines()
    ]
    examples = [
        (one.topic, body)
        for one in register()
        if one.topic.startswith("kvob.estate:")
        for body in one.examples
    ]
    return {
        BODIES: [(one["topic"], enveloped(one["e"], n)) for n, one in enumerate(bodies, start=1)],
        DEMO: [(one["topic"], canonical(one["state"])) for one in demo[:-1]],
        EXAMPLES: [
            (topic, enveloped(body, n)) for n, (topic, body) in enumerate(examples, start=1)
        ],
    }


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
    for estate, told in lines.items():
        expected = [(topic, state) for topic, state in told if topic not in UPCASTS]
        assert [one for one in kept[estate] if one[0] not in UPCASTS] == expected
