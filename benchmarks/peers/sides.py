"""What is one side while the rounds go on? A server, a process, and what was acknowledged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter_ns

from benchmarks.peers.children import Asked, Failed
from benchmarks.peers.job import STEPS, Timing
from benchmarks.peers.protocol import Answer
from benchmarks.peers.roster import Peer
from benchmarks.peers.servers import Server

_WARM = 5
_MOST = 3000
_LOOKED_AT = 200


@dataclass
class Told:
    """What one side gave: facts, timings round by round, and what went wrong."""

    peer: Peer
    facts: dict[str, str] = field(default_factory=dict[str, str])
    refused: str = ""
    rounds: list[list[Timing]] = field(default_factory=list[list[Timing]])
    read_back: int = 0
    failure: str = ""


class Side:
    """One peer, ready to run."""

    def __init__(
        self,
        peer: Peer,
        server: Server,
        start: Callable[[], Asked],
        folder: Path,
        texts: Sequence[str],
    ) -> None:
        """Opens it, learns its facts, tries the illegal step, and warms it up."""
        self.told = Told(peer)
        self._server, self._start, self._folder = server, start, folder
        self._texts = list(texts)
        self._estates: list[str] = []
        self._child = self._opened()
        try:
            self.told.facts = self._ask("facts")["facts"]
            self.told.refused = self._ask("refuse")["refused"]
            self._pace = 1e9
            self._run(_WARM)
        except Failed:
            self._child.kill()
            raise

    def warm(self, seconds: float) -> None:
        """Runs for so long without counting: logs reach their size, caches fill."""
        self._run(self._how_many(seconds))

    def round(self, seconds: float) -> None:
        """Runs for about so long, and keeps the timings."""
        self.told.rounds.append(self._run(self._how_many(seconds)))

    def check(self) -> None:
        """Kills process and server without warning, and reads back what was acknowledged.

        Raises:
            Failed: something is missing, or is not what was written.
        """
        self._child.kill()
        self._server.crash()
        self._child = self._opened()
        step = max(1, len(self._estates) // _LOOKED_AT)
        asked = [*self._estates[::step], *self._estates[-_LOOKED_AT // 2 :]]
        found = self._ask("look", estates=asked)["found"]
        wanted = [STEPS[-1], self._texts]
        wrong = [estate for estate, one in zip(asked, found, strict=True) if one != wanted]
        if wrong:
            raise Failed(
                f"after a kill {len(wrong)} of {len(asked)} estates were not as acknowledged,"
                f" {wrong[0]} first"
            )
        self.told.read_back = len(asked)

    def end(self) -> None:
        """Ends its process; whoever started the server ends that."""
        self._child.kill()

    def _opened(self) -> Asked:
        child = self._start()
        try:
            child.ask(
                "open",
                self.told.peer.seconds_each,
                folder=str(self._folder),
                address=self._server.address,
                texts=self._texts,
            )
        except Failed:
            child.kill()
            raise
        return child

    def _how_many(self, seconds: float) -> int:
        return min(_MOST, max(3, int(seconds * 1e9 / self._pace)))

    def _run(self, lifecycles: int) -> list[Timing]:
        began = perf_counter_ns()
        answer = self._ask("run", lifecycles=lifecycles)
        took = perf_counter_ns() - began
        timings = timings_of(answer, took)
        self._estates += answer["estates"]
        self._pace = took / lifecycles
        return timings

    def _ask(self, question: str, **more: object) -> Answer:
        return self._child.ask(question, self.told.peer.seconds_each, **more)


def timings_of(answer: Answer, took: int) -> list[Timing]:
    """The timings in an answer that came after `took` nanoseconds.

    Raises:
        Failed: they do not add up: a step is missing, or more time was told than passed.
    """
    timings = [Timing(list(steps), total, beside) for steps, total, beside in answer["timings"]]
    if len(timings) != len(answer["estates"]):
        raise Failed("it told other timings than estates")
    for timing in timings:
        if len(timing.steps) != len(STEPS) or sum(timing.steps) > timing.total:
            raise Failed(f"{len(timing.steps)} steps, or steps longer than their lifecycle")
    if sum(timing.total + timing.beside for timing in timings) > took:
        raise Failed("it told more time than passed")
    return timings
