"""Does the log go on after a kill -9, wherever it came?"""

from __future__ import annotations

import os
import signal as signals
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kvob_workflow.proofs.findings import Verdict
from kvob_workflow.proofs.heads import Signer
from kvob_workflow.proofs.sequencer import sequence
from kvob_workflow.proofs.verifying import verify
from kvob_workflow.store import open_store
from tests.proofs.conftest import Fill

EVENTS = 9000  # three transactions, then the head in the store, then the file of heads


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("at", range(1, 6))
def test_a_killed_sequencer_is_succeeded(
    at: int, when: str, url: str, signer: Signer, fill: Fill
) -> None:
    with closing(open_store(url, durable=False)) as store:
        fill(store, EVENTS)
    done = subprocess.run(
        [sys.executable, "-m", "tests.proofs.sequencer_process", url, signer.path, str(at), when],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        cwd=Path(__file__).parents[2],
        check=False,
        capture_output=True,
    )
    assert done.returncode == -signals.SIGKILL, done.stderr
    with closing(open_store(url, durable=False)) as store:
        found = verify(store, signer.verifiers(), signer.heads())
        assert found.verdict is not Verdict.CHANGED  # no false alarm in between
        fill(store, 10)
        head = sequence(store, signer)
        assert head is not None
        assert head.size == EVENTS + 10
        found = verify(store, signer.verifiers(), signer.heads())
        assert (found.verdict, found.covered) == (Verdict.PROVEN, EVENTS + 10)
