"""What has happened to evidence documents? They were put on record, by their hash."""

from typing import ClassVar

from pydantic import Field

from kvob_domain.estate.document_fields import (
    AddressField,
    LineField,
    MediaTypeField,
    Sha256Field,
    SizeField,
)
from kvob_domain.estate.events.base import DatedEvent
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.estate.values import LAST_VERSION


class DocumentRegistered(DatedEvent):
    """A document is on record: these bytes and no others."""

    TOPIC: ClassVar[str] = "kvob.estate:document-registered.v1"
    title: LineField
    sha256: Sha256Field
    size_bytes: SizeField
    media_type: MediaTypeField
    address: AddressField | None = None
    about: int | None = Field(default=None, ge=1, le=LAST_VERSION)
    requirement: RequirementCode | None = None


DocumentEvent = DocumentRegistered
