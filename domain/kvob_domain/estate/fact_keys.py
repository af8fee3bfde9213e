"""When do two sources state the same fact? Kind, date as written, and cycle where stated."""

from kvob_domain.estate.events.past import RemarkRecorded
from kvob_domain.estate.state import FactKey
from kvob_domain.estate.values import PastFact


def fact_key(fact: PastFact) -> FactKey:
    """The key of a fact within its estate."""
    return FactKey(fact.kind, fact.on.text, fact.cycle)


def remark_key(remark: RemarkRecorded) -> tuple[str, str, str, str]:
    """What makes two remarks the same: subject, date, text and source."""
    return remark.subject, remark.on.text, remark.text, remark.provenance.source


def says_nothing_new(fact: PastFact, first: PastFact) -> bool:
    """Whether a repetition says what was said before, apart from what it leaves out."""
    return all(
        not said or said == known
        for said, known in (
            (fact.outcome, first.outcome),
            (fact.level, first.level),
            (fact.last_valid_day, first.last_valid_day),
            (fact.body, first.body),
            (fact.parties, first.parties),
        )
    )
