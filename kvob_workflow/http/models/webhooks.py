"""How does a webhook look over HTTP? As in Python; its secret stands in two answers alone."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from kvob_workflow.http.answers import Model

_MOST_TYPES = 100
_MOST_ESTATES = 500


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WebhookLine(Model):
    """A subscription and how it goes."""

    id: str
    address: str
    types: tuple[str, ...]
    estates: tuple[str, ...]
    mode: Literal["structured", "binary"]
    data: Literal["poor", "full"]
    state: Literal["active", "paused", "disabled"]
    reason: str
    organisation: str | None
    created_at: AwareDatetime
    changed_at: AwareDatetime
    position: int
    attempts: int
    next_attempt_at: AwareDatetime | None
    error: str | None
    given_up: int
    old_secret_until: AwareDatetime | None


class WebhookWithSecret(Model):
    """A webhook with its new secret, which is never shown again."""

    webhook: WebhookLine
    secret: str


class FailedEventLine(Model):
    """An event that did not arrive after all attempts."""

    webhook: str
    position: int
    estate: str
    version: int
    attempts: int
    error: str
    at: AwareDatetime
    due_at: AwareDatetime | None


class PingOutcome(Model):
    """What came of a trial."""

    is_taken: bool
    status: int | None
    error: str | None


class ResendingCount(Model):
    """How many events go out again."""

    resent: int


class NewWebhook(_Body):
    """What a subscription is made of. Empty filters let everything through."""

    address: str = Field(max_length=2000)
    types: tuple[str, ...] = Field(default=(), max_length=_MOST_TYPES)
    estates: tuple[str, ...] = Field(default=(), max_length=_MOST_ESTATES)
    mode: Literal["structured", "binary"] = "structured"
    data: Literal["poor", "full"] = "poor"
    begins: int | None = Field(default=None, ge=0, le=2**53, description="After this position.")


class WebhookChange(_Body):
    """What changes; what is absent stays."""

    address: str | None = Field(default=None, max_length=2000)
    types: tuple[str, ...] | None = Field(default=None, max_length=_MOST_TYPES)
    estates: tuple[str, ...] | None = Field(default=None, max_length=_MOST_ESTATES)
    mode: Literal["structured", "binary"] | None = None
    data: Literal["poor", "full"] | None = None
    state: Literal["active", "paused"] | None = None
    reason: str = Field(default="", max_length=500)


class Resending(_Body):
    """Which events go out again; all of the list without positions."""

    positions: tuple[int, ...] = Field(default=(), max_length=1000)


class Replay(_Body):
    """From where it goes on: after a position, or with what was recorded from an instant on."""

    position: int | None = Field(default=None, ge=0, le=2**53)
    at: AwareDatetime | None = None


class SecretRotation(_Body):
    """How long the former secret signs too."""

    stays_hours: int = Field(default=24, ge=0, le=720)
