"""How are the parts of a figure said, and what may mislead about it? After 1 and after more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.cli.screens import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kvob_projections.statistics import Statistics
    from kvob_workflow.cli.screens.screen import Screen

# After 1, and after more where `_MANY` has no other: of estates, certificates or audits.
PART_WORDS: Final[Mapping[str, Text]] = {
    "estimated": Text("met dagen deels bekend", "with days partly known"),
    "gap": Text("met stappen ertussen onbekend", "with steps in between unknown"),
    "open": Text("er nog", "still there"),
    "ended": Text("beëindigd", "ended"),
    "undated": Text("zonder bekende dag", "without a known day"),
    "between": Text("met certificaten ertussen onbekend", "with certificates in between unknown"),
    "unsure": Text("met dagen deels bekend", "with days partly known"),
    "nothing_on_record": Text("niets vastgelegd", "nothing on record"),
    "by_neglect": Text("beëindigd door nalaten", "ended by neglect"),
    "merged": Text("samengevoegd", "merged"),
    "other": Text("om een andere reden", "for another reason"),
    "decided": Text("besloten", "decided"),
    "running": Text("loopt nog", "still running"),
    "first": Text("eerste", "first"),
    "renewal": Text("hercertificering", "renewal"),
    "refused": Text("geweigerd", "refused"),
    "positive": Text("positief", "positive"),
    "negative": Text("negatief", "negative"),
    "not_begun": Text("niet begonnen", "not begun"),
    "renewing": Text("met hercertificering die loopt", "with a renewal that runs"),
    "unknown": Text("met uitkomst onbekend", "with outcome unknown"),
    "here": Text("nog daar", "still there"),
    "silent": Text("stil", "silent"),
}
_MANY: Final[Mapping[str, Text]] = {
    "renewal": Text("hercertificeringen", "renewals"),
    "running": Text("lopen nog", "still running"),
}
FILTERS: Final[Mapping[str, Text]] = {
    "municipality": Text("gemeente", "municipality"),
    "body": Text("instelling", "body"),
    "edition": Text("schemaversie", "edition"),
}
"""The filters that an answer names."""
_DECIMALS: Final = {"nl": str.maketrans(",.", ".,"), "en": str.maketrans("", "")}


def parts_of(screen: Screen, parts: Mapping[str, int]) -> str:
    """What a number is made up of, or what was left out of it."""
    told: list[str] = []
    for name, number in parts.items():
        words = PART_WORDS[name] if number == 1 else _MANY.get(name, PART_WORDS[name])
        told.append(f"{phrases.number(screen, number)} {screen.words(words)}")
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
