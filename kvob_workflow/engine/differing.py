"""What differs between two states of an estate? Fields, requirements, certificates, rows.

`difference` is pure: it compares any two states, whether of two moments or before and after a
correction. What only counts events (versions, instants of recording) is left out. Read next:
`kvob_workflow.engine.moments` (which events lie between) and `kvob_workflow.engine.moved`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Final, cast

from kvob_domain.estate.certificates import Certificate
from kvob_domain.estate.deadlines import deadlines
from kvob_domain.estate.ground import terms_under
from kvob_domain.estate.requirements import missing
from kvob_domain.estate.state import Dossier, Estate
from kvob_domain.scheme.book import SchemeBook
from kvob_projections import PERIOD_VIEWS
from kvob_projections.view import Row, Value, View

# How a state keeps its books, told elsewhere, or of use to the fold alone.
_NOT_TOLD: Final = frozenset(
    {
        *("id", "version", "last_at", "last_day", "certificates", "dossier", "measure_versions"),
        *("facts", "first_said", "evidence_from", "evidence_on", "changed_on", "decided_on"),
    }
)
_COUNTS_EVENTS: Final = frozenset({"version", "known_at", "anchor_version"})
# Columns to search by; what they hold stands readable in another one.
_SEARCHED: Final = frozenset({"estate_folded", "search", "places", "owner_folded"})
DeadlineKey = tuple[str, int]
DueDays = Mapping[DeadlineKey, Sequence[date]]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of the state, of its dossier ("dossier.plan_on") or of a certificate."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class CertificateChange:
    """The n-th certificate: what it is before and after, None where it is not there."""

    number: int
    before: Certificate | None
    after: Certificate | None
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class DeadlineChange:
    """A deadline that came (`before` None), went (`after` None) or moved to another day."""

    kind: str
    ordinal: int
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A view row that came (`before` None), went (`after` None) or changed.

    `key` has the columns of the key after the estate's id. `before` and `after` give the columns
    that differ; of a row that came or went, all of them.
    """

    view: str
    key: Row
    before: Mapping[str, Value] | None
    after: Mapping[str, Value] | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What is otherwise in the second of two states.

    `met` are requirement codes that are missing in the first state only, `lacking` those that
    are missing in the second only.
    """

    fields: tuple[FieldChange, ...]
    met: tuple[str, ...]
    lacking: tuple[str, ...]
    certificates: tuple[CertificateChange, ...]
    deadlines: tuple[DeadlineChange, ...]
    rows: tuple[RowDifference, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the two states are alike."""
        parts = (self.fields, self.met, self.lacking, self.certificates, self.deadlines, self.rows)
        return not any(parts)

    def rows_of(self, view: str) -> tuple[RowDifference, ...]:
        """The rows of one view that differ."""
        return tuple(row for row in self.rows if row.view == view)


def difference(before: Estate, after: Estate, book: SchemeBook) -> Difference:
    """What is otherwise in `after`; a state that does not exist shows nothing anywhere."""
    lacked, lacks = _missing(before, book), _missing(after, book)
    return Difference(
        fields=tuple(_fields(before, after)),
        met=tuple(code for code in lacked if code not in lacks),
        lacking=tuple(code for code in lacks if code not in lacked),
        certificates=tuple(_certificates(before, after)),
        deadlines=tuple(deadline_changes(_due_days(before, book), _due_days(after, book))),
        rows=tuple(row for view in PERIOD_VIEWS for row in _rows(view, before, after, book)),
    )


def _fields(before: Estate, after: Estate) -> Iterator[FieldChange]:
    for field in fields(Estate):
        if field.name not in _NOT_TOLD:
            yield from _changed(field.name, before, after)
    for field in fields(Dossier):
        for change in _changed(field.name, before.dossier, after.dossier):
            yield FieldChange(f"dossier.{field.name}", change.before, change.after)


