"""What does another edition ask of running cycles? A report per estate, before anything changes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kvob_domain.errors import KvobError
from kvob_domain.estate.commands.oversight import MigrateEdition, RevertMigration
from kvob_domain.estate.decide import refuse
from kvob_domain.estate.ground import Ground, terms_under
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.estate.requirements import missing
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EditionId, EstateId
from kvob_domain.lifecycle.trajectory import IDLE_STEPS
from kvob_workflow.engine.outcome import Outcome

Migration = MigrateEdition | RevertMigration


@dataclass(frozen=True, slots=True)
class MigrationPlan:
    """What is asked: the target edition, or the revert of the last migration where None."""

    edition: EditionId | None
    reason: str
    on: date


@dataclass(frozen=True, slots=True)
class MigrationLine:
    """One running cycle. `opens` and `closes` are requirements that become or cease missing."""

    estate_id: EstateId
    estate: str
    municipality: str
    from_edition: EditionId | None
    to_edition: EditionId | None
    opens: tuple[RequirementCode, ...]
    closes: tuple[RequirementCode, ...]
    refusal: KvobError | None
    done: bool


def concerned(states: Iterable[Estate], plan: MigrationPlan) -> Iterator[Estate]:
    """The running cycles that a plan is about."""
    for state in states:
        if state.step in IDLE_STEPS or not state.cycle:
            continue
        if plan.edition is None:
            if state.earlier_editions:
                yield state
        elif state.edition != plan.edition:
            yield state


def line(
    state: Estate, plan: MigrationPlan, ground: Ground, do: Callable[[Migration], Outcome] | None
) -> MigrationLine:
    """What the plan does to one cycle; carried out where `do` is given and nothing refuses."""
    command = _command(state, plan)
    target = plan.edition or state.earlier_editions[-1]
    refusal: KvobError | None = None
    try:
        refuse(command, state, ground)
        if do is not None:
            do(command)
    except KvobError as why:
        refusal = why
    before = {one.code for one in missing(state, terms_under(ground.book, state.edition))}
    after = {one.code for one in missing(state, terms_under(ground.book, target))}
    return MigrationLine(
        estate_id=state.id,
        estate=state.name,
        municipality=state.municipality,
        from_edition=state.edition,
        to_edition=target,
        opens=tuple(code for code in RequirementCode if code in after - before),
        closes=tuple(code for code in RequirementCode if code in before - after),
        refusal=refusal,
        done=do is not None and refusal is None,
    )


def _command(state: Estate, plan: MigrationPlan) -> Migration:
    if plan.edition is None:
        return RevertMigration(estate=state.id, on=plan.on, reason=plan.reason)
    return MigrateEdition(estate=state.id, on=plan.on, edition=plan.edition, reason=plan.reason)
