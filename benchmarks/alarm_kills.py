"""Does any notice get lost or doubled while `kvob run` is killed, frozen and crowded?

    python -m benchmarks.alarm_kills --kills 200 --seed 1 --frozen 120

Rounds on fresh copies of one store on which thousands of notices are owed, until so many
processes were killed: several runs at once, each killed with SIGKILL at a random moment and
started again, one of them frozen by SIGSTOP for a while (so long only in the first round). After
each round the store must hold the same events as a copy that was swept in peace, apart from the
instant of recording. Ends with 1, and the seed, if not.
"""

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Event

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
    wait_for_notices,
)

# From before the first write of a process to after its last.
_SHORTEST_LIFE = 0.3
_LONGEST_LIFE = 1.5
_KILLS_A_ROUND = 12


def main() -> int:
    """Carry out the campaign; 0 when nothing was lost and nothing doubled."""
    asked = _arguments()
    chance = random.Random(asked.seed)
    begun = time.monotonic()
    kills = rounds = notices = torn = 0
    with tempfile.TemporaryDirectory(dir=_folder()) as folder:
        owing = Path(folder) / "owing.db"
        make_store(owing, asked.estates, asked.seed)
        while kills < asked.kills:
            peace, attacked = copied(owing, "peace.db"), copied(owing, "attacked.db")
            expected = swept_in_peace(peace)
            crowd = chance.randint(1, 5)
            number = min(_KILLS_A_ROUND, asked.kills - kills)
            frozen = asked.frozen if rounds == 0 else min(asked.frozen, 2.0)
            torn += _round(attacked, crowd, number, frozen, expected, chance)
            try:
                swept_in_peace(peace)  # midnight may have passed
                swept_in_peace(attacked)
                check_same(attacked, peace)
            except AssertionError as difference:
                print(f"seed {asked.seed}, round {rounds}: {difference}", file=sys.stderr)
                return 1
            kills, rounds, notices = kills + number, rounds + 1, notices + expected
            for store in (peace, attacked):
                for file in store.parent.glob(f"{store.name}*"):
                    file.unlink()
    minutes = (time.monotonic() - begun) / 60
    print(
        f"{kills} kills in {rounds} rounds, 1 to 5 nodes at once ({torn} kills before all was "
        f"given), {notices} notices: 0 lost, 0 doubled (seed {asked.seed}, {minutes:.1f} minutes)"
    )
    return 0


def _round(
    store: Path, crowd: int, kills: int, frozen: float, expected: int, chance: random.Random
) -> int:
    """Let a crowd work on a store and kill so many of it; how many kills met work to do."""
    torn = 0
    processes = [start_run(store) for _ in range(crowd)]
    try:
        stopped = start_run(store)
        processes.append(stopped)
        Event().wait(chance.uniform(_SHORTEST_LIFE, _LONGEST_LIFE))
        stopped.send_signal(signal.SIGSTOP)
        thawing = time.monotonic() + frozen
        for _ in range(kills):
            victim = chance.randrange(crowd)
            Event().wait(chance.uniform(_SHORTEST_LIFE, _LONGEST_LIFE))
            kill(processes[victim])
            torn += number_of_notices(store) < expected
            processes[victim] = start_run(store)
        Event().wait(max(0.0, thawing - time.monotonic()))
        stopped.send_signal(signal.SIGCONT)
        for process in processes:
            hear(process)
        wait_for_notices(store, expected)
        for process in processes:
            code, said = stop(process)
            assert code == 0, said
    finally:
        _end(processes)
    return torn


def _end(processes: "list[subprocess.Popen[bytes]]") -> None:
    for process in processes:
        if process.poll() is None:
            kill(process)


def _folder() -> Path:
    folder = Path(".bench")
    folder.mkdir(exist_ok=True)
    return folder.resolve()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.alarm_kills")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--estates", type=int, default=6_000)
    parser.add_argument("--frozen", type=float, default=120.0, metavar="SECONDS")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
