"""When does a certificate from a source begin and end? Ranges, not guesses.

`valid_from` takes the earliest day that the date can mean and `expires_on` the latest; the
other ends are kept, so that reminders can use the earliest. A last valid day that is stated as
a year or a month is the last day of it: 2026 means 2026-12-31. Source: decision 0009.
"""

from collections.abc import Iterator
from datetime import date, datetime

from kvob_domain.estate.certificates import Certificate, EndBasis, StartBasis, last_ending
from kvob_domain.estate.events.past import PastFactRecorded
from kvob_domain.estate.irregularities import IrregularityKind
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import FactKind
from kvob_domain.partial_date import PartialDate
from kvob_domain.terms import add_years, days_between, expires_on_after

Span = tuple[date, date]


def begin_certificate(
    estate: Estate, event: PastFactRecorded, recorded: Recorded
) -> Iterator[IrregularityKind]:
    """Add the certificate that an award or recertification fact began; give what is odd."""
    fact = event.fact
    previous = estate.latest_certificate
    ending = last_ending(estate.certificates)
    start, start_basis = _start(fact.on, ending)
    end, end_basis = _end(event, start)
    renewal = previous is not None or fact.kind is FactKind.RECERTIFICATION
    estate.certificates = (
        *estate.certificates,
        Certificate(
            number=len(estate.certificates) + 1,
            version=recorded.version,
            valid_from=start[0] if start else None,
            valid_from_latest=start[1] if start else None,
            expires_on=end[1] if end else None,
            expires_on_earliest=end[0] if end else None,
            start_basis=start_basis,
            end_basis=end_basis,
            estimated=_estimated(start, end) or _is_partial(fact.last_valid_day),
            level=fact.level,
            level_derived=fact.level is None,
            renewal=renewal,
            from_source=True,
            edition=event.edition,
            body=fact.body,
            gap_days=_gap(start, previous),
            known_at=_later(recorded.at, ending if start_basis == "old_expiry" else None),
            decided_on=fact.on.earliest,
            decided_latest=fact.on.latest,
        ),
    )
    yield from _odd(fact.kind, event.term_years, start, previous)


def state_expiry(
    estate: Estate, event: PastFactRecorded, recorded: Recorded
) -> IrregularityKind | None:
    """Let an expiry fact end the latest certificate begun before it.

    Where there is none, a certificate known only by its end is added. What is odd is given back.
    """
    last_valid_day = event.fact.last_valid_day
    stated = last_valid_day if last_valid_day and last_valid_day.is_known else event.fact.on
    if stated.earliest is None or stated.latest is None:
        return None if estate.certificates else IrregularityKind.EXPIRY_WITHOUT_CERTIFICATE
    end = expires_on_after(stated.latest)
    for index in range(len(estate.certificates) - 1, -1, -1):
        certificate = estate.certificates[index]
        if certificate.valid_from is None or certificate.valid_from <= stated.latest:
            if not certificate.from_source:
                # What was decided here is corrected by its decider, not by a source.
                return IrregularityKind.SOURCES_DIFFER
            ended = certificate._replace(
                expires_on=end,
                expires_on_earliest=end,
                end_basis="expiry_fact",
                estimated=certificate.estimated or not stated.is_exact,
                level=certificate.level or event.fact.level,
                level_derived=certificate.level is None and event.fact.level is None,
                known_at=_known(end, certificate, recorded),
            )
            head, tail = estate.certificates[:index], estate.certificates[index + 1 :]
            estate.certificates = (*head, ended, *tail)
            return None
    known = _known_by_its_end(event, recorded, end, estimated=not stated.is_exact)
    line = (known, *estate.certificates)
    estate.certificates = tuple(
        certificate._replace(number=number) for number, certificate in enumerate(line, start=1)
    )
    return IrregularityKind.EXPIRY_WITHOUT_CERTIFICATE


def _known_by_its_end(
    event: PastFactRecorded, recorded: Recorded, end: date, *, estimated: bool
) -> Certificate:
    return Certificate(
        number=1,
        version=recorded.version,
        valid_from=None,
        valid_from_latest=None,
        expires_on=end,
        expires_on_earliest=end,
        start_basis="unknown",
        end_basis="expiry_fact",
        estimated=estimated,
        level=event.fact.level,
        level_derived=event.fact.level is None,
        renewal=False,
        from_source=True,
        known_by_its_end=True,
        edition=event.edition,
        body=event.fact.body,
        known_at=recorded.at,
    )


def _known(end: date, certificate: Certificate, recorded: Recorded) -> datetime | None:
    """Since when the end is known; a source that only confirms it makes it no newer."""
    if certificate.expires_on == certificate.expires_on_earliest == end:
        return certificate.known_at
    return _later(recorded.at, certificate)


def _later(at: datetime, other: Certificate | None) -> datetime:
    """Since when a period is known that rests on two records."""
    return at if other is None or other.known_at is None else max(at, other.known_at)


def _start(on: PartialDate, previous: Certificate | None) -> tuple[Span | None, StartBasis]:
    """The range in which validity begins: the award, or the old expiry where that is later."""
    if on.earliest is None or on.latest is None:
        return None, "unknown"
    old = _expiry_span(previous) if previous and not previous.is_withdrawn else None
    if not old or old[1] <= on.earliest:
        return (on.earliest, on.latest), "award"
    return (max(on.earliest, old[0]), max(on.latest, old[1])), "old_expiry"


def _expiry_span(certificate: Certificate) -> Span | None:
    if certificate.expires_on is None or certificate.expires_on_earliest is None:
        return None
    return certificate.expires_on_earliest, certificate.expires_on


def _end(event: PastFactRecorded, start: Span | None) -> tuple[Span | None, EndBasis]:
    stated = event.fact.last_valid_day
    if stated is not None and stated.latest is not None:
        end = expires_on_after(stated.latest)
        return (end, end), "stated"
    if start is None or event.term_years is None:
        return None, "unknown"
    years = event.term_years
    return (add_years(start[0], years), add_years(start[1], years)), "computed"


def _estimated(start: Span | None, end: Span | None) -> bool:
    return any(span is not None and span[0] != span[1] for span in (start, end))


def _is_partial(stated: PartialDate | None) -> bool:
    return stated is not None and stated.is_known and not stated.is_exact


def _gap(start: Span | None, previous: Certificate | None) -> int:
    """Days certainly without a certificate before this one began."""
    if start is None or previous is None or previous.expires_on is None:
        return 0
    return max(0, days_between(previous.expires_on, start[0]))


def _odd(
    kind: FactKind, term_years: int | None, start: Span | None, previous: Certificate | None
) -> Iterator[IrregularityKind]:
    if previous is None and kind is FactKind.RECERTIFICATION:
        yield IrregularityKind.FIRST_CERTIFICATE_UNKNOWN
    if previous is None or previous.expires_on is None or start is None:
        return
    gap = days_between(previous.expires_on, start[0])
    if term_years is not None and gap > 0:
        whole_term = add_years(previous.expires_on, term_years) <= start[0]
        between = IrregularityKind.CERTIFICATES_BETWEEN_UNKNOWN
        yield between if whole_term else IrregularityKind.LATE_RENEWAL
