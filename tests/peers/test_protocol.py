"""Is what an adapter tells checked? Sums, ends that are read back, errors, processes that hang."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.peers.children import Child, Failed
from benchmarks.peers.job import STEPS, Found, NotYet, Place, Timing, check
from benchmarks.peers.protocol import Adapter, Answer, answer_all
from benchmarks.peers.roster import BY_NAME
from benchmarks.peers.servers import NoServerNeeded
from benchmarks.peers.sides import Side, timings_of

TEXTS = tuple(f"text of {step}" for step in STEPS)
Kept = dict[str, list[str]]


class Honest:
    """Keeps what it is given where a new process finds it."""

    def __init__(self, disk: Kept) -> None:
        self.kept = disk

    def open(self, place: Place) -> None:
        self.texts = place.texts

    def facts(self) -> dict[str, str]:
        return {"version": "1"}

    def refuse(self, estate: str) -> str:
        try:
            check("evaluation", "registered")
        except NotYet as refusal:
            return str(refusal)
        return ""

    def walk(self, estate: str) -> Timing:
        self.kept[estate] = list(self.texts)
        return Timing([1] * len(STEPS), len(STEPS))

    def look(self, estate: str) -> Found:
        texts = self.kept.get(estate, [])
        return Found(STEPS[len(texts) - 1] if texts else "", tuple(texts))

    def close(self) -> None:
        pass


class InMemory(Honest):
    """Cheats: what it acknowledges is gone with the process."""

    def __init__(self, disk: Kept) -> None:
        super().__init__({})


class Forgetful(Honest):
    """Cheats: writes six of the seven steps."""

    def walk(self, estate: str) -> Timing:
        timing = super().walk(estate)
        self.kept[estate].pop()
        return timing


class Boaster(Honest):
    """Cheats: tells more time than passed, or the harness could not tell less either."""

    def walk(self, estate: str) -> Timing:
        super().walk(estate)
        return Timing([10**15] * len(STEPS), 10**17)


class InProcess:
    """Asks an adapter without a process."""

    def __init__(self, adapter: Adapter) -> None:
        self._adapter = adapter

    def ask(self, question: str, seconds: float, **more: object) -> Answer:
        answers = io.StringIO()
        answer_all(
            self._adapter, io.StringIO(json.dumps({"ask": question, **more}) + "\n"), answers
        )
        answer: Answer = json.loads(answers.getvalue())
        if "error" in answer:
            raise Failed(answer["error"])
        return answer

    def kill(self) -> None:
        pass


def side(kind: Callable[[Kept], Adapter], folder: Path) -> Side:
    """A side whose adapter is made anew at every start, over one disk."""
    disk: Kept = {}
    return Side(
        BY_NAME["raw-sqlite"],
        NoServerNeeded(),
        lambda: InProcess(kind(disk)),
        folder,
        TEXTS,
    )


def test_a_step_out_of_order_is_refused_by_the_table_of_moves() -> None:
    check("kickoff", "registered")
    with pytest.raises(NotYet, match="evaluation does not follow registered"):
        check("evaluation", "registered")


def test_who_kept_everything_passes_and_says_how_the_illegal_step_was_refused(
    tmp_path: Path,
) -> None:
    honest = side(Honest, tmp_path)
    honest.round(0.0)
    honest.check()
    assert honest.told.refused == "evaluation does not follow registered"
    assert honest.told.read_back > 0
    assert honest.told.facts == {"version": "1"}


@pytest.mark.parametrize("cheat", [InMemory, Forgetful])
def test_who_did_not_keep_what_was_acknowledged_fails_after_the_kill(
    cheat: Callable[[Kept], Adapter], tmp_path: Path
) -> None:
    cheating = side(cheat, tmp_path)
    cheating.round(0.0)
    with pytest.raises(Failed, match="not as acknowledged"):
        cheating.check()


def test_who_tells_more_time_than_passed_fails(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="more time than passed"):
        side(Boaster, tmp_path)


@pytest.mark.parametrize(
    ("timings", "complaint"),
    [
        ([[[1] * 6, 7, 0]], "6 steps"),
        ([[[5] * 7, 7, 0]], "longer than their lifecycle"),
        ([], "other timings than estates"),
    ],
)
def test_timings_that_do_not_add_up_are_not_taken(
    timings: list[list[object]], complaint: str
) -> None:
    with pytest.raises(Failed, match=complaint):
        timings_of({"estates": ["e"], "timings": timings}, took=1000)


def test_an_adapter_that_hangs_or_dies_is_ended_and_told(tmp_path: Path) -> None:
    child = Child(Path(sys.executable), "adapters.raw_sqlite", tmp_path / "log")
    with pytest.raises(Failed, match="took too long"):
        child.ask("open", 0.0, folder=str(tmp_path), address="", texts=TEXTS)
    missing = Child(Path(sys.executable), "adapters.nobody", tmp_path / "log")
    with pytest.raises(Failed, match="No module named"):
        missing.ask("facts", 30.0)
    missing.kill()
