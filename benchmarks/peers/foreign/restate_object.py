"""How does Restate do the job? A virtual object, one invocation with seven journaled runs."""

from __future__ import annotations

import asyncio
import threading
import time
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from time import perf_counter_ns

import httpx
import restate
from hypercorn.asyncio import serve as serve_http
from hypercorn.config import Config

from benchmarks.peers.job import STEPS, Found, Place, Timing
from benchmarks.peers.protocol import serve
from benchmarks.peers.sockets import HOST, free_port

_CLOCK: list[int] = []
_TEXTS: list[str] = []
estates = restate.VirtualObject("Estate")


@estates.handler()
async def life(ctx: restate.ObjectContext, _: str) -> str:
    """Seven runs, each in the server's journal before the next begins."""
    done: list[str] = []
    _CLOCK.append(perf_counter_ns())
    for step, text in zip(STEPS, _TEXTS, strict=True):

        def take(step: str = step, text: str = text) -> str:
            return f"{step} {text}"

        done.append(str(await ctx.run_typed(step, take)))
        _CLOCK.append(perf_counter_ns())
    ctx.set("done", done)
    return STEPS[-1]


@estates.handler(kind="shared")
async def done(ctx: restate.ObjectSharedContext, _: str) -> list[str]:
    """What the runs gave."""
    return await ctx.get("done") or []


class Restate:
    """Handlers in this process, called back by the server; questions over its ingress."""

    def open(self, place: Place) -> None:
        """The port of the handlers stays the same, so that the server finds them again."""
        _TEXTS[:] = place.texts
        ingress, admin = place.address.split()
        kept = Path(place.folder) / "port"
        if not kept.exists():
            kept.write_text(str(free_port()))
        port = int(kept.read_text())
        config = Config()
        config.bind = [f"{HOST}:{port}"]
        config.errorlog = config.accesslog = None
        app = restate.app([estates])

        async def run() -> None:
            await serve_http(app, config, shutdown_trigger=asyncio.Event().wait)

        threading.Thread(target=lambda: asyncio.run(run()), daemon=True).start()
        self._client = httpx.Client(base_url=ingress, timeout=60)
        self._register(admin, port)

    def _register(self, admin: str, port: int) -> None:
        body = {"uri": f"http://{HOST}:{port}/", "force": True}
        for _ in range(200):  # the ports answer before the node is provisioned
            try:
                if httpx.post(f"{admin}/deployments", json=body, timeout=5).is_success:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
        httpx.post(f"{admin}/deployments", json=body, timeout=5).raise_for_status()

    def facts(self) -> dict[str, str]:
        """Versions; the server's own durability settings are its defaults."""
        return {
            "restate-sdk": version("restate-sdk"),
            "server": "1.7.12",
            "log server": "rocksdb-disable-wal-fsync=false (its default)",
        }

    def refuse(self, estate: str) -> str:
        """The order is that of the code; there is nothing that could be refused."""
        del estate
        return ""

    def walk(self, estate: str) -> Timing:
        """One call from outside; the runs are timed inside."""
        _CLOCK.clear()
        began = perf_counter_ns()
        self._ask(estate, "life")
        total = perf_counter_ns() - began
        return Timing([after - before for before, after in pairwise(_CLOCK)], total)

    def look(self, estate: str) -> Found:
        """What the object keeps."""
        told = [one.partition(" ") for one in self._ask(estate, "done")]
        return Found(told[-1][0] if told else "", tuple(text for _, _, text in told))

    def close(self) -> None:
        """The thread ends with the process."""
        self._client.close()

    def _ask(self, estate: str, what: str) -> list[str]:
        answer = self._client.post(f"/Estate/{estate}/{what}", json="")
        answer.raise_for_status()
        told: list[str] = answer.json()
        return told


if __name__ == "__main__":
    serve(Restate())
