"""What stands around a page: where it is, its language, and which moment its address names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from kvob_workflow.http.tracing import trace_of
from kvob_workflow.web.asking import Frame
from kvob_workflow.web.dates import DayUnreadable, day_of
from kvob_workflow.web.links import SAFE, Links

if TYPE_CHECKING:
    from datetime import date, datetime

    from fastapi import Request

    from kvob_domain.words import Language
    from kvob_workflow.engine.mandated import Mandated
    from kvob_workflow.http.answering import Entrance
    from kvob_workflow.web.pages import Pages

_PARAMETER: Final = re.compile(r"\{(\w+)(?::\w+)?\}")


def frame_of(request: Request, path: str | None, pages: Pages, entrance: Entrance) -> Frame:
    """The frame of a request; `path` is the declared one, which may have parameters.

    None: there is no page at the address, and what it stands below is known by the server alone.
    """
    return Frame(
        request=request,
        pages=pages,
        language=_language(request, pages),
        links=_links(request, path, entrance.api.url_bytes),
        today=entrance.engine.today(),
        trace=trace_of(request.headers.get("traceparent"))[0],
    )


def moment_in(request: Request, desk: Mandated) -> tuple[date | None, datetime | None]:
    """The day asked and the instant at which it was known so; None for today and now.

    Raises:
        DayUnreadable: `on` is no day.
        InstantUnreadable: `known_at` is neither a day nor an instant.
    """
    on, known = request.query_params.get("on", ""), request.query_params.get("known_at", "")
    return (
        day_of(on) if on.strip() else None,
        desk.instant(_known(known.strip())) if known.strip() else None,
    )


def _known(text: str) -> str:
    """A day as people type it, as the engine reads it; an instant as it is."""
    try:
        return day_of(text).isoformat()
    except DayUnreadable:
        if len(text) <= len("31 december 2026"):
            raise
        return text


def _links(request: Request, path: str | None, most_bytes: int) -> Links:
    """The links of a page, below what the server, a mount and a prefix put before its own path."""
    root: str = request.scope.get("root_path", "").rstrip("/")
    whole: str = request.scope["path"]
    # ASGI has the root in the path; FastAPI(root_path=...) behind a proxy that strips it has not.
    below = whole.removeprefix(root) if f"{whole}/".startswith(f"{root}/") else whole
    own = below if path is None else _own_path(request, path)
    base = root + below.removesuffix(own).rstrip("/") if below.endswith(own) else root
    is_long = len(request.scope["query_string"]) > most_bytes  # it is refused, and not repeated
    return Links(
        quote(base, safe=SAFE), own, () if is_long else tuple(request.query_params.multi_items())
    )


def _own_path(request: Request, path: str) -> str:
    return _PARAMETER.sub(lambda found: str(request.path_params[found[1]]), path)


def _language(request: Request, pages: Pages) -> Language:
    asked = request.query_params.get("lang")
    if asked == "en":
        return "en"
    return "nl" if asked == "nl" else pages.language
