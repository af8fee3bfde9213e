"""What may be asked about a deadline? Give notice of it, move it, waive it.

`kind` and `ordinal` name one open deadline of the estate, as `kvob due` lists them.
"""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from kvob_domain.estate.commands.base import EstateCommand
from kvob_domain.estate.deadline_kinds import LAST_ORDINAL, DeadlineKind
from kvob_domain.estate.values import FIRST_DAY, LAST_DAY
from kvob_domain.words import Text

ReasonField = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)
]


class GiveNotice(EstateCommand):
    """Record that notice of a deadline was given; `on` is the day on which it fell due.

    The alarm clock does this by itself. A person does it for a notice given by other means.
    """

    TITLE: ClassVar[Text] = Text("Kennisgeving doen", "Give notice")
    command: Literal["give_notice"] = "give_notice"
    kind: DeadlineKind
    ordinal: int = Field(default=1, ge=1, le=LAST_ORDINAL)


class ExtendDeadline(EstateCommand):
    """Give a deadline that the scheme asks for a later day.

    Takes a second person where the edition says so.
    """

    TITLE: ClassVar[Text] = Text("Termijn verlengen", "Extend a deadline")
    command: Literal["extend_deadline"] = "extend_deadline"
    kind: DeadlineKind
    ordinal: int = Field(default=1, ge=1, le=LAST_ORDINAL)
    due_on: date = Field(ge=FIRST_DAY, le=LAST_DAY)
    reason: ReasonField


class ReplanDeadline(EstateCommand):
    """Give a reminder or a target date another day, earlier or later."""

    TITLE: ClassVar[Text] = Text("Termijn verzetten", "Replan a deadline")
    command: Literal["replan_deadline"] = "replan_deadline"
    kind: DeadlineKind
    ordinal: int = Field(default=1, ge=1, le=LAST_ORDINAL)
    due_on: date = Field(ge=FIRST_DAY, le=LAST_DAY)
    reason: ReasonField


class WaiveDeadline(EstateCommand):
    """Waive a deadline; takes a reason and a second person."""

    TITLE: ClassVar[Text] = Text("Van termijn ontheffen", "Waive a deadline")
    command: Literal["waive_deadline"] = "waive_deadline"
    kind: DeadlineKind
    ordinal: int = Field(default=1, ge=1, le=LAST_ORDINAL)
    reason: ReasonField


DeadlineCommand = GiveNotice | ExtendDeadline | ReplanDeadline | WaiveDeadline
