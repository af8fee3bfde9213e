"""How does a history read once its corrections are taken in? As if it had been right at once.

The latest correction of an event holds. A correction that was itself corrected says what its
own latest correction says; one that was withdrawn says nothing, and the one before it holds.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import cast

from kvob_domain.estate.events import AnyEvent
from kvob_domain.estate.events.certification import CertificateAwarded
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.identity import EstateRegistered
from kvob_domain.estate.events.past import PastFactRecorded, ProvenanceAdded
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.values import FactKind
from kvob_domain.ids import EstateId

_BEGINNINGS = (FactKind.AWARD, FactKind.RECERTIFICATION)
_Key = tuple[EstateId, int]


def effective(history: Sequence[Recorded]) -> Sequence[Recorded]:
    """The events as the latest corrections tell them, without those that never happened.

    A corrected event keeps its version and who recorded it; `at` is the instant from which it
    was known, that of the correction. Corrections themselves stay in the history.
    """
    said = latest_corrections(history)
    if not said:
        return history
    told: list[Recorded] = []
    for recorded in history:
        correction = said.get((recorded.estate, recorded.version))
        if correction is None:
            told.append(recorded)
        elif (instead := instead_of(correction)) is not None:
            told.append(recorded._replace(event=instead, at=correction.at))
    return told


def latest_corrections(history: Sequence[Recorded]) -> dict[_Key, Recorded]:
    """For each event that was corrected, the correction that holds, as it is told now.

    Keys are estate and version of the corrected event; several estates may be mixed.
    """
    said: dict[_Key, Recorded] = {}
    corrections = [one for one in history if isinstance(one.event, EventCorrected)]
    corrections.sort(key=_by_version, reverse=True)
    for recorded in corrections:
        own = said.get((recorded.estate, recorded.version))
        told = recorded
        if own is not None:
            event = instead_of(own)
            if event is None:
                continue
            told = recorded._replace(event=event, at=own.at)
        # A correction speaks of an earlier event; one that does not corrects nothing.
        if isinstance(told.event, EventCorrected) and told.event.version < recorded.version:
            said.setdefault((recorded.estate, told.event.version), told)
    return said


def instead_of(correction: Recorded) -> AnyEvent | None:
    """What a correction puts in place of the event; None where it never happened."""
    event = correction.event
    if not isinstance(event, EventCorrected):
        return event
    # `statable` holds the classes of the closed union and no others.
    return cast("AnyEvent | None", event.instead)


def known_by(history: Iterable[Recorded], instant: datetime) -> list[Recorded]:
    """The events that were recorded up to and with an instant (aware)."""
    return [recorded for recorded in history if recorded.at <= instant]


def happened_by(ordered: Iterable[Recorded], day: date) -> Iterator[Recorded]:
    """Of a history in order, what had happened at the end of a civil day.

    An undated event goes with the dated one before it. When a certificate ends is known from its
    beginning, so that a stated expiry belongs to the certificate that it is about, however far
    ahead it lies.
    """
    is_later = False
    for recorded in ordered:
        if isinstance(recorded.event, EstateRegistered):
            yield recorded  # it comes first whatever its day; see `as_of.appeared_on`
            continue
        earliest = recorded.event.earliest
        is_later = is_later or (earliest is not None and earliest > day)
        if not is_later:
            yield recorded
        elif _begins_certificate(recorded.event):
            return
        elif _states_expiry(recorded.event):
            yield recorded


def _begins_certificate(event: AnyEvent) -> bool:
    if isinstance(event, PastFactRecorded):
        return event.fact.kind in _BEGINNINGS
    return isinstance(event, CertificateAwarded)


def _states_expiry(event: AnyEvent) -> bool:
    if isinstance(event, PastFactRecorded | ProvenanceAdded):
        return event.fact.kind is FactKind.EXPIRY
    return False


def _by_version(recorded: Recorded) -> int:
    return recorded.version
