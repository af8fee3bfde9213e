"""Which commands are our seven steps, and which evidence do the rules ask for in between?

All of it happened within the last weeks, so that no notice is owed. The packaged scheme data
and every rule apply. Nothing of the payloads depends on the estate, but its id.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from kvob_domain.actor import Actor
from kvob_domain.estate.commands import Command
from kvob_domain.estate.commands.certification import (
    AwardCertificate,
    RecordAudit,
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
from kvob_domain.estate.commands.standing import EvaluateTerm
from kvob_domain.estate.values import AuditOutcome, Figures, Progress
from kvob_domain.ids import EstateId
from kvob_domain.partial_date import PartialDate
from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.demo.people import AUDITOR, DECIDER, GUIDE, PARTIES, SIGNATORIES
from kvob_workflow.demo.plan import AGREEMENTS, GOALS, measures
from kvob_workflow.store.codec import Codec


class Given(NamedTuple):
    """A command and who gives it."""

    command: Command
    actor: Actor


class Days:
    """The days of one life: that of registration, and the day of each later act."""

    def __init__(self, today: date) -> None:
        self._today = today
        self.measures = measures(date(today.year + 3, 12, 31))
        self.registered = PartialDate.parse(self[0].isoformat())
        self.figures = Figures(year=today.year - 1, burglaries=18, damage_eur=146_000)

    def __getitem__(self, number: int) -> date:
        return self._today - timedelta(days=30 - number)


def registration(estate: EstateId, days: Days) -> Given:
    """The command that enters an estate."""
    command = RegisterEstate(
        estate=estate,
        name=f"Terrein {estate}",
        municipalities=("Voorbeeldstad",),
        on=days.registered,
    )
    return Given(command, GUIDE)


def steps(e: EstateId, days: Days) -> Iterator[Given]:
    """The seven steps, in the order of `job.STEPS`; each is made when it is asked for."""
    yield Given(
        StartTrajectory(
            estate=e,
            on=days[1],
            parties=PARTIES,
            guide=GUIDE.organisation,
            body=DECIDER.organisation,
        ),
        GUIDE,
    )
    yield Given(DeclareIntent(estate=e, on=days[2], signatories=SIGNATORIES), GUIDE)
    yield Given(AdoptAnalysis(estate=e, on=days[5]), GUIDE)
    yield Given(AdoptPlan(estate=e, on=days[6], goals=GOALS, measures=days.measures), GUIDE)
    covenant = SignCovenant(estate=e, on=days[7], signatories=SIGNATORIES, agreements=AGREEMENTS)
    yield Given(covenant, GUIDE)
    yield Given(AwardCertificate(estate=e, on=days[10]), DECIDER)
    yield Given(EvaluateTerm(estate=e, on=days[11], note="zes van acht maatregelen"), GUIDE)


def evidence_before(step: str, e: EstateId, days: Days) -> Iterator[Given]:
    """What must be on record before a step: nine commands in a life."""
    if step == "action_plan":
        yield Given(RecordSurvey(estate=e, on=days[3], sent=113, returned=41), GUIDE)
        yield Given(RecordWalkRound(estate=e, on=days[3], light="day", observations=14), GUIDE)
        yield Given(RecordWalkRound(estate=e, on=days[4], light="dark", observations=22), GUIDE)
        yield Given(RecordFigures(estate=e, on=days[4], figures=days.figures), GUIDE)
    elif step == "evaluation":
        for measure in ("m1", "m2", "m3", "m4"):
            done = UpdateMeasure(estate=e, on=days[8], measure=measure, progress=Progress.DONE)
            yield Given(done, GUIDE)
        audit = RecordAudit(
            estate=e, on=days[9], auditor=AUDITOR.person, outcome=AuditOutcome.POSITIVE
        )
        yield Given(audit, AUDITOR)


def texts(today: date) -> tuple[str, ...]:
    """What the engine stores for the seven steps: the payloads that every peer writes."""
    from benchmarks.peers.job import STEPS

    codec, days = Codec(), Days(today)
    found: list[str] = []
    with Engine.open("memory:") as engine:
        e = EstateId("0" * 32)
        registered = registration(e, days)
        engine.do(registered.command, actor=registered.actor)
        for step, given in zip(STEPS, steps(e, days), strict=True):
            for needed in evidence_before(step, e, days):
                engine.do(needed.command, actor=needed.actor)
            outcome = engine.do(given.command, actor=given.actor)
            found.append(codec.encode(outcome.events[0])[1].decode())
    return tuple(found)
