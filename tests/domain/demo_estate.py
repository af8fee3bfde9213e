"""The invented estate De Zilverhoek in Voorbeeldstad: its first cycle and renewal, act by act."""

from datetime import date
from typing import Any, NamedTuple

from kvob_domain.actor import Actor, Role
from kvob_domain.errors import Rejected
from kvob_domain.estate.commands import Command, EstateCommand, command_adapter
from kvob_domain.ids import PersonId
from kvob_domain.refusals.evidence import SurveyResponseTooLow, TooFewMeasuresDone
from kvob_domain.refusals.separation import AuditorDoesNotDecide
from kvob_domain.testing import Result, Scenario
from tests.domain.asking import ESTATE

GUIDE = Actor(PersonId("guide-7"), "PVO Voorbeeld", Role.GUIDE, "cli")
AUDITOR = Actor(PersonId("auditor-3"), "Kiwa", Role.AUDITOR, "cli")
DECIDER = Actor(PersonId("decider-5"), "Kiwa", Role.DECIDER, "cli")
MAYOR = Actor(PersonId("mayor-1"), "Gemeente Voorbeeldstad", Role.MUNICIPALITY, "cli")

FIRST_DAY = date(2020, 9, 15)
ASSOCIATION = "Ondernemersvereniging De Zilverhoek"
PARK = "Parkmanagement De Zilverhoek"
PARTIES = (
    {"organisation": ASSOCIATION, "role": "entrepreneurs"},
    {"organisation": "Gemeente Voorbeeldstad", "role": "municipality"},
    {"organisation": "Politie", "role": "police"},
    {"organisation": "Veiligheidsregio", "role": "fire_brigade"},
    {"organisation": PARK, "role": "park_management"},
)
INSURER = {"organisation": "Verzekeraar", "role": "other"}
MEASURES = tuple(
    {"id": id, "text": text, "owner": PARTIES[owner]["organisation"], "owner_role": role}
    for id, text, owner, role in (
        ("facades", "Gevelverlichting", 0, "entrepreneurs"),
        ("meetings", "Ondernemersbijeenkomsten", 0, "entrepreneurs"),
        ("streetlights", "Straatverlichting", 1, "municipality"),
        ("greenery", "Snoeien van groen", 1, "municipality"),
        ("cameras", "Camera's bij de ingangen", 4, "park_management"),
        ("patrol", "Surveillance", 4, "park_management"),
        ("hydrants", "Controle van brandkranen", 3, "fire_brigade"),
        ("scans", "Veiligheidsscans", 2, "police"),
    )
)
GOAL = {"id": "burglaries", "text": "Minder inbraken", "target": "hoogstens 12 in 2023"}
FINDINGS = tuple(
    {"id": f"f{number}", "severity": "minor", "text": text}
    for number, text in ((1, "Verslag van de schouw ontbreekt"), (2, "Planning niet bijgewerkt"))
)


class Act(NamedTuple):
    """One act of the table, and why it is refused where it is."""

    by: Actor
    command: Command
    refused: type[Rejected] | None

    @property
    def on(self) -> date:
        """The day of the act; the estate is registered on the day of the kickoff."""
        return self.command.on if isinstance(self.command, EstateCommand) else FIRST_DAY


def _act(
    on: str, name: str, by: Actor = GUIDE, refused: type[Rejected] | None = None, /, **fields: Any
) -> Act:
    day = {} if name == "register_estate" else {"on": on}
    stated = {"command": name, "estate": ESTATE} | day | fields
    return Act(by, command_adapter().validate_python(stated), refused)


def _done(on: str, *measures: str, progress: str = "done") -> tuple[Act, ...]:
    return tuple(_act(on, "update_measure", measure=one, progress=progress) for one in measures)


