"""How long does the dossier of an estate with 5,000 events take? Written, with a log, and checked.

python -m benchmarks.dossier_speed
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import date
from importlib.resources import files
from pathlib import Path

from kvob_domain.estate.commands.identity import ChangeScope, RegisterEstate
from kvob_workflow.dossier import DossierQuery, write_dossier
from kvob_workflow.engine import Engine, packaged_book
from kvob_workflow.proofs.heads import make_key
from kvob_workflow.proofs.sequencer import sequence
from kvob_workflow.store import open_store
from kvob_workflow.testing import SettableClock

EVENTS = 5_000
ROUNDS = 5


def main() -> None:
    """Print the medians."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url, day = f"sqlite:///{folder / 'kvob.db'}", date(2026, 11, 24)
        with Engine.open(url, clock=SettableClock(day), synchronous="NORMAL") as engine:
            estate = engine.do(RegisterEstate(name="De Hoek", municipalities=("Soest",))).estate
            for number in range(EVENTS - 1):
                engine.do(ChangeScope(estate=estate, on=day, scope=f"fase {number}"))
        signer = make_key(folder / "log.key", "bench")
        checker, out = folder / "check.py", folder / "dossier.zip"
        checker.write_bytes(files("kvob_workflow.dossier").joinpath("check.py").read_bytes())
        call = [sys.executable, "-I", str(checker), str(out), "--key", str(signer.key.verifier)]
        written: list[float] = []
        checked: list[float] = []
        with closing(open_store(url)) as store:
            sequence(store, signer)
            for _ in range(ROUNDS):
                begun = time.perf_counter()
                with out.open("wb") as target:
                    write_dossier(store, packaged_book(), DossierQuery(estate), target)
                written.append(time.perf_counter() - begun)
                begun = time.perf_counter()
                subprocess.run(call, check=True, capture_output=True)
                checked.append(time.perf_counter() - begun)
        print(f"{EVENTS} events, {out.stat().st_size / 1e6:.1f} MB")
        print(f"written in {statistics.median(written):.2f} s (median of {ROUNDS})")
        print(f"checked in {statistics.median(checked):.2f} s (median of {ROUNDS})")


if __name__ == "__main__":
    main()
