"""How does one cycle look as a zaak, with its statuses, result, decisions, roles and documents?

What a source leaves open is left open, or told beside it: ZGW asks for a day where sources give
a year, or none. Persons stand in no role: parties are organisations.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from kvob_domain.estate.deadlines import DeadlineKind, deadlines
from kvob_domain.estate.state import Document, Estate, Move
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.scheme.book import SchemeBook
from kvob_domain.terms import last_valid_day
from kvob_domain.words import Text
from kvob_workflow.clock import AMSTERDAM, civil_day
from kvob_workflow.exports.zgw.cycles import Told
from kvob_workflow.exports.zgw.decisions import decisions
from kvob_workflow.exports.zgw.identity import Catalogue, Json, uri_of, uuid_of
from kvob_workflow.exports.zgw.identity import Document as Members
from kvob_workflow.exports.zgw.roles import roles

_LONGEST_TITLE: Final = 80
_FIRST: Final = Text("Certificering KVO-B", "KVO-B certification")
_RENEWAL: Final = Text("Hercertificering KVO-B", "KVO-B recertification")
_RESULTS: Final = {
    Step.EVALUATION: Text("Certificaat toegekend", "Certificate awarded"),
    Step.ENDED: Text("Traject beëindigd", "Trajectory ended"),
}
_BELONGS: Final = "Hoort bij, omgekeerd: kent"


def case(told: Told, at_end: Estate, book: SchemeBook, rsin: str, catalogue: Catalogue) -> Members:
    """The zaak of a cycle and what hangs on it; `at_end` is the estate at the end of the cycle."""
    zaak = uri_of(told.uuid)
    statuses = [_status(told, move, zaak, catalogue) for move in told.moves]
    result = _result(told, zaak, catalogue)
    roles_ = roles(told, at_end, zaak, catalogue)
    documents = [_document(one, told, zaak) for one in told.documents]
    hangs: dict[str, Json] = {
        "rollen": [one["url"] for one in roles_],
        "status": statuses[-1]["url"],
        "zaakinformatieobjecten": [one["url"] for one in documents],
        "resultaat": None if result is None else result["url"],
    }
    return {
        "zaak": {**_zaak(told, book, rsin, catalogue), **hangs},
        "statussen": statuses,
        "resultaat": result,
        "besluiten": decisions(told, zaak, book, rsin, catalogue),
        "rollen": roles_,
        "zaakinformatieobjecten": documents,
    }


def midnight(day: date | None, known_at: datetime) -> str:
    """A day as the instant that ZGW asks for; where there is none, when it was recorded."""
    if day is None:
        return known_at.isoformat()
    return datetime.combine(day, time(), tzinfo=AMSTERDAM).isoformat()


def _zaak(told: Told, book: SchemeBook, rsin: str, catalogue: Catalogue) -> Members:
    words = _RENEWAL if told.cycle.renewal else _FIRST
    code = "hercertificering" if told.cycle.renewal else "certificering"
    end = told.cycle.end
    recorded = civil_day(told.moves[0].known_at)
    return {
        "url": uri_of(told.uuid),
        "uuid": told.uuid,
        "identificatie": f"KVOB-{told.uuid.replace('-', '')}",
        "bronorganisatie": rsin,
        "omschrijving": f"{words.nl} {told.estate.name}"[:_LONGEST_TITLE],
        "toelichting": _told_of_days(told),
        "zaaktype": catalogue.uri("zaaktype", code, words),
        "registratiedatum": recorded.isoformat(),
        "verantwoordelijkeOrganisatie": rsin,
        "startdatum": (told.started_on or recorded).isoformat(),
        "einddatum": _iso(end.day if end else None),
        "einddatumGepland": None,
        "uiterlijkeEinddatumAfdoening": _iso(_last_day(told)),
        "publicatiedatum": None,
        "betalingsindicatieWeergave": "",
        "verlenging": None,
        "opschorting": None,
        "hoofdzaak": None,
        "deelzaken": [],
        "relevanteAndereZaken": [{"url": told.previous, "aardRelatie": "vervolg"}]
        if told.previous
        else [],
        "eigenschappen": [],
        "zaakobjecten": [],
        "kenmerken": [{"kenmerk": told.estate.id, "bron": "kvob"}],
        **_archive(told, book),
    }


def _told_of_days(told: Told) -> str:
    """What the fields of ZGW cannot say about its days."""
    said: list[str] = []
    if told.cycle.begin is None:
        said.append("Het begin is niet bekend; de startdatum is de eerste dag die bekend is.")
    elif told.cycle.begin.day != told.cycle.begin.latest:
        said.append("De startdatum is de vroegst mogelijke.")
    end = told.cycle.end
    if end is not None and (end.day is None or end.day != end.latest):
        said.append("De einddatum is niet op de dag bekend.")
    if told.cycle.replaced:
        said.append("Een nieuw traject begon zonder dat het einde van dit traject bekend is.")
    return " ".join(said)


def _last_day(told: Told) -> date | None:
    """For a renewal that runs: the last valid day of the certificate that it renews."""
    if told.cycle.end is not None or told.before is None or told.before.expires_on is None:
        return None
    return last_valid_day(told.before.expires_on)


def _archive(told: Told, book: SchemeBook) -> Members:
    """What the scheme's data say about keeping the file; what to do then, is not the scheme's."""
    kept_until: date | None = None
    latest = told.estate.latest_certificate
    of_latest = told.certificate is not None and told.certificate == latest
    if of_latest or (told.cycle.end is not None and latest is None):
        due = deadlines(told.estate, book)
        kept_until = next((one.due_on for one in due if one.kind is DeadlineKind.RETENTION), None)
    return {
        "archiefnominatie": None,
        "archiefstatus": "nog_te_archiveren",
        "archiefactiedatum": _iso(kept_until),
    }


def _status(told: Told, move: Move, zaak: str, catalogue: Catalogue) -> Members:
    uuid = uuid_of("status", told.estate.id, move.version)
    exact = move.day is not None and move.day == move.latest
    return {
        "url": uri_of(uuid),
        "uuid": uuid,
        "zaak": zaak,
        "statustype": catalogue.uri("statustype", move.step.value, move.step.words),
        "datumStatusGezet": midnight(move.day, move.known_at),
        "statustoelichting": "" if exact else "De dag is niet precies bekend.",
        "indicatieLaatstGezetteStatus": move is told.moves[-1],
        "zaakinformatieobjecten": [],
    }


def _result(told: Told, zaak: str, catalogue: Catalogue) -> Members | None:
    end = told.cycle.end
    if end is None:
        return None
    uuid = uuid_of("resultaat", told.estate.id, end.version)
    return {
        "url": uri_of(uuid),
        "uuid": uuid,
        "zaak": zaak,
        "resultaattype": catalogue.uri("resultaattype", end.step.value, _RESULTS[end.step]),
        "toelichting": "",
    }


def _document(one: Document, told: Told, zaak: str) -> Members:
    """Its title is free text and stays behind; its hash tells which file it is."""
    uuid = uuid_of("zaakinformatieobject", told.estate.id, one.version)
    proves = f", bewijs bij: {one.requirement.words.nl}" if one.requirement else ""
    return {
        "url": uri_of(uuid),
        "uuid": uuid,
        "informatieobject": uri_of(uuid_of("informatieobject", one.sha256)),
        "zaak": zaak,
        "aardRelatieWeergave": _BELONGS,
        "titel": f"Bewijsstuk {one.version}",
        "beschrijving": f"SHA-256 {one.sha256}, {one.size_bytes} bytes, {one.media_type}{proves}",
        "registratiedatum": midnight(one.on, told.moves[0].known_at),
        "vernietigingsdatum": None,
        "status": None,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
