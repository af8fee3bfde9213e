"""What does a sentence say of an estate's identity and of the way to its covenant?"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from kvob_domain.estate.events.identity import (
    EstateRegistered,
    EstateRenamed,
    EstateTransferred,
    GroupJoined,
    MembersLinked,
    PartySucceeded,
    ScopeChanged,
)
from kvob_domain.estate.events.preparation import (
    AnalysisAdopted,
    FiguresRecorded,
    IntentDeclared,
    MeasureUpdated,
    PlanAdopted,
    SurveyRecorded,
    TrajectoryEnded,
    TrajectoryStarted,
    WalkRoundRecorded,
)
from kvob_domain.estate.values import EstateKind, Figures, Progress
from kvob_domain.words import Text
from kvob_workflow.dossier.sentences.wording import number, organisations, quoted, said

if TYPE_CHECKING:
    from kvob_domain.estate.events import IdentityEvent, PreparationEvent

_NOTE = ("Toelichting", "Note")
_PROGRESS = {
    Progress.PLANNED: Text("gepland", "planned"),
    Progress.STARTED: Text("begonnen", "started"),
    Progress.DONE: Text("uitgevoerd", "carried out"),
    Progress.DROPPED: Text("vervallen", "dropped"),
}


def identity_sentence(event: IdentityEvent) -> Text:
    """Names, areas, parties, bodies and groups."""
    match event:
        case EstateRegistered():
            return _registered(event)
        case MembersLinked():
            many = number(len(event.members), ("terrein", "terreinen"), ("estate", "estates"))
            return said(
                f"Aan deze groep gekoppeld: {many.nl}.", f"Linked to this group: {many.en}."
            )
        case GroupJoined():
            return said("Het terrein hoort bij een groep.", "The estate belongs to a group.")
        case EstateRenamed():
            return said(
                f"Het terrein heet voortaan {event.name}.",
                f"The estate is called {event.name} from now on.",
                quoted(event.reason),
            )
        case ScopeChanged():
            return said(
                f"Het gebied is gewijzigd: {event.scope}.",
                f"The area has changed: {event.scope}.",
                quoted(event.reason),
            )
        case PartySucceeded():
            role = event.role.words
            return said(
                f"{event.successor} volgt {event.former} op ({role.nl}).",
                f"{event.successor} succeeds {event.former} ({role.en}).",
            )
        case EstateTransferred():
            return said(
                f"Het terrein is overgedragen aan {event.to_body}.",
                f"The estate was transferred to {event.to_body}.",
                quoted(event.reason),
            )
        case _:
            assert_never(event)


def preparation_sentence(event: PreparationEvent) -> Text:
    """From the kickoff to the action plan."""
    match event:
        case TrajectoryStarted():
            with_whom = organisations(event.parties)
            return said(
                "Het traject is gestart.",
                "The trajectory has started.",
                Text(
                    with_whom.nl and f"Partijen: {with_whom.nl}.",
                    with_whom.en and f"Parties: {with_whom.en}.",
                ),
            )
        case IntentDeclared():
            who = organisations(event.signatories)
            return said(
                f"De intentieverklaring is ondertekend door {who.nl}.",
                f"The declaration of intent was signed by {who.en}.",
            )
        case SurveyRecorded():
            return said(
                f"Enquête: {event.returned} van {event.sent} formulieren kwamen terug.",
                f"Survey: {event.returned} of {event.sent} forms came back.",
            )
        case WalkRoundRecorded():
            return _walked(event)
        case FiguresRecorded():
            return said(
                "Incidentcijfers vastgelegd", "Incident figures recorded", figures(event.figures)
            )
        case AnalysisAdopted():
            return said("De veiligheidsanalyse is vastgesteld.", "The analysis was adopted.")
        case PlanAdopted() | MeasureUpdated() | TrajectoryEnded():
            return _planned(event)
        case _:
            assert_never(event)


def figures(found: Figures) -> Text:
    """The figures of a year."""
    told = [
        (found.burglaries, "inbraken", "burglaries"),
        (found.incidents, "incidenten", "incidents"),
        (found.damage_eur, "euro schade", "euro of damage"),
        (found.safety_feeling, "voor veiligheidsgevoel", "for the feeling of safety"),
    ]
    nl = ", ".join(f"{_comma(value)} {words}" for value, words, _ in told if value is not None)
    en = ", ".join(f"{value} {words}" for value, _, words in told if value is not None)
    return Text(f"over {found.year}: {nl}.", f"of {found.year}: {en}.")


def _comma(value: object) -> str:
    return str(value).replace(".", ",")


def _registered(event: EstateRegistered) -> Text:
    place = "/".join(event.municipalities)
    is_group = event.kind is EstateKind.GROUP
    kind = Text("De groep", "The group") if is_group else Text("Het terrein", "The estate")
    return said(
        f"{kind.nl} {event.name} in {place} is aangemeld.",
        f"{kind.en} {event.name} in {place} was registered.",
        quoted(event.scope, "Gebied", "Area"),
    )


def _walked(event: WalkRoundRecorded) -> Text:
    dark = str(event.light) == "dark"
    seen = number(event.observations, ("bevinding", "bevindingen"), ("remark", "remarks"))
    nl, en = ("in het donker", "in the dark") if dark else ("overdag", "by day")
    return said(f"Schouw {nl}: {seen.nl}.", f"Walk-round {en}: {seen.en}.")


def _planned(event: PlanAdopted | MeasureUpdated | TrajectoryEnded) -> Text:
    match event:
        case PlanAdopted():
            many = number(
                len(event.measures), ("maatregel", "maatregelen"), ("measure", "measures")
            )
            return said(
                f"Het plan van aanpak is vastgesteld, met {many.nl}.",
                f"The action plan was adopted, with {many.en}.",
            )
        case MeasureUpdated():
            stands = _PROGRESS[event.progress]
            return said(
                f"Maatregel {event.measure}: {stands.nl}.",
                f"Measure {event.measure}: {stands.en}.",
                quoted(event.note, *_NOTE),
            )
        case TrajectoryEnded():
            why = event.reason.words
            return said(
                f"Het traject is beëindigd: {why.nl}.",
                f"The trajectory was ended: {why.en}.",
                quoted(event.note, *_NOTE),
            )
