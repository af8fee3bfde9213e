"""Which commands follow from the domain? One for each of `ALL_COMMANDS`, and `do` for them all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from pydantic import ValidationError

from kvob_domain.estate.commands import (
    ALL_COMMANDS,
    CertificationCommand,
    Command,
    CorrectionCommand,
    IdentityCommand,
    OversightCommand,
    PreparationCommand,
    Registration,
    StandingCommand,
    name_of,
)
from kvob_domain.estate.commands.corrections import Correct
from kvob_domain.ids import CommandId
from kvob_domain.words import Text
from kvob_workflow.cli.commands.correcting import SET, YES, agreed, with_set
from kvob_workflow.cli.commands.fields import (
    DISCRIMINATOR,
    Field,
    body_of,
    fields_of,
    option_of,
)
from kvob_workflow.cli.commands.reading_input import object_on_stdin
from kvob_workflow.cli.entrance import Entrance, Section, entrance
from kvob_workflow.cli.options import Option
from kvob_workflow.cli.words import OPTION_WORDS
from kvob_workflow.malformed import CommandUnknown, OtherCommand, malformed

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvob_workflow import Engine
    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.cli.entrance import Values

_SECTIONS: Final = (
    (IdentityCommand, Section.IDENTITY),
    (PreparationCommand, Section.PREPARATION),
    (CertificationCommand, Section.CERTIFICATION),
    (StandingCommand, Section.STANDING),
    (OversightCommand, Section.OVERSIGHT),
    (CorrectionCommand, Section.OVERSIGHT),
)
_ESTATE_ID: Final = re.compile(r"[0-9a-f]{32}")
_SOME_ESTATE: Final = "0" * 32


def derived() -> tuple[Entrance, ...]:
    """The commands of the domain, in its order."""
    return tuple(_entrance_of(command) for command in ALL_COMMANDS)


def _entrance_of(command: type[Command]) -> Entrance:
    name = name_of(command)

    def options() -> tuple[Option, ...]:
        return _options(command)

    def handle(desk: Desk, values: Values) -> None:
        fields = fields_of(command)
        given = body_of(fields, values)
        body = {**_from_stdin(name), **given} if values.get("stdin") else given
        body = with_set(body, values)
        flags = {field.path: field.flag for field in fields}
        _carry_out(desk, command, body, values, lambda path: flags.get(path, path))

    return Entrance((name.replace("_", "-"),), command.TITLE, _section(command), handle, options)


def _section(command: type[Command]) -> Section:
    for family, section in _SECTIONS:
        if issubclass(command, family):
            return section
    return Section.PAST


def _options(command: type[Command]) -> tuple[Option, ...]:
    name = name_of(command)
    fields = fields_of(command)
    # What a command is about stands without a flag: the estate, or the name of a new one.
    subject = next(field.path for field in fields if field.required)
    own = [option_of(field, name, positional=field.path == subject) for field in fields]
    own.sort(key=lambda option: not option.positional)
    extra = (SET, YES) if command is Correct else ()
    return (*own, *extra, *_how_options())


def _how_options() -> tuple[Option, ...]:
    return (
        Option("dry_run", "flag", OPTION_WORDS["dry_run"], ("--dry-run",)),
        Option("stdin", "flag", OPTION_WORDS["stdin"], ("--stdin",)),
        Option("command_id", "text", OPTION_WORDS["command_id"], ("--command-id",)),
    )


def _from_stdin(called: str) -> dict[str, object]:
    body = object_on_stdin()
    given = body.pop(DISCRIMINATOR, called)
    if given != called:
        raise OtherCommand(str(given), called)
    return body


@entrance(
    "do",
    Text("Een opdracht als JSON van de invoer uitvoeren", "Carry out a command as JSON from input"),
    Section.KEEP,
    about=Text(
        'De invoer is één object met het veld "command", zoals {"command": "sign_covenant", …}.',
        'The input is one object with the field "command": {"command": "sign_covenant", …}.',
    ),
)
def do(
    desk: Desk, *, dry_run: bool = False, stdin: bool = False, command_id: str | None = None
) -> None:
    """Any command, as one JSON object."""
    body = object_on_stdin()
    name = body.pop(DISCRIMINATOR, "")
    known = {name_of(command): command for command in ALL_COMMANDS}
    if not isinstance(name, str) or name not in known:
        raise CommandUnknown(str(name), tuple(known))
    values: dict[str, object] = {"dry_run": dry_run, "command_id": command_id}
    _carry_out(desk, known[name], body, values, lambda path: path)


def _carry_out(
    desk: Desk,
    model: type[Command],
    body: dict[str, object],
    values: Values,
    name: Callable[[str], str],
) -> None:
    fields = fields_of(model)
    registers = issubclass(model, Registration)
    engine = _engine(desk, registers=registers, dry_run=bool(values.get("dry_run")))
    if "on" not in body and any(field.path == "on" and field.required for field in fields):
        body["on"] = engine.today()
    estates = [field for field in fields if field.is_estate and not registers]
    # Judged before the store is asked for names, so that all that is wrong is told at once.
    _valid(model, {**body, **_some_estates(estates, body)}, name)
    command = _valid(model, {**body, **_found(engine, estates, body)}, name)
    if isinstance(command, Correct) and not agreed(desk, engine, command, values):
        return
    command_id = cast("str | None", values.get("command_id"))
    outcome = engine.do(
        command,
        command_id=CommandId(command_id) if command_id else None,
        dry_run=bool(values.get("dry_run")),
    )
    from kvob_workflow.cli.screens.outcome import show_outcome

    show_outcome(desk, engine, command, outcome)


def _engine(desk: Desk, *, registers: bool, dry_run: bool) -> Engine:
    """Only a registration can be the first thing in a store; nothing else has to make one."""
    if not registers:
        return desk.reading_engine
    return desk.trial_engine if dry_run else desk.engine


def _valid(model: type[Command], body: dict[str, object], name: Callable[[str], str]) -> Command:
    try:
        return model.model_validate(body)
    except ValidationError as error:
        raise malformed(name_of(model).replace("_", "-"), error, name) from None


def _some_estates(fields: list[Field], body: dict[str, object]) -> dict[str, object]:
    return _estates(fields, body, lambda _: _SOME_ESTATE)


def _found(engine: Engine, fields: list[Field], body: dict[str, object]) -> dict[str, object]:
    return _estates(fields, body, engine.find)


def _estates(
    fields: list[Field], body: dict[str, object], find: Callable[[str], str]
) -> dict[str, object]:
    """The fields that name estates, with each name replaced by an id."""

    def one(given: object) -> object:
        is_name = isinstance(given, str) and not _ESTATE_ID.fullmatch(given)
        return find(cast("str", given)) if is_name else given

    found: dict[str, object] = {}
    for field in fields:
        given = body.get(field.path)
        if field.many and isinstance(given, list):
            found[field.path] = tuple(one(item) for item in cast("list[object]", given))
        elif given is not None:
            found[field.path] = one(given)
    return found
