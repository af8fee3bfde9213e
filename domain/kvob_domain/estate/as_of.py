"""How did an estate stand on a day, as it was known at an instant? The two clocks.

The day is a civil day in Europe/Amsterdam, on which things happened; the instant is when they
were recorded, aware. Either may be left out: all that happened, all that is known.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from kvob_domain.estate.corrected import effective, happened_by, known_by
from kvob_domain.estate.evolve import fold_ordered
from kvob_domain.estate.order import in_order
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId


def state_at(
    estate: EstateId,
    history: Sequence[Recorded],
    day: date | None = None,
    known_at: datetime | None = None,
) -> Estate:
    """The state at the end of `day` from what was recorded up to and with `known_at`.

    A state of an estate that was not yet registered, or of which nothing had happened, does not
    exist; see `appeared_on`.
    """
    return fold_ordered(estate, told_at(history, day, known_at))


def told_at(
    history: Sequence[Recorded], day: date | None = None, known_at: datetime | None = None
) -> Iterator[Recorded]:
    """The events that `state_at` folds, in its order; none before the estate appeared."""
    told = effective(history if known_at is None else known_by(history, known_at))
    ordered = in_order(told)
    if day is None:
        return iter(ordered)
    appeared = appeared_on(told)
    if appeared is not None and day < appeared:
        return iter(())
    return happened_by(ordered, day)


def appeared_on(history: Sequence[Recorded]) -> date | None:
    """The first day on which the estate is on the board; None where it always was.

    That is the earliest day of anything that has happened, its registration included.
    """
    days = (recorded.event.earliest for recorded in history)
    return min((day for day in days if day is not None), default=None)
