"""Who audited and decided, and when? One row per audit, award and refusal.

Coming work is asked of the certificates that end: see `terms_held`.
"""

from collections.abc import Iterator
from typing import Final

from kvob_domain.estate.state import Estate
from kvob_domain.scheme.book import SchemeBook
from kvob_projections.passages import counts, folded_body
from kvob_projections.stored import iso
from kvob_projections.sureness import Span
from kvob_projections.view import Row, View, table_ddl

AUDIT: Final = "audit"
AWARD: Final = "award"
REFUSAL: Final = "refusal"

_COLUMNS: Final = {
    "estate_id": "TEXT NOT NULL",
    "kind": "TEXT NOT NULL",
    "ordinal": "INTEGER NOT NULL",
    "counted": "INTEGER NOT NULL",
    "on_day": "TEXT",
    "month": "TEXT",
    "outcome": "TEXT",
    "edition": "TEXT",
    "body": "TEXT",
    "body_folded": "TEXT NOT NULL",
    "version": "INTEGER NOT NULL",
}
_KEY: Final = ("estate_id", "kind", "ordinal")


def month_of(day: Span) -> str | None:
    """The month (YYYY-MM) in which it certainly fell; None where that is not known."""
    if day.earliest is None or day.latest is None:
        return None
    month = day.earliest.isoformat()[:7]
    return month if day.latest.isoformat()[:7] == month else None


def _rows(estate: Estate, book: SchemeBook) -> tuple[Row, ...]:
    del book  # what was done, whatever the scheme
    return tuple(_assessed(estate))


def _assessed(estate: Estate) -> Iterator[Row]:
    for ordinal, audit in enumerate(estate.audits, start=1):
        outcome = audit.outcome.value if audit.outcome else None
        on = Span(audit.day, audit.latest)
        yield _row(estate, AUDIT, ordinal, on, outcome, audit.edition, audit.body, audit.version)
    for held in estate.certificates:
        if not held.known_by_its_end:
            on = Span(held.decided_on, held.decided_latest)
            outcome = "renewal" if held.renewal else "first"
            yield _row(
                estate, AWARD, held.number, on, outcome, held.edition, held.body, held.version
            )
    for ordinal, refusal in enumerate(estate.refusals, start=1):
        on = Span(refusal.on, refusal.on)
        yield _row(
            estate, REFUSAL, ordinal, on, None, refusal.edition, refusal.body, refusal.version
        )


def _row(
    estate: Estate,
    kind: str,
    ordinal: int,
    on: Span,
    outcome: str | None,
    edition: str | None,
    body: str | None,
    version: int,
) -> Row:
    known = body or estate.body
    return (
        estate.id,
        kind,
        ordinal,
        counts(estate),
        iso(on.earliest),
        month_of(on),
        outcome,
        edition,
        known,
        folded_body(known),
        version,
    )


ASSESSMENTS: Final = View(
    name="assessments",
    schema=1,
    columns=tuple(_COLUMNS),
    key=_KEY,
    ddl=(
        table_ddl("view_assessments", _COLUMNS, _KEY),
        "CREATE INDEX view_assessments_month ON view_assessments"
        " (counted, kind, body_folded, month, on_day, edition, body, outcome, estate_id)",
    ),
    rows=_rows,
)
