"""Which parameters do many resources take? An estate in the path, a moment, a filter of a list."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from fastapi import Path, Query
from pydantic import AwareDatetime

from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.ids import EstateId
from kvob_projections.estates import LONGEST

ESTATE_ID: Final = "^[0-9a-f]{32}$"
EstatePath = Annotated[
    EstateId,
    Path(
        alias="estateId",
        pattern=ESTATE_ID,
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
_MOMENT = (
    "A moment: a day (2021-06-30), a day as it was known (2021-06-30@2021-07-05, the second may be"
    " an instant with its offset), or now."
)
MomentA = Annotated[str, Query(alias="from", max_length=80, description=_MOMENT)]
MomentB = Annotated[str, Query(alias="to", max_length=80, description=_MOMENT)]
Text = Annotated[
    str | None,
    Query(
        max_length=LONGEST,
        description="Words that must all occur in the name, a former name or the municipality.",
    ),
]
Municipality = Annotated[
    str | None,
    Query(
        max_length=LONGEST,
        description="A whole name; case and accents make no difference.",
    ),
]
Organisation = Annotated[
    str | None,
    Query(
        max_length=LONGEST,
        description="A whole name: of the process guide, a party or the certification body.",
    ),
]
Groups = Annotated[bool, Query(description="Groups and other areas as well, which are no estates.")]
Sort = Annotated[
    str | None,
    Query(
        max_length=200,
        description="Fields of the row, with commas; '-' in front: descending.",
    ),
]
Level = Annotated[str | None, Query(max_length=LONGEST, description="The level held on the day.")]
DueBefore = Annotated[
    date | None,
    Query(alias="dueBefore", description="The next deadline falls before this day."),
]
MissingCode = Annotated[RequirementCode | None, Query(description="This requirement is open.")]
DryRun = Annotated[
    bool,
    Query(alias="dryRun", description="Only try it: the same answer, with nothing written."),
]


def sorts(given: str | None) -> tuple[str, ...]:
    """The fields to sort by."""
    return tuple(one.strip() for one in (given or "").split(",") if one.strip())
