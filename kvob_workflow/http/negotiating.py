"""What does a request ask for, before it is looked at? Language, form, and that it can be asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kvob_workflow.http.errors import (
    AddressTooLong,
    HeadersTooLarge,
    NotAcceptable,
    RequestMalformed,
)
from kvob_workflow.http.settings import PREFIX
from kvob_workflow.malformed import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from fastapi import Request

    from kvob_domain.words import Language
    from kvob_workflow.http.settings import Api

_PER_HEADER: Final = 4
"""Bytes around a header: colon, space and the end of the line."""
_QUALITY: Final = re.compile(r"(0(\.[0-9]{0,3})?|1(\.0{0,3})?)", re.ASCII)
"""RFC 9110, section 12.4.2."""


def language_of(request: Request) -> Language:
    """English when the request prefers it to Dutch (RFC 9110, Accept-Language), else Dutch."""
    given = request.headers.get("accept-language")
    if not given:
        return "nl"
    weights = {"nl": 0.0, "en": 0.0}
    for tag, weight in _weighed(given):
        language = tag.partition("-")[0]
        if language in weights:
            weights[language] = max(weights[language], weight)
    return "en" if weights["en"] > weights["nl"] else "nl"


def form_of(request: Request, *media: str) -> str:
    """Which of these media types the request would rather have (RFC 9110, Accept).

    The first one, when it says nothing of them, or likes several as much.

    Raises:
        NotAcceptable: it takes others alone.
    """
    given = request.headers.get("accept")
    if not given or given == "*/*":
        return media[0]
    ranges = dict(_weighed(given))
    weights = {one: _weight(one.partition(";")[0], ranges) for one in media}
    best = max(media, key=weights.__getitem__)
    if weights[best] > 0:
        return best
    raise NotAcceptable(", ".join(one.partition(";")[0] for one in media))


def _weight(kind: str, ranges: Mapping[str, float]) -> float:
    """How much a media type is wanted; the range that names it most closely says so."""
    for one in (kind, f"{kind.partition('/')[0]}/*", "*/*"):
        if one in ranges:
            return ranges[one]
    return 0.0


def check_size(request: Request, api: Api) -> None:
    """Let through an address and headers of a common size.

    Raises:
        AddressTooLong, HeadersTooLarge, RequestMalformed: they are not.
    """
    scope = request.scope
    query: bytes = scope["query_string"]
    if len(scope["path"]) + len(query) > api.url_bytes:
        raise AddressTooLong(api.url_bytes)
    if "\0" in scope["path"] or b"%00" in query or b"\0" in query:
        told = Problem("url", "bevat een nulteken", "holds a null character", ("query", "url"))
        raise RequestMalformed((told,))
    size = 0
    for name, value in scope["headers"]:
        size += len(name) + len(value) + _PER_HEADER
    if size > api.header_bytes:
        raise HeadersTooLarge(api.header_bytes)


def check_query(request: Request, known: Collection[str], lists: Collection[str] = ()) -> None:
    """Let through a query whose names are all known: a mistyped filter would give too much.

    Each is given once, apart from `lists`: of two values nobody can tell which one counts.

    Raises:
        RequestMalformed: some are not.
    """
    given = [name for name, _ in request.query_params.multi_items()]
    told: list[Problem] = []
    for name in dict.fromkeys(given):
        where = ("query", name)
        if name not in known:
            told.append(Problem(name, "bestaat niet", "does not exist", where))
        elif name not in lists and given.count(name) > 1:
            told.append(Problem(name, "is meermaals gegeven", "is given more than once", where))
    if told:
        raise RequestMalformed(tuple(told))


def place_of(request: Request) -> str:
    """The path below which these routes are: of a mount, and of the prefix of an inclusion."""
    root: str = request.scope.get("root_path", "").rstrip("/")
    path: str = request.scope["path"]
    if not path.startswith(f"{root}/"):
        path = root + path  # a server that tells them apart, as WSGI does
    at = path.find(f"{PREFIX}/", len(root))
    return path[:at] if at >= 0 else root


def types_of(request: Request) -> str:
    """The address of the problem types, below the place where these routes are."""
    return f"{place_of(request)}{PREFIX}/problems"


def _weighed(given: str) -> list[tuple[str, float]]:
    """The parts of a list of the form `a, b; q=0.5`, in lower case; what is no weight is passed."""
    found: list[tuple[str, float]] = []
    for part in given.lower().split(","):
        tag, *parameters = (one.strip() for one in part.split(";"))
        told = [one.removeprefix("q=") for one in parameters if one.startswith("q=")]
        if all(_QUALITY.fullmatch(one) for one in told):
            found.append((tag, float(told[0]) if told else 1.0))
    return found
