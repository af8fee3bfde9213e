"""What is missing, who owes it, and which form brings it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvob_domain.estate.commands import name_of
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_workflow.web.one_estate.actions import form_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvob_domain.estate.possible import Possible
    from kvob_domain.estate.requirements import Missing
    from kvob_domain.estate.state import Estate
    from kvob_workflow.web.asking import Ask

_BROUGHT_BY: Final[Mapping[RequirementCode, tuple[str, Mapping[str, str]]]] = {
    RequirementCode.PARTIES: ("declare_intent", {}),
    RequirementCode.INTENT: ("declare_intent", {}),
    RequirementCode.SURVEY: ("record_survey", {}),
    RequirementCode.WALK_ROUND_DAY: ("record_walk_round", {"light": "day"}),
    RequirementCode.WALK_ROUND_DARK: ("record_walk_round", {"light": "dark"}),
    RequirementCode.FIGURES: ("record_figures", {}),
    RequirementCode.ANALYSIS: ("adopt_analysis", {}),
    RequirementCode.PLAN: ("adopt_plan", {}),
    RequirementCode.GOALS: ("adopt_plan", {}),
    RequirementCode.COVENANT: ("sign_covenant", {}),
    RequirementCode.AUDIT: ("record_audit", {}),
    RequirementCode.FINDINGS_CLOSED: ("close_finding", {}),
}


@dataclass(frozen=True, slots=True)
class Owed:
    """One open requirement. `href` brings it now; None where it cannot be brought, or not yet.

    `is_now`: the lifecycle lets it be brought in the step where the estate stands.
    """

    code: RequirementCode
    owed_by: str
    sentence: str
    is_now: bool
    href: str | None


def owed_of(
    ask: Ask, state: Estate, missing: Iterable[Missing], commands: Iterable[Possible]
) -> tuple[Owed, ...]:
    """What is missing, in the order of the steps; first what can be brought now."""
    free = {name_of(one.command) for one in commands if not one.obstacles}
    found = [_owed(ask, state, one, free) for one in missing]
    return tuple(sorted(found, key=lambda one: not one.is_now))


def _owed(ask: Ask, state: Estate, one: Missing, free: set[str]) -> Owed:
    sentence = one.refusal.message(ask.language)
    if one.code is RequirementCode.MEASURES_DONE:
        href = ask.links.to(f"/estates/{state.id}/measures") if ask.is_now else None
        return Owed(one.code, one.owed_by, sentence, "update_measure" in free, href)
    command, filled = _brings(one.code, state)
    href = form_of(ask, command, **filled) if command in free else None
    return Owed(one.code, one.owed_by, sentence, command in free, href)


def _brings(code: RequirementCode, state: Estate) -> tuple[str, Mapping[str, str]]:
    """The command that brings it: an audit is asked for before it is recorded."""
    if code is RequirementCode.AUDIT and state.dossier.audit_requested_on is None:
        return "request_audit", {}
    return _BROUGHT_BY[code]
