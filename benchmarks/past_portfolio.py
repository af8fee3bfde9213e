"""Which portfolio do the measurements of the past ask? Invented estates, known bit by bit.

Every estate has three or four events over thirty years. Some were recorded as they happened, some
years later, all at several instants; every seventh has a fact that was corrected, one of fifty
a fact without a day.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Final

from kvob_domain.estate.events import AnyEvent
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.identity import EstateRegistered
from kvob_domain.estate.events.past import PastFactRecorded
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.values import EstateKind, FactKind, PastFact, Provenance
from kvob_domain.ids import EditionId, EstateId
from kvob_domain.partial_date import PartialDate
from kvob_workflow.engine.scheme_files import packaged_book

MUNICIPALITIES: Final = tuple(f"Gemeente {number:03}" for number in range(342))
FIRST: Final = date(1998, 1, 1)
DAYS: Final = 10_500
NOW: Final = datetime(2026, 11, 23, 12, tzinfo=UTC)
_LINE: Final = (
    FactKind.KICKOFF,
    FactKind.INVENTORY,
    FactKind.ACTION_PLAN,
    FactKind.COVENANT,
    FactKind.AUDIT,
    FactKind.AWARD,
)
_SOURCES: Final = tuple(Provenance(source=f"https://bron-{n}.example/") for n in range(3))


def portfolio(estates: int, seed: int = 18) -> Iterator[Recorded]:
    """The events of so many estates, estate by estate."""
    chance = random.Random(seed)
    for number in range(estates):
        yield from _life(number, chance)


def _life(number: int, chance: random.Random) -> Iterator[Recorded]:
    estate = EstateId(f"{number:012x}{chance.getrandbits(80):020x}")
    begin = FIRST + timedelta(days=chance.randrange(DAYS))
    late = chance.random() < 0.5
    noted = _noted(begin, late, chance)
    name = f"Terrein {chance.randrange(10**7):07} {number % 97}"
    place = MUNICIPALITIES[int(chance.random() ** 2 * len(MUNICIPALITIES))]
    registered = EstateRegistered(
        kind=EstateKind.ESTATE, name=name, municipalities=(place,), on=PartialDate.parse("")
    )
    yield Recorded(estate, 1, registered, noted)
    day, version = begin, 2
    kind = FactKind.AWARD
    for kind in sorted(chance.sample(_LINE, chance.choice((2, 2, 3))), key=_LINE.index):
        fact = _fact(kind, day, chance)
        noted = max(noted, _noted(day, late, chance))
        yield Recorded(estate, version, fact, noted, source=fact.fact.provenance.source)
        version += 1
        day += timedelta(days=chance.randrange(20, 700))
    if number % 7 == 0:
        noted = min(noted + timedelta(days=chance.randrange(1, 900), seconds=number % 86_400), NOW)
        right = _fact(kind, begin + timedelta(days=chance.randrange(900)), chance)
        corrected = EventCorrected(
            on=noted.date(), version=version - 1, instead=right, reason="verkeerd overgenomen"
        )
        yield Recorded(estate, version, corrected, noted)


def _noted(day: date, late: bool, chance: random.Random) -> datetime:
    """Recorded within a month, or years later."""
    after = chance.randrange(365, 6000) if late else chance.randrange(30)
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC) + timedelta(
        days=after, seconds=chance.randrange(30_000)
    )
    return min(at, NOW - timedelta(seconds=chance.randrange(86_400)))


def _fact(kind: FactKind, day: date, chance: random.Random) -> PastFactRecorded:
    when = PartialDate.parse(
        "" if chance.random() < 0.02 else chance.choice((f"{day}", f"{day}", f"{day:%Y-%m}"))
    )
    edition, years = _terms(day.toordinal() // 400 * 400)
    fact = PastFact(kind=kind, on=when, provenance=chance.choice(_SOURCES))
    return PastFactRecorded(fact=fact, edition=edition, term_years=years)


@cache
def _terms(ordinal: int) -> tuple[EditionId | None, int | None]:
    book = packaged_book()
    edition = book.in_force_on(date.fromordinal(ordinal))
    if edition is None:
        return None, None
    years = book.terms(edition.id).validity_years
    return edition.id, years.value if years else None


def events_of(estates: int) -> Iterator[list[Recorded]]:
    """The events in batches of a few thousand."""
    batch: list[Recorded] = []
    for recorded in portfolio(estates):
        if len(batch) >= 5000 and recorded.version == 1:
            yield batch
            batch = []
        batch.append(recorded)
    yield batch


__all__ = ["DAYS", "FIRST", "MUNICIPALITIES", "NOW", "AnyEvent", "events_of", "portfolio"]
