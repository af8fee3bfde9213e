"""What is a webhook as people see it? Everything but its secrets; and whose it is.

The mandate of who subscribed is kept with it: at each delivery it decides which events go out.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, cast

from kvob_domain.actor import Actor, Role
from kvob_domain.estate_names import normal_name
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.mandates import EVERYWHERE, Bond, BondKind, Mandate, Reach, Scope

if TYPE_CHECKING:
    from kvob_workflow.store.followers import FollowerState
    from kvob_workflow.store.webhooks import Data, GivenUp, KeptWebhook, Mode, WebhookState

PREFIX: Final = "webhook-"
"""What the id of a webhook begins with, among all followers."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """A subscription and how it goes.

    Everything up to `position` was delivered, given up or not for it. `attempts` counts the
    failures in a row with the event that is under way. `given_up` is how many events wait on the
    list of failures. Until `old_secret_until` the former secret signs too.
    """

    id: str
    address: str
    types: tuple[str, ...]
    estates: tuple[EstateId, ...]
    mode: Mode
    data: Data
    state: WebhookState
    reason: str
    person: str
    organisation: str | None
    created_at: datetime
    changed_at: datetime
    position: int
    attempts: int
    next_attempt_at: datetime | None
    error: str | None
    given_up: int
    old_secret_until: datetime | None


@dataclass(frozen=True, slots=True)
class Added:
    """A webhook with its new secret, which is never shown again."""

    webhook: Webhook
    secret: str


@dataclass(frozen=True, slots=True)
class FailedEvent:
    """An event that was given up; `due_at`: somebody asked to send it again."""

    webhook: str
    position: int
    estate: EstateId
    version: int
    attempts: int
    error: str
    at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Pinged:
    """What came of a trial: the receiver's status, or why there is none."""

    is_taken: bool
    status: int | None
    error: str | None


def shown(kept: KeptWebhook, state: FollowerState | None, given_up: int) -> Webhook:
    """A webhook as people see it."""
    actor = mandate_in(kept.owner).actor
    return Webhook(
        kept.id,
        kept.address,
        kept.types,
        kept.estates,
        kept.mode,
        kept.data,
        kept.state,
        kept.reason,
        actor.person,
        actor.organisation,
        kept.created_at,
        kept.changed_at,
        0 if state is None else state.position,
        0 if state is None else state.failures,
        None if state is None else state.next_at,
        None if state is None else state.error,
        given_up,
        next((one.until for one in kept.secrets if one.until is not None), None),
    )


def failed_event(one: GivenUp) -> FailedEvent:
    """An event that was given up, as people see it."""
    return FailedEvent(one.webhook, *one.event, one.attempts, one.error, one.at, one.due_at)


def whole_mandate(actor: Actor) -> Mandate:
    """The mandate of who owns the engine."""
    return Mandate(actor, frozenset(Scope), EVERYWHERE)


def mandate_text(mandate: Mandate) -> str:
    """A mandate as JSON."""
    actor, reach = mandate.actor, mandate.reach
    return json.dumps(
        {
            "person": actor.person,
            "organisation": actor.organisation,
            "role": actor.role.value,
            "origin": actor.origin,
            "scopes": sorted(one.value for one in mandate.scopes),
            "everywhere": reach.everywhere,
            "bonds": sorted([one.kind.value, one.name] for one in reach.bonds),
            "estates": sorted(reach.estates),
        },
        ensure_ascii=False,
    )


def mandate_in(text: str) -> Mandate:
    """The mandate of a JSON text."""
    found = cast("dict[str, Any]", json.loads(text))
    actor = Actor(
        PersonId(found["person"]), found["organisation"], Role(found["role"]), found["origin"]
    )
    bonds = frozenset(Bond(BondKind(kind), name) for kind, name in found["bonds"])
    estates = frozenset(EstateId(one) for one in found["estates"])
    reach = Reach(found["everywhere"], bonds, estates)
    return Mandate(actor, frozenset(map(Scope, found["scopes"])), reach)


def is_of(owner: Mandate, asking: Mandate) -> bool:
    """Whether a webhook of one is another's to manage: his own, or his organisation's."""
    theirs, his = owner.actor.organisation, asking.actor.organisation
    if theirs is not None and his is not None:
        return normal_name(theirs) == normal_name(his)
    return theirs is his and owner.actor.person == asking.actor.person
