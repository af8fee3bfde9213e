"""How long does one command take? Hot and cold, against bare eventsourcing and raw sqlite3.

    python -m benchmarks.command_speed --rounds 5 --estates 60

All four run in turn in every round, on new files on one disk, each command durable
(synchronous=FULL). Ratios are taken round by round, so that a machine whose speed drifts
compares like with like.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks import bare_eventsourcing, floor
from benchmarks.lifecycle import GUIDE, first_certificate, registration
from benchmarks.report import Figure, print_report
from benchmarks.scratch import scratch
from kvob_domain.estate.recorded import Recorded
from kvob_workflow import Engine
from kvob_workflow.store.codec import Codec

Timing = list[float]


def main() -> None:
    """Run the rounds and print the medians and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--estates", type=int, default=60)
    asked = parser.parse_args()
    sides: dict[str, Callable[[Path, int], Timing]] = {
        "engine, hot": _hot,
        "bare eventsourcing": _bare,
        "engine, cold": _cold,
        "raw sqlite3 (floor)": _floor,
    }
    rounds: dict[str, list[float]] = {name: [] for name in sides}
    with scratch() as folder:
        for number in range(asked.rounds):
            for name, side in sides.items():
                path = folder / f"{number}-{name.split()[-1].strip('()')}.db"
                rounds[name].append(median(side(path, asked.estates)) * 1e6)
    _report(rounds, asked.rounds, asked.estates)


def _report(rounds: dict[str, list[float]], count: int, estates: int) -> None:
    bare, raw = rounds["bare eventsourcing"], rounds["raw sqlite3 (floor)"]
    figures = [
        Figure(
            name=name,
            values=tuple(values),
            unit="µs",
            ratios={
                "times faster than bare eventsourcing": _ratio(bare, values),
                "times the floor": _ratio(values, raw),
            },
        )
        for name, values in rounds.items()
    ]
    print_report(
        "One command: decide, append, inline view rows, durable commit",
        f"python -m benchmarks.command_speed --rounds {count} --estates {estates}",
        figures,
    )


def _ratio(above: list[float], below: list[float]) -> float:
    return median(one / other for one, other in zip(above, below, strict=True))


def _hot(path: Path, estates: int) -> Timing:
    with Engine.open(f"sqlite:///{path}") as engine:
        return _engine(engine, estates)


def _cold(path: Path, estates: int) -> Timing:
    with Engine.open(f"sqlite:///{path}", states_at_hand=0) as engine:
        return _engine(engine, estates)


def _engine(engine: Engine, estates: int) -> Timing:
    timing: Timing = []
    for number in range(estates):
        estate = engine.do(registration(number), actor=GUIDE).estate
        for command, actor in first_certificate(estate):
            began = time.perf_counter()
            engine.do(command, actor=actor)
            timing.append(time.perf_counter() - began)
    return timing


def _bare(path: Path, estates: int) -> Timing:
    payloads = _payloads()
    app = bare_eventsourcing.open_bare(path)
    timing: Timing = []
    for number in range(estates):
        estate = bare_eventsourcing.register(app, f"Terrein {number}")
        for recorded, _, state in payloads:
            details = state.decode()
            on = recorded.event.occurred.text
            began = time.perf_counter()
            bare_eventsourcing.command(app, estate, recorded.event.TOPIC, on, details)
            timing.append(time.perf_counter() - began)
    app.close()
    return timing


def _floor(path: Path, estates: int) -> Timing:
    payloads = _payloads()
    connection = floor.open_floor(path)
    timing: Timing = []
    for number in range(estates):
        for recorded, topic, state in payloads:
            began = time.perf_counter()
            floor.command(connection, f"{number:032x}", recorded.version, topic, state)
            timing.append(time.perf_counter() - began)
    connection.close()
    return timing


def _payloads() -> list[tuple[Recorded, str, bytes]]:
    """The stored form of one estate's commands, as the engine writes it."""
    codec = Codec()
    with Engine.open("memory:") as engine:
        estate = engine.do(registration(0), actor=GUIDE).estate
        recorded = [
            event
            for command, actor in first_certificate(estate)
            for event in engine.do(command, actor=actor).events
        ]
    return [(one, *codec.encode(one)) for one in recorded]


if __name__ == "__main__":
    main()
