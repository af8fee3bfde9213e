"""Which moves, certificates and refusals belong to which cycle of an estate?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kvob_domain.estate.certificates import Certificate
from kvob_domain.estate.state import Document, Estate, Move, Refusal
from kvob_domain.lifecycle.trajectory import Step
from kvob_projections.cycles import Cycle, cycles_of
from kvob_workflow.exports.zgw.identity import uri_of, uuid_of

_CLOSING: Final = (Step.EVALUATION, Step.ENDED)


@dataclass(frozen=True, slots=True)
class Told:
    """One cycle with what happened in it. `before` is the certificate that was held meanwhile."""

    estate: Estate
    cycle: Cycle
    moves: tuple[Move, ...]
    certificate: Certificate | None
    before: Certificate | None
    refusals: tuple[Refusal, ...]
    documents: tuple[Document, ...]
    previous: str | None

    @property
    def uuid(self) -> str:
        """That of its zaak."""
        return zaak_uuid(self.estate, self.moves[0])

    @property
    def started_on(self) -> date | None:
        """The first day that is known of it."""
        return next((move.day for move in self.moves if move.day is not None), None)


def zaak_uuid(estate: Estate, first: Move) -> str:
    """The UUID of the zaak of the cycle that begins with this move."""
    return uuid_of("zaak", estate.id, first.version)


def told_cycles(estate: Estate) -> list[Told]:
    """The cycles of an estate, in order, each with what belongs to it."""
    cycles = cycles_of(estate)
    parts = _moves(estate, cycles)
    starts = [_first_day(moves) for moves in parts]
    documents = _by_day(estate.documents, starts)
    refusals = _by_day(estate.refusals, starts)
    found: list[Told] = []
    for index, (cycle, moves) in enumerate(zip(cycles, parts, strict=True)):
        found.append(
            Told(
                estate=estate,
                cycle=cycle,
                moves=moves,
                certificate=_awarded(estate, cycle),
                before=_held_before(estate, moves[0]),
                refusals=tuple(one for one in refusals[index] if isinstance(one, Refusal)),
                documents=tuple(one for one in documents[index] if isinstance(one, Document)),
                previous=uri_of(found[-1].uuid) if found else None,
            )
        )
    return found


def _moves(estate: Estate, cycles: Sequence[Cycle]) -> list[tuple[Move, ...]]:
    """The moves of each cycle; one that closes no cycle belongs to none."""
    place = {id(move): index for index, move in enumerate(estate.moves)}
    found: list[tuple[Move, ...]] = []
    after = 0
    for cycle in cycles:
        last = place[id(cycle.end or cycle.last)]
        if cycle.begin is not None:
            begin = place[id(cycle.begin)]
        else:
            steps = range(after, last)
            begin = next((one for one in steps if estate.moves[one].step not in _CLOSING), last)
        found.append(estate.moves[begin : last + 1])
        after = last + 1
    return found


def _first_day(moves: Sequence[Move]) -> date:
    return next((move.day for move in moves if move.day is not None), date.min)


def _by_day(
    things: Sequence[Document] | Sequence[Refusal], starts: Sequence[date]
) -> list[list[Document | Refusal]]:
    """Each thing with the last cycle that had begun on its day, or with the first one."""
    found: list[list[Document | Refusal]] = [[] for _ in starts]
    for one in things if starts else ():
        begun = [index for index, start in enumerate(starts) if start <= one.on]
        found[begun[-1] if begun else 0].append(one)
    return found


def _awarded(estate: Estate, cycle: Cycle) -> Certificate | None:
    if cycle.end is None:
        return None
    version = cycle.end.version
    return next((one for one in estate.certificates if one.version == version), None)


def _held_before(estate: Estate, first: Move) -> Certificate | None:
    return next((one for one in estate.certificates if one.version == first.held), None)
