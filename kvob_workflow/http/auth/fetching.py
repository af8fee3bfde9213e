"""How is the issuer asked for its keys? Over TLS, within a time and a size, and where it was sent.

No redirect is followed: whoever can redirect could bring keys of his own.
"""

from __future__ import annotations

import http.client
import json
import ssl
import time
import urllib.request
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from kvob_workflow.http.auth.access import is_safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvob_workflow.http.auth.access import Issuer

LARGEST: Final = 300_000
_PIECE: Final = 16_384
_DISCOVERY: Final = "/.well-known/openid-configuration"


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow none: the answer is then an error of its own status."""


def fetcher(issuer: Issuer) -> Callable[[], bytes]:
    """What brings the JWKS of an issuer; it raises OSError when it cannot."""
    if issuer.keys is None:
        return partial(_discovered, issuer)
    if "://" in issuer.keys:
        return partial(read_address, issuer.keys, issuer.timeout)
    return partial(_read_file, Path(issuer.keys))


def read_address(address: str, timeout: float) -> bytes:
    """What is at an address.

    Raises:
        OSError: it cannot be had within `timeout` seconds, is too large, or leads elsewhere.
    """
    ends = time.monotonic() + timeout
    secure = urllib.request.HTTPSHandler(context=ssl.create_default_context())
    opener = urllib.request.build_opener(secure, _NoRedirects)
    asked = urllib.request.Request(address, headers={"Accept": "application/json"})
    try:
        with opener.open(asked, timeout=timeout) as answer:
            return _whole(cast("http.client.HTTPResponse", answer), ends)
    except http.client.HTTPException as error:
        raise OSError(f"no answer of HTTP: {type(error).__name__}") from error


def _whole(answer: http.client.HTTPResponse, ends: float) -> bytes:
    pieces, length = list[bytes](), 0
    while piece := answer.read1(_PIECE):
        length += len(piece)
        if length > LARGEST:
            raise OSError(f"more than {LARGEST} bytes")
        if time.monotonic() > ends:
            raise TimeoutError("the answer takes too long")
        pieces.append(piece)
    return b"".join(pieces)


def _read_file(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(LARGEST + 1)


def _discovered(issuer: Issuer) -> bytes:
    """By OpenID Connect Discovery: the document must be this issuer's own (section 4.3)."""
    place = issuer.address.rstrip("/") + _DISCOVERY
    try:
        document: object = json.loads(read_address(place, issuer.timeout))
    except (ValueError, RecursionError):
        raise OSError("the discovery document is no JSON") from None
    told = cast("dict[str, object]", document) if isinstance(document, dict) else {}
    keys = told.get("jwks_uri")
    if told.get("issuer") != issuer.address or not isinstance(keys, str) or not is_safe(keys):
        raise OSError("the discovery document is not this issuer's, or names no safe jwks_uri")
    return read_address(keys, issuer.timeout)


__all__ = ["LARGEST", "fetcher", "read_address"]
