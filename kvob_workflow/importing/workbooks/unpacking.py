"""Which parts of a workbook are read? Those that say what stands in its cells, within bounds.

A zip directory may lie about sizes. Python stops at the size that it states and compares the
checksum, so that what comes out of here is never more than was counted; it goes to the reader of
workbooks packed anew, without compression.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from kvob_workflow.importing.workbooks.errors import (
    ImportWorkbookLocked,
    ImportWorkbookOld,
    ImportWorkbookTooLarge,
    ImportWorkbookUnreadable,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST_FILE: Final = 50_000_000
"""Bytes of a workbook as it comes; 100,000 rows take some ten million."""
LARGEST_UNPACKED: Final = 128 << 20
"""Bytes of the parts that are read, together."""
_MOST_PARTS: Final = 10_000

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")
_LOCKED_BIT: Final = 0x1
_ODS_TYPES: Final = (
    b"application/vnd.oasis.opendocument.spreadsheet",
    b"application/vnd.oasis.opendocument.spreadsheet-template",
)
_XLSX_PARTS: Final = (
    *("[content_types].xml", "_rels/", "xl/workbook.xml", "xl/_rels/", "xl/sharedstrings"),
    *("xl/styles", "xl/worksheets/"),
)
_SHEETS: Final = "xl/worksheets/"
_ODS_PARTS: Final = ("mimetype", "content.xml", "meta-inf/manifest.xml")


class Kind(StrEnum):
    """What kinds of workbook are read."""

    XLSX = "xlsx"
    ODS = "ods"


class Parts(NamedTuple):
    """The unpacked parts of a workbook, by name."""

    kind: Kind
    parts: Mapping[str, bytes]

    def packed(self, but_sheets: str | None = None) -> bytes:
        """The same workbook with these parts alone, uncompressed.

        Of an XLSX workbook's sheets only `but_sheets`, the one that was measured.
        """
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as target:
            for name, content in self.parts.items():
                is_other = name.lower().startswith(_SHEETS) and name != but_sheets
                if but_sheets is None or not is_other:
                    target.writestr(zipfile.ZipInfo(name), content)
        return packed.getvalue()


def is_workbook(start: bytes) -> bool:
    """Whether the first four bytes are those of a workbook: a zip file, or an older container."""
    return start.startswith((_ZIP, _OLE))


def unpack(content: bytes) -> Parts:
    """The parts of a workbook that are read.

    Raises:
        ImportWorkbookUnreadable, ImportWorkbookOld, ImportWorkbookLocked, ImportWorkbookTooLarge.
    """
    if len(content) > LARGEST_FILE:
        raise ImportWorkbookTooLarge(LARGEST_FILE, "bytes")
    if content.startswith(_OLE):
        # An encrypted workbook is such a container too, whatever its name ends in.
        raise ImportWorkbookLocked if _ENCRYPTED_STREAM in content else ImportWorkbookOld
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as source:
            return _unpacked(source)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, IndexError) as error:
        raise ImportWorkbookUnreadable(_reason(error)) from None
    except (NotImplementedError, RuntimeError) as error:  # a way of packing that no office uses
        raise ImportWorkbookUnreadable(_reason(error)) from None


def _unpacked(source: zipfile.ZipFile) -> Parts:
    members = source.infolist()
    if len(members) > _MOST_PARTS:
        raise ImportWorkbookTooLarge(_MOST_PARTS, "zip")
    kind = _kind(source, members)
    wanted = _XLSX_PARTS if kind is Kind.XLSX else _ODS_PARTS
    parts: dict[str, bytes] = {}
    left = LARGEST_UNPACKED
    for member in members:
        if not member.filename.lower().startswith(wanted):
            continue
        if member.flag_bits & _LOCKED_BIT:
            raise ImportWorkbookLocked
        content = _read(source, member, left)
        left -= len(content)
        # Two parts of one name: nobody knows which of them another reader takes.
        if any(member.filename.lower() == name.lower() for name in parts):
            raise ImportWorkbookUnreadable(member.filename[:40])
        parts[member.filename] = content
    if kind is Kind.ODS and b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise ImportWorkbookLocked
    return Parts(kind, parts)


def _kind(source: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Kind:
    named = {member.filename.lower(): member for member in members}
    if "xl/workbook.xml" in named:
        return Kind.XLSX
    if "xl/workbook.bin" in named:
        raise ImportWorkbookOld
    mimetype = named.get("mimetype")
    if mimetype is not None and "content.xml" in named:
        said = _read(source, mimetype, 200).strip()
        if said in _ODS_TYPES:
            return Kind.ODS
    raise ImportWorkbookUnreadable("zip, not xlsx, not ods")


def _read(source: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    if member.file_size > most:
        raise ImportWorkbookTooLarge(LARGEST_UNPACKED, "bytes")
    with source.open(member) as part:
        return part.read()


def _reason(error: Exception) -> str:
    return str(error)[:80] or type(error).__name__
