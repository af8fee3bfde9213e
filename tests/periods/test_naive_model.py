"""Do answers about the past equal a plain model, and would a difference be seen?"""

import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

import psycopg
import pytest

from benchmarks import as_of_campaign
from benchmarks.as_of_campaign import Wrong, campaign
from kvob_domain.estate.as_of import state_at
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId
from kvob_projections import ALL_VIEWS, rectangles
from kvob_workflow.engine import past
from kvob_workflow.store import EventStore, open_store
from tests.postgres_server import Server

Opened = Callable[[], EventStore]


@pytest.fixture
def on_postgres(postgres: Server) -> Iterator[Opened]:
    """Opens a new store each time it is called; their schemas go afterwards."""
    schemas: list[str] = []

    def opened() -> EventStore:
        schemas.append(f"kvob_{uuid.uuid4().hex[:12]}")
        return open_store(postgres.url(schemas[-1]), ALL_VIEWS, durable=False)

    yield opened
    with psycopg.connect(postgres.dsn, autocommit=True) as connection:
        for schema in schemas:
            connection.execute(f"DROP SCHEMA {schema} CASCADE".encode())


@pytest.mark.parametrize("seed", [1, 2])
def test_two_thousand_questions_about_troubled_histories_are_answered_right(seed: int) -> None:
    asked = campaign(2000, seed)
    assert asked.total() >= 2000
    assert min(asked[name] for name in ("state", "board", "register", "due", "measures")) > 100


def test_postgresql_answers_right_as_well(on_postgres: Opened) -> None:
    asked = campaign(700, 4, opened=on_postgres)
    assert min(asked[name] for name in ("state", "board", "register", "due", "measures")) > 40


def test_rectangles_without_the_corrections_are_seen_to_be_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def uncorrected(history: Sequence[Recorded]) -> Sequence[Recorded]:
        return history

    monkeypatch.setattr(rectangles, "effective", uncorrected)
    with pytest.raises(Wrong, match="round"):
        campaign(2000, 1)


def test_states_without_the_second_clock_are_seen_to_be_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def known_now(
        estate: EstateId, history: Sequence[Recorded], day: date | None, known_at: datetime
    ) -> Estate:
        return state_at(estate, history, day)

    monkeypatch.setattr(past, "state_at", known_now)
    with pytest.raises(Wrong, match="state of"):
        campaign(2000, 1)


def test_a_walk_in_the_order_of_the_list_gives_the_same_pages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kvob_projections.past.FEW", 1)
    assert as_of_campaign.campaign(1500, 3).total() >= 1500


def test_a_walk_in_postgresql_gives_the_same_pages(
    monkeypatch: pytest.MonkeyPatch, on_postgres: Opened
) -> None:
    monkeypatch.setattr("kvob_projections.past.FEW", 1)
    monkeypatch.setattr("kvob_projections.boxes.DAYS_READ", 1)
    assert as_of_campaign.campaign(600, 5, opened=on_postgres).total() >= 600
