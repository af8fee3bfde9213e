"""What survives kill -9? Every acknowledged command, exactly once, with its view rows."""

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kvob_workflow import (
    DeclareIntent,
    Engine,
    EstateId,
    RegisterEstate,
    StartTrajectory,
)
from kvob_workflow.demo.people import PARTIES, SIGNATORIES
from kvob_workflow.engine.rows import rows_of
from kvob_workflow.store import open_store

PROCESS = Path(__file__).parent / "commanding_process.py"
WORKERS = 4
COMMANDS = 1_000
KILLS = 20
SEED = 20261123


@dataclass
class Worker:
    """One process after another that gives the same series of commands."""

    name: str
    url: str
    estates: Sequence[str]
    acknowledged: int = 0
    process: "subprocess.Popen[str] | None" = None
    kills: list[int] = field(default_factory=list[int])

    def start(self) -> None:
        """Go on with the first command that was not acknowledged."""
        first, last = str(self.acknowledged), str(COMMANDS)
        arguments = [sys.executable, str(PROCESS), self.url, self.name, first, last]
        self.process = subprocess.Popen(
            [*arguments, *self.estates],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def run_until(self, acknowledged: int) -> None:
        """Read acknowledgements up to a number, or to the end of the series."""
        assert self.process is not None
        assert self.process.stdout is not None
        while self.acknowledged < acknowledged:
            line = self.process.stdout.readline()
            assert line, f"{self.name} stopped after {self.acknowledged}"
            self.acknowledged = int(line) + 1

    def kill(self) -> None:
        """End the process at once, in the midst of whatever it does, and read what it said."""
        assert self.process is not None
        assert self.process.stdout is not None
        self.process.kill()
        for line in self.process.stdout:
            self.acknowledged = int(line) + 1
        self.process.stdout.close()
        self.process.wait()
        self.kills.append(self.acknowledged)

    def finish(self) -> None:
        """Let the series end."""
        self.run_until(COMMANDS)
        assert self.process is not None
        assert self.process.stdout is not None
        self.process.stdout.close()
        assert self.process.wait() == 0


def test_what_was_acknowledged_is_there_once_after_twenty_kills(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kvob.db'}"
    estates = _estates(url)
    workers = [Worker(f"worker{number}", url, estates) for number in range(WORKERS)]
    try:
        for worker in workers:
            worker.start()
        _kill_at_random(workers)
        for worker in workers:
            worker.finish()
    finally:
        for worker in workers:
            if worker.process is not None and worker.process.poll() is None:
                worker.process.kill()
    assert sum(len(worker.kills) for worker in workers) == KILLS
    _every_command_once(url)
    _nothing_half_written(url, estates)


def _kill_at_random(workers: list[Worker]) -> None:
    chance = random.Random(SEED)
    for _ in range(KILLS):
        worker = chance.choice([one for one in workers if one.acknowledged < COMMANDS - 60])
        worker.run_until(worker.acknowledged + chance.randint(1, 50))
        worker.kill()
        worker.start()


def _estates(url: str) -> list[str]:
    with Engine.open(url) as engine:
        return [_estate(engine, number) for number in range(8)]


def _estate(engine: Engine, number: int) -> str:
    register = RegisterEstate(name=f"Terrein {number}", municipalities=("Voorbeeldstad",))
    estate: EstateId = engine.do(register).estate
    engine.do(StartTrajectory(estate=estate, on=date(2026, 1, 5), parties=PARTIES))
    engine.do(DeclareIntent(estate=estate, on=date(2026, 2, 2), signatories=SIGNATORIES))
    return estate


def _every_command_once(url: str) -> None:
    store = open_store(url)
    try:
        page = store.page(0, 100_000)
    finally:
        store.close()
    counted = Counter(recorded.command for _, recorded in page if recorded.command)
    expected = {f"worker{n}-{number}" for n in range(WORKERS) for number in range(COMMANDS)}
    assert set(counted) == expected
    assert set(counted.values()) == {1}


def _nothing_half_written(url: str, estates: list[str]) -> None:
    """Versions without gaps, and view rows equal to what the events give."""
    with Engine.open(url) as engine:
        assert engine.behind() == []
        versions = {row.estate_id: row.version for row in engine.board().items}
        for estate in map(EstateId, estates):
            state = engine.state(estate)
            assert [entry.version for entry in engine.history(estate)]
            assert state.version == versions[estate]
            assert rows_of(state, engine.book)["board"]
            stream = sorted(entry.version for entry in engine.history(estate))
            assert stream == list(range(1, state.version + 1))
