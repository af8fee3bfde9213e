"""Does `kvob today` tell what there is to do, in both languages and as JSON?"""

from __future__ import annotations

from datetime import date

import pytest

from kvob_domain.actor import Actor
from kvob_domain.ids import PersonId
from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.cli.exit_codes import ExitCode
from kvob_workflow.testing import SettableClock
from tests.cli.conftest import Kvob
from tests.projections import cycle


@pytest.fixture
def town(store: str) -> str:
    """Two estates, one certified and one before its audit."""
    with Engine.open(store, clock=SettableClock(date(2024, 2, 1))) as engine:
        for name, steps in (("Oost", cycle.CERTIFIED), ("West", cycle.AWARD)):
            estate = engine.do(RegisterEstate(name=name, municipalities=("Oss",))).estate
            for step in steps:
                engine.do(step.command(estate), actor=Actor(PersonId(step.person)))
    return store


def test_every_section_stands_below_its_number(kvob: Kvob, town: str) -> None:
    words = ("today", "--store", town, "--on", "2024-03-01")
    nl = kvob(*words, "--lang", "nl")
    assert nl.code == ExitCode.OK
    assert "Verloopt zonder hercertificering: 1\n  2024-06-03  Oost, Oss (Geldig)" in nl.out
    assert "Audits met open punten: 1\n  West, Oss: audit met positief advies" in nl.out
    assert "Gemeente Voorbeeldstad (gemeente): 2 maatregelen, 1 terrein" in nl.out
    en = kvob(*words, "--lang", "en")
    assert "Expiring without renewal: 1\n  2024-06-03  Oost, Oss (Valid)" in en.out
    assert "Overdue measures: 4" in en.out


def test_a_section_a_role_and_a_municipality_narrow_it(kvob: Kvob, town: str) -> None:
    words = ("today", "--store", town, "--on", "2024-03-01", "--json")
    found = kvob(*words, "--section", "expiring", "--months", "3").json()
    assert found["expiring"]["total"] == 0
    assert found["audit_gaps"] is None
    assert kvob(*words, "--owed-by", "decider").json()["expiring"] is None
    assert kvob(*words, "--municipality", "Soest").json()["expiring"]["total"] == 0
    told = kvob("today", "--store", town, "--municipality", "Soest", "--lang", "en")
    assert told.out.startswith("There is nothing to do.")
    assert kvob(*words, "--section", "coffee").code == ExitCode.INVALID
    assert kvob(*words, "--months", "0").code == ExitCode.INVALID
