"""Why is the evidence not enough? `holder` is the edition or policy whose value applied."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from kvob_domain.errors import Rejected
from kvob_domain.parties import PartyRole
from kvob_domain.words import Text


@dataclass(eq=False)
class PartiesMissing(Rejected):
    """The scheme names parties without which there is no partnership."""

    code: ClassVar[str] = "parties-missing"
    nl: ClassVar[str] = (
        "Deze verplichte partijen ontbreken: {missing}. "
        "Voeg ze toe als ondertekenaar. (Regel van {holder}; bron {source})"
    )
    en: ClassVar[str] = (
        "These required parties are missing: {missing}. "
        "Add them as signatories. (Rule of {holder}; source {source})"
    )
    missing: tuple[PartyRole, ...]
    holder: str
    source: str


@dataclass(eq=False)
class IntentMissing(Rejected):
    """The declaration of intent is not on record."""

    code: ClassVar[str] = "intent-missing"
    nl: ClassVar[str] = (
        "Er is geen intentieverklaring vastgelegd. Leg haar vast (declare-intent). "
        "(Levensloop; zie 'kvob diagram'.)"
    )
    en: ClassVar[str] = (
        "No declaration of intent is on record. Record it (declare-intent). (Lifecycle; see "
        "'kvob diagram'.)"
    )


@dataclass(eq=False)
class SurveyMissing(Rejected):
    """No closed survey in this cycle."""

    code: ClassVar[str] = "survey-missing"
    nl: ClassVar[str] = (
        "Er is in deze cyclus geen enquête vastgelegd. Leg haar vast (record-survey); "
        "nodig is een respons van {minimum} %. (Regel van {holder}; bron {source})"
    )
    en: ClassVar[str] = (
        "No survey is on record in this cycle. Record it (record-survey); "
        "it needs a response of {minimum} %. (Rule of {holder}; source {source})"
    )
    minimum: Decimal
    holder: str
    source: str


@dataclass(eq=False)
class SurveyResponseTooLow(Rejected):
    """Too few entrepreneurs answered."""

    code: ClassVar[str] = "survey-response-too-low"
    nl: ClassVar[str] = (
        "De respons is {returned} van {sent} ({rate} %), nodig is {minimum} %: nog {short} "
        "formulieren. Verzamel ze en leg de enquête opnieuw vast (record-survey). "
        "(Regel van {holder}; bron {source})"
    )
    en: ClassVar[str] = (
        "The response is {returned} of {sent} ({rate} %), at least {minimum} % is needed: "
        "{short} more forms. Collect them and record the survey again (record-survey). "
        "(Rule of {holder}; source {source})"
    )
    returned: int
    sent: int
    rate: Decimal
    minimum: Decimal
    short: int
    holder: str
    source: str


@dataclass(eq=False)
class WalkRoundMissing(Rejected):
    """A walk-round in this light is not on record."""

    code: ClassVar[str] = "walk-round-missing"
    nl: ClassVar[str] = (
        "Er is in deze cyclus geen schouw {light} vastgelegd. Houd er een en leg haar vast "
        "(record-walk-round). (Regel van {holder}; bron {source})"
    )
    en: ClassVar[str] = (
        "No walk-round {light} is on record in this cycle. Hold one and record it "
        "(record-walk-round). (Rule of {holder}; source {source})"
    )
    light: Text
    holder: str
    source: str


@dataclass(eq=False)
class FiguresMissing(Rejected):
    """No incident figures in this cycle."""

    code: ClassVar[str] = "figures-missing"
    nl: ClassVar[str] = (
        "Er zijn in deze cyclus geen incidentcijfers vastgelegd. Vraag ze op bij politie, "
        "brandweer en gemeente en leg ze vast (record-figures). (Regel van {holder}; bron {source})"
    )
    en: ClassVar[str] = (
        "No incident figures are on record in this cycle. Ask police, fire brigade and "
        "municipality and record them (record-figures). (Rule of {holder}; source {source})"
    )
    holder: str
    source: str


@dataclass(eq=False)
class AnalysisMissing(Rejected):
    """The safety analysis of this cycle was not adopted."""

    code: ClassVar[str] = "analysis-missing"
    nl: ClassVar[str] = (
        "De veiligheidsanalyse is niet vastgesteld. Stel haar vast (adopt-analysis). "
        "(Levensloop; zie 'kvob diagram'.)"
    )
    en: ClassVar[str] = (
        "The safety analysis was not adopted. Adopt it (adopt-analysis). (Lifecycle; see "
        "'kvob diagram'.)"
    )


@dataclass(eq=False)
class PlanMissing(Rejected):
    """No action plan in this cycle."""

    code: ClassVar[str] = "plan-missing"
    nl: ClassVar[str] = (
        "Er is in deze cyclus geen plan van aanpak vastgesteld. Stel het vast (adopt-plan). "
        "(Levensloop; zie 'kvob diagram'.)"
    )
    en: ClassVar[str] = (
        "No action plan was adopted in this cycle. Adopt it (adopt-plan). (Lifecycle; see "
        "'kvob diagram'.)"
    )


@dataclass(eq=False)
class GoalsMissing(Rejected):
    """The plan has no goals."""

    code: ClassVar[str] = "goals-missing"
    nl: ClassVar[str] = (
        "Het plan van aanpak noemt geen doelstellingen. Neem er ten minste een op. "
        "(Regel van {holder}; bron {source})"
    )
    en: ClassVar[str] = (
        "The action plan states no goals. Add at least one. (Rule of {holder}; source {source})"
    )
    holder: str
    source: str


@dataclass(eq=False)
class CovenantMissing(Rejected):
    """The covenant is not signed by all required parties."""

    code: ClassVar[str] = "covenant-missing"
    nl: ClassVar[str] = (
        "Het convenant is nog niet ondertekend door: {missing}. Laat het ondertekenen en leg "
        "dat vast (sign-covenant). (Regel van {holder}; bron {source})"
    )
    en: ClassVar[str] = (
        "The covenant is not yet signed by: {missing}. Have it signed and record that "
        "(sign-covenant). (Rule of {holder}; source {source})"
    )
    missing: tuple[PartyRole, ...]
    holder: str
    source: str


@dataclass(eq=False)
class CovenantComesFirst(Rejected):
    """This edition wants the covenant before the audit."""

    code: ClassVar[str] = "covenant-comes-first"
    nl: ClassVar[str] = (
        "Het convenant gaat in deze schemaversie voor de audit. Laat het eerst ondertekenen "
        "(sign-covenant). (Regel van {holder}; bron {source})"
    )
    en: ClassVar[str] = (
        "In this edition the covenant comes before the audit. Have it signed first "
        "(sign-covenant). (Rule of {holder}; source {source})"
    )
    holder: str
    source: str


@dataclass(eq=False)
class AuditMissing(Rejected):
    """No audit in this cycle."""

    code: ClassVar[str] = "audit-missing"
    nl: ClassVar[str] = (
        "Er is in deze cyclus geen audit vastgelegd. Leg haar vast (record-audit). "
        "(Regel van {holder}; bron {source})"
    )
    en: ClassVar[str] = (
        "No audit is on record in this cycle. Record it (record-audit). "
        "(Rule of {holder}; source {source})"
    )
    holder: str
    source: str


@dataclass(eq=False)
class AuditNegative(Rejected):
    """The last audit advised against."""

    code: ClassVar[str] = "audit-negative"
    nl: ClassVar[str] = (
        "Het advies van de laatste audit is negatief. Herstel de tekortkomingen en laat "
        "opnieuw auditen (record-audit). (Regel van {holder}; bron {source})"
    )
    en: ClassVar[str] = (
        "The last audit advised against. Mend the findings and be audited again "
        "(record-audit). (Rule of {holder}; source {source})"
    )
    holder: str
    source: str


@dataclass(eq=False)
class FindingsOpen(Rejected):
    """Findings of the audit are open."""

    code: ClassVar[str] = "findings-open"
    nl: ClassVar[str] = "Deze tekortkomingen staan nog open: {open}. Sluit ze af (close-finding)."
    en: ClassVar[str] = "These findings are still open: {open}. Close them (close-finding)."
    open: tuple[str, ...]


@dataclass(eq=False)
class TooFewMeasuresDone(Rejected):
    """Too few measures of the plan were carried out."""

    code: ClassVar[str] = "too-few-measures-done"
    nl: ClassVar[str] = (
        "Er zijn {done} maatregelen uitgevoerd, nodig zijn er {minimum}. Voer er nog {short} "
        "uit en werk ze bij (update-measure). (Regel van {holder}; bron {source})"
    )
    en: ClassVar[str] = (
        "{done} measures were carried out, {minimum} are needed. Carry out {short} more and "
        "update them (update-measure). (Rule of {holder}; source {source})"
    )
    done: int
    minimum: int
    short: int
    holder: str
    source: str


@dataclass(eq=False)
class MoreReturnedThanSent(Rejected):
    """No more forms come back than were sent."""

    code: ClassVar[str] = "more-returned-than-sent"
    nl: ClassVar[str] = (
        "Er zijn {returned} formulieren terug van {sent} verstuurde. Verbeter de aantallen."
    )
    en: ClassVar[str] = "{returned} forms came back of {sent} sent. Correct the counts."
    returned: int
    sent: int


@dataclass(eq=False)
class TermUnknown(Rejected):
    """The edition's validity is not confirmed, so the decision must state the last valid day."""

    code: ClassVar[str] = "term-unknown"
    nl: ClassVar[str] = (
        "De geldigheidsduur is voor deze datum niet bekend (schemaversie: {edition}). "
        "Geef bij de toekenning de laatste geldige dag op (last-valid-day)."
    )
    en: ClassVar[str] = (
        "The validity is not known for this date (edition: {edition}). "
        "State the last valid day with the award (last-valid-day)."
    )
    edition: str
