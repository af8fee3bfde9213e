"""Which estates are there? The list, with a box to filter it, views to keep and files to take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from fastapi import Response
from starlette.responses import RedirectResponse

from kvob_domain.estate.commands import ALL_COMMANDS, name_of
from kvob_domain.estate.commands.base import JointCommand
from kvob_domain.mandates import Scope, scope_for
from kvob_workflow.exports.tables import About, csv_bytes, estates_table, xlsx_bytes
from kvob_workflow.web.asked_for import PAGE, FilterUnreadable, number_in, text_in
from kvob_workflow.web.boxed import BOX, Boxed, boxed
from kvob_workflow.web.query_box import standard_views, text_of
from kvob_workflow.web.rendering import page
from kvob_workflow.web.routing import Screens
from kvob_workflow.web.views_kept import MOST_VIEWS, NameWrong, Views

if TYPE_CHECKING:
    from kvob_domain.words import Text
    from kvob_projections.board import BoardQuery, BoardRow
    from kvob_workflow.exports.tables import Table
    from kvob_workflow.web.asking import Ask

SCREENS: Final = Screens("estates")
SIZES: Final = (25, PAGE, 100)
MOST_ROWS: Final = 10_000
"""Rows of a file; as far as lists count."""
_AT_ONCE: Final = 1_000
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: `sort` is what a click sorts by, `aria` how it is sorted now."""

    name: str
    sort: str | None
    aria: str | None


_SORTS: Final = (
    "estate",
    "municipality",
    "step",
    "status",
    "expires_on",
    "next_due_on",
    "measures_done",
)


@SCREENS.get("/estates", scope=Scope.ESTATES_READ)
def estates(ask: Ask) -> Response:
    """The list of estates that the box asks for."""
    return _listed(ask, boxed(ask))


@SCREENS.get("/estates.csv", scope=Scope.ESTATES_READ)
def estates_csv(ask: Ask) -> Response:
    """The list as a file that Dutch Excel opens."""
    return _file(csv_bytes(_table(ask), ask.language), "text/csv; charset=utf-8", ask, "csv")


@SCREENS.get("/estates.xlsx", scope=Scope.ESTATES_READ)
def estates_xlsx(ask: Ask) -> Response:
    """The list as a workbook."""
    box = boxed(ask)
    about = About(
        ask.desk.instant(ask.today.isoformat()),
        ask.day,
        ask.known_at,
        text_of(box.query, ask.language),
        _source(ask),
    )
    return _file(xlsx_bytes(_table(ask), about, ask.language), _XLSX, ask, "xlsx")


@SCREENS.post("/estates/views", scope=Scope.ESTATES_READ)
def keep_view(ask: Ask) -> Response:
    """Keep the list under a name in this browser, or forget one."""
    views = Views.of(ask)
    forgotten = str(ask.form.get("forget", ""))
    text = str(ask.form.get(BOX, "")).strip()
    if forgotten:
        return views.without(forgotten).kept(ask, RedirectResponse(_address(ask, text), 303))
    name = str(ask.form.get("name", ""))
    try:
        return views.with_view(name, text).kept(ask, RedirectResponse(_address(ask, text), 303))
    except NameWrong as wrong:
        return _listed(ask, boxed(ask), wrong=wrong, name=name)


def _listed(ask: Ask, box: Boxed, *, wrong: NameWrong | None = None, name: str = "") -> Response:
    sort = _sort(ask)
    size = number_in(ask, "size", PAGE, SIZES[-1])
    query = replace(box.query, sort=sort, limit=size, offset=number_in(ask, "offset", 0))
    return page(
        ask,
        "estates.html",
        status=200 if wrong is None else 422,
        box=box,
        found=ask.desk.board(query),
        is_late=query.overdue,
        heads={one: _head(one, sort) for one in _SORTS},
        standard=standard_views(ask.language),
        views=Views.of(ask).views,
        most_views=MOST_VIEWS,
        wrong=wrong,
        name=name,
        sizes=SIZES,
        size=size,
        most_rows=MOST_ROWS,
        commands=_for_several(ask),
        may_register=ask.is_now and ask.may(Scope.ESTATES_REGISTER),
    )


def _sort(ask: Ask) -> tuple[str, ...]:
    """The order of the address.

    Raises:
        FilterUnreadable: the list is not sorted so.
    """
    given = text_in(ask, "sort")
    if given is None:
        return ()
    if given.removeprefix("-") not in _SORTS:
        raise FilterUnreadable("sort", given, _SORTS)
    return (given,)


def _head(name: str, sort: tuple[str, ...]) -> Head:
    """The head of a column; a click on the sorted one turns it about."""
    now = sort or (_SORTS[0],)
    if now == (name,):
        return Head(name, f"-{name}", "ascending")
    if now == (f"-{name}",):
        return Head(name, None if name == _SORTS[0] else name, "descending")
    return Head(name, None if name == _SORTS[0] else name, None)


def _for_several(ask: Ask) -> tuple[tuple[str, Text], ...]:
    """What may be done for several estates at once by who looks: commands with their words."""
    if not ask.is_now:
        return ()
    return tuple(
        (name_of(one), one.TITLE)
        for one in ALL_COMMANDS
        if issubclass(one, JointCommand) and ask.may(scope_for(one))
    )


def _table(ask: Ask) -> Table:
    """All that the box asks for, in the order of the page."""
    query = replace(boxed(ask).query, sort=_sort(ask))
    return estates_table(_rows(ask, query), ask.language)


def _rows(ask: Ask, query: BoardQuery) -> Iterator[BoardRow]:
    for offset in range(0, MOST_ROWS, _AT_ONCE):
        items = ask.desk.board(replace(query, limit=_AT_ONCE, offset=offset)).items
        yield from items
        if len(items) < _AT_ONCE:
            return


def _file(content: bytes, media: str, ask: Ask, ending: str) -> Response:
    name = f"{ask.t('terreinen', 'estates')}-{ask.day.isoformat()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{quote(name)}"'}
    return Response(content, headers=headers, media_type=media)


def _source(ask: Ask) -> str:
    """The address of the list of a file."""
    query = dict(ask.query)
    return str(ask.request.base_url).rstrip("/") + ask.links.to("/estates", **query)


def _address(ask: Ask, text: str) -> str:
    return ask.links.to("/estates", **{BOX: text})
