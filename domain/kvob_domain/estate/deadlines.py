"""What falls due, and why? A pure function of the state and the scheme; nothing is scheduled here.

Only the latest certificate has deadlines. `due_on` is a civil day in the Netherlands. With a
partial date reminders use the earliest day that the expiry can be and the expiry the latest.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeVar

from kvob_domain.estate.certificates import Certificate, last_ending
from kvob_domain.estate.ground import terms_under
from kvob_domain.estate.state import Estate
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.scheme.book import SchemeBook
from kvob_domain.scheme.scheme_terms import Terms
from kvob_domain.scheme.sourced import Sourced
from kvob_domain.terms import add_days, add_months, add_years, last_valid_day
from kvob_domain.words import Text

T = TypeVar("T")


class DeadlineKind(StrEnum):
    """The kinds of deadline."""

    REMINDER = "reminder"
    EVALUATION = "evaluation"
    TERM_EVALUATION = "term_evaluation"
    RENEWAL_START = "renewal_start"
    EXPIRY = "expiry"
    SUSPENSION_LIMIT = "suspension_limit"
    TARGET = "target"

    @property
    def words(self) -> Text:
        """What the screens call it."""
        return DEADLINE_WORDS[self]


DEADLINE_WORDS: dict[DeadlineKind, Text] = {
    DeadlineKind.REMINDER: Text("Herinnering", "Reminder"),
    DeadlineKind.EVALUATION: Text("Jaarevaluatie uiterlijk", "Yearly evaluation due"),
    DeadlineKind.TERM_EVALUATION: Text("Eindevaluatie uiterlijk", "Term evaluation due"),
    DeadlineKind.RENEWAL_START: Text("Start hercertificering uiterlijk", "Start renewal by"),
    DeadlineKind.EXPIRY: Text("Verlopen per", "Expires on"),
    DeadlineKind.SUSPENSION_LIMIT: Text("Einde schorsing", "Suspension limit"),
    DeadlineKind.TARGET: Text("Streefdatum", "Target date"),
}


class Deadline(NamedTuple):
    """One open deadline, with what explains it.

    `anchor_on` is the day it is counted from and `anchor_version` the event that gave it,
    `rule` the scheme value with its number, `holder` the edition or policy that says so. From
    `moot_on` on nothing is owed any more. `ordinal` tells several of one kind apart.
    """

    kind: DeadlineKind
    ordinal: int
    due_on: date
    moot_on: date | None
    anchor_on: date
    anchor_version: int
    rule: str
    holder: str
    source: str
    estimated: bool


def deadlines(estate: Estate, book: SchemeBook) -> tuple[Deadline, ...]:
    """The open deadlines of an estate, in no particular order."""
    found = list(_targets(estate, terms_under(book, estate.edition)))
    latest = last_ending(estate.certificates)
    if latest is not None and not latest.is_withdrawn:
        found.extend(_of_certificate(estate, latest, terms_under(book, latest.edition)))
    return tuple(found)


def _of_certificate(estate: Estate, certificate: Certificate, terms: Terms) -> Iterator[Deadline]:
    expires_on = certificate.expires_on
    if expires_on is None:
        return
    # An end that somebody states is no rule of an edition: then there is no holder to name.
    term = terms.validity_years if certificate.end_basis == "computed" else None
    yield Deadline(
        kind=DeadlineKind.EXPIRY,
        ordinal=certificate.number,
        due_on=expires_on,
        moot_on=expires_on,
        anchor_on=certificate.valid_from or expires_on,
        anchor_version=certificate.version,
        rule=f"expiry:{certificate.end_basis}",
        holder=term.holder if term else "",
        source=term.source if term else "",
        estimated=certificate.estimated,
    )
    yield from _suspension(certificate, terms)
    if estate.step is Step.EVALUATION:
        yield from _before_expiry(certificate, expires_on, terms)
        yield from _evaluations(estate, certificate, expires_on, terms)


def _before_expiry(certificate: Certificate, expires_on: date, terms: Terms) -> Iterator[Deadline]:
    """Reminders and the start of the renewal; open until the renewal has started."""
    anchor = certificate.expires_on_earliest or expires_on
    if ladder := terms.reminder_months:
        for ordinal, months in enumerate(ladder.value, start=1):
            due_on = add_months(anchor, -months)
            rule = f"reminder_months:{months}"
            yield _counted(
                DeadlineKind.REMINDER, ordinal, due_on, rule, ladder, certificate, anchor
            )
    if start := terms.renewal_start_months:
        due_on = add_months(anchor, -start.value)
        rule = f"renewal_start_months:{start.value}"
        yield _counted(DeadlineKind.RENEWAL_START, 1, due_on, rule, start, certificate, anchor)


def _evaluations(
    estate: Estate, certificate: Certificate, expires_on: date, terms: Terms
) -> Iterator[Deadline]:
    """One evaluation for each year of the term; the last is the evaluation of the term."""
    ruling, begin = terms.yearly_evaluation, certificate.valid_from
    if ruling is None or not ruling.value or begin is None:
        return
    evaluated = sorted(estate.dossier.year_evaluations)
    ordinal = 1
    while (due_on := add_years(begin, ordinal)) < expires_on:
        done = _first_after(evaluated, add_years(begin, ordinal - 1))
        if done is not None:
            evaluated.remove(done)
        else:
            rule = "yearly_evaluation"
            kind = DeadlineKind.EVALUATION
            yield _counted(kind, ordinal, due_on, rule, ruling, certificate, begin)
        ordinal += 1
    yield _counted(
        DeadlineKind.TERM_EVALUATION,
        ordinal,
        last_valid_day(expires_on),
        "yearly_evaluation",
        ruling,
        certificate,
        begin,
    )


def _first_after(evaluated: list[date], day: date) -> date | None:
    """The evaluation that closes a year: the first one after the year began, even if late."""
    return next((one for one in evaluated if one > day), None)


def _suspension(certificate: Certificate, terms: Terms) -> Iterator[Deadline]:
    limit = terms.suspension_limit_months
    if limit is None or not certificate.standing:
        return
    since, status = certificate.standing[-1]
    if status is Status.SUSPENDED:
        due_on = add_months(since, limit.value)
        rule = f"suspension_limit_months:{limit.value}"
        kind = DeadlineKind.SUSPENSION_LIMIT
        yield _counted(kind, 1, due_on, rule, limit, certificate, since)


def _counted(
    kind: DeadlineKind,
    ordinal: int,
    due_on: date,
    rule: str,
    ruling: Sourced[T],
    certificate: Certificate,
    anchor: date,
) -> Deadline:
    return Deadline(
        kind=kind,
        ordinal=ordinal,
        due_on=due_on,
        moot_on=certificate.expires_on,
        anchor_on=anchor,
        anchor_version=certificate.version,
        rule=rule,
        holder=ruling.holder,
        source=ruling.source,
        estimated=certificate.estimated,
    )


def _targets(estate: Estate, terms: Terms) -> Iterator[Deadline]:
    """The target date of the step that the estate is in, where the scheme gives one."""
    ruling = terms.target_days
    entered = estate.moves[-1] if estate.moves else None
    if ruling is None or entered is None or entered.day is None:
        return
    days = ruling.value.get(entered.step)
    if days is not None:
        yield Deadline(
            kind=DeadlineKind.TARGET,
            ordinal=1,
            due_on=add_days(entered.day, days),
            moot_on=None,
            anchor_on=entered.day,
            anchor_version=entered.version,
            rule=f"target_days:{days}",
            holder=ruling.holder,
            source=ruling.source,
            estimated=False,
        )
