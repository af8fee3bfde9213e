"""What is asked of the first screen? Its sections, and what each role owes of them.

Read next: `today` (the lists of estates), `overdue_owners` and `due_counts`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final, NamedTuple

from kvob_domain.actor import Role
from kvob_domain.errors import Invalid
from kvob_domain.estate.requirement_codes import (
    CERTIFICATION_BODY,
    OWED_BY,
    WORKING_GROUP,
    RequirementCode,
)
from kvob_domain.ids import PersonId
from kvob_domain.mandates import Reach
from kvob_domain.parties import PartyRole
from kvob_domain.terms import add_days, add_months
from kvob_domain.words import Text
from kvob_projections.bonds import is_bounded, narrow_to
from kvob_projections.errors import DayNotGiven
from kvob_projections.estates import containing, folded, places_text
from kvob_projections.statement import Conditions, check_page

MOST_MONTHS: Final = 120


class TodaySection(StrEnum):
    """The parts of the first screen."""

    EXPIRING = "expiring"
    NOT_RENEWED = "not_renewed"
    AUDIT_GAPS = "audit_gaps"
    DECISIONS = "decisions"
    SURVEYS = "surveys"
    MEASURES = "measures"
    APPROVALS = "approvals"
    DEADLINES = "deadlines"

    @property
    def words(self) -> Text:
        """What the screens call it."""
        return _WORDS[self]


_WORDS: Final[Mapping[TodaySection, Text]] = {
    TodaySection.EXPIRING: Text("Verloopt zonder hercertificering", "Expiring without renewal"),
    TodaySection.NOT_RENEWED: Text("Verlopen, niet hercertificeerd", "Expired, not renewed"),
    TodaySection.AUDIT_GAPS: Text("Audits met open punten", "Audits with gaps"),
    TodaySection.DECISIONS: Text("Klaar voor een besluit", "Ready for a decision"),
    TodaySection.SURVEYS: Text("Respons op de enquête", "Survey response"),
    TodaySection.MEASURES: Text("Maatregelen over tijd", "Overdue measures"),
    TodaySection.APPROVALS: Text("Wacht op tweede persoon", "Waits for a second person"),
    TodaySection.DEADLINES: Text("Termijnen", "Deadlines"),
}


@dataclass(eq=False)
class LookAheadOutOfRange(Invalid):
    """A look ahead is a number of months that a person can mean."""

    code: ClassVar[str] = "look-ahead-out-of-range"
    nl: ClassVar[str] = "{months} maanden vooruit kan niet; geef een getal van 1 tot en met {most}."
    en: ClassVar[str] = "{months} months ahead is not possible; give a number from 1 to {most}."
    months: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayQuery:
    """What to show.

    `day` is the civil day (Europe/Amsterdam) that the answer holds for, by what is known now; None
    means today. `months`: how far ahead a certificate expires, and how long ago at most; None
    takes the first reminder of the practice policy. `role` leaves what a role owes; None is
    everything. `person` is who asks, to tell his own proposals. `sections` are all where empty.
    `limit` is of every section. Groups and other areas are left out.
    """

    day: date | None = None
    months: int | None = None
    role: Role | None = None
    person: PersonId | None = None
    sections: tuple[TodaySection, ...] = ()
    municipality: str | None = None
    limit: int = 10
    reach: Reach | None = None


class Duty(NamedTuple):
    """What a role owes: sections, and in them what these parties owe; None is of all parties."""

    sections: frozenset[TodaySection]
    parties: frozenset[str] | None = None

    def owes(self, party: str) -> bool:
        """Whether what a party owes is for this role."""
        return self.parties is None or party in self.parties


_EVERYTHING: Final = Duty(frozenset(TodaySection))
_OF_PARTNERS: Final = frozenset(TodaySection) - {TodaySection.APPROVALS, TodaySection.DECISIONS}
DUTIES: Final[Mapping[Role, Duty]] = {
    Role.GUIDE: Duty(frozenset(TodaySection) - {TodaySection.DECISIONS}),
    Role.AUDITOR: Duty(
        frozenset({TodaySection.AUDIT_GAPS, TodaySection.DEADLINES}),
        frozenset({CERTIFICATION_BODY}),
    ),
    Role.DECIDER: Duty(
        frozenset({TodaySection.DECISIONS, TodaySection.APPROVALS, TodaySection.DEADLINES})
    ),
    Role.MUNICIPALITY: Duty(_OF_PARTNERS, frozenset({WORKING_GROUP, PartyRole.MUNICIPALITY})),
    Role.PARK_MANAGER: Duty(
        _OF_PARTNERS,
        frozenset({WORKING_GROUP, PartyRole.ENTREPRENEURS, PartyRole.PARK_MANAGEMENT}),
    ),
}
"""What roles owe; a role that is absent here is shown everything.

The guide works for the whole partnership, and the park manager speaks for the entrepreneurs too.
"""


def duty_of(role: Role | None) -> Duty:
    """What a role owes; everything without one."""
    return _EVERYTHING if role is None else DUTIES.get(role, _EVERYTHING)


def sections_of(query: TodayQuery) -> frozenset[TodaySection]:
    """The sections to show: those asked for that are a duty of the role."""
    owed = duty_of(query.role).sections
    if TodaySection.SURVEYS in owed and not duty_of(query.role).owes(
        OWED_BY[RequirementCode.SURVEY]
    ):
        owed -= {TodaySection.SURVEYS}
    return owed & frozenset(query.sections) if query.sections else owed


def check(query: TodayQuery) -> None:
    """Refuse what cannot be answered.

    Raises:
        DayNotGiven: there is no day.
        LookAheadOutOfRange: `months` is nothing that a person can mean.
        PageOutOfRange: `limit` is no number of rows.
        TextTooLong: the municipality is longer than any name.
    """
    if query.day is None:
        raise DayNotGiven
    if query.months is not None and not 0 < query.months <= MOST_MONTHS:
        raise LookAheadOutOfRange(query.months, MOST_MONTHS)
    check_page(query.limit, 0)
    folded("municipality", query.municipality or "")


def is_narrow(query: TodayQuery) -> bool:
    """Whether it asks of some estates alone: of a municipality, or within a reach."""
    return query.municipality is not None or is_bounded(query.reach)


def of_place(query: TodayQuery, conditions: Conditions, column: str) -> None:
    """Let through what is of an estate in the municipality, and within reach."""
    if query.municipality is not None:
        place = containing(places_text((folded("municipality", query.municipality),)))
        lies_there = "SELECT p.estate_id FROM view_board p WHERE p.places LIKE :place ESCAPE '!'"
        conditions.add(f"{column} IN ({lies_there})", place=place)
    narrow_to(query.reach, conditions, column)


def months_on(day: date, months: int) -> date:
    """The day so many months later or earlier, or the last or first day that there is."""
    try:
        return add_months(day, months)
    except ValueError:
        return date.max if months > 0 else date.min


def days_on(day: date, days: int) -> date:
    """The day so many days later, or the last day that there is."""
    return add_days(day, min(days, (date.max - day).days))
