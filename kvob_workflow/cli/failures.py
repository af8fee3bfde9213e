"""How is it told that something went wrong? On standard error, as text or as one JSON document."""

from __future__ import annotations

import sys
import textwrap
import traceback
from typing import TYPE_CHECKING

from kvob_domain.errors import Conflict, Forbidden, Invalid, NotFound, Rejected, Unavailable
from kvob_domain.words import Text
from kvob_workflow.cli.exit_codes import ExitCode, exit_code_of
from kvob_workflow.cli.terminal import error_width, harmless
from kvob_workflow.cli.words import SCREEN_WORDS
from kvob_workflow.jsonable import Jsonable, as_json_text, error_as_json

if TYPE_CHECKING:
    from kvob_domain.errors import KvobError
    from kvob_domain.words import Language

_FAMILIES = (
    (Rejected, "rejected"),
    (Forbidden, "forbidden"),
    (Conflict, "conflict"),
    (NotFound, "not_found"),
    (Unavailable, "unavailable"),
    (Invalid, "invalid"),
)

_BUG = Text(
    "{kind}: {text}\n"
    "Dit hoort niet te gebeuren; wat al opgeslagen was, staat er nog. Meld het met de opdracht "
    "en de uitvoer van dezelfde opdracht met --debug.",
    "{kind}: {text}\n"
    "This must not happen; what was stored before is still there. Report it with the command "
    "and the output of the same command with --debug.",
)


def tell(error: KvobError, language: Language, *, as_json: bool) -> ExitCode:
    """Say what is wrong and what to do next; answers with the exit code."""
    if as_json:
        _document(error_as_json(error, language))
        return exit_code_of(error)
    lines = _labelled(_family(error).of(language), f"{error.message(language)} [{error.code}]")
    for other in error.others if isinstance(error, Rejected) else ():
        also = SCREEN_WORDS["also"].of(language)
        lines += _labelled(also, f"{other.message(language)} [{other.code}]")
    print("\n".join(lines), file=sys.stderr)
    return exit_code_of(error)


def tell_bug(bug: BaseException, language: Language, *, as_json: bool, debug: bool) -> ExitCode:
    """Own up to a defect; the way to it only for those who ask."""
    if debug:
        traceback.print_exception(bug, file=sys.stderr)
    message = _BUG.of(language).format(kind=type(bug).__name__, text=bug)
    if as_json:
        fields: dict[str, Jsonable] = {"type": type(bug).__name__}
        document: dict[str, Jsonable] = {"code": "defect", "message": message, "fields": fields}
        _document({**document, "others": []})
    else:
        lines = _labelled(SCREEN_WORDS["bug"].of(language), message)
        print("\n".join(lines), file=sys.stderr)
    return ExitCode.BUG


def _document(error: dict[str, Jsonable]) -> None:
    print(as_json_text({"error": error}, sys.stderr), file=sys.stderr)


def _family(error: KvobError) -> Text:
    for family, key in _FAMILIES:
        if isinstance(error, family):
            return SCREEN_WORDS[key]
    return SCREEN_WORDS["bug"]


def _labelled(label: str, message: str) -> list[str]:
    """The message after its label, wrapped for a terminal and left whole in a file."""
    width = error_width()
    lines: list[str] = []
    for number, paragraph in enumerate(message.splitlines() or [""]):
        text = harmless(f"{label}: {paragraph}" if number == 0 else f"  {paragraph}")
        lines += (
            textwrap.wrap(text, width, subsequent_indent="  ", break_on_hyphens=False)
            if width
            else [text]
        )
    return lines
