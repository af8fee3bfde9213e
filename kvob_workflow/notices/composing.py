"""What stands in a digest? The events of a delivery, with the names as they are when it is sent."""

from collections.abc import Mapping
from datetime import datetime

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.events.deadlines import CertificateExpired, NoticeGiven
from kvob_domain.estate.evolve import fold
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId
from kvob_workflow.notices.digest import Digest, Notice, one_line
from kvob_workflow.notices.errors import RecipientGone
from kvob_workflow.notices.recipients import Recipient
from kvob_workflow.store import Delivery, EventStore


def composed(
    store: EventStore,
    delivery: Delivery,
    recipients: Mapping[str, Recipient],
    now: datetime,
) -> Digest:
    """The digest of a delivery.

    Raises:
        RecipientGone: nobody in `recipients` (by key) is meant.
        StoreUnavailable: the store failed, or a history cannot be read.
    """
    recipient = recipients.get(delivery.recipient)
    if recipient is None:
        raise RecipientGone(delivery.recipient)
    streams = store.streams(list({item.estate for item in delivery.items}))
    states = {estate: fold(estate, stream) for estate, stream in streams.items()}
    return Digest(
        id=delivery.id,
        recipient=one_line(recipient.organisation),
        address=recipient.address,
        language=delivery.language,
        composed_at=now,
        notices=tuple(
            _notice(states[item.estate], recorded)
            for item in delivery.items
            for recorded in streams[item.estate]
            if recorded.version == item.version
        ),
    )


def states_of(store: EventStore, estates: list[EstateId]) -> dict[EstateId, Estate]:
    """The states of the estates, folded from their events."""
    return {estate: fold(estate, stream) for estate, stream in store.streams(estates).items()}


def kind_of(recorded: Recorded) -> DeadlineKind:
    """Which kind of deadline a notice is of.

    Raises:
        ValueError: the event is no notice.
    """
    event = recorded.event
    if not isinstance(event, NoticeGiven | CertificateExpired):
        raise ValueError(f"{event.TOPIC} is no notice")
    return event.key.kind


def _notice(estate: Estate, recorded: Recorded) -> Notice:
    event = recorded.event
    if not isinstance(event, NoticeGiven | CertificateExpired):
        raise ValueError(f"{event.TOPIC} is no notice")
    return Notice(
        id=f"{recorded.estate}:{recorded.version}",
        estate=recorded.estate,
        name=one_line(estate.name),
        municipalities=tuple(map(one_line, estate.municipalities)),
        kind=event.key.kind,
        due_on=event.on,
        recorded_at=recorded.at,
        expires_on=event.on if isinstance(event, CertificateExpired) else event.expires_on,
        estimated=event.estimated,
        rule=one_line(event.rule),
        holder=one_line(event.holder),
    )
