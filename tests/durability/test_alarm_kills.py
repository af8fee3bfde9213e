"""What survives kill -9, SIGSTOP and company while much falls due? Every notice, exactly once."""

import os
import random
import re
import signal
from pathlib import Path
from threading import Event

import pytest

from tests.durability.alarm_processes import (
    check_same,
    copied,
    hear,
    kill,
    make_store,
    number_of_notices,
    start_run,
    stop,
    swept_in_peace,
    url_of,
    wait_for_notices,
)

ESTATES = 1_500
KILLS = 6
SEED = 20261123

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has neither SIGKILL nor SIGSTOP")


@pytest.fixture(scope="module")
def owing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store on which some four thousand notices are owed."""
    store = tmp_path_factory.mktemp("owing") / "owing.db"
    make_store(store, ESTATES, SEED)
    return store


def in_peace(owing: Path) -> tuple[Path, int]:
    """The same store swept by one engine that nobody disturbs, and how many notices that gives."""
    store = owing.with_name("peace.db")
    if not store.exists():
        copied(owing, store.name)
    given = swept_in_peace(store)
    assert given > 2 * ESTATES
    return store, given


def test_runs_killed_at_random_points_lose_and_double_nothing(owing: Path) -> None:
    chance = random.Random(SEED)
    _, expected = in_peace(owing)
    store = copied(owing, "killed.db")
    found: list[int] = []
    for _ in range(KILLS):
        process = start_run(store)
        Event().wait(chance.uniform(0.35, 0.8))  # any moment of its life is as good
        kill(process)
        found.append(number_of_notices(store))
    last = start_run(store)
    hear(last)
    wait_for_notices(store, expected)
    code, said = stop(last)
    assert (code, "Traceback" in said) == (0, False), said
    assert found == sorted(found), "what was given stays given"
    check_same(store, in_peace(owing)[0])


def test_a_run_that_is_stopped_for_a_while_goes_on_beside_another(owing: Path) -> None:
    _, expected = in_peace(owing)
    store = copied(owing, "frozen.db")
    frozen = start_run(store)
    Event().wait(0.6)
    frozen.send_signal(signal.SIGSTOP)
    other = start_run(store)
    Event().wait(2)
    frozen.send_signal(signal.SIGCONT)
    for process in (frozen, other):
        hear(process)
    wait_for_notices(store, expected)
    assert [stop(process)[0] for process in (frozen, other)] == [0, 0]
    check_same(store, in_peace(owing)[0])


def test_three_runs_on_one_file_at_once_double_nothing(owing: Path) -> None:
    _, expected = in_peace(owing)
    store = copied(owing, "crowded.db")
    crowd = [start_run(store) for _ in range(3)]
    for process in crowd:
        hear(process)
    wait_for_notices(store, expected)
    assert [stop(process)[0] for process in crowd] == [0, 0, 0]
    check_same(store, in_peace(owing)[0])


def test_the_store_is_named_when_a_run_begins_and_the_end_is_told(owing: Path) -> None:
    store = copied(owing, "told.db")
    process = start_run(store, "--lang", "en")
    assert hear(process).startswith(f"Watching the deadlines in {url_of(store)}, every 1 s.")
    wait_for_notices(store, 1)
    code, said = stop(process)
    assert code == 0
    lines = said.splitlines()
    assert re.match(r"\S+Z \d+ notices given, about \d+ estates[.] Next deadline: ", lines[0])
    assert lines[-1] == "Stopped."
