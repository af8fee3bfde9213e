"""What can go wrong on a page, beyond what the engine refuses?

KvobError
├── NotFound
│   └── PageUnknown     there is no such page
└── Invalid
    ├── UploadTooLarge  the file, or the form, is larger than is taken
    ├── FormUnreadable  the body is no form
    └── ThemeUnreadable the stylesheet of the municipality cannot be read
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from kvob_domain.errors import Invalid, NotFound
from kvob_workflow.http.errors import BodyTooLarge


@dataclass(eq=False)
class PageUnknown(NotFound):
    """No page has this address."""

    code: ClassVar[str] = "page-unknown"
    nl: ClassVar[str] = "Er is hier geen pagina {path}. Zoek het terrein in de lijst."
    en: ClassVar[str] = "There is no page {path} here. Look for the estate in the list."
    path: str


@dataclass(eq=False)
class UploadTooLarge(BodyTooLarge):
    """The file is larger than a page takes."""

    code: ClassVar[str] = "upload-too-large"
    nl: ClassVar[str] = (
        "Dit is groter dan {megabytes} MB, en daarom niet gelezen; er is niets gedaan. Splits het "
        "bestand, of laat de beheerder het inlezen."
    )
    en: ClassVar[str] = (
        "This has more than {megabytes} MB, and was not read; nothing was done. Split the file, or "
        "let who keeps the service take it in."
    )

    def fields(self) -> dict[str, object]:
        """As of every error, and the size as people say it."""
        return {**super().fields(), "megabytes": Decimal(self.most) / 1_000_000}


@dataclass(eq=False)
class FormUnreadable(Invalid):
    """What came is no form, or only a part of one."""

    code: ClassVar[str] = "form-unreadable"
    nl: ClassVar[str] = (
        "Het formulier kwam niet heel binnen. Er is niets gedaan; ga terug en verstuur het opnieuw."
    )
    en: ClassVar[str] = (
        "The form did not arrive whole. Nothing was done; go back and send it again."
    )


@dataclass(eq=False)
class ThemeUnreadable(Invalid):
    """The stylesheet that the pages are to load cannot be read."""

    code: ClassVar[str] = "theme-unreadable"
    nl: ClassVar[str] = (
        "Het stijlblad {file} is niet te lezen ({reason}). Noem met --theme een bestand met CSS."
    )
    en: ClassVar[str] = (
        "The stylesheet {file} cannot be read ({reason}). Name a file of CSS with --theme."
    )
    file: str
    reason: str
