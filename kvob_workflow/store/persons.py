"""What is kept of persons? Encrypted directory rows, and requests to erase; never a name in clear.

A part of the port, see `kvob_workflow.store.port`. What a row holds is sealed under the person's
key by `kvob_workflow.privacy`, so that a copy of the store without its key file names nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from kvob_domain.ids import PersonId
from kvob_domain.words import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kvob_domain.estate.recorded import Recorded


class PersonRow(NamedTuple):
    """A person in the directory: the sealed fields as JSON text, the blind index of the e-mail."""

    person: PersonId
    fields: str
    email_index: str | None


class ErasureStatus(StrEnum):
    """How far a request to erase is."""

    WAITING = "waiting"
    ERASED = "erased"
    DECLINED = "declined"

    @property
    def words(self) -> Text:
        """What the screens call it."""
        return _STATUS_WORDS[self]


_STATUS_WORDS: dict[ErasureStatus, Text] = {
    ErasureStatus.WAITING: Text("wacht op akkoord", "waits for approval"),
    ErasureStatus.ERASED: Text("gewist", "erased"),
    ErasureStatus.DECLINED: Text("geweigerd", "declined"),
}


@dataclass(frozen=True, slots=True)
class Erasure:
    """A request to erase a person. Codes and ids only; instants are aware, in UTC.

    `exception` is why it was declined.
    """

    id: str
    person: PersonId
    basis: str
    proposer: PersonId
    proposed_at: datetime
    status: ErasureStatus = ErasureStatus.WAITING
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    exception: str | None = None


class Scrubbed(NamedTuple):
    """What a clean-up of the store did.

    `log_emptied` is False while somebody else reads, and None where the log is a server's, which
    no store can empty.
    """

    bytes_before: int
    bytes_after: int
    log_emptied: bool | None


class PersonKeeping(Protocol):
    """Keeps the directory's rows and the requests to erase."""

    def put_persons(self, rows: Sequence[PersonRow]) -> None:
        """Writes rows, replacing those that are there; one transaction."""
        ...

    def person_row(self, person: PersonId) -> PersonRow | None:
        """The row of a person; None when there is none."""
        ...

    def person_rows(self, after: str = "", limit: int = 1000) -> list[PersonRow]:
        """At most `limit` rows with an id above `after`, by id."""
        ...

    def persons_by_email(self, index: str) -> list[PersonRow]:
        """The rows with this blind index."""
        ...

    def forget_persons(self, persons: Sequence[PersonId], mark: str, number: int) -> None:
        """Deletes rows and sets a mark; nothing of them stays in the free space of a file.

        A server keeps what was deleted, sealed as it is, until it is cleaned up: `scrub`.
        """
        ...

    def put_erasures(self, erasures: Sequence[Erasure]) -> None:
        """Writes requests to erase, replacing those that are there; one transaction."""
        ...

    def settle_erasures(self, erasures: Sequence[Erasure]) -> bool:
        """Writes decisions on requests that all wait still; False, and nothing written, else."""
        ...

    def erasures(self, ids: Sequence[str] = ()) -> list[Erasure]:
        """Requests to erase, the oldest first; all of them without `ids`."""
        ...

    def mentioning(self, persons: Sequence[PersonId]) -> Iterator[Recorded]:
        """Every event whose stored form holds one of these ids, in order of position."""
        ...

    def scrub(self) -> Scrubbed:
        """Rewrites what may hold something of a person without free space, and empties the log.

        Of a file that is all of it; on a server the log stays.

        Raises:
            StoreBusy: somebody else holds the file or a table.
            StoreDamaged: positions of a file have gaps, which a rewrite would close; nothing done.
            StoreOwnerNeeded: on a server, by a user who does not own the tables; nothing done.
        """
        ...
