"""Does an explanation name the events that a field rests on, and none too few?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kvob_domain.estate.events import AnyEvent
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.identity import EstateRegistered
from kvob_domain.estate.events.past import PastFactRecorded
from kvob_domain.estate.evolve import fold
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import EstateKind, FactKind
from kvob_domain.ids import EstateId
from kvob_domain.partial_date import PartialDate
from kvob_projections.board import BoardQuery
from kvob_projections.deadlines import DueQuery
from kvob_projections.explained import Address, Seen, SeenRow, needed, trail
from kvob_projections.measures import MeasureQuery
from kvob_projections.register import RegisterQuery
from kvob_projections.rulings import LEVEL_FIELDS, NEXT_DUE_FIELDS, PERIOD_FIELDS
from kvob_workflow import Engine
from kvob_workflow.engine import packaged_book
from kvob_workflow.engine.errors import EstateNotFound
from kvob_workflow.engine.explaining import (
    Explanation,
    FieldAmbiguous,
    FieldUnknown,
    explained,
)
from kvob_workflow.importing import import_file, sample_cases
from kvob_workflow.testing import engine_in_memory
from tests.domain.strategies import any_event, history

TODAY = date(2026, 11, 23)
REGISTERED = EstateRegistered(
    kind=EstateKind.ESTATE, name="A", municipalities=("B",), on=PartialDate.parse("")
)
SOEST = "De Soestdijkse Grachten, Soest"


@pytest.fixture(scope="module")
def sample() -> Iterator[Engine]:
    with engine_in_memory(TODAY) as engine, sample_cases() as path:
        import_file(engine, path)
        yield engine


@pytest.fixture
def walked(engine: Engine, walked_to: Callable[..., EstateId]) -> EstateId:
    """The invented estate with its whole story."""
    return walked_to("nothing stops it")


def history_of(engine: Engine, estate: EstateId) -> list[Recorded]:
    return next(recorded for _, recorded in engine.histories(estate))


def versions(told: Explanation) -> list[int]:
    return [cause.event.version for cause in told.causes]


def kept(recorded: list[Recorded], told: frozenset[int]) -> list[Recorded]:
    return [one for one in recorded if one.version in told or one.version == 1]


def check_every_field(recorded: list[Recorded]) -> None:
    """Check the promise of an explanation for every field that the views show of a history."""
    state, seen = fold(recorded[0].estate, recorded), Seen(packaged_book(), TODAY)
    for address, value in seen.values(state).items():
        check_field(recorded, seen, address, value)


def check_field(recorded: list[Recorded], seen: Seen, address: Address, value: object) -> None:
    """The named events are enough, and each is needed: without it the value is another one."""

    def look(state: Estate) -> object:
        return seen.value(address, state)

    def shown(given: list[Recorded]) -> object:
        return look(fold(recorded[0].estate, given))

    changes = trail(recorded, look)
    assert (changes[-1][1] if changes else None) == value, address
    told = needed(recorded, look, changes)
    assert shown(kept(recorded, told)) == value, address
    if shown(kept(recorded, frozenset())) == value and len(told) == 1:
        return  # the registration is enough; what is named is the last event that changed it
    for version in told - {1}:
        alone = shown(kept(recorded, told - {version})) != value
        everywhere = shown([one for one in recorded if one.version != version]) != value
        assert alone or everywhere, (address, version)


def test_every_field_of_the_sample_estates_rests_on_the_events_that_are_named(
    sample: Engine,
) -> None:
    for _, recorded in islice(sample.histories(), 0, None, 3):
        check_every_field(recorded)


def test_every_field_of_the_invented_story_rests_on_the_events_that_are_named(
    engine: Engine, walked: EstateId
) -> None:
    check_every_field(history_of(engine, walked))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(any_event(), min_size=1, max_size=14))
def test_every_field_of_any_history_rests_on_the_events_that_are_named(
    events: list[AnyEvent],
) -> None:
    # Every stream begins with its registration, and has one.
    later = [event for event in events if not isinstance(event, EstateRegistered)]
    check_every_field(history([REGISTERED, *later]))


def shown_by(engine: Engine) -> dict[tuple[str, str], list[SeenRow]]:
    """What the lists themselves show, by view and estate."""
    shown: list[tuple[str, SeenRow]] = [
        *(("board", row) for row in engine.board(BoardQuery(groups=True)).items),
        *(("register", row) for row in engine.register(RegisterQuery(groups=True)).items),
        *(("due", row) for row in engine.due(DueQuery(groups=True, overdue=True)).items),
        *(("measures", row) for row in engine.measures(MeasureQuery(groups=True)).items),
    ]
    rows: dict[tuple[str, str], list[SeenRow]] = {}
    for view, row in shown:
        rows.setdefault((view, row.estate_id), []).append(row)
    return rows


def check_as_shown(engine: Engine) -> None:
    shown = shown_by(engine)
    seen = Seen(engine.book, engine.today())
    made: dict[tuple[str, str], list[SeenRow]] = {}
    for estate, recorded in engine.histories():
        for view, _, row in seen.rows(fold(estate, recorded)):
            made.setdefault((view, row.estate_id), []).append(row)
    assert made.keys() == shown.keys()
    for key, rows in shown.items():
        assert sorted(map(repr, made[key])) == sorted(map(repr, rows))


def test_the_fields_are_those_that_the_lists_show(sample: Engine) -> None:
    check_as_shown(sample)


@pytest.mark.parametrize("stop", ["adopt_plan", "award_certificate", "suspend_certificate", "-"])
def test_the_fields_are_those_that_the_lists_show_in_every_stage(
    stop: str, engine: Engine, walked_to: Callable[..., EstateId]
) -> None:
    walked_to(stop)
    check_as_shown(engine)


def test_a_certificate_is_explained_by_its_award_and_the_term_of_the_edition(
    sample: Engine,
) -> None:
    told = sample.explain(sample.find(SOEST), "expires_on")
    assert (told.address, told.value) == ("board.expires_on", date(2022, 10, 10))
    assert [cause.event.details["fact"] for cause in told.causes if cause.needed]
    assert [rule.rule for rule in told.rules] == ["start:award", "validity_years:3"]
    assert told.rules[1].holder == "kvo-3.1"
    assert told.rules[1].source.startswith("https://")
    assert told.rules[1].says.en.startswith("Valid until 2022-10-09: 3 years from 2019-10-10")


def test_what_is_missing_is_explained_with_the_rule_of_each_requirement(
    engine: Engine, walked_to: Callable[..., EstateId]
) -> None:
    told = engine.explain(walked_to("record_survey"), "missing")
    assert tuple(rule.rule for rule in told.rules) == told.value
    assert len(told.rules) > 3


def test_a_deadline_is_explained_by_its_own_rule(
    engine: Engine, walked_to: Callable[..., EstateId]
) -> None:
    estate = walked_to("suspend_certificate")
    row = engine.due(DueQuery(day=engine.today())).items[0]
    told = engine.explain(estate, f"due.{row.kind}:{row.ordinal}")
    assert (told.address, told.value) == (f"due.{row.kind}:{row.ordinal}.due_on", row.due_on)
    assert [(rule.rule, rule.source) for rule in told.rules] == [(row.rule, row.source)]
    assert engine.explain(estate, "next_due_on").rules == told.rules
    assert row.anchor_version in versions(told)


def test_fields_that_rules_are_told_of_exist(sample: Engine) -> None:
    known = {one.address.rpartition(".")[2] for one in sample.fields(sample.find(SOEST))}
    assert known >= PERIOD_FIELDS | LEVEL_FIELDS | NEXT_DUE_FIELDS


def test_a_bare_name_that_only_rows_have_lists_the_rows(engine: Engine, walked: EstateId) -> None:
    with pytest.raises(FieldAmbiguous) as refused:
        engine.explain(walked, "progress")
    assert all(one.startswith("measures.") for one in refused.value.possible)
    assert engine.explain(walked, refused.value.possible[0]).address == refused.value.possible[0]


def test_a_name_that_no_view_has_is_refused_with_what_there_is(
    engine: Engine, walked: EstateId
) -> None:
    with pytest.raises(FieldUnknown) as refused:
        engine.explain(walked, "colour")
    assert "board.step" in refused.value.possible
    with pytest.raises(EstateNotFound):
        engine.explain(EstateId("f" * 32), "step")


def corrected(recorded: list[Recorded], version: int, instead: AnyEvent | None) -> list[Recorded]:
    event = EventCorrected(on=TODAY, version=version, instead=instead, reason="verkeerd gelezen")
    return [
        *recorded,
        Recorded(recorded[0].estate, len(recorded) + 1, event, datetime(2026, 11, 23, tzinfo=UTC)),
    ]


def awarded(sample: Engine) -> tuple[list[Recorded], Recorded]:
    recorded = history_of(sample, sample.find(SOEST))
    award = next(
        one
        for one in recorded
        if isinstance(one.event, PastFactRecorded) and one.event.fact.kind is FactKind.AWARD
    )
    return recorded, award


def told_of(recorded: list[Recorded], field: str) -> Explanation:
    return explained(recorded, fold(recorded[0].estate, recorded), packaged_book(), TODAY, field)


def test_a_corrected_event_is_named_together_with_its_correction(sample: Engine) -> None:
    recorded, award = awarded(sample)
    assert isinstance(award.event, PastFactRecorded)
    fact = award.event.fact.model_copy(update={"on": PartialDate.parse("2020-01-15")})
    history_now = corrected(recorded, award.version, award.event.model_copy(update={"fact": fact}))
    told = told_of(history_now, "expires_on")
    causes = {cause.event.version: cause for cause in told.causes}
    assert told.value == date(2023, 1, 15)
    assert causes[award.version].needed
    assert causes[award.version].event.on == "2020-01-15"
    assert causes[award.version].corrected_by == (len(history_now),)
    assert causes[len(history_now)].needed
    assert causes[len(history_now)].corrects == award.version
    check_every_field(history_now)


def test_a_withdrawn_event_is_named_by_the_correction_that_withdrew_it(sample: Engine) -> None:
    recorded, award = awarded(sample)
    history_now = corrected(recorded, award.version, None)
    told = told_of(history_now, "status")
    assert told.value == "none"
    correction = next(one for one in told.causes if one.event.version == len(history_now))
    assert (correction.needed, correction.corrects) == (True, award.version)
    check_every_field(history_now)
