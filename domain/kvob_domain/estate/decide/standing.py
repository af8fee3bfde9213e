"""What is written down while a certificate stands?"""

from typing import assert_never

from kvob_domain.estate.commands import StandingCommand
from kvob_domain.estate.commands.standing import (
    EvaluateTerm,
    EvaluateYear,
    RestoreCertificate,
    SuspendCertificate,
    WithdrawCertificate,
)
from kvob_domain.estate.decide.editions import pinned
from kvob_domain.estate.events import StandingEvent
from kvob_domain.estate.events.standing import (
    CertificateRestored,
    CertificateSuspended,
    CertificateWithdrawn,
    TermEvaluated,
    YearEvaluated,
)
from kvob_domain.estate.ground import Ground


def standing_event(command: StandingCommand, ground: Ground) -> StandingEvent:
    """The event of a command about a standing certificate."""
    match command:
        case EvaluateYear():
            return YearEvaluated(on=command.on, figures=command.figures, note=command.note)
        case EvaluateTerm():
            return TermEvaluated(
                on=command.on,
                figures=command.figures,
                edition=pinned(command.edition, command.on, ground.book),
                note=command.note,
            )
        case SuspendCertificate():
            return CertificateSuspended(on=command.on, reason=command.reason)
        case RestoreCertificate():
            return CertificateRestored(on=command.on, reason=command.reason)
        case WithdrawCertificate():
            return CertificateWithdrawn(on=command.on, reason=command.reason)
        case _:
            assert_never(command)
