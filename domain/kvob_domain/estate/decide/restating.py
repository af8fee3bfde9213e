"""What should the event have said? Its statement now, with the changed fields merged in.

A field that the scheme computed follows what it was computed from, unless the correction states
it: the period of an award whose day was wrong, the edition of a fact from another year.
"""

from collections.abc import Mapping
from typing import Final, cast

from pydantic import JsonValue, ValidationError

from kvob_domain.estate.commanded import command_of
from kvob_domain.estate.commands.certification import AwardCertificate
from kvob_domain.estate.corrected import effective
from kvob_domain.estate.decide.certification import certification_event
from kvob_domain.estate.decide.past import fact_events
from kvob_domain.estate.events import AnyEvent
from kvob_domain.estate.events.certification import CertificateAwarded
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.past import PastFactRecorded
from kvob_domain.estate.events.words import EVENT_WORDS
from kvob_domain.estate.evolve import states_before
from kvob_domain.estate.ground import Ground
from kvob_domain.estate.order import in_order
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.refusals.corrections import (
    KindFixed,
    SaysMalformed,
    SaysNothingNew,
    SaysUnknown,
)
from kvob_domain.refusals.evidence import TermUnknown

Says = Mapping[str, JsonValue]

# A field of an award that somebody states is no longer one that the scheme computed.
_STATED: Final[Mapping[str, tuple[str, bool]]] = {
    "level": ("level_derived", False),
    "valid_from": ("valid_from_stated", True),
    "expires_on": ("expires_on_stated", True),
}


def restated(told: Recorded, says: Says, ground: Ground) -> AnyEvent:
    """The event that should have been recorded in place of `told`.

    Raises:
        KindFixed, SaysUnknown, SaysMalformed, SaysNothingNew: when it cannot say this.
    """
    event = told.event
    _refuse_unknown(told, says)
    if isinstance(event, EventCorrected):
        _refuse_other_kind(told, event, says, ground)
    flags: dict[str, JsonValue] = {
        flag: value
        for name, (flag, value) in _STATED.items()
        if name in says and flag in type(event).model_fields and flag not in says
    }
    now = cast("dict[str, JsonValue]", event.model_dump(mode="json", exclude_none=True))
    merged = _merged(now, {**says, **flags})
    new = _formed(told, merged)
    new = _following(told, new, says, ground)
    if new == event:
        raise SaysNothingNew(told.version, EVENT_WORDS[type(event)])
    return new


def _merged(now: JsonValue, says: JsonValue) -> JsonValue:
    """A JSON merge patch. Source: RFC 7396."""
    if not isinstance(says, Mapping):
        return says
    merged: dict[str, JsonValue] = dict(now) if isinstance(now, dict) else {}
    for name, value in says.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = _merged(merged.get(name), value)
    return merged


def _refuse_unknown(told: Recorded, says: Says) -> None:
    kind = type(told.event)
    known = tuple(kind.model_fields)
    unknown = tuple(name for name in says if name not in known)
    if "topic" in unknown:
        raise KindFixed(told.version, EVENT_WORDS[kind])
    if unknown:
        raise SaysUnknown(EVENT_WORDS[kind], unknown, known)


def _formed(told: Recorded, merged: JsonValue) -> AnyEvent:
    """The statement as an event that its command could have led to."""
    kind = type(told.event)
    try:
        new = kind.model_validate(merged)
        command_of(told._replace(event=new))
    except ValidationError as error:
        raise SaysMalformed(EVENT_WORDS[kind], _problem(error), tuple(kind.model_fields)) from None
    return new


def _problem(error: ValidationError) -> str:
    """Where it does not fit and why, without the values: those may name people."""
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}" if place else first["msg"]


def _refuse_other_kind(told: Recorded, old: EventCorrected, says: Says, ground: Ground) -> None:
    """A correction stays about its event, and what it states stays of that event's kind."""
    root = next(one for one in ground.history if one.version == old.version)
    instead = says.get("instead")
    topic = instead.get("topic", root.event.TOPIC) if isinstance(instead, dict) else None
    if says.get("version", old.version) != old.version or topic not in (None, root.event.TOPIC):
        raise KindFixed(told.version, EVENT_WORDS[EventCorrected])


def _following(told: Recorded, new: AnyEvent, says: Says, ground: Ground) -> AnyEvent:
    """The new event with its computed fields as they follow from what it says."""
    old = told.event
    if isinstance(old, PastFactRecorded) and isinstance(new, PastFactRecorded):
        before, after = _computed_fact(old, ground), _computed_fact(new, ground)
    elif isinstance(old, CertificateAwarded) and isinstance(new, CertificateAwarded):
        before, after = _computed_award(told, ground), _computed_award(_with(told, new), ground)
    else:
        return new
    if before is None or after is None:
        return new
    follows = {
        name: getattr(after, name)
        for name in type(new).model_fields
        if name not in (*says, *_flags()) and getattr(old, name) == getattr(before, name)
    }
    return new.model_copy(update=follows)


def _flags() -> tuple[str, ...]:
    return tuple(flag for flag, _ in _STATED.values())


def _with(told: Recorded, new: AnyEvent) -> Recorded:
    return told._replace(event=new)


def _computed_fact(event: PastFactRecorded, ground: Ground) -> AnyEvent | None:
    return next(iter(fact_events(event.fact, Estate(ground.history[0].estate), ground)), None)


def _computed_award(told: Recorded, ground: Ground) -> CertificateAwarded | None:
    """What the scheme makes of an award at its place; None where it knows no term."""
    command = command_of(told)
    line = [told if one.version == told.version else one for one in effective(ground.history)]
    for state, recorded in states_before(told.estate, in_order(line)):
        if recorded.version == told.version and isinstance(command, AwardCertificate):
            try:
                event = certification_event(command, state, ground)
            except TermUnknown:
                return None
            return event if isinstance(event, CertificateAwarded) else None
    return None
