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
