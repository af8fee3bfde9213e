"""Which words do the commands of the public register use? Their options."""

from typing import Final

from kvob_domain.words import Text

REGISTER_WORDS: Final[dict[str, Text]] = {
    "which": Text(
        "kenmerk van het certificaat, of het terrein",
        "id of the certificate, or the estate",
    ),
    "certificate init:file": Text("in dit nieuwe bestand", "in this new file"),
    "certificate init:installation": Text(
        "naam van het register in elke verklaring; standaard willekeurig",
        "name of the register in each statement; random when absent",
    ),
    "hours": Text(
        "de verklaring geldt zoveel uren; standaard 24",
        "the statement holds for so many hours; 24 when absent",
    ),
    "certificate verify:file": Text("bestand met de verklaring", "file with the statement"),
    "certificate verify:key": Text(
        "bestand met de openbare sleutels van het register (herhaalbaar)",
        "file with the public keys of the register (repeatable)",
    ),
    "picture": Text("svg (standaard) of png", "svg (when absent) or png"),
    "address": Text(
        "adres van het register; standaard KVOB_REGISTER_ADDRESS",
        "address of the register; KVOB_REGISTER_ADDRESS when absent",
    ),
    "certificate rotate:file": Text(
        "het bestand met de sleutel; standaard KVOB_REGISTER_KEY",
        "the file with the key; KVOB_REGISTER_KEY when absent",
    ),
    "export ibis:municipality": Text("alleen deze gemeente", "only this municipality"),
    "export zgw:estate": Text("alleen dit terrein", "only this estate"),
    "form": Text("csv (standaard) of json", "csv (when absent) or json"),
    "rsin": Text(
        "RSIN van wie de zaken behandelt; standaard KVOB_RSIN, anders leeg",
        "RSIN of who handles the cases; KVOB_RSIN when absent, else empty",
    ),
    "security_contact": Text(
        "wie van zwakke plekken hoort: mailto: of https: (voor security.txt)",
        "who hears of weaknesses: mailto: or https: (for security.txt)",
    ),
    "security_expires": Text("tot deze dag", "until this day"),
    "actors": Text(
        "met het kenmerk van wie handelde (nooit een naam)",
        "with the id of who acted (never a name)",
    ),
}
