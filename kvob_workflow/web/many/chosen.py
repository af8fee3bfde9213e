"""Which estates are chosen? Those that the address names, each once, within reach."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvob_domain.errors import KvobError, NotFound
from kvob_domain.ids import EstateId

if TYPE_CHECKING:
    from kvob_domain.estate.state import Estate
    from kvob_workflow.web.asking import Ask

MOST: Final = 100
"""So many estates go at once: each of them is tried while somebody waits for the page."""
_ID: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The estates. `unknown` counts what the address names and nobody within reach is called.

    `ids` are all of them; only of the first hundred the states are here.
    """

    ids: tuple[EstateId, ...]
    states: tuple[Estate, ...]
    unknown: int

    @property
    def too_many(self) -> int:
        """How many more there are than go at once."""
        return max(0, len(self.ids) - MOST)


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a name that was typed to add an estate."""

    typed: str = ""
    found: EstateId | None = None
    refusal: str = ""


def chosen_in(ask: Ask) -> Chosen:
    """The estates that the address names."""
    named = ask.request.query_params.getlist("estate")
    ids = tuple(dict.fromkeys(EstateId(one) for one in named if _ID.fullmatch(one)))
    found = [(one, _state(ask, one)) for one in ids[:MOST]]
    states = tuple(state for _, state in found if state is not None)
    gone = {one for one, state in found if state is None}
    kept = tuple(one for one in ids if one not in gone)
    strange = sum(_ID.fullmatch(one) is None for one in named)
    return Chosen(kept, states, len(gone) + strange)


def added_in(ask: Ask) -> Added:
    """The estate that the address asks to add by its name."""
    typed = ask.query.get("add", "").strip()[:400]
    if not typed:
        return Added()
    try:
        found = EstateId(typed) if _ID.fullmatch(typed) else ask.desk.find(typed)
        ask.desk.state(found)
    except KvobError as error:
        return Added(typed, refusal=error.message(ask.language))
    return Added(typed, found)


def _state(ask: Ask, estate: EstateId) -> Estate | None:
    try:
        return ask.desk.state(estate)
    except NotFound:
        return None
