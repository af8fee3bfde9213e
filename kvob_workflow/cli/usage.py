"""What is wrong with how `kvob` was called? Cyclopts' own errors, in both languages.

KvobError
└── Invalid
    └── UsageInvalid   an option, an argument or a command that does not fit
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from cyclopts import exceptions

from kvob_domain.errors import Invalid
from kvob_domain.words import Text
from kvob_workflow.cli.words import POSITIONAL_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(eq=False)
class UsageInvalid(Invalid):
    """The call does not fit. `problem` says why; `command` is what --help can be asked of."""

    code: ClassVar[str] = "usage-invalid"
    nl: ClassVar[str] = "{problem} Uitleg: {command} --help."
    en: ClassVar[str] = "{problem} For help: {command} --help."
    problem: Text
    command: str

    def fields(self) -> dict[str, object]:
        """The typed fields by name; the problem as text in both languages."""
        return {"problem": self.problem, "command": self.command}


def check_text(arguments: Iterable[str]) -> None:
    """Refuses bytes that are not text in the encoding of this machine.

    Python lets such bytes in as lone surrogates, which no store and no output can carry.

    Raises:
        UsageInvalid: an argument has such a byte.
    """
    for number, word in enumerate(arguments, start=1):
        try:
            word.encode()
        except UnicodeEncodeError:
            shown = word.encode("ascii", "backslashreplace").decode()
            problem = Text(
                f"Argument {number} ('{shown}') is geen geldige tekst; nodig is UTF-8.",
                f"Argument {number} ('{shown}') is not valid text; it takes UTF-8.",
            )
            raise UsageInvalid(problem, "kvob") from None


def translated(error: exceptions.CycloptsError, commands: Iterable[str]) -> UsageInvalid:
    """The same error in both languages; `commands` are the names to guess from."""
    command = " ".join(("kvob", *(error.command_chain or ())))
    return UsageInvalid(_problem(error, commands), command)


def _problem(error: exceptions.CycloptsError, commands: Iterable[str]) -> Text:
    if isinstance(error, exceptions.UnknownCommandError):
        return _unknown_command(error, commands)
    if isinstance(error, exceptions.UnknownOptionError):
        return _unknown_option(error)
    if isinstance(error, exceptions.MissingArgumentError):
        return _missing(error)
    if isinstance(error, exceptions.CoercionError):
        return _wrong_value(error)
    if isinstance(error, exceptions.RepeatArgumentError):
        return Text(
            f"{error.token.keyword} is meer dan eens gegeven.",
            f"{error.token.keyword} was given more than once.",
        )
    if isinstance(error, exceptions.UnusedCliTokensError):
        shown = " ".join(f"'{token}'" for token in error.unused_tokens or ())
        return Text(
            f"Te veel woorden: {shown}. Zet een naam met spaties tussen aanhalingstekens.",
            f"Too many words: {shown}. Put a name with spaces between quotes.",
        )
    return Text(f"De opdracht past niet ({error}).", f"The call does not fit ({error}).")


def _unknown_command(error: exceptions.UnknownCommandError, commands: Iterable[str]) -> Text:
    word = (error.unused_tokens or [""])[0]
    if word.startswith("-"):
        return Text(f"De optie {word} bestaat hier niet.", f"There is no option {word} here.")
    nl, en = _guess(word, commands)
    return Text(f"De opdracht '{word}' bestaat niet.{nl}", f"There is no command '{word}'.{en}")


def _unknown_option(error: exceptions.UnknownOptionError) -> Text:
    word = error.token.keyword or error.token.value
    known = [name for argument in error.argument_collection for name in argument.names]
    nl, en = _guess(word.split("=", 1)[0], known)
    return Text(f"De optie {word} bestaat hier niet.{nl}", f"There is no option {word} here.{en}")


def _missing(error: exceptions.MissingArgumentError) -> Text:
    argument = error.argument
    if error.keyword is not None or argument is None:
        return Text(
            f"Na {error.keyword} ontbreekt een waarde. Begint die met een streepje, schrijf dan "
            f"{error.keyword}=WAARDE.",
            f"A value is missing after {error.keyword}. Where it starts with a hyphen, write "
            f"{error.keyword}=VALUE.",
        )
    name = argument.name.lstrip("-")
    nl, en = POSITIONAL_WORDS.get(name, Text(name.upper(), name.upper()))
    return Text(f"{nl} ontbreekt.", f"{en} is missing.")


def _wrong_value(error: exceptions.CoercionError) -> Text:
    value = error.token.value if error.token else ""
    name = (error.token.keyword if error.token else None) or (
        error.argument.name if error.argument else ""
    )
    wanted = _WANTED.get(error.target_type, Text("iets anders", "something else"))
    return Text(
        f"{name}: '{value}' kan niet; nodig is {wanted.nl}.",
        f"{name}: '{value}' is not possible; it takes {wanted.en}.",
    )


_WANTED: dict[type | None, Text] = {
    date: Text("een dag zoals 2026-12-31", "a day such as 2026-12-31"),
    int: Text("een geheel getal", "a whole number"),
    bool: Text("geen waarde", "no value"),
}


def _guess(word: str, known: Iterable[str]) -> tuple[str, str]:
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    if not close:
        return "", ""
    return f" Bedoelt u {close[0]}?", f" Did you mean {close[0]}?"
