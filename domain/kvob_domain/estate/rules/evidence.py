"""Which evidence does a move rest on?"""

from dataclasses import replace

from kvob_domain.errors import Rejected
from kvob_domain.estate.commands.certification import (
    AwardCertificate,
    RequestAudit,
    SignCovenant,
)
from kvob_domain.estate.commands.preparation import (
    AdoptAnalysis,
    AdoptPlan,
    DeclareIntent,
    RecordSurvey,
)
from kvob_domain.estate.ground import Ground
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.estate.requirements import gating, shortfall
from kvob_domain.estate.rules.base import rule
from kvob_domain.estate.state import Estate
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.evidence import (
    CovenantComesFirst,
    CovenantMissing,
    MoreReturnedThanSent,
)

Gated = DeclareIntent | AdoptAnalysis | AdoptPlan | AwardCertificate


@rule(RecordSurvey)
def forms_returned_were_sent(command: RecordSurvey, _: Estate, __: Ground) -> Rejected | None:
    """No more forms come back than were sent."""
    if command.returned <= command.sent:
        return None
    return MoreReturnedThanSent(command.returned, command.sent)


@rule(DeclareIntent, AdoptAnalysis, AdoptPlan, AwardCertificate)
def requirements_of_the_move_are_met(
    command: Gated, estate: Estate, ground: Ground
) -> Rejected | None:
    """The evidence that the pinned edition asks before this move is there or waived.

    The checks and their sources are in `estate.requirements`.
    """
    terms = ground.terms(estate.edition)
    prepared = _with_own_evidence(command, estate)
    found = tuple(
        refusal
        for requirement in gating(command.command, estate)
        if (refusal := shortfall(requirement, prepared, terms)) is not None
    )
    return found[0].together_with(found[1:]) if found else None


@rule(SignCovenant)
def required_parties_sign_the_covenant(
    command: SignCovenant, estate: Estate, ground: Ground
) -> Rejected | None:
    """The step ends when all required parties have signed; later signatures are recorded.

    Source: scheme data `parties`.
    """
    required = ground.terms(estate.edition).parties
    waived = RequirementCode.COVENANT in estate.dossier.waived
    if estate.step is not Step.COVENANT or required is None or waived:
        return None
    signed = estate.dossier.covenant_roles | {signatory.role for signatory in command.signatories}
    absent = tuple(role for role in required.value if role not in signed)
    return CovenantMissing(absent, required.holder, required.source) if absent else None


@rule(RequestAudit)
def covenant_comes_before_the_audit(
    _: RequestAudit, estate: Estate, ground: Ground
) -> Rejected | None:
    """Where the edition puts the covenant before the audit, it is signed first.

    Source: scheme data `covenant_before`.
    """
    place = ground.terms(estate.edition).covenant_before
    if estate.step is not Step.COVENANT or place is None or place.value != "audit":
        return None
    return CovenantComesFirst(place.holder, place.source)


def _with_own_evidence(command: Gated, estate: Estate) -> Estate:
    """The estate as it would stand with the evidence that the command itself brings."""
    if isinstance(command, DeclareIntent):
        roles = frozenset(signatory.role for signatory in command.signatories)
        return replace(estate, dossier=replace(estate.dossier, intent_roles=roles))
    if isinstance(command, AdoptPlan):
        return replace(estate, goals=command.goals)
    return estate
