"""Closing a finding says that it was mended."""

from datetime import date

from kvob_domain.estate.events.certification import FindingClosed
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.lifecycle import WrongStep
from tests.domain.asking import Given, audit, close, finding, up_to


def test_the_other_findings_stay_open(given: Given) -> None:
    story = given(*up_to(Step.AWARD), audit(date(2021, 5, 12), finding(1), finding(2)))
    state = story.when(close(2)).then(FindingClosed).state
    assert state.dossier.open_findings == {"f1"}
    assert state.dossier.findings == {"f1", "f2"}


def test_findings_are_closed_before_the_award(given: Given) -> None:
    given(*up_to(Step.EVALUATION)).when(close(1, date(2021, 7, 1))).then_refused(WrongStep)
