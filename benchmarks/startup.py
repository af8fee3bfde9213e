"""How long does it take until a person sees something? Whole processes, from start to exit.

    python -m benchmarks.startup --rounds 7

The floor is an interpreter that does nothing; every round runs all of them in turn.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.report import Figure, print_report

SAMPLE = Path("kvob_workflow/sample/kvo_cases.csv")


def main() -> None:
    """Run the rounds and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        store = f"sqlite:///{Path(folder) / 'kvob.db'}"
        kvob = [sys.executable, "-m", "kvob_workflow"]
        sides = {
            "python -c pass (floor)": [sys.executable, "-c", "pass"],
            "import kvob_workflow": [sys.executable, "-c", "import kvob_workflow"],
            "kvob --help": [*kvob, "--help"],
            "kvob board, sample store": [*kvob, "board"],
            "kvob register --on 2020-01-15": [*kvob, "register", "--on", "2020-01-15"],
            "kvob board --on 2020-01-15": [*kvob, "board", "--on", "2020-01-15"],
        }
        _timed([*kvob, "import", str(SAMPLE)], store)
        times: dict[str, list[float]] = {name: [] for name in sides}
        for _ in range(rounds):
            for name, command in sides.items():
                times[name].append(_timed(command, store) * 1e3)
    print_report(
        "Whole processes",
        f"python -m benchmarks.startup --rounds {rounds}",
        [Figure(name, tuple(values), "ms") for name, values in times.items()],
    )


def _timed(command: list[str], store: str) -> float:
    environment = {**os.environ, "KVOB_STORE": store, "KVOB_LANG": "en"}
    began = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
