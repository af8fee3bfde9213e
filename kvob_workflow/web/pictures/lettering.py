"""Does a text fit? SVG does not wrap, so widths are estimated and texts broken or shortened.

A width is that of a broad letter (DejaVu Sans), so that text in a narrower one fits as well.
"""

from typing import Final, Literal

from markupsafe import Markup

from kvob_workflow.web.pictures.svg import Value, element, together

Anchor = Literal["start", "middle", "end"]

SIZE: Final = 14
LEADING: Final = 17  # from one line to the next

# Of the size: measured in DejaVu Sans and rounded up.
_NARROW: Final = frozenset("iljIrft.,:;'|!()[]/ ")
_WIDE: Final = frozenset("mwMW@%—…")
_WIDTHS: Final = (0.42, 0.98, 0.7, 0.62)


def width_of(words: str, size: float = SIZE) -> float:
    """About how wide a text is, in the units of `size`."""
    narrow, wide, capital, usual = _WIDTHS
    return size * sum(
        narrow
        if letter in _NARROW
        else wide
        if letter in _WIDE or ord(letter) > 0x2E7F
        else capital
        if letter.isupper()
        else usual
        for letter in words
    )


def shorten(words: str, width: float, size: float = SIZE) -> str:
    """The text, cut with an ellipsis where it is too wide."""
    if width_of(words, size) <= width:
        return words
    kept = words
    while kept and width_of(kept + "…", size) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def wrap(words: str, width: float, lines: int, size: float = SIZE) -> tuple[str, ...]:
    """The text in at most so many lines; the last is cut where more is left."""
    broken: list[str] = []
    for word in words.split():
        joined = f"{broken[-1]} {word}" if broken else word
        if broken and width_of(joined, size) <= width:
            broken[-1] = joined
        else:
            broken.append(word)
    if len(broken) > lines:
        broken[lines - 1 :] = [" ".join(broken[lines - 1 :])]
    return tuple(shorten(line, width, size) for line in broken)


def line(
    words: str,
    at: tuple[float, float],
    width: float,
    css: str = "pic-text",
    anchor: Anchor = "start",
    size: float = SIZE,
) -> Markup:
    """One line of text; where it had to be cut, its title holds all of it."""
    return lines(words, at, width, 1, css, anchor, size)


def lines(
    words: str,
    at: tuple[float, float],
    width: float,
    most: int,
    css: str = "pic-text",
    anchor: Anchor = "start",
    size: float = SIZE,
    rising: bool = False,
) -> Markup:
    """Text in lines, from the baseline `at` downwards, or upwards to it when `rising`."""
    shown = wrap(words, width, most, size)
    x, y = at
    first = y - LEADING * (len(shown) - 1) if rising else y
    is_cut = " ".join(shown) != " ".join(words.split())
    title = element("title", words) if is_cut else Markup("")
    spans = (
        element("tspan", shown_line, x=x, y=first + LEADING * row)
        for row, shown_line in enumerate(shown)
    )
    settings: dict[str, Value] = {"class_": css, "font_size": size}
    if anchor != "start":
        settings["text_anchor"] = anchor
    return element("text", title, together(spans), **settings)
