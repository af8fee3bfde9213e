"""What stands on a printed certificate? A QR code that leads to its page in the register.

It holds the address alone, nothing of the certificate, so that what it leads to is never out of
date. SVG and PNG are drawn here: no foreign asset, no request. The SVG says in words what it is.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import quote, urlsplit

from kvob_domain.errors import Unavailable
from kvob_domain.words import Language, Text
from kvob_workflow.statements.errors import RegisterAddressInvalid

if TYPE_CHECKING:
    import segno


class Picture(StrEnum):
    """In which form the code is drawn."""

    SVG = "svg"
    PNG = "png"


_PIXELS: Final = 8
_LONGEST: Final = 300
_TITLE: Final = Text("QR-code: certificaat {id}", "QR code: certificate {id}")
_DESCRIPTION: Final = Text(
    "Leidt naar {address}, waar het register zegt of dit certificaat geldig is.",
    "Leads to {address}, where the register says whether this certificate is valid.",
)


@dataclass(eq=False)
class QrCodesNotInstalled(Unavailable):
    """QR codes come with an extra."""

    code: ClassVar[str] = "qr-codes-not-installed"
    nl: ClassVar[str] = "QR-codes zijn een extra. Installeer 'kvob_workflow[web]'."
    en: ClassVar[str] = "QR codes are an extra. Install 'kvob_workflow[web]'."


def page_of(address: str, certificate: str) -> str:
    """The address of a certificate's page: `<address>/v1/certificates/<id>/status`.

    Raises:
        RegisterAddressInvalid: the register's address is no web address without a query.
    """
    try:
        parts = urlsplit(address)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise RegisterAddressInvalid(address) from None
    plain = address.isascii() and address.isprintable() and " " not in address
    extra = parts.query or parts.fragment or "?" in address or "@" in parts.netloc
    if not sound or not plain or extra or len(address) > _LONGEST:
        raise RegisterAddressInvalid(address)
    return f"{address.rstrip('/')}/v1/certificates/{quote(certificate, safe='')}/status"


def qr_code(address: str, certificate: str, picture: Picture, language: Language = "nl") -> bytes:
    """The picture; the same address gives the same bytes.

    Raises:
        RegisterAddressInvalid: the register's address is no web address without a query.
        QrCodesNotInstalled: the extra is missing.
    """
    page = page_of(address, certificate)
    code, file = _made(page), io.BytesIO()
    if picture is Picture.PNG:
        code.save(file, kind="png", scale=_PIXELS)
    else:
        code.save(
            file,
            kind="svg",
            scale=_PIXELS,
            xmldecl=False,
            svgclass=None,
            lineclass=None,
            light="#fff",
            title=_TITLE.of(language).format(id=certificate),
            desc=_DESCRIPTION.of(language).format(address=page),
        )
    return file.getvalue()


def text_alternative(address: str, certificate: str, language: Language = "nl") -> str:
    """What the picture says, for whoever cannot see it."""
    return _DESCRIPTION.of(language).format(address=page_of(address, certificate))


def _made(page: str) -> segno.QRCode:
    try:
        import segno
    except ImportError:
        raise QrCodesNotInstalled from None
    return segno.make_qr(page, error="m")
