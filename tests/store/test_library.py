"""Can the eventsourcing library read and write what we write? Its stock classes, on our file."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from eventsourcing.persistence import (
    IntegrityError,
    OperationalError,
    ProgrammingError,
    StoredEvent,
)
from eventsourcing.postgres import PostgresApplicationRecorder
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore

from kvob_workflow.store import Append, open_store
from kvob_workflow.store.codec import Codec
from kvob_workflow.store.mapper import LibraryEvent
from tests.store.samples import estate, events, recorded


def test_the_stock_recorder_selects_our_events_and_notifications(
    file_url: str, tmp_path: Path
) -> None:
    store = open_store(file_url)
    store.append(Append((*events(estate(1), 3), *events(estate(2), 2))))
    stock = SQLiteApplicationRecorder(SQLiteDatastore(str(tmp_path / "kvob.db")))
    stock.create_table()
    topic, state = Codec().encode(recorded(estate(2), 2))
    found = stock.select_events(UUID(estate(2)), gt=1)
    assert found == [StoredEvent(UUID(estate(2)), 2, topic, state)]
    assert [each.id for each in stock.select_notifications(2, 10)] == [2, 3, 4, 5]
    assert stock.max_notification_id() == 5
    stock.datastore.close()
    store.close()


def test_the_stock_recorder_writes_what_we_read(file_url: str, tmp_path: Path) -> None:
    store = open_store(file_url)
    stock = SQLiteApplicationRecorder(SQLiteDatastore(str(tmp_path / "kvob.db")))
    topic, state = Codec().encode(recorded(estate(1)))
    assert stock.insert_events([StoredEvent(estate(1), 1, topic, state)]) == [1]
    assert store.stream(estate(1)) == [recorded(estate(1))]
    stock.datastore.close()
    store.close()


def test_an_application_of_the_library_works_over_our_store(url: str) -> None:
    store = open_store(url)
    application = store.library_application()
    saved = application.save(*map(LibraryEvent, events(estate(1), 3)))
    assert [each.notification.id for each in saved] == [1, 2, 3]
    assert store.stream(estate(1)) == list(events(estate(1), 3))
    assert list(application.events.get(estate(1), gt=2)) == [LibraryEvent(recorded(estate(1), 3))]
    section = application.notification_log["1,10"]
    assert [item.originator_version for item in section.items] == [1, 2, 3]
    application.close()
    assert store.last_position() == 3
    store.close()


def test_the_library_gets_its_own_error_for_a_repeated_version(url: str) -> None:
    store = open_store(url)
    application = store.library_application()
    application.save(LibraryEvent(recorded(estate(1))))
    with pytest.raises(IntegrityError):
        application.save(LibraryEvent(recorded(estate(1))))
    recorder = application.recorder
    assert isinstance(recorder, SQLiteApplicationRecorder | PostgresApplicationRecorder)
    with (
        pytest.raises((OperationalError, ProgrammingError), match="missing"),
        recorder.datastore.transaction(commit=True) as cursor,
    ):
        cursor.execute("SELECT * FROM missing")
    assert store.last_position() == 1
    store.close()


def test_the_library_cannot_store_objects_that_are_not_ours(url: str) -> None:
    store = open_store(url)
    with pytest.raises(TypeError, match="LibraryEvent"):
        store.library_application().mapper.to_stored_event(StrangeEvent())
    store.close()


class StrangeEvent:
    originator_id = estate(1)
    originator_version = 1


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE stored_events SET state = x'00' WHERE rowid = 1",
        "DELETE FROM stored_events WHERE rowid = 3",
    ],
)
def test_events_are_neither_changed_nor_deleted(file_url: str, tmp_path: Path, sql: str) -> None:
    store = open_store(file_url)
    store.append(Append(events(estate(1), 3)))
    stock = SQLiteDatastore(str(tmp_path / "kvob.db"))
    with (
        pytest.raises(IntegrityError, match="events are never"),
        stock.transaction(commit=True) as cursor,
    ):
        cursor.execute(sql)
    stock.close()
    assert store.stream(estate(1)) == list(events(estate(1), 3))
    store.close()
