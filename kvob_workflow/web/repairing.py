"""Which form of the pages repairs what is stuck? The command to paste, as a link with it filled in.

What is stuck comes with a line of `kvob` that works as it stands, and with advice that names other
ones. Those that are commands on an estate become links to their forms, for who may give them.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvob_domain.estate.commands import ALL_COMMANDS, name_of
from kvob_domain.mandates import Scope, scope_for
from kvob_domain.words import Text
from kvob_projections.concern_kinds import ConcernFamily, ConcernKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvob_workflow.engine.stuck import StuckRow
    from kvob_workflow.web.asking import Ask

_MODELS: Final = {name_of(one): one for one in ALL_COMMANDS}
_NAMED: Final = re.compile(r"kvob ([a-z]+(?:-[a-z]+)*)")
_LOOK: Final = Text("Bekijk het terrein", "Look at the estate")
_SWEEP: Final = Text("Naar de ronde", "To the sweep")
_FOLLOWER: Final = Text("Bekijk de fout", "Look at the error")


@dataclass(frozen=True, slots=True)
class Way:
    """A link that repairs something or leads to where it is repaired."""

    href: str
    words: Text
    is_first: bool = False


def ways_of(ask: Ask, row: StuckRow) -> tuple[Way, ...]:
    """The links for one thing that is stuck, the one to try first before the others."""
    found = _of_operation(ask, row) if row.family is ConcernFamily.OPERATION else _of(ask, row)
    return tuple(found)


def _of(ask: Ask, row: StuckRow) -> Iterator[Way]:
    if row.estate_id is None:
        return
    words = shlex.split(row.command.of(ask.language))
    first = _command(words[1])
    if _may(ask, first):
        place = f"/estates/{row.estate_id}/do/{first}"
        yield Way(ask.links.at_now(place, **_options(words[3:])), _MODELS[first].TITLE, True)
    others = dict.fromkeys(_command(one) for one in _NAMED.findall(row.advice.nl))
    for name in others:
        if name != first and _may(ask, name):
            place = f"/estates/{row.estate_id}/do/{name}"
            yield Way(ask.links.at_now(place), _MODELS[name].TITLE)
    if first not in _MODELS:  # it only shows: others have to choose
        yield Way(ask.links.at_now(f"/estates/{row.estate_id}"), _LOOK, True)


def _of_operation(ask: Ask, row: StuckRow) -> Iterator[Way]:
    if not ask.may(Scope.OPERATION_READ):
        return
    if row.kind is ConcernKind.NOTICE_HELD:
        yield Way(ask.links.at_now("/operation"), _SWEEP, True)
    elif row.kind is not ConcernKind.UNDELIVERED:
        name = row.detail.partition(": ")[0]
        yield Way(ask.links.at_now(f"/operation/projections/{name}"), _FOLLOWER, True)


def _command(word: str) -> str:
    return word.replace("-", "_")


def _may(ask: Ask, name: str) -> bool:
    model = _MODELS.get(name)
    return model is not None and ask.may(scope_for(model))


def _options(words: list[str]) -> dict[str, str]:
    """The options of a line, by the names of the inputs of the form."""
    pairs = zip(words[::2], words[1::2], strict=False)
    return {_command(name.removeprefix("--")): value for name, value in pairs}
