"""How does kvob_workflow do the job? Real commands, every rule, view rows, names, command ids."""

from __future__ import annotations

import json
from datetime import date
from importlib.metadata import version
from time import perf_counter_ns
from typing import Final

from benchmarks.peers.commands_of_a_life import (
    Days,
    Given,
    evidence_before,
    registration,
    steps,
)
from benchmarks.peers.job import STEPS, Found, Place, Timing
from benchmarks.peers.protocol import serve
from kvob_domain.errors import Rejected
from kvob_domain.ids import EstateId
from kvob_projections import ALL_VIEWS
from kvob_workflow import Engine
from kvob_workflow.store import open_store
from kvob_workflow.store.codec import Codec

_TOPICS: Final = (
    "trajectory-started",
    "intent-declared",
    "analysis-adopted",
    "plan-adopted",
    "covenant-signed",
    "certificate-awarded",
    "term-evaluated",
)


class Ours:
    """One engine on a file or on a server."""

    def open(self, place: Place) -> None:
        """The engine as a host opens it; nothing is set but the address."""
        self._store = open_store(place.address or f"sqlite:///{place.folder}/kvob.db", ALL_VIEWS)
        self._engine = Engine(self._store)
        self._days = Days(date.today())
        self._said = [json.loads(text)["e"] for text in place.texts]
        self._texts = place.texts

    def facts(self) -> dict[str, str]:
        """Versions and durability."""
        told = {one.name: one.value for one in self._engine.doctor()}
        return {"kvob_workflow": version("kvob_workflow"), **told}

    def refuse(self, estate: str) -> str:
        """The award, on an estate that has only been registered."""
        id = EstateId(estate)
        self._do(registration(id, self._days), f"{estate}-0")
        award = list(steps(id, self._days))[STEPS.index("evaluation")]
        try:
            self._do(award, f"{estate}-6")
        except Rejected as refusal:
            return f"{refusal.code}: {refusal}"
        return ""

    def walk(self, estate: str) -> Timing:
        """Making each command is in the clock; the evidence between the steps is beside it."""
        timing, id = Timing(), EstateId(estate)
        began = perf_counter_ns()
        self._do(registration(id, self._days), f"{estate}-0")
        timing.total = perf_counter_ns() - began
        life = steps(id, self._days)
        for number, step in enumerate(STEPS, start=1):
            began = perf_counter_ns()
            for sub, needed in enumerate(evidence_before(step, id, self._days)):
                self._do(needed, f"{estate}-{number}-{sub}")
            stepped = perf_counter_ns()
            self._do(next(life), f"{estate}-{number}")
            ended = perf_counter_ns()
            timing.beside += stepped - began
            timing.steps.append(ended - stepped)
        timing.total += sum(timing.steps)
        return timing

    def look(self, estate: str) -> Found:
        """Where the folded state stands, and the business part of each step's event.

        The envelope around it (when, who, which command) is the event's own.
        """
        id, codec, texts = EstateId(estate), Codec(), list[str]()
        for recorded in self._store.stream(id):
            topic, stored = codec.encode(recorded)
            if (kind := topic.split(":")[1].split(".")[0]) not in _TOPICS:
                continue
            number, said = _TOPICS.index(kind), json.loads(stored)["e"]
            same = said == self._said[number] and number == len(texts)
            texts.append(self._texts[number] if same else stored.decode())
        return Found(self._engine.state(id).step, tuple(texts))

    def close(self) -> None:
        """Close the store."""
        self._engine.close()

    def _do(self, given: Given, id: str) -> None:
        self._engine.do(given.command, actor=given.actor, command_id=id)


if __name__ == "__main__":
    serve(Ours())
