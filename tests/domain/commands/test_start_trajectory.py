"""Starting a trajectory begins the kickoff and pins the edition of the scheme."""

from datetime import date

from kvob_domain.estate.commands.preparation import EndTrajectory
from kvob_domain.estate.events.preparation import TrajectoryStarted
from kvob_domain.estate.values import EndReason
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.lifecycle import WrongStep
from kvob_domain.scheme import UnknownEdition
from tests.domain.asking import ESTATE, PARTIES, Given, register, start, up_to


def test_the_kickoff_begins_the_first_cycle_with_its_parties(given: Given) -> None:
    state = given(register()).when(start(guide="PVO")).then(TrajectoryStarted).state
    assert (state.step, state.cycle) == (Step.KICKOFF, 1)
    assert (state.parties, state.guide, state.body) == (PARTIES, "PVO", "Kiwa")


def test_the_edition_in_force_on_that_day_is_pinned(given: Given) -> None:
    assert given(register(), start()).state.edition == "kvo-3.1"
    assert given(register(), start(date(2024, 3, 1))).state.edition == "kvo-4.0"


def test_before_the_first_edition_none_is_pinned(given: Given) -> None:
    assert given(register(), start(date(2001, 1, 1))).state.edition is None


def test_a_stated_edition_wins(given: Given) -> None:
    assert given(register(), start(edition="kvo-2008-v2")).state.edition == "kvo-2008-v2"


def test_an_edition_that_nobody_knows_is_refused(given: Given) -> None:
    refusal = given(register()).when(start(edition="kvo-9")).then_refused(UnknownEdition)
    assert "kvo-4.0" in refusal.known


def test_a_running_trajectory_is_not_started_again(given: Given) -> None:
    refusal = given(*up_to(Step.INVENTORY)).when(start(date(2021, 1, 1))).then_refused(WrongStep)
    assert (refusal.step, refusal.possible_in) == (Step.INVENTORY, (Step.REGISTERED, Step.ENDED))


def test_after_an_end_a_new_cycle_begins_with_an_empty_dossier(given: Given) -> None:
    end = EndTrajectory(estate=ESTATE, on=date(2022, 1, 1), reason=EndReason.BY_CHOICE)
    story = given(*up_to(Step.AWARD), end, start(date(2022, 2, 1)))
    state = story.state
    assert (state.step, state.cycle) == (Step.KICKOFF, 2)
    assert (state.goals, state.measures) == ((), ())
    assert state.dossier.survey is None
    assert state.dossier.covenant_on is None
