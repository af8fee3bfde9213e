"""A process that sequences one store and is killed on the way; run by test_sequencer_killed.

Arguments: the address, the key file, at which call of the store it ends, "before" or "after".
It kills itself with SIGKILL, so nothing is closed, flushed or rolled back.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from kvob_workflow.proofs.heads import Signer
from kvob_workflow.proofs.notes import SignedNote
from kvob_workflow.proofs.sequencer import sequence
from kvob_workflow.store import open_store
from kvob_workflow.store.log import KeptCheckpoint, LogRun, LogState, TileKey

T = TypeVar("T")


class Death:
    """Ends the process at one of its calls."""

    def __init__(self, at: int, when: str) -> None:
        self._left = at
        self._when = when

    def around(self, work: Callable[[], T]) -> T:
        self._left -= 1
        if self._left == 0 and self._when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        answer = work()
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer


class DyingSigner(Signer):
    """A signer that dies around the writing of its heads."""

    death: Death

    def add_head(self, note: SignedNote) -> None:
        add = super().add_head
        self.death.around(lambda: add(note))


def main(url: str, key: str, at: int, when: str) -> None:
    """One pass that is not finished."""
    opened = open_store(url)
    extend, keep = opened.extend_log, opened.keep_checkpoint
    signer, death = DyingSigner(Path(key)), Death(at, when)

    def extend_log(
        expected: LogState, state: LogState, tiles: Mapping[TileKey, bytes], runs: Sequence[LogRun]
    ) -> bool:
        return death.around(lambda: extend(expected, state, tiles, runs))

    def keep_checkpoint(generation: int, checkpoint: KeptCheckpoint) -> bool:
        return death.around(lambda: keep(generation, checkpoint))

    signer.death = death
    opened.extend_log = extend_log  # type: ignore[method-assign]
    opened.keep_checkpoint = keep_checkpoint  # type: ignore[method-assign]
    sequence(opened, signer)
    opened.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
