"""How are a million estates kept so that any filter and any order is found at once? As columns.

An estate has the same place in every array. Texts of which there are few are numbers (`codes`);
names and ids are numbers that sort as they do (`orders`); days are counted. Read next: `building`
(how the arrays are filled) and `picking` (how they are asked).
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_projections.board_columns import BoardColumns
from kvob_workflow.board_index.codes import NULL, Codes
from kvob_workflow.board_index.refusal import NotIndexable, Outgrown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from kvob_workflow.board_index.orders import Order
    from kvob_workflow.board_index.words import Words

    # Any: numbers of different widths.
    Values = dict[str, NDArray[Any]]

DUE_KINDS: Final = 64
"""A next deadline is its day times so many, plus the place of its kind."""
CODED: Final = ("kind", "edition", "level", "missing", "places")
"""Columns of texts of which there are few."""
_FORMS: Final = {
    **dict.fromkeys(("step", "status", "positive_advice", "overdue"), "int8"),
    **dict.fromkeys(("kind", "edition", "level", "cycle"), "int16"),
    **dict.fromkeys(("measures_done", "measures_total", "approvals"), "int16"),
    **dict.fromkeys(("missing", "places", "version"), "int32"),
    **dict.fromkeys(("step_since", "valid_from", "expires_on", "next_due"), "int32"),
    "search": "int64",  # a hash, to see whether the text has changed
}
_AS_THEY_ARE: Final = (
    *("cycle", "measures_done", "measures_total", "positive_advice", "approvals", "version"),
    "overdue",
)
_STEPS: Final = {step.value: place for place, step in enumerate(Step)}
_STATUSES: Final = {status.value: place for place, status in enumerate(Status)}
_KINDS: Final = {kind.value: place for place, kind in enumerate(sorted(DeadlineKind))}
_ID_BYTES: Final = 16
_MOST_CHANGED: Final = 4_000


def short_ids(estates: Sequence[str]) -> bytes:
    """Ids in half their length, end to end.

    Raises:
        NotIndexable: one is not 32 small hexadecimal digits.
    """
    whole = "".join(estates)
    try:
        found = bytes.fromhex(whole)
    except ValueError:
        found = b""
    if found.hex() != whole or {*map(len, estates)} - {2 * _ID_BYTES}:
        raise NotIndexable("an id of another form")
    return found


@lru_cache(maxsize=65_536)
def _day(text: str | None) -> int:
    return NULL if text is None else date.fromisoformat(text).toordinal()


@lru_cache(maxsize=65_536)
def _due(text: str | None) -> int:
    if text is None:
        return NULL
    day, _, kind = text.partition(" ")
    return _day(day) * DUE_KINDS + _KINDS[kind]


class Columns:
    """The columns of all estates; those of the beginning first, in order of id.

    `names` and `ids` give the numbers of the arrays `name` and `id`, and `words` looks in texts.
    """

    def __init__(self) -> None:
        """No estate yet; the builder gives the arrays."""
        self.count = 0
        self.codes: Mapping[str, Codes] = {name: Codes() for name in CODED}
        self.arrays: Values = {}
        self.shown: NDArray[numpy.bool_] = numpy.empty(0, dtype=numpy.bool_)
        self.id_bytes: NDArray[numpy.bytes_] = numpy.empty(0, dtype="S16")
        self.names: Order
        self.ids: Order
        self.words: Words
        self._later: dict[str, int] = {}
        self._base = 0

    @property
    def nbytes(self) -> int:
        """How much memory the arrays take."""
        arrays = (*self.arrays.values(), self.shown, self.id_bytes)
        return sum(one.nbytes for one in arrays) + self.words.nbytes + self.names.nbytes

    def settle(self, names: Order, ids: Order, words: Words) -> None:
        """The arrays are filled."""
        self.names, self.ids, self.words = names, ids, words
        self._base = self.count = len(self.shown)

    def estate_at(self, place: int) -> str:
        """The id of an estate."""
        # NumPy takes zeros at the end of such a text for padding.
        return bytes(self.id_bytes[place]).ljust(_ID_BYTES, b"\0").hex()

    def place_of(self, estate: str) -> int | None:
        """The place of an estate; None when it is not there."""
        later = self._later.get(estate)
        if later is not None:
            return later
        wanted = short_ids((estate,))
        base = self.id_bytes[: self._base]
        place = int(numpy.searchsorted(base, wanted))
        return place if place < self._base and self.estate_at(place) == estate else None

    def take(self, touched: Sequence[str], rows: Sequence[BoardColumns]) -> None:
        """Take in what these estates show now; who has no row is not shown any more.

        Raises:
            NotIndexable: they do not fit; the columns are not to be used any more.
        """
        for row in rows:
            self._put(row)
        there = [row.estate_id for row in rows]
        if len(set(there)) != len(there):
            raise NotIndexable("two rows of one estate")
        for estate in set(touched).difference(there):
            place = self.place_of(estate)
            if place is not None:
                self.shown[place] = False

    def _put(self, row: BoardColumns) -> None:
        place = self.place_of(row.estate_id)
        known = place is not None
        if place is None:
            place = self._new_place(row.estate_id)
        values = values_of([row], self.codes)
        text_is_new = not known or values["search"][0] != self.arrays["search"][place]
        for field, (value,) in values.items():
            self.arrays[field][place] = value
        if text_is_new:
            self.words.changed[place] = row.search
        if len(self.words.changed) > _MOST_CHANGED:
            raise Outgrown("many other names")
        name = self.names.number(row.estate_folded.encode(), self.arrays["name"])
        self.arrays["name"][place] = name
        self.shown[place] = True

    def _new_place(self, estate: str) -> int:
        place = self.count
        if place == len(self.shown):
            spare = _MOST_CHANGED
            for name, one in self.arrays.items():
                self.arrays[name] = numpy.concatenate((one, numpy.zeros(spare, dtype=one.dtype)))
            self.shown = numpy.concatenate((self.shown, numpy.zeros(spare, dtype=numpy.bool_)))
            self.id_bytes = numpy.concatenate((self.id_bytes, numpy.zeros(spare, dtype="S16")))
        short = short_ids((estate,))
        self.arrays["id"][place] = self.ids.number(short, self.arrays["id"])
        self.id_bytes[place] = short
        self._later[estate] = place
        self.count += 1
        return place


def values_of(rows: Sequence[Sequence[Any]], codes: Mapping[str, Codes]) -> Values:
    """The numbers of these rows (`BoardColumns`), array by array.

    Raises:
        NotIndexable: a value does not fit.
    """
    by_name = zip(BoardColumns._fields, zip(*rows, strict=True), strict=True) if rows else ()
    found: dict[str, Sequence[Any]] = {name: () for name in BoardColumns._fields}
    found.update(by_name)
    try:
        values: dict[str, Iterable[int]] = {
            **{name: map(codes[name].code, found[name]) for name in CODED},
            **{name: found[name] for name in _AS_THEY_ARE},
            "step": [_STEPS[step] for step in found["step"]],
            "status": [_STATUSES[status] for status in found["status"]],
            **{name: map(_day, found[name]) for name in ("step_since", "valid_from", "expires_on")},
            "next_due": map(_due, found["next_due"]),
            "search": map(hash, found["search"]),
        }
        return {name: numpy.array([*column], _FORMS[name]) for name, column in values.items()}
    except (KeyError, ValueError, TypeError, OverflowError) as error:
        raise NotIndexable(f"a value that does not fit: {error}") from error
