"""What is written, and what is read back?"""

from __future__ import annotations

from kvob_domain.estate.recorded import Recorded
from kvob_workflow.store import Append, EventStore, Receipt
from tests.store.samples import AT, command, estate, events, one, recorded


def test_a_stream_gives_the_events_back_as_they_were_recorded(store: EventStore) -> None:
    plain = recorded(estate(1))
    full = Recorded(
        estate(1),
        2,
        plain.event,
        AT,
        by=plain.by,
        role="auditor",
        org="Stichting Keur & Zo \U0001f512",
        via="cli",
        command="c-1",
        correlation="r-1",
        causation="c-0",
        trace="00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        source="lijst.csv:7",
    )
    store.append(Append((plain, full)))
    assert store.stream(estate(1)) == [plain, full]


def test_an_unknown_estate_has_an_empty_stream(store: EventStore) -> None:
    assert store.stream(estate(9)) == []


def test_positions_follow_the_order_of_the_events_over_all_estates(store: EventStore) -> None:
    mixed = (
        recorded(estate(1), 1),
        recorded(estate(2), 1),
        recorded(estate(1), 2),
    )
    assert store.append(Append(mixed)) == Receipt((1, 2, 3))
    assert store.append(one(estate(2), 2)) == Receipt((4,))
    assert store.page(0, 10) == list(enumerate((*mixed, recorded(estate(2), 2)), start=1))


def test_a_page_starts_after_the_position_given_and_ends_at_its_limit(store: EventStore) -> None:
    store.append(Append(events(estate(1), 10)))
    assert [position for position, _ in store.page(3, 4)] == [4, 5, 6, 7]
    assert store.page(10, 4) == []


def test_the_last_position_of_an_empty_store_is_zero(store: EventStore) -> None:
    assert store.last_position() == 0
    store.append(Append(events(estate(1), 3)))
    assert store.last_position() == 3


def test_many_streams_are_read_at_once_and_unknown_estates_are_absent(store: EventStore) -> None:
    store.append(Append((*events(estate(2), 3), *events(estate(1), 2))))
    found = store.streams([estate(1), estate(2), estate(3)])
    assert found == {
        estate(1): list(events(estate(1), 2)),
        estate(2): list(events(estate(2), 3)),
    }
    assert store.streams([]) == {}


def test_every_estate_is_listed_once_in_order_of_id(store: EventStore) -> None:
    numbers = range(2500, 0, -1)
    store.append(Append(tuple(recorded(estate(number)) for number in numbers)))
    store.append(one(estate(7), 2))
    assert list(store.estates()) == [estate(number) for number in sorted(numbers)]


def test_an_append_without_events_keeps_the_command_alone(store: EventStore) -> None:
    receipt = store.append(Append((), commands=(command("c-1"),)))
    assert receipt == Receipt(())
    assert store.command(command("c-1").id) == command("c-1")
    assert store.last_position() == 0


def test_ten_thousand_events_of_many_estates_go_in_one_append(store: EventStore) -> None:
    batch = tuple(event for number in range(2000) for event in events(estate(number), 5))
    receipt = store.append(Append(batch))
    assert receipt.positions == tuple(range(1, 10_001))
    assert store.stream(estate(1999)) == list(events(estate(1999), 5))
