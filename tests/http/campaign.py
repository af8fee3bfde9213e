"""How does the API stand up to many requests? The fuzz of the tests, as long as asked.

    python -m tests.http.campaign --requests 100000 --seed 1

Each process has a world, a seed and a share of its own. It prints how many were answered with
which status, and every problem once; it ends with 1 when there is one.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from tests.http.asked_of_everything import VALUES, five, others
from tests.http.fuzzing import Found, Fuzz
from tests.http.regions import opened

# More would be one world so full of events that its histories are all that is measured.
_EACH = 5


def main() -> None:
    """Ask, and tell what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--every-role", action="store_true", help="and not the five alone")
    asked = parser.parse_args()
    began = time.monotonic()
    share = asked.requests // asked.processes
    shares = [(share, asked.seed + at, asked.every_role) for at in range(asked.processes)]
    with ProcessPoolExecutor(asked.processes) as processes:
        found = list(processes.map(_asked, *zip(*shares, strict=True)))
    statuses: Counter[int] = sum((one.statuses() for one in found), Counter[int]())
    problems = {kind: told for one in found for kind, told in one.problems.items()}
    print(f"{sum(one.requests for one in found):,} requests in {time.monotonic() - began:,.0f} s")
    print(", ".join(f"{count:,} x {status}" for status, count in sorted(statuses.items())))
    print(f"{len(problems)} problems")
    for told in problems.values():
        print(f"\n{told}")
    sys.exit(1 if problems or max(statuses) >= 500 else 0)


def _asked(share: int, seed: int, every_role: bool) -> Found:
    """Ask so often, in one new world after another."""
    logging.disable(logging.CRITICAL)
    callers = [*five(), *(others() if every_role else ())]
    whole = Found()
    while whole.requests < share:
        with opened() as world:
            fuzz = Fuzz(world.app, callers, VALUES)
            found = fuzz.run(_EACH, seed * 1_000_003 + whole.requests)
        whole.requests += found.requests
        whole.answers += found.answers
        for told in found.problems.keys() - whole.problems.keys():
            print(found.problems[told], file=sys.stderr, flush=True)
        whole.problems |= found.problems
        print(f"seed {seed}: {whole.requests:,} requests", file=sys.stderr, flush=True)
    return whole


if __name__ == "__main__":
    main()
