"""What makes a whole append fail? Versions, names and command ids."""

from __future__ import annotations

import pytest

from kvob_domain.estate.recorded import Recorded
from kvob_workflow.errors import ClaimNotHeld, CommandIdTaken, NameTaken, VersionConflict
from kvob_workflow.store import Append, EventStore
from tests.store.samples import claim, command, estate, events, one, recorded, step

EVENTS = "SELECT count(*) FROM stored_events"
STEPS = "SELECT * FROM view_steps"


def count_events(store: EventStore) -> int:
    return int(store.read(EVENTS, {})[0][0])


@pytest.mark.parametrize("version", [1, 2, 4], ids=["repeated", "last", "gap"])
def test_an_event_must_follow_the_last_one_of_its_estate(store: EventStore, version: int) -> None:
    store.append(Append(events(estate(1), 2)))
    with pytest.raises(VersionConflict) as refused:
        store.append(one(estate(1), version))
    assert refused.value.fields() == {"estate": estate(1), "version": version, "current": 2}
    assert count_events(store) == 2


@pytest.mark.parametrize("versions", [(1, 1), (1, 3), (2, 1), (2,)])
def test_events_of_one_append_must_follow_each_other(
    store: EventStore, versions: tuple[int, ...]
) -> None:
    batch = tuple(recorded(estate(1), version) for version in versions)
    with pytest.raises(VersionConflict):
        store.append(Append(batch))
    assert count_events(store) == 0


def test_a_conflict_on_one_estate_keeps_everything_of_the_append_out(store: EventStore) -> None:
    store.append(one(estate(1)))
    with pytest.raises(VersionConflict):
        store.append(
            Append(
                (recorded(estate(2)), recorded(estate(1))),
                claims=(claim(estate(2)),),
                rows=(step(estate(2), "kickoff"),),
                commands=(command("c-1"),),
            )
        )
    assert count_events(store) == 1
    assert store.claimed("Amersfoort", "vathorst") is None
    assert store.command(command("c-1").id) is None
    assert store.read(STEPS, {}) == []


def test_a_name_is_borne_by_one_estate_in_a_municipality(store: EventStore) -> None:
    store.append(Append((recorded(estate(1)),), claims=(claim(estate(1)),)))
    with pytest.raises(NameTaken) as refused:
        store.append(Append((recorded(estate(2)),), claims=(claim(estate(2)),)))
    assert refused.value.holder == estate(1)
    assert count_events(store) == 1
    elsewhere = claim(estate(2), municipality="Soest")
    store.append(Append((recorded(estate(2)),), claims=(elsewhere,)))
    assert store.claimed("Soest", "vathorst") == estate(2)


def test_a_name_taken_earlier_in_the_same_append_is_taken(store: EventStore) -> None:
    both = (recorded(estate(1)), recorded(estate(2)))
    with pytest.raises(NameTaken):
        store.append(Append(both, claims=(claim(estate(1)), claim(estate(2)))))
    assert count_events(store) == 0


def test_an_estate_may_claim_the_name_that_it_bears(store: EventStore) -> None:
    store.append(Append((recorded(estate(1)),), claims=(claim(estate(1)),)))
    store.append(Append((recorded(estate(1), 2),), claims=(claim(estate(1)),)))
    assert store.claimed("Amersfoort", "vathorst") == estate(1)


def test_a_name_passes_on_in_one_append_and_its_history_stays(store: EventStore) -> None:
    store.append(Append((recorded(estate(1)),), claims=(claim(estate(1)),)))
    store.append(
        Append(
            (recorded(estate(1), 2), recorded(estate(2))),
            claims=(claim(estate(2)),),
            released=(claim(estate(1)),),
        )
    )
    assert store.claimed("Amersfoort", "vathorst") == estate(2)
    history = store.read(
        "SELECT estate, from_position, until_position FROM estate_name ORDER BY from_position", {}
    )
    assert [tuple(row) for row in history] == [(estate(1), 1, 2), (estate(2), 3, None)]


def test_only_the_estate_that_bears_a_name_gives_it_up(store: EventStore) -> None:
    store.append(Append((recorded(estate(1)),), claims=(claim(estate(1)),)))
    with pytest.raises(ClaimNotHeld):
        store.append(Append((recorded(estate(2)),), released=(claim(estate(2)),)))
    assert store.claimed("Amersfoort", "vathorst") == estate(1)


def test_many_names_are_looked_up_at_once(store: EventStore) -> None:
    claims = tuple(claim(estate(n), f"terrein {n}", "'s-Gravenhage") for n in range(1, 4))
    both = tuple(recorded(estate(n)) for n in range(1, 4))
    store.append(Append(both, claims=claims))
    asked = [("'s-Gravenhage", f"terrein {n}") for n in range(3, 6)]
    assert store.claimed_many(asked) == {("'s-Gravenhage", "terrein 3"): estate(3)}
    assert store.claimed_many([]) == {}


def test_a_command_id_is_used_once_and_its_first_result_stays(store: EventStore) -> None:
    store.append(Append((recorded(estate(1)),), commands=(command("c-1"),)))
    with pytest.raises(CommandIdTaken) as refused:
        store.append(Append((recorded(estate(2)),), commands=(command("c-1", "h2"),)))
    assert refused.value.command == "c-1"
    assert store.command(command("c-1").id) == command("c-1")
    assert count_events(store) == 1


def test_the_repeat_of_a_command_is_told_apart_from_a_conflict(store: EventStore) -> None:
    batch = Append((recorded(estate(1)),), claims=(claim(estate(1)),), commands=(command("c"),))
    store.append(batch)
    with pytest.raises(CommandIdTaken):
        store.append(batch)


def test_an_instant_without_time_zone_is_refused_before_anything_is_written(
    store: EventStore,
) -> None:
    good = recorded(estate(1), 2)
    naive = Recorded(good.estate, 2, good.event, good.at.replace(tzinfo=None))
    with pytest.raises(ValueError, match="time zone"):
        store.append(Append((recorded(estate(1)), naive)))
    assert count_events(store) == 0
