"""How did each certificate end? One row per certificate: renewed, late, withdrawn, given up, open.

Whether an open one has lapsed shows when its end is compared with the day asked. Where dates are
known in part, "on time" and "late" are said only of what is so on every day that they can mean.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from kvob_domain.estate.certificates import Certificate
from kvob_domain.estate.irregularities import IrregularityKind
from kvob_domain.estate.state import Estate, Move
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.scheme.book import SchemeBook
from kvob_domain.terms import days_between
from kvob_projections.passages import counts, folded_body
from kvob_projections.stored import iso
from kvob_projections.sureness import Span
from kvob_projections.view import Row, View, table_ddl


class TermEnd(StrEnum):
    """How the term of a certificate ended.

    `renewing`: a renewal runs that is not decided; `open`: nothing on record ended or renewed it.
    """

    RENEWED_ON_TIME = "renewed_on_time"
    RENEWED_LATE = "renewed_late"
    RENEWED_UNSURE = "renewed_unsure"
    BETWEEN_UNKNOWN = "between_unknown"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    RENEWING = "renewing"
    OPEN = "open"


_COLUMNS: Final = {
    "estate_id": "TEXT NOT NULL",
    "number": "INTEGER NOT NULL",
    "counted": "INTEGER NOT NULL",
    "renewal": "INTEGER NOT NULL",
    "outcome": "TEXT NOT NULL",
    "reason": "TEXT",
    "ends_on": "TEXT",
    "settled_on": "TEXT",
    "days_late": "INTEGER",
    "estimated": "INTEGER NOT NULL",
    "edition": "TEXT",
    "body": "TEXT",
    "body_folded": "TEXT NOT NULL",
    "version": "INTEGER NOT NULL",
}
_KEY: Final = ("estate_id", "number")


class Ending(NamedTuple):
    """How a term ended, why, on which day that was settled, and how late a renewal was.

    `days_late` counts from the first day no longer valid to the decision; negative before it.
    """

    outcome: TermEnd
    reason: str | None = None
    settled: Span = Span(None, None)
    days_late: int | None = None


def endings(estate: Estate) -> list[Ending]:
    """How the term of each certificate of an estate ended, in their order."""
    far_apart = {
        odd.version
        for odd in estate.irregularities
        if odd.kind is IrregularityKind.CERTIFICATES_BETWEEN_UNKNOWN
    }
    ends = _ended_after(estate)
    following = (*estate.certificates[1:], None)[: len(estate.certificates)]
    found = [
        _ending(held, after, ends.get(held.version), far_apart)
        for held, after in zip(estate.certificates, following, strict=True)
    ]
    if found and found[-1].outcome is TermEnd.OPEN and estate.step is Step.RECERTIFICATION:
        begun = estate.moves[-1]
        found[-1] = Ending(TermEnd.RENEWING, None, Span(begun.day, begun.latest))
    return found


def _ended_after(estate: Estate) -> Mapping[int, Move]:
    """By the version of a certificate: the end of the trajectory that followed it, before another.

    A trajectory that ended before its first award ended no certificate.
    """
    found: dict[int, Move] = {}
    for move in estate.moves:
        if move.step is Step.ENDED and move.held is not None:
            found.setdefault(move.held, move)
    return found


def _ending(
    held: Certificate, after: Certificate | None, ended: Move | None, far_apart: set[int]
) -> Ending:
    withdrawn = [since for since, status in held.standing if status is Status.WITHDRAWN]
    if withdrawn:
        return Ending(TermEnd.WITHDRAWN, None, Span(withdrawn[0], withdrawn[0]))
    if ended is not None:
        reason = ended.reason.value if ended.reason else None
        return Ending(TermEnd.ENDED, reason, Span(ended.day, ended.latest))
    if after is None:
        return Ending(TermEnd.OPEN)
    settled = Span(after.decided_on, after.decided_latest)
    if after.version in far_apart:
        return Ending(TermEnd.BETWEEN_UNKNOWN, None, settled)
    return _renewed(held, settled)


def _renewed(held: Certificate, decided: Span) -> Ending:
    end = Span(held.expires_on_earliest, held.expires_on)
    if decided.earliest is None or decided.latest is None or end.earliest is None:
        return Ending(TermEnd.RENEWED_UNSURE, None, decided)
    assert end.latest is not None
    if held.valid_from is not None and decided.latest <= held.valid_from:
        return Ending(TermEnd.RENEWED_UNSURE, None, decided)  # sources contradict each other
    is_exact = decided.exact is not None and end.exact is not None
    late = days_between(end.latest, decided.latest) if is_exact else None
    if decided.latest <= end.earliest:
        return Ending(TermEnd.RENEWED_ON_TIME, None, decided, late)
    if decided.earliest > end.latest:
        return Ending(TermEnd.RENEWED_LATE, None, decided, late)
    return Ending(TermEnd.RENEWED_UNSURE, None, decided)


def _rows(estate: Estate, book: SchemeBook) -> tuple[Row, ...]:
    del book  # a term is what was decided or stated, whatever the scheme says now
    counted = counts(estate)
    return tuple(
        _row(estate, counted, held, ending)
        for held, ending in zip(estate.certificates, endings(estate), strict=True)
    )


def _row(estate: Estate, counted: int, held: Certificate, ending: Ending) -> Row:
    is_withdrawn = ending.outcome is TermEnd.WITHDRAWN
    body = held.body or estate.body
    return (
        estate.id,
        held.number,
        counted,
        1 if held.renewal else 0,
        ending.outcome.value,
        ending.reason,
        iso(ending.settled.earliest if is_withdrawn else held.expires_on),
        iso(ending.settled.earliest),
        ending.days_late,
        1 if held.expires_on != held.expires_on_earliest else 0,
        held.edition,
        body,
        folded_body(body),
        held.version,
    )


TERMS: Final = View(
    name="terms",
    schema=1,
    columns=tuple(_COLUMNS),
    key=_KEY,
    ddl=(
        table_ddl("view_terms", _COLUMNS, _KEY),
        "CREATE INDEX view_terms_ended ON view_terms"
        " (counted, ends_on, outcome, reason, settled_on, days_late, edition, body_folded,"
        " estate_id)",
        "CREATE INDEX view_terms_coming ON view_terms"
        " (counted, outcome, ends_on, days_late, settled_on, body_folded, edition, body,"
        " estate_id)",
    ),
    rows=_rows,
)
