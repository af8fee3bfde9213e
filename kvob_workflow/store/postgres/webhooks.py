"""How does PostgreSQL keep webhooks? As a file does: a row each, held until the commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kvob_workflow.store import webhooks as kept
from kvob_workflow.store.delivery_rows import number_of
from kvob_workflow.store.followers import MOVE, move_of
from kvob_workflow.store.postgres.followers import Followers
from kvob_workflow.store.postgres.texts import sendable, sql_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kvob_workflow.store.followers import Move
    from kvob_workflow.store.postgres.connections import Connection
    from kvob_workflow.store.webhooks import GivenUp, KeptWebhook


class Webhooks(Followers):
    """The part of the store that keeps webhooks, and all other followers."""

    def webhooks(self) -> list[KeptWebhook]:
        """See the port."""
        return [kept.webhook_of(row) for row in self._rows_of(kept.LISTED)]

    def keep_webhook(self, was: KeptWebhook | None, now: KeptWebhook) -> bool:
        """See the port."""
        with self._connections.write() as writer:
            if was is None:
                return _run(writer, kept.INSERT, kept.row_of(now)) == 1
            return _run(writer, kept.CHANGE, kept.change_of(was, now)) == 1

    def remove_webhook(self, id: str) -> bool:
        """See the port."""
        with self._connections.write() as writer:
            return [_run(writer, one, (id,)) for one in kept.REMOVALS][-1] == 1

    def give_up(self, move: Move, given_up: GivenUp) -> bool:
        """See the port."""
        with self._connections.write() as writer:
            if _run(writer, MOVE, move_of(move)) != 1:
                return False
            _run(writer, kept.GIVE_UP, kept.given_up_row(given_up))
        return True

    def given_up(self, webhook: str | None, limit: int) -> list[GivenUp]:
        """See the port."""
        if webhook is None:
            return [kept.given_up_of(row) for row in self._rows_of(kept.GIVEN_UP, limit)]
        return [kept.given_up_of(row) for row in self._rows_of(kept.GIVEN_UP_OF, webhook, limit)]

    def due_again(self, webhook: str, limit: int) -> list[GivenUp]:
        """See the port."""
        return [kept.given_up_of(row) for row in self._rows_of(kept.DUE, webhook, limit)]

    def send_again(self, webhook: str, positions: Sequence[int], at: datetime) -> int:
        """See the port."""
        due = number_of(at)
        with self._connections.write() as writer:
            if not positions:
                return _run(writer, kept.AGAIN_ALL, (due, webhook))
            return sum(_run(writer, kept.AGAIN_ONE, (due, webhook, one)) for one in positions)

    def settle_again(self, given_up: GivenUp, *, error: str | None, at: datetime) -> None:
        """See the port."""
        where = (given_up.webhook, given_up.event.position)
        with self._connections.write() as writer:
            if error is None:
                _run(writer, kept.ARRIVED, where)
            else:
                _run(writer, kept.FAILED_AGAIN, (error, number_of(at), *where))

    def _rows_of(self, query: str, *values: Any) -> list[Any]:
        asked = sql_of(query)
        return self._connections.reading(lambda one: one.execute(asked, values).fetchall())


def _run(writer: Connection, statement: str, values: Sequence[Any]) -> int:
    """How many rows a statement changed."""
    return writer.execute(sql_of(statement), sendable(list(values))).rowcount
