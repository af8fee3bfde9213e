"""How is a set of filters written in the box? As a person would; read again it is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_workflow.web.query_box.scanning import QUOTES, has_operator, is_plain, quoted
from kvob_workflow.web.query_box.vocabulary import Flag, Key, flag_of, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kvob_domain.words import Language
    from kvob_projections.board import BoardQuery


def text_of(query: BoardQuery, language: Language = "nl") -> str:
    """The filters of a question as the text of a box, always in the same order.

    Days are absolute: what was counted from today stays on its day. Day asked, page, order and
    reach are not filters of the box.
    """
    return " ".join(_parts(query, language))


def _parts(query: BoardQuery, language: Language) -> Iterator[str]:
    for key, operator, value in _valued(query, language):
        if value is not None:
            yield f"{key.name_text.of(language)}{operator}{value}"
    flags = {
        Flag.OVERDUE: query.overdue,
        Flag.APPROVALS: query.approvals,
        Flag.GROUPS: query.groups,
    }
    yield from (flag.name_text.of(language) for flag, is_set in flags.items() if is_set)
    yield from map(_word, (query.text or "").split())


def _valued(query: BoardQuery, language: Language) -> Iterator[tuple[Key, str, str | None]]:
    """Keys with their values as the box takes them; None where the filter is not set."""
    yield Key.STEP, ":", query.step and name_of(Step(query.step)).of(language)
    yield Key.STATUS, ":", query.status and name_of(Status(query.status)).of(language)
    yield Key.LEVEL, ":", _value(query.level)
    yield Key.MUNICIPALITY, ":", _value(query.municipality)
    missing = query.missing and name_of(RequirementCode(query.missing)).of(language)
    yield Key.MISSING, ":", missing
    yield Key.EXPIRES, ">=", _day(query.expires_from)
    yield Key.EXPIRES, "<", _day(query.expires_before)
    yield Key.DUE, "<", _day(query.due_before)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _value(value: str | None) -> str | None:
    return value if value is None or is_plain(value) else quoted(value)


def _word(word: str) -> str:
    """A word of a name, between quotes where it would be read as something else."""
    special = any(letter in QUOTES for letter in word) or has_operator(word)
    return quoted(word) if special or flag_of(word) is not None else word
