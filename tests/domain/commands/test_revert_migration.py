"""Reverting returns the running cycle to the edition before the last migration."""

from datetime import date

from kvob_domain.estate.commands.oversight import MigrateEdition, RevertMigration
from kvob_domain.estate.commands.preparation import EndTrajectory
from kvob_domain.estate.events.oversight import MigrationReverted
from kvob_domain.estate.values import EndReason
from kvob_domain.ids import EditionId
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.lifecycle import NothingToRevert
from tests.domain.asking import ESTATE, Given, evaluate_term, start, up_to


def migrate(edition: str, on: date) -> MigrateEdition:
    """A migration of the running cycle."""
    return MigrateEdition(estate=ESTATE, on=on, edition=EditionId(edition), reason="overgang")


def revert(on: date) -> RevertMigration:
    """A return to the edition before."""
    return RevertMigration(estate=ESTATE, on=on, reason="traject was al te ver")


def test_migrations_are_reverted_one_by_one(given: Given) -> None:
    story = given(
        *up_to(Step.AWARD),
        migrate("kvo-2008-v2", date(2021, 6, 1)),
        migrate("kvo-4.0", date(2024, 3, 1)),
    )
    once = story.when(revert(date(2024, 4, 1))).then(MigrationReverted).after
    assert once.state.edition == "kvo-2008-v2"
    assert once.given(revert(date(2024, 4, 2))).state.edition == "kvo-3.1"


def test_a_migration_of_an_ended_trajectory_cannot_be_reverted_in_the_next(given: Given) -> None:
    end = EndTrajectory(estate=ESTATE, on=date(2022, 2, 1), reason=EndReason.BY_CHOICE)
    story = given(*up_to(Step.AWARD), migrate("kvo-2008-v2", date(2022, 1, 1)), end)
    story = story.given(start(date(2022, 3, 1)))
    story.when(revert(date(2022, 4, 1))).then_refused(NothingToRevert)


def test_a_migration_of_the_cycle_before_cannot_be_reverted(given: Given) -> None:
    story = given(*up_to(Step.EVALUATION), migrate("kvo-2008-v2", date(2022, 1, 1)))
    story = story.given(evaluate_term())
    story.when(revert(date(2024, 2, 1))).then_refused(NothingToRevert)
