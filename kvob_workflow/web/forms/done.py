"""What was just recorded? For the page that somebody comes back to: `?done=<version>`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvob_domain.estate.events.oversight import ActProposed
from kvob_domain.mandates import Scope

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvob_workflow.engine.history import HistoryEntry
    from kvob_workflow.web.asking import Ask


@dataclass(frozen=True, slots=True)
class Done:
    """What the last command recorded; nothing where who looks may not see the history."""

    entries: tuple[HistoryEntry, ...]
    awaits_approval: bool = False


def done_in(ask: Ask, history: Iterable[HistoryEntry] | None = None) -> Done | None:
    """What the address says was done: the events of the command that ended at that version.

    `history` is that of the estate, where the page has it already.
    """
    version = ask.query.get("done", "")
    if not (version.isascii() and version.isdigit()):
        return None
    if not ask.may(Scope.HISTORY_READ):
        return Done(())
    every = ask.desk.history(ask.estate) if history is None else history
    own = [one for one in every if one.via is None]
    last = next((one for one in own if str(one.version) == version), None)
    if last is None:
        return None
    same = (one for one in own if one.command_id and one.command_id == last.command_id)
    entries = tuple(sorted(same, key=lambda one: one.version)) or (last,)
    return Done(entries, any(one.topic == ActProposed.TOPIC for one in entries))
