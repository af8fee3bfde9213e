"""Which files do the pages load? Style, script, icon: our own alone, from our own address.

The stylesheet of the screens is one file for the browser, `kvob.css`, and here one for each
subject in `static/css`, the base first.

The address of each holds the beginning of its SHA-256, so that browsers keep it for a year and
take a new one at once. A municipality's own theme is a file of CSS that sets the variables of NL
Design System; it is served from here too, since the pages load nothing from elsewhere.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fastapi import Response

from kvob_workflow.web.errors import PageUnknown

if TYPE_CHECKING:
    from fastapi import Request

_FOLDER: Final = Path(__file__).parent / "static"
_STYLES: Final = _FOLDER / "css"
_BASE: Final = _STYLES / "base.css"
STYLE: Final = "kvob.css"
_MEDIA: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
THEME: Final = "theme.css"
_COMMENT: Final = re.compile(rb"/\*.*?\*/", re.DOTALL)
_SPACE: Final = re.compile(rb"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class _Asset:
    content: bytes
    packed: bytes
    media: str
    digest: str


class Assets:
    """The files of one set of pages, read once."""

    def __init__(self, theme: Path | None = None) -> None:
        """Read all of them; `theme` is the municipality's own stylesheet.

        Raises:
            OSError: one of them cannot be read.
        """
        files = {
            file.relative_to(_FOLDER).as_posix(): file
            for file in sorted(_FOLDER.rglob("*"))
            if file.suffix in _MEDIA and file.parent != _STYLES
        }
        if theme is not None:
            files[THEME] = theme
        self._assets = {name: _asset(name, file.read_bytes()) for name, file in files.items()}
        self._assets[STYLE] = _asset(STYLE, _joined())
        self.has_theme: Final = theme is not None

    def path_of(self, name: str) -> str:
        """The address of a file, below the place of the pages."""
        return f"/static/{self._assets[name].digest}/{name}"

    def answer(self, request: Request) -> Response:
        """The file that is asked for.

        Raises:
            PageUnknown: there is none, or it has changed since.
        """
        parts = request.path_params
        asset = self._assets.get(parts["name"])
        if asset is None or asset.digest != parts["digest"]:
            raise PageUnknown(request.url.path)
        is_packed = "gzip" in request.headers.get("accept-encoding", "")
        headers = {
            "Cache-Control": "public, max-age=31536000, immutable",
            "Vary": "Accept-Encoding",
            **({"Content-Encoding": "gzip"} if is_packed else {}),
        }
        content = asset.packed if is_packed else asset.content
        return Response(content, headers=headers, media_type=asset.media)


def _joined() -> bytes:
    """All subjects, without what is there for people who read the source."""
    subjects = sorted(file for file in _STYLES.glob("*.css") if file != _BASE)
    whole = b"\n".join(file.read_bytes() for file in (_BASE, *subjects))
    return _SPACE.sub(b"\n", _COMMENT.sub(b"", whole))


def _asset(name: str, content: bytes) -> _Asset:
    digest = hashlib.sha256(content).hexdigest()[:16]
    media = _MEDIA[Path(name).suffix]
    return _Asset(content, gzip.compress(content, mtime=0), media, digest)
