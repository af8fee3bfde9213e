"""What does each figure let in, and what does it leave out and say so?"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

import pytest

from kvob_domain.estate.commands.certification import RefuseAward
from kvob_domain.estate.commands.preparation import EndTrajectory, StartTrajectory
from kvob_projections import statistics
from kvob_projections.counted import FigureRow
from kvob_projections.distributions import Distribution, distribution
from kvob_projections.errors import ChoiceUnknown, DayNotGiven
from kvob_projections.figures import FIGURES, FigureCode
from kvob_projections.statistics import FigureAnswer
from kvob_projections.statistics_query import (
    AheadInvalid,
    PeriodAhead,
    PeriodInvalid,
    SilentDaysOutOfRange,
    StatisticsQuery,
)
from kvob_projections.view import Value
from tests.projections import cycle
from tests.projections.desk import TODAY, Desk, History, day, does, estate, fact
from tests.projections.samples import BAARN, SOEST, UNDATED, zilverhoek

ENDED_BY_CHOICE = does(EndTrajectory, "2023-01-10", reason="by_choice")
SHARES = (
    FigureCode.RENEWED_ON_TIME,
    FigureCode.RENEWED_LATE,
    FigureCode.LAPSED_BY_CHOICE,
    FigureCode.LAPSED_BY_NEGLECT,
    FigureCode.ENDED_OTHERWISE,
    FigureCode.WITHDRAWN,
    FigureCode.END_UNCLEAR,
)


def asked(desk: Desk, code: FigureCode, **filters: Any) -> FigureAnswer:
    """One figure, on the day of the tests unless another one is named."""
    given: dict[str, Any] = {"day": TODAY, **filters, "figures": (code.value,)}
    query = StatisticsQuery(**given)
    (answer,) = statistics.read(desk.read, query).figures
    return answer


def rows(answer: FigureAnswer) -> dict[str, FigureRow]:
    return {row.key: row for row in answer.rows}


def ways(desk: Desk, **filters: Any) -> dict[str, int]:
    """How certificates ended: those ways that occur."""
    found = {code.value: asked(desk, code, **filters).rows[0].n for code in SHARES}
    return {code: n for code, n in found.items() if n}


def test_every_stay_is_measured_from_entering_a_step_to_the_next(desk: Desk) -> None:
    found = rows(asked(desk.given(zilverhoek(cycle.RENEWED)), FigureCode.TIME_PER_STEP))
    medians = {key: row.days.median for key, row in found.items() if row.days}
    assert medians == {
        "kickoff": 21,
        "inventory": 100,
        "action_plan": 26,
        "covenant": 58,
        "award": 56,
        "evaluation": 959,
        "recertification": 119,
    }
    assert found["evaluation"].left_out == {"open": 1}


def test_a_year_or_a_month_has_no_duration_and_is_counted_apart(desk: Desk) -> None:
    partial = estate(
        "Deels", "Oss", fact("intent_declaration", "2018"), fact("inventory", "2019-03-01")
    )
    exact = estate(
        "Heel", "Oss", fact("intent_declaration", "2018-03-01"), fact("inventory", "2019-03-01")
    )
    found = rows(asked(desk.given(partial, exact), FigureCode.TIME_PER_STEP))["inventory"]
    assert (found.n, found.left_out) == (1, {"estimated": 1})
    assert found.days == Distribution(1, 365, 365, 365, 365, 365, 365)


def test_steps_that_a_source_skips_are_told_as_a_gap(desk: Desk) -> None:
    gravendam = estate(
        "Gravendam",
        "Noordwijkerhout",
        fact("intent_declaration", "2007-03-23"),
        fact("award", "2007-12-04"),
    )
    desk.given(gravendam)
    assert rows(asked(desk, FigureCode.TIME_PER_STEP))["inventory"].left_out == {"gap": 1}
    assert asked(desk, FigureCode.FIRST_CYCLE).rows[0].left_out == {"gap": 1}


def test_who_was_ended_in_a_step_is_no_duration_of_that_step(desk: Desk) -> None:
    gone = does(EndTrajectory, "2020-12-01", reason="other")
    found = rows(asked(desk.given(zilverhoek((*cycle.INVENTORY, gone))), FigureCode.TIME_PER_STEP))
    assert (found["inventory"].n, found["inventory"].left_out) == (0, {"ended": 1})


@pytest.mark.parametrize(
    ("since", "until", "n"),
    [("2020-10-06", "2020-10-06", 1), ("2020-10-07", None, 0), (None, "2020-10-05", 0)],
)
def test_a_stay_counts_in_the_period_in_which_it_ended_both_days_included(
    desk: Desk, since: str | None, until: str | None, n: int
) -> None:
    desk.given(zilverhoek(cycle.CERTIFIED))
    period = {"since": since and day(since), "until": until and day(until)}
    assert rows(asked(desk, FigureCode.TIME_PER_STEP, **period))["kickoff"].n == n


def test_on_an_earlier_day_the_estate_is_still_in_the_step(desk: Desk) -> None:
    desk.given(zilverhoek(cycle.CERTIFIED))
    found = rows(asked(desk, FigureCode.TIME_PER_STEP, day=day("2020-10-05")))
    assert found["kickoff"].left_out == {"open": 1}
    assert found["inventory"].left_out == {}


def test_a_first_cycle_runs_from_the_kickoff_to_the_award(desk: Desk) -> None:
    row = asked(desk.given(zilverhoek(cycle.RENEWED)), FigureCode.FIRST_CYCLE).rows[0]
    assert row.days is not None
    assert (row.n, row.days.median) == (1, 261)


def test_a_renewal_runs_from_the_evaluation_of_the_term_to_its_award(desk: Desk) -> None:
    desk.given(zilverhoek(cycle.RENEWED))
    row = asked(desk, FigureCode.RENEWAL).rows[0]
    assert row.days is not None
    assert (row.n, row.days.median) == (1, 119)
    assert asked(desk, FigureCode.RENEWAL, until=day("2024-05-15")).rows[0].n == 0


def test_a_renewal_is_decided_so_many_days_before_or_after_the_end(desk: Desk) -> None:
    late = estate("Laat", "Oss", fact("award", "2016-01-01"), fact("recertification", "2019-02-01"))
    far = estate("Ver", "Oss", fact("award", "2008-01-01"), fact("recertification", "2019-02-01"))
    row = asked(desk.given(zilverhoek(cycle.RENEWED), late, far, BAARN), FigureCode.RENEWAL_DECIDED)
    found = row.rows[0]
    assert found.days is not None
    assert (found.n, found.days.minimum, found.days.maximum) == (2, -18, 31)
    assert found.left_out == {"between": 1, "estimated": 1}


def test_a_renewal_before_the_end_or_on_it_is_on_time(desk: Desk) -> None:
    on_it = estate("Op", "Oss", fact("award", "2016-01-01"), fact("recertification", "2019-01-01"))
    late = estate("Laat", "Oss", fact("award", "2016-01-01"), fact("recertification", "2019-01-02"))
    desk.given(on_it, late)
    until = day("2021-12-31")
    assert ways(desk, until=until) == {"renewed_on_time": 1, "renewed_late": 1}
    row = asked(desk, FigureCode.RENEWED_ON_TIME, until=until).rows[0]
    assert (row.n, row.of, row.share) == (1, 2, 0.5)
    assert ways(desk.given(zilverhoek(cycle.RENEWED)), since=day("2024-01-01")) == {
        "renewed_on_time": 1
    }


def test_partly_known_days_are_on_time_only_where_every_day_would_be(desk: Desk) -> None:
    sure = estate("Zeker", "Oss", fact("award", "2016-06-01"), fact("recertification", "2018"))
    late = estate("Laat", "Oss", fact("award", "2016-06-01"), fact("recertification", "2020"))
    unsure = estate("Wie weet", "Oss", fact("award", "2016-06-01"), fact("recertification", "2019"))
    desk.given(sure, late, unsure)
    assert ways(desk, until=day("2020-12-31")) == {
        "renewed_on_time": 1,
        "renewed_late": 1,
        "end_unclear": 1,
    }
    assert asked(desk, FigureCode.END_UNCLEAR).rows[0].parts == {"unsure": 1}


def test_missing_certificates_in_between_are_unclear(desk: Desk) -> None:
    far = estate("Ver", "Oss", fact("award", "2008-01-01"), fact("recertification", "2019-02-01"))
    desk.given(far)
    assert ways(desk, until=day("2020-12-31")) == {"end_unclear": 1}
    assert asked(desk, FigureCode.END_UNCLEAR).rows[0].parts == {"between": 1}


def test_who_ends_by_choice_lapses_by_choice_and_who_does_nothing_by_neglect(desk: Desk) -> None:
    neglected = does(EndTrajectory, "2023-01-10", reason="by_neglect")
    desk.given(
        zilverhoek((*cycle.CERTIFIED, ENDED_BY_CHOICE)),
        estate("Verzuimd", "Oss", *cycle.CERTIFIED, neglected),
        SOEST,
    )
    assert ways(desk) == {"lapsed_by_choice": 1, "lapsed_by_neglect": 2}
    parts = asked(desk, FigureCode.LAPSED_BY_NEGLECT).rows[0].parts
    assert parts == {"by_neglect": 1, "nothing_on_record": 1}


def test_nothing_has_lapsed_before_its_end(desk: Desk) -> None:
    desk.given(SOEST, zilverhoek((*cycle.CERTIFIED, ENDED_BY_CHOICE)))
    assert ways(desk, day=day("2022-10-09")) == {}
    assert ways(desk, day=day("2022-10-10")) == {"lapsed_by_neglect": 1}
    assert ways(desk, since=day("2024-06-04")) == {}


def test_an_end_that_came_later_was_no_end_on_the_day_asked(desk: Desk) -> None:
    late = does(EndTrajectory, "2025-03-01", reason="by_choice")
    desk.given(zilverhoek((*cycle.CERTIFIED, late)))
    assert ways(desk, day=day("2025-02-28")) == {"lapsed_by_neglect": 1}
    assert ways(desk, day=day("2025-03-01")) == {"lapsed_by_choice": 1}


def test_a_renewal_that_still_runs_after_the_end_is_late(desk: Desk) -> None:
    desk.given(zilverhoek(cycle.RENEWING))
    assert ways(desk) == {"renewed_late": 1}
    assert asked(desk, FigureCode.RENEWED_LATE).rows[0].parts == {"running": 1}


def test_a_withdrawn_certificate_ends_on_the_day_of_its_withdrawal(desk: Desk) -> None:
    desk.given(zilverhoek((*cycle.CERTIFIED, *cycle.withdrawn("2022-02-02", 18))))
    assert ways(desk, day=day("2022-02-01")) == {}
    assert ways(desk, day=day("2022-02-02")) == {"withdrawn": 1}


def test_a_merger_ends_otherwise(desk: Desk) -> None:
    merged = does(EndTrajectory, "2023-01-10", reason="merged")
    desk.given(zilverhoek((*cycle.CERTIFIED, merged)))
    assert ways(desk) == {"ended_otherwise": 1}
    assert asked(desk, FigureCode.ENDED_OTHERWISE).rows[0].parts == {"merged": 1}


def test_an_end_before_the_first_award_ends_no_certificate_and_a_second_one_changes_none(
    desk: Desk,
) -> None:
    early = does(EndTrajectory, "2020-12-01", reason="by_choice")
    again = (
        *cycle.CERTIFIED,
        ENDED_BY_CHOICE,
        does(StartTrajectory, "2023-02-01", parties=cycle.PARTIES),
        does(EndTrajectory, "2023-03-01", reason="by_neglect"),
    )
    desk.given(zilverhoek((*cycle.INVENTORY, early)), estate("Weer", "Oss", *again))
    assert ways(desk) == {"lapsed_by_choice": 1}


def test_certificates_without_an_end_are_counted_apart(desk: Desk) -> None:
    assert asked(desk.given(UNDATED), FigureCode.WITHDRAWN).left_out == {"undated": 1}
    assert ways(desk) == {}


def test_audits_are_counted_by_body_and_month(desk: Desk) -> None:
    held = (fact("audit", "2019-04-03", body="Kiwa"), fact("audit", "2019-04-30", body="KIWA"))
    desk.given(*(estate(f"T{number}", "Oss", one) for number, one in enumerate(held)))
    desk.given(estate("Zonder maand", "Oss", fact("audit", "2019", body="Kiwa")))
    answer = asked(desk, FigureCode.AUDITS)
    assert [(row.key, row.month, row.n, row.parts) for row in answer.rows] == [
        ("KIWA", "2019-04", 2, {"unknown": 2})
    ]
    assert answer.left_out == {"estimated": 1}
    assert asked(desk, FigureCode.AUDITS, body="kiwa").rows == answer.rows
    assert asked(desk, FigureCode.AUDITS, body="dass").rows == ()
    assert asked(desk, FigureCode.AUDITS, since=day("2019-04-04")).rows[0].n == 1


def test_awards_and_refusals_are_decisions(desk: Desk) -> None:
    refused = does(RefuseAward, "2021-05-27", cycle.DECIDER, reason="drie van vier")
    steps = (*cycle.AUDITED[:-4], refused, *cycle.AUDITED[-4:], cycle.CERTIFIED[-1])
    found = asked(desk.given(zilverhoek(steps)), FigureCode.DECISIONS).rows
    assert [(row.month, row.parts) for row in found] == [
        ("2021-05", {"refused": 1}),
        ("2021-06", {"first": 1}),
    ]


def test_coming_work_is_what_ends_ahead_and_is_not_decided(desk: Desk) -> None:
    soon = estate("Straks", "Oss", fact("award", "2024-05-01", body="Kiwa"))
    later = estate("Later", "Oss", fact("award", "2025-05-01", body="Kiwa"))
    desk.given(soon, later, zilverhoek(cycle.RENEWED), SOEST)
    found = asked(desk, FigureCode.COMING).rows
    assert [(row.key, row.month, row.n, row.parts) for row in found] == [
        ("", "2027-06", 1, {"not_begun": 1}),
        ("Kiwa", "2027-05", 1, {"not_begun": 1}),
    ]
    assert len(asked(desk, FigureCode.COMING, ahead=day("2028-05-01")).rows) == 3


def test_the_funnel_tells_how_far_cycles_came_and_where_the_others_are(desk: Desk) -> None:
    gone = does(EndTrajectory, "2020-12-01", reason="other")
    desk.given(
        zilverhoek(cycle.CERTIFIED),
        estate("Stil", "Oss", *cycle.COVENANT),
        estate("Gestopt", "Oss", *cycle.INVENTORY, gone),
        SOEST,
    )
    answer = asked(desk, FigureCode.FUNNEL)
    assert [(row.key, row.n, dict(row.parts)) for row in answer.rows] == [
        ("kickoff", 3, {}),
        ("inventory", 3, {"ended": 1}),
        ("action_plan", 2, {}),
        ("covenant", 2, {"here": 1, "silent": 1}),
        ("award", 1, {}),
        ("evaluation", 1, {}),
    ]
    assert answer.left_out == {"undated": 1}
    assert rows(asked(desk, FigureCode.FUNNEL, day=day("2021-03-01")))["covenant"].parts == {
        "here": 1
    }
    assert asked(desk, FigureCode.FUNNEL, since=day("2020-09-16")).rows[0].n == 0


def test_a_municipality_an_edition_and_groups_narrow_every_figure(desk: Desk) -> None:
    odd = History("Groep", ("Oss",), (fact("award", "2016-01-01"),), group=True)
    desk.given(zilverhoek(cycle.RENEWED), SOEST, odd)
    assert ways(desk, municipality="soest") == {"lapsed_by_neglect": 1}
    assert ways(desk, municipality="Oss") == {}
    assert ways(desk, municipality="Oss", groups=True) == {"lapsed_by_neglect": 1}
    assert ways(desk, edition="kvo-3.1") == {"renewed_on_time": 1, "lapsed_by_neglect": 1}
    assert ways(desk, edition="kvo-4.0") == {}


@pytest.mark.parametrize(
    ("filters", "refusal"),
    [
        ({"day": None}, DayNotGiven),
        ({"since": day("2027-01-01")}, PeriodAhead),
        ({"since": day("2026-01-02"), "until": day("2026-01-01")}, PeriodInvalid),
        ({"ahead": day("2026-01-01")}, AheadInvalid),
        ({"silent_days": 0}, SilentDaysOutOfRange),
        ({"figures": ("alles",)}, ChoiceUnknown),
    ],
)
def test_what_cannot_be_answered_is_refused(
    desk: Desk, filters: dict[str, Any], refusal: type[Exception]
) -> None:
    given: dict[str, Any] = {"day": TODAY, **filters}
    with pytest.raises(refusal):
        statistics.read(desk.read, StatisticsQuery(**given))


def test_every_figure_says_what_it_counts_in_both_languages() -> None:
    assert list(FIGURES) == list(FigureCode)
    for figure in FIGURES.values():
        assert len(figure.definition.nl) > 60
        assert len(figure.definition.en) > 60


@pytest.mark.parametrize(
    ("days", "median", "quarters"),
    [([7], 7, (7, 7, 7)), ([1, 2], 1.5, (1, 2, 2)), ([3, 1, 2, 9], 2.5, (1, 3, 9))],
)
def test_a_median_is_exact_and_a_percentile_was_observed(
    days: list[int], median: float, quarters: tuple[int, int, int]
) -> None:
    found = distribution([(one, 1) for one in days])
    assert found is not None
    assert (found.median, (found.p25, found.p75, found.p90)) == (median, quarters)
    assert distribution([]) is None


def test_every_figure_is_counted_from_an_index_alone(desk: Desk) -> None:
    plans: list[str] = []

    def reader(sql: str, parameters: Mapping[str, Value]) -> list[sqlite3.Row]:
        plan = desk.connection.execute("EXPLAIN QUERY PLAN " + sql, parameters)
        plans.extend(line for *_, line in plan)
        return desk.read(sql, parameters)

    statistics.read(reader, StatisticsQuery(day=TODAY, since=day("2020-01-01")))
    looked = [line for line in plans if line.startswith(("SEARCH", "SCAN"))]
    assert len(looked) > 9
    assert [line for line in looked if "USING COVERING INDEX" not in line] == []
