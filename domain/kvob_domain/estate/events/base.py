"""What do all events have in common? A stable topic, and the day to sort them by."""

from datetime import date
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from kvob_domain.estate.values import FIRST_DAY, LAST_DAY
from kvob_domain.partial_date import PartialDate


class Event(BaseModel):
    """Something that has happened. The topic is stored; the class may move, the topic may not."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    TOPIC: ClassVar[str]

    @property
    def occurred(self) -> PartialDate:
        """The day it happened, as exactly as it is known."""
        raise NotImplementedError

    @property
    def earliest(self) -> date | None:
        """The first day on which it can have happened; None where nobody knows."""
        return self.occurred.earliest


class DatedEvent(Event):
    """An event of one known civil day (Europe/Amsterdam)."""

    on: date = Field(ge=FIRST_DAY, le=LAST_DAY)

    @property
    def occurred(self) -> PartialDate:
        """The day it happened."""
        return PartialDate.of(self.on)

    @property
    def earliest(self) -> date:
        """The day it happened."""
        return self.on
