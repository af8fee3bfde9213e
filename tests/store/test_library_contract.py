"""Does our recorder pass the library's own tests of a recorder?"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from unittest.mock import patch
from uuid import uuid4

from kvob_workflow.store.sqlite.connections import Connections, FileConnections, MemoryConnections
from kvob_workflow.store.sqlite.library import Datastore, Recorder

# The library's tests import its cipher, which needs a package that we have no use for.
_cipher = ModuleType("eventsourcing.cipher")
_cipher.__dict__["AESCipher"] = object
with patch.dict(sys.modules, {"eventsourcing.cipher": _cipher}):
    from eventsourcing.tests import persistence as library


class InMemory(library.ApplicationRecorderTestCase[Recorder]):
    """The library's tests, in memory."""

    def new_originator_id(self) -> str:
        return uuid4().hex

    def connections(self) -> Connections:
        return MemoryConnections()

    def create_recorder(self) -> Recorder:
        connections = self.connections()
        self.addCleanup(connections.close)
        recorder = Recorder(Datastore(connections))
        recorder.create_table()
        return recorder


class InFile(InMemory):
    """The library's tests, in a file."""

    def connections(self) -> Connections:
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        return FileConnections(Path(folder.name) / "events.db")


class NotInterleaving(library.NonInterleavingNotificationIDsBaseCase):
    """Positions of one append follow each other when two threads write."""

    def new_originator_id(self) -> str:
        return uuid4().hex

    def create_recorder(self) -> Recorder:
        connections = MemoryConnections()
        self.addCleanup(connections.close)
        recorder = Recorder(Datastore(connections))
        recorder.create_table()
        return recorder
