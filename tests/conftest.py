"""What every test shares: the repository's root, Hypothesis' settings, one identity per module."""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.postgres_server import NoServer, Server, server

# A slow shared machine is no defect, and a run in CI can be repeated example by example.
settings.register_profile("developer", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "developer")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root folder."""
    return Path(__file__).parent.parent


@pytest.fixture(scope="session", autouse=True)
def one_identity_per_module() -> Iterator[None]:
    """Fails the run when a test imported `domain.kvob_domain`, a second copy of every class."""
    yield
    assert [name for name in sys.modules if name.startswith(("domain.", "projections."))] == []


def pytest_addoption(parser: pytest.Parser) -> None:
    """One flag runs what needs no PostgreSQL, on a machine that cannot have one."""
    parser.addoption(
        "--without-postgres",
        action="store_true",
        help="leave out the tests that need a PostgreSQL server",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves the tests that need a server out, and says so, when the flag is given."""
    if not config.getoption("--without-postgres"):
        return
    needs = [item for item in items if _needs_postgres(item)]
    config.hook.pytest_deselected(items=needs)
    items[:] = [item for item in items if not _needs_postgres(item)]


def _needs_postgres(item: pytest.Item) -> bool:
    names: list[str] = getattr(item, "fixturenames", [])
    call = getattr(item, "callspec", None)
    chosen = call is not None and "postgres" in call.params.values()
    return chosen or "postgres" in names or "postgres_url" in names


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server of our own, for the whole run."""
    try:
        with server() as running:
            yield running
    except NoServer as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(params=["file", "postgres"])
def kept_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store of each kind that outlives its closing."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path / 'kvob.db'}"


@pytest.fixture
def postgres_url(postgres: Server) -> Iterator[str]:
    """The address of an empty store in that server; its schema goes afterwards."""
    import psycopg
    import psycopg.sql

    schema = f"kvob_{uuid.uuid4().hex[:12]}"
    yield postgres.url(schema)
    with psycopg.connect(postgres.dsn, autocommit=True) as connection:
        drop = psycopg.sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE")
        connection.execute(drop.format(psycopg.sql.Identifier(schema)))
