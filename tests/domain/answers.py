"""What does `decide` answer, as a value that can be compared?"""

from collections.abc import Iterable

from kvob_domain.errors import KvobError, Rejected
from kvob_domain.estate.commands import Command
from kvob_domain.estate.decide import decide
from kvob_domain.estate.events import AnyEvent
from kvob_domain.estate.ground import Ground
from kvob_domain.estate.state import Estate

Said = list[tuple[str, dict[str, object]]]


def answer(command: Command, state: Estate, ground: Ground) -> tuple[tuple[AnyEvent, ...], Said]:
    """The events, and all that was said against the command."""
    try:
        return decide(command, state, ground), []
    except Rejected as refusal:
        return (), said(refusal.all())
    except KvobError as refusal:
        return (), said((refusal,))


def said(refusals: Iterable[KvobError]) -> Said:
    """Each refusal by its code and its fields."""
    return [(refusal.code, refusal.fields()) for refusal in refusals]
