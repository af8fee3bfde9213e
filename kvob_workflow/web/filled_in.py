"""What was filled in? The body of a form, of a bounded size, in time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

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
_MOST_FIELDS: Final = 20_000


async def read_form(request: Request, api: Api, most_bytes: int) -> FormData:
    """The fields and files of a form; a repeated field stands in it several times.

    Raises:
        UploadTooLarge: it has more than so many bytes; no more of it is read.
        BodyTooSlow, FormUnreadable, MediaTypeUnknown: it did not come, or is no form.
    """
    told = request.headers.get("content-length", "")
    if told.isdigit() and int(told[:20]) > most_bytes:
        raise UploadTooLarge(most_bytes)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in (_PLAIN, _WITH_FILES):
        raise MediaTypeUnknown(kind, _PLAIN)
    stream = _bounded(request, most_bytes)
    try:
        async with asyncio.timeout(api.body_seconds):
            if kind == _PLAIN:
                form = await FormParser(request.headers, stream, max_fields=_MOST_FIELDS).parse()
            else:
                form = await MultiPartParser(
                    request.headers,
                    stream,
                    max_files=1,
                    max_fields=_MOST_FIELDS,
                    max_part_size=most_bytes,
                ).parse()
    except TimeoutError:
        raise BodyTooSlow(api.body_seconds) from None
    except (MultiPartException, ClientDisconnect, UnicodeDecodeError, ValueError):
        raise FormUnreadable from None
    request._form = form  # pyright: ignore[reportPrivateUsage]  # as Request.form does
    return form


async def _bounded(request: Request, most_bytes: int) -> AsyncGenerator[bytes]:
    length = 0
    async for chunk in request.stream():
        length += len(chunk)
        if length > most_bytes:
            raise UploadTooLarge(most_bytes)
        yield chunk
