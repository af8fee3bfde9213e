"""How does one call of `kvob` run, from its words to its exit code?"""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from cyclopts import CycloptsError

from kvob_domain.errors import KvobError, Unavailable
from kvob_domain.words import Text
from kvob_workflow.cli.app import build
from kvob_workflow.cli.commands import all_entrances
from kvob_workflow.cli.desk import Desk
from kvob_workflow.cli.exit_codes import ExitCode
from kvob_workflow.cli.failures import tell, tell_bug
from kvob_workflow.cli.namespaces import NAMESPACES
from kvob_workflow.cli.usage import UsageInvalid, check_text, translated
from kvob_workflow.settings import language_of, read_settings, wants_debug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_domain.words import Language
    from kvob_workflow.cli.entrance import Entrance, Values

_END_OF_OPTIONS = "--"
_SETTING_OPTIONS = {
    "store": "store",
    "language": "lang",
    "person": "person",
    "organisation": "organisation",
    "role": "role",
    "notices": "notices",
}
_SHARED_FLAGS = frozenset(
    ("--json", "--debug", *(f"--{name}" for name in _SETTING_OPTIONS.values()))
)
_NO_COMMAND = Text("Er is geen opdracht gegeven.", "No command was given.")
_TAKE_A_PATH = frozenset(("--csv", "--output"))
_TAKE_A_VALUE = frozenset(f"--{option}" for option in _SETTING_OPTIONS.values())


@dataclass(eq=False)
class MachineFailed(Unavailable):
    """The machine refused: a full disk below the output, a folder that may not be read."""

    code: ClassVar[str] = "machine-failed"
    nl: ClassVar[str] = "De machine weigert: {reason}. Verhelp dat en herhaal de opdracht."
    en: ClassVar[str] = "The machine refuses: {reason}. Mend that and repeat the command."
    reason: str


class Wish(NamedTuple):
    """What must be known before the words are understood, to be able to say what is wrong."""

    language: Language
    as_json: bool
    debug: bool


def run(arguments: Sequence[str]) -> ExitCode:
    """Carry out one call."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # An old code page lacks the arrow and the ellipsis; a question mark beats a crash.
            stream.reconfigure(errors="replace")
    wish = _wish(arguments)
    try:
        check_text(arguments)
        return _run(_in_order(arguments), wish.language)
    except KvobError as error:
        return tell(error, wish.language, as_json=wish.as_json)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        _give_up_output()
        return ExitCode.READER_GONE
    except OSError as failure:
        _give_up_output()
        failed = MachineFailed(str(failure))
        return tell(failed, wish.language, as_json=wish.as_json)
    except Exception as bug:
        return tell_bug(bug, wish.language, as_json=wish.as_json, debug=wish.debug)


def _run(words: list[str], language: Language) -> ExitCode:
    entrances = all_entrances()
    app = build(entrances, language, _serve, words)
    try:
        answer = app(words)
        sys.stdout.flush()
    except CycloptsError as error:
        raise translated(error, (name for one in entrances for name in one.path)) from None
    return answer if isinstance(answer, ExitCode) else ExitCode.OK


def _serve(entrance: Entrance, values: Values) -> ExitCode:
    """Carry out a command: what every command shares is settled here, the rest is its own."""
    own = {key: value for key, value in values.items() if not key.startswith("shared.")}
    options = {
        name: None if (value := values.get(f"shared.{option}")) is None else str(value)
        for name, option in _SETTING_OPTIONS.items()
    }
    if values.get("shared.debug"):
        options["debug"] = "yes"
    settings = read_settings(options)
    with Desk(settings, as_json=bool(values.get("shared.json"))) as desk:
        return entrance.handle(desk, own) or ExitCode.OK


def _in_order(arguments: Sequence[str]) -> list[str]:
    """The words as Cyclopts reads them: the command first, what every command takes at the end.

    "-" becomes the flag that it stands for; a heading without a command asks for its help.
    """
    words: list[str] = []
    for word in arguments:
        if word == "-" and words and words[-1] in _TAKE_A_PATH:
            words[-1] += "=-"
        else:
            words.append("--stdin" if word == "-" else word)
    path: list[str] = []
    shared: list[str] = []
    while words and not (path and path[-1] not in NAMESPACES):
        if words[0].partition("=")[0] in _SHARED_FLAGS:
            number = 2 if words[0] in _TAKE_A_VALUE else 1
            shared += words[:number]
            words = words[number:]
        elif words[0].startswith("-"):
            break
        else:
            path.append(words.pop(0))
    if not words and (not path or path[-1] in NAMESPACES):
        if "--json" in shared:  # a program asked: a page of help is no document
            raise UsageInvalid(_NO_COMMAND, " ".join(("kvob", *path)))
        return [*path, "--help"]
    if words[:1] == ["--version"] and not path:
        return ["version", *words[1:], *shared]
    end = words.index(_END_OF_OPTIONS) if _END_OF_OPTIONS in words else len(words)
    return [*path, *words[:end], *shared, *words[end:]]


def _wish(words: Sequence[str]) -> Wish:
    language: str | None = None
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == "--lang":
            language = following
        elif word.startswith("--lang="):
            language = word.removeprefix("--lang=")
    return Wish(language_of(language), "--json" in words, wants_debug("--debug" in words))


def _give_up_output() -> None:
    """Nobody can read the output any more; without this Python tries again when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
