"""Migrating pins the running cycle to another edition; its evidence follows that one."""

from datetime import date

from kvob_domain.estate.commands.oversight import MigrateEdition
from kvob_domain.estate.events.oversight import EditionMigrated
from kvob_domain.ids import EditionId
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.lifecycle import NoTrajectory
from kvob_domain.scheme import UnknownEdition
from tests.domain.asking import ESTATE, Given, register, up_to


def migrate(edition: str, on: date = date(2024, 3, 1)) -> MigrateEdition:
    """A migration for the transition of 2024."""
    return MigrateEdition(estate=ESTATE, on=on, edition=EditionId(edition), reason="overgang")


def test_the_event_names_both_editions(given: Given) -> None:
    expected = EditionMigrated(
        on=date(2024, 3, 1),
        from_edition=EditionId("kvo-3.1"),
        to_edition=EditionId("kvo-4.0"),
        reason="overgang",
    )
    state = given(*up_to(Step.AWARD)).when(migrate("kvo-4.0")).then(expected).state
    assert (state.edition, state.earlier_editions) == ("kvo-4.0", ("kvo-3.1",))
    assert state.step is Step.AWARD


def test_a_cycle_that_began_before_the_first_edition_can_be_migrated(given: Given) -> None:
    story = given(register(), up_to(Step.KICKOFF)[1].model_copy(update={"on": date(2001, 1, 1)}))
    state = story.when(migrate("kvo-b-2.0", date(2004, 1, 1))).then(EditionMigrated).state
    assert state.earlier_editions == (None,)


def test_an_edition_that_nobody_knows_is_refused(given: Given) -> None:
    given(*up_to(Step.AWARD)).when(migrate("kvo-9")).then_refused(UnknownEdition)


def test_without_a_running_cycle_there_is_nothing_to_migrate(given: Given) -> None:
    given(register()).when(migrate("kvo-4.0")).then_refused(NoTrajectory)
