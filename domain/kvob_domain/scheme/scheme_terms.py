"""Which values can an edition or the practice policy set?

An absent value is unknown, and then no rule refuses. Term arithmetic is in `kvob_domain.terms`;
how an edition and the policy are merged is in `book`.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from kvob_domain.parties import PartyRole
from kvob_domain.scheme.sourced import Sourced, fault
from kvob_domain.words import Text

Light = Literal["day", "dark"]
LIGHT_WORDS: Final[dict[Light, Text]] = {
    "day": Text("bij daglicht", "by daylight"),
    "dark": Text("in het donker", "in the dark"),
}
CovenantPlace = Literal["audit", "award", "nothing"]
"""What may not happen before the covenant is signed."""


def _unique(values: tuple[object, ...]) -> tuple[object, ...]:
    if len(set(values)) != len(values):
        raise fault("noemt een waarde twee keer", "states a value twice")
    return values


def _falling(months: tuple[int, ...]) -> tuple[int, ...]:
    if tuple(sorted(set(months), reverse=True)) != months:
        raise fault(
            "moet aflopen, van de eerste herinnering naar de laatste",
            "must fall, from the first reminder to the last",
        )
    return months


# Strict, so that `true`, "3" and 3.0 in a file are refused instead of quietly read as numbers.
Years = Annotated[int, Field(strict=True, ge=1, le=30)]
Months = Annotated[int, Field(strict=True, ge=1, le=360)]
Days = Annotated[int, Field(strict=True, ge=1, le=3660)]
Count = Annotated[int, Field(strict=True, ge=0, le=100)]
Flag = Annotated[bool, Field(strict=True)]
Percent = Annotated[Decimal, Field(ge=0, le=100)]
Name = Annotated[str, Field(min_length=1, max_length=60)]
Ladder = Annotated[tuple[Name, ...], Field(min_length=1), AfterValidator(_unique)]
Parties = Annotated[tuple[PartyRole, ...], Field(min_length=1), AfterValidator(_unique)]
Rounds = Annotated[tuple[Light, ...], Field(min_length=1), AfterValidator(_unique)]
Reminders = Annotated[tuple[Months, ...], Field(min_length=1), AfterValidator(_falling)]


class Terms(BaseModel):
    """The values that rules and deadlines ask for; each is None where nobody confirms one."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    validity_years: Sourced[Years] | None = None
    """Years from `valid_from` to `expires_on`."""
    levels: Sourced[Ladder] | None = None
    """Level names, from the first certificate up."""
    level_aliases: Sourced[dict[Name, Name]] | None = None
    """Other spellings of a level or star -> the name in the ladder."""
    stars: Sourced[Ladder] | None = None
    """Star names, from the first up, where an estate has stars instead of levels."""
    parties: Sourced[Parties] | None = None
    """The roles without which there is no partnership."""
    survey_response_percent: Sourced[Percent] | None = None
    """The lowest response that lets the analysis count; equal is enough."""
    walk_rounds: Sourced[Rounds] | None = None
    """The light in which a walk-round is asked for, one each."""
    figures_required: Sourced[Flag] | None = None
    """Whether the analysis needs incident figures."""
    goals_required: Sourced[Flag] | None = None
    """Whether the action plan needs goals."""
    measures_done: Sourced[Count] | None = None
    """Measures of the plan carried out before the award, at least."""
    audit_required: Sourced[Flag] | None = None
    """Whether the award needs an audit with a positive advice."""
    covenant_before: Sourced[CovenantPlace] | None = None
    """What the covenant comes before, in a first cycle."""
    covenant_before_renewal: Sourced[CovenantPlace] | None = None
    """What the renewed covenant comes before, in a later cycle."""
    yearly_evaluation: Sourced[Flag] | None = None
    """Whether the working group evaluates every year."""
    reminder_months: Sourced[Reminders] | None = None
    """Months before `expires_on` at which the partnership is reminded."""
    renewal_start_months: Sourced[Months] | None = None
    """Months before `expires_on` by which the renewal has started."""
    suspension_limit_months: Sourced[Months] | None = None
    """Months that a certificate can be suspended before it must be restored or withdrawn."""
    retention_years: Sourced[Years] | None = None
    """Years that the evidence is kept."""
    corrective_action_months: Sourced[Months] | None = None
    """Months to close a finding of the audit."""
    extension_approval: Sourced[Flag] | None = None
    """Whether extending a deadline takes a second person."""
    target_days: Sourced[dict[Name, Days]] | None = None
    """Step -> days that it is meant to take."""

    @model_validator(mode="after")
    def _aliases_name_no_level(self) -> Self:
        """An alias that is itself a rung would make one level into another."""
        if self.level_aliases is not None:
            rungs = {*self.ladder(), *self.star_ladder()}
            for alias in self.level_aliases.value:
                if alias in rungs:
                    raise fault(
                        f"level_aliases: '{alias}' is zelf een niveau",
                        f"level_aliases: '{alias}' is a level itself",
                    )
        return self

    def known(self) -> Iterator[tuple[str, Sourced[object]]]:
        """The names and values that are set, in the order of this class."""
        for name, value in self:
            if value is not None:
                yield name, value

    def ladder(self) -> tuple[str, ...]:
        """The levels, or none where they are unknown."""
        return self.levels.value if self.levels is not None else ()

    def star_ladder(self) -> tuple[str, ...]:
        """The stars, or none where they are unknown."""
        return self.stars.value if self.stars is not None else ()

    def held_by(self, holder: str) -> Self:
        """The same values, each naming `holder` as the edition or policy that says so."""
        return self.model_copy(
            update={
                name: value.model_copy(update={"holder": holder}) for name, value in self.known()
            }
        )

    def or_else(self, other: "Terms") -> Self:
        """These values, and the other's where this one has none."""
        own = dict(self.known())
        return self.model_copy(
            update={name: value for name, value in other.known() if name not in own}
        )
