"""What happened, in the words of the screens, and where does it stand in the history?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from kvob_domain.mandates import Scope
from kvob_domain.words import Text
from kvob_workflow.web.codes import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvob_workflow.engine.history import HistoryEntry
    from kvob_workflow.web.asking import Ask

_REMARK: Final = "kvob.estate:remark-recorded.v1"
_MEASURE: Final = "kvob.estate:measure-updated.v1"
_NOTICE: Final = "kvob.estate:notice-given.v1"
_WALK_ROUND: Final = "kvob.estate:walk-round-recorded.v1"
_FINDINGS: Final = ("kvob.estate:audit-recorded.v1", "kvob.estate:award-refused.v1")


@dataclass(frozen=True, slots=True)
class Remark:
    """What a source says that moves nothing; `on` is the day as it gives it, "" where unknown."""

    on: str
    subject: str
    text: str
    source: str
    version: int


def history_for(ask: Ask) -> tuple[HistoryEntry, ...]:
    """Everything that has happened to the estate; nothing where who looks may not see that."""
    if not ask.may(Scope.HISTORY_READ):
        return ()
    return ask.desk.history(ask.estate, ask.on, ask.known_at)


def measures_of(entry: HistoryEntry) -> Mapping[str, str]:
    """The measures of the plan that this event adopts, by their id."""
    listed = cast("list[Mapping[str, object]]", entry.details.get("measures") or [])
    return {str(one["id"]): str(one["text"]) for one in listed if "text" in one}


def particular_of(entry: HistoryEntry, measures: Mapping[str, str]) -> Text | None:
    """What tells events of one title apart: which measure (by its id), deadline or light."""
    details = entry.details
    if entry.topic == _MEASURE:
        measure = str(details.get("measure", ""))
        text = measures.get(measure, measure)
        return Text(text, text)
    if entry.topic == _NOTICE:
        return _text(words_of(details.get("kind"), "deadline"))
    return _text(words_of(details.get("light"), "light")) if entry.topic == _WALK_ROUND else None


def event_link(ask: Ask, version: int) -> str | None:
    """Where an event of the estate stands; None for who may not see the history."""
    if not ask.may(Scope.HISTORY_READ):
        return None
    return ask.links.to(f"/estates/{ask.path('estate')}/history/{version}")


def remarks_in(entries: Iterable[HistoryEntry]) -> tuple[Remark, ...]:
    """The remarks, in order of their day."""
    return tuple(
        Remark(
            one.on,
            str(one.details.get("subject", "")),
            str(one.details.get("text", "")),
            str(_said(one.details, "provenance").get("source", "")),
            one.version,
        )
        for one in entries
        if one.topic == _REMARK and not one.withdrawn
    )


def findings_in(entries: Iterable[HistoryEntry]) -> Mapping[str, Mapping[str, object]]:
    """The findings of auditors by their id; the last that bears an id counts."""
    found: dict[str, Mapping[str, object]] = {}
    for one in entries:
        if one.topic in _FINDINGS and not one.withdrawn:
            listed = cast("list[Mapping[str, object]]", one.details.get("findings", []))
            found.update({str(finding["id"]): finding for finding in listed})
    return found


def _text(words: Text | str) -> Text:
    return words if isinstance(words, Text) else Text(words, words)


def _said(details: Mapping[str, object], name: str) -> Mapping[str, object]:
    said = details.get(name)
    return cast("Mapping[str, object]", said) if isinstance(said, Mapping) else {}
