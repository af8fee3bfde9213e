"""Who decides? Source: ISO/IEC 17065, decision by persons not in the evaluation."""

from kvob_domain.actor import Role
from kvob_domain.errors import Rejected
from kvob_domain.estate.commands.certification import AwardCertificate, RefuseAward
from kvob_domain.estate.commands.corrections import Correct
from kvob_domain.estate.commands.oversight import WaiveRequirement
from kvob_domain.estate.commands.standing import (
    RestoreCertificate,
    SuspendCertificate,
    WithdrawCertificate,
)
from kvob_domain.estate.ground import Ground
from kvob_domain.estate.rules.base import rule
from kvob_domain.estate.state import Estate
from kvob_domain.refusals.separation import AuditorDoesNotDecide, PreparerDoesNotDecide

Decision = (
    AwardCertificate | RefuseAward | SuspendCertificate | RestoreCertificate | WithdrawCertificate
)
_DECISIONS = (
    AwardCertificate,
    RefuseAward,
    SuspendCertificate,
    RestoreCertificate,
    WithdrawCertificate,
)


def refuse_involved(act: WaiveRequirement | Correct, estate: Estate, ground: Ground) -> None:
    """Who audited or prepared does not approve a waiver or a correction; proposing is free.

    Raises:
        AuditorDoesNotDecide, PreparerDoesNotDecide: as the rules of this module say.
    """
    if ground.actor.role is Role.AUDITOR:
        raise AuditorDoesNotDecide(act.TITLE, ground.actor.person)
    if ground.actor.person in estate.involved:
        raise PreparerDoesNotDecide(act.TITLE, ground.actor.person)


@rule(*_DECISIONS)
def auditors_do_not_decide(command: Decision, _: Estate, ground: Ground) -> Rejected | None:
    """Who acts as auditor advises and does not decide."""
    if ground.actor.role is not Role.AUDITOR:
        return None
    return AuditorDoesNotDecide(command.TITLE, ground.actor.person)


@rule(*_DECISIONS)
def preparers_do_not_decide(command: Decision, estate: Estate, ground: Ground) -> Rejected | None:
    """Who audited, advised or prepared the trajectory does not decide on it, in any cycle of it."""
    if ground.actor.person not in estate.involved:
        return None
    return PreparerDoesNotDecide(command.TITLE, ground.actor.person)