FIRST_CYCLE: tuple[Act, ...] = (
    _act("", "register_estate", name="De Zilverhoek", municipalities=["Voorbeeldstad"]),
    _act("2020-09-15", "start_trajectory", parties=PARTIES, guide="PVO Voorbeeld", body="Kiwa"),
    _act("2020-10-06", "declare_intent", signatories=PARTIES),
    _act("2020-11-19", "record_walk_round", light="day", observations=14),
    _act("2020-11-23", "record_survey", sent=113, returned=27),
    _act("2020-11-23", "adopt_analysis", GUIDE, SurveyResponseTooLow),
    _act("2020-11-30", "record_survey", sent=113, returned=41),
    _act("2020-12-10", "record_walk_round", light="dark", observations=22),
    _act(
        "2021-01-14",
        "record_figures",
        figures={"year": 2020, "burglaries": 18, "damage_eur": 146_000},
    ),
    _act("2021-01-14", "adopt_analysis"),
    _act("2021-02-09", "adopt_plan", goals=[GOAL], measures=MEASURES),
    *_done("2021-04-06", "meetings", "streetlights", "scans"),
    _act("2021-04-08", "request_audit"),
    _act("2021-04-29", "sign_covenant", signatories=PARTIES, witnesses=[INSURER]),
    _act(
        "2021-05-11",
        "record_audit",
        AUDITOR,
        auditor=AUDITOR.person,
        outcome="positive",
        findings=FINDINGS,
    ),
    _act("2021-05-25", "close_finding", AUDITOR, finding="f1"),
    _act("2021-05-25", "close_finding", AUDITOR, finding="f2"),
    _act("2021-05-27", "award_certificate", DECIDER, TooFewMeasuresDone),
    *_done("2021-06-01", "hydrants"),
    _act("2021-06-03", "award_certificate", AUDITOR, AuditorDoesNotDecide),
    _act("2021-06-03", "award_certificate", DECIDER),
    _act("2021-06-10", "present_certificate", MAYOR, by="burgemeester"),
)
EVALUATION: tuple[Act, ...] = (
    *_done("2022-05-20", "facades", "greenery"),
    _act("2022-05-31", "evaluate_year", note="6 van 8 maatregelen"),
    *_done("2023-05-10", "patrol"),
    _act("2023-05-30", "evaluate_year", note="7 van 8 maatregelen"),
    _act("2023-10-06", "record_survey", sent=118, returned=45),
    _act("2023-10-12", "record_walk_round", light="day", observations=9),
    _act("2023-11-16", "record_walk_round", light="dark", observations=12),
)
RENEWAL: tuple[Act, ...] = (
    *_done("2024-01-18", "cameras", progress="dropped"),
    _act(
        "2024-01-18",
        "evaluate_term",
        figures={"year": 2023, "burglaries": 11, "damage_eur": 87_000},
    ),
    _act("2024-02-08", "adopt_plan", goals=[GOAL], measures=MEASURES),
    _act("2024-04-09", "record_audit", AUDITOR, auditor=AUDITOR.person, outcome="positive"),
    _act("2024-05-16", "award_certificate", DECIDER),
    _act("2024-05-30", "sign_covenant", signatories=PARTIES),
    _act("2024-05-30", "present_certificate", MAYOR, by="burgemeester"),
)
SECOND_TERM: tuple[Act, ...] = (
    *_done("2025-05-20", "meetings", "scans", "patrol"),
    _act("2025-05-27", "evaluate_year", note="3 van 8 maatregelen"),
    *_done("2026-05-20", "streetlights", "hydrants"),
    _act("2026-05-28", "evaluate_year", note="5 van 8 maatregelen"),
)
WHOLE_LIFE = (*FIRST_CYCLE, *EVALUATION, *RENEWAL, *SECOND_TERM)


def told(story: Scenario, *acts: Act) -> list[Result]:
    """What followed from each act, every one recorded on its own day."""
    results: list[Result] = []
    for act in acts:
        results.append(story.on(act.on).when(act.command, by=act.by))
        story = results[-1].after
    return results
