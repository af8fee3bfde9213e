"""How does what there is to do look? A heading with its number for each section, and the first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.parties import PARTY_WORDS
from kvob_domain.words import Text
from kvob_projections.today_query import TodaySection
from kvob_workflow.cli.screens import phrases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeVar

    from kvob_projections.due_counts import DueCounts
    from kvob_projections.overdue_owners import OwnerRow
    from kvob_projections.paging import Page
    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.engine.today_rows import (
        ApprovalRow,
        AuditRow,
        ExpiringRow,
        SurveyRow,
        TodayRow,
        TodayWork,
    )

    T = TypeVar("T")

_NOTHING: Final = Text("Er is niets te doen.", "There is nothing to do.")
_ADVICE: Final = Text(
    "Kijk op een latere dag (--on), of verder vooruit (--months 12).",
    "Look on a later day (--on), or further ahead (--months 12).",
)


def draw_today(screen: Screen, work: TodayWork) -> None:
    """Every section that has something; and that there is nothing."""
    sections = (
        _section(screen, TodaySection.EXPIRING, work.expiring, _ending),
        _section(screen, TodaySection.NOT_RENEWED, work.not_renewed, _ending),
        _section(screen, TodaySection.AUDIT_GAPS, work.audit_gaps, _audit),
        _section(screen, TodaySection.DECISIONS, work.decisions, _decision),
        _section(screen, TodaySection.SURVEYS, work.surveys, _survey),
        _section(screen, TodaySection.MEASURES, work.measures, _owner),
        _section(screen, TodaySection.APPROVALS, work.approvals, _approval),
    )
    if not any([*sections, work.deadlines is not None and _deadlines(screen, work.deadlines)]):
        phrases.nothing(screen, _NOTHING, _ADVICE)


def _section(
    screen: Screen,
    section: TodaySection,
    page: Page[T] | None,
    told: Callable[[Screen, T], str],
) -> bool:
    """A section; whether it has something."""
    if page is None or not page.total:
        return False
    number = f"{phrases.number(screen, page.total)}{'' if page.total_is_exact else '+'}"
    screen.line(f"{screen.words(section.words)}: {number}", "bold")
    for item in page.items:
        screen.line(f"  {told(screen, item)}")
    screen.line()
    return True


def _place(row: TodayRow) -> str:
    return f"{row.estate}, {row.municipality}"


def _ending(screen: Screen, row: ExpiringRow) -> str:
    return f"{row.expires_on}  {_place(row)} ({screen.words(row.status.words)})"


def _audit(screen: Screen, row: AuditRow) -> str:
    codes = tuple(one.code.value for one in row.missing)
    return f"{_place(row)}: {phrases.missing(screen, codes, 3)}"


def _decision(screen: Screen, row: AuditRow) -> str:
    return f"{_place(row)} ({screen.words(row.step.words)})"


def _survey(screen: Screen, row: SurveyRow) -> str:
    if row.sent is None:
        told = screen.choose("nog geen enquête vastgelegd", "no survey on record yet")
    else:
        told = screen.choose(
            f"{row.returned} van {row.sent} ({row.percent}%)",
            f"{row.returned} of {row.sent} ({row.percent}%)",
        )
    if row.threshold is None:
        return f"{_place(row)}: {told}"
    least = screen.choose(f"minstens {row.threshold}%", f"at least {row.threshold}%")
    return f"{_place(row)}: {told}, {least} ({row.holder})"


def _owner(screen: Screen, row: OwnerRow) -> str:
    many = Text("maatregelen", "measures")
    measures = phrases.count(screen, row.measures, Text("maatregel", "measure"), many)
    since = screen.choose(f"oudste van {row.oldest_due_on}", f"oldest of {row.oldest_due_on}")
    role = screen.words(PARTY_WORDS[row.owner_role])
    estates = phrases.estates(screen, row.estates)
    return f"{row.owner} ({role}): {measures}, {estates}; {since}"


def _approval(screen: Screen, row: ApprovalRow) -> str:
    by = f" ({row.organisation})" if row.organisation else ""
    return f"{row.since}  {_place(row)}: {screen.words(row.title)}{by}"


def _deadlines(screen: Screen, found: DueCounts) -> bool:
    """How many deadlines there are; whether there are any."""
    told = [*_counted(screen, found)]
    if told:
        screen.line(f"{screen.words(TodaySection.DEADLINES.words)}: {', '.join(told)}", "bold")
    return bool(told)


def _counted(screen: Screen, found: DueCounts) -> Iterator[str]:
    if found.overdue:
        late = f"{phrases.number(screen, found.overdue)}{'' if found.overdue_is_exact else '+'}"
        yield screen.choose(f"{late} verstreken", f"{late} passed")
    for one in found.ahead:
        if one.total:
            number = f"{phrases.number(screen, one.total)}{'' if one.total_is_exact else '+'}"
            yield screen.choose(
                f"{number} binnen {one.days} dagen", f"{number} within {one.days} days"
            )
