"""How is a part of an estate answered? Its lines, with the version of the estate that they show.

A part is the whole of it: what one estate has of anything is no long list. The answer has the
version as ETag; 304 is only for a question that names its day, because the answer to one that
does not changes with the day, without a new version.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel

from kvob_workflow.http.answers import Model, answered

if TYPE_CHECKING:
    from fastapi import Request, Response

Row = TypeVar("Row", bound=BaseModel)


class PartOf(Model, Generic[Row]):
    """What one estate has of something; `version` is the estate's."""

    estate_id: str
    version: int
    items: tuple[Row, ...]


def part(
    row: type[Row],
    items: Iterable[object],
    of: tuple[str, int],
    request: Request,
    on: date | None,
) -> Response:
    """The lines of a part, of an estate by its id and version."""
    estate_id, version = of
    lines = tuple(row.model_validate(one) for one in items)
    body: Any = PartOf[row](estate_id=estate_id, version=version, items=lines)  # type: ignore[valid-type]
    return versioned(body, version, request, on)


def versioned(body: BaseModel, version: int, request: Request, on: date | None) -> Response:
    """An answer about an estate in a version; see the module for when it may be 304."""
    return answered(body, None if on is None else request, version=version)
