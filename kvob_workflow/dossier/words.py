"""Which headings does a dossier have? For page and PDF alike."""

from typing import Final

from kvob_domain.words import Text

HEADINGS: Final[dict[str, Text]] = {
    "dossier": Text("Dossier", "Dossier"),
    "mark": Text("Keurmerk Veilig Ondernemen", "Safe business mark (KVO-B)"),
    "standing": Text("Stand", "Standing"),
    "estate": Text("Terrein", "Estate"),
    "certificates": Text("Certificaten", "Certificates"),
    "number": Text("Nr.", "No."),
    "level": Text("Niveau", "Level"),
    "first": Text("Geldig van", "Valid from"),
    "last": Text("Geldig t/m", "Valid to"),
    "status": Text("Status", "Status"),
    "timeline": Text("Wat er gebeurde", "What happened"),
    "day": Text("Dag", "Day"),
    "what": Text("Wat", "What"),
    "who": Text("Vastgelegd door", "Recorded by"),
    "recorded": Text("vastgelegd op", "recorded on"),
    "irregularities": Text("Wat opvalt", "What stands out"),
    "documents": Text("Bewijsstukken", "Documents"),
    "document": Text("Bewijsstuk", "Document"),
    "proves": Text("Bewijst", "Proves"),
    "check": Text("Zelf nagaan", "Check it yourself"),
    "none": Text("Geen.", "None."),
}
