"""What does it mean that a record shows something odd? A sentence for each irregularity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.estate.irregularities import IrregularityKind
from kvob_domain.words import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

EXPLAINED: Final[Mapping[IrregularityKind, Text]] = {
    IrregularityKind.FIRST_CERTIFICATE_UNKNOWN: Text(
        "Er is hercertificeerd, maar het eerste certificaat staat nergens.",
        "It was renewed, but the first certificate is not on record.",
    ),
    IrregularityKind.CERTIFICATES_BETWEEN_UNKNOWN: Text(
        "Tussen twee certificaten zit meer dan een termijn; er waren er misschien meer.",
        "Between two certificates lies more than a term; there may have been others.",
    ),
    IrregularityKind.EVIDENCE_NOT_ON_RECORD: Text(
        "Het certificaat is bekend, de stukken waarop het rust niet.",
        "The certificate is known, the evidence that it rests on is not.",
    ),
    IrregularityKind.AWARD_NOT_ON_RECORD: Text(
        "Er is geëvalueerd, maar een toekenning staat nergens.",
        "It was evaluated, but no award is on record.",
    ),
    IrregularityKind.AWARD_NOT_DECIDED_HERE: Text(
        "Een bron noemt de toekenning terwijl hier een traject liep.",
        "A source states the award while a trajectory was running here.",
    ),
    IrregularityKind.LATE_RENEWAL: Text(
        "Het nieuwe certificaat begon nadat het oude was verlopen.",
        "The new certificate began after the old one had expired.",
    ),
    IrregularityKind.SOURCES_DIFFER: Text(
        "Twee bronnen zeggen niet hetzelfde over hetzelfde feit.",
        "Two sources do not say the same about one fact.",
    ),
    IrregularityKind.TERM_UNKNOWN: Text(
        "Het begin is bekend, maar niemand zegt hoe lang het certificaat geldt.",
        "The start is known, but nobody says how long the certificate is valid.",
    ),
    IrregularityKind.DATE_UNKNOWN: Text(
        "De bron geeft geen datum, dus er zijn ook geen termijnen.",
        "The source gives no date, so there are no deadlines either.",
    ),
    IrregularityKind.EXPIRY_WITHOUT_CERTIFICATE: Text(
        "Een bron noemt een einddatum, maar geen certificaat dat dan eindigt.",
        "A source states an end, but no certificate that ends then.",
    ),
}
"""A test sees that none lacks one."""
