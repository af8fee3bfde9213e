"""What does a reach cost? A page of the board with one municipality as reach, beside it as filter.

    python -m benchmarks.reach_speed [--estates 50000] [--rounds 40]

Both ask the same estates of the same file, in turn; the ratio counts, not the milliseconds.
"""

import argparse
import statistics
import time

from benchmarks.million_store import TODAY, make_store, municipalities
from benchmarks.scratch import scratch
from kvob_domain.mandates import Bond, BondKind, Reach
from kvob_projections.board import BoardQuery
from kvob_workflow import Engine
from kvob_workflow.testing import SettableClock


def main() -> None:
    """Make a store, ask both ways in turn, print medians and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--estates", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=40)
    asked = parser.parse_args()
    with scratch() as folder:
        url = f"sqlite:///{folder / 'reach.db'}"
        make_store(url, asked.estates)
        with Engine.open(url, clock=SettableClock(TODAY), board_index=None) as engine:
            for place in (municipalities()[0], municipalities()[170]):
                _compare(engine, place, asked.rounds)


def _compare(engine: Engine, place: str, rounds: int) -> None:
    reach = Reach(bonds=frozenset({Bond.to(BondKind.MUNICIPALITY, place)}))
    ways = {
        "filter": BoardQuery(municipality=place, limit=50),
        "reach": BoardQuery(reach=reach, limit=50),
    }
    pages = {name: engine.board(query) for name, query in ways.items()}
    assert pages["filter"].items == pages["reach"].items
    assert pages["filter"].total == pages["reach"].total
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, query in ways.items():
            began = time.perf_counter()
            engine.board(query)
            seconds[name].append(time.perf_counter() - began)
    medians = {name: statistics.median(found) * 1000 for name, found in seconds.items()}
    told = ", ".join(f"{name} {median:.1f} ms" for name, median in medians.items())
    ratio = medians["reach"] / medians["filter"]
    print(f"{place}: {pages['reach'].total} estates; {told}; ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
