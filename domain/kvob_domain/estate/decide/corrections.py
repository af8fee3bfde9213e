"""What is written down when the record was wrong? The whole of what it should have said.

The earlier event is found as it is told now, changed, judged by its own form, and refused only
where the history would break more rules with the correction than without it.
"""

from collections.abc import Sequence
from typing import Final, assert_never

from kvob_domain.errors import Rejected
from kvob_domain.estate.breaches import Breach, breaches
from kvob_domain.estate.commands.corrections import Correct
from kvob_domain.estate.corrected import effective, latest_corrections
from kvob_domain.estate.decide.restating import restated
from kvob_domain.estate.events import AnyEvent
from kvob_domain.estate.events.certification import AwardRefused, CertificateAwarded
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.deadlines import Notice
from kvob_domain.estate.events.identity import EstateRegistered
from kvob_domain.estate.events.oversight import ActApproved, ActDeclined, ActProposed, PersonErased
from kvob_domain.estate.events.standing import (
    CertificateRestored,
    CertificateSuspended,
    CertificateWithdrawn,
)
from kvob_domain.estate.events.words import EVENT_WORDS
from kvob_domain.estate.ground import Ground
from kvob_domain.estate.recorded import Recorded
from kvob_domain.refusals.corrections import (
    CorrectionBreaks,
    CorrectionOvertaken,
    CorrectionUnclear,
    EventUncorrectable,
    NeverHappenedAlready,
    RegistrationStays,
)
from kvob_domain.refusals.documents import EventUnknown
from kvob_domain.words import Text

Uncorrectable = Notice | ActProposed | ActApproved | ActDeclined | PersonErased
_DECISIONS: Final = (
    CertificateAwarded,
    AwardRefused,
    CertificateSuspended,
    CertificateRestored,
    CertificateWithdrawn,
)
_SENT: Final = Text(
    "wat verzonden is, is verzonden; corrigeer de gebeurtenis waarop de termijn rust",
    "what was sent was sent; correct the event that the deadline rests on",
)
_ASKED: Final = Text(
    "corrigeer de gebeurtenis die op het akkoord volgde, of weiger het voorstel (decline-act)",
    "correct the event that followed the approval, or decline the proposal (decline-act)",
)
_ERASED: Final = Text("een vernietigde sleutel komt niet terug", "a destroyed key is gone")


def correction_event(command: Correct, ground: Ground) -> EventCorrected:
    """The correction, once nothing speaks against it.

    Raises:
        Rejected: as `kvob_domain.refusals.corrections` says; `others` of a `CorrectionBreaks`
            hold the further events that would break a rule.
    """
    told = _told_now(command, ground.history)
    if (command.says is None) is not command.never_happened:
        raise CorrectionUnclear
    instead: AnyEvent | None = None
    if command.says is not None:
        instead = restated(told, command.says, ground)
    elif isinstance(told.event, EstateRegistered):
        raise RegistrationStays(told.event.name)
    event = EventCorrected(
        on=command.on, version=command.version, instead=instead, reason=command.reason
    )
    _refuse_breaches(event, ground)
    return event


def with_correction(history: Sequence[Recorded], event: EventCorrected) -> list[Recorded]:
    """The history as it would be with a correction."""
    last = history[-1]
    return [*history, Recorded(last.estate, last.version + 1, event, last.at)]


def after_decision(command: Correct, ground: Ground) -> bool:
    """Whether a decision taken here rests on the event, or is the event: then it takes two.

    Raises:
        EventUnknown: when the history has no such event.
    """
    root = _recorded(command.version, ground.history)
    while isinstance(root.event, EventCorrected):
        root = _recorded(root.event.version, ground.history)
    return isinstance(root.event, _DECISIONS) or any(
        isinstance(recorded.event, _DECISIONS) and recorded.version > root.version
        for recorded in effective(ground.history)
    )


def _recorded(version: int, history: Sequence[Recorded]) -> Recorded:
    for recorded in history:
        if recorded.version == version:
            return recorded
    raise EventUnknown(version, history[-1].version if history else 0)


def _told_now(command: Correct, history: Sequence[Recorded]) -> Recorded:
    """The event as the latest correction tells it; refused where it cannot be corrected."""
    version = command.version
    first = _recorded(version, history)
    if isinstance(first.event, Uncorrectable):
        title = EVENT_WORDS[type(first.event)]
        raise EventUncorrectable(version, title, _instead(first.event))
    own = latest_corrections(history).get((first.estate, version))
    told = [one for one in effective(history) if one.version == version]
    if not told:
        raise NeverHappenedAlready(version, own.version if own is not None else version)
    _refuse_overtaken(first, history)
    return told[0]


def _refuse_overtaken(first: Recorded, history: Sequence[Recorded]) -> None:
    """A correction is corrected only while what it says holds."""
    said = latest_corrections(history)
    line = first
    while isinstance(line.event, EventCorrected):
        holds = said.get((line.estate, line.event.version))
        if holds is not None and holds.version > line.version:
            raise CorrectionOvertaken(first.version, line.event.version, holds.version)
        line = _recorded(line.event.version, history)


def _instead(event: Uncorrectable) -> Text:
    if isinstance(event, Notice):
        return _SENT
    if isinstance(event, PersonErased):
        return _ERASED
    if isinstance(event, ActProposed | ActApproved | ActDeclined):  # pyright: ignore[reportUnnecessaryIsInstance]
        return _ASKED
    assert_never(event)


def _refuse_breaches(event: EventCorrected, ground: Ground) -> None:
    known = {one.key for one in breaches(ground.history, ground.book, ground.today)}
    after = breaches(with_correction(ground.history, event), ground.book, ground.today)
    new: list[Rejected] = [_broken(one) for one in after if one.key not in known]
    if new:
        raise new[0].together_with(tuple(new[1:]))


def _broken(breach: Breach) -> CorrectionBreaks:
    event = breach.recorded.event
    return CorrectionBreaks(
        version=breach.recorded.version,
        on=event.occurred.text or "-",
        title=EVENT_WORDS[type(event)],
        broken=breach.refusal.code,
        rule=Text(breach.refusal.message("nl"), breach.refusal.message("en")),
    )
