"""How is the whole measures matrix kept up to date? One table, one save, nothing half.

    GET   /estates/{estate}/measures    the matrix; with inputs for who may update measures, today
    POST                                `stage`: `view` and `edit` show the form, `check` what
                                        changes, `confirm` carries all of it out in one transaction

`group` (owner, goal) and `open` (1: what is still to be done) stand in the address.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import RedirectResponse

from kvob_domain.errors import KvobError, Rejected
from kvob_domain.estate.commands.preparation import AdoptPlan, UpdateMeasure
from kvob_domain.mandates import Scope, scope_for
from kvob_domain.words import Text
from kvob_workflow.engine.errors import EstateChanged
from kvob_workflow.http.problems import is_of_inside, status_of
from kvob_workflow.http.tracing import kept_trace
from kvob_workflow.web.asked_for import choice_in, is_on
from kvob_workflow.web.forms.consequences import warnings_in
from kvob_workflow.web.forms.part_days import typed
from kvob_workflow.web.matrix.changed import changed_since, saved_in
from kvob_workflow.web.matrix.lines import Filling, Grouping, Shape, matrix_of
from kvob_workflow.web.matrix.saving import (
    DAY,
    Refusal,
    hidden_inputs,
    refusals_of,
    said_again,
    save_of,
)
from kvob_workflow.web.matrix.wishes import wishes_in
from kvob_workflow.web.one_estate.actions import commands_of
from kvob_workflow.web.one_estate.plainly import plainly
from kvob_workflow.web.one_estate.seen import Seen, with_estate
from kvob_workflow.web.rendering import page
from kvob_workflow.web.routing import Screens

if TYPE_CHECKING:
    from fastapi import Response

    from kvob_workflow.web.asking import Ask
    from kvob_workflow.web.matrix.saving import Save

SCREENS: Final = Screens("measures")

_STAGE, _ID, _SEEN = "stage", "command_id", "seen_version"
_MOST_DIGITS: Final = 9


@SCREENS.get("/estates/{estate}/measures", scope=Scope.ESTATES_READ)
def measures(ask: Ask) -> Response:
    """The matrix of an estate."""
    return with_estate(ask, lambda seen: _shown(ask, seen))


@SCREENS.post("/estates/{estate}/measures", scope=Scope.MEASURES_UPDATE)
def measures_given(ask: Ask) -> Response:
    """What was filled in for the matrix: looked at, or carried out."""
    stage = str(ask.form.get(_STAGE, "check"))
    if stage not in ("check", "confirm"):
        return with_estate(ask, lambda seen: _shown(ask, seen))
    now = Seen(ask.desk.overview(ask.estate), ask.desk.state(ask.estate))
    wishes = wishes_in(ask.form.multi_items())
    day = str(ask.form.get(DAY, ""))
    if stage == "confirm":
        save = said_again(now.state.id, day, wishes, ask.desk)
    else:
        save = save_of(now.state, day, wishes, ask.desk)
    if save.problems or save.gone or not save.commands:
        return _shown(ask, now, save=save, status=400)
    try:
        return _done(ask, save) if stage == "confirm" else _confirmation(ask, now, save)
    except EstateChanged:
        return _shown(ask, now, save=save, has_changed=True, status=409)
    except KvobError as error:
        if is_of_inside(error):
            raise
        refusals = (
            refusals_of(error, save, ask.desk)
            if isinstance(error, Rejected)
            else (Refusal(Text(error.message("nl"), error.message("en")), ()),)
        )
        status = status_of(type(error)).value
        return _shown(ask, now, save=save, refusals=refusals, status=status)


def _shown(
    ask: Ask,
    seen: Seen,
    *,
    save: Save | None = None,
    refusals: tuple[Refusal, ...] = (),
    has_changed: bool = False,
    status: int = 200,
) -> Response:
    """The matrix, with all that was filled in."""
    state = seen.state
    problems = () if save is None else save.problems
    filling = Filling(
        wishes_in(ask.form.multi_items()),
        {(one.measure, one.part): one.sentence for one in problems},
    )
    by = choice_in(ask, "group", Grouping) or Grouping.OWNER
    shape = Shape(by, is_on(ask, "open"), ask.day)
    obstacles = _obstacles(ask, seen)
    may_save = ask.is_now and ask.may(Scope.MEASURES_UPDATE)
    at, since = _seen_version(ask, state.version), state.version
    return page(
        ask,
        "measures.html",
        status=status,
        overview=seen.overview,
        matrix=matrix_of(state, shape, filling),
        shape=shape,
        editable=may_save and not obstacles and bool(state.measures),
        obstacles=obstacles if may_save and state.measures else (),
        may_plan=ask.is_now and ask.may(scope_for(AdoptPlan)),
        problems=problems,
        gone=() if save is None else save.gone,
        nothing=save is not None and not (save.commands or save.problems or save.gone),
        refusals=refusals,
        changed=changed_since(ask, ask.estate, at) if has_changed else None,
        day=str(ask.form.get(DAY, "")) or typed(ask.today),
        saved=saved_in(ask, ask.estate) if ask.request.method == "GET" else None,
        **_carried(ask, since if has_changed else at),
    )


def _confirmation(ask: Ask, now: Seen, save: Save) -> Response:
    """What changes, measure by measure, and what that leads to; nothing is written yet."""
    seen = _seen_version(ask, now.state.version)
    preview = ask.desk.preview_all(save.commands, expected_version=seen)
    return page(
        ask,
        "measures_confirm.html",
        overview=now.overview,
        changes=save.changes(now.state),
        on=save.commands[0].on,
        preview=preview.estates[0],
        warnings=warnings_in(preview.outcome),
        hidden=hidden_inputs(save),
        day=str(ask.form.get(DAY, "")),
        **_carried(ask, seen),
    )


def _done(ask: Ask, save: Save) -> Response:
    outcome = ask.desk.do_all(
        save.commands,
        command_id=str(ask.form.get(_ID, "")) or _new_id(),
        expected_version=_seen_version(ask, None),
        trace=kept_trace(ask.request.headers.get("traceparent"), ask.trace),
    )
    return RedirectResponse(ask.links.here(done=outcome.version, on=None, known_at=None), 303)


def _obstacles(ask: Ask, seen: Seen) -> tuple[str, ...]:
    """Why no measure of this estate can be updated now."""
    every = commands_of(ask, seen.state)
    found = (one.obstacles for one in every if one.command is UpdateMeasure)
    return tuple(plainly(one.message(ask.language), ask.language) for one in next(found, ()))


def _carried(ask: Ask, version: int | None) -> dict[str, Any]:
    """What the form carries along, unseen."""
    return {"seen_version": version, "command_id": str(ask.form.get(_ID, "")) or _new_id()}


def _new_id() -> str:
    return f"page-{secrets.token_hex(16)}"


def _seen_version(ask: Ask, otherwise: int | None) -> int:
    given = str(ask.form.get(_SEEN, ""))
    if given.isascii() and given.isdigit() and len(given) <= _MOST_DIGITS:
        return int(given)
    return ask.desk.state(ask.estate).version if otherwise is None else otherwise
