"""Which estates does a query ask for? The filters that every read model shares.

Names and municipalities stand once, in the board's table; the other read models join it as `b`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, TypeVar

from kvob_domain.estate.values import EstateKind
from kvob_domain.estate_names import normal_name
from kvob_domain.mandates import Reach
from kvob_projections.bonds import narrow_to
from kvob_projections.errors import ChoiceUnknown, DayNotGiven, TextTooLong
from kvob_projections.statement import Conditions, Sort
from kvob_projections.view import Value

LONGEST: Final = 200
"""Characters of a text to look for; an estate's name has at most as many."""

ESTATE_COLUMNS: Final = {
    "estate_id": "b.estate_id",
    "estate": "b.estate",
    "municipality": "b.municipality",
}
ESTATE_SORTS: Final = {
    "estate": Sort("b.estate_folded"),
    "municipality": Sort("b.places"),
    "estate_id": Sort("b.estate_id"),
}

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class EstateQuery:
    """What can be asked of every list.

    `day` is the civil day (Europe/Amsterdam) that the answer holds for. Every word of `text`
    must occur in the estate's name, a former name or a municipality; `municipality` is a whole
    name. Case and accents make no difference. `known_at` (aware): as it was known at that instant;
    None means as it is known now. `groups` adds groups and other areas, which are no
    estates.
    `sort` names fields of the row, with "-" in front for descending. `reach`: only estates that
    lie within it today; None asks for no reach.
    """

    day: date | None = None
    known_at: datetime | None = None
    text: str | None = None
    municipality: str | None = None
    groups: bool = False
    sort: tuple[str, ...] = ()
    limit: int | None = None
    offset: int = 0
    reach: Reach | None = None


def estate_conditions(query: EstateQuery) -> Conditions:
    """The conditions of the shared filters, with the day as parameter `day`.

    Raises:
        DayNotGiven: when the query names no day.
        TextTooLong: when a text is longer than any name.
    """
    if query.day is None:
        raise DayNotGiven
    conditions = Conditions({"day": query.day.isoformat()})
    if not query.groups:
        # Not an equality: SQLite takes one for selective and would walk all estates first.
        conditions.add(
            "b.kind NOT IN (:group_kind, :area_kind)",
            group_kind=EstateKind.GROUP.value,
            area_kind=EstateKind.OTHER_AREA.value,
        )
    if query.municipality is not None:
        place = folded("municipality", query.municipality)
        conditions.add("b.places LIKE :place ESCAPE '!'", place=containing(places_text((place,))))
    for number, word in enumerate(folded("text", query.text or "").split()):
        name = f"word_{number}"
        conditions.add(f"b.search LIKE :{name} ESCAPE '!'", **{name: containing(word)})
    narrow_to(query.reach, conditions)
    return conditions


def places_text(folded_names: tuple[str, ...]) -> str:
    """Municipalities as one text in which each can be found whole."""
    return f"|{'|'.join(folded_names)}|"


def folded(field: str, text: str) -> str:
    """A text to look for, in the form in which names are compared.

    Raises:
        TextTooLong: when it is longer than any name.
    """
    return normal_name(searchable(field, text))


def searchable(field: str, text: str) -> str:
    """A text to look for, as a store can be asked for it.

    Raises:
        TextTooLong: when it is longer than any name.
    """
    if len(text) > LONGEST:
        raise TextTooLong(field, LONGEST)
    # JSON can carry a lone surrogate, which no driver sends, and a zero, at which a pattern ends.
    return (
        text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\N{REPLACEMENT CHARACTER}")
    )


def lowered(field: str, text: str) -> str:
    """A text to look for, in the small letters that LOWER gives: those of ASCII alone.

    SQLite knows no others, and PostgreSQL none in columns that sort by byte.

    Raises:
        TextTooLong: when it is longer than any name.
    """
    return searchable(field, text).encode().lower().decode()


def containing(text: str) -> str:
    """The pattern of values that hold `text`, with '!' as the escape character."""
    for special in "!%_":
        text = text.replace(special, f"!{special}")
    return f"%{text}%"


def choice(field: str, value: str, choices: type[Choice]) -> Value:
    """The code of a choice; a host may pass it as plain text.

    Raises:
        ChoiceUnknown: when there is no such code.
    """
    known = tuple(one.value for one in choices)
    if value not in known:
        raise ChoiceUnknown(field, value, known)
    return str(value)


def in_order_of(column: str, choices: type[StrEnum]) -> str:
    """SQL that sorts codes in the order in which their class lists them, not by letter."""
    ranks = " ".join(f"WHEN '{one.value}' THEN {rank}" for rank, one in enumerate(choices))
    return f"CASE {column} {ranks} END"
