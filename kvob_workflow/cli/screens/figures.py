"""How are the parts of a figure said, and what may mislead about it? After 1 and after more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_projections.figure_words import FILTERS, part_words
from kvob_workflow.cli.screens import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kvob_projections.statistics import Statistics
    from kvob_workflow.cli.screens.screen import Screen

_DECIMALS: Final = {"nl": str.maketrans(",.", ".,"), "en": str.maketrans("", "")}


def parts_of(screen: Screen, parts: Mapping[str, int]) -> str:
    """What a number is made up of, or what was left out of it."""
    told: list[str] = []
    for name, number in parts.items():
        words = screen.words(part_words(name, number))
        told.append(f"{phrases.number(screen, number)} {words}")
    return ", ".join(told)


def days_of(screen: Screen, days: float) -> str:
    """A number of days; the median of an even number of them may lie halfway."""
    whole = phrases.number(screen, int(days))
    return whole if days == int(days) else f"{days:,.1f}".translate(_DECIMALS[screen.language])


def cautions(found: Statistics) -> Iterator[Text]:
    """What about the question may mislead whoever reads the answer."""
    if found.cut:
        yield Text(
            f"Dagen na de peildag {found.day} tellen niet mee; --on geeft een latere peildag.",
            f"Days after the day asked, {found.day}, are not counted; --on gives a later one.",
        )
    for one in found.unmatched:
        names = ", ".join(one.known) + (", …" if one.more else "")
        what = FILTERS[one.filter]
        yield Text(
            f"Geen {what.nl} '{one.value}' in de cijfers; er zijn: {names or 'geen'}.",
            f"No {what.en} '{one.value}' in the figures; there are: {names or 'none'}.",
        )
