"""How does a refusal look to people? A page that says what is wrong, and what to do next."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from kvob_domain.errors import Rejected
from kvob_workflow.engine.moments import InstantUnreadable, KnownInFuture
from kvob_workflow.http.errors import MethodUnknown
from kvob_workflow.http.problems import Challenging, headers_of, is_of_inside, status_of
from kvob_workflow.web.dates import DayUnreadable, day_of
from kvob_workflow.web.errors import PageUnknown
from kvob_workflow.web.one_estate.plainly import plainly
from kvob_workflow.web.rendering import page

if TYPE_CHECKING:
    from fastapi import Response

    from kvob_domain.errors import KvobError
    from kvob_workflow.web.asking import Frame

_LOG: Final = logging.getLogger("kvob_workflow.web")


def refused_page(frame: Frame, error: KvobError) -> Response:
    """The page for somebody whose request was refused."""
    is_inner = is_of_inside(error)
    if is_inner:
        _LOG.error("%s [%s] (trace %s)", error.message(), error.code, frame.trace)
    others = error.others if isinstance(error, Rejected) else ()
    response = page(
        frame,
        "refused.html",
        status=status_of(type(error)).value,
        sentence=None if is_inner else plainly(error.message(frame.language), frame.language),
        others=[plainly(one.message(frame.language), frame.language) for one in others],
        code=error.code,
        ways=(None, None) if isinstance(error, PageUnknown | MethodUnknown) else _ways(frame),
        wrong_moment=_wrong_moment(frame, error),
    )
    if not isinstance(error, Challenging):  # a browser would ask for a name and a password
        response.headers.update(headers_of(error))
    return response


def _wrong_moment(frame: Frame, error: KvobError) -> str | None:
    """Which of the fields of the moment is wrong, where one of them is."""
    if not isinstance(error, DayUnreadable | InstantUnreadable | KnownInFuture):
        return None
    given = frame.request.query_params
    try:
        if given.get("on", "").strip():
            day_of(given["on"])
    except DayUnreadable:
        return "on"
    return "known_at" if given.get("known_at", "").strip() else None


def _ways(frame: Frame) -> tuple[str | None, str | None]:
    """Where to log in and out, for somebody who is not let in: it may be the wrong account."""
    login = frame.pages.login
    if frame.visitor is not None:
        return None, None
    way_in, way_out = login.way_in(frame.links.here()), login.way_out()
    return (
        None if way_in is None else frame.below(way_in),
        None if way_out is None else frame.below(way_out),
    )


def failed_page(frame: Frame) -> Response:
    """The page where this program has a defect; the cause is in the log."""
    return page(
        frame,
        "refused.html",
        status=500,
        sentence=None,
        others=[],
        code="unexpected",
        ways=_ways(frame),
    )
