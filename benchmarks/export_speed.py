"""How fast do the exports stream, and does memory stay where it is? Invented estates, made as read.

python -m benchmarks.export_speed [estates]
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from time import perf_counter

from benchmarks.explain_speed import life
from kvob_domain.estate.recorded import Recorded
from kvob_domain.ids import EstateId
from kvob_workflow.exports import Histories, ocel, xes

_EVENTS = 12


def _histories(estates: int) -> Histories:
    shared = life(_EVENTS)

    def told() -> Iterator[tuple[EstateId, list[Recorded]]]:
        for number in range(estates):
            estate = EstateId(f"{number:032x}")
            yield estate, [one._replace(estate=estate) for one in shared]

    return told


def main(estates: int) -> None:
    """Print seconds, megabytes and the peak of the process after each export."""
    forms: tuple[tuple[str, Callable[[Histories], Iterator[bytes]]], ...] = (
        ("xes", xes),
        ("ocel", ocel),
    )
    for name, form in forms:
        for size in (estates // 10, estates):
            started = perf_counter()
            written = sum(map(len, islice(form(_histories(size)), None)))
            took = perf_counter() - started
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            events = size * _EVENTS
            rate = f"{events / took:,.0f} events/s"
            print(f"{name} {size:,} estates: {took:.1f} s, {rate}, {written / 1e6:.0f} MB", end="")
            print(f", peak {peak:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
