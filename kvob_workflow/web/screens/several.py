"""How is one form given for several estates? Chosen in the address, looked at for each, then done.

    GET   /several?estate=ID&estate=ID&command=NAME   the estates, the commands, and the form
    POST                                              `stage`: rows, `edit`, `check`, `confirm`

Some commands are one act of all estates, and then it is all of them or none. Every other command is
given for each estate by itself: where it cannot be, the page says why, and the others go on.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from starlette.responses import RedirectResponse

from kvob_domain.errors import KvobError
from kvob_domain.mandates import Scope, scope_for
from kvob_domain.words import Text
from kvob_workflow.http.problems import is_of_inside, status_of
from kvob_workflow.http.tracing import kept_trace
from kvob_workflow.web.errors import PageUnknown
from kvob_workflow.web.forms.consequences import IRREVERSIBLE, lists_in
from kvob_workflow.web.forms.filled import Filled
from kvob_workflow.web.forms.uploading import UPLOAD, with_upload
from kvob_workflow.web.many.chosen import MOST, Chosen, added_in, chosen_in
from kvob_workflow.web.many.offered import FOR_SEVERAL, offered_for
from kvob_workflow.web.many.sheet import ManySheet
from kvob_workflow.web.many.trying import Tried, done, done_jointly, seen_in, tried
from kvob_workflow.web.rendering import page
from kvob_workflow.web.routing import Screens
from kvob_workflow.web.screens.commands import DOCUMENT_BYTES

if TYPE_CHECKING:
    from fastapi import Response

    from kvob_domain.estate.commands import Command
    from kvob_workflow.web.asking import Ask
    from kvob_workflow.web.forms.problems import FieldProblem

SCREENS: Final = Screens("several")

_STAGE, _ID, _SEEN = "stage", "command_id", "seen."
_OWN: Final = frozenset({_STAGE, _ID, "form_token", UPLOAD})
_OF_ADDRESS: Final = frozenset({"on", "known_at", "lang", "estate", "command", "add", "day"})
_DOCUMENT: Final = "register_document"


@SCREENS.get("/several", scope=Scope.ESTATES_READ)
def several(ask: Ask) -> Response:
    """The estates that are chosen, what can be done with them, and the form of one command."""
    if not ask.is_now:  # nothing can be done in the past
        return RedirectResponse(ask.links.here(on=None, known_at=None), 303)
    chosen, added = chosen_in(ask), added_in(ask)
    if added.found is not None:
        ids = dict.fromkeys((*chosen.ids, added.found))
        return RedirectResponse(ask.links.here(add=None, estate=list(ids)), 303)
    model = _model(ask)
    if model is None or not chosen.states or chosen.too_many:
        offered = offered_for(ask, chosen.states) if chosen.states else ()
        return _page(ask, "several.html", chosen, added=added, offered=offered, sheet=None)
    return _form(_sheet(ask, model, chosen, _asked_by_address(ask)).with_defaults(), chosen)


@SCREENS.post("/several", scope=Scope.ESTATES_READ, takes_bytes=DOCUMENT_BYTES)
def several_given(ask: Ask) -> Response:
    """What was filled in for several estates: looked at for each, or carried out."""
    chosen, model = chosen_in(ask), _model(ask)
    if model is None or not chosen.states or chosen.too_many:
        raise PageUnknown(ask.request.url.path)
    sheet = _sheet(ask, model, chosen, with_upload(ask.form, _filled_in(ask)))
    stage, _, name = str(ask.form.get(_STAGE, "check")).partition(":")
    match stage:
        case "add":
            inner = {one.name: [each.name for each in one.inner] for one in lists_in(sheet.fields)}
            below = inner.get(name.rpartition(".")[2], [])
            return _form(sheet.but(sheet.filled.with_row(name, below)), chosen, focus=name)
        case "remove":
            rest = sheet.filled.without_row(name)
            return _form(sheet.but(rest), chosen, focus=name.rpartition(".")[0])
        case "edit":
            return _form(sheet, chosen)
        case _:
            return _given(sheet, chosen, does=stage == "confirm")


def _model(ask: Ask) -> type[Command] | None:
    """The command of the address, for who may give it; None where it names none.

    Raises:
        PageUnknown: it is none that is given for several estates.
        ScopeMissing: he may not.
    """
    name = ask.query.get("command", "")
    if not name:
        return None
    model = FOR_SEVERAL.get(name)
    if model is None:
        raise PageUnknown(ask.request.url.path)
    ask.visitor.mandate.demand(scope_for(model))
    return model


def _sheet(ask: Ask, model: type[Command], chosen: Chosen, filled: Filled) -> ManySheet:
    key = str(ask.form.get(_ID, "")) or f"page-{secrets.token_hex(16)}"
    return ManySheet(ask, model, chosen.states, filled, key)


def _asked_by_address(ask: Ask) -> Filled:
    given = {name: text for name, text in ask.query.items() if name not in _OF_ADDRESS}
    if day := ask.query.get("day", ""):
        given["on"] = day
    return Filled.of(given.items())


def _filled_in(ask: Ask) -> Filled:
    pairs = ((name, text) for name, text in ask.form.multi_items() if name not in _OWN)
    return Filled.of(
        (name, text) for name, text in pairs if isinstance(text, str) and not name.startswith(_SEEN)
    )


def _given(sheet: ManySheet, chosen: Chosen, *, does: bool) -> Response:
    commands, problems = sheet.made()
    if not commands:
        return _form(sheet, chosen, problems, status=400)
    try:
        if does and seen_in(sheet.ask.form, _SEEN):
            return _done(sheet, chosen, commands)
        return _consequences(sheet, chosen, tried(sheet, commands))
    except KvobError as error:
        if is_of_inside(error):
            raise
        said = Text(error.message("nl"), error.message("en"))
        status = status_of(type(error)).value
        return _form(sheet, chosen, refusals=(said,), status=status)


def _done(sheet: ManySheet, chosen: Chosen, commands: tuple[Command, ...]) -> Response:
    ask = sheet.ask
    seen = seen_in(ask.form, _SEEN)
    trace = kept_trace(ask.request.headers.get("traceparent"), ask.trace)
    if sheet.is_joint:
        result, was_done = done_jointly(sheet, commands[0], seen, trace)
        if not was_done:  # others were faster: it is looked at anew
            again = tried(sheet, commands)
            changed = frozenset(one.state.id for one in result.lines if one.has_changed)
            return _consequences(sheet, chosen, again, changed=changed, status=409)
    else:
        result = done(sheet, commands, seen, trace)
    return _page(
        ask, "several_done.html", chosen, sheet=sheet, result=result, hidden=_hidden(sheet)
    )


def _consequences(
    sheet: ManySheet,
    chosen: Chosen,
    found: Tried,
    *,
    changed: frozenset[str] = frozenset(),
    status: int = 200,
) -> Response:
    return _page(
        sheet.ask,
        "several_check.html",
        chosen,
        status=status,
        sheet=sheet,
        tried=found,
        changed=changed,
        can_be=not (found.refused or found.refusals) if sheet.is_joint else bool(found.free),
        irreversible=IRREVERSIBLE.get(sheet.name),
        answers=sheet.answers(),
        hidden=_hidden(sheet),
    )


def _form(
    sheet: ManySheet,
    chosen: Chosen,
    problems: tuple[FieldProblem, ...] = (),
    *,
    refusals: tuple[Text, ...] = (),
    focus: str = "",
    status: int = 200,
) -> Response:
    return _page(
        sheet.ask,
        "several.html",
        chosen,
        status=status,
        added=added_in(sheet.ask),
        offered=(),
        sheet=sheet,
        fields=sheet.shown(problems),
        problems=problems,
        refusals=refusals,
        focus=focus,
        takes_file=sheet.name == _DOCUMENT,
    )


def _hidden(sheet: ManySheet) -> list[tuple[str, str]]:
    """What a page of consequences carries along, unseen."""
    return list(sheet.filled.values.items())


def _page(
    ask: Ask, template: str, chosen: Chosen, *, status: int = 200, **found: object
) -> Response:
    return page(ask, template, status=status, chosen=chosen, most=MOST, **found)
