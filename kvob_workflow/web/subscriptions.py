"""How does a diary follow the deadlines? By an address that holds a sealed mandate, and no login.

A diary cannot log in, so the address itself opens: it holds who asked for it, what he may see and
which deadlines he chose, sealed with the keys of the sessions. It opens the calendar and nothing
else, for a year. What he may see is what he might see when he asked for it: to end all of them at
once, replace the keys of the sessions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, Final, cast

from kvob_domain.actor import Actor, Role
from kvob_domain.errors import Invalid, NotFound
from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.mandates import Bond, BondKind, Mandate, Reach, Scope
from kvob_workflow.calendars.query import CalendarQuery
from kvob_workflow.web.sessions.sealing import LARGEST, Seal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvob_domain.words import Language
    from kvob_workflow.web.sessions import SessionKeys

PURPOSE: Final = "calendar v1"
LASTS: Final = timedelta(days=365)
_SCOPES: Final = frozenset({Scope.ESTATES_READ})


@dataclass(eq=False)
class SubscriptionEnded(NotFound):
    """The address opens nothing: it is too old, or was sealed with other keys."""

    code: ClassVar[str] = "subscription-ended"
    nl: ClassVar[str] = (
        "Dit abonnement op de kalender werkt niet meer. Maak een nieuw adres op de pagina Kalender."
    )
    en: ClassVar[str] = (
        "This subscription to the calendar has ended. Make a new address on the page Calendar."
    )


@dataclass(eq=False)
class SubscriptionTooLarge(Invalid):
    """So many municipalities or estates do not fit into an address."""

    code: ClassVar[str] = "subscription-too-large"
    nl: ClassVar[str] = (
        "Wat u mag zien past niet in een adres. Abonneer u via de API, met een sleutel."
    )
    en: ClassVar[str] = (
        "What you may see does not fit into an address. Subscribe through the API, with a key."
    )


@dataclass(frozen=True, slots=True)
class Subscription:
    """What an address opens, and until which day, inclusive."""

    mandate: Mandate
    query: CalendarQuery
    until: date


def sealed(keys: SessionKeys, mandate: Mandate, query: CalendarQuery, today: date) -> str:
    """The part of the address that opens the calendar.

    Raises:
        SubscriptionTooLarge: it does not fit.
    """
    actor, reach = mandate.actor, mandate.reach
    content: dict[str, object] = {
        "until": (today + LASTS).isoformat(),
        "person": actor.person,
        "organisation": actor.organisation,
        "role": actor.role.value,
        "everywhere": reach.everywhere,
        "bonds": sorted([one.kind.value, one.name] for one in reach.bonds),
        "estates": sorted(reach.estates),
        "municipality": query.municipality,
        "kinds": [one.value for one in query.kinds],
        "language": query.language,
    }
    text = Seal(keys, PURPOSE).seal(content)
    if len(text) > LARGEST:
        raise SubscriptionTooLarge
    return text


def opened(keys: SessionKeys, text: str, today: date) -> Subscription:
    """What an address opens today.

    Raises:
        SubscriptionEnded: nothing.
    """
    content = Seal(keys, PURPOSE).open(text)
    if content is None:
        raise SubscriptionEnded
    until = date.fromisoformat(cast("str", content["until"]))
    if today > until:
        raise SubscriptionEnded
    return Subscription(_mandate(content), _query(content), until)


def _mandate(content: Mapping[str, object]) -> Mandate:
    person, role = cast("str", content["person"]), Role(cast("str", content["role"]))
    organisation = cast("str | None", content["organisation"])
    bonds = cast("Sequence[tuple[str, str]]", content["bonds"])
    reach = Reach(
        everywhere=bool(content["everywhere"]),
        bonds=frozenset(Bond(BondKind(kind), name) for kind, name in bonds),
        estates=frozenset(EstateId(one) for one in cast("Sequence[str]", content["estates"])),
    )
    return Mandate(Actor(PersonId(person), organisation, role, "web"), _SCOPES, reach)


def _query(content: Mapping[str, object]) -> CalendarQuery:
    return CalendarQuery(
        municipality=cast("str | None", content["municipality"]),
        kinds=tuple(DeadlineKind(one) for one in cast("Sequence[str]", content["kinds"])),
        language=cast("Language", content["language"]),
    )
