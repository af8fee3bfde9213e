"""What do the options of sheets, copies, backups and schemas mean? Their words on the help page."""

from typing import Final

from kvob_domain.words import Text

MOVING_WORDS: Final[dict[str, Text]] = {
    "sheet": Text(
        "blad van de werkmap; standaard het eerste", "sheet of the workbook; the first when absent"
    ),
    "store copy:source": Text(
        "adres van de opslag die er is: sqlite:///bestand.db of postgresql://...",
        "address of the store that is there: sqlite:///file.db or postgresql://...",
    ),
    "store copy:target": Text(
        "adres van een lege opslag, die zo nodig wordt gemaakt",
        "address of an empty store, which is made when missing",
    ),
    "store copy:verify_only": Text("vergelijk, kopieer niets", "compare, copy nothing"),
    "store schema:print": Text(
        "de SQL die een lege opslag op PostgreSQL maakt",
        "the SQL that makes an empty store on PostgreSQL",
    ),
    "store schema:roles": Text(
        "de SQL van de rollen: schrijver, lezer, controleur",
        "the SQL of the roles: writer, reader, verifier",
    ),
    "store backup:file": Text("naam van de reservekopie", "name of the backup"),
}
