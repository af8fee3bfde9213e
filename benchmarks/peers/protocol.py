"""How do harness and adapter talk? A line of JSON for each question, a line for each answer.

An adapter is a process in the peer's own environment. It answers `open`, `facts`, `refuse`,
`run` and `look` until its input ends. Whatever a peer prints goes to standard error.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable
from typing import Any, Protocol, TextIO

from benchmarks.peers.job import Found, Place, Timing, new_estate


class Adapter(Protocol):
    """What a peer must be able to do."""

    def open(self, place: Place) -> None:
        """Open the store at this place, making it when it is missing."""
        ...

    def facts(self) -> dict[str, str]:
        """Versions, and the durability settings as the running store tells them."""
        ...

    def refuse(self, estate: str) -> str:
        """Enter this estate, try its fifth step at once, and answer how that was refused.

        Empty where the peer has no such notion.
        """
        ...

    def walk(self, estate: str) -> Timing:
        """Take a new estate through its life, each step on disk before the next begins."""
        ...

    def look(self, estate: str) -> Found:
        """Read an estate back."""
        ...

    def close(self) -> None:
        """Close the store."""
        ...


Answer = dict[str, Any]


def serve(adapter: Adapter) -> None:
    """Answer questions from standard input until it ends."""
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    answer_all(adapter, sys.stdin, out)


def answer_all(adapter: Adapter, questions: TextIO, answers: TextIO) -> None:
    """Answer each question; one that fails is answered with its error, and the next is taken."""
    for line in questions:
        asked: Answer = json.loads(line)
        try:
            answer = _ANSWERS[asked["ask"]](adapter, asked)
        except Exception as error:
            traceback.print_exc()
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
    adapter.close()


def _open(adapter: Adapter, asked: Answer) -> Answer:
    adapter.open(Place(asked["folder"], asked["address"], tuple(asked["texts"])))
    return {}


def _facts(adapter: Adapter, _: Answer) -> Answer:
    return {"facts": adapter.facts()}


def _refuse(adapter: Adapter, _: Answer) -> Answer:
    return {"refused": adapter.refuse(new_estate())}


def _run(adapter: Adapter, asked: Answer) -> Answer:
    estates = [new_estate() for _ in range(asked["lifecycles"])]
    timings = [adapter.walk(estate) for estate in estates]
    told = [[timing.steps, timing.total, timing.beside] for timing in timings]
    return {"estates": estates, "timings": told}


def _look(adapter: Adapter, asked: Answer) -> Answer:
    found = [adapter.look(estate) for estate in asked["estates"]]
    return {"found": [[one.stands, list(one.texts)] for one in found]}


_ANSWERS: dict[str, Callable[[Adapter, Answer], Answer]] = {
    "open": _open,
    "facts": _facts,
    "refuse": _refuse,
    "run": _run,
    "look": _look,
}
