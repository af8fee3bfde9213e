"""Which other systems are told of events? Subscriptions, of who asks and of his organisation."""

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, TypeVar

from fastapi import Path, Request, Response
from pydantic import BaseModel

from kvob_domain.mandates import Scope
from kvob_projections.paging import Page
from kvob_workflow.http.answers import Limit, ListOf, Offset, answered, listed
from kvob_workflow.http.declaring import Declared, Routes
from kvob_workflow.http.entrance import Desk
from kvob_workflow.http.given import model_in
from kvob_workflow.http.models.webhooks import (
    FailedEventLine,
    NewWebhook,
    PingOutcome,
    Replay,
    Resending,
    ResendingCount,
    SecretRotation,
    WebhookChange,
    WebhookLine,
    WebhookWithSecret,
)

ROUTES = Routes("webhooks")

Handler = TypeVar("Handler", bound=Callable[..., Response])
WebhookPath = Annotated[
    str,
    Path(
        alias="webhookId",
        pattern="^webhook-[0-9a-f]{32}$",
        description="The id of a webhook.",
    ),
]
_ONE = "/webhooks/{webhookId}"


def _doing(
    method: str,
    path: str,
    answers: type[BaseModel] | None,
    takes: type[BaseModel] | None = None,
    status: int = 200,
) -> Callable[[Handler], Handler]:
    def declare(handler: Handler) -> Handler:
        schema = None if takes is None else takes.model_json_schema()
        scope, tag = Scope.WEBHOOKS_MANAGE, ROUTES.tag
        refusals = (404, 409) if "{" in path else ()
        ROUTES.add(
            Declared(
                method,
                path,
                handler,
                answers,
                scope,
                tag,
                status=status,
                takes=schema,
                refusals=refusals,
            )
        )
        return handler

    return declare


@ROUTES.get("/webhooks", ListOf[WebhookLine], scope=Scope.WEBHOOKS_MANAGE)
def list_webhooks(request: Request, desk: Desk, limit: Limit = 50, offset: Offset = 0) -> Response:
    """Every webhook of who asks and of his organisation, without their secrets."""
    found = desk.webhooks().all()
    page = Page(found[offset : offset + limit], len(found), True, offset, limit)
    return listed(page, WebhookLine, request, limit)


@_doing("POST", "/webhooks", WebhookWithSecret, NewWebhook, 201)
def add_webhook(request: Request, desk: Desk) -> Response:
    """Subscribe an address; the secret that signs is in this answer and nowhere else."""
    hooks, given = desk.webhooks(), model_in(request, NewWebhook)
    added = hooks.add(
        given.address,
        types=given.types,
        estates=given.estates,
        mode=given.mode,
        data=given.data,
        begins=given.begins,
    )
    place = f"{request.url.path}/{added.webhook.id}"
    body = WebhookWithSecret.model_validate(added)
    return answered(body, status=201, headers={"Location": place})


@ROUTES.get(_ONE, WebhookLine, scope=Scope.WEBHOOKS_MANAGE)
def webhook(desk: Desk, webhook_id: WebhookPath) -> Response:
    """One webhook, and how it goes."""
    return answered(WebhookLine.model_validate(desk.webhooks().show(webhook_id)))


@_doing("PATCH", _ONE, WebhookLine, WebhookChange)
def change_webhook(request: Request, desk: Desk, webhook_id: WebhookPath) -> Response:
    """Change what is given; who changes it, lends it his own reach. `state` pauses and resumes."""
    hooks, given = desk.webhooks(), model_in(request, WebhookChange)
    found = hooks.show(webhook_id)
    fields = given.model_dump(include={"address", "types", "estates", "mode", "data"})
    if any(value is not None for value in fields.values()):
        found = hooks.change(webhook_id, **fields)
    if given.state == "paused":
        found = hooks.pause(webhook_id, given.reason)
    elif given.state == "active":
        found = hooks.resume(webhook_id)
    return answered(WebhookLine.model_validate(found))


@_doing("DELETE", _ONE, None, status=204)
def remove_webhook(desk: Desk, webhook_id: WebhookPath) -> Response:
    """Forget it, with its secret and its list of failures."""
    desk.webhooks().remove(webhook_id)
    return Response(status_code=204)


@ROUTES.get(f"{_ONE}/failures", ListOf[FailedEventLine], scope=Scope.WEBHOOKS_MANAGE)
def webhook_failures(
    request: Request, desk: Desk, webhook_id: WebhookPath, limit: Limit = 50, offset: Offset = 0
) -> Response:
    """What did not arrive after all attempts, by position; the first thousand."""
    found = desk.webhooks().failures(webhook_id)
    page = Page(found[offset : offset + limit], len(found), True, offset, limit)
    return listed(page, FailedEventLine, request, limit)


@_doing("POST", f"{_ONE}/resendings", ResendingCount, Resending)
def resend_events(request: Request, desk: Desk, webhook_id: WebhookPath) -> Response:
    """Send again what did not arrive, under the ids that it had."""
    hooks, given = desk.webhooks(), model_in(request, Resending)
    return answered(ResendingCount(resent=hooks.resend(webhook_id, given.positions)))


@_doing("POST", f"{_ONE}/replays", WebhookLine, Replay)
def replay_events(request: Request, desk: Desk, webhook_id: WebhookPath) -> Response:
    """Go back to a position or an instant; what follows goes out once more."""
    hooks, given = desk.webhooks(), model_in(request, Replay)
    found = hooks.replay(webhook_id, position=given.position, at=given.at)
    return answered(WebhookLine.model_validate(found))


@_doing("POST", f"{_ONE}/secret-rotations", WebhookWithSecret, SecretRotation)
def rotate_webhook_secret(request: Request, desk: Desk, webhook_id: WebhookPath) -> Response:
    """A new secret, in this answer and nowhere else; the former one signs too for a while."""
    hooks, given = desk.webhooks(), model_in(request, SecretRotation)
    added = hooks.rotate_secret(webhook_id, timedelta(hours=given.stays_hours))
    return answered(WebhookWithSecret.model_validate(added))


@_doing("POST", f"{_ONE}/pings", PingOutcome)
def ping_webhook(desk: Desk, webhook_id: WebhookPath) -> Response:
    """Call the receiver once, with an event that says nothing."""
    return answered(PingOutcome.model_validate(desk.webhooks().ping(webhook_id)))
