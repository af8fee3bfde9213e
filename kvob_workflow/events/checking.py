"""Can everything that was ever released still be read? The check that fails the build.

Every topic of the register must be that of a class which reads its released form, or begin an
unbroken chain of upcasts that ends at such a class. `kvob events check` shows it; a test of the
suite demands it. Read next: `compatibility` (how two forms are judged), `flaws` (what is said).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from kvob_domain.estate.events import ALL_EVENTS
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_workflow.events.bodies import body_flaws
from kvob_workflow.events.compatibility import Verdict, judged, unread
from kvob_workflow.events.envelope import METADATA, METADATA_SCHEMA
from kvob_workflow.events.flaws import Flaw, Flawed
from kvob_workflow.events.forms import form_of, said_schema
from kvob_workflow.events.released import Released, register
from kvob_workflow.store.codec import Codec
from kvob_workflow.store.upcasts import UPCASTS, Upcast, chain_of

if TYPE_CHECKING:
    from kvob_domain.estate.events import Event
    from kvob_workflow.events.compatibility import Form

_VERSIONED: Final = re.compile(r"(.+\.v)([1-9][0-9]*)")


@dataclass(frozen=True, slots=True)
class Checked:
    """One topic as it stands: `since` is None until it is released, `read_as` the topic of today.

    `verdict` compares with the newest released form; None where there is none of the same topic.
    """

    topic: str
    since: str | None
    read_as: str | None
    verdict: Verdict | None
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Every topic, released or new, and what is wrong."""

    topics: tuple[Checked, ...]
    flaws: tuple[Flawed, ...]


def check(
    events: Sequence[type[Event]] = ALL_EVENTS,
    upcasts: Mapping[str, Upcast] = UPCASTS,
    released: Sequence[Released] | None = None,
) -> Report:
    """Compare the classes and upcasts of today with everything that was released."""
    known = register() if released is None else released
    forms = forms_of(events, upcasts)
    flaws = [
        *_register_flaws(known),
        *_chain_flaws(forms, upcasts, {one.topic for one in known}),
        *_form_flaws(forms, upcasts, known),
    ]
    if not any(one.flaw.breaks_the_table for one in flaws):
        # The table holds together, so the examples go the way of stored events.
        codec = Codec(cast("Iterable[type]", events), upcasts)
        told = {one.topic for one in flaws}
        for one in known:
            # What is wrong with an event is told once, and not of every correction that states it.
            is_told = one.topic in told or (told and one.topic == EventCorrected.TOPIC)
            if one.topic in codec.topics and not is_told:
                flaws += body_flaws(codec, upcasts, one)
    return Report(tuple(_checked(forms, upcasts, known)), tuple(flaws))


def forms_of(events: Sequence[type[Event]], upcasts: Mapping[str, Upcast]) -> dict[str, Form]:
    """The form of today of each class, and of what is stored beside every event."""
    readable = (*(event.TOPIC for event in events), *upcasts)
    forms: dict[str, Form] = {
        event.TOPIC: form_of(said_schema(event, readable)) for event in events
    }
    return {**forms, METADATA: form_of(METADATA_SCHEMA)}


def _register_flaws(known: Sequence[Released]) -> Iterator[Flawed]:
    """Somebody changed a line, or added one that says nothing new or in the wrong place."""
    seen: dict[str, set[str]] = {}
    latest: tuple[int, ...] = ()
    for one in known:
        forms = seen.setdefault(one.topic, set())
        number = tuple(int(part) for part in one.release.split("."))
        if one.is_altered:
            yield Flawed(Flaw.REGISTER_ALTERED, one.topic, one.release)
        if number < latest or one.release in forms:
            yield Flawed(Flaw.REGISTER_DISORDERED, one.topic, one.release)
        forms.add(one.release)
        latest = max(latest, number)


def _chain_flaws(
    forms: Mapping[str, Form], upcasts: Mapping[str, Upcast], released: set[str]
) -> Iterator[Flawed]:
    for topic in sorted(released - set(forms) - set(upcasts)):
        yield Flawed(Flaw.TOPIC_VANISHED, topic, next_version(topic))
    for topic, step in upcasts.items():
        if topic in forms:
            yield Flawed(Flaw.UPCAST_OF_A_CLASS, topic, step.to)
        try:
            newest = chain_of(topic, upcasts).newest
        except ValueError:
            yield Flawed(Flaw.CHAIN_GOES_ROUND, topic, step.to)
            continue
        if step.to != next_version(topic):
            yield Flawed(Flaw.STEP_SKIPS, topic, f"{step.to}, not {next_version(topic)}")
        if newest not in forms:
            yield Flawed(Flaw.CHAIN_ENDS_NOWHERE, topic, newest)
    for topic in forms:
        before = version_before(topic)
        if before is not None and before not in upcasts:
            yield Flawed(Flaw.VERSION_WITHOUT_STEP, topic, before)


def _form_flaws(
    forms: Mapping[str, Form], upcasts: Mapping[str, Upcast], known: Sequence[Released]
) -> Iterator[Flawed]:
    for one in known:
        if one.topic in forms and one.topic not in upcasts:
            found = tuple(unread(one.schema, forms[one.topic]))
            if found:
                said = f"{one.release}: {'; '.join(found)}"
                yield Flawed(Flaw.FORM_CHANGED, one.topic, said)


def _checked(
    forms: Mapping[str, Form], upcasts: Mapping[str, Upcast], known: Sequence[Released]
) -> Iterator[Checked]:
    newest = {one.topic: one for one in known}
    first = {one.topic: one.release for one in reversed(known)}
    for topic in (*forms, *sorted({*newest, *upcasts} - set(forms))):
        verdict: Verdict | None = None
        differences: tuple[str, ...] = ()
        if topic in forms and topic in newest:
            old, now = newest[topic].schema, forms[topic]
            verdict = judged(old, now)
            differences = (*unread(old, now), *(f"older: {one}" for one in unread(now, old)))
        yield Checked(
            topic, first.get(topic), _read_as(topic, forms, upcasts), verdict, differences
        )


def _read_as(topic: str, forms: Mapping[str, Form], upcasts: Mapping[str, Upcast]) -> str | None:
    try:
        newest = chain_of(topic, upcasts).newest
    except ValueError:
        return None
    return newest if newest in forms else None


def next_version(topic: str) -> str:
    """The topic with its version one higher."""
    return _moved(topic, 1) or topic


def version_before(topic: str) -> str | None:
    """The topic with its version one lower; None for the first."""
    return _moved(topic, -1)


def _moved(topic: str, by: int) -> str | None:
    found = _VERSIONED.fullmatch(topic)
    if found is None or int(found[2]) + by < 1:
        return None
    return f"{found[1]}{int(found[2]) + by}"
