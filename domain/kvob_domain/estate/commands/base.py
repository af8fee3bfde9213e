"""What do all commands have in common? The estate, and the day on which it happened."""

from datetime import date
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from kvob_domain.estate.values import FIRST_DAY, LAST_DAY
from kvob_domain.ids import EstateIdField
from kvob_domain.words import Text


class Ask(BaseModel):
    """A frozen request; unknown fields are refused. `TITLE` is what the screens call it."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    TITLE: ClassVar[Text]


class EstateCommand(Ask):
    """A request about one estate. `on` is the civil day (Europe/Amsterdam) it happened."""

    estate: EstateIdField
    on: date = Field(ge=FIRST_DAY, le=LAST_DAY)


class JointCommand(EstateCommand):
    """A request that several estates may share in one act; `also` names the others.

    All of them are written in one transaction, or none is.
    """

    also: tuple[EstateIdField, ...] = ()
