"""How does every question get into the log? The questions of one engine are wrapped, on demand.

An engine without a log has nothing of this: no test, no import. A question that calls another
one is logged once. A new question is watched by itself, because all of them are.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sized
from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import wraps
from typing import Final, cast

from kvob_domain.actor import Actor
from kvob_workflow.access.log import AccessLog, Simple

_ACTOR: Final[ContextVar[Actor | None]] = ContextVar("kvob_access_actor", default=None)
_WITHIN: Final[ContextVar[bool]] = ContextVar("kvob_access_within", default=False)
# Texts that cannot be about a person. What else is searched for is logged as a pseudonym.
_IN_CLEAR: Final = frozenset(
    {"municipality", "level", "field", "language", "sort", "kind", "names"}
)


def looking(actor: Actor) -> AbstractContextManager[None]:
    """Within it, questions count as this person's, whatever the engine's own actor is."""
    return _Looking(actor)


class _Looking:
    """What `looking` gives; a generator would cost each question over HTTP twice as much."""

    __slots__ = ("_actor", "_token")

    def __init__(self, actor: Actor) -> None:
        self._actor = actor

    def __enter__(self) -> None:
        self._token = _ACTOR.set(self._actor)

    def __exit__(self, *_: object) -> None:
        _ACTOR.reset(self._token)


def questions_of(parts: Iterable[type], but: Iterable[str]) -> tuple[str, ...]:
    """The public methods that these classes define themselves, without some."""
    left_out = set(but)
    names = (name for part in parts for name, one in vars(part).items() if callable(one))
    return tuple(name for name in names if not name.startswith("_") and name not in left_out)


def watch(engine: object, questions: Iterable[str], log: AccessLog, actor: Actor) -> None:
    """Log these questions of an engine, as those of `actor` unless `looking` says otherwise."""
    for name in questions:
        setattr(engine, name, watched(name, getattr(engine, name), log, actor))


def watched(
    name: str, ask: Callable[..., object], log: AccessLog, default: Actor
) -> Callable[..., object]:
    """The same question, which is logged by this name once it is answered."""
    signature = inspect.signature(ask)

    @wraps(ask)
    def asked(*positional: object, **named: object) -> object:
        if _WITHIN.get():
            return ask(*positional, **named)
        token = _WITHIN.set(True)
        try:
            answer = ask(*positional, **named)
        finally:
            _WITHIN.reset(token)
        given = signature.bind(*positional, **named).arguments
        estate, about = _told(given, log)
        who = _ACTOR.get() or default
        log.note(who, name, estate=estate, asked=about, rows=_rows(answer))
        return answer

    return asked


def _told(given: Mapping[str, object], log: AccessLog) -> tuple[str | None, dict[str, Simple]]:
    """The estate, and what else was asked; of a query the fields that ask for less than all."""
    asked: dict[str, object] = {}
    for name, value in given.items():
        parts = _parts(value)
        if parts:  # of a query its own fields, of another value those with its name in front
            front = "" if name == "query" else f"{name}_"
            asked.update({f"{front}{part}": inner for part, inner in parts.items()})
        else:
            asked[name] = value
    estate = asked.pop("estate", None)
    about = {
        name: _simple(name, value, log)
        for name, value in asked.items()
        if value is not None
        and name != "reach"  # what somebody may see at all is no part of what he asked
        and value is not False
        and value != ()
        and value != 0
        and not callable(value)  # who is told how far it is, is no part of what was asked
    }
    return (None if estate is None else str(estate)), about


def _parts(value: object) -> dict[str, object]:
    """The fields of a dataclass or a named tuple; nothing of another value."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    names = cast("tuple[str, ...]", getattr(value, "_fields", ()))
    return {name: getattr(value, name) for name in names}


def _simple(name: str, value: object, log: AccessLog) -> Simple:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool | int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        text = ",".join(str(one) for one in cast("tuple[object, ...]", value))
    else:
        text = str(value)
    if name == "person":
        return log.pseudonyms.of_person(text)
    return text if name in _IN_CLEAR or name.endswith("kinds") else log.pseudonyms.of_text(text)


def _rows(answer: object) -> int | None:
    rows: object = getattr(answer, "items", answer)  # a page, or a plain sequence
    return len(cast("Sized", rows)) if isinstance(rows, tuple | list) else None
