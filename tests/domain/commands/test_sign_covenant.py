"""Signing the covenant: who signs, who witnesses, and what they agree."""

from datetime import date
from decimal import Decimal

from kvob_domain.estate.events.certification import CovenantSigned
from kvob_domain.estate.values import Agreement, AgreementSubject
from kvob_domain.ids import PersonId
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.parties import PartyRole, Signatory
from kvob_domain.refusals.lifecycle import WrongStep
from tests.domain.asking import PARTIES, RENEWAL, Given, award, sign, signing, up_to

INSURER = Signatory(organisation="Interpolis", role=PartyRole.OTHER)
MAYOR = Signatory(
    organisation="Gemeente Voorbeeldstad",
    role=PartyRole.MUNICIPALITY,
    person=PersonId("p-17"),
    function="burgemeester",
)
PATROL = Agreement(
    subject=AgreementSubject.SUPERVISION,
    party="Parkmanagement",
    times_per_year=365,
    payer="Ondernemersvereniging",
    amount_eur=Decimal("12000.50"),
)


def test_the_award_follows_the_covenant(given: Given) -> None:
    state = given(*up_to(Step.COVENANT)).when(sign()).then(CovenantSigned).state
    assert (state.step, state.dossier.covenant_on) == (Step.AWARD, date(2021, 4, 15))


def test_witnesses_and_agreements_are_kept_apart_from_signatories(given: Given) -> None:
    signatories = (MAYOR, *signing(PARTIES[0], *PARTIES[2:]))
    command = sign(signatories=signatories, witnesses=(INSURER,), agreements=(PATROL,))
    expected = CovenantSigned(
        on=command.on, signatories=signatories, witnesses=(INSURER,), agreements=(PATROL,)
    )
    result = given(*up_to(Step.COVENANT)).when(command).then(expected)
    assert "Interpolis" not in [party.organisation for party in result.state.parties]


def test_a_later_signature_is_recorded_and_never_moves_a_step_back(given: Given) -> None:
    late = sign(date(2021, 7, 1), PARTIES[0])
    state = given(*up_to(Step.EVALUATION)).when(late).then(CovenantSigned).state
    assert state.step is Step.EVALUATION
    renewing = given(*up_to(Step.RECERTIFICATION)).when(sign(date(2024, 2, 1)))
    assert renewing.then(CovenantSigned).state.step is Step.RECERTIFICATION


def test_the_covenant_of_a_renewal_may_seal_the_award(given: Given) -> None:
    renewed = given(*up_to(Step.RECERTIFICATION), *RENEWAL, award(date(2024, 5, 16)))
    state = renewed.when(sign(date(2024, 5, 30))).then(CovenantSigned).state
    assert (state.step, state.dossier.covenant_on) == (Step.EVALUATION, date(2024, 5, 30))


def test_there_is_nothing_to_sign_before_the_plan(given: Given) -> None:
    refusal = given(*up_to(Step.ACTION_PLAN)).when(sign()).then_refused(WrongStep)
    assert refusal.possible_in == (
        Step.COVENANT,
        Step.AWARD,
        Step.EVALUATION,
        Step.RECERTIFICATION,
    )
