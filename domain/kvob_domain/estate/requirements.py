"""What is missing, and who owes it? The gate of the scheme, as a named list of small checks.

`missing` lists what is open before the next award; `rules.evidence` lets the same checks refuse a
move. A value that no source confirms is absent, and then its check lets everything through.
"""

from collections.abc import Callable
from dataclasses import dataclass

from kvob_domain.errors import Rejected
from kvob_domain.estate import requirement_checks as checks
from kvob_domain.estate.requirement_codes import OWED_BY, RequirementCode
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import EstateKind
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.scheme.scheme_terms import Terms

Check = Callable[[Estate, Terms], Rejected | None]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement: the moves that it gates in a first cycle and in a renewal, or none."""

    code: RequirementCode
    first: str | None
    renewal: str | None
    check: Check


@dataclass(frozen=True, slots=True)
class Missing:
    """An open requirement, the party that owes it, and the refusal that explains it."""

    code: RequirementCode
    owed_by: str
    refusal: Rejected


_AWARD = "award_certificate"

REQUIREMENTS: tuple[Requirement, ...] = (
    Requirement(RequirementCode.PARTIES, "declare_intent", None, checks.required_parties_take_part),
    Requirement(RequirementCode.INTENT, "adopt_analysis", None, checks.intent_is_declared),
    Requirement(
        RequirementCode.SURVEY, "adopt_analysis", _AWARD, checks.enough_entrepreneurs_answered
    ),
    Requirement(RequirementCode.WALK_ROUND_DAY, "adopt_analysis", _AWARD, checks.walked_by_day),
    Requirement(
        RequirementCode.WALK_ROUND_DARK, "adopt_analysis", _AWARD, checks.walked_in_the_dark
    ),
    Requirement(RequirementCode.FIGURES, "adopt_analysis", _AWARD, checks.figures_are_on_record),
    Requirement(RequirementCode.ANALYSIS, "adopt_plan", None, checks.analysis_is_adopted),
    Requirement(RequirementCode.GOALS, "adopt_plan", "adopt_plan", checks.plan_has_goals),
    Requirement(RequirementCode.PLAN, _AWARD, _AWARD, checks.plan_is_adopted),
    Requirement(RequirementCode.COVENANT, _AWARD, _AWARD, checks.covenant_is_signed),
    Requirement(RequirementCode.AUDIT, _AWARD, _AWARD, checks.audit_is_positive),
    Requirement(RequirementCode.FINDINGS_CLOSED, _AWARD, _AWARD, checks.findings_are_closed),
    Requirement(RequirementCode.MEASURES_DONE, _AWARD, None, checks.enough_measures_are_done),
)

_OF_A_FIRST_CYCLE = tuple(one for one in REQUIREMENTS if one.first is not None)
_OF_A_RENEWAL = tuple(one for one in REQUIREMENTS if one.renewal is not None)

_WORKING_TOWARDS_AWARD = frozenset(
    {
        Step.KICKOFF,
        Step.INVENTORY,
        Step.ACTION_PLAN,
        Step.COVENANT,
        Step.AWARD,
        Step.RECERTIFICATION,
    }
)


def missing(estate: Estate, terms: Terms) -> tuple[Missing, ...]:
    """What is open before the next award, in the order of the steps.

    Empty while no award is worked on (registered, evaluation, ended) and for a group.
    """
    if estate.step not in _WORKING_TOWARDS_AWARD or estate.kind is EstateKind.GROUP:
        return ()
    return tuple(
        Missing(requirement.code, OWED_BY[requirement.code], refusal)
        for requirement in (_OF_A_RENEWAL if _renewing(estate) else _OF_A_FIRST_CYCLE)
        if (refusal := shortfall(requirement, estate, terms)) is not None
    )


def gating(move: str, estate: Estate) -> tuple[Requirement, ...]:
    """The requirements that gate a move in the cycle that the estate is in."""
    if _renewing(estate):
        return tuple(one for one in _OF_A_RENEWAL if one.renewal == move)
    return tuple(one for one in _OF_A_FIRST_CYCLE if one.first == move)


def shortfall(requirement: Requirement, estate: Estate, terms: Terms) -> Rejected | None:
    """Why a requirement is open; None where it is met, waived, or on record elsewhere."""
    dossier = estate.dossier
    if requirement.code in dossier.waived or requirement.code in dossier.on_record:
        return None
    return requirement.check(estate, terms)


def _renewing(estate: Estate) -> bool:
    return estate.step is Step.RECERTIFICATION or estate.step is Step.EVALUATION
