"""How is a correction typed? `--set field=value`, and a look at what it changes before it counts.

On a terminal the correction is tried first and shown; nothing is written without a yes. A script,
`--json` and `--yes` go straight on; `--dry-run` only shows.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, cast

from kvob_domain.errors import Invalid
from kvob_domain.estate.commands.corrections import Correct
from kvob_workflow.cli.audit_words import AUDIT_WORDS
from kvob_workflow.cli.options import Option

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvob_workflow import Engine
    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.cli.entrance import Values

SET: Final = Option("set", "texts", AUDIT_WORDS["correct:set"], ("--set",))
YES: Final = Option("yes", "flag", AUDIT_WORDS["correct:yes"], ("--yes",))


@dataclass(eq=False)
class SetMalformed(Invalid):
    """What follows `--set` is no field with a value, or does not fit what was given before."""

    code: ClassVar[str] = "set-malformed"
    nl: ClassVar[str] = (
        "--set '{given}' past niet. Schrijf veld=waarde, zoals --set sent=120, --set "
        "figures.year=2020 of --set note=null om het veld leeg te maken."
    )
    en: ClassVar[str] = (
        "--set '{given}' does not fit. Write field=value, such as --set sent=120, --set "
        "figures.year=2020, or --set note=null to leave the field out."
    )
    given: str


def with_set(body: dict[str, object], values: Values) -> dict[str, object]:
    """The body with what `--set` gives merged into `says`.

    Raises:
        SetMalformed: when an item is not `field=value`.
    """
    items = cast("tuple[str, ...]", values.get("set", ()))
    if not items:
        return body
    given = body.get("says", {})
    says = dict(cast("dict[str, object]", given)) if isinstance(given, dict) else {}
    for item in items:
        path, equals, value = item.partition("=")
        names = path.strip().split(".")
        if not equals or not all(names):
            raise SetMalformed(item)
        _put(says, names, _meant(value), item)
    return {**body, "says": says}


def agreed(desk: Desk, engine: Engine, command: Correct, values: Values) -> bool:
    """Whether the correction may be written: a person at a terminal is shown it and asked."""
    nobody_to_ask = desk.as_json or not sys.stdin.isatty() or not sys.stderr.isatty()
    if nobody_to_ask or values.get("yes") or values.get("dry_run") or values.get("stdin"):
        return True
    from kvob_workflow.cli.screens.previewed import draw_preview
    from kvob_workflow.cli.screens.screen import Screen

    draw_preview(Screen(desk.language), engine.do(command, dry_run=True))
    question = AUDIT_WORDS["correct:question"].of(desk.language)
    print(question, end=" ", file=sys.stderr, flush=True)
    answer = sys.stdin.readline().strip().lower()
    if answer in ("j", "ja", "y", "yes"):
        return True
    desk.say("Er is niets geschreven.", "Nothing was written.")
    return False


def _meant(value: str) -> object:
    """JSON where it can be nothing else; a number or day stays text, for the event to judge."""
    text = value.strip()
    if text != "null" and not text.startswith(("{", "[", '"')):
        return value
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return value


def _put(says: dict[str, object], names: Iterable[str], value: object, item: str) -> None:
    *outer, last = names
    for name in outer:
        inner = says.setdefault(name, {})
        if not isinstance(inner, dict):
            raise SetMalformed(item)
        # A copy would do as well; every object here was made by this module or by JSON.
        says = cast("dict[str, object]", inner)
    says[last] = value
