"""How is a command given on a page? A form, a look at the consequences, and only then the deed.

    GET  /estates/{estate}/do/{command}     the form; its fields may be filled in by the address
    POST                                    the hidden field `stage` says how far it is

Stages: `add:` and `remove:` a row, `copy` from the last cycle, `check` (tries it, and shows what
it leads to), `edit` (back to the form), `confirm` (does it). Nothing typed is ever lost: whatever
is wrong, the form comes back with it. Read next: `forms.sheet`, `forms.consequences`.
"""

from __future__ import annotations

import secrets
from functools import partial
from typing import TYPE_CHECKING, Final

from starlette.responses import RedirectResponse

from kvob_domain.errors import KvobError
from kvob_domain.estate.commands import ALL_COMMANDS, Command, name_of
from kvob_domain.estate.commands.corrections import Correct
from kvob_domain.mandates import Scope, scope_for
from kvob_workflow.engine.errors import EstateChanged
from kvob_workflow.http.problems import is_of_inside, status_of
from kvob_workflow.http.tracing import kept_trace
from kvob_workflow.web.errors import PageUnknown
from kvob_workflow.web.forms import consequences
from kvob_workflow.web.forms.copying import can_copy, copied, has_closed
from kvob_workflow.web.forms.correcting import fields_of_event
from kvob_workflow.web.forms.filled import Filled
from kvob_workflow.web.forms.offers import known_of
from kvob_workflow.web.forms.sheet import Sheet
from kvob_workflow.web.forms.uploading import UPLOAD, with_upload
from kvob_workflow.web.rendering import page
from kvob_workflow.web.routing import FORM_BYTES, Screens
from kvob_workflow.web.telling.proposing import asked_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fastapi import Response

    from kvob_workflow.engine.history import HistoryEntry
    from kvob_workflow.web.asking import Ask
    from kvob_workflow.web.forms.fields import Field
    from kvob_workflow.web.forms.offers import Known
    from kvob_workflow.web.forms.problems import FieldProblem

SCREENS: Final = Screens("commands")

_MODELS: Final = {name_of(one): one for one in ALL_COMMANDS}
_STAGE, _ID, _SEEN, _ABOUT = "stage", "command_id", "seen_version", "version"
_OWN: Final = frozenset({_STAGE, _ID, _SEEN, "form_token", UPLOAD})
_OF_ADDRESS: Final = frozenset({"on", "known_at", "lang", "day"})
DOCUMENT_BYTES: Final = 2_000_000 + FORM_BYTES
"""The largest file whose fingerprint is worked out on the page, and the form beside it."""
_DOCUMENT: Final = "register_document"


@SCREENS.get("/do/{command}", scope=None)
def registration(ask: Ask) -> Response:
    """The form that registers an estate or a group."""
    if not ask.is_now:
        return _today(ask)
    return _first(_sheet(ask, _asked_by_address(ask), None))


@SCREENS.post("/do/{command}", scope=None)
def registering(ask: Ask) -> Response:
    """What was filled in to register an estate or a group."""
    return _next(_sheet(ask, _filled_in(ask), None))


@SCREENS.get("/estates/{estate}/do", scope=Scope.ESTATES_READ)
def commands_of_estate(ask: Ask) -> Response:
    """Everything that can be given for an estate, by who looks."""
    known = known_of(ask)
    may = [one for one in ALL_COMMANDS if ask.may(scope_for(one)) and "estate" in _required(one)]
    allowed = set(known.overview.allowed)
    found = [(name_of(one), one.TITLE, name_of(one) in allowed) for one in may]
    return page(ask, "commands.html", known=known, commands=found)


@SCREENS.get("/estates/{estate}/do/{command}", scope=None)
def command_form(ask: Ask) -> Response:
    """The form of a command about an estate."""
    if not ask.is_now:
        return _today(ask)
    _demand(ask)
    return _first(_sheet(ask, _asked_by_address(ask), known_of(ask)))


@SCREENS.post(
    "/estates/{estate}/do/register_document", scope=Scope.DOCUMENTS_ADD, takes_bytes=DOCUMENT_BYTES
)
def document_given(ask: Ask) -> Response:
    """What was filled in about a document, perhaps with the file itself."""
    return _next(_sheet(ask, with_upload(ask.form, _filled_in(ask)), known_of(ask)))


@SCREENS.post("/estates/{estate}/do/{command}", scope=None)
def command_given(ask: Ask) -> Response:
    """What was filled in for a command about an estate."""
    _demand(ask)
    return _next(_sheet(ask, _filled_in(ask), known_of(ask)))


def _today(ask: Ask) -> Response:
    """The same form of today: nothing can be done on a page about the past."""
    return RedirectResponse(ask.links.here(on=None, known_at=None), 303)


def _required(model: type[Command]) -> set[str]:
    return {name for name, one in model.model_fields.items() if one.is_required()}


def _model(ask: Ask) -> type[Command]:
    """The command of the path, for who may give it.

    Raises:
        PageUnknown: there is none.
        ScopeMissing: he may not.
    """
    name = ask.request.path_params.get("command", _DOCUMENT)
    model = _MODELS.get(str(name))
    if model is None:
        raise PageUnknown(ask.request.url.path)
    ask.visitor.mandate.demand(scope_for(model))
    return model


def _demand(ask: Ask) -> None:
    """Let through who may give the command; a correction needs to see what is corrected."""
    if _model(ask) is Correct:
        for scope in (Scope.HISTORY_READ, Scope.PERSONS_READ):
            ask.visitor.mandate.demand(scope)


