"""What does the proof log cost: CPU and bytes an event, the append rate, verifying?

    python -m benchmarks.proof_speed --events 200000 --rounds 7

Appends are batches of ten events in durable transactions (synchronous=FULL), as commands make
them; in every round a store without a log and one that another process sequences, as `kvob run`
does it, take turns (A B, then B A). The bytes are the growth of the file by sequencing.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.report import Figure, print_report
from benchmarks.scratch import scratch
from kvob_domain.estate.events.preparation import SurveyRecorded
from kvob_domain.estate.recorded import Recorded
from kvob_domain.ids import EstateId, PersonId
from kvob_workflow.proofs.estate_check import verify_estate
from kvob_workflow.proofs.following import Follower
from kvob_workflow.proofs.heads import Signer, make_key
from kvob_workflow.proofs.log import ProofLog
from kvob_workflow.proofs.sequencer import sequence
from kvob_workflow.proofs.verifying import verify
from kvob_workflow.store import Append, EventStore, open_store

_AT: Final = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
_BATCH: Final = 10
_PROOFS: Final = 200


def main() -> None:
    """Measure, or be the sequencing process of a measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--appends", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--follow", nargs=2, metavar=("STORE", "KEY"))
    asked = parser.parse_args()
    if asked.follow:
        _follow(*asked.follow)
        return
    with scratch() as folder:
        _costs(folder, asked.events)
        _appends(folder, asked.appends, asked.rounds)


def _costs(folder: Path, events: int) -> None:
    """Sequencing and verifying one store."""
    path = folder / "costs.db"
    signer = make_key(folder / "key", "bench")
    with closing(open_store(f"sqlite:///{path}", durable=False)) as store:
        _fill(store, 0, events, 1000)
    before = path.stat().st_size
    with closing(open_store(f"sqlite:///{path}")) as store:
        cpu, began = time.process_time(), time.perf_counter()
        sequence(store, signer)
        cpu, took = time.process_time() - cpu, time.perf_counter() - began
    grown = path.stat().st_size - before
    with closing(open_store(f"sqlite:///{path}")) as store:
        rates = tuple(_verified(store, signer, events) for _ in range(3))
        proofs = tuple(_proofs(ProofLog(store)) for _ in range(3))
        estate = _estate_seconds(store, signer)
    print_report(
        f"The proof log over {events:,} events",
        f"python -m benchmarks.proof_speed --events {events}",
        [
            Figure("CPU of sequencing, an event", (cpu / events * 1e9,), "ns"),
            Figure("time of sequencing, an event", (took / events * 1e9,), "ns"),
            Figure("growth of the file, 100 events", (grown / events * 100,), "bytes"),
            Figure("verified a second", rates, "events"),
            Figure("an inclusion and a consistency proof", proofs, "µs"),
            Figure("verify --estate, 12 events", (estate * 1e6,), "µs"),
        ],
    )


def _verified(store: EventStore, signer: Signer, events: int) -> float:
    began = time.perf_counter()
    found = verify(store, signer.verifiers(), signer.heads())
    took = time.perf_counter() - began
    if found.findings or found.events != events:
        raise SystemExit(f"not proven: {found}")
    return events / took


def _estate_seconds(store: EventStore, signer: Signer) -> float:
    estate = next(iter(store.estates()))
    began = time.perf_counter()
    verify_estate(store, estate, signer.verifiers(), signer.heads())
    return time.perf_counter() - began


def _proofs(log: ProofLog) -> float:
    began = time.perf_counter()
    for number in range(_PROOFS):
        log.inclusion(number * 7919 % log.size)
        log.consistency(number * 104_729 % log.size)
    return (time.perf_counter() - began) / _PROOFS * 1e6


def _appends(folder: Path, events: int, rounds: int) -> None:
    """The same appends with and without a process that sequences."""
    plain: list[float] = []
    logged: list[float] = []
    for number in range(rounds):
        order = (False, True) if number % 2 else (True, False)
        for with_log in order:
            rate = _append_rate(folder / f"{number}-{with_log}", events, with_log=with_log)
            (logged if with_log else plain).append(rate)
    ratios = sorted(one / other for one, other in zip(logged, plain, strict=True))
    print_report(
        f"Appends of {_BATCH} events, {events:,} in all, {rounds} rounds",
        f"python -m benchmarks.proof_speed --appends {events} --rounds {rounds}",
        [
            Figure("without a log", tuple(plain), "events/s"),
            Figure("sequenced beside", tuple(logged), "events/s", {"median ratio": median(ratios)}),
        ],
    )


def _append_rate(folder: Path, events: int, *, with_log: bool) -> float:
    folder.mkdir()
    url = f"sqlite:///{folder / 'kvob.db'}"
    make_key(folder / "key", "bench")
    with closing(open_store(url)) as store, _beside(url, folder / "key", with_log=with_log):
        began = time.perf_counter()
        _fill(store, 0, events, _BATCH)
        return events / (time.perf_counter() - began)


@contextmanager
def _beside(url: str, key: Path, *, with_log: bool) -> Generator[None]:
    """A process that sequences, or one that only waits: both sides start one."""
    command = [sys.executable, "-m", "benchmarks.proof_speed", "--follow", url, str(key)]
    if not with_log:
        command[-2:] = ["", ""]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ}
    ) as process:
        if process.stdout is None or process.stdin is None:
            raise SystemExit("no pipes")
        process.stdout.readline()
        yield
        process.stdin.close()
        process.wait()


def _follow(url: str, key: str) -> None:
    """Sequence until standard input ends."""
    if not url:
        print("ready", flush=True)
        sys.stdin.read()
        return
    with closing(open_store(url)) as store, closing(Follower(store, Signer(Path(key)))) as follower:
        follower.start()
        print("ready", flush=True)
        sys.stdin.read()


def _fill(store: EventStore, start: int, count: int, batch: int) -> None:
    for first in range(start, start + count, batch):
        numbers = range(first, min(first + batch, start + count))
        store.append(Append(tuple(_event(number) for number in numbers)))


def _event(number: int) -> Recorded:
    """Twelve events an estate, with an envelope as commands give it: some 300 bytes."""
    return Recorded(
        EstateId(f"{number // 12:032x}"),
        number % 12 + 1,
        SurveyRecorded(on=date(2026, 2, 3), sent=100_000, returned=number % 100_000),
        _AT,
        by=PersonId("p-1"),
        org="Stichting Voorbeeld",
        via="cli",
        trace=f"{number:032x}",
        source=f"list.csv:{number}",
    )


if __name__ == "__main__":
    main()
