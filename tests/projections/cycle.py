"""What happens from kickoff to renewal? The steps of an invented estate, stage by stage."""

from __future__ import annotations

from kvob_domain.estate.commands.certification import (
    AwardCertificate,
    RecordAudit,
    RequestAudit,
    SignCovenant,
)
from kvob_domain.estate.commands.oversight import ApproveAct
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
from kvob_domain.estate.commands.standing import (
    EvaluateTerm,
    EvaluateYear,
    RestoreCertificate,
    SuspendCertificate,
    WithdrawCertificate,
)
from tests.projections.desk import Step, does

DECIDER = "p-decider"
SECOND = "p-second"

PARTIES = tuple(
    {"organisation": organisation, "role": role}
    for organisation, role in (
        ("Ondernemersvereniging De Zilverhoek", "entrepreneurs"),
        ("Gemeente Voorbeeldstad", "municipality"),
        ("Politie", "police"),
        ("Veiligheidsregio Voorbeeld", "fire_brigade"),
    )
)
_LINES = (
    ("m-1", "Gevelverlichting", 0, "safe", "2021-03-01"),
    ("m-2", "Ondernemersbijeenkomsten", 0, None, "2021-12-31"),
    ("m-3", "Straatverlichting", 1, "safe", "2021-04-01"),
    ("m-4", "Groen snoeien", 1, "clean", "2021-05-01"),
    ("m-5", "Camera's", 0, "intact", None),
    ("m-6", "Surveillance", 0, "safe", "2022-06-01"),
    ("m-7", "Brandkranen", 3, "safe", "2022-09-01"),
    ("m-8", "Beveiligingsscans", 2, None, "2023-01-01"),
)
MEASURES = tuple(
    {
        "id": id,
        "text": text,
        "owner": PARTIES[owner]["organisation"],
        "owner_role": PARTIES[owner]["role"],
        "tag": tag,
        "due_on": due_on,
    }
    for id, text, owner, tag, due_on in _LINES
)
GOALS = ({"id": "g-1", "text": "Minder inbraken"},)

KICKOFF: tuple[Step, ...] = (does(StartTrajectory, "2020-09-15", parties=PARTIES),)
INVENTORY = (*KICKOFF, does(DeclareIntent, "2020-10-06", signatories=PARTIES))
ACTION_PLAN = (
    *INVENTORY,
    does(RecordWalkRound, "2020-11-19", light="day", observations=14),
    does(RecordWalkRound, "2020-11-20", light="dark", observations=22),
    does(RecordSurvey, "2020-11-30", sent=113, returned=41),
    does(RecordFigures, "2021-01-14", figures={"year": 2020, "burglaries": 18}),
    does(AdoptAnalysis, "2021-01-14"),
)
COVENANT = (*ACTION_PLAN, does(AdoptPlan, "2021-02-09", goals=GOALS, measures=MEASURES))
AWARD = (
    *COVENANT,
    does(RequestAudit, "2021-04-08"),
    does(SignCovenant, "2021-04-29", signatories=PARTIES),
)


def progress(on: str, progress: str, *measures: str) -> tuple[Step, ...]:
    """Measures that get so far on a day."""
    return tuple(
        does(UpdateMeasure, on, measure=measure, progress=progress) for measure in measures
    )


AUDITED = (
    *AWARD,
    does(RecordAudit, "2021-05-11", "p-auditor", auditor="p-auditor", outcome="positive"),
    *progress("2021-06-01", "done", "m-1", "m-2", "m-3", "m-4"),
)
CERTIFIED = (*AUDITED, does(AwardCertificate, "2021-06-03", DECIDER))
"""Valid from 2021-06-03 to 2024-06-02 inclusive."""
RENEWING = (
    *CERTIFIED,
    does(EvaluateYear, "2022-05-31"),
    does(EvaluateTerm, "2024-01-18", figures={"year": 2023, "burglaries": 11}),
)
RENEWED = (
    *RENEWING,
    does(RecordSurvey, "2024-01-20", sent=118, returned=45),
    does(RecordWalkRound, "2024-01-21", light="day", observations=9),
    does(RecordWalkRound, "2024-01-22", light="dark", observations=12),
    does(AdoptPlan, "2024-02-08", goals=GOALS, measures=MEASURES),
    does(RecordAudit, "2024-04-09", "p-auditor", auditor="p-auditor", outcome="positive"),
    does(SignCovenant, "2024-04-10", signatories=PARTIES),
    does(AwardCertificate, "2024-05-16", DECIDER),
)
"""Renewed from 2024-06-03 to 2027-06-02 inclusive."""


def suspended(on: str, proposal: int) -> tuple[Step, ...]:
    """A suspension by two persons; `proposal` is the version of the proposal's event."""
    return (
        does(SuspendCertificate, on, DECIDER, reason="geen evaluatie"),
        does(ApproveAct, on, SECOND, proposal=f"act-{proposal}"),
    )


def restored(on: str) -> Step:
    """The end of a suspension."""
    return does(RestoreCertificate, on, DECIDER)


def withdrawn(on: str, proposal: int) -> tuple[Step, ...]:
    """A withdrawal by two persons."""
    return (
        does(WithdrawCertificate, on, DECIDER, reason="overtreding"),
        does(ApproveAct, on, SECOND, proposal=f"act-{proposal}"),
    )
