"""What is written down about a document? All that the command says of it."""

from kvob_domain.estate.commands.documents import DocumentCommand
from kvob_domain.estate.events.documents import DocumentRegistered


def document_event(command: DocumentCommand) -> DocumentRegistered:
    """The event of a document command."""
    return DocumentRegistered(
        on=command.on,
        title=command.title,
        sha256=command.sha256,
        size_bytes=command.size_bytes,
        media_type=command.media_type,
        address=command.address,
        about=command.about,
        requirement=command.requirement,
    )
