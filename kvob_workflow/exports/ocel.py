"""How does a store look as an object-centric log? Estates, certificates, deadlines and more.

The histories are read twice: for the objects, then for the events. What stays in memory are the
ids of persons, organisations and municipalities. Source: OCEL 2.0, the JSON form
(https://www.ocel-standard.org/2.0/ocel20_specification.pdf).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kvob_domain.estate.evolve import fold
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId
from kvob_workflow.exports.links import Link, Object, links_of, municipality
from kvob_workflow.exports.timeline import (
    Histories,
    Moment,
    activities,
    activity,
    instant,
    moments,
    source_of,
)

_Json = None | bool | int | str | Sequence["_Json"] | dict[str, "_Json"]
# The specification gives an attribute that never changed this time.
_ALWAYS: Final = "1970-01-01T00:00:00.000+00:00"
_OBJECTS: Final = {
    "estate": ("name", "kind", "step"),
    "certificate": ("valid_from", "expires_on", "level", "start_basis", "end_basis"),
    "municipality": ("name",),
    "organisation": ("name",),
    "person": (),
    "measure": ("measure",),
    "deadline": ("kind", "due_on"),
}
_EVENT_TYPES: Final = {
    "version": "integer",
    "cycle": "integer",
    "step": "string",
    "role": "string",
    "entrance": "string",
    "day": "string",
    "precision": "string",
    "recorded": "time",
    "source": "string",
    "corrected": "boolean",
}


def ocel(histories: Histories) -> Iterator[bytes]:
    """The log in UTF-8; persons by opaque id alone."""
    yield b'{"objectTypes":'
    yield _text([_type(name, dict.fromkeys(keys, "string")) for name, keys in _OBJECTS.items()])
    yield b',\n"eventTypes":'
    yield _text([_type(name, _EVENT_TYPES) for name in activities()])
    yield b',\n"objects":['
    yield from _separated(_objects(histories))
    yield b'],\n"events":['
    yield from _separated(_events(histories))
    yield b"]}\n"


def _type(name: str, attributes: dict[str, str]) -> dict[str, _Json]:
    told: list[_Json] = [{"name": key, "type": kind} for key, kind in attributes.items()]
    return {"name": name, "attributes": told}


def _objects(histories: Histories) -> Iterator[dict[str, _Json]]:
    """Each object once: those of an estate with the estate, shared ones where first met."""
    shared: set[Object] = set()
    for estate, history in histories():
        state = fold(estate, history)
        numbers = _numbers(state)
        own: dict[Object, None] = {}
        met: list[Object] = [municipality(name) for name in state.municipalities]
        for moment in moments(estate, history):
            for link in links_of(moment, numbers):
                if link.object.estate:
                    own[link.object] = None
                else:
                    met.append(link.object)
        for number in numbers.values():
            own[Object("certificate", str(number), estate)] = None
        yield _estate(state)
        for one in own:
            yield _of_estate(one, state)
        for one in met:
            if one.type != "estate" and one not in shared:
                shared.add(one)
                yield _object(one, {"name": one.name} if _OBJECTS[one.type] else {}, ())


def _estate(state: Estate) -> dict[str, _Json]:
    told = {"name": state.name, "kind": state.kind.value, "step": state.step.value}
    places = dict.fromkeys(municipality(name) for name in state.municipalities)
    return _object(Object("estate", state.id), told, [Link(place, "lies in") for place in places])


def _of_estate(one: Object, state: Estate) -> dict[str, _Json]:
    told: dict[str, str] = {}
    if one.type == "certificate":
        held = next(held for held in state.certificates if str(held.number) == one.name)
        days = {"valid_from": held.valid_from, "expires_on": held.expires_on}
        told = {name: day.isoformat() for name, day in days.items() if day is not None}
        told |= {"level": held.level} if held.level else {}
        told |= {"start_basis": held.start_basis, "end_basis": held.end_basis}
    elif one.type == "measure":
        told = {"measure": one.name}
    elif one.type == "deadline":
        kind, _, due_on = one.name.split(":")
        told = {"kind": kind, "due_on": due_on}
    return _object(one, told, [Link(Object("estate", state.id), "of")])


def _object(one: Object, told: dict[str, str], links: Sequence[Link]) -> dict[str, _Json]:
    attributes: list[_Json] = [
        {"name": name, "time": _ALWAYS, "value": value} for name, value in told.items()
    ]
    made: dict[str, _Json] = {"id": one.id, "type": one.type, "attributes": attributes}
    return {**made, "relationships": _relationships(links)}


def _events(histories: Histories) -> Iterator[dict[str, _Json]]:
    for estate, history in histories():
        numbers = _numbers(fold(estate, history))
        for moment in moments(estate, history):
            yield _event(estate, moment, links_of(moment, numbers))


def _event(estate: EstateId, moment: Moment, links: Sequence[Link]) -> dict[str, _Json]:
    recorded = moment.recorded
    told = _told(recorded, moment)
    attributes: list[_Json] = [{"name": name, "value": value} for name, value in told.items()]
    return {
        "id": f"{estate}:{recorded.version}",
        "type": activity(recorded.event),
        "time": instant(moment.at),
        "attributes": attributes,
        "relationships": _relationships(links),
    }


def _told(recorded: Recorded, moment: Moment) -> dict[str, _Json]:
    occurred = recorded.event.occurred
    told: dict[str, _Json] = {
        "version": recorded.version,
        "cycle": moment.after.cycle,
        "step": moment.after.step.value,
        "role": recorded.role,
        "entrance": recorded.via,
        "day": occurred.text,
        "precision": occurred.precision,
        "recorded": instant(recorded.at),
        "corrected": moment.corrected,
    }
    source = source_of(recorded)
    return {**told, "source": source} if source else told


def _relationships(links: Iterable[Link]) -> list[_Json]:
    return [{"objectId": link.object.id, "qualifier": link.qualifier} for link in links]


def _numbers(state: Estate) -> dict[int, int]:
    return {held.version: held.number for held in state.certificates}


def _separated(documents: Iterable[dict[str, _Json]]) -> Iterator[bytes]:
    separator = b"\n"
    for document in documents:
        yield separator + _text(document)
        separator = b",\n"


def _text(document: _Json | Sequence[dict[str, _Json]]) -> bytes:
    # In ASCII: half a surrogate in a name would have no UTF-8.
    return json.dumps(document, separators=(",", ":")).encode("ascii")
