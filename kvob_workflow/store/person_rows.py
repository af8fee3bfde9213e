"""What stands in a row of the directory or of a request to erase? The same columns everywhere.

Instants are whole microseconds since 1970, UTC.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kvob_domain.ids import PersonId
from kvob_workflow.store.delivery_rows import instant_of, number_of
from kvob_workflow.store.persons import Erasure, ErasureStatus, PersonRow

if TYPE_CHECKING:
    from datetime import datetime

ERASURE_COLUMNS: Final = (
    "id, person, basis, proposer, proposed_at, status, decided_by, decided_at, exception"
)
EVENTS_AT_ONCE: Final = 2000
"""How many events are read at a time when all are gone through for mentions of a person."""

# An id that stands in an event stands there as a whole JSON text.
_TEXTS: Final = re.compile(rb'"([a-z0-9][a-z0-9._:-]{0,63})"')


def mentions_one_of(state: bytes, wanted: set[bytes]) -> bool:
    """Whether the stored form of an event holds one of these ids."""
    return not wanted.isdisjoint(_TEXTS.findall(state))


def person_of(row: tuple[str, str, str | None]) -> PersonRow:
    """The person of these columns."""
    return PersonRow(PersonId(row[0]), row[1], row[2])


def columns_of(one: Erasure) -> tuple[str | int | None, ...]:
    """The columns of a request."""
    start = (one.id, one.person, one.basis, one.proposer, number_of(one.proposed_at))
    return (*start, one.status.value, one.decided_by, _number(one.decided_at), one.exception)


def decision_of(one: Erasure) -> tuple[str | int | None, ...]:
    """Status, who, when, exception and id of a request that was decided on."""
    return (one.status.value, one.decided_by, _number(one.decided_at), one.exception, one.id)


def erasure_of(
    id: str,
    person: str,
    basis: str,
    proposer: str,
    proposed_at: int,
    status: str,
    decided_by: str | None,
    decided_at: int | None,
    exception: str | None,
) -> Erasure:
    """The request of these columns."""
    return Erasure(
        id,
        PersonId(person),
        basis,
        PersonId(proposer),
        instant_of(proposed_at),
        ErasureStatus(status),
        None if decided_by is None else PersonId(decided_by),
        None if decided_at is None else instant_of(decided_at),
        exception,
    )


def _number(at: datetime | None) -> int | None:
    return None if at is None else number_of(at)


__all__ = [
    "ERASURE_COLUMNS",
    "EVENTS_AT_ONCE",
    "columns_of",
    "decision_of",
    "erasure_of",
    "mentions_one_of",
    "person_of",
]
