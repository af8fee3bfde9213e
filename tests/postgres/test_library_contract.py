"""Does our recorder on PostgreSQL pass the library's own tests of a recorder?"""

from __future__ import annotations

import sys
from types import ModuleType
from unittest import TestCase
from unittest.mock import patch
from uuid import uuid4

import pytest

from kvob_workflow.limits import StoreLimits
from kvob_workflow.store.postgres.address import parse_address
from kvob_workflow.store.postgres.connections import Connections
from kvob_workflow.store.postgres.library import Datastore, Recorder

# The library's tests import its cipher, which needs a package that we have no use for.
_cipher = ModuleType("eventsourcing.cipher")
_cipher.__dict__["AESCipher"] = object
with patch.dict(sys.modules, {"eventsourcing.cipher": _cipher}):
    from eventsourcing.tests import persistence as library


class _OnPostgres(TestCase):
    """A recorder in an empty schema of the tests' server."""

    address: str

    @pytest.fixture(autouse=True)
    def _in_an_empty_schema(self, postgres_url: str) -> None:
        self.address = postgres_url

    def new_originator_id(self) -> str:
        return uuid4().hex

    def create_recorder(self) -> Recorder:
        connections = Connections(parse_address(self.address), StoreLimits())
        self.addCleanup(connections.close)
        recorder = Recorder(Datastore(connections))
        recorder.create_table()
        return recorder


class ApplicationRecorder(_OnPostgres, library.ApplicationRecorderTestCase[Recorder]):
    """The library's tests, with those of subscriptions."""

    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class NotInterleaving(_OnPostgres, library.NonInterleavingNotificationIDsBaseCase):
    """Positions of one append follow each other when two threads write."""
