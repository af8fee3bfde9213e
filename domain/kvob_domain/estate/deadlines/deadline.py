"""What is a deadline? A day, with everything that explains it."""

from datetime import date, datetime
from typing import Final, Literal, NamedTuple, TypeVar

from kvob_domain.estate.deadline_kinds import DeadlineKey, DeadlineKind, key_of
from kvob_domain.scheme.sourced import Sourced

T = TypeVar("T")
NoticeStatus = Literal["pending", "given", "silent"]
_KINDS: Final = tuple(DeadlineKind)


class Deadline(NamedTuple):
    """One deadline. Days are civil days in the Netherlands.

    `due_on` is the first day on which it counts as due. `anchor_on` is the day it is counted from
    and `anchor_version` the event that gave it, `rule` the scheme value with its number, `holder`
    the edition or policy that says so and `source` where that is written. From `moot_on` on
    nothing can be done about it any more; notice of it is still given. `ordinal` tells several of
    one kind apart. `estimated`: the anchor is only partly known. `known_at` is the instant since
    which it is on record, None for always.

    `computed_on` is the day that the rule gives; it differs from `due_on` where somebody moved
    the deadline, for the `reason` given. `is_done`: fulfilled, or waived.
    """

    kind: DeadlineKind
    ordinal: int
    due_on: date
    moot_on: date | None
    anchor_on: date
    anchor_version: int
    rule: str
    holder: str
    source: str
    estimated: bool
    known_at: datetime | None
    computed_on: date
    reason: str = ""
    is_done: bool = False

    @property
    def is_moved(self) -> bool:
        """Whether somebody gave it another day than the rule does."""
        return self.due_on != self.computed_on

    @property
    def key(self) -> DeadlineKey:
        """What makes it the same deadline, so that no notice of it is given twice."""
        return key_of(self.kind, self.ordinal, self.due_on)

    @property
    def place(self) -> tuple[date, int, int]:
        """Where it stands among the deadlines of an estate: by day, kind, ordinal."""
        return self.due_on, _KINDS.index(self.kind), self.ordinal


class Anchor(NamedTuple):
    """What a deadline is counted from: the day, the event, since when that is known.

    `moot_on`: from that day on nothing can be done about it any more.
    """

    on: date
    version: int
    known_at: datetime | None
    estimated: bool = False
    moot_on: date | None = None


def counted(
    kind: DeadlineKind,
    due_on: date,
    anchor: Anchor,
    rule: str,
    ruling: Sourced[T] | None,
    *,
    ordinal: int = 1,
    is_done: bool = False,
) -> Deadline:
    """The deadline that a scheme value gives; without a value somebody stated the day."""
    anchor_on, anchor_version, known_at, estimated, moot_on = anchor
    # By position, which takes half the time of thirteen names.
    return Deadline(
        kind,
        ordinal,
        due_on,
        moot_on,
        anchor_on,
        anchor_version,
        rule,
        ruling.holder if ruling else "",
        ruling.source if ruling else "",
        estimated,
        known_at,
        due_on,  # computed_on
        "",
        is_done,
    )
