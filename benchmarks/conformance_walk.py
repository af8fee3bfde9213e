"""Do long random walks lead to the same place on every store? The big sister of a test's story.

    python -m benchmarks.conformance_walk --steps 2000 --seeds 1 2 3 4

Each seed is walked in memory, in a file and on a PostgreSQL server of our own; exits 1 at the
first difference, and prints what was asked, where the answers differ, and the seed to repeat it.
"""

import argparse
import sys
import time
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks.scratch import scratch
from tests.conformance.comparing import first_difference
from tests.conformance.walking import Walk
from tests.conformance.world import Telling, World
from tests.postgres_server import Server, server


def main() -> None:
    """Walk, compare, count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4])
    parser.add_argument("--estates", type=int, default=12)
    parser.add_argument("--without-postgres", action="store_true")
    asked = parser.parse_args()
    with scratch() as folder, _servers(without=asked.without_postgres) as found:
        for seed in asked.seeds:
            urls = {"memory": "memory:", "file": f"sqlite:///{folder}/{seed}.db"}
            if found is not None:
                urls["postgres"] = found.url(f"walk_{seed}")
            told: dict[str, Telling] = {}
            for store, url in urls.items():
                begin = time.perf_counter()
                told[store] = _walked(url, folder / f"{seed}-{store}", seed, asked)
                print(f"seed {seed}, {store}: {time.perf_counter() - begin:.1f} s", flush=True)
            _compare(seed, told)


@contextmanager
def _servers(*, without: bool) -> Generator[Server | None]:
    if without:
        yield None
    else:
        with server() as running:
            yield running


def _walked(url: str, folder: Path, seed: int, asked: argparse.Namespace) -> Telling:
    folder.mkdir()
    with closing(World(url, folder)) as world:
        walk = Walk(world, seed, asked.estates)
        for number in range(1, asked.steps + 1):
            walk.step(number)
        return world.telling


def _compare(seed: int, told: dict[str, Telling]) -> None:
    expected = told["memory"]
    refused = sum(isinstance(one.answer, dict) and "refusal" in one.answer for one in expected.told)
    for store, found in told.items():
        difference = first_difference(found, expected)
        if difference is not None:
            sys.exit(f"seed {seed}, {store} differs from memory: {difference}")
    print(f"seed {seed}: {len(expected.told):,} answers equal, {refused:,} of them refusals")


if __name__ == "__main__":
    main()
