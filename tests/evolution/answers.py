"""What does a store answer? The fold, the lists and the histories, as plain JSON.

The same questions are put to the code of a release when its store is made and to today's code.
Only what 0.1.0 could be asked is asked. The day is passed in, so an answer never depends on when
the test runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from pydantic import BaseModel

from kvob_domain.estate.levels import level_names
from kvob_domain.ids import EstateId
from kvob_projections.board import BoardQuery
from kvob_projections.deadlines import DueQuery
from kvob_projections.measures import MeasureQuery
from kvob_projections.register import RegisterQuery

TODAY: Final = date(2027, 9, 1)
_DAYS: Final = (date(2015, 6, 1), date(2020, 1, 15), date(2026, 6, 15), TODAY, date(2029, 1, 1))
_PAGE: Final = 200
_PARTS: Final = ("name", "step", "cycle", "edition", "version", "kind", "scope", "involved")


def answers(engine: Any, one_in: int = 1) -> dict[str, Any]:
    """Everything that is compared, by question; of every so many estates the whole history."""
    board = list(_all(engine.board, BoardQuery, groups=True))
    estates = sorted(row.estate_id for row in board)[::one_in]
    registers = {
        str(day): _by(_all(engine.register, RegisterQuery, day=day, groups=True), "estate_id")
        for day in _DAYS
    }
    due = _all(engine.due, DueQuery, day=TODAY, overdue=True, groups=True)
    told: dict[str, Any] = {
        "board": _by(board, "estate_id"),
        "due": _by(due, "estate_id", "kind", "due_on", "ordinal"),
        "measures": _by(_all(engine.measures, MeasureQuery, groups=True), "estate_id", "measure"),
        "fold": {one: _folded(engine, one) for one in estates},
        "history": {one: [plain(entry) for entry in engine.history(one)] for one in estates},
    }
    told |= {f"register {day}": rows for day, rows in registers.items()}
    return told


def _all(ask: Any, query: Any, **asked: Any) -> Any:
    """The rows of every page."""
    known = {one.name for one in fields(query)}
    wanted = {name: value for name, value in asked.items() if name in known}
    offset = 0
    while True:
        page = ask(query(**wanted, limit=_PAGE, offset=offset))
        yield from page.items
        offset += _PAGE
        if len(page.items) < _PAGE:
            return


def _by(rows: Any, *key: str) -> dict[str, Any]:
    """The rows by their key, so that an order that only ties decide does not matter."""
    found: dict[str, Any] = {}
    for row in rows:
        told = plain(row)
        name = " ".join(str(told.get(part)) for part in key)
        assert name not in found, f"two rows are {name}"
        found[name] = told
    return found


def _folded(engine: Any, estate: str) -> dict[str, Any]:
    state = engine.state(EstateId(estate))
    names = level_names(state.certificates, engine.book)
    told = {part: plain(getattr(state, part)) for part in _PARTS}
    told["certificates"] = [
        [plain(one.valid_from), plain(one.expires_on), level]
        for one, (level, _) in zip(state.certificates, names, strict=True)
    ]
    told["measures"] = {one.id: one.progress.value for one in state.measures}
    told["parties"] = [one.organisation for one in state.parties]
    return told


def plain(value: Any) -> Any:
    """The value as JSON can hold it."""
    parts: Any = value
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, date | datetime | Decimal):
        return str(value)
    if isinstance(value, BaseModel):
        return plain(value.model_dump(mode="json"))
    if is_dataclass(value) and not isinstance(value, type):
        named = {one.name: getattr(value, one.name) for one in fields(value) if one.init}
        return {name: plain(one) for name, one in named.items()}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in parts.items()}
    if isinstance(value, Set):
        return sorted((plain(one) for one in parts), key=repr)
    if isinstance(value, Sequence):
        return [plain(one) for one in parts]
    raise TypeError(f"nobody said how to tell a {type(value).__name__}")
