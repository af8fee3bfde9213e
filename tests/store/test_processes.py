"""What happens when several processes use one store, when one is killed, and when one forks?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kvob_workflow.store import EventStore, open_store
from tests.store.samples import VIEWS, command, estate, one, recorded

PROGRAM = Path(__file__).with_name("writer_process.py")
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def writer(url: str, first: int, appends: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", str(PROGRAM), url, str(first), str(appends)],
        stdout=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    )


def assert_whole(store: EventStore, number: int) -> None:
    """Every piece of this append is there."""
    of = estate(number)
    assert store.stream(of) == [recorded(of), recorded(of, 2)]
    assert store.claimed("Amersfoort", f"terrein {number}") == of
    assert store.command(command(f"c-{number}").id) is not None
    rows = store.read("SELECT step FROM view_steps WHERE estate_id = :of", {"of": of})
    assert [row["step"] for row in rows] == ["kickoff"]


def test_two_processes_that_write_at_once_lose_nothing(kept_url: str) -> None:
    appends = 200 if kept_url.startswith("sqlite") else 60
    processes = [writer(kept_url, first, appends) for first in (1000, 2000)]
    for process in processes:
        said, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        assert len(said.split()) == appends
    store = open_store(kept_url, VIEWS)
    positions = [position for position, _ in store.page(0, 1000)]
    assert positions == sorted(set(positions))
    assert len(positions) == 4 * appends
    for number in (*range(1000, 1000 + appends), *range(2000, 2000 + appends)):
        assert_whole(store, number)
    store.close()


def test_what_was_acknowledged_survives_a_kill_and_nothing_is_half_written(kept_url: str) -> None:
    acknowledged: list[int] = []
    for round_ in range(3):
        with writer(kept_url, 1000 * (round_ + 1), 0) as process:
            assert process.stdout is not None
            acknowledged += [int(process.stdout.readline()) for _ in range(20 + 7 * round_)]
            process.send_signal(signal.SIGKILL)
            acknowledged += [int(line) for line in process.stdout if line.endswith("\n")]
    store = open_store(kept_url, VIEWS)
    stored = list(store.estates())
    assert set(map(estate, acknowledged)) <= set(stored)
    for of in stored:
        assert_whole(store, int(of, 16))
    count = store.read("SELECT count(*) FROM kvob_command", {})[0][0]
    assert count == len(stored) <= len(acknowledged) + 3
    assert "fault" not in {fact.verdict for fact in store.doctor()}
    store.close()


FORKING = """
import os, sys
from kvob_workflow.store import open_store
from kvob_workflow.store.faults import StoreForked
from tests.store.samples import estate, one

def refused(action):
    try:
        action()
    except StoreForked:
        return True
    return False

url = sys.argv[1]
store = open_store(url)
store.append(one(estate(1)))
child = os.fork()
if child == 0:
    answers = [
        refused(lambda: store.append(one(estate(2)))),
        refused(lambda: store.stream(estate(1))),
        refused(lambda: open_store(url)),
    ]
    store.close()
    os._exit(answers.count(False))
left = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
store.append(one(estate(3)))
store.close()
child = os.fork()
if child == 0:
    own = open_store(url)
    own.append(one(estate(4)))
    own.close()
    os._exit(0)
left += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
sys.exit(left)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_forked_child_is_refused_unless_the_store_was_closed_before(file_url: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FORKING, file_url], env=ENVIRONMENT, timeout=60, check=False
    )
    assert done.returncode == 0
    store = open_store(file_url)
    assert list(store.estates()) == [estate(1), estate(3), estate(4)]
    store.close()


def test_a_reader_in_another_process_never_makes_the_log_disappear(
    file_url: str, tmp_path: Path
) -> None:
    store = open_store(file_url)
    store.append(one(estate(1)))
    program = (
        "import sqlite3, sys\n"
        "reader = sqlite3.connect(f'file:{sys.argv[1]}?mode=ro', uri=True)\n"
        "print(reader.execute('SELECT count(*) FROM stored_events').fetchone()[0])\n"
        "reader.close()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "kvob.db")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "1"
    assert (tmp_path / "kvob.db-wal").stat().st_size > 0
    store.append(one(estate(2)))
    assert store.last_position() == 2
    store.close()
