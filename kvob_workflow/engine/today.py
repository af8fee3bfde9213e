"""What is there to do today? The lists of the first screen, with what only a state can tell.

The lists come from the views; the states of the few estates on a page are read for the numbers of
a survey, the findings of an audit and the words of a proposal. Read next: `today_rows`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from kvob_domain.estate.certificates import status_on
from kvob_domain.estate.commands import name_of
from kvob_domain.estate.events.oversight import ActProposed
from kvob_domain.estate.evolve import fold
from kvob_domain.estate.ground import terms_under
from kvob_domain.estate.legality import IN_TRAJECTORY
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.requirement_checks import forms_short, response_rate
from kvob_domain.estate.requirement_codes import OWED_BY, RequirementCode
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.table import is_legal
from kvob_domain.lifecycle.trajectory import IDLE_STEPS, Step
from kvob_domain.scheme.book import SchemeBook
from kvob_projections import due_counts, overdue_owners, today
from kvob_projections.near_award import near_award
from kvob_projections.paging import Page, Reader
from kvob_projections.today import TodayEstate
from kvob_projections.today_query import TodayQuery, TodaySection, sections_of
from kvob_workflow.engine.today_rows import (
    ApprovalRow,
    AuditRow,
    ExpiringRow,
    OpenRequirement,
    SurveyRow,
    TodayWork,
)

T = TypeVar("T")
Streams = Callable[[Sequence[EstateId]], Mapping[EstateId, Sequence[Recorded]]]

_DONE_BY: Final[Mapping[RequirementCode, str]] = {
    RequirementCode.PARTIES: "declare_intent",
    RequirementCode.INTENT: "declare_intent",
    RequirementCode.SURVEY: "record_survey",
    RequirementCode.WALK_ROUND_DAY: "record_walk_round",
    RequirementCode.WALK_ROUND_DARK: "record_walk_round",
    RequirementCode.FIGURES: "record_figures",
    RequirementCode.ANALYSIS: "adopt_analysis",
    RequirementCode.PLAN: "adopt_plan",
    RequirementCode.GOALS: "adopt_plan",
    RequirementCode.COVENANT: "sign_covenant",
    RequirementCode.AUDIT: "record_audit",
    RequirementCode.FINDINGS_CLOSED: "close_finding",
    RequirementCode.MEASURES_DONE: "update_measure",
}
"""The command that brings what is missing on record."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What the answer is made of: rows, events, and states that may be at hand already."""

    reader: Reader
    streams: Streams
    at_hand: Callable[[EstateId], Estate | None]
    book: SchemeBook


def read(sources: Sources, query: TodayQuery) -> TodayWork:
    """Today's work, by a query with a day that was checked."""
    day = query.day
    assert day is not None  # `today_query.check` refuses a query without one
    asked, months, reader = sections_of(query), _months(query, sources.book), sources.reader

    def section(of: TodaySection, found: Callable[[], T]) -> T | None:
        return found() if of in asked else None

    def ending(of: TodaySection, read: Ending) -> Page[ExpiringRow] | None:
        if of not in asked or months is None:
            return None
        return _each(read(reader, query, months), _expiring)

    near = near_award(reader, query, asked)
    states = _states(sources, [one for page in near.values() for one in page.items])

    def awaiting(of: TodaySection) -> Page[AuditRow] | None:
        return _listed(near.get(of), lambda one: _audit(one, states[one.estate_id], day))

    return TodayWork(
        day=day,
        months=months,
        role=query.role,
        expiring=ending(TodaySection.EXPIRING, today.expiring),
        not_renewed=ending(TodaySection.NOT_RENEWED, today.not_renewed),
        audit_gaps=awaiting(TodaySection.AUDIT_GAPS),
        decisions=awaiting(TodaySection.DECISIONS),
        surveys=_listed(
            near.get(TodaySection.SURVEYS),
            lambda one: _survey(one, states[one.estate_id], sources.book),
        ),
        measures=section(TodaySection.MEASURES, lambda: overdue_owners.read(reader, query)),
        approvals=section(TodaySection.APPROVALS, lambda: _approvals(sources, query)),
        deadlines=section(TodaySection.DEADLINES, lambda: due_counts.read(reader, query)),
    )


Ending = Callable[[Reader, TodayQuery, int], Page[TodayEstate]]


def _months(query: TodayQuery, book: SchemeBook) -> int | None:
    """How far ahead to look: as asked, else the first reminder of the practice."""
    if query.months is not None:
        return query.months
    reminders = book.practice().reminder_months
    return None if reminders is None else reminders.value[0]


