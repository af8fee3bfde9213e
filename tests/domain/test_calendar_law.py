"""Do deadlines keep to the calendar: leap days, month ends, year ends, and any history?"""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given as holds
from hypothesis import settings
from hypothesis import strategies as st

from kvob_domain.estate.deadlines import DeadlineKind, deadlines, ladder
from kvob_domain.estate.deadlines.owed import notice_of, owed
from kvob_domain.estate.events import AnyEvent
from kvob_domain.estate.events.deadlines import Notice
from kvob_domain.estate.evolve import fold
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import PastFact
from kvob_domain.partial_date import PartialDate
from kvob_domain.scheme import SchemeBook
from kvob_domain.terms import add_years, last_valid_day
from kvob_domain.testing import Scenario
from tests.domain.asking import ESTATE, Given, fact, register
from tests.domain.noticing import told
from tests.domain.stating import sourced, stating
from tests.domain.strategies import DATED, DAYS, PARTIAL, any_event, facts, recorded_fact

KNOWN = datetime(2020, 1, 1, 9, tzinfo=UTC)
EARLY = date(2020, 1, 1)
LATE = date(2060, 1, 1)


def certified(given: Given, on: str, **more: str) -> Scenario:
    """An estate of which an award was known on 1 January 2020, before anything fell due."""
    happened = fact("award", on, **more)
    story = given(register(on="")).on(EARLY)
    event = recorded_fact(happened.fact, story.book)
    known = Recorded(ESTATE, 2, event, KNOWN)
    return Scenario(story.book, EARLY, story.estate, (*story.history, known))


@pytest.mark.parametrize(
    ("award", "expected"),
    [
        (
            "2024-02-29",
            [
                ("evaluation", 1, "2025-02-28"),
                ("evaluation", 2, "2026-02-28"),
                ("reminder", 1, "2026-05-28"),
                ("reminder", 2, "2026-08-28"),
                ("renewal_start", 1, "2026-08-28"),
                ("reminder", 3, "2026-11-28"),
                ("term_evaluation", 3, "2027-02-27"),
                ("expiry", 1, "2027-02-28"),
            ],
        ),
        (
            "2020-08-31",
            [
                ("evaluation", 1, "2021-08-31"),
                ("evaluation", 2, "2022-08-31"),
                ("reminder", 1, "2022-11-30"),
                ("reminder", 2, "2023-02-28"),
                ("renewal_start", 1, "2023-02-28"),
                ("reminder", 3, "2023-05-31"),
                ("term_evaluation", 3, "2023-08-30"),
                ("expiry", 1, "2023-08-31"),
            ],
        ),
        (
            "2022-01-01",
            [
                ("evaluation", 1, "2023-01-01"),
                ("evaluation", 2, "2024-01-01"),
                ("reminder", 1, "2024-04-01"),
                ("reminder", 2, "2024-07-01"),
                ("renewal_start", 1, "2024-07-01"),
                ("reminder", 3, "2024-10-01"),
                ("term_evaluation", 3, "2024-12-31"),
                ("expiry", 1, "2025-01-01"),
            ],
        ),
    ],
    ids=["leap day", "month end", "year end"],
)
def test_a_whole_term_by_the_calendar(
    given: Given, award: str, expected: list[tuple[str, int, str]]
) -> None:
    assert told(certified(given, award), LATE) == expected


@pytest.mark.parametrize(
    ("award", "first", "renewal", "expiry"),
    [
        ("2024", "2026-04-01", "2026-07-01", "2027-12-31"),
        ("2024-02", "2026-05-01", "2026-08-01", "2027-02-28"),
    ],
)
def test_a_partial_date_reminds_by_the_earliest_day_and_expires_by_the_latest(
    given: Given, award: str, first: str, renewal: str, expiry: str
) -> None:
    found = told(certified(given, award), LATE)
    assert ("reminder", 1, first) in found
    assert ("renewal_start", 1, renewal) in found
    assert found[-1] == ("expiry", 1, expiry)
    assert ("term_evaluation", f"{last_valid_day(date.fromisoformat(expiry))}") in [
        (kind, day) for kind, _, day in found
    ]


@pytest.mark.parametrize(("last_valid", "announced"), [("2026-11-20", False), ("2026-11-21", True)])
def test_what_was_due_before_the_day_in_utc_on_which_it_became_known_is_silent(
    book: SchemeBook, last_valid: str, announced: bool
) -> None:
    event = recorded_fact(fact("expiry", last_valid).fact, book)
    # Half past twelve at night in Amsterdam on the 23rd.
    known_at = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    state = fold(ESTATE, [Recorded(ESTATE, 1, event, known_at)])
    assert bool(owed(state, book, date(2026, 11, 23))) is announced


def test_an_award_on_an_unknown_day_is_never_announced(given: Given) -> None:
    assert told(certified(given, ""), LATE) == []


