"""What does a logged question cost? Overviews with and without an access log, A B A B.

python -m benchmarks.access_log_speed
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from kvob_domain.ids import EstateId
from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.access import AccessLog
from kvob_workflow.engine.core import DEFAULT_ACTOR

_QUESTIONS: Final = 1_000
_ROUNDS: Final = 7


def main() -> None:
    """Print the medians in microseconds a question."""
    with tempfile.TemporaryDirectory(prefix="kvob-bench-") as folder:
        path = Path(folder) / "access.jsonl"
        with Engine.open("memory:") as plain, Engine.open("memory:", access_log=path) as logged:
            engines = {"without a log": plain, "with a log": logged}
            estates = {name: _entered(engine) for name, engine in engines.items()}
            took: dict[str, list[float]] = {name: [] for name in engines}
            for _ in range(_ROUNDS):
                for name, engine in engines.items():
                    took[name].append(_asked(engine, estates[name]))
        for name, rounds in took.items():
            print(f"overview {name}: {median(rounds):.1f} µs")
        print(f"a line alone: {median(_lines(path) for _ in range(_ROUNDS)):.1f} µs")


def _entered(engine: Engine) -> EstateId:
    command = RegisterEstate(name="De Zilverhoek", municipalities=("Goes",))
    return engine.do(command).estate


def _asked(engine: Engine, estate: EstateId) -> float:
    started = perf_counter()
    for _ in range(_QUESTIONS):
        engine.overview(estate)
    return (perf_counter() - started) / _QUESTIONS * 1e6


def _lines(path: Path) -> float:
    log = AccessLog(path)
    started = perf_counter()
    for _ in range(_QUESTIONS):
        log.note(DEFAULT_ACTOR, "overview", estate="0" * 32)
    return (perf_counter() - started) / _QUESTIONS * 1e6


if __name__ == "__main__":
    main()
