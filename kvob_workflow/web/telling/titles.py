"""What happened, in one line? The title of an event; of a fact from elsewhere the fact itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, cast

from kvob_domain.words import Text
from kvob_workflow.web.codes import WORDS, capital

if TYPE_CHECKING:
    from kvob_workflow.engine.history import HistoryEntry

_ANOTHER_SOURCE: Final = "kvob.estate:provenance-added."
_AGAIN: Final = Text(" (nog een bron)", " (another source)")


def title_of(entry: HistoryEntry) -> Text:
    """What happened; not that somebody recorded it."""
    words = WORDS["fact"].get(fact_kind_of(entry))
    if words is None:
        return entry.title
    fact = capital(words)
    if not entry.topic.startswith(_ANOTHER_SOURCE):
        return fact
    return Text(fact.nl + _AGAIN.nl, fact.en + _AGAIN.en)


def fact_kind_of(entry: HistoryEntry) -> str:
    """The kind of the fact that a source states; "" where the event is no such fact."""
    fact = entry.details.get("fact")
    return str(cast("Mapping[str, object]", fact).get("kind")) if isinstance(fact, Mapping) else ""
