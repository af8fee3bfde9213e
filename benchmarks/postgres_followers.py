"""Does a follower ever skip or double an event while many write at once?

    python -m benchmarks.postgres_followers --events 1000000 --writers 32 --followers 3

Writers append a few events at a time while followers turn pages from the first moment on.
Afterwards the sequence that each follower saw must be the one that stands in the store, and the
newest versions that it counted on the way those of a count made anew.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import time
from typing import TYPE_CHECKING, Final

from kvob_workflow.limits import StoreLimits
from kvob_workflow.store import Append, open_store
from tests.postgres_server import server
from tests.store.samples import estate, events

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

    from kvob_workflow.store import EventStore

_FORK: Final = multiprocessing.get_context("fork")
_LIMITS: Final = StoreLimits(writers=1, readers=1, lock_timeout=60.0)
Seen = tuple[int, str, int]
"""What a follower saw: how many events, a hash of their sequence, the sum of newest versions."""


def main() -> None:
    """Write, follow, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--writers", type=int, default=32)
    parser.add_argument("--followers", type=int, default=3)
    parser.add_argument("--at-once", type=int, default=25, help="events in one append")
    asked = parser.parse_args()
    with server(durable=True) as running:
        begins = time.monotonic()
        url = running.url("followers")
        seen, real = campaign(url, asked.events, asked.writers, asked.followers, asked.at_once)
    wrong = sum(one != real for one in seen)
    print(f"{real[0]} events, {len(seen)} followers, {time.monotonic() - begins:.0f} s; ", end="")
    print(f"followers that saw anything else: {wrong}")


def campaign(
    url: str, total: int, writers: int, followers: int, at_once: int
) -> tuple[list[Seen], Seen]:
    """What each follower saw live, and what is there in the end."""
    open_store(url, limits=_LIMITS).close()
    share = total // writers // at_once
    results: Queue[Seen] = _FORK.Queue()
    count = share * at_once * writers
    following = [
        _FORK.Process(target=_follow, args=(url, count, results), daemon=True)
        for _ in range(followers)
    ]
    writing = [
        _FORK.Process(target=_write, args=(url, number, share, at_once), daemon=True)
        for number in range(writers)
    ]
    for process in (*following, *writing):
        process.start()
    seen = [results.get(timeout=3600) for _ in following]
    for process in (*following, *writing):
        process.join(60)
    failed = [process.exitcode for process in writing if process.exitcode]
    assert not failed, failed
    store = open_store(url, limits=_LIMITS)
    real = _read(store, count)
    store.close()
    return seen, real


def _write(url: str, number: int, appends: int, at_once: int) -> None:
    store = open_store(url, limits=_LIMITS)
    of = estate(number + 1)
    for turn in range(appends):
        store.append(Append(events(of, at_once, 1 + turn * at_once)))
    store.close()


def _follow(url: str, count: int, results: Queue[Seen]) -> None:
    store = open_store(url, limits=_LIMITS)
    results.put(_read(store, count))
    store.close()


def _read(store: EventStore, count: int) -> Seen:
    """Reads until so many events were seen; one that is never seen ends in a time-out."""
    digest, newest, found, after = hashlib.sha256(), dict[str, int](), 0, 0
    while found < count:
        page = store.page(after, 2000)
        for position, one in page:
            digest.update(f"{position} {one.estate} {one.version}\n".encode())
            newest[one.estate] = max(one.version, newest.get(one.estate, 0))
            after = position
        found += len(page)
        if not page and not store.wait_for_events(after, 120):
            break
    return found, digest.hexdigest(), sum(newest.values())


if __name__ == "__main__":
    main()
