"""Which parameters do many resources take? An estate in the path, a moment, a filter of a list."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Path, Query
from pydantic import AwareDatetime

from kvob_domain.ids import EstateId

EstatePath = Annotated[
    EstateId,
    Path(
        alias="estateId",
        pattern="^[0-9a-f]{32}$",
        description="The id of an estate: 32 hexadecimal digits.",
    ),
]
On = Annotated[
    date | None,
    Query(description="A civil day in the Netherlands; at its end. Without it: today."),
]
KnownAt = Annotated[
    AwareDatetime | None,
    Query(alias="knownAt", description="As it was known at this instant. Without it: now."),
]
Sort = Annotated[
    str | None,
    Query(
        max_length=200,
        description="Fields of the row, with commas; '-' in front: descending.",
    ),
]


def sorts(given: str | None) -> tuple[str, ...]:
    """The fields to sort by."""
    return tuple(one.strip() for one in (given or "").split(",") if one.strip())
