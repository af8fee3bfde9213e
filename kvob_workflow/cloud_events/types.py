"""What is the type of an event outside? Its topic, in reverse DNS: `nl.kvo-b.covenant-signed.v1`.

The rule: `kvob.estate:` becomes `nl.kvo-b.`, the rest stays, with its one version suffix. So a
type is as lasting as a topic, and each leads to the other.

Source: NL GOV profile for CloudEvents, `type`: reverse DNS, the register before the organisation,
one version suffix at most.
"""

from typing import Final

from kvob_domain.estate.events import ALL_EVENTS
from kvob_workflow.cloud_events.errors import EventTypeUnknown

TOPIC_PREFIX: Final = "kvob.estate:"
TYPE_PREFIX: Final = "nl.kvo-b."
PING_TYPE: Final = f"{TYPE_PREFIX}webhook-pinged.v1"
"""What a receiver is tried out with; no event of an estate has it."""


def type_of(topic: str) -> str:
    """The type of the event with this topic."""
    return TYPE_PREFIX + topic.removeprefix(TOPIC_PREFIX)


def topic_of(type: str) -> str:
    """The topic of the event with this type."""
    return TOPIC_PREFIX + type.removeprefix(TYPE_PREFIX)


ALL_TYPES: Final = tuple(type_of(event.TOPIC) for event in ALL_EVENTS)
"""The types of all events that can happen now."""


def known_types(types: tuple[str, ...]) -> tuple[str, ...]:
    """These types, each once, in order. A bare name, `covenant-signed`, means its newest type.

    Raises:
        EventTypeUnknown: no event has one of them.
    """
    found: set[str] = set()
    for asked in types:
        whole = asked if asked.startswith(TYPE_PREFIX) else TYPE_PREFIX + asked
        fits = [one for one in ALL_TYPES if whole in {one, one.rpartition(".")[0]}]
        if not fits:
            raise EventTypeUnknown(asked)
        found.update(fits)
    return tuple(sorted(found))
