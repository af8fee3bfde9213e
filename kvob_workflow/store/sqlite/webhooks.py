"""How does SQLite keep webhooks? A row each, changed by whoever saw its latest revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_workflow.store import webhooks as kept
from kvob_workflow.store.delivery_rows import number_of
from kvob_workflow.store.followers import MOVE, move_of
from kvob_workflow.store.sqlite.followers import Followers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kvob_workflow.store.followers import Move
    from kvob_workflow.store.webhooks import GivenUp, KeptWebhook


class Webhooks(Followers):
    """The part of the store that keeps webhooks, and all other followers."""

    def webhooks(self) -> list[KeptWebhook]:
        """See the port."""
        with self._connections.read() as reader:
            return [kept.webhook_of(row) for row in reader.execute(kept.LISTED)]

    def keep_webhook(self, was: KeptWebhook | None, now: KeptWebhook) -> bool:
        """See the port."""
        with self._connections.write() as writer:
            if was is None:
                return writer.execute(kept.INSERT, kept.row_of(now)).rowcount == 1
            return writer.execute(kept.CHANGE, kept.change_of(was, now)).rowcount == 1

    def remove_webhook(self, id: str) -> bool:
        """See the port."""
        with self._connections.write() as writer:
            return [writer.execute(one, (id,)).rowcount for one in kept.REMOVALS][-1] == 1

    def give_up(self, move: Move, given_up: GivenUp) -> bool:
        """See the port."""
        with self._connections.write() as writer:
            if writer.execute(MOVE, move_of(move)).rowcount != 1:
                return False
            writer.execute(kept.GIVE_UP, kept.given_up_row(given_up))
        return True

    def given_up(self, webhook: str | None, limit: int) -> list[GivenUp]:
        """See the port."""
        with self._connections.read() as reader:
            if webhook is None:
                found = reader.execute(kept.GIVEN_UP, (limit,)).fetchall()
            else:
                found = reader.execute(kept.GIVEN_UP_OF, (webhook, limit)).fetchall()
        return [kept.given_up_of(row) for row in found]

    def due_again(self, webhook: str, limit: int) -> list[GivenUp]:
        """See the port."""
        with self._connections.read() as reader:
            found = reader.execute(kept.DUE, (webhook, limit)).fetchall()
        return [kept.given_up_of(row) for row in found]

    def send_again(self, webhook: str, positions: Sequence[int], at: datetime) -> int:
        """See the port."""
        due = number_of(at)
        with self._connections.write() as writer:
            if not positions:
                return writer.execute(kept.AGAIN_ALL, (due, webhook)).rowcount
            return sum(
                writer.execute(kept.AGAIN_ONE, (due, webhook, one)).rowcount for one in positions
            )

    def settle_again(self, given_up: GivenUp, *, error: str | None, at: datetime) -> None:
        """See the port."""
        where = (given_up.webhook, given_up.event.position)
        with self._connections.write() as writer:
            if error is None:
                writer.execute(kept.ARRIVED, where)
            else:
                writer.execute(kept.FAILED_AGAIN, (error, number_of(at), *where))