@holds(DATED)
def test_no_certificate_is_announced_as_expired_before_the_latest_possible_day(
    book: SchemeBook, on: PartialDate
) -> None:
    event = recorded_fact(fact("award", on.text).fact, book)
    state = fold(ESTATE, [Recorded(ESTATE, 1, event, KNOWN)])
    if on.latest is None or event.term_years is None:
        assert deadlines(state, book) == ()
        return
    due = {one.kind: one.due_on for one in deadlines(state, book)}
    assert due[DeadlineKind.EXPIRY] == add_years(on.latest, event.term_years)
    early = [one.due_on for one in deadlines(state, book) if one.kind is DeadlineKind.REMINDER]
    assert on.earliest is not None
    assert max(early) < add_years(on.earliest, event.term_years)


@pytest.fixture(scope="module")
def scheme(book: SchemeBook) -> SchemeBook:
    """A scheme that states every kind of deadline."""
    return stating(
        book,
        retention_years=sourced(7),
        suspension_limit_months=sourced(6),
        corrective_action_months=sourced(3),
        target_days=sourced({"kickoff": 30, "inventory": 90, "award": 120}),
    )


def apart(events: list[AnyEvent]) -> list[Recorded]:
    """A history known early, with room between its versions for a notice."""
    return [
        Recorded(ESTATE, 10 * number, event, KNOWN + timedelta(seconds=number))
        for number, event in enumerate(events, start=1)
    ]


FACTS = st.lists(facts(PARTIAL), max_size=6)
HISTORIES = st.lists(any_event(), max_size=12).map(apart)
TODAYS = st.dates(date(2020, 1, 2), LATE)


@settings(max_examples=80)
@holds(HISTORIES, TODAYS, TODAYS)
def test_what_is_owed_only_grows_with_the_day(
    scheme: SchemeBook, history: list[Recorded], one: date, other: date
) -> None:
    state = fold(ESTATE, history)
    early, late = sorted((one, other))
    before, after = owed(state, scheme, early), owed(state, scheme, late)
    assert after[: len(before)] == before
    assert all(early < more.due_on <= late for more in after[len(before) :])
    assert len({one.key for one in after}) == len(after)


@settings(max_examples=80)
@holds(HISTORIES, TODAYS)
def test_giving_what_is_owed_leaves_nothing_owed_and_changes_no_deadline(
    scheme: SchemeBook, history: list[Recorded], today: date
) -> None:
    before = fold(ESTATE, history)
    after = fold(ESTATE, history + late_notices(before, scheme, today))
    assert owed(after, scheme, today) == ()
    assert ladder(after, scheme) == ladder(before, scheme)
    assert set(owed(after, scheme, LATE)) == {
        one for one in owed(before, scheme, LATE) if one.due_on > today
    }


def late_notices(state: Estate, scheme: SchemeBook, today: date) -> list[Recorded]:
    """The notices owed on a day, recorded after everything else."""
    at = datetime(2060, 1, 1, 9, tzinfo=UTC)
    found = enumerate(owed(state, scheme, today), start=1)
    return [Recorded(ESTATE, 10_000 + number, notice_of(one), at) for number, one in found]


@settings(max_examples=80)
@holds(HISTORIES, TODAYS, st.data())
def test_a_notice_recorded_late_gives_the_state_of_one_recorded_in_time(
    scheme: SchemeBook, history: list[Recorded], today: date, data: st.DataObject
) -> None:
    late = late_notices(fold(ESTATE, history), scheme, today)
    places = data.draw(st.lists(st.integers(0, 130), min_size=len(late), max_size=len(late)))
    in_time = [
        # Never a multiple of ten, so that it falls between two events of the history.
        one._replace(version=10 * place + 1, at=KNOWN + timedelta(milliseconds=number))
        for number, (one, place) in enumerate(zip(late, places, strict=True))
    ]
    assert settled(history + in_time) == settled(history + late)


def settled(history: list[Recorded]) -> dict[str, object]:
    """The state without its last version, and without its instants."""
    found = dict(vars(fold(ESTATE, history)))
    del found["version"], found["first_at"], found["last_at"]
    return found


@settings(max_examples=60)
@holds(FACTS, TODAYS, st.data())
def test_an_older_fact_that_becomes_known_later_never_gives_a_notice_of_the_same_deadline_again(
    book: SchemeBook, stated: list[PastFact], today: date, data: st.DataObject
) -> None:
    events: list[AnyEvent] = [recorded_fact(one, book) for one in stated]
    cut = data.draw(st.integers(0, len(events)))
    first = apart(events[:cut])
    notices = late_notices(fold(ESTATE, first), book, today)
    rest = [
        Recorded(ESTATE, 20_000 + number, event, datetime(2060, 1, 2, tzinfo=UTC))
        for number, event in enumerate(events[cut:])
    ]
    given = {one.event.key for one in notices if isinstance(one.event, Notice)}
    after = fold(ESTATE, [*first, *notices, *rest])
    assert given <= after.notices
    assert not given & {one.key for one in owed(after, book, LATE)}


@holds(DAYS)
def test_every_deadline_of_an_award_lies_between_its_begin_and_its_end(
    scheme: SchemeBook, day: date
) -> None:
    event = recorded_fact(fact("award", f"{day}").fact, scheme)
    state = fold(ESTATE, [Recorded(ESTATE, 1, event, KNOWN)])
    for one in deadlines(state, scheme):
        if one.moot_on is not None:
            assert day < one.due_on <= one.moot_on