def _listed(page: Page[TodayEstate] | None, row_of: Callable[[TodayEstate], T]) -> Page[T] | None:
    return None if page is None else _each(page, row_of)


def _each(page: Page[TodayEstate], row_of: Callable[[TodayEstate], T]) -> Page[T]:
    items = tuple(row_of(one) for one in page.items)
    return Page(items, page.total, page.total_is_exact, page.offset, page.limit)


def _states(sources: Sources, listed: Sequence[TodayEstate]) -> Mapping[str, Estate]:
    """The states of these estates, at the version that the board shows or a newer one."""
    found: dict[str, Estate] = {}
    for one in listed:
        state = sources.at_hand(EstateId(one.estate_id))
        if state is not None and state.version >= one.version:
            found[one.estate_id] = state
    cold = [EstateId(one.estate_id) for one in listed if one.estate_id not in found]
    if cold:
        streams = sources.streams(list(dict.fromkeys(cold)))
        found.update({estate: fold(estate, history) for estate, history in streams.items()})
    return found


def _action(name: str, step: Step, status: Status) -> str | None:
    """The command, where the lifecycle has it now."""
    if name in IN_TRAJECTORY:
        return None if step in IDLE_STEPS else name
    return name if is_legal(step, status, name) else None


def _expiring(one: TodayEstate) -> ExpiringRow:
    assert one.day is not None  # both lists compare it
    status = Status(one.status)
    return ExpiringRow(
        one.estate_id,
        one.estate,
        one.municipality,
        one.step,
        _action("evaluate_term", one.step, status),
        status=status,
        expires_on=one.day,
    )


def _audit(one: TodayEstate, state: Estate, day: date) -> AuditRow:
    dossier = state.dossier
    return AuditRow(
        one.estate_id,
        one.estate,
        one.municipality,
        one.step,
        _action(_next_command(one, state), one.step, status_on(state.certificates, day)),
        step_since=one.day,
        missing=tuple(OpenRequirement(code, OWED_BY[code]) for code in one.missing),
        audit_requested_on=dossier.audit_requested_on,
        audit_on=dossier.audit_on,
        audit=None if dossier.audit is None else dossier.audit.value,
        open_findings=len(dossier.open_findings),
    )


def _next_command(one: TodayEstate, state: Estate) -> str:
    """The command that brings on record what is missing first."""
    if not one.missing:
        return "award_certificate"
    first = one.missing[0]
    if first is RequirementCode.AUDIT and state.dossier.open_findings:
        return "close_finding"  # before anybody audits again
    if first is RequirementCode.AUDIT and state.dossier.audit_requested_on is None:
        return "request_audit"
    return _DONE_BY[first]


def _survey(one: TodayEstate, state: Estate, book: SchemeBook) -> SurveyRow:
    threshold = terms_under(book, state.edition).survey_response_percent
    survey = state.dossier.survey
    return SurveyRow(
        one.estate_id,
        one.estate,
        one.municipality,
        one.step,
        _action("record_survey", one.step, Status.NONE),
        step_since=one.day,
        on=survey.on if survey else None,
        sent=survey.sent if survey else None,
        returned=survey.returned if survey else None,
        percent=response_rate(survey) if survey else None,
        short=forms_short(survey, threshold.value) if survey and threshold else None,
        threshold=threshold.value if threshold else None,
        holder=threshold.holder if threshold else "",
        source=threshold.source if threshold else "",
    )


def _approvals(sources: Sources, query: TodayQuery) -> Page[ApprovalRow]:
    page = today.approvals(sources.reader, query)
    estates = dict.fromkeys(EstateId(one.estate_id) for one in page.items)
    streams = sources.streams(list(estates))
    return _each(page, lambda one: _approval(one, streams[EstateId(one.estate_id)], query))


def _approval(one: TodayEstate, history: Sequence[Recorded], query: TodayQuery) -> ApprovalRow:
    recorded, event = _proposed(history, one.detail)
    return ApprovalRow(
        one.estate_id,
        one.estate,
        one.municipality,
        one.step,
        "approve_act",
        proposal=event.proposal,
        command=name_of(type(event.act)),
        title=event.act.TITLE,
        since=event.on,
        proposer=event.proposer,
        organisation=recorded.org,
        role=recorded.role,
        is_own=query.person == event.proposer,
    )


def _proposed(history: Sequence[Recorded], proposal: str) -> tuple[Recorded, ActProposed]:
    """The event of a proposal, which its estate's concern names."""
    return next(
        (recorded, recorded.event)
        for recorded in history
        if isinstance(recorded.event, ActProposed) and recorded.event.proposal == proposal
    )
