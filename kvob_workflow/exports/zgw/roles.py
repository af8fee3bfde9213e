"""Who takes part in a cycle? Organisations, each a rol; of persons nothing is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kvob_domain.estate.state import Estate
from kvob_domain.estate_names import normal_name
from kvob_domain.parties import PartyRole
from kvob_domain.words import Text
from kvob_workflow.exports.zgw.cycles import Told
from kvob_workflow.exports.zgw.identity import Catalogue, Document, uri_of, uuid_of

_GUIDE: Final = Text("procesbegeleider", "process guide")
_BODY: Final = Text("certificatie-instelling", "certification body")
# Entrepreneurs ask for the mark; the others have an interest in it. ZGW knows eight such codes.
_GENERIC: Final = {PartyRole.ENTREPRENEURS: "initiator"}
_INTERESTED: Final = "belanghebbende"


def roles(told: Told, at_end: Estate, zaak: str, catalogue: Catalogue) -> list[Document]:
    """The rollen of a cycle, with the parties as they were at its end."""
    found: dict[tuple[str, str], Document] = {}
    for code, words, generic, name in _parties(told, at_end):
        uuid = uuid_of("rol", told.uuid, code, normal_name(name))
        found[code, normal_name(name)] = {
            "url": uri_of(uuid),
            "uuid": uuid,
            "zaak": zaak,
            "betrokkene": "",
            "betrokkeneType": "niet_natuurlijk_persoon",
            "afwijkendeNaamBetrokkene": "",
            "roltype": catalogue.uri("roltype", code, words),
            "omschrijving": words.nl,
            "omschrijvingGeneriek": generic,
            "roltoelichting": words.nl,
            "registratiedatum": told.moves[0].known_at.isoformat(),
            "indicatieMachtiging": "",
            "statussen": [],
            "betrokkeneIdentificatie": {"statutaireNaam": name},
        }
    return list(found.values())


def _parties(told: Told, at_end: Estate) -> Iterator[tuple[str, Text, str, str]]:
    if at_end.guide:
        yield "procesbegeleider", _GUIDE, "adviseur", at_end.guide
    body = (told.cycle.end or told.cycle.last).body
    if body:
        yield "certificatie-instelling", _BODY, "beslisser", body
    for party in at_end.parties:
        role = party.role
        yield role.value, role.words, _GENERIC.get(role, _INTERESTED), party.organisation
