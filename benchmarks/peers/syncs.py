"""How often does each peer wait for the disk in a lifecycle? Counted by strace, not believed.

    python -m benchmarks.peers.syncs
    python -m benchmarks.peers.syncs --peers dbos-sqlite temporal

Needs Linux and strace. A side that syncs less than eight times (entering and seven steps) does
not do the job durably. Ours shows seventeen, since the nine pieces of evidence are counted too.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from benchmarks.peers.children import Child
from benchmarks.peers.commands_of_a_life import texts
from benchmarks.peers.environments import python_of
from benchmarks.peers.roster import BY_NAME, Peer
from benchmarks.peers.servers import running

_CALLS: Final = "fdatasync,fsync,sync_file_range,msync"
_LIFECYCLES: Final = 20


def main() -> None:
    """Count one peer after another; nobody else's syncs are in it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peers", nargs="+", choices=BY_NAME, default=list(BY_NAME))
    asked = parser.parse_args()
    environments = Path.cwd() / ".bench" / "peers"
    environments.mkdir(parents=True, exist_ok=True)
    for name in asked.peers:
        with tempfile.TemporaryDirectory(
            dir=environments.parent, prefix="run-", ignore_cleanup_errors=True
        ) as folder:
            counted = count(BY_NAME[name], Path(folder), environments)
        told = ", ".join(f"{calls:g} {call}" for call, calls in counted.items())
        print(f"- {name}: {told or 'none'} a lifecycle", flush=True)


def count(peer: Peer, folder: Path, environments: Path) -> dict[str, float]:
    """The calls of adapter and server together, by name, a lifecycle."""
    python = Path(sys.executable)
    if peer.environment:
        python = python_of(peer.environment, environments)
    home = environments / peer.environment
    payloads = list(texts(datetime.now(UTC).date()))
    with running(peer.server, home, folder, peer.schema) as server:
        child = Child(python, peer.adapter, folder / "adapter.log")
        try:
            where = {"folder": str(folder), "address": server.address, "texts": payloads}
            child.ask("open", peer.seconds_each, **where)
            child.ask("run", peer.seconds_each, lifecycles=30)
            first = [child.pid, *([] if server.pid is None else [server.pid])]
            watched = [*first, *(pid for one in first for pid in _born_of(one))]
            with _traced(watched, folder / "calls") as tracer:
                child.ask("run", peer.seconds_each, lifecycles=_LIFECYCLES)
                tracer.send_signal(signal.SIGINT)
                tracer.wait()
        finally:
            child.kill()
    return dict(_counted((folder / "calls").read_text("utf-8").splitlines()))


def _traced(pids: Sequence[int], out: Path) -> subprocess.Popen[bytes]:
    attached = [part for pid in pids for part in ("-p", str(pid))]
    command = ["strace", "-f", "-c", "-e", f"trace={_CALLS}", "-o", str(out), *attached]
    tracer = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    ends = time.monotonic() + 10
    while not all(_tracer_of(pid) for pid in pids) and time.monotonic() < ends:
        time.sleep(0.02)
    return tracer


def _tracer_of(pid: int) -> bool:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text("utf-8").splitlines():
            if line.startswith("TracerPid:"):
                return line.split()[1] != "0"
    return True  # it has ended


def _born_of(parent: int) -> Iterator[int]:
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = status.read_text("utf-8", errors="replace").rpartition(")")[2].split()
            if int(fields[1]) == parent:
                yield int(status.parent.name)


def _counted(lines: Sequence[str]) -> Iterator[tuple[str, float]]:
    for line in lines:
        parts = line.split()
        if parts and parts[-1] in _CALLS.split(","):
            yield parts[-1], int(parts[3]) / _LIFECYCLES


if __name__ == "__main__":
    main()
