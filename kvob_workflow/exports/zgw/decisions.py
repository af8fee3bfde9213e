"""Which decisions fell in a cycle? Award, refusal, suspension and withdrawal, each a besluit.

ZGW asks for the day of a decision. An award of which no source tells the day is no besluit
here; that the cycle ended with a certificate stands in its resultaat.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from kvob_domain.estate.certificates import Certificate
from kvob_domain.estate.levels import level_names
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.scheme.book import SchemeBook
from kvob_domain.terms import last_valid_day
from kvob_domain.words import Text
from kvob_workflow.exports.zgw.cycles import Told
from kvob_workflow.exports.zgw.identity import Catalogue, Document, uri_of, uuid_of

_AWARD: Final = Text("Toekenning van het certificaat", "Award of the certificate")
_REFUSAL: Final = Text("Weigering van het certificaat", "Refusal of the certificate")
_STANDINGS: Final = {
    Status.SUSPENDED: ("schorsing", Text("Schorsing van het certificaat", "Suspension")),
    Status.VALID: ("opheffing", Text("Opheffing van de schorsing", "Suspension lifted")),
    Status.WITHDRAWN: ("intrekking", Text("Intrekking van het certificaat", "Withdrawal")),
}


def decisions(
    told: Told, zaak: str, book: SchemeBook, rsin: str, catalogue: Catalogue
) -> list[Document]:
    """The besluiten of a cycle and those about its certificate, in the order of their days."""
    made: list[tuple[date, Document]] = []

    def decide(key: tuple[object, ...], code: str, words: Text, on: date, **more: str) -> None:
        uuid = uuid_of("besluit", told.estate.id, *key)
        made.append(
            (
                on,
                {
                    "url": uri_of(uuid),
                    "identificatie": f"KVOB-{uuid.replace('-', '')}",
                    "verantwoordelijkeOrganisatie": rsin,
                    "besluittype": catalogue.uri("besluittype", code, words),
                    "zaak": zaak,
                    "datum": on.isoformat(),
                    "toelichting": "",
                    "ingangsdatum": on.isoformat(),
                    "vervaldatum": None,
                    **more,
                },
            )
        )

    for refusal in told.refusals:
        decide((refusal.version,), "weigering", _REFUSAL, refusal.on)
    held = told.certificate
    if held is not None and (on := held.decided_on or held.valid_from) is not None:
        decide((held.version,), "toekenning", _AWARD, on, **_period(told, held, on, book))
    for since, status in held.standing if held is not None else ():
        code, words = _STANDINGS[status]
        decide((held and held.version, code, since), code, words, since)
    return [document for _, document in sorted(made, key=lambda one: one[0])]


def award_uri(estate: str, version: int) -> str:
    """The address of the besluit by which the certificate of this version was awarded."""
    return uri_of(uuid_of("besluit", estate, version))


def _period(told: Told, held: Certificate, on: date, book: SchemeBook) -> dict[str, str]:
    found = {"ingangsdatum": (held.valid_from or on).isoformat()}
    if held.expires_on is not None:
        found["vervaldatum"] = last_valid_day(held.expires_on).isoformat()
        found["vervalreden"] = "tijdelijk"
    names = level_names(told.estate.certificates, book)
    certificates = zip(told.estate.certificates, names, strict=True)
    level, derived = next(name for one, name in certificates if one is held)
    said = [] if level is None else [f"Niveau {level}{' (afgeleid)' if derived else ''}."]
    if held.estimated or held.decided_on != held.decided_latest:
        said.append("De bron geeft niet elke dag precies.")
    return {**found, "toelichting": " ".join(said)}
