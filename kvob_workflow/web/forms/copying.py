"""What can be taken over from what the estate has? Parties, plan and agreements of the last cycle.

Only what is still empty in the form is filled in, so that nothing typed is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.estate.commands import name_of
from kvob_domain.estate.commands.certification import RequestAudit, SignCovenant
from kvob_domain.estate.commands.preparation import AdoptPlan, DeclareIntent, StartTrajectory
from kvob_domain.estate.values import Progress
from kvob_workflow.web.forms.fields import fields_of_command
from kvob_workflow.web.forms.writing import typed_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import BaseModel

    from kvob_domain.estate.commands import Command
    from kvob_domain.estate.state import Estate
    from kvob_workflow.web.forms.filled import Filled

_CLOSED: Final = (Progress.DONE, Progress.DROPPED)


def copied(command: type[Command], state: Estate, filled: Filled, *, closed_too: bool) -> Filled:
    """The form with what can be taken over; `closed_too`: measures that are finished as well."""
    said = _taken(command, state, closed_too=closed_too)
    lists = [name for name, value in said.items() if isinstance(value, list)]
    return filled.only_where_empty(dict(typed_in(fields_of_command(command), said)), lists)


def can_copy(command: type[Command], state: Estate) -> bool:
    """Whether there is anything to take over."""
    return any(_taken(command, state, closed_too=True).values())


def has_closed(command: type[Command], state: Estate) -> bool:
    """Whether the plan has measures that are finished."""
    return command is AdoptPlan and any(one.progress in _CLOSED for one in state.measures)


def _taken(command: type[Command], state: Estate, *, closed_too: bool) -> Mapping[str, object]:
    take = _TAKEN.get(name_of(command))
    if take is None:
        return {}
    said = take(state)
    if command is AdoptPlan and not closed_too:
        said["measures"] = [_plain(one) for one in state.measures if one.progress not in _CLOSED]
    return said


def _plain(value: BaseModel) -> dict[str, object]:
    # A name is sealed for the place where it stood; it is asked for again.
    said: dict[str, object] = value.model_dump(mode="json", exclude_none=True, exclude={"name"})
    return said


def _parties(state: Estate) -> list[object]:
    return [_plain(one) for one in state.parties]


def _of_trajectory(state: Estate) -> dict[str, object]:
    return {"parties": _parties(state), "guide": state.guide, "body": state.body}


def _of_intent(state: Estate) -> dict[str, object]:
    return {"signatories": _parties(state)}


def _of_plan(state: Estate) -> dict[str, object]:
    return {
        "goals": [_plain(one) for one in state.goals],
        "measures": [_plain(one) for one in state.measures],
    }


def _of_covenant(state: Estate) -> dict[str, object]:
    last = state.covenant
    if last is None:
        return {"signatories": _parties(state)}
    return {
        "signatories": [_plain(one) for one in last.signatories],
        "witnesses": [_plain(one) for one in last.witnesses],
        "agreements": [_plain(one) for one in last.agreements],
    }


def _of_audit(state: Estate) -> dict[str, object]:
    return {"body": state.body}


_TAKEN: Final[Mapping[str, Callable[[Estate], dict[str, object]]]] = {
    name_of(StartTrajectory): _of_trajectory,
    name_of(DeclareIntent): _of_intent,
    name_of(AdoptPlan): _of_plan,
    name_of(SignCovenant): _of_covenant,
    name_of(RequestAudit): _of_audit,
}
