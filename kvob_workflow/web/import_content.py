"""Which file is being brought in? As it was chosen, or as the page holds it after the rehearsal.

Nothing is kept here between the pages: the second form carries the file itself, with the SHA-256
of what was rehearsed, so that exactly that comes in and nothing else.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, ClassVar, Final

from starlette.datastructures import UploadFile

from kvob_domain.errors import Invalid
from kvob_workflow.importing import rows_of_upload
from kvob_workflow.web.errors import FormUnreadable, UploadTooLarge

if TYPE_CHECKING:
    from kvob_workflow.importing import Upload
    from kvob_workflow.web.asking import Ask

_LONGEST_NAME = 200
MOST_ROWS: Final = 50_000
"""Rows of a file; somebody waits for the page, and so many take some seconds."""


@dataclass(eq=False)
class NoFileChosen(Invalid):
    """The form came without a file."""

    code: ClassVar[str] = "no-file-chosen"
    nl: ClassVar[str] = "Kies eerst een bestand."
    en: ClassVar[str] = "Choose a file first."


@dataclass(eq=False)
class UploadRowsTooMany(Invalid):
    """The file has more rows than a page takes."""

    code: ClassVar[str] = "upload-rows-too-many"
    nl: ClassVar[str] = (
        "Dit bestand heeft meer dan {most} rijen; er is niets gedaan. Splits het, of laat de "
        "beheerder het inlezen met 'kvob import'."
    )
    en: ClassVar[str] = (
        "This file has more than {most} rows; nothing was done. Split it, or let who keeps the "
        "service take it in with 'kvob import'."
    )
    most: int


@dataclass(frozen=True, slots=True)
class Content:
    """A file as it is carried from page to page."""

    name: str
    raw: bytes
    sheet: str | None

    @property
    def text(self) -> str:
        """The bytes for a field of a form."""
        return base64.urlsafe_b64encode(self.raw).decode()

    @property
    def digest(self) -> str:
        """Its SHA-256."""
        return hashlib.sha256(self.raw).hexdigest()

    def upload(self) -> Upload:
        """Its rows.

        Raises:
            UploadRowsTooMany: it has more than the pages take.
            Invalid, WorkbooksNotInstalled: it cannot be read as a whole.
        """
        found = rows_of_upload(self.name, self.raw, self.sheet)
        if next(islice(found.rows(), MOST_ROWS, None), None) is not None:
            raise UploadRowsTooMany(MOST_ROWS)
        return found


def chosen(ask: Ask) -> Content:
    """The file that was chosen on the page.

    Raises:
        NoFileChosen: there is none.
        UploadTooLarge: it is larger than the pages take.
    """
    given = ask.form.get("file")
    if not isinstance(given, UploadFile) or not given.filename:
        raise NoFileChosen
    most = ask.pages.upload_bytes
    raw = given.file.read(most + 1)
    if len(raw) > most:
        raise UploadTooLarge(most)
    return Content(given.filename[:_LONGEST_NAME], raw, _text(ask, "sheet") or None)


def rehearsed(ask: Ask) -> Content:
    """The file that the page of the rehearsal holds.

    Raises:
        FormUnreadable: it is not the one that was rehearsed.
    """
    try:
        raw = base64.b64decode(_text(ask, "content"), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise FormUnreadable from None
    found = Content(_text(ask, "name")[:_LONGEST_NAME], raw, _text(ask, "sheet") or None)
    if found.digest != _text(ask, "digest"):
        raise FormUnreadable
    return found


def _text(ask: Ask, name: str) -> str:
    given = ask.form.get(name, "")
    return given if isinstance(given, str) else ""
