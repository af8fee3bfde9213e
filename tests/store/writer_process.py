"""A process that appends to one store and says so after each commit; run by test_processes.

Arguments: the store's address, the number of the first estate, how many appends (0: no end).
"""

from __future__ import annotations

import sys
from itertools import count

from kvob_workflow.limits import StoreLimits
from kvob_workflow.store import Append, open_store
from tests.store.samples import VIEWS, claim, command, estate, recorded, step


def main(url: str, first: int, appends: int) -> None:
    """One append per estate, each with every kind of row."""
    store = open_store(url, VIEWS, limits=StoreLimits(lock_timeout=30))
    for number in range(first, first + appends) if appends else count(first):
        of = estate(number)
        store.append(
            Append(
                (recorded(of), recorded(of, 2)),
                claims=(claim(of, f"terrein {number}"),),
                rows=(step(of, "kickoff"),),
                commands=(command(f"c-{number}"),),
            )
        )
        print(number, flush=True)
    store.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
