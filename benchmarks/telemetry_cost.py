"""What do metrics and spans cost a hot command? Rounds with and without them, by turns.

    python -m benchmarks.telemetry_cost              # without OpenTelemetry: as most hosts run
    python -m benchmarks.telemetry_cost --loaded     # its API loaded, no provider set
    python -m benchmarks.telemetry_cost --sdk        # the SDK, with readers in memory

The command is the shortest there is: a name registered in memory, where nothing waits for a disk.
"""

from __future__ import annotations

import argparse
import statistics
import time
from contextlib import nullcontext
from typing import TYPE_CHECKING

from kvob_workflow import Engine, RegisterEstate, telemetry

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROUNDS = 20
_COMMANDS = 250


def main() -> None:
    """Prints microseconds a command, and the ratio of the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--loaded", action="store_true")
    parser.add_argument("--sdk", action="store_true")
    given = parser.parse_args()
    if given.loaded or given.sdk:
        _load(sdk=given.sdk)
    with_it, without = list[float](), list[float]()
    with Engine.open("memory:", states_at_hand=0) as engine:
        names = _numbered()
        _round(engine, names)
        for _ in range(_ROUNDS):
            with_it.append(_round(engine, names))
            without.append(_round_without(engine, names))
    a, b = statistics.median(with_it), statistics.median(without)
    print(f"with {a:.1f} µs, without {b:.1f} µs a command: ratio {a / b:.3f}")


def _load(*, sdk: bool) -> None:
    from opentelemetry import metrics, trace

    if sdk:
        from opentelemetry.sdk.metrics import MeterProvider
        from opentelemetry.sdk.metrics.export import InMemoryMetricReader
        from opentelemetry.sdk.trace import TracerProvider

        metrics.set_meter_provider(MeterProvider(metric_readers=[InMemoryMetricReader()]))
        trace.set_tracer_provider(TracerProvider())


def _numbered() -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"Terrein {number}"


def _round(engine: Engine, names: Iterator[str]) -> float:
    """Microseconds a command."""
    commands = [RegisterEstate(name=next(names), municipalities=("Oss",)) for _ in range(_COMMANDS)]
    began = time.perf_counter()
    for command in commands:
        engine.do(command)
    return (time.perf_counter() - began) / _COMMANDS * 1e6


def _round_without(engine: Engine, names: Iterator[str]) -> float:
    """The same with nothing where the calls of telemetry are."""
    command, appended = telemetry.command, telemetry.appended
    silent = nullcontext(telemetry._untold)  # pyright: ignore[reportPrivateUsage] # its own nothing
    telemetry.command = lambda name: silent
    telemetry.appended = lambda events: None
    try:
        return _round(engine, names)
    finally:
        telemetry.command, telemetry.appended = command, appended


if __name__ == "__main__":
    main()
