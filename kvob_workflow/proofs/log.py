"""What can be asked of the log? Its size and root, where an event stands, and proofs of that.

A `ProofLog` shows the log as it was when it was made. It trusts the tables of the store; who
receives a proof checks it against a signed head, see `merkle.inclusion_is_proven`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kvob_workflow.proofs.entries import entry_bytes
from kvob_workflow.proofs.errors import NotCovered
from kvob_workflow.proofs.tiles import Tiles

if TYPE_CHECKING:
    from kvob_workflow.store.log import KeptCheckpoint, LogKeeping, LogRun


class LoggedEvent(NamedTuple):
    """A stored event with its entry and the leaf at which it stands; None when not covered yet."""

    leaf: int | None
    position: int
    estate: str
    version: int
    topic: str
    state: bytes

    @property
    def entry(self) -> bytes:
        """The bytes that the leaf is the hash of."""
        return entry_bytes(self.estate, self.version, self.topic, self.state)


class ProofLog:
    """The log of a store, at one moment."""

    def __init__(self, store: LogKeeping) -> None:
        """Read how far the log is."""
        self._store = store
        self._state = store.log_state()
        self._tiles = Tiles(store.log_tiles)
        self._run: LogRun | None = None

    @property
    def size(self) -> int:
        """How many leaves the log has."""
        return self._state.size

    @property
    def number(self) -> int:
        """Which log of the installation this is: 1, or more after a restart."""
        return self._state.generation

    def root(self, size: int | None = None) -> bytes:
        """The root over the first `size` leaves; over all when absent."""
        return self._tiles.root(self._within(self.size if size is None else size))

    def leaf_index(self, estate: str, version: int) -> int:
        """At which leaf (from 0) an event stands.

        Raises:
            NotCovered: it is not in the log yet, or does not exist.
        """
        for event in self._events(estate):
            if event.version == version and event.leaf is not None:
                return event.leaf
        raise NotCovered(estate, version)

    def inclusion(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """What proves that the leaf at `index` is among the first `size`; of all when absent.

        Raises:
            IndexError: the log has no such leaf.
        """
        whole = self._within(self.size if size is None else size)
        if not 0 <= index < whole:
            raise IndexError(index)
        return self._tiles.inclusion(index, whole)

    def consistency(self, old_size: int, new_size: int | None = None) -> tuple[bytes, ...]:
        """What proves that the first `new_size` leaves begin with the first `old_size`.

        Raises:
            IndexError: the log is not that long, or the sizes are the wrong way round.
        """
        whole = self._within(self.size if new_size is None else new_size)
        if not 0 <= old_size <= whole:
            raise IndexError(old_size)
        return self._tiles.consistency(old_size, whole)

    def checkpoints(self) -> list[str]:
        """The signed notes that are kept, the newest first."""
        return [one.note for one in self.kept()]

    def kept(self) -> list[KeptCheckpoint]:
        """The same, each with its size and whether a witness signed it."""
        return self._store.checkpoints()

    def opening(self) -> bytes | None:
        """The entry at leaf 0 of a log that was begun anew; None in log-1."""
        return self._store.log_opening(self.number)

    def entries(self, estate: str) -> list[LoggedEvent]:
        """The events of an estate by version, each with its leaf."""
        return self._events(estate)

    def _events(self, estate: str) -> list[LoggedEvent]:
        return [LoggedEvent(self._leaf_at(row[0]), *row) for row in self._store.raw_stream(estate)]

    def _leaf_at(self, position: int) -> int | None:
        run = self._run
        if run is None or not 0 <= position - run.first_position < run.number:
            # Events of an estate mostly stand in one run, and a server answers one at a time.
            run = self._run = self._store.log_run(position=position)
        if run is None or not 0 <= position - run.first_position < run.number:
            return None
        leaf = run.first_leaf + position - run.first_position
        return leaf if leaf < self.size else None

    def _within(self, size: int) -> int:
        if not 0 <= size <= self.size:
            raise IndexError(size)
        return size
