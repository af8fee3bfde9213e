"""Which words do the commands for auditors and for privacy use? Their options."""

from typing import Final

from kvob_domain.words import Text

AUDIT_WORDS: Final[dict[str, Text]] = {
    "known_at": Text(
        "zoals toen bekend: een dag (tot het einde ervan) of een tijdstip met tijdzone",
        "as it was known then: a day (up to its end) or an instant with its offset",
    ),
    "history:on": Text("tot en met deze dag", "up to and with this day"),
    "first": Text("het ene moment: DAG, of DAG@BEKEND", "the one moment: DAY, or DAY@KNOWN"),
    "second": Text("het andere moment; of now", "the other moment; or now"),
    "diff:estate": Text(
        "het terrein; zonder: alle terreinen die verschoven",
        "the estate; without it all estates that moved",
    ),
    "version": Text(
        "nummer van de gebeurtenis, zoals 'kvob history' die noemt",
        "number of the event, as 'kvob history' tells",
    ),
    "says": Text("velden die anders hadden moeten zijn", "fields that should have been different"),
    "never_happened": Text("de gebeurtenis is er nooit geweest", "the event never happened"),
    "correct:set": Text(
        "een veld dat anders had moeten zijn, als veld=waarde",
        "a field that should have been different, as field=value",
    ),
    "correct:yes": Text("niet vragen, meteen schrijven", "do not ask, write at once"),
    "correct:question": Text("Deze correctie vastleggen? [j/N]", "Record this correction? [y/N]"),
    # Why, exports, who looked
    "explain:field": Text(
        "veld, zoals status, board.step, due.reminder:2 of measures.m1.progress",
        "field, such as status, board.step, due.reminder:2 or measures.m1.progress",
    ),
    "out": Text(
        "naar dit bestand; --out=- voor de uitvoer", "to this file; --out=- for the output"
    ),
    "export xes:estate": Text("alleen dit terrein", "only this estate"),
    "export ocel:estate": Text("alleen dit terrein", "only this estate"),
    "access list:estate": Text("wie naar dit terrein keek", "who looked at this estate"),
    "access list:who": Text(
        "waar deze persoon (kenmerk) naar keek", "what this person (id) looked at"
    ),
    "access list:since": Text("vanaf deze dag", "from this day on"),
    "access list:until": Text("tot en met deze dag", "up to and with this day"),
    # Proofs
    "heads": Text(
        "bestand met het laatste hoofd van een getuige; standaard dat naast KVOB_LOG_KEY",
        "file with the last head of a witness; the one beside KVOB_LOG_KEY when absent",
    ),
    "key": Text(
        "openbare sleutel van het logboek of van een getuige, of een bestand ermee",
        "public key of the log or of a witness, or a file with it",
    ),
    "verify:documents": Text(
        "lees ook elk bewijsstuk opnieuw; 8 als er een ontbreekt of gewijzigd is",
        "read every evidence document again too; 8 when one is missing or changed",
    ),
    "verify:estate": Text(
        "alleen dit terrein: sneller, maar wat aan het eind ontbreekt, blijft verborgen",
        "only this estate: faster, but what is missing at its end stays hidden",
    ),
    "witness:file": Text("bundel van 'kvob log checkpoint'", "bundle of 'kvob log checkpoint'"),
    "memory": Text(
        "bestand van deze getuige; hier bewaart hij het laatste hoofd",
        "file of this witness, in which it keeps the last head",
    ),
    "witness:name": Text(
        "naam van een nieuwe getuige, zoals een domeinnaam",
        "name of a new witness, such as a domain name",
    ),
    "log init:file": Text(
        "sleutelbestand, buiten de opslag; standaard KVOB_LOG_KEY",
        "key file, outside the store; KVOB_LOG_KEY when absent",
    ),
    "installation": Text(
        "naam van deze installatie, zonder spaties; anders acht willekeurige tekens",
        "name of this installation, without spaces; eight random characters when absent",
    ),
    "since": Text(
        "hoeveel regels de getuige al zag; standaard 0",
        "how many entries the witness has seen; 0 when absent",
    ),
    "log add-cosignature:file": Text("hoofd dat een getuige tekende", "head that a witness signed"),
    # Persons
    "who": Text("kenmerk van een persoon", "id of a person"),
    "request": Text("kenmerk van een verzoek tot wissen", "id of a request to erase"),
    "part": Text("e-mailadres, of een deel van de naam", "e-mail address, or a part of the name"),
    "person add:name": Text("naam", "name"),
    "person change:name": Text("naam", "name"),
    "person add:stdin": Text(
        "lees een JSON-object van de invoer; zo komt de naam niet in de lijst van de shell",
        "read a JSON object from input; so the name stays out of the shell's history",
    ),
    "email": Text("e-mailadres; leeg haalt het weg", "e-mail address; empty takes it away"),
    "phone": Text("telefoonnummer; leeg haalt het weg", "telephone number; empty takes it away"),
    "works_for": Text("organisatie van de persoon", "organisation of the person"),
    "person add:function": Text("functie", "function"),
    "person change:function": Text("functie", "function"),
    "known_as": Text(
        "kenmerk dat gebeurtenissen al gebruiken; anders komt er een willekeurig",
        "id that events use already; a random one when absent",
    ),
    "basis": Text(
        "grond van AVG art. 17: no-longer-needed, consent-withdrawn, objection, unlawful, "
        "legal-duty",
        "ground of GDPR art. 17: no-longer-needed, consent-withdrawn, objection, unlawful, "
        "legal-duty",
    ),
    "why": Text(
        "uitzondering van AVG art. 17(3): expression, legal-obligation, public-health, archiving, "
        "legal-claims; of no-ground",
        "exception of GDPR art. 17(3): expression, legal-obligation, public-health, archiving, "
        "legal-claims; or no-ground",
    ),
    "backup_days": Text(
        "hoeveel dagen reservekopieën van sleutels blijven; standaard 30",
        "for how many days backups of keys are kept; 30 when absent",
    ),
    "person export:out": Text(
        "schrijf naar dit bestand, alleen leesbaar voor de eigenaar",
        "write to this file, readable by its owner alone",
    ),
    "person export:yes": Text("vervang het bestand", "replace the file"),
}
