"""Which files keep the keys? The key file, the master key and the ledger of erasures.

The key file and the ledger stand beside the store. The master key does at first, and belongs
elsewhere: whoever has a backup with all of them can read every name.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import os

KEYS_SUFFIX: Final = ".keys"
MASTER_SUFFIX: Final = ".master"
LEDGER_SUFFIX: Final = ".erased.jsonl"


class KeyFiles(NamedTuple):
    """Where the keys are. The ledger stands beside the key file."""

    keys: Path
    master: Path

    @property
    def ledger(self) -> Path:
        """The append-only list of erasures."""
        return self.keys.with_name(self.keys.name + LEDGER_SUFFIX)

    @property
    def next_master(self) -> Path:
        """Where a new master key waits until the key file has been wrapped anew."""
        return self.master.with_name(self.master.name + ".new")


def key_files(
    store: Path | None,
    keys: str | os.PathLike[str] | None = None,
    master: str | os.PathLike[str] | None = None,
) -> KeyFiles | None:
    """The files that belong to a store; None for one in memory that names no key file."""
    place = Path(keys).absolute() if keys else None
    if place is None and store is not None:
        place = store.with_name(store.name + KEYS_SUFFIX)
    if place is None:
        return None
    beside = store or place
    return KeyFiles(
        place, Path(master).absolute() if master else beside.with_name(beside.name + MASTER_SUFFIX)
    )
