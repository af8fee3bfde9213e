"""Which part of a history does an address ask for? Filters, order, page; errors at the field."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from kvob_domain.errors import Invalid
from kvob_domain.estate_names import normal_name
from kvob_domain.partial_date import PartialDate
from kvob_workflow.web.dates import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from kvob_domain.words import Language
    from kvob_workflow.engine.history import HistoryEntry
    from kvob_workflow.web.telling.lines import Line

SIZES: Final = (25, 50, 100)
_USUAL_SIZE: Final = 50
_LAST_OFFSET: Final = 1_000_000
_NEWEST, OLDEST = "newest", "oldest"


@dataclass(frozen=True, slots=True)
class HistoryPart:
    """What is asked of a history. Days inclusive; `errors` by the name of the field.

    `kind` is the topic of an event. `event` is the number of one that the page should show,
    whichever page that is; an `offset` in the address goes before it. A day
    that cannot be read bounds nothing.
    """

    kind: str = ""
    since: date | None = None
    until: date | None = None
    role: str = ""
    organisation: str = ""
    text: str = ""
    oldest_first: bool = False
    size: int = _USUAL_SIZE
    offset: int = 0
    event: int | None = None
    errors: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def is_filtered(self) -> bool:
        """Whether something is left out."""
        asked = (self.kind, self.since, self.until, self.role, self.organisation, self.text)
        return any(asked)

    def of(self, entries: Iterable[HistoryEntry]) -> list[HistoryEntry]:
        """The entries that are asked for, in the order asked, but for the text in them."""
        found = [one for one in entries if self._holds(one)]
        return found if self.oldest_first else found[::-1]

    def turned(self, found: Sequence[HistoryEntry]) -> HistoryPart:
        """The same, at the page that shows the event which is asked for."""
        for place, one in enumerate(found if self.event is not None else ()):
            if one.version == self.event and one.via is None:
                return replace(self, offset=place // self.size * self.size)
        return self

    def with_text(self, lines: Iterable[Line]) -> list[Line]:
        """The lines in which every word of the text stands, whatever case and accents."""
        words = normal_name(self.text).split()
        return [one for one in lines if all(word in normal_name(one.text) for word in words)]

    def _holds(self, entry: HistoryEntry) -> bool:
        return (
            (not self.kind or entry.topic == self.kind)
            and (not self.role or entry.role == self.role)
            and (not self.organisation or entry.organisation == self.organisation)
            and self._is_in_time(entry.on)
        )

    def _is_in_time(self, on: str) -> bool:
        if self.since is None and self.until is None:
            return True
        day = PartialDate.parse(on)
        if day.earliest is None or day.latest is None:
            return False
        starts_later = self.until is not None and day.earliest > self.until
        ends_earlier = self.since is not None and day.latest < self.since
        return not (starts_later or ends_earlier)


def part_asked(query: Mapping[str, str], language: Language) -> HistoryPart:
    """What stands in the address; a number of rows that is none counts as not given."""
    errors: dict[str, str] = {}
    size = _number(query.get("size", ""), _USUAL_SIZE)
    return HistoryPart(
        kind=query.get("kind", ""),
        since=_day(query, "since", errors, language),
        until=_day(query, "until", errors, language),
        role=query.get("role", ""),
        organisation=query.get("organisation", ""),
        text=query.get("text", "").strip()[:200],
        oldest_first=query.get("order") == OLDEST,
        size=size if size in SIZES else _USUAL_SIZE,
        offset=_number(query.get("offset", ""), 0),
        event=None if "offset" in query else _number(query.get("event", ""), 0) or None,
        errors=errors,
    )


@dataclass(frozen=True, slots=True)
class Choices:
    """What a history can be filtered by: only what it holds, each with how often."""

    kinds: Mapping[str, int]
    roles: Mapping[str, int]
    organisations: Mapping[str, int]


def choices_of(entries: Sequence[HistoryEntry]) -> Choices:
    """The kinds of event, roles and organisations in a history."""
    return Choices(
        kinds=_counted(one.topic for one in entries),
        roles=_counted(one.role for one in entries),
        organisations=_counted(one.organisation or "" for one in entries),
    )


def _counted(values: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in values:
        if one:
            found[one] = found.get(one, 0) + 1
    return dict(sorted(found.items()))


def _day(
    query: Mapping[str, str], name: str, errors: dict[str, str], language: Language
) -> date | None:
    text = query.get(name, "").strip()
    if not text:
        return None
    try:
        return day_of(text)
    except Invalid as error:
        errors[name] = error.message(language)
        return None


def _number(text: str, otherwise: int) -> int:
    is_one = text.isascii() and text.isdigit() and len(text) < 8
    return min(int(text), _LAST_OFFSET) if is_one else otherwise
