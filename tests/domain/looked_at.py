"""Did a rule, or a check of the evidence, look at a command, and did it let the command through?"""

from dataclasses import replace

from kvob_domain.errors import KvobError
from kvob_domain.estate.commands import Command
from kvob_domain.estate.commands.preparation import AdoptPlan, DeclareIntent
from kvob_domain.estate.requirements import REQUIREMENTS, Requirement, gating, shortfall
from kvob_domain.estate.rules import ALL_RULES
from kvob_domain.estate.state import Estate
from kvob_domain.testing import Result

RULES = {rule.name: rule for rule in ALL_RULES}
CHECKS = {requirement.check.__name__: requirement for requirement in REQUIREMENTS}


def looked_at(name: str, result: Result, *, accepted: bool) -> bool:
    """Whether the rule or check saw this command and answered so."""
    if accepted != (result.refusal is None):
        return False
    if name in CHECKS:
        return _gated(CHECKS[name], result, accepted=accepted)
    rule = RULES[name]
    if type(result.command) not in rule.commands:
        return False
    refusal = rule.refusal(result.command, result.before.state, result.ground)
    return (refusal is None) == accepted


def _gated(requirement: Requirement, result: Result, *, accepted: bool) -> bool:
    state = result.before.state
    if requirement not in gating(result.command.command, state):
        return False
    if accepted:
        # A waived requirement is let through by the waiver, not by its check.
        return requirement.code not in state.dossier.waived | state.dossier.on_record
    expected = shortfall(
        requirement,
        _before_its_own_evidence(state, result.command),
        result.ground.terms(state.edition),
    )
    return expected is not None and any(_same(expected, one) for one in result.refusals)


def _before_its_own_evidence(state: Estate, command: Command) -> Estate:
    """What a plan or a declaration replaces does not count for it."""
    if isinstance(command, AdoptPlan):
        return replace(state, goals=())
    if isinstance(command, DeclareIntent):
        return replace(state, dossier=replace(state.dossier, intent_roles=frozenset()))
    return state


def _same(expected: KvobError, found: KvobError) -> bool:
    """The same reason, and for walk-rounds about the same light."""
    lights = [getattr(one, "light", None) for one in (expected, found)]
    return type(expected) is type(found) and lights[0] == lights[1]
