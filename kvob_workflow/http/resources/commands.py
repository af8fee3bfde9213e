"""What can be done with an estate? Each command of the domain is a sub-resource; all are derived.

    POST /estates/{estateId}/covenant-signings     {"signatories": [...]}
    GET  /estates/{estateId}/covenant-signings     what was recorded by it

The closed union of commands gives paths, bodies, scopes and documents; nothing here knows one of
them by name. Read next: `http.nouns` (the paths), `http.given` (the bodies), `http.conditions`.
"""

from collections.abc import Callable

from fastapi import Request, Response

from kvob_domain.estate.commands import ALL_COMMANDS, Command, name_of
from kvob_domain.mandates import Scope, scope_for
from kvob_projections.paging import Page
from kvob_workflow.engine.errors import EstateChanged
from kvob_workflow.engine.outcome import Outcome
from kvob_workflow.http.answers import Limit, ListOf, Offset, answered, listed
from kvob_workflow.http.conditions import Condition, command_id_of, condition_of
from kvob_workflow.http.declaring import Declared, Routes
from kvob_workflow.http.entrance import Desk, asked_of
from kvob_workflow.http.given import command_in, is_registration, schema_of
from kvob_workflow.http.models.history import HistoryLine, history_line
from kvob_workflow.http.models.outcomes import OutcomeModel, outcome_model
from kvob_workflow.http.nouns import is_by, path_of
from kvob_workflow.http.parameters import DryRun, EstatePath
from kvob_workflow.http.tracing import kept_trace

ROUTES = Routes("commands")


def _declare(command: type[Command]) -> None:
    """The resource of a command: to give it, and to see what it recorded."""
    ROUTES.add(
        Declared(
            "POST",
            path_of(command),
            _registering(command) if is_registration(command) else _acting(command),
            OutcomeModel,
            scope_for(command),
            ROUTES.tag,
            status=201,
            takes=schema_of(command),
            changes=True,
        )
    )
    if not is_registration(command):
        handler = _telling(command)
        path, answers = path_of(command), ListOf[HistoryLine]
        ROUTES.add(Declared("GET", path, handler, answers, Scope.HISTORY_READ, ROUTES.tag))


def _acting(command: type[Command]) -> Callable[..., Response]:
    def handle(
        request: Request, desk: Desk, estate_id: EstatePath, dry_run: DryRun = False
    ) -> Response:
        desk.mandate.demand(scope_for(command))
        condition = condition_of(request)
        asked = command_in(request, command, estate_id, desk.today)
        outcome = _on_one_of(
            condition, lambda version: _done(request, desk, asked, version, dry_run)
        )
        place = request.url.path.rpartition("/")[0]
        return _told(request, desk, outcome, f"{place}/history/{outcome.version}")

    return _named(handle, name_of(command), f"{command.TITLE.en}.\n\n{command.__doc__}")


def _registering(command: type[Command]) -> Callable[..., Response]:
    def handle(request: Request, desk: Desk, dry_run: DryRun = False) -> Response:
        desk.mandate.demand(scope_for(command))
        asked = command_in(request, command, None, desk.today)
        outcome = _done(request, desk, asked, None, dry_run)
        place = request.url.path.rpartition("/")[0]
        return _told(request, desk, outcome, f"{place}/estates/{outcome.estate}")

    return _named(handle, name_of(command), f"{command.TITLE.en}.\n\n{command.__doc__}")


def _telling(command: type[Command]) -> Callable[..., Response]:
    def handle(
        request: Request,
        desk: Desk,
        estate_id: EstatePath,
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> Response:
        found = [one for one in desk.history(estate_id) if is_by(command, one)]
        lines = [history_line(one) for one in found[offset : offset + limit]]
        page = Page(tuple(lines), len(found), True, offset, limit)
        return listed(page, HistoryLine, request, limit)

    about = f"What was recorded by: {command.TITLE.en[0].lower()}{command.TITLE.en[1:]}."
    return _named(handle, f"list_{path_of(command).rpartition('/')[2].replace('-', '_')}", about)


def _named(handle: Callable[..., Response], name: str, about: str) -> Callable[..., Response]:
    handle.__name__ = name
    handle.__doc__ = about
    return handle


def _done(
    request: Request, desk: Desk, command: Command, version: int | None, dry_run: bool
) -> Outcome:
    return desk.do(
        command,
        command_id=command_id_of(request),
        dry_run=dry_run,
        trace=kept_trace(request.headers.get("traceparent"), asked_of(request).trace),
        expected_version=version,
    )


def _on_one_of(condition: Condition, attempt: Callable[[int | None], Outcome]) -> Outcome:
    """Try it on the first version; where another of those that are taken is current, on that."""
    first, *others = condition.versions or (None,)
    try:
        return attempt(first)
    except EstateChanged as changed:
        if changed.current not in others:
            raise
        return attempt(changed.current)


def _told(request: Request, desk: Desk, outcome: Outcome, place: str) -> Response:
    body = outcome_model(outcome)
    if outcome.dry_run:
        return answered(body)
    headers = {"Location": place}
    if outcome.repeated:
        headers["Idempotent-Replayed"] = "true"
    return answered(body, version=outcome.version, status=201, headers=headers)


for _command in ALL_COMMANDS:
    _declare(_command)
