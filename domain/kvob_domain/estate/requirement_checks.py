"""What exactly does each requirement ask? One small function each, with its source."""

from decimal import ROUND_HALF_UP, Decimal

from kvob_domain.errors import Rejected
from kvob_domain.estate.state import Estate, Survey
from kvob_domain.estate.values import AuditOutcome, Progress
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.parties import PartyRole
from kvob_domain.refusals.evidence import (
    AnalysisMissing,
    AuditMissing,
    AuditNegative,
    CovenantMissing,
    FiguresMissing,
    FindingsOpen,
    GoalsMissing,
    IntentMissing,
    PartiesMissing,
    PlanMissing,
    SurveyMissing,
    SurveyResponseTooLow,
    TooFewMeasuresDone,
    WalkRoundMissing,
)
from kvob_domain.scheme.scheme_terms import Light, Terms
from kvob_domain.words import Text

_BY_DAY = Text("bij daglicht", "by daylight")
_IN_THE_DARK = Text("in het donker", "in the dark")
_TENTH = Decimal("0.1")


def required_parties_take_part(estate: Estate, terms: Terms) -> Rejected | None:
    """Entrepreneurs, municipality, police and fire brigade declare the intent.

    Source: scheme data `parties`.
    """
    if terms.parties is None:
        return None
    absent = _absent(terms.parties.value, estate.dossier.intent_roles)
    return PartiesMissing(absent, terms.parties.holder, terms.parties.source) if absent else None


def intent_is_declared(estate: Estate, _: Terms) -> Rejected | None:
    """The inventory follows the declaration of intent. Source: lifecycle."""
    return None if estate.dossier.intent_declared else IntentMissing()


def enough_entrepreneurs_answered(estate: Estate, terms: Terms) -> Rejected | None:
    """The survey's response reaches the threshold; equal is enough.

    Source: scheme data `survey_response_percent`.
    """
    threshold = terms.survey_response_percent
    if threshold is None:
        return None
    survey = estate.dossier.survey
    if survey is None:
        return SurveyMissing(threshold.value, threshold.holder, threshold.source)
    if Decimal(survey.returned) * 100 >= threshold.value * survey.sent:
        return None
    return SurveyResponseTooLow(
        returned=survey.returned,
        sent=survey.sent,
        rate=response_rate(survey),
        minimum=threshold.value,
        short=forms_short(survey, threshold.value),
        holder=threshold.holder,
        source=threshold.source,
    )


def walked_by_day(estate: Estate, terms: Terms) -> Rejected | None:
    """A walk-round by daylight was held. Source: scheme data `walk_rounds`."""
    return _walked(estate, terms, "day", _BY_DAY)


def walked_in_the_dark(estate: Estate, terms: Terms) -> Rejected | None:
    """A walk-round in the dark was held. Source: scheme data `walk_rounds`."""
    return _walked(estate, terms, "dark", _IN_THE_DARK)


def figures_are_on_record(estate: Estate, terms: Terms) -> Rejected | None:
    """The analysis rests on incident figures. Source: scheme data `figures_required`."""
    ruling = terms.figures_required
    if ruling is None or not ruling.value or estate.dossier.figures is not None:
        return None
    return FiguresMissing(ruling.holder, ruling.source)


def analysis_is_adopted(estate: Estate, _: Terms) -> Rejected | None:
    """The plan follows the safety analysis. Source: lifecycle."""
    return None if estate.dossier.analysis_on is not None else AnalysisMissing()


def plan_has_goals(estate: Estate, terms: Terms) -> Rejected | None:
    """The plan states goals. Source: scheme data `goals_required`."""
    ruling = terms.goals_required
    if ruling is None or not ruling.value or estate.goals:
        return None
    return GoalsMissing(ruling.holder, ruling.source)


def plan_is_adopted(estate: Estate, _: Terms) -> Rejected | None:
    """The cycle has an action plan of its own. Source: lifecycle."""
    return None if estate.dossier.plan_on is not None else PlanMissing()


def covenant_is_signed(estate: Estate, terms: Terms) -> Rejected | None:
    """The required parties signed the covenant, where it comes before the award.

    Source: scheme data `covenant_before`, in a renewal `covenant_before_renewal`.
    """
    renewing = estate.step is Step.RECERTIFICATION
    place = terms.covenant_before_renewal if renewing else terms.covenant_before
    if place is None or place.value == "nothing":
        return None
    required = terms.parties.value if terms.parties else ()
    absent = _absent(required, estate.dossier.covenant_roles)
    if estate.dossier.covenant_on is None or absent:
        return CovenantMissing(absent or required, place.holder, place.source)
    return None


def audit_is_positive(estate: Estate, terms: Terms) -> Rejected | None:
    """The last audit of the cycle advises positively. Source: scheme data `audit_required`."""
    ruling = terms.audit_required
    if ruling is None or not ruling.value:
        return None
    match estate.dossier.audit:
        case AuditOutcome.POSITIVE:
            return None
        case AuditOutcome.NEGATIVE:
            return AuditNegative(ruling.holder, ruling.source)
        case None:
            return AuditMissing(ruling.holder, ruling.source)


def findings_are_closed(estate: Estate, _: Terms) -> Rejected | None:
    """No finding of the audit is open. Source: certification practice (plan adjusted first)."""
    still_open = tuple(sorted(estate.dossier.open_findings))
    return FindingsOpen(still_open) if still_open else None


def enough_measures_are_done(estate: Estate, terms: Terms) -> Rejected | None:
    """Enough measures of the plan were carried out before the first certificate.

    Source: scheme data `measures_done` (four, as proof that the cooperation works).
    """
    ruling = terms.measures_done
    done = sum(measure.progress is Progress.DONE for measure in estate.measures)
    if ruling is None or done >= ruling.value:
        return None
    short = ruling.value - done
    return TooFewMeasuresDone(done, ruling.value, short, ruling.holder, ruling.source)


def response_rate(survey: Survey) -> Decimal:
    """The response in percent, rounded to a tenth for people; rules compare exactly."""
    rate = Decimal(survey.returned) * 100 / Decimal(survey.sent)
    return rate.quantize(_TENTH, rounding=ROUND_HALF_UP)


def forms_short(survey: Survey, threshold: Decimal) -> int:
    """How many more answers reach a threshold in percent."""
    needed = threshold * survey.sent / 100
    whole = int(needed) if needed == int(needed) else int(needed) + 1
    return whole - survey.returned


def _walked(estate: Estate, terms: Terms, light: Light, words: Text) -> Rejected | None:
    ruling = terms.walk_rounds
    if ruling is None or light not in ruling.value or light in estate.dossier.walk_rounds:
        return None
    return WalkRoundMissing(words, ruling.holder, ruling.source)


def _absent(
    required: tuple[PartyRole, ...], present: frozenset[PartyRole]
) -> tuple[PartyRole, ...]:
    return tuple(role for role in required if role not in present)
