"""Is what the owner of the tables changes on a server found, with its place?"""

from __future__ import annotations

import psycopg
import pytest

from kvob_workflow.proofs.findings import Finding, Kind, Verdict
from kvob_workflow.proofs.heads import Signer
from kvob_workflow.proofs.sequencer import sequence
from kvob_workflow.proofs.verifying import verify
from kvob_workflow.store import EventStore
from tests.proofs.conftest import Fill, estate

_AT = "WHERE notification_id = 301"


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (
            f"UPDATE stored_events SET state = convert_to(replace(convert_from(state, 'UTF8'),"
            f" '100000', '100001'), 'UTF8') {_AT}",
            Finding(Kind.EVENT_CHANGED, estate(0), 101, 300, 301),
        ),
        (f"DELETE FROM stored_events {_AT}", Finding(Kind.VERSION_MISSING, estate(0), 101)),
        (
            "DELETE FROM stored_events WHERE notification_id = 600",
            Finding(Kind.EVENT_MISSING, leaf=599, position=600),
        ),
        (
            "INSERT INTO stored_events (notification_id, originator_id, originator_version, topic,"
            f" state) SELECT 0, originator_id, 500, topic, state FROM stored_events {_AT}",
            Finding(Kind.EVENT_INSERTED, estate(0), 500, None, 0),
        ),
        ("DELETE FROM log_checkpoint", Finding(Kind.CHECKPOINT_MISSING, size=600)),
        ("UPDATE log_run SET number = 599", Finding(Kind.RUNS_DIFFER)),
        ("UPDATE log_tile SET hashes = decode(repeat('00', 64), 'hex')", Kind.TILES_DIFFER),
        ("DROP TABLE log_tile", Finding(Kind.STORE_UNREADABLE)),
    ],
)
def test_what_the_owner_changed_is_told_with_its_place(
    statement: str, expected: Finding | Kind, store: EventStore, postgres_url: str, signer: Signer,
    fill: Fill,
) -> None:  # fmt: skip
    fill(store, 600)
    sequence(store, signer)
    assert verify(store, signer.verifiers(), signer.heads()).verdict is Verdict.PROVEN
    with psycopg.connect(postgres_url.partition("?")[0], autocommit=True) as owner:
        owner.execute(f"SET search_path = {postgres_url.rpartition('=')[2]}".encode())
        owner.execute("ALTER TABLE stored_events DISABLE TRIGGER USER")
        owner.execute(statement.encode())
    found = verify(store, signer.verifiers(), signer.heads())
    assert found.verdict is Verdict.CHANGED
    if isinstance(expected, Kind):
        assert expected in {one.kind for one in found.findings}
    elif expected.kind is Kind.STORE_UNREADABLE:
        assert {one.kind for one in found.findings} == {expected.kind}
    else:
        assert expected in found.findings
