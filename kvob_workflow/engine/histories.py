"""What are the events behind the views? The history of one estate, or of many, as recorded."""

from __future__ import annotations

from collections.abc import Iterator

from kvob_domain.estate.evolve import fold
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate_names import normal_name
from kvob_domain.ids import EstateId
from kvob_domain.mandates import Reach
from kvob_projections.bonds import is_bounded
from kvob_workflow.engine.core import Core
from kvob_workflow.engine.errors import EstateNotFound
from kvob_workflow.engine.states import all_streams


class Histories(Core):
    """Whole histories, for exports."""

    def histories(
        self,
        estate: EstateId | None = None,
        municipality: str | None = None,
        reach: Reach | None = None,
    ) -> Iterator[tuple[EstateId, list[Recorded]]]:
        """Estates in order of id, each with its events by version; a few hundred in memory.

        `municipality` is a whole name, in any spelling of case and accents. `reach` leaves out
        what lies outside it today.

        Raises:
            EstateNotFound: when there is no such estate.
        """
        streams = all_streams(self._store) if estate is None else iter((self._one(estate),))
        place = None if municipality is None else normal_name(municipality)
        for found, history in streams:
            if place is None and not is_bounded(reach):
                yield found, history
                continue
            state = fold(found, history)
            lies_there = place is None or place in map(normal_name, state.municipalities)
            if lies_there and (reach is None or reach.holds_estate(state)):
                yield found, history

    def _one(self, estate: EstateId) -> tuple[EstateId, list[Recorded]]:
        history = self._store.stream(estate)
        if not history:
            raise EstateNotFound(estate)
        return estate, history
