"""What falls due while a trajectory runs? Target dates, shortcomings to mend, an ended file."""

from collections.abc import Iterator

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.deadlines.deadline import Anchor, Deadline, counted
from kvob_domain.estate.state import Estate, Move
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.scheme.scheme_terms import Terms
from kvob_domain.terms import add_days, add_months, add_years

_STEPS = tuple(Step)
# In these a cycle begins: the first one, and a renewal.
_BEGINS = frozenset({Step.KICKOFF, Step.RECERTIFICATION})


def trajectory_deadlines(estate: Estate, terms: Terms) -> Iterator[Deadline]:
    """The deadlines of the running cycle's steps and findings, done ones too."""
    yield from _targets(estate, terms)
    yield from _corrective_action(estate, terms)
    yield from _retention(estate, terms)


def _targets(estate: Estate, terms: Terms) -> Iterator[Deadline]:
    """The target date of the step that the estate is in, and those of earlier steps as done."""
    ruling = terms.target_days
    if ruling is None:
        return
    for place, entered in enumerate(_of_the_cycle(estate.moves)):
        days = ruling.value.get(entered.step)
        if days is None or entered.day is None:
            continue
        yield counted(
            DeadlineKind.TARGET,
            add_days(entered.day, days),
            Anchor(entered.day, entered.version, entered.known_at),
            f"target_days:{days}",
            ruling,
            ordinal=_STEPS.index(entered.step) + 1,
            is_done=place > 0,
        )


def _of_the_cycle(moves: tuple[Move, ...]) -> Iterator[Move]:
    """Into which steps the running cycle went, the last one first, each step once."""
    seen: set[Step] = set()
    for entered in reversed(moves):
        if seen and entered.step is Step.ENDED:
            return  # the trajectory before this one
        if entered.step not in seen:
            yield entered
        seen.add(entered.step)
        if entered.step in _BEGINS:
            return


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
