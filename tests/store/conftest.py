"""Which stores must keep the port's promise? One in memory and one in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from kvob_workflow.store import open_store
from kvob_workflow.store.postgres.address import parse_address
from tests.store.samples import VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvob_workflow.store import EventStore


@pytest.fixture
def file_url(tmp_path: Path) -> str:
    """The address of a file that is not there yet."""
    return f"sqlite:///{tmp_path}/kvob.db"


@pytest.fixture(params=["memory", "file", "postgres"])
def url(request: pytest.FixtureRequest, file_url: str) -> str:
    """The address of an empty store of each kind."""
    if request.param == "postgres":
        address: str = request.getfixturevalue("postgres_url")
        return address
    return "memory:" if request.param == "memory" else file_url


@pytest.fixture
def store(url: str) -> Iterator[EventStore]:
    """An empty store of each kind, with the views of the samples."""
    opened = open_store(url, VIEWS)
    yield opened
    opened.close()


def beside(url: str) -> psycopg.Connection:
    """A connection of somebody else's, in the store's schema."""
    address = parse_address(url)
    options = f"-c search_path={address.schema}"
    return psycopg.connect(address.conninfo, options=options, autocommit=True)
