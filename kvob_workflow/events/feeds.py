"""Which views can change with an event? Found by leaving each event out of its history.

A test takes every event of the newest released store away in turn, folds without it, and compares
the rows of every view: the table says what it found. A correction changes what the corrected event
feeds.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from kvob_domain.estate.events import ALL_EVENTS
from kvob_domain.estate.events.certification import CertificateAwarded
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.deadlines import (
    CertificateExpired,
    DeadlineExtended,
    DeadlineReplanned,
    DeadlineWaived,
    NoticeGiven,
)
from kvob_domain.estate.events.identity import (
    EstateRegistered,
    EstateTransferred,
    PartySucceeded,
)
from kvob_domain.estate.events.past import PastFactRecorded
from kvob_domain.estate.events.preparation import MeasureUpdated, PlanAdopted, TrajectoryStarted
from kvob_domain.estate.events.standing import (
    CertificateRestored,
    CertificateSuspended,
    CertificateWithdrawn,
    TermEvaluated,
    YearEvaluated,
)

if TYPE_CHECKING:
    from kvob_domain.estate.events import AnyEvent

_MOVED: Final[frozenset[type[AnyEvent]]] = frozenset(
    {DeadlineExtended, DeadlineReplanned, DeadlineWaived}
)

FED_BY: Final[Mapping[str, frozenset[type[AnyEvent]]]] = MappingProxyType(
    {
        # A moved deadline shows among the deadlines; the board takes the next one from there.
        "board": frozenset(ALL_EVENTS) - _MOVED,
        "register": frozenset(
            {
                CertificateAwarded,
                CertificateRestored,
                CertificateSuspended,
                CertificateWithdrawn,
                EventCorrected,
                PastFactRecorded,
            }
        ),
        "deadlines": frozenset(
            {
                *_MOVED,
                CertificateAwarded,
                CertificateExpired,
                CertificateWithdrawn,
                EventCorrected,
                NoticeGiven,
                PastFactRecorded,
                TermEvaluated,
                YearEvaluated,
            }
        ),
        "bonds": frozenset(
            {
                EstateRegistered,
                EventCorrected,
                EstateTransferred,
                PartySucceeded,
                PastFactRecorded,
                TrajectoryStarted,
            }
        ),
        "measures": frozenset(
            {EventCorrected, MeasureUpdated, PlanAdopted, TermEvaluated, TrajectoryStarted}
        ),
    }
)
"""Each inline view, with the events that change its rows."""


def views_fed_by(event: type[AnyEvent]) -> tuple[str, ...]:
    """The names of the inline views whose rows can change with an event."""
    return tuple(view for view, events in FED_BY.items() if event in events)
