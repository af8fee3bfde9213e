"""Is personal data in free text noticed, and is everything else left in peace?"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import BaseModel

from kvob_domain.estate.commands.corrections import Correct
from kvob_domain.estate.commands.preparation import AdoptPlan
from kvob_domain.estate.values import Goal, Measure
from kvob_domain.free_text import Leak, free_texts, leaks_in, warnings_of
from kvob_domain.ids import EstateId
from kvob_workflow import Engine, RegisterEstate, RenameEstate
from kvob_workflow.demo.plan import measures
from kvob_workflow.importing import import_file, sample_cases
from tests.privacy.conftest import NAME, TODAY, estate, intent, person

_IN = EstateId("a" * 32)


def plan(text: str) -> tuple[Measure, ...]:
    return tuple(one.model_copy(update={"text": text}) for one in measures(TODAY)[:1])


PEOPLE_AND_PLANS: dict[str, Callable[[str], BaseModel]] = {
    "a field": lambda text: RenameEstate(estate=_IN, on=TODAY, name="Zilver", reason=text),
    "a list of texts": lambda text: RegisterEstate(name="Zilver", municipalities=("A", text)),
    "a model in a list": lambda text: AdoptPlan(
        estate=_IN, on=TODAY, goals=(Goal(id="g1", text="minder"),), measures=plan(text)
    ),
    "an object in JSON": lambda text: Correct(
        estate=_IN, on=TODAY, version=2, says={"note": [{"text": text}]}, reason="zo was het"
    ),
}


@pytest.mark.parametrize(
    "text",
    [
        "bel 06-12345678",
        "06 12 34 56 78",
        "0612345678.",
        "+31 6 12345678",
        "+31612345678",
        "0031 495 123456",
        "0495 123456",
        "0495-123456",
        "(0495) 12 34 56",
        "tel. 040-1234567, na zessen",
        "+31 (0)40 123 45 67",
    ],
)
def test_telephone_numbers_are_noticed(text: str) -> None:
    assert leaks_in(text) == (Leak.PHONE,)


@pytest.mark.parametrize("text", ["jan@voorbeeld.nl", "mail: J.de-Vries+x@a.b.example, of bel"])
def test_e_mail_addresses_are_noticed(text: str) -> None:
    assert leaks_in(text) == (Leak.EMAIL,)


@pytest.mark.parametrize(
    "text",
    [
        "01-02-2021 12",
        "2021-06-30 tot 2024-06-29",
        "30-06-2021/01-07-2024",
        "KvK 01234567",
        "KvK-nummer 61234567, vestiging 000012345678",
        "€ 12.000,50 en 0495123,45",
        "NL91 ABNA 0417 1643 00",
        "NL91ABNA0417164300",
        "BTW NL001234567B01",
        "18 inbraken in 2020, 40 incidenten, 146000 euro",
        "Maatregelen 1, 2, 3, 4, 5, 6, 7, 8, 9 en 10",
        "Bedrijventerrein De Hoek 2 @ Voorbeeldstad",
        "fase 06 1234",
        "dossier 2021.0612345678.9",
        "2020-2021-2022-2023",
    ],
)
def test_dates_amounts_and_numbers_are_left_in_peace(text: str) -> None:
    assert leaks_in(text) == ()


def test_the_outcome_warns_and_the_command_is_carried_out(engine: Engine) -> None:
    where = estate(engine)
    renamed = RenameEstate(estate=where, on=TODAY, name="Zilver", reason="vraag jan@voorbeeld.nl")
    outcome = engine.do(renamed)
    assert outcome.events
    (warning,) = outcome.warnings
    assert "'reason'" in warning.nl
    assert "jan@" not in warning.nl + warning.en


@pytest.mark.parametrize("leak", ["jan@voorbeeld.nl", "bel 06-12345678", "niets"])
@pytest.mark.parametrize("given", [*PEOPLE_AND_PLANS])
def test_a_leak_is_found_wherever_it_stands(given: str, leak: str) -> None:
    command = PEOPLE_AND_PLANS[given](leak)
    looked = {one for _, text in free_texts(command) for one in leaks_in(text)}
    assert len(warnings_of(command)) == len(looked) == (leak != "niets")


def test_a_name_under_seal_is_no_free_text(engine: Engine) -> None:
    where, who = estate(engine), person(engine)
    assert warnings_of(intent(where, who, "mens@voorbeeld.nl")) == ()
    assert warnings_of(intent(where, who, NAME)) == ()


def test_an_import_counts_the_rows_with_personal_free_text(engine: Engine, tmp_path: Path) -> None:
    with sample_cases() as sample:
        lines = sample.read_text("utf-8").splitlines(keepends=True)
    clean, leaking = tmp_path / "clean.csv", tmp_path / "leaking.csv"
    clean.write_text("".join(lines[:3]), "utf-8")
    column = lines[0].rstrip("\n").split(",").index("note")
    fields = next(csv.reader([lines[1]]))
    fields[column] = "bel 0495-123456"
    with leaking.open("w", newline="") as file:
        csv.writer(file).writerows([next(csv.reader([lines[0]])), fields])
    assert "rows-personal" not in [one.code for one in import_file(engine, clean).notices]
    (notice,) = import_file(engine, leaking, dry_run=True).notices
    assert notice.code == "rows-personal"
