"""A register with one estate and its key, and a statement that it signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kvob_domain.ids import EstateId
from kvob_workflow import Engine, PartialDate, PastFact, Provenance, RecordPastFact, RegisterEstate
from kvob_workflow.statements import RegisterKeys, make_keys
from kvob_workflow.testing import SettableClock, engine_at

TODAY = date(2026, 11, 23)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(TODAY)


@pytest.fixture
def engine(clock: SettableClock) -> Iterator[Engine]:
    with engine_at("memory:", clock) as opened:
        yield opened


@pytest.fixture
def estate(engine: Engine) -> EstateId:
    """An estate with a certificate from 1 May 2025 to 30 April 2028, begun by its event 2."""
    register = RegisterEstate(name="De Hoek", municipalities=("Goes",))
    made = engine.do(register).estate
    award = PastFact.model_validate(
        {
            "kind": "award",
            "on": PartialDate.parse("2025-05-01"),
            "provenance": Provenance(source="https://example.org/"),
        }
    )
    engine.do(RecordPastFact(estate=made, fact=award))
    return made


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "register.key"


@pytest.fixture
def keys(key_file: Path) -> RegisterKeys:
    return make_keys(key_file, "kvob/example")


@pytest.fixture
def statement(engine: Engine, estate: EstateId, keys: RegisterKeys) -> str:
    return engine.certificate_statement(estate, keys, certificate=2)
