"""Has everything on the pages of an estate its words, its place and its explanation?"""

from __future__ import annotations

from datetime import date

import pytest

from kvob_domain.actor import Role
from kvob_domain.estate.commands import ALL_COMMANDS, EstateCommand, name_of
from kvob_domain.estate.irregularities import IrregularityKind
from kvob_domain.estate.legality import IN_TRAJECTORY
from kvob_domain.estate.requirement_codes import OWED_BY, RequirementCode
from kvob_domain.ids import PersonId
from kvob_domain.lifecycle.table import has_move
from kvob_domain.mandates import Scope
from kvob_domain.mandates.refusals import ScopeMissing
from kvob_domain.parties import PartyRole, Signatory
from kvob_domain.personal import Erased, Opened, Sealed, SealFault, Unopened
from kvob_workflow.engine.errors import EstateNotFound
from kvob_workflow.web.codes import WORDS
from kvob_workflow.web.one_estate import actions, owed
from kvob_workflow.web.one_estate.oddities import EXPLAINED
from kvob_workflow.web.one_estate.plainly import plainly, without_source
from kvob_workflow.web.telling.names import Names

_SEALED = Sealed(
    person=PersonId("p-1"),
    purpose="names",
    key=1,
    nonce="0" * 24,
    box="A" * 24,
    commitment="0" * 64,
)


def test_everybody_who_owes_something_has_words() -> None:
    assert set(OWED_BY.values()) <= WORDS["owed_by"].keys()


def test_every_requirement_is_brought_by_a_command_that_there_is() -> None:
    commands = {name_of(one) for one in ALL_COMMANDS}
    assert set(owed.BROUGHT_BY) == set(RequirementCode)
    assert {name for name, _ in owed.BROUGHT_BY.values()} <= commands


def test_every_irregularity_is_explained() -> None:
    assert set(EXPLAINED) == set(IrregularityKind)


def test_every_command_of_an_estate_has_its_place_on_the_page() -> None:
    by_lifecycle = {name for one in ALL_COMMANDS if has_move(name := name_of(one))}
    with_their_subject = {
        "approve_act",
        "decline_act",
        "extend_deadline",
        "replan_deadline",
        "waive_deadline",
        "present_certificate",
    }
    placed = by_lifecycle | IN_TRAJECTORY | with_their_subject | set(actions.OF_DOSSIER)
    assert {name_of(one) for one in ALL_COMMANDS if issubclass(one, EstateCommand)} <= placed


def test_a_sentence_is_read_without_the_command_line() -> None:
    said = "Leg haar vast (record-survey) voor 2027-06-03. (Levensloop; zie 'kvob diagram'.)"
    assert plainly(said, "nl") == "Leg haar vast voor 3 juni 2027."
    assert plainly("Record it by 2027-06-03.", "en") == "Record it by 3 June 2027."
    lost = EstateNotFound("Zilverhoek")
    assert plainly(lost.message("nl"), "nl").endswith(". Zoek het op, of meld het aan.")
    missing = ScopeMissing(Scope.RECORDS_CORRECT, Role.GUIDE)
    assert "rol (procesbegeleider). Vraag" in plainly(missing.message("nl"), "nl")
    assert plainly("Try again; 'kvob doctor' looks for the cause.", "en") == "Try again."
    assert plainly("Zaak 2027-13-40 (spoed)", "nl") == "Zaak 2027-13-40 (spoed)"


def test_the_source_is_taken_out_of_a_sentence() -> None:
    said = "Te weinig. (Regel van practice; bron https://voorbeeld.nl/a)"
    assert without_source(said, "https://voorbeeld.nl/a") == "Te weinig."
    assert without_source(said, "elders") == said
    assert without_source(said, "") == said
    assert without_source("bron x zonder haakjes", "x") == "bron x zonder haakjes"


@pytest.mark.parametrize(
    ("opened", "shown"),
    [
        ("A. Jansen", "A. Jansen"),
        (Erased(PersonId("p-1"), date(2026, 1, 1)), "gewist"),
        (Unopened(PersonId("p-1"), SealFault.KEY_MISSING), "p-1 (sleutel ontbreekt)"),
        (None, "p-1"),
    ],
)
def test_a_name_is_shown_as_far_as_it_can_be_opened(opened: Opened | None, shown: str) -> None:
    names = {} if opened is None else {_SEALED.nonce: opened}
    signed = Signatory(organisation="A", role=PartyRole.POLICE, person=PersonId("p-1"))
    assert Names(names).of_signatory(signed, "nl") == ""
    sealed = signed.model_copy(update={"name": _SEALED})
    assert Names(names).of_signatory(sealed, "nl") == shown


def test_who_may_not_be_seen_is_told_to_be_hidden() -> None:
    sealed = _SEALED.model_copy(update={"person": PersonId("hidden")})
    signed = Signatory(organisation="A", role=PartyRole.POLICE, name=sealed)
    assert Names().of_signatory(signed, "nl") == "afgeschermd"
    assert Names().of_signatory(signed, "en") == "not shown"
