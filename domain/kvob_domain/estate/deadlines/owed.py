"""Which notices are owed? Every open deadline that fell due, once, however late somebody looks.

A certificate expires without anybody's doing; the notice only says that it did. Nothing here
knows a schedule: asked again after a crash, `owed` answers what is still to be done.
"""

from datetime import date

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.deadlines import Deadline, NoticeStatus, deadlines
from kvob_domain.estate.events.deadlines import CertificateExpired, NoticeGiven
from kvob_domain.estate.state import Estate
from kvob_domain.scheme.book import SchemeBook

_KINDS = tuple(DeadlineKind)


def owed(estate: Estate, book: SchemeBook, today: date) -> tuple[Deadline, ...]:
    """The open deadlines that fell due by `today` without a notice, in the order of their days."""
    found = [
        one
        for one in deadlines(estate, book)
        if one.due_on <= today and notice_status(estate, one) == "pending"
    ]
    return tuple(sorted(found, key=_place))


def notice_status(estate: Estate, deadline: Deadline) -> NoticeStatus:
    """Whether the notice was given, is to be given, or never will be.

    What was due before the day (in UTC) on which it became known stays silent: an import of old
    certificates announces nothing. Source: `domain/decisions/0013`.
    """
    if deadline.key in estate.notices:
        return "given"
    known_at = deadline.known_at
    return "silent" if known_at is not None and deadline.due_on < known_at.date() else "pending"


def notice_of(deadline: Deadline) -> NoticeGiven | CertificateExpired:
    """The event that says so, on the day that the deadline fell due."""
    if deadline.kind is DeadlineKind.EXPIRY:
        return CertificateExpired(
            on=deadline.due_on,
            anchor_on=deadline.anchor_on,
            anchor_version=deadline.anchor_version,
            rule=deadline.rule,
            holder=deadline.holder,
            estimated=deadline.estimated,
        )
    return NoticeGiven(
        on=deadline.due_on,
        kind=deadline.kind,
        ordinal=deadline.ordinal,
        expires_on=deadline.moot_on,
        anchor_on=deadline.anchor_on,
        anchor_version=deadline.anchor_version,
        rule=deadline.rule,
        holder=deadline.holder,
        estimated=deadline.estimated,
    )


def _place(deadline: Deadline) -> tuple[date, int, int]:
    return deadline.due_on, _KINDS.index(deadline.kind), deadline.ordinal
