"""What did the estate hold on a day? Certificates, their periods, and the status on a day.

`status_on` and the register's SQL compare `expires_on` with the day asked: nobody has to be
awake for a certificate to expire.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal, NamedTuple

from kvob_domain.ids import EditionId
from kvob_domain.lifecycle.certificate import Status

StartBasis = Literal["stated", "decision", "award", "old_expiry", "unknown"]
EndBasis = Literal["computed", "stated", "expiry_fact", "unknown"]


class Certificate(NamedTuple):
    """One certificate. All days are civil days in the Netherlands.

    `valid_from` is inclusive and the earliest possible day, `expires_on` the first day no longer
    valid and the latest possible one; the other ends of both ranges are kept beside them. None
    where nobody knows. `standing` lists changes as (day, status), in order. `known_at` is the
    instant (aware, UTC) since which the period is on record as it stands. `decided_on` is the
    earliest day on which the award can have been decided, `decided_latest` the latest.
    """

    number: int
    version: int
    valid_from: date | None
    valid_from_latest: date | None
    expires_on: date | None
    expires_on_earliest: date | None
    start_basis: StartBasis
    end_basis: EndBasis
    estimated: bool
    level: str | None
    level_derived: bool
    renewal: bool
    from_source: bool
    known_by_its_end: bool = False
    edition: EditionId | None = None
    body: str | None = None
    gap_days: int = 0
    presented_on: date | None = None
    standing: tuple[tuple[date, Status], ...] = ()
    known_at: datetime | None = None
    decided_on: date | None = None
    decided_latest: date | None = None

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was withdrawn, on whatever day."""
        return any(status is Status.WITHDRAWN for _, status in self.standing)

    def status_on(self, day: date) -> Status:
        """The status on `day`, which must lie in this certificate's period."""
        status = Status.VALID
        for since, changed in self.standing:
            if since <= day:
                status = changed
        return self._compare(status, day)

    def _compare(self, status: Status, day: date) -> Status:
        if status is Status.WITHDRAWN:
            return status
        if self.expires_on is not None and day >= self.expires_on:
            return Status.EXPIRED
        if self.valid_from is None or self.expires_on is None:
            return Status.UNKNOWN
        return status

    def changed(self, day: date, status: Status) -> "Certificate":
        """This certificate, with another standing from `day` on."""
        return self._replace(standing=(*self.standing, (day, status)))


class Period(NamedTuple):
    """The days on which one certificate is the estate's latest, in one standing.

    `from_day` is inclusive, None for "as long as anybody knows"; `until_day` is exclusive, None
    for "until something happens". `standing` is what it is before expiry is looked at.
    """

    certificate: Certificate
    from_day: date | None
    until_day: date | None
    standing: Status


def periods(certificates: tuple[Certificate, ...]) -> Iterator[Period]:
    """The periods of an estate in order, without overlap.

    A dated certificate begins on its `valid_from`. An undated one holds after the one before
    it has expired: what is known for a day is not overruled by what is known for none. Where
    sources contradict each other, the certificate that comes later holds.
    """
    line = _by_place(certificates)
    held: list[tuple[Certificate, date | None, date | None]] = []
    for certificate, begin in zip(reversed(line), reversed(_beginnings(line)), strict=True):
        if not held:
            held.append((certificate, begin, None))
        elif (end := held[-1][1]) is not None and (begin is None or begin < end):
            held.append((certificate, begin, end))
    for certificate, begin, end in reversed(held):
        yield from _standings(certificate, begin, end)


def _by_place(certificates: tuple[Certificate, ...]) -> list[Certificate]:
    """By first day; an undated one by its end if known, else right after the one before it."""
    places: list[date] = []
    for certificate in certificates:
        before = places[-1] if places else date.min
        places.append(certificate.valid_from or certificate.expires_on or before)
    order = sorted(range(len(places)), key=places.__getitem__)
    return [certificates[index] for index in order]


def _beginnings(certificates: list[Certificate]) -> list[date | None]:
    begins: list[date | None] = []
    expired: date | None = None
    for certificate in certificates:
        begins.append(certificate.valid_from or expired)
        if certificate.expires_on is not None:
            expired = max(certificate.expires_on, expired or certificate.expires_on)
    return begins


def _standings(certificate: Certificate, begin: date | None, end: date | None) -> Iterator[Period]:
    since, standing = begin, Status.VALID
    for day, changed in certificate.standing:
        start = day if since is None else max(day, since)
        if end is not None and start >= end:
            break
        if since is None or start > since:
            yield Period(certificate, since, start, standing)
        since, standing = start, changed
    yield Period(certificate, since, end, standing)


def certificate_on(certificates: tuple[Certificate, ...], day: date) -> Certificate | None:
    """The certificate whose period holds `day`, or None."""
    if not certificates:
        return None
    for period in periods(certificates):
        begun = period.from_day is None or period.from_day <= day
        if begun and (period.until_day is None or day < period.until_day):
            return period.certificate
    return None


def last_ending(certificates: tuple[Certificate, ...]) -> Certificate | None:
    """The latest certificate whose end is known; an undated one beside it has none."""
    for certificate in reversed(certificates):
        if certificate.expires_on is not None:
            return certificate
    return None


def status_on(certificates: tuple[Certificate, ...], day: date) -> Status:
    """The status on `day`; `none` where no certificate is known on that day."""
    certificate = certificate_on(certificates, day)
    return certificate.status_on(day) if certificate else Status.NONE


def status_of(certificate: Certificate, holder: Certificate | None, day: date) -> Status:
    """The status of one of several on `day`: not begun, holding, or followed by another.

    `holder` is the one whose period holds the day.
    """
    if certificate.valid_from is not None and day < certificate.valid_from:
        return Status.NONE
    if certificate is not holder and certificate.status_on(day) is Status.VALID:
        return Status.EXPIRED
    return certificate.status_on(day)
