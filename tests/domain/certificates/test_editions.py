"""Which edition rules what? The pinned one the evidence, the one of the day the term."""

from datetime import date

import pytest

from kvob_domain.estate.commands.oversight import MigrateEdition, RevertMigration
from kvob_domain.estate.events.certification import CertificateAwarded
from kvob_domain.estate.ground import terms_under
from kvob_domain.ids import EditionId
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.evidence import TooFewMeasuresDone
from kvob_domain.scheme import Edition, SchemeBook, Sourced, Terms
from kvob_domain.testing import Scenario
from tests.domain.asking import (
    ESTATE,
    Given,
    Under,
    adopt_plan,
    audit,
    award,
    request_audit,
    sign,
    up_to,
)

MIGRATE = MigrateEdition(
    estate=ESTATE, on=date(2024, 3, 1), edition=EditionId("kvo-4.0"), reason="overgang"
)
REVERT = RevertMigration(estate=ESTATE, on=date(2024, 3, 15), reason="te ver gevorderd")


def lenient(edition: Edition) -> Edition:
    """Edition 4.0, if it asked for no measures done before the award."""
    if edition.id != "kvo-4.0":
        return edition
    none = Sourced[int](value=0, source="document", certainty="stated")
    stated = Terms.model_validate({"measures_done": none}).or_else(edition.terms)
    return edition.model_copy(update={"terms": stated})


@pytest.fixture
def before_the_award(book: SchemeBook, under: Under) -> Scenario:
    """An estate under 3.1 without a measure done, in a scheme whose 4.0 asks for none."""
    changed = SchemeBook([lenient(one) for one in book.editions], book.policy)
    happened = (*up_to(Step.ACTION_PLAN), adopt_plan(), sign(), request_audit(), audit())
    return under(changed).given(*happened)


def test_the_evidence_follows_the_pinned_edition_whatever_is_in_force(
    before_the_award: Scenario,
) -> None:
    late = award(date(2024, 4, 1))
    before_the_award.when(late).then_refused(TooFewMeasuresDone, holder="practice")


def test_a_migration_changes_what_the_evidence_must_be_and_a_revert_undoes_it(
    before_the_award: Scenario,
) -> None:
    migrated = before_the_award.given(MIGRATE)
    late = award(date(2024, 4, 1))
    migrated.when(late).then(CertificateAwarded)
    migrated.given(REVERT).when(late).then_refused(TooFewMeasuresDone)


def test_a_running_cycle_keeps_its_edition_when_another_comes_into_force(given: Given) -> None:
    story = given(*up_to(Step.AWARD))
    assert story.state.edition == "kvo-3.1"
    state = story.when(award(date(2024, 4, 1))).then(CertificateAwarded).state
    assert (state.edition, state.certificates[0].edition) == ("kvo-3.1", "kvo-4.0")


def test_without_a_pinned_edition_the_policy_of_practice_rules(book: SchemeBook) -> None:
    practice = terms_under(book, None)
    assert practice.measures_done is not None
    assert practice.measures_done.holder == "practice"
    assert practice.validity_years is None
