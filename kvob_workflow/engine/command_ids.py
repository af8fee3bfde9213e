"""Which command ids can be kept? Printable text of at most 200 characters, chosen by the caller."""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Invalid
from kvob_domain.ids import CommandId

LONGEST = 200


@dataclass(eq=False)
class CommandIdMalformed(Invalid):
    """The id of a command is empty, too long or not printable."""

    code: ClassVar[str] = "command-id-malformed"
    nl: ClassVar[str] = (
        "Het kenmerk van een opdracht heeft 1 tot en met {longest} zichtbare tekens. "
        "Kies een ander kenmerk."
    )
    en: ClassVar[str] = (
        "The id of a command has 1 to {longest} visible characters. Choose another id."
    )
    longest: int


def checked_id(text: str | None) -> CommandId | None:
    """The id, if one is given.

    Raises:
        CommandIdMalformed: when it cannot be kept.
    """
    if text is None:
        return None
    if not 0 < len(text) <= LONGEST or not text.isprintable():
        raise CommandIdMalformed(LONGEST)
    return CommandId(text)
