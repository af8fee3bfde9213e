"""Does anybody learn of an estate that is not his? Every question, from each side, as each role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, Final

import pytest

from kvob_domain.actor import Actor, Role
from kvob_domain.errors import KvobError, NotFound
from kvob_domain.estate.commands.identity import TransferEstate
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.mandates import EVERYWHERE, Mandate, OutOfReach
from kvob_projections.board import BoardQuery
from kvob_projections.deadlines import DueQuery
from kvob_projections.heat_map import HeatMapQuery
from kvob_projections.measures import MeasureQuery
from kvob_projections.register import RegisterQuery
from kvob_projections.statistics_query import StatisticsQuery
from kvob_projections.stuck import StuckQuery
from kvob_projections.today_query import TodayQuery
from kvob_workflow import CalendarQuery, Engine
from kvob_workflow.cloud_events.envelope import Detail
from kvob_workflow.engine.mandated import Mandated
from tests.mandates.sides import ALL_SCOPES, NOBODYS, TODAY, Side
from tests.mandates.test_every_method_is_sorted import OFFERED

PAST: Final = date(2024, 1, 1)
KNOWN: Final = datetime(2026, 11, 23, 11, tzinfo=UTC)
MOMENTS: Final = "2022-01-01", "2026-01-01"
Ask = Callable[[Mandated], object]
AskOf = Callable[[Mandated, EstateId], object]


def _moments(desk: Mandated) -> tuple[Any, Any]:
    return desk.moment(MOMENTS[0]), desk.moment(MOMENTS[1])


OF_ONE: Final[dict[str, AskOf]] = {
    "state": lambda desk, estate: desk.state(estate),
    "state then": lambda desk, estate: desk.state(estate, PAST),
    "overview": lambda desk, estate: desk.overview(estate),
    "overview then": lambda desk, estate: desk.overview(estate, PAST),
    "board_row": lambda desk, estate: desk.board_row(estate),
    "board_row then": lambda desk, estate: desk.board_row(estate, PAST),
    "fields": lambda desk, estate: desk.fields(estate),
    "history": lambda desk, estate: desk.history(estate),
    "history then": lambda desk, estate: desk.history(estate, known_at=KNOWN),
    "explain": lambda desk, estate: desk.explain(estate, "board.step"),
    "diff": lambda desk, estate: desk.diff(estate, *_moments(desk)),
    "names": lambda desk, estate: desk.names(estate),
    "calendar": lambda desk, estate: desk.calendar(CalendarQuery(estate=estate)),
    "histories": lambda desk, estate: list(desk.histories(estate)),
    "verify": lambda desk, estate: desk.verify((), (), estate),
    "proof_log": lambda desk, estate: desk.proof_log().entries(estate),
    "proof_log leaf": lambda desk, estate: desk.proof_log().leaf_index(estate, 1),
}
"""Questions about one estate."""

OF_MANY: Final[dict[str, Ask]] = {
    "board": lambda desk: desk.board(BoardQuery(groups=True)),
    "board page": lambda desk: desk.board(BoardQuery(groups=True, limit=1)),
    "board then": lambda desk: desk.board(BoardQuery(groups=True, day=PAST)),
    "board known": lambda desk: desk.board(BoardQuery(known_at=KNOWN, limit=1)),
    "register": lambda desk: desk.register(RegisterQuery(groups=True)),
    "register then": lambda desk: desk.register(RegisterQuery(day=PAST, limit=1)),
    "due": lambda desk: desk.due(DueQuery(overdue=True, groups=True)),
    "due then": lambda desk: desk.due(DueQuery(day=PAST, limit=1)),
    "measures": lambda desk: desk.measures(MeasureQuery(groups=True)),
    "measures then": lambda desk: desk.measures(MeasureQuery(day=PAST, limit=2)),
    "stuck": lambda desk: desk.stuck(StuckQuery(groups=True, day=date(2035, 1, 1))),
    "today_work": lambda desk: desk.today_work(),
    "today_work soon": lambda desk: desk.today_work(TodayQuery(day=date(2027, 5, 1), limit=1)),
    "today_work late": lambda desk: desk.today_work(TodayQuery(day=date(2027, 9, 1), months=99)),
    "board_counts": lambda desk: desk.board_counts(BoardQuery(groups=True)),
    "board_counts then": lambda desk: desk.board_counts(BoardQuery(groups=True, day=PAST)),
    "board_columns": lambda desk: desk.board_columns(BoardQuery(groups=True)),
    "board_columns then": lambda desk: desk.board_columns(BoardQuery(day=PAST), 1),
    "heat_map": lambda desk: desk.heat_map(HeatMapQuery(last=date(2030, 1, 1))),
    "heat_map then": lambda desk: desk.heat_map(HeatMapQuery(day=PAST, last=date(2028, 1, 1))),
    "statistics": lambda desk: desk.statistics(StatisticsQuery(groups=True)),
    "moved": lambda desk: desk.moved(*_moments(desk), BoardQuery(groups=True, limit=1)),
    "calendar": lambda desk: desk.calendar(CalendarQuery(groups=True)),
    "simulate": lambda desk: list(desk.simulate(date(2030, 1, 1), groups=True)),
    "histories": lambda desk: list(desk.histories()),
    "happened": lambda desk: desk.happened(0, 1000).events,
    "find": lambda desk: desk.find("De Zilverhoek"),
    "cloud_events": lambda desk: desk.cloud_events(limit=1000, detail=Detail.FULL),
    "event_stream": lambda desk: next(desk.event_stream(detail=Detail.FULL)),
}
"""Questions about all estates."""

OF_NONE: Final = {
    *("book", "today", "moment", "instant", "answers_at_once", "wait_for_events", "last_position"),
    *(
        "do",
        "do_all",
        "preview",
        "preview_all",
        "take_facts",
        "migrate",
    ),  # tests/mandates/test_commands_within_reach.py
    *(
        "sequence",
        "add_cosignature",
        "behind",
        "parked",
        "measured",
        "health",
        "doctor",
        "alarm_status",
    ),
    *("next_due_on", "projection_status", "views", "plan_rebuild", "rebuilds"),
    *("rebuild_differences", "compare_views", "retry_projection", "skip_event", "repair"),
    *("follow", "sweep", "build_periods", "warm", "rebuild", "rebuild_estate"),
    *("cancel_rebuild", "undo_rebuild", "clear_rebuilds"),  # of the installation, for who runs it
    *("persons", "export_person", "name_faults", "erasures"),
    *("propose_erasure", "propose_erasures", "decline_erasure", "erase"),  # persons have no region
    *("certificates", "certificate_status", "certificate_statement"),  # the register is public
    *("webhooks", "deliver_webhooks"),  # one's own, or the running of the program
    *("add_api_key", "rotate_api_key", "revoke_api_key", "show_api_key", "api_keys"),
}
"""What is of no estate, by its scope alone; and commands, which have a file of their own."""

OF_THE_REGISTER: Final = {"certificates", "certificate_status", "certificate_statement"}
"""The public register is of all estates, whatever the reach: decision 0041."""

KEEPER: Final = Actor(PersonId("keeper"), None, Role.OPERATOR)
ROLES: Final = (Role.MUNICIPALITY, Role.GUIDE, Role.DECIDER, Role.PARK_MANAGER)


def _said(ask: Callable[[], object]) -> str:
    """An answer or refusal as one text."""
    try:
        answer = ask()
    except KvobError as error:
        return f"{error.code}: {error.message('nl')} {error.message()}"
    return answer.decode() if isinstance(answer, bytes) else repr(answer)


def test_every_question_of_estates_is_asked_here() -> None:
    asked = {name.split()[0] for name in (*OF_ONE, *OF_MANY)}
    assert asked | OF_NONE | OF_THE_REGISTER == set(OFFERED)
    assert not asked & OF_THE_REGISTER


def test_the_public_register_says_the_same_to_everybody(
    alone: tuple[Engine, Side, Side],
) -> None:
    engine, *sides = alone
    everything = engine.certificates(RegisterQuery(groups=True)).items
    for side in sides:
        desk = side.desk(engine, Role.MUNICIPALITY)
        assert desk.certificates(RegisterQuery(groups=True)).items == everything
        assert len(desk.register(RegisterQuery(groups=True)).items) <= len(everything)
        for row in everything:
            estate = EstateId(row.estate_id)
            assert desk.certificate_status(estate) == engine.certificate_status(estate)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("question", OF_MANY)
def test_no_answer_about_many_names_an_estate_of_the_other_side(
    alone: tuple[Engine, Side, Side], question: str, role: Role
) -> None:
    engine, *pair = alone
    for ours, others in (pair, reversed(pair)):
        said = _said(lambda ours=ours: OF_MANY[question](ours.desk(engine, role)))  # type: ignore[misc]
        assert others.word.lower() not in said.lower()
        assert not any(estate in said for estate in others.estates)


@pytest.mark.parametrize("question", OF_ONE)
def test_another_sides_estate_answers_exactly_as_one_that_is_not_there(
    alone: tuple[Engine, Side, Side], question: str
) -> None:
    engine, ours, others = alone
    ask = OF_ONE[question]
    for role in ROLES:
        desk = ours.desk(engine, role)
        missing = _said(lambda desk=desk: ask(desk, NOBODYS))  # type: ignore[misc]
        assert missing.startswith(OutOfReach.code)
        for estate in others.estates:
            said = _said(lambda desk=desk, estate=estate: ask(desk, estate))  # type: ignore[misc]
            assert said.replace(estate, NOBODYS) == missing


@pytest.mark.parametrize("question", OF_ONE)
def test_ones_own_estate_is_answered(alone: tuple[Engine, Side, Side], question: str) -> None:
    engine, ours, _ = alone
    assert OutOfReach.code not in _said(lambda: OF_ONE[question](ours.desk(engine), ours.walked))


@pytest.mark.parametrize("question", ["board", "register", "due", "measures", "moved", "stuck"])
def test_the_sides_together_see_what_the_keeper_of_the_store_sees(
    alone: tuple[Engine, Side, Side], question: str
) -> None:
    engine, *pair = alone
    ask: Any = OF_MANY[question]
    whole = ask(_everything(engine))
    parts = [ask(side.desk(engine)) for side in pair]
    assert sum(part.total for part in parts) == whole.total > 0
    if question != "moved":  # a page of one
        assert sum(len(part.items) for part in parts) == len(whole.items)


def _everything(engine: Engine) -> Mandated:
    return engine.under(Mandate(KEEPER, ALL_SCOPES, EVERYWHERE))


def test_who_has_no_bond_sees_nothing(alone: tuple[Engine, Side, Side]) -> None:
    engine, ours, _ = alone
    desk = engine.under(Mandate(ours.mandate(Role.GUIDE).actor, ALL_SCOPES))
    assert desk.board(BoardQuery(groups=True)).total == 0
    assert desk.happened(0, 1000).events == ()
    with pytest.raises(NotFound):
        desk.find("Het Kale Veld")


def test_without_a_scope_every_question_is_refused_before_anything_is_looked_at(
    alone: tuple[Engine, Side, Side],
) -> None:
    engine, ours, _ = alone
    desk = ours.desk(engine, scopes=frozenset())
    for ask in OF_MANY.values():
        assert _said(lambda ask=ask: ask(desk)).startswith("scope-missing")  # type: ignore[misc]
    for ask_of in OF_ONE.values():
        said = _said(lambda ask_of=ask_of: ask_of(desk, ours.walked))  # type: ignore[misc]
        assert said.startswith("scope-missing")


def test_who_handed_an_estate_over_sees_it_no_longer_also_in_the_past(
    engine: Engine, both: tuple[Side, Side]
) -> None:
    ours, others = both
    past = BoardQuery(day=PAST)
    assert ours.desk(engine, Role.DECIDER).board(past).total == 1
    actor = Actor(PersonId("d"), ours.body, Role.DECIDER)
    transfer = TransferEstate(estate=ours.walked, to_body=others.body, reason="keuze", on=TODAY)
    engine.do(transfer, actor=actor)
    assert ours.desk(engine, Role.DECIDER).board(past).total == 0
    assert {row.estate_id for row in others.desk(engine, Role.DECIDER).board(past).items} == {
        ours.walked,
        others.walked,
    }
