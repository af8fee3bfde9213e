"""What falls due while a trajectory runs? Target dates, shortcomings to mend, an ended file."""

from collections.abc import Iterator

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.deadlines.deadline import Anchor, Deadline, counted
from kvob_domain.estate.state import Estate
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.scheme.scheme_terms import Terms
from kvob_domain.terms import add_days, add_months, add_years

_STEPS = tuple(Step)


def trajectory_deadlines(estate: Estate, terms: Terms) -> Iterator[Deadline]:
    """The deadlines of the step that the estate is in, and of its open findings."""
    yield from _target(estate, terms)
    yield from _corrective_action(estate, terms)
    yield from _retention(estate, terms)


def _target(estate: Estate, terms: Terms) -> Iterator[Deadline]:
    """The target date of the step that the estate is in, where the scheme gives one."""
    ruling = terms.target_days
    entered = estate.moves[-1] if estate.moves else None
    if ruling is None or entered is None or entered.day is None:
        return
    days = ruling.value.get(entered.step)
    if days is not None:
        anchor = Anchor(entered.day, entered.version, entered.known_at)
        due_on = add_days(entered.day, days)
        ordinal = _STEPS.index(entered.step) + 1
        rule = f"target_days:{days}"
        yield counted(DeadlineKind.TARGET, due_on, anchor, rule, ruling, ordinal=ordinal)


def _corrective_action(estate: Estate, terms: Terms) -> Iterator[Deadline]:
    """The day by which the findings of the last audit or refusal are closed."""
    ruling, opened = terms.corrective_action_months, estate.dossier.findings_opened
    if ruling is not None and opened is not None:
        anchor = Anchor(opened.on, opened.version, opened.known_at)
        due_on = add_months(opened.on, ruling.value)
        rule = f"corrective_action_months:{ruling.value}"
        is_done = not estate.dossier.open_findings or estate.step is Step.ENDED
        kind = DeadlineKind.CORRECTIVE_ACTION
        yield counted(kind, due_on, anchor, rule, ruling, is_done=is_done)


def _retention(estate: Estate, terms: Terms) -> Iterator[Deadline]:
    """How long the file is kept of a trajectory that ended without a certificate."""
    ruling = terms.retention_years
    if ruling is None or estate.step is not Step.ENDED or estate.certificates:
        return
    ended = estate.moves[-1] if estate.moves else None
    if ended is not None and ended.day is not None:
        anchor = Anchor(ended.day, ended.version, ended.known_at)
        due_on = add_years(ended.day, ruling.value)
        rule = f"retention_years:{ruling.value}"
        yield counted(DeadlineKind.RETENTION, due_on, anchor, rule, ruling)
