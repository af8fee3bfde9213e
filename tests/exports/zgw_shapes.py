"""Which fields has an object of ZGW, which must be there, and what can stand in them?

Facts from the public specifications: Zaken API 1.5.1 and Besluiten API 1.0.2
(https://github.com/VNG-Realisatie/zaken-api and besluiten-api, src/openapi.yaml). A field is its
kind with its greatest length; `?` behind it means that null is possible.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final, cast
from uuid import UUID

REQUIRED: Final = {
    "zaak": "url uuid bronorganisatie zaaktype verantwoordelijkeOrganisatie startdatum einddatum "
    "betalingsindicatieWeergave deelzaken eigenschappen rollen status zaakinformatieobjecten "
    "zaakobjecten resultaat",
    "status": "url uuid zaak statustype datumStatusGezet indicatieLaatstGezetteStatus "
    "zaakinformatieobjecten",
    "resultaat": "url uuid zaak resultaattype",
    "besluit": "verantwoordelijkeOrganisatie besluittype datum ingangsdatum",
    "rol": "url uuid zaak betrokkeneType roltype omschrijving omschrijvingGeneriek "
    "roltoelichting registratiedatum statussen",
    "zaakinformatieobject": "url uuid informatieobject zaak aardRelatieWeergave registratiedatum",
    "audittrail": "bron actie resultaat hoofdObject resource resourceUrl resourceWeergave "
    "aanmaakdatum wijzigingen",
}
FIELDS: Final[dict[str, dict[str, str]]] = {
    "zaak": {
        "url": "uri 1000",
        "uuid": "uuid",
        "identificatie": "text 40",
        "bronorganisatie": "text 9",
        "omschrijving": "text 80",
        "toelichting": "text 1000",
        "zaaktype": "uri 1000",
        "registratiedatum": "date",
        "verantwoordelijkeOrganisatie": "text 9",
        "startdatum": "date",
        "einddatum": "date ?",
        "einddatumGepland": "date ?",
        "uiterlijkeEinddatumAfdoening": "date ?",
        "publicatiedatum": "date ?",
        "betalingsindicatieWeergave": "text 1000",
        "verlenging": "object ?",
        "opschorting": "object ?",
        "hoofdzaak": "uri 1000 ?",
        "deelzaken": "uris",
        "relevanteAndereZaken": "objects",
        "eigenschappen": "uris",
        "rollen": "uris",
        "status": "uri 1000 ?",
        "zaakinformatieobjecten": "uris",
        "zaakobjecten": "uris",
        "kenmerken": "objects",
        "archiefnominatie": "code blijvend_bewaren vernietigen ?",
        "archiefstatus": "code nog_te_archiveren gearchiveerd "
        "gearchiveerd_procestermijn_onbekend overgedragen",
        "archiefactiedatum": "date ?",
        "resultaat": "uri 1000 ?",
    },
    "status": {
        "url": "uri 1000",
        "uuid": "uuid",
        "zaak": "uri 1000",
        "statustype": "uri 1000",
        "datumStatusGezet": "instant",
        "statustoelichting": "text 1000",
        "indicatieLaatstGezetteStatus": "flag",
        "zaakinformatieobjecten": "uris",
    },
    "resultaat": {
        "url": "uri 1000",
        "uuid": "uuid",
        "zaak": "uri 1000",
        "resultaattype": "uri 1000",
        "toelichting": "text 1000",
    },
    "besluit": {
        "url": "uri 1000",
        "identificatie": "text 50",
        "verantwoordelijkeOrganisatie": "text 9",
        "besluittype": "uri 200",
        "zaak": "uri 200",
        "datum": "date",
        "toelichting": "text 10000",
        "ingangsdatum": "date",
        "vervaldatum": "date ?",
        "vervalreden": "code tijdelijk ingetrokken_overheid ingetrokken_belanghebbende",
    },
    "rol": {
        "url": "uri 1000",
        "uuid": "uuid",
        "zaak": "uri 1000",
        "betrokkene": "text 1000",
        "betrokkeneType": "code natuurlijk_persoon niet_natuurlijk_persoon vestiging "
        "organisatorische_eenheid medewerker",
        "afwijkendeNaamBetrokkene": "text 625",
        "roltype": "uri 1000",
        "omschrijving": "text 100",
        "omschrijvingGeneriek": "code adviseur behandelaar belanghebbende beslisser initiator "
        "klantcontacter zaakcoordinator mede_initiator",
        "roltoelichting": "text 1000",
        "registratiedatum": "instant",
        "indicatieMachtiging": "code gemachtigde machtiginggever -",
        "statussen": "uris",
        "betrokkeneIdentificatie": "object",
    },
    "zaakinformatieobject": {
        "url": "uri 1000",
        "uuid": "uuid",
        "informatieobject": "uri 1000",
        "zaak": "uri 1000",
        "aardRelatieWeergave": "text 100",
        "titel": "text 200",
        "beschrijving": "text 10000",
        "registratiedatum": "instant",
        "vernietigingsdatum": "instant ?",
        "status": "uri 1000 ?",
    },
    "audittrail": {
        "uuid": "uuid",
        "bron": "code ac nrc zrc ztc drc brc cmc kc vrc",
        "applicatieId": "text 100",
        "applicatieWeergave": "text 200",
        "gebruikersId": "text 255",
        "gebruikersWeergave": "text 255",
        "actie": "code create list retrieve destroy update partial_update",
        "actieWeergave": "text 200",
        "resultaat": "http",
        "hoofdObject": "uri 1000",
        "resource": "text 50",
        "resourceUrl": "uri 1000",
        "toelichting": "text 10000",
        "resourceWeergave": "text 200",
        "aanmaakdatum": "instant",
        "wijzigingen": "object",
    },
}
_URI: Final = re.compile(r"[a-z][a-z0-9+.-]*:\S+")


def faults(kind: str, thing: Mapping[str, object]) -> list[str]:
    """What is wrong with an object of this kind; nothing when it is as ZGW asks."""
    found = [f"{name} is missing" for name in REQUIRED[kind].split() if name not in thing]
    for name, value in thing.items():
        shape = FIELDS[kind].get(name)
        if shape is None:
            found.append(f"{name} is no field")
        elif not _fits(value, shape.split()):
            found.append(f"{name} is {value!r}, not {shape}")
    return found


def _fits(value: object, shape: list[str]) -> bool:
    form, *more = shape
    if value is None:
        return "?" in more
    numbers = [int(one) for one in more if one.isdecimal()]
    if form == "code":
        return value in {"" if one == "-" else one for one in more if one != "?"}
    if form == "uris":
        return isinstance(value, list) and all(map(_is_uri, cast("list[object]", value)))
    if form in ("text", "uri"):
        return (
            isinstance(value, str)
            and len(value) <= numbers[0]
            and (form == "text" or _is_uri(value))
        )
    if form == "http":
        return isinstance(value, int) and 100 <= value <= 599
    if form == "flag":
        return isinstance(value, bool)
    if form in ("object", "objects"):
        return isinstance(value, dict if form == "object" else list)
    return _is_written(value, form)


def _is_uri(value: object) -> bool:
    return isinstance(value, str) and _URI.fullmatch(value) is not None


def _is_written(value: object, form: str) -> bool:
    if not isinstance(value, str):
        return False
    try:
        if form == "uuid":
            return str(UUID(value)) == value
        if form == "date":
            return date.fromisoformat(value).isoformat() == value
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
