"""What falls due because of a certificate? Reminders, evaluations, its end, keeping the file.

With a partial date reminders use the earliest day that the expiry can be and the expiry the
latest: a certificate never expires before the latest possible day.
"""

from collections.abc import Iterator
from datetime import date

from kvob_domain.estate.certificates import Certificate
from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.deadlines.deadline import Anchor, Deadline, counted
from kvob_domain.estate.state import Estate
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.scheme.scheme_terms import Terms
from kvob_domain.terms import add_months, add_years, last_valid_day


def certificate_deadlines(
    estate: Estate, certificate: Certificate, terms: Terms
) -> Iterator[Deadline]:
    """The deadlines of the latest certificate, done ones too; an undated one has none."""
    expires_on = certificate.expires_on
    if expires_on is None:
        return
    yield from _retention(certificate, expires_on, terms)
    until_expiry = _until_expiry(estate, certificate, expires_on, terms)
    if certificate.is_withdrawn:
        yield from (one._replace(is_done=True) for one in until_expiry)
    else:
        yield from until_expiry


def _until_expiry(
    estate: Estate, certificate: Certificate, expires_on: date, terms: Terms
) -> Iterator[Deadline]:
    """The deadlines of a certificate while it stands."""
    yield _expiry(certificate, expires_on, terms)
    yield from _suspension(certificate, expires_on, terms)
    yield from _before_expiry(estate, certificate, expires_on, terms)
    yield from _evaluations(estate, certificate, expires_on, terms)


def _expiry(certificate: Certificate, expires_on: date, terms: Terms) -> Deadline:
    # An end that somebody states is no rule of an edition: then there is no holder to name.
    term = terms.validity_years if certificate.end_basis == "computed" else None
    begin = certificate.valid_from or expires_on
    anchor = _anchor(certificate, begin, moot_on=expires_on)
    return counted(DeadlineKind.EXPIRY, expires_on, anchor, f"expiry:{certificate.end_basis}", term)


def _before_expiry(
    estate: Estate, certificate: Certificate, expires_on: date, terms: Terms
) -> Iterator[Deadline]:
    """Reminders and the start of the renewal; done once the renewal has started."""
    earliest = certificate.expires_on_earliest or expires_on
    anchor = _anchor(certificate, earliest, moot_on=expires_on)
    is_done = estate.step is not Step.EVALUATION
    if ladder := terms.reminder_months:
        for ordinal, months in enumerate(ladder.value, start=1):
            yield counted(
                DeadlineKind.REMINDER,
                add_months(earliest, -months),
                anchor,
                f"reminder_months:{months}",
                ladder,
                ordinal=ordinal,
                is_done=is_done,
            )
    if start := terms.renewal_start_months:
        due_on = add_months(earliest, -start.value)
        rule = f"renewal_start_months:{start.value}"
        kind = DeadlineKind.RENEWAL_START
        yield counted(kind, due_on, anchor, rule, start, is_done=is_done)


def _evaluations(
    estate: Estate, certificate: Certificate, expires_on: date, terms: Terms
) -> Iterator[Deadline]:
    """One evaluation for each year of the term; the last is the evaluation of the term."""
    ruling, begin = terms.yearly_evaluation, certificate.valid_from
    if ruling is None or not ruling.value or begin is None:
        return
    evaluated = sorted(estate.dossier.year_evaluations)
    has_renewal_begun = estate.step is not Step.EVALUATION
    anchor = _anchor(certificate, begin, moot_on=expires_on)
    ordinal = 1
    while (due_on := add_years(begin, ordinal)) < expires_on:
        done = _first_after(evaluated, add_years(begin, ordinal - 1))
        if done is not None:
            evaluated.remove(done)
        yield counted(
            DeadlineKind.EVALUATION,
            due_on,
            anchor,
            "yearly_evaluation",
            ruling,
            ordinal=ordinal,
            is_done=has_renewal_begun or done is not None,
        )
        ordinal += 1
    yield counted(
        DeadlineKind.TERM_EVALUATION,
        last_valid_day(expires_on),
        anchor,
        "yearly_evaluation",
        ruling,
        ordinal=ordinal,
        is_done=has_renewal_begun,
    )


def _first_after(evaluated: list[date], day: date) -> date | None:
    """The evaluation that closes a year: the first one after the year began, even if late."""
    return next((one for one in evaluated if one > day), None)


def _suspension(certificate: Certificate, expires_on: date, terms: Terms) -> Iterator[Deadline]:
    """The day by which the last suspension ends; done when it was lifted.

    Where the certificate ends before that day there is none.
    """
    limit = terms.suspension_limit_months
    suspended = [since for since, status in certificate.standing if status is Status.SUSPENDED]
    if limit is None or not suspended:
        return
    since, is_done = suspended[-1], certificate.standing[-1][1] is not Status.SUSPENDED
    due_on = add_months(since, limit.value)
    if due_on < expires_on:
        anchor = _anchor(certificate, since, moot_on=expires_on)
        anchor = anchor._replace(known_at=None)  # no source suspends: the limit is never old news
        rule = f"suspension_limit_months:{limit.value}"
        kind = DeadlineKind.SUSPENSION_LIMIT
        yield counted(kind, due_on, anchor, rule, limit, is_done=is_done)


def _retention(certificate: Certificate, expires_on: date, terms: Terms) -> Iterator[Deadline]:
    """How long the file is kept after the certificate has ended, by expiry or withdrawal."""
    if years := terms.retention_years:
        withdrawn = (since for since, status in certificate.standing if status is Status.WITHDRAWN)
        ended = min(next(withdrawn, expires_on), expires_on)
        rule = f"retention_years:{years.value}"
        due_on = add_years(ended, years.value)
        yield counted(DeadlineKind.RETENTION, due_on, _anchor(certificate, ended), rule, years)


def _anchor(certificate: Certificate, on: date, moot_on: date | None = None) -> Anchor:
    return Anchor(
        on=on,
        version=certificate.version,
        known_at=certificate.known_at,
        estimated=certificate.estimated,
        moot_on=moot_on,
    )
