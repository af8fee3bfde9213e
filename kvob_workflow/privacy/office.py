"""Who opens the key file, and when? The office: keyring, directory and names of one store."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from kvob_workflow.privacy.directory import Directory
from kvob_workflow.privacy.erasing import ERASED_MARK, KEYS_MARK
from kvob_workflow.privacy.keyring import Keyring
from kvob_workflow.privacy.names import Names

if TYPE_CHECKING:
    from kvob_workflow.privacy.files import KeyFiles
    from kvob_workflow.privacy.ledger import Line
    from kvob_workflow.store import EventStore

_NUMBER_BITS: Final = 62


class Office:
    """The keys, the persons and the names of one store, open."""

    def __init__(self, store: EventStore, files: KeyFiles) -> None:
        """Opens the key file.

        Raises:
            KeysUnavailable: one of its causes.
        """
        self._store = store
        self.keyring: Final = Keyring(files, store.mark(KEYS_MARK))
        self.directory: Final = Directory(store, self.keyring)
        self.names: Final = Names(store, self.keyring, self.directory)

    @staticmethod
    def make(store: EventStore, files: KeyFiles) -> None:
        """Makes the key file of a store, and a master key where there is none.

        Raises:
            KeysUnavailable: one of its causes.
        """
        number = store.mark(KEYS_MARK)
        if number is not None:
            Keyring(files, number).close()  # there is one; says so, or that it is missing
        number = secrets.randbits(_NUMBER_BITS)
        Keyring.make(files, number)
        store.set_mark(KEYS_MARK, number)

    def pending(self) -> tuple[list[Line], int]:
        """The erasures that the store has not taken in yet, and how many there are in all."""
        lines = self.keyring.refresh()
        return lines[self._store.mark(ERASED_MARK) or 0 :], len(lines)

    def close(self) -> None:
        """Closes the key file; closing twice is allowed."""
        self.keyring.close()
