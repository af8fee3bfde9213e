"""Which bytes does a request for the document or its page get? Those that were made before.

Both are open to everybody and take long to make. They differ by installation and by the place of
the routes, and by nothing else of a request. A host may have part of the place from the client, as
in `/{tenant}`: few are kept, and others push them out.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import orjson

from kvob_workflow.http.openapi.document import document
from kvob_workflow.http.openapi.page import page

if TYPE_CHECKING:
    from kvob_workflow.http.settings import Api

MOST_KEPT: Final = 4
LONGEST_PLACE: Final = 200
"""Characters of a place that is kept; of a longer one it is made anew."""


class _Of(NamedTuple):
    server: str
    contact_name: str
    contact_url: str
    contact_email: str


def as_json(api: Api, place: str) -> bytes:
    """The document as JSON."""
    make = _json if len(place) <= LONGEST_PLACE else _json.__wrapped__
    return make(_of(api), place)


def as_page(api: Api, place: str) -> bytes:
    """The document as a page."""
    make = _page if len(place) <= LONGEST_PLACE else _page.__wrapped__
    return make(_of(api), place)


def _of(api: Api) -> _Of:
    return _Of(api.server, api.contact_name, api.contact_url, api.contact_email)


@lru_cache(maxsize=MOST_KEPT)
def _json(of: _Of, place: str) -> bytes:
    return orjson.dumps(document(of, place))


@lru_cache(maxsize=MOST_KEPT)
def _page(of: _Of, place: str) -> bytes:
    return page(document(of, place)).encode()
