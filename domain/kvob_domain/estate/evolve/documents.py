"""What does a document change? The list of documents, and no step."""

from kvob_domain.estate.events.documents import DocumentEvent
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Document, Estate


def apply_document(estate: Estate, event: DocumentEvent, recorded: Recorded) -> None:
    """Add the document to those on record."""
    document = Document(
        version=recorded.version,
        on=event.on,
        title=event.title,
        sha256=event.sha256,
        size_bytes=event.size_bytes,
        media_type=event.media_type,
        address=event.address,
        about=event.about,
        requirement=event.requirement,
    )
    estate.documents = (*estate.documents, document)
