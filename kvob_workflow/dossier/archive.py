"""How do the files become one, the same bytes every time? A zip without clocks or compression.

Names are sorted, times are those of 1980, nothing is compressed: the bytes of a compressed file
would depend on the library that wrote it. Every file is hashed while it is written.
"""

from __future__ import annotations

import hashlib
import zipfile
from typing import IO, TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

MANIFEST: Final = "MANIFEST"
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
_REGULAR: Final = 0o100444 << 16
_UNIX: Final = 3
_LARGE: Final = 2**31 - 1


class Archive:
    """A dossier that is being written; use it as a context manager."""

    def __init__(self, target: IO[bytes]) -> None:
        """Begin a zip in a file that can be sought in."""
        self._hashes: dict[str, str] = {}
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, allowZip64=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    def add(self, name: str, pieces: Iterable[bytes], *, size: int = 0) -> str:
        """Write a file from pieces, and answer its SHA-256; `size` where it may be over 2 GB."""
        digest = hashlib.sha256()
        with self._zip.open(_info(name), "w", force_zip64=size > _LARGE) as file:
            for piece in pieces:
                digest.update(piece)
                file.write(piece)
        self._hashes[name] = digest.hexdigest()
        return self._hashes[name]

    def add_manifest(self) -> str:
        """Write the list of hashes behind the files, and answer its own SHA-256."""
        lines = (f"{digest}  {name}\n" for name, digest in sorted(self._hashes.items()))
        return self.add(MANIFEST, ["".join(lines).encode()])


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _NO_TIME)
    info.create_system = _UNIX
    info.external_attr = _REGULAR
    return info
