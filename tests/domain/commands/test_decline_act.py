"""Declining takes a proposal away with a reason; nothing else happens."""

from datetime import date

from kvob_domain.estate.certificates import status_on
from kvob_domain.estate.commands.oversight import DeclineAct
from kvob_domain.estate.commands.standing import SuspendCertificate
from kvob_domain.estate.events.oversight import ActDeclined
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from tests.domain.asking import ESTATE, Given, up_to


def test_a_declined_suspension_does_not_happen(given: Given) -> None:
    suspend = SuspendCertificate(estate=ESTATE, on=date(2022, 5, 1), reason="geen overleg")
    story = given(*up_to(Step.EVALUATION), suspend)
    day = date(2022, 5, 9)
    proposal = story.state.proposals[0].id
    decline = DeclineAct(estate=ESTATE, on=day, proposal=proposal, reason="overleg hervat")
    state = story.when(decline).then(ActDeclined).state
    assert state.proposals == ()
    assert status_on(state.certificates, day) is Status.VALID
