"""What lies within a reach? Estates, by their bonds of now; and what has happened to those.

An entrance that answers others asks with the reach of who is there; see `mandated`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kvob_domain.estate.recorded import Recorded
from kvob_domain.ids import EstateId
from kvob_domain.mandates import Reach
from kvob_projections.bonds import held
from kvob_projections.errors import PageOutOfRange
from kvob_workflow.engine.core import Core

_MOST: Final = 10_000
_LARGEST: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Happened:
    """An event, and where it stands among all events of the store."""

    position: int
    recorded: Recorded


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of all events: those of estates within reach, in the order of recording.

    `looked_to` is the position up to which was looked, whatever of it was within reach: whoever
    reads on begins there. Where there was nothing to look at it is where he began.
    """

    events: tuple[Happened, ...]
    looked_to: int


class Reaching(Core):
    """The questions of an engine about reach."""

    def within(self, reach: Reach, estates: Iterable[EstateId]) -> frozenset[EstateId]:
        """Those of the estates that lie within a reach now."""
        return held(self._store.read, reach, tuple(estates))

    def last_position(self) -> int:
        """The position of the newest event, 0 where there is none: what comes is after it."""
        return self._store.last_position()

    def happened(self, after: int, limit: int, reach: Reach | None = None) -> Stretch:
        """What was recorded after a position; at most `limit` events are looked at (to 10,000).

        With `reach` only what happened to estates that lie within it now.

        Raises:
            PageOutOfRange: `after` or `limit` is no number of events.
        """
        for field, number, largest in (("after", after, _LARGEST), ("limit", limit, _MOST)):
            if not 0 <= number <= largest:
                raise PageOutOfRange(field, number, largest)
        page = self._store.page(after, limit)
        named = dict.fromkeys(recorded.estate for _, recorded in page)
        ours = named if reach is None else self.within(reach, named)
        events = (Happened(at, recorded) for at, recorded in page if recorded.estate in ours)
        return Stretch(tuple(events), page[-1][0] if page else after)
