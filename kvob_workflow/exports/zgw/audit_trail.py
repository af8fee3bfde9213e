"""Who did what to an estate, and when? Every event as a line of an audit trail, as ZGW names it.

Lines stand in the order of recording. `wijzigingen` holds what the event changed in the state,
codes and names of organisations alone: what people wrote freely stays behind, and so do names of
persons. The id of who acted is told where the reader may know it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from kvob_domain.actor import Role
from kvob_domain.estate.events.certification import AwardRefused, CertificateAwarded
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.documents import DocumentRegistered
from kvob_domain.estate.events.identity import EstateRegistered
from kvob_domain.estate.events.words import EVENT_WORDS
from kvob_domain.estate.evolve import fold
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId
from kvob_workflow.exports.timeline import moments
from kvob_workflow.exports.zgw.cycles import Told, told_cycles
from kvob_workflow.exports.zgw.identity import Document, Json, uri_of, uuid_of

_CREATED: Final = 201
_CHANGED: Final = 200
_CASES, _DECISIONS = "zrc", "brc"
_LONGEST: Final = 200
_Change = tuple[Document, Document]
_NOTHING: Final[_Change] = ({}, {})


def audit_trail(
    estate: EstateId, history: Sequence[Recorded], *, persons: bool = False
) -> list[Document]:
    """The lines for the events of an estate; with `persons` the ids of who acted as well."""
    state = fold(estate, history)
    cycles = told_cycles(state)
    changes = _changes(estate, history)
    return [
        _line(one, state, cycles, changes.get(one.version, _NOTHING), persons) for one in history
    ]


def _line(
    one: Recorded, state: Estate, cycles: Sequence[Told], changes: _Change, persons: bool
) -> Document:
    told = _cycle_of(one, cycles)
    main = uri_of(uuid_of("terrein", state.id) if told is None else told.uuid)
    kind, uri = _resource(one, told, main)
    is_new = isinstance(one.event, EstateRegistered | DocumentRegistered | CertificateAwarded)
    words = EVENT_WORDS[type(one.event)]
    return {
        "uuid": uuid_of("audittrail", one.estate, one.version),
        "bron": _DECISIONS if kind == "besluit" else _CASES,
        "applicatieId": one.via,
        "applicatieWeergave": "kvob_workflow",
        "gebruikersId": (one.by or "") if persons else "",
        "gebruikersWeergave": _who(one),
        "actie": "create" if is_new else "partial_update",
        "actieWeergave": words.nl,
        "resultaat": _CREATED if is_new else _CHANGED,
        "hoofdObject": main,
        "resource": kind,
        "resourceUrl": uri,
        "toelichting": "",
        "resourceWeergave": f"{state.name}, gebeurtenis {one.version}"[:_LONGEST],
        "aanmaakdatum": one.at.isoformat(),
        "wijzigingen": _told_changes(one, changes),
    }


def _who(one: Recorded) -> str:
    role = Role(one.role).words.nl
    return f"{role}, {one.org}" if one.org else role


def _cycle_of(one: Recorded, cycles: Sequence[Told]) -> Told | None:
    """The cycle with a move by this event; else the last one that had begun on its day."""
    for told in cycles:
        if any(move.version == one.version for move in told.moves):
            return told
    day = one.event.earliest
    begun = [told for told in cycles if day and told.started_on and told.started_on <= day]
    return begun[-1] if begun else None


def _resource(one: Recorded, told: Told | None, main: str) -> tuple[str, str]:
    event = one.event
    if told is None:
        return "zaakobject", main
    if isinstance(event, DocumentRegistered):
        return "zaakinformatieobject", uri_of(
            uuid_of("zaakinformatieobject", one.estate, one.version)
        )
    if isinstance(event, CertificateAwarded | AwardRefused):
        return "besluit", uri_of(uuid_of("besluit", one.estate, one.version))
    if any(move.version == one.version for move in told.moves):
        return "status", uri_of(uuid_of("status", one.estate, one.version))
    return "zaak", main


def _changes(estate: EstateId, history: Sequence[Recorded]) -> Mapping[int, _Change]:
    """What each event that counts changed, by its version, in the order of what happened."""
    found: dict[int, _Change] = {}
    before = _seen(Estate(estate))
    for moment in moments(estate, history):
        after = _seen(moment.after)
        changed = [name for name in after if before[name] != after[name]]
        old, new = ({name: seen[name] for name in changed} for seen in (before, after))
        found[moment.recorded.version] = old, new
        before = after
    return found


def _seen(estate: Estate) -> dict[str, Json]:
    held = estate.latest_certificate
    return {
        "naam": estate.name,
        "gemeenten": list(estate.municipalities),
        "stap": estate.step.value,
        "cyclus": estate.cycle,
        "schemaversie": estate.edition,
        "procesbegeleider": estate.guide,
        "certificatieInstelling": estate.body,
        "certificaten": len(estate.certificates),
        "geldigVanaf": held.valid_from.isoformat() if held and held.valid_from else None,
        "verloopt": held.expires_on.isoformat() if held and held.expires_on else None,
        "standen": [status.value for _, status in held.standing] if held else [],
        "documenten": len(estate.documents),
        "maatregelen": len(estate.measures),
        "openTekortkomingen": len(estate.dossier.open_findings),
    }


def _told_changes(one: Recorded, changes: _Change) -> Document:
    """With what happened by its stable name; a correction names the event that it is about."""
    what: Document = {"gebeurtenis": one.event.TOPIC, "dag": one.event.occurred.text}
    if isinstance(one.event, EventCorrected):
        what["corrigeert"] = one.event.version
    old, new = changes
    return {"oud": old, "nieuw": {**what, **new}}
