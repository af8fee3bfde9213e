"""What is odd in a history from elsewhere? Noted, never refused.

The word finding belongs to the auditor; what the record itself shows is an irregularity.
"""

from enum import StrEnum
from typing import NamedTuple

from kvob_domain.words import Text


class IrregularityKind(StrEnum):
    """The kinds of irregularity."""

    FIRST_CERTIFICATE_UNKNOWN = "first_certificate_unknown"
    CERTIFICATES_BETWEEN_UNKNOWN = "certificates_between_unknown"
    EVIDENCE_NOT_ON_RECORD = "evidence_not_on_record"
    AWARD_NOT_ON_RECORD = "award_not_on_record"
    AWARD_NOT_DECIDED_HERE = "award_not_decided_here"
    LATE_RENEWAL = "late_renewal"
    SOURCES_DIFFER = "sources_differ"
    TERM_UNKNOWN = "term_unknown"
    DATE_UNKNOWN = "date_unknown"
    EXPIRY_WITHOUT_CERTIFICATE = "expiry_without_certificate"

    @property
    def words(self) -> Text:
        """What the screens call it."""
        return IRREGULARITY_WORDS[self]


IRREGULARITY_WORDS: dict[IrregularityKind, Text] = {
    IrregularityKind.FIRST_CERTIFICATE_UNKNOWN: Text(
        "Eerste certificaat onbekend", "First certificate unknown"
    ),
    IrregularityKind.CERTIFICATES_BETWEEN_UNKNOWN: Text(
        "Tussenliggende certificaten onbekend", "Certificates in between unknown"
    ),
    IrregularityKind.EVIDENCE_NOT_ON_RECORD: Text(
        "Bewijsstukken niet vastgelegd", "Evidence not on record"
    ),
    IrregularityKind.AWARD_NOT_ON_RECORD: Text("Toekenning niet vastgelegd", "Award not on record"),
    IrregularityKind.AWARD_NOT_DECIDED_HERE: Text(
        "Toekenning volgens een bron, niet hier besloten", "Award by a source, not decided here"
    ),
    IrregularityKind.LATE_RENEWAL: Text("Te laat hercertificeerd", "Renewed late"),
    IrregularityKind.SOURCES_DIFFER: Text(
        "Bronnen spreken elkaar tegen", "Sources contradict each other"
    ),
    IrregularityKind.TERM_UNKNOWN: Text("Geldigheidsduur onbekend", "Term unknown"),
    IrregularityKind.DATE_UNKNOWN: Text("Datum onbekend", "Date unknown"),
    IrregularityKind.EXPIRY_WITHOUT_CERTIFICATE: Text(
        "Einddatum zonder bekend certificaat", "Expiry without a known certificate"
    ),
}


class Irregularity(NamedTuple):
    """One irregularity, with the version of the event that shows it."""

    kind: IrregularityKind
    version: int
