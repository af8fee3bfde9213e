"""What do events while a certificate stands change?"""

from datetime import date
from typing import assert_never

from kvob_domain.estate.certificates import certificate_on
from kvob_domain.estate.events import StandingEvent
from kvob_domain.estate.events.standing import (
    CertificateRestored,
    CertificateSuspended,
    CertificateWithdrawn,
    TermEvaluated,
    YearEvaluated,
)
from kvob_domain.estate.evolve.moves import begin_renewal, involve, move
from kvob_domain.estate.evolve.preparation import keep_figures, take_figures
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.lifecycle.certificate import Status


def apply_standing(estate: Estate, event: StandingEvent, recorded: Recorded) -> None:
    """Change the evaluations, the standing of the certificate and the step."""
    match event:
        case YearEvaluated():
            involve(estate, recorded)
            _evaluate_year(estate, event)
        case TermEvaluated():
            _evaluate_term(estate, event, recorded)
        case CertificateSuspended():
            _stand(estate, event.on, Status.SUSPENDED)
        case CertificateRestored():
            _stand(estate, event.on, Status.VALID)
        case CertificateWithdrawn():
            _stand(estate, event.on, Status.WITHDRAWN)
        case _:
            assert_never(event)


def _evaluate_year(estate: Estate, event: YearEvaluated) -> None:
    dossier = estate.dossier
    dossier.year_evaluations = (*dossier.year_evaluations, event.on)
    if event.figures is not None:
        keep_figures(estate, event.figures)


def _evaluate_term(estate: Estate, event: TermEvaluated, recorded: Recorded) -> None:
    begin_renewal(estate)
    estate.is_pinned = True
    estate.edition = event.edition or estate.edition
    estate.earlier_editions = ()
    estate.dossier.analysis_on = event.on
    # Who prepared the earlier cycle stays involved: separation covers the renewal as well.
    involve(estate, recorded)
    if event.figures is not None:
        take_figures(estate, event.figures)
    move(estate, "evaluate_term", event.on, recorded)


def _stand(estate: Estate, day: date, status: Status) -> None:
    """Change the standing of the certificate that holds on `day`, and of those after it.

    A renewal that is decided but has not begun stands or falls with the certificate it renews.
    """
    estate.decided_on = day
    holder = certificate_on(estate.certificates, day)
    first = holder.number if holder is not None else len(estate.certificates) + 1
    estate.certificates = tuple(
        certificate.changed(day, status) if certificate.number >= first else certificate
        for certificate in estate.certificates
    )
