"""What are people assumed to do? Nothing, or renew as fast as renewals went so far.

The number of days is measured in the store, or stated by whoever asks; none is invented.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Final

from kvob_domain.estate.certificates import Certificate
from kvob_domain.estate.events import AnyEvent
from kvob_domain.estate.events.certification import CertificateAwarded
from kvob_domain.estate.events.past import PastFactRecorded
from kvob_domain.estate.evolve import fold
from kvob_domain.estate.irregularities import IrregularityKind
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId
from kvob_domain.terms import days_between
from kvob_domain.words import Text
from kvob_workflow.simulation.errors import (
    RenewalDaysOutOfRange,
    RenewalDaysUnasked,
    TooFewRenewals,
)

FEWEST_RENEWALS: Final = 5
"""Observations that a median takes here. Source: a choice of this project, decision 0016."""
MOST_DAYS: Final = 3660

Histories = Iterable[tuple[EstateId, list[Recorded]]]


class Assumption(StrEnum):
    """What people do while the virtual clock runs."""

    NOBODY_ACTS = "nobody_acts"
    RENEWALS_TAKE_THE_MEDIAN = "renewals_take_the_median"

    @property
    def words(self) -> Text:
        """What the screens call it."""
        return _WORDS[self]


_WORDS: Final = {
    Assumption.NOBODY_ACTS: Text("niemand doet iets", "nobody acts"),
    Assumption.RENEWALS_TAKE_THE_MEDIAN: Text(
        "hercertificeringen duren zo lang als de mediaan", "renewals take the median time"
    ),
}


def days_to_renew(assume: Assumption, stated: int | None, histories: Histories) -> int | None:
    """Days from the expiry to the decision of the renewal; None where nobody acts.

    Raises:
        RenewalDaysUnasked, RenewalDaysOutOfRange: `stated` does not fit.
        TooFewRenewals: nothing is stated, and the store has too few renewals to measure.
    """
    if assume is Assumption.NOBODY_ACTS:
        if stated is not None:
            raise RenewalDaysUnasked
        return None
    if stated is not None:
        if abs(stated) > MOST_DAYS:
            raise RenewalDaysOutOfRange(stated, MOST_DAYS)
        return stated
    found = sorted(renewal_days(histories))
    if len(found) < FEWEST_RENEWALS:
        raise TooFewRenewals(len(found), FEWEST_RENEWALS)
    return found[(len(found) - 1) // 2]  # one that was observed, not the mean of two


def renewal_days(histories: Histories) -> Iterator[int]:
    """Days from the expiry of a certificate to the decision of its renewal, one per renewal.

    Negative before the expiry. Left out: dates known in part, and renewals before which whole
    certificates are missing, because those renewed another one.
    """
    for estate, history in histories:
        state = fold(estate, history)
        if len(state.certificates) > 1:
            yield from _of_estate(state, history)


def _of_estate(estate: Estate, history: Sequence[Recorded]) -> Iterator[int]:
    events = {recorded.version: recorded.event for recorded in history}
    far_apart = {
        odd.version
        for odd in estate.irregularities
        if odd.kind is IrregularityKind.CERTIFICATES_BETWEEN_UNKNOWN
    }
    pairs = zip(estate.certificates, estate.certificates[1:], strict=False)
    for before, renewal in pairs:
        if renewal.version not in far_apart:
            days = _days(before, events.get(renewal.version))
            if days is not None:
                yield days


def _days(before: Certificate, event: AnyEvent | None) -> int | None:
    if isinstance(event, PastFactRecorded):
        decided_on = event.fact.on.exact()
    elif isinstance(event, CertificateAwarded):
        decided_on = event.on
    else:
        return None
    expires_on, begun = before.expires_on, before.valid_from
    if decided_on is None or expires_on is None or expires_on != before.expires_on_earliest:
        return None
    if begun is not None and decided_on <= begun:
        return None  # sources contradict each other
    return days_between(expires_on, decided_on)
