"""What is missing, who owes it, and which form brings it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvob_domain.estate.commands import name_of
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.words import Text
from kvob_workflow.web.one_estate.actions import form_of
from kvob_workflow.web.one_estate.plainly import plainly, without_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvob_domain.estate.possible import Possible
    from kvob_domain.estate.requirements import Missing
    from kvob_domain.estate.state import Estate
    from kvob_workflow.web.asking import Ask

BROUGHT_BY: Final[Mapping[RequirementCode, tuple[str, Mapping[str, str]]]] = {
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
    RequirementCode.MEASURES_DONE: ("update_measure", {}),
}
_RECORD: Final = Text("Vastleggen", "Record")
_VERBS: Final[Mapping[str, Text]] = {
    "declare_intent": Text("Ondertekenen", "Sign"),
    "adopt_analysis": Text("Vaststellen", "Adopt"),
    "adopt_plan": Text("Vaststellen", "Adopt"),
    "sign_covenant": Text("Ondertekenen", "Sign"),
    "request_audit": Text("Aanvragen", "Request"),
    "close_finding": Text("Afsluiten", "Close"),
    "update_measure": Text("Bijwerken", "Update"),
}


@dataclass(frozen=True, slots=True)
class Owed:
    """One open requirement. `href` brings it now; None where it cannot be brought, or not yet.

    `verb` says what one does there. `holder` is the edition or policy that asks for it, `source`
    where that is written; both "" where the lifecycle itself does. `is_now`: the lifecycle lets it
    be brought in the step where the estate stands.
    """

    code: RequirementCode
    owed_by: str
    sentence: str
    holder: str
    source: str
    is_now: bool
    href: str | None
    verb: Text


def owed_of(
    ask: Ask, state: Estate, missing: Iterable[Missing], commands: Iterable[Possible]
) -> tuple[Owed, ...]:
    """What is missing, in the order of the steps; first what can be brought now."""
    free = {name_of(one.command) for one in commands if not one.obstacles}
    if not state.measures:
        free.discard("update_measure")  # first a plan that has any
    found = [_owed(ask, state, one, free) for one in missing]
    return tuple(sorted(found, key=lambda one: not one.is_now))


def _owed(ask: Ask, state: Estate, one: Missing, free: set[str]) -> Owed:
    said = one.refusal.fields()
    source = str(said.get("source") or "")
    command, filled = _brings(one.code, state)
    href = form_of(ask, command, **filled) if command in free else None
    if href and one.code is RequirementCode.MEASURES_DONE:
        href = ask.links.to(f"/estates/{state.id}/measures")  # all of them in one form
    sentence = plainly(without_source(one.refusal.message(ask.language), source), ask.language)
    return Owed(
        code=one.code,
        owed_by=one.owed_by,
        sentence=sentence,
        holder=str(said.get("holder") or ""),
        source=source,
        is_now=command in free,
        href=href,
        verb=_VERBS.get(command, _RECORD),
    )


def _brings(code: RequirementCode, state: Estate) -> tuple[str, Mapping[str, str]]:
    """The command that brings it: an audit is asked for before it is recorded."""
    if code is RequirementCode.AUDIT and state.dossier.audit_requested_on is None:
        return "request_audit", {}
    return BROUGHT_BY[code]
