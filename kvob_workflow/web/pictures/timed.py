"""What stands on a timeline? Plain values, made by whoever knows the estate."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

EventKind = Literal["plain", "move", "certificate", "refused", "correction"]
BarKind = Literal["step", "now", "valid", "suspended", "withdrawn", "expired", "unknown"]

LATE: Final = 30  # days between happening and being recorded that are worth a mark


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """Something that happened between two days (both inclusive; the same day where it is exact).

    `on_from` is None where nobody knows: it stands in the table alone. `href` leads within this
    site.
    """

    on_from: date | None
    on_to: date | None
    recorded_on: date
    label: str
    href: str | None = None
    kind: EventKind = "plain"

    @property
    def is_late(self) -> bool:
        """Whether it was recorded long after it happened."""
        happened = self.on_to or self.on_from
        return happened is not None and (self.recorded_on - happened).days > LATE


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that lasted from `first` to `last`, both inclusive; `last` None: it still does.

    `first` is None where nobody knows; then the bar begins where it ends, or is left out.
    """

    first: date | None
    last: date | None
    label: str
    kind: BarKind
    note: str = ""
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something has to be done."""

    due_on: date
    label: str
    note: str = ""
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """All that one timeline shows; `as_of` says that `today` is a day asked for, not the present.

    `steps` and `certificates` are lanes of their own.
    """

    today: date
    events: tuple[TimelineEvent, ...] = ()
    steps: tuple[Bar, ...] = ()
    certificates: tuple[Bar, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    as_of: bool = False

    @property
    def has_links(self) -> bool:
        """Whether anything on it leads somewhere."""
        links = [
            *(event.href for event in self.events),
            *(bar.href for bar in (*self.steps, *self.certificates)),
            *(deadline.href for deadline in self.deadlines),
        ]
        return any(href is not None for href in links)
