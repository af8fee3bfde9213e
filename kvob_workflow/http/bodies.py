"""Is the body of a request what it should be? So large, in time, of its type, and strict JSON.

Strict: one value, no name twice in an object, no NaN or Infinity, no NUL or half a character, and
not nested deeper than `DEEPEST`. What parsers read differently, somebody can hide something in.
"""

from __future__ import annotations

import asyncio
import json
import math
import re
from typing import TYPE_CHECKING, Final, cast

from starlette.requests import ClientDisconnect

from kvob_workflow.http.errors import (
    BodyMalformed,
    BodyTooLarge,
    BodyTooSlow,
    MediaTypeUnknown,
    RequestMalformed,
)
from kvob_workflow.malformed import Problem

if TYPE_CHECKING:
    from fastapi import Request

    from kvob_workflow.http.settings import Api

DEEPEST: Final = 20
"""Objects and lists in each other; no command has more than four."""
_JSON: Final = "application/json"
_UNFIT: Final = re.compile("[\\0\\ud800-\\udfff]")


async def read_body(request: Request, api: Api, media: str) -> None:
    """Read the body, so much and so long as is allowed; the handler finds it read.

    Raises:
        BodyTooLarge, BodyTooSlow, BodyMalformed, MediaTypeUnknown: it is not as it should be.
    """
    body = await _arrived(request, api)
    request._body = body  # pyright: ignore[reportPrivateUsage]  # as Request.body does
    if not body and not request.headers.get("content-type"):
        return
    _check_type(request, media)
    if media == _JSON:
        request._json = json_of(body)  # pyright: ignore[reportPrivateUsage]  # as Request.json does


def check_empty(request: Request) -> None:
    """Let through a body that says nothing, to an operation that takes nothing.

    Raises:
        BodyMalformed, RequestMalformed: something is in it, which would be passed over.
    """
    body = request._body  # pyright: ignore[reportPrivateUsage]  # as read_body left it
    if strange := json_of(body) if body else {}:
        nl, en = "bestaat niet", "does not exist"
        raise RequestMalformed(tuple(Problem(one, nl, en, ("body", one)) for one in strange))


def json_of(body: bytes) -> dict[str, object]:
    """The one JSON object in a body.

    Raises:
        BodyMalformed: there is something else in it.
    """
    try:
        text = body.decode("utf-8")
        found: object = json.loads(
            text,
            object_pairs_hook=_object,
            parse_float=_finite,
            parse_constant=_refused,
        )
    except (ValueError, RecursionError):
        raise BodyMalformed from None
    if not isinstance(found, dict):
        raise BodyMalformed
    _check(cast("object", found), DEEPEST)
    return cast("dict[str, object]", found)


async def _arrived(request: Request, api: Api) -> bytes:
    told = request.headers.get("content-length", "")
    if told.isdigit() and int(told[:20]) > api.body_bytes:
        raise BodyTooLarge(api.body_bytes)
    chunks: list[bytes] = []
    length = 0
    try:
        async with asyncio.timeout(api.body_seconds):
            async for chunk in request.stream():
                length += len(chunk)
                if length > api.body_bytes:
                    raise BodyTooLarge(api.body_bytes)
                chunks.append(chunk)
    except TimeoutError:
        raise BodyTooSlow(api.body_seconds) from None
    except ClientDisconnect:
        raise BodyMalformed from None  # nobody hears this; it only ends here, as a refusal
    return b"".join(chunks)


def _check_type(request: Request, media: str) -> None:
    given = request.headers.get("content-type", "")
    kind, _, parameters = given.partition(";")
    charset = parameters.strip().lower().replace('"', "")
    coding = request.headers.get("content-encoding", "identity")
    fits = kind.strip().lower() == media
    if not fits or charset not in ("", "charset=utf-8") or coding != "identity":
        raise MediaTypeUnknown(given if coding == "identity" else f"{given} ({coding})", media)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return made


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number without bounds")
    return number


def _refused(text: str) -> object:
    raise ValueError(f"{text} is no JSON")


def _check(node: object, deeper: int) -> None:
    if isinstance(node, str):
        if _UNFIT.search(node):
            raise BodyMalformed
    elif isinstance(node, dict | list):
        if not deeper:
            raise BodyMalformed
        if isinstance(node, dict):
            members = cast("dict[str, object]", node)
            for name in members:
                _check(name, deeper)
            inner = list(members.values())
        else:
            inner = cast("list[object]", node)
        for one in inner:
            _check(one, deeper - 1)
