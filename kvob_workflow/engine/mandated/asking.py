"""What may be asked about one estate under a mandate? What the engine answers, within reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_domain.mandates import Scope
from kvob_workflow.engine.mandated.under import Under

if TYPE_CHECKING:
    from datetime import date, datetime

    from kvob_domain.estate.state import Estate
    from kvob_domain.ids import EstateId
    from kvob_domain.personal import Opened
    from kvob_domain.scheme.book import SchemeBook
    from kvob_projections.board import BoardRow
    from kvob_workflow.engine.explaining import Explanation, FieldValue
    from kvob_workflow.engine.history import HistoryEntry
    from kvob_workflow.engine.moments import Moment
    from kvob_workflow.engine.overview import Overview
    from kvob_workflow.engine.past import EstateDiff


class Asking(Under):
    """The questions of somebody about an estate.

    About an estate out of reach they are refused in the words for one that is not there.
    """

    @property
    def book(self) -> SchemeBook:
        """The data of the scheme, which is public."""
        return self._engine.book

    @property
    def answers_at_once(self) -> bool:
        """As `Engine.answers_at_once`."""
        return self._engine.answers_at_once

    def today(self) -> date:
        """The civil day in Europe/Amsterdam."""
        return self._engine.today()

    def moment(self, text: str) -> Moment:
        """The moment that a text names; as `Engine.moment`."""
        return self._engine.moment(text)

    def instant(self, text: str) -> datetime:
        """The instant that a text names; as `Engine.instant`."""
        return self._engine.instant(text)

    def find(self, text: str) -> EstateId:
        """The estate within reach that a text names; as `Engine.find`.

        Raises:
            ScopeMissing: the mandate does not give it.
            EstateNotFound: there is none within reach.
        """
        with self._under(Scope.ESTATES_READ) as engine:
            return engine.find(text, self.mandate.reach)

    def state(
        self, estate: EstateId, on: date | None = None, known_at: datetime | None = None
    ) -> Estate:
        """The state of an estate; as `Engine.state`.

        Raises:
            ScopeMissing, OutOfReach: the mandate does not give it.
        """
        with self._under(Scope.ESTATES_READ) as engine:
            self._demand(estate)
            return self._shown(engine.state(estate, on, known_at))

    def overview(
        self, estate: EstateId, on: date | None = None, known_at: datetime | None = None
    ) -> Overview:
        """How an estate stands; as `Engine.overview`.

        Raises:
            ScopeMissing, OutOfReach: the mandate does not give it.
        """
        with self._under(Scope.ESTATES_READ) as engine:
            self._demand(estate)
            return self._shown(engine.overview(estate, on, known_at))

    def board_row(
        self, estate: EstateId, on: date | None = None, known_at: datetime | None = None
    ) -> BoardRow:
        """Where one estate stands, as the board says; as `Engine.board_row`.

        Raises:
            ScopeMissing, OutOfReach: the mandate does not give it.
        """
        with self._under(Scope.ESTATES_READ) as engine:
            self._demand(estate)
            return engine.board_row(estate, on, known_at)

    def fields(self, estate: EstateId) -> tuple[FieldValue, ...]:
        """Every field of every view that shows the estate today; as `Engine.fields`.

        Raises:
            ScopeMissing, OutOfReach: the mandate does not give it.
        """
        with self._under(Scope.ESTATES_READ) as engine:
            self._demand(estate)
            return engine.fields(estate)

    def history(
        self,
        estate: EstateId,
        on: date | None = None,
        known_at: datetime | None = None,
        *,
        limit: int | None = None,
        offset: int = 0,
    ) -> tuple[HistoryEntry, ...]:
        """Everything that has happened to an estate; as `Engine.history`.

        Raises:
            ScopeMissing, OutOfReach: the mandate does not give it.
        """
        with self._under(Scope.HISTORY_READ) as engine:
            self._demand(estate)
            found = engine.history(estate, on, known_at, limit=limit, offset=offset)
            return self._shown(found)

    def explain(self, estate: EstateId, field: str) -> Explanation:
        """Why a field of a view shows what it shows today; as `Engine.explain`.

        Raises:
            ScopeMissing, OutOfReach: the mandate does not give it.
        """
        with self._under(Scope.HISTORY_READ) as engine:
            self._demand(estate)
            return self._shown(engine.explain(estate, field))

    def diff(self, estate: EstateId, a: Moment, b: Moment) -> EstateDiff:
        """What is otherwise with an estate at `b` than at `a`; as `Engine.diff`.

        Raises:
            ScopeMissing, OutOfReach: the mandate does not give it.
        """
        with self._under(Scope.HISTORY_READ) as engine:
            self._demand(estate)
            return self._shown(engine.diff(estate, a, b))

    def names(self, estate: EstateId) -> dict[str, Opened]:
        """The sealed names in the events of an estate; as `Engine.names`.

        Raises:
            ScopeMissing, OutOfReach: the mandate does not give it.
        """
        with self._under(Scope.PERSONS_READ) as engine:
            self._demand(estate)
            return engine.names(estate)
