"""How does the invented estate earn its first certificate, 2020 to 2023?"""

from collections.abc import Iterator
from datetime import date

from kvob_domain.estate.commands.certification import (
    AwardCertificate,
    CloseFinding,
    PresentCertificate,
    RecordAudit,
    RequestAudit,
    SignCovenant,
)
from kvob_domain.estate.commands.preparation import (
    AdoptAnalysis,
    AdoptPlan,
    DeclareIntent,
    RecordFigures,
    RecordSurvey,
    RecordWalkRound,
    StartTrajectory,
    UpdateMeasure,
)
from kvob_domain.estate.commands.standing import EvaluateYear
from kvob_domain.estate.values import AuditFinding, AuditOutcome, FindingSeverity, Progress
from kvob_domain.ids import EstateId
from kvob_domain.refusals.evidence import SurveyResponseTooLow, TooFewMeasuresDone
from kvob_domain.refusals.separation import AuditorDoesNotDecide
from kvob_workflow.demo.people import (
    AUDITOR,
    DECIDER,
    GUIDE,
    INSURER,
    PARTIES,
    SIGNATORIES,
)
from kvob_workflow.demo.plan import AGREEMENTS, BASELINE, GOALS, measures
from kvob_workflow.demo.steps import DemoStep, given_by

_FINDINGS = (
    AuditFinding(id="f1", severity=FindingSeverity.MINOR, text="Planning van m3 ontbreekt"),
    AuditFinding(id="f2", severity=FindingSeverity.MINOR, text="Verslag van de schouw onvolledig"),
)


def first_cycle(e: EstateId) -> Iterator[DemoStep]:
    """From the kickoff to the second yearly evaluation."""
    yield from _inventory(e)
    yield from _plan_to_audit(e)
    yield from _award(e)
    yield from given_by(
        GUIDE,
        [
            *_done(e, date(2022, 5, 24), "m5", "m6"),
            EvaluateYear(estate=e, on=date(2022, 5, 31), note="6 van 8 maatregelen uitgevoerd"),
            *_done(e, date(2023, 5, 23), "m7"),
            EvaluateYear(estate=e, on=date(2023, 5, 30), note="7 van 8 maatregelen uitgevoerd"),
        ],
    )


def _inventory(e: EstateId) -> Iterator[DemoStep]:
    yield from given_by(
        GUIDE,
        [
            StartTrajectory(
                estate=e,
                on=date(2020, 9, 15),
                parties=PARTIES,
                guide=GUIDE.organisation,
                body=DECIDER.organisation,
            ),
            DeclareIntent(estate=e, on=date(2020, 10, 6), signatories=SIGNATORIES),
            RecordWalkRound(estate=e, on=date(2020, 11, 19), light="day", observations=14),
            RecordSurvey(estate=e, on=date(2020, 11, 20), sent=113, returned=27),
        ],
    )
    yield DemoStep(
        AdoptAnalysis(estate=e, on=date(2020, 11, 23)), GUIDE, refused_with=SurveyResponseTooLow
    )
    yield from given_by(
        GUIDE,
        [
            RecordSurvey(estate=e, on=date(2020, 11, 30), sent=113, returned=41),
            RecordWalkRound(estate=e, on=date(2020, 12, 10), light="dark", observations=22),
            RecordFigures(estate=e, on=date(2021, 1, 14), figures=BASELINE),
            AdoptAnalysis(estate=e, on=date(2021, 1, 14)),
        ],
    )


def _plan_to_audit(e: EstateId) -> Iterator[DemoStep]:
    yield from given_by(
        GUIDE,
        [
            AdoptPlan(
                estate=e,
                on=date(2021, 2, 9),
                goals=GOALS,
                measures=measures(date(2023, 12, 31)),
            ),
            *_done(e, date(2021, 4, 6), "m1", "m2", "m3"),
            RequestAudit(estate=e, on=date(2021, 4, 8)),
            SignCovenant(
                estate=e,
                on=date(2021, 4, 29),
                signatories=SIGNATORIES,
                witnesses=(INSURER,),
                agreements=AGREEMENTS,
            ),
        ],
    )
    audit = RecordAudit(
        estate=e,
        on=date(2021, 5, 11),
        auditor=AUDITOR.person,
        outcome=AuditOutcome.POSITIVE,
        findings=_FINDINGS,
    )
    yield DemoStep(audit, AUDITOR)
    closing = (CloseFinding(estate=e, on=date(2021, 5, 25), finding=f.id) for f in _FINDINGS)
    yield from given_by(GUIDE, closing)


def _award(e: EstateId) -> Iterator[DemoStep]:
    too_early = AwardCertificate(estate=e, on=date(2021, 5, 27))
    yield DemoStep(too_early, DECIDER, refused_with=TooFewMeasuresDone)
    yield from given_by(GUIDE, _done(e, date(2021, 6, 1), "m4"))
    award = AwardCertificate(estate=e, on=date(2021, 6, 3))
    yield DemoStep(award, AUDITOR, refused_with=AuditorDoesNotDecide)
    present = PresentCertificate(estate=e, on=date(2021, 6, 10), by="burgemeester")
    yield from given_by(DECIDER, [award, present])


def _done(e: EstateId, on: date, *names: str) -> list[UpdateMeasure]:
    return [UpdateMeasure(estate=e, on=on, measure=name, progress=Progress.DONE) for name in names]
