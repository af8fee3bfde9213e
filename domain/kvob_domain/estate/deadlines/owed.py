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


def owed(estate: Estate, book: SchemeBook, today: date) -> tuple[Deadline, ...]:
    """The open deadlines that fell due by `today` without a notice, in the order of their days.

    Two reminders that were moved to one day are one.
    """
    found = {
        one.key: one
        for one in deadlines(estate, book)
        if one.due_on <= today and notice_status(estate, one) == "pending"
    }
    return tuple(sorted(found.values(), key=lambda one: one.place))


def notice_status(estate: Estate, deadline: Deadline) -> NoticeStatus:
    """Whether the notice was given, is to be given, or never will be.

    What was due before the day (in UTC) on which it became known stays silent: an import of old
    certificates announces nothing. So does what was moved to a day on which the certificate has
    expired meanwhile. Source: `domain/decisions/0013`.
    """
    if deadline.key in estate.notices:
        return "given"
    known_at, moot_on = deadline.known_at, deadline.moot_on
    if known_at is not None and deadline.due_on < known_at.date():
        return "silent"
    # A source may say later that the certificate ended before the day a deadline was moved to.
    is_expiry = deadline.kind is DeadlineKind.EXPIRY
    is_moot = not is_expiry and moot_on is not None and deadline.due_on >= moot_on
    return "silent" if is_moot else "pending"


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
        computed_on=deadline.computed_on if deadline.is_moved else None,
        reason=deadline.reason or None,
    )
