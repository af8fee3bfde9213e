"""How is one event sent to one webhook? Written, signed, posted; and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvob_domain.errors import KvobError
from kvob_workflow.cloud_events.modes import binary, structured
from kvob_workflow.webhooks.calling import call
from kvob_workflow.webhooks.errors import AddressForbidden
from kvob_workflow.webhooks.signing import signed

if TYPE_CHECKING:
    from datetime import datetime

    from kvob_workflow.cloud_events.envelope import CloudEvent
    from kvob_workflow.store.webhooks import KeptWebhook
    from kvob_workflow.webhooks.outlet import Outlet
    from kvob_workflow.webhooks.sealing import Seals

GONE: Final = 410
_LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class Came:
    """What came of an attempt; `error` None: the event has arrived."""

    error: str | None
    status: int | None = None
    retry_after: int | None = None

    @property
    def is_gone(self) -> bool:
        """Whether the receiver says that nobody is there any more."""
        return self.status == GONE


def attempt(
    webhook: KeptWebhook, event: CloudEvent, now: datetime, outlet: Outlet, seals: Seals
) -> Came:
    """Send an event once.

    Raises:
        WebhookKeyMissing, WebhookKeyUnusable: nothing can be signed here; nothing was sent.
    """
    held = secrets_of(webhook, now, seals)
    message = structured(event) if webhook.mode == "structured" else binary(event)
    headers = {**message.headers, **signed(event.id, now, message.body, held)}
    try:
        answer = call(webhook.address, headers, message.body, outlet)
    except (AddressForbidden, OSError) as error:
        return Came(told(error))
    if answer.is_taken:
        return Came(None, answer.status)
    return Came(f"HTTP {answer.status}", answer.status, answer.retry_after)


def secrets_of(webhook: KeptWebhook, now: datetime, seals: Seals) -> list[str]:
    """The secrets that sign now, the newest first."""
    return [
        seals.opened(webhook.id, one.sealed)
        for one in webhook.secrets
        if one.until is None or one.until > now
    ]


def told(error: Exception) -> str:
    """An error in one line."""
    name = error.code if isinstance(error, KvobError) else type(error).__name__
    return " ".join(f"{name}: {error}".split())[:_LONGEST]
