"""What do the tests of the proofs share? A store of each kind, a key in a file, events to append.

A test that asks for `path` looks into the file or damages it, and so runs on a file alone.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kvob_domain.estate.events.preparation import SurveyRecorded
from kvob_domain.estate.recorded import Recorded
from kvob_domain.ids import EstateId
from kvob_workflow.proofs.findings import Verdict
from kvob_workflow.proofs.heads import Signer, make_key
from kvob_workflow.proofs.verifying import verify
from kvob_workflow.store import Append, EventStore, open_store

Fill = Callable[[EventStore, int], None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store of a test stands."""
    return tmp_path / "kvob.db"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Names the kinds of store that a test runs on."""
    if "kept_on" in metafunc.fixturenames:
        asked = inspect.signature(metafunc.function).parameters
        of_one = "file" if "path" in asked else "postgres" if "postgres_url" in asked else None
        metafunc.parametrize("kept_on", [of_one] if of_one else ["file", "postgres"])


@pytest.fixture
def url(kept_on: str, request: pytest.FixtureRequest, path: Path) -> str:
    """The address of an empty store."""
    if kept_on == "file":
        return f"sqlite:///{path}"
    address: str = request.getfixturevalue("postgres_url")
    return address


@pytest.fixture
def store(url: str) -> Iterator[EventStore]:
    """An empty store, without views."""
    with closing(open_store(url, durable=False)) as opened:
        yield opened


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    """A new key of the installation "test"."""
    return make_key(tmp_path / "kvob.key", "test")


@pytest.fixture
def fill() -> Fill:
    """Appends so many events: the next ones of three estates in turn."""

    def append(store: EventStore, count: int) -> None:
        before = store.number_of_events()
        events = [
            Recorded(
                estate(number % 3),
                number // 3 + 1,
                SurveyRecorded(on=date(2026, 2, 3), sent=100_000, returned=number),
                datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
                via="test",
            )
            for number in range(before, before + count)
        ]
        store.append(Append(tuple(events)))

    return append


def estate(number: int) -> EstateId:
    """The estate with this number."""
    return EstateId(f"{number:032x}")


def proven(store: EventStore, signer: Signer) -> bool:
    """Whether the store is verified against the heads of this signer."""
    return verify(store, signer.verifiers(), signer.heads()).verdict is Verdict.PROVEN
