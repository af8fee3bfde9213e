"""How does the invented estate renew its certificate, 2023 to 2026?"""

from collections.abc import Iterator
from datetime import date

from kvob_domain.estate.commands.certification import (
    AwardCertificate,
    PresentCertificate,
    RecordAudit,
    RequestAudit,
    SignCovenant,
)
from kvob_domain.estate.commands.preparation import (
    AdoptPlan,
    RecordSurvey,
    RecordWalkRound,
    UpdateMeasure,
)
from kvob_domain.estate.commands.standing import EvaluateTerm, EvaluateYear
from kvob_domain.estate.values import AuditOutcome, Progress
from kvob_domain.ids import EstateId
from kvob_domain.refusals.lifecycle import WrongStep
from kvob_workflow.demo.people import DECIDER, GUIDE, SECOND_AUDITOR, SIGNATORIES
from kvob_workflow.demo.plan import AGREEMENTS, FOLLOW_UP, GOALS, measures
from kvob_workflow.demo.steps import DemoStep, given_by


def renewal(e: EstateId) -> Iterator[DemoStep]:
    """From the new measurement to the second yearly evaluation of the second certificate."""
    yield from given_by(
        GUIDE,
        [
            RecordSurvey(estate=e, on=date(2023, 10, 6), sent=118, returned=45),
            RecordWalkRound(estate=e, on=date(2023, 10, 12), light="day", observations=9),
            RecordWalkRound(estate=e, on=date(2023, 11, 16), light="dark", observations=12),
        ],
    )
    too_early = AwardCertificate(estate=e, on=date(2024, 1, 18))
    yield DemoStep(too_early, DECIDER, refused_with=WrongStep)
    yield from given_by(GUIDE, _towards_award(e))
    audit = RecordAudit(
        estate=e,
        on=date(2024, 4, 9),
        auditor=SECOND_AUDITOR.person,
        outcome=AuditOutcome.POSITIVE,
    )
    yield DemoStep(audit, SECOND_AUDITOR)
    yield DemoStep(AwardCertificate(estate=e, on=date(2024, 5, 16)), DECIDER)
    yield from given_by(GUIDE, _after_award(e))


def _towards_award(e: EstateId) -> list[EvaluateTerm | AdoptPlan | RequestAudit]:
    return [
        EvaluateTerm(estate=e, on=date(2024, 1, 18), figures=FOLLOW_UP, note="camera's vervallen"),
        AdoptPlan(
            estate=e,
            on=date(2024, 2, 8),
            goals=GOALS,
            measures=measures(date(2026, 12, 31), cameras=False),
        ),
        RequestAudit(estate=e, on=date(2024, 3, 12)),
    ]


def _after_award(
    e: EstateId,
) -> Iterator[SignCovenant | PresentCertificate | UpdateMeasure | EvaluateYear]:
    yield SignCovenant(
        estate=e, on=date(2024, 5, 30), signatories=SIGNATORIES, agreements=AGREEMENTS
    )
    yield PresentCertificate(estate=e, on=date(2024, 5, 30), by="burgemeester")
    yield from _done(e, date(2025, 5, 20), "m1", "m2", "m3")
    yield EvaluateYear(estate=e, on=date(2025, 5, 27), note="3 van 8 maatregelen uitgevoerd")
    yield from _done(e, date(2026, 5, 21), "m4", "m6")
    yield EvaluateYear(estate=e, on=date(2026, 5, 28), note="5 van 8 maatregelen uitgevoerd")


def _done(e: EstateId, on: date, *names: str) -> Iterator[UpdateMeasure]:
    for name in names:
        yield UpdateMeasure(estate=e, on=on, measure=name, progress=Progress.DONE)
