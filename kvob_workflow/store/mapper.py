"""How does the eventsourcing library see our events? Its mapper, over our codec.

The library's applications, recorders and event stores work on objects with an originator id and
version; `LibraryEvent` is `Recorded` in those words, so the domain need not know them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from kvob_domain.ids import EstateId
from kvob_workflow.store.codec import Codec

if TYPE_CHECKING:
    from eventsourcing.domain import DomainEventProtocol

    from kvob_domain.estate.recorded import Recorded


@dataclass(frozen=True, slots=True)
class LibraryEvent:
    """A recorded event with the attributes that the library asks for."""

    recorded: Recorded

    @property
    def originator_id(self) -> str:
        """The estate."""
        return self.recorded.estate

    @property
    def originator_version(self) -> int:
        """The version within the estate."""
        return self.recorded.version


class RecordedMapper(Mapper[str]):
    """Maps `LibraryEvent` to the library's `StoredEvent` and back.

    The library's cipher and compressor are not applied: its cipher has one key for all and is
    not bound to the row.
    """

    def __init__(self, codec: Codec) -> None:
        """Uses `codec` for both directions."""
        super().__init__(JSONTranscoder())
        self._codec = codec

    def to_stored_event(self, domain_event: DomainEventProtocol[str]) -> StoredEvent:
        """The stored form.

        Raises:
            TypeError: `domain_event` is not a `LibraryEvent`.
        """
        if not isinstance(domain_event, LibraryEvent):
            msg = f"only LibraryEvent can be stored, not {type(domain_event).__name__}"
            raise TypeError(msg)
        return self.stored(domain_event.recorded)

    def to_domain_event(self, stored_event: StoredEvent) -> LibraryEvent:
        """The event that was stored.

        Raises:
            UnknownTopic: the topic is not in the codec's table.
            EventUnreadable: the bytes do not fit the topic.
        """
        return LibraryEvent(
            self._codec.decode(
                _estate_id(stored_event),
                stored_event.originator_version,
                stored_event.topic,
                stored_event.state,
            )
        )

    def stored(self, recorded: Recorded) -> StoredEvent:
        """The stored form of one event."""
        topic, state = self._codec.encode(recorded)
        return StoredEvent(recorded.estate, recorded.version, topic, state)


def _estate_id(stored_event: StoredEvent) -> EstateId:
    originator = stored_event.originator_id
    return EstateId(originator if isinstance(originator, str) else originator.hex)
