"""Where do servers listen? On loopback alone, on ports that are free."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

HOST: Final = "127.0.0.1"


def free_port() -> int:
    """A port of loopback that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether somebody listens on this port of loopback."""
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex((HOST, port)) == 0


def heard_outside(session: int) -> list[str]:
    """Where processes of this session listen beyond loopback (Linux; elsewhere nothing is known).

    A server that opens a port to the network, whatever its options said, must not run here.
    """
    inodes = {inode for pid in _members(session) for inode in _sockets(pid)}
    heard: list[str] = []
    for table in ("tcp", "tcp6"):
        file = Path("/proc/net") / table
        for line in file.read_text("utf-8").splitlines()[1:] if file.exists() else ():
            _, local, _, state, *rest = line.split()
            if state == _LISTENS and rest[5] in inodes:
                address, _, port = local.partition(":")
                if address not in _LOOPBACK:
                    heard.append(f"{address}:{int(port, 16)}")
    return heard


_LISTENS: Final = "0A"
# As the kernel writes them: words of four bytes, each in the machine's own order.
_LOOPBACK: Final = frozenset(
    {"0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F"}
)


def _members(session: int) -> Iterator[int]:
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # The name may hold spaces, so the fields are counted from its closing bracket.
            fields = status.read_text("utf-8", errors="replace").rpartition(")")[2].split()
            if int(fields[3]) == session:
                yield int(status.parent.name)


def _sockets(pid: int) -> Iterator[str]:
    with suppress(OSError):
        for open_file in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                target = str(open_file.readlink())
                if target.startswith("socket:["):
                    yield target[8:-1]
