"""Which facts, events and histories does Hypothesis make up? All valid, few of them likely."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st
from pydantic import JsonValue

from kvob_domain.estate.events import ALL_EVENTS, AnyEvent
from kvob_domain.estate.events.base import Event
from kvob_domain.estate.events.past import PastFactRecorded
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.values import FactKind, PastFact, Provenance
from kvob_domain.ids import EditionId, PersonId
from kvob_domain.partial_date import PartialDate
from kvob_domain.personal import Sealed
from kvob_domain.scheme import SchemeBook
from tests.domain.asking import ESTATE
from tests.domain.fields import field_values

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FIRST, LAST = date(1998, 1, 1), date(2028, 12, 31)
DAYS = st.dates(FIRST, LAST)


def texts(day: date) -> st.SearchStrategy[str]:
    """The day, its month, its year."""
    return st.sampled_from([f"{day}", f"{day:%Y-%m}", f"{day:%Y}"])


PARTIAL = st.one_of(st.just(""), DAYS.flatmap(texts)).map(PartialDate.parse)
DATED = DAYS.flatmap(texts).map(PartialDate.parse)
SOURCES = st.sampled_from(["https://a.example/", "https://b.example/"])
LEVELS = st.sampled_from([None, "Basis Samenwerken", "Continue Samenwerken", "2e ster", "goud"])


def facts(dates: st.SearchStrategy[PartialDate]) -> st.SearchStrategy[PastFact]:
    """Facts of every kind."""
    return st.builds(
        PastFact,
        kind=st.sampled_from(FactKind),
        on=dates,
        outcome=st.sampled_from([None, "held", "positive", "negative", "planned"]),
        level=LEVELS,
        last_valid_day=st.one_of(st.none(), PARTIAL),
        parties=st.lists(st.sampled_from(["politie", "gemeente Goes", "", "x" * 300]), max_size=3),
        body=st.sampled_from([None, "Kiwa", "DASS"]),
        cycle=st.one_of(st.none(), st.integers(1, 4)),
        provenance=SOURCES.map(lambda source: Provenance(source=source)),
    )


def recorded_fact(fact: PastFact, book: SchemeBook) -> PastFactRecorded:
    """The fact as it is written down under the scheme."""
    earliest = fact.on.earliest
    edition = book.in_force_on(earliest) if earliest else None
    years = book.terms(edition.id).validity_years if edition else None
    return PastFactRecorded(
        fact=fact,
        edition=edition.id if edition else None,
        term_years=years.value if years else None,
    )


@cache
def any_event() -> st.SearchStrategy[AnyEvent]:
    """Any event that its own form allows, whether or not a command could lead to it."""
    return st.sampled_from(ALL_EVENTS).flatmap(_event)


def _event(event: type[AnyEvent]) -> st.SearchStrategy[AnyEvent]:
    return st.builds(event, **field_values(event, SPECIAL))


SPECIAL: dict[object, st.SearchStrategy[Any]] = {
    date: DAYS,
    int | None: st.one_of(st.none(), st.integers(1, 30)),
    PartialDate: PARTIAL,
    PastFact: facts(PARTIAL),
    Mapping[str, JsonValue] | None: st.sampled_from([None, {"reason": "X"}, {"on": "2021-03-02"}]),
    Event: st.deferred(lambda: any_event()),  # what a correction puts in place
    Sealed: st.just(
        Sealed(
            person=PersonId("guide-1"),
            purpose="signatory",
            key=1,
            nonce="0" * 24,
            box="A" * 24,
            commitment="0" * 64,
        )
    ),
    EditionId: st.sampled_from(["kvo-b-2.0", "kvo-3.1", "kvo-4.0"]),
    PersonId: st.sampled_from(["guide-1", "decider-1"]),
}


def history(events: list[AnyEvent]) -> list[Recorded]:
    """These events as they were recorded, one after the other."""
    return [
        Recorded(ESTATE, version, event, AT + timedelta(seconds=version), PersonId("guide-1"))
        for version, event in enumerate(events, start=1)
    ]
