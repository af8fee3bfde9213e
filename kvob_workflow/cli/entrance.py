"""What is one command of `kvob`? Its path, title, options and handler, before Cyclopts sees it."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.cli.option_choices import codes
from kvob_workflow.cli.options import Kind, Option, flag_of
from kvob_workflow.cli.words import OPTION_WORDS
from kvob_workflow.setting_names import ALL_SETTINGS, ROLES

if TYPE_CHECKING:
    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.cli.exit_codes import ExitCode

Values = Mapping[str, object]
"""What was given, by the name of the option; absent where nothing was."""

Handler = Callable[["Desk", Values], "ExitCode | None"]

_KINDS: Final[dict[object, Kind]] = {
    str: "text",
    str | None: "text",
    int | None: "number",
    date | None: "day",
    bool: "flag",
    tuple[str, ...]: "texts",
}


class Section(IntEnum):
    """Under which heading of the help page a command stands, in this order."""

    LOOK = 1
    IDENTITY = 2
    PREPARATION = 3
    CERTIFICATION = 4
    STANDING = 5
    OVERSIGHT = 6
    PAST = 7
    KEEP = 8

    @property
    def words(self) -> Text:
        """The heading."""
        return _SECTION_WORDS[self]


_SECTION_WORDS: Final[dict[Section, Text]] = {
    Section.LOOK: Text("Kijken", "Look"),
    Section.IDENTITY: Text("Terrein, partijen, certificatie-instelling", "Estate, parties, body"),
    Section.PREPARATION: Text("Op weg naar het convenant", "On the way to the covenant"),
    Section.CERTIFICATION: Text("Convenant, audit, toekenning", "Covenant, audit, award"),
    Section.STANDING: Text("Zolang het certificaat loopt", "While the certificate stands"),
    Section.OVERSIGHT: Text(
        "Ontheffing, akkoord, schemaversie", "Waiver, approval, scheme edition"
    ),
    Section.PAST: Text("Wat al gebeurd is", "What has happened before"),
    Section.KEEP: Text("Beheer", "Upkeep"),
}


@dataclass(frozen=True, slots=True)
class Entrance:
    """One command. `options` is called only for the command that is asked for."""

    path: tuple[str, ...]
    title: Text
    section: Section
    handle: Handler
    options: Callable[[], tuple[Option, ...]]
    about: Text | None = None


def entrance(
    path: str, title: Text, section: Section, *, about: Text | None = None
) -> Callable[[Callable[..., ExitCode | None]], Entrance]:
    """Make a command of a function: its parameters after the desk become the options.

    A parameter without default is demanded and may stand without its flag.
    """

    def make(function: Callable[..., ExitCode | None]) -> Entrance:
        def handle(desk: Desk, values: Values) -> ExitCode | None:
            return function(desk, **values)

        def options() -> tuple[Option, ...]:
            return _options_of(path, function)

        return Entrance(tuple(path.split()), title, section, handle, options, about)

    return make


def _options_of(path: str, function: Callable[..., object]) -> tuple[Option, ...]:
    hints = typing.get_type_hints(function, localns={"Desk": object, "ExitCode": int})
    given = list(inspect.signature(function).parameters.values())[1:]
    return tuple(_option(path, parameter, hints[parameter.name]) for parameter in given)


def _option(path: str, parameter: inspect.Parameter, hint: object) -> Option:
    name = parameter.name
    positional = parameter.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
    return Option(
        name=name,
        kind=_KINDS[hint],
        words=OPTION_WORDS.get(f"{path}:{name}") or OPTION_WORDS[name],
        flags=(flag_of(name),),
        positional=positional,
        demanded=positional and parameter.default is inspect.Parameter.empty,
    )


def shared_options() -> tuple[Option, ...]:
    """The options of every command."""
    settings = tuple(
        Option(
            name=_SHARED_NAMES.get(named.name, named.name),
            kind="flag" if named.name == "debug" else "text",
            words=OPTION_WORDS[_SHARED_NAMES.get(named.name, named.name)],
            flags=(named.option,),
            choices=codes(ROLES) if named.name == "role" else (),
            variable=named.variable,
            shared=True,
        )
        for named in ALL_SETTINGS
        if named.option is not None
    )
    as_json = Option("json", "flag", OPTION_WORDS["json"], ("--json",), shared=True)
    return (as_json, *settings)


_SHARED_NAMES: Final = {"language": "lang"}
