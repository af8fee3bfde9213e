"""How is the issuer asked for something? Over TLS, within a time and a size, and where it was sent.

No redirect is followed: whoever can redirect could bring keys of his own, or get a secret of ours.
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
from urllib.parse import urlencode

from kvob_workflow.http.auth.access import is_safe

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
    return _asked(urllib.request.Request(address, headers={"Accept": "application/json"}), timeout)


def post_form(
    address: str, fields: Mapping[str, str], headers: Mapping[str, str], timeout: float
) -> bytes:
    """What is answered to a form.

    Raises:
        urllib.error.HTTPError: the answer is a refusal. It is an OSError, with a body to read.
        OSError: as `read_address`.
    """
    told = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
    body = urlencode(fields).encode("ascii")
    asked = urllib.request.Request(address, body, {**told, **headers}, method="POST")
    return _asked(asked, timeout)


def discovery(issuer: Issuer) -> dict[str, object]:
    """What the issuer says of itself (OpenID Connect Discovery); it must be its own (section 4.3).

    Raises:
        OSError: it cannot be had, or is another issuer's.
    """
    place = issuer.address.rstrip("/") + _DISCOVERY
    try:
        document: object = json.loads(read_address(place, issuer.timeout))
    except (ValueError, RecursionError):
        raise OSError("the discovery document is no JSON") from None
    told = cast("dict[str, object]", document) if isinstance(document, dict) else {}
    if told.get("issuer") != issuer.address:
        raise OSError("the discovery document is not this issuer's")
    return told


def _asked(asked: urllib.request.Request, timeout: float) -> bytes:
    ends = time.monotonic() + timeout
    secure = urllib.request.HTTPSHandler(context=ssl.create_default_context())
    opener = urllib.request.build_opener(secure, _NoRedirects)
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
    keys = discovery(issuer).get("jwks_uri")
    if not isinstance(keys, str) or not is_safe(keys):
        raise OSError("the discovery document is not this issuer's, or names no safe jwks_uri")
    return read_address(keys, issuer.timeout)


__all__ = ["LARGEST", "discovery", "fetcher", "post_form", "read_address"]
