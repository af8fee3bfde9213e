"""A remark keeps what a source says and moves nothing."""

from kvob_domain.estate.commands.past import RecordRemark
from kvob_domain.estate.events.past import RemarkRecorded
from kvob_domain.estate.values import Provenance
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.partial_date import PartialDate
from tests.domain.asking import ESTATE, Given, fact, register


def remark(text: str, source: str = "https://a.example/") -> RecordRemark:
    """Something about the subsidy."""
    return RecordRemark(
        estate=ESTATE,
        subject="other",
        on=PartialDate.parse("2020"),
        text=text,
        provenance=Provenance(source=source),
    )


def test_a_remark_leaves_step_and_certificates_alone(given: Given) -> None:
    story = given(register(), fact("award", "2019-10-10"))
    state = story.when(remark("subsidie vervalt")).then(RemarkRecorded).state
    assert (state.step, state.certificates) == (Step.EVALUATION, story.state.certificates)


def test_the_same_remark_of_the_same_source_is_kept_once(given: Given) -> None:
    given(register(), remark("subsidie vervalt")).when(remark("subsidie vervalt")).then()


def test_another_text_or_another_source_is_another_remark(given: Given) -> None:
    story = given(register(), remark("subsidie vervalt"))
    story.when(remark("subsidie blijft")).then(RemarkRecorded)
    story.when(remark("subsidie vervalt", "https://b.example/")).then(RemarkRecorded)
