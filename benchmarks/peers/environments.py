"""Where does each peer live? In an environment of its own under `.bench`, kept between runs.

Versions are pinned in `requirements/`; which registry they come from is the machine's business.
An environment is made again when its pins, or the Python that made it, change.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from shutil import rmtree, which
from typing import Final

REQUIREMENTS: Final = Path(__file__).parent / "requirements"
_SECONDS: Final = 600.0


class NotInstalled(Exception):
    """A peer cannot be had here; the text says what went wrong."""


def python_of(name: str, parent: Path) -> Path:
    """The Python of a peer's environment, which is made when it is missing.

    Raises:
        NotInstalled: pip or npm failed, or npm is missing.
    """
    home = parent / name
    python, stamp = home / "bin" / "python", home / "installed"
    wanted = pins(name)
    told = f"{sys.version}\n{wanted}"
    if stamp.exists() and stamp.read_text("utf-8") == told and python.exists():
        return python
    rmtree(home, ignore_errors=True)
    print(f"installing {', '.join(wanted.split())}", file=sys.stderr)
    _run([sys.executable, "-m", "venv", str(home)])
    listed = REQUIREMENTS / f"{name}.txt"
    _run([str(python), "-m", "pip", "install", "--quiet", "--requirement", str(listed)])
    of_npm = REQUIREMENTS / f"{name}.npm.txt"
    if of_npm.exists():
        _npm(of_npm.read_text("utf-8").split(), home)
    stamp.write_text(told, "utf-8")
    return python


def pins(name: str) -> str:
    """What is pinned for a peer: a package and its version a line."""
    files = (REQUIREMENTS / f"{name}.txt", REQUIREMENTS / f"{name}.npm.txt")
    return "".join(file.read_text("utf-8") for file in files if file.exists())


def _npm(packages: list[str], home: Path) -> None:
    npm = which("npm")
    if npm is None:
        raise NotInstalled("npm was not found; on Debian and Ubuntu: apt install npm")
    # No scripts: the packages that are used ship their programs, and none may fetch one.
    _run([npm, "install", "--silent", "--ignore-scripts", "--prefix", str(home), *packages])


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotInstalled(f"{Path(command[0]).name}: {error}") from error
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise NotInstalled(f"{' '.join(command[1:4])} failed: {''.join(last)}")
