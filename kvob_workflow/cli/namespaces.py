"""Which first words have commands behind them, and in which section of the help do they stand?"""

from typing import Final

from kvob_domain.words import Text

NAMESPACES: Final[dict[str, tuple[Text, int]]] = {
    "export": (
        Text(
            "Naar andere systemen: xes, ocel (process mining), ibis, zgw",
            "To other systems: xes, ocel (process mining), ibis, zgw",
        ),
        8,
    ),
    "certificate": (
        Text(
            "Is dit certificaat geldig? status, statement, verify, qr, init, keys, rotate",
            "Is this certificate valid? status, statement, verify, qr, init, keys, rotate",
        ),
        1,
    ),
    "access": (Text("Wie waarnaar keek: list", "Who looked at what: list"), 8),
    "scheme": (
        Text(
            "De schemaversies: list, show, migrate", "Editions of the scheme: list, show, migrate"
        ),
        8,
    ),
    "document": (
        Text("Bewijsstukken: add, list, check", "Documents as evidence: add, list, check"),
        8,
    ),
    "log": (
        Text(
            "Het bewijslogboek: init, show, sequence, checkpoint, add-cosignature, restart",
            "The proof log: init, show, sequence, checkpoint, add-cosignature, restart",
        ),
        8,
    ),
    "events": (
        Text(
            "De gebeurtenissen: list, schema, check, asyncapi",
            "The events that are kept: list, schema, check, asyncapi",
        ),
        8,
    ),
    "periods": (
        Text("Vragen over het verleden: build", "Questions about the past: build"),
        8,
    ),
    "projection": (
        Text(
            "De overzichten: opnieuw opbouwen, stand, opnieuw proberen, overslaan",
            "The projections: rebuild, status, retry, skip",
        ),
        8,
    ),
    "config": (Text("De instellingen: show", "The settings: show"), 8),
    "person": (
        Text("Personen: namen bewaren, tonen en wissen", "Persons: keep, show and erase names"),
        8,
    ),
    "webhook": (
        Text("Adressen die horen wat er gebeurt: add, list", "Addresses that are told: add, list"),
        8,
    ),
    "key": (
        Text(
            "Sleutels voor machines: add, list, rotate, revoke",
            "Keys for machines: add, list, rotate, revoke",
        ),
        8,
    ),
    "session": (
        Text("De sessies van de pagina's: init", "The sessions of the pages: init"),
        8,
    ),
    "api": (Text("De API over HTTP: openapi", "The API over HTTP: openapi"), 8),
    "store": (
        Text(
            "De opslag: kopiëren, reservekopie, opschonen, sleutels",
            "The store: copy, backup, clean up, keys",
        ),
        8,
    ),
}
