"""What may be asked about evidence documents? Register one, by its hash."""

from typing import ClassVar, Literal

from pydantic import Field

from kvob_domain.estate.commands.base import EstateCommand
from kvob_domain.estate.document_fields import (
    AddressField,
    LineField,
    MediaTypeField,
    Sha256Field,
    SizeField,
)
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.estate.values import LAST_VERSION
from kvob_domain.words import Text


class RegisterDocument(EstateCommand):
    """Put a document on record: its SHA-256, and where it can be found.

    `address` is a URL or path, None where the document is kept with the store under its hash.
    `about` is the version of the event that it proves, `requirement` what it shows to be met.
    """

    TITLE: ClassVar[Text] = Text("Bewijsstuk vastleggen", "Register a document")
    command: Literal["register_document"] = "register_document"
    title: LineField
    sha256: Sha256Field
    size_bytes: SizeField
    media_type: MediaTypeField = "application/octet-stream"
    address: AddressField | None = None
    about: int | None = Field(default=None, ge=1, le=LAST_VERSION)
    requirement: RequirementCode | None = None


DocumentCommand = RegisterDocument
