"""What does the API cost beside bare FastAPI? Reads, a page, and a durable command, in turn.

    python -m benchmarks.http_speed --rounds 7 --seconds 2 --connections 16

Both read the same file of SQLite, one worker each (see `http_sides`); the API checks a signed
token, scope and reach, and answers with the headers that the NLGov rules ask. Everybody is open
all the time, one is asked at a time (A B A B), and ratios are taken round by round.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks.http_sides import SIDES, make_key, token
from benchmarks.lifecycle import first_certificate, registration
from benchmarks.report import versions
from benchmarks.scratch import scratch
from kvob_domain.actor import Role
from kvob_workflow import Engine
from kvob_workflow.demo.people import GUIDE

_ESTATES: Final = 300
_READ: Final = "GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n"
_WRITE: Final = (
    "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    "Content-Length: {length}\r\n{headers}\r\n{body}"
)


@dataclass
class Measured:
    """One side of one question: requests a second and milliseconds, round by round."""

    per_second: list[float] = field(default_factory=list[float])
    took_ms: list[float] = field(default_factory=list[float])
    statuses: dict[str, int] = field(default_factory=dict[str, int])

    def add(self, told: dict[str, Any]) -> None:
        """Take what the client told of one round; a refusal is no measurement."""
        if refused := [status for status in told["statuses"] if not status.startswith("2")]:
            raise SystemExit(f"answered with {refused}: nothing is measured")
        self.per_second.append(len(told["took_ms"]) / told["seconds"])
        self.took_ms += told["took_ms"]
        for status, count in told["statuses"].items():
            self.statuses[status] = self.statuses.get(status, 0) + count

    def percentile(self, share: float) -> float:
        """The milliseconds within which this share of the requests was answered."""
        ordered = sorted(self.took_ms)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def main() -> None:
    """Run the rounds and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--only", choices=[*_QUESTIONS], nargs="*", default=[*_QUESTIONS])
    asked = parser.parse_args()
    print(f"{versions()}; {asked.connections} connections, {_ESTATES} estates\n")
    with scratch() as folder, ExitStack() as servers:
        estates = _fill(folder / "kvob.db")
        who = f"Authorization: {token(make_key(folder), Role.SCHEME_MANAGER)}\r\n"
        ports = {side: servers.enter_context(_served(side, folder / "kvob.db")) for side in SIDES}
        for name in asked.only:
            question = _QUESTIONS[name]
            found = {side: Measured() for side in question}
            for _ in range(asked.rounds):
                for side, requests in question.items():
                    lists = requests(estates, who, asked.connections)
                    found[side].add(_load(ports[side], asked.seconds, lists))
            _report(name, found)


def _fill(store: Path) -> list[str]:
    """A store of estates with their first certificate."""
    made: list[str] = []
    with Engine.open(f"sqlite:///{store}", synchronous="NORMAL") as engine:
        for number in range(_ESTATES):
            estate = engine.do(registration(number), actor=GUIDE).estate
            for command, actor in first_certificate(estate):
                engine.do(command, actor=actor)
            made.append(estate)
    return made


@contextmanager
def _served(side: str, store: Path) -> Generator[int]:
    command = [sys.executable, "-m", "benchmarks.http_sides", side, str(store)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline())
        finally:
            server.terminate()


def _load(port: int, seconds: float, requests: list[list[str]]) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.http_load", str(port), str(seconds)]
    loaded = subprocess.run(
        command, input=json.dumps(requests), stdout=subprocess.PIPE, text=True, check=True
    )
    told: dict[str, Any] = json.loads(loaded.stdout)
    return told


def _each(requests: list[str], connections: int) -> list[list[str]]:
    """The same requests for each connection, each beginning elsewhere."""
    step = max(1, len(requests) // connections)
    return [requests[at * step :] + requests[: at * step] for at in range(connections)]


def _status_api(estates: list[str], who: str, connections: int) -> list[list[str]]:
    paths = [f"/v1/estates/{estate}/status" for estate in estates]
    return _each([_READ.format(path=path, headers=who) for path in paths], connections)


def _status_bare(estates: list[str], who: str, connections: int) -> list[list[str]]:
    paths = [f"/status/{estate}" for estate in estates]
    return _each([_READ.format(path=path, headers=who) for path in paths], connections)


def _page_api(estates: list[str], who: str, connections: int) -> list[list[str]]:
    del estates
    request = _READ.format(path="/v1/estates?limit=50", headers=who)
    return [[request]] * connections


def _page_bare(estates: list[str], who: str, connections: int) -> list[list[str]]:
    del estates
    request = _READ.format(path="/estates?limit=50", headers=who)
    return [[request]] * connections


_QUESTIONS: Final = {
    "status of one estate": {
        "bare": _status_bare,
        "api": _status_api,
        "api-unremembered": _status_api,
    },
    "a page of 50 estates": {"bare": _page_bare, "api": _page_api},
}


def _report(name: str, found: dict[str, Measured]) -> None:
    print(f"### {name}\n")
    print("| | requests a second | lowest | highest | of bare | p50 ms | p99 ms | answers |")
    print("|---|---|---|---|---|---|---|---|")
    floor = found["bare"].per_second
    for side, one in found.items():
        ratio = median(ours / bare for ours, bare in zip(one.per_second, floor, strict=True))
        cells = [
            side,
            f"{median(one.per_second):,.0f}",
            f"{min(one.per_second):,.0f}",
            f"{max(one.per_second):,.0f}",
            f"{ratio:.2f}",
            f"{one.percentile(0.5):.2f}",
            f"{one.percentile(0.99):.2f}",
            ", ".join(f"{count:,} x {status}" for status, count in sorted(one.statuses.items())),
        ]
        print(f"| {' | '.join(cells)} |")
    print(flush=True)


if __name__ == "__main__":
    main()
