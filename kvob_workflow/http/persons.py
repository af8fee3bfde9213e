"""Who may see which persons acted? Whoever has that scope; all others get the answer without ids.

Names are never in an answer: they are sealed, and stay so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from pydantic import BaseModel

from kvob_domain.estate.persons import PERSON_FIELDS
from kvob_domain.mandates import Scope

if TYPE_CHECKING:
    from kvob_workflow.engine.mandated import Mandated

_NAME = "name"


def sees_persons(desk: Mandated) -> bool:
    """Whether the one who asks may see ids of persons."""
    return Scope.PERSONS_READ in desk.mandate.scopes


def said(value: object, *, persons: bool) -> object:
    """What a command or event says, as JSON, without sealed names; without persons where asked."""
    if isinstance(value, BaseModel):
        return said(value.model_dump(mode="json", exclude_none=True), persons=persons)
    if isinstance(value, Mapping):
        members = cast("Mapping[str, object]", value)
        return {
            name: said(member, persons=persons)
            for name, member in members.items()
            if (persons or name not in PERSON_FIELDS)
            and not (name == _NAME and isinstance(member, Mapping))
        }
    if isinstance(value, list | tuple):
        return [said(one, persons=persons) for one in cast("list[object]", value)]
    return value
