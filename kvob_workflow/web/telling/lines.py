"""How does an event stand in the history on a page? As a line that says everything of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvob_domain.actor import Role
from kvob_domain.partial_date import PartialDate
from kvob_workflow.clock import civil_day
from kvob_workflow.web.dates import length, partly_in_words
from kvob_workflow.web.telling.codes import ORIGINS
from kvob_workflow.web.telling.labels import label_of
from kvob_workflow.web.telling.saying import NOTHING, Said, Teller
from kvob_workflow.web.telling.titles import title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvob_domain.ids import EstateId
    from kvob_workflow.engine.history import HistoryEntry


@dataclass(frozen=True, slots=True)
class Change:
    """What a correction changed: a label, what it said first, what it says now."""

    label: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Line:
    """One event for people.

    `late` tells how much later than it happened it was recorded, "" where the same day or unknown.
    `says` is what it says now, without what a correction changed, which stands in `changes`.
    """

    entry: HistoryEntry
    day: PartialDate
    title: str
    says: tuple[Said, ...]
    changes: tuple[Change, ...]
    who: str
    role: str
    origin: str
    late: str

    @property
    def anchor(self) -> str:
        """The fragment under which it stands in the page."""
        entry = self.entry
        mark = f"{entry.estate_id[:8]}-" if entry.via else ""
        return f"event-{mark}{entry.version}"

    @property
    def is_own(self) -> bool:
        """Whether it is the estate's own, and not of a group that it belongs to."""
        return self.entry.via is None

    @property
    def takes_back(self) -> bool:
        """Whether it is a correction which says that something never happened."""
        return self.entry.corrects is not None and "instead" not in self.entry.details

    @property
    def text(self) -> str:
        """Everything that can be searched in it."""
        said = (f"{one.label} {one.whole}" for one in self.says)
        changed = (f"{one.label} {one.was} {one.now}" for one in self.changes)
        entry = self.entry
        parts = (
            *(self.title, self.who, self.role, self.origin, entry.on),
            *(entry.organisation or "", entry.source or "", entry.via or "", *said, *changed),
        )
        return "\n".join(parts)


def line_of(entry: HistoryEntry, teller: Teller) -> Line:
    """An entry of the history as a line."""
    language = teller.language
    day = PartialDate.parse(entry.on)
    now = teller.said(entry.details)
    changes = () if entry.said_first is None else _changes(entry, entry.said_first, now, teller)
    changed = {one.label for one in changes}
    return Line(
        entry=entry,
        day=day,
        title=title_of(entry).of(language),
        says=tuple(one for one in now if one.label not in changed),
        changes=changes,
        who=teller.names.of_person(entry.by, language),
        role=Role(entry.role).words.of(language),
        origin=ORIGINS[entry.origin].of(language) if entry.origin in ORIGINS else entry.origin,
        late=_late(entry, day, teller),
    )


def lines_of(entries: Iterable[HistoryEntry], teller: Teller) -> list[Line]:
    """The entries of a history as lines, in their order."""
    return [line_of(entry, teller) for entry in entries]


def _changes(
    entry: HistoryEntry, first: Mapping[str, object], now: Iterable[Said], teller: Teller
) -> tuple[Change, ...]:
    """What a correction changed, the day first."""
    language = teller.language
    before = {name: value for name, value in first.items() if name != "on"}
    old = {one.path: one for one in teller.said(before)}
    new = {one.path: one for one in now}
    found = [
        Change(said.label, _whole(old.get(path)), _whole(new.get(path)))
        for path, said in {**old, **new}.items()
        if _whole(old.get(path)) != _whole(new.get(path))
    ]
    was, is_now = str(first.get("on", "")), entry.on
    if was != is_now:
        days = [partly_in_words(PartialDate.parse(one), language) for one in (was, is_now)]
        found.insert(0, Change(label_of("on").of(language), *days))
    return tuple(found)


def _whole(said: Said | None) -> str:
    return NOTHING if said is None else said.whole


def _late(entry: HistoryEntry, day: PartialDate, teller: Teller) -> str:
    recorded = civil_day(entry.recorded_at)
    if day.latest is None or recorded <= day.latest:
        return ""
    return length(day.latest, recorded, teller.language)


def versions_of(lines: Iterable[Line]) -> dict[EstateId, list[int]]:
    """The numbers of the events by whose stream they are of: the estate's own, or a group's."""
    found: dict[EstateId, list[int]] = {}
    for line in lines:
        found.setdefault(line.entry.estate_id, []).append(line.entry.version)
    return found
