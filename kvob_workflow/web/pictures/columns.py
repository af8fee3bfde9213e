"""How many were there in each month or year? Columns with their number on top.

Where the columns would be too thin for their words, the same is drawn as horizontal bars.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup

from kvob_domain.words import Language
from kvob_workflow.web.pictures.bars import Count, drawn_bars, in_words
from kvob_workflow.web.pictures.days import SHORT_MONTHS
from kvob_workflow.web.pictures.figures import whole
from kvob_workflow.web.pictures.lettering import line, width_of
from kvob_workflow.web.pictures.svg import element, group, picture, together, wide_and_narrow

_WIDE, _NARROW = 880.0, 284.0
_HIGH: Final = 150.0  # of the highest column
_BASE: Final = 22 + _HIGH
_WIDEST: Final = 64.0


@dataclass(frozen=True, slots=True)
class Column:
    """So many in one month or year; `under` is written below its first column, such as a year."""

    label: str
    value: int
    under: str = ""


def columns(
    shown: Sequence[Column], title: str, language: Language, *, name: str = "columns"
) -> Markup:
    """One column each, in the order given; the highest fills the height."""
    counts = [Count(f"{one.label} {one.under}".strip(), one.value) for one in shown]
    said = in_words(counts, language)
    pictures: list[Markup] = []
    for css, width in (("wide", _WIDE), ("narrow", _NARROW)):
        if _fit(shown, width, language):
            inside, height = _drawn(shown, width, language)
        else:
            inside, height = drawn_bars(counts, width, language)
        full = f"kvob-{css} pic-columns"
        pictures.append(picture(f"{name}-{css}", title, said, (width, height), inside, css=full))
    return wide_and_narrow(*pictures)


def by_month(counts: Mapping[date, int], language: Language) -> tuple[Column, ...]:
    """Counts by the first day of their month; a month in between without any is 0."""
    if not counts:
        return ()
    first, last = min(counts), max(counts)
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return tuple(
        Column(SHORT_MONTHS[month].of(language), counts.get(date(year, month + 1, 1), 0), str(year))
        for year, month in (divmod(at, 12) for at in months)
    )


def by_year(counts: Mapping[int, int]) -> tuple[Column, ...]:
    """Counts by year; a year in between without any is 0."""
    if not counts:
        return ()
    years = range(min(counts), max(counts) + 1)
    return tuple(Column(str(year), counts.get(year, 0)) for year in years)


def _fit(shown: Sequence[Column], width: float, language: Language) -> bool:
    if not shown:
        return False
    widest = max(max(width_of(one.label), width_of(whole(one.value, language))) for one in shown)
    return width / len(shown) >= widest + 4


def _drawn(shown: Sequence[Column], width: float, language: Language) -> tuple[Markup, float]:
    most = max(max(one.value for one in shown), 1)
    pitch = min(width / len(shown), _WIDEST)
    parts: list[Markup] = []
    written = ""
    for at, one in enumerate(shown):
        parts.append(_column(one, pitch * at, pitch, max(one.value, 0) / most * _HIGH, language))
        if one.under and one.under != written:
            written = one.under
            x = pitch * at
            parts.append(line(written, (x + 4, _BASE + 37), 80, "pic-strong"))
            parts.append(element("line", x1=x, y1=_BASE, x2=x, y2=_BASE + 40, class_="pic-tick"))
    end = pitch * len(shown)
    parts.append(element("line", x1=0, y1=_BASE, x2=end, y2=_BASE, class_="pic-axis"))
    return together(parts), _BASE + (44 if written else 26)


def _column(one: Column, x: float, pitch: float, high: float, language: Language) -> Markup:
    center, thick = x + pitch / 2, pitch * 0.68
    value = whole(one.value, language)
    return group(
        element("title", f"{one.label} {one.under}".strip() + f": {value}"),
        element(
            "rect",
            x=center - thick / 2,
            y=_BASE - high,
            width=thick,
            height=high,
            class_="pic-bar",
        ),
        line(value, (center, _BASE - high - 6), pitch, "pic-strong", "middle"),
        line(one.label, (center, _BASE + 18), pitch, "pic-text", "middle"),
    )
