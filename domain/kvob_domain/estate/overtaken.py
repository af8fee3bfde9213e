"""What did a source say that was corrected or withdrawn since? Its repetition is nothing new.

An import is repeated, whole, whenever its file is. What somebody corrected here must not come
back by that: see design decision 0017.
"""

from collections.abc import Sequence

from kvob_domain.estate.commands.past import RecordRemark
from kvob_domain.estate.corrected import latest_corrections
from kvob_domain.estate.events.past import (
    PastEvent,
    PastFactRecorded,
    ProvenanceAdded,
    RemarkRecorded,
)
from kvob_domain.estate.fact_keys import fact_key, says_nothing_new
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.values import PastFact


def overtaken(history: Sequence[Recorded]) -> tuple[PastEvent, ...]:
    """What sources said, as it was recorded, where a correction holds now."""
    said = latest_corrections(history)
    if not said:
        return ()
    return tuple(
        recorded.event
        for recorded in history
        if isinstance(recorded.event, PastEvent) and (recorded.estate, recorded.version) in said
    )


def repeats(said: PastFact | RecordRemark, before: PastEvent) -> bool:
    """Whether a source says again what it said before, and nothing more."""
    if isinstance(said, RecordRemark):
        return isinstance(before, RemarkRecorded) and _remark(said) == _remark(before)
    if not isinstance(before, PastFactRecorded | ProvenanceAdded):
        return False
    first = before.fact
    return (
        fact_key(said) == fact_key(first)
        and said.provenance.source == first.provenance.source
        and says_nothing_new(said, first)
    )


def _remark(said: RecordRemark | RemarkRecorded) -> tuple[object, ...]:
    return (said.subject, said.on, said.text, said.provenance.source)
