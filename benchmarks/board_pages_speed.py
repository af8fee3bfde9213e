"""How long until the first byte of the pages that people see every morning, over many estates?

    python -m benchmarks.board_pages_speed                              # 100,000 estates
    python -m benchmarks.board_pages_speed --url sqlite:///there.db     # of `million_store`

One process serves the pages on this machine, a second one asks them over one connection that stays
open, page after page in turn. Each answer is a whole page for somebody who may see and do all. The
first answer of each page stands apart: it is the only one after an event that works anything out
of what the engine remembers. With `--index` the extra `scale` answers lists.
"""

import argparse
import http.client
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Final
from urllib.parse import quote

from fastapi import Request, Response

from benchmarks.million_store import TODAY, make_store
from benchmarks.report import versions
from benchmarks.scratch import scratch
from kvob_domain.actor import Actor, Role
from kvob_domain.ids import PersonId
from kvob_domain.mandates import EVERYWHERE, Mandate, Scope
from kvob_projections import ALL_VIEWS
from kvob_workflow.engine import Engine
from kvob_workflow.engine.core import LARGE_BOARDS
from kvob_workflow.http import Api, asgi_app
from kvob_workflow.http.auth.errors import StepUpNeeded
from kvob_workflow.http.serving import listening, server_of
from kvob_workflow.store import open_store
from kvob_workflow.testing import SettableClock
from kvob_workflow.web import Pages
from kvob_workflow.web.sessions import LoginRoute, SessionKeys, Visitor

PAGES: Final = (
    "/",
    "/?work=all",
    "/board",
    "/board?q=status:geldig",
    "/board?q=haven",
    "/estates",
    "/estates?offset=5000&size=100",
    "/estates?q=haven",
    "/estates?q=stap:convenant",
    "/estates?q=te-laat",
    "/estates?q=mist:enquête",
    "/estates?q=status:geldig vervalt:9m",
    "/estates?sort=next_due_on",
    "/estates?sort=-expires_on",
)


class Everybody:
    """A login that lets everybody in as somebody who may see and do all."""

    _VISITOR: Final = Visitor(
        Mandate(Actor(PersonId("p-1"), None, Role.GUIDE, "web"), frozenset(Scope), EVERYWHERE),
        "session-1",
    )

    def visitor(self, request: Request) -> Visitor | None:
        """Always the same one."""
        del request
        return self._VISITOR

    def way_in(self, back: str) -> str | None:
        """Nobody needs one."""
        del back
        return None

    def way_up(self, needed: StepUpNeeded, back: str) -> str | None:
        """Nobody needs one."""
        del needed, back
        return None

    def way_to_roles(self, back: str) -> str | None:
        """There is one role."""
        del back
        return None

    def way_out(self) -> str | None:
        """There is none."""
        return None

    def routes(self) -> Sequence[LoginRoute]:
        """No pages of its own."""
        return ()

    def renew(self, visitor: Visitor | None, request: Request, response: Response) -> None:
        """Nothing to keep."""
        del visitor, request, response


def main() -> None:
    """Serve, or make a store, ask and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--estates", type=int, default=100_000)
    parser.add_argument("--url")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--index", action="store_true", help="with the extra `scale`")
    asked = parser.parse_args()
    if asked.serve:
        _serve(asked.url, indexed=asked.index)
        return
    with scratch() as folder:
        url = asked.url or f"sqlite:///{Path(folder) / 'pages.db'}"
        if asked.url is None:
            make_store(url, asked.estates)
        _measure(url, asked.rounds, indexed=asked.index)
    print(versions())


def _serve(url: str, *, indexed: bool) -> None:
    """Serve until somebody ends this process; its first line is the port."""
    store = open_store(url, ALL_VIEWS, durable=False)
    with Engine(
        store, clock=SettableClock(TODAY), board_index=LARGE_BOARDS if indexed else None
    ) as engine:
        engine.today_work()  # its tables are made once, and followed from then on
        if indexed:
            engine.warm()
        pages = Pages(login=Everybody(), keys=SessionKeys())
        api = Api(a_minute=None, open_a_minute=None)
        with listening("127.0.0.1", 0) as listener:
            print(listener.getsockname()[1], flush=True)
            server_of(asgi_app(engine, api, pages=pages)).run(sockets=[listener])


def _measure(url: str, rounds: int, *, indexed: bool) -> None:
    command = [sys.executable, "-m", "benchmarks.board_pages_speed", "--serve", "--url", url]
    if indexed:
        command.append("--index")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as served:
        try:
            assert served.stdout is not None
            port = int(served.stdout.readline())
            _ask(port, rounds)
        finally:
            served.terminate()


def _ask(port: int, rounds: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    _first_byte(connection, "/help")
    first = {one: _first_byte(connection, one) for one in PAGES}
    took: dict[str, list[float]] = {one: [] for one in PAGES}
    for _ in range(rounds):
        for one in PAGES:
            took[one].append(_first_byte(connection, one)[0])
    print("| page | bytes | first, ms | median, ms | p99, ms |\n|---|---|---|---|---|")
    for one in PAGES:
        ordered = sorted(took[one])
        p99 = ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]
        ms, size = first[one]
        print(f"| `{one}` | {size:,} | {ms:.0f} | {median(ordered):.0f} | {p99:.0f} |")
    every = sorted(ms for some in took.values() for ms in some)
    print(json.dumps({"all_p99_ms": round(every[int(0.99 * len(every))], 1)}))


def _first_byte(connection: http.client.HTTPConnection, page: str) -> tuple[float, int]:
    """Milliseconds until the head of the answer was there, and the bytes of the page."""
    begin = time.perf_counter()
    connection.request("GET", quote(page, safe="/?&=:-"), headers={"Accept": "text/html"})
    answer = connection.getresponse()
    took = 1000 * (time.perf_counter() - begin)
    size = len(answer.read())
    if answer.status != 200:
        raise SystemExit(f"{page} was answered with {answer.status}: nothing is measured")
    return took, size


if __name__ == "__main__":
    main()
