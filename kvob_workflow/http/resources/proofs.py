"""How does somebody else check that nothing was changed? With signed heads, and proofs under them.

A witness is given heads and hashes alone; the events of an estate are for who may see them, whole.
"""

from pathlib import Path
from typing import Annotated

from fastapi import Query, Request, Response

from kvob_domain.mandates import Scope
from kvob_projections.paging import Page
from kvob_workflow.http.answers import Limit, ListOf, Offset, answered, listed
from kvob_workflow.http.declaring import Routes
from kvob_workflow.http.entrance import Desk, asked_of
from kvob_workflow.http.given import bytes_of, model_in
from kvob_workflow.http.models.proofs import (
    CheckpointLine,
    ConsistencyModel,
    EstateProofs,
    EventProof,
    LogKeyLine,
    LogKeys,
    VerificationModel,
    VerificationRequest,
    all_in_base64,
    checkpoint_line,
    in_base64,
    verification_model,
)
from kvob_workflow.http.negotiating import form_of
from kvob_workflow.http.parameters import EstatePath
from kvob_workflow.http.proof_errors import CheckpointNotThere, SizesImpossible
from kvob_workflow.proofs.bundles import Bundle
from kvob_workflow.proofs.cosign_errors import LogKeyNotHere
from kvob_workflow.proofs.heads import Signer
from kvob_workflow.proofs.keys import read_verifier
from kvob_workflow.proofs.notes import read_checkpoint, read_note

ROUTES = Routes("proofs")
CHECKPOINTS = Routes("checkpoints")

_TEXT = "text/plain"
_LARGEST = 2**63 - 1
Since = Annotated[
    int, Query(ge=0, le=_LARGEST, description="So many leaves the witness has seen before.")
]
From = Annotated[int, Query(alias="from", ge=0, le=_LARGEST, description="The earlier size.")]
To = Annotated[
    int | None,
    Query(ge=0, le=_LARGEST, description="The later size; without it that of the log now."),
]


@CHECKPOINTS.get("/checkpoints", ListOf[CheckpointLine], scope=Scope.PROOFS_READ)
def list_checkpoints(
    request: Request, desk: Desk, limit: Limit = 50, offset: Offset = 0
) -> Response:
    """The signed heads that are kept, the newest first."""
    notes = desk.proof_log().checkpoints()
    lines = tuple(checkpoint_line(one) for one in notes[offset : offset + limit])
    return listed(Page(lines, len(notes), True, offset, limit), CheckpointLine, request, limit)


@CHECKPOINTS.get("/checkpoints/latest", CheckpointLine, scope=Scope.PROOFS_READ, refusals=(404,))
def latest_checkpoint(desk: Desk) -> Response:
    """The newest signed head."""
    return answered(checkpoint_line(_newest(desk)))


@CHECKPOINTS.get(
    "/checkpoints/latest/note", None, scope=Scope.PROOFS_READ, media="text/plain", refusals=(404,)
)
def latest_note(desk: Desk) -> Response:
    """The newest signed head as it is kept by others: a signed note (C2SP)."""
    return Response(_newest(desk), media_type="text/plain")


@CHECKPOINTS.get(
    "/checkpoints/latest/bundle", None, scope=Scope.PROOFS_READ, media="text/plain", refusals=(404,)
)
def latest_bundle(desk: Desk, since: Since = 0) -> Response:
    """The newest head for a witness, with what proves that it continues what he saw before."""
    note = read_note(_newest(desk))
    size = read_checkpoint(note).size
    if since > size:
        raise SizesImpossible(since, size, size)
    bundle = Bundle(since, desk.proof_log().consistency(since, size), note)
    return Response(str(bundle), media_type="text/plain")


@CHECKPOINTS.post(
    "/checkpoints/latest/cosignatures",
    CheckpointLine,
    scope=Scope.PROOFS_COSIGN,
    takes_media="text/plain",
)
def add_cosignature(request: Request, desk: Desk) -> Response:
    """Bring the newest head with the signature of a witness; the head as it is kept now.

    The body is the signed note that `kvob witness` gives. Only witnesses count whose keys are
    trusted here. The same signature again changes nothing; a head that is older than the witness's
    last, or of another history, is refused.
    """
    desk.mandate.demand(Scope.PROOFS_COSIGN)
    api = asked_of(request).api
    note = read_note(bytes_of(request))
    kept = desk.add_cosignature(_key_file(api.log_key), note, api.witness_keys)
    return answered(checkpoint_line(str(kept)))


@CHECKPOINTS.get("/log-keys", LogKeys, scope=None, also=(_TEXT,), refusals=(404,))
def log_keys(request: Request) -> Response:
    """The public keys of the proof log, the newest first; as text one on a line (C2SP)."""
    keys = Signer(_key_file(asked_of(request).api.log_key)).verifiers()
    headers = {"Vary": "Accept"}
    if form_of(request, "application/json", _TEXT) == _TEXT:
        return Response("".join(f"{one}\n" for one in keys), headers=headers, media_type=_TEXT)
    items = tuple(LogKeyLine(name=one.name, key=str(one)) for one in keys)
    return answered(LogKeys(items=items), headers=headers)


@ROUTES.get("/proofs/consistency", ConsistencyModel, scope=Scope.PROOFS_READ)
def consistency_proof(desk: Desk, since: From, to: To = None) -> Response:
    """What proves that the log only grew between two sizes."""
    log = desk.proof_log()
    whole = log.size if to is None else to
    if not since <= whole <= log.size:
        raise SizesImpossible(since, whole, log.size)
    hashes = all_in_base64(log.consistency(since, whole))
    return answered(ConsistencyModel(since=since, to=whole, hashes=hashes))


@ROUTES.get("/estates/{estateId}/proofs", EstateProofs, scope=Scope.PROOFS_READ)
def estate_proofs(desk: Desk, estate_id: EstatePath) -> Response:
    """The stored events of an estate, whole, with what proves that they are under the newest head.

    It takes history:read and persons:read as well: the bytes hold everything.
    """
    log = desk.proof_log()
    entries = log.entries(estate_id)
    notes = log.checkpoints()
    head = checkpoint_line(notes[0]) if notes else None
    size = 0 if head is None else head.size

    items: list[EventProof] = []
    for one in entries:
        leaf = one.leaf if one.leaf is not None and one.leaf < size else None
        hashes = None if leaf is None else all_in_base64(log.inclusion(leaf, size))
        entry = in_base64(one.entry)
        items.append(
            EventProof(version=one.version, topic=one.topic, entry=entry, leaf=leaf, hashes=hashes)
        )
    return answered(EstateProofs(estate_id=estate_id, checkpoint=head, items=tuple(items)))


@ROUTES.post(
    "/verifications", VerificationModel, scope=Scope.PROOFS_READ, takes=VerificationRequest
)
def verify(request: Request, desk: Desk) -> Response:
    """Compare the stored events with heads that others kept; of one estate, or of all."""
    desk.mandate.demand(Scope.PROOFS_READ)
    given = model_in(request, VerificationRequest)
    keys = [read_verifier(one) for one in given.keys]
    heads = [read_note(one) for one in given.heads]
    return answered(verification_model(desk.verify(keys, heads, given.estate)))


def _key_file(path: Path | None) -> Path:
    if path is None:
        raise LogKeyNotHere
    return path


def _newest(desk: Desk) -> str:
    notes = desk.proof_log().checkpoints()
    if not notes:
        raise CheckpointNotThere
    return notes[0]
