"""How is an event of an older form read? Step by step, each topic to the next version of it.

A topic that was released stays readable for ever. When a class changes so that it no longer reads
what it wrote, it takes the next version in its topic, and one step is added here:

    UPCASTS = {
        "kvob.estate:survey-recorded.v1": Upcast(
            "kvob.estate:survey-recorded.v2", counted_by_whom
        ),
    }

A step is a pure function of the JSON body; it gives a new body and leaves the old one as it is.
The next version adds a step of its own: v1 is read by v1 -> v2 -> v3. How to change an event step
by step: `README.md` of this folder. Read next: `kvob_workflow.events.checking`, which fails the
build when a step is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

JsonObject = dict[str, object]
Change = Callable[[JsonObject], JsonObject]


@dataclass(frozen=True, slots=True)
class Upcast:
    """One step: how the business part of a topic becomes that of the topic `to`."""

    to: str
    change: Change


# An entry is added with every new version of an event and never removed.
UPCASTS: Final[Mapping[str, Upcast]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Chain:
    """All steps from a topic to the one that a class has."""

    newest: str
    changes: tuple[Change, ...]

    def apply(self, said: JsonObject) -> JsonObject:
        """The body in its newest form."""
        for change in self.changes:
            said = change(said)
        return said


def chain_of(topic: str, upcasts: Mapping[str, Upcast]) -> Chain:
    """The steps from `topic` on; none where it has no upcast.

    Raises:
        ValueError: the steps come round to a topic that they passed.
    """
    passed = [topic]
    changes: list[Change] = []
    while (step := upcasts.get(passed[-1])) is not None:
        changes.append(step.change)
        if step.to in passed:
            msg = f"the upcasts of {topic} go round: {' -> '.join([*passed, step.to])}"
            raise ValueError(msg)
        passed.append(step.to)
    return Chain(passed[-1], tuple(changes))


def chains(upcasts: Mapping[str, Upcast], classes: Collection[str]) -> dict[str, Chain]:
    """The chain of every older topic.

    Raises:
        ValueError: a chain goes round, ends at a topic that no class has, or begins at one of a
            class.
    """
    found: dict[str, Chain] = {}
    for topic in upcasts:
        if topic in classes:
            msg = f"topic {topic} has two meanings"
            raise ValueError(msg)
        found[topic] = chain_of(topic, upcasts)
        if found[topic].newest not in classes:
            msg = f"the upcasts of {topic} end at {found[topic].newest}, which no class has"
            raise ValueError(msg)
    return found


def topics_read_as(*newest: str, upcasts: Mapping[str, Upcast] = UPCASTS) -> tuple[str, ...]:
    """These topics and every older one that is read as one of them: what a query asks for."""
    older = [topic for topic in upcasts if chain_of(topic, upcasts).newest in newest]
    return (*newest, *older)
