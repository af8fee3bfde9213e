"""What do handlers answer with? JSON with an ETag where there is one, and pages of lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar
from urllib.parse import urlencode

from fastapi import Query, Response
from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from fastapi import Request

    from kvob_projections.paging import Page

Row = TypeVar("Row", bound=BaseModel)

Limit = Annotated[int, Query(ge=1, le=200, description="Rows in the answer.")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="Rows to pass over first.")]


class Model(BaseModel):
    """A body of the API; made of the dataclasses of the engine by their field names."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class ListOf(Model, Generic[Row]):
    """A part of a list. `total` is exact where it says so; else the list is longer than that."""

    items: tuple[Row, ...]
    total: int
    total_is_exact: bool
    limit: int
    offset: int


def etag_of(version: int | str) -> str:
    """The strong entity tag of a version."""
    return f'"{version}"'


def answered(
    body: BaseModel,
    request: Request | None = None,
    *,
    version: int | str | None = None,
    is_weak: bool = False,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A body as JSON. With a version the answer has an ETag, and 304 when the request knows it.

    A weak one leaves open that an instant in the body differs (RFC 9110, section 8.8.1).
    """
    own = dict(headers or {})
    if version is not None:
        tag = etag_of(version)
        own["ETag"] = f"W/{tag}" if is_weak else tag
        known = request.headers.get("if-none-match", "") if request is not None else ""
        if known and {tag, "*"} & {one.strip().removeprefix("W/") for one in known.split(",")}:
            return Response(status_code=304, headers=own)
    # pydantic writes JSON itself: twice as fast as a dictionary through another writer.
    return Response(body.__pydantic_serializer__.to_json(body), status, own, "application/json")


def listed(page: Page[Any], row: type[Row], request: Request, limit: int) -> Response:
    """A page of a list, with links to the next and the previous one (RFC 8288)."""
    body = ListOf[row](  # type: ignore[valid-type]
        items=tuple(row.model_validate(one) for one in page.items),
        total=page.total,
        total_is_exact=page.total_is_exact,
        limit=limit,
        offset=page.offset,
    )
    links: list[str] = []
    if page.offset + len(page.items) < page.total or not page.total_is_exact:
        links.append(_link(request, page.offset + limit, "next"))
    if page.offset:
        links.append(_link(request, max(0, page.offset - limit), "prev"))
    return answered(body, headers={"Link": ", ".join(links)} if links else None)


def _link(request: Request, offset: int, relation: str) -> str:
    asked = {**request.query_params, "offset": str(offset)}
    return f'<?{urlencode(asked)}>; rel="{relation}"'
