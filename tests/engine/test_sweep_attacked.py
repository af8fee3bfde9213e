"""Do the holes stay closed that attackers of the sweep found?"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from kvob_domain.estate.commands.deadlines import ExtendDeadline
from kvob_domain.estate.commands.standing import EvaluateYear
from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.deadlines.owed import owed
from kvob_domain.estate.events.deadlines import NoticeGiven
from kvob_domain.scheme import SchemeBook
from kvob_workflow import (
    Engine,
    EstateKind,
    FactItem,
    FactKind,
    GapUnconfirmed,
    PartialDate,
    PastFact,
    Provenance,
)
from kvob_workflow.errors import SchemeDataDiffer
from kvob_workflow.testing import GUIDE
from tests.domain.stating import sourced, stating
from tests.engine.sweep_world import PLACE, World, noon


def told(name: str, kind: FactKind, on: str, last: str | None = None) -> FactItem:
    """What a source says of an estate."""
    content = PastFact(
        kind=kind,
        on=PartialDate.parse(on),
        last_valid_day=PartialDate.parse(last) if last else None,
        provenance=Provenance(source="https://example.org"),
    )
    return FactItem(name, (PLACE,), EstateKind.ESTATE, content)


def with_ladder(book: SchemeBook, *months: int) -> SchemeBook:
    """The scheme, if practice reminded so many months before the end."""
    return stating(book, reminder_months=sourced(months))


def opened(world: World, book: SchemeBook) -> Engine:
    """Another node on the same store, with other scheme data."""
    return Engine(world.store, actor=GUIDE, clock=world.clock, book=book)


def spoil(path: Path, estate: str) -> None:
    """Make the first event of an estate one of a release that is not known here."""
    with closing(sqlite3.connect(path)) as other:
        other.execute("DROP TRIGGER stored_events_never_change")
        other.execute(
            "UPDATE stored_events SET topic = 'kvob.estate:new.v1'"
            " WHERE originator_id = ? AND originator_version = 1",
            (estate,),
        )
        other.commit()


def test_a_slip_of_a_century_in_a_source_stops_no_sweep() -> None:
    with World(date(2026, 11, 1)) as world:
        world.engine.take_facts(
            [
                told("Goed", FactKind.AWARD, "2024-01-10"),
                told("Tikfout", FactKind.AWARD, "1919-12-10", "2027-12-31"),
            ]
        )
        assert world.sweep_at(noon(date(2027, 1, 10))).held == ()
        names = {name for name, _ in world.every_notice()}
        assert names == {"Goed", "Tikfout"}


def test_a_rung_that_is_added_announces_no_reminder_again() -> None:
    with World(date(2024, 1, 10)) as world:
        world.awarded("Noord", on=date(2024, 1, 10))
        for day in (date(2025, 1, 11), date(2026, 1, 11), date(2026, 7, 11)):
            world.sweep_at(noon(day))
        opened(world, with_ladder(world.engine.book, 12, 9, 6, 3)).sweep()
        rules = [
            one.event.rule
            for _, one in world.store.page(0, 1000)
            if isinstance(one.event, NoticeGiven) and one.event.kind is DeadlineKind.REMINDER
        ]
        assert sorted(rules) == ["reminder_months:12", "reminder_months:6", "reminder_months:9"]


def test_a_node_with_older_scheme_data_writes_nothing_until_it_is_restarted() -> None:
    with World(date(2024, 1, 10)) as world:
        (estate,) = world.awarded("Noord", on=date(2024, 1, 10))
        world.sweep_at(noon(date(2025, 1, 20)))
        book = with_ladder(world.engine.book, 20, 9, 6, 3)
        newer = opened(world, book)
        with pytest.raises(SchemeDataDiffer) as refused:
            world.engine.do(EvaluateYear(estate=estate, on=date(2025, 1, 20)))
        assert "dezelfde versie" in refused.value.message("nl")
        world.clock.at = noon(date(2025, 12, 31))
        newer.sweep()
        assert not owed(newer.state(estate), book, date(2025, 12, 31))


def test_a_moved_deadline_that_the_end_overtook_is_not_announced_after_it() -> None:
    with World(date(2024, 1, 10)) as world:
        world.engine.take_facts([told("A", FactKind.AWARD, "2024-01-10")])
        (estate,) = world.store.estates()
        world.sweep_at(noon(date(2024, 12, 10)))
        world.engine.do(
            ExtendDeadline(
                estate=estate,
                on=date(2024, 12, 10),
                kind=DeadlineKind.EVALUATION,
                due_on=date(2026, 6, 1),
                reason="later",
            )
        )
        world.engine.take_facts([told("A", FactKind.EXPIRY, "2025-12-31")])
        world.sweep_at(noon(date(2025, 12, 1)))
        world.sweep_at(noon(date(2026, 6, 2)))
        assert not [one for one in world.notices(estate) if one.endswith("2026-06-01")]


def test_a_clock_that_was_years_ahead_does_not_switch_the_gap_off() -> None:
    with World(date(2026, 1, 10)) as world:
        world.awarded("A", on=date(2026, 1, 10))
        world.sweep_at(noon(date(2038, 1, 1)), confirm=True)
        world.sweep_at(noon(date(2026, 1, 12)))
        world.clock.at = noon(date(2031, 1, 1))
        with pytest.raises(GapUnconfirmed):
            world.engine.sweep()


def test_an_import_after_a_gap_that_nobody_confirmed_writes_nothing() -> None:
    with World(date(2024, 1, 10)) as world:
        (estate,) = world.awarded("A", on=date(2024, 1, 10))
        world.clock.at = noon(date(2038, 1, 1))
        with pytest.raises(GapUnconfirmed):
            world.engine.take_facts([told("A", FactKind.AUDIT, "2025-05-05")])
        assert len(world.store.stream(estate)) == 2
        world.engine.take_facts([told("B", FactKind.AWARD, "2025-05-05")])


def test_an_estate_that_cannot_be_read_keeps_no_store_closed_and_no_sweep_back(
    tmp_path: Path,
) -> None:
    path = tmp_path / "kvob.db"
    with World(date(2024, 1, 10), url=f"sqlite:///{path}") as world:
        spoiled, sound = world.awarded("Stuk", "Heel", on=date(2024, 1, 10))
        spoil(path, spoiled)
        world.clock.at = noon(date(2025, 1, 11))
        engine = opened(world, with_ladder(world.engine.book, 8))
        assert {mark.estate for mark in engine.behind()} == {spoiled}
        report = engine.sweep()
        assert [(one.estate, one.error.code) for one in report.held] == [(spoiled, "unknown-topic")]
        assert report.given == 1
        assert len(world.store.stream(sound)) == 3


def test_the_doctor_says_what_to_do_about_gaps_held_estates_and_clocks() -> None:
    def advice(engine: Engine, name: str) -> str:
        return next(one.advice.en for one in engine.doctor() if one.name == name)

    with World(date(2024, 1, 10)) as world:
        world.awarded("A", on=date(2024, 1, 10))
        assert advice(world.engine, "swept") == ""
        world.clock.at = noon(date(2025, 1, 20))
        assert "kvob run" in advice(world.engine, "swept")
        world.clock.at = noon(date(2026, 1, 20))
        assert "--confirm" in advice(world.engine, "swept")
        world.clock.at = noon(date(2023, 1, 20))
        assert "wrong clock" in advice(world.engine, "clock")
