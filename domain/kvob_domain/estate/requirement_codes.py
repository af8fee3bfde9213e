"""What can be missing? The names of the requirements, with the words for the screens."""

from enum import StrEnum

from kvob_domain.parties import PartyRole
from kvob_domain.words import Text


class RequirementCode(StrEnum):
    """One requirement of the scheme; `requirements.missing` says which are open."""

    PARTIES = "parties"
    INTENT = "intent"
    SURVEY = "survey"
    WALK_ROUND_DAY = "walk_round_day"
    WALK_ROUND_DARK = "walk_round_dark"
    FIGURES = "figures"
    ANALYSIS = "analysis"
    PLAN = "plan"
    GOALS = "goals"
    COVENANT = "covenant"
    AUDIT = "audit"
    FINDINGS_CLOSED = "findings_closed"
    MEASURES_DONE = "measures_done"

    @property
    def words(self) -> Text:
        """What the screens call it."""
        return REQUIREMENT_WORDS[self]


REQUIREMENT_WORDS: dict[RequirementCode, Text] = {
    RequirementCode.PARTIES: Text("verplichte partijen", "required parties"),
    RequirementCode.INTENT: Text("intentieverklaring", "declaration of intent"),
    RequirementCode.SURVEY: Text("enquête met voldoende respons", "survey with enough response"),
    RequirementCode.WALK_ROUND_DAY: Text("schouw bij daglicht", "walk-round by day"),
    RequirementCode.WALK_ROUND_DARK: Text("schouw in het donker", "walk-round in the dark"),
    RequirementCode.FIGURES: Text("incidentcijfers", "incident figures"),
    RequirementCode.ANALYSIS: Text("vastgestelde veiligheidsanalyse", "adopted safety analysis"),
    RequirementCode.PLAN: Text("vastgesteld plan van aanpak", "adopted action plan"),
    RequirementCode.GOALS: Text("doelstellingen in het plan", "goals in the plan"),
    RequirementCode.COVENANT: Text("convenant van alle partijen", "covenant of all parties"),
    RequirementCode.AUDIT: Text("audit met positief advies", "audit with positive advice"),
    RequirementCode.FINDINGS_CLOSED: Text("afgesloten tekortkomingen", "closed findings"),
    RequirementCode.MEASURES_DONE: Text("uitgevoerde maatregelen", "measures carried out"),
}

WORKING_GROUP = "working_group"
CERTIFICATION_BODY = "certification_body"

# The working group and the certification body owe things too, but are no party to the covenant.
OWED_BY: dict[RequirementCode, str] = {
    RequirementCode.PARTIES: WORKING_GROUP,
    RequirementCode.INTENT: WORKING_GROUP,
    RequirementCode.SURVEY: PartyRole.ENTREPRENEURS,
    RequirementCode.WALK_ROUND_DAY: WORKING_GROUP,
    RequirementCode.WALK_ROUND_DARK: WORKING_GROUP,
    RequirementCode.FIGURES: PartyRole.POLICE,
    RequirementCode.ANALYSIS: WORKING_GROUP,
    RequirementCode.PLAN: WORKING_GROUP,
    RequirementCode.GOALS: WORKING_GROUP,
    RequirementCode.COVENANT: WORKING_GROUP,
    RequirementCode.AUDIT: CERTIFICATION_BODY,
    RequirementCode.FINDINGS_CLOSED: WORKING_GROUP,
    RequirementCode.MEASURES_DONE: WORKING_GROUP,
}
