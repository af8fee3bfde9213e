"""What was filled in on a page of a login? Small forms, read within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from starlette.responses import RedirectResponse

from kvob_workflow.web.sessions.errors import LoginFormMalformed

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

LARGEST: Final = 20_000
_MOST_FIELDS: Final = 50
_FORM: Final = "application/x-www-form-urlencoded"


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form, which may be empty; of one that stands twice, the last.

    Raises:
        LoginFormMalformed: it is none, or larger than 20,000 bytes.
    """
    kind = request.headers.get("content-type", _FORM).partition(";")[0].strip().lower()
    if kind != _FORM:
        raise LoginFormMalformed
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise LoginFormMalformed
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise LoginFormMalformed from None
    return dict(pairs)


def sent_on(path: str) -> Response:
    """Send the browser on, by GET; nobody keeps a copy."""
    return RedirectResponse(path, 303, {"Cache-Control": "no-store"})
