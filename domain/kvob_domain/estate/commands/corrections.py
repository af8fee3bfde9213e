"""What may be asked about what is on record? That an earlier event should have said otherwise."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field, JsonValue

from kvob_domain.estate.commands.base import EstateCommand
from kvob_domain.estate.commands.deadlines import ReasonField
from kvob_domain.estate.values import LAST_VERSION
from kvob_domain.words import Text


class Correct(EstateCommand):
    """Say what an earlier event should have said, or that it never happened.

    `on` is the day of the correction, `version` the number of the earlier event in the estate's
    history, which may be a correction itself. `says` names only the fields that should have been
    different; it is merged over what the event says now as RFC 7396 does: objects are merged,
    lists replaced, null removes. Give either `says` or `never_happened`. After a decision it
    takes a second person.
    """

    TITLE: ClassVar[Text] = Text("Corrigeren", "Correct")
    command: Literal["correct"] = "correct"
    version: int = Field(ge=1, le=LAST_VERSION)
    says: Mapping[str, JsonValue] | None = None
    never_happened: bool = False
    reason: ReasonField


CorrectionCommand = Correct
