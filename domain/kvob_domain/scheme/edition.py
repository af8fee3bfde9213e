"""What is an edition of the scheme? Its title, the days it is in force, its values, its gaps."""

from datetime import date
from typing import Annotated, Final, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from kvob_domain.ids import EditionId
from kvob_domain.partial_date import PartialDate
from kvob_domain.scheme.scheme_terms import Terms
from kvob_domain.scheme.sourced import Source, Sourced, fault
from kvob_domain.words import Text


def _dated(value: PartialDate) -> PartialDate:
    if not value.is_known:
        raise fault("heeft ten minste een jaar nodig", "needs at least a year")
    return value


def _term_name(value: str) -> str:
    if value not in Terms.model_fields:
        raise fault("noemt geen waarde van het schema", "names no value of the scheme")
    return value


SchemeDate = Annotated[PartialDate, AfterValidator(_dated)]
SCHEME_ID: Final = r"^[a-z0-9][a-z0-9.-]{1,40}$"
"""How an edition or the policy is named in commands, events and addresses."""


class Remark(BaseModel):
    """What could not be confirmed or needs explaining, about one value where `about` names it."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    text: Text
    source: Source
    about: Annotated[str, AfterValidator(_term_name)] | None = None


class Edition(BaseModel):
    """One edition of the scheme, in force from a day up to, not including, another."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    id: Annotated[EditionId, Field(pattern=SCHEME_ID)]
    title: Text
    in_force_from: Sourced[SchemeDate]
    in_force_until: Sourced[SchemeDate] | None = None
    """The first day no longer in force; None where no source says that it was replaced."""
    terms: Terms = Field(default_factory=Terms)
    remarks: tuple[Remark, ...] = ()

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        until = self.in_force_until
        if until is not None and until.value <= self.in_force_from.value:
            raise fault(
                "in_force_until: moet na in_force_from liggen",
                "in_force_until: must be after in_force_from",
            )
        return self

    def in_force_on(self, day: date) -> bool:
        """Whether the edition is in force on `day`; a month or year counts from its first day."""
        return _starts_by(self.in_force_from.value, day) and not (
            self.in_force_until is not None and _starts_by(self.in_force_until.value, day)
        )


def _starts_by(start: PartialDate, day: date) -> bool:
    return start.earliest is not None and start.earliest <= day