def _changed(name: str, before: object, after: object) -> Iterator[FieldChange]:
    old, new = _plain(getattr(before, name)), _plain(getattr(after, name))
    if old != new:
        yield FieldChange(name, old, new)


def _plain(value: object) -> object:
    """A value without what counts events, so that only what it says is compared."""
    if isinstance(value, Mapping):
        members = cast("Mapping[object, object]", value)
        return {str(key): _plain(member) for key, member in members.items()}
    # A named tuple is known by its fields alone.
    names = cast("tuple[str, ...]", getattr(value, "_fields", ()))
    if names:
        told = [name for name in names if name not in _COUNTS_EVENTS]
        return {name: _plain(getattr(value, name)) for name in told}
    if isinstance(value, tuple):
        return [_plain(one) for one in cast("tuple[object, ...]", value)]
    if isinstance(value, frozenset):
        return sorted(str(one) for one in cast("frozenset[object]", value))
    return value


def _missing(estate: Estate, book: SchemeBook) -> list[str]:
    if not estate.exists:
        return []
    found = missing(estate, terms_under(book, estate.edition))
    return list(dict.fromkeys(requirement.code.value for requirement in found))


def _certificates(before: Estate, after: Estate) -> Iterator[CertificateChange]:
    old = {one.number: one for one in before.certificates}
    new = {one.number: one for one in after.certificates}
    for number in sorted(old.keys() | new.keys()):
        first, second = old.get(number), new.get(number)
        if first is None or second is None:
            yield CertificateChange(number, first, second, ())
            continue
        told = [name for name in Certificate._fields if name not in _COUNTS_EVENTS]
        changes = tuple(change for name in told for change in _changed(name, first, second))
        if changes:
            yield CertificateChange(number, first, second, changes)


def deadline_changes(old: DueDays, new: DueDays) -> Iterator[DeadlineChange]:
    """What came, went or moved among deadlines, by kind and ordinal."""
    for key in sorted(old.keys() | new.keys()):
        gone = [day for day in old.get(key, ()) if day not in new.get(key, ())]
        come = [day for day in new.get(key, ()) if day not in old.get(key, ())]
        for number in range(max(len(gone), len(come))):
            yield DeadlineChange(*key, _at(gone, number), _at(come, number))


def _due_days(estate: Estate, book: SchemeBook) -> dict[DeadlineKey, list[date]]:
    found: dict[DeadlineKey, list[date]] = {}
    for deadline in deadlines(estate, book) if estate.exists else ():
        found.setdefault((deadline.kind.value, deadline.ordinal), []).append(deadline.due_on)
    return {key: sorted(days) for key, days in found.items()}


def _at(days: Sequence[date], number: int) -> date | None:
    return days[number] if number < len(days) else None


def _rows(view: View, before: Estate, after: Estate, book: SchemeBook) -> Iterator[RowDifference]:
    old, new = _keyed(view, before, book), _keyed(view, after, book)
    for key in sorted(old.keys() | new.keys()):
        first, second = old.get(key), new.get(key)
        columns = [name for name in _told(view) if _differs(name, first, second)]
        if columns:
            yield RowDifference(view.name, key[1:], _only(columns, first), _only(columns, second))


def _keyed(view: View, estate: Estate, book: SchemeBook) -> dict[Row, dict[str, Value]]:
    made = view.rows(estate, book) if estate.exists else ()
    return {view.key_of(row): dict(zip(view.columns, row, strict=True)) for row in made}


def _told(view: View) -> Iterator[str]:
    not_told = {*_COUNTS_EVENTS, *_SEARCHED, "estate_id"}
    return (name for name in view.columns if name not in not_told)


def _differs(name: str, old: Mapping[str, Value] | None, new: Mapping[str, Value] | None) -> bool:
    return old is None or new is None or old[name] != new[name]


def _only(columns: Iterable[str], row: Mapping[str, Value] | None) -> dict[str, Value] | None:
    return None if row is None else {name: row[name] for name in columns}
