"""How does UmaDB do the job? A conditional append for each step, with the estate as tag."""

from __future__ import annotations

import json
from importlib.metadata import version
from time import perf_counter_ns

from umadb import AppendCondition, Client, Event, Query, QueryItem

from benchmarks.peers.job import ENTERED, STEPS, Found, Place, Timing, check
from benchmarks.peers.protocol import serve


class UmaDb:
    """One client of a server on loopback."""

    def open(self, place: Place) -> None:
        """The address is the server's; it keeps its file in our folder."""
        self._texts = place.texts
        self._client = Client(place.address)

    def facts(self) -> dict[str, str]:
        """It has no setting of durability: an append is answered after its sync."""
        return {"umadb": version("umadb"), "server options": "defaults, one listener on loopback"}

    def refuse(self, estate: str) -> str:
        """By a table of moves in the adapter; the store itself refuses only what came between."""
        self._enter(estate)
        try:
            self._take(estate, 5)
        except Exception as refusal:
            return str(refusal)
        return ""

    def walk(self, estate: str) -> Timing:
        """Read the estate's events, decide, append on the condition that nothing came between."""
        timing = Timing()
        began = perf_counter_ns()
        self._enter(estate)
        last = perf_counter_ns()
        for number in range(len(STEPS)):
            self._take(estate, number)
            now = perf_counter_ns()
            timing.steps.append(now - last)
            last = now
        timing.total = last - began
        return timing

    def look(self, estate: str) -> Found:
        """Its events in order."""
        events = [one.event for one in self._client.read(_of(estate))]
        texts = [json.loads(bytes(one.data))["text"] for one in events[1:]]
        return Found(events[-1].event_type, tuple(texts))

    def close(self) -> None:
        """End its streams."""
        self._client.close()

    def _enter(self, estate: str) -> None:
        condition = AppendCondition(_of(estate))
        self._client.append([_event(ENTERED, estate, "")], condition)

    def _take(self, estate: str, number: int) -> None:
        read = self._client.read(_of(estate))
        events, head = read.collect_with_head()
        check(STEPS[number], events[-1].event.event_type)
        condition = AppendCondition(_of(estate), after=head)
        event = _event(STEPS[number], estate, self._texts[number])
        self._client.append([event], condition)


def _of(estate: str) -> Query:
    return Query([QueryItem(tags=[f"estate:{estate}"])])


def _event(kind: str, estate: str, text: str) -> Event:
    data = json.dumps({"text": text}).encode()
    return Event(event_type=kind, data=data, tags=[f"estate:{estate}"])


if __name__ == "__main__":
    serve(UmaDb())
