"""After which position comes what was recorded from an instant on?

Positions grow with the instants, as long as no clock was set back: whoever doubts that takes an
instant a little earlier. An event that comes twice does no harm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.webhooks.errors import SubscriptionInvalid

if TYPE_CHECKING:
    from datetime import datetime

    from kvob_workflow.store import EventStore

_ONE: Final = Text("of 'at': geef een van de twee", "or 'at': give one of the two")
_NONE_YET: Final = Text("is er nog niet; de laatste is {0}", "is not there yet; the last is {0}")
_ZONE: Final = Text("heeft een tijdzone nodig", "needs a time zone")


def begun(store: EventStore, id: str, at: datetime) -> None:
    """Give a webhook its place after the newest event; nothing stays of one that was removed."""
    store.begin_effect(id, at, from_start=False)
    if all(one.id != id for one in store.webhooks()):
        store.remove_webhook(id)  # with the place: the removal came before there was one


def position_before(store: EventStore, position: int | None, at: datetime | None) -> int:
    """The position after which a replay begins.

    Raises:
        SubscriptionInvalid: neither or both are given, or there is no such position yet.
    """
    if (position is None) == (at is None):
        raise SubscriptionInvalid("position", _ONE)
    if at is not None:
        if at.tzinfo is None:
            raise SubscriptionInvalid("at", _ZONE)
        return _before(store, at)
    newest, asked = store.last_position(), position or 0
    if not 0 <= asked <= newest:
        told = Text(_NONE_YET.nl.format(newest), _NONE_YET.en.format(newest))
        raise SubscriptionInvalid("position", told)
    return asked


def _before(store: EventStore, at: datetime) -> int:
    low, high = 0, store.last_position()
    while low < high:
        middle = (low + high) // 2
        found = store.page(middle, 1)  # the first event after it, over any gap
        if found and found[0][1].at < at:
            low = found[0][0]
        else:
            high = middle
    return low
