"""What do proofs look like? Heads, hashes in base64, and what a verification found."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Annotated

from pydantic import ConfigDict, Field

from kvob_domain.ids import EstateIdField
from kvob_workflow.http.answers import Model
from kvob_workflow.http.models.words import Words
from kvob_workflow.proofs.notes import read_checkpoint, read_note
from kvob_workflow.proofs.verdicts import Kind, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvob_workflow.proofs.findings import Verification

_Line = Annotated[str, Field(min_length=1, max_length=2_000)]
_Note = Annotated[str, Field(min_length=1, max_length=65_536)]


class CheckpointLine(Model):
    """The signed head of a log: how many leaves it has, the root over them, who signed.

    `note` is the head as others keep it (C2SP signed note); `signers` are the names in it.
    """

    origin: str
    size: int
    root: str
    signers: tuple[str, ...]
    note: str


class LogKeyLine(Model):
    """A public key of the log: `key` is its text form (C2SP verifier key), `name` the origin."""

    name: str
    key: str


class LogKeys(Model):
    """The public keys that sign the log, the newest first; keep them elsewhere, and compare."""

    items: tuple[LogKeyLine, ...]


class ConsistencyModel(Model):
    """What proves that the first `to` leaves of the log begin with its first `since` ones."""

    since: int
    to: int
    hashes: tuple[str, ...]


class EventProof(Model):
    """One stored event with what proves that it is in the log.

    `entry` are the bytes that leaf `leaf` is the hash of, in base64; `hashes` lead from it to the
    root of the checkpoint. Both are null where the event is not under the checkpoint yet.
    """

    version: int
    topic: str
    entry: str
    leaf: int | None
    hashes: tuple[str, ...] | None


class EstateProofs(Model):
    """The events of an estate, and the checkpoint that they are proven under (null: none yet)."""

    estate_id: str
    checkpoint: CheckpointLine | None
    items: tuple[EventProof, ...]


class VerificationRequest(Model):
    """Public keys and heads that somebody else kept; without an estate everything is compared."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    keys: Annotated[tuple[_Line, ...], Field(min_length=1, max_length=20)]
    heads: Annotated[tuple[_Note, ...], Field(max_length=20)] = ()
    estate: EstateIdField | None = None


class FindingLine(Model):
    """One thing that was found; what does not apply is null."""

    kind: Kind
    words: Words
    estate: str | None
    version: int | None
    leaf: int | None
    position: int | None
    size: int | None
    number: int | None


class HeadLine(Model):
    """A head that counts: signed by a key that was given, and with which witnesses."""

    origin: str
    size: int
    from_outside: bool
    witnesses: tuple[str, ...]


class VerificationModel(Model):
    """What a verification found; `advice` is what to do next.

    `events` were read, `covered` of them are under a signed head, `beyond` are behind the last.
    """

    verdict: Verdict
    advice: Words
    events: int
    covered: int
    beyond: int
    heads: tuple[HeadLine, ...]
    findings: tuple[FindingLine, ...]
    estate: str | None


def checkpoint_line(note: str) -> CheckpointLine:
    """A signed note as an answer."""
    signed = read_note(note)
    head = read_checkpoint(signed)
    return CheckpointLine(
        origin=head.origin,
        size=head.size,
        root=in_base64(head.root),
        signers=tuple(one.name for one in signed.signatures),
        note=note,
    )


def verification_model(found: Verification) -> VerificationModel:
    """What a verification found, as an answer."""
    return VerificationModel.model_validate(found)


def in_base64(raw: bytes) -> str:
    """Bytes as they stand in a note."""
    return b64encode(raw).decode()


def all_in_base64(hashes: Iterable[bytes]) -> tuple[str, ...]:
    """Hashes as they stand in a note."""
    return tuple(in_base64(one) for one in hashes)
