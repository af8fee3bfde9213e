"""What is around one event, and what is stored of it? Neighbours, envelope, bytes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvob_domain.mandates import Scope
from kvob_workflow.engine.moments import NotThereThen
from kvob_workflow.jsonable import jsonable
from kvob_workflow.web.errors import PageUnknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_domain.ids import EstateId
    from kvob_workflow.engine.history import HistoryEntry
    from kvob_workflow.web.asking import Ask

_WHOLE = (Scope.PROOFS_READ, Scope.HISTORY_READ, Scope.PERSONS_READ)


@dataclass(frozen=True, slots=True)
class Found:
    """An event in its history. `before` and `after` are its neighbours in the order of the days.

    `is_ahead`: at the moment asked it had not happened yet, or was not known.
    """

    entry: HistoryEntry
    before: HistoryEntry | None
    after: HistoryEntry | None
    every: Sequence[HistoryEntry]
    is_ahead: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored of an event: its envelope beside the history, and the event as JSON.

    `is_exact`: the JSON is the stored one, not what may be shown of it.
    """

    causation: str | None
    trace: str | None
    topic: str
    text: str
    is_exact: bool


def event_around(ask: Ask, estate: EstateId, version: int) -> Found:
    """An event of the estate's own; as it is known now where it was not there yet.

    Raises:
        PageUnknown: the estate has no such event.
    """
    is_past = not ask.is_now
    if is_past and (found := _found(_past(ask, estate), version, is_ahead=False)):
        return found
    found = _found(ask.desk.history(estate), version, is_ahead=is_past)
    if found is None:
        raise PageUnknown(ask.request.url.path)
    return found


def stored_of(ask: Ask, estate: EstateId, version: int) -> Stored:
    """What is stored; without persons for who may not see them.

    Raises:
        PageUnknown: the estate has no such event.
    """
    histories = ask.desk.histories(estate)
    for recorded in (one for _, events in histories for one in events if one.version == version):
        exact = _exact(ask, estate, version)
        shown = exact or _pretty(jsonable(recorded, ask.language))
        topic = recorded.event.TOPIC
        return Stored(recorded.causation, recorded.trace, topic, shown, exact is not None)
    raise PageUnknown(ask.request.url.path)


def _past(ask: Ask, estate: EstateId) -> Sequence[HistoryEntry]:
    try:
        return ask.desk.history(estate, ask.on, ask.known_at)
    except NotThereThen:
        return ()


def _found(every: Sequence[HistoryEntry], version: int, *, is_ahead: bool) -> Found | None:
    own = [one for one in every if one.via is None]
    for place, entry in enumerate(own):
        if entry.version == version:
            before = own[place - 1] if place else None
            after = own[place + 1] if place + 1 < len(own) else None
            return Found(entry, before, after, every, is_ahead)
    return None


def _exact(ask: Ask, estate: EstateId, version: int) -> str | None:
    if not all(ask.may(scope) for scope in _WHOLE):
        return None
    entries = ask.desk.proof_log().entries(estate)
    state = next((one.state for one in entries if one.version == version), None)
    return None if state is None else _pretty(json.loads(state))


def _pretty(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)
