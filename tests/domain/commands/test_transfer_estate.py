"""A transfer takes the estate to another certification body, with its certificate."""

from datetime import date

from kvob_domain.estate.certificates import status_on
from kvob_domain.estate.commands.identity import TransferEstate
from kvob_domain.estate.events.identity import EstateTransferred
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from tests.domain.asking import ESTATE, RENEWAL, Given, award, up_to

TRANSFER = TransferEstate(estate=ESTATE, on=date(2022, 3, 1), to_body="DASS", reason="keuze")


def test_the_event_names_both_bodies(given: Given) -> None:
    expected = EstateTransferred(on=TRANSFER.on, from_body="Kiwa", to_body="DASS", reason="keuze")
    given(*up_to(Step.EVALUATION)).when(TRANSFER).then(expected)


def test_the_certificate_stays_valid_and_keeps_the_body_that_awarded_it(given: Given) -> None:
    state = given(*up_to(Step.EVALUATION), TRANSFER).state
    assert state.body == "DASS"
    assert state.certificates[0].body == "Kiwa"
    assert status_on(state.certificates, date(2022, 3, 2)) is Status.VALID


def test_the_new_body_awards_the_renewal(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION), TRANSFER)
    story = story.given(*up_to(Step.RECERTIFICATION)[-5:], *RENEWAL, award(date(2024, 5, 16)))
    assert story.state.certificates[1].body == "DASS"
