"""Does the store keep followers and deliveries, whoever is faster, slower or killed?"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.events.deadlines import CertificateExpired, NoticeGiven
from kvob_domain.estate.recorded import Recorded
from kvob_workflow.store import (
    Append,
    Delivery,
    DeliveryItem,
    DeliveryStatus,
    EventStore,
    open_store,
)
from kvob_workflow.store.sqlite.schema import STORE_SCHEMA
from tests.store.samples import AT, estate, events

MINUTE = timedelta(minutes=1)
CHANNEL = ("mail",)


def notice(number: int, version: int = 1) -> Recorded:
    """The notice of a reminder, or of an expiry from version 2 on."""
    on = date(2026, 3, 1)
    anchored = {"on": on, "anchor_on": on, "anchor_version": 1, "rule": "reminder_months:9"}
    event = (
        NoticeGiven.model_validate({"kind": DeadlineKind.REMINDER, **anchored})
        if version == 1
        else CertificateExpired.model_validate(anchored)
    )
    return Recorded(estate(number), version, event, AT, role="alarm", via="alarm")


def delivery(position: int, channel: str = "mail") -> Delivery:
    return Delivery(
        id=f"{channel}:gemeente:{position}",
        channel=channel,
        recipient="gemeente",
        language="nl",
        items=(DeliveryItem(position, estate(1), position),),
        created_at=AT,
        next_at=AT,
    )


def posted(store: EventStore, *deliveries: Delivery) -> None:
    assert store.post("f", store.follower_position("f"), 9, deliveries)


def claimed(store: EventStore, after: timedelta = timedelta(0), limit: int = 10) -> list[Delivery]:
    """What a node gets that long after the start, for five minutes."""
    return store.claim_deliveries(CHANNEL, AT + after, AT + after + 5 * MINUTE, limit)


def test_a_follower_begins_nowhere_and_moves_with_its_deliveries(store: EventStore) -> None:
    assert store.follower_position("mail") is None
    assert store.post("mail", None, 7, [delivery(3)])
    assert store.follower_position("mail") == 7
    assert store.deliveries() == [delivery(3)]


def test_the_slower_of_two_collectors_writes_nothing(store: EventStore) -> None:
    assert store.post("mail", None, 7, [delivery(3)])
    assert not store.post("mail", None, 8, [delivery(4)])
    assert not store.post("mail", 6, 8, [delivery(4)])
    assert store.follower_position("mail") == 7
    assert store.deliveries() == [delivery(3)]


def test_only_notices_are_read_and_in_order_of_position(store: EventStore) -> None:
    store.append(Append((*events(estate(1), 2), notice(2), notice(2, 2))))
    store.append(Append((*events(estate(3), 1), notice(4))))
    found = store.notices_after(0, 10)
    assert [position for position, _ in found] == [3, 4, 6]
    assert [recorded for _, recorded in found] == [notice(2), notice(2, 2), notice(4)]
    assert store.notices_after(3, 1) == [(4, notice(2, 2))]
    assert store.notices_after(6, 10) == []


def test_a_claimed_delivery_is_given_to_nobody_else_until_the_claim_runs_out(
    store: EventStore,
) -> None:
    posted(store, delivery(1))
    (first,) = claimed(store)
    assert claimed(store, 4 * MINUTE) == []
    (second,) = claimed(store, 5 * MINUTE)
    assert (first.claim, second.claim) == (1, 2)


def test_only_the_last_holder_settles(store: EventStore) -> None:
    posted(store, delivery(1))
    (slow,) = claimed(store)
    (fast,) = claimed(store, 5 * MINUTE)
    assert not store.settle_delivery(slow, error="too late")
    assert store.settle_delivery(fast, sent_at=AT + 6 * MINUTE)
    assert not store.settle_delivery(fast, error="twice")
    assert store.deliveries() == [
        replace(fast, status=DeliveryStatus.SENT, sent_at=AT + 6 * MINUTE)
    ]


def test_a_failed_attempt_waits_and_the_last_one_is_given_up(store: EventStore) -> None:
    posted(store, delivery(1))
    (one,) = claimed(store)
    assert store.settle_delivery(one, retry_at=AT + MINUTE, error="busy")
    assert claimed(store) == []
    (again,) = claimed(store, MINUTE)
    assert (again.attempts, again.last_error) == (1, "busy")
    assert store.settle_delivery(again, error="no")
    (failed,) = store.deliveries((DeliveryStatus.FAILED,))
    assert (failed.attempts, failed.last_error) == (2, "no")
    assert claimed(store, timedelta(days=400)) == []


def test_the_longest_due_goes_first_and_only_in_the_channels_asked_for(store: EventStore) -> None:
    later = replace(delivery(1), next_at=AT + MINUTE)
    posted(store, later, delivery(2), delivery(3, "log"))
    assert [one.id for one in claimed(store, MINUTE, limit=1)] == [delivery(2).id]
    assert [one.id for one in claimed(store, MINUTE)] == [later.id]


def test_a_clock_that_was_days_ahead_does_not_hold_a_delivery_for_days(store: EventStore) -> None:
    posted(store, replace(delivery(1), next_at=AT + timedelta(days=20)))
    (one,) = claimed(store)
    assert store.settle_delivery(one, retry_at=AT + timedelta(hours=25), error="no")
    assert claimed(store) == []


def test_a_delivery_is_sent_again_under_its_own_id(store: EventStore) -> None:
    posted(store, delivery(1), delivery(2))
    first, _ = claimed(store)
    store.settle_delivery(first, error="no")
    assert store.resend([first.id, "unknown"], AT + MINUTE) == 1
    (again,) = claimed(store, MINUTE)
    assert (again.id, again.status, again.attempts) == (first.id, DeliveryStatus.WAITING, 0)


def test_what_is_being_sent_is_not_made_due_again(store: EventStore) -> None:
    posted(store, delivery(1))
    (held,) = claimed(store)
    assert store.resend([held.id], AT + MINUTE) == 0
    assert store.settle_delivery(held, sent_at=AT)


def test_deliveries_are_listed_by_status_by_id_and_newest_first(store: EventStore) -> None:
    newer = replace(delivery(2), created_at=AT + MINUTE, status=DeliveryStatus.SENT, sent_at=AT)
    posted(store, delivery(1), newer)
    assert [one.id for one in store.deliveries()] == [newer.id, delivery(1).id]
    assert store.deliveries((DeliveryStatus.SENT,)) == [newer]
    assert store.deliveries(ids=[delivery(1).id]) == [delivery(1)]
    assert len(store.deliveries(limit=1)) == 1


def test_the_keeper_is_told_what_failed(store: EventStore) -> None:
    posted(store, delivery(1), replace(delivery(2), status=DeliveryStatus.FAILED))
    facts = {fact.name: fact for fact in store.doctor()}
    assert (facts["notices-waiting"].value, facts["notices-waiting"].verdict) == ("1", "ok")
    assert (facts["notices-failed"].value, facts["notices-failed"].verdict) == ("1", "warning")


# The tables that release 0.1.0 made, word for word.
OLD_TABLES = (
    "CREATE TABLE IF NOT EXISTS stored_events (originator_id TEXT NOT NULL, originator_version"
    " INTEGER NOT NULL, topic TEXT NOT NULL, state BLOB NOT NULL,"
    " PRIMARY KEY (originator_id, originator_version))",
    "CREATE TABLE kvob_meta (name TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE kvob_command (id TEXT PRIMARY KEY, body_hash TEXT NOT NULL,"
    " result TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE estate_name (municipality TEXT NOT NULL, name TEXT NOT NULL,"
    " estate TEXT NOT NULL, from_position INTEGER NOT NULL, until_position INTEGER)",
    "CREATE UNIQUE INDEX estate_name_in_use ON estate_name (municipality, name)"
    " WHERE until_position IS NULL",
    "CREATE INDEX estate_name_by_name ON estate_name (name) WHERE until_position IS NULL",
    "CREATE INDEX estate_name_by_estate ON estate_name (estate)",
    "CREATE TABLE behind (view TEXT NOT NULL, estate TEXT NOT NULL, error TEXT NOT NULL,"
    " at_version INTEGER NOT NULL, PRIMARY KEY (view, estate)) WITHOUT ROWID",
    "INSERT INTO kvob_meta (name, number) VALUES ('store', 1)",
)


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    """A store that release 0.1.0 made, with two events."""
    path = tmp_path / "kvob.db"
    with closing(open_store(f"sqlite:///{tmp_path}/new.db")) as store:
        store.append(Append(events(estate(1), 2)))
    with closing(sqlite3.connect(path)) as old:
        for statement in OLD_TABLES:
            old.execute(statement)
        old.execute("ATTACH ? AS new", (str(tmp_path / "new.db"),))
        old.execute("INSERT INTO stored_events SELECT * FROM new.stored_events")
        old.commit()
    return path


def test_a_store_of_the_first_release_is_completed_when_it_is_opened(old_file: Path) -> None:
    with closing(open_store(f"sqlite:///{old_file}")) as store:
        assert store.stream(estate(1)) == list(events(estate(1), 2))
        posted(store, delivery(1))
        assert [one.id for one in claimed(store)] == [delivery(1).id]
    with closing(open_store(f"sqlite:///{old_file}")) as again:
        assert len(again.deliveries()) == 1
        facts = {fact.name: fact.value for fact in again.doctor()}
    assert facts["store-schema"] == str(STORE_SCHEMA)


def test_processes_that_open_an_old_store_at_once_all_succeed(old_file: Path) -> None:
    program = (
        "import sys; from kvob_workflow.store import open_store;"
        " from kvob_workflow.limits import StoreLimits; limits = StoreLimits(lock_timeout=30);"
        " sys.stdin.readline();"
        " store = open_store(sys.argv[1], limits=limits); store.deliveries(); store.close()"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    nodes = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", program, f"sqlite:///{old_file}"],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for _ in range(3)
    ]
    for node in nodes:
        assert node.stdin is not None
        node.stdin.write("\n")
        node.stdin.flush()
    assert [(node.communicate(timeout=60)[1], node.returncode) for node in nodes] == [("", 0)] * 3
    with closing(open_store(f"sqlite:///{old_file}")) as store:
        assert store.deliveries() == []


def test_an_old_store_that_cannot_be_written_is_refused_with_the_reason(old_file: Path) -> None:
    program = (
        "import os, sys\n"
        "from kvob_workflow.errors import StoreUnavailable\n"
        "from kvob_workflow.store import open_store\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"
        "try: open_store(sys.argv[1])\n"
        "except StoreUnavailable as error: print(error.code)\n"
    )
    with TemporaryDirectory() as folder:  # pytest's own folder is closed to other users
        copied = Path(shutil.copy(old_file, folder))
        copied.chmod(0o444)
        copied.parent.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", program, f"sqlite:///{copied}"],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        copied.parent.chmod(0o755)
    assert done.stdout.strip() == "store-read-only"
