"""Which words do the commands for evidence documents and dossiers use? Their options."""

from typing import Final

from kvob_domain.words import Text

DOCUMENT_WORDS: Final[dict[str, Text]] = {
    "document add:file": Text("het bestand", "the file"),
    "document add:title": Text(
        "titel; standaard de naam van het bestand", "title; the name of the file when absent"
    ),
    "document add:about": Text(
        "nummer van de gebeurtenis die het bewijst", "number of the event that it proves"
    ),
    "document add:requirement": Text(
        "eis waarvan het de vervulling toont", "requirement that it shows to be met"
    ),
    "document add:keep": Text(
        "bewaar een kopie in de map KVOB_DOCUMENTS, onder haar hash",
        "keep a copy in the folder KVOB_DOCUMENTS, under its hash",
    ),
    "document add:address": Text(
        "waar het te vinden is; standaard het volledige pad, zonder --keep",
        "where it can be found; the full path when absent, without --keep",
    ),
    "document add:on": Text("dag van vastleggen; standaard vandaag", "day of it; today if absent"),
    "dossier:out": Text("bestand om te schrijven (verplicht)", "file to write (required)"),
    "dossier:on": Text(
        "stand op deze dag; standaard de dag van de laatste gebeurtenis",
        "standing on this day; the day of the last event when absent",
    ),
    "dossier:pdf": Text(
        "ook als PDF/A (vraagt het extra 'pdf')", "as PDF/A as well (takes the extra 'pdf')"
    ),
    "with_documents": Text(
        "met de bewaarde bewijsstukken zelf", "with the kept documents themselves"
    ),
    "with_names": Text(
        "met namen uit het personenbestand in plaats van kenmerken",
        "with names from the person directory instead of ids",
    ),
}

DOCUMENT_FIELDS: Final[dict[str, Text]] = {
    "title": Text("titel", "title"),
    "sha256": Text("SHA-256 van het bestand, 64 cijfers", "SHA-256 of the file, 64 digits"),
    "size_bytes": Text("grootte in bytes", "size in bytes"),
    "media_type": Text("mediatype, zoals application/pdf", "media type, such as application/pdf"),
    "address": Text("waar het te vinden is", "where it can be found"),
    "about": Text("nummer van de gebeurtenis die het bewijst", "number of the event it proves"),
    "register_document:requirement": Text(
        "eis waarvan het de vervulling toont", "requirement that it shows to be met"
    ),
}
