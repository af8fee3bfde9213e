"""What must an answer about the past be? A plain model: lists and loops, nothing kept at hand.

Written from design decision 0018 alone. It shares with the engine how a single event changes a
state, how a state becomes rows, and the query over rows; not which events count, nor in which
order, nor what was corrected.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from kvob_domain.estate.events import AnyEvent
from kvob_domain.estate.events.certification import CertificateAwarded
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.identity import EstateRegistered
from kvob_domain.estate.events.past import PastFactRecorded, ProvenanceAdded, RemarkRecorded
from kvob_domain.estate.evolve import fold_ordered
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId
from kvob_domain.scheme.book import SchemeBook
from kvob_projections import ALL_VIEWS
from kvob_projections.paging import Reader
from kvob_projections.view import Value

Histories = Mapping[EstateId, Sequence[Recorded]]
_STEPS: Final = (
    *("kickoff", "intent_declaration", "inventory", "action_plan", "covenant", "audit"),
    *("award", "evaluation", "recertification", "expiry"),
)
_COMMAND: Final = 99


def naive_state(
    estate: EstateId, history: Sequence[Recorded], day: date | None, known_at: datetime | None
) -> Estate:
    """The state at the end of a day as it was known at an instant."""
    known: list[Recorded] = []
    for recorded in history:
        if known_at is None or recorded.at <= known_at:
            known.append(recorded)
    line = _line(_told(known))
    return fold_ordered(estate, line if day is None else _by(line, day))


def _told(known: Sequence[Recorded]) -> list[Recorded]:
    told: list[Recorded] = []
    for recorded in known:
        event, at = _says(recorded, known)
        if event is not None:
            told.append(recorded._replace(event=event, at=at))
    return told


def _says(recorded: Recorded, known: Sequence[Recorded]) -> tuple[AnyEvent | None, datetime]:
    """What an event says, by the latest correction that speaks of it; None: it never happened."""
    for correction in reversed(sorted(known, key=_version)):
        if correction.version <= recorded.version:
            break
        event, at = (
            _says(correction, known)
            if isinstance(correction.event, EventCorrected)
            else (correction.event, correction.at)
        )
        if isinstance(event, EventCorrected) and event.version == recorded.version:
            return event.instead, at  # type: ignore[return-value]  # of the closed union
    return recorded.event, recorded.at


def _line(told: Sequence[Recorded]) -> list[Recorded]:
    """Registration, then what has a day, then what has none between its neighbours."""
    first = [one for one in told if isinstance(one.event, EstateRegistered)]
    others = [one for one in told if not isinstance(one.event, EstateRegistered)]
    line: list[Recorded] = []
    for one in others:
        day = one.event.occurred.earliest
        if day is None:
            continue
        place = 0
        while place < len(line):
            other = line[place]
            other_day = other.event.occurred.earliest or date.min
            if (other_day, _rank(other), other.version) > (day, _rank(one), one.version):
                break
            place += 1
        line.insert(place, one)
    undated = [one for one in others if one.event.occurred.earliest is None]
    for rank in range(_COMMAND + 1):
        for one in sorted(undated, key=_version):
            if _rank(one) != rank:
                continue
            place = 0
            for number, other in enumerate(line):
                if 0 < _rank(other) <= rank:
                    place = number + 1
            line.insert(place, one)
    return first + line


def _rank(recorded: Recorded) -> int:
    event = recorded.event
    if isinstance(event, PastFactRecorded | ProvenanceAdded):
        return _STEPS.index(event.fact.kind.value) + 1
    return 0 if isinstance(event, RemarkRecorded) else _COMMAND


def _by(line: Sequence[Recorded], day: date) -> list[Recorded]:
    """What had happened by the end of a day, and how long the certificate held then lasts."""
    days = [one.event.occurred.earliest for one in line]
    dated = [one for one in days if one is not None]
    if dated and day < min(dated):
        return []
    chosen: list[Recorded] = []
    is_ahead = False
    for one in line:
        if isinstance(one.event, EstateRegistered):
            chosen.append(one)
            continue
        earliest = one.event.occurred.earliest
        if earliest is not None and earliest > day:
            is_ahead = True
        if not is_ahead:
            chosen.append(one)
            continue
        kind = ""
        if isinstance(one.event, PastFactRecorded | ProvenanceAdded):
            kind = one.event.fact.kind.value
        begins = isinstance(one.event, PastFactRecorded) and kind in ("award", "recertification")
        if begins or isinstance(one.event, CertificateAwarded):
            break
        if kind == "expiry":
            chosen.append(one)
    return chosen


def naive_views(
    histories: Histories, book: SchemeBook, day: date, known_at: datetime | None
) -> sqlite3.Connection:
    """Tables in memory with the rows of that pair of moments; close it."""
    memory = sqlite3.connect(":memory:")
    memory.row_factory = sqlite3.Row
    for view in ALL_VIEWS:
        for statement in view.ddl:
            memory.execute(statement)
        places = ", ".join("?" * len(view.columns))
        for estate, history in histories.items():
            then = naive_state(estate, history, day, known_at)
            if not then.exists:
                continue
            # Of certificates the register tells all that is known, whatever the day.
            shown = (
                naive_state(estate, history, None, known_at) if view.name == "register" else then
            )
            rows = view.rows(shown, book)
            memory.executemany(f"INSERT INTO {view.table} VALUES ({places})", rows)
    return memory


def reader_of(memory: sqlite3.Connection) -> Reader:
    """A reader over such tables."""

    def read(sql: str, parameters: Mapping[str, Value]) -> list[sqlite3.Row]:
        return memory.execute(sql, dict(parameters)).fetchall()

    return read


def _version(recorded: Recorded) -> int:
    return recorded.version
