"""How does DBOS do the job? One workflow for a life, each step a checkpoint of its own."""

from __future__ import annotations

import sqlite3
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from time import perf_counter_ns

from dbos import DBOS, SetWorkflowID

from benchmarks.peers.durable_file import durable_file
from benchmarks.peers.job import STEPS, Found, Place, Timing
from benchmarks.peers.protocol import serve

_CLOCK: list[int] = []
_TEXTS: list[str] = []


@DBOS.step()
def take(step: str, text: str) -> str:
    """What a step gives is what DBOS writes down."""
    return f"{step} {text}"


@DBOS.workflow()
def life() -> str:
    """The seven steps straight after one another: the fastest that DBOS can do."""
    _CLOCK.append(perf_counter_ns())
    for step, text in zip(STEPS, _TEXTS, strict=True):
        take(step, text)
        _CLOCK.append(perf_counter_ns())
    return STEPS[-1]


class Dbos:
    """DBOS in this process, on a file or on a server."""

    def open(self, place: Place) -> None:
        """Its system database is the store; on a file with a write-ahead log, which is faster."""
        _TEXTS[:] = place.texts
        path = Path(place.folder) / "dbos.db"
        address = place.address
        if not address:
            durable_file(path)
            address = f"sqlite:///{path}"
        DBOS(
            config={
                "name": "peers",
                "system_database_url": address,
                "log_level": "WARNING",
                "run_admin_server": False,
                "application_version": "peers",
            }
        )
        DBOS.launch()
        self._server = bool(place.address)

    def facts(self) -> dict[str, str]:
        """Versions and durability, asked on DBOS's own connection."""
        told = {"dbos": version("dbos")}
        if not self._server:
            from dbos._dbos import _get_dbos_instance

            engine = _get_dbos_instance()._sys_db.engine
            with engine.connect() as connection:
                told["SQLite"] = sqlite3.sqlite_version
                told["connection"] = ", ".join(
                    f"{name}={connection.exec_driver_sql(f'PRAGMA {name}').scalar()}"
                    for name in ("journal_mode", "synchronous")
                )
        return told

    def refuse(self, estate: str) -> str:
        """The order is that of the code; there is nothing that could be refused."""
        del estate
        return ""

    def walk(self, estate: str) -> Timing:
        """Start the workflow, wait for its end; the steps are timed inside."""
        _CLOCK.clear()
        began = perf_counter_ns()
        with SetWorkflowID(estate):
            life()
        total = perf_counter_ns() - began
        steps = [after - before for before, after in pairwise(_CLOCK)]
        return Timing(steps, total)

    def look(self, estate: str) -> Found:
        """The workflow's result and its checkpoints."""
        steps = DBOS.list_workflow_steps(estate)
        told = [str(one["output"]).partition(" ") for one in steps]
        ended = str(DBOS.retrieve_workflow(estate).get_result())
        in_order = [step for step, _, _ in told] == list(STEPS)
        return Found(ended if in_order else "", tuple(text for _, _, text in told))

    def close(self) -> None:
        """End its threads."""
        DBOS.destroy()


if __name__ == "__main__":
    serve(Dbos())
