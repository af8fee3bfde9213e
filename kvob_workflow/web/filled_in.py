"""What was filled in? The body of a form, of a bounded size, in time.

What is too large is not kept, but some of it is still read away: a browser that is hung up on while
it sends shows that the connection was broken, and never the page that says why.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from email.message import Message
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect

from kvob_workflow.http.errors import BodyTooSlow, MediaTypeUnknown
from kvob_workflow.web.errors import FormUnreadable, UploadTooLarge

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from fastapi import Request
    from starlette.datastructures import FormData

    from kvob_workflow.http import Api

_PLAIN: Final = "application/x-www-form-urlencoded"
_WITH_FILES: Final = "multipart/form-data"
_BOUNDARY: Final = re.compile(r"[A-Za-z0-9'()+_,./:=? -]{1,70}")  # RFC 2046, section 5.1.1
_MOST_FIELDS: Final = 20_000
_MOST_READ_AWAY: Final = 64_000_000
_READ_AWAY_SECONDS: Final = 30.0


def in_text(size: int) -> int:
    """How many bytes a file of this size takes in a field of a form, as base64."""
    return (size + 2) // 3 * 4


async def read_form(
    request: Request, api: Api, most_bytes: int, *, told: int | None = None
) -> FormData:
    """The fields and files of a form; a repeated field stands in it several times.

    Raises:
        UploadTooLarge: it has more than so many bytes (it says `told`, where that is given).
        BodyTooSlow, FormUnreadable, MediaTypeUnknown: it did not come, or is no form.
    """
    sent = request.stream()
    try:
        return await _read(request, sent, api, most_bytes)
    except UploadTooLarge:
        await _read_away(request, sent)
        raise UploadTooLarge(most_bytes if told is None else told) from None


async def _read(
    request: Request, sent: AsyncGenerator[bytes], api: Api, most_bytes: int
) -> FormData:
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length[:20]) > most_bytes:
        raise UploadTooLarge(most_bytes)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in (_PLAIN, _WITH_FILES):
        raise MediaTypeUnknown(kind, _PLAIN)
    stream = _bounded(sent, most_bytes)
    try:
        async with asyncio.timeout(api.body_seconds):
            if kind == _PLAIN:
                parser = FormParser(
                    request.headers, stream, max_fields=_MOST_FIELDS, max_part_size=most_bytes
                )
                form = await parser.parse()
            else:
                form = await _with_files(request, stream, most_bytes)
    except TimeoutError:
        raise BodyTooSlow(api.body_seconds) from None
    except (MultiPartException, ClientDisconnect, UnicodeDecodeError, ValueError):
        raise FormUnreadable from None
    request._form = form  # pyright: ignore[reportPrivateUsage]  # as Request.form does
    return form


async def _with_files(request: Request, stream: AsyncGenerator[bytes], most_bytes: int) -> FormData:
    parser = MultiPartParser(
        _as_utf8(request),
        stream,
        max_files=1,
        max_fields=_MOST_FIELDS,
        max_part_size=most_bytes,
    )
    try:
        return await parser.parse()
    except BaseException:
        for one in parser._files_to_close_on_error:  # pyright: ignore[reportPrivateUsage]
            one.close()  # it closes them itself where the form is malformed, and only then
        raise


def _as_utf8(request: Request) -> Headers:
    """The head of the form without its charset: pages are UTF-8, and some codecs take minutes.

    Raises:
        FormUnreadable: nothing says where its parts end.
    """
    told = Message()
    told["content-type"] = request.headers["content-type"]
    boundary = told.get_boundary("")
    if not _BOUNDARY.fullmatch(boundary):
        raise FormUnreadable
    return Headers({"content-type": f'{_WITH_FILES}; boundary="{boundary}"'})


async def _bounded(sent: AsyncGenerator[bytes], most_bytes: int) -> AsyncGenerator[bytes]:
    length = 0
    async for chunk in sent:
        length += len(chunk)
        if length > most_bytes:
            raise UploadTooLarge(most_bytes)
        yield chunk


async def _read_away(request: Request, sent: AsyncGenerator[bytes]) -> None:
    """Take in what is still being sent, within bounds; who asks before he sends, sends none."""
    if "100-continue" in request.headers.get("expect", "").lower():
        return
    left = _MOST_READ_AWAY
    with suppress(TimeoutError, ClientDisconnect):
        async with asyncio.timeout(_READ_AWAY_SECONDS):
            async for chunk in sent:
                left -= len(chunk)
                if left < 0:
                    return
