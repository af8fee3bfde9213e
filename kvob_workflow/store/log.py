"""What does the store keep of the proof log? Its state, tiles, runs and checkpoints.

A part of the port, see `kvob_workflow.store.port`. The store hashes and signs nothing. Read next:
`kvob_workflow.proofs.sequencer`, which fills the log, and `kvob_workflow.proofs.log`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

RawEvent = tuple[int, str, int, str, bytes]
"""An event as it is stored: position, estate, version, topic, state."""

TILE_HASHES: Final = 256
"""How many hashes a full tile has."""

KEPT_CHECKPOINTS: Final = 64
"""How many checkpoints without a witness's signature are kept: the newest ones."""


class LogState(NamedTuple):
    """How far the log is: the number of the log, its leaves, the last position among them."""

    generation: int
    size: int
    position: int


class LogRun(NamedTuple):
    """Leaf `first_leaf` + n is the event at `first_position` + n, for n below `number`."""

    first_leaf: int
    first_position: int
    number: int


class TileKey(NamedTuple):
    """Which tile: a hash of level n stands for 256^n leaves."""

    level: int
    number: int


@dataclass(frozen=True, slots=True)
class KeptCheckpoint:
    """A signed note, how many leaves it speaks of, and whether a witness signed it too."""

    size: int
    note: str
    cosigned: bool


class LogKeeping(Protocol):
    """Keeps the proof log beside the events. Nothing here is done while events are appended."""

    def log_turn(self) -> AbstractContextManager[bool]:
        """Whether this thread is the one that may sequence this log now, on whatever node.

        What moves the log on within the block is refused when the turn was lost meanwhile. A
        file says True always: there the lock beside the signing key decides.
        """
        ...

    def raw_page(self, after: int, limit: int) -> list[RawEvent]:
        """At most `limit` stored events with a position above `after`, in order of position."""
        ...

    def raw_stream(self, estate: str) -> list[RawEvent]:
        """The stored events of an estate by version; empty when it is unknown."""
        ...

    def number_of_events(self) -> int:
        """How many events are stored."""
        ...

    def log_state(self) -> LogState:
        """How far the log is; (1, 0, 0) before the first event is in it."""
        ...

    def log_opening(self, generation: int) -> bytes | None:
        """The first entry of a log that was begun anew; None for log-1."""
        ...

    def log_tiles(self, keys: Sequence[TileKey]) -> dict[TileKey, bytes]:
        """The tiles that are there, of those asked for."""
        ...

    def log_run(self, *, leaf: int | None = None, position: int | None = None) -> LogRun | None:
        """The last run that begins at or before a leaf, or a position; None when there is none."""
        ...

    def log_runs(self) -> list[LogRun]:
        """Every run, by leaf."""
        ...

    def extend_log(
        self,
        expected: LogState,
        state: LogState,
        tiles: Mapping[TileKey, bytes],
        runs: Sequence[LogRun],
    ) -> bool:
        """Moves the log on in one transaction: new or longer tiles, new or longer runs.

        False, and nothing written, when the log is not at `expected`: somebody was faster.
        """
        ...

    def restart_log(self, expected: LogState, generation: int, opening: bytes) -> bool:
        """Begins an empty log under another number; tiles, runs and checkpoints go.

        False, and nothing written, when the log is not at `expected`.
        """
        ...

    def checkpoints(self, limit: int = KEPT_CHECKPOINTS) -> list[KeptCheckpoint]:
        """At most `limit` checkpoints, the newest first."""
        ...

    def keep_checkpoint(self, generation: int, checkpoint: KeptCheckpoint) -> bool:
        """Keeps a checkpoint in place of one of the same size, and drops old ones.

        All that are cosigned stay, and the newest `KEPT_CHECKPOINTS` of the others. False, and
        nothing written, when the log has another number or is shorter than the checkpoint.
        """
        ...
