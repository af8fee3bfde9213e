"""How long does a command hang when the network is cut, and is any of them carried out twice?

    python -m benchmarks.postgres_network_cuts --cuts 200 --writers 4 --seed 1

Under root on Linux: writers live in a network namespace of their own, joined to the server's by a
pair of virtual cards. A cut takes the link down without a word (no reset), at either side, for a
moment or for longer than the limits. A command may take no longer than the limits add up to.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import random
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.postgres_writers import Account, Writers, look
from kvob_projections import ALL_VIEWS
from kvob_workflow.limits import StoreLimits
from kvob_workflow.store import open_store
from tests.postgres_server import server

if TYPE_CHECKING:
    from collections.abc import Generator

    from tests.postgres_server import Server

LIMITS: Final = StoreLimits(
    writers=1,
    readers=2,
    connect_timeout=2.0,
    lock_timeout=2.0,
    statement_timeout=2.0,
    answer_timeout=1.5,
)
# A command asks for its id, reads once more after a lost connection, decides and appends; each
# may wait for a connection and then for an answer.
_STEPS: Final = 3
BOUND: Final = _STEPS * (LIMITS.lock_timeout + LIMITS.statement_timeout + LIMITS.answer_timeout)
_SHORT: Final = (0.05, 0.6)
_LONG: Final = (4.0, 5.0)
_LONG_SHARE: Final = 0.1
_NEWNET: Final = 0x40000000


@dataclass(frozen=True, slots=True)
class Link:
    """Two namespaces with a pair of cards between them."""

    space: str
    here: str
    there: str
    address: str

    def cut(self, *, at_server: bool, seconds: float) -> None:
        """No packet passes for so long."""
        inside = () if at_server else ("netns", "exec", self.space, "ip")
        card = self.here if at_server else self.there
        _ip(*inside, "link", "set", card, "down")
        time.sleep(seconds)
        _ip(*inside, "link", "set", card, "up")


@contextmanager
def link() -> Generator[Link]:
    """Makes the namespace and the cards, and takes them away."""
    mark = f"{os.getpid() % 100_000}"
    made = Link(f"kvob{mark}", f"kva{mark}", f"kvb{mark}", "10.213.77.1")
    _ip("netns", "add", made.space)
    try:
        _ip("link", "add", made.here, "type", "veth", "peer", "name", made.there)
        _ip("link", "set", made.there, "netns", made.space)
        _ip("addr", "add", f"{made.address}/24", "dev", made.here)
        _ip("link", "set", made.here, "up")
        inside = ("netns", "exec", made.space, "ip")
        _ip(*inside, "addr", "add", "10.213.77.2/24", "dev", made.there)
        _ip(*inside, "link", "set", made.there, "up")
        yield made
    finally:
        _ip("netns", "del", made.space)  # the cards go with it


@contextmanager
def inside(space: str) -> Generator[None]:
    """This thread, and the processes it forks, are in another network namespace meanwhile."""
    library = ctypes.CDLL(None, use_errno=True)
    with Path("/proc/self/ns/net").open() as home, Path(f"/run/netns/{space}").open() as away:
        _enter(library, away.fileno())
        try:
            yield
        finally:
            _enter(library, home.fileno())


def main() -> None:
    """Cut, count, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cuts", type=int, default=200)
    parser.add_argument("--writers", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60.0, help="ends earlier then")
    asked = parser.parse_args()
    begins = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as folder,
        link() as joined,
        server(durable=True, listen_addresses="*") as running,
    ):
        done, account = campaign(
            running, joined, Path(folder), asked.cuts, asked.writers, asked.seed, asked.minutes * 60
        )
    print(f"{done} cuts in {time.monotonic() - begins:.0f} s; bound of a command {BOUND:.1f} s")
    print(account)


def campaign(
    running: Server,
    joined: Link,
    folder: Path,
    cuts: int,
    writers: int,
    seed: int,
    seconds: float,
) -> tuple[int, Account]:
    """The cuts that were made, and the account."""
    chance = random.Random(seed)
    _let_in(running, joined.address)
    open_store(running.url("cuts"), ALL_VIEWS).close()
    with inside(joined.space):
        url = running.url("cuts").replace("127.0.0.1", joined.address)
        crew = Writers(url, folder, writers, LIMITS)
    ends = time.monotonic() + seconds
    done = 0
    while done < cuts and time.monotonic() < ends:
        time.sleep(chance.uniform(0.1, 0.5))
        span = _LONG if chance.random() < _LONG_SHARE else _SHORT
        joined.cut(at_server=chance.random() < 0.5, seconds=chance.uniform(*span))
        done += 1
    account = crew.stop()
    store = open_store(running.url("cuts"), ALL_VIEWS)
    look(store, crew.acknowledged(), account)
    store.close()
    return done, account


def _let_in(running: Server, address: str) -> None:
    """The server trusts the other namespace, and nobody else."""
    rules = running.data / "pg_hba.conf"
    net = address.rsplit(".", 1)[0]
    with rules.open("a") as file:
        file.write(f"host all all {net}.0/24 trust\n")
    running.stop()
    running.start()


def _enter(library: ctypes.CDLL, descriptor: int) -> None:
    if library.setns(descriptor, _NEWNET):
        raise OSError(ctypes.get_errno(), "this process may not enter the network namespace")


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


if __name__ == "__main__":
    main()
