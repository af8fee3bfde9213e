"""In which order is a history read? By the day things happened, not by when they were recorded.

Dated events come by (earliest day, facts from sources before commands, step rank of a fact,
version). Commands of one day keep the order in which they were given: they were checked in it.
An undated fact comes right after the last dated fact whose step rank is not above its own.
Source: design decision 0006 in `domain/decisions`.
"""

from collections.abc import Sequence
from datetime import date

from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.deadlines import Notice
from kvob_domain.estate.events.identity import EstateRegistered
from kvob_domain.estate.events.oversight import PersonErased
from kvob_domain.estate.events.past import PastFactRecorded, ProvenanceAdded, RemarkRecorded
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.values import FactKind

FACT_RANK: dict[FactKind, int] = {
    FactKind.KICKOFF: 1,
    FactKind.INTENT_DECLARATION: 2,
    FactKind.INVENTORY: 3,
    FactKind.ACTION_PLAN: 4,
    FactKind.COVENANT: 5,
    FactKind.AUDIT: 6,
    FactKind.AWARD: 7,
    FactKind.EVALUATION: 8,
    FactKind.RECERTIFICATION: 9,
    FactKind.EXPIRY: 10,
}
_AFTER_ALL_FACTS = 99

_TOLD = (PastFactRecorded, ProvenanceAdded, RemarkRecorded)

SortKey = tuple[date, int, int]
_FIRST: SortKey = (date.min, 0, 0)


def in_order(history: Sequence[Recorded]) -> list[Recorded]:
    """The history in the order in which it is folded; registration always comes first."""
    registrations: list[Recorded] = []
    line: list[Recorded] = []
    keys: list[SortKey] = []
    undated: list[tuple[int, Recorded]] = []
    in_sequence, last = True, _FIRST
    for recorded in history:
        event = recorded.event
        kind = type(event)
        if kind is EstateRegistered:
            registrations.append(recorded)
            continue
        earliest = event.earliest
        rank = rank_of(recorded) if kind in _TOLD else _AFTER_ALL_FACTS
        if earliest is None:
            undated.append((rank, recorded))
        else:
            key = (earliest, rank, recorded.version)
            in_sequence = in_sequence and key >= last
            last = key
            keys.append(key)
            line.append(recorded)
    if not in_sequence:
        line = [line[place] for place in sorted(range(len(line)), key=keys.__getitem__)]
    for rank, recorded in sorted(undated, key=_by_rank):
        line.insert(_place(line, rank), recorded)
    return registrations + line


def sorts_last(recorded: Recorded, last_day: date | None) -> bool:
    """Whether a new event comes after everything up to `last_day`, so that no refold is needed.

    A fact from a source never does: an undated one beside it may have to move. Nor does a
    correction, which changes an earlier event. A notice changes
    nothing that depends on the order, so that a late one counts as last.
    """
    if isinstance(
        recorded.event, PastFactRecorded | ProvenanceAdded | RemarkRecorded | EventCorrected
    ):
        return False
    if isinstance(recorded.event, EstateRegistered):
        return recorded.version == 1
    if isinstance(recorded.event, Notice | PersonErased):
        return True
    return last_day is None or recorded.event.earliest >= last_day


def rank_of(recorded: Recorded) -> int:
    """The step rank of a fact; a remark comes first, a command after all facts of its day."""
    match recorded.event:
        case PastFactRecorded(fact=fact) | ProvenanceAdded(fact=fact):
            return FACT_RANK[fact.kind]
        case RemarkRecorded():
            return 0
        case _:
            return _AFTER_ALL_FACTS


def _by_rank(item: tuple[int, Recorded]) -> tuple[int, int]:
    return item[0], item[1].version


def _place(line: list[Recorded], rank: int) -> int:
    """Right after the last fact in the line whose rank is not above `rank`."""
    for index in range(len(line) - 1, -1, -1):
        if 0 < rank_of(line[index]) <= rank:
            return index + 1
    return 0
