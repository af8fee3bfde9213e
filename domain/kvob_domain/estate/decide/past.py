"""What is written down about the past? A fact once; a second source of it as provenance."""

from typing import assert_never

from kvob_domain.estate.commands import PastCommand
from kvob_domain.estate.commands.past import RecordPastFact, RecordRemark
from kvob_domain.estate.events import PastEvent
from kvob_domain.estate.events.past import PastFactRecorded, ProvenanceAdded, RemarkRecorded
from kvob_domain.estate.fact_keys import fact_key, remark_key, says_nothing_new
from kvob_domain.estate.ground import Ground, terms_under
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import PastFact


def past_events(command: PastCommand, estate: Estate, ground: Ground) -> tuple[PastEvent, ...]:
    """The fact, its further source, or nothing where both are already on record."""
    match command:
        case RecordPastFact():
            return fact_events(command.fact, estate, ground)
        case RecordRemark():
            return _remark(command, estate)
        case _:
            assert_never(command)


def fact_events(fact: PastFact, estate: Estate, ground: Ground) -> tuple[PastEvent, ...]:
    """The same for a fact alone; whether it lies in the future was checked before."""
    sources = estate.facts.get(fact_key(fact))
    if sources is None:
        edition = ground.book.in_force_on(fact.on.earliest) if fact.on.earliest else None
        years = terms_under(ground.book, edition.id).validity_years if edition else None
        return (
            PastFactRecorded(
                fact=fact,
                edition=edition.id if edition else None,
                term_years=years.value if years else None,
            ),
        )
    first = estate.first_said[fact_key(fact)]
    if fact.provenance.source in sources and says_nothing_new(fact, first):
        return ()
    return (ProvenanceAdded(fact=fact),)


def _remark(command: RecordRemark, estate: Estate) -> tuple[PastEvent, ...]:
    remark = RemarkRecorded(
        subject=command.subject,
        on=command.on,
        text=command.text,
        provenance=command.provenance,
    )
    return () if remark_key(remark) in estate.remarks else (remark,)
