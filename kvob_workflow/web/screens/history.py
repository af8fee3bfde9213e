"""What has happened to an estate? Every event with who, when and which source; one event whole."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final

from fastapi import Response

from kvob_domain.actor import Role
from kvob_domain.mandates import Scope
from kvob_workflow.web.errors import PageUnknown
from kvob_workflow.web.histories.asking import SIZES, choices_of, part_asked
from kvob_workflow.web.histories.downloads import as_csv, as_json
from kvob_workflow.web.histories.explained import explained
from kvob_workflow.web.histories.one_event import event_around, stored_of
from kvob_workflow.web.histories.proving import held_in, proof_of
from kvob_workflow.web.rendering import page
from kvob_workflow.web.routing import Screens
from kvob_workflow.web.telling.codes import TITLES
from kvob_workflow.web.telling.lines import line_of, lines_of, versions_of
from kvob_workflow.web.telling.names import names_for
from kvob_workflow.web.telling.saying import Teller

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_workflow.engine.history import HistoryEntry
    from kvob_workflow.web.asking import Ask
    from kvob_workflow.web.histories.asking import HistoryPart
    from kvob_workflow.web.telling.lines import Line

SCREENS: Final = Screens("history")
_LAST_VERSION: Final = 2**31 - 1
_LONGEST_FIELD: Final = 200
_SHORTEST: Final = timedelta(microseconds=1)


@SCREENS.get("/estates/{estate}/history", scope=Scope.HISTORY_READ)
def history(ask: Ask) -> Response:
    """A page of the history, filtered and ordered as the address says."""
    part = part_asked(ask.query, ask.language)
    every = ask.desk.history(ask.estate, ask.on, ask.known_at)
    teller = _teller(ask, every)
    part, total, lines = _shown(part, every, teller)
    held = held_in(ask, versions_of(lines))
    return page(
        ask,
        "history.html",
        status=400 if part.errors else 200,
        about=ask.desk.overview(ask.estate, ask.on, ask.known_at),
        part=part,
        choices=choices_of(every),
        titles=TITLES,
        roles={one.value: one for one in Role},
        sizes=SIZES,
        years=[(year, list(group)) for year, group in groupby(lines, key=_year)],
        shown=len(lines),
        total=total,
        whole=len(every),
        held=held,
        may_correct=ask.is_now and ask.may(Scope.RECORDS_CORRECT),
        kept_shut=teller.names.kept_shut,
    )


@SCREENS.get("/estates/{estate}/history.csv", scope=Scope.HISTORY_READ)
def history_csv(ask: Ask) -> Response:
    """What the page shows, all pages of it, for a spreadsheet."""
    content = as_csv(_all_asked(ask), ask.language)
    return _download(ask, content, "text/csv; charset=utf-8", "csv")


@SCREENS.get("/estates/{estate}/history.json", scope=Scope.HISTORY_READ)
def history_json(ask: Ask) -> Response:
    """What the page shows, all pages of it, for a program."""
    return _download(ask, as_json(_all_asked(ask)), "application/json", "json")


@SCREENS.get("/estates/{estate}/history/{version}", scope=Scope.HISTORY_READ)
def history_event(ask: Ask) -> Response:
    """One event: everything that is stored of it, and its mark in the proof log."""
    version = _version(ask)
    found = event_around(ask, ask.estate, version)
    teller = _teller(ask, found.every)
    return page(
        ask,
        "history_event.html",
        about=ask.desk.overview(ask.estate),
        line=line_of(found.entry, teller),
        before=found.before,
        after=found.after,
        just_before=found.entry.recorded_at - _SHORTEST,
        permalink=_permalink(ask),
        is_ahead=found.is_ahead,
        stored=stored_of(ask, ask.estate, version),
        proof=proof_of(ask, ask.estate, version),
        may_correct=ask.is_now and ask.may(Scope.RECORDS_CORRECT),
    )


@SCREENS.get("/estates/{estate}/explain", scope=Scope.HISTORY_READ)
def explain(ask: Ask) -> Response:
    """Every field of every list that shows the estate, to choose one."""
    return explained(ask, "")


@SCREENS.get("/estates/{estate}/explain/{field:path}", scope=Scope.HISTORY_READ)
def explain_field(ask: Ask) -> Response:
    """Why one field says what it says today."""
    return explained(ask, ask.path("field")[:_LONGEST_FIELD])


def _shown(
    part: HistoryPart, every: Sequence[HistoryEntry], teller: Teller
) -> tuple[HistoryPart, int, Sequence[Line]]:
    """The part at the page that is asked for, how many lines it has, and those of the page."""
    found = part.of(every)
    if part.text:
        lines = part.with_text(lines_of(found, teller))
        return part, len(lines), lines[part.offset : part.offset + part.size]
    part = part.turned(found)
    piece = found[part.offset : part.offset + part.size]
    return part, len(found), lines_of(piece, teller)


def _all_asked(ask: Ask) -> Sequence[Line]:
    part = part_asked(ask.query, ask.language)
    every = ask.desk.history(ask.estate, ask.on, ask.known_at)
    lines = lines_of(part.of(every), _teller(ask, every))
    return part.with_text(lines) if part.text else lines


def _teller(ask: Ask, every: Sequence[HistoryEntry]) -> Teller:
    names = names_for(ask, ask.estate)
    names.learn(one.details for one in every)
    return Teller(ask.language, names)


def _year(line: Line) -> str:
    return "" if line.day.earliest is None else str(line.day.earliest.year)


def _download(ask: Ask, content: bytes, media: str, ending: str) -> Response:
    name = f"kvo-b-{ask.t('geschiedenis', 'history')}-{ask.estate}-{ask.day}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media, headers=headers)


def _version(ask: Ask) -> int:
    given = ask.path("version")
    if not (given.isascii() and given.isdigit() and len(given) <= 10):
        raise PageUnknown(ask.request.url.path)
    return min(int(given), _LAST_VERSION)


def _permalink(ask: Ask) -> str:
    url, links = ask.request.url, ask.links
    return f"{url.scheme}://{url.netloc}{links.base}{links.path}"
