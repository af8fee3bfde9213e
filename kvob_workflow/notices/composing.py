"""What stands in a digest? The events of a delivery, with the names as they are when it is sent."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.events.deadlines import CertificateExpired, NoticeGiven
from kvob_domain.estate.evolve import fold
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId
from kvob_workflow.errors import EventUnreadable, UnknownTopic
from kvob_workflow.notices.digest import Digest, Notice, one_line
from kvob_workflow.notices.errors import RecipientGone
from kvob_workflow.notices.notifier import LOGGER
from kvob_workflow.notices.recipients import Recipient
from kvob_workflow.store import Delivery, DeliveryItem, EventStore


def composed(
    store: EventStore,
    delivery: Delivery,
    recipients: Mapping[str, Recipient],
    now: datetime,
) -> Digest:
    """The digest of a delivery.

    Raises:
        RecipientGone: nobody in `recipients` (by key) is meant.
        StoreUnavailable: the store failed.
    """
    recipient = recipients.get(delivery.recipient)
    if recipient is None:
        raise RecipientGone(delivery.recipient)
    streams = readable_streams(store, list({item.estate for item in delivery.items}))
    states = {estate: fold(estate, stream) for estate, stream in streams.items()}
    return Digest(
        id=delivery.id,
        recipient=one_line(recipient.organisation),
        address=recipient.address,
        language=delivery.language,
        composed_at=now,
        notices=tuple(
            _notice(states.get(item.estate) or _nameless(item.estate), recorded)
            for item in delivery.items
            for recorded in _of_item(store, item, streams)
            if recorded.version == item.version
        ),
    )


def readable_streams(store: EventStore, estates: list[EstateId]) -> dict[EstateId, list[Recorded]]:
    """The events of the estates; one whose history cannot be read is absent and stops no other."""
    try:
        return store.streams(estates)
    except (EventUnreadable, UnknownTopic):
        return dict(_one_by_one(store, estates))


def _one_by_one(
    store: EventStore, estates: list[EstateId]
) -> Iterator[tuple[EstateId, list[Recorded]]]:
    for estate in estates:
        try:
            yield estate, store.stream(estate)
        except (EventUnreadable, UnknownTopic) as error:
            LOGGER.error("Estate %s cannot be read: %s [%s]", estate, error, error.code)


def _of_item(
    store: EventStore, item: DeliveryItem, streams: Mapping[EstateId, list[Recorded]]
) -> list[Recorded]:
    """Where the notice stands: in its estate's stream, or by itself where that is unreadable."""
    if item.estate in streams:
        return streams[item.estate]
    return [recorded for _, recorded in store.notices_after(item.position - 1, 1)]


def _nameless(estate: EstateId) -> Estate:
    """An estate whose history cannot be read goes by its id."""
    return Estate(estate, name=estate)


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
    # The end of a certificate is never moved, and is its own day.
    moved = event if isinstance(event, NoticeGiven) else None
    return Notice(
        id=f"{recorded.estate}:{recorded.version}",
        estate=recorded.estate,
        name=one_line(estate.name),
        municipalities=tuple(map(one_line, estate.municipalities)),
        kind=event.key.kind,
        due_on=event.on,
        recorded_at=recorded.at,
        expires_on=moved.expires_on if moved else event.on,
        estimated=event.estimated,
        rule=one_line(event.rule),
        holder=one_line(event.holder),
        anchor_on=event.anchor_on,
        computed_on=(moved.computed_on if moved else None) or event.on,
        reason=one_line((moved.reason if moved else None) or ""),
    )
