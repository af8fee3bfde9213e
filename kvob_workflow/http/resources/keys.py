"""Which machines have a key, and how does one get it? It is shown once, and kept as a hash."""

from datetime import timedelta
from typing import Annotated

from fastapi import Path, Request, Response

from kvob_domain.mandates import Scope
from kvob_projections.paging import Page
from kvob_workflow.http.answers import Limit, ListOf, Offset, answered, listed
from kvob_workflow.http.declaring import Routes
from kvob_workflow.http.entrance import Desk
from kvob_workflow.http.given import model_in
from kvob_workflow.http.models.keys import (
    IssuedKeyModel,
    KeyLine,
    NewKey,
    Rotation,
    issued_key,
    key_line,
)

ROUTES = Routes("keys")

KeyPath = Annotated[
    str, Path(alias="keyId", pattern="^[0-9a-f]{32}$", description="The id of a key.")
]


@ROUTES.get("/keys", ListOf[KeyLine], scope=Scope.KEYS_MANAGE)
def list_keys(request: Request, desk: Desk, limit: Limit = 50, offset: Offset = 0) -> Response:
    """Every key of a machine, also those that have ended."""
    found = desk.api_keys()
    lines = tuple(key_line(one) for one in found[offset : offset + limit])
    return listed(Page(lines, len(found), True, offset, limit), KeyLine, request, limit)


@ROUTES.post("/keys", IssuedKeyModel, scope=Scope.KEYS_MANAGE, takes=NewKey, status=201)
def add_key(request: Request, desk: Desk) -> Response:
    """Give out a key; it stands in this answer and nowhere else."""
    desk.mandate.demand(Scope.KEYS_MANAGE)
    issued = desk.add_api_key(model_in(request, NewKey).request())
    place = {"Location": f"{request.url.path}/{issued.key.id}"}
    return answered(issued_key(issued), status=201, headers=place)


@ROUTES.get("/keys/{keyId}", KeyLine, scope=Scope.KEYS_MANAGE)
def key(desk: Desk, key_id: KeyPath) -> Response:
    """One key: what it may do, until when, and when it was last used."""
    return answered(key_line(desk.show_api_key(key_id)))


@ROUTES.post(
    "/keys/{keyId}/rotations",
    IssuedKeyModel,
    scope=Scope.KEYS_MANAGE,
    takes=Rotation,
    status=201,
)
def rotate_key(request: Request, desk: Desk, key_id: KeyPath) -> Response:
    """Give out the next key of the same machine; the old one goes on for a while."""
    desk.mandate.demand(Scope.KEYS_MANAGE)
    overlap = timedelta(days=model_in(request, Rotation).overlap_days)
    issued = desk.rotate_api_key(key_id, overlap=overlap)
    place = request.url.path.rpartition(f"/{key_id}/")[0]
    return answered(
        issued_key(issued), status=201, headers={"Location": f"{place}/{issued.key.id}"}
    )


@ROUTES.post("/keys/{keyId}/revocations", KeyLine, scope=Scope.KEYS_MANAGE)
def revoke_key(desk: Desk, key_id: KeyPath) -> Response:
    """End a key at once; from now on it opens nothing."""
    return answered(key_line(desk.revoke_api_key(key_id)))
