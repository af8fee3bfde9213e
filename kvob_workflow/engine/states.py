"""What are the states of all estates? Folded from their streams, a few hundred at a time."""

from collections.abc import Iterator
from itertools import islice

from kvob_domain.estate.evolve import fold
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId
from kvob_domain.mandates import Reach
from kvob_workflow.store import EventStore

_CHUNK = 500


def all_streams(store: EventStore) -> Iterator[tuple[EstateId, list[Recorded]]]:
    """Every estate with its events, in order of id."""
    for chunk in in_chunks(store.estates()):
        yield from store.streams(chunk).items()


def in_chunks(estates: Iterator[EstateId]) -> Iterator[list[EstateId]]:
    """The estates a few hundred at a time, so that memory stays bounded."""
    while chunk := list(islice(estates, _CHUNK)):
        yield chunk


def streams_within(
    store: EventStore, reach: Reach | None
) -> Iterator[tuple[EstateId, list[Recorded]]]:
    """Those of `all_streams` that lie within a reach today; all of them without one."""
    for estate, history in all_streams(store):
        if reach is None or reach.everywhere or reach.holds_estate(fold(estate, history)):
            yield estate, history


def all_states(store: EventStore) -> Iterator[Estate]:
    """The state of every estate, in order of id."""
    for estate, history in all_streams(store):
        yield fold(estate, history)
