"""What are the states of all estates? Folded from their streams, a few hundred at a time."""

from collections.abc import Iterator
from itertools import islice

from kvob_domain.estate.evolve import fold
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId
from kvob_workflow.store import EventStore

_CHUNK = 500


def all_streams(store: EventStore) -> Iterator[tuple[EstateId, list[Recorded]]]:
    """Every estate with its events, in order of id."""
    estates = store.estates()
    while chunk := list(islice(estates, _CHUNK)):
        yield from store.streams(chunk).items()


def all_states(store: EventStore) -> Iterator[Estate]:
    """The state of every estate, in order of id."""
    for estate, history in all_streams(store):
        yield fold(estate, history)