def _sheet(ask: Ask, filled: Filled, known: Known | None) -> Sheet:
    model = _model(ask)
    sheet = Sheet(
        ask=ask,
        model=model,
        known=known,
        filled=filled,
        command_id=str(ask.form.get(_ID, "")) or f"page-{secrets.token_hex(16)}",
        seen=_seen(ask, known),
        entry=_entry(known, filled.text(_ABOUT)) if model is Correct else None,
    )
    if sheet.is_registration is not (known is None):
        raise PageUnknown(ask.request.url.path)
    return sheet


def _seen(ask: Ask, known: Known | None) -> int | None:
    given = str(ask.form.get(_SEEN, ""))
    if given.isascii() and given.isdigit() and len(given) < 10:
        return int(given)
    return None if known is None else known.state.version


def _entry(known: Known | None, version: str) -> HistoryEntry | None:
    history = () if known is None else known.history
    own = (one for one in history if one.via is None and str(one.version) == version)
    return next(own, None)


def _asked_by_address(ask: Ask) -> Filled:
    """What a link fills in: fields by their names, the day as `day`."""
    given = {name: text for name, text in ask.query.items() if name not in _OF_ADDRESS}
    if day := ask.query.get("day", ""):
        given["on"] = day
    if "ordinal" in given and ":" not in given.get("kind", ":"):
        given["kind"] = f"{given['kind']}:{given.pop('ordinal')}"
    return Filled.of(given.items())


def _filled_in(ask: Ask) -> Filled:
    pairs = ((name, text) for name, text in ask.form.multi_items() if name not in _OWN)
    return Filled.of((name, text) for name, text in pairs if isinstance(text, str))


def _first(sheet: Sheet) -> Response:
    if sheet.model is Correct and sheet.entry is None:
        return page(sheet.ask, "command_events.html", sheet=sheet, known=sheet.known)
    return _form(sheet.with_defaults())


def _next(sheet: Sheet) -> Response:
    stage, _, name = str(sheet.ask.form.get(_STAGE, "check")).partition(":")
    known = sheet.known
    match stage:
        case "add":
            inner = {one.name: [each.name for each in one.inner] for one in _lists(sheet)}
            below = inner.get(name.rpartition(".")[2], [])
            return _form(sheet.but(sheet.filled.with_row(name, below)), focus=name)
        case "remove":
            return _form(sheet.but(sheet.filled.without_row(name)), focus=name.rpartition(".")[0])
        case "copy" | "copy-all" if known is not None:
            everything = stage == "copy-all"
            taken = copied(sheet.model, known.state, sheet.filled, closed_too=everything)
            return _form(sheet.but(taken))
        case "edit":
            return _form(sheet)
        case _:
            return _tried(sheet, does=stage == "confirm")


def _lists(sheet: Sheet) -> Iterable[Field]:
    own = sheet.fields if sheet.entry is None else (*sheet.fields, *fields_of_event(sheet.entry))
    return consequences.lists_in(own)


def _tried(sheet: Sheet, *, does: bool) -> Response:
    """The command tried, or done; where it is refused, the form with the reason."""
    command, problems = sheet.made()
    if command is None:
        return _form(sheet, problems, status=400)
    try:
        return _done(sheet, command) if does else _confirmation(sheet, command)
    except EstateChanged:
        return _form(sheet, changed=consequences.changes_since(sheet), status=409)
    except KvobError as error:
        if is_of_inside(error):
            raise
        refusals = consequences.refusals_of(error, sheet.known)
        return _form(sheet, refusals=refusals, status=status_of(type(error)).value)


def _confirmation(sheet: Sheet, command: Command) -> Response:
    preview = sheet.ask.desk.preview(command, expected_version=sheet.seen)
    return page(
        sheet.ask,
        "command_confirm.html",
        sheet=sheet,
        preview=preview,
        recorded=consequences.recorded_in(preview.outcome),
        warnings=consequences.warnings_in(preview.outcome),
        irreversible=consequences.IRREVERSIBLE.get(sheet.name),
        hidden=list(sheet.filled.values.items()),
        answers=sheet.answers(),
    )


def _done(sheet: Sheet, command: Command) -> Response:
    ask = sheet.ask
    outcome = ask.desk.do(
        command,
        command_id=sheet.command_id,
        expected_version=sheet.seen,
        trace=kept_trace(ask.request.headers.get("traceparent"), ask.trace),
    )
    place = ask.links.at_now(f"/estates/{outcome.estate}", done=outcome.version)
    return RedirectResponse(place, 303)


def _form(
    sheet: Sheet,
    problems: tuple[FieldProblem, ...] = (),
    *,
    refusals: tuple[consequences.Refused, ...] = (),
    changed: consequences.Changed | None = None,
    focus: str = "",
    status: int = 200,
) -> Response:
    if changed is not None:
        sheet = consequences.seen_now(sheet)
    known, model = sheet.known, sheet.model
    return page(
        sheet.ask,
        "command.html",
        status=status,
        sheet=sheet,
        fields=sheet.shown(problems),
        event_fields=sheet.shown_event(problems),
        problems=problems,
        refusals=refusals,
        changed=changed,
        focus=focus,
        can_copy=known is not None and can_copy(model, known.state),
        can_copy_closed=known is not None and has_closed(model, known.state),
        proposals=consequences.proposals_for(sheet),
        asked_in=partial(asked_in, sheet.ask, () if known is None else known.history),
        takes_file=sheet.name == _DOCUMENT,
    )
