"""Is anything lost when the server falls over, again and again, under writers?

    python -m benchmarks.postgres_restarts --restarts 500 --writers 8 --seed 1

A durable server is stopped at once (SIGQUIT, as if the machine had failed) at random moments and
started anew, while processes write and one reader follows the events. Afterwards everything that
was acknowledged must be there once, whole, with rows that equal rows made anew.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.postgres_writers import PAUSE, Account, Writers, look
from kvob_projections import ALL_VIEWS
from kvob_workflow.errors import StoreUnavailable
from kvob_workflow.limits import StoreLimits
from kvob_workflow.store import open_store
from tests.postgres_server import server

if TYPE_CHECKING:
    from kvob_workflow.store import EventStore
    from tests.postgres_server import Server

_BETWEEN = (0.05, 0.8)


def main() -> None:
    """Hurt, count, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--restarts", type=int, default=500)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60.0, help="ends earlier then")
    asked = parser.parse_args()
    begins = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, server(durable=True) as running:
        done, account, skipped = campaign(
            running, Path(folder), asked.restarts, asked.writers, asked.seed, asked.minutes * 60
        )
    print(f"{done} restarts in {time.monotonic() - begins:.0f} s, skipped by follower: {skipped}")
    print(account)


def campaign(
    running: Server, folder: Path, restarts: int, writers: int, seed: int, seconds: float = 3600.0
) -> tuple[int, Account, int]:
    """The restarts done, the account, and the positions that a follower skipped or doubled."""
    chance = random.Random(seed)
    url = running.url("restarts")
    open_store(url, ALL_VIEWS).close()
    crew = Writers(url, folder, writers, StoreLimits(writers=1, readers=2))
    ends = time.monotonic() + seconds
    done = 0
    _more(crew, 0, writers)
    follower = Following(url)
    while done < restarts and time.monotonic() < ends:
        time.sleep(chance.uniform(*_BETWEEN))
        running.restart_at_once()
        done += 1
    _more(crew, crew.said(), 1)  # the last restart too has been followed by an answer
    account = crew.stop()
    store = open_store(url, ALL_VIEWS)
    skipped = follower.end(store)
    look(store, crew.acknowledged(), account)
    store.close()
    return done, account, skipped


class Following:
    """A reader that turns the pages all the time, in a thread."""

    def __init__(self, url: str) -> None:
        """Starts at once."""
        self._store = open_store(url, ALL_VIEWS)
        self._seen: list[int] = []
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def end(self, store: EventStore) -> int:
        """How many positions differ from those that the store has in the end."""
        last = store.last_position()
        until = time.monotonic() + 60
        while (self._seen[-1:] or [0])[0] < last and time.monotonic() < until:
            time.sleep(PAUSE)
        self._end.set()
        self._thread.join(30)
        self._store.close()
        real: list[int] = []
        while page := store.page(real[-1] if real else 0, 1000):
            real += [position for position, _ in page]
        doubled = len(self._seen) - len(set(self._seen))
        return len(set(real) ^ set(self._seen)) + doubled

    def _run(self) -> None:
        while not self._end.is_set():
            after = self._seen[-1] if self._seen else 0
            try:
                page = self._store.page(after, 1000)
                self._seen += [position for position, _ in page]
                if not page:
                    self._store.wait_for_events(after, 1)
            except StoreUnavailable:
                self._end.wait(PAUSE)


def _more(crew: Writers, than: int, by: int) -> None:
    until = time.monotonic() + 60
    while crew.said() < than + by and time.monotonic() < until:
        time.sleep(PAUSE)


if __name__ == "__main__":
    main()
