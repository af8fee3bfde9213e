"""Which documents can be put on record?"""

from kvob_domain.errors import Rejected
from kvob_domain.estate.commands.documents import RegisterDocument
from kvob_domain.estate.ground import Ground
from kvob_domain.estate.rules.base import rule
from kvob_domain.estate.state import Estate
from kvob_domain.refusals.documents import DocumentOnRecord, EventUnknown


@rule(RegisterDocument)
def a_document_is_about_an_event(
    command: RegisterDocument, estate: Estate, _: Ground
) -> Rejected | None:
    """What a document proves is an event that is on record. Source: the record itself."""
    if command.about is None or command.about <= estate.version:
        return None
    return EventUnknown(command.about, estate.version)


@rule(RegisterDocument)
def a_document_is_registered_once_for_a_subject(
    command: RegisterDocument, estate: Estate, _: Ground
) -> Rejected | None:
    """The same bytes are put on record once for the same event and requirement.

    For another event or requirement they may be put on record again. Source: the record itself.
    """
    for document in estate.documents:
        same_subject = (document.about, document.requirement) == (
            command.about,
            command.requirement,
        )
        if document.sha256 == command.sha256 and same_subject:
            return DocumentOnRecord(document.title, document.version, document.sha256)
    return None
