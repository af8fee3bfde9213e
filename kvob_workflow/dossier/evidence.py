"""What of the dossier can a stranger check? The stored bytes, their proofs, the signed head.

One line of JSON an event, with keys sorted; `FORMAT.md` in the dossier tells the form. Events of
the groups that an estate belongs to stand there too, because its history shows them.
"""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from kvob_domain.estate.corrected import effective
from kvob_domain.estate.events.documents import DocumentRegistered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kvob_domain.estate.recorded import Recorded
    from kvob_workflow.proofs.log import LoggedEvent
    from kvob_workflow.store.log import KeptCheckpoint


class Proofs(Protocol):
    """The part of a proof log that a dossier needs: `ProofLog`, or that of somebody's mandate."""

    @property
    def size(self) -> int:
        """As `ProofLog.size`."""
        ...

    def entries(self, estate: str) -> list[LoggedEvent]:
        """As `ProofLog.entries`."""
        ...

    def inclusion(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """As `ProofLog.inclusion`."""
        ...

    def kept(self) -> list[KeptCheckpoint]:
        """As `ProofLog.kept`."""
        ...


class Document(NamedTuple):
    """A document that was put on record, and whether that still stands."""

    recorded: Recorded
    event: DocumentRegistered
    stands: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """The events of a dossier with their leaves, and the checkpoint that they are proven to."""

    log: Proofs
    events: tuple[LoggedEvent, ...]
    checkpoint: KeptCheckpoint | None

    @property
    def covered(self) -> int:
        """How many of the events the checkpoint speaks of."""
        return sum(self._is_covered(event) for event in self.events)

    def lines(self) -> Iterator[bytes]:
        """The lines of events.jsonl."""
        for event in self.events:
            yield _line(self._stated(event))

    def _stated(self, event: LoggedEvent) -> dict[str, object]:
        stated: dict[str, object] = {
            "estate": event.estate,
            "index": None,
            "proof": [],
            "topic": event.topic,
            "version": event.version,
        }
        try:
            stated["state"] = event.state.decode()
        except UnicodeDecodeError:
            stated["state_base64"] = b64encode(event.state).decode()
        if self.checkpoint is not None and event.leaf is not None and self._is_covered(event):
            proof = self.log.inclusion(event.leaf, self.checkpoint.size)
            stated["index"] = event.leaf
            stated["proof"] = [b64encode(step).decode() for step in proof]
        return stated

    def _is_covered(self, event: LoggedEvent) -> bool:
        return (
            self.checkpoint is not None
            and event.leaf is not None
            and event.leaf < self.checkpoint.size
        )


def evidence_of(log: Proofs, estates: Iterable[str]) -> Evidence:
    """The events of estates, and the best checkpoint for them."""
    events = tuple(event for estate in estates for event in log.entries(estate))
    return Evidence(log, events, _checkpoint(log.kept(), log, events))


def _checkpoint(
    kept: Sequence[KeptCheckpoint], log: Proofs, events: Sequence[LoggedEvent]
) -> KeptCheckpoint | None:
    """The newest that a witness signed and that covers every event; else the newest."""
    told = [one for one in kept if one.size <= log.size]
    if all(event.leaf is not None for event in events):
        needed = max((event.leaf or 0 for event in events), default=0) + 1
        for one in told:
            if one.cosigned and one.size >= needed:
                return one
    return told[0] if told else None


def documents_in(histories: Iterable[Sequence[Recorded]]) -> tuple[Document, ...]:
    """Every document that was put on record, in the order of the histories."""
    found: list[Document] = []
    for history in histories:
        stands = {
            one.version: one.event.sha256
            for one in effective(history)
            if isinstance(one.event, DocumentRegistered)
        }
        found += [
            Document(one, one.event, stands.get(one.version) == one.event.sha256)
            for one in history
            if isinstance(one.event, DocumentRegistered)
        ]
    return tuple(found)


def document_lines(documents: Iterable[Document]) -> Iterator[bytes]:
    """The lines of documents.jsonl."""
    for one in documents:
        said = one.event.model_dump(mode="json", exclude_none=True)
        about = {"estate": one.recorded.estate, "version": one.recorded.version}
        yield _line({**said, **about, "stands": one.stands})


def _line(stated: dict[str, object]) -> bytes:
    text = json.dumps(stated, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode() + b"\n"
