"""Why does a view say what it says? The events that made a field so, and the rule behind it.

`causes` are the events at which the value changed, the events that it cannot do without, and
their corrections. The general method is in `kvob_projections.explained`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from kvob_domain.errors import Invalid
from kvob_domain.estate.corrected import effective
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.evolve import fold
from kvob_domain.estate.order import in_order
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId
from kvob_domain.scheme.book import SchemeBook
from kvob_projections.explained import USUAL_FIELD, Address, Seen, needed, trail
from kvob_projections.rulings import NEXT_DUE_FIELDS, Ruling, rulings
from kvob_workflow.engine.core import Core
from kvob_workflow.engine.errors import EstateNotFound
from kvob_workflow.engine.history import HistoryEntry, entry

_SHOWN: Final = 20


@dataclass(eq=False)
class FieldUnknown(Invalid):
    """No view shows a field of this name for the estate."""

    code: ClassVar[str] = "field-unknown"
    nl: ClassVar[str] = (
        "Geen overzicht toont '{field}' van dit terrein. 'kvob explain TERREIN' noemt alle "
        "velden; zoals: {possible}."
    )
    en: ClassVar[str] = (
        "No view shows '{field}' of this estate. 'kvob explain ESTATE' lists all fields; "
        "such as: {possible}."
    )
    field: str
    possible: tuple[str, ...]


@dataclass(eq=False)
class FieldAmbiguous(Invalid):
    """Several rows have a field of this name."""

    code: ClassVar[str] = "field-ambiguous"
    nl: ClassVar[str] = "Meer regels hebben een veld '{field}'. Kies er een: {possible}."
    en: ClassVar[str] = "Several rows have a field '{field}'. Choose one: {possible}."
    field: str
    possible: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A field of a view by its address ("board.status", "due.reminder:2.due_on"), its value."""

    address: str
    value: object


@dataclass(frozen=True, slots=True)
class Cause:
    """One event behind a value.

    `changed`: at this event, in the order of the fold, the field got another value, `value`.
    `needed`: without it the value would be another one. `corrected_by` are the versions of the
    corrections of it; `corrects` the version that it corrects itself.
    """

    event: HistoryEntry
    changed: bool
    value: object
    needed: bool
    corrected_by: tuple[int, ...]
    corrects: int | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one field shows its value `on` a civil day (Europe/Amsterdam).

    `causes` stand in the order in which things happened, corrections after what they correct.
    """

    estate_id: EstateId
    estate: str
    municipality: str
    on: date
    address: str
    value: object
    causes: tuple[Cause, ...]
    rules: tuple[Ruling, ...]


class Explaining(Core):
    """The questions after the why."""

    def explain(self, estate: EstateId, field: str) -> Explanation:
        """Why a field of a view shows what it shows today.

        `field` is an address as `fields` gives it, or a bare name: that of the board, else of the
        register, else of the only row that has it. "due.reminder:2" stands for its day,
        "measures.m1" for its progress.

        Raises:
            EstateNotFound: when there is no such estate.
            FieldUnknown, FieldAmbiguous: when `field` is not the name of one field.
        """
        history, state = self._known(estate)
        return explained(history, state, self.book, self.today(), field)

    def fields(self, estate: EstateId) -> tuple[FieldValue, ...]:
        """Every field of every view that shows the estate today, with its value.

        Raises:
            EstateNotFound: when there is no such estate.
        """
        _, state = self._known(estate)
        values = Seen(self.book, self.today()).values(state)
        return tuple(FieldValue(str(address), value) for address, value in values.items())

    def _known(self, estate: EstateId) -> tuple[list[Recorded], Estate]:
        history = self._store.stream(estate)
        state = fold(estate, history)
        if not state.exists:
            raise EstateNotFound(estate)
        return history, state


def explained(
    history: Sequence[Recorded], state: Estate, book: SchemeBook, day: date, field: str
) -> Explanation:
    """The explanation of a field of the state that a history gives.

    Raises:
        FieldUnknown, FieldAmbiguous: when `field` is not the name of one field.
    """
    seen = Seen(book, day)
    values = seen.values(state)
    address = addressed(field, values)

    def look(estate: Estate) -> object:
        return seen.value(address, estate)

    changes = trail(history, look)
    versions = needed(history, look, changes)
    return Explanation(
        estate_id=state.id,
        estate=state.name,
        municipality=state.municipality,
        on=day,
        address=str(address),
        value=values[address],
        causes=_causes(history, dict(_by_version(changes)), versions),
        rules=_rules(seen, state, book, day, address),
    )


def addressed(field: str, known: Mapping[Address, object]) -> Address:
    """The address that a text means among those that are there.

    Raises:
        FieldUnknown, FieldAmbiguous: when it is not the name of one field.
    """
    name = field.strip()
    usual = {f"{view}.": f".{usual}" for view, usual in USUAL_FIELD.items()}
    wishes = {name, name.replace("-", "_")}
    wishes |= {name + end for view, end in usual.items() if name.startswith(view)}
    for address in known:
        if str(address) in wishes:
            return address
    bare = [address for address in known if address.field in wishes]
    if not bare:
        possible = tuple(str(address) for address in known)
        near = tuple(one for one in possible if name.lower() in one)
        raise FieldUnknown(field, (near or possible)[:_SHOWN])
    if not bare[0].row or len(bare) == 1:  # the board stands first, then the register
        return bare[0]
    raise FieldAmbiguous(field, tuple(str(address) for address in bare[:_SHOWN]))


def _rules(
    seen: Seen, state: Estate, book: SchemeBook, day: date, address: Address
) -> tuple[Ruling, ...]:
    rows = list(seen.rows(state))
    for view, label, row in rows:
        if (view, label) == (address.view, address.row):
            found = rulings(state, book, day, row, address.field)
            break
    else:
        return ()
    if address.field in NEXT_DUE_FIELDS and address.view == "board":
        due = (one for one in rows if one[0] == "due" and not getattr(one[2], "overdue", False))
        for _, _, row in due:
            return rulings(state, book, day, row, "due_on")
    return found


def _by_version(changes: Sequence[tuple[Recorded, object]]) -> list[tuple[int, object]]:
    return [(recorded.version, value) for recorded, value in changes]


def _causes(
    history: Sequence[Recorded], changed: Mapping[int, object], versions: frozenset[int]
) -> tuple[Cause, ...]:
    """Each named event, and the corrections of it, in the order of the fold."""
    corrections: dict[int, list[int]] = {}
    for one in history:
        if isinstance(one.event, EventCorrected):
            corrections.setdefault(one.event.version, []).append(one.version)
    named = set(versions) | set(changed)
    waiting = list(named)
    while waiting:
        for version in corrections.get(waiting.pop(), ()):
            if version not in named:
                named.add(version)
                waiting.append(version)
    told = {one.version: one.event for one in effective(history)}
    return tuple(
        Cause(
            event=entry(one._replace(event=told.get(one.version, one.event))),
            changed=one.version in changed,
            value=changed.get(one.version),
            needed=one.version in versions,
            corrected_by=tuple(corrections.get(one.version, ())),
            corrects=one.event.version if isinstance(one.event, EventCorrected) else None,
        )
        for one in in_order(history)
        if one.version in named
    )
