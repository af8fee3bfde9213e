"""Which machine gives the figures? Processor, kernel, disk, and how often it can sync a second."""

from __future__ import annotations

import os
import platform
import tempfile
import time
from pathlib import Path

_BLOCK = b"\x5a" * 8192


def facts(folder: Path) -> dict[str, str]:
    """What a reader must know before believing a figure."""
    return {
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB",
        "kernel": f"{platform.system()} {platform.release()}",
        "disk": _file_system(folder),
        "Python": platform.python_version(),
    }


def syncs_a_second(folder: Path, seconds: float = 0.4) -> float:
    """How often 8 KiB can be overwritten and be on the disk, as pg_test_fsync asks it."""
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        file.write(_BLOCK)
        file.flush()
        os.fsync(file.fileno())
        done, began = 0, time.perf_counter()
        while (took := time.perf_counter() - began) < seconds:
            os.pwrite(file.fileno(), _BLOCK, 0)
            os.fdatasync(file.fileno())
            done += 1
    return done / took


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    if told.exists():
        for line in told.read_text("utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _file_system(folder: Path) -> str:
    """The file system under the folder: the mount with the longest fitting name."""
    mounts, best, kind = Path("/proc/mounts"), "", "unknown file system"
    if mounts.exists():
        where = str(folder.resolve())
        for line in mounts.read_text("utf-8", errors="replace").splitlines():
            _, point, type_, *_ = line.split()
            fits = where == point or where.startswith(point.rstrip("/") + "/")
            if fits and len(point) >= len(best):
                best, kind = point, type_
    return kind
