"""Where on a line does a day stand? True to time, with long stretches of nothing folded away.

Within every stretch that is drawn the scale is linear, and it is the same for all of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kvob_domain.words import Language
from kvob_workflow.web.pictures.days import short_month
from kvob_workflow.web.pictures.lettering import width_of

FOLD_AFTER: Final = 274  # days: nine months
_KEPT: Final = 30  # days that stay visible on either side of a fold
_FOLD_WIDTH: Final = 26.0
_MOST_FOLDED: Final = 0.4  # of the width, however many folds there are
_MONTH, _YEAR = 30.44, 365.25
_EVERY: Final = (1, 2, 5, 10, 20, 50, 100)  # years from one mark to the next

Interval = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Fold:
    """Nothing happened after `last` and before `next_day`; drawn from `x0` to `x1`."""

    last: date
    next_day: date
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days that are drawn, both inclusive, from `x0` to `x1`."""

    first: date
    last: date
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis: the first of January, of a month, or where a stretch begins.

    `center` is where its words stand: within the picture, also at an edge.
    """

    x: float
    center: float
    words: str
    is_year: bool


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Days as places from 0 to `width`."""

    width: float
    stretches: tuple[Stretch, ...]
    folds: tuple[Fold, ...]

    def x(self, day: date) -> float:
        """The place of a day; one in a fold stands in its middle, one outside at the edge."""
        for stretch in self.stretches:
            if day < stretch.first:
                before = [fold for fold in self.folds if fold.x1 == stretch.x0]
                return (before[0].x0 + before[0].x1) / 2 if before else stretch.x0
            if day <= stretch.last:
                days = (stretch.last - stretch.first).days or 1
                part = (day - stretch.first).days / days
                return stretch.x0 + (stretch.x1 - stretch.x0) * part
        return self.width


def scale_of(
    intervals: Iterable[Interval],
    width: float,
    *,
    folded: bool = True,
    fold_after: int = FOLD_AFTER,
) -> TimeScale:
    """The scale that holds all intervals (both days inclusive), folding what lies between them.

    Raises:
        ValueError: without any interval.
    """
    gaps, first, last = _gaps(intervals, fold_after if folded else None)
    edge = timedelta(days=max(10, int((last - first).days * 0.02)) if last > first else 30)
    ends = [_shifted(first, -edge), *(day for gap in gaps for day in _kept(gap))]
    ends.append(_shifted(last, edge))
    pieces = [(ends[at], ends[at + 1]) for at in range(0, len(ends), 2)]
    fold_width = min(_FOLD_WIDTH, width * _MOST_FOLDED / len(gaps)) if gaps else 0.0
    days = sum((until - since).days for since, until in pieces)
    per_day = (width - fold_width * len(gaps)) / days
    stretches: list[Stretch] = []
    folds: list[Fold] = []
    x = 0.0
    for at, (since, until) in enumerate(pieces):
        end = x + (until - since).days * per_day
        stretches.append(Stretch(since, until, x, end))
        x = end
        if at < len(gaps):
            folds.append(Fold(*gaps[at], x, x + fold_width))
            x += fold_width
    return TimeScale(width, tuple(stretches), tuple(folds))


def ticks(scale: TimeScale, language: Language) -> tuple[Tick, ...]:
    """Years, and where there is room months; those whose words would overlap are left out."""
    stretch = scale.stretches[0]
    per_day = (stretch.x1 - stretch.x0) / ((stretch.last - stretch.first).days or 1)
    has_months = per_day * _MONTH > width_of("mmm 0000") + 14
    every = next(
        (one for one in _EVERY if per_day * _YEAR * one > width_of("0000") + 12), _EVERY[-1]
    )
    wanted = [
        tick
        for one in scale.stretches
        for tick in _ticks(one, scale, language, None if has_months else every)
    ]
    # Years first: they are what is looked for.
    kept: list[Tick] = []
    for tick in sorted(wanted, key=lambda tick: (not tick.is_year, tick.x)):
        if all(abs(tick.center - other.center) >= _room(tick, other) for other in kept):
            kept.append(tick)
    return tuple(sorted(kept, key=lambda tick: tick.x))


def _ticks(
    stretch: Stretch, scale: TimeScale, language: Language, every: int | None
) -> Sequence[Tick]:
    years = [
        _tick(scale, day, str(day.year), True)
        for year in range(stretch.first.year, stretch.last.year + 1)
        for day in (date(year, 1, 1),)
        if stretch.first <= day <= stretch.last and year % (every or 1) == 0
    ]
    if every is None:
        months = [
            _tick(scale, day, short_month(day, language), False)
            for year in range(stretch.first.year, stretch.last.year + 1)
            for month in range(2, 13)
            for day in (date(year, month, 1),)
            if stretch.first <= day <= stretch.last
        ]
        years += months
    # A stretch that begins after a fold, or holds no first of January, says where it begins.
    begin = _next_month(stretch.first)
    if not years or (stretch.x0 > 0 and begin <= stretch.last and every is not None):
        day = min(begin, stretch.last)
        years.append(_tick(scale, day, short_month(day, language), False))
    return years


def _tick(scale: TimeScale, day: date, words: str, is_year: bool) -> Tick:
    x, half = scale.x(day), width_of(words) / 2
    return Tick(x, min(max(x, half), scale.width - half), words, is_year)


def _next_month(day: date) -> date:
    if day.day == 1 or day >= date(date.max.year, 12, 1):
        return day
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _room(one: Tick, other: Tick) -> float:
    return (width_of(one.words) + width_of(other.words)) / 2 + 10


def _gaps(intervals: Iterable[Interval], after: int | None) -> tuple[list[Interval], date, date]:
    ordered = sorted(intervals)
    if not ordered:
        raise ValueError("a scale needs a day")
    first, reached = ordered[0]
    gaps: list[Interval] = []
    for since, until in ordered:
        if after is not None and (since - reached).days > max(after, 3 * _KEPT):
            gaps.append((reached, since))
        reached = max(reached, until)
    return gaps, first, reached


def _kept(gap: Interval) -> Interval:
    kept = timedelta(days=_KEPT)
    return gap[0] + kept, gap[1] - kept


def _shifted(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return day
