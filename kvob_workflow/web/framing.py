"""What stands around a page: where it is, its language, and which moment its address names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_workflow.http.tracing import trace_of
from kvob_workflow.web.asking import Frame
from kvob_workflow.web.dates import DayUnreadable, day_of
from kvob_workflow.web.links import Links

if TYPE_CHECKING:
    from datetime import date, datetime

    from fastapi import Request

    from kvob_domain.words import Language
    from kvob_workflow.engine.mandated import Mandated
    from kvob_workflow.http.answering import Entrance
    from kvob_workflow.web.pages import Pages


def frame_of(request: Request, path: str, pages: Pages, entrance: Entrance) -> Frame:
    """The frame of a request; `path` is the declared one, which may have parameters."""
    own = _own_path(request, path)
    whole: str = request.scope["path"]
    base = whole.removesuffix(own).rstrip("/") if whole.endswith(own) else ""
    query = tuple(request.query_params.multi_items())
    return Frame(
        request=request,
        pages=pages,
        language=_language(request, pages),
        links=Links(base, own, query),
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


def _own_path(request: Request, path: str) -> str:
    for name, value in request.path_params.items():
        path = path.replace(f"{{{name}}}", str(value)).replace(f"{{{name}:path}}", str(value))
    return path


def _language(request: Request, pages: Pages) -> Language:
    asked = request.query_params.get("lang")
    if asked == "en":
        return "en"
    return "nl" if asked == "nl" else pages.language
