"""How many are there of each? Horizontal bars with their number beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from kvob_domain.words import Language, Text
from kvob_workflow.web.pictures.figures import whole
from kvob_workflow.web.pictures.lettering import line, width_of
from kvob_workflow.web.pictures.svg import element, named, picture, together, wide_and_narrow

NOTHING: Final = Text("Er is niets te tellen.", "There is nothing to count.")
_WIDE, _NARROW = 880.0, 284.0
_LABEL: Final = 260.0
_ROW, _TALL_ROW = 32.0, 50.0
_THICK: Final = 20.0


@dataclass(frozen=True, slots=True)
class Count:
    """So many of one kind; `value` is 0 or more, `href` leads within this site."""

    label: str
    value: int
    href: str | None = None


def bars(counts: Sequence[Count], title: str, language: Language, *, name: str = "bars") -> Markup:
    """One bar each, in the order given; the longest fills the width."""
    said = in_words(counts, language)
    has_links = any(count.href is not None for count in counts)
    drawn = (
        picture(
            f"{name}-{css}",
            title,
            said,
            (width, height),
            inside,
            css=f"kvob-{css} pic-bars",
            has_links=has_links,
        )
        for css, width in (("wide", _WIDE), ("narrow", _NARROW))
        for inside, height in (drawn_bars(counts, width, language),)
    )
    return wide_and_narrow(*drawn)


def in_words(counts: Sequence[Count], language: Language) -> str:
    """Every label with its number, for who does not see the picture."""
    said = "; ".join(f"{count.label}: {whole(count.value, language)}" for count in counts)
    return f"{said}." if said else NOTHING.of(language)


def drawn_bars(counts: Sequence[Count], width: float, language: Language) -> tuple[Markup, float]:
    """The bars without the picture around them, and their height; a narrow one stacks the label."""
    if not counts:
        return line(NOTHING.of(language), (0, 18), width), 26
    most = max(max(count.value for count in counts), 1)
    room = width_of(whole(most, language)) + 12
    left = min(_LABEL, max(width_of(count.label) for count in counts) + 12)
    is_wide = left <= width * 0.4
    left = left if is_wide else 0
    row = _ROW if is_wide else _TALL_ROW
    long = (width - left - room) / most
    place = _Place(width, left, row, room, is_wide)
    parts = [_bar(count, at * row, long, place, language) for at, count in enumerate(counts)]
    if is_wide:
        end = len(counts) * row
        parts.append(element("line", x1=left, y1=0, x2=left, y2=end, class_="pic-axis"))
    return together(parts), len(counts) * row + 2


@dataclass(frozen=True, slots=True)
class _Place:
    width: float
    left: float
    row: float
    room: float
    is_wide: bool


def _bar(count: Count, top: float, per_one: float, place: _Place, language: Language) -> Markup:
    value = whole(count.value, language)
    said = f"{count.label}: {value}"
    long = max(count.value, 0) * per_one
    bar_top, text_y = (top + 6, top + 21) if place.is_wide else (top + 24, top + 17)
    room = place.left - 12 if place.is_wide else place.width
    return named(
        said,
        count.href,
        element(
            "rect",
            x=0,
            y=top + 1,
            width=place.width,
            height=place.row - 2,
            rx=4,
            fill="none",
            class_="pic-target",
        ),
        line(count.label, (0, text_y), room, "pic-text"),
        element(
            "rect",
            x=place.left,
            y=bar_top,
            width=max(long, 1),
            height=_THICK,
            rx=2,
            class_="pic-bar",
        ),
        line(value, (place.left + long + 7, bar_top + 15), place.room, "pic-strong"),
    )
