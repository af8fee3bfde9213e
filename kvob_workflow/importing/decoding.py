"""Are the bytes text, and if not, which byte on which line is wrong?

UTF-8, with or without mark, and UTF-16 with a mark, as Excel saves "CSV UTF-8" and "Unicode
text". Windows-1252 is never guessed: it reads any bytes, so a wrong guess spoils names unseen.
"""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING, NamedTuple

from kvob_workflow.importing.errors import (
    ImportFileNotText,
    ImportFileNotUtf8,
    ImportFileUnreadable,
)

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from kvob_workflow.importing.opening import Bytes

_BLOCK = 1 << 18
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # xlsx and ods are zip files; xls is OLE
_LONGEST_START = 4


class Encoding(NamedTuple):
    """The name of a codec, and how many bytes of mark come before the text."""

    name: str
    mark: int


def encoding_of(start: bytes) -> Encoding:
    """The encoding that the first bytes announce.

    Raises:
        ImportFileNotText: they are those of a workbook.
    """
    if start.startswith(_WORKBOOKS):
        raise ImportFileNotText
    for mark, name in _MARKS:
        if start.startswith(mark):
            return Encoding(name, len(mark))
    return Encoding("utf-8", 0)


class CheckedBytes(io.RawIOBase):
    """Hands out a file's bytes after its mark; stops at the first one that is not text.

    `position` is the number of bytes read from the file.
    """

    def __init__(self, source: Bytes, path: str) -> None:
        """Reads the first bytes of `source`, which keeps belonging to the caller.

        Raises:
            ImportFileNotText: they are those of a workbook.
            ImportFileUnreadable: reading failed.
        """
        super().__init__()
        self._source = source
        self._path = path
        start = self._read(_LONGEST_START)
        self.encoding, mark = encoding_of(start)
        self.position = mark
        self._start = start[mark:]
        self._decoder = codecs.getincrementaldecoder(self.encoding)("strict")
        self._line = 1
        self._after_return = False

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Reads some bytes; 0 at the end.

        Raises:
            ImportFileNotUtf8: a byte does not fit the encoding, or the last character is cut off.
            ImportFileUnreadable: reading failed.
        """
        target = memoryview(buffer).cast("B")
        block = self._start[: len(target)]
        if block:
            self._start = self._start[len(block) :]
        else:
            block = self._read(min(len(target), _BLOCK))
        self._check(block)
        target[: len(block)] = block
        return len(block)

    def check_all(self) -> None:
        """Reads to the end, keeping nothing.

        Raises:
            ImportFileNotUtf8, ImportFileUnreadable: as `readinto`.
        """
        buffer = bytearray(_BLOCK)
        while self.readinto(buffer):
            pass

    def _read(self, size: int) -> bytes:
        try:
            return self._source.read(size)
        except (OSError, ValueError) as error:  # ValueError: the stream is closed
            raise ImportFileUnreadable(self._path, _reason(error)) from None

    def _check(self, block: bytes) -> None:
        held = len(self._decoder.getstate()[0])
        try:
            text = self._decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            self._count(error.object[: error.start].decode(self.encoding, "ignore"))
            raise ImportFileNotUtf8(
                self.position - held + error.start,
                self._line,
                f"0x{error.object[error.start]:02X}",
                self.encoding.upper(),
            ) from None
        self._count(text)
        self.position += len(block)

    def _count(self, text: str) -> None:
        """Counts line ends; a return and a line feed are one, also across two blocks."""
        if not text:
            return
        pairs = text.count("\r\n") + (self._after_return and text[0] == "\n")
        self._line += text.count("\n") + text.count("\r") - pairs
        self._after_return = text[-1] == "\r"


def text_of(checked: CheckedBytes) -> io.TextIOWrapper:
    """The text of checked bytes, with every kind of line end as one line feed."""
    return io.TextIOWrapper(io.BufferedReader(checked, _BLOCK), encoding=checked.encoding)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error)
