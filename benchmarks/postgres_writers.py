"""What do the campaigns on a server share? Writer processes that never give up, and the accounts.

A writer registers an estate and renames it, each with a command id of its own. What the server
leaves unanswered it repeats with the same id until there is an answer; any other refusal is wrong.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from kvob_domain.errors import KvobError
from kvob_domain.ids import EstateId
from kvob_projections import ALL_VIEWS
from kvob_workflow import RegisterEstate, RenameEstate
from kvob_workflow.engine import Engine
from kvob_workflow.errors import StoreUnavailable
from kvob_workflow.store import open_store
from kvob_workflow.testing import GUIDE

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess
    from multiprocessing.synchronize import Event as _Stop
    from pathlib import Path
    from typing import TextIO

    from kvob_domain.estate.commands import Command
    from kvob_workflow.limits import StoreLimits
    from kvob_workflow.store import EventStore

_FORK: Final = multiprocessing.get_context("fork")
PAUSE: Final = 0.05
"""Seconds between two tries while the server does not answer."""


@dataclass
class Account:
    """What the writers were answered, and what was found in the store afterwards."""

    acknowledged: int = 0
    unanswered: int = 0
    longest: float = 0.0
    wrong: list[str] = field(default_factory=list[str])
    lost: int = 0
    torn: int = 0
    doubled: int = 0
    events: int = 0
    rows_differ: int = 0


class Writers:
    """So many processes that write to one store until they are stopped."""

    def __init__(
        self, url: str, folder: Path, count: int, limits: StoreLimits | None = None
    ) -> None:
        """Starts them; `folder` takes what each was answered."""
        self._folder = folder
        self._stop = _FORK.Event()
        self._processes: list[BaseProcess] = []
        for number in range(count):
            arguments = (url, folder / f"{number}.txt", number, self._stop, limits)
            process = _FORK.Process(target=_write, args=arguments, daemon=True)
            process.start()
            self._processes.append(process)

    def said(self) -> int:
        """How many commands have been acknowledged so far."""
        return sum(text.count("ok ") for text in self._texts())

    def stop(self, seconds: float = 60.0) -> Account:
        """Waits until each has its answer, and adds up what they were answered."""
        self._stop.set()
        account = Account()
        for number, process in enumerate(self._processes):
            process.join(seconds)
            if process.is_alive() and process.pid is not None:
                account.wrong.append(f"writer {number} hangs")
                os.kill(process.pid, signal.SIGKILL)
                process.join()
            elif process.exitcode:
                account.wrong.append(f"writer {number} ended with {process.exitcode}")
        for line in "".join(self._texts()).splitlines():
            what, _, rest = line.partition(" ")
            if what == "ok":
                account.acknowledged += 1
            elif what == "took":
                account.longest = max(account.longest, float(rest))
            elif what == "unanswered":
                account.unanswered += 1
            else:
                account.wrong.append(line)
        return account

    def acknowledged(self) -> list[str]:
        """The ids of the commands that were acknowledged."""
        lines = "".join(self._texts()).splitlines()
        return [line.removeprefix("ok ") for line in lines if line.startswith("ok ")]

    def _texts(self) -> list[str]:
        return [path.read_text() for path in sorted(self._folder.glob("*.txt"))]


def look(store: EventStore, acknowledged: list[str], account: Account) -> None:
    """Compares the store with what was acknowledged, and its rows with rows made anew."""
    commands: dict[str, list[int]] = {}
    versions: dict[str, list[int]] = {}
    after = 0
    while page := store.page(after, 1000):
        for position, one in page:
            after = position
            versions.setdefault(one.estate, []).append(one.version)
            commands.setdefault(str(one.command), []).append(position)
    account.events = sum(map(len, versions.values()))
    account.lost = sum(id not in commands for id in acknowledged)
    account.doubled = sum(len(positions) > 1 for positions in commands.values())
    kept = {str(id) for (id,) in store.read("SELECT id FROM kvob_command", {})}
    account.torn = len(kept ^ commands.keys())
    account.torn += sum(found != list(range(1, len(found) + 1)) for found in versions.values())
    live = _rows(store)
    account.rows_differ = len(store.behind()) + _differences(store, live)


def _differences(store: EventStore, live: dict[str, list[tuple[object, ...]]]) -> int:
    from kvob_workflow.engine.refill import recompute

    with Engine(store) as engine:
        recompute(store, engine.book, list(store.estates()))
        anew = _rows(store)
    return sum(live[name] != anew[name] for name in live)


def _rows(store: EventStore) -> dict[str, list[tuple[object, ...]]]:
    return {
        view.table: sorted(
            (tuple(row) for row in store.read(f"SELECT * FROM {view.table}", {})), key=repr
        )
        for view in ALL_VIEWS
    }


def _write(url: str, said: Path, number: int, stop: _Stop, limits: StoreLimits | None) -> None:
    with said.open("a", buffering=1) as out:
        engine = None
        while engine is None:
            try:
                engine = Engine(open_store(url, ALL_VIEWS, limits=limits), actor=GUIDE)
            except StoreUnavailable:
                time.sleep(PAUSE)
        turn = 0
        with engine:
            while not stop.is_set():
                turn += 1
                estate = EstateId(f"{number:08x}{turn:024x}")
                name = f"Terrein {number} {turn}"
                register = RegisterEstate(estate=estate, name=name, municipalities=("Amersfoort",))
                _persist(engine, register, f"{number}-{turn}-a", out)
                rename = RenameEstate(estate=estate, name=f"{name} nieuw", on=date(2026, 3, 2))
                _persist(engine, rename, f"{number}-{turn}-b", out)


def _persist(engine: Engine, command: Command, id: str, out: TextIO) -> None:
    while True:
        begins = time.monotonic()
        try:
            engine.do(command, command_id=id)
        except StoreUnavailable as error:
            out.write(f"took {time.monotonic() - begins:.3f}\nunanswered {error.code}\n")
            time.sleep(PAUSE)
            continue
        except KvobError as error:
            out.write(f"wrong {id} {error.code}\n")
            return
        out.write(f"took {time.monotonic() - begins:.3f}\nok {id}\n")
        return
