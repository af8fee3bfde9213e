"""What does the store keep of a webhook? The subscription, and the events that were given up.

A part of the port, see `kvob_workflow.store.port`. How far a webhook is stands where all followers
stand (`followers`), under its id. Read next: `kvob_workflow.webhooks`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, Protocol, cast

from kvob_domain.ids import EstateId
from kvob_domain.words import Text
from kvob_workflow.store.delivery_rows import instant_of, number_of
from kvob_workflow.store.periods import Touched

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kvob_projections.view import Value
    from kvob_workflow.store.followers import FollowerState, Move

Mode = Literal["structured", "binary"]
Data = Literal["poor", "full"]


class WebhookState(StrEnum):
    """Whether a webhook delivers. One that is paused or disabled waits for a person."""

    ACTIVE = "active"
    PAUSED = "paused"
    DISABLED = "disabled"

    @property
    def words(self) -> Text:
        """What the screens call it."""
        return _STATE_WORDS[self]


_STATE_WORDS: dict[WebhookState, Text] = {
    WebhookState.ACTIVE: Text("actief", "active"),
    WebhookState.PAUSED: Text("gepauzeerd", "paused"),
    WebhookState.DISABLED: Text("uitgeschakeld", "disabled"),
}


class KeptSecret(NamedTuple):
    """A secret that signs, sealed; an older one until an instant."""

    sealed: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeptWebhook:
    """A subscription as it is kept. `owner` is the mandate of who subscribed, as JSON.

    `types` and `estates` are filters; empty lets everything through. `secrets` stand the newest
    first. `revision` goes up with every change.
    """

    id: str
    address: str
    types: tuple[str, ...]
    estates: tuple[EstateId, ...]
    mode: Mode
    data: Data
    owner: str
    state: WebhookState
    reason: str
    secrets: tuple[KeptSecret, ...]
    created_at: datetime
    changed_at: datetime
    revision: int = 0


@dataclass(frozen=True, slots=True)
class GivenUp:
    """An event that a webhook did not take after the last attempt; `due_at`: to be sent again."""

    webhook: str
    event: Touched
    attempts: int
    error: str
    at: datetime
    due_at: datetime | None = None


class WebhookKeeping(Protocol):
    """Keeps webhooks beside the events. Nothing here is done while events are appended."""

    def webhooks(self) -> list[KeptWebhook]:
        """Every webhook, in order of id."""
        ...

    def keep_webhook(self, was: KeptWebhook | None, now: KeptWebhook) -> bool:
        """Keeps a new webhook, or a changed one; False when it is not as it was any more."""
        ...

    def remove_webhook(self, id: str) -> bool:
        """Forgets a webhook, how far it was and what it gave up; False when there is none."""
        ...

    def give_up(self, move: Move, given_up: GivenUp) -> bool:
        """Moves a webhook over an event and lists it; False when it is elsewhere by now."""
        ...

    def given_up(self, webhook: str | None, limit: int) -> list[GivenUp]:
        """What was given up, by webhook and position."""
        ...

    def due_again(self, webhook: str, limit: int) -> list[GivenUp]:
        """What a webhook gave up and somebody asked to send again, in order of position."""
        ...

    def send_again(self, webhook: str, positions: Sequence[int], at: datetime) -> int:
        """Asks to send again what was given up; all of it when no positions are given."""
        ...

    def settle_again(self, given_up: GivenUp, *, error: str | None, at: datetime) -> None:
        """Takes what arrived off the list; with an error it stays, and is no longer due."""
        ...


COLUMNS: Final = (
    "id, address, types, estates, mode, data, owner, state, reason, secrets, created_at,"
    " changed_at, revision"
)
LISTED: Final = f"SELECT {COLUMNS} FROM webhook ORDER BY id"
_PLACES: Final = ", ".join("?" * 13)
INSERT: Final = f"INSERT INTO webhook ({COLUMNS}) VALUES ({_PLACES}) ON CONFLICT DO NOTHING"
CHANGE: Final = (
    "UPDATE webhook SET address = ?, types = ?, estates = ?, mode = ?, data = ?, owner = ?,"
    " state = ?, reason = ?, secrets = ?, created_at = ?, changed_at = ?, revision = ?"
    " WHERE id = ? AND revision = ?"
)
REMOVALS: Final = (
    "DELETE FROM webhook_failure WHERE webhook = ?",
    "DELETE FROM follower WHERE name = ?",
    "DELETE FROM webhook WHERE id = ?",
)
FAILURE_COLUMNS: Final = "webhook, position, estate, version, attempts, error, failed_at, due_at"
_FAILURE_PLACES: Final = ", ".join("?" * 8)
GIVE_UP: Final = (
    f"INSERT INTO webhook_failure ({FAILURE_COLUMNS}) VALUES ({_FAILURE_PLACES})"
    " ON CONFLICT (webhook, position) DO UPDATE SET attempts = excluded.attempts,"
    " error = excluded.error, failed_at = excluded.failed_at, due_at = NULL"
)
GIVEN_UP: Final = (
    f"SELECT {FAILURE_COLUMNS} FROM webhook_failure ORDER BY webhook, position LIMIT ?"
)
GIVEN_UP_OF: Final = (
    f"SELECT {FAILURE_COLUMNS} FROM webhook_failure WHERE webhook = ? ORDER BY position LIMIT ?"
)
DUE: Final = (
    f"SELECT {FAILURE_COLUMNS} FROM webhook_failure WHERE webhook = ? AND due_at IS NOT NULL"
    " ORDER BY position LIMIT ?"
)
AGAIN_ALL: Final = "UPDATE webhook_failure SET due_at = ? WHERE webhook = ?"
AGAIN_ONE: Final = "UPDATE webhook_failure SET due_at = ? WHERE webhook = ? AND position = ?"
ARRIVED: Final = "DELETE FROM webhook_failure WHERE webhook = ? AND position = ?"
FAILED_AGAIN: Final = (
    "UPDATE webhook_failure SET due_at = NULL, attempts = attempts + 1, error = ?, failed_at = ?"
    " WHERE webhook = ? AND position = ?"
)


def row_of(kept: KeptWebhook) -> tuple[Value, ...]:
    """The columns of a webhook."""
    secrets = [
        [one.sealed, None if one.until is None else number_of(one.until)] for one in kept.secrets
    ]
    return (
        kept.id,
        kept.address,
        json.dumps(kept.types),
        json.dumps(kept.estates),
        kept.mode,
        kept.data,
        kept.owner,
        kept.state.value,
        kept.reason,
        json.dumps(secrets),
        number_of(kept.created_at),
        number_of(kept.changed_at),
        kept.revision,
    )


def change_of(was: KeptWebhook, now: KeptWebhook) -> tuple[Value, ...]:
    """The values of `CHANGE`; the new revision follows the old one."""
    return (*row_of(now)[1:-1], was.revision + 1, was.id, was.revision)


def webhook_of(row: Sequence[Any]) -> KeptWebhook:
    """What a stored row says."""
    id, address, types, estates, mode, data, owner, state, reason, secrets, made, changed, rev = row
    return KeptWebhook(
        id,
        address,
        tuple(json.loads(types)),
        tuple(EstateId(one) for one in json.loads(estates)),
        cast("Mode", mode),  # the table lets no other in
        cast("Data", data),
        owner,
        WebhookState(state),
        reason,
        tuple(
            KeptSecret(sealed, None if until is None else instant_of(until))
            for sealed, until in json.loads(secrets)
        ),
        instant_of(made),
        instant_of(changed),
        rev,
    )


def given_up_row(given_up: GivenUp) -> tuple[Value, ...]:
    """The columns of an event that was given up."""
    due = None if given_up.due_at is None else number_of(given_up.due_at)
    shown = (given_up.attempts, given_up.error, number_of(given_up.at), due)
    return (given_up.webhook, *given_up.event, *shown)


def given_up_of(row: Sequence[Any]) -> GivenUp:
    """What a stored row says of an event that was given up."""
    webhook, position, estate, version, attempts, error, at, due = row
    return GivenUp(
        webhook,
        Touched(position, EstateId(estate), version),
        attempts,
        error,
        instant_of(at),
        None if due is None else instant_of(due),
    )


def state_in(states: Sequence[FollowerState], id: str) -> FollowerState | None:
    """How far a webhook is, of all followers."""
    return next((one for one in states if one.name == id), None)
