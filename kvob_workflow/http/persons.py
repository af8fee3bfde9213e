"""What does a command or event say in an answer? All but the names in it, which stay sealed.

Ids of persons are hidden by the engine from who may not see them, before they come here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from pydantic import BaseModel

_NAME = "name"


def said(value: object) -> Any:
    """What a command or event says, as JSON, without sealed names."""
    if isinstance(value, BaseModel):
        return said(value.model_dump(mode="json", exclude_none=True))
    if isinstance(value, Mapping):
        members = cast("Mapping[str, object]", value)
        return {
            name: said(member)
            for name, member in members.items()
            if not (name == _NAME and isinstance(member, Mapping))
        }
    if isinstance(value, list | tuple):
        return [said(one) for one in cast("list[object]", value)]
    return value
