"""What was recorded since somebody looked: by others meanwhile, or by his own last save?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_domain.mandates import Scope

if TYPE_CHECKING:
    from kvob_domain.ids import EstateId
    from kvob_workflow.engine.history import HistoryEntry
    from kvob_workflow.web.asking import Ask


def changed_since(ask: Ask, estate: EstateId, seen: int) -> tuple[HistoryEntry, ...]:
    """The events in their order; none for who may not see the history."""
    if not ask.may(Scope.HISTORY_READ):
        return ()
    later = (one for one in ask.desk.history(estate) if one.via is None and one.version > seen)
    return tuple(sorted(later, key=lambda one: one.version))


def saved_in(ask: Ask, estate: EstateId) -> int | None:
    """How many measures the save changed that the address tells of: `?done=<version>`.

    None where it tells of none, 0 for who may not see the history.
    """
    given = ask.query.get("done", "")
    if not given:
        return None
    own = changed_since(ask, estate, 0)
    last = next((one for one in own if str(one.version) == given), None)
    if last is None or last.command_id is None:
        return 0
    return sum(one.command_id == last.command_id for one in own)
