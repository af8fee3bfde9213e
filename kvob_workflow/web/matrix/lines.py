"""What does the matrix show? Its measures with what was filled in, by owner or by goal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvob_domain.estate.values import Progress
from kvob_domain.words import Text
from kvob_workflow.web.matrix.wishes import Wish

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kvob_domain.estate.state import Estate
    from kvob_domain.estate.values import Measure

CLOSED: Final = (Progress.DONE, Progress.DROPPED)
_NO_GOAL: Final = Text("Zonder doelstelling", "Without a goal")


class Grouping(StrEnum):
    """By what the measures stand together."""

    OWNER = "owner"
    GOAL = "goal"


@dataclass(frozen=True, slots=True)
class Line:
    """One measure, what was filled in for it, and what is wrong with that, by field."""

    measure: Measure
    goal: str
    wish: Wish
    problems: Mapping[str, Text]
    is_closed: bool
    is_overdue: bool

    @property
    def shown_progress(self) -> str:
        """The progress that stands in the form."""
        return self.wish.progress_of(self.measure)


@dataclass(frozen=True, slots=True)
class Group:
    """Measures of one owner, or for one goal."""

    title: Text
    lines: tuple[Line, ...]

    @property
    def overdue(self) -> int:
        """How many are late."""
        return sum(one.is_overdue for one in self.lines)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The measures as the page shows them. `hidden` are those that the filter leaves out."""

    groups: tuple[Group, ...]
    total: int
    open: int
    overdue: int
    hidden: int
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """How the page shows the matrix: by what, whether open ones alone, and on which day."""

    by: Grouping
    open_only: bool
    day: date


@dataclass(frozen=True, slots=True)
class Filling:
    """What was filled in, and what is wrong with it, by measure and field."""

    wishes: Mapping[str, Wish] = field(default_factory=dict[str, Wish])
    problems: Mapping[tuple[str, str], Text] = field(default_factory=dict[tuple[str, str], Text])

    def problems_of(self, measure: str) -> Mapping[str, Text]:
        """What is wrong with one measure, by field."""
        return {part: told for (one, part), told in self.problems.items() if one == measure}


def matrix_of(state: Estate, shape: Shape, filling: Filling) -> Matrix:
    """The matrix of an estate. What was filled in shows, whatever the filter says."""
    goals = {one.id: one.text for one in state.goals}
    every = [_line(one, goals, shape.day, filling) for one in state.measures]
    every.sort(key=lambda one: (one.is_closed, one.measure.due_on is None, one.measure.due_on))
    seen = [
        one
        for one in every
        if not (shape.open_only and one.is_closed and one.measure.id not in filling.wishes)
    ]
    parties = (one.organisation for one in state.parties)
    return Matrix(
        groups=tuple(_grouped(seen, shape.by)),
        total=len(every),
        open=sum(not one.is_closed for one in every),
        overdue=sum(one.is_overdue for one in every),
        hidden=len(every) - len(seen),
        owners=tuple(dict.fromkeys((*(one.owner for one in state.measures), *parties))),
    )


def _line(measure: Measure, goals: Mapping[str, str], day: date, filling: Filling) -> Line:
    seen = Wish(measure.id, measure.progress.value, measure.progress.value)
    given = filling.wishes.get(measure.id, seen)
    wish = Wish(measure.id, seen.was, given.progress_of(measure), given.owner, given.note)
    is_closed = measure.progress in CLOSED
    return Line(
        measure=measure,
        goal=goals.get(measure.goal or "", measure.goal or ""),
        wish=wish,
        problems=filling.problems_of(measure.id),
        is_closed=is_closed,
        is_overdue=not is_closed and measure.due_on is not None and measure.due_on < day,
    )


def _grouped(lines: Iterable[Line], by: Grouping) -> Iterable[Group]:
    found: dict[Text, list[Line]] = {}
    for one in lines:
        found.setdefault(_title(one, by), []).append(one)
    titles = sorted(found, key=lambda one: (one == _NO_GOAL, one.nl.casefold()))
    return (Group(title, tuple(found[title])) for title in titles)


def _title(line: Line, by: Grouping) -> Text:
    if by is Grouping.GOAL:
        return Text(line.goal, line.goal) if line.goal else _NO_GOAL
    owner, role = line.measure.owner, line.measure.owner_role.words
    return Text(f"{owner} ({role.nl})", f"{owner} ({role.en})")
