"""What about an estate may be stuck? One row per concern that a day can make true.

Whether it is one on the day asked shows when `since` and `until_day` are compared with it. What
somebody looked at and left as it is has a remark with the row's `mark` as its subject, and no row.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final, NamedTuple

from kvob_domain.estate.certificates import Certificate
from kvob_domain.estate.deadlines import DeadlineKind, deadlines
from kvob_domain.estate.ground import terms_under
from kvob_domain.estate.irregularities import IrregularityKind
from kvob_domain.estate.requirement_codes import WORKING_GROUP
from kvob_domain.estate.requirements import missing
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import EstateKind, Progress
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import IDLE_STEPS, Step
from kvob_domain.parties import PartyRole
from kvob_domain.scheme.book import SchemeBook
from kvob_domain.terms import add_days
from kvob_projections.concern_kinds import ConcernKind
from kvob_projections.passages import counts
from kvob_projections.stored import iso
from kvob_projections.view import Row, View, table_ddl

MARK: Final = "stuck:"
"""How the subject of a remark begins that settles a concern."""
TOLD: Final = ":source"
"""How the detail ends of a concern about what a source told, where nobody decided here."""
OWED_DEADLINES: Final = (
    DeadlineKind.EVALUATION,
    DeadlineKind.RENEWAL_START,
    DeadlineKind.SUSPENSION_LIMIT,
    DeadlineKind.CORRECTIVE_ACTION,
    DeadlineKind.TARGET,
)
"""Deadlines on which somebody owes something that can still be done once they have passed."""

_COLUMNS: Final = {
    "estate_id": "TEXT NOT NULL",
    "kind": "TEXT NOT NULL",
    "ordinal": "INTEGER NOT NULL",
    "counted": "INTEGER NOT NULL",
    "aged": "INTEGER NOT NULL",
    "since": "TEXT NOT NULL",  # '' where nobody knows; it sorts first
    "until_day": "TEXT",
    "detail": "TEXT NOT NULL",
    "version": "INTEGER NOT NULL",
}
_KEY: Final = ("estate_id", "kind", "ordinal")
_UNDONE: Final = (Progress.PLANNED, Progress.STARTED)
_NEAR_THE_AUDIT: Final = (Step.COVENANT, Step.AWARD, Step.RECERTIFICATION)
_RUNNING: Final = frozenset(Step) - IDLE_STEPS - {Step.EVALUATION}


class Concern(NamedTuple):
    """A concern; `detail` tells several of a kind apart.

    `since` is the first day on which it is one, '' where nobody knows; `until` the first on which
    it is none any more.
    """

    kind: ConcernKind
    since: str
    detail: str
    until: str | None = None

    @property
    def mark(self) -> str:
        """The subject of the remark that says that it stays as it is."""
        return mark_of(self.kind, self.detail)


def mark_of(kind: ConcernKind, detail: str) -> str:
    """The subject of the remark that settles a concern."""
    return f"{MARK}{kind.value}:{detail}"


def concerns_of(estate: Estate, book: SchemeBook) -> Iterator[Concern]:
    """Everything about an estate that some day makes a concern, settled ones left out."""
    settled = {subject for subject, *_ in estate.remarks if subject.startswith(MARK)}
    for one in _all(estate, book):
        if not settled or one.mark not in settled:
            yield one


def _all(estate: Estate, book: SchemeBook) -> Iterator[Concern]:
    yield from _overdue(estate, book)
    yield from _contradictory(estate)
    yield from _waiting(estate)
    for group in estate.groups:
        yield Concern(ConcernKind.GROUP_GONE, _day_of(estate.first_at), group)
    if estate.kind is EstateKind.GROUP:
        if not estate.members:
            yield Concern(ConcernKind.EMPTY_GROUP, _day_of(estate.first_at), "members")
        return
    if estate.step in _RUNNING:
        place = str(estate.moves[-1].version) if estate.moves else "0"
        told = "" if estate.is_pinned else TOLD
        yield Concern(ConcernKind.SILENT, iso(estate.acted_on) or "", f"{place}{told}")
        yield from _orphaned(estate, book, place)


def _overdue(estate: Estate, book: SchemeBook) -> Iterator[Concern]:
    for deadline in deadlines(estate, book):
        if deadline.kind in OWED_DEADLINES:
            detail = f"{deadline.kind.value}:{deadline.ordinal}"
            until = iso(deadline.moot_on)
            yield Concern(ConcernKind.DEADLINE_OVERDUE, _after(deadline.due_on), detail, until)
    if estate.step not in IDLE_STEPS:
        for measure in estate.measures:
            if measure.due_on is not None and measure.progress in _UNDONE:
                since = _after(measure.due_on)
                yield Concern(ConcernKind.MEASURE_OVERDUE, since, measure.id)
    held = estate.latest_certificate
    if held and held.expires_on and not held.is_withdrawn and estate.step is Step.EVALUATION:
        since = held.expires_on.isoformat()
        told = TOLD if held.from_source else ""
        yield Concern(ConcernKind.NOT_RENEWED, since, f"{held.version}{told}")


def _after(day: date) -> str:
    """The first day on which it is late, after the one on which it was due."""
    return add_days(day, 1).isoformat() if day < date.max else ""


def _day_of(instant: datetime | None) -> str:
    """The day (in UTC) on which something came on record; the domain knows no time zones."""
    return "" if instant is None else instant.date().isoformat()


def _contradictory(estate: Estate) -> Iterator[Concern]:
    for odd in dict.fromkeys(estate.irregularities):
        if odd.kind is not IrregularityKind.LATE_RENEWAL:
            since = _day_of(estate.noted_at.get(odd.version))
            yield Concern(ConcernKind.IRREGULARITY, since, f"{odd.kind.value}:{odd.version}")
    held = estate.latest_certificate
    if held is None or not estate.moves:
        return
    withdrawn = _withdrawn_on(held)
    if estate.step is Step.ENDED and withdrawn is None and held.expires_on is not None:
        ended, until = estate.moves[-1], held.expires_on.isoformat()
        detail = str(ended.version)
        yield Concern(ConcernKind.ENDED_BUT_VALID, iso(ended.day) or "", detail, until)
    elif withdrawn is not None and estate.step in (Step.EVALUATION, Step.RECERTIFICATION):
        yield Concern(ConcernKind.WITHDRAWN_BUT_RUNNING, withdrawn, str(held.version))


def _withdrawn_on(held: Certificate) -> str | None:
    days = (day for day, status in held.standing if status is Status.WITHDRAWN)
    return iso(next(days, None))


def _waiting(estate: Estate) -> Iterator[Concern]:
    for proposal in estate.proposals:
        yield Concern(ConcernKind.APPROVAL_WAITS, proposal.on.isoformat(), proposal.id)


def _orphaned(estate: Estate, book: SchemeBook, place: str) -> Iterator[Concern]:
    since = (iso(estate.moves[-1].day) if estate.moves else None) or ""
    if estate.body is None and estate.step in _NEAR_THE_AUDIT:
        yield Concern(ConcernKind.NO_BODY, since, place)
    if not estate.is_pinned:
        return  # a source need not name everybody who takes part
    if estate.guide is None:
        yield Concern(ConcernKind.NO_GUIDE, since, str(estate.cycle))
    roles = {party.role for party in estate.parties}
    for lacking in missing(estate, terms_under(book, estate.edition))[:1]:
        nobody = lacking.owed_by == WORKING_GROUP and not roles
        if nobody or lacking.owed_by in set(PartyRole) - roles:
            detail = f"{lacking.code.value}:{estate.cycle}"
            yield Concern(ConcernKind.NO_OWNER, since, detail)


def _rows(estate: Estate, book: SchemeBook) -> tuple[Row, ...]:
    counted = counts(estate)
    return tuple(
        (
            estate.id,
            one.kind.value,
            ordinal,
            1 if one.kind is ConcernKind.EMPTY_GROUP else counted,
            1 if one.kind is ConcernKind.SILENT else 0,
            one.since,
            one.until,
            one.detail,
            estate.version,
        )
        for ordinal, one in enumerate(concerns_of(estate, book), start=1)
    )


CONCERNS: Final = View(
    name="concerns",
    schema=1,
    columns=tuple(_COLUMNS),
    key=_KEY,
    ddl=(
        table_ddl("view_concerns", _COLUMNS, _KEY),
        # In the order of the list, with all that it compares.
        "CREATE INDEX view_concerns_since ON view_concerns"
        " (counted, since, estate_id, kind, ordinal, aged, until_day)",
        "CREATE INDEX view_concerns_kind ON view_concerns"
        " (counted, kind, since, estate_id, ordinal, until_day)",
    ),
    rows=_rows,
)
